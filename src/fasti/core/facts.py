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


class Problem(NamedTuple):
    """Something an author should know about a deck file; an `error` keeps its fact out of the library."""

    place: Place
    code: str
    message: str
    severity: str = "error"


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
    is the author's own full question. `places` says where each key's value stands in the file.
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

    def text(self, name: str) -> str:
        """The first text of a field, or the empty string."""
        values = self.fields.get(name, ())
        return values[0] if values else ""


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
