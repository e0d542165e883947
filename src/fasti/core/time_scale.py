"""A scale of time between two days, and the round days that are named on it.

Days are Julian Day Numbers. On a scale a day is a stretch, not a point: 22 October begins at 22 and ends
where 23 begins, so that a month is as long as its days.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from fasti.core.date_words import MONTHS, day_words, month_words, year_words
from fasti.core.dates import Calendar, Day, day_at, day_number


class Unit(StrEnum):
    """What the marks of an axis count."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Scale(NamedTuple):
    """The days from `first` to `last`, both included, on a line from 0 to 1."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days there are."""
        return self.last - self.first + 1

    def position(self, day: float) -> float:
        """Where a day begins, 0 to 1; `day + 0.5` is its middle, `day + 1` its end. Outside the scale, beyond."""
        return (day - self.first) / self.days


class Tick(NamedTuple):
    """A round day of an axis, at the place where it begins.

    `label` names it in full (`October 1962`), `short` as it stands after the one before it (`Oct`, or
    `1963` for the January that follows), `bare` without what a title may say (`Oct` even if it is the
    first). `begins` says that a longer unit begins with it: a month, a year, ten steps of years.
    """

    day: int
    unit: Unit
    label: str
    short: str
    begins: bool
    bare: str


def ticks(scale: Scale, most: int, calendar: Calendar = Calendar.GREGORIAN) -> tuple[Tick, ...]:
    """At most this many round days within the scale: the finest step that has no more than that.

    Steps are 1, 2, 5, 10 and 15 days, 1, 3 and 6 months, and 1, 2, 5, 10, 20, 50, … years; days are those of
    `calendar`. Of years there is no 0: a step of five or more has AD 1 in its place.
    """
    for unit, step in _steps():
        if scale.days > _LENGTH[unit] * step * (most + 1):
            continue
        days = [day for day in _round_days(scale, unit, step, calendar) if scale.first <= day <= scale.last]
        if 0 < len(days) <= most:
            return tuple(_named(days, unit, step, calendar))
    return ()


# The most days that a step of one comes to; a scale of more than enough of them need not be counted out.
_LENGTH = {Unit.DAY: 1.2, Unit.MONTH: 31, Unit.YEAR: 366}
_LONGEST = 20
"""Powers of ten of years, beyond any date that can be written."""


def _steps() -> Iterator[tuple[Unit, int]]:
    yield from ((Unit.DAY, step) for step in _DAYS)
    yield from ((Unit.MONTH, step) for step in (1, 3, 6))
    yield from ((Unit.YEAR, digit * 10**power) for power in range(_LONGEST) for digit in (1, 2, 5))


# The days of a month at each step: round ones, none of them close to the first of the next month.
_DAYS = {
    1: tuple(range(1, 32)),
    2: tuple(range(1, 30, 2)),
    5: (1, 5, 10, 15, 20, 25),
    10: (1, 10, 20),
    15: (1, 15),
}


def _round_days(scale: Scale, unit: Unit, step: int, calendar: Calendar) -> Iterator[int]:
    first, last = day_at(scale.first, calendar), day_at(scale.last, calendar)
    if unit is Unit.YEAR:
        for year in range(first.year // step * step, last.year + 1, step):
            yield from _year_days(year, step, calendar)
        return
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        of_year = month % 12
        if unit is Unit.MONTH:
            if of_year % step == 0:
                yield day_number(Day(month // 12, of_year + 1, 1), calendar)
        else:
            start = day_number(Day(month // 12, of_year + 1, 1), calendar)
            following = day_number(Day((month + 1) // 12, (month + 1) % 12 + 1, 1), calendar)
            yield from takewhile(following.__gt__, (start + day - 1 for day in _DAYS[step]))


def _year_days(year: int, step: int, calendar: Calendar) -> Iterator[int]:
    """The first day of a year that is round as people count: before Christ, 50 BC is the year -49."""
    if year > 0 or step == 1:
        yield day_number(Day(year, 1, 1), calendar)
    elif year < 0:
        yield day_number(Day(year + 1, 1, 1), calendar)
    elif step >= 5:
        yield day_number(Day(1, 1, 1), calendar)


def _named(days: list[int], unit: Unit, step: int, calendar: Calendar) -> Iterator[Tick]:
    before: Day | None = None
    for number in days:
        day = day_at(number, calendar)
        short, bare = _NAMES[unit](day, before)
        yield Tick(number, unit, _full(day, unit), short, _begins(day, unit, step), bare)
        before = day


def _full(day: Day, unit: Unit) -> str:
    if unit is Unit.YEAR:
        return year_words(day.year)
    return day_words(*day) if unit is Unit.DAY else month_words(day.year, day.month)


def _begins(day: Day, unit: Unit, step: int) -> bool:
    if unit is not Unit.YEAR:
        return day.day == 1 if unit is Unit.DAY else day.month == 1
    counted = day.year if day.year > 0 else 1 - day.year
    return counted % (10 * step) == 0 or (day.year == 1 and step >= 5)


def _day_names(day: Day, before: Day | None) -> tuple[str, str]:
    bare = f"{day.day} {MONTHS[day.month - 1][:3]}"
    if not before or before.year != day.year:
        return f"{bare} {year_words(day.year)}", bare
    return (str(day.day) if before.month == day.month else bare), str(day.day)


def _month_names(day: Day, before: Day | None) -> tuple[str, str]:
    bare = MONTHS[day.month - 1][:3]
    if before and before.year == day.year:
        return bare, bare
    year = year_words(day.year)
    return (year, year) if day.month == 1 else (f"{bare} {year}", bare)


def _year_names(day: Day, before: Day | None) -> tuple[str, str]:
    return year_words(day.year), year_words(day.year)


_NAMES: dict[Unit, Callable[[Day, Day | None], tuple[str, str]]] = {
    Unit.DAY: _day_names,
    Unit.MONTH: _month_names,
    Unit.YEAR: _year_names,
}
