"""Where a card stands in Anki's schedule, in the numbers of our own."""

import json
from collections.abc import Callable
from enum import IntEnum

from fasti.core.log import Adopted, CardState
from fasti.core.sm2 import EASE_FLOOR, EASE_START, HIGHEST_MAXIMUM_INTERVAL
from fasti.exchange.collection import AnkiCard, Calendar
from fasti.exchange.progress.answers import within_time

_DAY_S = 86_400


class Stage(IntEnum):
    """How far a card has come, its `type` in Anki."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


SUSPENDED = -1
"""The `queue` of a card that is not shown."""

_A_MOMENT = 1_000_000_000
"""From here on `due` of a card being learned is a moment in seconds, below it a day, to Anki as well."""

_LATEST_DAY = 100_000
"""A study day of the year 2243, later than any interval that is allowed can reach."""


def first_day(calendar: Calendar, offset_of: Callable[[int], int]) -> int:
    """The study day that is day 0 of a collection: the date on which it began, in the zone where it did.

    `offset_of` gives the offset from UTC in minutes, at a moment in milliseconds, for a collection that does
    not know its zone.
    """
    west = calendar.minutes_west
    offset = offset_of(within_time(calendar.created_s * 1000)) if west is None else -west
    return (calendar.created_s + offset * 60) // _DAY_S


def place_of(card: AnkiCard, day_0: int, state: CardState, day_of: Callable[[int], int]) -> Adopted:
    """Where Anki has a card that it has dealt with, `day_0` being its first day.

    What Anki does not keep is taken from `state`, in which our log leaves the card: the passes since the last
    lapse, and the ease of a card that FSRS schedules. `day_of` gives the study day of a moment in
    milliseconds.
    """
    if card.type == Stage.NEW:
        return Adopted(0, 0, EASE_START, 0, None)
    ease = state.ease if _is_of_fsrs(card) else _ease(card.factor)
    due_day = min(max(_due_day(card, day_0, day_of), 0), _LATEST_DAY)
    interval = min(max(card.interval, 1), HIGHEST_MAXIMUM_INTERVAL)
    repetitions = _repetitions(interval, state) if card.type == Stage.REVIEW else 0
    return Adopted(repetitions, interval, ease, max(card.lapses, 0), due_day)


def is_at(state: CardState, place: Adopted) -> bool:
    """Whether a card stands there, as far as Anki can tell."""
    if state.due_day is None or place.due_day is None:
        return state.due_day == place.due_day
    return (state.interval, state.ease, state.lapses, state.due_day) == place[1:]


def _is_of_fsrs(card: AnkiCard) -> bool:
    if '"s"' not in card.data:
        return False
    try:
        data = json.loads(card.data)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("s") is not None


def _ease(factor: int) -> int:
    """Hundredths from thousandths; a card that was never graded while in review has none."""
    return max((factor + 5) // 10, EASE_FLOOR) if factor > 0 else EASE_START


def _due_day(card: AnkiCard, day_0: int, day_of: Callable[[int], int]) -> int:
    due = card.original_due if card.original_deck and card.original_due else card.due
    return day_of(due * 1000) if card.type != Stage.REVIEW and due >= _A_MOMENT else day_0 + due


def _repetitions(interval: int, state: CardState) -> int:
    """Passes since the last lapse: our log's if it has the interval too, else as few as lead there."""
    if state.due_day is not None and state.interval == interval:
        return state.repetitions
    return 1 if interval < _AFTER_TWO_PASSES else max(2, state.repetitions)


_AFTER_TWO_PASSES = 6
"""The interval in days that SM-2 gives on the second pass."""
