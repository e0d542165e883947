"""The stretches into which a timeline falls, so that each can have a scale of its own and still be read.

One fact in 44 BC and thirty in October 1962 do not fit one scale: thirty would share a place. Rather than
bend a scale, the timeline is broken where it is emptiest; each stretch is true to its own scale, and whoever
draws it says where the breaks are.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from fasti.core.timeline import Dated

RESOLUTION = 72
"""Places on an axis that a reader tells apart: about the columns of a terminal. The same for every width,
so that a deck falls into the same stretches wherever it is drawn."""


class Stretch(NamedTuple):
    """Neighbouring items, and the days from the first of them to the last, both included.

    An item that lasts beyond the stretch in which it begins is cut off at its end; so is an open one.
    """

    items: tuple[Dated, ...]
    first: int
    last: int


def stretches(
    items: Sequence[Dated], first: int | None = None, last: int | None = None
) -> tuple[Stretch, ...]:
    """The items, which are in the order of time, in one stretch or several; without items, none.

    A part of a stretch becomes one of its own where it holds a third of the items that cannot be told from
    their neighbours, in at most an eighth of the days, and at least `_LEAST` of them then can be; of several
    such parts, the one where most can. Items that begin on the same day stay together. Where
    `first` and `last` are given, no stretch goes beyond these days.
    """
    starts = _starts(items, first, last)
    cuts = sorted({0, *_cuts(starts), len(starts)})
    return tuple(
        _stretch(items[begin:end], starts[begin:end], starts[end] - 1 if end < len(starts) else last)
        for begin, end in pairwise(cuts)
    )


def unbroken(
    items: Sequence[Dated], first: int | None = None, last: int | None = None
) -> tuple[Stretch, ...]:
    """The items in one stretch, however long its gaps; as `stretches` otherwise."""
    return (_stretch(items, _starts(items, first, last), last),) if items else ()


_LEAST = 5
_FINER = 8
_SHARE = 3


def _cuts(starts: Sequence[int]) -> set[int]:
    """The places of items with which a new stretch begins."""
    found: set[int] = set()
    waiting = [(0, len(starts), _LEAST)]
    while waiting:
        begin, end, least = waiting.pop()
        if begin < end and (part := _crowded(starts, begin, end, least)):
            found |= set(part)
            # A part that has its own scale is broken up again only for twice as much.
            waiting += [(begin, part[0], least), (*part, 2 * least), (part[1], end, least)]
    return found


def _crowded(starts: Sequence[int], begin: int, end: int, least: int) -> tuple[int, int] | None:
    """Where the part begins and ends that gains most from a scale of its own, or None."""
    lost = _lost(starts, begin, end)
    most, chosen, part = least - 1, None, (begin, end)
    longest = (starts[end - 1] - starts[begin] + 1) // _FINER
    while found := _fullest(starts, lost, *part, longest):
        if (crowd := _between(lost, *found)) * _SHARE < len(lost):
            break
        # Within a crowd there may be a denser one, of which more can be told apart.
        part, longest = found, (starts[found[1] - 1] - starts[found[0]] + 1) // 2
        if (gain := crowd - len(_lost(starts, *part))) > most:
            most, chosen = gain, part
    return chosen


def _fullest(
    starts: Sequence[int], lost: Sequence[int], begin: int, end: int, longest: int
) -> tuple[int, int] | None:
    """The part of at most so many days that holds most of the lost items, and the shortest such."""
    best, chosen = (0, 0), None
    other = begin
    for one in range(begin, end):
        if one > begin and starts[one] == starts[one - 1]:
            continue
        while other < end and starts[other] - starts[one] < longest:
            other += 1
        crowd = _between(lost, one, other)
        close = _past_day(starts, lost[bisect_left(lost, other) - 1], end) if crowd else other
        if crowd and (crowd, starts[one] - starts[close - 1]) > best:
            best, chosen = (crowd, starts[one] - starts[close - 1]), (one, close)
    return chosen


def _past_day(starts: Sequence[int], place: int, end: int) -> int:
    """The place of the first item of a later day than the one at `place`."""
    return next((later for later in range(place, end) if starts[later] > starts[place]), end)


def _between(lost: Sequence[int], one: int, other: int) -> int:
    """How many of the lost items have a neighbour before them in this part."""
    return bisect_left(lost, other) - bisect_right(lost, one)


def _lost(starts: Sequence[int], begin: int, end: int) -> list[int]:
    """The places of items of another day than the one before that share a place of the axis with it."""
    days = starts[end - 1] - starts[begin] + 1
    return [
        place
        for place in range(begin + 1, end)
        if 0 < (starts[place] - starts[place - 1]) * RESOLUTION < days
    ]


def _starts(items: Sequence[Dated], first: int | None, last: int | None) -> list[int]:
    """Where the items begin within the days that are wanted."""
    starts = (item.start if first is None else max(item.start, first) for item in items)
    return [start if last is None else min(start, last) for start in starts]


def _stretch(items: Sequence[Dated], starts: Sequence[int], last: int | None) -> Stretch:
    end = max(item.end for item in items)
    return Stretch(tuple(items), starts[0], max(starts[-1], end if last is None else min(end, last)))
