"""What a line of notes can turn out to be: a fact, or a reason why it is none."""

from typing import NamedTuple

from fasti.core.facts import Fact


class Reason(NamedTuple):
    """Why a line is no fact, as a sentence that says what to write."""

    sentence: str


Finding = Fact | Reason | None
"""A fact, a reason why it cannot be one, or None where the line is of another form."""


def fact(kind: str, **fields: str | tuple[str, ...]) -> Fact:
    """A fact with these fields, empty ones left out; `_` in a name stands for a space."""
    values = {
        name.replace("_", " "): (value,) if isinstance(value, str) else value
        for name, value in fields.items()
        if value
    }
    return Fact(kind, values)
