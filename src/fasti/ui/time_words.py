"""Stretches of historical time in words."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.core.date_words import MONTHS, day_words, month_words, year_words
from fasti.core.dates import Calendar, day_at
from fasti.core.stretches import Stretch
from fasti.core.timeline import Dated
from fasti.ui.lines import NO_BREAK

if TYPE_CHECKING:
    from fasti.timelines import Timeline

_YEAR = 365.2425
_MONTH = _YEAR / 12
_NAMES = re.compile(rf"\b({'|'.join(month for month in MONTHS if len(month) > 3)})\b")


def span_words(first: int, last: int, calendar: Calendar) -> str:
    """From one day to another, as exactly as their distance asks for: `1959 to 1964`, `14 to 28 October 1962`."""
    days = last - first + 1
    start, end = day_at(first, calendar), day_at(last, calendar)
    if days > 3 * _YEAR:
        names = [year_words(start.year), year_words(end.year)]
    elif days > 60:
        names = [month_words(*start[:2]), month_words(*end[:2])]
    else:
        names = [day_words(*start), day_words(*end)]
    if names[0] == names[1]:
        return names[0]
    if days <= 60 and start[:2] == end[:2]:
        return f"{start.day} to {names[1]}"
    if days <= 3 * _YEAR and start.year == end.year:
        names[0] = names[0].removesuffix(f" {year_words(end.year)}")
    return " to ".join(names)


def lapse(days: float) -> str:
    """How long something is, in the largest unit of which there are two: `3 hours`, `9 days`, `2,004 years`."""
    for unit, length in (("year", _YEAR), ("month", _MONTH), ("day", 1)):
        if days >= 2 * length or (unit == "day" and days >= 1):
            return counted(round(days / length), unit)
    return counted(max(round(days * 24), 1), "hour")


def short_date(when: str) -> str:
    """A date in words with the names of its months cut to three letters."""
    return _NAMES.sub(lambda name: name[1][:3], when)


def unbroken_date(when: str) -> str:
    """A short date that stays on one line."""
    return short_date(when).replace(" ", NO_BREAK)


def dates_counted(timeline: "Timeline") -> str:
    """How many dates there are, and of how many where they are not all."""
    drawn, there = len(timeline.dates), counted(timeline.in_deck, "date")
    return there if drawn == timeline.in_deck else f"{drawn:,} of {there}"


def days_drawn(stretches: Sequence[Stretch], calendar: Calendar) -> str:
    """From when to when stretches go; where all is of one date, as the author wrote it."""
    items = [item for stretch in stretches for item in stretch.items]
    if is_one_date(items):
        return items[0].when
    return span_words(stretches[0].first, stretches[-1].last, calendar)


def is_one_date(items: Sequence[Dated]) -> bool:
    """Whether nothing is before anything else, so that there is nothing to measure."""
    return len({(item.first, item.last) for item in items}) == 1


def calendar_notes(timeline: "Timeline") -> list[str]:
    """What must be said of calendars lest a timeline be misread."""
    found = []
    if timeline.calendar is Calendar.JULIAN:
        found.append("All days are those of the Julian calendar.")
    elif any(item.date.calendar is Calendar.JULIAN for item in (*timeline.dates, *timeline.people)):
        found.append("Julian dates stand where they fall in the Gregorian calendar.")
    return found
