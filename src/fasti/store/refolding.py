"""The whole schedule and the daily numbers, made anew from the log or compared with it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, update

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.onlooker import Onlooker, counted_on, nobody
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.store import daily
from fasti.store.due import STATE_COLUMNS
from fasti.store.enrolment import enrol, without_place
from fasti.store.folding import Standing, cards_answered, columns_of, histories
from fasti.store.tables import alias, card, schedule


class Astray(NamedTuple):
    """How many cards stand otherwise in a schedule than the log says, and how many days have other numbers."""

    cards: int
    days: int


def refold(
    connection: Connection,
    learner: str,
    *,
    maximum_interval: int = MAXIMUM_INTERVAL,
    onlooker: Onlooker = nobody,
) -> int:
    """Make the learner's schedule and daily numbers anew from the log; how many cards stood otherwise before."""
    missing = enrol(connection, learner, maximum_interval=maximum_interval)
    daily.hold(connection)
    wrong, totals = _wrong(connection, learner, maximum_interval, onlooker)
    if wrong:
        connection.execute(_REWRITE, wrong)
    daily.write(connection, learner, totals)
    return missing + len(wrong)


def astray(connection: Connection, learner: str, onlooker: Onlooker = nobody) -> Astray:
    """What of a learner's schedule and daily numbers is not what the log says; nothing is written."""
    wrong, totals = _wrong(connection, learner, MAXIMUM_INTERVAL, onlooker)
    days = {day for day, _ in daily.astray(connection, learner, totals)}
    return Astray(without_place(connection, learner) + len(wrong), len(days))


def _wrong(
    connection: Connection, learner: str, maximum_interval: int, onlooker: Onlooker
) -> tuple[list[dict[str, Any]], daily.Totals]:
    """The rows of the schedule that are not what the log folds to, as they should be, and the right daily numbers."""
    known: dict[str, tuple[CardState, int]] = {}
    totals = daily.Totals()
    cards = 0 if onlooker is nobody else cards_answered(connection, learner)
    doing = "Working out the schedule from the log"
    for key, entries in counted_on(histories(connection, learner), cards, onlooker, doing, "cards"):
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
