"""A picture file as the characters that draw it."""

from fasti.images import iterm2, kitty, sixel
from fasti.images.frame import Frame, cells_taken, placed
from fasti.images.reading import read_picture
from fasti.images.terminals import Protocol

_MOST_DOTS = 400_000
"""Sixels are made dot by dot: more of them than this takes a second where the cells are fine."""


def drawing_of(data: bytes, protocol: Protocol, frame: Frame) -> str:
    """What to write to a terminal of this kind to show a picture within a frame, and go below it.

    `data` is the file's. Raises UnreadablePictureError.
    """
    width, height = frame.pixels
    if protocol is Protocol.SIXEL:
        rows = min(height, max(_MOST_DOTS // width, 6))
        # Whole strips only: the last one must not reach into the line below.
        raster = read_picture(data, (width, max(rows - rows % 6, 1)))
        return placed(sixel.drawn(*raster.dots()), cells_taken(*raster.size, frame.cell)[1])
    raster = read_picture(data, (width, height))
    columns, rows = cells_taken(*raster.size, frame.cell)
    if protocol is Protocol.ITERM2:
        return placed(iterm2.drawn(raster.png(), columns, rows), rows)
    fills_width = raster.size[0] * rows * frame.cell[1] >= raster.size[1] * columns * frame.cell[0]
    return placed(kitty.drawn(raster.png(), f"c={columns}" if fills_width else f"r={rows}"), rows)
