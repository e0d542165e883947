"""Ids and short names: what they may be made of, and what looks like one."""

import re
import unicodedata

LONGEST_ID = 100

_PLAIN_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")
_SIGNS = "-_."


def bad_name(text: str) -> str:
    """What keeps a text from being an id, as the end of a sentence; empty where nothing does.

    Ids are made of letters and digits of any script, hyphens, underscores and full stops.
    """
    if _PLAIN_ID.fullmatch(text):
        return ""
    if len(text) > LONGEST_ID:
        return f"has {len(text)} characters; an id has at most {LONGEST_ID}"
    if any(letter.isspace() for letter in text):
        return f"has a space; an id is written with hyphens: `{'-'.join(text.split())}`"
    for letter in text:
        if letter not in _SIGNS and unicodedata.category(letter)[0] not in "LNM":
            return f"has `{letter}`; an id is made of letters, digits, `-`, `_` and `.`"
    return ""


def looks_like_id(text: str) -> bool:
    """Whether a link is meant as an id: lower case, with a hyphen or underscore, and without a space."""
    marked = "-" in text or "_" in text
    return marked and text == text.lower() and any(map(str.isalpha, text)) and not bad_name(text)


_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}")
_PROPER_NAME = re.compile(r"[^\W\d_](?:['’-]?[^\W\d_])*")


def looks_like_short_name(text: str) -> bool:
    """Whether a citation's first part is meant as a name under `sources`.

    A word without spaces that is neither an address nor an author's name (`Thucydides, 1.22`).
    """
    if not text or bad_name(text) or _DOMAIN.fullmatch(text):
        return False
    return not _is_proper_name(text)


def looks_like_name_and_place(citation: str) -> bool:
    """Whether a citation is one word, or one word and a place in the work: `Gaddis, pp. 75-78`."""
    name, _, place = citation.partition(",")
    return _is_proper_name(name.strip()) and (not place.strip() or any(map(str.isdigit, place)))


def _is_proper_name(text: str) -> bool:
    return _PROPER_NAME.fullmatch(text) is not None and text[0].isupper() and not text.isupper()
