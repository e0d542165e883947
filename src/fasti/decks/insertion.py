"""Text put into a deck file: every other byte stays as it is, whatever the encoding and the ends of lines."""

import codecs
import re
from collections.abc import Iterable
from typing import NamedTuple

from fasti.core.facts import Problem
from fasti.decks.page import decoded


class Insertion(NamedTuple):
    """Lines to be put in behind the text of line `after` (from 1; 0 is the beginning of the file).

    With `column`, a text to be put into that line instead, behind so many of its characters.
    """

    after: int
    lines: tuple[str, ...]
    column: int | None = None


class Written(NamedTuple):
    """A file's text as its author's editor shows it: each line, and the signs that end it."""

    lines: tuple[str, ...]
    ends: tuple[str, ...]


def written(data: bytes) -> Written | Problem:
    """The lines of a file, or the problem that keeps it from being read; as many lines as `page_of` has."""
    text = decoded(data)
    if isinstance(text, Problem):
        return text
    parts = _END.split(text)
    return Written(tuple(parts[::2]), (*parts[1::2], ""))


def with_insertions(data: bytes, insertions: Iterable[Insertion]) -> bytes:
    """The bytes of a file with lines put in, ended as the file's lines are. The file can be decoded.

    Of two that go behind one line, the first given stands first.
    Where the last line of the file has no end, neither has what is put in behind it.
    """
    file = written(data)
    if isinstance(file, Problem):
        raise TypeError(file.message)
    mark, encoding = _encoding(data)
    lines, ends = list(file.lines), list(file.ends)
    usual = _usual_end(file)
    for insertion in sorted(insertions, key=lambda each: (each.after, each.column or 0), reverse=True):
        at = insertion.after - 1
        if insertion.column is not None:
            lines[at] = (
                lines[at][: insertion.column] + usual.join(insertion.lines) + lines[at][insertion.column :]
            )
        elif at < 0:
            lines[0] = usual.join([*insertion.lines, lines[0]])
        else:
            lines[at] = usual.join([lines[at], *insertion.lines])
    text = "".join(line + end for line, end in zip(lines, ends, strict=True))
    return mark + text.encode(encoding)


_END = re.compile("(\r\n|\r|\n)")


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The byte-order mark of a file, and the encoding of what follows."""
    for mark, encoding in (
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF8, "utf-8"),
    ):
        if data.startswith(mark):
            return mark, encoding
    return b"", "utf-8"


def _usual_end(file: Written) -> str:
    """What ends most lines of a file; of one line, a line feed."""
    ends = [end for end in file.ends if end]
    return max(("\n", "\r\n", "\r"), key=ends.count) if ends else "\n"
