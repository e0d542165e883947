"""Streaks, retention, heat maps and forecasts, reckoned from the numbers of days."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fasti.core.breaks import Break
from fasti.core.daily import band_of
from fasti.core.day_counts import BANDS, DayCounts
from fasti.core.statistics import (
    Kept,
    Streak,
    by_month,
    calendar_weeks,
    forecast,
    in_bands,
    kept_by_band,
    kept_in_all,
    shade_of,
    shades,
    streak,
    total,
)

MONDAY = 20_605  # 2026-06-01


@pytest.mark.parametrize(
    ("studied", "breaks", "today", "expected"),
    [
        ([], [], 10, Streak(0, 0)),
        ([10], [], 10, Streak(1, 1)),
        ([8, 9, 10], [], 10, Streak(3, 3)),
        ([7, 8, 9], [], 10, Streak(3, 3)),  # today is not over
        ([7, 8], [], 10, Streak(0, 2)),
        ([1, 2, 3, 9, 10], [], 10, Streak(2, 3)),
        ([1, 2, 6, 7], [Break(3, 5)], 7, Streak(4, 4)),
        ([1, 2, 7], [Break(3, 5)], 7, Streak(1, 2)),  # the 6th was no day off
        ([1, 2, 4, 6], [Break(3, 5)], 6, Streak(4, 4)),  # an answer on a day off counts
        ([1, 2], [Break(3, 9)], 8, Streak(2, 2)),  # a break that goes on
        ([1, 2], [Break(3, 9)], 10, Streak(2, 2)),
        ([1, 2], [Break(3, 9)], 11, Streak(0, 2)),
        ([1, 2], [Break(3, 4), Break(4, 6), Break(7, 9)], 10, Streak(2, 2)),
    ],
)
def test_days_in_a_row(studied: list[int], breaks: list[Break], today: int, expected: Streak) -> None:
    assert streak(studied, breaks, today) == expected


@given(some.sets(some.integers(0, 60)), some.integers(0, 60))
def test_a_streak_is_a_run_of_days_and_the_longest_is_no_shorter(studied: set[int], today: int) -> None:
    past = sorted(day for day in studied if day <= today)
    found = streak(past, [], today)
    start = today if today in studied else today - 1
    current = 0
    while start - current in studied:
        current += 1

    assert found.current == current
    assert current <= found.longest <= len(past)
    assert streak(past, [Break(0, 60)], today).longest == len(past)


@pytest.mark.parametrize(
    ("interval", "band"),
    [(0, 0), (1, 0), (6, 0), (7, 1), (20, 1), (21, 2), (89, 2), (90, 3), (364, 3), (365, 4), (3650, 4)],
)
def test_the_band_of_an_interval(interval: int, band: int) -> None:
    assert band_of(interval) == band


def test_retention_is_told_by_band_and_in_all() -> None:
    counts = DayCounts(answers=9, new=2, asked_0=4, kept_0=3, asked_21=2, kept_21=2)

    assert kept_by_band(counts) == [Kept(4, 3), Kept(0, 0), Kept(2, 2), Kept(0, 0), Kept(0, 0)]
    assert kept_in_all(counts) == Kept(6, 5)
    assert Kept(4, 3).share == 0.75
    assert Kept(0, 0).share is None
    assert len(kept_by_band(counts)) == len(BANDS)


def test_months_are_those_of_the_calendar() -> None:
    days = [
        (MONDAY - 1, DayCounts(answers=1)),
        (MONDAY, DayCounts(answers=2)),
        (MONDAY + 29, DayCounts(answers=3)),
    ]

    assert by_month(days) == [("2026-05", DayCounts(answers=1)), ("2026-06", DayCounts(answers=5))]
    assert by_month([]) == []
    assert total(counts for _, counts in days).answers == 6


def test_weeks_begin_on_monday_and_hold_only_the_days_asked_for() -> None:
    weeks = calendar_weeks(MONDAY - 2, MONDAY + 1)

    assert weeks == [
        [None, None, None, None, None, MONDAY - 2, MONDAY - 1],
        [MONDAY, MONDAY + 1, None, None, None, None, None],
    ]


@given(some.integers(-1000, 30_000), some.integers(0, 800))
def test_every_day_stands_in_one_week(first: int, more: int) -> None:
    weeks = calendar_weeks(first, first + more)

    assert [day for week in weeks for day in week if day is not None] == list(range(first, first + more + 1))
    assert {len(week) for week in weeks} == {7}
    assert all(any(day is not None for day in week) for week in weeks)


@pytest.mark.parametrize(
    ("numbers", "bounds"),
    [
        ([], ()),
        ([0, 0], ()),
        ([5], (1, 5)),
        ([1, 1, 1], (1,)),
        ([1, 2, 3, 4], (1, 2, 3, 4)),
        (range(1, 41), (1, 15, 25, 35)),
        (range(1, 401), (1, 150, 250, 350)),
    ],
)
def test_shades_are_quarters_of_the_days(numbers: list[int], bounds: tuple[int, ...]) -> None:
    assert shades(numbers) == bounds


@given(some.lists(some.integers(0, 500)))
def test_every_number_has_a_shade_and_more_is_never_fainter(numbers: list[int]) -> None:
    bounds = shades(numbers)
    found = [shade_of(number, bounds) for number in sorted(numbers)]

    assert found == sorted(found)
    assert all((number > 0) == (shade > 0) for number, shade in zip(sorted(numbers), found, strict=True))
    assert not found or max(found) == len(bounds)
    assert len(bounds) <= 4


def test_what_is_overdue_comes_today_and_what_falls_on_days_off_after_them() -> None:
    due = {90: 5, 100: 1, 101: 2, 102: 3, 104: 4, 200: 9}

    assert forecast(due, [], 100, 5) == [6, 2, 3, 0, 4]
    assert forecast(due, [Break(101, 102)], 100, 5) == [6, 0, 0, 5, 4]
    assert forecast(due, [Break(99, 103)], 100, 5) == [0, 0, 0, 0, 15]
    assert forecast(due, [Break(100, 300)], 100, 5) == [0] * 5


@given(
    some.dictionaries(some.integers(0, 150), some.integers(1, 9)),
    some.integers(90, 110),
    some.integers(0, 20),
)
def test_a_break_puts_off_and_loses_nothing(due: dict[int, int], start: int, length: int) -> None:
    without = forecast(due, [], 100, 80)
    with_break = forecast(due, [Break(start, start + length)], 100, 80)

    assert sum(with_break) == sum(without) == sum(due.values())
    assert not any(with_break[max(start - 100, 0) : max(start + length - 99, 0)])


def test_values_are_counted_by_band() -> None:
    assert in_bands({120: 1, 130: 2, 149: 3, 150: 4, 400: 5}, (130, 150, 170)) == [6, 4, 5]
