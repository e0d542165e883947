"""Tables with a header row, and Anki's own text exports, as decks of facts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import NamedTuple

from fasti.core.facts import Deck, Fact
from fasti.core.text import slug
from fasti.exchange.converted import Converted
from fasti.exchange.foreign.sources import short_sources
from fasti.exchange.plain_text import tidy
from fasti.exchange.tables.columns import columns_of, kind_column, kind_named, missing
from fasti.exchange.tables.facts import made_of
from fasti.exchange.tables.own_table import own_decks
from fasti.exchange.tables.rows import NotATableError, Sheet, sheet_of


class ColumnGuess(NamedTuple):
    """A column, by its number from 1 and its name, and what it was taken for; empty where it was passed over."""

    number: int
    name: str
    taken_for: str


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A deck made of a table.

    `guess` says what each column was taken for, where that had to be guessed, and `remarks` what else was: how the
    file is written, and which number of a date is the month. `problems` tell, with the row, of what could not become what it should.
    """

    deck: Deck
    guess: Sequence[ColumnGuess]
    remarks: Sequence[str] = ()
    problems: Sequence[str] = ()


def facts_in_table(data: bytes, name: str) -> TableFacts:
    """The deck in a file's bytes; `name`, the file's name, becomes its title.

    A fact has an id where a column gives one; a table that we wrote ourselves comes back as the deck that it was.
    Raises NotATableError where there is no table of facts, and
    FastiError where its rows cannot be read.
    """
    file = PurePath(name).name
    sheet = sheet_of(data, file)
    if own := own_decks(sheet):
        return _of_ours(sheet, *own)
    columns = columns_of(sheet.names, _texts(sheet), _kinds_named(sheet))
    if not columns.kinds:
        raise NotATableError(file, missing(sheet.names), _HINT)
    made = made_of(sheet, columns)
    if not made.facts:
        first = "; ".join(made.problems[:3])
        raise NotATableError(file, f"has no row that is a fact: {first}", _HINT)
    guess = [
        ColumnGuess(number, each or f"column {number}", taken)
        for number, (each, taken) in enumerate(zip(sheet.names, columns.taken, strict=True), 1)
    ]
    orders = tuple(f"dates in numbers are read as {order}" for order in made.orders)
    return TableFacts(_deck(sheet, file, made.facts), guess, (*sheet.remarks, *orders), made.problems)


_HINT = (
    "name the columns in the first row: `event` and `date`, `person` and `who`, `term` and `meaning`, "
    "`cause` and `effect`, `question` and `answer`, or `cloze`"
)


def _of_ours(sheet: Sheet, found: Converted, rest: Sheet) -> TableFacts:
    """The deck of a table that we wrote: its facts as they were, with what was changed in the table."""
    first, *others = found.decks
    remarks = ["this is a table that fasti wrote"]
    if found.changed:
        remarks.append(f"changed here: {', '.join(f'`{title}`' for title in found.changed)}")
    problems = [f"row {row.number} is left out: it is no note of this deck" for row in rest.rows]
    problems += [f"the deck `{deck.title}` is left out: import it from a table of its own" for deck in others]
    return TableFacts(first, (), remarks, [*found.left_out, *problems])


def _texts(sheet: Sheet) -> list[list[str]]:
    """The cells of each column, without the rows that are too short to have one."""
    return [
        [row.cells[place].strip() for row in sheet.rows if place < len(row.cells)]
        for place in range(len(sheet.names))
    ]


def _kinds_named(sheet: Sheet) -> set[str]:
    """The kinds that rows name in a column for it, or that the file names for all of them."""
    place = kind_column(sheet.names)
    words = {sheet.settings.get("notetype", "")}
    words |= {row.cells[place].strip() for row in sheet.rows if place is not None and place < len(row.cells)}
    return {kind for word in words if (kind := kind_named(word))}


def _deck(sheet: Sheet, file: str, facts: tuple[Fact, ...]) -> Deck:
    stem = tidy(PurePath(file).stem.replace("_", " ").replace("-", " ")).replace("\n", " ") or "Table"
    root = _root([fact.unit for fact in facts]) if "deck column" in sheet.settings else ()
    title = tidy(sheet.settings.get("deck", "")) or "::".join(root) or stem[0].upper() + stem[1:]
    if root:
        start = len(root)
        facts = tuple(replace(fact, unit="::".join(fact.unit.split("::")[start:])) for fact in facts)
    return Deck(
        slug(title) or "deck",
        title,
        facts,
        sources=short_sources(facts),
        tags=tuple(sheet.settings.get("tags", "").split()),
    )


def _root(names: Sequence[str]) -> tuple[str, ...]:
    """What the names of all decks begin with."""
    first, *others = {tuple(name.split("::")) for name in names if name} or {()}
    while first and any(other[: len(first)] != first for other in others):
        first = first[:-1]
    return first
