"""What a wrong answer is the right answer to: another fact of the deck, by its name or by its date."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fasti.core.answers import judge_text
from fasti.core.cards import Card
from fasti.core.date_guesses import guesses
from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, DateError, describe
from fasti.core.facts import Fact
from fasti.core.kinds import Form, Judge, Kind
from fasti.core.links import title_of
from fasti.core.names import is_name
from fasti.core.review import Mistaken

_NO_NAMES = frozenset(("q", "order"))
_ARTICLES = ("the ", "a ", "an ")
_NEAR = 3


class Dated(NamedTuple):
    """A fact of which a card asks the date."""

    fact: str
    title: str
    is_person: bool


def mistaken_name(typed: str, facts: Iterable[Fact], kinds: Mapping[str, Kind]) -> Mistaken | None:
    """The one fact that is called what was typed, with what it says; None where there is none or several."""
    best: dict[str, tuple[int, Fact]] = {}
    for fact in facts:
        kind = kinds.get(fact.kind)
        if kind is None or not _has_name(kind):
            continue
        title = title_of(fact, kind)
        grade = judge_text(typed, title, fact.accept).grade
        if grade >= _NEAR and grade > best.get(title, (0, fact))[0]:
            best[title] = (grade, fact)
    top = max((grade for grade, _ in best.values()), default=0)
    found = [fact for grade, fact in best.values() if grade == top]
    if len(found) != 1:
        return None
    return _named(found[0], kinds[found[0].kind])


def mistaken_date(dated: Iterable[Dated]) -> Mistaken | None:
    """The one fact among those that have the date that was typed; None where there is none or several."""
    found = list({each.fact: each for each in dated}.values())
    if len(found) != 1:
        return None
    return Mistaken(found[0].title, is_date=True, is_name=found[0].is_person)


def dates_meant(card: Card, typed: str) -> tuple[str, ...]:
    """The dates that what was typed may be, as cards show them; none where the card asks no date."""
    if card.judge is not Judge.DATE:
        return ()
    try:
        answer = read_date(card.answer[0], Calendar(card.calendar or "gregorian"))
    except DateError:
        return ()
    meant = (guess.date for guess in guesses(typed, answer) if not guess.era and not guess.other_calendar)
    return tuple(dict.fromkeys(map(describe, meant)))


def _has_name(kind: Kind) -> bool:
    return kind.name not in _NO_NAMES and kind.fields[0].form is Form.TEXT


def _named(fact: Fact, kind: Kind) -> Mistaken:
    title = title_of(fact, kind)
    about = next(
        (
            fact.text(field.name)
            for field in kind.fields[1:]
            if field.form is Form.TEXT and fact.text(field.name)
        ),
        "",
    )
    stands_alone = kind.name == "person" or is_name(title) or title.casefold().startswith(_ARTICLES)
    return Mistaken(title, about, is_name=stands_alone)
