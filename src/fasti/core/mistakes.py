"""What a wrong answer is the right answer to: another fact of the deck, by its name or by its date."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fasti.core.answers import judge_text
from fasti.core.card import Card, Judge
from fasti.core.date_guesses import guesses
from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, DateError, HistoricalDate, Precision
from fasti.core.facts import Fact
from fasti.core.kinds import Form, Kind
from fasti.core.links import title_of
from fasti.core.names import is_name
from fasti.core.review import Mistaken

_NO_NAMES = frozenset(("q", "order"))
_ARTICLES = ("the ", "a ", "an ")
_NEAR = 3


class Dated(NamedTuple):
    """A fact of which a card asks the date, as its author wrote that."""

    fact: str
    title: str
    is_person: bool
    date: str
    calendar: str = ""


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
    return _named(found[0], kinds[found[0].kind])._replace(exact=top > _NEAR)


def mistaken_date(meant: Sequence[HistoricalDate], dated: Iterable[Dated]) -> Mistaken | None:
    """The one fact that has a date that was typed; None where there is none or several."""
    found = list({each.fact: each for each in dated if any(_is_on(each, date) for date in meant)}.values())
    if len(found) != 1:
        return None
    return Mistaken(found[0].title, is_date=True, is_name=found[0].is_person)


def dates_meant(card: Card, typed: str) -> list[HistoricalDate]:
    """The dates that what was typed may be; none where the card asks no date."""
    answer = _read(card.answer[0], card.calendar) if card.judge is Judge.DATE else None
    if answer is None:
        return []
    return [guess.date for guess in guesses(typed, answer) if not guess.era and not guess.other_calendar]


def year_words(dates: Iterable[HistoricalDate]) -> tuple[str, ...]:
    """The figures of which one stands in every text that is one of these dates, where that can be said."""
    words = []
    for date in dates:
        end = date.earliest or date.latest
        if end is None or date.precision in (Precision.DECADE, Precision.CENTURY):
            return ()
        words.append(str(end.year) if end.year > 0 else str(1 - end.year))
    return tuple(dict.fromkeys(words))


def _is_on(dated: Dated, meant: HistoricalDate) -> bool:
    date = _read(dated.date, dated.calendar)
    if date is None:
        return False
    return (date.earliest, date.latest, date.calendar) == (meant.earliest, meant.latest, meant.calendar)


def _read(text: str, calendar: str) -> HistoricalDate | None:
    try:
        return read_date(text, Calendar(calendar or "gregorian"))
    except DateError:
        return None


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
