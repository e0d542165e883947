"""Marking an item of a list that is named by fewer words than its author used.

The items of a list are often whole sentences (`To redress the missile balance`), and nobody types those.
"""

from collections.abc import Sequence

from fasti.core.marks import MISSPELT, Mark, close, half, right
from fasti.core.slips import alike
from fasti.core.spelling import wording

_SMALL = frozenset(
    (
        *("the", "a", "an", "of", "and", "or", "to", "in", "on", "at", "by", "for", "from", "with", "as"),
        *(
            "is",
            "was",
            "were",
            "be",
            "been",
            "had",
            "has",
            "have",
            "its",
            "it",
            "his",
            "her",
            "their",
            "that",
        ),
        *("into", "over", "against", "between", "about", "after", "before", "than", "which", "who", "s"),
    )
)
_DENIALS = frozenset(("not", "no", "never", "without", "non", "isnt", "wasnt", "except"))


def in_short(given: str, place: int, answers: Sequence[str]) -> Mark | None:
    """The mark of `given` as a shorter way to say the answer at `place`; None where it is none.

    Its words stand in the answer, in this order, and in no other answer of the list. Two of them, or half
    of those that matter, are enough; one is part of it.
    """
    words = telling_words(given)
    places = [at for at, other in enumerate(answers) if _runs_through(words, telling_words(other))]
    # What is spelt right somewhere is not misspelt elsewhere.
    spelt_right = [at for at in places if set(words) <= set(telling_words(answers[at]))]
    places = spelt_right or places
    if place not in places:
        return None
    if len(places) > 1:
        return half("which one? say more of it")
    if len(words) > 1 or 2 * len(words) >= len(telling_words(answers[place])):
        misspelt = not set(words) <= set(telling_words(answers[place]))
        return close(MISSPELT) if misspelt else right("right, in fewer words")
    return half("part of it: words are missing")


def owners(text: str, answers: Sequence[str]) -> frozenset[int]:
    """The answers with which a text shares the most words; all of them where it shares none."""
    words = set(telling_words(text))
    shared = [len(words & set(telling_words(answer))) for answer in answers]
    return frozenset(place for place, number in enumerate(shared) if number == max(shared))


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a text, without those that only join others."""
    plain, numbers = wording(text).plain, wording(text).numbers
    return (*(word for word in plain if word not in _SMALL), *numbers)


def _runs_through(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether the words of `part` stand in `whole` in this order, and deny nothing that it says."""
    if not part or (_DENIALS & set(part)) != (_DENIALS & set(whole)):
        return False
    rest = iter(whole)
    return all(any(alike(word, other) for other in rest) for word in part)
