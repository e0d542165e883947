"""Reading the dates that historians write, and refusing those that can be read in two ways.

A date is a point (`22 October 1962`, `1962-10`, `c. 1450`, `spring 1789`, `early 15th century`), a span
of two points (`16–28 October 1962`, `1337/1453`) or open at one end (`before 1066`, `1946–`). `before`
and `after` leave out the point that they name; `by`, `until`, `since` and `from` include it.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from fasti.core import date_refusals as refuse
from fasti.core.date_parts import Parts, parts_of, point_of
from fasti.core.date_points import Point, months_point, notation_point, part_of
from fasti.core.date_sharing import sharing
from fasti.core.date_words import DASHES
from fasti.core.dates import Calendar, Day, HistoricalDate, Precision, day_at, day_number

LONGEST = 120
"""The most characters that a date may have."""


def read_date(text: str, calendar: Calendar = Calendar.GREGORIAN) -> HistoricalDate:
    """The date that an author wrote, its days in `calendar`.

    A DateError, whose sentence says what to write instead, where the text is not a date or may mean
    several.
    """
    words = text.strip()
    if len(words) > LONGEST:
        raise refuse.too_long(LONGEST)
    return _read_words(words, calendar)


# A deck's dates are read to be checked, and again for its cards and its lints.
@lru_cache(maxsize=65_536)
def _read_words(words: str, calendar: Calendar) -> HistoricalDate:
    plain = _plain(words)
    if not plain:
        raise refuse.empty()
    days = _read(plain, calendar)
    return HistoricalDate(words, days.earliest, days.latest, days.precision, days.approximate, calendar)


class _Days(NamedTuple):
    earliest: Day | None
    latest: Day | None
    precision: Precision
    approximate: bool


_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}
_SIGNS = {**DASHES, **_DIGITS, ord("’"): "'", ord("‘"): "'", ord("／"): "/", ord("～"): "~"}

_ERA = re.compile(r"\b(?:(b)\. ?c\.?( ?e\.?)?|a\. ?d\.?|c\. ?e\.?)(?!\w)", re.IGNORECASE)
_THOUSANDS = re.compile(r"\b([0-9]{1,3}),([0-9]{3})(?= ?bc)", re.IGNORECASE)
_JOINED = re.compile(r"([0-9]{1,2})[-–]([^\W\d_]{3,9})\.?[-–]([0-9]{3,4})")
_HYPHENED = re.compile(
    r"\b(early|mid|late)[-–](?!early|mid|late)|(?<=[a-z])[-–](?=centur)|\b(twenty)[- ](?=first\b)",
    re.IGNORECASE,
)


def _plain(text: str) -> str:
    """The text with one kind of hyphen and one of longer dashes, single spaces, and eras without points."""
    text = " ".join(text.translate(_SIGNS).split())
    if not text.startswith("-"):
        text = re.sub("-{2,}", "–", text)
    if "." in text:
        text = _ERA.sub(lambda era: "BC" if era[1] else "AD", text)
    if "," in text:
        text = _THOUSANDS.sub(r"\1\2", text)
    text = _JOINED.sub(r"\1 \2 \3", text)
    return _HYPHENED.sub(lambda word: word[2] or f"{word[1] or ''} ", text)


_OPENING = re.compile(
    r"(?:(?P<before>(?:before|prior to|earlier than) |pre[- ]?(?=[0-9]))"
    r"|(?P<after>(?:after|later than) |post[- ]?(?=[0-9]))"
    r"|(?P<until>(?:by|until|till|up to|(?:no|not) (?:after|later than)|died) |d\. ?)"
    r"|(?P<since>(?:from|since|(?:no|not) (?:before|earlier than)|born) |b\. ?)"
    r"|(?P<between>between )"
    r"|(?P<filler>(?:during|in|on|lived|ruled|reigned) |r\. ?))"
    r"(?=.)",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(r"[0-9]{1,2}([-–/. ])[0-9]{1,2}\1[0-9]{2,4}|(?:0?[1-9]|1[0-2])[-–/.][0-9]{3,4}")


def _read(text: str, calendar: Calendar) -> _Days:
    opening = _OPENING.match(text)
    kind = opening.lastgroup if opening else None
    body = text[opening.end() :] if opening else text
    if _DAY_FIRST.fullmatch(body) or not _says_something(body):
        raise refuse.unreadable(text)
    if kind in ("before", "after", "until"):
        return _open(kind, _lone_point(text, body, calendar), calendar)
    if kind in ("between", "since"):
        if span := _span(text, body, _BETWEEN if kind == "between" else _SEPARATORS, calendar):
            return span
        if kind == "between":
            raise refuse.unreadable(text)
        return _open(kind, _lone_point(text, body, calendar), calendar)
    if body.startswith("–"):
        raise refuse.leading_dash(text, body[1:].strip())
    side = _side(body, calendar, within_span=False)
    if not side.point and (span := _winter(body, calendar) or _span(text, body, _SEPARATORS, calendar)):
        return span
    return _Days(*_resolved(side, side.parts, calendar))


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))


def _open(kind: str, point: Point, calendar: Calendar) -> _Days:
    """The days before, after, until or since a point."""
    earliest = latest = None
    match kind:
        case "before":
            latest = day_at(day_number(point.earliest, calendar) - 1, calendar)
        case "until":
            latest = point.latest
        case "after":
            earliest = day_at(day_number(point.latest, calendar) + 1, calendar)
        case _:
            earliest = point.earliest
    return _Days(earliest, latest, Precision.OPEN, point.approximate)


_WINTER = re.compile(
    r"(?:the )?winter (?:of )?([0-9]{1,4})[-–/]([0-9]{1,4})( ?bce?| ?ad| ?ce)?", re.IGNORECASE
)


def _winter(text: str, calendar: Calendar) -> _Days | None:
    """`winter 1941–42`: one winter, named by both of its years."""
    found = _WINTER.fullmatch(text)
    if not found:
        return None
    year, digits = int(found[1]), found[2]
    bc = (found[3] or "").strip().lower().startswith("b")
    following = year - 1 if bc else year + 1
    if following % 10 ** len(digits) != int(digits) or year == 0 or (year < 100 and not found[3]):
        return None
    return _Days(*months_point(1 - year if bc else year, 12, 3, Precision.SEASON, calendar))


class _Separator(NamedTuple):
    pattern: re.Pattern[str]
    dash: bool = True


# Tried in this order; the first that parts the text in two is the one meant.
_WORDS = _Separator(re.compile(r" (?:to|until|till|through|thru|up to) ", re.IGNORECASE), dash=False)
_DASHES = (
    _Separator(re.compile(r" [-–] ")),
    _Separator(re.compile(r" ?– ?")),
    _Separator(re.compile(r" ?/ ?"), dash=False),
    _Separator(re.compile(r"(?<=[0-9]{4}-[0-9]{2}-[0-9]{2})-(?=[0-9])")),
    _Separator(re.compile(r"(?<=[^ ])(?<!\.\.)-(?: |(?=[^ ])|$)|(?<=[0-9]) -(?=[0-9])")),
)
_SEPARATORS = (_WORDS, _Separator(re.compile(r" onwards?$| on$", re.IGNORECASE)), *_DASHES)
_BETWEEN = (_Separator(re.compile(r" and ", re.IGNORECASE), dash=False), *_DASHES)
_NO_END = re.compile(r"\.\.|\?||(?:the )?present(?: day)?|now|today", re.IGNORECASE)


def _span(text: str, body: str, separators: tuple[_Separator, ...], calendar: Calendar) -> _Days | None:
    """The span that `body` is, or None where nothing parts it in two; `text` is for the sentences."""
    for pattern, dash in separators:
        ends = pattern.split(body)
        if len(ends) == 2:
            return _between(text, ends[0].strip(), ends[1].strip(), dash, calendar)
    return None


def _between(text: str, first: str, last: str, dash: bool, calendar: Calendar) -> _Days:
    start, end = _side(first, calendar, within_span=True), _side(last, calendar, within_span=True)
    if _NO_END.fullmatch(last) and _says_something(first):
        return _open("since", _resolved(start, start.parts, calendar), calendar)
    if first in ("", "..", "?") and _says_something(last):
        return _open("until", _resolved(end, end.parts, calendar), calendar)
    if not _says_something(first) or not _says_something(last):
        raise refuse.unreadable(text)
    start_parts, end_parts = start.parts, end.parts
    if start.part and not start.rest and end_parts:
        start_parts = end_parts  # `early to mid 15th century`
    elif start_parts and end_parts:
        start_parts, end_parts = sharing(start_parts, end_parts, text, dash)
    elif start.point and end_parts and _is_era_in_doubt(start.point, end_parts):
        raise refuse.era_in_doubt(text, first, last)
    begin, finish = _resolved(start, start_parts, calendar), _resolved(end, end_parts, calendar)
    if begin.earliest > finish.latest:
        raise refuse.backwards(text, first, last, whole=(start_parts, end_parts) == (start.parts, end.parts))
    approximate = begin.approximate or finish.approximate
    return _Days(begin.earliest, finish.latest, Precision.SPAN, approximate)


def _is_era_in_doubt(start: Point, end: Parts) -> bool:
    """`-0043 to 14`; a year of four digits is in EDTF's notation too, as in `-0043/0014`."""
    notation = end.lone and len(end.lone.digits) == 4 and end == Parts(end.text, lone=end.lone)
    return start.earliest.year <= 0 and not end.era and not notation


class _Side(NamedTuple):
    """A point not yet read: its days where it is in notation, else its parts."""

    text: str
    approximate: bool
    part: str
    point: Point | None
    rest: str

    @property
    def parts(self) -> Parts | None:
        return None if self.point else replace(parts_of(self.rest), text=self.text)


_CIRCA = re.compile(
    r"(?:circa|approximately|approx\.?|about|around|roughly|probably|possibly|perhaps|fl\.?|ca?\.?)"
    r"(?: |(?<=\.)|(?=[0-9]))|~",
    re.IGNORECASE,
)
_DOUBT = re.compile(r" ?(?:\(\?\)|[?~%])$")
_PART = re.compile(
    r"(?:the )?(?:(?P<early>early|beginning|start)|(?P<mid>mid|middle)|(?P<late>late|end)"
    r"|(?P<first>(?:first|1st) half)|(?P<second>(?:second|2nd) half))"
    r"(?: part)?(?:$| (?:of |in )?(?:the )?)",
    re.IGNORECASE,
)


def _lone_point(text: str, body: str, calendar: Calendar) -> Point:
    side = _side(body, calendar, within_span=False)
    if not side.point and any(len(separator.pattern.split(body)) > 1 for separator in _SEPARATORS):
        raise refuse.two_ends(text)
    return _resolved(side, side.parts, calendar)


def _side(text: str, calendar: Calendar, *, within_span: bool) -> _Side:
    rest = text
    while circa := _CIRCA.match(rest):
        rest = rest[circa.end() :].lstrip()
    rest = _DOUBT.sub("", rest)
    approximate = rest != text
    part = _PART.match(rest)
    if part:
        rest = rest[part.end() :]
    point = notation_point(rest, calendar, within_span)
    return _Side(text, approximate, part.lastgroup or "" if part else "", point, rest)


def _resolved(side: _Side, parts: Parts | None, calendar: Calendar) -> Point:
    point = side.point or (point_of(parts, calendar) if parts else None)
    if point and side.part:
        point = part_of(point, side.part, calendar)
    if not point:
        raise refuse.unreadable(side.text)
    return point._replace(approximate=point.approximate or side.approximate)
