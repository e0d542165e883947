"""The facts that a text names."""

import re
from collections.abc import Callable, Iterable, Iterator

from fasti.core.facts import Fact

Words = tuple[str, ...]

# A word, with its hyphens and apostrophes but without the `'s` of a possessor.
_WORD = re.compile(r"(\w+(?:['-](?!s\b)\w+)*)(?:'s\b)?")
_ARTICLES = frozenset(
    ("the", "a", "an", "le", "la", "les", "der", "die", "das", "el", "los", "las", "il", "lo")
)


def words_of(plain: str) -> Words:
    """The words of a normalised text as names are looked for: without signs, `'s` and an article in front."""
    words = _WORD.findall(plain)
    return tuple(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


class Names:
    """Names and the facts that they are of; a name of two facts is nobody's.

    Inside other words only names of `least` words or more are looked for: `the war` is in many a text.
    `plain` normalises a text.
    """

    def __init__(self, names: Iterable[tuple[str, Fact]], least: int, plain: Callable[[str], str]) -> None:
        self._plain = plain
        self._facts: dict[Words, Fact | None] = {}
        for name, fact in names:
            words = words_of(plain(name))
            if self._facts.setdefault(words, fact) is not fact:
                self._facts[words] = None
        self._lengths: dict[str, set[int]] = {}
        for words, known in self._facts.items():
            if len(words) >= least and known:
                self._lengths.setdefault(words[0], set()).add(len(words))

    def named(self, text: str) -> Fact | None:
        """The fact whose name this is."""
        return self._facts.get(words_of(self._plain(text)))

    def inside(self, text: str) -> Iterator[tuple[int, Fact]]:
        """The facts whose names stand in a text, with the word that each begins at."""
        words = words_of(self._plain(text))
        for place, word in enumerate(words):
            if word in self._lengths:
                for length in sorted(self._lengths[word]):
                    if fact := self._facts.get(words[place : place + length]):
                        yield place, fact
