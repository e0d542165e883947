"""Exams: a view of the schedule that sees to it that every card is asked in the last days before one.

Nothing of it is written anywhere: which cards a day brings is worked out from where they stand. When the
exam is over, or taken back, the schedule alone decides again.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fasti.core.breaks import Break, back_day, days_at_work

DAYS = 5
"""Last days before an exam in which every card is seen, unless said otherwise."""


class Exam(NamedTuple):
    """An exam on a study day over a deck, or a unit or tag of it; every card is seen in the `days` before."""

    name: str
    day: int
    deck: str
    unit: str = ""
    tag: str = ""
    days: int = DAYS

    @property
    def first_day(self) -> int:
        """The first of the last days."""
        return self.day - self.days


class ExamCard(NamedTuple):
    """A card of an exam and where it stands; `position` is the author's order."""

    card: str
    fact: str
    position: int
    due_day: int | None
    first_day: int | None
    last_day: int | None
    ease: int
    lapses: int
    buried_until: int


class Progress(NamedTuple):
    """How far along a learner is: of `total` cards, `seen` in the last days and `new` never asked.

    `a_day` is what each day takes from today on: cards to be seen in the last days, new ones before them;
    `today` of these are still to come today. `until` is the last day of that stretch.
    """

    exam: Exam
    total: int
    seen: int
    new: int
    a_day: int
    today: int
    until: int


def in_force(exams: Iterable[Exam], today: int) -> list[Exam]:
    """The exams that are not over, the next first; on its own day an exam is not over yet."""
    return sorted((exam for exam in exams if exam.day >= today), key=lambda exam: (exam.day, exam.name))


def progress(exam: Exam, cards: Sequence[ExamCard], today: int, breaks: Sequence[Break]) -> Progress:
    """How far along a learner is with these cards on a study day."""
    seen = [card for card in cards if _is_seen(card, exam)]
    new = [card for card in cards if card.last_day is None]
    a_day, left = _portion(exam, cards, today, breaks)
    until = exam.day - 1 if today >= exam.first_day else exam.first_day - 1
    return Progress(exam, len(cards), len(seen), len(new), a_day, left, max(until, today))


def todays_cards(
    exam: Exam, cards: Sequence[ExamCard], today: int, breaks: Sequence[Break]
) -> list[ExamCard]:
    """The cards that an exam wants asked today, in the order to ask.

    In the last days: an even share of those not seen in them yet, what is due anyhow first, then the
    least recently asked and the weakest. Of one fact no more than must be, that the last day does not
    bring all of them. Before the last days: an even share of those that are new, in the author's order.
    """
    _, left = _portion(exam, cards, today, breaks)
    if today < exam.first_day:
        new = [card for card in cards if card.last_day is None and card.buried_until <= today]
        new.sort(key=lambda card: (card.position, card.card))
        return _spread_over_facts(new, cards, today, _days_left(breaks, today, exam.first_day - 1))[:left]
    days_left = _days_left(breaks, today, exam.day - 1)
    unseen = [card for card in cards if not _is_seen(card, exam)]
    if days_left > 1:
        unseen = [card for card in unseen if card.buried_until <= today]
    order = sorted(unseen, key=lambda card: _urgency(card, today))
    return _spread_over_facts(order, cards, today, days_left)[:left]


def _portion(exam: Exam, cards: Sequence[ExamCard], today: int, breaks: Sequence[Break]) -> tuple[int, int]:
    """How many cards each day takes from today on, and how many of today's are still to come."""
    if today < exam.first_day:
        waiting = sum(card.last_day is None for card in cards)
        done = sum(card.first_day == today for card in cards)
        days = _days_left(breaks, today, exam.first_day - 1)
    else:
        waiting = sum(not _is_seen(card, exam) for card in cards)
        done = sum(card.last_day == today for card in cards)
        days = _days_left(breaks, today, exam.day - 1)
    if not waiting:
        return 0, 0
    share = -(-(waiting + done) // days)
    return share, min(waiting, max(0, share - done))


def _days_left(breaks: Sequence[Break], today: int, last_day: int) -> int:
    """Days to work on, today among them; at least the one on which this is asked."""
    return max(1, days_at_work(breaks, back_day(breaks, today), last_day))


def _is_seen(card: ExamCard, exam: Exam) -> bool:
    return card.last_day is not None and card.last_day >= exam.first_day


def _urgency(card: ExamCard, today: int) -> tuple[bool, int, int, int, int, str]:
    is_due = card.due_day is not None and card.due_day <= today
    # What was never asked has been waiting longest of all.
    last_day = -1 if card.last_day is None else card.last_day
    return not is_due, last_day, card.ease, -card.lapses, card.position, card.card


def _spread_over_facts(
    order: Sequence[ExamCard], cards: Sequence[ExamCard], today: int, days_left: int
) -> list[ExamCard]:
    """The first card of each fact first; then those that no later day would have room for; then the rest."""
    unseen: dict[str, int] = {}
    for card in order:
        unseen[card.fact] = unseen.get(card.fact, 0) + 1
    asked = {card.fact for card in cards if card.last_day == today}
    first: list[ExamCard] = []
    pressing: list[ExamCard] = []
    later: list[ExamCard] = []
    taken: dict[str, int] = {}
    for card in order:
        taken[card.fact] = taken.get(card.fact, 0) + 1
        if taken[card.fact] <= unseen[card.fact] - (days_left - 1):
            pressing.append(card)
        elif taken[card.fact] == 1 and card.fact not in asked:
            first.append(card)
        else:
            later.append(card)
    return [*pressing, *first, *later]
