"""Several decks brought in step together: a fact that goes from one to another is followed."""

from collections.abc import Callable, Collection, Sequence
from itertools import compress
from typing import NamedTuple

from fasti.core.facts import Deck
from fasti.core.identity import Identity, Similarity
from fasti.core.onlooker import Onlooker, nobody
from fasti.edits import Edit, Remembered, Source
from fasti.matching import matched, plan_edit


class Row(NamedTuple):
    """A deck as its files have it now, and what is remembered of it."""

    deck: Deck
    sources: Sequence[Source]
    remembered: Remembered


LeftBefore = Callable[[str, Collection[str]], Remembered]
"""Gives, of a deck's id and keys of facts, those that left other decks in an earlier change."""


def plan_together(
    rows: Sequence[Row],
    left_before: LeftBefore,
    similar: Similarity,
    now_ms: int,
    onlooker: Onlooker = nobody,
) -> list[Edit]:
    """What is to be written for each deck; `now_ms` is the moment of the change.

    A fact that is new to one deck and leaves another in the same change, or left one before, has moved.
    """
    onlooker("Comparing with your library", 0, 0, "")
    matchings = [matched(row.deck, row.sources, row.remembered, similar) for row in rows]
    leaving = Remembered(
        [fact for matching in matchings for fact in matching.left],
        {name: cards for row in rows for name, cards in row.remembered.cards.items()},
    )
    edits = [
        plan_edit(matching, _leavers(matching.deck.id, leaving, left_before), similar, now_ms, onlooker)
        for matching in matchings
    ]
    _do_not_retire_what_moved(edits)
    return edits


def _leavers(
    deck: str, leaving: Remembered, left_before: LeftBefore
) -> Callable[[Sequence[Identity]], Remembered]:
    """Facts that left other decks, in this change or before."""

    def elsewhere(strangers: Sequence[Identity]) -> Remembered:
        now = [fact for fact in leaving.facts if fact.deck != deck]
        before = left_before(deck, {stranger.key for stranger in strangers})
        theirs = {
            name: leaving.cards[name] for fact in now if (name := (fact.deck, fact.id)) in leaving.cards
        }
        return Remembered([*now, *before.facts], {**theirs, **before.cards})

    return elsewhere


def _do_not_retire_what_moved(edits: Sequence[Edit]) -> None:
    moved = {(old.deck, old.id) for edit in edits for old, _ in edit.renamed_facts}
    for edit in edits:
        stay = [(edit.report.deck, fact) not in moved for fact in edit.retired]
        edit.retired = list(compress(edit.retired, stay))
        edit.report.retired = list(compress(edit.report.retired, stay))
