"""Dates as tables and notes have them: the forms that a whole column of them makes plain."""

import re
from collections.abc import Iterable

from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, DateError
from fasti.exchange.foreign.date_languages import in_english

_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{3,4})")


class DateColumn:
    """Reads the dates of one column.

    Numbers such as `3/4/1917` are read as day and month where the column has one that can only be that
    (`28/10/1962`) and none that can only be month and day; the other way round alike. `order` says which:
    `day/month/year`, `month/day/year`, or nothing.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        pairs = [
            (int(found[1]), int(found[3]))
            for text in texts
            if (found := _DAY_AND_MONTH.fullmatch(_bare(text)))
        ]
        day_first = any(first > 12 for first, _ in pairs)
        month_first = any(second > 12 for _, second in pairs)
        self.order = ""
        if day_first is not month_first:
            self.order = "day/month/year" if day_first else "month/day/year"

    def read(self, text: str, calendar: str = "") -> str | None:
        """The date in a form that a deck may hold, in the author's words where these are one; or None."""
        bare = _bare(text)
        forms = [" ".join(text.split()), bare]
        if self.order and (found := _DAY_AND_MONTH.fullmatch(bare)):
            day, month = (found[1], found[3]) if self.order.startswith("day") else (found[3], found[1])
            forms.append(f"{int(found[4]):04}-{int(month):02}-{int(day):02}")
        forms.append(in_english(bare))
        return next((form for form in forms if is_date(form, calendar)), None)

    def read_life(self, born: str, died: str) -> str | None:
        """The years of a life from its two ends, of which one may be empty; or None."""
        if not born or not died:
            return self.read(f"born {born}" if born else f"died {died}") if born or died else None
        first, last = (self.read(text) or text for text in (born, died))
        # A year below 100 is read where it has an era: `AD 37`.
        forms = (f"{first} – {last}", f"AD {first} – {last}", f"{first} – AD {last}")
        return next((date for form in forms if (date := self.read(form))), None)


def is_date(text: str, calendar: str = "") -> bool:
    """Whether a deck may hold this as a date."""
    try:
        read_date(text, Calendar(calendar or "gregorian"))
    except DateError:
        return False
    return True


def _bare(text: str) -> str:
    """Without the brackets, the full stop and the midnight that programs put round a date."""
    words = " ".join(text.split()).rstrip(".;,").removesuffix(" 00:00:00").removesuffix("T00:00:00")
    if words.startswith(("(", "[")) and words.endswith((")", "]")):
        words = words[1:-1].strip()
    return words
