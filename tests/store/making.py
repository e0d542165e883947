"""A small library and a student for the store's tests."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from fasti.core.card_state import CardState
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry
from fasti.store import devices, refolding, reviews, undo
from fasti.store.catalogue import StoredCard, StoredDeck, StoredFact, save_cards, save_deck, save_facts
from fasti.store.database import Database
from fasti.store.enrolment import enrol, refresh_shelves
from fasti.store.reviews import Draft

DAY_MS = 86_400_000

Facts = Mapping[str, Sequence[str]]
"""What the cards of each fact ask."""


def a_deck(id: str, position: int = 0, removed_ms: int | None = None) -> StoredDeck:
    return StoredDeck(id, id.title(), position, "{}", removed_ms)


def a_fact(deck: str, id: str, position: int = 0, **changes: Any) -> StoredFact:
    fact = StoredFact(
        deck=deck,
        id=id,
        kind="event",
        title=f"The {id}",
        key=f"the {id}",
        content='{"kind":"event"}',
        digest=id,
        position=position,
        path=f"{deck}.yaml",
        line=position + 1,
        first_seen_ms=1,
        changed_ms=1,
        retired_ms=None,
    )
    return fact._replace(**changes)


def a_card(deck: str, fact: str, asks: str = "when", position: int = 0, **changes: Any) -> StoredCard:
    face = f'{{"word":"When?","prompt":"The {fact}","answer":["1914"],"judge":"date"}}'
    return StoredCard(f"{deck}/{fact}#{asks}", deck, fact, asks, position, face, None)._replace(**changes)


def shelve(connection: Connection, deck: str, facts: Facts, learner: str | None = "me") -> None:
    """Put a deck into the library, as its author ordered it, and enrol a learner."""
    save_deck(connection, a_deck(deck))
    save_facts(connection, [a_fact(deck, fact, place) for place, fact in enumerate(facts)])
    save_cards(
        connection,
        [
            a_card(deck, fact, asks, place * 1000 + number)
            for place, fact in enumerate(facts)
            for number, asks in enumerate(facts[fact])
        ],
    )
    if learner is not None:
        enrol(connection, learner)
    refresh_shelves(connection, deck)


def facts(number: int, asks: Sequence[str] = ("when",)) -> dict[str, Sequence[str]]:
    return {f"fact-{place:05}": asks for place in range(number)}


class Student:
    """Answers cards on days of the test's choosing, a moment after the last unless told when."""

    def __init__(self, database: Database, learner: str = "me", device: str = "laptop") -> None:
        self.database = database
        self.learner = learner
        self._ticks = 0
        with database.writing() as connection:
            self.device = devices.this_device(connection, f"fingerprint of {device}", device)

    def draft(
        self,
        card: str,
        day: int,
        grade: int | None = 4,
        kind: EntryKind = EntryKind.REVIEW,
        at_ms: int | None = None,
        answer: str | None = None,
    ) -> Draft:
        self._ticks += 1
        return Draft(
            device=self.device,
            learner=self.learner,
            card=card,
            kind=kind,
            grade=grade,
            scale=None if grade is None else 4,
            answered_at_ms=day * DAY_MS + self._ticks if at_ms is None else at_ms,
            utc_offset_min=120,
            study_day=day,
            thinking_ms=None if grade is None else 900,
            answer=answer,
            profile=None if grade is None else "sm2/text",
        )

    def review(
        self, card: str, day: int, grade: int = 4, at_ms: int | None = None
    ) -> tuple[LogEntry, CardState]:
        return self.write(self.draft(card, day, grade, at_ms=at_ms))

    def note(self, card: str, day: int, kind: EntryKind) -> tuple[LogEntry, CardState]:
        return self.write(self.draft(card, day, None, kind))

    def undo(self, day: int, at_ms: int | None = None) -> tuple[LogEntry, CardState] | None:
        with self.database.writing() as connection:
            return undo.undo_last(connection, self.draft("", day, None, EntryKind.UNDO, at_ms))

    def write(self, draft: Draft) -> tuple[LogEntry, CardState]:
        with self.database.writing() as connection:
            return reviews.record(connection, draft)

    def refold(self) -> int:
        with self.database.writing() as connection:
            return refolding.refold(connection, self.learner)

    def history(self, card: str) -> list[LogEntry]:
        with self.database.reading() as connection:
            return reviews.history(connection, self.learner, card)
