"""The stretches into which a timeline falls, so that each can have a scale of its own and still be read.

One fact in 44 BC and thirty in October 1962 do not fit one scale: thirty would share a place. Rather than
bend a scale, the timeline is broken where it is emptiest; each stretch is true to its own scale, and whoever
draws it says where the breaks are.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
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


def stretches(items: Sequence[Dated]) -> tuple[Stretch, ...]:
    """The items, which are in the order of time, in one stretch or several.

    A part of a stretch becomes one of its own where it takes at most a twelfth of its days, and so at least
    `_LEAST` items can be told from their neighbours that could not before, and a quarter of all of these;
    of several such parts, the one where most can. Items that begin on the same day stay together.
    """
    starts = [item.start for item in items]
    cuts = sorted({0, *_cuts(starts), len(starts)})
    return tuple(
        _stretch(items[begin:end], starts[end] if end < len(starts) else None)
        for begin, end in zip(cuts, cuts[1:], strict=False)
    )


_LEAST = 5
_FINER = 12
_SHARE = 4


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
    enough = max(least, -(-len(lost) // _SHARE))
    chosen = None
    while fullest := _fullest(starts, lost, *(chosen or (begin, end))):
        if _between(lost, *fullest) < enough:
            break
        # A crowd within the crowd, if it leaves out little: the rest belongs to what is around it.
        chosen, enough = fullest, max(enough, -(-9 * _between(lost, *fullest) // 10))
    if chosen and _between(lost, *chosen) - len(_lost(starts, *chosen)) >= least:
        return chosen
    return None


def _fullest(starts: Sequence[int], lost: Sequence[int], begin: int, end: int) -> tuple[int, int] | None:
    """The part of at most a twelfth of the days that holds most of the lost items, and the shortest such."""
    longest = (starts[end - 1] - starts[begin] + 1) // _FINER
    best, chosen = (0, 0), None
    other = begin
    for one in range(begin, end):
        if one > begin and starts[one] == starts[one - 1]:
            continue
        while other < end and starts[other] - starts[one] < longest:
            other += 1
        if other > one and (full := (_between(lost, one, other), starts[one] - starts[other - 1])) > best:
            best, chosen = full, (one, other)
    return chosen


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


def _stretch(items: Sequence[Dated], following: int | None) -> Stretch:
    first = min(item.start for item in items)
    last = max(item.end for item in items)
    if following is not None:
        last = max(first, *(item.start for item in items), min(last, following - 1))
    return Stretch(tuple(items), first, last)
