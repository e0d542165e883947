"""A web of causes as trees of rows: every node named once, every edge drawn once, however the web is tied.

A node that has been named is only mentioned where another edge leads to it; so a circle ends where it
closes. A node with a single edge onward is followed on its own level, and what would stand too deep gets a
tree of its own: long chains stay readable on a narrow screen. What is told of only as one of the causes of
one thing stands under that thing, as a source of it.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from fasti.core.causal_web import Web, components


class Role(StrEnum):
    """What a row does with its node."""

    NAMED = "named"
    AGAIN = "again"  # named above
    BACK = "back"  # named above, and the edge closes a circle
    LATER = "later"  # named below, with all that follows from it


class Way(StrEnum):
    """How a row belongs to the one that it hangs from."""

    ROOT = "root"
    BRANCH = "branch"  # one of several, a level deeper
    STEP = "step"  # the only one, on the same level
    SOURCE = "source"  # against the direction of the tree: it leads to the row that it hangs from


class Row(NamedTuple):
    """One line of a tree.

    `edge` is the place of the edge by which it hangs from a row above, None at the root. `rails` tell of
    every level whether more rows of that level follow; the root, its steps and its sources have none.
    """

    node: int
    edge: int | None
    rails: tuple[bool, ...]
    way: Way
    role: Role


Tree = tuple[Row, ...]


def effect_trees(web: Web, deepest: int = 12) -> tuple[Tree, ...]:
    """The whole web from its causes down to their effects, one tree after the other.

    The trees of what hangs together follow each other, in the author's order; they begin with what has no
    cause but sources, or, in a circle, with what is told of first. No row has more than `deepest` rails.
    """
    sources = _sources(web)
    taken = {edge for edges in sources.values() for edge, _ in edges}
    drawn = [edge for place, edge in enumerate(web.edges) if place not in taken]
    led_to = {edge.effect for edge in drawn}
    alone = {node for edges in sources.values() for _, node in edges}
    roots = [
        node
        for part in components(web)
        for node in (*(node for node in part if node not in led_to), *part)
        if node not in alone
    ]
    return _grown(roots, _Steps(_onward(web, taken), sources), deepest)


def trees_of(web: Web, node: int, *, upward: bool = False, deepest: int = 12) -> tuple[Tree, ...]:
    """What a node led to, or, `upward`, what led to it: first its own tree, then those that were too deep."""
    return _grown([node], _Steps(_backward(web) if upward else _onward(web), {}), deepest)


def numbers(trees: Iterable[Tree]) -> dict[int, int]:
    """The numbers, from 1, of the nodes that are mentioned besides being named, in the order of their naming."""
    rows = [row for tree in trees for row in tree]
    mentioned = {row.node for row in rows if row.role is not Role.NAMED}
    named = [row.node for row in rows if row.role is Role.NAMED and row.node in mentioned]
    return {node: number for number, node in enumerate(dict.fromkeys(named), 1)}


_Step = tuple[int, int]  # the place of an edge, and the node at its other end


class _Steps(NamedTuple):
    """Of every node, what follows from it, and the sources that stand under it."""

    onward: Mapping[int, Sequence[_Step]]
    sources: Mapping[int, Sequence[_Step]]


def _onward(web: Web, taken: Collection[int] = ()) -> dict[int, list[_Step]]:
    edges = [(place, edge) for place, edge in enumerate(web.edges) if place not in taken]
    return _by_node((edge.cause, edge.effect, place) for place, edge in edges)


def _backward(web: Web) -> dict[int, list[_Step]]:
    return _by_node((edge.effect, edge.cause, place) for place, edge in enumerate(web.edges))


def _sources(web: Web) -> dict[int, list[_Step]]:
    """Of a node with several causes, those that have no causes and no other effects."""
    onward, backward = _onward(web), _backward(web)
    return {
        node: found
        for node, causes in backward.items()
        if len(causes) > 1
        and (found := [step for step in causes if step[1] not in backward and len(onward[step[1]]) == 1])
    }


def _by_node(edges: Iterable[tuple[int, int, int]]) -> dict[int, list[_Step]]:
    found: dict[int, list[_Step]] = {}
    for here, there, place in sorted(edges):
        found.setdefault(here, []).append((place, there))
    return found


class _Place(NamedTuple):
    """A row to be, and the way that leads to it."""

    node: int
    edge: int | None
    rails: tuple[bool, ...]
    way: Way
    parent: "_Place | None"

    def is_below(self, node: int) -> bool:
        """Whether the node is on the way to here."""
        place = self.parent
        while place is not None:
            if place.node == node:
                return True
            place = place.parent
        return False


def _grown(roots: Iterable[int], steps: _Steps, deepest: int) -> tuple[Tree, ...]:
    named: set[int] = set()
    trees: list[Tree] = []
    for root in roots:
        waiting = deque([root])
        while waiting:
            if (node := waiting.popleft()) not in named:
                tree, later = _tree(node, steps, named, deepest)
                trees.append(tree)
                waiting.extend(later)
    return tuple(trees)


def _tree(root: int, steps: _Steps, named: set[int], deepest: int) -> tuple[Tree, list[int]]:
    """One tree, and the nodes that were left for later."""
    rows: list[Row] = []
    later: list[int] = []
    # A stack of its own: a web may be deeper than Python's calls go.
    stack = [_Place(root, None, (), Way.ROOT, None)]
    while stack:
        place = stack.pop()
        role = _role(place, steps, named, deepest)
        rows.append(Row(place.node, place.edge, place.rails, place.way, role))
        if role is Role.LATER:
            later.append(place.node)
        elif role is Role.NAMED:
            named.add(place.node)
            stack += reversed(_following(place, steps))
    return tuple(rows), later


def _role(place: _Place, steps: _Steps, named: Collection[int], deepest: int) -> Role:
    if place.node in named:
        return Role.BACK if place.is_below(place.node) else Role.AGAIN
    full = len(place.rails) >= deepest and place.way is not Way.ROOT
    too_deep = full and len(steps.onward.get(place.node, ())) > 1
    return Role.LATER if too_deep else Role.NAMED


def _following(place: _Place, steps: _Steps) -> list[_Place]:
    sources = [
        _Place(node, edge, place.rails, Way.SOURCE, place)
        for edge, node in (steps.sources.get(place.node, ()) if place.way is not Way.SOURCE else ())
    ]
    onward = steps.onward.get(place.node, ())
    if len(onward) == 1:
        edge, node = onward[0]
        return [*sources, _Place(node, edge, place.rails, Way.STEP, place)]
    branches = [
        _Place(node, edge, (*place.rails, number < len(onward)), Way.BRANCH, place)
        for number, (edge, node) in enumerate(onward, 1)
    ]
    return [*sources, *branches]
