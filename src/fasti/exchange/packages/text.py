"""Texts and numbers of a package as they may safely be used, whatever type they came in."""

import math
import re
import unicodedata

# Anki takes the same characters out of fields when it imports; tabs and line ends stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Every combining mark is among these, and hardly anything that comes in such numbers.
_MANY_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_MOST_MARKS = 30

_SMALLEST, _LARGEST = -(1 << 63), (1 << 63) - 1


def clean(value: object) -> str:
    """A text without control characters, in the normal form NFC; empty where `value` is no text or number."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    elif isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if _SMALLEST <= value <= _LARGEST else ""
    if not isinstance(value, str):
        return ""
    return composed(_CONTROL.sub("", value))


def composed(text: str) -> str:
    """A text in the normal form NFC, with no more than thirty combining marks in a row.

    Normalising takes time with the square of such a row: 100 KiB of marks would take a minute, here and
    wherever the text goes next. Thirty is the limit of Unicode's Stream-Safe Text Format (UAX #15).
    """
    if text.isascii():
        return text
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(_fewer_marks, text))


def line(value: object) -> str:
    """A cleaned text on one line, as names are."""
    return " ".join(clean(value).split())


def integer(value: object) -> int | None:
    """A whole number of 64 bits, also where it is written as text; None where it is none."""
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?[0-9]{1,19}\s*", value, re.ASCII):
        value = int(value)
    elif isinstance(value, float):
        value = int(value) if math.isfinite(value) and value.is_integer() else None
    if isinstance(value, int) and not isinstance(value, bool) and _SMALLEST <= value <= _LARGEST:
        return value
    return None


def deck_name(value: object) -> str:
    """The name of a deck with `::` between its parts, none of which is empty."""
    # Anki 2.1.28 and later keep decks with U+001F between the parts.
    text = value.replace("\x1f", "::") if isinstance(value, str) else ""
    return joined(line(text))


def joined(name: str) -> str:
    """The name of a deck or a tag with its parts trimmed; Anki calls one that is empty `blank`."""
    return "::".join(part.strip() or "blank" for part in name.split("::"))


def _fewer_marks(found: re.Match[str]) -> str:
    kept: list[str] = []
    row = 0
    for character in found.group():
        row = row + 1 if unicodedata.category(character).startswith("M") else 0
        if row <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)
