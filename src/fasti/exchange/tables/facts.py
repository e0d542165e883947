"""The rows of a table as facts, and what is wrong with each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fasti.core.cloze import ClozeError
from fasti.core.date_reading import read_date
from fasti.core.dates import DateError
from fasti.core.facts import Fact
from fasti.core.kinds import BUILT_IN, Field, Form
from fasti.core.text import normalised
from fasti.exchange.foreign.date_column import DateColumn
from fasti.exchange.foreign.losses import SOUNDS, Losses
from fasti.exchange.foreign.notes import without_sounds
from fasti.exchange.plain_text import plain, tidy
from fasti.exchange.tables.beside import Beside
from fasti.exchange.tables.cells import (
    LINES,
    LONGEST,
    as_link,
    cloze_text,
    fitting,
    listed,
    parts_of_order,
    unguarded,
)
from fasti.exchange.tables.columns import Columns, kind_named
from fasti.exchange.tables.rows import Row, Sheet


class Made(NamedTuple):
    """The facts of a table, a sentence for each thing that is wrong, with its row, and the orders of its dates."""

    facts: tuple[Fact, ...]
    problems: tuple[str, ...]
    orders: tuple[str, ...]


def made_of(sheet: Sheet, columns: Columns) -> Made:
    """The facts of a table's rows. A row that makes none is told of, as is everything that is left out of one."""
    rows = _Rows(sheet, columns)
    facts = [fact for row in sheet.rows if (fact := rows.fact(row))]
    orders = tuple(dict.fromkeys(column.order for column in rows.dates.values() if column.order))
    return Made(tuple(map(rows.linked, facts)), (*rows.problems, *rows.losses.sentences()), orders)


_ASKED = ("event", "date", "what")
_SOUNDS = SOUNDS._replace(place="row")
_DATES = ("date", "lived", "born", "died")


class _LeftOutError(Exception):
    """A row that makes no fact; the message says why."""


class _Rows:
    """Reads rows one by one."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self.problems: list[str] = []
        self.losses = Losses()
        self.dates: dict[int, DateColumn] = {}
        self._sheet = sheet
        self._columns = columns
        self._html = sheet.settings.get("html", "").casefold() == "true"
        self._beside = Beside(sheet, columns)
        for roles in columns.kinds.values():
            for place in (at for role, at in roles.items() if role in _DATES):
                texts = (row.cells[place] for row in sheet.rows if place < len(row.cells))
                self.dates.setdefault(place, DateColumn(self._read(text)[0] for text in texts))

    def fact(self, row: Row) -> Fact | None:
        """The fact of a row, or None; what is wrong with it is told."""
        told: list[str] = []
        try:
            return self._fact(row, told)
        except _LeftOutError as error:
            told.append(f"is left out: {error}")
            return None
        finally:
            self.problems += [f"row {row.number} {what}" for what in told]

    def linked(self, fact: Fact) -> Fact:
        """A fact with links that no deck takes for ids of facts it does not have."""
        links = [field.name for field in BUILT_IN[fact.kind].fields if field.form is Form.LINKS]
        ids = self._beside.ids
        ours = {
            name: tuple(as_link(text, ids) for text in fact.fields[name])
            for name in links
            if name in fact.fields
        }
        return replace(fact, fields={**fact.fields, **ours})

    def _fact(self, row: Row, told: list[str]) -> Fact:
        width = len(self._sheet.names)
        if any(cell.strip() for cell in row.cells[width:]):
            told.append(f"has {len(row.cells)} cells for {width} columns; the last are left out")
        given = (*row.cells, *[""] * width)[:width]
        sounds = sum(without_sounds(cell)[1] for cell in given)
        self.losses.add(_SOUNDS, row.number, f"row {row.number}", sounds)
        read = [self._read(cell) for cell in given]
        cells = [fitting(text, told) for text, _ in read]
        kind = self._kind(cells, [each for _, each in read])
        pictures = [picture for _, each in read for picture in each]
        fact = self._beside.fact(kind, row, cells, pictures, told)
        others = [self._labelled(place, cells) for place in self._columns.others(kind)]
        note = fitting("\n".join(filter(None, (fact.note, *others))), told)
        return self._with_fields(replace(fact, note=note), cells, told)

    def _labelled(self, place: int, cells: Sequence[str]) -> str:
        """The text of a column that a fact has no place for, with the column's name."""
        text, name = cells[place], tidy(self._sheet.names[place])
        return f"{name}: {text}" if text and name else text

    def _read(self, cell: str) -> tuple[str, tuple[str, ...]]:
        """A cell's text, and the pictures in it where it is HTML."""
        cell, _ = without_sounds(cell)
        if not self._html:
            return tidy(unguarded(tidy(cell))), ()
        read = plain(unguarded(cell))
        return read.text, read.pictures

    def _kind(self, cells: Sequence[str], pictures: Sequence[Sequence[str]]) -> str:
        """The kind that a row names, or whose fields it fills."""
        place, kinds, of_anki = self._columns.kind, self._columns.kinds, bool(self._sheet.settings)
        word = cells[place] if place is not None else self._sheet.settings.get("notetype", "")
        named = kind_named(word) if word else None
        # Of Anki's note types not every name says what they are.
        if word and named is None and not of_anki:
            raise _LeftOutError(f"`{word}` is no kind of fact; the kinds are {', '.join(BUILT_IN)}")
        if named and named not in kinds and not of_anki:
            raise _LeftOutError(f"the table has no columns for the kind `{named}`")
        asked = [named] if named and named in kinds else []
        others = list(kinds) if not asked or of_anki else []
        full = next((kind for kind in (*asked, *others) if not self._lacking(kind, cells)), None)
        if full is None:
            nearest = next(iter((*asked, *self._begun(cells))), None)
            raise _LeftOutError(self._lack(nearest, cells, pictures) if nearest else "it has no fact")
        return full

    def _lack(self, kind: str, cells: Sequence[str], pictures: Sequence[Sequence[str]]) -> str:
        """What keeps a row from being of a kind, in words; pictures are by the row's columns."""
        places = self._lacking(kind, cells)
        bare = [f"`{self._sheet.names[place]}`" for place in places if not pictures[place]]
        if bare:
            return f"no {' and no '.join(bare)}"
        place = places[0]
        return (
            f"`{self._sheet.names[place]}` is only the picture `{tidy(pictures[place][0])}`, "
            "which a table cannot bring along; import the deck as an `.apkg` instead"
        )

    def _lacking(self, kind: str, cells: Sequence[str]) -> list[int]:
        """The places of the columns that a row would have to fill to be of a kind."""
        roles = self._columns.kinds[kind]
        needed = [field.name for field in BUILT_IN[kind].fields if field.required]
        return [roles[name] for name in needed if not cells[roles[name]]]

    def _begun(self, cells: Sequence[str]) -> list[str]:
        """The kinds of which a row fills something, first those of which it fills the first field."""
        kinds = self._columns.kinds
        filled = {kind for kind, roles in kinds.items() if any(cells[place] for place in roles.values())}
        return sorted(filled, key=lambda kind: (not cells[kinds[kind][BUILT_IN[kind].fields[0].name]], kind))

    def _with_fields(self, fact: Fact, cells: Sequence[str], told: list[str]) -> Fact:
        """The fact with the fields of its kind; one whose date cannot be read becomes a question."""
        kind, roles = BUILT_IN[fact.kind], self._columns.kinds[fact.kind]
        own = {role: cells[place] for role, place in roles.items() if cells[place]}
        fields: dict[str, tuple[str, ...]] = {}
        notes = [fact.note]
        for field in kind.fields:
            text = own.get(field.name, "")
            if field.form is Form.DATE:
                date = self._date(field, own, roles, fact.calendar, notes, told)
                if date is None and text and field.required:
                    rest = [self._labelled(roles[each], cells) for each in own if each not in _ASKED]
                    return _undated(fact, own, rest, told)
                text = date or ""
            if text and (values := _values(field, text, told)):
                fields[field.name] = values
        lacking = next(
            (field.name for field in kind.fields if field.required and field.name not in fields), None
        )
        if lacking:
            raise _LeftOutError(f"no `{lacking}`")
        note = fitting("\n".join(filter(None, notes)), told)
        return replace(fact, fields=fields, note=note)

    def _date(
        self,
        field: Field,
        own: Mapping[str, str],
        roles: Mapping[str, int],
        calendar: str,
        notes: list[str],
        told: list[str],
    ) -> str | None:
        """A date as a deck may hold it; one that is not needed and cannot be read goes to the notes."""
        text, born, died = own.get(field.name, ""), own.get("born", ""), own.get("died", "")
        date = self.dates[roles[field.name]].read(text, calendar) if text else None
        if not text and field.name == "lived" and (born or died):
            date = self.dates[roles["born" if born else "died"]].read_life(born, died)
            text = f"{born} – {died}" if born and died else born or died
        if text and date is None and not field.required:
            told.append(f"has a date that goes to its note, because it cannot be read: {_reason(text)}")
            notes.append(text)
        return date


def _undated(fact: Fact, own: Mapping[str, str], rest: Sequence[str], told: list[str]) -> Fact:
    told.append(f"is a question and its answer, because its date cannot be read: {_reason(own['date'])}")
    note = fitting("\n".join(filter(None, (own.get("what", ""), *rest, fact.note))), told)
    fields = {"q": (f"When? {own['event']}",), "a": (own["date"],)}
    return replace(fact, kind="q", fields=fields, note=note, ask=(), calendar="", question="")


def _reason(text: str) -> str:
    try:
        read_date(text)
    except DateError as error:
        return str(error)
    return f"`{text}`"


def _values(field: Field, text: str, told: list[str]) -> tuple[str, ...]:
    """The values of a field that is no date."""
    if field.form is Form.LINKS:
        return listed((text,), LINES)
    if field.form is Form.CLOZE:
        try:
            return (cloze_text(text, told)[:LONGEST],)
        except ClozeError as error:
            raise _LeftOutError(str(error)) from error
    if field.form is Form.TEXTS:
        parts = parts_of_order(text)
        if len(parts) < field.least or len(set(map(normalised, parts))) < len(parts):
            raise _LeftOutError("an order needs two or more different parts, parted by semicolons or lines")
        return parts
    return (text,)
