"""Facts that a wrong answer may be about: those of the deck that have its words, or its date."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, and_, or_, select

from fasti.core.content import deck_of, fact_of
from fasti.core.facts import Fact
from fasti.core.kinds import BUILT_IN, Kind
from fasti.core.mistakes import Dated
from fasti.core.text import normalised
from fasti.store.searching import pattern_of
from fasti.store.tables import card, deck, fact

_MOST = 50
"""Facts that are looked at: a word that so many have says nothing."""

_MOST_DATES = 1000
"""Dates of one year that are read."""


def kinds_of(connection: Connection, deck_id: str) -> dict[str, Kind]:
    """The kinds that the facts of a deck may be of, its own among them."""
    row = connection.execute(select(deck.c.title, deck.c.content).where(deck.c.id == deck_id)).first()
    own = deck_of(deck_id, row.title, row.content).kinds if row else {}
    return {**BUILT_IN, **own}


def facts_named(connection: Connection, deck_id: str, typed: str, but: str) -> list[Fact]:
    """The facts of a deck, other than the fact `but`, whose titles may be what was typed."""
    text = normalised(typed)
    longest = max(text.split(), key=len, default="")
    if len(longest) < 2:
        return []
    statement = (
        select(fact.c.content)
        .where(fact.c.deck == deck_id, fact.c.id != but, fact.c.retired_ms.is_(None))
        .where(or_(fact.c.key == text, fact.c.title.ilike(pattern_of(longest))))
        .limit(_MOST)
    )
    return [fact_of(content) for content in connection.scalars(statement)]


def facts_dated(connection: Connection, deck_id: str, years: Sequence[str], but: str) -> list[Dated]:
    """The facts of a deck, other than the fact `but`, of which a card asks a date, in one of these years if named."""
    is_date = card.c.face.contains('"judge":"date"', autoescape=True)
    statement = (
        select(fact.c.id, fact.c.title, fact.c.kind, card.c.face)
        .join_from(card, fact, and_(fact.c.deck == card.c.deck, fact.c.id == card.c.fact))
        .where(card.c.deck == deck_id, card.c.fact != but, card.c.retired_ms.is_(None), is_date)
        .limit(_MOST_DATES)
    )
    if years:
        statement = statement.where(or_(*(card.c.face.contains(year, autoescape=True) for year in years)))
    found: list[Dated] = []
    for id, title, kind, face in connection.execute(statement):
        values = json.loads(face)
        found.append(Dated(id, title, kind == "person", values["answer"][0], values.get("calendar", "")))
    return found
