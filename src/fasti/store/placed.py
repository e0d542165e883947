"""Cards with the place of their fact in its author's file: those that need care, and whole decks to look through."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.store.due import RETIRED, state_from
from fasti.store.folding import STATE
from fasti.store.tables import card, deck, fact, schedule


class PlacedCard(NamedTuple):
    """A card, where a learner stands with it, and where its fact was read: file and line.

    `title` is the deck's, `content` the fact as JSON, `face` the card as JSON, `about` what the deck's
    author says of the deck as JSON.
    """

    key: str
    deck: str
    title: str
    fact: str
    fact_title: str
    path: str
    line: int
    content: str
    asks: str
    face: str
    retired: bool
    about: str
    state: CardState


def leeches(connection: Connection, learner: str, lapses: int) -> list[PlacedCard]:
    """The learner's cards with at least so many lapses that are still in their decks, the most first."""
    found = _placed(connection, learner, schedule.c.lapses >= lapses, schedule.c.shelf != RETIRED)
    return sorted(found, key=lambda each: -each.state.lapses)


def flagged(connection: Connection, learner: str) -> list[PlacedCard]:
    """The cards that the learner called wrong, in the library's order, retired ones among them."""
    return _placed(connection, learner, schedule.c.flagged)


def all_cards(connection: Connection, learner: str, decks: Collection[str] | None = None) -> list[PlacedCard]:
    """The cards of these decks or of all, in the library's order; retired ones are left out."""
    wanted = () if decks is None else (card.c.deck.in_(decks),)
    return _placed(connection, learner, card.c.retired_ms.is_(None), *wanted)


def _placed(connection: Connection, learner: str, *which: ColumnElement[bool]) -> list[PlacedCard]:
    statement = (
        select(
            card.c.key,
            card.c.deck,
            deck.c.title,
            card.c.fact,
            fact.c.title,
            fact.c.path,
            fact.c.line,
            fact.c.content,
            card.c.asks,
            card.c.face,
            card.c.retired_ms.is_not(None),
            deck.c.content,
            *STATE,
        )
        .join_from(card, deck, deck.c.id == card.c.deck)
        .join(fact, (fact.c.deck == card.c.deck) & (fact.c.id == card.c.fact))
        .outerjoin(schedule, (schedule.c.card == card.c.key) & (schedule.c.learner == learner))
        .where(deck.c.removed_ms.is_(None), *which)
        .order_by(deck.c.position, deck.c.id, card.c.position, card.c.key)
    )
    return [
        PlacedCard(*row[:10], bool(row[10]), row[11], FRESH_CARD if row[12] is None else state_from(row[12:]))
        for row in connection.execute(statement)
    ]
