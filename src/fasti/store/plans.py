"""What a learner plans: exams and days off. Both are views of the schedule, and change nothing in it.

What was taken back is kept as a decision, too: `core.decisions` says why.
"""

from sqlalchemy import Connection, delete, insert, select, union, update

from fasti.core.breaks import Break
from fasti.core.decisions import (
    DaysDecided,
    Decisions,
    ExamDecided,
    both,
    decided_days,
    decided_exam,
    with_deck,
)
from fasti.core.exams import Exam
from fasti.store.tables import day_off
from fasti.store.tables import exam as exam_table


def decisions(connection: Connection, learner: str) -> Decisions:
    """All that the learner decided, as far as it counts."""
    days = select(day_off.c.first_day, day_off.c.last_day, day_off.c.decided_ms, day_off.c.off)
    exams = select(*_EXAM, exam_table.c.decided_ms, exam_table.c.removed)
    return Decisions(
        tuple(
            DaysDecided(*row)
            for row in connection.execute(
                days.where(day_off.c.learner == learner).order_by(day_off.c.first_day)
            )
        ),
        tuple(
            ExamDecided(Exam(*exam), at_ms, removed)
            for *exam, at_ms, removed in connection.execute(
                exams.where(exam_table.c.learner == learner).order_by(exam_table.c.name)
            )
        ),
    )


def planners(connection: Connection) -> list[str]:
    """Everyone who decided something, by name."""
    names = union(select(day_off.c.learner), select(exam_table.c.learner))
    return sorted(connection.scalars(names))


def breaks(connection: Connection, learner: str) -> list[Break]:
    """The learner's days off, in order."""
    return decisions(connection, learner).breaks


def exams(connection: Connection, learner: str) -> list[Exam]:
    """The learner's exams, those that are over among them, by day and name."""
    return decisions(connection, learner).planned


def take_off(connection: Connection, learner: str, days: Break, at_ms: int) -> None:
    """Make these days off; what overlaps with other days off becomes one with them."""
    known = decisions(connection, learner)
    _replace(connection, learner, decided_days(known, days, at_ms, off=True))


def take_back(connection: Connection, learner: str, days: Break, at_ms: int) -> None:
    """Have these days be off no longer."""
    known = decisions(connection, learner)
    _replace(connection, learner, decided_days(known, days, at_ms, off=False))


def add_exam(connection: Connection, learner: str, exam: Exam, at_ms: int) -> None:
    """Write an exam down; one of the same name gives way."""
    _replace(connection, learner, decided_exam(decisions(connection, learner), exam, at_ms))


def remove_exam(connection: Connection, learner: str, name: str, at_ms: int) -> None:
    """Take an exam back."""
    known = decisions(connection, learner)
    for exam in known.planned:
        if exam.name == name:
            known = decided_exam(known, exam, at_ms, removed=True)
    _replace(connection, learner, known)


def unite(connection: Connection, learner: str, others: Decisions) -> None:
    """Take in what was decided elsewhere."""
    known = decisions(connection, learner)
    now = both(known, others)
    if now != known:
        _replace(connection, learner, now)


def follow_deck(connection: Connection, deck: str, now: str) -> None:
    """Have all learners' exams over a deck be about the one that its facts went to."""
    over = select(exam_table.c.learner, *_EXAM, exam_table.c.decided_ms, exam_table.c.removed)
    for learner, *exam, at_ms, removed in connection.execute(over.where(exam_table.c.deck == deck)).all():
        followed = with_deck(ExamDecided(Exam(*exam), at_ms, removed), now)
        connection.execute(
            update(exam_table)
            .where(exam_table.c.learner == learner, exam_table.c.name == followed.exam.name)
            .values(deck=followed.exam.deck, decided_ms=followed.at_ms)
        )


_EXAM = tuple(exam_table.c[name] for name in Exam._fields)


def _replace(connection: Connection, learner: str, now: Decisions) -> None:
    connection.execute(delete(day_off).where(day_off.c.learner == learner))
    connection.execute(delete(exam_table).where(exam_table.c.learner == learner))
    days = [
        {
            "learner": learner,
            "first_day": each.first_day,
            "last_day": each.last_day,
            "decided_ms": each.at_ms,
            "off": each.off,
        }
        for each in now.days
    ]
    exams = [
        {"learner": learner, **each.exam._asdict(), "decided_ms": each.at_ms, "removed": each.removed}
        for each in now.exams
    ]
    if days:
        connection.execute(insert(day_off), days)
    if exams:
        connection.execute(insert(exam_table), exams)
