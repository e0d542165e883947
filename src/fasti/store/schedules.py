"""What is due, for whom and when, asked through SQLAlchemy; `peek` asks a file the same without it.

Every question about the queue goes through the index that is kept for it, one seek a deck.
"""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, select

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.exams import Exam, ExamCard
from fasti.core.queue import MOST_NEW, Candidate
from fasti.store import schedule_statements as statements
from fasti.store.due import (
    EVER,
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
from fasti.store.tables import deck, schedule


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
        for deck_id, title, due, new, total in connection.execute(statements.COUNTS, values).all()
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
            partial(_first, connection, statements.DUE, values | {"of_deck": deck_id}),
            partial(_first, connection, statements.NEW_ONES, values | {"of_deck": deck_id}),
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
        partial(_first, connection, statements.COMING, values | {"of_deck": deck_id})
        for deck_id in _decks(connection, decks)
    ]
    return next_ones(sources, number, answered)


def exam_cards(connection: Connection, learner: str, exam: Exam) -> list[ExamCard]:
    """The cards of an exam that are asked at all: neither suspended nor retired, in no order."""
    rows = connection.execute(statements.EXAM, {"of_learner": learner, "of_deck": exam.deck})
    return exam_cards_from(rows, exam)


def answered_today(
    connection: Connection, learner: str, today: int, decks: Collection[str] | None = None
) -> Today:
    """What the learner has done today; of the cards owed, those of these decks or of all."""
    rows = connection.execute(statements.TODAY, {"of_learner": learner, "today": today})
    return today_from(rows, today, decks)


def state(connection: Connection, learner: str, key: str) -> CardState:
    """Where a card stands for a learner; one that the learner does not have is new."""
    row = connection.execute(statements.STATE_OF_A_CARD, {"of_learner": learner, "of_card": key}).first()
    return state_from(row) if row else FRESH_CARD


def states(connection: Connection, learner: str, deck_id: str) -> dict[str, CardState]:
    """Where each card of a deck stands for a learner, retired cards among them."""
    statement = select(schedule.c.card, *STATE).where(
        schedule.c.learner == learner, schedule.c.deck == deck_id
    )
    return {key: state_from(row) for key, *row in connection.execute(statement)}


def suspended(connection: Connection, learner: str) -> list[str]:
    """The cards that the learner has suspended, by name."""
    return list(connection.scalars(statements.SUSPENDED_CARDS, {"of_learner": learner}))


def card_face(connection: Connection, learner: str, key: str) -> CardFace | None:
    """All that is needed to ask a card, or None if the library has none of this name."""
    row = statements.FACE.first(connection, {"of_learner": learner, "of_card": key})
    return face_from(row) if row else None


def last_day(connection: Connection, learner: str) -> int | None:
    """The study day of the learner's latest review; None before the first."""
    return connection.scalar(statements.LAST_DAY, {"of_learner": learner})


def next_due(
    connection: Connection, learner: str, after_day: int, decks: Collection[str] | None = None
) -> tuple[int, int] | None:
    """The first study day after `after_day` on which cards come due or are no longer buried, and how many."""
    values = {"of_learner": learner, "after": after_day}
    deck_ids = _decks(connection, decks)
    first: int | None = None
    for deck_id in deck_ids:
        here = values | {"of_deck": deck_id}
        first = earlier(first, connection.scalar(statements.NEXT, here))
        # A buried card that is due later than what was found cannot come before it.
        first = earlier(
            first, connection.scalar(statements.UNBURIED, here | {"before": EVER if first is None else first})
        )
    if first is None:
        return None
    here = {"of_learner": learner, "on_day": first}
    return first, sum(
        connection.scalar(statements.ON_DAY, here | {"of_deck": deck_id}) or 0 for deck_id in deck_ids
    )


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
        deck_id: connection.execute(statements.BY_DAY, values | {"of_deck": deck_id})
        for deck_id in _decks(connection, decks)
    }
    return by_day(numbers, connection.execute(statements.BURIED, values), from_day, to_day)


def due_until(
    connection: Connection, learner: str, day: int, most: int, decks: Collection[str] | None = None
) -> int:
    """How many cards are due by a study day, in these decks or in all; counted up to `most`."""
    values = {"of_learner": learner, "today": day}

    def of(deck_id: str, left: int) -> int:
        return connection.scalar(statements.DUE_AT_MOST, values | {"of_deck": deck_id, "at_most": left}) or 0

    return counted_up_to(most, _decks(connection, decks), of)


def _facts_due(connection: Connection, values: dict[str, Any], due: int, answered: Collection[str]) -> int:
    return facts_due(
        due,
        answered,
        lambda: connection.scalar(statements.NUMBER_OF_FACTS_DUE, values) or 0,
        lambda: connection.scalars(statements.FACTS_DUE, values),
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
