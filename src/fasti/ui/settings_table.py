"""A student's settings: what each is, and where that comes from."""

from collections.abc import Sequence
from typing import NamedTuple

from fasti.ui.console import standard_output
from fasti.ui.lines import FAINT, STRONG, Line, Piece, cells, line, padded, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed


class Row(NamedTuple):
    """A setting, its value as a command takes it, where that comes from, and what it is for."""

    key: str
    value: str
    whence: str
    about: str


def show_settings(rows: Sequence[Row], file: str, *, accessible: bool) -> None:
    """Print the settings and the file that they can be written to."""
    output = standard_output()
    with until_closed(output.file):
        output.show(settings_lines(rows, file, output.look, accessible=accessible))


def settings_lines(rows: Sequence[Row], file: str, look: Look, *, accessible: bool) -> list[Line]:
    """The lines that `show_settings` prints: a table where it fits, else each setting over two lines."""
    if accessible:
        told = [f"{row.key} is {row.value or look.dash}, from {row.whence}: {row.about}." for row in rows]
        told = [text.replace(", from default", ", the default") for text in told]
        return [each for text in (*told, f"File: {file}") for each in _prose(text, look)]
    shown = [Row(*(look.text(cell).text for cell in row)) for row in rows]
    shown = [row._replace(value=row.value or look.dash) for row in shown]
    heads = Row("setting", "value", "from", "what it is")
    widths = [max(cells(row[place]) for row in (heads, *shown)) for place in range(len(heads))]
    for columns in (4, 3):
        if sum(widths[:columns]) + 2 * (columns - 1) <= look.measure:
            table = [_row(heads, widths, columns, FAINT), *(_row(row, widths, columns) for row in shown)]
            return [*table, *_prose(file, look)]
    return [*(each for row in shown for each in _stacked(row, look)), *_prose(file, look)]


def _row(row: Row, widths: Sequence[int], columns: int, style: str = "") -> Line:
    pieces = [Piece(padded(row.key, widths[0]), style or STRONG)]
    for place in range(1, columns):
        last = place == columns - 1
        text = row[place] if last else padded(row[place], widths[place])
        pieces.append(Piece(f"  {text}", style or (FAINT if place > 1 else "")))
    return tuple(pieces)


def _stacked(row: Row, look: Look) -> list[Line]:
    first = wrapped(line(Piece(row.key, STRONG), f"  {row.value}"), look.measure, "", "  ")
    return [*first, *wrapped(line(Piece(row.whence, FAINT)), look.measure, "  ", "  ")]


def _prose(text: str, look: Look) -> list[Line]:
    return wrapped(line(look.text(text, FAINT)), look.measure)
