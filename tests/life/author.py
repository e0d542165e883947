"""A teacher who writes deck files and goes on editing them."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

SUBJECTS = ("Rome", "Cuba", "Kyoto", "Tenochtitlan", "Königsberg", "Timbuktu", "Samarkand", "Zanzibar")
HAPPENINGS = ("The fall of {}", "the fall of {}!", "{} falls at last", "A treaty is signed in {}")
DECKS = ("war", "peace", "trade")
KINDS = ("event", "term", "q", "effect")


@dataclass
class Fact:
    """A fact as its author has it now: what is asked about, the answer's year, and perhaps an id."""

    kind: str
    subject: str
    wording: int
    year: int
    id: str = ""

    @property
    def words(self) -> str:
        return HAPPENINGS[self.wording].format(self.subject)

    def lines(self) -> list[str]:
        first, rest = {
            "event": ("event", {"date": str(self.year)}),
            "term": ("term", {"means": f"what happened in {self.year}", "ask": ["meaning", "term"]}),
            "q": ("q", {"a": f"In {self.year}"}),
            "effect": ("effect", {"causes": [f"Hunger in {self.year}", "A long peace"]}),
        }[self.kind]
        written = {first: self.words, **({"id": self.id} if self.id else {}), **rest}
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in written.items()]
        return [f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]


@dataclass
class DeckOfFacts:
    """A deck as its author has it now."""

    title: str
    facts: list[Fact]
    id: str = ""

    def text(self) -> str:
        head = [f"deck: {self.title}", *([f"id: {self.id}"] if self.id else [])]
        return "\n".join([*head, "facts:", *(line for fact in self.facts for line in fact.lines()), ""])


@dataclass
class Author:
    """Writes decks into a folder; each file gets a time stamp of its own, as on a disk that is fine enough."""

    folder: Path
    decks: dict[str, DeckOfFacts] = field(default_factory=dict)
    _written: int = 0

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.yaml"

    def save(self, name: str) -> Path:
        self._written += 1
        path = self.path(name)
        path.write_text(self.decks[name].text(), encoding="utf-8")
        stamp = 1_700_000_000_000_000_000 + self._written * 10_000_000_000
        os.utime(path, ns=(stamp, stamp))
        return path

    def may_say(self, name: str, subject: str, ignoring: Fact | None = None) -> bool:
        """Whether a deck has no other fact on a subject: two that read alike are a problem of the file."""
        return all(fact is ignoring or fact.subject != subject for fact in self.decks[name].facts)
