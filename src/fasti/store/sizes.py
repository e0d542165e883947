"""How many cards a deck has, kept in its row: to count them would take longer than all else `fasti due` says."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select, update

from fasti.store.tables import card, deck
from fasti.store.upsert import COUNTED, chunks


def count_cards(connection: Connection, decks: Collection[str]) -> None:
    """Count the cards of these decks anew; whatever gives a deck cards or takes some says so here."""
    for some in chunks(decks):
        connection.execute(update(deck).where(deck.c.id.in_(some)).values(cards=_NUMBER))


def astray(connection: Connection) -> int:
    """How many decks have another number in their row than they have cards."""
    return connection.scalar(select(func.count()).select_from(deck).where(deck.c.cards != _NUMBER)) or 0


def recount(connection: Connection) -> int:
    """Count the cards of every deck anew; how many had another number before."""
    statement = update(deck).where(deck.c.cards != _NUMBER).values(cards=_NUMBER)
    return connection.execute(statement, execution_options=COUNTED).rowcount


_NUMBER = (
    select(func.count())
    .select_from(card)
    .where(card.c.deck == deck.c.id, card.c.retired_ms.is_(None))
    .scalar_subquery()
)
