"""What is due, for whom and when, asked through SQLAlchemy; `peek` asks a file the same without it.

Every question about the queue goes through the index that is kept for it, one seek a deck.
"""

from collections.abc import Collection, Mapping
from functools import partial, reduce
from operator import add
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    Select,
    bindparam,
    case,
    func,
    select,
    union_all,
)

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.day_counts import REVIEWED
from fasti.core.entry_kinds import EntryKind
from fasti.core.exams import Exam, ExamCard
from fasti.core.queue import MOST_NEW, Candidate
from fasti.store.due import (
    EVER,
    NEW,
    REVIEW,
    SUSPENDED,
    CardFace,
    DeckCounts,
    Queue,
    Source,
    Today,
    by_day,
    by_deck,
    counted_up_to,
    earlier,
    exam_cards_from,
    face_from,
    facts_due,
    gathered,
    next_ones,
    state_from,
    today_from,
)
from fasti.store.folding import STATE
from fasti.store.prepared import Prepared
from fasti.store.tables import alias, card, daily, deck, fact, review_log, schedule


def counts(connection: Connection, learner: str, today: int, *, most_new: int = MOST_NEW) -> list[DeckCounts]:
    """How each deck of the library stands today, in the library's order; up to `most_new` new cards are counted."""
    answered = by_deck(answered_today(connection, learner, today).facts)
    values = {"of_learner": learner, "today": today, "most_new": most_new}
    return [
        DeckCounts(
            deck_id,
            title,
            _facts_due(connection, values | {"of_deck": deck_id}, due, answered.get(deck_id, ())),
            new,
            total,
        )
        for deck_id, title, due, new, total in connection.execute(_COUNTS, values).all()
    ]


def candidates(
    connection: Connection, learner: str, decks: Collection[str] | None, today: int, limit: int
) -> Queue:
    """The cards that a sitting of at most `limit` cards could ask today, of these decks or of all.

    Of each deck the oldest due and the first new ones, enough for `core.queue.plan` to choose as it
    would from all there are.
    """
    answered = answered_today(connection, learner, today).facts
    values = {"of_learner": learner, "today": today}
    sources = [
        Source(
            partial(_first, connection, _DUE, values | {"of_deck": deck_id}),
            partial(_first, connection, _NEW, values | {"of_deck": deck_id}),
        )
        for deck_id in _decks(connection, decks)
    ]
    return gathered(sources, limit, answered)


def coming(
    connection: Connection, learner: str, decks: Collection[str] | None, today: int, number: int
) -> list[Candidate]:
    """Cards that come due after today, the next ones first in each deck: enough to choose `number` facts."""
    answered = answered_today(connection, learner, today).facts
    values = {"of_learner": learner, "today": today}
    sources = [
        partial(_first, connection, _COMING, values | {"of_deck": deck_id})
        for deck_id in _decks(connection, decks)
    ]
    return next_ones(sources, number, answered)


def exam_cards(connection: Connection, learner: str, exam: Exam) -> list[ExamCard]:
    """The cards of an exam that are asked at all: neither suspended nor retired, in no order."""
    rows = connection.execute(_EXAM, {"of_learner": learner, "of_deck": exam.deck})
    return exam_cards_from(rows, exam)


def answered_today(
    connection: Connection, learner: str, today: int, decks: Collection[str] | None = None
) -> Today:
    """What the learner has done today; of the cards owed, those of these decks or of all."""
    rows = connection.execute(_TODAY, {"of_learner": learner, "today": today})
    return today_from(rows, today, decks)


def state(connection: Connection, learner: str, key: str) -> CardState:
    """Where a card stands for a learner; one that the learner does not have is new."""
    row = connection.execute(_STATE, {"of_learner": learner, "of_card": key}).first()
    return state_from(row) if row else FRESH_CARD


def states(connection: Connection, learner: str, deck_id: str) -> dict[str, CardState]:
    """Where each card of a deck stands for a learner, retired cards among them."""
    statement = select(schedule.c.card, *STATE).where(
        schedule.c.learner == learner, schedule.c.deck == deck_id
    )
    return {key: state_from(row) for key, *row in connection.execute(statement)}


def suspended(connection: Connection, learner: str) -> list[str]:
    """The cards that the learner has suspended, by name."""
    return list(connection.scalars(_SUSPENDED, {"of_learner": learner}))


def card_face(connection: Connection, learner: str, key: str) -> CardFace | None:
    """All that is needed to ask a card, or None if the library has none of this name."""
    row = _FACE.first(connection, {"of_learner": learner, "of_card": key})
    return face_from(row) if row else None


def last_day(connection: Connection, learner: str) -> int | None:
    """The study day of the learner's latest review; None before the first."""
    return connection.scalar(_LAST_DAY, {"of_learner": learner})


def next_due(
    connection: Connection, learner: str, after_day: int, decks: Collection[str] | None = None
) -> tuple[int, int] | None:
    """The first study day after `after_day` on which cards come due or are no longer buried, and how many."""
    values = {"of_learner": learner, "after": after_day}
    deck_ids = _decks(connection, decks)
    first: int | None = None
    for deck_id in deck_ids:
        here = values | {"of_deck": deck_id}
        first = earlier(first, connection.scalar(_NEXT, here))
        # A buried card that is due later than what was found cannot come before it.
        first = earlier(
            first, connection.scalar(_UNBURIED, here | {"before": EVER if first is None else first})
        )
    if first is None:
        return None
    here = {"of_learner": learner, "on_day": first}
    return first, sum(connection.scalar(_ON_DAY, here | {"of_deck": deck_id}) or 0 for deck_id in deck_ids)


def due_by_day(
    connection: Connection,
    learner: str,
    from_day: int,
    to_day: int,
    decks: Collection[str] | None = None,
) -> dict[int, int]:
    """How many cards come due on each study day from one to another; days without are left out.

    Those that came due before the first day count on it.

    A buried card comes when it is no longer buried. Not held against each other are cards of one fact.
    """
    values = {"of_learner": learner, "today": from_day, "to_day": to_day}
    numbers = {
        deck_id: connection.execute(_BY_DAY, values | {"of_deck": deck_id})
        for deck_id in _decks(connection, decks)
    }
    return by_day(numbers, connection.execute(_BURIED, values), from_day, to_day)


def due_until(
    connection: Connection, learner: str, day: int, most: int, decks: Collection[str] | None = None
) -> int:
    """How many cards are due by a study day, in these decks or in all; counted up to `most`."""
    values = {"of_learner": learner, "today": day}

    def of(deck_id: str, left: int) -> int:
        return connection.scalar(_DUE_AT_MOST, values | {"of_deck": deck_id, "at_most": left}) or 0

    return counted_up_to(most, _decks(connection, decks), of)


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


_DUE = _queue(*_shelf(REVIEW), *_IS_DUE)
_NEW = _queue(*_shelf(NEW), *_IS_NEW)
_COMING = _queue(
    *_shelf(REVIEW), schedule.c.due_day > bindparam("today"), schedule.c.buried_until <= bindparam("today")
)
_FACTS_DUE = select(schedule.c.fact).where(*_shelf(REVIEW), *_IS_DUE)
_DUE_AT_MOST = select(func.count()).select_from(
    select(schedule.c.card).where(*_shelf(REVIEW), *_IS_DUE).limit(bindparam("at_most")).subquery()
)
_NUMBER_OF_FACTS_DUE = select(func.count(schedule.c.fact.distinct())).where(*_shelf(REVIEW), *_IS_DUE)


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


_COUNTS = (
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
_TODAY = (
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
_EXAM = (
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
_LAST_DAY = (
    select(daily.c.study_day)
    .where(daily.c.learner == bindparam("of_learner"), reduce(add, (daily.c[name] for name in REVIEWED)) > 0)
    .order_by(daily.c.study_day.desc())
    .limit(1)
)
_STATE = select(*STATE).where(
    schedule.c.card == bindparam("of_card"), schedule.c.learner == bindparam("of_learner")
)
_SUSPENDED = (
    select(schedule.c.card)
    .where(schedule.c.learner == bindparam("of_learner"), schedule.c.shelf == SUSPENDED)
    .order_by(schedule.c.card)
)
_FACE = Prepared(
    select(card.c.key, card.c.deck, deck.c.title, card.c.fact, card.c.asks, card.c.face, fact.c.path, *STATE)
    .join_from(card, deck, deck.c.id == card.c.deck)
    .join(fact, (fact.c.deck == card.c.deck) & (fact.c.id == card.c.fact))
    .outerjoin(schedule, (schedule.c.card == card.c.key) & (schedule.c.learner == bindparam("of_learner")))
    .where(card.c.key == bindparam("of_card"))
)
_NEXT = (
    select(schedule.c.due_day)
    .where(
        *_shelf(REVIEW),
        schedule.c.due_day > bindparam("after"),
        schedule.c.buried_until <= schedule.c.due_day,
    )
    .order_by(schedule.c.due_day)
    .limit(1)
)
_UNBURIED = select(func.min(schedule.c.buried_until)).where(
    *_shelf(REVIEW),
    schedule.c.due_day < bindparam("before"),
    schedule.c.buried_until > schedule.c.due_day,
    schedule.c.buried_until > bindparam("after"),
)
_ON_DAY = select(func.count()).where(
    *_shelf(REVIEW), schedule.c.due_day <= bindparam("on_day"), bindparam("on_day") == _DAY
)
# Of what is due already only the number is asked, and the rest comes in the index's order: nothing is put in groups.
_BY_DAY: CompoundSelect[*tuple[Any, ...]] = union_all(
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
_BURIED = (
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


def _facts_due(connection: Connection, values: dict[str, Any], due: int, answered: Collection[str]) -> int:
    return facts_due(
        due,
        answered,
        lambda: connection.scalar(_NUMBER_OF_FACTS_DUE, values) or 0,
        lambda: connection.scalars(_FACTS_DUE, values),
    )


def _decks(connection: Connection, wanted: Collection[str] | None) -> list[str]:
    """The ids of the library's decks, in its order; of those wanted, if some are."""
    statement = select(deck.c.id).where(deck.c.removed_ms.is_(None)).order_by(deck.c.position, deck.c.id)
    return [deck_id for deck_id in connection.scalars(statement) if wanted is None or deck_id in wanted]


def _first(
    connection: Connection, statement: Select[*tuple[Any, ...]], values: Mapping[str, Any], at_most: int
) -> list[Candidate]:
    rows = connection.execute(statement, {**values, "at_most": at_most})
    return [Candidate(key, f"{deck_id}/{fact}", due_day, rank) for key, deck_id, fact, due_day, rank in rows]
