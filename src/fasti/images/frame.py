"""The room that a picture has on the screen, and how much of it a picture takes."""

from typing import NamedTuple

UNKNOWN_CELL = (7, 14)
"""A small cell, in pixels: where it is larger, a picture is drawn small, but never over text."""

_LEAST_ROWS = 3
_INDENT = 2


class Frame(NamedTuple):
    """The most cells that a picture may take, and the width and height of one in pixels."""

    columns: int
    rows: int
    cell: tuple[int, int] = UNKNOWN_CELL

    @property
    def pixels(self) -> tuple[int, int]:
        """Its width and height in pixels."""
        return self.columns * self.cell[0], self.rows * self.cell[1]


def frame_of(width: int, height: int, cell: tuple[int, int] | None) -> Frame:
    """The room for a picture on a screen of so many columns and rows: a third of its height."""
    return Frame(max(width - 2 * _INDENT, 1), max(height // 3, _LEAST_ROWS), cell or UNKNOWN_CELL)


def cells_taken(width: int, height: int, cell: tuple[int, int]) -> tuple[int, int]:
    """The columns and rows that a picture of so many pixels takes."""
    return -(-width // cell[0]), -(-height // cell[1])


def placed(drawing: str, rows: int) -> str:
    """A drawing below the line that the cursor is on the beginning of; the cursor is below it afterwards.

    Terminals differ in where a picture leaves the cursor. So its rows are made first, which scrolls the
    screen where that is needed, and the cursor returns to the place that was kept.
    """
    return "\n" * rows + f"\x1b7\x1b[{rows}A\x1b[{_INDENT}C{drawing}\x1b8"
