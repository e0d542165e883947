"""Tabs at the beginnings of lines, which YAML refuses: read as spaces, and told of once for each fact."""

import re
from typing import NamedTuple

from fasti.core.facts import Place, Problem
from fasti.decks.codes import Code
from fasti.decks.nodes import UnreadableError, parse
from fasti.decks.owners import Owners
from fasti.decks.pieces import Piece, says


class Spaced(NamedTuple):
    """Lines with spaces for tabs; `tabs` has the column of the first tab of each line, `shifts` how far it moved."""

    piece: Piece
    tabs: dict[int, int]
    shifts: dict[int, int]


def without_tabs(piece: Piece) -> Spaced:
    """The lines with spaces for the tabs that indent them: as many as make them YAML, else two."""
    tabbed = [number for number, line in enumerate(piece.lines) if _TABBED.match(line) and says(line)]
    if not tabbed:
        return Spaced(piece, {}, {})
    candidates = (_spaced(piece, tabbed, width) for width in (2, 4, 8))
    spaced = next((each for each in candidates if _is_yaml(each.lines)), _spaced(piece, tabbed, 2))
    return Spaced(
        spaced,
        {piece.first + number: piece.lines[number].index("\t") + 1 for number in tabbed},
        {piece.first + number: len(spaced.lines[number]) - len(piece.lines[number]) for number in tabbed},
    )


def tab_problems(tabs: dict[int, int], lines: list[str], owners: Owners) -> list[Problem]:
    """One problem for each fact that tabs indent; a tab inside a longer text harms nothing."""
    problems: list[Problem] = []
    told: set[int] = set()
    for line, column in sorted(tabs.items()):
        place = Place(line, column)
        owner = owners.of(place)
        first, behind = owners.lines(place)
        if owner in told or (owner >= 0 and _is_yaml(lines[first - 1 : behind - 1])):
            continue
        told.add(owner)
        message = "this line is indented with a tab; use spaces, the same number as the lines beside it"
        problems.append(Problem(place, Code.TAB_INDENT, message))
    return problems


_TABBED = re.compile(r" *\t")
_DASH_TAB = re.compile(r"-\t\s*")


def _spaced(piece: Piece, tabbed: list[int], width: int) -> Piece:
    lines = list(piece.lines)
    for number in tabbed:
        text = lines[number].lstrip()
        before = lines[number][: len(lines[number]) - len(text)]
        lines[number] = before.replace("\t", " " * width) + _DASH_TAB.sub("- ", text, count=1)
    return Piece(piece.first, lines)


def _is_yaml(lines: list[str]) -> bool:
    try:
        parse("\n".join(lines))
    except UnreadableError:
        return False
    return True
