"""Dates as tables and notes have them: the forms that a whole column of them makes plain."""

import re
from collections.abc import Iterable

from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, DateError
from fasti.exchange.foreign.date_languages import in_english

_DAY_AND_MONTH = re.compile(
    r"(?<![0-9./])(?<![0-9]-(?=[0-9]{1,2}-))([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{3,4})(?![0-9]|[/.][0-9])"
)
_DAYS = re.compile(
    r"(?<![0-9./-])([0-9]{1,2})\.(?:([0-9]{1,2})\.)? ?[-–] ?([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?![0-9]|[/.][0-9])"
)
_YEARS = re.compile(r"(?<![0-9./-])([0-9]{2})([0-9]{2})( ?- ?)([0-9]{2})(?![0-9./-])")
_MONTH = re.compile(r"(?<![0-9./-])(0?[1-9]|1[0-2])[/.]([0-9]{4})(?![0-9]|[/.][0-9])")


class DateColumn:
    """Reads the dates of one column.

    Numbers with points have the day first. Others are read where they have one reading only (`13/1/1939`), and
    numbers such as `3/4/1917` as day and month where the column has one that can only be that (`28/10/1962`) and
    none that can only be month and day; the other way round alike. `order` says which:
    `day/month/year`, `month/day/year`, or nothing.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        dates = [found for text in texts for found in _DAY_AND_MONTH.finditer(text)]
        day_first = any(found[2] == "." or int(found[1]) > 12 for found in dates)
        month_first = any(found[2] != "." and int(found[3]) > 12 for found in dates)
        self.order = ""
        if day_first is not month_first:
            self.order = "day/month/year" if day_first else "month/day/year"

    def read(self, text: str, calendar: str = "") -> str | None:
        """The date in a form that a deck may hold, in the author's words where these are one; or None."""
        bare = _bare(text)
        forms = [" ".join(text.split()), bare]
        bare = _DAYS.sub(_days, _YEARS.sub(_years, bare))
        by_year = _MONTH.sub(
            lambda found: f"{found[2]}-{int(found[1]):02}", _DAY_AND_MONTH.sub(self._by_year, bare)
        )
        forms += [by_year, in_english(by_year)]
        return next((form for form in forms if is_date(form, calendar)), None)

    def read_life(self, born: str, died: str) -> str | None:
        """The years of a life from its two ends, of which one may be empty; or None."""
        if not born or not died:
            return self.read(f"born {born}" if born else f"died {died}") if born or died else None
        first, last = (self.read(text) or text for text in (born, died))
        # A year below 100 is read where it has an era: `AD 37`.
        forms = (f"{first} – {last}", f"AD {first} – {last}", f"{first} – AD {last}")
        return next((date for form in forms if (date := self.read(form))), None)

    def _by_year(self, found: re.Match[str]) -> str:
        """A day with its year first; unchanged where its numbers do not say which of them is the month."""
        first, second = int(found[1]), int(found[3])
        if (
            found[2] == "."
            or (first > 12 or first == second)
            or (second <= 12 and self.order.startswith("day"))
        ):
            day, month = first, second
        elif second > 12 or self.order:
            day, month = second, first
        else:
            return found[0]
        return f"{int(found[4]):04}-{month:02}-{day:02}"


def mostly_read(column: DateColumn, texts: Iterable[str]) -> bool:
    """Whether at least half of the texts that are there can be read."""
    there = [text for text in texts if text]
    return bool(there) and 2 * sum(column.read(text) is not None for text in there) >= len(there)


def is_date(text: str, calendar: str = "") -> bool:
    """Whether a deck may hold this as a date."""
    try:
        read_date(text, Calendar(calendar or "gregorian"))
    except DateError:
        return False
    return True


def _years(found: re.Match[str]) -> str:
    """`1914-18` as a span; unchanged where the second number may be a month, or is no later year of the century."""
    century, first, _, last = found.groups()
    return f"{century}{first}–{century}{last}" if int(last) > max(int(first), 12) else found[0]


def _days(found: re.Match[str]) -> str:
    """`28.-30.9.1938` and `30.9.-2.10.1938` as two days with their year first."""
    first, month, last, last_month, year = found.groups()
    start, end = (f"{year}-{int(each):02}" for each in (month or last_month, last_month))
    return f"{start}-{int(first):02}/{end}-{int(last):02}"


def _bare(text: str) -> str:
    """Without the brackets, the full stop and the midnight that programs put round a date."""
    words = " ".join(text.split()).rstrip(".;,").removesuffix(" 00:00:00").removesuffix("T00:00:00")
    if words.startswith(("(", "[")) and words.endswith((")", "]")):
        words = words[1:-1].strip()
    return words
