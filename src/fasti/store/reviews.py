"""The review log: every answer goes in here, and nothing ever leaves.

An entry, the schedule that it leaves and the numbers of its day are written in one transaction, the caller's.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select

from fasti.core.card_state import CardState
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry, apply, in_order
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.core.spread import spread
from fasti.core.text import printable
from fasti.errors import FastiError
from fasti.store import daily
from fasti.store.devices import next_seq, raise_seqs
from fasti.store.folding import Standing, entries_of, read_entries, refold_card, standing, write_standing
from fasti.store.names import all_names
from fasti.store.prepared import Prepared
from fasti.store.tables import card, review_log
from fasti.store.upsert import COUNTED, inserted


class UnknownCardError(FastiError):
    """A card that the library does not have."""

    def __init__(self, key: str) -> None:
        super().__init__(f"no card `{key}` in your library", "look for it with `fasti show WORDS`")


class Draft(NamedTuple):
    """An entry before the log gives it its number; the fields are those of a `LogEntry`.

    The kind `review` asks to move the schedule. The card may be called as it was when it was asked.
    """

    device: str
    learner: str
    card: str
    kind: EntryKind
    grade: int | None
    scale: int | None
    answered_at_ms: int
    utc_offset_min: int
    study_day: int
    thinking_ms: int | None
    answer: str | None
    profile: str | None = None
    due_offset: int = 0


def record(
    connection: Connection,
    draft: Draft,
    *,
    maximum_interval: int = MAXIMUM_INTERVAL,
    spread_within: int | None = None,
) -> tuple[LogEntry, CardState]:
    """Add an entry to the log and bring the card's schedule in step; the entry as written, and the state.

    A review of a card that was reviewed on this study day already becomes a drill. An entry is never dated
    before what the log has about its card: it was given in the knowledge of that, whatever a clock that was
    set back says. The study day stays what the clock says. What was typed is kept without the characters
    that could act on a terminal. With `spread_within` the due day is spread, up to a maximum interval of that
    many days. Raises UnknownCardError, and ValueError for an undo (`undo_last` writes those) or a review
    without a grade from 0 to 5.
    """
    if draft.kind is EntryKind.UNDO:
        raise ValueError("an undo names what it takes back: use `undo_last`")
    seq = next_seq(connection, draft.device)
    place = standing(connection, draft.learner, draft.card) or _found_place(
        connection, draft, maximum_interval
    )
    entry = _entry(draft, seq, place)
    state = apply(place.state, entry, maximum_interval=maximum_interval)
    if spread_within is not None and entry.kind is EntryKind.REVIEW:
        moved = spread(entry.card, entry.study_day, state.interval, spread_within)
        entry = replace(entry, due_offset=moved)
        state = apply(place.state, entry, maximum_interval=maximum_interval)
    append(connection, entry)
    write_standing(connection, place._replace(state=state, folded_ms=entry.answered_at_ms))
    daily.add_answer(connection, entry, place.state)
    return entry, state


def history(connection: Connection, learner: str, key: str) -> list[LogEntry]:
    """All that the log has about a card, oldest first, under every name that it had.

    The entries carry the card's present name, so that they can be folded.
    """
    return in_order(entries_of(connection, learner, key))


def size(connection: Connection) -> int:
    """How many entries the log has."""
    return connection.scalar(select(func.count()).select_from(review_log)) or 0


def entries(connection: Connection, learner: str | None = None) -> Iterator[LogEntry]:
    """The whole log or one learner's, oldest first, as it was written."""
    statement = select(*review_log.columns).order_by(*LOG_ORDER)
    if learner is not None:
        statement = statement.where(review_log.c.learner == learner)
    return read_entries(connection.execute(statement, execution_options={"yield_per": _AT_ONCE}))


def insert_entries(connection: Connection, others: Iterable[LogEntry]) -> int:
    """Add entries that were written elsewhere, those apart that are there already; how many were new.

    Neither the schedule nor the daily numbers are touched: `refold` them for each learner afterwards.
    """
    added = 0
    last: dict[str, int] = {}
    remaining = iter(others)
    while some := list(islice(remaining, _AT_ONCE)):
        statement = inserted(connection, review_log).on_conflict_do_nothing()
        values = [row_of(entry) for entry in some]
        added += connection.execute(statement, values, execution_options=COUNTED).rowcount
        for entry in some:
            last[entry.device] = max(entry.seq, last.get(entry.device, 0))
    raise_seqs(connection, last)
    return added


def append(connection: Connection, entry: LogEntry) -> None:
    """Write an entry that has its number and its moment already; what follows from it is the caller's."""
    _INSERT.run(connection, row_of(entry))


def row_of(entry: LogEntry) -> dict[str, Any]:
    """The row of the log that an entry is."""
    values = dict(zip(_FIELDS, _VALUES(entry), strict=True))
    values["kind"] = entry.kind.value
    if entry.adopted is not None:
        values["adopted"] = json.dumps(entry.adopted)
    return values


LOG_ORDER = (review_log.c.answered_at_ms, review_log.c.device, review_log.c.seq)
"""The order of the log, which is that of `core.log.in_order`."""

_AT_ONCE = 5_000

_FIELDS = tuple(column.name for column in review_log.columns)
_VALUES = attrgetter(*_FIELDS)
_INSERT = Prepared(insert(review_log).values({name: bindparam(name) for name in _FIELDS}))


def _found_place(connection: Connection, draft: Draft, maximum_interval: int) -> Standing:
    """The place of a card that has another name by now, or that the learner was not enrolled for."""
    key = draft.card
    if connection.scalar(select(card.c.key).where(card.c.key == key)) is None:
        key = all_names(connection).card_of(key, draft.answered_at_ms)
    refold_card(connection, draft.learner, key, maximum_interval=maximum_interval)
    place = standing(connection, draft.learner, key)
    if place is None:
        raise UnknownCardError(draft.card)
    return place


def _entry(draft: Draft, seq: int, place: Standing) -> LogEntry:
    kind = draft.kind
    reviewed = place.state.last_day
    if kind is EntryKind.REVIEW and reviewed is not None and draft.study_day <= reviewed:
        kind = EntryKind.DRILL
    return LogEntry(
        device=draft.device,
        seq=seq,
        learner=draft.learner,
        card=place.card,
        kind=kind,
        grade=draft.grade,
        scale=draft.scale,
        answered_at_ms=max(draft.answered_at_ms, place.folded_ms + 1),
        utc_offset_min=draft.utc_offset_min,
        study_day=draft.study_day,
        thinking_ms=draft.thinking_ms,
        answer=printable(draft.answer) if draft.answer else draft.answer,
        due_offset=draft.due_offset,
        profile=draft.profile,
    )
