"""The decks, the files they were read from, their facts, and the cards of these."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, or_, select, update

from fasti.core.onlooker import Onlooker, nobody
from fasti.store.enrolment import refresh_shelves
from fasti.store.prepared import Prepared
from fasti.store.sizes import count_cards
from fasti.store.tables import card as card_table
from fasti.store.tables import deck as deck_table
from fasti.store.tables import deck_file, fact, schedule
from fasti.store.upsert import CHUNK, chunks, upsert


class StoredDeck(NamedTuple):
    """A deck; `content` is JSON of what else its author says of it, `removed_ms` when it left the library."""

    id: str
    title: str
    position: int
    content: str
    removed_ms: int | None


class StoredFile(NamedTuple):
    """A deck file as it was when it was read.

    `version` names the rules it was read by, `problems` how many it had.
    """

    path: str
    deck: str
    size: int
    mtime_ns: int
    digest: str
    version: str
    problems: int


class StoredFact(NamedTuple):
    """A fact. `key` is its normalised text, `content` the fact as JSON; it left its deck at `retired_ms`."""

    deck: str
    id: str
    kind: str
    title: str
    key: str
    content: str
    digest: str
    position: int
    path: str
    line: int
    first_seen_ms: int
    changed_ms: int
    retired_ms: int | None


class StoredCard(NamedTuple):
    """A card, called `<deck>/<fact>#<asks>`; `face` is the card as JSON, `position` the author's order."""

    key: str
    deck: str
    fact: str
    asks: str
    position: int
    face: str
    retired_ms: int | None


def decks(connection: Connection) -> list[StoredDeck]:
    """The decks of the library, in its order."""
    statement = select(*_DECK).where(deck_table.c.removed_ms.is_(None))
    rows = connection.execute(statement.order_by(deck_table.c.position, deck_table.c.id))
    return [StoredDeck(*row) for row in rows]


def deck(connection: Connection, deck_id: str) -> StoredDeck | None:
    """The deck of this id, if the library has or had it."""
    row = connection.execute(select(*_DECK).where(deck_table.c.id == deck_id)).first()
    return StoredDeck(*row) if row else None


def any_deck(connection: Connection) -> bool:
    """Whether the library has a deck or ever had one."""
    return connection.scalar(select(deck_table.c.id).limit(1)) is not None


def save_deck(connection: Connection, deck: StoredDeck) -> None:
    """Write a deck."""
    upsert(connection, deck_table, [deck])


def files(connection: Connection) -> list[StoredFile]:
    """The files that the library watches, by path."""
    return [StoredFile._make(row) for row in _FILES.all(connection, {})]


def save_file(connection: Connection, file: StoredFile) -> None:
    """Write what a file was like when it was read."""
    upsert(connection, deck_file, [file])


def forget_file(connection: Connection, path: str) -> None:
    """Watch a file no longer; what was read from it stays."""
    connection.execute(delete(deck_file).where(deck_file.c.path == path))


def facts(connection: Connection, deck: str) -> list[StoredFact]:
    """The facts of a deck in the author's order, those that left it last."""
    return [StoredFact._make(row) for row in _FACTS.all(connection, {"of_deck": deck})]


def answered_facts(connection: Connection, learner: str) -> list[StoredFact]:
    """The facts in their decks of which the learner has reviewed a card."""
    reviewed = exists().where(
        schedule.c.learner == learner,
        schedule.c.deck == fact.c.deck,
        schedule.c.fact == fact.c.id,
        schedule.c.reviews > 0,
    )
    rows = connection.execute(select(fact).where(fact.c.retired_ms.is_(None), reviewed))
    return [StoredFact(*row) for row in rows]


def fact_of_id(connection: Connection, deck: str, fact_id: str) -> StoredFact | None:
    """The fact of this id, if the deck has or had it."""
    row = connection.execute(select(fact).where(fact.c.deck == deck, fact.c.id == fact_id)).first()
    return StoredFact(*row) if row else None


def retired_facts_elsewhere(connection: Connection, deck: str, keys: Collection[str]) -> list[StoredFact]:
    """The facts with one of these keys that left another deck, or whose deck left the library."""
    gone = or_(fact.c.retired_ms.is_not(None), deck_table.c.removed_ms.is_not(None))
    if len(keys) > CHUNK and not _any_elsewhere(connection, deck, gone):
        return []
    statement = (
        select(fact)
        .join(deck_table, deck_table.c.id == fact.c.deck)
        .where(gone, fact.c.deck != deck)
        .order_by(fact.c.deck, fact.c.position, fact.c.id)
    )
    return [
        StoredFact(*row)
        for some in chunks(dict.fromkeys(keys))
        for row in connection.execute(statement.where(fact.c.key.in_(some)))
    ]


def _any_elsewhere(connection: Connection, deck: str, gone: ColumnElement[bool]) -> bool:
    """Whether any fact elsewhere is gone: a look through all of them costs less than many keys looked up."""
    statement = select(fact.c.id).join(deck_table, deck_table.c.id == fact.c.deck)
    return connection.scalar(statement.where(gone, fact.c.deck != deck).limit(1)) is not None


def unreviewed_twins(connection: Connection, deck: str, keys: Collection[str]) -> list[StoredFact]:
    """The facts with one of these keys that are in other decks and have not been answered by anyone."""
    answered = exists().where(
        schedule.c.deck == fact.c.deck, schedule.c.fact == fact.c.id, schedule.c.reviews > 0
    )
    statement = (
        select(fact)
        .join(deck_table, deck_table.c.id == fact.c.deck)
        .where(fact.c.retired_ms.is_(None), deck_table.c.removed_ms.is_(None), fact.c.deck != deck, ~answered)
        .order_by(fact.c.deck, fact.c.position, fact.c.id)
    )
    return [
        StoredFact(*row)
        for some in chunks(dict.fromkeys(keys))
        for row in connection.execute(statement.where(fact.c.key.in_(some)))
    ]


def save_facts(connection: Connection, facts: Iterable[StoredFact], onlooker: Onlooker = nobody) -> None:
    """Write facts."""
    upsert(connection, fact, facts, onlooker, "facts")


def retire_facts(connection: Connection, deck: str, ids: Collection[str], at_ms: int) -> None:
    """Note that facts left their deck: their cards are asked no more, and keep their history."""
    for some in chunks(ids):
        for table, name in ((fact, fact.c.id), (card_table, card_table.c.fact)):
            connection.execute(
                update(table)
                .where(table.c.deck == deck, name.in_(some), table.c.retired_ms.is_(None))
                .values(retired_ms=at_ms)
            )
    if ids:
        count_cards(connection, [deck])
        refresh_shelves(connection, deck)


def return_facts(connection: Connection, deck: str, ids: Collection[str], at_ms: int) -> None:
    """Note that facts are in their deck again, with the cards that left together with them."""
    for some in chunks(ids):
        here = and_(fact.c.deck == deck, fact.c.id.in_(some))
        together = select(fact.c.id).where(
            here, fact.c.id == card_table.c.fact, fact.c.retired_ms == card_table.c.retired_ms
        )
        connection.execute(
            update(card_table).where(card_table.c.deck == deck, together.exists()).values(retired_ms=None)
        )
        connection.execute(
            update(fact).where(here, fact.c.retired_ms.is_not(None)).values(retired_ms=None, changed_ms=at_ms)
        )
    if ids:
        count_cards(connection, [deck])
        refresh_shelves(connection, deck)


def cards(connection: Connection, deck: str) -> list[StoredCard]:
    """The cards of a deck in the author's order, retired ones among them."""
    return [StoredCard._make(row) for row in _CARDS.all(connection, {"of_deck": deck})]


def cards_of_fact(connection: Connection, deck: str, fact_id: str) -> list[StoredCard]:
    """The cards of one fact in the author's order, retired ones among them."""
    return _cards(connection, and_(card_table.c.deck == deck, card_table.c.fact == fact_id))


def card(connection: Connection, key: str) -> StoredCard | None:
    """The card of this name, if there is one."""
    found = _cards(connection, card_table.c.key == key)
    return found[0] if found else None


def save_cards(connection: Connection, cards: Iterable[StoredCard], onlooker: Onlooker = nobody) -> None:
    """Write cards; `refresh_shelves` and `enrol` bring the learners' schedules in step with them."""
    written = list(cards)
    upsert(connection, card_table, written, onlooker, "cards")
    count_cards(connection, {card.deck for card in written})


_FILES = Prepared(select(*[deck_file.c[name] for name in StoredFile._fields]).order_by(deck_file.c.path))
_FACTS = Prepared(
    select(*[fact.c[name] for name in StoredFact._fields])
    .where(fact.c.deck == bindparam("of_deck"))
    .order_by(fact.c.retired_ms.is_not(None), fact.c.position, fact.c.id)
)
_CARDS = Prepared(
    select(*[card_table.c[name] for name in StoredCard._fields])
    .where(card_table.c.deck == bindparam("of_deck"))
    .order_by(card_table.c.position, card_table.c.key)
)
_DECK = [deck_table.c[name] for name in StoredDeck._fields]


def _cards(connection: Connection, which: ColumnElement[bool]) -> list[StoredCard]:
    statement = select(card_table).where(which).order_by(card_table.c.position, card_table.c.key)
    return [StoredCard(*row) for row in connection.execute(statement).all()]
