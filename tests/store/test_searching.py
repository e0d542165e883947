from collections.abc import Sequence

import pytest

from fasti.store import catalogue
from fasti.store.database import Database
from fasti.store.searching import find_cards
from tests.store.making import a_card, a_deck, a_fact

FACTS = {
    "dien-bien-phu": (
        "Điện Biên Phủ falls",
        '{"word":"When?","prompt":"Điện Biên Phủ falls","answer":["7 May 1954"]}',
    ),
    "strasse": ("Königstraße", '{"word":"What is","prompt":"Königstraße","answer":["A street in “Berlin”"]}'),
    "quarantine": (
        "quarantine",
        '{"word":"","prompt":"Kennedy’s 50% blockade\\\\path_x","answer":["a","b"],"note":"1962"}',
    ),
}


@pytest.fixture
def library(database: Database) -> Database:
    with database.writing() as connection:
        catalogue.save_deck(connection, a_deck("d"))
        for place, (name, (title, face)) in enumerate(FACTS.items()):
            catalogue.save_facts(connection, [a_fact("d", name, place, title=title)])
            catalogue.save_cards(connection, [a_card("d", name, position=place, face=face)])
    return database


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["falls"], ["dien-bien-phu"]),
        (["FALLS"], ["dien-bien-phu"]),
        (["điện"], ["dien-bien-phu"]),
        (["ĐIỆN", "1954"], ["dien-bien-phu"]),
        (["falls", "1962"], []),
        (["KÖNIGSTRASSE"], ["strasse"]),
        (["königstraße"], ["strasse"]),
        (['"berlin"'], ["strasse"]),
        (["kennedy's"], ["quarantine"]),
        (["50%"], ["quarantine"]),
        (["5%"], []),
        (["path_x"], ["quarantine"]),
        (["pathyx"], []),
        (["d/quarantine#when"], ["quarantine"]),
        # The names that a face gives its parts are nobody's words.
        (["prompt"], []),
        (["judge"], []),
        (["e"], ["dien-bien-phu", "strasse", "quarantine"]),
        ([], []),
        ([" "], []),
    ],
)
def test_cards_are_found_by_all_of_the_words_in_whatever_case(
    library: Database, words: Sequence[str], found: Sequence[str]
) -> None:
    with library.reading() as connection:
        assert [card.fact for card in find_cards(connection, words)] == list(found)


def test_retired_cards_come_last_and_removed_decks_not_at_all(library: Database) -> None:
    with library.writing() as connection:
        catalogue.retire_facts(connection, "d", ["dien-bien-phu"], 1)
        assert [card.fact for card in find_cards(connection, ["e"])] == [
            "strasse",
            "quarantine",
            "dien-bien-phu",
        ]
        catalogue.save_deck(connection, a_deck("d", removed_ms=1))

        assert find_cards(connection, ["e"]) == []
