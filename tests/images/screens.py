"""What a terminal would make of the characters that draw a picture, read back."""

import re
from base64 import b64decode
from io import BytesIO

from PIL import Image

KITTY = re.compile(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\")
ITERM2 = re.compile(r"\x1b\]1337;File=([^:]*):([^\x07]*)\x07")
SIXEL = re.compile(r'\x1bP0;1q"1;1;(\d+);(\d+)(.*?)\x1b\\', re.DOTALL)
_SIXEL_STEP = re.compile(r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)(.)|([$-])|([?-~])")


def from_kitty(text: str) -> tuple[dict[str, str], Image.Image]:
    """The keys of the first piece, and the picture."""
    pieces = KITTY.findall(text)
    keys = [dict(pair.split("=") for pair in key.split(",")) for key, _ in pieces]
    assert [each["m"] for each in keys] == ["1"] * (len(pieces) - 1) + ["0"]
    assert all(0 < len(data) <= 4096 for _, data in pieces)
    return keys[0], _png("".join(data for _, data in pieces))


def from_iterm2(text: str) -> tuple[dict[str, str], Image.Image]:
    """What is said of the picture, and the picture."""
    [(said, data)] = ITERM2.findall(text)
    assert len(b64decode(data)) == int(dict(pair.split("=") for pair in said.split(";"))["size"])
    return dict(pair.split("=") for pair in said.split(";")), _png(data)


def from_sixels(text: str) -> Image.Image:
    """The picture that a terminal would draw; where nothing is drawn it is transparent."""
    [(width, height, body)] = SIXEL.findall(text)
    image = Image.new("RGBA", (int(width), int(height)))
    palette: dict[int, tuple[int, int, int, int]] = {}
    colour = x = y = 0
    read = 0
    for found in _SIXEL_STEP.finditer(body):
        assert found.start() == read
        read = found.end()
        place, red, green, blue, chosen, count, repeated, move, dots = found.groups()
        if place:
            palette[int(place)] = (*(round(int(part) * 2.55) for part in (red, green, blue)), 255)  # type: ignore[assignment]
        elif chosen:
            colour = int(chosen)
        elif move == "$":
            x = 0
        elif move == "-":
            x, y = 0, y + 6
        for _ in range(int(count or 1) if repeated or dots else 0):
            for row in range(6):
                if (ord(repeated or dots) - 63) >> row & 1:
                    image.putpixel((x, y + row), palette[colour])
            x += 1
    assert read == len(body)
    return image


def _png(data: str) -> Image.Image:
    return Image.open(BytesIO(b64decode(data, validate=True))).convert("RGB")
