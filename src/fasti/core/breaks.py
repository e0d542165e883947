"""Days off: a view of the schedule that moves nothing in it.

While a learner is on a break nothing is due; what came due meanwhile waits for its end.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from fasti.core.queue import level_day


class Break(NamedTuple):
    """Study days off, the first and the last included."""

    first_day: int
    last_day: int


def merged(breaks: Iterable[Break]) -> list[Break]:
    """The same days off in order, what overlaps or follows at once in one."""
    found: list[Break] = []
    for each in sorted(breaks):
        if found and each.first_day <= found[-1].last_day + 1:
            found[-1] = Break(found[-1].first_day, max(found[-1].last_day, each.last_day))
        else:
            found.append(each)
    return found


def break_on(breaks: Iterable[Break], day: int) -> Break | None:
    """The whole break that a day is part of, or None."""
    return next((each for each in merged(breaks) if each.first_day <= day <= each.last_day), None)


def back_day(breaks: Iterable[Break], day: int) -> int:
    """The first day from this one on that is not off."""
    off = break_on(breaks, day)
    return day if off is None else off.last_day + 1


def days_at_work(breaks: Iterable[Break], first_day: int, last_day: int) -> int:
    """How many of the days from one to another, both included, are not off; 0 where there are none."""
    off = sum(
        max(0, min(each.last_day, last_day) - max(each.first_day, first_day) + 1) for each in merged(breaks)
    )
    return max(0, last_day - first_day + 1) - off


def next_around(
    breaks: Iterable[Break], after_day: int, next_due: Callable[[int], tuple[int, int] | None]
) -> tuple[int, int] | None:
    """The first day after `after_day` on which cards are due and that is not off, and how many by then.

    `next_due` says the same of the schedule, which knows no days off.
    """
    found = next_due(after_day)
    if found is None:
        return None
    day, count = found
    back = back_day(breaks, day)
    while (following := next_due(day)) is not None and following[0] <= back:
        day, count = following[0], count + following[1]
    return back, count


HORIZON = 400
"""Days ahead that are looked at to say when a learner is level."""


def level_around(
    breaks: Iterable[Break], due_counts: Mapping[int, int], today: int, a_day: int
) -> int | None:
    """`core.queue.level_day`, with no card asked on days off; None where that is more than `HORIZON` days at work away."""
    known = merged(breaks)
    at_work: dict[int, int] = {}
    for day, count in due_counts.items():
        place = 0 if day <= today else days_at_work(known, today, back_day(known, day) - 1)
        at_work[place] = at_work.get(place, 0) + count
    level = level_day(at_work, 0, a_day)
    if level is None or level > HORIZON:
        return None
    day = back_day(known, today)
    for _ in range(level):
        day = back_day(known, day + 1)
    return day
