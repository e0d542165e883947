"""Pictures as sixels: strips of six rows, in each of them for every colour the dots that have it.

Source: the programmer's manual of DEC's VT330 and VT340, chapter 14.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

_ROWS = 6
_EMPTY = 0x3F  # `?`, six dots of no colour; the bits of a strip's dots are added to it
_RUN = re.compile(rb"(.)\1{3,}", re.DOTALL)
_LETTERS = bytes((_EMPTY + dots) & 0x7F for dots in range(64)).ljust(256, b"\0")


def drawn(width: int, height: int, dots: bytes, palette: Sequence[tuple[int, int, int]]) -> str:
    """What to write to draw a picture at the cursor.

    `dots` holds a place in the palette for each dot, row after row; the colours there are red, green and
    blue from 0 to 255.
    """
    used = sorted(set(dots))
    colours = "".join(f"#{place};2;{_in_percent(palette[place])}" for place in used)
    strips = "-".join(
        "$".join(_strip(dots[top * width : (top + _ROWS) * width], width)) for top in range(0, height, _ROWS)
    )
    return f'\x1bP0;1q"1;1;{width};{height}{colours}{strips}\x1b\\'


def _in_percent(colour: tuple[int, int, int]) -> str:
    return ";".join(f"{(100 * part + 127) // 255}" for part in colour)


def _strip(dots: bytes, width: int) -> Iterator[str]:
    """Up to six rows of dots, a text for each colour in them."""
    rows = [dots[start : start + width] for start in range(0, len(dots), width)]
    present = [set(row) for row in rows]
    for colour in sorted(set(dots)):
        # A row becomes one number, so that six of them are put together at once.
        columns = 0
        for place, row in enumerate(rows):
            if colour in present[place]:
                columns |= int.from_bytes(row.translate(_only(colour, place)), "little")
        letters = columns.to_bytes(width, "little").rstrip(b"\0").translate(_LETTERS)
        yield f"#{colour}{_RUN.sub(_shortened, letters).decode('ascii')}"


@cache
def _only(colour: int, row: int) -> bytes:
    """A table that turns the dots of a colour into the bit of their row, and all others into nothing."""
    return bytes(colour) + bytes([1 << row]) + bytes(255 - colour)


def _shortened(run: re.Match[bytes]) -> bytes:
    return b"!%d%b" % (len(run[0]), run[1])
