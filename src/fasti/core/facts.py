"""A deck and its facts, as their author wrote them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fasti.core.kinds import Kind


class Place(NamedTuple):
    """Where something stands in a deck file; both count from 1."""

    line: int
    column: int


START = Place(1, 1)


class Change(NamedTuple):
    """`old`, which begins at `place` and ends on the same line, becomes `new`.

    A line of which nothing but space is left goes with its ending.
    """

    place: Place
    old: str
    new: str


class Problem(NamedTuple):
    """Something an author should know about a deck file.

    An `error` keeps its fact out of the library, a `warning` is likely a fault, `advice` is what may make
    the deck better. `fix` is what would certainly mend it, or empty.
    """

    place: Place
    code: str
    message: str
    severity: str = "error"
    fix: tuple[Change, ...] = ()


class Source(NamedTuple):
    """A work that facts cite by a short name."""

    name: str
    title: str
    author: str = ""
    publisher: str = ""
    year: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of a deck.

    `fields` holds the fields of the fact's own kind; each value is a tuple, of one text for a
    field that takes one. `ask` names the cards wanted instead of the kind's default ones; `question`
    is the author's own full question. `places` says where each key's value stands in the file, `entries`
    where each text of those that take several does.
    """

    kind: str
    fields: Mapping[str, tuple[str, ...]]
    id: str | None = None
    hints: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    question: str = ""
    unit: str = ""
    image: str = ""
    calendar: str = ""
    place: Place = START
    places: Mapping[str, Place] = field(default_factory=dict)
    entries: Mapping[str, tuple[Place, ...]] = field(default_factory=dict, compare=False)

    def text(self, name: str) -> str:
        """The first text of a field, or the empty string."""
        values = self.fields.get(name, ())
        return values[0] if values else ""

    def place_of(self, name: str, entry: int = 0) -> Place:
        """Where the text of a key stands, of a list the one at `entry`; the fact's own place if unknown."""
        places = self.entries.get(name, ())
        return places[entry] if entry < len(places) else self.places.get(name, self.place)


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck file that could be read; `kinds` are those that it declares itself.

    `named` says that the author gave the id; otherwise it was made from the title.
    """

    id: str
    title: str
    facts: tuple[Fact, ...]
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    author: str = ""
    language: str = ""
    description: str = ""
    licence: str = ""
    tags: tuple[str, ...] = ()
    named: bool = False
