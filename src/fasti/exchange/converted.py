"""What a collection of another program means here: decks of facts, and which card is which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fasti.core.facts import Deck


class CardName(NamedTuple):
    """A card of ours: its deck, its fact, and what it asks of it."""

    deck: str
    fact: str
    asks: str


@dataclass(frozen=True, slots=True)
class Converted:
    """Decks made of a collection. Every fact has an id, which the same note gets whenever it comes again.

    `cards` names the card that each card of the collection (by its id there) became; one that became none
    is not in it. `guids` gives, for notes that we wrote ourselves once, their guid by deck, fact and part
    (the fact's main note is part `""`; others are named by `own_notes`). `media` gives, by the path that a fact's `image` names (beside the deck file, with `/`),
    the name of the file in the collection. `left_out` says what could not be carried, a sentence each with
    its number; `changed` holds the titles of facts of ours that were edited there.
    """

    decks: Sequence[Deck]
    cards: Mapping[int, CardName]
    guids: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    left_out: Sequence[str] = ()
    changed: Sequence[str] = ()
