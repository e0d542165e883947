"""Why a text is not read as a date: one sentence for each reason, saying what to write instead."""

import re

from fasti.core.date_words import MONTHS, day_words, month_words, season_words, year_words
from fasti.core.dates import DateError, Day
from fasti.core.slips import distance
from fasti.core.text import printable

_EXAMPLES = "`1962-10-22`, `October 1962`, `1962`, `c. 1450`, `44 BC` or `1914 to 1918`"
_QUOTED = 40  # characters of the author's text that a sentence repeats


def empty() -> DateError:
    """The text is blank."""
    return DateError(f"there is no date; write one such as {_EXAMPLES}")


def too_long(longest: int) -> DateError:
    """The text is longer than a date needs to be, in characters."""
    return DateError(f"a date has at most {longest} characters; put what explains it in `note`")


def unreadable(text: str) -> DateError:
    """The text is no date, or not one whose meaning is certain."""
    for pattern, sentence in _REASONS:
        if re.search(pattern, text, re.IGNORECASE):
            return DateError(f"{quoted(text)} {sentence}")
    if numeric := _NUMERIC.fullmatch(text):
        return _numeric(text, *map(str, numeric.groups()))
    if (pair := _MONTH_YEAR.fullmatch(text)) and 1 <= int(pair[1]) <= 12:
        return DateError(f"{quoted(text)} is not a notation fasti reads; write `{_month(pair)}`")
    if choice := _CHOICE.fullmatch(text):
        return DateError(
            f"{quoted(text)} is two dates; write `{_inner(choice[1])} to {_inner(choice[2])}` for the time between"
        )
    for word in re.findall(r"[^\W\d_]{4,}", text):
        if month := _misspelt_month(word.casefold()):
            return DateError(
                f"{quoted(text)} is not a date fasti can read; write `{month}` for {quoted(word)}"
            )
    return DateError(f"{quoted(text)} is not a date fasti can read; write it like {_EXAMPLES}")


def short_year(digits: str, text: str) -> DateError:
    """A year of one or two digits without an era, as in `22 October 62`."""
    number = int(digits)
    if number == 0:
        return no_year_zero(text)
    return DateError(
        f"{quoted(text)} may leave the century out; write `AD {number}`, `{number} BC`, "
        f"or the year in full, such as `{1900 + number}`"
    )


def long_year(digits: str) -> DateError:
    """A year of more than four digits that nothing says is meant."""
    return DateError(
        f"the year {quoted(digits)} has more than four digits; if it is meant, write `AD` before it"
    )


def unsigned_year(text: str) -> DateError:
    """A negative year that is not in EDTF's four digits, so that its year 0 is in doubt."""
    number = int(text.lstrip("-"))
    return DateError(
        f"{quoted(text)} may count a year 0 or not; write `{number + 1} BC` or `{max(number, 1)} BC`"
    )


def two_ends(text: str) -> DateError:
    """`before 1914 to 1918`: open at one end, and yet with two dates."""
    return DateError(f"{quoted(text)} has two dates where one is needed; write one, as in `before 1914`")


def leading_dash(text: str, rest: str) -> DateError:
    """An end after a dash, and nothing before it."""
    return DateError(f"{quoted(text)} has no beginning; write `until {_inner(rest)}`")


def no_year_zero(text: str) -> DateError:
    """Year 0, which no historian's calendar has."""
    return DateError(f"{quoted(text)}: there is no year 0, 1 BC is followed by AD 1; write `1 BC` or `AD 1`")


def no_year(text: str) -> DateError:
    """A month, season or day without a year."""
    return DateError(f"{quoted(text)} has no year; add it, as in `{_inner(text)} 1962`")


def no_such_month(text: str, month: int) -> DateError:
    """A month beyond 12 in ISO notation."""
    return DateError(f"{quoted(text)}: there is no month {month}; write the months as 01 to 12")


def no_such_day(day: Day, days: int, julian_would_do: bool) -> DateError:
    """A day that its month does not have; `days` is how many it has."""
    where = month_words(day.year, day.month)
    hint = ", or add `calendar: julian` if that is the calendar meant" if julian_would_do else ""
    return DateError(f"{where} has {days} days, so there is no {day.day}; write a day from 1 to {days}{hint}")


def wrong_weekday(day: Day, given: str, real: str) -> DateError:
    """A day of the week that does not belong to the date."""
    return DateError(f"{day_words(*day)} was a {real}, not a {given}; correct the one or the other")


def month_or_years(text: str, year: int, month: int) -> DateError:
    """`1911-12`: December 1911, or the years 1911 and 1912."""
    month_meant = month_words(year, month) if month <= 12 else season_words(year, 3 * (month - 20))
    return DateError(
        f"{quoted(text)} has two readings; for the {'month' if month <= 12 else 'season'} write `{month_meant}`, "
        f"for the years `{year_words(year)} to {year_words(year // 100 * 100 + month)}`"
    )


def short_end(text: str, year: int, end: int, digits: int) -> DateError:
    """`1914-18`, `1914-8`: a last year cut to its last digits; `year` is the full one."""
    cut = 10**digits
    full = year // cut * cut + end
    if full <= year:
        full += cut
    instead = f"`{year_words(year)} to {year_words(full)}`"
    if end <= 12 and digits == 1:
        instead = f"`{month_words(year, end)}` or {instead}" if end else instead
    return DateError(f"{quoted(text)} leaves digits out; write {instead}")


def short_end_bc(text: str, start: int, end: int) -> DateError:
    """`264-41 BC`: to 41 BC, or to 241 BC."""
    full = start // 100 * 100 + end
    return DateError(
        f"{quoted(text)} has two readings; write `{start} to {full} BC` or `{start} BC to {end} BC`"
    )


def era_in_doubt(text: str, start: str, end: str) -> DateError:
    """`44 BC to 14`: to 14 BC, or to AD 14."""
    start, end = _inner(start), _inner(end)
    return DateError(f"{quoted(text)} has two readings; write `{start} to {end} BC` or `{start} to AD {end}`")


def backwards(text: str, first: str, last: str, whole: bool) -> DateError:
    """A span whose end is before its beginning; `whole` where neither end left anything to the other."""
    instead = f": `{_inner(last)} to {_inner(first)}`" if whole else ", with year and era at both ends"
    return DateError(f"{quoted(text)} ends before it begins; write the earlier first{instead}")


def decade_or_century(text: str, year: int, bc: bool) -> DateError:
    """`1900s`: ten years or a hundred; `year` is the number written."""
    if bc:
        century, decade = f"{ordinal(year // 100 + 1)} century BC", f"{year + 9} to {year} BC"
    else:
        century, decade = (
            f"{ordinal(year // 100 + 1)} century",
            f"{year_words(year)} to {year_words(year + 9)}",
        )
    return DateError(f"{quoted(text)} is a decade or a century; write `{decade}` or `{century}`")


def quoted(text: str) -> str:
    """The author's words in backticks, on one line, cut where they are long, safe to print."""
    return f"`{_inner(text)}`"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `15th`."""
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _inner(text: str) -> str:
    plain = " ".join(printable(text).replace("`", "'").split())
    return plain if len(plain) <= _QUOTED else plain[: _QUOTED - 1] + "…"


def _misspelt_month(word: str) -> str | None:
    names = [name for name in MONTHS if name.casefold() == word or distance(word, name.casefold(), 2) <= 2]
    return names[0] if names and word not in map(str.casefold, names) else None


def _month(pair: re.Match[str]) -> str:
    return month_words(int(pair[2]), int(pair[1]))


def _numeric(text: str, first: str, second: str, year: str) -> DateError:
    """`28/10/1962` and its like, with the readings that are possible."""
    number = int(year) if len(year) > 2 else 1900 + int(year)
    readings = [
        day_words(number, month, day)
        for day, month in dict.fromkeys([(int(first), int(second)), (int(second), int(first))])
        if 1 <= month <= 12 and 1 <= day <= 31
    ]
    instead = " or ".join(f"`{reading}`" for reading in readings) or "the month as a word"
    if len(year) <= 2:
        return DateError(f"{quoted(text)} leaves the century out; write the year in full, such as {instead}")
    return DateError(f"{quoted(text)} is read differently in different countries; write {instead}")


_NUMERIC = re.compile(r"([0-9]{1,2})[-–/. ]([0-9]{1,2})[-–/. ]([0-9]{2,4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-–/.]([0-9]{3,4})")
_CHOICE = re.compile(r"(.{1,40}?) or (.{1,40})", re.IGNORECASE)


# Patterns and what to say where one is found; compiled only when a text is refused.
_REASONS = (
    (
        r"^(\?+|unknown|n\.? ?d\.?|no date|undated|uncertain)$",
        "is not a date; write the years it may lie between, such as `1450 to 1500`",
    ),
    (
        r"\d:\d|\dT\d|\b\d+ ?[ap]\.?m\b",
        "has a time of day; write the day alone, such as `1962-10-22`, and the hour in `note`",
    ),
    (
        (
            r"\b(easter|christmas|xmas|pentecost|whitsun|michaelmas|candlemas|lammas|martinmas|epiphany|passover"
            r"|ramadan|diwali|good friday|palm sunday|new year'?s|ides|kalends|calends|nones)\b"
        ),
        "names a feast, not a date; write its day, such as `23 April 1916`",
    ),
    (
        (
            r"\b(vend[ée]miaire|brumaire|frimaire|niv[ôo]se|pluvi[ôo]se|vent[ôo]se|germinal|flor[ée]al|prairial"
            r"|messidor|thermidor|fructidor)\b"
        ),
        "is a date of the French Republican calendar; write the Gregorian one, such as `28 July 1794`",
    ),
    (
        r"\b(ah|a\.h\.?|auc|a\.u\.c\.?|bp|anno|hijri|years? ago|ya|mya)\b",
        "counts from another beginning; write the year BC or AD, such as `622` or `10000 BC`",
    ),
    (
        r"\b[on]\. ?s\.|\b(old|new) style\b",
        "names its calendar; write the date alone, and for an Old Style one add `calendar: julian`",
    ),
    (
        r"\bmillenni(um|a)\b",
        "is a thousand years; write its ends, such as `3000 to 2001 BC`",
    ),
    (
        r"(^|[ '’])[1-9]0['’]?s\b|\b(twen|thir|for|fif|six|seven|eigh|nine)ties\b",
        "does not say of which century; write the decade in full, such as `1960s`",
    ),
    (
        r"^[\[{].*[\]}]$",
        "is a choice of dates, which fasti does not read; write the time between, such as `1756 to 1757`",
    ),
)
