"""A timeline for the ear: a sentence for every date, and for every long time without one."""

from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.core.dates import Precision, unit_of
from fasti.core.stretches import Stretch
from fasti.core.timeline import Dated
from fasti.ui.lines import Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.time_words import calendar_notes, dates_counted, days_drawn, lapse

if TYPE_CHECKING:
    from fasti.timelines import Timeline

_LONG = 8
"""A time without dates is told of if it is this part of all the days of its stretch, or more."""


def timeline_sentences(timeline: "Timeline", look: Look) -> list[Line]:
    """The title, then the dates in the order of time, then the people."""
    days = days_drawn(timeline.stretches, timeline.calendar)
    said = [f"Timeline of {timeline.title}: {dates_counted(timeline)}, {days}."]
    said += calendar_notes(timeline)
    before: int | None = None
    for stretch in timeline.stretches:
        said += _stretch(timeline, stretch, before)
        before = stretch.last
    if timeline.people:
        said.append(f"Lives of {counted(len(timeline.people), 'person', 'people')}.")
        said += [_life(person) for person in timeline.people]
    return [row for sentence in said for row in wrapped(line(look.text(sentence)), look.measure)]


def _stretch(timeline: "Timeline", stretch: Stretch, before: int | None) -> list[str]:
    said = []
    for item in stretch.items:
        gap = 0 if before is None else item.start - before
        if gap > 1 and (item is stretch.items[0] or gap * _LONG > stretch.last - stretch.first):
            said.append(f"Then {lapse(gap)} without a date.")
        said.append(_sentence(item, marked=item.position == timeline.marked))
        before = item.end if before is None else max(before, item.end)
    return said


def _sentence(item: Dated, *, marked: bool) -> str:
    when = item.when if item.when.startswith("c.") else item.when[:1].upper() + item.when[1:]
    # The days of `16–28 October` are thirteen; how many years `264–146 BC` are is a matter of counting.
    in_days = item.lasting and item.end > item.start and unit_of(item.date) is Precision.DAY
    lasted = f", {lapse(item.end - item.start + 1)}" if in_days else ""
    return f"{'Here: ' if marked else ''}{when}{lasted}: {item.title.rstrip('.')}."


def _life(person: Dated) -> str:
    return f"{person.title}: {person.when}."
