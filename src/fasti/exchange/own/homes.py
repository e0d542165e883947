"""Where the notes of a deck of ours are in Anki now, and what its user has tagged them with."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fasti.core.facts import Deck, Fact
from fasti.exchange.collection import Collection
from fasti.exchange.own.markup import plain
from fasti.exchange.own.note_reading import OwnNote
from fasti.exchange.own.notes import RETIRED, deck_name, tag_of
from fasti.exchange.own.record_reading import header_in

_ANKIS_OWN = frozenset(["marked", "leech", RETIRED.casefold()])


class Home(NamedTuple):
    """A deck of ours in Anki: the name of the deck that holds its units, its header where that is there, its tags.

    `root` is None where its user has moved everything elsewhere.
    """

    root: str | None
    header: Deck | None
    tags: frozenset[str]


def headers_in(collection: Collection) -> dict[str, Deck]:
    """The headers that Anki's decks hold in their descriptions, by the names of these."""
    found = ((deck.name, header_in(deck.description)) for deck in collection.decks.values())
    return {name: header for name, header in found if header is not None}


def home_of(title: str, notes: Sequence[OwnNote], facts: Iterable[Fact], headers: Mapping[str, Deck]) -> Home:
    """The home of a deck of this title, whose notes and facts these are."""
    names = [name for note in notes for name in _levels(note.deck)]
    above = Counter(name for name in names if name in headers)
    if above:
        root = max(above, key=lambda name: (above[name], -len(name)))
        return Home(root, headers[root], frozenset(_key(tag) for tag in headers[root].tags))
    named = next((name for name in names if _same(name, deck_name(title, ""))), None)
    return Home(named, None, _shared_tags(notes, facts))


def _levels(name: str) -> list[str]:
    """A deck's name and those of the decks that it is in."""
    parts = name.split("::")
    return ["::".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _same(one: str, other: str) -> bool:
    return plain(one).casefold() == plain(other).casefold()


def _shared_tags(notes: Sequence[OwnNote], facts: Iterable[Fact]) -> frozenset[str]:
    """The tags that every note has and no fact had: of a deck that came without its header, its own."""
    tags = [{tag.casefold() for tag in note.note.tags} for note in notes]
    if len(tags) < 2:
        return frozenset()
    own = {_key(tag) for fact in facts for tag in fact.tags}
    return frozenset(set.intersection(*tags) - own - _ANKIS_OWN)


def shared_tags(home: Home, notes: Sequence[OwnNote]) -> tuple[str, ...]:
    """The tags of a deck: as its author wrote them where its header is there."""
    if home.header is not None:
        return home.header.tags
    return tuple(tag for tag in notes[0].note.tags if tag.casefold() in home.tags)


def unit_of(unit: str, deck: str, home: Home) -> str:
    """A fact's unit: its own, or another one where its note was moved within the deck."""
    if not deck or home.root is None:
        return unit
    parts, root = deck.split("::"), home.root.split("::")
    if not _same("::".join(parts[: len(root)]), home.root):
        return unit
    _, _, before = deck_name("x", unit).partition("::")
    now = plain("::".join(parts[len(root) :]))
    return unit if _same(now, before) else now


def tags_in(fact: Fact, tags: Iterable[str], home: Home) -> tuple[str, ...]:
    """A fact's tags: its own where its note still has them, and what was added."""
    own = {_key(tag): tag for tag in fact.tags}
    now = {tag.casefold(): plain(tag) for tag in tags}
    kept = [tag for tag in fact.tags if _key(tag) in now or not _key(tag)]
    added = [tag for key, tag in now.items() if key not in own and key not in home.tags | _ANKIS_OWN]
    return (*kept, *filter(None, added))


def _key(tag: str) -> str:
    return tag_of(tag).casefold()
