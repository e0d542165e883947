"""Dates in English words: the names of months and seasons, and ISO 8601 and EDTF notation spelt out.

Years are astronomical throughout: 1 BC is 0 and 44 BC is -43.
"""

import re

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The first of each season's three months, in the northern hemisphere.

Winter belongs to the year in which it begins: winter 1941 is December 1941 to February 1942.
"""


DASHES = dict.fromkeys(map(ord, "‐‑−﹣－"), "-") | dict.fromkeys(map(ord, "‒—―﹘"), "–")
"""For `str.translate`: every hyphen and minus as `-`, every longer dash as `–`."""


def year_words(year: int) -> str:
    """A year as people write it: `44 BC`, `AD 14`, `476`, `1962`."""
    if year <= 0:
        return f"{1 - year} BC"
    return str(year) if 100 <= year <= 9999 else f"AD {year}"


def month_words(year: int, month: int) -> str:
    """A month of a year: `October 1962`."""
    return f"{MONTHS[month - 1]} {year_words(year)}"


def day_words(year: int, month: int, day: int) -> str:
    """A day in full: `22 October 1962`."""
    return f"{day} {month_words(year, month)}"


def season_words(year: int, month: int) -> str:
    """The season that begins with this month: `spring 1789`."""
    return next(f"{name} {year_words(year)}" for name, first in SEASONS.items() if first == month)


def is_notation(text: str) -> bool:
    """Whether some of this date is written as ISO 8601 or EDTF has it and as nobody says it."""
    text = text.translate(DASHES)
    return bool(_TOKEN.search(text) or (_MARKS.search(text) and not _PROSE.search(text.replace(" to ", "/"))))


def in_words(text: str) -> str:
    """A readable date with two ends or one, its notation put in words.

    `1962-10-16/1962-10-28` is `16–28 October 1962`, `before 1962-10-22` is `before 22 October 1962`.
    """
    text = text.translate(DASHES)
    if sides := _SIDES.fullmatch(text):
        return _span_words(*sides.groups())
    return _TOKEN.sub(_token_words, text)


# `1962-10-22`, `1962-10`, `-0043` or `0476`, as a whole end of a date; `1962` is also how people write it.
_TOKEN = re.compile(
    r"(^|\b(?:before|after|by|until|till|since|from|than|between|and|to|in|on|the|of|about|around|circa|ca"
    r"|early|mid|late|born|died) |(?<!\.)\bc\. ?|[–/] ?| - )"
    r"(-?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|-?[0-9]{4}-[0-9]{2}|-[0-9]{4}|0[0-9]{3})"
    r"(?=$|[?~%/–]| (?:and|to|until|till|onwards?|on|[-–])(?: |$)| ?[–/])",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[/~%]|\.\.|[0-9-][Xx]|[Yy]-?[0-9]|^[0-9]{4}[.–][0-9]{1,2}(?![0-9])")
_PROSE = re.compile(r"[^\W\d_XxYy]")

_POINT = r"(-?[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?|Y-?[0-9]+|\.\.|)([?~%]?)"
_SIDES = re.compile(
    rf"(?:from )?{_POINT}(?: (?:to|until) | ?[/–] ?| - |(?<=[0-9?~%]) ?- ?(?=[0-9]{{4}})){_POINT}",
    re.IGNORECASE,
)


_BC = re.compile(r"\bb\.? ?c|(?<![0-9])-[0-9]", re.IGNORECASE)


def _token_words(found: re.Match[str]) -> str:
    numbers = _numbers(found[2])
    after_bc = numbers[0] >= 100 and _BC.search(found.string, 0, found.start(2))
    return found[1] + _words(numbers, "AD " if after_bc else "")


def _span_words(first: str, first_mark: str, last: str, last_mark: str) -> str:
    circa, last_circa = ("c. " if mark else "" for mark in (first_mark, last_mark))
    start, end = _numbers(first), _numbers(last)
    if not start:
        return f"until {last_circa}{_words(end)}"
    if not end:
        return f"from {circa}{_words(start)}"
    ad = "AD " if start[0] <= 0 and end[0] >= 100 else ""  # `44 BC to 476` would leave the era in doubt
    if circa or last_circa or start == end:
        return f"{circa}{_words(start)} to {last_circa}{_words(end, ad)}"
    return _short_span(start, end, ad)


def _numbers(point: str) -> list[int]:
    """The year, month and day of a point in ISO notation, as far as it names them."""
    numbers = [int(digits) for digits in re.findall("[0-9]+", point)]
    if numbers and point.lstrip("Yy").startswith("-"):
        numbers[0] = -numbers[0]
    return numbers


def _words(parts: list[int], ad: str = "") -> str:
    """A year; a year and a month or EDTF season; or a year, a month and a day: in words, with `ad`."""
    year = ad + year_words(parts[0]).removeprefix(ad)
    match parts:
        case [_, month, day]:
            return f"{day} {MONTHS[month - 1]} {year}"
        case [_, season] if season > 12:
            return season_words(parts[0], 3 * (season - 20))
        case [_, month]:
            return f"{MONTHS[month - 1]} {year}"
    return year


def _short_span(start: list[int], end: list[int], ad: str) -> str:
    """Two ends with what they share said once, as in `16–28 October 1962`."""
    match start, end:
        case [year, month, day], [last_year, last_month, _] if (year, month) == (last_year, last_month):
            return f"{day}–{_words(end)}"
        case [year, month, day], [last_year, _, _] if year == last_year:
            return f"{day} {MONTHS[month - 1]} – {_words(end)}"
        case [year, month], [last_year, last_month] if year == last_year and max(month, last_month) <= 12:
            return f"{MONTHS[month - 1]}–{_words(end)}"
        case [year], [last_year] if year >= 100 and last_year <= 9999:
            return f"{year}–{last_year}"
    return f"{_words(start)} – {_words(end, ad)}"
