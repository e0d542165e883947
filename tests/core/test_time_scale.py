"""A scale of time is true to its days, and what is named on it is round."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from fasti.core.dates import Calendar, Day, day_at, day_number
from fasti.core.time_scale import Scale, Unit, ticks

G = Calendar.GREGORIAN

DAYS = some.integers(-2_000_000, 4_000_000)
LENGTHS = some.integers(0, 60) | some.integers(0, 5_000) | some.integers(0, 3_000_000)
CALENDARS = some.sampled_from(Calendar)


def scale(first: tuple[int, int, int], last: tuple[int, int, int]) -> Scale:
    return Scale(day_number(Day(*first), G), day_number(Day(*last), G))


def shorts(scale: Scale, most: int) -> list[str]:
    return [tick.short for tick in ticks(scale, most)]


@settings(deadline=None, max_examples=100)
@given(DAYS, LENGTHS, some.lists(some.integers(-100, 4_000_000), min_size=2))
def test_a_later_day_stands_further_on(first: int, length: int, days: list[int]) -> None:
    line = Scale(first, first + length)
    places = [line.position(first + day) for day in sorted(set(days))]

    assert all(one < other for one, other in pairwise(places))
    assert (line.position(line.first), line.position(line.last + 1)) == (0, 1)


@settings(deadline=None, max_examples=200)
@given(DAYS, LENGTHS, some.integers(1, 40), CALENDARS)
def test_ticks_are_few_inside_in_order_and_round(
    first: int, length: int, most: int, calendar: Calendar
) -> None:
    line = Scale(first, first + length)
    found = ticks(line, most, calendar)

    assert len(found) <= most
    assert all(line.first <= tick.day <= line.last for tick in found)
    assert all(one.day < other.day for one, other in pairwise(found))
    assert len({tick.unit for tick in found}) <= 1
    days = [day_at(tick.day, calendar) for tick in found]
    gaps = [other.day - one.day for one, other in pairwise(found)]
    assert not gaps or max(gaps) <= 3 * min(gaps)
    match found[0].unit if found else None:
        case Unit.MONTH:
            assert {day.day for day in days} == {1}
        case Unit.YEAR:
            assert {(day.month, day.day) for day in days} == {(1, 1)}
            assert round_together(day.year for day in days)


def round_together(years: Iterable[int]) -> bool:
    """Whether years as people count them are multiples of 1, 2 or 5 of a power of ten, AD 1 aside."""
    counted = sorted(year if year > 0 else 1 - year for year in years if year != 1)
    steps = [digit * 10**power for power in range(9) for digit in (1, 2, 5)]
    gaps = [other - one for one, other in pairwise(counted) if other > one]
    step = max((step for step in steps if step <= min(gaps, default=1)), default=1)
    return all(year % step == 0 for year in counted)


@settings(deadline=None, max_examples=100)
@given(DAYS, some.integers(0, 5_000), CALENDARS)
def test_where_there_is_room_there_is_a_tick(first: int, length: int, calendar: Calendar) -> None:
    assert ticks(Scale(first, first + length), length + 1, calendar)


@pytest.mark.parametrize(
    ("line", "most", "expected"),
    [
        (scale((1962, 10, 14), (1962, 10, 28)), 4, ["15 Oct 1962", "20", "25"]),
        (scale((1962, 10, 29), (1962, 11, 3)), 9, ["29 Oct 1962", "30", "31", "1 Nov", "2", "3"]),
        (scale((1962, 12, 30), (1963, 1, 2)), 9, ["30 Dec 1962", "31", "1 Jan 1963", "2"]),
        (scale((1962, 8, 10), (1963, 2, 8)), 9, ["Sep 1962", "Oct", "Nov", "Dec", "1963", "Feb"]),
        (scale((1959, 1, 1), (1964, 10, 14)), 8, ["1959", "1960", "1961", "1962", "1963", "1964"]),
        (scale((1945, 2, 4), (1961, 10, 28)), 5, ["1950", "1955", "1960"]),
        (scale((-99, 1, 1), (120, 1, 1)), 6, ["100 BC", "50 BC", "AD 1", "AD 50", "100"]),
        (scale((-1, 1, 1), (2, 12, 31)), 4, ["2 BC", "1 BC", "AD 1", "AD 2"]),
        (scale((-4, 1, 1), (4, 12, 31)), 5, ["4 BC", "2 BC", "AD 2", "AD 4"]),
        (scale((-752, 1, 1), (1991, 1, 1)), 4, ["AD 1", "1000"]),
    ],
)
def test_ticks_are_named_as_a_historian_would(line: Scale, most: int, expected: list[str]) -> None:
    assert shorts(line, most) == expected


def test_there_is_no_year_0() -> None:
    for most in range(1, 60):
        found = ticks(scale((-60, 1, 1), (60, 1, 1)), most)
        assert "0" not in " ".join(tick.label for tick in found).split()


def test_julian_ticks_begin_with_julian_days() -> None:
    first, last = (day_number(Day(1649, month, 1), Calendar.JULIAN) for month in (1, 3))
    found = ticks(Scale(first, last), 3, Calendar.JULIAN)

    assert [tick.short for tick in found] == ["1649", "Feb", "Mar"]
    assert found[0].day == first


def test_a_tick_says_where_a_longer_unit_begins() -> None:
    found = ticks(scale((1962, 11, 1), (1963, 3, 1)), 5)

    assert [(tick.short, tick.begins, tick.bare) for tick in found] == [
        ("Nov 1962", False, "Nov"),
        ("Dec", False, "Dec"),
        ("1963", True, "1963"),
        ("Feb", False, "Feb"),
        ("Mar", False, "Mar"),
    ]
    assert found[0].label == "November 1962"


@pytest.mark.parametrize("first", [-9_999_999_998, -500_000, 1, 1961])
def test_however_long_a_scale_is_it_has_ticks(first: int) -> None:
    found = ticks(scale((first, 1, 1), (1962, 12, 31)), 6)

    assert 2 <= len(found) <= 6
