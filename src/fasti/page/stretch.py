"""A stretch of a timeline, drawn to scale from top to bottom, with a label for each thing on it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fasti.core.dates import Calendar
from fasti.core.lanes import lanes
from fasti.core.time_scale import Scale, ticks
from fasti.core.timeline import Dated
from fasti.page.drawing import Drawing, settled
from fasti.page.language import Language
from fasti.page.measure import width, wrapped


class Room(NamedTuple):
    """The room for a drawing, in pixels. With no `dates`, a label has its date above its title, not beside it."""

    name: str
    width: float
    dates: float


NARROW = Room("narrow", 324, 0)
WIDE = Room("wide", 716, 158)
ROOMS = (NARROW, WIDE)
"""A telephone upright, and everything else, paper too."""


# The sizes of letters, in pixels, a little below those of the style sheet: most fonts are narrower than measured.
TEXT_SIZE = 13.5
DATE_SIZE = 12.5


def drawn_stretch(
    items: Sequence[Dated], first: int, last: int, calendar: Calendar, room: Room, language: Language
) -> tuple[Drawing, float, list[float]]:
    """The drawing of these items on a scale from the first day to the last, its height, and where it may be cut."""
    return _Plan(items, Scale(first, last), calendar, room, language).drawn()


_LINE = 20
_APART = 7
_TOP = 14
_LANE = 9
_LANES = 108
_LEADER = 26
_SHORTEST_BAR = 7
_LEAST_HEIGHT = 150
_TICK_ROOM = 46
_TICK_SIZE = 11
_GENEROUS = 1.25
"""How much longer an axis is than its labels are high, so that most can stand near their places."""


class _Label(NamedTuple):
    """A label: its date, its title, and how far the title is beside the date; with 0 it is below."""

    dates: list[str]
    titles: list[str]
    beside: float

    @property
    def rows(self) -> int:
        """How many lines it takes."""
        return max(len(self.dates), len(self.titles)) if self.beside else len(self.dates) + len(self.titles)

    @property
    def height(self) -> float:
        """With the room around it."""
        return self.rows * _LINE + _APART


class _Plan:
    """A stretch in the making."""

    def __init__(
        self, items: Sequence[Dated], scale: Scale, calendar: Calendar, room: Room, language: Language
    ) -> None:
        self._items = items
        self._scale = scale
        self._calendar = calendar
        self._room = room
        self._drawing = Drawing(room.width, language)
        self._length = float(_LEAST_HEIGHT)
        self._lay_out()
        # The labels decide how long the axis is, and that how many bars are beside it, and that the labels.
        for _ in range(2):
            self._length = max(_LEAST_HEIGHT, _GENEROUS * sum(label.height for label in self._labels))
            self._lay_out()

    def drawn(self) -> tuple[Drawing, float, list[float]]:
        """The drawing, its height, and where it may be cut."""
        named = list(self._axis())
        tops = self._tops()
        for item, lane, label, top in zip(self._items, self._lanes, self._labels, tops, strict=True):
            self._leader(item, lane, top + (_APART + _LINE) / 2)
            self._mark(item, lane)
            self._write(label, top + _APART / 2)
        ends = [top + label.height for top, label in zip(tops, self._labels, strict=True)]
        height = max([_TOP + self._length, *ends]) + _TOP
        return self._drawing, height, [end for end in ends if all(abs(end - tick) > 12 for tick in named)]

    def _lay_out(self) -> None:
        """Give each thing its lane, and each label its lines, on an axis of the present length."""
        self._ticks = ticks(self._scale, max(2, int(self._length / _TICK_ROOM)), self._calendar)
        self._axis_at = max((width(tick.short) for tick in self._ticks), default=0) * _TICK_SIZE + 12
        self._lanes, self._step, count = self._bars()
        self._labels_at = self._axis_at + 10 + count * self._step + _LEADER
        self._labels = [self._label(item) for item in self._items]

    def _tops(self) -> list[float]:
        """Where the labels begin, so that their first lines are as near as can be to what they name."""
        wanted = [
            (self._stand(item) + (label.height - _APART - _LINE) / 2, label.height)
            for item, label in zip(self._items, self._labels, strict=True)
        ]
        middles = settled(wanted, self._length + 2 * _TOP)
        return [middle - label.height / 2 for middle, label in zip(middles, self._labels, strict=True)]

    def _y(self, day: float) -> float:
        """The height at which a day begins."""
        return _TOP + self._length * min(max(self._scale.position(day), 0.0), 1.0)

    def _stand(self, item: Dated) -> float:
        """The height that a label points to: the middle of a day, or near the beginning of something longer."""
        top, bottom = self._y(item.start), self._y(item.end + 1)
        return top + min((bottom - top) / 2, 10)

    def _is_bar(self, item: Dated) -> bool:
        return self._y(item.end + 1) - self._y(item.start) >= _SHORTEST_BAR

    def _bars(self) -> tuple[list[int], float, int]:
        """The lane of each item (-1 for what is a dot on the axis), how far lanes are apart, and their number."""
        places = [place for place, item in enumerate(self._items) if self._is_bar(item)]
        extents = [
            (self._y(self._items[place].start), self._y(self._items[place].end + 1)) for place in places
        ]
        rows = lanes(extents, 3)
        found = [-1] * len(self._items)
        for place, row in zip(places, rows, strict=True):
            found[place] = row
        count = max(rows, default=-1) + 1
        return found, min(_LANE, _LANES / count) if count else _LANE, count

    def _label(self, item: Dated) -> _Label:
        room, beside = self._room.width - self._labels_at, self._room.dates
        dates = wrapped(item.when, (beside - 12 if beside else room) / DATE_SIZE)
        return _Label(dates, wrapped(item.title, (room - beside) / TEXT_SIZE), beside)

    def _axis(self) -> Iterator[float]:
        """Draw the axis with its round days; the heights of their names."""
        drawing = self._drawing
        drawing.path([(self._axis_at, _TOP), (self._axis_at, _TOP + self._length)], "axis")
        for tick in self._ticks:
            y = self._y(tick.day)
            drawing.path([(self._axis_at - 6, y), (self._axis_at, y)], "tick")
            drawing.text(self._axis_at - 10, y + 4, tick.short, "tick-name", "end")
            yield y

    def _leader(self, item: Dated, lane: int, down: float) -> None:
        stand = self._stand(item)
        begin = self._axis_at + 5 if lane < 0 else self._axis_at + 10 + lane * self._step + 5
        end = self._labels_at
        self._drawing.path([(begin, stand), (end - _LEADER + 2, stand), (end - 7, down)], "leader")

    def _mark(self, item: Dated, lane: int) -> None:
        drawing = self._drawing
        style = "sure" if item.lasting else "within"
        if item.approximate:
            style += " about"
        top, bottom = self._y(item.start), self._y(item.end + 1)
        if lane >= 0:
            across = self._axis_at + 10 + lane * self._step
            drawing.bar(across, top, min(6, self._step - 1.5), bottom - top, style)
        else:
            across = self._axis_at
            drawing.dot(across, (top + bottom) / 2, 4, "sure about" if item.approximate else "sure")
        if item.first is None:
            self._arrow(across + 3 * (lane >= 0), top, -1)
        if item.last is None or item.end > self._scale.last:
            self._arrow(across + 3 * (lane >= 0), bottom, 1)

    def _arrow(self, across: float, down: float, way: int) -> None:
        """An arrow from what has no beginning, or no end, here."""
        tip = down + way * 15
        self._drawing.path([(across, down), (across, tip)], "open-end")
        self._drawing.path(
            [(across - 3.5, tip - way * 4.5), (across, tip), (across + 3.5, tip - way * 4.5)], "open-end"
        )

    def _write(self, label: _Label, top: float) -> None:
        first = top + 15
        for number, line in enumerate(label.dates):
            self._drawing.text(self._labels_at, first + number * _LINE, line, "date")
        below = 0 if label.beside else len(label.dates)
        for number, line in enumerate(label.titles, below):
            self._drawing.text(self._labels_at + label.beside, first + number * _LINE, line, "name")
