"""A web of causes and effects as rows joined by rails: each cause above its effects, however tangled the web.

All causes of one effect meet on its rail, which ends in an arrow at the effect. So a web takes no more width
than its rails, and can be read on a telephone.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from fasti.core.causal_web import Web, turning_back
from fasti.page.drawing import Drawing
from fasti.page.language import Language
from fasti.page.measure import wrapped
from fasti.page.stretch import TEXT_SIZE, Room


class Rail(NamedTuple):
    """What leads to one effect: rows of nodes, in their order. With `back`, the effect is above them."""

    effect: int
    causes: tuple[int, ...]
    back: bool

    @property
    def extent(self) -> tuple[float, float]:
        """From where to where it runs, in rows; it leaves a row below its middle and reaches one above it."""
        rows = (self.effect, *self.causes)
        return (min(rows) - 0.2, max(rows) + 0.2) if self.back else (min(rows) + 0.2, max(rows) - 0.2)


def in_rows(web: Web) -> tuple[int, ...]:
    """The nodes in an order in which causes come before effects, and soon before them, but in circles."""
    back = turning_back(web)
    causes: dict[int, list[int]] = {}
    leading: set[int] = set()
    for place, edge in enumerate(web.edges):
        if place not in back:
            causes.setdefault(edge.effect, []).append(edge.cause)
            leading.add(edge.cause)
    order: dict[int, None] = {}
    for last in (node for node in range(len(web.nodes)) if node not in leading):
        # A walk with its own stack: a chain of causes may be longer than Python's calls go deep.
        walk = [(last, iter(causes.get(last, ())))]
        while walk:
            node, before = walk[-1]
            cause = next((each for each in before if each not in order), None)
            if cause is None:
                order[node] = None
                walk.pop()
            else:
                walk.append((cause, iter(causes.get(cause, ()))))
    return tuple(order)


def rails_of(web: Web, order: Sequence[int]) -> tuple[Rail, ...]:
    """The rails of a web whose nodes stand in these rows."""
    row = {node: place for place, node in enumerate(order)}
    joined: dict[tuple[int, bool], list[int]] = {}
    for edge in web.edges:
        back = row[edge.cause] > row[edge.effect]
        joined.setdefault((row[edge.effect], back), []).append(row[edge.cause])
    return tuple(Rail(effect, tuple(sorted(causes)), back) for (effect, back), causes in joined.items())


def placed(rails: Sequence[Rail]) -> list[tuple[Rail, int]]:
    """The rails with their places, 0 next to the rows: the shortest first, each where nothing is in its way.

    A rail may end at the row where the next begins.
    """
    taken: list[list[Rail]] = []
    found: list[tuple[Rail, int]] = []
    for rail in sorted(rails, key=lambda rail: rail.extent[1] - rail.extent[0]):
        free = (
            place for place, others in enumerate(taken) if not any(_meet(rail, other) for other in others)
        )
        place = next(free, len(taken))
        if place == len(taken):
            taken.append([])
        taken[place].append(rail)
        found.append((rail, place))
    return found


def is_tangled(web: Web) -> bool:
    """Whether more rails would run beside each other than an eye can follow."""
    edges = sorted(
        (end, way)
        for rail in rails_of(web, in_rows(web))
        for end, way in zip(rail.extent, (1, -1), strict=True)
    )
    return max(accumulate(way for _, way in edges), default=0) > _MOST_BESIDE


def drawn_web(web: Web, room: Room, language: Language) -> tuple[Drawing, float, list[float]]:
    """The drawing of a web, its height, and where it may be cut."""
    order = in_rows(web)
    rails = placed(rails_of(web, order))
    count = max((place for _, place in rails), default=0) + 1
    step = min(_STEP, room.width * _MOST_RAILS / count)
    text_at = count * step + 2 * _MARGIN
    drawing = Drawing(room.width, language)
    tops = [0.0]
    texts = [wrapped(web.nodes[node].title, (room.width - text_at - 4) / TEXT_SIZE) for node in order]
    for lines in texts:
        tops.append(tops[-1] + len(lines) * _LINE + _APART)
    middles = [top + _APART / 2 + _LINE / 2 for top in tops[:-1]]
    node_at = count * step + _MARGIN
    for rail, place in rails:
        _draw_rail(drawing, rail, node_at - (place + 1) * step, node_at, middles)
    for node, lines, middle in zip(order, texts, middles, strict=True):
        known = web.nodes[node].position is not None
        drawing.dot(node_at, middle, 4.5, "node" if known else "node words")
        for number, line in enumerate(lines):
            drawing.text(text_at, middle + 5 + number * _LINE, line, "name" if known else "name words")
    return drawing, tops[-1], tops


_LINE = 20
_APART = 12
_STEP = 13
_MARGIN = 12
_MOST_RAILS = 0.4
_MOST_BESIDE = 30
_OFF = 3.5


def _meet(one: Rail, other: Rail) -> bool:
    return one.extent[0] <= other.extent[1] and other.extent[0] <= one.extent[1]


def _draw_rail(drawing: Drawing, rail: Rail, across: float, node_at: float, middles: Sequence[float]) -> None:
    style = "rail back" if rail.back else "rail"
    off = -_OFF if rail.back else _OFF
    end = middles[rail.effect] - off
    taps = [middles[cause] + off for cause in rail.causes]
    far = max(taps, key=lambda tap: abs(tap - end))
    drawing.path([(node_at, far), (across, far), (across, end), (node_at - 6, end)], style)
    for tap in taps:
        if tap != far:
            drawing.path([(node_at, tap), (across, tap)], style)
            drawing.dot(across, tap, 2, "join")
    tip = node_at - 5
    drawing.path([(tip - 6, end - 3.5), (tip, end), (tip - 6, end + 3.5)], "rail-head")
