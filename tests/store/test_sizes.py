import pytest
from sqlalchemy import func, select

from fasti.store import catalogue, sizes
from fasti.store.database import Database
from fasti.store.renaming import rename_cards, rename_facts
from fasti.store.tables import card, deck
from tests.store.making import a_card, a_fact, facts, shelve


def kept(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return dict(connection.execute(select(deck.c.id, deck.c.cards)).all())


def counted(database: Database) -> dict[str, int]:
    statement = select(card.c.deck, func.count()).where(card.c.retired_ms.is_(None)).group_by(card.c.deck)
    with database.reading() as connection:
        found = dict(connection.execute(statement).all())
        return {deck_id: found.get(deck_id, 0) for deck_id in connection.scalars(select(deck.c.id))}


@pytest.fixture
def library(database: Database) -> Database:
    with database.writing() as connection:
        shelve(connection, "d", facts(3, ("when", "what")))
        shelve(connection, "e", facts(1))
    return database


def test_a_deck_knows_how_many_cards_it_has(library: Database) -> None:
    assert kept(library) == counted(library) == {"d": 6, "e": 1}


def test_cards_of_facts_that_leave_are_not_counted_until_they_are_back(library: Database) -> None:
    with library.writing() as connection:
        catalogue.retire_facts(connection, "d", ["fact-00001"], 5)
    assert kept(library) == counted(library) == {"d": 4, "e": 1}
    with library.writing() as connection:
        catalogue.return_facts(connection, "d", ["fact-00001"], 6)
    assert kept(library) == counted(library) == {"d": 6, "e": 1}


def test_cards_that_move_to_another_deck_are_counted_there(library: Database) -> None:
    with library.writing() as connection:
        rename_facts(connection, [("d", "fact-00001", a_fact("e", "moved"))])
        moved = [(f"d/fact-00001#{asks}", a_card("e", "moved", asks)) for asks in ("when", "what")]
        rename_cards(connection, moved, 5)
    assert kept(library) == counted(library) == {"d": 4, "e": 3}


def test_cards_that_become_one_are_counted_once(library: Database) -> None:
    with library.writing() as connection:
        rename_facts(connection, [("d", "fact-00001", a_fact("d", "fact-00002"))])
        joined = [(f"d/fact-00001#{asks}", a_card("d", "fact-00002", asks)) for asks in ("when", "what")]
        rename_cards(connection, joined, 5)
    assert kept(library) == counted(library) == {"d": 4, "e": 1}


def test_numbers_that_are_otherwise_than_the_rows_are_found_and_counted_anew(library: Database) -> None:
    with library.writing() as connection:
        catalogue.retire_facts(connection, "d", ["fact-00001"], 5)
        assert sizes.astray(connection) == 0
        connection.execute(deck.update().values(cards=deck.c.cards + 1))
    with library.writing() as connection:
        assert sizes.astray(connection) == 2
        assert sizes.recount(connection) == 2
        assert sizes.astray(connection) == sizes.recount(connection) == 0
    assert kept(library) == counted(library) == {"d": 4, "e": 1}
