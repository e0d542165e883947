"""One point of a date: a day, month, season, year, decade or century, or a part of one of these.

A century begins with its first year (the 15th is 1401 to 1500), a decade with its round one.
"""

import re
from typing import NamedTuple

from fasti.core import date_refusals as refuse
from fasti.core.dates import Calendar, Day, Precision, days_in_month


class Point(NamedTuple):
    """The days that a point may stand for, both included."""

    earliest: Day
    latest: Day
    precision: Precision
    approximate: bool = False


def day_point(day: Day, calendar: Calendar) -> Point:
    """A single day; a DateError where its month has no such day."""
    days = days_in_month(day.year, day.month, calendar)
    if not 1 <= day.day <= days:
        julian = days_in_month(day.year, day.month, Calendar.JULIAN)
        raise refuse.no_such_day(day, days, julian_would_do=days < day.day <= julian)
    return Point(day, day, Precision.DAY)


def months_point(year: int, month: int, count: int, precision: Precision, calendar: Calendar) -> Point:
    """`count` months from this one on; they may run into the next year, as a winter does."""
    later, last = divmod(month + count - 2, 12)
    end = Day(year + later, last + 1, days_in_month(year + later, last + 1, calendar))
    return Point(Day(year, month, 1), end, precision)


def years_point(first: int, count: int, precision: Precision) -> Point:
    """`count` whole years from this astronomical one on."""
    return Point(Day(first, 1, 1), Day(first + count - 1, 12, 31), precision)


def notation_point(text: str, calendar: Calendar, within_span: bool) -> Point | None:
    """A point in ISO 8601 or EDTF notation, or None where the text is something else.

    Within a span `1911-12` is December; alone it is refused, as it may be two years. Two digits after a
    year are in doubt exactly when they could be a month (or an EDTF season) and also a later year of the
    same century: `1962-10` and `1905-03` differ.
    """
    text = text.translate(_ANY_DASH) if text[:1] != "–" else text
    if found := _ISO_DAY.fullmatch(text):
        return _day(text, found[1], found[3], found[4], calendar)
    if found := _ISO_MONTH.fullmatch(text):
        return _month(text, found[1], found[2], calendar, within_span)
    if found := _UNSPECIFIED.fullmatch(text):
        sign, digits, blanks = found.groups()
        first, count = int(digits + "0" * len(blanks)), 10 ** len(blanks)
        first = -(first + count - 1) if sign else first
        return years_point(first, count, Precision.DECADE if count == 10 else Precision.CENTURY)
    if found := _SIGNED_YEAR.fullmatch(text):
        if text[0] == "-" and len(text) != 5:
            raise refuse.unsigned_year(text)
        return years_point(int(text.lstrip("Yy")), 1, Precision.YEAR)
    return None


_ANY_DASH = {ord("–"): "-"}
_ISO_DAY = re.compile(r"(-?[0-9]{4})([-/.])([0-9]{1,2}|XX)\2([0-9]{1,2}|XX)", re.IGNORECASE)
_ISO_MONTH = re.compile(r"(-?[0-9]{3,4})-([0-9]{1,2}|XX)", re.IGNORECASE)
_UNSPECIFIED = re.compile(r"(-?)([0-9]{2,3}(?=X))(X{1,2})(?<=[0-9X]{4})", re.IGNORECASE)
_SIGNED_YEAR = re.compile(r"-[0-9]{1,10}|Y-?[0-9]{5,10}", re.IGNORECASE)


def _day(text: str, year: str, month: str, day: str, calendar: Calendar) -> Point:
    if month.isalpha():
        if not day.isalpha():
            raise refuse.unreadable(text)
        return years_point(int(year), 1, Precision.YEAR)
    if not 1 <= int(month) <= 12:
        raise refuse.no_such_month(text, int(month))
    if day.isalpha():
        return months_point(int(year), int(month), 1, Precision.MONTH, calendar)
    return day_point(Day(int(year), int(month), int(day)), calendar)


def _month(text: str, digits: str, after: str, calendar: Calendar, within_span: bool) -> Point:
    year = int(digits)
    if after.isalpha():
        return years_point(year, 1, Precision.YEAR)
    number = int(after)
    is_month, is_season = 1 <= number <= 12, 21 <= number <= 24
    is_iso = len(digits.lstrip("-")) == 4 and len(after) == 2 and (is_month or is_season)
    may_be_year = digits[0] != "-" and number > year % 10 ** len(after) and not within_span
    if is_iso and not may_be_year:
        if is_season:
            return months_point(year, 3 * (number - 20), 3, Precision.SEASON, calendar)
        return months_point(year, number, 1, Precision.MONTH, calendar)
    if len(after) == 2 and may_be_year and (is_month or is_season) and len(digits) == 4:
        raise refuse.month_or_years(text, year, number)
    if may_be_year or len(digits) < 4 or len(after) == 1:
        raise refuse.short_end(text, year, number, len(after))
    raise refuse.no_such_month(text, number)


def part_of(whole: Point, part: str, calendar: Calendar) -> Point | None:
    """The `early`, `mid` or `late` third of a point, or its `first` or `second` half; None where it has none.

    Thirds are approximate. Of a year they are four months each, of a month ten days (the last takes the
    rest), of a season one month; of a decade four, three and three years; of a century 33, 33 and 34.
    """
    sizes = _PARTS.get((whole.precision, part in _HALVES))
    if sizes is None:
        return None
    index = _ORDER[part]
    start, size = sum(sizes[:index]), sizes[index]
    year, month, _ = whole.earliest
    if whole.precision in (Precision.DECADE, Precision.CENTURY):
        piece = years_point(year + start, size, Precision.SPAN)
    elif whole.precision is Precision.MONTH:
        last = whole.latest if index == len(sizes) - 1 else Day(year, month, start + size)
        piece = Point(Day(year, month, start + 1), last, Precision.SPAN)
    else:
        later, first = divmod(month + start - 1, 12)
        piece = months_point(year + later, first + 1, size, Precision.SPAN, calendar)
    return piece._replace(approximate=part not in _HALVES)


_ORDER = {"early": 0, "mid": 1, "late": 2, "first": 0, "second": 1}
_HALVES = ("first", "second")
_PARTS = {
    (Precision.MONTH, False): (10, 10, 11),
    (Precision.MONTH, True): (15, 16),
    (Precision.SEASON, False): (1, 1, 1),
    (Precision.YEAR, False): (4, 4, 4),
    (Precision.YEAR, True): (6, 6),
    (Precision.DECADE, False): (4, 3, 3),
    (Precision.DECADE, True): (5, 5),
    (Precision.CENTURY, False): (33, 33, 34),
    (Precision.CENTURY, True): (50, 50),
}
