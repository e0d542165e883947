"""A learner's whole log, folded in one pass over its rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from fasti.core.entry_kinds import EntryKind
from fasti.core.onlooker import Onlooker, nobody
from fasti.core.running_fold import Line, RunningFold
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.store.folding import histories_of
from fasti.store.names import all_names
from fasti.store.prepared import Prepared
from fasti.store.tables import review_log


def fold_log(
    connection: Connection,
    learner: str,
    *,
    maximum_interval: int = MAXIMUM_INTERVAL,
    onlooker: Onlooker = nobody,
    doing: str = "Working out the schedule from the log",
) -> RunningFold:
    """Where every card stands that the learner's log knows, by its present name, and the daily numbers."""
    names, undos = all_names(connection), _undos(connection, learner)
    undone = {names.card_of(name, at_ms) for name, at_ms in undos}

    def card_of(name: str, at_ms: int) -> str | None:
        card = names.card_of(name, at_ms)
        return None if card in undone else card

    in_question = names.involved.union(name for name, _ in undos)
    fold = RunningFold(in_question, card_of, maximum_interval=maximum_interval)
    for lines in _told(connection, learner, onlooker, doing):
        fold.take_in(lines)
    for card, entries in histories_of(connection, learner, undone):
        fold.take_card(card, entries)
    return fold


def _undos(connection: Connection, learner: str) -> list[tuple[str, int]]:
    """The name of the card and the moment of each undo."""
    # Asked for one learner, SQLite would take that learner's index and visit every row.
    rows = connection.execute(_UNDOS)
    return [(name, at_ms) for whose, name, at_ms in rows if whose == learner]


def _told(
    connection: Connection, learner: str, onlooker: Onlooker, doing: str
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The lines of a learner's log in their order, in parts of which an onlooker is told."""
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
# Sorted, the rows lie as they were written and are read one after the other; card by card, each would be looked up.
_LINES = Prepared(
    select(*(review_log.c[name] for name in Line._fields))
    .where(_OF_LEARNER)
    .order_by(review_log.c.answered_at_ms, review_log.c.device, review_log.c.seq)
)
_NUMBER = select(func.count()).select_from(review_log).where(_OF_LEARNER)
