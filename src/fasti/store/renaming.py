"""Facts and cards that are called otherwise from now on: their progress goes with them.

Log entries are never rewritten; an alias says which card they are about. Names may be exchanged, and a
name may be one that another card has already: then the two become one, with both histories.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.store import daily
from fasti.store.catalogue import StoredCard, StoredFact
from fasti.store.enrolment import refresh_places
from fasti.store.folding import refold_card
from fasti.store.names import Alias, insert_aliases
from fasti.store.sizes import count_cards
from fasti.store.tables import alias, anki_card, anki_note, card, fact, schedule
from fasti.store.upsert import chunks, upsert

_Name = TypeVar("_Name", str, tuple[str, str])


def rename_facts(connection: Connection, pairs: Sequence[tuple[str, str, StoredFact]]) -> None:
    """Give facts another id, or another deck: the deck and id until now, and the fact from now on.

    Their cards go with them but keep their names; `rename_cards` gives them theirs.
    """
    moves = [((deck, id), (new.deck, new.id)) for deck, id, new in pairs if (deck, id) != (new.deck, new.id)]
    plan = _plan(moves, _facts_there(connection, moves), lambda old, number: (old[0], f"\x1f{number}"))
    for old, into in plan.merged:
        connection.execute(_GIVE_CARDS, _fact_values(old, into))
        connection.execute(_GIVE_NOTES, _fact_values(old, into))
        connection.execute(delete(fact).where(fact.c.deck == old[0], fact.c.id == old[1]))
    for step in plan.steps:
        connection.execute(_MOVE_FACT, [_fact_values(old, new) for old, new in step])
    upsert(connection, fact, [new for _, _, new in pairs])
    count_cards(connection, {deck for old, _, new in pairs for deck in (old, new.deck)})


def rename_cards(
    connection: Connection,
    pairs: Sequence[tuple[str, StoredCard]],
    at_ms: int,
    *,
    maximum_interval: int = MAXIMUM_INTERVAL,
) -> None:
    """Give cards another name: the name until now, and the card from now on; every schedule follows.

    `at_ms` is when. All that is in the log under the old name goes with the card, even what a clock
    that was ahead dated later.
    """
    moves = [(old, new.key) for old, new in pairs if old != new.key]
    plan = _plan(moves, _cards_there(connection, moves), lambda _, number: f"\x1f{number}")
    moment = _moment(connection, moves, at_ms)
    involved = [name for move in moves for name in move]
    used_before = _former_names(connection, involved)
    counts_move = _counts_move(connection, moves, used_before)
    if counts_move:
        # A card that a former name stands for loses what was written under it to the one that takes it.
        involved = sorted({*involved, *daily.cards_meant(connection, involved)})
    was = daily.counted_cards(connection, involved, maximum_interval=maximum_interval) if counts_move else {}
    learners = _merge_cards(connection, plan.merged)
    for step in plan.steps:
        connection.execute(_MOVE_CARD, [{"old": old, "new": new} for old, new in step])
    insert_aliases(connection, [Alias(old, moment, new) for old, new in moves])
    upsert(connection, card, [new for _, new in pairs])
    count_cards(connection, {deck for old, new in pairs for deck in (daily.deck_of(old), new.deck)})
    refresh_places(connection, [new.key for _, new in pairs])
    # A name that leaves one card and comes to another divides the entries under it anew.
    leaving = used_before.union(old for old, _ in moves)
    merged = {old for old, _ in plan.merged}
    for old, new in moves:
        if new in leaving or old in used_before or old in merged:
            for learner in learners | _learners_of(connection, [new]):
                refold_card(connection, learner, new, maximum_interval=maximum_interval)
    if counts_move:
        now = daily.counted_cards(connection, involved, maximum_interval=maximum_interval)
        daily.replace_cards(connection, was, now)


class _Plan(NamedTuple, Generic[_Name]):
    """What becomes one with something else, first; then what is called otherwise, one step after the other."""

    merged: list[tuple[_Name, _Name]]
    steps: list[list[tuple[_Name, _Name]]]


def _plan(
    moves: Sequence[tuple[_Name, _Name]], there: Collection[_Name], temporary: Callable[[_Name, int], _Name]
) -> _Plan[_Name]:
    """How to get from the old names to the new ones, of which some are `there` already."""
    leaving = {old for old, _ in moves}
    holder = {name: name for name in there if name not in leaving}
    merged: list[tuple[_Name, _Name]] = []
    moving: list[tuple[_Name, _Name]] = []
    for old, new in moves:
        if new in holder:
            merged.append((old, holder[new]))
        else:
            holder[new] = old
            moving.append((old, new))
    if leaving.isdisjoint(new for _, new in moving):
        return _Plan(merged, [moving] if moving else [])
    between = [temporary(old, number) for number, (old, _) in enumerate(moving)]
    aside = [(old, name) for (old, _), name in zip(moving, between, strict=True)]
    back = [(name, new) for (_, new), name in zip(moving, between, strict=True)]
    return _Plan(merged, [aside, back])


_MOVE_FACT = (
    update(fact)
    .where(fact.c.deck == bindparam("old_deck"), fact.c.id == bindparam("old_id"))
    .values(deck=bindparam("new_deck"), id=bindparam("new_id"))
)
_GIVE_CARDS = (
    update(card)
    .where(card.c.deck == bindparam("old_deck"), card.c.fact == bindparam("old_id"))
    .values(deck=bindparam("new_deck"), fact=bindparam("new_id"))
)
_GIVE_NOTES = (
    update(anki_note)
    .where(anki_note.c.deck == bindparam("old_deck"), anki_note.c.fact == bindparam("old_id"))
    .values(deck=bindparam("new_deck"), fact=bindparam("new_id"))
)
_MOVE_CARD = update(card).where(card.c.key == bindparam("old")).values(key=bindparam("new"))


def _fact_values(old: tuple[str, str], new: tuple[str, str]) -> dict[str, str]:
    return {"old_deck": old[0], "old_id": old[1], "new_deck": new[0], "new_id": new[1]}


def _facts_there(
    connection: Connection, moves: Sequence[tuple[tuple[str, str], tuple[str, str]]]
) -> set[tuple[str, str]]:
    """Which of the new ids facts have already."""
    by_deck: dict[str, list[str]] = {}
    for _, (deck, id) in moves:
        by_deck.setdefault(deck, []).append(id)
    return {
        (deck, id)
        for deck, ids in by_deck.items()
        for some in chunks(ids)
        for id in connection.scalars(select(fact.c.id).where(fact.c.deck == deck, fact.c.id.in_(some)))
    }


def _cards_there(connection: Connection, moves: Sequence[tuple[str, str]]) -> set[str]:
    """Which of the new names cards have already."""
    return {
        key
        for some in chunks([new for _, new in moves])
        for key in connection.scalars(select(card.c.key).where(card.c.key.in_(some)))
    }


def _moment(connection: Connection, moves: Sequence[tuple[str, str]], at_ms: int) -> int:
    """When the names changed: not before anything in the log under them, and after every earlier change."""
    moment = at_ms
    for some in chunks([old for old, _ in moves]):
        answered = connection.scalar(select(func.max(schedule.c.folded_ms)).where(schedule.c.card.in_(some)))
        moment = max(moment, answered or 0)
    for some in chunks([name for move in moves for name in move]):
        changed = select(func.max(alias.c.at_ms)).where(or_(alias.c.key.in_(some), alias.c.card.in_(some)))
        moment = max(moment, (connection.scalar(changed) or 0) + 1)
    return moment


def _merge_cards(connection: Connection, merged: Sequence[tuple[str, str]]) -> set[str]:
    """Take out the cards that become one with another; the learners who had one of them."""
    keys = [old for old, _ in merged]
    learners = _learners_of(connection, keys)
    for some in chunks(keys):
        connection.execute(delete(schedule).where(schedule.c.card.in_(some)))
        connection.execute(delete(anki_card).where(anki_card.c.card.in_(some)))
        connection.execute(delete(card).where(card.c.key.in_(some)))
    return learners


def _learners_of(connection: Connection, keys: Collection[str]) -> set[str]:
    return {
        learner
        for some in chunks(keys)
        for learner in connection.scalars(
            select(schedule.c.learner).where(schedule.c.card.in_(some)).distinct()
        )
    }


def _counts_move(
    connection: Connection, moves: Sequence[tuple[str, str]], used_before: Collection[str]
) -> bool:
    """Whether days may count otherwise afterwards: by another deck, or with other cards' entries."""
    if any(daily.deck_of(old) != daily.deck_of(new) for old, new in moves) or used_before:
        return True
    return daily.has_entries(connection, [new for _, new in moves])


def _former_names(connection: Connection, keys: Collection[str]) -> set[str]:
    """Which of these names some card had and gave up."""
    return {
        key
        for some in chunks(keys)
        for key in connection.scalars(select(alias.c.key).where(alias.c.key.in_(some)))
    }
