"""What a deck of the library is in Anki: its notes under the names that they have there.

What was exported once keeps its name, whatever the author has changed since. So each note's guid and each
card's place in it are kept in the library.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.content import deck_of, fact_of
from fasti.core.days import Moment
from fasti.core.facts import Deck, Fact
from fasti.core.kinds import BUILT_IN
from fasti.exchange.own.notes import FactNote, deck_name, guid_of, notes_of, tags_of
from fasti.pictures import Picture, PictureError, picture_of
from fasti.store import anki_notes, catalogue
from fasti.store.anki_notes import Slot, StoredNote
from fasti.store.catalogue import StoredCard, StoredDeck, StoredFact
from fasti.store.database import Database
from fasti.store.faces import card_from

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Note(NamedTuple):
    """A note on its way to Anki; `cards` are the ord and the key of each card that it has.

    `stored` is what the library is to know of it. `created_ms` is a moment that orders notes as their author did.
    """

    content: FactNote
    deck: str
    tags: tuple[str, ...]
    cards: tuple[tuple[int, str], ...]
    stored: StoredNote
    created_ms: int


@dataclass(slots=True)
class Leaving:
    """A deck on its way to Anki, in the author's order.

    `again` says that some of it was exported before. `left_out` says what cannot go along, a sentence each.
    """

    deck: Deck
    notes: list[Note] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    again: bool = False
    changed: list[StoredNote] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)

    def remember(self, database: Database) -> None:
        """Keep in the library what it does not know yet of these notes, once they are written."""
        if self.changed or self.slots:
            with database.writing() as connection:
                anki_notes.save(connection, self.changed, self.slots)


def leaving(connection: "Connection", stored: StoredDeck, moment: Moment) -> Leaving:
    """The notes of a deck; facts that left it are among them only if Anki has them."""
    out = Leaving(deck_of(stored.id, stored.title, stored.content))
    known = _Known(anki_notes.notes(connection, stored.id), anki_notes.slots(connection, stored.id))
    out.again = bool(known.facts)
    guids = _Guids(connection)
    cards: dict[str, list[StoredCard]] = {}
    for card in catalogue.cards(connection, stored.id):
        cards.setdefault(card.fact, []).append(card)
    for fact in catalogue.facts(connection, stored.id):
        if fact.retired_ms is None or fact.id in known.facts:
            _add(guids, out, fact, cards.get(fact.id, ()), known, moment)
    return out


class _Known:
    """What Anki has of a deck already."""

    def __init__(self, notes: Sequence[StoredNote], slots: Sequence[Slot]) -> None:
        parts = {note.guid: note.part for note in notes}
        self.facts = {note.fact for note in notes}
        self.notes: dict[tuple[str, str], StoredNote] = {}
        for note in notes:
            self.notes.setdefault((note.fact, note.part), note)
        self.slots = {slot.card: slot for slot in slots}
        self.places = {slot.card: (parts[slot.guid], slot.ord) for slot in slots if slot.guid in parts}


class _Guids:
    """Gives guids to notes that have none yet; what others have is asked for once."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._holders: dict[str, tuple[str, str, str]] | None = None

    def new(self, deck: str, fact: str, part: str) -> str:
        """A guid that no other fact has: one that had this id before may have taken it along."""
        if self._holders is None:
            self._holders = anki_notes.holders(self._connection)
        salt = ""
        while True:
            guid = guid_of(deck, fact, part + salt)
            if self._holders.setdefault(guid, (deck, fact, part)) == (deck, fact, part):
                return guid
            salt += "\x1f"


def _add(
    guids: _Guids,
    out: Leaving,
    stored: StoredFact,
    cards: Sequence[StoredCard],
    known: _Known,
    moment: Moment,
) -> None:
    fact = fact_of(stored.content)
    kind = out.deck.kinds.get(stored.kind) or BUILT_IN.get(stored.kind)
    asked = [card for card in cards if stored.retired_ms is not None or card.retired_ms is None]
    if kind is None or not asked:
        return
    contents = notes_of(
        out.deck.id,
        out.deck.title,
        stored.id,
        fact,
        kind,
        [card_from(card.face, card.asks) for card in asked],
        out.deck.sources,
        _image(out, stored, fact),
        _places(cards, known),
    )
    keys = {card.asks: card.key for card in asked}
    for content in contents:
        before = known.notes.get((stored.id, content.part))
        note = _note(guids, out.deck, stored, fact, content, keys, before, moment)
        out.notes.append(note)
        if note.stored != before:
            out.changed.append(note.stored)
        slots = (Slot(key, note.stored.guid, ord) for ord, key in note.cards)
        out.slots += [slot for slot in slots if known.slots.get(slot.card) != slot]


def _places(cards: Sequence[StoredCard], known: _Known) -> Mapping[str, tuple[str, int]]:
    return {card.asks: known.places[card.key] for card in cards if card.key in known.places}


def _note(
    guids: _Guids,
    deck: Deck,
    stored: StoredFact,
    fact: Fact,
    content: FactNote,
    keys: Mapping[str, str],
    before: StoredNote | None,
    moment: Moment,
) -> Note:
    tags = tags_of(fact, deck.tags, retired=stored.retired_ms is not None)
    digest = blake2b("\x1f".join((*content.fields, *tags)).encode(), digest_size=12).hexdigest()
    guid = before.guid if before else guids.new(deck.id, stored.id, content.part)
    changed_ms = _changed_ms(stored, before, digest, moment)
    return Note(
        content,
        deck_name(deck.title, fact.unit),
        tags,
        tuple((ord, keys[asks]) for ord, asks in content.cards),
        StoredNote(guid, deck.id, stored.id, content.part, digest, changed_ms),
        stored.first_seen_ms + stored.position,
    )


def _changed_ms(stored: StoredFact, before: StoredNote | None, digest: str, moment: Moment) -> int:
    """Since when the note is as it is: what its user changed in Anki after that is kept there.

    A note can change without its fact (a tag of the deck, how a card is written): that happens now.
    """
    changed_ms = max(stored.changed_ms, stored.retired_ms or 0)
    if before is None:
        return changed_ms
    if before.digest in {digest, ""}:  # nothing is known of what a note was when it came from Anki
        return max(before.changed_ms, changed_ms) if not before.digest else before.changed_ms
    return changed_ms if changed_ms > before.changed_ms else moment.utc_ms


def _image(out: Leaving, stored: StoredFact, fact: Fact) -> str:
    """The name under which a fact's picture goes along, or nothing."""
    if not fact.image:
        return ""
    try:
        picture = picture_of(stored.path, fact.image)
    except PictureError as error:
        out.left_out.append(f"the picture of `{stored.title}`: {error}")
        return ""
    out.pictures[picture.name] = picture
    return picture.name
