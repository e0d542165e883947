"""Facts on their way from a note to a deck."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fasti.core.facts import Fact
from fasti.core.text import normalised


class Draft(NamedTuple):
    """A fact without its id, unit and tags; `suffix` ends its id, `asks` is what each card by its place asks of it.

    `pictured` says that only its picture tells its question from those of other notes.
    """

    fact: Fact
    suffix: str
    asks: Mapping[int, str]
    pictured: bool = False


def told_apart(drafts: Sequence[Draft]) -> list[Fact]:
    """The facts of a deck; of the questions that differ by their pictures only, those after the first are numbered."""
    asked = Counter(
        normalised(draft.fact.text("q")) for draft in drafts if draft.fact.kind == "q" and not draft.pictured
    )
    facts: list[Fact] = []
    for draft in drafts:
        fact = draft.fact
        if draft.pictured:
            question = fact.text("q")
            asked[normalised(question)] += 1
            if (number := asked[normalised(question)]) > 1:
                fact = replace(fact, fields={**fact.fields, "q": (f"{question} ({number})",)})
        facts.append(fact)
    return facts
