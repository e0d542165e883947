"""The names that a kind of a deck's own, its fields and its cards have."""

import re
from collections.abc import Collection as Some
from collections.abc import Sequence

from fasti.core.kinds import BUILT_IN, COMMON
from fasti.core.text import slug
from fasti.exchange.collection import NoteType


def keys_of(kind: NoteType, places: Sequence[int], taken: Some[str]) -> dict[int, str]:
    """Keys for fields: the kind's own name for the first, for the others their names in Anki."""
    names: dict[int, str] = {}
    for place in places:
        name = _key(kind.fields[place].name)
        if place == places[0]:
            general = (
                not name or name in _GENERAL or name in BUILT_IN or name in _COMMON_NAMES or name in taken
            )
            name = _key(slug(kind.name).replace("-", " ")) if general else name
            name = (
                name
                if name and name not in BUILT_IN and name not in _COMMON_NAMES
                else f"{name} fact".strip()
            )
            unusable: Some[str] = {*BUILT_IN, *_COMMON_NAMES, *taken}
        else:
            name = name or f"field {place + 1}"
            unusable = {*_COMMON_NAMES, *names.values()}
        number = 2
        while (candidate := name if number == 2 and name not in unusable else f"{name} {number}") in unusable:
            number += 1
        names[place] = candidate
    return names


def card_name(template: str, answer: str, ord: int, taken: Some[str]) -> str:
    """A card's name: its template's own, or that of what it asks for where the template has only a number."""
    own = slug(template, longest=40)
    wanted = (
        slug(answer, longest=40)
        if not own or re.fullmatch(r"(?:card|karte|carte|tarjeta)?-?[0-9]*", own)
        else own
    )
    return wanted if wanted and wanted not in taken else f"{wanted or 'card'}-{ord + 1}"


_COMMON_NAMES = frozenset(field.name for field in COMMON)
_NOT_IN_NAMES = re.compile(r"[^\w '-]|_")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_GENERAL_NAMES = "front back text question answer q a field card note data value name title first"
_GENERAL = frozenset(_GENERAL_NAMES.split())


def _key(name: str) -> str:
    """A name as a deck's key: plain words in small letters, beginning with a letter."""
    plain = _NOT_IN_NAMES.sub(" ", _BRACKETS.sub(" ", name) if _BRACKETS.sub("", name).strip() else name)
    words = " ".join(plain.casefold().split()).strip("'- ")[:40].strip("'- ")
    return words.lstrip("0123456789 '-")
