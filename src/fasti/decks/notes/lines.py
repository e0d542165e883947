"""Plain text as lines without their bullets: where each stands, how deep, and which are headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fasti.decks.scalars import safe


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of notes, together with those that only continue it.

    `number` counts from 1. `depth` is the column at which its text, or its bullet, begins. `level` is that of a
    heading, 1 the highest; 0 for other lines. `raw` are the lines as they were written; an empty `text`
    is a blank line. A `head` is the first row of a table, which names its columns.
    """

    number: int
    depth: int
    text: str
    raw: tuple[str, ...]
    bullet: bool = False
    level: int = 0
    head: bool = False


def note_lines(text: str) -> list[NoteLine]:
    """The lines of a plain text, headings marked and wrapped ones joined."""
    lines = [_line(number, raw) for number, raw in enumerate(safe(text).split("\n"), 1)]
    return list(_joined(_with_headings(lines)))


_BULLET = re.compile(r"(?:[-*+•◦‣▪·–—>]|\(?[0-9]{1,2}[.)]|\(?[a-z][.)])(?:\s+\[[ xX]\])?[ \t]+(?=\S)")
_MARKED = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_RULE = re.compile(r"(?:={3,}|-{3,}|\*{3,}|_{3,}|~{3,})\s*")
_NUMBERED = re.compile(
    r"(?:unit|chapter|lesson|part|week|topic|section|module|theme)\s+(?:[0-9]{1,3}|[ivxl]{1,6})\b.{0,80}",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|[*_`])(?=[^\s*_`])([^*_`]+?)(?<=\S)\1(?!\w)")
_ROW = re.compile(r"\|(.*)\|")
_BELOW_HEAD = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_DAY_OF_MONTH = re.compile(r"[0-9]{1,2}\.\s+[^\W\d_]{3,}\.?\s+[0-9]{3,4}\b")

_LONG = 50
_SHORT_HEADING = 60


def _line(number: int, raw: str) -> NoteLine:
    text = raw.strip()
    depth = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    if marked := _MARKED.fullmatch(text):
        return NoteLine(number, 0, _plain(marked[2]), (raw,), level=len(marked[1]))
    if row := _ROW.fullmatch(text):
        return NoteLine(number, 0, _plain(row[1]), (raw,))
    bullet = None if _DAY_OF_MONTH.match(text) else _BULLET.match(text)
    if bullet:
        text = text[bullet.end() :].strip()
    return NoteLine(number, depth, _plain(text), (raw,), bullet=bullet is not None)


def _plain(text: str) -> str:
    """The text without the signs of emphasis that Markdown has."""
    return _EMPHASIS.sub(r"\2", text).strip()


def _with_headings(lines: list[NoteLine]) -> Iterator[NoteLine]:
    """The lines, those marked that are headings by what stands around them."""
    skip = False
    for number, line in enumerate(lines):
        if skip:
            skip = False
            continue
        below = lines[number + 1].raw[0].strip() if number + 1 < len(lines) else ""
        if line.text and not line.level and not line.bullet and _is_underline(below):
            skip = True
            raw = (*line.raw, lines[number + 1].raw[0])
            yield replace(line, level=1 if below[0] == "=" else 2, raw=raw)
        elif line.text and _BELOW_HEAD.fullmatch(below):
            yield replace(line, head=True)
        elif not line.level and (level := _level(lines, number)):
            yield replace(line, level=level, text=line.text.removesuffix(":").strip())
        else:
            yield line


def _is_underline(text: str) -> bool:
    return len(text) >= 3 and text[0] in "=-" and not text.strip(text[0])


def _level(lines: list[NoteLine], number: int) -> int:
    """The level of a line that is a heading by its looks and by what stands around it; else 0.

    Capitals alone, `Unit 3`, a colon at its end, or a few words above a list that they are no part of.
    """
    line = lines[number]
    words = line.text.split()
    if not words or len(line.text) > _SHORT_HEADING or _RULE.fullmatch(line.text):
        return 0
    if number and lines[number - 1].text:
        return 0
    below = lines[number + 1] if number + 1 < len(lines) else None
    if line.bullet:
        return 3 if _is_above_a_list(line, below) and _NUMBER.match(line.raw[0]) else 0
    if line.text.isupper() and len(words) >= 2 and not any(map(str.isdigit, line.text)):
        return 2
    if _NUMBERED.fullmatch(line.text):
        return 3
    if line.text.endswith(":") and below is not None and len(words) <= 8:
        return 4
    return 4 if _is_above_a_list(line, below) else 0


_NUMBER = re.compile(r"\s*\(?[0-9]{1,2}[.)]")
_LISTED = re.compile(r":\s|\s[-–—]{1,3}\s|\s=\s|\t|[0-9]{3}")


def _is_above_a_list(line: NoteLine, below: NoteLine | None) -> bool:
    """Whether a few plain words stand above lines of another form than their own."""
    if below is None or not below.text or not line.text[0].isupper() or len(line.text.split()) > 6:
        return False
    if _LISTED.search(line.text) or not line.text[-1].isalpha():
        return False
    if line.bullet and below.bullet and below.depth <= line.depth:
        return False
    return below.bullet or _LISTED.search(below.text) is not None


def _joined(lines: Iterator[NoteLine]) -> Iterator[NoteLine]:
    """The lines, each with those that a narrow page broke off it."""
    last: NoteLine | None = None
    for line in lines:
        if last is not None and _continues(last, line):
            last = replace(last, text=f"{last.text} {line.text}", raw=(*last.raw, *line.raw))
            continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def _continues(last: NoteLine, line: NoteLine) -> bool:
    if not last.text or not line.text or last.level or line.level or line.bullet:
        return False
    long = len(last.raw[-1].rstrip()) >= _LONG
    return long and line.text[0].islower() and not _PARTED.search(line.text[:_LONG])


# A word and its meaning, as the line above it may be: no page broke it off.
_PARTED = re.compile(r":\s|\s[-–—]{1,3}\s|\s=\s|\t")
