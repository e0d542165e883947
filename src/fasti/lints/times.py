"""What is certain about when something was: never before, never after."""

from fasti.core.date_measures import ends, nearness
from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, HistoricalDate
from fasti.core.facts import Fact
from fasti.core.kinds import Form, Kind

JULIAN_UNTIL = 2423480
"""The Julian Day Number of 1 March 1923, when the last country, Greece, left the Julian calendar."""

MOST_DAYS_APART = 13
"""How many days the two calendars lay apart at most, while both were used."""


def date_of(fact: Fact, kind: Kind) -> HistoricalDate | None:
    """When what a fact tells of was: of an event its date; None for a person, whose life is no event."""
    if kind.name == "person":
        return None
    field = next((field for field in kind.fields if field.form is Form.DATE), None)
    return date_in(fact, field.name) if field else None


def date_in(fact: Fact, name: str) -> HistoricalDate | None:
    """The date in a field, or None where there is none that can be read."""
    text = fact.text(name)
    if not text:
        return None
    try:
        return read_date(text, Calendar(fact.calendar or "gregorian"))
    except ValueError:
        return None


def certainly_after(one: HistoricalDate, other: HistoricalDate) -> bool:
    """Whether the first day that `one` may be comes after the last that `other` may be.

    An approximate date reaches as far as its answers are taken. Where one date is marked as Julian and the
    other is not, that one may be a Julian day left unmarked.
    """
    return _first(one) - _last(other) > _doubt(one, other)


def apart(one: HistoricalDate, other: HistoricalDate) -> bool:
    """Whether no day that `one` may be is one that `other` may be."""
    return certainly_after(one, other) or certainly_after(other, one)


def old_style_hint(one: HistoricalDate, other: HistoricalDate) -> str:
    """A reminder for a sentence, where the two dates may differ by their calendars alone."""
    days = max(_first(one) - _last(other), _first(other) - _last(one))
    if not 0 < days <= MOST_DAYS_APART or min(_first(one), _first(other)) > JULIAN_UNTIL:
        return ""
    return " (an Old Style date takes `calendar: julian`)"


def _first(date: HistoricalDate) -> int:
    return ends(date)[0] - (nearness(date)[0] if date.approximate else 0)


def _last(date: HistoricalDate) -> int:
    return ends(date)[1] + (nearness(date)[0] if date.approximate else 0)


def _doubt(one: HistoricalDate, other: HistoricalDate) -> int:
    if one.calendar is other.calendar:
        return 0
    unmarked = one if one.calendar is Calendar.GREGORIAN else other
    return MOST_DAYS_APART if _first(unmarked) < JULIAN_UNTIL else 0
