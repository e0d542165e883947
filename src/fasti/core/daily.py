"""What a day of study came to, in numbers: a roll-up of the review log that can always be counted again.

An answer counts on its study day. What it counts as depends on where the card stood before it, so the
numbers of a card are counted along its fold. What was taken back counts nowhere.
"""

from bisect import bisect_right
from collections.abc import Iterable

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.day_counts import BANDS, DayCounts
from fasti.core.entry_kinds import ANSWERS, EntryKind
from fasti.core.log import LogEntry, apply, effective
from fasti.core.sm2 import MAXIMUM_INTERVAL, passes

WIDTH = len(DayCounts._fields)
ANSWERS_AT, NEW_AT, THINKING_AT, FIRST_BAND_AT = (
    DayCounts._fields.index(name) for name in ("answers", "new", "thinking_ms", "asked_0")
)
"""Where numbers of a day are in the order of `DayCounts`; each band has two, from the first on."""

LONGEST_THINKING_MS = 120_000
"""What one answer counts at most: a card that was left open is not study. (Anki stops its clock too.)"""


def count(counts: list[int], state: CardState, entry: LogEntry) -> None:
    """Add what an entry in effect counts for to the numbers of its day; `state` is the card's before it."""
    if entry.kind not in ANSWERS:
        return
    counts[ANSWERS_AT] += 1
    counts[THINKING_AT] += min(max(entry.thinking_ms or 0, 0), LONGEST_THINKING_MS)
    if entry.kind is not EntryKind.REVIEW:
        return
    if state.due_day is None:
        counts[NEW_AT] += 1
    # After a merge a card may have been reviewed twice on a day: the second is a repeat, as in the fold.
    elif state.last_day is None or entry.study_day > state.last_day:
        place = FIRST_BAND_AT + 2 * band_of(state.interval)
        counts[place] += 1
        counts[place + 1] += entry.grade is not None and passes(entry.grade)


def counted(
    entries: Iterable[LogEntry], *, maximum_interval: int = MAXIMUM_INTERVAL
) -> tuple[CardState, dict[int, list[int]]]:
    """The state of the one card that the entries are about, as `fold_card` has it, and its numbers by study day.

    The numbers are in the order of `DayCounts`; days without an answer are left out.
    """
    state = FRESH_CARD
    days: dict[int, list[int]] = {}
    for entry in effective(entries):
        if entry.kind in ANSWERS:
            counts = days.get(entry.study_day)
            if counts is None:
                counts = days[entry.study_day] = [0] * WIDTH
            count(counts, state, entry)
        state = apply(state, entry, maximum_interval=maximum_interval)
    return state, days


def band_of(interval: int) -> int:
    """The place among the `BANDS` of an interval in days."""
    return bisect_right(_LATER_BANDS, interval)


_LATER_BANDS = BANDS[1:]
