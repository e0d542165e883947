"""What a page shows of a deck: its facts with their names on the page, their cards, units and pictures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from fasti.core.card import Card
from fasti.core.cards import cards_of
from fasti.core.facts import Deck, Fact
from fasti.core.kinds import BUILT_IN, Form, Kind
from fasti.core.links import Links, title_of
from fasti.core.text import slug
from fasti.page.language import Language


class Picture(NamedTuple):
    """A picture's bytes and their media type, such as `image/png`."""

    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact on the page; `anchor` is the name by which the page leads to it."""

    fact: Fact
    kind: Kind
    title: str
    anchor: str
    values: Mapping[str, tuple[str, ...]]
    cards: tuple[Card, ...]


class Unit(NamedTuple):
    """A unit of a deck with its facts; the name is empty where the deck has none."""

    name: str
    anchor: str
    entries: tuple[Entry, ...]

    @property
    def cards(self) -> list[tuple[Entry, Card]]:
        """Its cards, each with its fact."""
        return [(entry, card) for entry in self.entries for card in entry.cards]


@dataclass(frozen=True, slots=True)
class Contents:
    """A deck as a page shows it. `entries` stand at the places of the deck's facts.

    `anchors` are the names on the page of facts by title, `sources` those of the works that are cited.
    """

    deck: Deck
    language: Language
    entries: tuple[Entry, ...]
    units: tuple[Unit, ...]
    pictures: Mapping[str, Picture]
    anchors: Mapping[str, str]
    sources: Mapping[str, str]

    def cards(self) -> Iterator[tuple[Entry, Card]]:
        """Every card with its fact, unit by unit."""
        return (pair for unit in self.units for pair in unit.cards)


def contents_of(deck: Deck, language: Language, pictures: Mapping[str, Picture]) -> Contents:
    """What the page shows of a deck; `pictures` are by the facts' `image`."""
    kinds = {**BUILT_IN, **deck.kinds}
    links = Links(deck.facts, kinds)
    names = _Names()
    entries = tuple(_entry(fact, kinds[fact.kind], links, deck, names) for fact in deck.facts)
    anchors = {entry.title: entry.anchor for entry in reversed(entries)}
    sources = {name: f"source-{number}" for number, name in enumerate(deck.sources, 1)}
    return Contents(deck, language, entries, _units(entries), pictures, anchors, sources)


def _entry(fact: Fact, kind: Kind, links: Links, deck: Deck, names: "_Names") -> Entry:
    title = title_of(fact, kind)
    values = {
        one.name: links.values(fact, kind, one.name)
        if one.form is Form.LINKS
        else fact.fields.get(one.name, ())
        for one in kind.fields
    }
    cards = cards_of(fact, kind, links, deck.sources)
    return Entry(fact, kind, title, names.new("fact", fact.id or title), values, cards)


def _units(entries: tuple[Entry, ...]) -> tuple[Unit, ...]:
    """The units in the order of their first facts."""
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        by_name.setdefault(entry.fact.unit, []).append(entry)
    names = _Names()
    return tuple(Unit(name, names.new("unit", name), tuple(own)) for name, own in by_name.items())


class _Names:
    """Gives names for places of the page, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, what: str, text: str) -> str:
        """`what` and a slug of the text, with a number where that is taken."""
        plain = first = f"{what}-{slug(text, longest=40)}".rstrip("-")
        number = 2
        while plain in self._taken:
            plain, number = f"{first}-{number}", number + 1
        self._taken.add(plain)
        return plain
