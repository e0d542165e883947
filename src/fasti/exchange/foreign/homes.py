"""The decks that the notes of a foreign collection go into: one for each that stands at the top there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fasti.core.text import slug
from fasti.exchange.collection import AnkiDeck, Collection
from fasti.exchange.foreign.notes import ForeignNote
from fasti.exchange.plain_text import plain_text, tidy


class Home(NamedTuple):
    """A deck to be: its id, its title, what its author says of it, and its notes with their units, unit by unit."""

    id: str
    title: str
    description: str
    notes: Sequence[tuple[ForeignNote, str]]


def homes_of(collection: Collection, notes: Sequence[ForeignNote], title: str) -> list[Home]:
    """The decks, in the order of their first notes; `title` is that of the deck for notes of none or of `Default`.

    What the names of all decks of a home begin with is its title, and the rest the unit.
    """
    taken: Counter[str] = Counter()
    return [
        _home(collection, _root(parts for _, parts in group) if top else (), group, title, taken)
        for top, group in _by_top(collection, notes).items()
    ]


def line_of(text: str) -> str:
    """A name on one line, of a length that a person would give it."""
    return tidy(text).replace("\n", " ")[:_LONGEST_NAME].strip()


_LONGEST_NAME = 500
_LONGEST_DESCRIPTION = 10_000
_DEFAULT = "Default"

_Placed = tuple[ForeignNote, tuple[str, ...]]


def _by_top(collection: Collection, notes: Iterable[ForeignNote]) -> dict[str, list[_Placed]]:
    """The notes by the first part of their decks' names, which is empty where they have no deck of their own."""
    groups: dict[str, list[_Placed]] = {}
    lost: list[_Placed] = []
    for note in notes:
        parts = _deck_parts(collection, note)
        if not parts:
            lost.append((note, parts))
        elif parts[0] == _DEFAULT:
            groups.setdefault("", []).append((note, parts[1:]))
        else:
            groups.setdefault(parts[0], []).append((note, parts))
    if lost:
        only = next(iter(groups)) if len(groups) == 1 else ""
        groups.setdefault(only, []).extend(lost)
    return groups


def _deck_parts(collection: Collection, note: ForeignNote) -> tuple[str, ...]:
    """The parts of the name of a note's home deck, from where its first card is; empty where that is not known."""
    for card in note.cards:
        deck = collection.decks.get(card.original_deck or card.deck)
        if deck:
            return tuple(part for part in map(line_of, deck.name.split("::")) if part)
    return ()


def _root(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What the names of decks begin with."""
    first, *others = dict.fromkeys(filter(None, names))
    length = len(first)
    for parts in others:
        length = min(length, len(parts))
        while parts[:length] != first[:length]:
            length -= 1
    return first[:length]


def _home(
    collection: Collection,
    root: tuple[str, ...],
    group: Sequence[_Placed],
    title: str,
    taken: Counter[str],
) -> Home:
    name = line_of("::".join(root)) or line_of(title) or "Anki"
    deck_id = slug(name) or slug(title) or "deck"
    taken[deck_id] += 1
    if taken[deck_id] > 1:
        deck_id = f"{deck_id}-{taken[deck_id]}"
    return Home(
        deck_id, name, _description(collection.decks.values(), root), list(_by_unit(group, len(root)))
    )


def _by_unit(group: Sequence[_Placed], depth: int) -> Iterator[tuple[ForeignNote, str]]:
    """The notes in their order, those of a unit together."""
    units: dict[str, list[ForeignNote]] = {}
    for note, parts in group:
        units.setdefault("::".join(parts[depth:])[:_LONGEST_NAME], []).append(note)
    return ((note, unit) for unit, notes in units.items() for note in notes)


def _description(decks: Iterable[AnkiDeck], root: tuple[str, ...]) -> str:
    name = "::".join(root)
    texts = (plain_text(deck.description) for deck in decks if name and tidy(deck.name) == name)
    return next(texts, "")[:_LONGEST_DESCRIPTION]
