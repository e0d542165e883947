"""Finding cards by name or by words, with where they stand and how they were answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

from fasti.core.card import Card
from fasti.core.card_state import CardState
from fasti.core.days import date_text
from fasti.core.entry_kinds import ANSWERS
from fasti.core.log import LogEntry, effective
from fasti.errors import FastiError
from fasti.store import catalogue, reviews, schedules, searching
from fasti.store.database import Database
from fasti.store.faces import card_from


class NoSuchCardError(FastiError):
    """Words by which no card is found."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"no card in your library has `{words}`", "try fewer words, or `fasti decks` to see what is there"
        )


class SeveralFactsError(FastiError):
    """Words that several facts have, where one is wanted."""

    def __init__(self, words: str, cards: Sequence[str]) -> None:
        names = ", ".join(f"`{card}`" for card in cards[:5])
        super().__init__(
            f"several facts have `{words}`: {names}{', …' if len(cards) > 5 else ''}",
            "name one of these cards",
        )


class Found(NamedTuple):
    """A card, where the learner stands with it, and the answers that count, oldest first."""

    key: str
    deck: str
    fact: str
    card: Card
    state: CardState
    answers: Sequence[LogEntry]
    retired: bool

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti show --json` prints of a card."""
        state = self.state
        return {
            "card": self.key,
            "fact": self.fact,
            "deck": self.deck,
            "question": self.card.question,
            "answer": "; ".join(self.card.answer),
            "retired": self.retired,
            "suspended": state.suspended,
            "flagged": state.flagged,
            "schedule": {
                "repetitions": state.repetitions,
                "interval": state.interval,
                "ease": state.ease / 100,
                "due": None if state.due_day is None else date_text(state.due_day),
                "lapses": state.lapses,
            },
            "reviews": [_answer_as_json(entry) for entry in self.answers],
        }


def look_up(database: Database, learner: str, query: str) -> list[Found]:
    """The card of this name, the cards of a fact of this full name, or those that hold all these words.

    Raises NoSuchCardError where there is none.
    """
    with database.reading() as connection:
        exact = catalogue.card(connection, query)
        cards = [exact] if exact else searching.find_cards(connection, query.split())
        cards = [card for card in cards if query == f"{card.deck}/{card.fact}"] or cards
        if not cards:
            raise NoSuchCardError(query)
        return [
            Found(
                card.key,
                card.deck,
                card.fact,
                card_from(card.face, card.asks),
                schedules.state(connection, learner, card.key),
                _answers(reviews.history(connection, learner, card.key)),
                card.retired_ms is not None,
            )
            for card in cards
        ]


def only_fact(found: Sequence[Found], query: str) -> Sequence[Found]:
    """The cards found, if they are of one fact; of several, those of the one with the query as its id.

    Raises SeveralFactsError where that says nothing.
    """
    named = [card for card in found if card.fact == query] or found
    if len({(card.deck, card.fact) for card in named}) > 1:
        raise SeveralFactsError(query, [card.key for card in named])
    return named


def _answers(entries: Sequence[LogEntry]) -> list[LogEntry]:
    return [entry for entry in effective(entries) if entry.kind in ANSWERS]


def _answer_as_json(entry: LogEntry) -> dict[str, Any]:
    zone = timezone(timedelta(minutes=entry.utc_offset_min))
    return {
        "at": datetime.fromtimestamp(entry.answered_at_ms / 1000, zone).isoformat(timespec="milliseconds"),
        "day": date_text(entry.study_day),
        "kind": entry.kind.value,
        "grade": entry.grade,
        "typed": entry.answer,
        "thinking_ms": entry.thinking_ms,
    }
