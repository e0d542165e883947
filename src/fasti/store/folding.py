"""The schedule as a fold of the log: reading a card's entries, and writing the state that they leave."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, bindparam, func, select, update

from fasti.core.card_state import CardState
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import Adopted, LogEntry, fold_card
from fasti.store.due import RETIRED, STATE_COLUMNS, rank_on_shelf, shelf_of, state_from
from fasti.store.names import all_names, names_of
from fasti.store.prepared import Prepared
from fasti.store.tables import alias, card, review_log, schedule
from fasti.store.upsert import chunks, inserted

STATE = [schedule.c[name] for name in STATE_COLUMNS]
"""The columns of a schedule that make up a `CardState`."""


WRITTEN = (*STATE_COLUMNS, "folded_ms", "shelf", "rank")
"""The columns of a schedule that an answer writes, in the order of `columns_of`."""


class Standing(NamedTuple):
    """A card's place in a learner's schedule.

    `position` is the author's, `folded_ms` the newest moment that the state has taken in.
    """

    learner: str
    card: str
    position: int
    retired: bool
    state: CardState
    folded_ms: int


def standing(connection: Connection, learner: str, key: str) -> Standing | None:
    """A card's place in a learner's schedule, held until the transaction ends; None if it has none."""
    row = _STANDING.first(connection, {"of_learner": learner, "of_card": key})
    if row is None:
        return None
    *state, folded_ms, shelf, position = row
    return Standing(learner, key, position, shelf == RETIRED, state_from(state), folded_ms)


def write_standing(connection: Connection, place: Standing) -> None:
    """Write a place that is there already."""
    _WRITE.run(connection, columns_of(place) | {"of_learner": place.learner, "of_card": place.card})


def refold_card(connection: Connection, learner: str, key: str, *, maximum_interval: int) -> CardState:
    """Make a card's place anew from the log; where the library has no such card there is only the state."""
    known = connection.execute(_CARD, {"of_card": key}).first()
    # Held first: what is read after it cannot be missing an entry that is being written now.
    here = standing(connection, learner, key)
    entries = entries_of(connection, learner, key)
    state = fold_card(entries, maximum_interval=maximum_interval)
    if known is not None:
        folded_ms = max(
            [*(entry.answered_at_ms for entry in entries), *named_since(connection, key)], default=0
        )
        retired = known.retired_ms is not None
        place = Standing(learner, key, known.position, retired, state, folded_ms)
        if here is None:
            row = columns_of(place) | {
                "learner": learner,
                "card": key,
                "deck": known.deck,
                "fact": known.fact,
            }
            connection.execute(inserted(connection, schedule).on_conflict_do_nothing(), [row])
        else:
            write_standing(connection, place)
    return state


def entries_of(connection: Connection, learner: str, key: str) -> list[LogEntry]:
    """All that the log has about a card, under every name that it had; each entry with its present name."""
    return [
        replace(entry, card=key) if entry.card != key else entry
        for name in names_of(connection, key)
        for entry in read_entries(
            connection.execute(
                _ENTRIES,
                {
                    "of_learner": learner,
                    "of_card": name.key,
                    "after": _LONG_AGO if name.after_ms is None else name.after_ms,
                    "until": _NEVER if name.until_ms is None else name.until_ms,
                },
            )
        )
    ]


def named_since(connection: Connection, key: str) -> list[int]:
    """The moment up to which another card had this name, if one had it."""
    newest = connection.scalar(select(func.max(alias.c.at_ms)).where(alias.c.key == key))
    return [] if newest is None else [newest]


def histories(connection: Connection, learner: str) -> Iterator[tuple[str, list[LogEntry]]]:
    """Each card that the learner's log knows, by its present name, which its entries carry.

    The entries of a card come in any order.
    """
    names = all_names(connection)
    of_several_names: dict[str, list[LogEntry]] = {}
    statement = _log().where(review_log.c.learner == learner)
    statement = statement.order_by(review_log.c.card, review_log.c.answered_at_ms)
    rows = connection.execute(statement, execution_options={"yield_per": _AT_ONCE})
    for key, group in groupby(read_entries(rows), lambda entry: entry.card):
        if key in names.involved:
            for entry in group:
                name = names.card_of(key, entry.answered_at_ms)
                of_several_names.setdefault(name, []).append(replace(entry, card=name))
        else:
            yield key, list(group)
    yield from of_several_names.items()


def histories_of(
    connection: Connection, learner: str, keys: Collection[str]
) -> Iterator[tuple[str, list[LogEntry]]]:
    """The same of some cards only, those left out of which the log knows nothing."""
    involved = all_names(connection).involved
    for some in chunks(key for key in keys if key not in involved):
        statement = _log().where(review_log.c.learner == learner, review_log.c.card.in_(some))
        rows = connection.execute(statement.order_by(review_log.c.card))
        for key, group in groupby(read_entries(rows), lambda entry: entry.card):
            yield key, list(group)
    for key in involved.intersection(keys):
        if entries := entries_of(connection, learner, key):
            yield key, entries


def read_entries(rows: Iterable[Row[Any]]) -> Iterator[LogEntry]:
    """Rows of the log as entries."""
    for row in rows:
        values = list(row)
        values[_KIND] = _KINDS.get(values[_KIND]) or EntryKind(values[_KIND])
        if values[_ADOPTED] is not None:
            values[_ADOPTED] = Adopted(*json.loads(values[_ADOPTED]))
        yield LogEntry(*values)


def columns_of(place: Standing) -> dict[str, Any]:
    """What a row of the schedule holds of a place, by column."""
    return dict(zip(WRITTEN, values_of(place), strict=True))


def values_of(place: Standing) -> tuple[Any, ...]:
    """The same without the columns' names: those are `WRITTEN`."""
    state = place.state
    shelf = shelf_of(state, retired=place.retired)
    return *state, place.folded_ms, shelf, rank_on_shelf(place.card, place.position, state)


_KIND = list(review_log.columns).index(review_log.c.kind)
_ADOPTED = list(review_log.columns).index(review_log.c.adopted)
# Asking the enumeration itself takes as long as all else about a row.
_KINDS = {kind.value: kind for kind in EntryKind}
_AT_ONCE = 5_000
_LONG_AGO, _NEVER = -(2**62), 2**62

_STANDING = Prepared(
    select(*STATE, schedule.c.folded_ms, schedule.c.shelf, card.c.position)
    .join_from(schedule, card, card.c.key == schedule.c.card)
    .where(schedule.c.card == bindparam("of_card"), schedule.c.learner == bindparam("of_learner"))
    .with_for_update(of=schedule)
)
_WRITE = Prepared(
    update(schedule)
    .where(schedule.c.card == bindparam("of_card"), schedule.c.learner == bindparam("of_learner"))
    .values({name: bindparam(name) for name in WRITTEN})
)
_CARD = select(card.c.deck, card.c.fact, card.c.position, card.c.retired_ms).where(
    card.c.key == bindparam("of_card")
)


def _log() -> Select[*tuple[Any, ...]]:
    return select(*review_log.columns)


_ENTRIES = _log().where(
    review_log.c.learner == bindparam("of_learner"),
    review_log.c.card == bindparam("of_card"),
    review_log.c.answered_at_ms > bindparam("after"),
    review_log.c.answered_at_ms <= bindparam("until"),
)
