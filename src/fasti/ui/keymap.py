"""Keys of a student's own choice, as the review takes them."""

from collections.abc import Mapping

from fasti.ui.commands import Command, Letters
from fasti.ui.grades import FOUR, SIX, Scale

Chosen = Mapping[str, tuple[str, ...]]
"""The keys of each command and of each of the four grades, by its name; `space` and `enter` are two of them."""


def letters_of(keys: Chosen) -> Letters:
    """The keys of the commands; one for which there is none is left out."""
    return {
        command: " ".join(_named(key) for key in keys[command])
        for command in Command
        if keys.get(command.value)
    }


def scale_of(keys: Chosen, *, six: bool) -> Scale:
    """The grades with these keys.

    Six grades are the digits that SM-2 gives them; what grades one of the four and is no digit does it there too.
    """
    if not six:
        chosen = {choice.name: tuple(map(_named, keys[choice.name])) for choice in FOUR}
        return tuple(
            choice._replace(key=chosen[choice.name][0], more=chosen[choice.name][1:]) for choice in FOUR
        )
    return tuple(
        choice._replace(
            more=tuple(
                _named(key)
                for name, own in keys.items()
                for key in own
                if name in _GRADES and _GRADES[name] == choice.grade and key not in _DIGITS
            )
        )
        for choice in SIX
    )


_GRADES = {choice.name: choice.grade for choice in FOUR}
_DIGITS = {choice.key for choice in SIX}


def _named(key: str) -> str:
    return key.title() if key in {"space", "enter"} else key
