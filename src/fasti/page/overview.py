"""The whole of a timeline on one line, to scale, with the stretches into which it falls."""

from collections.abc import Sequence

from fasti.core.dates import Calendar
from fasti.core.stretches import Stretch
from fasti.core.time_scale import Scale, ticks
from fasti.page.drawing import Drawing
from fasti.page.language import Language
from fasti.page.stretch import Room

HEIGHT = 84


def overview(parts: Sequence[Stretch], calendar: Calendar, room: Room, language: Language) -> Drawing:
    """A line from the first day of all to the last, a mark for each item, and a numbered band for each stretch."""
    scale = Scale(min(part.first for part in parts), max(part.last for part in parts))
    drawing = Drawing(room.width, language)

    def across(day: float) -> float:
        return _SIDE + (room.width - 2 * _SIDE) * scale.position(day)

    drawing.path([(_SIDE, _AXIS), (room.width - _SIDE, _AXIS)], "axis")
    for tick in ticks(scale, int(room.width / _TICK_ROOM), calendar):
        drawing.path([(across(tick.day), _AXIS), (across(tick.day), _AXIS + 6)], "tick")
        drawing.text(across(tick.day), _AXIS + 22, tick.short, "tick-name", "middle")
    named_until = 0.0
    for number, part in enumerate(parts, 1):
        begin, end = across(part.first), across(part.last + 1)
        drawing.bar(begin, _AXIS - 22, max(end - begin, 3), 12, "band odd" if number % 2 else "band")
        for item in part.items:
            drawing.path([(across(item.start + 0.5), _AXIS - 7), (across(item.start + 0.5), _AXIS)], "mark")
        middle = max((begin + end) / 2, named_until + 14)
        named_until = middle
        drawing.path([(middle, _AXIS - 30), ((begin + end) / 2, _AXIS - 23)], "leader")
        drawing.text(middle, _AXIS - 34, str(number), "band-name", "middle")
    return drawing


_SIDE = 26
_AXIS = 56
_TICK_ROOM = 74
