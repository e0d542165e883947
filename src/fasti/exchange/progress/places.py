"""Where a card stands in Anki's schedule, in the numbers of our own."""

import json
from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from fasti.core.card_state import CardState
from fasti.core.days import Moment
from fasti.core.log import Adopted
from fasti.core.sm2 import EASE_FLOOR, EASE_START, HIGHEST_MAXIMUM_INTERVAL
from fasti.exchange.collection import AnkiCard, AnkiReview, Calendar
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

_GREATEST_EASE = 1_000
"""Hundredths. Anki begins with 5.00 at most and adds 0.15 an answer; from 10.00 three answers lead to years."""

_MOST_LAPSES = 9_999
"""As many as a card can have that was forgotten every day for 27 years."""


class Placed(NamedTuple):
    """Where a card stands by its values, `said`, and the nearest `place` where a card can stand."""

    said: Adopted
    place: Adopted


def first_day(calendar: Calendar, moment_of: Callable[[int], Moment]) -> int:
    """The study day that is day 0 of a collection: the date on which it began, in the zone where it did.

    `moment_of` gives the learner's moment at a time in milliseconds, for a collection that does not know its
    zone.
    """
    west = calendar.minutes_west
    offset = moment_of(within_time(calendar.created_s * 1000)).offset_min if west is None else -west
    return (calendar.created_s + offset * 60) // _DAY_S


def place_of(card: AnkiCard, day_0: int, state: CardState, day_of: Callable[[int], int]) -> Adopted:
    """Where Anki has a card that it has dealt with by its values, whatever they are, `day_0` being its first day.

    What Anki does not keep is taken from `state`, in which our log leaves the card: the passes since the last
    lapse, and the ease of a card that FSRS schedules. `day_of` gives the study day of a moment in
    milliseconds.
    """
    if card.type == Stage.NEW:
        return Adopted(0, 0, EASE_START, 0, None)
    ease = state.ease if _is_of_fsrs(card) else _ease(card.factor)
    interval = max(card.interval, 1)
    repetitions = _repetitions(interval, state) if card.type == Stage.REVIEW else 0
    return Adopted(repetitions, interval, ease, card.lapses, _due_day(card, day_0, day_of))


def before(said: Adopted, answer: AnkiReview, since: int, today: int) -> Adopted:
    """A place without what an answer from the future did to it, counted from the study day `since`.

    A due day that can be that of an answer until today stays: it is not that one's work.
    """
    if said.due_day is None or said.due_day - said.interval <= today + 1:
        return said
    interval = min(max(answer.last_interval, 1), HIGHEST_MAXIMUM_INTERVAL)
    repetitions = said.repetitions if interval >= _AFTER_TWO_PASSES else min(said.repetitions, 1)
    return said._replace(repetitions=repetitions, interval=interval, due_day=since + interval)


def nearest(said: Adopted, state: CardState, since: int) -> Adopted:
    """The nearest place where a card can stand with which Anki last dealt on the study day `since`.

    No card is due later than the longest interval from then on, and none was seen before 1970. Where our own
    log leads, in `state`, a card can stand.
    """
    if said.due_day is None or is_at(state, said):
        return said
    ease = min(max(said.ease, EASE_FLOOR), max(_GREATEST_EASE, state.ease))
    interval = min(said.interval, HIGHEST_MAXIMUM_INTERVAL)
    # A card of long ago is due at once, with an interval that fits, rather than in a hundred years.
    first = min(interval, max(since, 1))
    due_day = min(max(said.due_day, first), since + HIGHEST_MAXIMUM_INTERVAL)
    lapses = min(max(said.lapses, 0), _MOST_LAPSES)
    return Adopted(said.repetitions, min(interval, due_day), ease, lapses, due_day)


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
    return (factor + 5) // 10 if factor > 0 else EASE_START


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
