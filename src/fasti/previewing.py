"""`fasti preview`: the facts of a deck file with the cards that a student will see, chosen by kind, unit or line."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from fasti.checking import Checked, check
from fasti.core.card import Card
from fasti.core.cards import cards_of
from fasti.core.facts import Deck, Fact, Problem
from fasti.core.kinds import BUILT_IN, Kind
from fasti.core.links import Links
from fasti.decks.wording import listed, meant, shown
from fasti.errors import ExitCode, FastiError

VERSION = 1
"""The version of what `as_json` gives."""


class NoSuchChoiceError(FastiError):
    """A kind, a unit or a line that the deck does not have."""

    exit_code = ExitCode.USAGE


class PreviewedFact(NamedTuple):
    """A fact and its cards, in the author's order."""

    fact: Fact
    kind: Kind
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A deck file as its students will meet it: what is wrong with it, and the facts that are good.

    `title` is the deck's. `starts` are the lines on which its facts begin, good or not. `kinds` and `units`
    are those that its facts have, in the author's order.
    """

    checked: Checked
    title: str = ""
    facts: tuple[PreviewedFact, ...] = ()
    starts: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The deck file."""
        return self.checked.path

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the file, by place."""
        return self.checked.problems


class Choice(NamedTuple):
    """Which facts are wanted: of a kind, of a unit, or the one at a line (from 1); all where nothing is said."""

    kind: str = ""
    unit: str = ""
    line: int | None = None


class Count(NamedTuple):
    """How many facts and cards there are of a kind."""

    facts: int
    cards: int


def previews(paths: Iterable[Path]) -> list[Preview]:
    """All decks that these files and folders hold, without advice: that is for a deck that is finished.

    Raises FastiError where a path leads to none.
    """
    return [preview_of(_without_advice(checked)) for checked in check(paths)]


def preview_of(checked: Checked) -> Preview:
    """The preview of a file that was checked."""
    reading = checked.reading
    if reading.deck is None:
        return Preview(checked, starts=tuple(each.place.line for each in reading.damaged))
    facts = _with_cards(reading.deck)
    places = [*(each.fact.place for each in facts), *(each.place for each in reading.damaged)]
    return Preview(
        checked,
        reading.deck.title,
        facts,
        tuple(sorted(place.line for place in places)),
        tuple(dict.fromkeys(each.fact.unit for each in facts if each.fact.unit)),
        tuple(dict.fromkeys(each.kind.name for each in facts)),
    )


def _without_advice(checked: Checked) -> Checked:
    problems = tuple(problem for problem in checked.problems if problem.severity != "advice")
    return replace(checked, problems=problems)


def chosen(preview: Preview, choice: Choice) -> Preview:
    """The preview with the chosen facts, and of the problems those of the line, where one is chosen.

    Raises NoSuchChoiceError where the deck has no such kind, unit or line.
    """
    if choice.line is not None:
        preview = _at_line(preview, choice.line)
    facts = preview.facts
    if choice.kind:
        _refuse_unknown("kind", choice.kind, preview.kinds, preview)
        facts = tuple(each for each in facts if each.kind.name == choice.kind)
    if choice.unit:
        unit = _unit(choice.unit, preview)
        facts = tuple(each for each in facts if each.fact.unit == unit)
    return replace(preview, facts=facts)


def counts(facts: Iterable[PreviewedFact]) -> dict[str, Count]:
    """How many facts and cards there are of each kind, in the order in which the kinds first appear."""
    found: dict[str, Count] = {}
    for each in facts:
        before = found.get(each.kind.name, Count(0, 0))
        found[each.kind.name] = Count(before.facts + 1, before.cards + len(each.cards))
    return found


def path_and_line(text: str) -> tuple[str, int | None]:
    """`deck.yaml:12` as the path and the line; a file that really has such a name is taken as it is."""
    found = _PLACE.fullmatch(text)
    if found is None or Path(text).exists():
        return text, None
    return found[1], int(found[2])


def as_json(shown: Sequence[Preview]) -> dict[str, Any]:
    """The values that `fasti preview --json` prints."""
    return {"version": VERSION, "decks": [_deck_json(each) for each in shown]}


def fact_json(each: PreviewedFact) -> dict[str, Any]:
    """A fact and its cards as plain values."""
    return {
        "line": each.fact.place.line,
        "kind": each.kind.name,
        "id": each.fact.id,
        "unit": each.fact.unit or None,
        "cards": [_card_json(card) for card in each.cards],
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as plain values, as `fasti check --format json` gives it, without the path."""
    return {
        "line": problem.place.line,
        "column": problem.place.column,
        "code": str(problem.code),
        "severity": problem.severity,
        "message": problem.message,
    }


_PLACE = re.compile(r"(.+?):([0-9]{1,7})(?::[0-9]{1,7})?:?")


def _with_cards(deck: Deck) -> tuple[PreviewedFact, ...]:
    kinds: Mapping[str, Kind] = {**BUILT_IN, **deck.kinds}
    links = Links(deck.facts, kinds)
    return tuple(
        PreviewedFact(fact, kinds[fact.kind], cards_of(fact, kinds[fact.kind], links, deck.sources))
        for fact in deck.facts
    )


def _at_line(preview: Preview, line: int) -> Preview:
    """The fact whose lines reach from its first to the one before the next fact."""
    start = max((start for start in preview.starts if start <= line), default=None)
    if start is None:
        advice = f"the first begins on line {preview.starts[0]}" if preview.starts else "the deck has none"
        raise NoSuchChoiceError(f"no fact stands at line {line} of `{preview.path}`", advice)
    end = min((other for other in preview.starts if other > line), default=None)
    problems = tuple(
        problem
        for problem in preview.problems
        if start <= problem.place.line and (end is None or problem.place.line < end)
    )
    facts = tuple(each for each in preview.facts if each.fact.place.line == start)
    return replace(preview, checked=replace(preview.checked, problems=problems), facts=facts)


def _unit(wanted: str, preview: Preview) -> str:
    same = [unit for unit in preview.units if unit.casefold() == wanted.casefold()]
    if not same:
        _refuse_unknown("unit", wanted, preview.units, preview)
    return same[0]


def _refuse_unknown(what: str, wanted: str, known: Sequence[str], preview: Preview) -> None:
    if wanted in known:
        return
    guess = meant(wanted, known)
    has = f"it has {listed(known, 'and')}" if known else f"no fact of it names a {what}"
    raise NoSuchChoiceError(
        f"`{preview.path}` has no fact of the {what} {shown(wanted)}",
        f"did you mean {shown(guess)}?" if guess else has,
    )


def _deck_json(preview: Preview) -> dict[str, Any]:
    return {
        "path": str(preview.path),
        "title": preview.title,
        "problems": [problem_json(problem) for problem in preview.problems],
        "facts": [fact_json(each) for each in preview.facts],
        "counts": {kind: count._asdict() for kind, count in counts(preview.facts).items()},
    }


def _card_json(card: Card) -> dict[str, Any]:
    return {
        "asks": card.asks,
        "question": card.question,
        "word": card.word,
        "prompt": card.prompt,
        "answer": list(card.answer),
        "judge": card.judge.value,
        "accept": list(card.accept),
        "hints": list(card.hints),
        "extras": list(card.extras),
        "note": card.note or None,
        "sources": list(card.sources),
        "image": card.image or None,
    }
