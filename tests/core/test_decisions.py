"""Plans of two machines as one: whatever the order, the same, and what was decided last counts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.breaks import Break
from fasti.core.decisions import (
    DaysDecided,
    Decisions,
    ExamDecided,
    both,
    counting,
    decided_days,
    decided_exam,
    with_deck,
)
from fasti.core.exams import Exam

BOUNDED = settings(deadline=None, max_examples=200)

moments = st.integers(0, 5)
days = st.builds(
    lambda first, length, at_ms, off: DaysDecided(first, first + length, at_ms, off),
    st.integers(0, 12),
    st.integers(0, 6),
    moments,
    st.booleans(),
)
exams = st.builds(
    ExamDecided,
    st.builds(Exam, st.sampled_from(["May", "June"]), st.integers(50, 52), st.sampled_from(["war", "peace"])),
    moments,
    st.booleans(),
)
decisions = st.tuples(st.lists(days, max_size=6), st.lists(exams, max_size=4))
spans = st.builds(lambda first, length: Break(first, first + length), st.integers(0, 12), st.integers(0, 6))


@given(decisions, decisions, decisions)
@BOUNDED
def test_plans_may_be_united_in_any_order_and_again(one, two, three):
    a, b, c = counting(*one), counting(*two), counting(*three)

    assert both(both(a, b), c) == both(a, both(b, c)) == both(c, both(b, a))
    assert both(a, a) == a
    assert both(both(a, b), a) == both(a, b)
    assert both(a, b) == counting([*one[0], *two[0]], [*one[1], *two[1]])


@given(st.lists(days, max_size=8))
@BOUNDED
def test_each_day_is_what_was_decided_last_about_it(decided):
    counts = counting(decided, [])

    for day in range(-1, 20):
        about = sorted((each.at_ms, each.off) for each in decided if each.first_day <= day <= each.last_day)
        there = [(each.at_ms, each.off) for each in counts.days if each.first_day <= day <= each.last_day]
        off = any(each.first_day <= day <= each.last_day for each in counts.breaks)
        assert there == about[-1:]
        assert off == (bool(about) and about[-1][1])


@given(decisions, spans, moments, st.booleans())
@BOUNDED
def test_what_is_decided_now_counts_whatever_the_clock_says(known, span, at_ms, off):
    now = decided_days(counting(*known), span, at_ms, off=off)
    planned = decided_exam(counting(*known), Exam("May", 60, "war"), at_ms, removed=not off).planned

    for day in range(span.first_day, span.last_day + 1):
        assert any(each.first_day <= day <= each.last_day for each in now.breaks) == off
    assert [exam for exam in planned if exam.name == "May"] == ([Exam("May", 60, "war")] if off else [])


def test_a_break_that_was_taken_back_is_not_brought_again():
    shared = decided_days(Decisions(), Break(10, 20), 1, off=True)
    here = decided_days(shared, Break(10, 20), 2, off=False)

    assert both(here, shared).breaks == []
    assert both(shared, here).breaks == []


def test_days_off_that_were_taken_back_in_part_leave_the_rest():
    shared = decided_days(Decisions(), Break(10, 20), 1, off=True)

    assert decided_days(shared, Break(13, 15), 2, off=False).breaks == [Break(10, 12), Break(16, 20)]


@pytest.mark.parametrize("removed_at", [2, 100])
def test_an_exam_that_went_with_its_deck_can_still_be_taken_back_elsewhere(removed_at):
    shared = decided_exam(Decisions(), Exam("May", 60, "war"), 1)
    here = counting([], [with_deck(shared.exams[0], "wars")])
    there = decided_exam(shared, Exam("May", 60, "war"), removed_at, removed=True)

    assert both(here, shared).planned == [Exam("May", 60, "wars")]
    assert both(here, there).planned == []
