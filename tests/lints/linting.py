"""Decks as text, and what the lints tell of them."""

from collections.abc import Callable, Mapping

from fasti.core.facts import Problem
from fasti.decks.read import read_deck
from fasti.likeness import similar
from fasti.lints.lint import Tools, subject_of
from fasti.lints.registry import linted

Speller = Callable[[str, frozenset[str]], Mapping[str, str]]


def problems(
    *facts: str, code: str = "", head: str = "deck: T\n", speller: Speller | None = None
) -> list[Problem]:
    """What the lints tell of decks with these facts, the first of which stands on line 3; of one lint only, if `code`."""
    subjects = []
    for number, text in enumerate(facts):
        reading = read_deck(f"{head}facts:\n{text}")
        assert reading.deck is not None
        assert [problem for problem in reading.problems if problem.severity == "error"] == []
        subjects.append(subject_of(f"{number}.yaml", reading.deck))
    return [problem for _, problem in linted(subjects, Tools(similar, speller)) if code in ("", problem.code)]


def told(*facts: str, code: str, head: str = "deck: T\n") -> list[str]:
    """`line:column severity` of what one lint tells."""
    return [
        f"{problem.place.line}:{problem.place.column} {problem.severity}"
        for problem in problems(*facts, code=code, head=head)
    ]
