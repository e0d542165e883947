"""What a day of study came to, in numbers: a roll-up of the review log that can always be counted again.

An answer counts on its study day. What it counts as depends on where the card stood before it, so the
numbers of a card are counted along its fold. What was taken back counts nowhere.
"""

from collections.abc import Iterable
from typing import NamedTuple

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.entry_kinds import ANSWERS, EntryKind
from fasti.core.log import LogEntry, apply, effective
from fasti.core.sm2 import MAXIMUM_INTERVAL

BANDS = (0, 7, 21, 90, 365)
"""The shortest interval, in days, of each band in which retention is told. From 21 days on Anki calls a card mature."""

PASSED = 3
"""The lowest grade at which SM-2 holds a card to be remembered."""

LONGEST_THINKING_MS = 120_000
"""What one answer counts at most: a card that was left open is not study. (Anki stops its clock too.)"""


class DayCounts(NamedTuple):
    """The answers of a study day.

    `answers` are all of them, repeats and cramming among them; `new` those that were the first to a card;
    `thinking_ms` the milliseconds from question to grade, of each answer at most `LONGEST_THINKING_MS`.

    `asked_…` and `kept_…` are what true retention is reckoned from, one pair for each of the `BANDS`: how
    many cards that had been learnt on an earlier day were answered for the first time that day, and how
    many of them with a grade of 3 or more, by the interval that they had until then. It is what Anki's
    manual calls true retention (https://docs.ankiweb.net/stats.html): neither the first meeting with a
    card nor a repeat on the same day says what was remembered.
    """

    answers: int = 0
    new: int = 0
    thinking_ms: int = 0
    asked_0: int = 0
    kept_0: int = 0
    asked_7: int = 0
    kept_7: int = 0
    asked_21: int = 0
    kept_21: int = 0
    asked_90: int = 0
    kept_90: int = 0
    asked_365: int = 0
    kept_365: int = 0


def count(counts: list[int], state: CardState, entry: LogEntry) -> None:
    """Add what an entry in effect counts for to the numbers of its day; `state` is the card's before it."""
    if entry.kind not in ANSWERS:
        return
    counts[_ANSWERS] += 1
    counts[_THINKING] += min(max(entry.thinking_ms or 0, 0), LONGEST_THINKING_MS)
    if entry.kind is not EntryKind.REVIEW:
        return
    if state.due_day is None:
        counts[_NEW] += 1
    # After a merge a card may have been reviewed twice on a day: the second is a repeat, as in the fold.
    elif state.last_day is None or entry.study_day > state.last_day:
        place = _FIRST_BAND + 2 * band_of(state.interval)
        counts[place] += 1
        counts[place + 1] += entry.grade is not None and entry.grade >= PASSED


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
                counts = days[entry.study_day] = [0] * _WIDTH
            count(counts, state, entry)
        state = apply(state, entry, maximum_interval=maximum_interval)
    return state, days


def band_of(interval: int) -> int:
    """The place among the `BANDS` of an interval in days."""
    band = 0
    while band + 1 < len(BANDS) and interval >= BANDS[band + 1]:
        band += 1
    return band


_WIDTH = len(DayCounts._fields)
_ANSWERS, _NEW, _THINKING, _FIRST_BAND = (
    DayCounts._fields.index(name) for name in ("answers", "new", "thinking_ms", "asked_0")
)
