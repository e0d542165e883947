"""Changing a few characters of a deck file at known places; all others stay what they are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from fasti.core.facts import Change

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")


def lines_of(text: str) -> list[str]:
    """The lines of a file without their endings, counted as editors do: line 1 is at 0."""
    return [line for line, _ in _lines(text)]


def changed(text: str, changes: Iterable[Change]) -> str:
    """`text` with these changes made; one that does not fit what stands there, or another change, is left out.

    Line endings stay as they are. A line of which a change leaves nothing but space goes with its ending;
    behind what else a change takes from the end of a line, no space is left.
    """
    lines = _lines(text)
    by_line: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        by_line[change.place.line].append(change)
    for number, own in by_line.items():
        if number <= len(lines):
            line, ending = lines[number - 1]
            new = _changed_line(line, own)
            lines[number - 1] = ("", "") if line.strip() and not new.strip() else (new, ending)
    return "".join(line + ending for line, ending in lines)


def settled(change: Change, lines: Sequence[str]) -> Change | None:
    """The change of a text as the file has it: in quotes where it stands in quotes; None where it is not there."""
    if change.place.line > len(lines):
        return None
    there = lines[change.place.line - 1][change.place.column - 1 :]
    for mark in ("", '"', "'"):
        if there.startswith(mark + change.old + mark) and (mark or change.old):
            return change._replace(old=mark + change.old + mark)
    return change if not change.old else None


def _lines(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2]) for found in _LINE.finditer(text) if found[0] or found.start() == 0]


def _changed_line(line: str, changes: list[Change]) -> str:
    end = len(line)
    for change in sorted(changes, key=lambda change: change.place, reverse=True):
        start = change.place.column - 1
        after = start + len(change.old)
        if after > end or not line.startswith(change.old, start):
            continue
        kept = line[:start]
        if not change.new and after == len(line):
            kept = kept.rstrip()
        line = kept + change.new + line[after:]
        end = start
    return line
