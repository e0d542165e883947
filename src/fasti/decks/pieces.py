"""Lines of a deck file as a person sees them: where they stand, what key or dash they begin with."""

import re
from collections.abc import Callable
from typing import NamedTuple

from fasti.decks.codes import Code
from fasti.decks.vocabulary import Vocabulary


class Piece(NamedTuple):
    """Some lines of the file, from line `first` on."""

    first: int
    lines: list[str]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    @property
    def start(self) -> int | None:
        """The number, from 0, of the first line that says something."""
        return next((number for number, line in enumerate(self.lines) if says(line)), None)

    def cut(self, start: int, end: int | None = None) -> "Piece":
        """The lines from one number to another."""
        return Piece(self.first + start, self.lines[start:end])

    def cut_at(self, begins: Callable[[str], bool]) -> list["Piece"]:
        """The pieces that begin at each line for which `begins` holds, and at the first that says something."""
        cuts = [number for number, line in enumerate(self.lines) if says(line) and begins(line)]
        start = self.start or 0
        cuts = cuts if cuts and cuts[0] <= start else [start, *cuts]
        return [self.cut(one, other) for one, other in zip(cuts, [*cuts[1:], None], strict=True)]


class Head(NamedTuple):
    """The key that a line begins with; its value begins behind `end`. `fault` is what its colon lacks."""

    word: str
    column: int
    end: int
    fault: Code | None = None


def says(line: str) -> bool:
    """Whether a line is more than space and comment."""
    text = line.strip()
    return bool(text) and text[0] != "#"


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def dash_of(line: str) -> int | None:
    """Where the dash stands that a line begins with, or None."""
    found = _DASH.match(line)
    return found.end() - 1 if found else None


def is_block_header(text: str) -> bool:
    """Whether a value is the `|` or `>` under which a text follows."""
    return _BLOCK.match(text.strip()) is not None


_DASH = re.compile(r" *-(?=\s|$)")
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}\s*(?:#.*)?$")
# Keys are found by their colon, not by one pattern for the whole line: with a long row of spaces in a
# text that would take time with the square of its length.
_QUOTED_KEY = re.compile(r"\"[^\"]*\"|'[^']*'")
_COLON_AFTER = re.compile(r"\s*:(?=\s|$)")
_COLON = re.compile(r":(?=\s|$)")
_NO_KEY = "#&*!|>%@`{[]},\"'"


class Heads:
    """Recognises what lines begin with, by the words of a deck."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        kinds, keys = _alternatives(words.kinds), _alternatives(words.keys)
        self._kind_item = re.compile(rf" *-\s*(?:{kinds}):(?=\s|$)")
        self._garbled = re.compile(
            rf"\s*(?:[^\w\s#\"'\[{{]{{1,3}}|[0-9]{{1,4}}[.)])\s*(?:-\s*)?(?=(?:{kinds}):(?:\s|$))"
        )
        self._tight = re.compile(rf"(\s*)({keys}):(?=\S)(?!//)")
        self._bare = re.compile(rf"(\s*)({keys})(?:\s*[=：]\s*|\s+)(?=[^\s:=：])")

    def item_of_kind(self, line: str) -> bool:
        """Whether a line is a dash and a kind: the beginning of a fact, with or without its space."""
        return self._kind_item.match(line) is not None

    def garbled_item(self, line: str) -> int | None:
        """Where the kind stands in a line that has some other sign where the dash of a fact should be."""
        found = None if self.item_of_kind(line) else self._garbled.match(line)
        return found.end() if found else None

    def begins_item(self, line: str) -> bool:
        """Whether a line begins an entry of a list, or a fact whose dash is another sign."""
        return dash_of(line) is not None or self.item_of_kind(line) or self.garbled_item(line) is not None

    def begins_entry(self, line: str) -> bool:
        """Whether a line begins with a key and not with a dash."""
        return not self.begins_item(line) and self.head(line) is not None

    def known(self, line: str) -> Head | None:
        """The key of a deck that a line begins with, where its colon is as it should be."""
        found = self._key(line)
        return found if found and found.word in self.words.keys else None

    def head(self, line: str) -> Head | None:
        """The key that a line begins with; one that lacks its colon, or the space after it, too."""
        key = self._key(line)
        if key and key.word in self.words.keys:
            return key
        if tight := self._tight.match(line):
            return Head(tight[2], len(tight[1]) + 1, tight.end(), Code.MISSING_SPACE)
        if key:
            return key
        if line.strip().casefold() in self.words.parts:
            return Head(line.strip().casefold(), indent(line) + 1, len(line), Code.MISSING_COLON)
        if bare := self._bare.match(line):
            return Head(bare[2], len(bare[1]) + 1, bare.end(), Code.MISSING_COLON)
        return None

    def _key(self, line: str) -> Head | None:
        start = len(line) - len(line.lstrip())
        if quoted := _QUOTED_KEY.match(line, start):
            colon = _COLON_AFTER.match(line, quoted.end())
            return Head(quoted[0][1:-1], start + 1, colon.end()) if colon else None
        colon = _COLON.search(line, start)
        if colon is None:
            return None
        word = line[start : colon.start()].rstrip()
        is_sign = word[:1] in {"-", "?"} and (len(word) == 1 or word[1].isspace())
        if not word or word[0] in _NO_KEY or " #" in word or is_sign:
            return None
        return Head(word, start + 1, colon.end())


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
