"""The notes of a package's database: a table that is the same in every version of a collection."""

import re
from collections.abc import Iterable, Mapping, Sequence

from fasti.exchange.collection import AnkiNote, NoteType
from fasti.exchange.packages.database import PackageDatabase
from fasti.exchange.packages.error import Flaw
from fasti.exchange.packages.left_out import LeftOut, Loss
from fasti.exchange.packages.limits import MAX_FIELDS, MAX_NOTES
from fasti.exchange.packages.text import clean, composed, integer, joined

_NOTE = ("id", "guid", "mid", "mod", "tags", "flds")

# Anki parts tags at two kinds of space.
_BETWEEN_TAGS = re.compile("[ \u3000]+")
_NOT_IN_TAGS = re.compile(r"[\x00-\x1f\x7f]")
_BETWEEN_FIELDS = "\x1f"


def read_notes(
    database: PackageDatabase, note_types: Mapping[int, NoteType], left_out: LeftOut
) -> dict[int, AnkiNote]:
    """The notes whose note types are known, by their ids, with as many fields as their note types have.

    Raises Flaw where there are notes and none can be read.
    """
    notes: dict[int, AnkiNote] = {}
    tags_once: dict[object, tuple[str, ...]] = {}
    kept = lost = 0
    for row in database.rows("notes", _NOTE, most=MAX_NOTES):
        note = _note(row, note_types, tags_once, left_out)
        if isinstance(note, Loss):
            left_out.count(note)
            lost += 1
        elif note.id in notes:
            left_out.count(Loss.NOTE_REPEATED)
        else:
            notes[note.id] = note
            kept += len(note.fields)
        check_room(kept)
    if lost and not notes:
        raise Flaw(f"none of its notes can be read; {'; '.join(left_out.sentences())}")
    return notes


def check_room(fields: int) -> None:
    """Raises Flaw where all notes together have more fields than can be kept."""
    if fields > MAX_FIELDS:
        raise Flaw(f"its notes have more than {MAX_FIELDS:,} fields")


def clean_tags(tags: Iterable[object]) -> tuple[str, ...]:
    """Tags as Anki keeps them."""
    cleaned = (composed(_NOT_IN_TAGS.sub("", tag)) for tag in tags if isinstance(tag, str))
    return tuple(joined(tag) for tag in cleaned if tag)


def fitted(fields: str, number: int, left_out: LeftOut) -> tuple[str, ...]:
    """So many cleaned fields out of a text with U+001F between them; what is more stays in the last one."""
    parts = fields.split(_BETWEEN_FIELDS, number - 1)
    if len(parts) < number or _BETWEEN_FIELDS in parts[-1]:
        left_out.count(Loss.NOTE_OF_OTHER_LENGTH)
        parts[-1] = parts[-1].replace(_BETWEEN_FIELDS, "; ")
    return (*(clean(part) for part in parts), *[""] * (number - len(parts)))


def _note(
    row: Sequence[object],
    note_types: Mapping[int, NoteType],
    tags_once: dict[object, tuple[str, ...]],
    left_out: LeftOut,
) -> AnkiNote | Loss:
    number, guid, owner, changed, tags, fields = row
    own, type_id = integer(number), integer(owner)
    if own is None or type_id is None or fields is None:
        return Loss.NOTE_DAMAGED
    if type_id not in note_types:
        return Loss.NOTE_WITHOUT_TYPE
    if tags not in tags_once:
        tags_once[tags] = clean_tags(_BETWEEN_TAGS.split(tags) if isinstance(tags, str) else ())
    text = fields.decode("utf-8", "replace") if isinstance(fields, bytes) else str(fields)
    kept = fitted(text, len(note_types[type_id].fields), left_out)
    return AnkiNote(own, clean(guid), type_id, max(integer(changed) or 0, 0), tags_once[tags], kept)
