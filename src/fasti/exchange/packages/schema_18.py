"""Collections since Anki 2.1.28: note types, decks and settings have tables of their own, half of it in protobuf.

Versions 15 to 18 of the schema agree in what is read here. Field numbers: `notetypes.proto` and `decks.proto`
of Anki.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TypeVar

from fasti.exchange.collection import AnkiDeck, NoteField, NoteType, Template
from fasti.exchange.packages.database import PackageDatabase
from fasti.exchange.packages.left_out import LeftOut, Loss
from fasti.exchange.packages.limits import MAX_DECKS, MAX_NOTE_TYPES, MAX_PARTS
from fasti.exchange.packages.protobuf import Message, ProtobufError, blobs, decode, text
from fasti.exchange.packages.protobuf import integer as number_of
from fasti.exchange.packages.schema_11 import Heads, described
from fasti.exchange.packages.text import clean, deck_name, integer, line

TABLES = ("notetypes", "fields", "templates", "decks", "config")

_TYPE_KIND, _TYPE_CSS, _CLOZE = 1, 3, 1
_FIELD_ID = 9
_QUESTION, _ANSWER, _TEMPLATE_ID = 1, 2, 8
# Of a deck's kind: the ordinary one, and in it the description and whether that is Markdown.
_NORMAL, _DESCRIPTION, _MARKDOWN = 1, 4, 5

_Part = TypeVar("_Part", NoteField, Template)


def read_heads(database: PackageDatabase, left_out: LeftOut) -> Heads:
    """The note types, decks and settings of a collection; Flaw where a table is missing."""
    return Heads(_note_types(database, left_out), _decks(database, left_out), read_settings(database))


def read_settings(database: PackageDatabase) -> dict[str, object]:
    """Anki's settings by their names; none where they are not in a table of their own yet."""
    found: dict[str, object] = {}
    for key, value in database.rows("config", ("key", "val")) if "config" in database else ():
        if isinstance(key, str) and isinstance(value, str | bytes):
            try:
                found[key] = json.loads(value)
            except (ValueError, RecursionError):
                continue
    return found


def _note_types(database: PackageDatabase, left_out: LeftOut) -> dict[int, NoteType]:
    fields, templates = _parts(database, "fields", _field), _parts(database, "templates", _template)
    found: dict[int, NoteType] = {}
    rows = database.rows("notetypes", ("id", "name", "config"), ("mtime_secs",), MAX_NOTE_TYPES)
    for number, name, config, changed in rows:
        own, message = integer(number), _message(config)
        if own is None or message is None or not _sane(fields.get(own, ()), templates.get(own, ())):
            left_out.count(Loss.NOTE_TYPE_DAMAGED)
            continue
        found[own] = NoteType(
            own,
            line(name),
            tuple(fields[own]),
            tuple(templates[own]),
            clean(text(message, _TYPE_CSS)),
            number_of(message, _TYPE_KIND) == _CLOZE,
            integer(changed) or 0,
        )
    return found


def _parts(
    database: PackageDatabase, table: str, made: Callable[[str, Message], _Part]
) -> dict[int, list[_Part]]:
    """Fields or templates in their order, by the number of their note type; there are some of types long gone."""
    found: defaultdict[int, list[tuple[int, _Part]]] = defaultdict(list)
    for owner, place, name, config in database.rows(table, ("ntid", "ord", "name", "config")):
        number, order = integer(owner), integer(place)
        if number is not None and order is not None:
            found[number].append((order, made(line(name), _message(config) or {})))
    return {number: [part for _, part in sorted(parts, key=itemgetter(0))] for number, parts in found.items()}


def _sane(fields: Sequence[NoteField], templates: Sequence[Template]) -> bool:
    return 0 < len(fields) <= MAX_PARTS and 0 < len(templates) <= MAX_PARTS


def _field(name: str, part: Message) -> NoteField:
    return NoteField(name, number_of(part, _FIELD_ID) or None)


def _template(name: str, part: Message) -> Template:
    question, answer = clean(text(part, _QUESTION)), clean(text(part, _ANSWER))
    return Template(name, question, answer, number_of(part, _TEMPLATE_ID) or None)


def _decks(database: PackageDatabase, left_out: LeftOut) -> dict[int, AnkiDeck]:
    found: dict[int, AnkiDeck] = {}
    for number, name, kind in database.rows("decks", ("id", "name", "kind"), most=MAX_DECKS):
        own = integer(number)
        if own is None:
            left_out.count(Loss.DECK_DAMAGED)
            continue
        found[own] = AnkiDeck(own, deck_name(name), _description(kind))
    return found


def _description(kind: object) -> str:
    """The description of a deck; one that gathers cards from others has none."""
    for normal in blobs(_message(kind) or {}, _NORMAL):
        message = _message(normal) or {}
        return described(clean(text(message, _DESCRIPTION)), markdown=bool(number_of(message, _MARKDOWN)))
    return ""


def _message(data: object) -> Message | None:
    try:
        return decode(data) if isinstance(data, bytes) else None
    except ProtobufError:
        return None
