"""Where the entries of a list in brackets, or of a fact in braces, begin and end."""

import re
from typing import NamedTuple

from fasti.decks.nodes import DEEPEST

CLOSING = {"[": "]", "{": "}"}
"""The partner of each opening bracket."""

QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'")
"""A text in quotes, on one line."""


class Brackets(NamedTuple):
    """Where the entries between two brackets begin and end, as offsets.

    `gaps` are where a comma is missing; `end` is behind the closing bracket, None where there is none.
    """

    parts: list[tuple[int, int]]
    gaps: list[int]
    end: int | None


def split_brackets(text: str, *, comments: bool = True) -> Brackets:
    """The entries of the brackets that a text begins with; without `comments`, `#` is a sign like others."""
    return _Splitter(text, comments=comments).split()


class _Splitter:
    """Finds the entries between the bracket that a text begins with and its partner."""

    def __init__(self, text: str, *, comments: bool) -> None:
        self._text = text
        self._comments = comments
        self._firsts = {found.start(1) for found in _FIRST_ON_LINE.finditer(text)}
        self._opened: list[tuple[str, bool]] = []
        self._parts: list[tuple[int, int]] = []
        self._gaps: list[int] = []
        self._begin = 0
        self._sign = 0

    def split(self) -> Brackets:
        at = 0
        while found := _TOKEN.search(self._text, at):
            sign, here, at = found[0], found.start(), found.end()
            if sign[0] == "#":
                at = at if self._comments else here + 1
            elif sign in "\"'":
                at = self._behind_quotes(here, at)
            elif sign in "[{":
                self._open(sign, here, at)
            elif sign in "]}" and self._close(sign):
                return Brackets([*self._parts, (self._begin, here)], self._gaps, at)
            elif sign == "," and len(self._opened) == 1:
                self._cut(here, at)
        return Brackets([*self._parts, (self._begin, len(self._text))], self._gaps, None)

    def _cut(self, end: int, begin: int) -> None:
        """End an entry, and begin the next one; `_sign` is where that says its first word."""
        self._parts.append((self._begin, end))
        self._begin_at(begin)

    def _begin_at(self, begin: int) -> None:
        self._begin = begin
        found = _SIGN.search(self._text, begin)
        self._sign = found.start() if found else begin

    def _behind_quotes(self, here: int, at: int) -> int:
        # Only where a value begins does a mark open a quotation; else it is an apostrophe.
        before = self._text[max(0, here - 200) : here].rstrip()[-1:]
        quotation = QUOTED.match(self._text, here) if before in {"[", "{", ",", ":", ""} else None
        return quotation.end() if quotation else at

    def _open(self, sign: str, here: int, at: int) -> None:
        first = here in self._firsts
        if sign == "{" and first and len(self._opened) == 2 and self._opened[-1] == ("{", True):
            # In a list with an entry a line, the line above lacks its closing brace.
            self._opened.pop()
            self._cut(here, here)
        elif len(self._opened) == 1 and self._sign < here and self._text[self._sign] == sign:
            self._gaps.append(here)
            self._cut(here, here)
        self._opened.append((sign, first))
        if len(self._opened) == 1:
            self._begin_at(at)

    def _close(self, sign: str) -> bool:
        """Close the bracket that a sign belongs to, and those inside that lack theirs; whether it was the first."""
        if not any(CLOSING[mark] == sign for mark, _ in self._opened[-DEEPEST:]):
            return False
        while CLOSING[self._opened.pop()[0]] != sign:
            pass
        return not self._opened


_TOKEN = re.compile(r"[\[\]{},]|[\"']|(?:^|(?<=[\s\[\]{},]))#[^\n]*", re.MULTILINE)
_FIRST_ON_LINE = re.compile(r"\n[^\S\n]*([\[{])")
_SIGN = re.compile(r"\S")
