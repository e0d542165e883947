"""The review log: every answer goes in here, and nothing ever leaves.

An entry, the schedule that it leaves and the numbers of its day are written in one transaction, the caller's.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry, apply, effective, flags_in_effect, in_order, last_undoable
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.core.spread import spread
from fasti.core.text import printable
from fasti.errors import FastiError
from fasti.store import daily
from fasti.store.devices import hold, next_seq, raise_seqs
from fasti.store.due import STATE_COLUMNS
from fasti.store.enrolment import enrol, without_place
from fasti.store.folding import (
    Standing,
    columns_of,
    entries_of,
    histories,
    named_since,
    read_entries,
    refold_card,
    standing,
    write_standing,
)
from fasti.store.names import Names, all_names
from fasti.store.prepared import Prepared
from fasti.store.tables import alias, card, review_log, schedule
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
    set back says. The study day stays what the clock says. What was typed is kept without the characters that could act on a terminal. With `spread_within` the due day is spread,
    up to a maximum interval of that many days. Raises UnknownCardError, and
    ValueError for an undo (`undo_last` writes those) or a review without a grade from 0 to 5.
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
    _insert(connection, entry)
    write_standing(connection, place._replace(state=state, folded_ms=entry.answered_at_ms))
    daily.add_answer(connection, entry, place.state)
    return entry, state


def undo_last(
    connection: Connection, draft: Draft, *, maximum_interval: int = MAXIMUM_INTERVAL
) -> tuple[LogEntry, CardState] | None:
    """Take back what the learner wrote last; that entry, and the card's state without it.

    On this device that is its newest number in effect, whatever moment a clock gave to it; where it has none, the newest
    entry in effect of any device. An undo that names it is added to the log. Of the draft count the
    device, the learner and the time. None if there is nothing to take back.
    """
    hold(connection, draft.device)
    target = _last_undoable(connection, draft.learner, draft.device)
    return None if target is None else _taken_back(connection, draft, target, maximum_interval)


def clear_flags(
    connection: Connection, draft: Draft, *, maximum_interval: int = MAXIMUM_INTERVAL
) -> list[LogEntry]:
    """Take back every flag in effect on the draft's card, newest first; the flags.

    An undo that names each is added to the log. Of the draft count the device, the learner, the card and
    the time.
    """
    hold(connection, draft.device)
    flags = flags_in_effect(history(connection, draft.learner, draft.card))[::-1]
    for flag in flags:
        _taken_back(connection, draft, flag, maximum_interval)
    return flags


def history(connection: Connection, learner: str, key: str) -> list[LogEntry]:
    """All that the log has about a card, oldest first, under every name that it had.

    The entries carry the card's present name, so that they can be folded.
    """
    return in_order(entries_of(connection, learner, key))


def refold(connection: Connection, learner: str, *, maximum_interval: int = MAXIMUM_INTERVAL) -> int:
    """Make the learner's schedule and daily numbers anew from the log; how many cards stood otherwise before."""
    missing = enrol(connection, learner, maximum_interval=maximum_interval)
    daily.hold(connection)
    wrong, totals = _wrong(connection, learner, maximum_interval)
    if wrong:
        connection.execute(_REWRITE, wrong)
    daily.write(connection, learner, totals)
    return missing + len(wrong)


class Astray(NamedTuple):
    """How many cards stand otherwise in a schedule than the log says, and how many days have other numbers."""

    cards: int
    days: int


def astray(connection: Connection, learner: str) -> Astray:
    """What of a learner's schedule and daily numbers is not what the log says; nothing is written."""
    wrong, totals = _wrong(connection, learner, MAXIMUM_INTERVAL)
    days = {day for day, _ in daily.astray(connection, learner, totals)}
    return Astray(without_place(connection, learner) + len(wrong), len(days))


def entries(connection: Connection, learner: str | None = None) -> Iterator[LogEntry]:
    """The whole log or one learner's, oldest first, as it was written."""
    statement = select(*review_log.columns).order_by(*_LOG_ORDER)
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


def row_of(entry: LogEntry) -> dict[str, Any]:
    """The row of the log that an entry is."""
    values = dict(zip(_FIELDS, _VALUES(entry), strict=True))
    values["kind"] = entry.kind.value
    if entry.adopted is not None:
        values["adopted"] = json.dumps(entry.adopted)
    return values


_AT_ONCE = 5_000
_TAIL = 64

_LOG_ORDER = (review_log.c.answered_at_ms, review_log.c.device, review_log.c.seq)
_PLACE_IN_ORDER = attrgetter("answered_at_ms", "device", "seq")
_FIELDS = tuple(column.name for column in review_log.columns)
_VALUES = attrgetter(*_FIELDS)
_INSERT = Prepared(insert(review_log).values({name: bindparam(name) for name in _FIELDS}))


def _taken_back(
    connection: Connection, draft: Draft, target: LogEntry, maximum_interval: int
) -> tuple[LogEntry, CardState]:
    entry = LogEntry(
        device=draft.device,
        seq=next_seq(connection, draft.device),
        learner=draft.learner,
        card=target.card,
        kind=EntryKind.UNDO,
        grade=None,
        scale=None,
        answered_at_ms=draft.answered_at_ms,
        utc_offset_min=draft.utc_offset_min,
        study_day=draft.study_day,
        thinking_ms=None,
        answer=None,
        target_device=target.device,
        target_seq=target.seq,
    )
    if _PLACE_IN_ORDER(entry) <= _PLACE_IN_ORDER(target):
        # A clock that was set back: an undo only takes back what stands before it.
        entry = replace(entry, answered_at_ms=target.answered_at_ms + 1)
    _, state = _record_in_between(connection, entry, maximum_interval)
    return target, state


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


def _record_in_between(
    connection: Connection, entry: LogEntry, maximum_interval: int
) -> tuple[LogEntry, CardState]:
    """Add an entry that is not simply the card's newest, and fold the card's entries anew."""
    named = max(named_since(connection, entry.card), default=entry.answered_at_ms - 1)
    if entry.answered_at_ms <= named:
        # Up to that moment another card had this name: a clock that was set back must not give it the entry.
        entry = replace(entry, answered_at_ms=named + 1)
    _insert(connection, entry)
    state = refold_card(connection, entry.learner, entry.card, maximum_interval=maximum_interval)
    now = entries_of(connection, entry.learner, entry.card)
    before = [each for each in now if (each.device, each.seq) != (entry.device, entry.seq)]
    daily.replace_card(connection, entry.learner, entry.card, before, now, maximum_interval=maximum_interval)
    return entry, state


def _insert(connection: Connection, entry: LogEntry) -> None:
    _INSERT.run(connection, row_of(entry))


def _last_undoable(connection: Connection, learner: str, device_id: str) -> LogEntry | None:
    names = all_names(connection)
    newest_first = [column.desc() for column in _LOG_ORDER]
    statement = select(*review_log.columns).where(review_log.c.learner == learner).order_by(*newest_first)
    # The end of the log is enough, as much of it as holds an entry in effect.
    last = next(filter(None, map(last_undoable, _tails(connection, names, statement))), None)
    return last and (_written_last(connection, names, learner, device_id) or last)


def _written_last(connection: Connection, names: Names, learner: str, device_id: str) -> LogEntry | None:
    """The entry in effect to which this device gave its newest number."""
    mine = select(*review_log.columns).where(
        review_log.c.learner == learner,
        review_log.c.device == device_id,
        review_log.c.kind != EntryKind.UNDO.value,
    )
    in_effect: dict[str, set[LogEntry]] = {}
    seen = 0
    for tail in _tails(connection, names, mine.order_by(review_log.c.seq.desc())):
        for entry in tail[seen:]:
            if entry.card not in in_effect:
                in_effect[entry.card] = set(effective(history(connection, learner, entry.card)))
            if entry in in_effect[entry.card]:
                return entry
        seen = len(tail)
    return None


def _tails(
    connection: Connection, names: Names, newest_first: Select[*tuple[Any, ...]]
) -> Iterator[list[LogEntry]]:
    """The beginning of a list of entries, with the present names of their cards, and longer and longer ones."""
    size = _TAIL
    while True:
        tail = [
            replace(entry, card=names.card_of(entry.card, entry.answered_at_ms))
            for entry in read_entries(connection.execute(newest_first.limit(size)))
        ]
        yield tail
        if len(tail) < size:
            return
        size *= 8


def _wrong(
    connection: Connection, learner: str, maximum_interval: int
) -> tuple[list[dict[str, Any]], daily.Totals]:
    """The rows of the schedule that are not what the log folds to, as they should be, and the right daily numbers."""
    known: dict[str, tuple[CardState, int]] = {}
    totals = daily.Totals()
    for key, entries in histories(connection, learner):
        newest = max(entry.answered_at_ms for entry in entries)
        known[key] = daily.count_card(totals, key, entries, maximum_interval), newest
    wrong = [
        right | {"of_card": key, "of_learner": learner}
        for key, right, held in _as_it_should_be(connection, learner, known)
        if any(held[name] != value for name, value in right.items())
    ]
    return wrong, totals


def _as_it_should_be(
    connection: Connection, learner: str, known: Mapping[str, tuple[CardState, int]]
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each card of the schedule: its columns as the log would have them, and the row as it is."""
    # Up to that moment another card had this card's name.
    named = select(func.max(alias.c.at_ms)).where(alias.c.key == schedule.c.card).scalar_subquery()
    statement = (
        select(
            *schedule.columns, card.c.position, card.c.retired_ms, func.coalesce(named, 0).label("named_ms")
        )
        .join_from(schedule, card, card.c.key == schedule.c.card)
        .where(schedule.c.learner == learner)
    )
    for row in connection.execute(statement).all():
        held = row._asdict()
        key, retired = held["card"], held["retired_ms"] is not None
        state, newest = known.get(key, (FRESH_CARD, 0))
        place = Standing(learner, key, held["position"], retired, state, max(newest, held["named_ms"]))
        yield key, columns_of(place), held


_REWRITE = (
    update(schedule)
    .where(schedule.c.card == bindparam("of_card"), schedule.c.learner == bindparam("of_learner"))
    .values({name: bindparam(name) for name in (*STATE_COLUMNS, "folded_ms", "shelf", "rank")})
)
