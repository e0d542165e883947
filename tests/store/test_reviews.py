from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.entry_kinds import IMPORTED, EntryKind
from fasti.core.log import Adopted, LogEntry
from fasti.core.spread import spread
from fasti.store import catalogue, devices, refolding, reviews, schedules
from fasti.store.database import Database
from fasti.store.enrolment import enrol, learners, refresh_shelves
from fasti.store.reviews import Draft, UnknownCardError
from fasti.store.tables import review_log
from tests.conftest import Blank
from tests.store.making import DAY_MS, Student, facts, shelve

CARD = "d/a#when"


@pytest.fixture
def student(database: Database) -> Student:
    with database.writing() as connection:
        shelve(connection, "d", {"a": ["when", "what"], "b": ["when"]})
    return Student(database)


def state_of(student: Student, card: str = CARD) -> CardState:
    with student.database.reading() as connection:
        return schedules.state(connection, student.learner, card)


def log(student: Student) -> list[LogEntry]:
    with student.database.reading() as connection:
        return list(reviews.entries(connection))


def test_the_log_has_the_fields_of_an_entry_in_their_order() -> None:
    assert [column.name for column in review_log.columns] == [field.name for field in fields(LogEntry)]
    assert set(Draft._fields) < {field.name for field in fields(LogEntry)}


def test_an_answer_is_in_the_log_as_it_was_given(student: Student) -> None:
    draft = student.draft(CARD, 10, 5, answer="28 July 1914")._replace(due_offset=2, scale=6)
    entry, state = student.write(draft)

    given_back = LogEntry(seq=1, **draft._asdict())
    assert entry == given_back
    assert log(student) == [given_back]
    assert state == state_of(student)
    assert (state.due_day, state.interval, state.repetitions) == (13, 1, 1)


def test_a_life_of_a_card(student: Student) -> None:
    lived = []
    day = 10
    for grade in (4, 4, 4, 2, 4, 4):
        _, state = student.review(CARD, day, grade)
        assert state.due_day is not None
        lived.append(state.interval)
        day = state.due_day

    assert lived == [1, 6, 15, 1, 1, 6]
    assert student.refold() == 0


def test_a_second_answer_on_the_same_day_is_a_drill_and_moves_nothing(student: Student) -> None:
    _, first = student.review(CARD, 10, 2)
    entry, second = student.review(CARD, 10, 5)

    assert entry.kind is EntryKind.DRILL
    assert second == first._replace(owed=False)


def test_a_card_whose_review_was_taken_back_may_be_reviewed_the_same_day(student: Student) -> None:
    student.review(CARD, 10, 2)
    student.undo(10)
    entry, state = student.review(CARD, 10, 5)

    assert (entry.kind, state.reviews, state.lapses) == (EntryKind.REVIEW, 1, 0)


def test_two_learners_do_not_touch_each_others_schedule(student: Student) -> None:
    other = Student(student.database, learner="you")
    student.review(CARD, 10)

    assert state_of(other) == FRESH_CARD
    other.review(CARD, 12, 5)
    assert (state_of(student).last_day, state_of(other).last_day) == (10, 12)
    with student.database.reading() as connection:
        assert learners(connection) == ["me", "you"]


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (EntryKind.SUSPEND, "suspended", True),
        (EntryKind.BURY, "buried_until", 11),
        (EntryKind.FLAG, "flagged", True),
    ],
)
def test_putting_a_card_aside_is_in_its_state_until_it_is_taken_back(
    student: Student, kind: EntryKind, field: str, value: object
) -> None:
    _, state = student.note(CARD, 10, kind)
    assert getattr(state, field) == value

    undone = student.undo(10)
    assert undone is not None
    assert undone[0].kind is kind
    assert state_of(student) == FRESH_CARD


def test_cramming_is_logged_and_changes_nothing(student: Student) -> None:
    student.review(CARD, 10)
    before = state_of(student)
    student.write(student.draft(CARD, 12, 0, EntryKind.CRAM))

    assert state_of(student) == before
    assert [entry.kind for entry in student.history(CARD)] == [EntryKind.REVIEW, EntryKind.CRAM]


def test_undo_takes_back_one_answer_after_the_other_over_days_and_cards(student: Student) -> None:
    student.review(CARD, 10, 5)
    student.review("d/b#when", 10, 4)
    student.review(CARD, 11, 3)
    undone = [student.undo(12) for _ in range(4)]

    assert [result and result[0].grade for result in undone] == [3, 4, 5, None]
    assert state_of(student) == state_of(student, "d/b#when") == FRESH_CARD
    assert len(log(student)) == 6
    assert student.refold() == 0


def test_undo_looks_back_past_any_number_of_undone_answers(student: Student) -> None:
    student.review("d/b#when", 9, 5)
    for _ in range(100):
        student.review(CARD, 10, 4)
        student.undo(10)
    undone = student.undo(10)

    assert undone is not None
    assert undone[0].card == "d/b#when"


def test_undo_of_nothing_is_none_and_uses_up_no_number(student: Student) -> None:
    assert student.undo(10) is None
    assert student.review(CARD, 10)[0].seq == 1


def test_undo_is_of_the_learner_alone(student: Student) -> None:
    Student(student.database, learner="you").review(CARD, 10)

    assert student.undo(10) is None


def test_undo_works_though_the_clock_was_set_back(student: Student) -> None:
    student.review(CARD, 10, at_ms=20 * DAY_MS)
    undone = student.undo(9, at_ms=DAY_MS)

    assert undone is not None
    assert state_of(student) == FRESH_CARD
    assert student.refold() == 0


def test_undo_works_across_machines_whose_clocks_agree_to_the_millisecond(student: Student) -> None:
    student.review(CARD, 10, at_ms=20 * DAY_MS)
    earlier_in_the_alphabet = Student(student.database, device="a tablet")
    earlier_in_the_alphabet.undo(10, at_ms=20 * DAY_MS)

    assert state_of(student) == FRESH_CARD
    assert student.refold() == 0


def test_an_answer_comes_after_what_the_card_has_whatever_the_clock_says(student: Student) -> None:
    student.review(CARD, 20, 2)
    entry, state = student.review(CARD, 10, 5, at_ms=10 * DAY_MS)

    # Its study day is that of the clock: on a day that is no later, it is a repeat.
    assert [(each.study_day, each.kind) for each in student.history(CARD)] == [
        (20, EntryKind.REVIEW),
        (10, EntryKind.DRILL),
    ]
    assert entry.answered_at_ms == 20 * DAY_MS + 2
    assert (state.owed, state.last_day) == (False, 20)
    assert state == state_of(student)
    assert student.refold() == 0


def test_undo_takes_back_what_was_written_last_though_the_clock_was_set_back(student: Student) -> None:
    student.review("d/b#when", 20, 5)
    student.review("d/a#what", 20, 4)
    student.review(CARD, 9, 3, at_ms=9 * DAY_MS)
    undone = [student.undo(9, at_ms=9 * DAY_MS + 1) for _ in range(4)]

    assert [result and result[0].grade for result in undone] == [3, 4, 5, None]
    assert state_of(student) == state_of(student, "d/b#when") == FRESH_CARD
    assert student.refold() == 0


def test_undo_takes_back_what_was_written_here_before_what_was_elsewhere(student: Student) -> None:
    elsewhere = Student(student.database, device="phone")
    student.review(CARD, 10, 5)
    elsewhere.review("d/b#when", 11, 4)
    undone = [student.undo(12) for _ in range(3)]

    assert [result and result[0].card for result in undone] == [CARD, "d/b#when", None]


def test_a_review_without_a_grade_is_refused_and_nothing_is_written(student: Student) -> None:
    with pytest.raises(ValueError, match="grade from 0 to 5"):
        student.note(CARD, 10, EntryKind.REVIEW)

    assert log(student) == []
    assert student.review(CARD, 10)[0].seq == 1


def test_an_undo_cannot_be_recorded_without_what_it_takes_back(student: Student) -> None:
    with pytest.raises(ValueError, match="undo_last"):
        student.note(CARD, 10, EntryKind.UNDO)


def test_a_card_that_the_library_never_had_is_refused(student: Student) -> None:
    with pytest.raises(UnknownCardError, match="d/none#when"):
        student.review("d/none#when", 10)

    assert log(student) == []


def test_a_learner_who_was_not_enrolled_loses_no_answer(student: Student) -> None:
    _, state = Student(student.database, learner="new here").review(CARD, 10)

    assert state.reviews == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1914\x1b[2J", "1914\N{REPLACEMENT CHARACTER}[2J"),
        ("a\x00b", "a\N{REPLACEMENT CHARACTER}b"),
        ("", ""),
    ],
)
def test_what_was_typed_cannot_act_on_a_terminal_nor_lose_the_answer(
    student: Student, typed: str, kept: str
) -> None:
    student.write(student.draft(CARD, 10, answer=typed))

    assert [entry.answer for entry in log(student)] == [kept]


def test_a_lone_surrogate_in_what_was_typed_does_not_lose_the_answer(student: Student) -> None:
    student.write(student.draft(CARD, 10, answer="caf\udce9"))

    assert [entry.answer for entry in log(student)] == ["caf\N{REPLACEMENT CHARACTER}"]


def test_the_maximum_interval_is_that_of_the_caller(student: Student) -> None:
    with student.database.writing() as connection:
        for day in (10, 11, 17):
            _, state = reviews.record(connection, student.draft(CARD, day, 5), maximum_interval=4)
        assert refolding.refold(connection, "me", maximum_interval=4) == 0

    assert (state.interval, state.due_day) == (4, 21)


def test_a_retired_card_stays_retired_whatever_is_answered(student: Student) -> None:
    with student.database.writing() as connection:
        catalogue.retire_facts(connection, "d", ["a"], 1)
    student.review(CARD, 10)

    with student.database.reading() as connection:
        assert schedules.due_by_day(connection, "me", 0, 99) == {}
    with student.database.writing() as connection:
        catalogue.return_facts(connection, "d", ["a"], 2)
        assert schedules.due_by_day(connection, "me", 0, 99) == {11: 1}


entries = st.lists(
    st.tuples(st.sampled_from(["a1", "b2"]), st.integers(1, 8), st.integers(0, 5), st.integers(10, 20)),
    max_size=12,
    unique_by=lambda entry: entry[:2],
)


@given(entries, entries)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merging_is_a_union_whichever_way(
    blank: Blank, mine: list[tuple[str, int, int, int]], others: list[tuple[str, int, int, int]]
) -> None:
    taken = {entry[:2] for entry in mine}
    others = [entry for entry in others if entry[:2] not in taken or entry in mine]

    assert _merged(blank, mine, others) == _merged(blank, others, mine)


def _merged(blank: Blank, *logs: list[tuple[str, int, int, int]]) -> tuple[list[LogEntry], CardState]:
    with blank() as database:
        with database.writing() as connection:
            shelve(connection, "d", {"a": ["when"]})
            for each in logs:
                fresh = {entry[:2] for entry in each} - {
                    (e.device, e.seq) for e in reviews.entries(connection)
                }
                assert reviews.insert_entries(connection, [_entry(*entry) for entry in each]) == len(fresh)
                refolding.refold(connection, "me")
        with database.reading() as connection:
            return list(reviews.entries(connection)), schedules.state(connection, "me", CARD)


def _entry(device: str, seq: int, grade: int, day: int) -> LogEntry:
    return LogEntry(device, seq, "me", CARD, EntryKind.REVIEW, grade, 4, day * DAY_MS, 0, day, None, None)


def test_entries_that_are_there_are_left_alone(student: Student) -> None:
    first, _ = student.review(CARD, 10, 5)
    with student.database.writing() as connection:
        assert reviews.insert_entries(connection, [replace(first, grade=0)]) == 0

    assert log(student) == [first]


def test_a_machine_goes_on_after_its_own_entries_that_came_back(student: Student) -> None:
    with student.database.writing() as connection:
        reviews.insert_entries(connection, [_entry("laptop", 41, 4, 5)])

    assert student.review(CARD, 10)[0].seq == 42


def test_enrolling_someone_whom_the_log_knows_begins_where_they_were(student: Student) -> None:
    with student.database.writing() as connection:
        reviews.insert_entries(connection, [replace(_entry("b2", 1, 5, 10), learner="guest")])

        assert enrol(connection, "guest") == 3
        assert enrol(connection, "guest") == 0
        assert schedules.state(connection, "guest", CARD).due_day == 11
        assert refolding.refold(connection, "guest") == 0


def test_a_log_longer_than_one_fetch_comes_whole_and_in_order(database: Database) -> None:
    made = [
        replace(_entry("b2", seq, seq % 6, 10 + seq // 100), card=f"d/{seq % 7}#when")
        for seq in range(1, 12_001)
    ]
    with database.writing() as connection:
        assert reviews.insert_entries(connection, reversed(made)) == 12_000

        assert list(reviews.entries(connection, "me")) == made
        assert list(reviews.entries(connection, "you")) == []


def test_refolding_counts_the_cards_that_stood_otherwise(student: Student) -> None:
    student.review(CARD, 10)
    with student.database.writing() as connection:
        reviews.insert_entries(connection, [replace(_entry("b2", 1, 4, 12), card="d/b#when")])

    assert student.refold() == 1
    assert student.refold() == 0
    assert state_of(student, "d/b#when").due_day == 13


def test_undo_after_many_answers_reads_only_the_end_of_the_log(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", facts(50))
        reviews.insert_entries(
            connection,
            [
                replace(_entry("b2", seq, 4, 10 + seq), card=f"d/fact-{seq % 50:05}#when")
                for seq in range(1, 3001)
            ],
        )
        refolding.refold(connection, "me")
    seen: list[int] = []
    student = Student(database)

    def counted(rows: object) -> object:
        found = list(original(rows))
        seen.append(len(found))
        return iter(found)

    original = reviews.read_entries
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reviews, "read_entries", counted)
        undone = student.undo(9999)

    assert undone is not None
    assert undone[0].seq == 3000
    assert sum(seen) <= 64


def test_the_shelves_follow_the_authors_order_for_new_cards_only(student: Student) -> None:
    student.review(CARD, 10)
    with student.database.writing() as connection:
        before = schedules.candidates(connection, "me", None, 11, 10)
        moved = [card._replace(position=9000 - card.position) for card in catalogue.cards(connection, "d")]
        catalogue.save_cards(connection, moved)
        refresh_shelves(connection, "d")
        after = schedules.candidates(connection, "me", None, 11, 10)

    assert after.due == before.due
    assert [card.card for card in after.new] == ["d/b#when", "d/a#what"]


def test_an_unknown_device_cannot_write(student: Student) -> None:
    with pytest.raises(LookupError), student.database.writing() as connection:
        reviews.record(connection, student.draft(CARD, 10)._replace(device="stranger"))


def test_the_log_outlives_cards(student: Student) -> None:
    with student.database.writing() as connection:
        reviews.insert_entries(connection, [replace(_entry("b2", 1, 4, 12), card="gone/x#when")])
        devices.this_device(connection, "x", "y")
        found = connection.execute(select(review_log.c.card)).scalars().all()

    assert found == ["gone/x#when"]
    undone = student.undo(13)
    assert undone is not None
    assert undone[0].card == "gone/x#when"


def test_a_place_taken_over_is_stored_and_folded(student: Student) -> None:
    entry = LogEntry(
        device="anki-x",
        seq=1_700_000_000_123,
        learner="me",
        card=CARD,
        kind=EntryKind.ADOPT,
        grade=None,
        scale=None,
        answered_at_ms=1_700_000_000_123,
        utc_offset_min=0,
        study_day=19_675,
        thinking_ms=None,
        answer=None,
        profile=IMPORTED,
        adopted=Adopted(4, 40, 265, 1, 19_700),
    )
    with student.database.writing() as connection:
        assert reviews.insert_entries(connection, [entry]) == 1
        assert reviews.insert_entries(connection, [entry]) == 0
        assert refolding.refold(connection, "me") == 1

    assert log(student) == [entry]
    assert state_of(student).memory == (4, 40, 265, 1)
    assert student.refold() == 0


def test_a_spread_is_chosen_once_and_the_next_interval_comes_of_the_unmoved_one(student: Student) -> None:
    with student.database.writing() as connection:
        for day in (0, 1, 7, 40):
            entry, state = reviews.record(connection, student.draft(CARD, day, 4), spread_within=3_650)
        assert refolding.refold(connection, "me") == 0

    assert state.interval == 38
    assert entry.due_offset == spread(CARD, 40, 38, 3_650)
    assert state.due_day == 40 + 38 + entry.due_offset


def test_a_second_answer_on_a_day_spreads_nothing(student: Student) -> None:
    with student.database.writing() as connection:
        for day in (0, 1, 7, 40, 40):
            entry, state = reviews.record(connection, student.draft(CARD, day, 4), spread_within=3_650)

    assert (entry.kind, entry.due_offset) == (EntryKind.DRILL, 0)
    assert state.due_day == 40 + 38 + spread(CARD, 40, 38, 3_650)
