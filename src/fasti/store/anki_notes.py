"""Which facts and cards are which notes and cards in Anki: what was exported once keeps its name there."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from fasti.store.tables import anki_card, anki_note, card
from fasti.store.upsert import chunks, upsert


class StoredNote(NamedTuple):
    """A note in Anki: part `part` of a fact, `""` for its main one.

    `digest` is of what was written last, `changed_ms` the moment since when it is so.
    """

    guid: str
    deck: str
    fact: str
    part: str
    digest: str
    changed_ms: int


class Slot(NamedTuple):
    """Where a card is in Anki: its note, and which of the note's cards it is."""

    card: str
    guid: str
    ord: int


def notes(connection: Connection, deck: str) -> list[StoredNote]:
    """The notes that facts of a deck are in Anki, those of retired facts too, the oldest name of each first."""
    statement = select(anki_note).where(anki_note.c.deck == deck)
    rows = connection.execute(statement.order_by(anki_note.c.changed_ms, anki_note.c.guid))
    return [StoredNote(*row) for row in rows]


def slots(connection: Connection, deck: str) -> list[Slot]:
    """Where the cards of a deck are in Anki, for those that were exported."""
    statement = select(anki_card).join_from(anki_card, card, card.c.key == anki_card.c.card)
    return [Slot(*row) for row in connection.execute(statement.where(card.c.deck == deck))]


def cards_in(connection: Connection, guids: Collection[str]) -> Mapping[tuple[str, int], str]:
    """By guid and ord, the cards that these notes' cards are here."""
    return {
        (guid, ord): key
        for some in chunks(guids)
        for key, guid, ord in connection.execute(select(anki_card).where(anki_card.c.guid.in_(some)))
    }


def taken(connection: Connection, guids: Collection[str]) -> Mapping[str, StoredNote]:
    """Those of these guids that notes have already."""
    return {
        row.guid: StoredNote(*row)
        for some in chunks(guids)
        for row in connection.execute(select(anki_note).where(anki_note.c.guid.in_(some)))
    }


def holders(connection: Connection) -> dict[str, tuple[str, str, str]]:
    """Every guid that a note has: the deck, the fact and the part that it stands for."""
    rows = connection.execute(select(anki_note.c.guid, anki_note.c.deck, anki_note.c.fact, anki_note.c.part))
    return {guid: (deck, fact, part) for guid, deck, fact, part in rows}


def save(connection: Connection, notes: Iterable[StoredNote], slots: Iterable[Slot]) -> None:
    """Write what was exported."""
    upsert(connection, anki_note, notes)
    upsert(connection, anki_card, slots)
