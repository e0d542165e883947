"""A look at a SQLite library through the standard library alone: what a person waits for.

Loading SQLAlchemy takes longer than everything else before the first card. So today's queue and that
card are read here, and `schedules` answers the same questions once it is loaded; a test holds both
equal. Nothing is written. Whatever is not in perfect order is left to `database.open_database`.
"""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from fasti.core.queue import Candidate
from fasti.store.due import (
    EXACT,
    NEW,
    RETIRED,
    REVIEW,
    STATE_COLUMNS,
    CardFace,
    DeckCounts,
    Source,
    Today,
    face_from,
    facts_due,
    gathered,
    today_from,
)
from fasti.store.head import HEAD


class SeenFile(NamedTuple):
    """A deck file that the library watches, as it was when it was read; by which rules, says `version`."""

    path: str
    size: int
    mtime_ns: int
    version: str


class SeenDeck(NamedTuple):
    """A deck of the library."""

    id: str
    title: str


class Glance(NamedTuple):
    """The library as one look shows it: its files and decks, and what a sitting could ask today.

    `next_due` is the next study day on which cards come due, and how many.
    """

    files: list[SeenFile]
    decks: list[SeenDeck]
    due: list[Candidate]
    new: list[Candidate]
    today: Today
    next_due: tuple[int, int] | None


@contextmanager
def glimpse(path: Path) -> Iterator["Glimpse | None"]:
    """An open look at a library's file; None where there is none of this version, or anything is unusual."""
    connection = _opened(path)
    try:
        yield None if connection is None else Glimpse(connection)
    finally:
        if connection is not None:
            connection.close()


def peek(
    path: Path, learner: str, today: int, *, decks: Collection[str] | None, limit: int
) -> Glance | None:
    """What a sitting of at most `limit` cards could ask today; None where `glimpse` gives None."""
    with glimpse(path) as look:
        return look and look.glance(learner, today, decks=decks, limit=limit)


class Glimpse:
    """One state of a library's file, as it was when it was opened.

    Every answer is None where the learner is not enrolled for all decks yet, or where the file can no
    longer be read.
    """
