"""A year of days as a heat map: a column for every week, a sign as well as a shade for every day."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from fasti.core.breaks import Break, break_on
from fasti.core.date_words import MONTHS, WEEKDAYS
from fasti.core.days import date_text
from fasti.core.statistics import calendar_weeks, shade_of, shades
from fasti.ui.lines import (
    FAINT,
    NO_BREAK,
    RIGHT,
    STRONG,
    Line,
    Piece,
    line,
    padded,
    with_plain_spaces,
    wrapped,
)
from fasti.ui.look import Look, encodable

_MARGIN = 4
_LABELLED = (0, 2, 4, 6)
"""Rows that say which day of the week they are; the others follow from them."""


class Signs(NamedTuple):
    """What a day looks like: one without answers, the shades of those with, a day off."""

    none: str = "·"
    shades: str = "░▒▓█"
    off: str = "–"


_ASCII = Signs(".", ":+x#", "-")


def heat_map(
    answers: Mapping[int, int], breaks: Sequence[Break], first_day: int, today: int, look: Look
) -> list[Line]:
    """The weeks until today, as many as the screen has room for, under the names of their months."""
    signs = _signs(look)
    weeks = calendar_weeks(first_day, today)[-(look.width - _MARGIN) :]
    width = 2 if 2 * len(weeks) + _MARGIN <= look.width else 1
    days = {day for week in weeks for day in week if day is not None}
    bounds = shades(answers.get(day, 0) for day in days)
    off = {day for day in days if not answers.get(day) and break_on(breaks, day)}
    rows = [
        line(Piece(padded(WEEKDAYS[row][:3] if row in _LABELLED else "", _MARGIN), FAINT), *pieces)
        for row in range(7)
        for pieces in [_row([week[row] for week in weeks], answers, bounds, off, signs, width)]
    ]
    head = line(" " * _MARGIN, Piece(_months(weeks, width), FAINT))
    return [head, *rows, *_legend(bounds, signs, look, any_off=bool(off))]


def _signs(look: Look) -> Signs:
    fancy = Signs()
    together = "".join(fancy)
    return _ASCII if look.ascii_signs or encodable(together, look.encoding) != together else fancy


def _row(
    days: Sequence[int | None],
    answers: Mapping[int, int],
    bounds: Sequence[int],
    off: set[int],
    signs: Signs,
    width: int,
) -> Line:
    pieces = []
    for day in days:
        if day is None:
            pieces.append(Piece(" " * width))
        elif shade := shade_of(answers.get(day, 0), bounds):
            pieces.append(Piece(_of(signs, bounds)[shade - 1] * width, _STYLES[-len(bounds) :][shade - 1]))
        else:
            pieces.append(Piece(padded(signs.off if day in off else signs.none, width), FAINT))
    return tuple(pieces)


_STYLES = (RIGHT, RIGHT, RIGHT, f"{STRONG} {RIGHT}")


def _of(signs: Signs, bounds: Sequence[int]) -> str:
    """As many shades as are told apart, the fullest among them."""
    return signs.shades[-len(bounds) :] if bounds else ""


def _months(weeks: Sequence[Sequence[int | None]], width: int) -> str:
    """The name of each month over the first week that begins in it, where the next one leaves room for it."""
    months = [date_text(next(day for day in week if day is not None))[-5:-3] for week in weeks]
    starts = [place for place, month in enumerate(months) if not place or month != months[place - 1]]
    text = ""
    for start, then in pairwise([*starts, len(weeks)]):
        if (then - start) * width > _NAME or (then == len(weeks) and (then - start) * width == _NAME):
            text = f"{padded(text, start * width)}{MONTHS[int(months[start]) - 1][:_NAME]} "
    return text.rstrip()


_NAME = 3


def _legend(bounds: Sequence[int], signs: Signs, look: Look, *, any_off: bool) -> list[Line]:
    meanings = [f"{signs.none} none"]
    for sign, (least, then) in zip(_of(signs, bounds), pairwise([*bounds, 0]), strict=True):
        span = f"{least:,}" if then - 1 == least else f"{least:,} to {then - 1:,}"
        meanings.append(f"{sign} {span if then else f'{least:,} or more'}")
    if any_off:
        meanings.append(f"{signs.off} day off")
    said = "   ".join(each.replace(" ", NO_BREAK) for each in meanings)
    indent = " " * _MARGIN
    return with_plain_spaces(wrapped(line(Piece(said, FAINT)), look.measure, indent, indent))
