"""A few days earlier or later: cards that were learnt together need not all come back on one day."""

from fasti.core.queue import rank_of

_NOT_UP_TO = 6
"""Days: the intervals of 1 and 6 that SM-2 begins with stay as they are."""

_PART = 20
_AT_MOST = 15


def spread(card: str, day: int, interval: int, maximum_interval: int) -> int:
    """The days by which a card answered on study day `day` is moved: a twentieth of its interval, or less.

    At least a day either way where the interval is above 6 days, at most 15, and never beyond
    `maximum_interval`. The same card, day and interval give the same everywhere. The next interval is worked out
    of the one that SM-2 gave, not of the moved one.
    """
    if interval <= _NOT_UP_TO:
        return 0
    most = min(max(interval // _PART, 1), _AT_MOST)
    moved = rank_of(card, day) % (2 * most + 1) - most
    return min(moved, maximum_interval - interval)
