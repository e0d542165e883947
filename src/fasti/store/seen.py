"""What a look at a library's file shows: its deck files, its decks, and what a sitting could ask."""

from typing import NamedTuple

from fasti.core.queue import Candidate
from fasti.store.due import Today
from fasti.store.passed_over import PassedOver


class SeenFile(NamedTuple):
    """A deck file that the library watches, as it was when it was read; by which rules, says `version`."""

    path: str
    size: int
    mtime_ns: int
    digest: str
    version: str


class SeenFolders(NamedTuple):
    """The folders that the library follows, and the files in them that it leaves out."""

    paths: list[str]
    left_out: list[PassedOver]


class SeenDeck(NamedTuple):
    """A deck of the library."""

    id: str
    title: str


class Glance(NamedTuple):
    """The library as one look shows it: its files and decks, and what a sitting could ask today.

    `last_day` is the study day of the learner's latest review.
    """

    files: list[SeenFile]
    decks: list[SeenDeck]
    due: list[Candidate]
    new: list[Candidate]
    today: Today
    last_day: int | None
