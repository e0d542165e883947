"""Answers that are given away, too long to know, or too many to list."""

import re
from collections.abc import Iterator

from fasti.core.card import Judge
from fasti.core.cards import Asked
from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, describe
from fasti.core.facts import Fact, Place
from fasti.core.kinds import placeholders
from fasti.core.text import normalised
from fasti.lints.lint import Found, Subject, answer_place, shown

MOST_WORDS = 25
"""How many words an answer may have; of a longer one, nobody can say whether it was known."""

MOST_ITEMS = 7
"""How many things a list may ask for: what people hold at once (Miller, "The Magical Number Seven", 1956)."""


def given_away(subject: Subject) -> Iterator[Found]:
    """Each card whose question has its whole answer in it."""
    for fact, card in subject.cards():
        prompt = subject.plain(card.prompt)
        likely = [text for text in card.answer if _may_be_in(subject.plain(text), prompt, card)]
        if not likely or _CHOICE.search(prompt):
            continue
        question = _framed(prompt)
        if text := next((text for text in likely if _is_in(text, question, fact, card)), ""):
            message = f"the question has its answer in it: {shown(text)}; ask it in other words"
            yield Found(subject, fact.place_of(subject.kinds[fact.kind].fields[0].name), message, "warning")


def long(subject: Subject) -> Iterator[Found]:
    """Each answer of more words than can be judged as known or not."""
    told: set[Place] = set()
    for fact, card in subject.cards():
        for entry, text in enumerate(card.answer):
            if len(text) <= 2 * MOST_WORDS or (count := len(text.split())) <= MOST_WORDS:
                continue
            place = answer_place(fact, card, entry)
            if place not in told:
                told.add(place)
                message = (
                    f"this answer has {count} words, and more than {MOST_WORDS} are hard to know by heart; "
                    "keep the point, put the rest in `note`, or make several facts"
                )
                yield Found(subject, place, message, "advice")


def long_list(subject: Subject) -> Iterator[Found]:
    """Each card that asks for more things than anyone holds at once."""
    for fact, card in subject.cards():
        if len(card.answer) > MOST_ITEMS:
            message = (
                f"this asks for {len(card.answer)} things at once, and more than {MOST_ITEMS} are hard to hold; "
                "make several facts, a few things each"
            )
            name = placeholders(card.form.answer)[0]
            yield Found(subject, fact.places.get(name, fact.place), message, "advice")


# `Was it Stalin or Churchill?` gives nothing away, in a few languages.
_CHOICE = re.compile(r"\b(?:or|oder|ou|o|eller|lub|или)\b")
_NOT_WORD = re.compile(r"[^\w]+")
_YEAR = re.compile(r"\d{3,}")
_UNSPACED = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def _may_be_in(answer: str, prompt: str, card: Asked) -> bool:
    """A quick look, which no answer that is in its question fails."""
    return answer.strip(_SIGNS) in prompt or (
        card.form.judge is Judge.DATE and _DIGIT.search(prompt) is not None
    )


_SIGNS = " \"'()[]!?:"
_DIGIT = re.compile("[0-9]")


def _framed(text: str) -> str:
    return f" {_NOT_WORD.sub(' ', text).strip()} "


def _is_in(answer: str, question: str, fact: Fact, card: Asked) -> bool:
    words = _framed(normalised(answer))
    if _UNSPACED.search(words):
        return len(words) > 3 and words.strip() in question
    # `A` and `No` stand in many a question without giving anything away.
    if len(words) > 4 and words in question:
        return True
    if card.form.judge is not Judge.DATE or not any(year in question for year in _YEAR.findall(words)):
        return False
    try:
        date = describe(read_date(answer, Calendar(fact.calendar or "gregorian")))
    except ValueError:
        return False
    return _framed(normalised(date)) in question
