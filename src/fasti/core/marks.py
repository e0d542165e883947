"""The mark that a typed answer is given: a suggested grade, and what was right about it."""

from typing import NamedTuple

MISSPELT = "nearly: check the spelling"
"""What is said of an answer with a slip of the pen."""


class Mark(NamedTuple):
    """A suggested SM-2 grade and its reason.

    4 is right; 3 and 2 are close, 2 where a strict teacher would call it wrong; 1 is wrong; 0 is no answer.
    """

    grade: int
    sentence: str


def right(sentence: str = "right") -> Mark:
    """What was asked for."""
    return Mark(4, sentence)


def close(sentence: str) -> Mark:
    """Near enough to count as recalled, with difficulty."""
    return Mark(3, sentence)


def half(sentence: str) -> Mark:
    """Near, but not recalled: a strict teacher would call it wrong."""
    return Mark(2, sentence)


def wrong(sentence: str = "not the answer") -> Mark:
    """Something else."""
    return Mark(1, sentence)


def blank() -> Mark:
    """No answer, or one that says it is not known."""
    return Mark(0, "no answer")


def best(marks: list[Mark]) -> Mark:
    """The first of the highest marks; at least one is needed."""
    return max(marks, key=lambda mark: mark.grade)
