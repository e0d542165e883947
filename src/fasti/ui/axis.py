"""An axis of time in the columns of a terminal: its ticks, and the dates on it as points and bars."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from fasti.core.dates import Calendar, Precision
from fasti.core.time_scale import Scale, ticks
from fasti.core.timeline import Dated
from fasti.ui.lines import FAINT, LABEL, Line, Piece
from fasti.ui.look import Look, encodable


class Signs(NamedTuple):
    """What the marks on an axis look like."""

    exact: str = "●"
    about: str = "○"
    lasting: str = "━"
    within: str = "┄"
    before: str = "◂"
    after: str = "▸"
    guide: str = "│"
    rule: str = "─"
    tick: str = "┬"
    here: str = "→"


_ASCII = Signs("*", "o", "=", "-", "<", ">", "|", "-", "+", "@")


def signs(look: Look) -> Signs:
    """The marks that a screen can show."""
    fancy = Signs()
    together = "".join(fancy)
    return _ASCII if look.ascii_signs or encodable(together, look.encoding) != together else fancy


class Cell(NamedTuple):
    """One column of a row on the axis."""

    sign: str
    style: str = ""


class Axis:
    """The days of a scale in so many columns, with the round days that can be named there without crowding.

    `room` is how many columns the names of the ticks may take: the last one may stand beyond the axis.
    """

    def __init__(self, scale: Scale, width: int, room: int, calendar: Calendar, marks: Signs) -> None:
        self.scale = scale
        self.width = width
        self._signs = marks
        self._ticks = _readable(scale, width, room, calendar)

    def column(self, day: float) -> int:
        """The column in which a day begins, 0 to `width` - 1; what lies outside stands at the edge."""
        return min(max(int(self.scale.position(day) * self.width), 0), self.width - 1)

    def head(self) -> list[Line]:
        """The names of the ticks, and under them the rule."""
        names, rule = "", [Cell(self._signs.rule, FAINT)] * self.width
        for column, name in self._ticks:
            names = names.ljust(column) + name
            rule[column] = Cell(self._signs.tick, FAINT)
        return [(Piece(names, FAINT),), _pieces(rule)] if self._ticks else [_pieces(rule)]

    def row(self, bar: Sequence[tuple[int, Cell]] = ()) -> Line:
        """A row of the axis: the guides below the ticks, and a bar over them."""
        cells = [Cell(" ")] * self.width
        for column, _ in self._ticks:
            cells[column] = Cell(self._signs.guide, FAINT)
        for column, cell in bar:
            cells[column] = cell
        return _pieces(cells)

    def bar(self, item: Dated) -> list[tuple[int, Cell]]:
        """The columns that a date takes, each with its mark.

        A day is a point, and so is what is no longer than a column; all else is a bar from its first day to
        its last. A bar that goes on outside the axis, or has no end, has an arrow there.
        """
        first, last = self.scale.first, self.scale.last
        goes_back = item.first is None or item.first < first
        goes_on = item.last is None or item.last > last
        start = 0 if goes_back else self.column(item.start)
        end = self.width - 1 if goes_on else self._last_column(item.end)
        exact_day = item.date.precision is Precision.DAY and not item.lasting
        short = (item.end - item.start + 1) * self.width <= self.scale.days
        if not (goes_back or goes_on) and (exact_day or short or start == end):
            return [(self.column((item.start + item.end + 1) / 2), self.point(item))]
        fill = self._signs.lasting if item.lasting else self._signs.within
        bar = [fill] * (end - start + 1)
        if item.approximate:
            bar[0] = bar[-1] = self._signs.about
        if goes_back:
            bar[0] = self._signs.before
        if goes_on:
            bar[-1] = self._signs.after
        return [(start + place, Cell(sign, LABEL)) for place, sign in enumerate(bar)]

    def point(self, item: Dated) -> Cell:
        """The mark of a date that takes one column."""
        if item.first is None or item.last is None:
            return Cell(self._signs.before if item.first is None else self._signs.after, LABEL)
        return Cell(self._signs.about if item.approximate else self._signs.exact, LABEL)

    def _last_column(self, day: int) -> int:
        """The column in which a day ends; where it ends with a column, that one."""
        return max(self.column(day), -int(-self.scale.position(day + 1) * self.width // 1) - 1)


class _Named(NamedTuple):
    """A tick's column, and what it is called there."""

    column: int
    name: str


def _readable(scale: Scale, width: int, room: int, calendar: Calendar) -> tuple[_Named, ...]:
    """The most ticks whose names do not run into each other.

    The first is named in full (`Oct 1962`) unless one more would fit without that: the title says the year.
    """
    best: tuple[_Named, ...] = ()
    for most in range(max(width // 3, 1), 0, -1):
        found = ticks(scale, most, calendar)
        columns = [min(int(scale.position(tick.day) * width), width - 1) for tick in found]
        for first in ("short", "bare"):
            names = [getattr(tick, first if place == 0 else "short") for place, tick in enumerate(found)]
            named = tuple(map(_Named, columns, names))
            if named and len(named) > len(best) and _fits(named, room):
                best = named
    return best


def _fits(named: Sequence[_Named], room: int) -> bool:
    ends = [tick.column + len(tick.name) for tick in named]
    starts = [tick.column for tick in named[1:]]
    return all(end < start for end, start in zip(ends, starts, strict=False)) and ends[-1] <= room


def _pieces(cells: Iterable[Cell]) -> Line:
    return tuple(
        Piece("".join(cell.sign for cell in run), style)
        for style, run in groupby(cells, key=lambda cell: cell.style)
    )
