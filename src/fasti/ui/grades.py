"""The grades a student chooses from: their keys, their names, and where each leads."""

from typing import NamedTuple

from fasti.core.review import Question
from fasti.ui.spans import long_interval, short_interval


class Choice(NamedTuple):
    """A grade from 0 to 5, the key that it is shown with, its name, and further keys for it."""

    key: str
    grade: int
    name: str
    more: tuple[str, ...] = ()


Scale = tuple[Choice, ...]

FOUR: Scale = (
    Choice("1", 2, "again"),
    Choice("2", 3, "hard"),
    Choice("3", 4, "good"),
    Choice("4", 5, "easy"),
)
SIX: Scale = (
    Choice("0", 0, "blank"),
    Choice("1", 1, "wrong"),
    Choice("2", 2, "almost"),
    Choice("3", 3, "hard"),
    Choice("4", 4, "good"),
    Choice("5", 5, "easy"),
)

GOOD = 4
LAPSE_BELOW = 3
REPEAT_BELOW = 4
"""A card graded lower comes back on the same day."""


def choice_of(grade: int, scale: Scale) -> Choice:
    """The choice for a grade; for one that the scale lacks, the lowest, which means the same."""
    return next((choice for choice in scale if choice.grade == grade), scale[0])


def chosen_by(key: str, scale: Scale) -> Choice | None:
    """The choice that a key, small or capital, stands for, or None."""
    small = key.casefold()
    return next(
        (
            choice
            for choice in scale
            if small and any(small == own.casefold() for own in (choice.key, *choice.more))
        ),
        None,
    )


def outlook(choice: Choice, question: Question) -> str:
    """Where a grade leads, in short: `today`, `6d`; for a repeat or in a cram `again` or `done`."""
    if question.drill or question.cram:
        return "done" if choice.grade >= REPEAT_BELOW else "again"
    return "today" if choice.grade < LAPSE_BELOW else short_interval(question.intervals[choice.grade])


def outlook_in_words(choice: Choice, question: Question) -> str:
    """Where a grade leads, in words: `today`, `6 days`; for a repeat or in a cram `again` or `done`."""
    if question.drill or question.cram or choice.grade < LAPSE_BELOW:
        return outlook(choice, question)
    return long_interval(question.intervals[choice.grade])
