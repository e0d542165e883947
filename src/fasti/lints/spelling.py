"""Words that a spell checker does not know."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from fasti.core.facts import Fact, Place
from fasti.core.kinds import Form
from fasti.lints.lint import Found, Subject, Tools, shown

OFTEN = 3
"""A word that a deck has in so many places is the author's own."""

_LEAST_LETTERS = 4
_FOREIGN = 5  # one word in so many unknown: the deck is in another language
_ENOUGH = 40  # words, to say so
# Neither names (capitals) nor parts of other words.
_WORD = re.compile(r"(?<![\w'’.@/-])[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w@/-])")


def find(subjects: Sequence[Subject], tools: Tools) -> Iterator[Found]:
    """Each word in small letters that is unknown in the deck's language and very near to one that is known."""
    if tools.speller is None:
        return
    for subject in subjects:
        words = list(_words(subject))
        counts = Counter(word for word, _ in words)
        language = (subject.deck.language or "en").casefold().partition("-")[0]
        meant = tools.speller(language, frozenset(counts))
        if len(counts) >= _ENOUGH and len(meant) * _FOREIGN > len(counts):
            first = subject.deck.facts[0].place
            message = (
                f"few of the words are in `{language}`; say in which language the deck is: `language: …`"
            )
            yield Found(subject, first, message, "advice")
            continue
        for word, place in dict.fromkeys(words):
            if meant.get(word) and counts[word] < OFTEN:
                message = f"{shown(word)} is perhaps misspelt; did you mean {shown(meant[word])}?"
                yield Found(subject, place, message, "advice")


def _words(subject: Subject) -> Iterator[tuple[str, Place]]:
    for fact in subject.deck.facts:
        for text, place in _texts(subject, fact):
            for found in _WORD.findall(text):
                if len(found) >= _LEAST_LETTERS and found.islower():
                    yield found.replace("’", "'").removesuffix("'s"), place


def _texts(subject: Subject, fact: Fact) -> Iterator[tuple[str, Place]]:
    """What a student reads of a fact, without what may be spelt as it likes: `accept` and citations."""
    for field in subject.kinds[fact.kind].fields:
        if field.form is Form.DATE:
            continue
        for number, text in enumerate(fact.fields.get(field.name, ())):
            if field.form is not Form.LINKS or " " in text:
                yield text, fact.place_of(field.name, number)
    for number, text in enumerate(fact.hints):
        yield text, fact.place_of("hint", number)
    yield fact.note, fact.place_of("note")
    yield fact.question, fact.place_of("ask")
