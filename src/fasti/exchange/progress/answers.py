"""Lines of Anki's review log and entries of ours: what one is as the other, and which are the same."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum

from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry
from fasti.exchange.collection import AnkiReview

LEARNING, REVIEWED, RELEARNING, FILTERED, BY_HAND, RESCHEDULED = range(6)
"""The types of a line."""

GRADES = 4
"""How many answer buttons Anki has."""

# Anki has one button for the three grades that fail.
_EASE = (1, 1, 1, 2, 3, 4)
_GRADE = (None, 2, 3, 4, 5)

_LATEST_MS = 32_503_680_000_000
"""The year 3000: no computer that shows cards has a clock beyond it, and some have no date for it."""

_EARLIEST_MS = 172_800_000
"""Two days after 1970 began: its study day is one of 1970 in every zone."""

_MOVED_AT_MOST_MS = 1_000
"""How far a line may stand after its answer: those of one millisecond are written in a row."""


class Sort(Enum):
    """What a line is to us."""

    ANSWER = "answer"
    CRAM = "cram"
    RESET = "reset"
    BY_HAND = "by hand"
    IMPOSSIBLE = "impossible"


def sort_of(row: AnkiReview) -> Sort:
    """What a line is. One that was answered in a filtered deck and left the schedule alone has no `factor`."""
    if not is_moment(row.id) or not 0 <= row.ease <= GRADES:
        return Sort.IMPOSSIBLE
    if row.type == BY_HAND and row.ease == 0 and row.interval == 0:
        return Sort.RESET
    if row.type in (BY_HAND, RESCHEDULED) or row.ease == 0:
        return Sort.BY_HAND
    return Sort.CRAM if row.type == FILTERED and row.factor == 0 else Sort.ANSWER


def is_repeat(row: AnkiReview) -> bool:
    """Whether an answer is one of our own drills: learning that left an interval of days as it was.

    Anki's own lines of learning and relearning begin or end with an interval in seconds.
    """
    return row.type in (LEARNING, RELEARNING) and row.interval == row.last_interval >= 0


def is_moment(ms: int) -> bool:
    """Whether a number of milliseconds since 1970 can be when something was answered."""
    return _EARLIEST_MS <= ms < _LATEST_MS


def within_time(ms: int) -> int:
    """A number of milliseconds as the nearest moment that can be."""
    return min(max(ms, _EARLIEST_MS), _LATEST_MS - 1)


def grade_of(row: AnkiReview) -> int | None:
    """The grade, 2 to 5, that a button is; None for a line without one."""
    return _GRADE[row.ease]


def ease_of(entry: LogEntry) -> int | None:
    """The button that an entry is in Anki's log: 0 for a reset, None for what has no line there."""
    match entry.kind:
        case EntryKind.REVIEW | EntryKind.DRILL | EntryKind.CRAM if entry.grade is not None:
            return _EASE[entry.grade]
        case EntryKind.RESET:
            return 0
        case _:
            return None


def unknown(rows: Sequence[AnkiReview], known: Iterable[LogEntry]) -> list[AnkiReview]:
    """Those of a card's answers and resets, oldest first, that our log of the card does not have yet.

    Each entry stands for one line at most: of the same moment, or of the same button a moment later.
    """
    there: dict[int, list[int]] = {}
    for entry in known:
        ease = ease_of(entry)
        if ease is not None:
            there.setdefault(entry.answered_at_ms, []).append(ease)
    others = [row for row in rows if not _taken(there.get(row.id), row.ease)]
    before: dict[int, list[int]] = {}
    for moment in sorted(there):
        for ease in there[moment]:
            before.setdefault(ease, []).append(moment)
    unmoved = [row for row in others if not _found_before(before.get(row.ease), row.id)]
    # The moment alone tells last: an upgrade of Anki has renumbered the buttons of old lines.
    left = Counter(moment for moments in before.values() for moment in moments)
    return [row for row in unmoved if not _counted_off(left, row.id)]


def _taken(buttons: list[int] | None, ease: int) -> bool:
    """Take the entry of the same moment and button away, if there is one."""
    if not buttons or ease not in buttons:
        return False
    buttons.remove(ease)
    return True


def _counted_off(left: Counter[int], moment: int) -> bool:
    if not left[moment]:
        return False
    left[moment] -= 1
    return True


def _found_before(moments: list[int] | None, moment: int) -> bool:
    """Take the oldest entry away that the line can have been moved from."""
    if not moments:
        return False
    at = bisect_left(moments, moment - _MOVED_AT_MOST_MS)
    if at == len(moments) or moments[at] > moment:
        return False
    del moments[at]
    return True
