"""The rows of a table: CSV in whatever form spreadsheets write it, and Anki's own text format."""

import codecs
import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import NamedTuple

from fasti.errors import FastiError
from fasti.exchange.foreign.field_words import WORDS, plain_name

LARGEST = 32 * 1024 * 1024
"""How many bytes a table may have."""

KNOWN_NAMES = frozenset(name for words in WORDS.values() for name in words)
"""Every word that says what a column is."""


class NotATableError(FastiError):
    """A file that is not a table of facts, or that no table can be read from."""

    def __init__(self, name: str, reason: str, hint: str) -> None:
        super().__init__(f"`{name}` {reason}", hint)


class UnclosedQuoteError(FastiError):
    """A row in which a quotation mark opens that nothing closes."""

    def __init__(self, name: str, row: int) -> None:
        super().__init__(
            f"row {row} of `{name}` cannot be read: a quotation mark opens there and is not closed",
            'close it; a quotation mark inside a quoted cell is written twice: `""`',
        )


class Row(NamedTuple):
    """A row that is not empty; `number` is the one that a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the names of its columns, and the rows below them.

    `settings` are the lines at the top of Anki's text format (`guid column` is `1`). `remarks` tell how the file
    was read, where that was a guess.
    """

    names: tuple[str, ...]
    rows: Sequence[Row]
    settings: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def sheet_of(data: bytes, name: str) -> Sheet:
    """The table that a file's bytes are; `name` is the file's name, for messages. Raises NotATableError."""
    text, encoding = _decoded(data, name)
    settings, body, above = _settings(text)
    separator = _named_separator(settings.get("separator", "")) or _separator(body, name)
    rows = [Row(number, tuple(cells)) for number, cells in _records(body, separator, name, above)]
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if "columns" in settings:
        names = tuple(next(csv.reader([settings["columns"]], delimiter=separator)))
    elif settings:
        names = _names_by_place(settings, max((len(row.cells) for row in rows), default=0))
    else:
        names, rows = (rows[0].cells if rows else ()), rows[1:]
    if not rows:
        raise NotATableError(name, "has no rows with facts", _FORM)
    remark = f"columns are parted by {_SEPARATOR_WORDS.get(separator, f'`{separator}`')}"
    names = _numbered(settings, tuple(each.strip() for each in names))
    return Sheet(names, rows, settings, (*encoding, *(() if settings else (remark,))))


_FORM = "the first row names the columns, such as `event` and `date`, or `question` and `answer`; each fact has a row"
_SEPARATOR_WORDS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEPARATOR_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
_LINE_END = re.compile(r"\r\n|\r|\n")
_BINARY = {
    b"PK\x03\x04": "is a spreadsheet program's own file, not a table in text",
    b"\xd0\xcf\x11\xe0": "is a spreadsheet program's own file, not a table in text",
    b"SQLite format 3": "is a database, not a table in text",
    b"%PDF": "is a PDF file, not a table in text",
}
_SAVE_AS = "open it in the spreadsheet program and save it as `CSV UTF-8`"
_SETTINGS = (
    *("separator", "html", "tags", "columns", "notetype", "deck", "notetype column", "deck column"),
    *("tags column", "guid column", "if matches", "match scope"),
)
_SPECIAL = {
    "guid column": "guid",
    "notetype column": "notetype",
    "deck column": "deck",
    "tags column": "tags",
}


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text, and a remark where its encoding was guessed."""
    if data.startswith(b"PK\x03\x04") and b"collection.anki2" in data:
        raise NotATableError(
            name, "is an Anki package, not a table", "import it with `fasti import anki FILE`"
        )
    if len(data) > LARGEST:
        size = len(data) // 1024 // 1024
        raise NotATableError(name, f"has {size} MiB; a table may have 32", "part it into several files")
    for start, reason in _BINARY.items():
        if data.startswith(start):
            raise NotATableError(name, reason, _SAVE_AS)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if not text.strip():
            raise NotATableError(name, "is empty", _FORM)
        guess = "the file is not in UTF-8; it was read as Windows-1252, so look at the accents"
        return text, ((guess,) if encoding == "cp1252" else ())
    raise NotATableError(name, "is not text in UTF-8, UTF-16 or Windows-1252", _SAVE_AS)


def _settings(text: str) -> tuple[dict[str, str], str, int]:
    """The settings in the lines at the top, the text below them, and how many lines they are."""
    settings: dict[str, str] = {}
    lines = 0
    if text[:4].lower() == "sep=" and text[5:6] in "\r\n":
        settings_end = text.index(text[5]) + 1 if text[5:6] else len(text)
        rest = text[settings_end:].removeprefix("\n")
        return {}, rest, 1
    while text.startswith("#"):
        line, rest = _first_line(text)
        key, colon, value = line[1:].partition(":")
        if not colon or key.strip().lower() not in _SETTINGS:
            break
        key = key.strip().lower()
        settings[key] = value if key in ("separator", "columns") else value.strip()
        text, lines = rest, lines + 1
    return settings, text, lines


def _first_line(text: str) -> tuple[str, str]:
    """The first line without its end, and the lines below it; old Macs end lines with a carriage return alone."""
    line, *rest = _LINE_END.split(text, maxsplit=1)
    return line, "".join(rest)


def _named_separator(name: str) -> str:
    word = name.strip().lower()
    return _SEPARATOR_NAMES.get(word) or (name[:1] if name[:1] and not name[:1].isalnum() else "")


def _separator(text: str, name: str) -> str:
    """The separator that makes the most of the first rows: known names above, and columns of one length."""
    found = {separator: _likeness(text, separator) for separator in _SEPARATOR_WORDS}
    best = max(found, key=lambda separator: found[separator])
    if found[best][0] == 0 and found[best][2] < 2:
        raise NotATableError(name, "has one column, where a fact has at least two", _FORM)
    return best


def _likeness(text: str, separator: str) -> tuple[int, float, int]:
    """How many names above are known, what part of the rows has as many cells, and how many cells that are."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows += (
            row for row in islice(csv.reader(StringIO(text, newline=""), delimiter=separator), 40) if any(row)
        )
    if not rows:
        return 0, 0.0, 0
    width = len(rows[0])
    known = sum(plain_name(cell) in KNOWN_NAMES for cell in rows[0])
    alike = sum(len(row) == width for row in rows) / len(rows) if width > 1 else 0.0
    return known, alike, width


def _records(text: str, separator: str, name: str, above: int) -> Iterator[tuple[int, list[str]]]:
    """The records with their numbers, where so many lines stand above them."""
    lines = StringIO(text, newline="").readlines()
    reader = csv.reader(lines, delimiter=separator)
    number, line = 1, 0
    while True:
        try:
            cells = next(reader)
            if reader.line_num == len(lines):
                _check_quotes(lines[line:], separator)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnclosedQuoteError(name, number + above) from error
        yield number + above, cells
        number, line = number + 1, reader.line_num


def _check_quotes(lines: Sequence[str], separator: str) -> None:
    """Raise csv.Error where a quotation mark in the last record is never closed."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            raise


def _names_by_place(settings: Mapping[str, str], width: int) -> tuple[str, ...]:
    """Names for the columns of an Anki text file that does not name them: front, back, and what is beside."""
    special = {settings[key] for key in _SPECIAL if key in settings}
    fields = [place for place in range(1, width + 1) if str(place) not in special]
    names = {place: f"Extra {number}" for number, place in enumerate(fields, -1)}
    names |= dict(zip(fields, ("Front", "Back"), strict=False))
    return tuple(names.get(place, "") for place in range(1, width + 1))


def _numbered(settings: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, with those of the columns that Anki's settings speak of by number."""
    by_place = {int(settings[key]): word for key, word in _SPECIAL.items() if settings.get(key, "").isdigit()}
    width = max([len(names), *(place for place in by_place if place < 1000)])
    given = (*names, *("" for _ in range(width - len(names))))
    return tuple(by_place.get(place, name) for place, name in enumerate(given, 1))
