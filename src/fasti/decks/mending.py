"""Which fixes are certain: those after which a file, read again, has the problem no more and no other instead."""

from collections import Counter
from collections.abc import Iterator, Sequence

from fasti.core.facts import Change, Problem
from fasti.decks.changes import changed, lines_of, settled
from fasti.decks.quoting import likely_fix
from fasti.decks.read import read_deck
from fasti.decks.vocabulary import vocabulary_of

MOST_TRIED = 20
"""How many fixes are tried one by one, where they are not all right together: a bound on time."""


def certain_fixes(text: str, problems: Sequence[Problem], name_hint: str = "") -> list[Problem]:
    """The problems with the fixes that are certain; a fix that is not is left out.

    `problems` are all that is told of the file, `text` what it holds. A fix is certain if what it changes is
    there, and if the changed text has one problem less than this one had and none besides.
    """
    lines = lines_of(text.removeprefix("\ufeff"))
    words = vocabulary_of(text)
    likely = [_settled(problem.fix or likely_fix(problem, lines, words), lines) for problem in problems]
    if not any(likely):
        return [problem._replace(fix=()) for problem in problems]
    sure = _sure(text, problems, likely, name_hint)
    return [
        problem._replace(fix=fix if number in sure else ())
        for number, (problem, fix) in enumerate(zip(problems, likely, strict=True))
    ]


def _settled(changes: Sequence[Change], lines: Sequence[str]) -> tuple[Change, ...]:
    found = [settled(change, lines) for change in changes]
    return tuple(change for change in found if change) if all(found) else ()


def _sure(
    text: str, problems: Sequence[Problem], likely: Sequence[tuple[Change, ...]], name_hint: str
) -> set[int]:
    """The numbers of the fixes after which nothing is worse: all of them at once, else one by one."""
    before = _told(text, name_hint)
    numbers = [number for number, fix in enumerate(likely) if fix]
    if _is_better(text, [problems[n] for n in numbers], [likely[n] for n in numbers], before, name_hint):
        return set(numbers)
    return {
        number
        for number in numbers[:MOST_TRIED]
        if _is_better(text, [problems[number]], [likely[number]], before, name_hint)
    }


def _is_better(
    text: str,
    problems: Sequence[Problem],
    fixes: Sequence[tuple[Change, ...]],
    before: Counter[str],
    name_hint: str,
) -> bool:
    gone = Counter(str(problem.code) for problem in problems)
    after = _told(changed(text, _all(fixes)), name_hint)
    # A problem that is not the reader's own is not among those before.
    return after <= before and all(after[code] <= max(0, before[code] - gone[code]) for code in gone)


def _all(fixes: Sequence[tuple[Change, ...]]) -> Iterator[Change]:
    seen: set[Change] = set()
    for fix in fixes:
        for change in fix:
            if change not in seen:
                seen.add(change)
                yield change


def _told(text: str, name_hint: str) -> Counter[str]:
    return Counter(str(problem.code) for problem in read_deck(text, name_hint).problems)
