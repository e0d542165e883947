"""The web of causes and effects for the eye: trees in which every cause and effect is named once."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.causal_tree import Role, Row, Tree, Way, effect_trees, numbers, trees_of
from fasti.core.counting import counted
from fasti.ui.console import standard_output
from fasti.ui.lines import (
    FAINT,
    LABEL,
    NO_BREAK,
    STRONG,
    Line,
    Piece,
    cells,
    line,
    with_plain_spaces,
    wrapped,
)
from fasti.ui.look import Look, encodable, for_pictures
from fasti.ui.pipes import until_closed
from fasti.ui.time_words import unbroken_date

if TYPE_CHECKING:
    from fasti.causality import Causality

_LEVEL = 3
_WORDS = 3
"""How many words of a name are said again, at most, where it is only mentioned."""


class Branches(NamedTuple):
    """What holds a tree together; the first three are as wide as a level."""

    more: str = "├─ "
    last: str = "└─ "
    rail: str = "│  "
    onward: str = "↓ "
    upward: str = "↑ "
    source: str = "← "


_ASCII = Branches("|- ", "`- ", "|  ", "v ", "^ ", "< ")


def show_causes(causality: "Causality", *, accessible: bool) -> None:
    """Print a web that has nodes: drawn, or in sentences."""
    output = standard_output()
    with until_closed(output.file):
        if accessible:
            from fasti.ui.causes_spoken import causes_sentences

            output.show(causes_sentences(causality, output.look))
        else:
            output.show(causes_lines(causality, output.look))


def causes_lines(causality: "Causality", look: Look) -> list[Line]:
    """The title and the trees: of the whole deck, or, of one fact, what led to it and what it led to."""
    look = for_pictures(look)
    fact = causality.fact
    return with_plain_spaces(_whole(causality, look) if fact is None else _of_fact(causality, fact, look))


def _whole(causality: "Causality", look: Look) -> list[Line]:
    web = causality.web
    trees = effect_trees(web, _deepest(look))
    drawing = _Drawing(causality, look, trees)
    things = counted(len(web.nodes), "cause or effect", "causes and effects")
    said = f"  {things} {look.dot} {counted(len(web.edges), 'link')}"
    title = wrapped(line(look.text(causality.title, STRONG), said), look.measure, "", "  ")
    drawn = [row for tree in trees for row in [line(), *drawing.rows(tree)]]
    return [*title, *drawn, *drawing.legend()]


def _of_fact(causality: "Causality", fact: int, look: Look) -> list[Line]:
    deepest = _deepest(look)
    causes = trees_of(causality.web, fact, upward=True, deepest=deepest)
    effects = trees_of(causality.web, fact, deepest=deepest)
    drawing = _Drawing(causality, look, (*causes, *effects))
    lines = drawing.rows(effects[0][:1])
    nothing = wrapped(line(Piece("Nothing that the deck tells of.", FAINT)), look.measure)
    for heading, trees, upward in (("What led to it", causes, True), ("What it led to", effects, False)):
        lines += [line(), line(Piece(heading, LABEL))]
        lines += drawing.rows(trees[0][1:], upward=upward) or nothing
        lines += [row for tree in trees[1:] for row in [line(), *drawing.rows(tree, upward=upward)]]
    return [*lines, *drawing.legend()]


def _deepest(look: Look) -> int:
    """How many levels leave more than half of the screen to the words."""
    return max(look.width * 2 // 5 // _LEVEL, 2)


class _Drawing:
    """Trees being drawn: the numbers by which they refer to each other, and the reasons already told."""

    def __init__(self, causality: "Causality", look: Look, trees: Sequence[Tree]) -> None:
        self._causality = causality
        self._look = look
        self._numbers = numbers(trees)
        fancy = Branches()
        can = not look.ascii_signs and encodable("".join(fancy), look.encoding) == "".join(fancy)
        self._branches = fancy if can else _ASCII
        self._told: set[str] = set()
        self._ways: set[str] = set()

    def rows(self, rows: Iterable[Row], *, upward: bool = False) -> list[Line]:
        """The lines of a tree or a part of one; `upward` where it leads from effects to causes."""
        return [each for row in rows for each in self._row(row, upward=upward)]

    def legend(self) -> list[Line]:
        """What the arrows mean that were used, after an empty line."""
        branches = self._branches
        meanings = (
            (branches.onward, "led to"),
            (branches.upward, "because of"),
            (branches.source, "a cause of what stands above"),
        )
        used = (sign + meaning for sign, meaning in meanings if sign in self._ways)
        said = "   ".join(each.replace(" ", NO_BREAK) for each in used)
        return [line(), *wrapped(line(Piece(said, FAINT)), self._look.measure)] if said else []

    def _row(self, row: Row, *, upward: bool) -> list[Line]:
        first, rest = self._prefixes(row, upward=upward)
        width = min(self._look.width, self._look.measure + cells(rest))
        lines = wrapped(line(*self._said(row)), width - max(cells(first), cells(rest)))
        shown = [line(Piece(rest if at else first, FAINT), *pieces) for at, pieces in enumerate(lines)]
        if why := self._why(row):
            shown += wrapped(line(Piece(f"why: {why}", FAINT)), width, rest, rest)
        return shown

    def _why(self, row: Row) -> str:
        """How an edge brought its effect about, where that is told and has not been shown."""
        why = "" if row.edge is None else self._causality.web.edges[row.edge].why
        if why in self._told:
            return ""
        self._told.add(why)
        return self._look.text(why).text

    def _prefixes(self, row: Row, *, upward: bool) -> tuple[str, str]:
        """What stands before a row's words, and before those of its further lines."""
        levels = [self._branches.rail if more else " " * _LEVEL for more in row.rails]
        before = "".join(levels)
        match row.way:
            case Way.ROOT:
                return "", "  "
            case Way.BRANCH:
                branch = self._branches.more if row.rails[-1] else self._branches.last
                return "".join(levels[:-1]) + branch, before + "  "
            case Way.STEP:
                arrow = self._branches.upward if upward else self._branches.onward
            case Way.SOURCE:
                arrow = self._branches.source
        self._ways.add(arrow)
        return before + arrow, before + "  "

    def _said(self, row: Row) -> list[Piece]:
        number = self._numbers.get(row.node)
        title = self._look.text(self._causality.web.nodes[row.node].title).text
        if row.role is Role.NAMED:
            date = self._look.text(unbroken_date(self._causality.dates[row.node])).text
            return [
                Piece(f"{number} " if number else "", LABEL),
                Piece(title, STRONG if row.way is Way.ROOT else ""),
                Piece(f"  {date}" if date else "", FAINT),
            ]
        words = title.split()[:-1]
        opening = f": {' '.join(words[:_WORDS])}{self._look.ellipsis}" if words else ""
        refers = {
            Role.AGAIN: f"see {number} above",
            Role.BACK: f"back to {number} above, in a circle",
            Role.LATER: f"see {number} below",
        }
        return [Piece(refers[row.role], LABEL), Piece(opening, FAINT)]
