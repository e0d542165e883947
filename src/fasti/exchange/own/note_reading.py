"""Notes of ours in a collection: which they are, and what stands in their fields by the names we gave these.

A user may have renamed a note type or its fields, put them into another order or added some; Anki itself
makes copies of note types when it imports.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from fasti.exchange.collection import AnkiCard, AnkiNote, Collection, NoteType
from fasti.exchange.own.checked_values import BadRecordError
from fasti.exchange.own.markup import mark, pictures_in, text_of
from fasti.exchange.own.note_types import LAST_FIELDS, NOTE_TYPES, RECORD, switch
from fasti.exchange.own.record_reading import Record, record_of

_BY_ID = {note_type.id: key for key, note_type in NOTE_TYPES.items()}
_RECORD_IDS = {note_type.fields[-1].id for note_type in NOTE_TYPES.values()}


class OwnNote(NamedTuple):
    """A note of one of our types, which is known by its key in `NOTE_TYPES`.

    `values` has the HTML of its fields by our names for them; a field that is gone is empty. `record` is None where
    the note has none that can be read; then `damaged` says whether it has had one. `cards` are its cards by our `ord`, `deck` the name of the deck they
    are in, `position` their place among new cards where it is known.
    """

    note: AnkiNote
    key: str
    values: Mapping[str, str]
    record: Record | None
    cards: tuple[tuple[int, AnkiCard], ...]
    deck: str
    position: int | None
    damaged: bool = False


def is_own(note_type: NoteType) -> bool:
    """Whether notes of this type are facts that we wrote: renamed, changed and copied types too."""
    if any(field.id in _RECORD_IDS for field in note_type.fields if field.id is not None):
        return True
    names = {field.name for field in note_type.fields}
    if RECORD not in names:
        return False
    return (
        note_type.id in _BY_ID
        or note_type.name.casefold().startswith("fasti ")
        or names.issuperset(LAST_FIELDS)
    )


def own_notes(collection: Collection) -> list[OwnNote]:
    """The notes of our types, in the order of their ids."""
    types = {id: _Type(note_type) for id, note_type in collection.note_types.items() if is_own(note_type)}
    cards: dict[int, list[AnkiCard]] = {}
    for card in collection.cards:
        cards.setdefault(card.note, []).append(card)
    decks = {id: deck.name for id, deck in collection.decks.items()}
    notes = (note for note in collection.notes if note.note_type in types)
    return sorted(
        (_own_note(note, types[note.note_type], cards.get(note.id, ()), decks) for note in notes),
        key=lambda own: own.note.id,
    )


_NEVER_READ = re.compile(r"fasti|Spare \d|Weekday|Shuffled|Kind")
_RENAMED = re.compile(r"-[0-9a-f]{40}(?=\.\w+$)")


def changed_texts(note: OwnNote) -> Iterator[tuple[str, str]]:
    """The fields that do not show what we wrote, by our names for them, and what they show; a picture's name."""
    seen = note.record.seen if note.record else {}
    for name, html in note.values.items():
        written = seen.get(name)
        if _NEVER_READ.fullmatch(name) or (written is None and (not html or name.startswith(switch("")))):
            continue
        if name == "Image":
            text = next(iter(pictures_in(html)), "")
            # Anki renames a file whose name another one has already.
            changed = mark(text) != written and mark(_RENAMED.sub("", text)) != written
        else:
            text = text_of(html)
            changed = mark(text) != written
        if changed and (text or written is not None):
            yield name, text


class _Type:
    """A note type as it is in the collection, compared with ours."""

    def __init__(self, theirs: NoteType) -> None:
        self.key = _key(theirs)
        ours = NOTE_TYPES[self.key]
        ids = {field.id: place for place, field in enumerate(theirs.fields) if field.id is not None}
        names = {field.name: place for place, field in reversed([*enumerate(theirs.fields)])}
        self.places = {
            field.name: place
            for field in ours.fields
            for place in [ids.get(field.id or 0, names.get(field.name))]
            if place is not None
        }
        known: dict[int | None, int] = {template.id: ord for ord, template in enumerate(ours.templates)}
        named = {template.name: ord for ord, template in enumerate(ours.templates)}
        self.ords = {
            place: known.get(template.id, named.get(template.name, place))
            for place, template in enumerate(theirs.templates)
        }


def _key(note_type: NoteType) -> str:
    """Which of our types it is: by its id, else by the fields that it has."""
    if note_type.id in _BY_ID:
        return _BY_ID[note_type.id]
    has = {field.id for field in note_type.fields} | {field.name for field in note_type.fields}

    def common(key: str) -> tuple[int, int]:
        ours = NOTE_TYPES[key].fields
        return sum(field.id in has or field.name in has for field in ours), -len(ours)

    return max(NOTE_TYPES, key=common)


def _own_note(note: AnkiNote, type: _Type, cards: Iterable[AnkiCard], decks: Mapping[int, str]) -> OwnNote:
    places = type.places.items()
    values = {name: note.fields[place] if place < len(note.fields) else "" for name, place in places}
    cards = sorted(cards, key=lambda card: card.ord)
    homes = (decks.get(card.original_deck or card.deck, "") for card in cards)
    cloze = NOTE_TYPES[type.key].cloze
    record = _record(values.get(RECORD, ""))
    return OwnNote(
        note,
        type.key,
        values,
        record,
        tuple((card.ord if cloze else type.ords.get(card.ord, card.ord), card) for card in cards),
        next(filter(None, homes), ""),
        min((place for card in cards if (place := _position(card)) is not None), default=None),
        damaged=record is None and bool(text_of(values.get(RECORD, "")[:1000])),
    )


def _record(html: str) -> Record | None:
    # As it was written, or as an editor that takes it for HTML leaves it.
    for text in (html, text_of(html) if html.strip() else ""):
        try:
            return record_of(text)
        except BadRecordError:
            continue
    return None


def _position(card: AnkiCard) -> int | None:
    """A card's place among the new ones, which Anki remembers when the card is new no more."""
    if card.type == 0:
        return card.original_due if card.original_deck else card.due
    _, found, rest = card.data[:1000].partition('"pos":')
    digits = rest.lstrip()[:12]
    number = digits[: len(digits) - len(digits.lstrip("0123456789"))]
    return int(number) if found and number else None
