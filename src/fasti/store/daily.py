"""The daily roll-up: how many answers each study day had, by deck, kept beside the log it is counted from.

An answer adds to it in its own transaction. Whatever changes what earlier answers count for, an undo, an
entry that arrives late, a card that moves to another deck, takes the card's numbers out and puts them in
anew. `rebuild` counts the whole log.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, func, select, text

from fasti.core.card_state import CardState
from fasti.core.daily import count, counted
from fasti.core.day_counts import DayCounts
from fasti.core.log import LogEntry
from fasti.core.onlooker import Onlooker, nobody
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.store.folding import entries_of
from fasti.store.names import all_names
from fasti.store.prepared import Prepared
from fasti.store.tables import daily, review_log
from fasti.store.tables import deck as deck_table
from fasti.store.upsert import chunks, insert_for
from fasti.store.whole_log import fold_log

Totals = dict[tuple[int, str], list[int]]
"""Numbers in the order of `DayCounts`, by study day and deck."""


def add_answer(connection: Connection, entry: LogEntry, before: CardState) -> None:
    """Count an entry that is its card's newest; `before` is how the card stood until then."""
    counts = [0] * _WIDTH
    count(counts, before, entry)
    if any(counts):
        row = (entry.learner, entry.study_day, deck_of(entry.card), *counts)
        _add(connection.dialect.name).run(connection, dict(zip(_COLUMNS, row, strict=True)))


def replace_card(
    connection: Connection,
    learner: str,
    key: str,
    before: Iterable[LogEntry],
    after: Iterable[LogEntry],
    *,
    maximum_interval: int = MAXIMUM_INTERVAL,
) -> None:
    """Count a card anew whose entries were others before."""
    was, now = Totals(), Totals()
    count_card(was, key, before, maximum_interval)
    count_card(now, key, after, maximum_interval)
    _apply(connection, learner, was, now)


def counted_cards(
    connection: Connection, names: Collection[str], *, maximum_interval: int = MAXIMUM_INTERVAL
) -> dict[str, Totals]:
    """What the cards that are meant by these names count for now, by learner: of everyone who has numbers."""
    keys = cards_meant(connection, names)
    found: dict[str, Totals] = {}
    for learner in connection.scalars(select(daily.c.learner).distinct()).all():
        totals = found[learner] = {}
        for key in sorted(keys):
            count_card(totals, key, entries_of(connection, learner, key), maximum_interval)
    return found


def cards_meant(connection: Connection, names: Collection[str]) -> set[str]:
    """The cards that these names stand for now, though they may have others."""
    known = all_names(connection)
    return {known.card_of(name, _NOW) for name in names}


def replace_cards(connection: Connection, before: Mapping[str, Totals], after: Mapping[str, Totals]) -> None:
    """Put what `counted_cards` says now in the place of what it said before."""
    for learner in {*before, *after}:
        _apply(connection, learner, before.get(learner, {}), after.get(learner, {}))


def has_entries(connection: Connection, names: Collection[str]) -> bool:
    """Whether anyone's log has entries under one of these names."""
    learners = connection.scalars(select(daily.c.learner).distinct()).all()
    return any(
        connection.scalar(
            select(review_log.c.card)
            .where(review_log.c.learner.in_(learners), review_log.c.card.in_(some))
            .limit(1)
        )
        is not None
        for some in chunks(names)
    )


def rebuild(
    connection: Connection,
    learner: str,
    *,
    maximum_interval: int = MAXIMUM_INTERVAL,
    onlooker: Onlooker = nobody,
) -> int:
    """Count a learner's whole log; how many rows were otherwise before."""
    hold(connection)
    doing = "Counting the log day by day"
    fold = fold_log(connection, learner, maximum_interval=maximum_interval, onlooker=onlooker, doing=doing)
    return write(connection, learner, fold.days)


def count_card(
    totals: Totals, key: str, entries: Iterable[LogEntry], maximum_interval: int = MAXIMUM_INTERVAL
) -> None:
    """Add the numbers of a card to the totals."""
    _, by_day = counted(entries, maximum_interval=maximum_interval)
    deck = deck_of(key)
    for day, counts in by_day.items():
        known = totals.get((day, deck))
        if known is None:
            totals[day, deck] = counts
        else:
            for place, number in enumerate(counts):
                known[place] += number


def write(connection: Connection, learner: str, right: Totals) -> int:
    """Make these a learner's numbers; how many rows were otherwise before."""
    held = _held(connection, learner)
    wrong = _otherwise(held, right)
    was = {place: held[place] for place in wrong if place in held}
    _apply(connection, learner, was, {place: right[place] for place in wrong if place in right})
    return len(wrong)


def astray(connection: Connection, learner: str, right: Totals) -> set[tuple[int, str]]:
    """The study days and decks whose numbers are not these."""
    return _otherwise(_held(connection, learner), right)


def deck_of(key: str) -> str:
    """The deck of a card's name, `<deck>/<fact>#<what it asks>`."""
    return key.partition("/")[0]


def hold(connection: Connection) -> None:
    """Let nobody count an answer from before the log is read until the numbers are written."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE daily IN SHARE ROW EXCLUSIVE MODE"))


def fill(connection: Connection, onlooker: Onlooker = nobody) -> None:
    """Count everyone's log where there are no numbers at all: after a migration that made the table."""
    if not connection.scalar(select(exists().select_from(daily))):
        for learner in connection.scalars(select(review_log.c.learner).distinct()).all():
            rebuild(connection, learner, onlooker=onlooker)


def days(
    connection: Connection, learner: str, first_day: int, decks: Collection[str] | None = None
) -> list[tuple[int, DayCounts]]:
    """What each study day from the first on came to, in these decks or in all; days without answers are left out."""
    columns: list[ColumnElement[Any]] = [func.sum(daily.c[name]) for name in DayCounts._fields]
    statement = select(daily.c.study_day, *columns).where(
        daily.c.learner == learner, daily.c.study_day >= first_day, *_of(decks)
    )
    rows = connection.execute(statement.group_by(daily.c.study_day).order_by(daily.c.study_day))
    return [(day, DayCounts(*map(int, counts))) for day, *counts in rows]


def days_studied(connection: Connection, learner: str, decks: Collection[str] | None = None) -> list[int]:
    """Every study day with an answer, in order."""
    statement = select(daily.c.study_day).distinct().where(daily.c.learner == learner, *_of(decks))
    return list(connection.scalars(statement.order_by(daily.c.study_day)))


def decks_elsewhere(connection: Connection, learner: str) -> dict[str, int]:
    """The decks of which the learner's log knows and this library never had one, with their answers there, by id."""
    here = exists().where(deck_table.c.id == daily.c.deck)
    statement = select(daily.c.deck, func.sum(daily.c.answers)).where(daily.c.learner == learner, ~here)
    rows = connection.execute(statement.group_by(daily.c.deck).order_by(daily.c.deck))
    return {name: int(answers) for name, answers in rows}


_WIDTH = len(DayCounts._fields)
_NOW = 2**62
_KEY = ("learner", "study_day", "deck")
_COLUMNS = (*_KEY, *DayCounts._fields)


@cache
def _adding(dialect: str) -> Any:
    statement = insert_for(dialect, daily)
    values: dict[str, Any] = {name: bindparam(name) for name in _COLUMNS}
    sums = {name: daily.c[name] + statement.excluded[name] for name in DayCounts._fields}
    return statement.values(values).on_conflict_do_update(index_elements=_KEY, set_=sums)


@cache
def _add(dialect: str) -> Prepared:
    return Prepared(_adding(dialect))


def _of(decks: Collection[str] | None) -> Sequence[Any]:
    return () if decks is None else (daily.c.deck.in_(decks),)


def _otherwise(held: Totals, right: Totals) -> set[tuple[int, str]]:
    return {place for place in {*held, *right} if held.get(place) != right.get(place)}


def _held(connection: Connection, learner: str) -> Totals:
    columns: list[ColumnElement[Any]] = [daily.c[name] for name in ("study_day", "deck", *DayCounts._fields)]
    rows = connection.execute(select(*columns).where(daily.c.learner == learner))
    return {(day, deck): list(counts) for day, deck, *counts in rows}


def _apply(connection: Connection, learner: str, before: Totals, after: Totals) -> None:
    """Add the differences, so that what others add meanwhile stays; rows that come to nothing go."""
    nothing = [0] * _WIDTH
    changes = []
    for day, deck in {*before, *after}:
        pairs = zip(after.get((day, deck), nothing), before.get((day, deck), nothing), strict=True)
        difference = [now - was for now, was in pairs]
        if any(difference):
            changes.append(dict(zip(_COLUMNS, (learner, day, deck, *difference), strict=True)))
    if changes:
        connection.execute(_adding(connection.dialect.name), changes)
        connection.execute(delete(daily).where(daily.c.learner == learner, daily.c.answers == 0))
