"""A drawing in SVG that can be broken between pages: shapes at their heights, cut where nothing is cut through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from fasti.page.language import Language, runs_left
from fasti.page.markup import Attributes, Markup, element, joined

LONGEST_PIECE = 250
"""The height of a piece in pixels (1/96 inch): about a quarter of a page, so that little of one stays empty."""


class Shape(NamedTuple):
    """A shape, and the heights between which it is, both in pixels from the top of the drawing."""

    top: float
    bottom: float
    markup: Markup


@dataclass(slots=True)
class Drawing:
    """A drawing of one width; `language` says from which side. Sideways is counted from where lines begin."""

    width: float
    language: Language
    shapes: list[Shape] = field(default_factory=list)

    def x(self, across: float) -> float:
        """The place on the drawing of what is `across` pixels from the side where lines of text begin."""
        return self.width - across if self.language.right_to_left else across

    def path(self, points: Sequence[tuple[float, float]], style: str) -> None:
        """A line through points that are (across, down)."""
        steps = " L".join(f"{_number(self.x(across))} {_number(down)}" for across, down in points)
        heights = [down for _, down in points]
        self._add(min(heights), max(heights), "path", {"d": f"M{steps}", "class": style})

    def bar(self, across: float, top: float, width: float, height: float, style: str) -> None:
        """A bar with round ends."""
        left = self.x(across) - (width if self.language.right_to_left else 0)
        place: Attributes = {
            "x": left,
            "y": top,
            "width": width,
            "height": height,
            "rx": min(width, height) / 2,
        }
        self._add(top, top + height, "rect", {**place, "class": style})

    def dot(self, across: float, down: float, radius: float, style: str) -> None:
        """A dot around its middle."""
        place: Attributes = {"cx": self.x(across), "cy": down, "r": radius, "class": style}
        self._add(down - radius, down + radius, "circle", place)

    def text(self, across: float, baseline: float, said: str, style: str, anchor: str = "start") -> None:
        """A line of text with its `start`, `middle` or `end` at a place; its first letters say which way it runs."""
        leftwards = runs_left(said, self.language)
        if leftwards != self.language.right_to_left:
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        place: Attributes = {"x": self.x(across), "y": baseline, "class": style, "text-anchor": anchor}
        if leftwards != self.language.right_to_left:
            place = {**place, "direction": "rtl" if leftwards else "ltr"}
        self.shapes.append(Shape(baseline - 16, baseline + 6, element("text", place, said)))

    def pieces(self, height: float, cuts: Iterable[float], name: str, title: str, about: str) -> Markup:
        """The drawing as SVG elements one below the other; `cuts` are the heights where it may be cut.

        The first is named by `title` and `about` for those who do not see it; `name` is unlike any other
        drawing's.
        """
        edges = _edges(height, cuts)
        return joined(
            self._piece(top, bottom, name, None if number else (title, about))
            for number, (top, bottom) in enumerate(pairwise(edges))
        )

    def _piece(self, top: float, bottom: float, name: str, said: tuple[str, str] | None) -> Markup:
        inside = [shape.markup for shape in self.shapes if shape.bottom >= top and shape.top <= bottom]
        places: Attributes = {
            "viewBox": f"0 {_number(top)} {_number(self.width)} {_number(bottom - top)}",
            "width": self.width,
            "height": bottom - top,
            "direction": self.language.direction,
        }
        if said is None:
            return element("svg", {**places, "aria-hidden": "true"}, inside)
        named = [
            element("title", {"id": f"{name}-title"}, said[0]),
            element("desc", {"id": f"{name}-about"}, said[1]),
        ]
        labels = {"role": "img", "aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-about"}
        return element("svg", {**places, **labels}, [*named, *inside])

    def _add(self, top: float, bottom: float, name: str, attributes: Attributes) -> None:
        self.shapes.append(Shape(top - 2, bottom + 2, element(name, attributes)))


def settled(wanted: Sequence[tuple[float, float]], room: float) -> list[float]:
    """Where labels stand that would like to be at (place, height), in their order, without covering each other.

    The result is the middle of each, all of them between 0 and `room`, if there is that much. Labels that touch move together to where their places are missed
    least in the sum of squares: the pool-adjacent-violators algorithm (Ayer and others, 1955).
    """
    pools: list[tuple[float, int]] = []  # the mean of the wanted places less what stands before, how many
    before, offsets = 0.0, []
    for place, height in wanted:
        offsets.append(before + height / 2)
        mean, count = place - offsets[-1], 1
        while pools and pools[-1][0] >= mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
        before += height
    means = [min(max(mean, 0.0), max(room - before, 0.0)) for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _edges(height: float, cuts: Iterable[float]) -> list[float]:
    """The edges of the pieces: as few as there can be, each piece as long as it may."""
    edges, last = [0.0], 0.0
    for cut in [*sorted(cut for cut in cuts if 0 < cut < height), height]:
        if cut - edges[-1] > LONGEST_PIECE and last > edges[-1]:
            edges.append(last)
        last = cut
    return [*edges, height]


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
