"""Historical dates: what one is, how dates sort and measure, and how they are printed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fasti.core.date_words import (
    WEEKDAYS,
    day_words,
    in_words,
    is_notation,
    month_words,
    season_words,
    year_words,
)


class Calendar(StrEnum):
    """The calendar that a date is written in; each is carried on before and after its historical use."""

    GREGORIAN = "gregorian"
    JULIAN = "julian"


class Precision(StrEnum):
    """What a date names. A `span` has two written ends, or is a part such as `early 1962`; `open` has one."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    SPAN = "span"
    OPEN = "open"


class DateError(ValueError):
    """Text that is not read as a date; its sentence says what to write instead."""


class Day(NamedTuple):
    """A day of a calendar, in astronomical years: 1 BC is 0 and 44 BC is -43."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class HistoricalDate:
    """A date as its author wrote it, and the days that it may stand for.

    `earliest` and `latest` are days of `calendar`, both included; None is an open end, and at most
    one of them is open. `approximate` dates may lie outside them by a little.
    """

    text: str
    earliest: Day | None
    latest: Day | None
    precision: Precision
    approximate: bool = False
    calendar: Calendar = Calendar.GREGORIAN


def days_in_month(year: int, month: int, calendar: Calendar) -> int:
    """28 to 31; `year` is astronomical."""
    if month == 2:
        century_rule = calendar is Calendar.JULIAN or year % 100 != 0 or year % 400 == 0
        return 29 if year % 4 == 0 and century_rule else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_number(day: Day, calendar: Calendar) -> int:
    """The Julian Day Number that begins at noon of `day`: one count of days for both calendars.

    Years are counted from 1 March, so that the leap day is the last of its year, and months by the
    153 days of every five from March on: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
    (2013), `days_from_civil`, here for both calendars. Floor division carries it to any year.
    """
    year = day.year - (day.month < 3)
    days = 365 * year + year // 4 + (153 * ((day.month + 9) % 12) + 2) // 5 + day.day - 1
    if calendar is Calendar.JULIAN:
        return days + _JULIAN_MARCH
    return days - year // 100 + year // 400 + _GREGORIAN_MARCH


def day_at(number: int, calendar: Calendar) -> Day:
    """The day of `calendar` that has this Julian Day Number: the inverse of `day_number` (`civil_from_days`)."""
    if calendar is Calendar.JULIAN:
        cycle, rest = divmod(number - _JULIAN_MARCH, 1461)
        in_cycle = (rest - rest // 1460) // 365
        of_year, year = rest - 365 * in_cycle, 4 * cycle + in_cycle
    else:
        cycle, rest = divmod(number - _GREGORIAN_MARCH, 146097)
        in_cycle = (rest - rest // 1460 + rest // 36524 - rest // 146096) // 365
        of_year = rest - (365 * in_cycle + in_cycle // 4 - in_cycle // 100)
        year = 400 * cycle + in_cycle
    from_march = (5 * of_year + 2) // 153
    month = (from_march + 2) % 12 + 1
    return Day(year + (month < 3), month, of_year - (153 * from_march + 2) // 5 + 1)


# The day numbers of 1 March of the astronomical year 0.
_JULIAN_MARCH = 1721118
_GREGORIAN_MARCH = 1721120


def order_key(date: HistoricalDate) -> tuple[int, int, int]:
    """A sorting key: by first day, then by last, in whichever calendars the dates are.

    A date without a beginning stands at its end, before what ends there; one without an end comes
    after all that begin with it.
    """
    earliest = None if date.earliest is None else day_number(date.earliest, date.calendar)
    latest = None if date.latest is None else day_number(date.latest, date.calendar)
    if earliest is None:
        return (latest or 0, -1, latest or 0)
    return (earliest, 1, earliest) if latest is None else (earliest, 0, latest)


def weekday(date: HistoricalDate) -> str | None:
    """`Monday` to `Sunday` for an exact day, else None."""
    if date.precision is not Precision.DAY or date.approximate or date.earliest is None:
        return None
    return weekday_of(date.earliest, date.calendar)


def weekday_of(day: Day, calendar: Calendar) -> str | None:
    """`Monday` to `Sunday`; None where that would be made up.

    Before 15 October 1582 there was no Gregorian calendar: a day for which no other is named may be of either.
    The Julian one went as it was meant to from AD 8 on (Bennett, "The early Augustan calendars", 2003).
    """
    number = day_number(day, calendar)
    return WEEKDAYS[number % 7] if number >= _WEEKDAYS_SINCE[calendar] else None


_WEEKDAYS_SINCE = {
    Calendar.GREGORIAN: day_number(Day(1582, 10, 15), Calendar.GREGORIAN),
    Calendar.JULIAN: day_number(Day(8, 1, 1), Calendar.JULIAN),
}


def edtf(date: HistoricalDate) -> str:
    """The date in the Extended Date/Time Format, level 1 (Library of Congress, 2019).

    Days are those of the date's own calendar: where it is Julian, say so beside it. EDTF has no
    months in years of more than four digits; of such a date only the year is given.
    """
    mark = "~" if date.approximate else ""
    if date.earliest is None or date.latest is None:
        unit = unit_of(date)
        first, last = (_iso(end, unit) + mark if end else ".." for end in (date.earliest, date.latest))
        return f"{first}/{last}"
    year = date.earliest.year
    if date.precision is Precision.SEASON and 0 <= year <= 9999:
        return f"{year:04}-{20 + date.earliest.month // 3}{mark}"
    if date.precision is Precision.DECADE and year % 10 == 0 and 0 <= year <= 9999:
        return f"{year // 10:03}X{mark}"
    if date.precision is Precision.CENTURY and year % 100 == 0 and 0 <= year <= 9999:
        return f"{year // 100:02}XX{mark}"
    unit = unit_of(date)
    first, last = _iso(date.earliest, unit), _iso(date.latest, unit)
    if date.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return first + mark
    return f"{first}{mark}/{last}{mark}"


def unit_of(date: HistoricalDate) -> Precision:
    """The unit that both ends of a date are given in: a day, a month or a year."""
    if date.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return date.precision
    first, last = date.earliest, date.latest
    if first and first.day != 1:
        return Precision.DAY
    if last and last.day != days_in_month(last.year, last.month, date.calendar):
        return Precision.DAY
    whole_years = (first is None or first.month == 1) and (last is None or last.month == 12)
    return Precision.YEAR if whole_years else Precision.MONTH


def _iso(day: Day, unit: Precision) -> str:
    if abs(day.year) > 9999:
        return f"Y{day.year}"
    year = f"-{-day.year:04}" if day.year < 0 else f"{day.year:04}"
    if unit is Precision.YEAR:
        return year
    return f"{year}-{day.month:02}" + (f"-{day.day:02}" if unit is Precision.DAY else "")


def describe(date: HistoricalDate) -> str:
    """What a student is shown: the author's words, or full words where the author wrote a notation.

    `1962-10-22` is shown as `22 October 1962`, `-0043` as `44 BC`, `1450~` as `c. 1450`, and
    `1962-10-16 to 1962-10-28` as `16–28 October 1962`. The result reads as the same days.
    """
    text = " ".join(date.text.split())
    if not is_notation(text):
        return text
    if date.precision in (Precision.SPAN, Precision.OPEN) or date.earliest is None:
        return in_words(text)
    words = _point_words(date, date.earliest)
    if date.approximate:
        return f"{words}?" if text.endswith("?") else f"c. {words}"
    return words


def _point_words(date: HistoricalDate, first: Day) -> str:
    match date.precision:
        case Precision.DAY:
            return day_words(*first)
        case Precision.MONTH:
            return month_words(first.year, first.month)
        case Precision.SEASON:
            return season_words(first.year, first.month)
        case Precision.DECADE if 1000 <= first.year <= 9999 and first.year % 100 != 0:
            return f"{first.year}s"
        case Precision.DECADE | Precision.CENTURY if date.latest:
            return f"{year_words(first.year)} to {year_words(date.latest.year)}"
    return year_words(first.year)
