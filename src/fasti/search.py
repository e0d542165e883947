"""Facts whose text holds words, with where they stand in their file and when they are due."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from fasti.care import path_of
from fasti.core.days import date_text
from fasti.core.text import searchable
from fasti.deck_names import find_deck
from fasti.store import placed
from fasti.store.database import Database
from fasti.store.placed import PlacedCard


class FoundFact(NamedTuple):
    """A fact that was found, by its cards."""

    cards: Sequence[PlacedCard]

    @property
    def place(self) -> PlacedCard:
        """The first of its cards, for what all have in common."""
        return self.cards[0]

    @property
    def where(self) -> str:
        """The file and line of the fact."""
        return f"{path_of(self.place)}:{self.place.line}"

    @property
    def due_day(self) -> int | None:
        """The first study day on which one of its cards is due; None where none is in review."""
        days = (card.state.due_day for card in self.cards if not card.state.suspended)
        return min((day for day in days if day is not None), default=None)

    @property
    def suspended(self) -> bool:
        """Whether all of its cards are laid aside."""
        return all(card.state.suspended for card in self.cards)

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti search --json` prints of a fact."""
        place = self.place
        return {
            "fact": place.fact,
            "text": place.fact_title,
            "deck": place.deck,
            "title": place.title,
            "path": path_of(place),
            "line": place.line,
            "due": None if self.due_day is None else date_text(self.due_day),
            "suspended": self.suspended,
            "cards": [
                {
                    "card": card.key,
                    "due": None if card.state.due_day is None else date_text(card.state.due_day),
                    "suspended": card.state.suspended,
                }
                for card in self.cards
            ],
        }


def search(
    database: Database, learner: str, words: Iterable[str], decks: Sequence[str] = ()
) -> list[FoundFact]:
    """The facts of these decks, or of all, whose text holds every word, in the library's order.

    Case and accents do not count, nor does where in a word it stands. A fact's text is all that its author
    wrote in it, its id, and what its cards show. Raises UnknownDeckError.
    """
    wanted = [word for word in map(searchable, words) if word]
    if not wanted:
        return []
    with database.reading() as connection:
        ids = [find_deck(connection, name).id for name in decks] or None
        cards = placed.all_cards(connection, learner, ids)
    by_fact: dict[tuple[str, str], list[PlacedCard]] = {}
    for card in cards:
        by_fact.setdefault((card.deck, card.fact), []).append(card)
    facts = map(FoundFact, by_fact.values())
    return [fact for fact in facts if _may_hold(fact, wanted) and _holds(fact, wanted)]


_LETTERS = re.compile(r"\w+")


def _may_hold(fact: FoundFact, wanted: Sequence[str]) -> bool:
    """Without taking the JSON apart: whether the letters of all the words are there."""
    raw = searchable("\n".join((fact.place.fact, fact.place.content, *(card.face for card in fact.cards))))
    return all(letters in raw for word in wanted for letters in _LETTERS.findall(word))


def _holds(fact: FoundFact, wanted: Sequence[str]) -> bool:
    texts = [fact.place.fact, *_texts(json.loads(fact.place.content))]
    for card in fact.cards:
        texts += _texts(json.loads(card.face))
    text = searchable("\n".join(texts))
    return all(word in text for word in wanted)


_NOT_TEXT = {"kind", "judge", "calendar", "ask", "image", "word"}
"""Keys of a fact and of a face that name something for the program, or are the same for every fact."""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            # A fact's one `answer` is made from its fields; a face has its answers in a list.
            if key not in _NOT_TEXT and not (key == "answer" and isinstance(inner, str)):
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
