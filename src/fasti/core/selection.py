"""Choosing cards by what their author says of them: by unit and by tag."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from fasti.core.queue import rank_of
from fasti.core.text import searchable


class Labels(NamedTuple):
    """The unit that a fact stands in, `""` for none, and its tags with those of its deck."""

    unit: str
    tags: frozenset[str]


class Selection(NamedTuple):
    """Cards of decks (none named: of all), of a unit and with a tag, where these are given."""

    decks: tuple[str, ...] = ()
    unit: str = ""
    tag: str = ""

    @property
    def by_label(self) -> bool:
        """Whether what the author says of a fact must be known to decide."""
        return bool(self.unit or self.tag)


def chosen(selection: Selection, labels: Labels) -> bool:
    """Whether a fact with these labels is of the unit and has the tag; case and accents do not count."""
    unit, tag = searchable(selection.unit), searchable(selection.tag)
    if unit and searchable(labels.unit) != unit:
        return False
    return not tag or any(searchable(own) == tag for own in labels.tags)


def known_labels(all_labels: Iterable[Labels]) -> tuple[list[str], list[str]]:
    """The units and the tags that there are, each once, sorted: what could have been meant."""
    units: set[str] = set()
    tags: set[str] = set()
    for labels in all_labels:
        units.update({labels.unit} - {""})
        tags |= labels.tags
    return sorted(units), sorted(tags)


def shuffled(cards: Collection[str], seed: int) -> list[str]:
    """The cards in an order that the seed alone decides, the same on every machine."""
    return sorted(cards, key=lambda card: (rank_of(card, seed), card))
