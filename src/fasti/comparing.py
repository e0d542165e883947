"""`fasti deck diff`: what a new edition of a deck means for the progress of those who learn the old one.

The facts of both are matched exactly as bringing a library in step would match them, without a library.
"""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from fasti.core.card import Card, Judge
from fasti.core.facts import Deck
from fasti.editions import DeckText, readable
from fasti.edits import Edit, Match, Remembered, Source
from fasti.likeness import similar
from fasti.shelves import joined, without_copies
from fasti.store.catalogue import StoredCard, StoredFact
from fasti.store.faces import card_from
from fasti.together import Row, plan_together


class Fate(StrEnum):
    """What becomes of a fact, or of a card; of several things, what a student would notice most."""

    NEW = "new"
    RETIRED = "retired"
    ANSWER = "answer changed"
    REWORDED = "reworded"
    MOVED = "moved"
    DETAILS = "details changed"
    BROKEN = "in error"
    KEPT = "kept"


class CardChange(NamedTuple):
    """What becomes of a card; `before` and `after` are its answers, empty where it is not there."""

    asks: str
    fate: Fate
    before: str
    after: str


class FactChange(NamedTuple):
    """What becomes of a fact. Titles and lines are those of the old and the new edition, None where it is not there.

    `id` is its name in the edition that has it; `path` the file.
    """

    fate: Fate
    id: str
    before: str | None
    after: str | None
    line_before: int | None
    line_after: int | None
    path: str
    cards: tuple[CardChange, ...]

    @property
    def title(self) -> str:
        """The fact's own words, the new ones where it has them."""
        return self.after if self.after is not None else self.before or ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A deck in its old and its new edition; one of the ids is None where that edition does not have the deck."""

    before: str | None
    after: str | None
    title: str
    changes: tuple[FactChange, ...]

    @property
    def id_changes(self) -> bool:
        """Whether the deck is known by another id, so that only the same file name says what it was."""
        return self.before is not None and self.after is not None and self.before != self.after

    @property
    def same(self) -> bool:
        """Whether nobody would notice anything."""
        return not self.id_changes and all(change.fate is Fate.KEPT for change in self.changes)

    def facts(self, fate: Fate) -> list[FactChange]:
        """The facts that this becomes of, in the new edition's order."""
        return [change for change in self.changes if change.fate is fate]

    def cards(self) -> Mapping[Fate, int]:
        """How many cards each becomes of."""
        return Counter(card.fate for change in self.changes for card in change.cards)

    def as_json(self) -> dict[str, Any]:
        """What `fasti deck diff --json` prints of a deck."""
        cards = self.cards()
        return {
            "before": self.before,
            "after": self.after,
            "title": self.title,
            "same": self.same,
            "facts": {fate.value: len(self.facts(fate)) for fate in Fate},
            "cards": {fate.value: cards.get(fate, 0) for fate in Fate},
            "changes": [
                {
                    **change._asdict(),
                    "cards": [card._asdict() for card in change.cards if card.fate is not Fate.KEPT],
                }
                for change in self.changes
                if change.fate is not Fate.KEPT
            ],
        }


def compared(old: Sequence[DeckText], new: Sequence[DeckText]) -> list[Comparison]:
    """Each deck of two editions, those of the new one first. Raises NotADeckError."""
    before, after = _decks(old), _decks(new)
    pairs = _pairs(before, after)
    known = _first_met(before)
    rows = [
        Row(
            after[other].deck if other else _empty(before[name or ""].deck),
            after[other].sources if other else (),
            known.get(name or "", _NOTHING),
        )
        for name, other in pairs
    ]
    edits = plan_together(rows, lambda *_: _NOTHING, similar, 1)
    files = _Files({text.name for text in old}, {text.name for text in new})
    moved = {(fact.deck, fact.id) for edit in edits for fact, _ in edit.renamed_facts}
    return [
        Comparison(name, other, row.deck.title, tuple(_changes(name, row, edit, files, moved)))
        for (name, other), row, edit in zip(pairs, rows, edits, strict=True)
    ]


class _Shelved(NamedTuple):
    deck: Deck
    sources: Sequence[Source]
    names: frozenset[str]


class _Files(NamedTuple):
    """The names of the files of both editions."""

    old: set[str]
    new: set[str]

    def has_moved(self, match: Match) -> bool:
        """Whether a fact went to another file; one that only has another name is none."""
        if match.known is None or match.known.path == match.stored.path:
            return False
        return match.known.path in self.new or match.stored.path in self.old


_NOTHING = Remembered((), {})


def _decks(texts: Sequence[DeckText]) -> dict[str, _Shelved]:
    """The decks of an edition by id, each put together from all its files."""
    readable(texts)
    sources: dict[str, list[Source]] = {}
    for text in texts:
        deck, problems, damaged = text.reading
        if deck is not None:
            sources.setdefault(deck.id, []).append(Source(text.name, deck, damaged, problems))
    found: dict[str, _Shelved] = {}
    for name, files in sources.items():
        single = without_copies(files)
        deck = joined(name, single) or Deck(name, name, ())
        found[name] = _Shelved(deck, single, frozenset(file.path for file in files))
    return found


def _pairs(
    before: Mapping[str, _Shelved], after: Mapping[str, _Shelved]
) -> list[tuple[str | None, str | None]]:
    """Which deck is which: by id, else by the name of a file, else because there is only one of each."""
    left = [name for name in before if name not in after]
    pairs: list[tuple[str | None, str | None]] = []
    came = [name for name in after if name not in before]
    for name, deck in after.items():
        old: str | None = name if name in before else None
        if old is None:
            old = next((other for other in left if before[other].names & deck.names), None)
        if old is None and len(left) == len(came) == 1:
            old = left[0]
        if old in left:
            left.remove(old)
        pairs.append((old, name))
    return [*pairs, *((name, None) for name in left)]


def _first_met(decks: Mapping[str, _Shelved]) -> dict[str, Remembered]:
    """What a library remembers of decks that it has just met for the first time."""
    rows = [Row(deck.deck, deck.sources, _NOTHING) for deck in decks.values()]
    edits = plan_together(rows, lambda *_: _NOTHING, similar, 0)
    return {name: _remembered(edit) for name, edit in zip(decks, edits, strict=True)}


def _remembered(edit: Edit) -> Remembered:
    cards: dict[tuple[str, str], list[StoredCard]] = {}
    for card in edit.cards:
        cards.setdefault((card.deck, card.fact), []).append(card)
    return Remembered(edit.facts, cards)


def _empty(deck: Deck) -> Deck:
    return Deck(deck.id, deck.title, (), kinds=deck.kinds)


def _changes(
    deck: str | None, row: Row, edit: Edit, files: _Files, moved: set[tuple[str, str]]
) -> list[FactChange]:
    stayed = _in_order(edit.matches, deck)
    found = [
        _change(match, moved=number not in stayed or files.has_moved(match))
        for number, match in enumerate(edit.matches)
    ]
    met = {(match.known.deck, match.known.id) for match in edit.matches if match.known}
    for fact in row.remembered.facts:
        name = (fact.deck, fact.id)
        if name in met or name in moved:
            continue
        fate = Fate.RETIRED if fact.id in edit.retired else Fate.BROKEN
        cards = row.remembered.cards.get(name, ())
        found.append(_gone(fact, cards, fate))
    return found


def _gone(fact: StoredFact, cards: Sequence[StoredCard], fate: Fate) -> FactChange:
    gone = fate is Fate.RETIRED
    changes = tuple(
        CardChange(card.asks, fate if gone else Fate.KEPT, _answer(card), "" if gone else _answer(card))
        for card in cards
    )
    return FactChange(fate, fact.id, fact.title, None, fact.line, None, fact.path, changes)


def _change(match: Match, *, moved: bool) -> FactChange:
    known, stored = match.known, match.stored
    cards = tuple(_card_change(before, after) for before, after in match.cards)
    fates = {card.fate for card in cards}
    if known is None:
        fate = Fate.NEW
    elif Fate.ANSWER in fates:
        fate = Fate.ANSWER
    elif known.key != stored.key:
        fate = Fate.REWORDED
    elif fates - {Fate.KEPT} or _visible(known) != _visible(stored):
        fate = Fate.DETAILS
    elif moved:
        fate = Fate.MOVED
    else:
        fate = Fate.KEPT
    return FactChange(
        fate,
        stored.id,
        known.title if known else None,
        stored.title,
        known.line if known else None,
        match.place.line,
        stored.path,
        cards,
    )


def _card_change(before: StoredCard | None, after: StoredCard | None) -> CardChange:
    if before is None or after is None:
        fate = Fate.NEW if before is None else Fate.RETIRED
        there = after or before
        return CardChange(there.asks if there else "", fate, _answer(before), _answer(after))
    old, new = card_from(before.face, before.asks), card_from(after.face, after.asks)
    if _told(old) != _told(new):
        fate = Fate.ANSWER
    elif old.question != new.question:
        fate = Fate.REWORDED
    else:
        fate = Fate.KEPT if before.face == after.face else Fate.DETAILS
    return CardChange(after.asks, fate, _answer(before), _answer(after))


def _told(card: Card) -> Sequence[str]:
    """What an answer tells: of a list that is recalled in any order, its entries in any order."""
    return sorted(card.answer) if card.judge is Judge.LIST else card.answer


def _answer(card: StoredCard | None) -> str:
    return "; ".join(card_from(card.face, card.asks).answer) if card else ""


def _visible(fact: StoredFact) -> dict[str, Any]:
    """What a fact says, its id left out: pinning it changes nothing for anyone."""
    content: dict[str, Any] = json.loads(fact.content)
    return {key: value for key, value in content.items() if key != "id"}


def _in_order(matches: Sequence[Match], deck: str | None) -> set[int]:
    """The most of a deck's facts that still stand in the order in which they did, by their numbers."""
    places = [
        (number, match.known.position)
        for number, match in enumerate(matches)
        if match.known and match.known.deck == deck
    ]
    return set(_longest_rise(places))


def _longest_rise(places: Iterable[tuple[int, int]]) -> list[int]:
    """The numbers whose positions make the longest rising sequence (patience sorting)."""
    tops: list[int] = []
    chain: list[
        tuple[int, int]
    ] = []  # of each pile: its top's number, and the place in `links` of what is below
    links: list[tuple[int, int]] = []
    for number, position in places:
        pile = bisect_left(tops, position)
        below = chain[pile - 1][1] if pile else -1
        links.append((number, below))
        entry = (number, len(links) - 1)
        if pile == len(tops):
            tops.append(position)
            chain.append(entry)
        else:
            tops[pile] = position
            chain[pile] = entry
    found: list[int] = []
    at = chain[-1][1] if chain else -1
    while at >= 0:
        number, at = links[at]
        found.append(number)
    return found
