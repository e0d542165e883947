"""SM-2: what one grade does to the memory of one card, in exact integers.

Source: P. A. Woźniak, *Optimization of learning* (1990), chapter 3.2, web edition of 10 May 1998,
https://www.supermemo.com/archives1990-2015/english/ol/sm2. The ease (his E-Factor) is held in
hundredths: every change of it is a whole number of hundredths, so that nothing is ever rounded but
the interval. A float gives wrong days: 6 * 1.5000000000000002 rounds up to 10, not to 9.
"""

from enum import StrEnum
from typing import NamedTuple

EASE_START = 250
EASE_FLOOR = 130
MAXIMUM_INTERVAL = 3_650
HIGHEST_MAXIMUM_INTERVAL = 36_500
PASSED = 3
"""The lowest grade at which a card counts as recalled."""
WELL = 4
"""The lowest grade at which it need not come back the same day."""

_GRADES = range(6)
_FIRST_INTERVAL = 1
_SECOND_INTERVAL = 6

# Step 5 of the text, EF' = EF + (0.1 - (5 - q) * (0.08 + (5 - q) * 0.02)), in hundredths.
_EASE_CHANGE = tuple(10 - (5 - grade) * (8 + (5 - grade) * 2) for grade in _GRADES)


class Profile(StrEnum):
    """A reading of SM-2, where its text and its author's program differ.

    `TEXT` is the text of 1990 to the letter: a lapse leaves the ease alone (step 6) and a fraction of
    a day is rounded up (step 3). `REFERENCE` is SuperMemo's own plug-in in Delphi,
    https://super-memory.com/english/ol/sm2source.htm: every grade changes the ease, and intervals
    are rounded to the nearest day, halves to the even one.
    """

    TEXT = "text"
    REFERENCE = "reference"


_TEXT = Profile.TEXT


class Memory(NamedTuple):
    """What SM-2 remembers of a card.

    `repetitions` are the passes since the last lapse, `interval` is in days, `ease` in hundredths;
    `lapses` counts the failures of a card that had been passed before.
    """

    repetitions: int
    interval: int
    ease: int
    lapses: int


FRESH = Memory(repetitions=0, interval=0, ease=EASE_START, lapses=0)


def step(
    memory: Memory,
    grade: int,
    *,
    profile: Profile = Profile.TEXT,
    maximum_interval: int = MAXIMUM_INTERVAL,
) -> Memory:
    """The memory after a repetition graded 0 to 5, its interval never above `maximum_interval` days.

    A pass multiplies the interval by the ease as it stood before this grade, as the plug-in does.
    Raises ValueError for anything but a whole number from 0 to 5, and for a maximum interval that is
    not between 1 and 36,500 days.
    """
    _check(grade, maximum_interval)
    return Memory(*stepped(*memory, grade, profile, maximum_interval))


def step_early(
    memory: Memory,
    grade: int,
    *,
    elapsed: int,
    remaining: int,
    profile: Profile = Profile.TEXT,
    maximum_interval: int = MAXIMUM_INTERVAL,
) -> Memory:
    """The memory after a repetition `elapsed` days after the last one, `remaining` days before it was due.

    SM-2 has no early repetitions; its rule taken by the letter would have a card that is asked every day
    leave for years. So a pass multiplies the days that were really waited, and never brings the card back
    sooner than it would have come unasked, nor sooner than any card comes that was passed twice. A failure
    is one like any other, and so is the first pass after it.
    """
    _check(grade, maximum_interval)
    return Memory(*stepped_early(*memory, grade, elapsed, remaining, profile, maximum_interval))


def stepped(
    repetitions: int,
    interval: int,
    ease: int,
    lapses: int,
    grade: int,
    profile: Profile,
    maximum_interval: int,
) -> tuple[int, int, int, int]:
    """What `step` does, in plain numbers and unchecked: a log is folded by the million."""
    # `max` and `min` would take longer than all else here.
    changed_ease = ease + _EASE_CHANGE[grade]
    if changed_ease < EASE_FLOOR:  # noqa: PLR1730
        changed_ease = EASE_FLOOR
    if grade < PASSED:
        return 0, _FIRST_INTERVAL, ease if profile == _TEXT else changed_ease, lapses + (repetitions >= 1)
    if repetitions == 0:
        days = _FIRST_INTERVAL
    elif repetitions == 1:
        days = _SECOND_INTERVAL
    else:
        hundredths = interval * ease
        days = -(-hundredths // 100) if profile == _TEXT else _nearest_even(hundredths)
        # Only a memory that did not come from `step` has an interval of nothing to multiply.
        if days < _FIRST_INTERVAL:  # noqa: PLR1730
            days = _FIRST_INTERVAL
    if days > maximum_interval:  # noqa: PLR1730
        days = maximum_interval
    return repetitions + 1, days, changed_ease, lapses


def stepped_early(
    repetitions: int,
    interval: int,
    ease: int,
    lapses: int,
    grade: int,
    elapsed: int,
    remaining: int,
    profile: Profile,
    maximum_interval: int,
) -> tuple[int, int, int, int]:
    """What `step_early` does, in the same way."""
    waited = max(1, min(interval, elapsed))
    after = stepped(repetitions, waited, ease, lapses, grade, profile, maximum_interval)
    if after[0] < 2:
        return after
    days = max(after[1], remaining, _SECOND_INTERVAL)
    return after[0], min(days, maximum_interval), after[2], after[3]


def passes(grade: int) -> bool:
    """Whether the card counts as recalled: grades 3, 4 and 5."""
    return grade >= PASSED


def owes_repeat(grade: int) -> bool:
    """Whether the card comes back the same day until it scores 4 (step 7): 3 passes and yet comes back."""
    return grade < WELL


def _check(grade: int, maximum_interval: int) -> None:
    # A bool is an int to Python; True as a grade is a mistake of the caller's.
    if type(grade) is not int or not 0 <= grade <= 5:
        raise ValueError(f"a grade is a whole number from 0 to 5, not `{grade!r}`")
    if not 1 <= maximum_interval <= HIGHEST_MAXIMUM_INTERVAL:
        raise ValueError(
            f"the maximum interval is between 1 and {HIGHEST_MAXIMUM_INTERVAL} days, not `{maximum_interval!r}`"
        )


def _nearest_even(hundredths: int) -> int:
    whole, rest = divmod(hundredths, 100)
    return whole + (rest > 50 or (rest == 50 and whole % 2 == 1))
