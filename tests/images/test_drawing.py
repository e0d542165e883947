"""Pictures as characters for a terminal, read back as the terminal would."""

import re
import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from fasti.images import sixel
from fasti.images.drawing import drawing_of
from fasti.images.frame import Frame, frame_of
from fasti.images.reading import MOST_PIXELS, UnreadablePictureError, read_picture
from fasti.images.terminals import Protocol
from tests.images.screens import from_iterm2, from_kitty, from_sixels

FRAME = Frame(40, 8, (10, 20))
"""A quarter of a small terminal: 400 pixels by 160."""


def picture(width: int = 80, height: int = 60) -> Image.Image:
    """Four quarters: red, green, blue, yellow."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("green", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    image.paste("yellow", (width // 2, height // 2, width, height))
    return image


def file(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    held = BytesIO()
    image.save(held, form, **options)
    return held.getvalue()


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures in any colour, from 0 to 255."""
    assert one.size == other.size
    shades = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).histogram()
    return sum(shade % 256 * count for shade, count in enumerate(shades)) / (3 * one.width * one.height)


def test_kitty_is_given_the_picture() -> None:
    keys, drawn = from_kitty(drawing_of(file(picture()), Protocol.KITTY, FRAME))

    assert difference(drawn, picture()) == 0
    assert keys["a"] == "T"
    assert keys["f"] == "100"
    assert keys["q"] == "2"


def test_iterm2_is_given_the_picture() -> None:
    said, drawn = from_iterm2(drawing_of(file(picture()), Protocol.ITERM2, FRAME))

    assert difference(drawn, picture()) == 0
    assert said["inline"] == "1"
    assert (said["width"], said["height"]) == ("8", "3")


def test_a_sixel_terminal_is_given_the_picture() -> None:
    drawn = from_sixels(drawing_of(file(picture()), Protocol.SIXEL, FRAME))

    # Its colours are in percent.
    assert difference(drawn, picture()) < 2


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.integers(1, 30), st.randoms(use_true_random=False))
def test_every_dot_has_its_colour(width: int, height: int, random: object) -> None:
    places = bytes(random.randrange(256) if random.random() < 0.5 else 7 for _ in range(width * height))  # type: ignore[attr-defined]
    palette = [(round(place / 2.56) * 255 // 100, 0, 255 - place) for place in range(256)]
    drawn = from_sixels(sixel.drawn(width, height, places, palette))
    in_percent = [tuple(round((100 * part + 127) // 255 * 2.55) for part in colour) for colour in palette]

    assert drawn.getchannel("A").getextrema() == (255, 255)
    assert drawn.convert("RGB").tobytes() == b"".join(bytes(in_percent[place]) for place in places)


@pytest.mark.parametrize("protocol", Protocol)
@pytest.mark.parametrize(
    ("width", "height", "rows"),
    [(80, 60, 3), (4000, 3000, 8), (3000, 20, 1), (20, 3000, 8), (1, 1, 1), (401, 159, 8), (9, 21, 2)],
)
def test_a_picture_stays_in_its_frame_and_is_not_stretched(
    protocol: Protocol, width: int, height: int, rows: int
) -> None:
    drawing = drawing_of(file(picture(width, height)), protocol, FRAME)
    made = re.match(r"(\n+)\x1b7\x1b\[(\d+)A\x1b\[2C", drawing)

    assert made
    assert len(made[1]) == int(made[2]) == rows
    assert drawing.endswith("\x1b8")
    if protocol is Protocol.KITTY:
        keys, drawn = from_kitty(drawing)
        scale = int(keys["c"]) * 10 / drawn.width if "c" in keys else int(keys["r"]) * 20 / drawn.height
        assert drawn.width * scale <= 400
        assert drawn.height * scale <= rows * 20
    else:
        drawn = from_iterm2(drawing)[1] if protocol is Protocol.ITERM2 else from_sixels(drawing)
    assert drawn.width <= 400
    assert drawn.height <= rows * 20
    assert (
        drawn.width == width
        or abs(drawn.width / drawn.height / (width / height) - 1) < 0.2
        or 1 in drawn.size
    )


@pytest.mark.parametrize(
    ("width", "height", "cell", "expected"),
    [
        (80, 24, (10, 20), (76, 8)),
        (40, 24, None, (36, 8)),
        (20, 4, None, (16, 3)),
        (2, 1, None, (1, 3)),
    ],
)
def test_the_frame_is_a_third_of_the_screen(
    width: int, height: int, cell: tuple[int, int] | None, expected: tuple[int, int]
) -> None:
    assert frame_of(width, height, cell)[:2] == expected


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_the_forms_that_decks_take_are_read_whatever_the_file_is_called(form: str) -> None:
    assert read_picture(file(picture(), form), (400, 160)).size == (80, 60)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F"])
def test_every_kind_of_dots_is_read(mode: str) -> None:
    held = file(
        picture().convert("L").convert(mode) if mode in {"I;16", "F"} else picture().convert(mode), "TIFF"
    )

    assert read_picture(held, (40, 40)).size == (40, 30)


def test_what_is_transparent_is_paper() -> None:
    drawn = Image.open(BytesIO(read_picture(file(Image.new("RGBA", (4, 4))), (9, 9)).png()))

    assert drawn.getpixel((0, 0)) == (255, 255, 255)


def test_a_photograph_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a camera held on its side

    assert read_picture(file(picture(80, 60), "JPEG", exif=exif), (400, 400)).size == (60, 80)


def test_of_a_moving_picture_the_first_one_is_shown() -> None:
    held = file(picture(), "GIF", save_all=True, append_images=[Image.new("RGB", (80, 60))] * 50)
    drawn = Image.open(BytesIO(read_picture(held, (400, 160)).png()))

    assert difference(drawn, picture()) < 2


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is no picture that can be read here"),
        (b"deck: Not a picture", "is no picture that can be read here"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is no picture that can be read here"),
        (bomb(20_000, 20_000), f"has more than {MOST_PIXELS // 1_000_000} million pixels"),
        (bomb(8_000, 8_000), f"has more than {MOST_PIXELS // 1_000_000} million pixels"),
        (bomb(2**31 - 1, 2**31 - 1), f"has more than {MOST_PIXELS // 1_000_000} million pixels"),
        (bomb(80, 60), "is broken"),
        (file(picture(), "JPEG")[:400], "is broken"),
    ],
    ids=["empty", "text", "postscript", "huge", "large", "absurd", "nothing in it", "half a file"],
)
def test_what_cannot_be_shown_is_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadablePictureError, match=f"^{sentence}$"):
        read_picture(data, (400, 160))


FORMS = [file(picture(), form) for form in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(FORMS),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    st.integers(0, 10**6),
)
def test_a_damaged_file_is_shown_or_refused(data: bytes, damage: list[tuple[int, int]], end: int) -> None:
    damaged = bytearray(data)
    for place, value in damage:
        damaged[place % len(damaged)] = value
    with suppress(UnreadablePictureError):
        drawn = from_kitty(drawing_of(bytes(damaged[: end % (2 * len(damaged))]), Protocol.KITTY, FRAME))[1]

        assert drawn.width <= FRAME.pixels[0]
        assert drawn.height <= FRAME.pixels[1]
