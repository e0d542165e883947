"""Dates of cards in words, and their days of the week, for thousands of cards at once."""

import re

from fasti.core.date_reading import read_date
from fasti.core.date_words import MONTHS
from fasti.core.dates import Calendar, DateError, Day, days_in_month, describe, weekday, weekday_of

_MONTHS = {name: number for number, name in enumerate(MONTHS, 1)}
_DAY_WORDS = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) ([1-9]\d{{2,3}})")
_NO_DAY = re.compile(r"(?:c\. )?(?:[A-Z][a-z]+ )?(?:AD )?\d{1,4}(?: BC)?s?")


def date_in_words(text: str, calendar: str) -> str:
    """A date as its author wrote it, as a student is shown it; the text itself where it is no date."""
    try:
        return describe(read_date(text, _calendar(calendar)))
    except DateError:
        return text


def weekday_of_words(text: str, calendar: str) -> str:
    """`Monday` to `Sunday` where a date in words is an exact day, else the empty string."""
    found = _DAY_WORDS.fullmatch(text)
    if found is None:
        several = "–" in text or " to " in text or "/" in text
        return "" if several or _NO_DAY.fullmatch(text) else _read_weekday(text, calendar)
    # Nearly every date is written so, and reading one with all that a date may be takes ten times as long.
    day = Day(int(found[3]), _MONTHS[found[2]], int(found[1]))
    known = _calendar(calendar)
    return (weekday_of(day, known) or "") if day.day <= days_in_month(day.year, day.month, known) else ""


def _read_weekday(text: str, calendar: str) -> str:
    try:
        return weekday(read_date(text, _calendar(calendar))) or ""
    except DateError:
        return ""


def is_date(text: str, calendar: str) -> bool:
    """Whether a text can be read as a date."""
    try:
        read_date(text, _calendar(calendar))
    except DateError:
        return False
    return True


def _calendar(name: str) -> Calendar:
    return Calendar.JULIAN if name == Calendar.JULIAN else Calendar.GREGORIAN
