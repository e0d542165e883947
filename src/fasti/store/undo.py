"""Taking back what was written: an entry that names another, after which the card is folded anew."""

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Select, select

from fasti.core.card_state import CardState
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry, effective, flags_in_effect, last_undoable
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.store import daily
from fasti.store.devices import hold, next_seq
from fasti.store.folding import entries_of, named_since, read_entries, refold_card
from fasti.store.log_survey import OTHER_PROGRAMS
from fasti.store.names import Names, all_names
from fasti.store.reviews import LOG_ORDER, Draft, append, history
from fasti.store.tables import review_log


def undo_last(
    connection: Connection,
    draft: Draft,
    *,
    maximum_interval: int = MAXIMUM_INTERVAL,
    since_seq: int | None = None,
) -> tuple[LogEntry, CardState] | None:
    """Take back what the learner wrote last; that entry, and the card's state without it.

    On this device that is its newest number in effect, whatever moment a clock gave to it; where it has none, the newest
    entry in effect of any device. What stands before an import is not taken back, by the moments of both; but what
    has the number `since_seq` or a higher one was written in this sitting, whatever moments another clock gave to
    what was imported before. An undo that names the entry is added to the log. Of the draft count the device, the
    learner and the time. None if there is nothing to take back.
    """
    hold(connection, draft.device)
    target = _last_undoable(connection, draft.learner, draft.device, since_seq)
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


_TAIL = 64
_PLACE_IN_ORDER = attrgetter("answered_at_ms", "device", "seq")


def _last_undoable(
    connection: Connection, learner: str, device_id: str, since_seq: int | None
) -> LogEntry | None:
    names = all_names(connection)
    mine = _written_last(connection, names, learner, device_id)
    if mine is not None:
        just_written = since_seq is not None and mine.seq >= since_seq
        if just_written or not _imported_since(connection, mine):
            return mine
    newest_first = [column.desc() for column in LOG_ORDER]
    statement = select(*review_log.columns).where(review_log.c.learner == learner).order_by(*newest_first)
    # The end of the log is enough, as much of it as holds an entry in effect.
    last = next(filter(None, map(last_undoable, _tails(connection, names, statement))), None)
    return last and (mine or last)


def _imported_since(connection: Connection, entry: LogEntry) -> bool:
    """Whether another program's answers came into the learner's log that were given after this entry."""
    statement = select(review_log.c.seq).where(
        # PostgreSQL takes no collation within BETWEEN.
        review_log.c.device > OTHER_PROGRAMS,
        review_log.c.device < OTHER_PROGRAMS + "\x7f",
        review_log.c.learner == entry.learner,
        review_log.c.answered_at_ms > entry.answered_at_ms,
    )
    return connection.scalar(statement.limit(1)) is not None


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


def _record_in_between(
    connection: Connection, entry: LogEntry, maximum_interval: int
) -> tuple[LogEntry, CardState]:
    """Add an entry that is not simply the card's newest, and fold the card's entries anew."""
    named = max(named_since(connection, entry.card), default=entry.answered_at_ms - 1)
    if entry.answered_at_ms <= named:
        # Up to that moment another card had this name: a clock that was set back must not give it the entry.
        entry = replace(entry, answered_at_ms=named + 1)
    append(connection, entry)
    state = refold_card(connection, entry.learner, entry.card, maximum_interval=maximum_interval)
    now = entries_of(connection, entry.learner, entry.card)
    before = [each for each in now if (each.device, each.seq) != (entry.device, entry.seq)]
    daily.replace_card(connection, entry.learner, entry.card, before, now, maximum_interval=maximum_interval)
    return entry, state
