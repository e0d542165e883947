"""A typed name against the right one, where they differ by a few letters."""

from collections.abc import Sequence
from typing import NamedTuple

from fasti.core.text import normalised
from fasti.ui.lines import cells, clusters

_NEAR = 0.6
"""How much of both must agree for a comparison to show anything but two different words."""


class Difference(NamedTuple):
    """Both texts with gaps where the other has more, as wide as each other, and marks below the differences."""

    typed: str
    right: str
    marks: str
    answer: str


def nearest_difference(typed: str, answers: Sequence[str], gap: str = "·") -> Difference | None:
    """How `typed` differs from the answer it comes nearest to; None where it is none of them, or is one."""
    # Imported here: most answers are right, and need no comparison.
    from difflib import SequenceMatcher

    if not answers or any(normalised(typed) == normalised(answer) for answer in answers):
        return None
    ours = clusters(" ".join(typed.split()))
    matchers = [SequenceMatcher(None, _small(ours), _small(clusters(text)), False) for text in answers]
    nearest = max(range(len(answers)), key=lambda number: matchers[number].ratio())
    if matchers[nearest].ratio() < _NEAR:
        return None
    return _aligned(matchers[nearest].get_opcodes(), ours, clusters(answers[nearest]), gap)


def _small(letters: list[str]) -> list[str]:
    return [letter.casefold() for letter in letters]


def _aligned(
    steps: Sequence[tuple[str, int, int, int, int]], typed: Sequence[str], right: Sequence[str], gap: str
) -> Difference:
    rows = ["", "", ""]
    for step, i, j, k, m in steps:
        ours, theirs = "".join(typed[i:j]), "".join(right[k:m])
        width = max(cells(ours), cells(theirs))
        rows[0] += ours + gap * (width - cells(ours))
        rows[1] += theirs + gap * (width - cells(theirs))
        rows[2] += (" " if step == "equal" else "^") * width
    return Difference(rows[0], rows[1], rows[2].rstrip(), "".join(right))
