"""What study came to and what is ahead, reckoned from the numbers of its days."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from fasti.core.breaks import Break, back_day, days_at_work, merged
from fasti.core.day_counts import BANDS, DayCounts
from fasti.core.days import date_text

Day = tuple[int, DayCounts]
"""A study day and what it came to."""

WEEK = 7

AHEAD = 12 * WEEK
"""Days of a forecast."""

SOON = 30
"""Days of it that the first screen tells of."""


class Kept(NamedTuple):
    """True retention, as `DayCounts` defines it: of the cards `asked`, so many were `kept` in memory."""

    asked: int
    kept: int

    @property
    def share(self) -> float | None:
        """The part that was kept, 0 to 1; None where nothing was asked."""
        return self.kept / self.asked if self.asked else None


class Streak(NamedTuple):
    """Days of study in a row: those that go on until now, and the most there ever were."""

    current: int
    longest: int


def total(days: Iterable[DayCounts]) -> DayCounts:
    """The sums over some days."""
    return DayCounts(*map(sum, zip(*days, strict=True)))


def kept_by_band(counts: DayCounts) -> list[Kept]:
    """Retention by the interval that the cards had, one value for each of `core.day_counts.BANDS`."""
    return [Kept(getattr(counts, f"asked_{band}"), getattr(counts, f"kept_{band}")) for band in BANDS]


def kept_in_all(counts: DayCounts) -> Kept:
    """Retention over all intervals."""
    bands = kept_by_band(counts)
    return Kept(sum(band.asked for band in bands), sum(band.kept for band in bands))


def by_month(days: Iterable[Day]) -> list[tuple[str, DayCounts]]:
    """The sums of each month that has study days in it, as `2026-06`; the days come in order."""
    months = groupby(days, lambda each: date_text(each[0])[:-3])
    return [(month, total(counts for _, counts in group)) for month, group in months]


def streak(studied: Sequence[int], breaks: Sequence[Break], today: int) -> Streak:
    """How many days in a row were studied; `studied` are the days with an answer, in order.

    Days off between two of them break nothing, and count only if there was an answer all the same. Today
    breaks nothing before it is over.
    """
    off = merged(breaks)
    longest = run = 0
    before: int | None = None
    for day in studied:
        # Nearly every day follows the one before: a call for each would take longer than all else here.
        if before is None or (day - before > 1 and not _is_next(before, day, off)):
            longest, run = max(longest, run), 0
        run += 1
        before = day
    goes_on = before is not None and (before >= today or _is_next(before, today, off))
    return Streak(run if goes_on else 0, max(longest, run))


def calendar_weeks(first_day: int, last_day: int) -> list[list[int | None]]:
    """The weeks that hold these days, each from Monday to Sunday, with None for days outside of them."""
    monday = first_day - (first_day + _THURSDAY) % WEEK
    return [
        [day if first_day <= day <= last_day else None for day in range(start, start + WEEK)]
        for start in range(monday, last_day + 1, WEEK)
    ]


def shades(numbers: Iterable[int], most: int = 4) -> tuple[int, ...]:
    """The least number of each shade of a heat map, the faintest first: quarters of the days that have any.

    Above ten they are rounded to fives, above a hundred to fifties, so that they can be told. Where days
    hardly differ there are fewer shades than `most`.
    """
    there = sorted(number for number in numbers if number > 0)
    if not there:
        return ()
    bounds = [1]
    for place in range(1, most):
        bound = _rounded(there[len(there) * place // most])
        if bound > bounds[-1] and bound <= there[-1]:
            bounds.append(bound)
    return tuple(bounds)


def shade_of(number: int, bounds: Sequence[int]) -> int:
    """The shade of a number, from 1; 0 for none."""
    return sum(number >= bound for bound in bounds)


def forecast(due: Mapping[int, int], breaks: Sequence[Break], today: int, days: int) -> list[int]:
    """How many cards come due on each of so many days from today on, as the schedule stands now.

    `due` says how many do on which study day. What is overdue comes today, what falls on days off on the
    first day after them.
    """
    off = merged(breaks)
    found = [0] * days
    for day, number in due.items():
        place = back_day(off, max(day, today)) - today
        if place < days:
            found[place] += number
    return found


def in_bands(numbers: Mapping[int, int], bands: Sequence[int]) -> list[int]:
    """How many there are of each band, by the least value of each; what is below the first is in it."""
    found = [0] * len(bands)
    for value, number in numbers.items():
        found[max(sum(value >= least for least in bands) - 1, 0)] += number
    return found


EASES = (130, 150, 170, 190, 210, 230, 250, 270, 290)
"""The least ease of each band in which the distribution is told, in hundredths: from the floor of SM-2 on."""

INTERVALS = (0, 2, 7, 21, 90, 365)
"""The shortest interval of each band, in days."""

_THURSDAY = 3  # 1970-01-01, day 0, counted from Monday


def _is_next(before: int, day: int, off: Sequence[Break]) -> bool:
    """Whether no day to work on lies between two days."""
    return day - before <= 1 or not days_at_work(off, before + 1, day - 1)


def _rounded(number: int) -> int:
    step = 50 if number > 100 else 5 if number > 10 else 1
    return -(-number // step) * step
