"""Moments and the study days they belong to.

A study day is a whole number of days since 1970-01-01 of the local calendar. It begins at the
rollover hour, so that a late evening belongs to the day it began on. It is worked out once, when a
card is answered, and stored: a later change of zone or rollover moves nothing that has happened.
"""

from typing import NamedTuple

_MINUTE_MS = 60_000
_HOUR_MS = 60 * _MINUTE_MS
_DAY_MS = 24 * _HOUR_MS


ROLLOVER_HOUR = 4
"""The hour at which a learner's day begins, unless they chose another."""

ROLLOVER_HOURS = range(4, 13)
"""The hours that can be chosen.

In the years 2006 to 2030 no change of clocks in any zone makes a day that begins at one of them go back;
between 0 and 3 some do. A day that began after noon would carry the date of the day before for most of it.
"""


class Moment(NamedTuple):
    """A point in time for a learner.

    Milliseconds since 1970-01-01 UTC, the local offset from UTC in minutes, and the hour at which their
    day begins.
    """

    utc_ms: int
    offset_min: int
    rollover_hour: int = ROLLOVER_HOUR


def study_day(moment: Moment) -> int:
    """The study day of a moment: its local wall clock less the rollover, in days since 1970-01-01."""
    local_ms = moment.utc_ms + moment.offset_min * _MINUTE_MS
    return (local_ms - moment.rollover_hour * _HOUR_MS) // _DAY_MS


def date_text(day: int) -> str:
    """A day as `2026-06-12`; any whole number has a date, in the Gregorian calendar.

    Counts years from 1 March, so that a leap day ends one, in eras of 400 years: H. Hinnant,
    *chrono-Compatible Low-Level Date Algorithms*, https://howardhinnant.github.io/date_algorithms.html.
    """
    era, day_of_era = divmod(day + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    months_since_march = (5 * day_of_year + 2) // 153
    day_of_month = day_of_year - (153 * months_since_march + 2) // 5 + 1
    month = (months_since_march + 2) % 12 + 1
    year = era * 400 + year_of_era + (month <= 2)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}-{month:02}-{day_of_month:02}"


def read_day(text: str, today: int) -> int:
    """The day that a text names: `2026-06-12`, `12 June 2026`, `today` or `tomorrow`.

    Raises ValueError, with a sentence that says what to write, for anything that is not one day.
    """
    # Imported here: only a plan is made of days that someone writes.
    from fasti.core.date_reading import read_date
    from fasti.core.dates import DateError, Precision, day_number

    word = text.strip().casefold()
    if word in _NEAR:
        return today + _NEAR[word]
    try:
        date = read_date(text)
    except DateError as error:
        raise ValueError(str(error)) from error
    if date.precision is not Precision.DAY or date.approximate or date.earliest is None:
        raise ValueError(f"`{text}` is not one day; write it like `{date_text(today)}`")
    return day_number(date.earliest, date.calendar) - _JULIAN_DAY_OF_1970


_NEAR = {"today": 0, "tomorrow": 1}
_JULIAN_DAY_OF_1970 = 2_440_588


def read_moment(text: str) -> Moment:
    """The moment that an ISO 8601 text names: `2026-06-01T09:30:00+02:00`, or `Z` for UTC.

    Raises ValueError, with a sentence that says what to write, for anything else: a text without an
    offset could be any of twenty-five hours.
    """
    # Imported here: a study day needs no calendar, and most commands need no more than that.
    from datetime import UTC, datetime, timedelta

    try:
        local = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(
            f"`{text}` is not a moment; write it like `2026-06-01T09:30:00+02:00`, or with `Z` for UTC"
        ) from error
    offset = local.utcoffset()
    if offset is None:
        raise ValueError(
            f"`{text}` has no offset from UTC; write it like `2026-06-01T09:30:00+02:00`, or with `Z`"
        )
    if offset % timedelta(minutes=1):
        raise ValueError(f"`{text}` has an offset with seconds; write whole minutes, like `+02:00`")
    utc_ms = (local - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    return Moment(utc_ms, offset // timedelta(minutes=1))
