"""Rows of short texts in columns that fit the screen, or as sentences for the ear."""

from collections.abc import Sequence

from fasti.ui.lines import FAINT, STRONG, Line, Piece, cells, fitted, line, padded, wrapped
from fasti.ui.look import Look


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]], look: Look) -> list[Line]:
    """Rows under their heads: the first column takes what is left and is cut to fit, numbers stand right."""
    shown = [[look.text(cell).text for cell in row] for row in rows]
    widths = [max(cells(row[place]) for row in [heads, *shown]) for place in range(len(heads))]
    widths[0] = max(8, min(widths[0], look.measure - sum(width + 2 for width in widths[1:])))
    return [
        _row(heads, widths, look, FAINT, FAINT),
        *(_row(row, widths, look, STRONG, "") for row in shown),
    ]


def sentences(heads: Sequence[str], rows: Sequence[Sequence[str]], look: Look) -> list[Line]:
    """Each row as a sentence in which every number has its name before it."""
    lines: list[Line] = []
    for row in rows:
        numbers = ", ".join(_counted(cell, head) for head, cell in zip(heads[1:], row[1:], strict=True))
        lines += wrapped(line(look.text(f"{row[0]}: {numbers}.")), look.measure)
    return lines


def ended(sentence: str) -> str:
    """A sentence for the ear, with the full stop that it may lack."""
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."


def _counted(number: str, head: str) -> str:
    """`2 cards`, `1 card`, `1 due`: a head that is a noun stands for many."""
    return f"{number} {head.removesuffix('s') if number == '1' else head}"


def _row(row: Sequence[str], widths: Sequence[int], look: Look, first: str, style: str) -> Line:
    pieces = [Piece(padded(fitted(row[0], widths[0], look.ellipsis), widths[0]), first)]
    for cell, width in zip(row[1:], widths[1:], strict=True):
        pieces.append(Piece("  " + padded(cell, width, right=True), style))
    return tuple(pieces)
