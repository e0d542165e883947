"""What a learner plans, on both engines."""

import pytest

from fasti.core.breaks import Break
from fasti.core.exams import Exam
from fasti.store import catalogue, plans, schedules
from fasti.store.database import Database
from tests.store.making import Student, a_fact, shelve

EXAM = Exam("Finals", 120, "war", days=3)


def test_days_off_are_kept_in_order_and_joined(database: Database) -> None:
    with database.writing() as connection:
        plans.set_breaks(connection, "me", [Break(30, 40), Break(10, 12), Break(13, 15)])
        plans.set_breaks(connection, "you", [Break(1, 1)])
        plans.set_breaks(connection, "you", [])

        assert plans.breaks(connection, "me") == [Break(10, 15), Break(30, 40)]
        assert plans.breaks(connection, "you") == []


def test_an_exam_is_its_learners_and_can_be_taken_back(database: Database) -> None:
    with database.writing() as connection:
        plans.add_exam(connection, "me", EXAM)
        plans.add_exam(connection, "you", EXAM)
        plans.remove_exam(connection, "you", "Finals")

        assert plans.exams(connection, "me") == [EXAM]
        assert plans.exams(connection, "you") == []


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
