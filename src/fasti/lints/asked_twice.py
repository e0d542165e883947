"""Two facts that ask the same and want different answers."""

from collections.abc import Iterator, Sequence

from fasti.core.cards import Asked
from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar
from fasti.core.facts import Fact
from fasti.core.identity import key_of
from fasti.core.text import normalised
from fasti.lints.lint import Found, Subject, Tools, shown, where


def find(subjects: Sequence[Subject], _: Tools) -> Iterator[Found]:
    """Each card of a deck that asks what another fact's card asks, and has another answer."""
    first: dict[tuple[str, str, object], tuple[Subject, Fact, Asked]] = {}
    for subject in subjects:
        told: set[int] = set()
        for fact, card in subject.cards():
            word = "" if fact.question == card.prompt else card.form.word
            key = (subject.deck.id, word, _prompt(subject, fact, card))
            elsewhere, other, its = first.setdefault(key, (subject, fact, card))
            if other is fact or id(fact) in told or _answer(card) == _answer(its):
                continue
            if elsewhere is subject and _is_same_fact(subject, fact, other):
                continue
            told.add(id(fact))
            question = f"{word} {card.prompt}".strip()
            message = (
                f"{where(elsewhere, other.place, subject)} asks the same, {shown(question)}, and wants "
                f"{shown('; '.join(its.answer))}; say in both what tells them apart"
            )
            yield Found(subject, fact.place, message, "warning")


def _prompt(subject: Subject, fact: Fact, card: Asked) -> object:
    """What a card asks; of a date, its days, however it is written."""
    if not subject.asks_of_date(card) or fact.question:
        return subject.plain(card.prompt)
    try:
        date = read_date(card.prompt, Calendar(fact.calendar or "gregorian"))
    except ValueError:
        return subject.plain(card.prompt)
    return date.earliest, date.latest, date.approximate, date.calendar


def _is_same_fact(subject: Subject, fact: Fact, other: Fact) -> bool:
    """Whether it is told already that two facts say the same."""
    kind = subject.kinds[fact.kind]
    return fact.kind == other.kind and key_of(fact, kind) == key_of(other, kind)


def _answer(card: Asked) -> frozenset[str]:
    return frozenset(map(normalised, card.answer))
