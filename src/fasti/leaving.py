"""What a deck of the library is in Anki: its notes under the names that they have there.

What was exported once keeps its name, whatever the author has changed since. So each note's guid and each
card's place in it are kept in the library.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.content import deck_of, fact_of
from fasti.core.days import Moment
from fasti.core.facts import Deck, Fact
from fasti.core.kinds import BUILT_IN
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.exchange.own.note_types import RECORD
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

    `again` says that some of it was exported before, and `unasked` how many cards were that are not asked any
    more, though their notes are. `left_out` says what cannot go along, a sentence each.
    """

    deck: Deck
    notes: list[Note] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    again: bool = False
    unasked: int = 0
    changed: list[StoredNote] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)

    def remember(self, database: Database) -> None:
        """Keep in the library what it does not know yet of these notes, once they are written."""
        if self.changed or self.slots:
            with database.writing() as connection:
                anki_notes.save(connection, self.changed, self.slots)


def leaving(
    connection: "Connection", stored: StoredDeck, moment: Moment, onlooker: Onlooker = nobody
) -> Leaving:
    """The notes of a deck; facts that left it are among them only if Anki has them."""
    known = _Known(anki_notes.notes(connection, stored.id), anki_notes.slots(connection, stored.id))
    out = Leaving(deck_of(stored.id, stored.title, stored.content), again=bool(known.facts))
    packer = _Packer(out, known, _Guids(connection), moment)
    cards: dict[str, list[StoredCard]] = {}
    for card in catalogue.cards(connection, stored.id):
        cards.setdefault(card.fact, []).append(card)
    facts = catalogue.facts(connection, stored.id)
    for fact in told(facts, onlooker, f"Exporting {stored.title}", "facts"):
        if fact.retired_ms is None or fact.id in known.facts:
            packer.pack(fact, cards.get(fact.id, ()))
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


@dataclass(slots=True)
class _Packer:
    """Makes the notes of one fact after the other, and puts them among those that leave."""

    out: Leaving
    known: _Known
    guids: _Guids
    moment: Moment

    def pack(self, stored: StoredFact, cards: Sequence[StoredCard]) -> None:
        """Add a fact's notes; those that Anki has and that nothing is asked of any more are marked as retired."""
        fact = fact_of(stored.content)
        kind = self.out.deck.kinds.get(stored.kind) or BUILT_IN.get(stored.kind)
        if kind is None:
            return
        places = {card.asks: self.known.places[card.key] for card in cards if card.key in self.known.places}
        image = self._image(stored, fact)

        def contents(asked: Sequence[StoredCard]) -> list[FactNote]:
            faces = [card_from(card.face, card.asks) for card in asked]
            deck = self.out.deck
            return notes_of(deck.id, deck.title, stored.id, fact, kind, faces, deck.sources, image, places)

        # The cards of a retired fact are those that left with it.
        live = [card for card in cards if card.retired_ms in {None, stored.retired_ms}]
        notes = contents(live)
        self._add(stored, fact, notes, live, retired=stored.retired_ms is not None)
        parts = {note.part for note in notes}
        gone = [card for card in cards if card not in live and card.asks in places]
        self.out.unasked += sum(places[card.asks][0] in parts for card in gone)
        if alone := [card for card in gone if places[card.asks][0] not in parts]:
            self._add(stored, fact, contents(alone), alone, retired=True)

    def _add(
        self,
        stored: StoredFact,
        fact: Fact,
        contents: Sequence[FactNote],
        cards: Sequence[StoredCard],
        *,
        retired: bool,
    ) -> None:
        out = self.out
        keys = {card.asks: card.key for card in cards}
        tags = tags_of(fact, out.deck.tags, retired=retired)
        for content in contents:
            before = self.known.notes.get((stored.id, content.part))
            row = self._row(stored, content, tags_of(fact, (), retired=retired), before)
            here = tuple((ord, keys[asks]) for ord, asks in content.cards)
            name = deck_name(out.deck.title, fact.unit)
            out.notes.append(Note(content, name, tags, here, row, stored.first_seen_ms + stored.position))
            if row != before:
                out.changed.append(row)
            slots = (Slot(key, row.guid, ord) for ord, key in here)
            out.slots += [slot for slot in slots if self.known.slots.get(slot.card) != slot]

    def _row(
        self, stored: StoredFact, content: FactNote, tags: Sequence[str], before: StoredNote | None
    ) -> StoredNote:
        digest = _digest(content, tags)
        deck = self.out.deck.id
        guid = before.guid if before else self.guids.new(deck, stored.id, content.part)
        changed_ms = _changed_ms(stored, before, digest, self.moment)
        return StoredNote(guid, deck, stored.id, content.part, digest, changed_ms)

    def _image(self, stored: StoredFact, fact: Fact) -> str:
        """The name under which a fact's picture goes along, or nothing."""
        if not fact.image:
            return ""
        try:
            picture = picture_of(stored.path, fact.image)
        except PictureError as error:
            self.out.left_out.append(f"the picture of `{stored.title}`: {error}")
            return ""
        self.out.pictures[picture.name] = picture
        return picture.name


def _digest(content: FactNote, tags: Sequence[str]) -> str:
    """Of what is seen of a note: neither its record nor its deck's tags count.

    A deck that gets another title or tag does not change its notes: what its users wrote into them stays.
    """
    seen = [
        text
        for field, text in zip(content.note_type.fields, content.fields, strict=True)
        if field.name != RECORD
    ]
    return blake2b("\x1f".join((*seen, *tags)).encode(), digest_size=12).hexdigest()


def _changed_ms(stored: StoredFact, before: StoredNote | None, digest: str, moment: Moment) -> int:
    """Since when the note is as it is: what its user changed in Anki after that is kept there.

    A note can change without its fact (how a card is written): that happens now.
    """
    changed_ms = max(stored.changed_ms, stored.retired_ms or 0)
    if before is None:
        return changed_ms
    if not before.digest:  # it came from Anki, and nothing is known of what it was before
        return max(before.changed_ms, changed_ms)
    if before.digest == digest:
        return before.changed_ms
    return changed_ms if changed_ms > before.changed_ms else moment.utc_ms
