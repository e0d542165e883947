"""What lints are given, and what they find."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fasti.core.cards import Asked, asked_of
from fasti.core.facts import Change, Deck, Fact, Place
from fasti.core.identity import Similarity
from fasti.core.kinds import BUILT_IN, Form, Kind, placeholders
from fasti.core.links import Links, title_of
from fasti.core.text import normalised

Speller = Callable[[str, frozenset[str]], Mapping[str, str]]
"""Of a language (`en`) and some words, those that it does not know with the word that was probably meant."""

_LONGEST = 60


class Tools(NamedTuple):
    """What lints cannot do themselves: how alike texts are, and, if it was asked for, spelling."""

    similar: Similarity
    speller: Speller | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A deck file that could be read; `asked` has the cards of each fact, in the order of `deck.facts`.

    `path` is how the file is named in a sentence.
    """

    path: str
    deck: Deck
    kinds: Mapping[str, Kind]
    links: Links
    asked: tuple[tuple[Asked, ...], ...]
    _plain: dict[str, str] = field(default_factory=dict)
    _of_dates: frozenset[int] = frozenset()

    def cards(self) -> Iterator[tuple[Fact, Asked]]:
        """Every card with its fact, in the author's order."""
        for fact, asked in zip(self.deck.facts, self.asked, strict=True):
            for each in asked:
                yield fact, each

    def title(self, fact: Fact) -> str:
        """The fact's own words."""
        return title_of(fact, self.kinds[fact.kind])

    def plain(self, text: str) -> str:
        """`text` normalised; worked out once, because several lints compare the same texts."""
        plain = self._plain.get(text)
        if plain is None:
            plain = self._plain[text] = normalised(text)
        return plain

    def asks_of_date(self, card: Asked) -> bool:
        """Whether a card asks what happened at a date."""
        return id(card.form) in self._of_dates


class Found(NamedTuple):
    """Something that a lint tells: a `warning` of what is likely a fault, or `advice`.

    `fix` is what would certainly mend it; its old texts are the author's, without quotation marks.
    """

    subject: Subject
    place: Place
    message: str
    severity: str
    fix: tuple[Change, ...] = ()


Find = Callable[[Sequence[Subject], Tools], Iterable[Found]]


def subject_of(path: str, deck: Deck) -> Subject:
    """A deck as lints are given it."""
    kinds = {**BUILT_IN, **deck.kinds}
    links = Links(deck.facts, kinds)
    asked = tuple(asked_of(fact, kinds[fact.kind], links) for fact in deck.facts)
    of_dates = frozenset(
        id(form) for kind in kinds.values() for form in kind.cards if _is_date(placeholders(form.ask), kind)
    )
    return Subject(path, deck, kinds, links, asked, _of_dates=of_dates)


def _is_date(names: Sequence[str], kind: Kind) -> bool:
    asked = kind.field(names[0]) if len(names) == 1 else None
    return asked is not None and asked.form is Form.DATE


def each_deck(find: Callable[[Subject], Iterable[Found]]) -> Find:
    """A lint that looks at one deck at a time, as one that is given them all."""
    return lambda subjects, _: (found for subject in subjects for found in find(subject))


def answer_place(fact: Fact, card: Asked, entry: int = 0) -> Place:
    """Where the answer of a card stands, of a list the text at `entry`."""
    names = placeholders(card.form.answer)
    return fact.place_of(names[0], entry) if names else fact.place


def shown(text: str) -> str:
    """Deck text as part of a sentence: on one line, in backticks, at most 60 characters.

    What could act on a terminal never gets this far: a fact that has it is not in the deck.
    """
    line = " ".join(text.split())
    return f"`{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}`"


def where(subject: Subject, place: Place, here: Subject) -> str:
    """A place for a sentence told of the file `here`: its line, and the file where that is another."""
    return f"line {place.line}" if subject is here else f"line {place.line} of `{subject.path}`"
