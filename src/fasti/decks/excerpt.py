"""A line of a deck file with a caret under the place that is meant, as a terminal shows it."""

import unicodedata

from fasti.core.text import printable

WIDEST = 100
"""How many cells of a line are shown."""

_TAB = 4


def excerpt(line: str, column: int) -> tuple[str, str]:
    """The line, safe to print and cut around the column where it is long, and the caret under that column.

    `column` counts characters from 1; the caret counts cells, so that it stands right behind wide ones.
    """
    # Of a line of a million characters, no more is looked at than could be shown.
    skipped = max(0, column - 1 - 4 * WIDEST)
    part = line[skipped : column - 1 + 4 * WIDEST]
    cells = [(_shown(character), _width(character)) for character in part]
    at = min(column - 1 - skipped, len(cells))
    start, end = _window([width for _, width in cells], at)
    before = "…" if start or skipped else ""
    after = "…" if end < len(cells) or skipped + len(part) < len(line) else ""
    text = before + "".join(character for character, _ in cells[start:end]) + after
    caret = len(before) + sum(width for _, width in cells[start:at])
    return text, " " * caret + "^"


def _shown(character: str) -> str:
    return " " * _TAB if character == "\t" else printable(character)


def _width(character: str) -> int:
    """How many cells a character takes: 0 for combining marks, 2 for East Asian wide ones and emoji."""
    if character == "\t":
        return _TAB
    if character.isascii():
        return 1
    if unicodedata.category(printable(character)) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _window(widths: list[int], at: int) -> tuple[int, int]:
    """From which character to which a line is shown: all of it, or what fits with the place in the middle."""
    if sum(widths) <= WIDEST:
        return 0, len(widths)
    start, room = at, (WIDEST - 2) // 2
    while start > 0 and room >= widths[start - 1]:
        start -= 1
        room -= widths[start]
    end, room = start, WIDEST - 2
    while end < len(widths) and room >= widths[end]:
        room -= widths[end]
        end += 1
    while start > 0 and room >= widths[start - 1]:
        start -= 1
        room -= widths[start]
    return start, end
