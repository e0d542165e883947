"""Our own notes in Anki's text format: the rows of our table export as the notes that they were."""

from collections.abc import Mapping

from fasti.exchange.collection import AnkiCard, AnkiDeck, AnkiNote, Calendar, Collection, NoteType
from fasti.exchange.converted import Converted
from fasti.exchange.own.facts import facts_in
from fasti.exchange.own.note_types import NOTE_TYPES
from fasti.exchange.tables.rows import Row, Sheet


def own_decks(sheet: Sheet) -> tuple[Converted, Sheet] | None:
    """The decks of the rows that are notes of ours, and the sheet of the others; None where there are none of ours."""
    place = _column(sheet, "notetype column")
    ours = [row for row in sheet.rows if place is not None and _cell(row, place) in _BY_NAME]
    if place is None or not ours:
        return None
    rest = [row for row in sheet.rows if _cell(row, place) not in _BY_NAME]
    return facts_in(_collection(sheet, ours, place)), Sheet(sheet.names, rest, sheet.settings, sheet.remarks)


_BY_NAME: Mapping[str, NoteType] = {kind.name: kind for kind in NOTE_TYPES.values()}


def _column(sheet: Sheet, setting: str) -> int | None:
    """The place of a column that a setting names by its number, from 0."""
    number = sheet.settings.get(setting, "")
    return int(number) - 1 if number.isascii() and number.isdigit() and 0 < int(number) < 1000 else None


def _cell(row: Row, place: int | None) -> str:
    return row.cells[place] if place is not None and place < len(row.cells) else ""


def _collection(sheet: Sheet, rows: list[Row], place: int) -> Collection:
    guid, deck, tags = (_column(sheet, f"{word} column") for word in ("guid", "deck", "tags"))
    special = {guid, deck, tags, place}
    name = sheet.settings.get("deck", "")
    names = dict.fromkeys(_cell(row, deck) or name for row in rows)
    decks = {number: AnkiDeck(number, each) for number, each in enumerate(names, 1)}
    numbers = {each.name: each.id for each in decks.values()}
    notes: list[AnkiNote] = []
    cards: list[AnkiCard] = []
    for row in rows:
        kind = _BY_NAME[_cell(row, place)]
        fields = [cell for at, cell in enumerate(row.cells) if at not in special]
        fields = (fields + [""] * len(kind.fields))[: len(kind.fields)]
        words = tuple(_cell(row, tags).split())
        notes.append(AnkiNote(row.number, _cell(row, guid), kind.id, 0, words, tuple(fields)))
        cards.append(AnkiCard(row.number, row.number, numbers[_cell(row, deck) or name], 0))
    types = {kind.id: kind for kind in NOTE_TYPES.values()}
    return Collection("text", Calendar(0), types, decks, notes, cards, [], {})
