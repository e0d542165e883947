"""Pictures as iTerm2, WezTerm and mintty take them: a PNG in one escape sequence."""

from base64 import b64encode


def drawn(png: bytes, columns: int, rows: int) -> str:
    """What to write to draw a picture at the cursor, within so many columns and rows."""
    data = b64encode(png).decode("ascii")
    size = f"size={len(png)};width={columns};height={rows};preserveAspectRatio=1"
    return f"\x1b]1337;File=inline=1;{size}:{data}\x07"
