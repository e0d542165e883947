"""Sources that come with facts from elsewhere."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from fasti.core.facts import Fact, Source


def short_sources(facts: Sequence[Fact]) -> dict[str, Source]:
    """The citations that a deck would take for names under `sources`, declared.

    These are words such as `frus11` or `gaddis`. An author's name, an address or several words are a citation by
    themselves, unless they are nearly a name that is declared.
    """
    names = dict.fromkeys(text.partition(",")[0].strip() for fact in facts for text in fact.sources)
    words = [name for name in names if _WORD.fullmatch(name)]
    declared = _declared(words)
    return {name: Source(name, name) for name in words if name in declared}


def citations(texts: Iterable[str]) -> tuple[str, ...]:
    """The citations in cells: one in each line, or several with semicolons where each has its own place or address.

    `Evans; Das Dritte Reich` is one.
    """
    lines = [line.strip() for text in texts for line in text.split("\n")]
    return tuple(dict.fromkeys(part for line in lines for part in _parts(line) if part))


_WORD = re.compile(r"[\w.-]{1,100}")
_AUTHOR = re.compile(r"[^\W\d_](?:['’-]?[^\W\d_])*")
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}")
_NEAR = 0.6
_MOST_COMPARED = 20_000
"""Pairs of names that are compared, which takes a moment; of more names all are declared."""


def _declared(words: Sequence[str]) -> set[str]:
    """The names that have to be declared: the short ones, and those that are nearly one of these."""
    new = [name for name in words if not _is_citation(name)]
    declared = set(new)
    others = [name for name in words if name not in declared]
    if len(new) * len(others) > _MOST_COMPARED:
        return set(words)
    while new:
        new = [name for name in others if _is_near(name, new)]
        declared.update(new)
        others = [name for name in others if name not in declared]
    return declared


def _is_citation(name: str) -> bool:
    is_author = _AUTHOR.fullmatch(name) and name[0].isupper() and not name.isupper()
    return bool(is_author or _ADDRESS.fullmatch(name))


def _is_near(name: str, declared: Sequence[str]) -> bool:
    plain = [each.casefold().replace("_", " ").replace("-", " ") for each in declared]
    return bool(get_close_matches(name.casefold().replace("-", " "), plain, n=1, cutoff=_NEAR))


def _parts(line: str) -> list[str]:
    parts = [part.strip() for part in line.split(";")]
    return parts if all(any(map(str.isdigit, part)) or "://" in part for part in parts) else [line]
