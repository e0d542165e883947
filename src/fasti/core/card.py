"""A card: one question about a fact, as it is asked."""

from enum import StrEnum
from typing import NamedTuple

VERSION = 2
"""Raised when `core.cards` would make other cards of the same fact, so that stored ones are made anew."""


class Judge(StrEnum):
    """How an answer is judged: by the student alone, or first by comparing what was typed."""

    SELF = "self"
    TEXT = "text"
    DATE = "date"
    LIST = "list"
    ORDER = "order"


class Card(NamedTuple):
    """One question about a fact.

    `asks` names it within its fact and never depends on its position: `when`, `cloze:truman-doctrine`.
    `answer` has several texts where a list is to be recalled. `extras` are the fact's other fields,
    shown with the answer. `sentence` is that of a cloze: what is shown and what was hidden in turns.
    """

    asks: str
    word: str
    prompt: str
    answer: tuple[str, ...]
    judge: Judge
    accept: tuple[str, ...] = ()
    calendar: str = ""
    hints: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()
    unit: str = ""
    image: str = ""
    sentence: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """The question on one line."""
        return f"{self.word} {self.prompt}".strip()
