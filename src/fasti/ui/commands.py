"""What a student can ask for with a letter while a card is shown."""

from collections.abc import Mapping
from enum import StrEnum

from fasti.ui.grades import Scale


class Command(StrEnum):
    """Everything besides grading."""

    REVEAL = "reveal"
    UNDO = "undo"
    HINT = "hint"
    EDIT = "edit"
    INFO = "info"
    BURY = "bury"
    SUSPEND = "suspend"
    FLAG = "flag"
    SIBLINGS = "siblings"
    KEYS = "help"
    QUIT = "quit"


Letters = Mapping[Command, str]
"""Which keys ask for what, apart by spaces, the one to be shown first; a command without one is not offered.

A key is a character, `Space` or `Enter`.
"""

LETTERS: Letters = {
    Command.REVEAL: "Space Enter",
    Command.UNDO: "u",
    Command.HINT: "h",
    Command.EDIT: "e",
    Command.INFO: "i",
    Command.BURY: "b",
    Command.SUSPEND: "s",
    Command.FLAG: "!",
    Command.SIBLINGS: "c",
    Command.KEYS: "?",
    Command.QUIT: "q",
}

_ABOUT: Mapping[Command, str] = {
    Command.UNDO: "take back the last grade; again for the one before",
    Command.HINT: "a hint, one step a press",
    Command.EDIT: "open the card in your editor",
    Command.INFO: "what is known about this card",
    Command.BURY: "leave this card until tomorrow",
    Command.SUSPEND: "lay this card aside until you resume it",
    Command.FLAG: "say that this card is wrong, with a word to the teacher",
    Command.SIBLINGS: "ask the cards that wait because another one of their fact was asked today",
    Command.KEYS: "these keys",
    Command.QUIT: "stop, as do Esc, Ctrl-C and Ctrl-D; everything is saved",
}


def shown(command: Command, letters: Letters) -> str:
    """The key that a command is offered with."""
    return letters[command].split()[0]


def command_of(letter: str, letters: Letters) -> Command | None:
    """The command that a key, small or capital, asks for, or None; showing the answer is not one of them."""
    small = letter.casefold()
    return next(
        (
            command
            for command, own in letters.items()
            if command is not Command.REVEAL and small in own.casefold().split()
        ),
        None,
    )


def reveals(key: str, letters: Letters) -> bool:
    """Whether this is a key that shows the answer and then gives the suggested grade."""
    return key.casefold() in letters[Command.REVEAL].casefold().split()


def key_table(scale: Scale, letters: Letters) -> list[tuple[str, str]]:
    """Every key with what it is for."""
    names = ", ".join(choice.name for choice in scale)
    grading = " ".join(key for choice in scale for key in (choice.key, *choice.more))
    return [
        (_listed(letters[Command.REVEAL]), "show the answer; then give the suggested grade"),
        (grading, f"grade it: {names}"),
        *((_listed(keys), _ABOUT[command]) for command, keys in letters.items() if command in _ABOUT),
    ]


def _listed(keys: str) -> str:
    return ", ".join(keys.split())
