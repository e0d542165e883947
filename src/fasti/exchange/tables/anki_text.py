"""Anki's text format: a table that Anki updates notes from, and that opens in a spreadsheet.

Anki goes by the header lines. Where a file has notes of several note types it takes their fields by place,
and a cell that is there replaces what the note has. So every note comes with all its
fields, the machine's too.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from fasti.exchange.collection import NoteType
from fasti.whole_file import writing


class TextNote(NamedTuple):
    """A row: a note, its note type and the deck for its cards; fields are HTML, in the note type's order."""

    guid: str
    note_type: NoteType
    deck: str
    tags: tuple[str, ...]
    fields: tuple[str, ...]


def write_text(path: Path, notes: Sequence[TextNote]) -> None:
    """Write notes to `path`, which stays as it is until all are there. Raises WriteError where that fails.

    Nothing in it acts in a spreadsheet. Where a field begins like a formula, its first character is a
    character reference, which Anki shows as before. A guid like that is left out: Anki then knows the note by
    its first field. Decks go along only if Anki and a spreadsheet both take all their names for names.
    """
    decks = names_decks(notes)
    headings = ["guid", "note type", *(["deck"] if decks else []), "tags"]
    labels = _labels({note.note_type.id: note.note_type for note in notes}.values())
    # The mark at the beginning tells spreadsheets that the file is UTF-8.
    with writing(path) as new, new.open("w", encoding="utf-8-sig", newline="") as file:
        file.write("".join(f"{line}\r\n" for line in _header(headings)))
        csv.writer(file, lineterminator="\r\n").writerow(["#columns:guid", *headings[1:], *labels])
        rows = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        rows.writerows(_row(note, decks, len(labels)) for note in notes)


def names_decks(notes: Iterable[TextNote]) -> bool:
    """Whether the decks of these notes go along: Anki and a spreadsheet both have to take all for names."""
    return all(_is_a_name(name) for name in {note.deck for note in notes})


def is_our_table(path: Path) -> bool:
    """Whether a file is one that `write_text` wrote."""
    with path.open("rb") as file:
        start = file.read(2_000)
    return start.startswith(_BEGINNING) and b"#columns:guid,note type," in start


def _header(headings: Sequence[str]) -> list[str]:
    columns = {"guid": "guid", "note type": "notetype", "deck": "deck", "tags": "tags"}
    return [
        "#separator:Comma",
        "#html:true",
        "#if matches:update current",
        *(f"#{columns[heading]} column:{place}" for place, heading in enumerate(headings, 1)),
    ]


def _labels(note_types: Iterable[NoteType]) -> list[str]:
    """What stands above the fields: the names that the note types have at each place."""
    places = zip_longest(*([field.name for field in each.fields] for each in note_types))
    return [" / ".join(dict.fromkeys(name for name in names if name)) for names in places]


def _row(note: TextNote, decks: bool, width: int) -> list[str]:
    return [
        "" if _FORMULA.match(note.guid) else note.guid,
        note.note_type.name,
        *([note.deck] if decks else []),
        _tags(note.tags),
        *map(_inert, note.fields),
        *[""] * (width - len(note.fields)),
    ]


# Spreadsheets take these for the beginning of a formula, in wide forms too, or skip them to find one.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_FORMULA_OR_SPACE = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
_BEGINNING = "\ufeff#separator:Comma\r\n#html:true\r\n#if matches:update current\r\n".encode()
_NUMBER = re.compile(r"[+-]?[0-9]+")


def _is_a_name(deck: str) -> bool:
    """Whether the name of a deck is one to Anki, which takes a number for an id, and to a spreadsheet."""
    return not _FORMULA.match(deck) and not _NUMBER.fullmatch(deck)


def _tags(tags: Sequence[str]) -> str:
    """The tags as Anki splits them, at white space, none that looks like a formula in front."""
    text = " ".join(sorted(tags, key=lambda tag: bool(_FORMULA.match(tag))))
    return f"\N{NO-BREAK SPACE}{text}" if _FORMULA.match(text) else text


def _inert(html: str) -> str:
    found = _FORMULA.match(html)
    if found is None:
        return html
    start = _FORMULA_OR_SPACE.sub(lambda character: f"&#{ord(character.group())};", found.group())
    return start + html[found.end() :]
