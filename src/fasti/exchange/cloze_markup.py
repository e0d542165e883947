"""Anki's cloze markup: `{{c1::hidden::hint}}`, one inside another too."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

DEEPEST = 8
"""How many deletions may stand inside each other; one that stands deeper is text."""


class Deletion(NamedTuple):
    """A part of a text that cards hide; `numbers` are those of the cards."""

    numbers: tuple[int, ...]
    parts: "tuple[str | Deletion, ...]"
    hint: str | None = None


def deletions_in(html: str) -> tuple[str | Deletion, ...]:
    """The texts and deletions of a field. One that is not closed is text, as are ends without a beginning."""
    open_ones: list[_Open] = []
    parts: list[str | Deletion] = []
    at = 0
    for found in _MARK.finditer(html):
        _put(html[at : found.start()], open_ones, parts)
        at = found.end()
        if found[1] and len(open_ones) < DEEPEST:
            open_ones.append(_Open(found[0], tuple(int(number) for number in found[1].split(","))))
        elif found[1] or not open_ones:
            _put_as_is(found[0], open_ones, parts)
        else:
            done = open_ones.pop()
            (open_ones[-1].parts if open_ones else parts).append(
                Deletion(done.numbers, tuple(done.parts), done.hint)
            )
    _put(html[at:], open_ones, parts)
    while open_ones:
        unclosed = open_ones.pop()
        hint = [] if unclosed.hint is None else [f"::{unclosed.hint}"]
        (open_ones[-1].parts if open_ones else parts).extend([unclosed.opening, *unclosed.parts, *hint])
    return tuple(parts)


def numbers_in(html: str) -> tuple[int, ...]:
    """The numbers of the cards that a field makes, in order; Anki makes none for 0."""
    return tuple(
        sorted({number for each in all_deletions(deletions_in(html)) for number in each.numbers if number})
    )


def all_deletions(parts: tuple[str | Deletion, ...]) -> Iterator[Deletion]:
    """Every deletion, those inside others too."""
    for part in parts:
        if isinstance(part, Deletion):
            yield part
            yield from all_deletions(part.parts)


def blanked(html: str, number: int) -> str:
    """A field as the card of that number asks it; empty where it asks nothing of this field."""

    def shown(deletion: Deletion, inside: str) -> str:
        if number not in deletion.numbers:
            return inside
        return "[...]" if deletion.hint is None else f"[{deletion.hint}]"

    parts = deletions_in(html)
    return _written(parts, shown) if _has(parts, number) else ""


def revealed(html: str, number: int) -> str:
    """A field with everything told; empty where the card of that number asks nothing of it."""
    parts = deletions_in(html)
    return _written(parts, lambda _, inside: inside) if _has(parts, number) else ""


def answers(html: str, number: int) -> tuple[str, ...]:
    """What the card of that number hides, in order; what stands inside it belongs to it."""
    return tuple(told(each.parts) for each in _hidden(deletions_in(html), number))


def prompts(html: str, number: int) -> tuple[str, ...]:
    """What stands for each thing that the card of that number hides: its hint, or dots."""
    return tuple("..." if each.hint is None else each.hint for each in _hidden(deletions_in(html), number))


def told(parts: tuple[str | Deletion, ...]) -> str:
    """Texts and deletions with everything told and no hints."""
    return _written(parts, lambda _, inside: inside)


class _Open:
    """A deletion whose end has not come yet."""

    def __init__(self, opening: str, numbers: tuple[int, ...]) -> None:
        self.opening = opening
        self.numbers = numbers
        self.parts: list[str | Deletion] = []
        self.hint: str | None = None


_MARK = re.compile(r"\{\{c([0-9]{1,3}(?:,[0-9]{1,3}){0,50})::|\}\}")


def _put(text: str, open_ones: list[_Open], parts: list[str | Deletion]) -> None:
    if open_ones and "::" in text:
        text, _, open_ones[-1].hint = text.partition("::")
    _put_as_is(text, open_ones, parts)


def _put_as_is(text: str, open_ones: list[_Open], parts: list[str | Deletion]) -> None:
    if text:
        (open_ones[-1].parts if open_ones else parts).append(text)


def _has(parts: tuple[str | Deletion, ...], number: int) -> bool:
    return any(number in deletion.numbers for deletion in all_deletions(parts))


def _written(parts: tuple[str | Deletion, ...], shown: Callable[[Deletion, str], str]) -> str:
    return "".join(
        part if isinstance(part, str) else shown(part, _written(part.parts, shown)) for part in parts
    )


def _hidden(parts: tuple[str | Deletion, ...], number: int) -> Iterator[Deletion]:
    """The deletions that a card hides, without those inside them."""
    for part in parts:
        if isinstance(part, Deletion):
            if number in part.numbers:
                yield part
            else:
                yield from _hidden(part.parts, number)
