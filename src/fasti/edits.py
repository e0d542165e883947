"""What an edit of a deck is: the files as they read, what is to be written for them, and what it is told as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fasti.core.facts import Deck, Fact, Place, Problem
from fasti.core.identity import Identity
from fasti.decks.read import Damaged
from fasti.store.catalogue import StoredCard, StoredFact


class Source(NamedTuple):
    """One file of a deck, as it reads now; `deck` is None where nothing of it could be used."""

    path: str
    deck: Deck | None
    damaged: tuple[Damaged, ...]
    problems: tuple[Problem, ...]


class Reworded(NamedTuple):
    """A fact whose words changed, and which kept its progress."""

    before: str
    after: str


@dataclass(slots=True)
class Report:
    """What bringing a deck in step did, or would do; each list holds titles of facts.

    `appeared` are files that joined from followed folders, `gone` those that are there no longer; in the report
    on a folder, `no_decks` are files of it that hold none.
    """

    deck: str
    title: str
    new: list[str] = field(default_factory=list)
    reworded: list[Reworded] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    live_on: list[str] = field(default_factory=list)
    moved_here: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    appeared: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    no_decks: list[str] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    cards: int = 0

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(
            (
                self.new,
                self.reworded,
                self.changed,
                self.retired,
                self.returned,
                self.moved_here,
                self.appeared,
                self.gone,
                self.no_decks,
                self.problems,
            )
        )


class Match(NamedTuple):
    """A fact of a file as it will be stored, and as it was known: None where it is new.

    `place` is where it stands in its file. Of each card: what it was, None where it is new, and what it is
    now, None where it is asked no more.
    """

    place: Place
    known: StoredFact | None
    stored: StoredFact
    cards: Sequence[tuple[StoredCard | None, StoredCard | None]]


@dataclass(slots=True)
class Edit:
    """What is to be written for one deck; `matches` has every fact that could be read."""

    report: Report
    matches: list[Match] = field(default_factory=list)
    facts: list[StoredFact] = field(default_factory=list)
    cards: list[StoredCard] = field(default_factory=list)
    renamed_facts: list[tuple[StoredFact, StoredFact]] = field(default_factory=list)
    renamed_cards: list[tuple[str, StoredCard]] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)


class Remembered(NamedTuple):
    """What the library knows of a deck: its facts, those in the deck in order before the retired ones, and their cards."""

    facts: Sequence[StoredFact]
    cards: Mapping[tuple[str, str], Sequence[StoredCard]]


class Entry(NamedTuple):
    """A fact, or what could be read of a damaged one, in its place in the deck; `content` is the fact as stored."""

    path: str
    line: int
    identity: Identity
    fact: Fact | None
    title: str
    content: str


Pair = tuple[Entry, StoredFact | None]
"""A fact of a file, and the one that it was known as: None where it is new."""
