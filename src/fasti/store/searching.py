"""Finding cards by words."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from fasti.core.text import normalised
from fasti.store.catalogue import StoredCard
from fasti.store.tables import card, deck, fact

_NOT_PLAIN = re.compile("[^0-9a-z]+|ss")
"""What engines compare in their own ways; `ss` may be written `ß`."""


def find_cards(connection: Connection, words: Sequence[str]) -> list[StoredCard]:
    """The cards whose fact's title, own texts or name hold all of the words, in whatever case.

    In the library's order, retired cards after those that are asked; none of decks that were removed.
    """
    wanted = [normalised(word) for word in words if normalised(word)]
    if not wanted:
        return []
    statement = (
        select(*card.columns, fact.c.title)
        .join_from(card, fact, (fact.c.deck == card.c.deck) & (fact.c.id == card.c.fact))
        .join(deck, deck.c.id == card.c.deck)
        .where(deck.c.removed_ms.is_(None))
        .order_by(card.c.retired_ms.is_not(None), deck.c.position, deck.c.id, card.c.position, card.c.key)
    )
    for word in wanted:
        # The engine narrows it down by the letters that it can compare; the rest is decided below.
        pattern = pattern_of(word)
        statement = statement.where(
            or_(fact.c.title.ilike(pattern), card.c.face.ilike(pattern), card.c.key.ilike(pattern))
        )
    found: list[StoredCard] = []
    for *columns, title in connection.execute(statement):
        stored = StoredCard(*columns)
        text = normalised("\n".join((title, stored.key, *_texts(json.loads(stored.face)))))
        if all(word in text for word in wanted):
            found.append(stored)
    return found


def pattern_of(word: str) -> str:
    """What an engine can compare of a normalised word, for `ILIKE`: it finds all texts that hold the word."""
    return f"%{_NOT_PLAIN.sub('%', word)}%"


def _texts(value: Any) -> Iterator[str]:
    """The texts of a face, not the names that it gives them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _each(value.values())
    elif isinstance(value, list):
        yield from _each(value)


def _each(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _texts(value)
