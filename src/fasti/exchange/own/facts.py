"""Our own notes in an Anki collection as the decks that they were exported from, with what was changed there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fasti.core.facts import Deck, Fact, Source
from fasti.core.kinds import BUILT_IN, Kind
from fasti.core.links import Links, title_of
from fasti.core.text import fingerprint, slug
from fasti.exchange.collection import Collection
from fasti.exchange.converted import CardName, Converted
from fasti.exchange.file_names import file_name_of
from fasti.exchange.own.card_names import asks_of
from fasti.exchange.own.checked_values import shortened
from fasti.exchange.own.edits import Edited, edited
from fasti.exchange.own.homes import Home, headers_in, home_of, shared_tags, tags_in, unit_of
from fasti.exchange.own.losses import Loss, sentences
from fasti.exchange.own.markup import text_of
from fasti.exchange.own.note_reading import OwnNote, own_notes
from fasti.exchange.own.note_types import NOTE_TYPES, OWN
from fasti.exchange.own.notes import guid_of
from fasti.exchange.own.pictures import Paths, leads_out
from fasti.exchange.own.record_reading import flaw_of


def facts_in(collection: Collection) -> Converted:
    """The decks of the notes that are ours; other notes are not looked at.

    A fact is as it was exported, with what its user has changed in Anki: what its fields show, its tags, its
    unit (the deck that its note is in), which of its cards are asked. A note of one of our types that has no
    record, because its user made it or it was damaged, becomes a fact of what its fields show. Never raises
    for what is in the collection.
    """
    notes = own_notes(collection)
    arrived = _Arrived(collection)
    # Nothing says of which kind of a deck's own a note without a record is.
    arrived.losses += [Loss.UNREADABLE for note in notes if note.record is None and note.key == OWN]
    notes = [note for note in notes if note.record is not None or note.key != OWN]
    for deck in _decks(notes, headers_in(collection)):
        arrived.add(deck)
    return arrived.converted()


class _Found(NamedTuple):
    """A fact's notes, the main one first, and the fact as it was when they were written."""

    fact: Fact
    kind: Kind
    notes: Sequence[OwnNote]
    written: bool


class _FoundDeck(NamedTuple):
    """The notes of a deck; `kinds` are those that it declares."""

    id: str
    title: str
    home: Home
    facts: Sequence[_Found]
    kinds: Mapping[str, Kind]
    sources: Mapping[str, Source]


def _decks(notes: Sequence[OwnNote], headers: Mapping[str, Deck]) -> Iterator[_FoundDeck]:
    written: dict[str, list[OwnNote]] = {}
    for note in notes:
        if note.record is not None:
            written.setdefault(note.record.deck, []).append(note)
    homes: dict[str, Home] = {}
    titles: dict[str, str] = {}
    for deck, theirs in written.items():
        newest = max((note for note in theirs), key=lambda note: note.note.mod)
        titles[deck] = (newest.record and newest.record.title) or deck
        facts = [note.record.fact for note in theirs if note.record]
        homes[deck] = home_of(titles[deck], theirs, facts, headers)
    made: dict[str, list[OwnNote]] = {}
    for note in notes:
        if note.record is None:
            deck, title = _nearest(note.deck, homes)
            made.setdefault(deck, []).append(note)
            homes.setdefault(deck, home_of(title, [note], [], headers))
            titles.setdefault(deck, title)
    ids: dict[str, str] = {}
    for deck, home in homes.items():
        theirs = written.get(deck, [])
        found = [*_grouped(theirs), *(_as_made(note) for note in made.get(deck, ()))]
        # Two ids that differ in case alone would be one file on some systems.
        id = deck if ids.setdefault(deck.casefold(), deck) == deck else f"{deck[:40]}-{fingerprint(deck)}"
        yield _FoundDeck(id, titles[deck], home, found, _kinds(theirs, home), _sources(theirs, home))


def _nearest(deck: str, homes: Mapping[str, Home]) -> tuple[str, str]:
    """The deck of ours in whose place in Anki a note is; else a new one, of the name of the deck there."""
    for id, home in homes.items():
        if home.root and f"{deck}::".casefold().startswith(f"{home.root}::".casefold()):
            return id, ""
    title = shortened(text_of(deck.partition("::")[0])) or "Anki"
    return file_name_of(slug(title) or "anki"), title


def _kinds(notes: Sequence[OwnNote], home: Home) -> dict[str, Kind]:
    """The kinds that a deck declares, as its newest notes have them."""
    kinds = dict(home.header.kinds) if home.header else {}
    for note in sorted(notes, key=lambda note: note.note.mod):
        if note.record and note.record.kind.name not in BUILT_IN:
            kinds[note.record.kind.name] = note.record.kind
    return kinds


def _sources(notes: Sequence[OwnNote], home: Home) -> dict[str, Source]:
    sources = dict(home.header.sources) if home.header else {}
    for note in notes:
        for name, source in note.record.sources.items() if note.record else ():
            sources.setdefault(name, source)
    return sources


def _grouped(notes: Sequence[OwnNote]) -> Iterator[_Found]:
    """The notes of each fact. A note that its user copied in Anki is a new fact."""
    parts: dict[tuple[str, str], list[OwnNote]] = {}
    for note in notes:
        if note.record is not None and note.record.fact.id is not None:
            parts.setdefault((note.record.fact.id, note.record.part), []).append(note)
    facts: dict[str, list[OwnNote]] = {}
    for (id, part), same in parts.items():
        guid = guid_of(same[0].record.deck, id, part) if same[0].record else ""
        first, *copies = sorted(same, key=lambda note: note.note.guid != guid)
        facts.setdefault(id, []).append(first)
        for copy in copies:
            facts.setdefault(f"{id[:80]}-{fingerprint(copy.note.guid)}", []).append(copy)
    for id, theirs in facts.items():
        theirs.sort(key=lambda note: (note.record is not None and bool(note.record.part), note.note.id))
        record = theirs[0].record
        if record is not None:
            fact = record.fact if record.fact.id == id else replace(record.fact, id=id)
            yield _Found(fact, record.kind, theirs, written=True)


def _as_made(note: OwnNote) -> _Found:
    """A note that has no record as a fact of which nothing is known but what it shows."""
    kind = BUILT_IN[note.key]
    title = text_of(note.values.get(NOTE_TYPES[note.key].fields[0].name, ""))
    id = f"{slug(title, longest=40)}-{fingerprint(note.note.guid)}".lstrip("-")
    return _Found(Fact(kind.name, {}, id=id), kind, [note], written=False)


class _Arrived:
    """Collects what becomes of the notes, deck by deck."""

    def __init__(self, collection: Collection) -> None:
        self._media = collection.media
        self._decks: list[Deck] = []
        self._cards: dict[int, CardName] = {}
        self._guids: dict[tuple[str, str, str], str] = {}
        self._pictures: dict[str, str] = {}
        self._paths = Paths()
        self._changed: list[str] = []
        self.losses: list[Loss] = []

    def converted(self) -> Converted:
        return Converted(
            self._decks,
            self._cards,
            self._guids,
            self._pictures,
            sentences(self.losses),
            self._changed,
        )

    def add(self, deck: _FoundDeck) -> None:
        kinds = {**BUILT_IN, **deck.kinds}
        once = {found.fact.id: found for found in reversed(deck.facts)}
        usable = [
            found for found in deck.facts if found is once[found.fact.id] and not _misfits(found, kinds)
        ]
        self.losses += [Loss.UNREADABLE] * (len(deck.facts) - len(usable))
        links = Links([found.fact for found in usable if found.written], kinds)
        facts = [
            (found, fact) for found in usable if (fact := self._fact(found, deck, kinds, links)) is not None
        ]
        if not facts:
            return
        known = all(found.notes[0].position is not None for found, _ in facts)
        facts.sort(
            key=lambda pair: (pair[0].notes[0].position or 0 if known else 0, pair[0].notes[0].note.id)
        )
        about = deck.home.header or Deck(deck.id, deck.title, (), named=True)
        self._decks.append(
            replace(
                about,
                id=deck.id,
                title=deck.title,
                facts=tuple(fact for _, fact in facts),
                kinds=deck.kinds,
                sources=deck.sources,
                tags=shared_tags(deck.home, [found.notes[0] for found, _ in facts]),
            )
        )

    def _fact(self, found: _Found, deck: _FoundDeck, kinds: Mapping[str, Kind], links: Links) -> Fact | None:
        kind, main = kinds[found.fact.kind], found.notes[0]
        change = edited(found.fact, kind, found.notes, links)
        if (change.changed or not found.written) and flaw_of(change.fact, kind):
            self.losses.append(Loss.UNREADABLE)
            return None
        self.losses += [*change.losses, *(Loss.RECORD for note in found.notes if note.damaged)]
        fact = _with(
            change.fact,
            unit=unit_of(change.fact.unit, main.deck, deck.home),
            tags=tags_in(change.fact, main.note.tags, deck.home),
            image=self._image(change),
        )
        if found.written and change.changed:
            self._changed.append(title_of(fact, kind))
        id = fact.id or ""
        for note in found.notes:
            self._guids[deck.id, id, note.record.part if note.record else ""] = note.note.guid
            self._cards |= {card: CardName(deck.id, id, asks) for card, asks in asks_of(note, fact, kind)}
        return fact

    def _image(self, change: Edited) -> str:
        """The path of a fact's picture, where that is no danger; its file is told of if it is not there."""
        image, picture = change.fact.image, change.picture
        lost = leads_out(image)
        if not image or not picture:
            self.losses += [Loss.PATH] if image and lost else []
            return "" if lost else image
        if picture not in self._media:
            self.losses.append(Loss.PICTURE)
            return "" if lost or image == f"media/{picture}" else image
        path = self._paths.take(image, picture)
        if path != image:
            self.losses.append(Loss.PATH)
        if path:
            self._pictures[path] = picture
        return path


def _with(fact: Fact, unit: str, tags: tuple[str, ...], image: str) -> Fact:
    if (unit, tags, image) == (fact.unit, fact.tags, fact.image):
        return fact
    return replace(fact, unit=unit, tags=tags, image=image)


def _misfits(found: _Found, kinds: Mapping[str, Kind]) -> str:
    """Why a fact does not fit the kinds of its deck, which may have come from newer notes."""
    kind = kinds[found.fact.kind]
    return flaw_of(found.fact, kind) if found.written and kind is not found.kind else ""
