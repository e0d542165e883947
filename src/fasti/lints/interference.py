"""Cards that are mistaken for each other: questions almost alike, and one answer to many questions."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fasti.core.card import Judge
from fasti.core.identity import Similarity
from fasti.lints.lint import Found, Subject, Tools, shown

if TYPE_CHECKING:
    from fasti.core.cards import Asked
    from fasti.core.facts import Fact

ALIKE = 90
"""Similarity (0-100) above which two questions are mistaken for each other."""

MOST_SAME = 5
"""How many facts of a deck may have one answer before it can be guessed."""

ALL_PAIRS = 300
"""Up to how many questions each is compared with each; of more, only with those that are likely alike."""

_LEAST_LETTERS = 8
_WORD = re.compile(r"\S+")
_NEIGHBOURS = 4


def find(subjects: Sequence[Subject], tools: Tools) -> Iterator[Found]:
    """Each fact that is asked for almost like one before it, and each answer that too many facts have."""
    for subject in subjects:
        yield from _alike(subject, tools.similar)
        yield from _same_answers(subject)


def pairs_alike(prompts: list[str], similar: Similarity) -> Iterator[tuple[str, str]]:
    """The pairs of questions that are more alike than ALIKE: all of them, or of many, the likely ones."""
    if len(prompts) <= ALL_PAIRS:
        for place, prompt in enumerate(prompts[:-1]):
            for at, score in similar(prompt, prompts[place + 1 :], ALIKE):
                if score > ALIKE:
                    yield prompt, prompts[place + 1 + at]
        return
    for prompt, others in _likely(prompts).items():
        for at, score in similar(prompt, others, ALIKE):
            if score > ALIKE:
                yield prompt, others[at]


def _alike(subject: Subject, similar: Similarity) -> Iterator[Found]:
    groups: dict[str, dict[str, tuple[Fact, Asked]]] = defaultdict(dict)
    for fact, card in subject.cards():
        if len(card.prompt) >= _LEAST_LETTERS and not subject.asks_of_date(card):
            groups[card.form.word].setdefault(subject.plain(card.prompt), (fact, card))
    told: set[int] = set()
    for prompts in groups.values():
        for one, other in pairs_alike(list(prompts), similar):
            (first, its), (fact, card) = sorted(
                (prompts[one], prompts[other]), key=lambda pair: pair[0].place
            )
            if first is fact or fact.hints or id(fact) in told or its.answer == card.answer:
                continue
            told.add(id(fact))
            message = (
                f"this is asked almost like line {first.place.line}, {shown(its.prompt)}; "
                "say in both what tells them apart, or give a `hint`"
            )
            yield Found(subject, fact.place, message, "advice")


def _likely(prompts: list[str]) -> dict[str, list[str]]:
    """For each question a few that may be like it: one word apart, or neighbours from either end."""
    likely: dict[str, dict[str, None]] = defaultdict(dict)
    last: dict[str, str] = {}
    for prompt in prompts:
        for word in _WORD.finditer(prompt):
            key = prompt[: word.start()] + prompt[word.end() :]
            other = last.get(key)
            if other is not None and _may_be_alike(prompt, other):
                likely[prompt][other] = None
            last[key] = prompt
    for ordered in (sorted(prompts), sorted(prompts, key=lambda prompt: prompt[::-1])):
        for place, prompt in enumerate(ordered):
            for other in ordered[place + 1 : place + _NEIGHBOURS]:
                if _may_be_alike(prompt, other):
                    likely[prompt][other] = None
    return {prompt: list(others) for prompt, others in likely.items()}


def _may_be_alike(one: str, other: str) -> bool:
    """Whether two texts are near enough in length, as what is at most a tenth apart must be."""
    return abs(len(one) - len(other)) * 10 <= len(one) + len(other)


def _same_answers(subject: Subject) -> Iterator[Found]:
    facts: dict[tuple[str, str], dict[int, Fact]] = defaultdict(dict)
    for fact, card in subject.cards():
        if len(card.answer) == 1 and card.form.judge is not Judge.DATE:
            facts[card.form.word, subject.plain(card.answer[0])].setdefault(id(fact), fact)
    for having in facts.values():
        if len(having) > MOST_SAME:
            several = list(having.values())
            lines = ", ".join(str(fact.place.line) for fact in several[:MOST_SAME])
            message = (
                f"{len(several)} facts have this answer and it can be guessed: lines {lines}, …; "
                "ask some of them the other way round"
            )
            yield Found(subject, several[MOST_SAME].place, message, "advice")
