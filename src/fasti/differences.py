"""What is different between two readings of a deck file, as an author or a student would see it."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from fasti.core.facts import Problem
from fasti.core.links import title_of
from fasti.previewing import Preview, PreviewedFact


class Difference(NamedTuple):
    """What is different between two readings of a deck file.

    `gone` are the titles of facts that left it, `held` of those that have a problem now that keeps them out.
    """

    solved: tuple[Problem, ...] = ()
    new_problems: tuple[Problem, ...] = ()
    changed: tuple[PreviewedFact, ...] = ()
    new: tuple[PreviewedFact, ...] = ()
    gone: tuple[str, ...] = ()
    held: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether a student, or a checker, would see no difference."""
        return not any(self)


def difference(before: Preview | None, after: Preview | None) -> Difference:
    """What is different; None is a file that is not there. Lines that only moved are no difference."""
    old_problems, new_problems = before.problems if before else (), after.problems if after else ()
    old_facts, new_facts = before.facts if before else (), after.facts if after else ()
    left, came = _only(old_facts, new_facts), _only(new_facts, old_facts)
    mended = [each for each in came if _title(each) in _damaged(before)]
    changed, new, rest = _paired(left, [each for each in came if each not in mended])
    titles = [_title(each) for each in rest]
    return Difference(
        _without(old_problems, new_problems),
        _without(new_problems, old_problems),
        (*changed, *mended),
        tuple(new),
        tuple(title for title in titles if title not in _damaged(after)),
        tuple(title for title in titles if title in _damaged(after)),
    )


def _title(each: PreviewedFact) -> str:
    return title_of(each.fact, each.kind)


def _damaged(preview: Preview | None) -> set[str]:
    """What the facts that have errors begin with."""
    reading = preview.checked.reading if preview else None
    return {each.text for each in reading.damaged if each.text} if reading else set()


_LINE = re.compile(r"\bline \d+")


def _without(problems: Sequence[Problem], others: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems that the others have not; where on the page they stand does not count."""
    there = Counter(map(_problem_key, others))
    found = []
    for problem in problems:
        key = _problem_key(problem)
        there[key] -= 1
        if there[key] < 0:
            found.append(problem)
    return tuple(found)


def _problem_key(problem: Problem) -> tuple[str, str, str]:
    return str(problem.code), problem.severity, _LINE.sub("line", problem.message)


def _only(facts: Sequence[PreviewedFact], others: Sequence[PreviewedFact]) -> list[PreviewedFact]:
    """The facts that are not, just as they are, among the others."""
    there = Counter(map(_fact_key, others))
    found = []
    for each in facts:
        key = _fact_key(each)
        there[key] -= 1
        if there[key] < 0:
            found.append(each)
    return found


def _fact_key(each: PreviewedFact) -> tuple[object, ...]:
    fact = each.fact
    return fact.kind, fact.id, tuple(fact.fields.items()), fact.unit, fact.tags, each.cards


def _paired(
    left: Sequence[PreviewedFact], came: Sequence[PreviewedFact]
) -> tuple[list[PreviewedFact], list[PreviewedFact], list[PreviewedFact]]:
    """Of the facts that came, those that are one of the others changed, and those that are new; what is gone."""
    rest = list(left)
    changed, new = [], []
    for each in came:
        other = next((old for old in rest if _is_same(old, each)), None)
        if other is None:
            new.append(each)
        else:
            rest.remove(other)
            changed.append(each)
    return changed, new, rest


def _is_same(old: PreviewedFact, new: PreviewedFact) -> bool:
    """Whether a fact is another one changed: one id, or one kind and a field that says the same."""
    if old.fact.id or new.fact.id:
        return old.fact.id == new.fact.id
    if old.kind.name != new.kind.name:
        return False
    return any(new.fact.fields.get(name) == texts for name, texts in old.fact.fields.items())
