"""Bars in rows: as few rows as can be, and no two bars of one row over each other."""

from collections.abc import Sequence


def lanes(bars: Sequence[tuple[float, float]], apart: float = 0) -> list[int]:
    """The row of each bar, counted from 0; a bar is its start and its end, of any unit.

    Bars in one row are more than `apart` from each other, so that with 0 they do not touch. In the order
    of their starts each takes the first row that is free, which needs as few rows as there are bars at the
    fullest place.
    """
    ends: list[float] = []
    rows = [0] * len(bars)
    for place in sorted(range(len(bars)), key=lambda each: (bars[each], each)):
        start, end = bars[place]
        row = next((row for row, taken in enumerate(ends) if taken + apart < start), len(ends))
        ends[row : row + 1] = [end]
        rows[place] = row
    return rows
