"""The words of a deck: by them a key is told from a text that has a colon."""

import re
from collections.abc import Callable
from typing import NamedTuple

from fasti.core.kinds import BUILT_IN
from fasti.decks.shape import CARD, COMMON_KEYS, DECK_KEYS, FIELD_KEYS, KIND, PARTS, SOURCE


class Vocabulary(NamedTuple):
    """The keys of decks, by which a key is told from a text that has a colon.

    `deck` are those of a deck itself, `parts` of these the ones that stand alone on their line; `belongs`
    says whether a kind (its name is given first) has a field.
    """

    kinds: frozenset[str]
    keys: frozenset[str]
    deck: frozenset[str]
    parts: frozenset[str]
    belongs: Callable[[str, str], bool]


def vocabulary_of(text: str) -> Vocabulary:
    """The keys that may stand in a deck, its own kinds' too: of those, every word in the declarations."""
    kinds = {name: frozenset(field.name for field in kind.fields) for name, kind in BUILT_IN.items()}
    words: set[str] = set()
    if "kinds:" in text and (declared := _KINDS.search(text)):
        # As many words as the kinds of a deck may need; each line that is not YAML is held against them.
        words = set(_WORD.findall(declared[1])[:500])
        kinds |= {name: frozenset(words) for name in _KIND_NAME.findall(declared[1]) if name in words}
    outside = {field.name for field in (*CARD, *SOURCE)} | set(KIND)
    keys = FIELD_KEYS | words | set(COMMON_KEYS) | set(DECK_KEYS) | outside
    return Vocabulary(
        frozenset(kinds),
        frozenset(keys),
        frozenset(DECK_KEYS),
        frozenset(PARTS),
        lambda kind, name: name in kinds.get(kind, ()),
    )


_KINDS = re.compile(r"^kinds:[^\n]*\n((?:(?:[ \t#][^\n]*)?\n)*)", re.MULTILINE)
_KIND_NAME = re.compile(r"^ {1,8}([^\W\d][\w -]*):", re.MULTILINE)
_WORD = re.compile(r"[^\W\d][\w-]*(?: [\w-]+)*")
