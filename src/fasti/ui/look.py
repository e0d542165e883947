"""What a screen is able to show: its width, its characters, and its signs."""

import unicodedata
from typing import NamedTuple

from fasti.core.text import printable
from fasti.ui.lines import ROOMY, Piece

MEASURE = 100
"""Cells beyond which a line of prose is hard to read; a wider terminal leaves the rest empty."""

_PICTURE = 100
_WIDEST_PICTURE = 200

_SIGNS = "·–…"
_PLAIN = {
    "·": "-",
    "•": "-",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "…": "...",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "\u00a0": " ",
    "\u202f": " ",
}


class Look(NamedTuple):
    """The width of a screen in cells, the encoding of its stream, and whether its signs are ASCII only."""

    width: int = 80
    encoding: str = "utf-8"
    ascii_signs: bool = False

    @property
    def measure(self) -> int:
        """The width for prose, in cells."""
        return self.width if self.width >= ROOMY else min(self.width, MEASURE)

    @property
    def dot(self) -> str:
        """What stands between short remarks on one line."""
        return "-" if self.ascii_signs else "·"

    @property
    def dash(self) -> str:
        """What stands for nothing in a column."""
        return "-" if self.ascii_signs else "–"

    @property
    def tick(self) -> str:
        """What stands before an answer that was given."""
        return "+" if self.ascii_signs or encodable("✓", self.encoding) != "✓" else "✓"

    @property
    def ellipsis(self) -> str:
        """What stands for words that are left out."""
        return "..." if self.ascii_signs else "…"

    def text(self, text: str, style: str = "") -> Piece:
        """Text from a deck or a person as a piece that cannot act on the terminal and can be encoded."""
        return Piece(encodable(printable(text), self.encoding), style)


def for_pictures(look: Look) -> Look:
    """A screen as drawings take it: they need a width where there is none, and are lost on a very wide one."""
    width = _PICTURE if look.width >= ROOMY else min(look.width, _WIDEST_PICTURE)
    return look._replace(width=width)


def can_show_signs(encoding: str) -> bool:
    """Whether the signs of the screens exist in this encoding."""
    return encodable(_SIGNS, encoding) == _SIGNS


def encodable(text: str, encoding: str) -> str:
    """`text` with what `encoding` lacks replaced: dashes and quotes by plain ones, é by e, the rest by ?."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_nearest(letter, encoding) for letter in text)
    return text


def _nearest(letter: str, encoding: str) -> str:
    if _exists(letter, encoding):
        return letter
    plain = _PLAIN.get(letter) or unicodedata.normalize("NFKD", letter)[0]
    if _exists(plain, encoding):
        return plain
    return "" if unicodedata.combining(letter) else "?"


def _exists(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
