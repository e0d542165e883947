"""The parts of a timeline on the page: stretches, broken further where labels would stand far from their places."""

from collections.abc import Iterator, Sequence

from fasti.core.stretches import Stretch, stretches
from fasti.core.time_scale import Scale
from fasti.core.timeline import Dated
from fasti.page.drawing import settled


def parts_of(items: Sequence[Dated]) -> tuple[Stretch, ...]:
    """The items, in the order of time, in parts that are each read well on a scale of their own."""
    return tuple(part for stretch in stretches(items) for part in _eased(stretch))


# In heights of a label, so that a timeline falls into the same parts however wide it is drawn.
_ASTRAY = 7.0
"""How far from its place a label may stand."""
_LENGTH = 1.25
"""How long an axis is for each label."""
_FEWEST = 3
_TRIED = 40
"""Gaps tried, the longest first: a part is broken where nothing happens."""


def _eased(stretch: Stretch) -> Iterator[Stretch]:
    waiting = [stretch]
    while waiting:
        part = waiting.pop()
        cut = _best_cut(part) if max(_strayings(part)) > _ASTRAY else None
        if cut is None:
            yield part
        else:
            waiting += reversed(_broken(part, cut))


def _strayings(part: Stretch) -> list[float]:
    """How far each label stands from its place."""
    scale = Scale(part.first, part.last)
    length = max(len(part.items) * _LENGTH, 6.0)
    places = [length * scale.position(item.start + 0.5) for item in part.items]
    stand = settled([(place, 1.0) for place in places], length)
    return [abs(one - other) for one, other in zip(places, stand, strict=True)]


def _best_cut(part: Stretch) -> int | None:
    """The place of the item with which a new part begins so that labels stray least; None where none helps."""
    starts = [item.start for item in part.items]
    gaps = [place for place in range(_FEWEST, len(starts) - _FEWEST + 1) if starts[place] > starts[place - 1]]
    gaps.sort(key=lambda place: (starts[place - 1] - starts[place], place))
    astray = {
        place: sum(straying**2 for piece in _broken(part, place) for straying in _strayings(piece))
        for place in gaps[:_TRIED]
    }
    best = min(astray, key=lambda place: (astray[place], place), default=None)
    now = sum(straying**2 for straying in _strayings(part))
    return best if best is not None and astray[best] < now * _WORTH_IT else None


_WORTH_IT = 0.8


def _broken(part: Stretch, place: int) -> list[Stretch]:
    """Both sides of a cut; what lasts beyond it is cut off at its end."""
    before, after = part.items[:place], part.items[place:]
    last = max(max(item.start for item in before), min(max(item.end for item in before), after[0].start - 1))
    return [Stretch(before, part.first, last), Stretch(after, after[0].start, part.last)]
