"""Where a card stands for a learner, and what a grade makes of it."""

from typing import NamedTuple

from fasti.core.sm2 import EASE_START, MAXIMUM_INTERVAL, Memory, Profile, step, step_early


class CardState(NamedTuple):
    """Where a card stands for a learner; days are study days.

    `due_day` is None while the card is new. `first_day` and `last_day` are those of the reviews that
    moved the schedule, which `reviews` counts. `owed` says that the last grade was below 4: the card
    comes back today if `last_day` is today. `buried_until` is the day it comes back, 0 for none.
    """

    repetitions: int
    interval: int
    ease: int
    lapses: int
    due_day: int | None
    first_day: int | None
    last_day: int | None
    owed: bool
    suspended: bool
    buried_until: int
    flagged: bool
    reviews: int

    @property
    def memory(self) -> Memory:
        """The part that SM-2 knows."""
        return Memory(self.repetitions, self.interval, self.ease, self.lapses)


FRESH_CARD = CardState(
    repetitions=0,
    interval=0,
    ease=EASE_START,
    lapses=0,
    due_day=None,
    first_day=None,
    last_day=None,
    owed=False,
    suspended=False,
    buried_until=0,
    flagged=False,
    reviews=0,
)


def memory_after(
    state: CardState,
    grade: int,
    day: int,
    *,
    profile: Profile = Profile.TEXT,
    maximum_interval: int = MAXIMUM_INTERVAL,
) -> Memory:
    """What SM-2 remembers after a review graded 0 to 5 on a study day after the last one.

    On the due day or later the planned interval counts, before it the days that were waited.
    """
    if state.due_day is None or state.last_day is None or day >= state.due_day:
        return step(state.memory, grade, profile=profile, maximum_interval=maximum_interval)
    return step_early(
        state.memory,
        grade,
        elapsed=day - state.last_day,
        remaining=state.due_day - day,
        profile=profile,
        maximum_interval=maximum_interval,
    )
