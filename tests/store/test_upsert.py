"""Many rows written at once, in the order in which the caller's values have their fields."""

from typing import NamedTuple

from fasti.store import catalogue
from fasti.store.catalogue import StoredDeck
from fasti.store.database import Database
from fasti.store.tables import deck
from fasti.store.upsert import upsert


class _Backwards(NamedTuple):
    removed_ms: int | None
    content: str
    position: int
    title: str
    id: str


def test_values_go_to_their_columns_by_name(database: Database) -> None:
    with database.writing() as connection:
        upsert(connection, deck, [_Backwards(None, "{}", 3, "Rome", "rome")])

        assert catalogue.decks(connection) == [StoredDeck("rome", "Rome", 3, "{}", None)]


def test_a_row_that_is_there_is_replaced_and_the_others_are_told_of(database: Database) -> None:
    told: list[tuple[str, int, int, str]] = []
    many = [StoredDeck(f"deck-{number}", "Before", number, "{}", None) for number in range(2_500)]
    with database.writing() as connection:
        upsert(connection, deck, many)
        after = [each._replace(title="After") for each in many]
        upsert(connection, deck, after, lambda *step: told.append(step), "decks")

        assert catalogue.decks(connection) == after
        assert told == [("Writing", done, 2_500, "decks") for done in (0, 1_000, 2_000)]


def test_no_rows_are_no_statement(database: Database) -> None:
    with database.reading() as connection:
        upsert(connection, deck, [])
