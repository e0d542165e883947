"""Who is told how far long work has come, handed down to whoever does the work; what is drawn of it is not known there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

Onlooker = Callable[[str, int, int, str], None]
"""Is told what is being done, how much of it, of how much in all, and of what: `Adding Rome`, 4000, 10000, `facts`.

Where nobody knows how much there is, both numbers are 0. It may be called thousands of times a second.
"""

Looking = Callable[[], AbstractContextManager[Onlooker]]
"""Begins and ends that somebody looks on: nothing else is shown to a person meanwhile."""

_Thing = TypeVar("_Thing")
_EVERY = 64
"""How many things are done between two tellings: one of them takes microseconds."""


def nobody(_doing: str, _done: int, _total: int, _things: str) -> None:
    """The onlooker where nobody looks on."""


def unseen() -> AbstractContextManager[Onlooker]:
    """Work at which nobody looks on."""
    return nullcontext(nobody)


def told(
    things: Sequence[_Thing], onlooker: Onlooker, doing: str, called: str, every: int = _EVERY
) -> Iterable[_Thing]:
    """The same things one after the other, of which an onlooker is told now and then, and at the end."""
    return things if onlooker is nobody else _told(things, len(things), onlooker, doing, called, every)


def counted_on(
    things: Iterable[_Thing], total: int, onlooker: Onlooker, doing: str, called: str, every: int = _EVERY
) -> Iterable[_Thing]:
    """As `told`, of things that come one by one and of which there will be about `total`."""
    return things if onlooker is nobody else _told(things, total, onlooker, doing, called, every)


def _told(
    things: Iterable[_Thing], total: int, onlooker: Onlooker, doing: str, called: str, every: int
) -> Iterator[_Thing]:
    for number, thing in enumerate(things):
        if number % every == 0:
            onlooker(doing, min(number, total), total, called)
        yield thing
    onlooker(doing, total, total, called)
