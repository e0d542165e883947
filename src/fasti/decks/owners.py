"""Which entry a place in the file belongs to: an error there keeps that entry out of the deck."""

from bisect import bisect_right

from fasti.core.facts import Place
from fasti.decks.items import Item


class Owners:
    """The entries of a deck, by where they begin and where the deck's own keys end them."""

    def __init__(self, items: list[Item], ends: list[Place]) -> None:
        begins = [(item.begin, number) for number, item in enumerate(items)]
        marks = sorted([*begins, *((end, -1) for end in ends)])
        self._places = [place for place, _ in marks]
        self._numbers = [number for _, number in marks]

    def of(self, place: Place) -> int:
        """The number of the entry in whose lines a place lies, or -1."""
        at = bisect_right(self._places, place) - 1
        return self._numbers[at] if at >= 0 else -1

    def lines(self, place: Place) -> tuple[int, int]:
        """The first line of the entry in which a place lies, and the line behind its last."""
        at = bisect_right(self._places, place) - 1
        last = self._places[at + 1].line if at + 1 < len(self._places) else place.line + 10_000
        return (self._places[at].line if at >= 0 else 1), last
