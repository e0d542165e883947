"""The questions of `schedules`, for every engine; `peek_statements` has the same in the SQL of SQLite.

Parameters are named `of_…` where a column has the name. A test holds them to seeks in the indexes that are kept
for them.
"""

from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    select,
    union_all,
)

from fasti.core.day_counts import REVIEWED
from fasti.core.entry_kinds import EntryKind
from fasti.store.due import NEW, REVIEW, SUSPENDED
from fasti.store.faces import HAS_A_PICTURE
from fasti.store.folding import STATE
from fasti.store.prepared import Prepared
from fasti.store.tables import alias, card, daily, deck, fact, review_log, schedule

_DAY = case((schedule.c.buried_until > schedule.c.due_day, schedule.c.buried_until), else_=schedule.c.due_day)
"""The study day on which a card that was answered before is asked again."""


def _shelf(shelf: int) -> tuple[ColumnElement[bool], ...]:
    """A shelf of a deck: the beginning of the index."""
    return (
        schedule.c.learner == bindparam("of_learner"),
        schedule.c.deck == bindparam("of_deck"),
        schedule.c.shelf == shelf,
    )


_IS_DUE = (schedule.c.due_day <= bindparam("today"), schedule.c.buried_until <= bindparam("today"))
_IS_NEW = (schedule.c.due_day.is_(None), schedule.c.buried_until <= bindparam("today"))
_IN_ORDER = (schedule.c.due_day, schedule.c.rank, schedule.c.card)


def _queue(*which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    columns = (schedule.c.card, schedule.c.deck, schedule.c.fact, schedule.c.due_day, schedule.c.rank)
    return select(*columns).where(*which).order_by(*_IN_ORDER).limit(bindparam("at_most"))


DUE = _queue(*_shelf(REVIEW), *_IS_DUE)
NEW_ONES = _queue(*_shelf(NEW), *_IS_NEW)
COMING = _queue(
    *_shelf(REVIEW), schedule.c.due_day > bindparam("today"), schedule.c.buried_until <= bindparam("today")
)
FACTS_DUE = select(schedule.c.fact).where(*_shelf(REVIEW), *_IS_DUE)
DUE_AT_MOST = select(func.count()).select_from(
    select(schedule.c.card).where(*_shelf(REVIEW), *_IS_DUE).limit(bindparam("at_most")).subquery()
)
NUMBER_OF_FACTS_DUE = select(func.count(schedule.c.fact.distinct())).where(*_shelf(REVIEW), *_IS_DUE)


def _names_in_log(*which: ColumnElement[bool]) -> CTE:
    """What these entries of a learner's log speak of, under those names and all that came after them.

    Cards among them that are not as the entries made them do no harm: the schedule says which are.
    """
    told = (
        select(review_log.c.card)
        .where(review_log.c.learner == bindparam("of_learner"), *which)
        .cte("called", recursive=True)
    )
    return told.union(select(alias.c.card).join(told, alias.c.key == told.c.card))


_OF_THE_DECK = (schedule.c.learner == bindparam("of_learner"), schedule.c.deck == deck.c.id)
_DUE_CARDS = (
    select(func.count())
    .select_from(schedule)
    .where(*_OF_THE_DECK, schedule.c.shelf == REVIEW, *_IS_DUE)
    .correlate(deck)
    .scalar_subquery()
)
_NEW_CARDS = (
    select(schedule.c.card)
    .where(*_OF_THE_DECK, schedule.c.shelf == NEW, *_IS_NEW)
    .correlate(deck)
    .limit(bindparam("most_new"))
    .subquery()
)


COUNTS = (
    select(
        deck.c.id,
        deck.c.title,
        _DUE_CARDS,
        select(func.count()).select_from(_NEW_CARDS).scalar_subquery(),
        deck.c.cards,
    )
    .where(deck.c.removed_ms.is_(None))
    .order_by(deck.c.position, deck.c.id)
)
_CALLED = _names_in_log(review_log.c.study_day == bindparam("today"))
TODAY = (
    select(
        schedule.c.card,
        schedule.c.deck,
        schedule.c.fact,
        schedule.c.first_day,
        schedule.c.owed,
        schedule.c.shelf,
        schedule.c.buried_until,
        deck.c.removed_ms,
    )
    .join_from(_CALLED, schedule, schedule.c.card == _CALLED.c.card)
    .join(deck, deck.c.id == schedule.c.deck)
    .where(schedule.c.learner == bindparam("of_learner"), schedule.c.last_day == bindparam("today"))
    .order_by(*_IN_ORDER)
)
EXAM = (
    select(
        schedule.c.card,
        schedule.c.fact,
        card.c.position,
        schedule.c.due_day,
        schedule.c.first_day,
        schedule.c.last_day,
        schedule.c.ease,
        schedule.c.lapses,
        schedule.c.buried_until,
        fact.c.content,
        deck.c.content,
    )
    .join_from(schedule, card, card.c.key == schedule.c.card)
    .join(fact, (fact.c.deck == card.c.deck) & (fact.c.id == card.c.fact))
    .join(deck, deck.c.id == card.c.deck)
    .where(
        schedule.c.learner == bindparam("of_learner"),
        schedule.c.deck == bindparam("of_deck"),
        schedule.c.shelf.in_([NEW, REVIEW]),
        deck.c.removed_ms.is_(None),
    )
)
LAST_DAY = (
    select(daily.c.study_day)
    .where(daily.c.learner == bindparam("of_learner"), reduce(add, (daily.c[name] for name in REVIEWED)) > 0)
    .order_by(daily.c.study_day.desc())
    .limit(1)
)
STATE_OF_A_CARD = select(*STATE).where(
    schedule.c.card == bindparam("of_card"), schedule.c.learner == bindparam("of_learner")
)
SUSPENDED_CARDS = (
    select(schedule.c.card)
    .where(schedule.c.learner == bindparam("of_learner"), schedule.c.shelf == SUSPENDED)
    .order_by(schedule.c.card)
)
_PATH = (
    select(fact.c.path)
    .where(fact.c.deck == card.c.deck, fact.c.id == card.c.fact)
    .correlate(card)
    .scalar_subquery()
)
# Each row of a large table is pages to be read before the question: facts are looked up for pictures alone.
_PATH_OF_A_PICTURE = case((card.c.face.contains(HAS_A_PICTURE), _PATH), else_=literal_column("''"))
FACE = Prepared(
    select(
        card.c.key,
        card.c.deck,
        deck.c.title,
        card.c.fact,
        card.c.asks,
        card.c.face,
        _PATH_OF_A_PICTURE,
        *STATE,
    )
    .join_from(card, deck, deck.c.id == card.c.deck)
    .outerjoin(schedule, (schedule.c.card == card.c.key) & (schedule.c.learner == bindparam("of_learner")))
    .where(card.c.key == bindparam("of_card"))
)
NEXT = (
    select(schedule.c.due_day)
    .where(
        *_shelf(REVIEW),
        schedule.c.due_day > bindparam("after"),
        schedule.c.buried_until <= schedule.c.due_day,
    )
    .order_by(schedule.c.due_day)
    .limit(1)
)
UNBURIED = select(func.min(schedule.c.buried_until)).where(
    *_shelf(REVIEW),
    schedule.c.due_day < bindparam("before"),
    schedule.c.buried_until > schedule.c.due_day,
    schedule.c.buried_until > bindparam("after"),
)
ON_DAY = select(func.count()).where(
    *_shelf(REVIEW), schedule.c.due_day <= bindparam("on_day"), bindparam("on_day") == _DAY
)
# Of what is due already only the number is asked, and the rest comes in the index's order: nothing is put in groups.
BY_DAY: CompoundSelect[*tuple[Any, ...]] = union_all(
    select(bindparam("today", type_=Integer), func.count()).where(
        *_shelf(REVIEW), schedule.c.due_day <= bindparam("today")
    ),
    select(schedule.c.due_day, func.count())
    .where(
        *_shelf(REVIEW), schedule.c.due_day > bindparam("today"), schedule.c.due_day <= bindparam("to_day")
    )
    .group_by(schedule.c.due_day),
)
_BURIED_LATELY = _names_in_log(
    review_log.c.study_day >= bindparam("today"), review_log.c.kind == EntryKind.BURY.value
)
# The log of some days says which they can be; of the schedule, every row would have to be asked.
BURIED = (
    select(schedule.c.deck, schedule.c.due_day, schedule.c.buried_until)
    .join_from(_BURIED_LATELY, schedule, schedule.c.card == _BURIED_LATELY.c.card)
    .where(
        schedule.c.learner == bindparam("of_learner"),
        schedule.c.shelf == REVIEW,
        schedule.c.due_day <= bindparam("to_day"),
        schedule.c.buried_until > schedule.c.due_day,
        schedule.c.buried_until > bindparam("today"),
    )
)
