from hypothesis import given
from hypothesis import strategies as st

from fasti.core.breaks import (
    HORIZON,
    Break,
    back_day,
    break_on,
    days_at_work,
    level_around,
    merged,
    next_around,
)
from fasti.core.queue import level_day

DAYS = st.integers(0, 40)
BREAKS = st.lists(st.tuples(DAYS, st.integers(0, 9)).map(lambda at: Break(at[0], at[0] + at[1])), max_size=4)
COUNTS = st.dictionaries(DAYS, st.integers(1, 50), max_size=10)


def off(breaks, day):
    return any(first <= day <= last for first, last in breaks)


@given(BREAKS, DAYS)
def test_a_break_is_what_its_days_are(breaks, day):
    assert (break_on(breaks, day) is not None) == off(breaks, day)
    back = back_day(breaks, day)
    assert not off(breaks, back)
    assert all(off(breaks, between) for between in range(day, back))
    assert {d for each in merged(breaks) for d in range(each[0], each[1] + 1)} == {
        d for each in breaks for d in range(each[0], each[1] + 1)
    }


@given(BREAKS, DAYS, st.integers(-3, 40))
def test_days_at_work_are_counted_one_by_one(breaks, first, length):
    last = first + length

    assert days_at_work(breaks, first, last) == sum(not off(breaks, d) for d in range(first, last + 1))


@given(BREAKS, COUNTS, DAYS)
def test_what_comes_due_on_days_off_comes_when_they_are_over(breaks, counts, after):
    def next_due(day):
        later = [due for due in counts if due > day]
        return (min(later), counts[min(later)]) if later else None

    days = {due: back_day(breaks, due) for due in counts if due > after}
    first = min(days.values(), default=None)
    expected = None if first is None else (first, sum(counts[d] for d, back in days.items() if d <= first))
    assert next_around(breaks, after, next_due) == expected


@given(COUNTS, DAYS, st.integers(1, 30))
def test_without_breaks_a_pile_is_level_when_it_was(counts, today, a_day):
    level = level_day(counts, today, a_day)
    far = level is not None and level > today + HORIZON
    assert level_around([], counts, today, a_day) == (None if far else level)


@given(BREAKS, COUNTS, DAYS, st.integers(1, 30))
def test_a_pile_is_level_when_it_is_worked_off_on_days_that_are_not_off(breaks, counts, today, a_day):
    day, left, known = today, sum(n for due, n in counts.items() if due < today), None
    while known is None:
        left += counts.get(day, 0)
        if not off(breaks, day):
            left = max(0, left - a_day)
            known = day if left == 0 else None
        day += 1

    assert level_around(breaks, counts, today, a_day) == known
