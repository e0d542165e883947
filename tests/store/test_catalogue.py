import pytest
from sqlalchemy.exc import IntegrityError

from fasti.core.card_state import FRESH_CARD
from fasti.store import catalogue, schedules
from fasti.store.catalogue import StoredFile
from fasti.store.database import Database
from fasti.store.enrolment import enrol, refresh_shelves
from tests.store.making import Student, a_card, a_deck, a_fact, facts, shelve


def test_decks_come_in_the_librarys_order_without_those_removed(database: Database) -> None:
    with database.writing() as connection:
        assert not catalogue.any_deck(connection)
        for deck in (a_deck("b", 1), a_deck("a", 1), a_deck("z", 0), a_deck("gone", 0, removed_ms=7)):
            catalogue.save_deck(connection, deck)

        assert [deck.id for deck in catalogue.decks(connection)] == ["z", "a", "b"]
        assert catalogue.deck(connection, "gone") == a_deck("gone", 0, removed_ms=7)
        assert catalogue.deck(connection, "never") is None
        assert catalogue.any_deck(connection)


def test_saving_a_deck_again_replaces_it(database: Database) -> None:
    changed = a_deck("d")._replace(title="Another title", content='{"author":"Anna"}')
    with database.writing() as connection:
        catalogue.save_deck(connection, a_deck("d"))
        catalogue.save_deck(connection, changed)

        assert catalogue.decks(connection) == [changed]


def test_files_are_remembered_until_they_are_forgotten(database: Database) -> None:
    one, two = (StoredFile(path, "d", 2**40, 2**62, "digest", "1.1", 3) for path in ("ä.yaml", "b.yaml"))
    with database.writing() as connection:
        catalogue.save_deck(connection, a_deck("d"))
        for file in (one, two, two._replace(size=1)):
            catalogue.save_file(connection, file)
        assert catalogue.files(connection) == [two._replace(size=1), one]
        catalogue.forget_file(connection, "ä.yaml")

        assert catalogue.files(connection) == [two._replace(size=1)]


def test_facts_and_cards_come_back_as_they_were_saved(database: Database) -> None:
    fact = a_fact("d", "a", 3, key="x" * 5000, title="Điện Biên Phủ", content='{"a": "’"}', retired_ms=None)
    card = a_card("d", "a", "cloze:1954", 3000, face='{"prompt": "…"}')
    with database.writing() as connection:
        catalogue.save_cards(connection, [card])
        catalogue.save_facts(connection, [fact])
        catalogue.save_deck(connection, a_deck("d"))
        catalogue.save_facts(connection, [])

    with database.reading() as connection:
        assert catalogue.facts(connection, "d") == [fact]
        assert catalogue.cards(connection, "d") == catalogue.cards_of_fact(connection, "d", "a") == [card]
        assert catalogue.card(connection, card.key) == card
        assert catalogue.card(connection, "d/a#when") is None


def test_facts_come_in_the_authors_order_those_that_left_last(database: Database) -> None:
    with database.writing() as connection:
        catalogue.save_deck(connection, a_deck("d"))
        stored = [a_fact("d", "c", 0, retired_ms=5), a_fact("d", "b", 2), a_fact("d", "a", 1)]
        catalogue.save_facts(connection, stored)

        assert [fact.id for fact in catalogue.facts(connection, "d")] == ["a", "b", "c"]


def test_facts_that_left_other_decks_are_found_by_their_words(database: Database) -> None:
    with database.writing() as connection:
        for deck in (a_deck("here"), a_deck("there"), a_deck("removed", removed_ms=1)):
            catalogue.save_deck(connection, deck)
        left = a_fact("there", "left", key="k1", retired_ms=1)
        in_removed = a_fact("removed", "x", key="k2")
        others = [
            a_fact("there", "stayed", key="k1"),
            a_fact("here", "own", key="k1", retired_ms=1),
            a_fact("there", "other", key="k9", retired_ms=1),
        ]
        catalogue.save_facts(connection, [left, in_removed, *others])
        many = {f"key {number}" for number in range(3000)} | {"k1", "k2"}

        found = catalogue.retired_facts_elsewhere(connection, "here", many)
        assert sorted(found) == [in_removed, left]
        assert catalogue.retired_facts_elsewhere(connection, "here", []) == []


def test_a_fact_that_left_comes_back_with_the_cards_that_left_with_it(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", {"a": ["when", "what"], "b": ["when"]})
        catalogue.save_cards(connection, [a_card("d", "a", "what", 1, retired_ms=5)])
    student = Student(database)
    student.review("d/a#when", 10)
    with database.writing() as connection:
        before = schedules.state(connection, "me", "d/a#when")
        catalogue.retire_facts(connection, "d", ["a"], 9)
        assert [card.retired_ms for card in catalogue.cards_of_fact(connection, "d", "a")] == [9, 5]
        assert catalogue.facts(connection, "d")[1].retired_ms == 9
        assert schedules.next_due(connection, "me", 0) is None

        catalogue.return_facts(connection, "d", ["a"], 12)
        assert [card.retired_ms for card in catalogue.cards_of_fact(connection, "d", "a")] == [None, 5]
        fact = catalogue.facts(connection, "d")[0]
        assert (fact.id, fact.retired_ms, fact.changed_ms) == ("a", None, 12)
        assert schedules.next_due(connection, "me", 0) == (11, 1)
        assert schedules.state(connection, "me", "d/a#when") == before


def test_retiring_again_keeps_the_first_moment(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", {"a": ["when"]})
        catalogue.retire_facts(connection, "d", ["a"], 9)
        catalogue.retire_facts(connection, "d", ["a"], 10)

        assert catalogue.facts(connection, "d")[0].retired_ms == 9


def test_retiring_reaches_many_facts_and_only_theirs(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", facts(1200))
        shelve(connection, "e", facts(3))
        catalogue.retire_facts(connection, "d", list(facts(1100)), 9)

        counts = {count.deck: count.new for count in schedules.counts(connection, "me", 1)}
        assert counts == {"d": 100, "e": 3}


def test_enrolling_gives_a_place_for_every_card_that_is_asked(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", {"a": ["when"], "b": ["when"]}, learner=None)
        catalogue.retire_facts(connection, "d", ["b"], 1)
        assert enrol(connection, "me") == 1
        shelve(connection, "e", {"c": ["when"]}, learner=None)
        assert enrol(connection, "me") == 1

        assert [count.total for count in schedules.counts(connection, "me", 1)] == [1, 1]
        assert schedules.state(connection, "me", "d/a#when") == FRESH_CARD


def test_a_card_of_another_fact_now_stands_with_its_siblings(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", {"a": ["when"], "b": ["when"]})
        catalogue.save_cards(connection, [a_card("d", "b", position=7, key="d/a#when")])
        refresh_shelves(connection, "d")
        new = schedules.candidates(connection, "me", None, 1, 9).new

    assert [(card.card, card.fact, card.rank) for card in new] == [
        ("d/a#when", "d/b", 7),
        ("d/b#when", "d/b", 1000),
    ]


def test_a_card_without_its_fact_is_not_stored(database: Database) -> None:
    with database.writing() as connection:
        catalogue.save_deck(connection, a_deck("d"))

    with pytest.raises(IntegrityError), database.writing() as connection:
        catalogue.save_cards(connection, [a_card("d", "none")])
