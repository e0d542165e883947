"""Numbers as bars: lying ones beside their names, standing ones side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from fasti.ui.look import Look, encodable

_LYING = "▏▎▍▌▋▊▉█"
_STANDING = "▁▂▃▄▅▆▇█"


class Ink(NamedTuple):
    """The signs of a bar from the least part of a cell to the whole of it."""

    lying: str = _LYING
    standing: str = _STANDING
    beyond: str = "▲"


_ASCII = Ink("#", "#", "^")


def ink(look: Look) -> Ink:
    """The signs that a screen can show."""
    fancy = Ink()
    together = "".join(fancy)
    return _ASCII if look.ascii_signs or encodable(together, look.encoding) != together else fancy


def lying(part: float, width: int, signs: str) -> str:
    """A bar of a part, 0 to 1, of `width` cells; what is not nothing can be seen."""
    steps = len(signs)
    filled = min(max(round(part * width * steps), 1 if part > 0 else 0), width * steps)
    whole, rest = divmod(filled, steps)
    return signs[-1] * whole + (signs[rest - 1] if rest else "")


def standing(numbers: Sequence[int], height: int, signs: Ink, width: int = 1, top: int = 0) -> list[str]:
    """A row of bars, `width` cells each, as rows of text from the top.

    A number of `top`, or else the largest, is `height` rows high; a larger one is too, with a sign that it
    goes beyond.
    """
    steps, highest = len(signs.standing), top or max(numbers, default=0) or 1
    filled = [max(round(number / highest * height * steps), 1 if number else 0) for number in numbers]
    rows = [[_cell(each - row * steps, signs.standing) for each in filled] for row in reversed(range(height))]
    rows[0] = [
        signs.beyond if number > highest else cell for cell, number in zip(rows[0], numbers, strict=True)
    ]
    return ["".join(cell * width for cell in row) for row in rows]


def _cell(filled: int, signs: str) -> str:
    return " " if filled <= 0 else signs[min(filled, len(signs)) - 1]
