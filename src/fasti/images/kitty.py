"""Pictures by kitty's graphics protocol: PNG in pieces, each in an escape sequence of its own."""

from base64 import b64encode

_LONGEST = 4096
"""The most characters of base64 that a piece may have."""


def drawn(png: bytes, size: str) -> str:
    """What to write to draw a picture at the cursor; the terminal says nothing to it.

    `size` is its width or its height in cells, `c=40` or `r=8`: the terminal works out the other one, and so
    never stretches it.
    """
    data = b64encode(png).decode("ascii")
    pieces = [data[start : start + _LONGEST] for start in range(0, len(data), _LONGEST)]
    keys = [f"a=T,f=100,q=2,C=1,{size},", *[""] * (len(pieces) - 1)]
    return "".join(
        f"\x1b_G{key}m={int(number < len(pieces))};{piece}\x1b\\"
        for number, (key, piece) in enumerate(zip(keys, pieces, strict=True), 1)
    )
