"""Values from JSON that a stranger may have written: looked at before they are used."""

import json
from typing import Any
from unicodedata import category

from fasti.core.text import printable, unsafe_character

_LONGEST = 1_000_000
_LONGEST_TEXT = 100_000
_LONGEST_NAME = 100
_LONGEST_TITLE = 200
_MOST = 10_000


class BadRecordError(ValueError):
    """A value that cannot be used."""


def decoded(text: str) -> dict[str, Any]:
    """An object in JSON. Raises BadRecordError."""
    if len(text) > _LONGEST:
        raise BadRecordError("too long")
    try:
        return mapping_in(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise BadRecordError("not JSON") from error


def mapping_in(value: object) -> dict[str, Any]:
    """An object of JSON. Raises BadRecordError."""
    if not isinstance(value, dict) or len(value) > _MOST:
        raise BadRecordError("not a mapping")
    return value


def list_in(value: object) -> list[Any]:
    """A list of JSON. Raises BadRecordError."""
    if not isinstance(value, list) or len(value) > _MOST:
        raise BadRecordError("not a list")
    return value


def text_in(value: object, least: int = 0) -> str:
    """A text that may be in a deck, of at least so many characters. Raises BadRecordError."""
    if not isinstance(value, str) or not least <= len(value) <= _LONGEST_TEXT or unsafe_character(value):
        raise BadRecordError("not a text")
    return value


def title_in(value: object) -> str:
    """A title on one line, without what no deck may hold, cut to what a person can read. Raises BadRecordError."""
    if not isinstance(value, str) or not value.strip():
        raise BadRecordError("not a title")
    return shortened(" ".join(printable(value[:_LONGEST_TEXT]).split()))


def shortened(title: str) -> str:
    """A title of at most 200 characters."""
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"


def texts_in(value: object) -> tuple[str, ...]:
    """A list of texts, none of them empty. Raises BadRecordError."""
    return tuple(text_in(text, least=1) for text in list_in(value))


def name_in(value: object) -> str:
    """An id: letters and digits of any script, hyphens, underscores and full stops. Raises BadRecordError."""
    text = text_in(value, least=1)
    if len(text) > _LONGEST_NAME or not all(
        letter in "-_." or category(letter)[0] in "LNM" for letter in text
    ):
        raise BadRecordError("not an id")
    return text


def number_in(text: str) -> int:
    """A whole number from 0 to 99,999 in digits. Raises BadRecordError."""
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise BadRecordError("not a number")
    return int(text)
