"""Names that change: history follows the card, and no card gets another's."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from fasti.core.entry_kinds import EntryKind
from fasti.store import catalogue, names, reviews, schedules
from fasti.store.database import Database
from fasti.store.enrolment import enrol
from fasti.store.names import Alias, Name, Names
from fasti.store.renaming import rename_cards, rename_facts
from tests.store.making import DAY_MS, Student, a_card, a_deck, a_fact, shelve

T = 50 * DAY_MS


@pytest.mark.parametrize(
    ("aliases", "present", "key", "at_ms", "card"),
    [
        # A name that never changed, and one that did: until the change, and after it.
        ([], "a", "a", 5, "a"),
        ([("a", 10, "b")], "b", "a", 5, "b"),
        ([("a", 10, "b")], "b", "a", 10, "b"),
        ([("a", 10, "b")], "b", "b", 5, "b"),
        # Afterwards it is another card's, or where it is nobody's, still the one that had it last.
        ([("a", 10, "b")], "ab", "a", 11, "a"),
        ([("a", 10, "b")], "b", "a", 11, "b"),
        # A chain, whose links may be of one moment only where they were one change.
        ([("a", 10, "b"), ("b", 20, "c")], "c", "a", 5, "c"),
        ([("a", 10, "b"), ("b", 20, "c")], "c", "b", 15, "c"),
        ([("a", 10, "b"), ("b", 10, "c")], "bc", "a", 5, "b"),
        # Two that exchange names.
        ([("a", 10, "b"), ("b", 10, "a")], "ab", "a", 10, "b"),
        ([("a", 10, "b"), ("b", 10, "a")], "ab", "b", 10, "a"),
        ([("a", 10, "b"), ("b", 10, "a")], "ab", "a", 11, "a"),
        # There and back again.
        ([("a", 10, "b"), ("b", 20, "a")], "a", "a", 5, "a"),
        ([("a", 10, "b"), ("b", 20, "a")], "a", "b", 15, "a"),
        ([("a", 10, "b"), ("b", 20, "a")], "a", "a", 25, "a"),
        # A name that two cards had, one after the other, and that a third has now.
        ([("a", 10, "b"), ("a", 20, "c")], "abc", "a", 5, "b"),
        ([("a", 10, "b"), ("a", 20, "c")], "abc", "a", 15, "c"),
        ([("a", 10, "b"), ("a", 20, "c")], "abc", "a", 25, "a"),
    ],
)
def test_a_name_stands_for_the_card_that_had_it_at_the_time(
    aliases: Sequence[tuple[str, int, str]], present: str, key: str, at_ms: int, card: str, database: Database
) -> None:
    known = [Alias(*alias) for alias in aliases]

    assert Names(known, set(present)).card_of(key, at_ms) == card
    with database.writing() as connection:
        _have(connection, present)
        names.insert_aliases(connection, known)
        claims = {
            one: [name for name in names.names_of(connection, one) if _within(name, key, at_ms)]
            for one in "abc"
        }

    assert {one for one, found in claims.items() if found} - {one for one in "abc" if one not in present} == {
        card
    }
    assert all(len(found) <= 1 for found in claims.values())


def _have(connection: Connection, keys: str) -> None:
    catalogue.save_deck(connection, a_deck("d"))
    catalogue.save_facts(connection, [a_fact("d", "f")])
    catalogue.save_cards(connection, [a_card("d", "f", key=key) for key in keys])


def _within(name: Name, key: str, at_ms: int) -> bool:
    return (
        name.key == key
        and (name.after_ms is None or name.after_ms < at_ms)
        and (name.until_ms is None or at_ms <= name.until_ms)
    )


def rename(database: Database, *pairs: tuple[str, str], at_ms: int = T) -> None:
    """Give cards of the deck `d`, one a fact, other names."""
    facts = [(old.partition("#")[0], new.partition("#")[0]) for old, new in pairs]
    with database.writing() as connection:
        rename_facts(connection, [("d", old, a_fact("d", new)) for old, new in facts])
        rename_cards(connection, [(f"d/{old}#when", a_card("d", new)) for old, new in facts], at_ms)


@pytest.fixture
def student(database: Database) -> Student:
    with database.writing() as connection:
        shelve(connection, "d", {"a": ["when"], "b": ["when"]})
    return Student(database)


def grades(student: Student, card: str) -> list[int | None]:
    return [entry.grade for entry in student.history(card)]


def state_of(student: Student, card: str) -> int:
    """The number of reviews in a card's schedule."""
    with student.database.reading() as connection:
        return schedules.state(connection, student.learner, card).reviews


def test_a_renamed_card_keeps_its_history_and_its_schedule(student: Student) -> None:
    student.review("d/a#when", 10, 4)
    student.review("d/a#when", 11, 5)
    rename(student.database, ("a", "c"))
    student.review("d/c#when", 60, 3)

    assert grades(student, "d/c#when") == [4, 5, 3]
    assert state_of(student, "d/c#when") == 3
    assert {entry.card for entry in student.history("d/c#when")} == {"d/c#when"}
    assert student.refold() == 0
    with student.database.reading() as connection:
        assert catalogue.card(connection, "d/a#when") is None
        assert [entry.card for entry in reviews.entries(connection)] == ["d/a#when", "d/a#when", "d/c#when"]


def test_a_buried_card_stays_so_under_its_new_name(student: Student) -> None:
    student.review("d/a#when", 10)
    student.note("d/a#when", 49, EntryKind.BURY)
    rename(student.database, ("a", "c"))

    with student.database.reading() as connection:
        assert schedules.due_by_day(connection, "me", 49, 60) == {50: 1}


def test_two_cards_that_exchange_names_keep_each_its_own_history(student: Student) -> None:
    student.review("d/a#when", 10, 3)
    student.review("d/b#when", 10, 5)
    rename(student.database, ("a", "b"), ("b", "a"))
    student.review("d/a#when", 60, 4)

    assert grades(student, "d/b#when") == [3]
    assert grades(student, "d/a#when") == [5, 4]
    assert student.refold() == 0


def test_three_cards_in_a_circle_keep_each_its_own_history(student: Student) -> None:
    with student.database.writing() as connection:
        shelve(connection, "d", {"a": ["when"], "b": ["when"], "c": ["when"]})
    for card, grade in {"a": 3, "b": 4, "c": 5}.items():
        student.review(f"d/{card}#when", 10, grade)
    rename(student.database, ("a", "b"), ("b", "c"), ("c", "a"))

    assert [grades(student, f"d/{card}#when") for card in "abc"] == [[5], [3], [4]]
    assert student.refold() == 0


def test_a_card_renamed_again_and_again_keeps_all(student: Student) -> None:
    for place, (old, new) in enumerate([("a", "x"), ("x", "y"), ("y", "a"), ("a", "z")]):
        student.review(f"d/{old}#when", 10 + place, 4)
        rename(student.database, (old, new), at_ms=(10 + place) * DAY_MS + DAY_MS // 2)

    assert grades(student, "d/z#when") == [4] * 4
    assert student.refold() == 0


def test_a_new_card_under_an_old_name_begins_anew(student: Student) -> None:
    student.review("d/a#when", 10, 5)
    rename(student.database, ("a", "c"))
    with student.database.writing() as connection:
        shelve(connection, "d", {"a": ["when"]})
    student.review("d/a#when", 60, 3)

    assert grades(student, "d/a#when") == [3]
    assert grades(student, "d/c#when") == [5]
    assert student.refold() == 0


def test_a_clock_that_stands_still_confuses_no_names(student: Student) -> None:
    """Everything at one moment, as with a clock that a demonstration holds fixed."""
    student.review("d/a#when", 50, 5, at_ms=T)
    rename(student.database, ("a", "c"))
    rename(student.database, ("c", "e"))
    with student.database.writing() as connection:
        shelve(connection, "d", {"a": ["when"]})
    student.review("d/a#when", 50, 3, at_ms=T)
    student.review("d/e#when", 51, 4, at_ms=T)

    assert grades(student, "d/a#when") == [3]
    assert grades(student, "d/e#when") == [5, 4]
    assert student.refold() == 0


def test_an_answer_dated_ahead_goes_with_the_card_all_the_same(student: Student) -> None:
    student.review("d/a#when", 10, 5, at_ms=T + 10)
    rename(student.database, ("a", "c"), at_ms=T)

    assert grades(student, "d/c#when") == [5]
    assert student.refold() == 0


def test_a_card_renamed_while_it_is_on_the_screen_gets_its_answer(student: Student) -> None:
    rename(student.database, ("a", "c"))
    entry, state = student.review("d/a#when", 60)

    assert (entry.card, state.reviews) == ("d/c#when", 1)


def test_a_card_that_takes_the_name_of_another_takes_its_history_too(student: Student) -> None:
    student.review("d/a#when", 10, 3)
    student.review("d/b#when", 11, 5)
    rename(student.database, ("a", "b"))

    assert grades(student, "d/b#when") == [3, 5]
    assert state_of(student, "d/b#when") == 2
    assert student.refold() == 0


def test_an_undo_reaches_what_was_answered_under_another_name(student: Student) -> None:
    student.review("d/a#when", 10, 5)
    rename(student.database, ("a", "c"))
    undone = student.undo(60)

    assert undone is not None
    assert (undone[0].card, undone[0].grade, undone[1].reviews) == ("d/c#when", 5, 0)
    assert student.refold() == 0


def test_every_learners_progress_follows(database: Database, student: Student) -> None:
    other = Student(database, learner="you")
    with database.writing() as connection:
        enrol(connection, "you")
    other.review("d/a#when", 10)
    rename(database, ("a", "c"))

    assert state_of(other, "d/c#when") == 1
    assert state_of(student, "d/c#when") == 0
    assert other.refold() == student.refold() == 0


def test_a_machine_that_has_not_heard_of_the_new_name_loses_nothing(student: Student) -> None:
    """Its entries come with a merge, under a name that no card has here any more."""
    rename(student.database, ("a", "c"))
    stranger = student.history("d/c#when")
    entry, _ = student.review("d/c#when", 60)
    with student.database.writing() as connection:
        late = replace(
            entry, device="desktop", seq=1, card="d/a#when", answered_at_ms=T + 70 * DAY_MS, study_day=70
        )
        assert reviews.insert_entries(connection, [late]) == 1

    assert student.refold() == 1
    assert stranger == []
    assert state_of(student, "d/c#when") == 2


def test_a_fact_may_move_to_another_deck_with_all_its_cards(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", {"a": ["when", "what"]})
        shelve(connection, "e", {"x": ["when"]})
    student = Student(database)
    student.review("d/a#when", 10)
    student.note("d/a#what", 10, EntryKind.SUSPEND)
    with database.writing() as connection:
        rename_facts(connection, [("d", "a", a_fact("e", "a", position=1))])
        rename_cards(
            connection,
            [("d/a#when", a_card("e", "a", position=1000)), ("d/a#what", a_card("e", "a", "what", 1001))],
            T,
        )

    with database.reading() as connection:
        assert [card.key for card in catalogue.cards(connection, "e")] == ["e/x#when", "e/a#when", "e/a#what"]
        assert catalogue.cards(connection, "d") == catalogue.facts(connection, "d") == []
    assert state_of(student, "e/a#when") == 1
    assert student.refold() == 0


def test_facts_may_exchange_ids(database: Database, student: Student) -> None:
    with database.writing() as connection:
        rename_facts(
            connection, [("d", "a", a_fact("d", "b", digest="A")), ("d", "b", a_fact("d", "a", digest="B"))]
        )

        assert {fact.id: fact.digest for fact in catalogue.facts(connection, "d")} == {"b": "A", "a": "B"}
        assert [card.key for card in catalogue.cards_of_fact(connection, "d", "b")] == ["d/a#when"]


def test_changes_of_name_travel_with_a_merge(database: Database, student: Student) -> None:
    rename(database, ("a", "c"))
    with database.writing() as connection:
        known = names.aliases(connection)
        names.insert_aliases(connection, [*known, Alias("d/q#when", 5, "d/b#when")])

        assert set(names.aliases(connection)) == {*known, Alias("d/q#when", 5, "d/b#when")}
