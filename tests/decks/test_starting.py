"""The deck that a teacher begins with."""

import pytest

from fasti.core.kinds import BUILT_IN, COMMON
from fasti.decks.read import read_deck
from fasti.decks.shape import DECK
from fasti.decks.starting import SCHEMA_LINE, starting_deck, title_from


def test_it_has_every_kind_once_and_no_problem() -> None:
    reading = read_deck(starting_deck("Crises"))

    assert reading.problems == ()
    assert reading.deck
    assert sorted(fact.kind for fact in reading.deck.facts) == sorted(BUILT_IN)


@pytest.mark.parametrize("key", sorted({field.name for field in (*COMMON, *DECK)}))
def test_it_names_every_key(key: str) -> None:
    assert f"{key}:" in starting_deck("Crises")


def test_it_begins_with_the_line_for_editors() -> None:
    assert starting_deck("Crises").startswith(f"{SCHEMA_LINE}\n")


def test_no_line_is_wider_than_an_editor() -> None:
    assert max(map(len, starting_deck("Crises").splitlines())) <= 115


@pytest.mark.parametrize(
    "title",
    [
        "Crises",
        'A "hard" one',
        "1914: the war",
        "# not a comment",
        "{braces}",
        "no",
        "- dash",
        "日本史",
        "x" * 300,
        "a\nb",
        "…",
    ],
)
def test_any_title_is_read_back(title: str) -> None:
    reading = read_deck(starting_deck(title))

    assert reading.problems == ()
    assert reading.deck
    assert reading.deck.title == " ".join(title.split())
    assert reading.deck.named


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("cold-war", "Cold war"),
        ("unit_3--crises", "Unit 3 crises"),
        ("Cold War", "Cold War"),
        ("---", "My deck"),
    ],
)
def test_a_title_is_made_of_a_files_name(name: str, title: str) -> None:
    assert title_from(name) == title
