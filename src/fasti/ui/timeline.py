"""A timeline for the eye: an axis of time, and under it a line for every date."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.counting import counted
from fasti.core.dates import Calendar
from fasti.core.stretches import Stretch
from fasti.core.time_scale import Scale
from fasti.core.timeline import Dated, calendar_of
from fasti.ui.axis import Axis, signs
from fasti.ui.console import standard_output
from fasti.ui.lines import (
    FAINT,
    LABEL,
    NO_BREAK,
    STRONG,
    Line,
    Piece,
    cells,
    hanging,
    line,
    padded,
    with_plain_spaces,
    wrapped,
)
from fasti.ui.look import Look, for_pictures
from fasti.ui.pipes import until_closed
from fasti.ui.time_words import (
    calendar_notes,
    dates_counted,
    days_drawn,
    is_one_date,
    lapse,
    short_date,
)

if TYPE_CHECKING:
    from fasti.timelines import Timeline

_COLUMNS_FROM = 60
"""The width from which dates have a column of their own; on a narrower screen they stand over their facts."""

_LONGEST_DATE = 16
"""The widest column of dates on a screen of 80; a wider screen spares half as much again."""

_AGAIN = 24
"""Dates after which the axis is drawn again, so that it is in sight; not for the last few."""

_FEW = 4

_GAP = "  "


def show_timeline(timeline: "Timeline", *, accessible: bool) -> None:
    """Print a timeline that has dates: drawn, or in sentences."""
    output = standard_output()
    with until_closed(output.file):
        if accessible:
            from fasti.ui.timeline_spoken import timeline_sentences

            output.show(timeline_sentences(timeline, output.look))
        else:
            output.show(timeline_lines(timeline, output.look))


def timeline_lines(timeline: "Timeline", look: Look) -> list[Line]:
    """The title, each stretch with its axis and its dates, the people, and what the marks mean."""
    look = for_pictures(look)
    drawing = _Drawing(timeline, look)
    lines = _title(timeline, look)
    before: Stretch | None = None
    for stretch in timeline.stretches:
        lines += [line(), *drawing.heading(stretch, before), *drawing.stretch(stretch, timeline.calendar)]
        before = stretch
    if timeline.people:
        lines += [line(), *drawing.people()]
    return [*lines, line(), *drawing.legend()]


def _title(timeline: "Timeline", look: Look) -> list[Line]:
    parts = [dates_counted(timeline), days_drawn(timeline.stretches, timeline.calendar)]
    said = f"{_GAP}{f' {look.dot} '.join(parts)}"
    remarks = calendar_notes(timeline)
    if (number := len(timeline.stretches)) > 1:
        remarks.insert(0, f"In {number} stretches, each to a scale of its own; `--one-scale` draws one.")
    return [
        *wrapped(line(look.text(timeline.title, STRONG), said), look.measure, "", _GAP),
        *(row for remark in remarks for row in wrapped(line(Piece(remark, FAINT)), look.measure)),
    ]


class _Layout(NamedTuple):
    """The columns of the axis, those of the dates (none: a line of their own), and the width of all."""

    axis: int
    date: int
    width: int


def _layout(items: Sequence[Dated], width: int) -> _Layout:
    axis = max(width * 3 // 10, min(width - 80, 96))
    most = _LONGEST_DATE if width < 100 else _LONGEST_DATE * 3 // 2
    longest = max(min(cells(short_date(item.when)), most) for item in items)
    return _Layout(axis, longest if width >= _COLUMNS_FROM else 0, width)


class _Drawing:
    """A timeline being drawn: it remembers which marks it used, to explain those and no others."""

    def __init__(self, timeline: "Timeline", look: Look) -> None:
        self._timeline = timeline
        self._look = look
        self._signs = signs(look)
        self._used: set[str] = set()

    def heading(self, stretch: Stretch, before: Stretch | None) -> list[Line]:
        """What a stretch is, how long nothing happened before it, and how long a column of it is."""
        if len(self._timeline.stretches) == 1:
            return []
        calendar = self._timeline.calendar
        parts = [f"{lapse(max(stretch.first - before.last, 1))} later"] if before else []
        if not is_one_date(stretch.items):
            column = (stretch.last - stretch.first + 1) / _layout(stretch.items, self._look.width).axis
            parts.append(f"one column is {lapse(column)}")
        name = self._look.text(days_drawn([stretch], calendar), STRONG)
        said = f" {self._look.dot} ".join(["", *parts])
        return wrapped(line(name, Piece(said, FAINT)), self._look.measure, "", _GAP)

    def stretch(self, stretch: Stretch, calendar: Calendar) -> list[Line]:
        """The axis and the dates of a stretch."""
        return self._items(stretch.items, Scale(stretch.first, stretch.last), calendar)

    def people(self) -> list[Line]:
        """The lives, on an axis of their own, with the days of the dates above for comparison."""
        people = self._timeline.people
        first, last = min(one.start for one in people), max(one.end for one in people)
        said = counted(len(people), "person", "people")
        return [
            line(Piece(f"Lives of {said}", STRONG)),
            *self._items(people, Scale(first, last), calendar_of(people)),
        ]

    def legend(self) -> list[Line]:
        """What the marks mean that were used."""
        marks = self._signs
        meanings = (
            (marks.exact, "then"),
            (marks.about, "about then"),
            (marks.lasting, "all that time"),
            (marks.within, "some time in it"),
            (marks.before, "or earlier"),
            (marks.after, "or later"),
        )
        used = (f"{sign} {meaning}" for sign, meaning in meanings if sign in self._used)
        said = "   ".join(each.replace(" ", NO_BREAK) for each in used)
        return with_plain_spaces(wrapped(line(Piece(said, FAINT)), self._look.measure))

    def _items(self, items: Sequence[Dated], scale: Scale, calendar: Calendar) -> list[Line]:
        layout = _layout(items, self._look.width)
        axis = Axis(scale, layout.axis, layout.width, calendar, self._signs)
        measured = not is_one_date(items)
        lines: list[Line] = []
        date = ""
        for number, item in enumerate(items):
            again = number % _AGAIN == 0 and (number == 0 or len(items) - number > _FEW)
            if again and measured:
                lines += axis.head()
            said = self._said(item, layout, repeats=item.when == date and not again)
            date = item.when
            bar = axis.bar(item) if measured else [(0, axis.point(item))]
            self._used |= {cell.sign for _, cell in bar}
            blank = axis.row() if measured else line(" " * layout.axis)
            drawn = axis.row(bar) if measured else line(bar[0][1].sign, " " * (layout.axis - 1))
            lines += [(*(blank if row else drawn), *text) for row, text in enumerate(said)]
        return lines

    def _said(self, item: Dated, layout: _Layout, *, repeats: bool) -> list[Line]:
        """The lines of text beside the axis: the date, unless it `repeats` the one above, and the title."""
        look, here = self._look, item.position == self._timeline.marked
        style = STRONG if here else ""
        marker = Piece(f"{self._signs.here} " if here else _GAP, LABEL)
        date = "" if repeats else look.text(short_date(item.when)).text
        room = layout.width - layout.axis - 2
        title = line(look.text(item.title, style))
        shown = [Piece(padded(date, layout.date) + _GAP, style or FAINT)]
        if cells(date) <= layout.date:
            rows = hanging(line(*shown) if layout.date else (), title, room)
        else:
            indent = " " * (layout.date + 2) if layout.date else ""
            rows = [*wrapped(line(Piece(date, style or FAINT)), room), *wrapped(title, room, indent, indent)]
        return [(marker if number == 0 else Piece(_GAP), *row) for number, row in enumerate(rows)]
