"""CrowdAnki: decks as a folder with a JSON file in it, and a folder `media` beside that.

It has notes and note types and nothing of a learner: the cards are made here, as Anki makes them.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from fasti.exchange.cloze_markup import numbers_in
from fasti.exchange.collection import AnkiCard, AnkiNote, Calendar, Collection, NoteType
from fasti.exchange.packages.error import Flaw, refusing
from fasti.exchange.packages.left_out import LeftOut, Loss
from fasti.exchange.packages.limits import (
    MAX_CARDS,
    MAX_DECKS,
    MAX_DEPTH,
    MAX_JSON,
    MAX_MEDIA_FILE,
    MAX_MEMBERS,
    MAX_NOTE_TYPES,
    MAX_NOTES,
    MAX_TEMPLATE_STEPS,
)
from fasti.exchange.packages.media import Media, distinct_names, plain_name
from fasti.exchange.packages.notes import check_room, clean_tags, fitted
from fasti.exchange.packages.rendering import check_rendering
from fasti.exchange.packages.schema_11 import deck_of, note_type_of
from fasti.exchange.packages.text import clean, deck_name
from fasti.exchange.templates import is_blank, parts_of, rendered

_MEDIA = "media"
# Anki makes no more cards of one note, whatever the number of the cloze.
_MOST_CLOZES = 500

_Object = Mapping[str, object]


class _Deck(NamedTuple):
    number: int
    name: str
    values: _Object


def read(path: Path) -> Collection:
    """The collection in a CrowdAnki folder, or of its JSON file. Notes, cards, decks are numbered as they come.

    Raises Flaw, OSError or ValueError where it cannot be read.
    """
    file = _file_in(path) if path.is_dir() else path
    left_out = LeftOut()
    decks = list(_decks(_parsed(file), left_out))
    note_types = _note_types(decks, left_out)
    notes, homes = _notes(decks, note_types, left_out)
    by_number = {note_type.id: note_type for note_type in note_types.values()}
    cards = _cards(notes, homes, by_number)
    check_rendering(by_number, notes, cards)
    return Collection(
        format="CrowdAnki",
        calendar=Calendar(created_s=0),
        note_types=by_number,
        decks={deck.number: deck_of(deck.number, deck.name, deck.values) for deck in decks},
        notes=notes,
        cards=cards,
        reviews=(),
        media=_media(file.parent, decks, left_out),
        left_out=left_out.sentences(),
    )


class Ordinals:
    """Which cards Anki makes of notes: those whose front shows a field that is not empty, or else the first.

    Of a cloze it makes one for each number in any field. Those with the same fields filled have the same. Raises
    Flaw for too much work. https://docs.ankiweb.net/templates/generation.html
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Sequence[int]] = {}
        self._left = MAX_TEMPLATE_STEPS

    def of(self, note_type: NoteType, note: AnkiNote) -> Sequence[int]:
        """The numbers of a note's cards, from 0."""
        if note_type.cloze:
            numbers = {number for value in note.fields for number in numbers_in(value)}
            return sorted({min(number, _MOST_CLOZES) - 1 for number in numbers}) or [0]
        filled = sum(1 << place for place, value in enumerate(note.fields) if not is_blank(value))
        if (note_type.id, filled) not in self._known:
            self._known[note_type.id, filled] = self._shown(note_type, filled)
        return self._known[note_type.id, filled]

    def _shown(self, note_type: NoteType, filled: int) -> Sequence[int]:
        names = {field.name for place, field in enumerate(note_type.fields) if filled >> place & 1}
        made = []
        for place, template in enumerate(note_type.templates):
            self._left -= len(parts_of(template.question))
            if self._left < 0:
                raise Flaw("its templates have more parts than can be gone through")
            if _shows(template.question, names):
                made.append(place)
        return made or [0]


def _file_in(folder: Path) -> Path:
    named = [folder / "deck.json", folder / f"{folder.resolve().name}.json"]
    others = sorted(folder.glob("*.json"))
    found = [file for file in named + others[: len(others) == 1] if file.is_file()]
    if not found:
        raise Flaw("there is no `deck.json` in it", "give the CrowdAnki folder itself, or its JSON file")
    return found[0]


def _parsed(file: Path) -> _Object:
    if file.stat().st_size > MAX_JSON:
        raise Flaw("its JSON is too long")
    try:
        found = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        raise Flaw("its JSON is damaged") from error
    if not isinstance(found, dict) or not isinstance(found.get("notes"), list) or "note_models" not in found:
        raise Flaw("it is not a deck of CrowdAnki", "give its folder, or the JSON file in it with the notes")
    return found


def _decks(top: _Object, left_out: LeftOut) -> Iterator[_Deck]:
    """The deck and those inside it, each with its whole name, parents first."""
    waiting: list[tuple[str, int, _Object]] = [("", 1, top)]
    number = 0
    while waiting:
        parent, depth, values = waiting.pop()
        number += 1
        if number > MAX_DECKS:
            raise Flaw(f"it has more than {MAX_DECKS:,} decks")
        own = deck_name(values.get("name"))
        name = f"{parent}::{own}" if parent else own
        yield _Deck(number, name, values)
        children = list(_objects(values.get("children")))
        if depth == MAX_DEPTH and children:
            left_out.tell(f"decks that are more than {MAX_DEPTH} deep were left out")
        else:
            waiting += [(name, depth + 1, child) for child in reversed(children)]


def _note_types(decks: list[_Deck], left_out: LeftOut) -> dict[str, NoteType]:
    found: dict[str, NoteType] = {}
    for deck in decks:
        for model in _objects(deck.values.get("note_models")):
            key = _key(model.get("crowdanki_uuid"))
            note_type = note_type_of(len(found) + 1, model)
            if note_type is None or not key:
                left_out.count(Loss.NOTE_TYPE_DAMAGED)
            elif key not in found:
                found[key] = note_type
    if len(found) > MAX_NOTE_TYPES:
        raise Flaw(f"it has more than {MAX_NOTE_TYPES:,} note types")
    return found


def _notes(
    decks: list[_Deck], note_types: Mapping[str, NoteType], left_out: LeftOut
) -> tuple[list[AnkiNote], list[int]]:
    """The notes of all decks, and for each the number of its deck."""
    notes: list[AnkiNote] = []
    homes: list[int] = []
    kept = 0
    for deck in decks:
        for values in _objects(deck.values.get("notes")):
            note = _note(len(notes) + 1, values, note_types, left_out)
            if isinstance(note, Loss):
                left_out.count(note)
            else:
                notes.append(note)
                homes.append(deck.number)
                kept += len(note.fields)
                check_room(kept)
    if len(notes) > MAX_NOTES:
        raise Flaw(f"it has more than {MAX_NOTES:,} notes")
    if not notes and any(deck.values.get("notes") for deck in decks):
        raise Flaw(f"none of its notes can be read; {'; '.join(left_out.sentences())}")
    return notes, homes


def _note(
    number: int, values: _Object, note_types: Mapping[str, NoteType], left_out: LeftOut
) -> AnkiNote | Loss:
    note_type = note_types.get(_key(values.get("note_model_uuid")))
    fields, tags = values.get("fields"), values.get("tags")
    if note_type is None:
        return Loss.NOTE_WITHOUT_TYPE
    if not isinstance(fields, list) or not fields:
        return Loss.NOTE_DAMAGED
    text = "\x1f".join(clean(field) for field in fields)
    whole = fitted(text, len(note_type.fields), left_out)
    own_tags = clean_tags(tags if isinstance(tags, list) else ())
    return AnkiNote(number, clean(values.get("guid")), note_type.id, 0, own_tags, whole)


def _cards(notes: list[AnkiNote], homes: list[int], note_types: Mapping[int, NoteType]) -> list[AnkiCard]:
    """New cards, those of one note at the same place in the queue, as Anki puts them."""
    cards: list[AnkiCard] = []
    ordinals_of = Ordinals().of
    for place, (note, deck) in enumerate(zip(notes, homes, strict=True), start=1):
        for ordinal in ordinals_of(note_types[note.note_type], note):
            cards.append(AnkiCard(len(cards) + 1, note.id, deck, ordinal, due=place))
        if len(cards) > MAX_CARDS:
            raise Flaw(f"it has more than {MAX_CARDS:,} cards")
    return cards


def _shows(question: str, filled: set[str]) -> bool:
    """Whether a front shows one of the fields that are filled."""
    shown: list[str] = []

    def show(name: str, _: tuple[str, ...]) -> str:
        shown.append(name)
        return ""

    rendered(question, show, filled.__contains__)
    return not filled.isdisjoint(shown)


def _media(folder: Path, decks: list[_Deck], left_out: LeftOut) -> Media:
    """The media that the decks list, each out of the folder of media itself and from nowhere else."""
    listed = dict.fromkeys(name for deck in decks for name in _texts(deck.values.get("media_files")))
    if len(listed) > MAX_MEMBERS:
        raise Flaw(f"it lists {len(listed):,} media files")
    files = _files_in(folder / _MEDIA)
    there = [name for name in listed if unicodedata.normalize("NFC", name) in files]
    left_out.tell_names(
        [plain_name(name) for name in listed if unicodedata.normalize("NFC", name) not in files],
        "the media file {} is listed but not in the folder",
        "{} media files are listed but not in the folder: {}",
    )
    names = distinct_names(there, left_out)
    return {
        own: partial(_bytes_of, files[unicodedata.normalize("NFC", name)])
        for own, name in zip(names, there, strict=True)
    }


def _files_in(folder: Path) -> dict[str, Path]:
    """The files of a folder by their names in the normal form NFC; macOS may keep another. No links."""
    if not folder.is_dir() or folder.is_symlink():
        return {}
    return {
        unicodedata.normalize("NFC", file.name): file
        for file in folder.iterdir()
        if file.is_file() and not file.is_symlink()
    }


def _bytes_of(file: Path) -> bytes:
    with refusing(file):
        if file.stat().st_size > MAX_MEDIA_FILE:
            raise Flaw("it is too large for a media file")
        return file.read_bytes()


def _objects(values: object) -> Iterator[_Object]:
    return (value for value in values if isinstance(value, dict)) if isinstance(values, list) else iter(())


def _texts(values: object) -> Iterator[str]:
    return (value for value in values if isinstance(value, str)) if isinstance(values, list) else iter(())


def _key(value: object) -> str:
    return value if isinstance(value, str) else ""
