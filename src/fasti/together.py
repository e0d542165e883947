"""Several decks brought in step together: a fact that goes from one to another is followed."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from fasti.core.facts import Deck
from fasti.core.identity import Identity, Similarity
from fasti.edits import Edit, Remembered, Source, plan_edit


class Row(NamedTuple):
    """A deck as its files have it now, and what is remembered of it."""

    deck: Deck
    sources: Sequence[Source]
    remembered: Remembered


LeftBefore = Callable[[str, Collection[str]], Remembered]
"""Gives, of a deck's id and keys of facts, those that left other decks in an earlier change."""


def plan_together(
    rows: Sequence[Row], left_before: LeftBefore, similar: Similarity, now_ms: int
) -> list[Edit]:
    """What is to be written for each deck; `now_ms` is the moment of the change.

    A fact that is new to one deck and leaves another in the same change, or left one before, has moved.
    """
    edits = [plan_edit(row.deck, row.sources, row.remembered, _from_nowhere, similar, now_ms) for row in rows]
    leaving = Remembered(
        [
            fact
            for row, edit in zip(rows, edits, strict=True)
            for fact in row.remembered.facts
            if fact.id in edit.retired
        ],
        {name: cards for row in rows for name, cards in row.remembered.cards.items()},
    )
    for at, row in enumerate(rows):
        if edits[at].report.new:
            elsewhere = _leavers(row.deck.id, leaving, left_before)
            edits[at] = plan_edit(row.deck, row.sources, row.remembered, elsewhere, similar, now_ms)
    _do_not_retire_what_moved(edits)
    return edits


def _from_nowhere(_: Sequence[Identity]) -> Remembered:
    return Remembered((), {})


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
    moved = {(old.deck, old.id): old.title for edit in edits for old, _ in edit.renamed_facts}
    for edit in edits:
        for (deck, fact), title in moved.items():
            if deck == edit.report.deck and fact in edit.retired:
                edit.retired.remove(fact)
                edit.report.retired.remove(title)
