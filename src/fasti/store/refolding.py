"""The whole schedule and the daily numbers, made anew from the log or compared with it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, text, update

from fasti.core.card_state import FRESH_CARD
from fasti.core.onlooker import Onlooker, nobody
from fasti.core.running_fold import Folded
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.garbage import no_collection
from fasti.store import daily
from fasti.store.enrolment import enrol, without_place
from fasti.store.folding import WRITTEN, Standing, values_of
from fasti.store.prepared import Prepared
from fasti.store.tables import alias, card, schedule
from fasti.store.whole_log import fold_log


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
    _hold(connection)
    missing = enrol(connection, learner, maximum_interval=maximum_interval)
    wrong, totals = _wrong(connection, learner, maximum_interval, onlooker)
    if wrong:
        _REWRITE.run_rows(connection, ("of_card", *WRITTEN, "of_learner"), wrong)
    daily.write(connection, learner, totals)
    return missing + len(wrong)


def astray(connection: Connection, learner: str, onlooker: Onlooker = nobody) -> Astray:
    """What of a learner's schedule and daily numbers is not what the log says; nothing is written."""
    wrong, totals = _wrong(connection, learner, MAXIMUM_INTERVAL, onlooker)
    days = {day for day, _ in daily.astray(connection, learner, totals)}
    return Astray(without_place(connection, learner) + len(wrong), len(days))


def _hold(connection: Connection) -> None:
    """Let nobody write what this does not see: others wait until it is done, and it for those who began before."""
    # Before the numbers of the days, as an answer takes them: else two would wait for each other.
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE schedule IN EXCLUSIVE MODE"))
    daily.hold(connection)


def _wrong(
    connection: Connection, learner: str, maximum_interval: int, onlooker: Onlooker
) -> tuple[list[tuple[Any, ...]], daily.Totals]:
    """The places that are not what the log folds to, as they should be, and the right daily numbers.

    Of each place the card, what is `WRITTEN`, and the learner.
    """
    fold = fold_log(connection, learner, maximum_interval=maximum_interval, onlooker=onlooker)
    with no_collection():
        wrong = [
            (key, *right, learner)
            for key, right, held in _as_it_should_be(connection, learner, fold.cards)
            if right != held
        ]
    return wrong, fold.days


def _as_it_should_be(
    connection: Connection, learner: str, known: Mapping[str, Folded]
) -> Iterator[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
    """Each card of the schedule: what its row would hold by the log, and what it holds, in the order of `WRITTEN`."""
    for rows in _HELD.parts(connection, {"of_learner": learner}):
        for row in rows:
            key, position, retired_ms, named_ms = row[:4]
            state, newest = known.get(key, _NEVER_ANSWERED)
            place = Standing(learner, key, position, retired_ms is not None, state, max(newest, named_ms))
            yield key, values_of(place), row[4:]


_NEVER_ANSWERED = Folded(FRESH_CARD, 0)
# Up to that moment another card had this card's name.
_NAMED = select(func.max(alias.c.at_ms)).where(alias.c.key == schedule.c.card).scalar_subquery()
_HELD = Prepared(
    select(
        schedule.c.card,
        card.c.position,
        card.c.retired_ms,
        func.coalesce(_NAMED, 0),
        *(schedule.c[name] for name in WRITTEN),
    )
    .join_from(schedule, card, card.c.key == schedule.c.card)
    .where(schedule.c.learner == bindparam("of_learner"))
)
_REWRITE = Prepared(
    update(schedule)
    .where(schedule.c.card == bindparam("of_card"), schedule.c.learner == bindparam("of_learner"))
    .values({name: bindparam(name) for name in WRITTEN})
)
