"""A point of a date written in words, taken apart: `the 22nd of Oct., 1962` is a day, a month and a year."""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from fasti.core import date_refusals as refuse
from fasti.core.date_points import Point, day_point, months_point, years_point
from fasti.core.date_words import MONTHS, SEASONS, WEEKDAYS
from fasti.core.dates import Calendar, Day, Precision, day_number


class Number(NamedTuple):
    """A number as written: its digits, and `th` or `s` where that follows it."""

    digits: str
    ending: str = ""

    @property
    def value(self) -> int:
        """The number."""
        return int(self.digits)

    @property
    def is_ordinal(self) -> bool:
        """Whether it is written as `15th` or in words."""
        return self.ending not in ("", "s", "'s")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a point in words names; `lone` is a number that only the other end of a span may explain."""

    text: str
    lone: Number | None = None
    day: Number | None = None
    month: int = 0
    season: int = 0
    year: Number | None = None
    decade: Number | None = None
    century: Number | None = None
    era: str = ""
    weekday: str = ""


def parts_of(text: str) -> Parts:
    """The parts of a point; a DateError where a word is none, or they do not make a point."""
    numbers: list[Number] = []
    found: dict[str, str] = {}
    for digits, ending, word, other in _TOKEN.findall(text):
        if digits:
            numbers.append(Number(digits, ending.lower()))
        elif word:
            kind, value = _meaning(word.casefold(), numbers)
            if kind == "number":
                numbers.append(Number(value, "th"))
            elif not kind or kind in found:
                raise refuse.unreadable(text)
            elif kind != "filler":
                found[kind] = value
        elif other:
            raise refuse.unreadable(text)
    parts = Parts(
        text=text,
        month=int(found.get("month", 0)),
        season=int(found.get("season", 0)),
        era=found.get("era", ""),
        weekday=found.get("weekday", ""),
    )
    return _with_roles(parts, numbers, "century" in found)


# Digits with what follows them, a word, or any other sign.
_TOKEN = re.compile(
    r"([0-9]+)(?:(st|nd|rd|th|s|(?<=[0-9])'s)(?!\w))?|([^\W\d_]+)|(?<=\w)[.,]|(?<=\.),|(\S)", re.IGNORECASE
)

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth", "twentyfirst"),
)

_MEANINGS: dict[str, tuple[str, str]] = {
    **{
        name.casefold()[:length]: ("month", str(i))
        for i, name in enumerate(MONTHS, 1)
        for length in (3, None)
    },
    "sept": ("month", "9"),
    **{name: ("season", str(month)) for name, month in SEASONS.items()},
    "fall": ("season", str(SEASONS["autumn"])),
    **dict.fromkeys(("bc", "bce"), ("era", "BC")),
    **dict.fromkeys(("ad", "ce"), ("era", "AD")),
    **{word: ("century", word) for word in ("century", "centuries", "cent")},
    **{name.casefold()[:length]: ("weekday", name) for name in WEEKDAYS for length in (3, None)},
    **dict.fromkeys(("tues",), ("weekday", "Tuesday")),
    **dict.fromkeys(("thur", "thurs"), ("weekday", "Thursday")),
    **{word: ("number", str(number)) for number, word in enumerate(_ORDINALS, 1)},
    **dict.fromkeys(("the", "of", "in", "on", "year"), ("filler", "")),
}


def _meaning(word: str, numbers: list[Number]) -> tuple[str, str]:
    if word == "c" and numbers and numbers[-1].ending == "th":
        return "century", word
    return _MEANINGS.get(word, ("", ""))


def _with_roles(parts: Parts, numbers: list[Number], century: bool) -> Parts:
    """Which number is the day and which the year; the one with three digits or more, or the later."""
    named = parts.month or parts.season
    match numbers:
        case [number] if century and number.is_ordinal and not named:
            return replace(parts, century=number)
        case _ if century:
            raise refuse.unreadable(parts.text)
        case [number] if number.ending in ("s", "'s") and not named:
            return replace(parts, decade=number)
        case []:
            return parts
        case [number] if not named:
            return replace(parts, lone=number)
        case [number] if parts.month and not parts.era and len(number.digits) <= 2:
            return replace(parts, day=number)
        case [number] if not number.ending:
            return replace(parts, year=number)
        case [year, day] if len(year.digits) > 2 and not parts.season:
            return _with_day(parts, day, year)
        case [day, year] if not parts.season:
            return _with_day(parts, day, year)
    raise refuse.unreadable(parts.text)


def _with_day(parts: Parts, day: Number, year: Number) -> Parts:
    if len(day.digits) > 2 or year.ending or day.ending in ("s", "'s"):
        raise refuse.unreadable(parts.text)
    return replace(parts, day=day, year=year)


def point_of(parts: Parts, calendar: Calendar) -> Point:
    """The days that these parts name; a DateError where there are none, or their year is in doubt."""
    if parts.century:
        return _century(parts.century, parts.era, parts.text)
    if parts.decade:
        return _decade(parts.decade, parts.era, parts.text)
    number = parts.year or parts.lone
    if number is None:
        if parts.month or parts.season:
            raise refuse.no_year(parts.text)
        raise refuse.unreadable(parts.text)
    if number.is_ordinal or (parts.day and not parts.month):
        raise refuse.unreadable(parts.text)
    year = _year(number, parts)
    if parts.day:
        return _weekday_checked(day_point(Day(year, parts.month, parts.day.value), calendar), parts, calendar)
    if parts.weekday:
        raise refuse.unreadable(parts.text)
    if parts.month:
        return months_point(year, parts.month, 1, Precision.MONTH, calendar)
    if parts.season:
        return months_point(year, parts.season, 3, Precision.SEASON, calendar)
    return years_point(year, 1, Precision.YEAR)


def _century(number: Number, era: str, text: str) -> Point:
    if not 1 <= number.value <= 10**6:
        raise refuse.unreadable(text)
    first = 1 - 100 * number.value if era == "BC" else 100 * number.value - 99
    return years_point(first, 100, Precision.CENTURY)


def _decade(number: Number, era: str, text: str) -> Point:
    """Ten years from a round one; before Christ they are counted backwards: the 440s BC are 449 to 440."""
    year = number.value
    if year % 10 or not 0 < year < 10**4 or (year < 100 and not era):
        raise refuse.unreadable(text)
    if year % 100 == 0:
        raise refuse.decade_or_century(text, year, bc=era == "BC")
    return years_point(1 - (year + 9) if era == "BC" else year, 10, Precision.DECADE)


def _year(number: Number, parts: Parts) -> int:
    """The astronomical year; of the years 0 only EDTF's `0000`, standing alone, is one."""
    value, length, era, text = number.value, len(number.digits), parts.era, parts.text
    if value == 0 and (era or length != 4 or parts.month or parts.season):
        raise refuse.no_year_zero(text)
    if era:
        if length > 10:
            raise refuse.unreadable(text)
        return 1 - value if era == "BC" else value
    if length <= 2:
        raise refuse.short_year(number.digits, text)
    if length > 4:
        raise refuse.long_year(number.digits)
    if length == 3 and number.digits[0] == "0":
        raise refuse.unreadable(text)
    return value


def _weekday_checked(point: Point, parts: Parts, calendar: Calendar) -> Point:
    real = WEEKDAYS[day_number(point.earliest, calendar) % 7]
    if parts.weekday and parts.weekday != real:
        raise refuse.wrong_weekday(point.earliest, parts.weekday, real)
    return point
