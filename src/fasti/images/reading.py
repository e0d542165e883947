"""Picture files of strangers: read within bounds, and made small enough for a screen.

Pillow lives here. What leaves is made anew from the dots, so no byte of a file reaches the terminal.
"""

import warnings
from contextlib import suppress
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
"""More than a page scanned for print has; a file can claim far more in a few bytes."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
_PAPER = (255, 255, 255)
"""What shows through: most pictures with holes in them are drawn for white paper."""


class UnreadablePictureError(Exception):
    """A file that cannot be shown; the message says why, after the file's name."""


class Dots(NamedTuple):
    """A picture of 256 colours at most: a place in the palette for each dot, row after row."""

    width: int
    height: int
    places: bytes
    palette: tuple[tuple[int, int, int], ...]


class Raster:
    """A picture in memory, small enough for a screen."""

    def __init__(self, image: Image.Image) -> None:
        self._image = image

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self._image.size

    def png(self) -> bytes:
        """The picture as PNG."""
        file = BytesIO()
        self._image.save(file, "PNG", compress_level=3)
        return file.getvalue()

    def dots(self) -> Dots:
        """The picture in the colours that render it best."""
        reduced = self._image.quantize(256)
        palette = reduced.getpalette() or []
        colours = zip(palette[::3], palette[1::3], palette[2::3], strict=True)
        return Dots(reduced.width, reduced.height, reduced.tobytes(), tuple(colours))


def read_picture(data: bytes, most: tuple[int, int]) -> Raster:
    """The picture in a file, no larger than so many pixels in width and height, as large as it is otherwise.

    Of one that moves, its first image. Raises UnreadablePictureError.
    """
    with warnings.catch_warnings():
        # What Pillow warns of (sizes, odd metadata) is decided here, and a screen is no place for it.
        warnings.simplefilter("ignore")
        try:
            return Raster(_reduced(data, most))
        except UnreadablePictureError:
            raise
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        except UnidentifiedImageError as error:
            raise UnreadablePictureError("is no picture that can be read here") from error
        except Exception as error:
            # A reader of twenty formats meets a broken file with whatever its parts raise.
            raise UnreadablePictureError("is broken") from error


def _reduced(data: bytes, most: tuple[int, int]) -> Image.Image:
    _load_formats()
    with Image.open(BytesIO(data), formats=[name for name in _FORMATS if name in Image.OPEN]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise _too_large()
        # Turned pictures are reduced to the longer side first, and to the frame once they stand upright.
        image.draft("RGB", (max(most), max(most)))
        upright = ImageOps.exif_transpose(image)
        shown = _on_paper(upright)
    shown.thumbnail(most, reducing_gap=2.0)
    return shown


def _load_formats() -> None:
    Image.preinit()
    from PIL import TiffImagePlugin, WebPImagePlugin  # noqa: F401 - they make themselves known

    with suppress(ImportError):
        from PIL import AvifImagePlugin  # noqa: F401 - since 11.3


def _on_paper(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    holed = image.convert("RGBA")
    paper = Image.new("RGB", holed.size, _PAPER)
    paper.paste(holed, mask=holed.getchannel("A"))
    return paper


def _too_large() -> UnreadablePictureError:
    return UnreadablePictureError(f"has more than {MOST_PIXELS // 1_000_000} million pixels")
