"""Text that has to fit a card, or a page, that is printed: how large its letters may be, decided beforehand."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fasti.page.measure import lines_of


class Block(NamedTuple):
    """A text in letters of a size relative to the card's; `extra` is further room below it, in pixels."""

    text: str
    size: float = 1.0
    extra: float = 0.0


SIZES = (20, 17.5, 15, 13, 11.5, 10, 9)
"""The sizes of letters on a card, in pixels (1/96 inch): 15 to 6.75 points. The style sheet has a class for each."""


def size_for(blocks: Sequence[Block], width: float, height: float) -> int | None:
    """The place in SIZES of the largest letters in which these blocks fit (pixels), or None where none do."""
    fits = (place for place, size in enumerate(SIZES) if height_of(blocks, width, size) <= height)
    return next(fits, None)


def height_of(blocks: Iterable[Block], width: float, size: float) -> float:
    """The height of the blocks in pixels, where a relative size of 1 is `size` pixels."""
    return sum(
        lines_of(block.text, width / (size * block.size)) * size * block.size * _LINE
        + size * _BELOW * bool(block.text.strip())
        + block.extra
        for block in blocks
    )


_LINE = 1.32
_BELOW = 0.4
