"""What a learner plans, on both engines."""

import pytest

from fasti.core.breaks import Break
from fasti.core.decisions import decided_exam
from fasti.core.exams import Exam
from fasti.store import catalogue, plans, schedules
from fasti.store.database import Database
from tests.store.making import Student, a_fact, shelve

EXAM = Exam("Finals", 120, "war", days=3)


def test_days_off_are_kept_in_order_and_joined(database: Database) -> None:
    with database.writing() as connection:
        for place, days in enumerate((Break(30, 40), Break(10, 12), Break(13, 15))):
            plans.take_off(connection, "me", days, place)
        plans.take_off(connection, "you", Break(1, 1), 5)
        plans.take_back(connection, "you", Break(1, 1), 5)

        assert plans.breaks(connection, "me") == [Break(10, 15), Break(30, 40)]
        assert plans.breaks(connection, "you") == []


def test_an_exam_is_its_learners_and_can_be_taken_back(database: Database) -> None:
    with database.writing() as connection:
        plans.add_exam(connection, "me", EXAM, 1)
        plans.add_exam(connection, "you", EXAM, 1)
        plans.remove_exam(connection, "you", "Finals", 2)
        plans.remove_exam(connection, "you", "no such", 3)

        assert plans.exams(connection, "me") == [EXAM]
        assert plans.exams(connection, "you") == []
        assert plans.planners(connection) == ["me", "you"]


def test_an_exam_goes_with_its_deck_and_is_taken_back_all_the_same(database: Database) -> None:
    with database.writing() as connection:
        plans.add_exam(connection, "me", EXAM, 100)
        there = plans.decisions(connection, "me")
        plans.follow_deck(connection, "war", "wars")
        assert plans.exams(connection, "me") == [EXAM._replace(deck="wars")]

        removed = decided_exam(there, EXAM, 101, removed=True)
        plans.unite(connection, "me", removed)
        assert plans.exams(connection, "me") == []


def test_what_was_taken_back_is_not_brought_again_by_a_machine_that_has_not_heard_of_it(
    database: Database,
) -> None:
    with database.writing() as connection:
        plans.take_off(connection, "me", Break(10, 20), 1)
        plans.add_exam(connection, "me", EXAM, 1)
        before = plans.decisions(connection, "me")
        plans.take_back(connection, "me", Break(12, 14), 2)
        plans.remove_exam(connection, "me", "Finals", 2)
        plans.unite(connection, "me", before)

        assert plans.breaks(connection, "me") == [Break(10, 11), Break(15, 20)]
        assert plans.exams(connection, "me") == []


@pytest.mark.parametrize(
    ("exam", "facts"),
    [
        (EXAM, ["war/one", "war/two"]),
        (EXAM._replace(unit="first world war"), ["war/one"]),
        (EXAM._replace(tag="ALLIES"), ["war/two"]),
        (EXAM._replace(deck="art"), []),
    ],
)
def test_the_cards_of_an_exam_are_those_that_are_asked_at_all(
    database: Database, exam: Exam, facts: list[str]
) -> None:
    content = ['{"unit":"First World War"}', '{"tags":["allies"]}', "{}"]
    with database.writing() as connection:
        shelve(connection, "war", {"one": ["when"], "two": ["when"], "three": ["when"]})
        catalogue.save_facts(
            connection,
            [
                a_fact("war", fact, place, content=content[place])
                for place, fact in enumerate(("one", "two", "three"))
            ],
        )
        catalogue.retire_facts(connection, "war", ["three"], 1)
    Student(database).review("war/one#when", 100)
    with database.reading() as connection:
        cards = schedules.exam_cards(connection, "me", exam)

    assert sorted(card.fact for card in cards) == facts
    assert all((card.last_day == 100) == (card.fact == "war/one") for card in cards)
