"""A learner's plans as they bear on a day: days off, and what exams want asked."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.breaks import HORIZON, Break, break_on
from fasti.core.days import date_text
from fasti.core.exams import Exam, ExamCard, Progress, in_force, progress, todays_cards
from fasti.core.queue import Candidate
from fasti.store.peek import Glimpse

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Plans(NamedTuple):
    """The plans that bear on a day: all days off, how far each exam is, and the cards that exams want today."""

    breaks: Sequence[Break] = ()
    exams: tuple[Progress, ...] = ()
    wanted: Sequence[ExamCard] = ()

    def break_until(self, today: int) -> int | None:
        """The last day of the break that today is part of, or None."""
        off = break_on(self.breaks, today)
        return None if off is None else off.last_day

    @property
    def first(self) -> list[Candidate]:
        """The cards that exams want today, as candidates of a sitting."""
        return [Candidate(card.card, card.fact, card.due_day, card.position) for card in self.wanted]

    @property
    def new_wanted(self) -> int:
        """How many of them are new."""
        return sum(card.due_day is None for card in self.wanted)

    def not_due_anyhow(self, today: int) -> int:
        """How many of them today would not bring without an exam."""
        return sum(card.due_day is None or card.due_day > today for card in self.wanted)


def days_of_pile(
    today: int,
    limit: int,
    due_until: Callable[[int, int], int | None],
    due_by_day: Callable[[], Mapping[int, int] | None],
) -> Mapping[int, int] | None:
    """How many cards come due on which day, past and coming, as far as it matters to who does `limit` a day.

    Of more than `HORIZON` days could work off it is only said that they are due: nobody is told when they would be
    level. `due_until(day, most)` says how many cards are due by a day, counted up to `most`, and `due_by_day`
    all, which takes longer. None where the library cannot be read.
    """
    enough = max(limit, 0) * HORIZON + 1
    due = due_until(today, enough)
    if due is None or due < enough:
        return None if due is None else due_by_day()
    before = due_until(today - 1, max(limit, 0) + 1)
    return None if before is None else {today - 1: before, today: due - before}


def plans_seen(look: Glimpse, learner: str, today: int, decks: Collection[str] | None = None) -> Plans | None:
    """The plans that bear on a day, from a look at the file; None where it cannot be read."""
    breaks, exams = look.breaks(learner), look.exams(learner)
    if breaks is None or exams is None:
        return None
    cards = {exam: look.exam_cards(learner, exam) for exam in _bearing(exams, today, decks)}
    if any(each is None for each in cards.values()):
        return None
    return _plans(cards, lambda exam: cards[exam] or [], today, breaks)


def plans_stored(
    connection: "Connection", learner: str, today: int, decks: Collection[str] | None = None
) -> Plans:
    """The same from the database."""
    from fasti.store import plans, schedules

    exams = _bearing(plans.exams(connection, learner), today, decks)
    breaks = plans.breaks(connection, learner)
    return _plans(exams, lambda exam: schedules.exam_cards(connection, learner, exam), today, breaks)


def exam_json(progress: Progress) -> dict[str, Any]:
    """The values that `--json` prints of an exam."""
    exam = progress.exam
    return {
        "name": exam.name,
        "date": date_text(exam.day),
        "deck": exam.deck,
        "unit": exam.unit or None,
        "tag": exam.tag or None,
        "days": exam.days,
        "from": date_text(exam.first_day),
        "cards": progress.total,
        "seen": progress.seen,
        "new": progress.new,
        "a_day": progress.a_day,
        "today": progress.today,
    }


def _bearing(exams: Sequence[Exam], today: int, decks: Collection[str] | None) -> list[Exam]:
    return [exam for exam in in_force(exams, today) if decks is None or exam.deck in decks]


def _plans(
    exams: Collection[Exam], cards_of: Callable[[Exam], list[ExamCard]], today: int, breaks: Sequence[Break]
) -> Plans:
    found: list[Progress] = []
    wanted: dict[str, ExamCard] = {}
    for exam in exams:
        cards = cards_of(exam)
        found.append(progress(exam, cards, today, breaks))
        for card in todays_cards(exam, cards, today, breaks):
            wanted.setdefault(card.card, card)
    return Plans(breaks, tuple(found), tuple(wanted.values()))
