"""Collections before Anki 2.1.28: note types, decks and settings are JSON in the table `col`.

Every package that is written for older versions still has this form, and so have those of other programs.
"""

import html
import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fasti.exchange.collection import AnkiDeck, NoteField, NoteType, Template
from fasti.exchange.packages.error import Flaw
from fasti.exchange.packages.left_out import LeftOut, Loss
from fasti.exchange.packages.limits import MAX_DECKS, MAX_LIST, MAX_NOTE_TYPES, MAX_PARTS
from fasti.exchange.packages.text import clean, deck_name, integer, line

_CLOZE = 1


class Heads(NamedTuple):
    """What stands above the notes and cards; `settings` are Anki's own, by their names."""

    note_types: Mapping[int, NoteType]
    decks: Mapping[int, AnkiDeck]
    settings: Mapping[str, object]


def read_heads(conf: object, models: object, decks: object, left_out: LeftOut) -> Heads:
    """The note types, decks and settings that three texts of JSON hold; Flaw without note types."""
    types = _object(models)
    if types is None:
        raise Flaw("its note types are damaged")
    all_decks = _object(decks)
    if all_decks is None:
        left_out.tell("the names of the decks cannot be read")
    settings = _object(conf)
    if settings is None:
        left_out.tell("the settings cannot be read, so that due days may be one day off")
    return Heads(
        {note_type.id: note_type for note_type in _note_types(types, left_out)},
        {deck.id: deck for deck in _decks(all_decks or {}, left_out)},
        settings or {},
    )


def note_type_of(number: int, model: Mapping[str, object]) -> NoteType | None:
    """A note type in Anki's JSON, with this number; None where it has no fields or no templates."""
    fields = tuple(_fields(model.get("flds")))
    templates = tuple(_templates(model.get("tmpls")))
    if not 0 < len(fields) <= MAX_PARTS or not 0 < len(templates) <= MAX_PARTS:
        return None
    return NoteType(
        number,
        line(model.get("name")),
        fields,
        templates,
        clean(model.get("css")),
        integer(model.get("type")) == _CLOZE,
        integer(model.get("mod")) or 0,
    )


def deck_of(number: int, name: object, deck: Mapping[str, object]) -> AnkiDeck:
    """A deck in Anki's JSON, with this number and name."""
    return AnkiDeck(
        number, deck_name(name), described(clean(deck.get("desc")), markdown=deck.get("md") is True)
    )


def described(description: str, *, markdown: bool) -> str:
    """The description of a deck as HTML; one in Markdown is kept as the plain text that it is."""
    return html.escape(description, quote=False).replace("\n", "<br>") if markdown else description


def _object(text: object) -> dict[str, object] | None:
    """The object that a text of JSON holds; an empty text holds an empty one."""
    if not isinstance(text, str | bytes) or len(text) > MAX_LIST:
        return None
    try:
        found = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _note_types(models: Mapping[str, object], left_out: LeftOut) -> Iterator[NoteType]:
    if len(models) > MAX_NOTE_TYPES:
        raise Flaw(f"it has {len(models):,} note types")
    for key, model in models.items():
        found = _numbered(key, model)
        note_type = note_type_of(*found) if found else None
        if note_type:
            yield note_type
        else:
            left_out.count(Loss.NOTE_TYPE_DAMAGED)


def _decks(decks: Mapping[str, object], left_out: LeftOut) -> Iterator[AnkiDeck]:
    if len(decks) > MAX_DECKS:
        raise Flaw(f"it has {len(decks):,} decks")
    for key, deck in decks.items():
        found = _numbered(key, deck)
        if found:
            number, values = found
            yield deck_of(number, values.get("name"), values)
        else:
            left_out.count(Loss.DECK_DAMAGED)


def _numbered(key: str, value: object) -> tuple[int, Mapping[str, object]] | None:
    """A value with its number, which Anki takes from the value; some programs give it in the key only."""
    if not isinstance(value, dict):
        return None
    number = integer(value.get("id"))
    if number is None:
        number = integer(key)
    return None if number is None else (number, value)


def _fields(fields: object) -> Iterator[NoteField]:
    for field in _objects(fields):
        yield NoteField(line(field.get("name")), integer(field.get("id")))


def _templates(templates: object) -> Iterator[Template]:
    for template in _objects(templates):
        question, answer = clean(template.get("qfmt")), clean(template.get("afmt"))
        yield Template(line(template.get("name")), question, answer, integer(template.get("id")))


def _objects(values: object) -> Iterator[Mapping[str, object]]:
    return (value for value in values if isinstance(value, dict)) if isinstance(values, list) else iter(())
