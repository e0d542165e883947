"""Who learns what: a place in every learner's schedule for every card, on the right shelf."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from fasti.core.card_state import FRESH_CARD
from fasti.core.queue import rank_of
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.store.due import NEW, RETIRED, REVIEW, STATE_COLUMNS, SUSPENDED
from fasti.store.folding import refold_card
from fasti.store.prepared import Prepared
from fasti.store.tables import alias, card, review_log, schedule
from fasti.store.upsert import COUNTED, chunks, inserted


def learners(connection: Connection) -> list[str]:
    """Everyone who has a schedule."""
    return list(connection.scalars(select(schedule.c.learner).distinct().order_by(schedule.c.learner)))


def enrol(connection: Connection, learner: str, *, maximum_interval: int = MAXIMUM_INTERVAL) -> int:
    """Give every card of the decks a place in the learner's schedule; how many had none.

    Such a card is new, or if the log knows it, as its entries leave it.
    """
    known = list(connection.scalars(_without_place(learner, card.c.key).where(_in_log(learner))))
    places = inserted(connection, schedule).from_select(list(_FRESH_PLACE), _fresh_places(learner))
    made = connection.execute(places.on_conflict_do_nothing(), execution_options=COUNTED).rowcount
    for key in known:
        refold_card(connection, learner, key, maximum_interval=maximum_interval)
    return made


def has_places(connection: Connection, learner: str) -> bool:
    """Whether the learner has a schedule."""
    return _PLACE.first(connection, {"of_learner": learner}) is not None


def without_place(connection: Connection, learner: str) -> int:
    """How many cards of the decks have no place in the learner's schedule though they should.

    Whoever has no schedule yet gets one when they come; until then only what they answered should have a place.
    """
    missing = _without_place(learner, func.count(card.c.key))
    if connection.scalar(select(schedule.c.learner).where(schedule.c.learner == learner).limit(1)) is None:
        missing = missing.where(_answered(learner))
    return connection.scalar(missing) or 0


def refresh_shelves(connection: Connection, deck: str) -> None:
    """Bring the places of a deck's cards, for every learner, in step with the cards."""
    _bring_in_step(connection, card.c.deck == deck)


def refresh_places(connection: Connection, keys: Collection[str]) -> None:
    """Bring the places of cards that have another name now, for every learner, in step with them."""
    for some in chunks(keys):
        _bring_in_step(connection, card.c.key.in_(some))
        _rank_anew(connection, schedule.c.card.in_(some))


_PLACE = Prepared(select(schedule.c.card).where(schedule.c.learner == bindparam("of_learner")).limit(1))
_FRESH_PLACE: dict[str, ColumnElement[Any]] = {
    "card": card.c.key,
    "learner": bindparam("of_learner"),
    "deck": card.c.deck,
    "fact": card.c.fact,
    "shelf": literal(NEW),
    "rank": card.c.position,
    # An entry from before the card had this name is another card's.
    "folded_ms": func.coalesce(
        select(func.max(alias.c.at_ms)).where(alias.c.key == card.c.key).scalar_subquery(), 0
    ),
    **{name: literal(getattr(FRESH_CARD, name), schedule.c[name].type) for name in STATE_COLUMNS},
}


def _fresh_places(learner: str) -> Select[*tuple[Any, ...]]:
    return _without_place(learner, *_FRESH_PLACE.values()).params(of_learner=learner)


def _without_place(learner: str, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Those columns of the cards in the decks that the learner has no place for."""
    there = exists().where(schedule.c.card == card.c.key, schedule.c.learner == learner)
    return select(*columns).where(card.c.retired_ms.is_(None), ~there)


def _in_log(learner: str) -> ColumnElement[bool]:
    """Whether the log may have entries about a card, under its name or an earlier one."""
    return or_(_answered(learner), exists().where(alias.c.card == card.c.key))


def _answered(learner: str) -> ColumnElement[bool]:
    return exists().where(review_log.c.learner == learner, review_log.c.card == card.c.key)


def _bring_in_step(connection: Connection, which: ColumnElement[bool]) -> None:
    values: dict[str, ColumnElement[Any]] = {
        "deck": card.c.deck,
        "fact": card.c.fact,
        "shelf": case(
            (card.c.retired_ms.is_not(None), RETIRED),
            (schedule.c.suspended, SUSPENDED),
            (schedule.c.due_day.is_(None), NEW),
            else_=REVIEW,
        ),
        "rank": case((schedule.c.due_day.is_(None), card.c.position), else_=schedule.c.rank),
    }
    # Most of a deck is as it was: a row that is not written costs nothing.
    differs = or_(*(schedule.c[name] != value for name, value in values.items()))
    connection.execute(update(schedule).where(schedule.c.card == card.c.key, which, differs).values(values))


def _rank_anew(connection: Connection, which: ColumnElement[bool]) -> None:
    """A rank is drawn from the name and the due day."""
    due = select(schedule.c.card, schedule.c.learner, schedule.c.due_day).where(
        which, schedule.c.due_day.is_not(None)
    )
    ranks = [
        {"of_card": row.card, "of_learner": row.learner, "rank": rank_of(row.card, row.due_day)}
        for row in connection.execute(due)
        if row.due_day is not None
    ]
    if ranks:
        connection.execute(_RANK, ranks)


_RANK = (
    update(schedule)
    .where(schedule.c.card == bindparam("of_card"), schedule.c.learner == bindparam("of_learner"))
    .values(rank=bindparam("rank"))
)
