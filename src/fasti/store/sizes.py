"""How many cards a deck has, kept in its row: to count them would take longer than all else `fasti due` says."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select, update

from fasti.store.tables import card, deck
from fasti.store.upsert import chunks


def count_cards(connection: Connection, decks: Collection[str]) -> None:
    """Count the cards of these decks anew; whatever gives a deck cards or takes some says so here."""
    for some in chunks(decks):
        connection.execute(update(deck).where(deck.c.id.in_(some)).values(cards=_NUMBER))


_NUMBER = (
    select(func.count())
    .select_from(card)
    .where(card.c.deck == deck.c.id, card.c.retired_ms.is_(None))
    .scalar_subquery()
)
