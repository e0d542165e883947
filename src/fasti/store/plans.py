"""What a learner plans: exams and days off. Both are views of the schedule, and change nothing in it."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from fasti.core.breaks import Break, merged
from fasti.core.exams import Exam
from fasti.store.tables import day_off
from fasti.store.tables import exam as exam_table


def breaks(connection: Connection, learner: str) -> list[Break]:
    """The learner's days off, in order."""
    statement = select(day_off.c.first_day, day_off.c.last_day).where(day_off.c.learner == learner)
    return [Break(*row) for row in connection.execute(statement.order_by(day_off.c.first_day))]


def set_breaks(connection: Connection, learner: str, breaks: Sequence[Break]) -> None:
    """Make these the learner's days off; what overlaps becomes one."""
    connection.execute(delete(day_off).where(day_off.c.learner == learner))
    rows = [{"learner": learner, **each._asdict()} for each in merged(breaks)]
    if rows:
        connection.execute(insert(day_off), rows)


def exams(connection: Connection, learner: str) -> list[Exam]:
    """The learner's exams, those that are over among them, by day and name."""
    columns = [exam_table.c[name] for name in Exam._fields]
    statement = select(*columns).where(exam_table.c.learner == learner)
    rows = connection.execute(statement.order_by(exam_table.c.day, exam_table.c.name))
    return [Exam(*row) for row in rows]


def add_exam(connection: Connection, learner: str, exam: Exam) -> None:
    """Write an exam down under a name that the learner has no other for."""
    connection.execute(insert(exam_table), [{"learner": learner, **exam._asdict()}])


def remove_exam(connection: Connection, learner: str, name: str) -> None:
    """Take an exam back."""
    connection.execute(delete(exam_table).where(exam_table.c.learner == learner, exam_table.c.name == name))


def follow_deck(connection: Connection, deck: str, now: str) -> None:
    """Have all learners' exams over a deck be about the one that its facts went to."""
    connection.execute(update(exam_table).where(exam_table.c.deck == deck).values(deck=now))
