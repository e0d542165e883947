"""Every lint, by its code. Adding one is adding a module and a line here, and its section to `docs/checks.md`."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fasti.core.facts import Problem
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.lints import (
    answers,
    asked_twice,
    causes,
    interference,
    lives,
    other_dates,
    plain_links,
    sources,
    spelling,
)
from fasti.lints.lint import Find, Found, Subject, Tools, each_deck


class Lint(NamedTuple):
    """A lint; `about` says in one line what its code stands for.

    Whether one that is `uncertain` tells anything depends on more than the file: on the other files that
    are checked, or on what was asked for.
    """

    code: str
    about: str
    find: Find
    uncertain: bool = False


LINTS = (
    Lint("cause-after-effect", "a cause that is dated after its effect", each_deck(causes.find)),
    Lint("outside-life", "an event before the birth or after the death of its person", each_deck(lives.find)),
    Lint("different-dates", "an event or a life with other dates in another file", other_dates.find, True),
    Lint(
        "plain-link",
        "a cause or effect in plain words that is a fact of its own",
        each_deck(plain_links.find),
    ),
    Lint("no-source", "facts that do not say where they are from", each_deck(sources.find)),
    Lint("answer-in-question", "a question that has its own answer in it", each_deck(answers.given_away)),
    Lint("long-answer", "an answer of more than 25 words", each_deck(answers.long)),
    Lint("long-list", "a list of more than seven things to recall", each_deck(answers.long_list)),
    Lint("two-answers", "two facts that ask the same and want different answers", asked_twice.find, True),
    Lint("interfering", "facts that are mistaken for each other", interference.find),
    Lint("misspelt", "a word that the spell checker does not know", spelling.find, True),
)


MOST_ADVICE = 20
"""How often one piece of advice is given on one file; more of them say no more."""


def linted(
    subjects: Sequence[Subject], tools: Tools, onlooker: Onlooker = nobody
) -> Iterator[tuple[Subject, Problem]]:
    """What the lints find in these decks, each with the deck that it is told of.

    All warnings and all that can be mended, but of other advice no more than MOST_ADVICE of one lint a file.
    """
    for lint in told(LINTS, onlooker, "Looking for what could be better", "checks", every=1):
        given: dict[int, int] = {}
        more: dict[int, Found] = {}
        for found in lint.find(subjects, tools):
            number = id(found.subject)
            if found.severity == "advice" and not found.fix:
                given[number] = given.get(number, 0) + 1
                if given[number] > MOST_ADVICE:
                    more.setdefault(number, found)
                    continue
            yield found.subject, Problem(found.place, lint.code, found.message, found.severity, found.fix)
        for number, found in more.items():
            message = f"there are {given[number] - MOST_ADVICE:,} more like this"
            yield found.subject, Problem(found.place, lint.code, message, "advice")
