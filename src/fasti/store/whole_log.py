"""A learner's whole log, folded in one pass over its rows."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, func, select, union

from fasti.core.entry_kinds import EntryKind
from fasti.core.onlooker import Onlooker, nobody
from fasti.core.running_fold import Line, RunningFold
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.garbage import no_collection
from fasti.store.folding import histories_of
from fasti.store.names import Names, all_names
from fasti.store.prepared import Prepared
from fasti.store.tables import alias, review_log


def fold_log(
    connection: Connection,
    learner: str,
    *,
    maximum_interval: int = MAXIMUM_INTERVAL,
    onlooker: Onlooker = nobody,
    doing: str = "Working out the schedule from the log",
) -> RunningFold:
    """Where every card stands that the learner's log knows, by its present name, and the daily numbers."""
    with no_collection():
        return _folded(connection, learner, maximum_interval, onlooker, doing)


def _folded(
    connection: Connection, learner: str, maximum_interval: int, onlooker: Onlooker, doing: str
) -> RunningFold:
    names, undos = all_names(connection), _undos(connection, learner)
    undone = {names.card_of(name, at_ms) for name, at_ms in undos}
    apart = undone | names.involved
    fold = RunningFold(maximum_interval=maximum_interval)
    with _sorting_little_at_once(connection):
        for lines in _told(connection, learner, onlooker, doing):
            fold.take_in([line for line in lines if line[0] not in apart] if apart else lines)
    if names.involved:
        for lines in _OF_SEVERAL_NAMES.parts(connection, {"of_learner": learner}):
            fold.take_in(line for line in _renamed(lines, names) if line[0] not in undone)
    for card, entries in histories_of(connection, learner, undone):
        fold.take_card(card, entries)
    return fold


def _renamed(lines: Iterable[tuple[Any, ...]], names: Names) -> Iterator[tuple[Any, ...]]:
    """Lines with the present names of their cards."""
    for name, at_ms, *others in lines:
        yield names.card_of(name, at_ms), at_ms, *others


@contextmanager
def _sorting_little_at_once(connection: Connection) -> Iterator[None]:
    """SQLite sorts as many rows at once as its cache has room for, and is slower the more they are."""
    if connection.dialect.name != "sqlite":
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_SORTED_KIB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")


_SORTED_KIB = 2_000


def _undos(connection: Connection, learner: str) -> list[tuple[str, int]]:
    """The name of the card and the moment of each undo."""
    # Asked for one learner, SQLite would take that learner's index and visit every row.
    rows = connection.execute(_UNDOS)
    return [(name, at_ms) for whose, name, at_ms in rows if whose == learner]


def _told(
    connection: Connection, learner: str, onlooker: Onlooker, doing: str
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The lines of a learner's log card by card, in parts of which an onlooker is told."""
    parts = _LINES.parts(connection, {"of_learner": learner})
    if onlooker is nobody:
        yield from parts
        return
    done, total = 0, connection.scalar(_NUMBER, {"of_learner": learner}) or 0
    for lines in parts:
        onlooker(doing, done, total, "entries")
        yield lines
        done = min(done + len(lines), total)
    onlooker(doing, total, total, "entries")


_OF_LEARNER = review_log.c.learner == bindparam("of_learner")
_UNDOS = select(review_log.c.learner, review_log.c.card, review_log.c.answered_at_ms).where(
    review_log.c.kind == EntryKind.UNDO.value
)
_LINE = [review_log.c[name] for name in Line._fields]
_IN_ORDER = (review_log.c.answered_at_ms, review_log.c.device, review_log.c.seq)
# Sorted, the rows are read as they lie. By their index each would be looked up, which the cast keeps engines from.
_LINES = Prepared(
    select(*_LINE)
    .where(cast(review_log.c.learner, Text) == bindparam("of_learner"))
    .order_by(review_log.c.card, *_IN_ORDER)
)
_OF_SEVERAL_NAMES = Prepared(
    select(*_LINE)
    .where(_OF_LEARNER, review_log.c.card.in_(union(select(alias.c.key), select(alias.c.card))))
    .order_by(*_IN_ORDER)
)
_NUMBER = select(func.count()).select_from(review_log).where(_OF_LEARNER)
