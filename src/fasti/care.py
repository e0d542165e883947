"""Cards that need care: those forgotten again and again, and those that a student called wrong."""

from typing import Any, NamedTuple

from fasti.core.card import Card
from fasti.core.days import Moment, date_text, study_day
from fasti.core.entry_kinds import EntryKind
from fasti.core.leeches import Advice, advice_for
from fasti.core.log import LogEntry, effective, flags_in_effect
from fasti.desk import this_device
from fasti.lookup import look_up, only_fact
from fasti.settings import deck_path
from fasti.store import placed, reviews, undo
from fasti.store.database import Database
from fasti.store.faces import card_from
from fasti.store.placed import PlacedCard
from fasti.store.reviews import Draft


class Leech(NamedTuple):
    """A card with many lapses, the grades of its reviews, oldest first, and what can be done about it."""

    place: PlacedCard
    card: Card
    grades: tuple[int, ...]
    first_day: int | None
    advice: tuple[Advice, ...]

    @property
    def where(self) -> str:
        """The file and line of its fact."""
        return where(self.place)

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti leeches --json` prints of a card."""
        state = self.place.state
        return {
            "card": self.place.key,
            "deck": self.place.deck,
            "title": self.place.title,
            "path": path_of(self.place),
            "line": self.place.line,
            "question": self.card.question,
            "answer": "; ".join(self.card.answer),
            "lapses": state.lapses,
            "ease": state.ease / 100,
            "grades": list(self.grades),
            "due": None if state.due_day is None else date_text(state.due_day),
            "suspended": state.suspended,
            "advice": [advice.value for advice in self.advice],
        }


class Flag(NamedTuple):
    """A card called wrong, with the student's word and the study day on which it was said."""

    place: PlacedCard
    card: Card
    word: str
    day: int

    @property
    def where(self) -> str:
        """The file and line of its fact."""
        return where(self.place)

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti flags --json` prints of a flag."""
        return {
            "card": self.place.key,
            "deck": self.place.deck,
            "title": self.place.title,
            "path": path_of(self.place),
            "line": None if self.place.retired else self.place.line,
            "fact": self.place.fact_title,
            "question": self.card.question,
            "answer": "; ".join(self.card.answer),
            "word": self.word,
            "day": date_text(self.day),
            "retired": self.place.retired,
        }


def leeches(database: Database, learner: str, threshold: int) -> list[Leech]:
    """The learner's cards with so many lapses, those with the most first."""
    with database.reading() as connection:
        return [
            _leech(place, reviews.history(connection, learner, place.key))
            for place in placed.leeches(connection, learner, threshold)
        ]


def flags(database: Database, learner: str) -> list[Flag]:
    """What the learner called wrong, card by card in the library's order; of one card, oldest first."""
    with database.reading() as connection:
        return [
            Flag(place, card_from(place.face, place.asks), entry.answer or "", entry.study_day)
            for place in placed.flagged(connection, learner)
            for entry in flags_in_effect(reviews.history(connection, learner, place.key))
        ]


def clear_flags(database: Database, learner: str, query: str, moment: Moment) -> list[str]:
    """Take back the flags of the card, or of the fact's cards, that the query names; the cards that had one.

    Raises a refusal of `fasti.lookup` where it names no card, or several facts.
    """
    found = only_fact(look_up(database, learner, query), query)
    device = this_device(database)
    cleared: list[str] = []
    with database.writing() as connection:
        for card in found:
            if undo.clear_flags(connection, _undo(device, learner, card.key, moment)):
                cleared.append(card.key)
    return cleared


def path_of(place: PlacedCard) -> str:
    """The deck file that the card's fact was read from."""
    return str(deck_path(place.path))


def where(place: PlacedCard) -> str:
    """File and line of the card's fact, as editors and compilers write them."""
    return f"{path_of(place)}:{place.line}"


def _leech(place: PlacedCard, entries: list[LogEntry]) -> Leech:
    answers = [entry for entry in effective(entries) if entry.kind is EntryKind.REVIEW]
    card = card_from(place.face, place.asks)
    grades = tuple(entry.grade for entry in answers if entry.grade is not None)
    return Leech(place, card, grades, place.state.first_day, advice_for(card))


def _undo(device: str, learner: str, card: str, moment: Moment) -> Draft:
    return Draft(
        device=device,
        learner=learner,
        card=card,
        kind=EntryKind.UNDO,
        grade=None,
        scale=None,
        answered_at_ms=moment.utc_ms,
        utc_offset_min=moment.offset_min,
        study_day=study_day(moment),
        thinking_ms=None,
        answer=None,
    )
