"""What a learner decided about days off and exams, and which of two decisions counts.

A decision is never forgotten, nor is one that took a plan back: else a machine that had not heard of it would
bring the plan again. Of two decisions about one day, or about exams of one name, the later counts. So machines
that know the same decisions, in whatever order they heard of them, have the same plans.
"""

from collections.abc import Iterable
from typing import NamedTuple

from fasti.core.breaks import Break, merged
from fasti.core.exams import Exam


class DaysDecided(NamedTuple):
    """At `at_ms` it was decided that these days, the first and the last included, are off, or are not."""

    first_day: int
    last_day: int
    at_ms: int
    off: bool


class ExamDecided(NamedTuple):
    """At `at_ms` it was decided that an exam is to come, or is taken back; its name says which exam it is."""

    exam: Exam
    at_ms: int
    removed: bool


class Decisions(NamedTuple):
    """A learner's decisions as far as they count: no day and no name is in two of them. In order."""

    days: tuple[DaysDecided, ...] = ()
    exams: tuple[ExamDecided, ...] = ()

    @property
    def breaks(self) -> list[Break]:
        """The days off."""
        return merged(Break(each.first_day, each.last_day) for each in self.days if each.off)

    @property
    def planned(self) -> list[Exam]:
        """The exams, by day and name."""
        planned = [each.exam for each in self.exams if not each.removed]
        return sorted(planned, key=lambda exam: (exam.day, exam.name))

    def __bool__(self) -> bool:
        return bool(self.days or self.exams)


def counting(days: Iterable[DaysDecided], exams: Iterable[ExamDecided]) -> Decisions:
    """Of all these decisions what counts; of decisions made at one moment, whatever the order they come in, the same."""
    return Decisions(_by_day(list(days)), _by_name(exams))


def both(one: Decisions, other: Decisions) -> Decisions:
    """What counts of two machines' decisions: the same either way round, and nothing new the second time."""
    return counting([*one.days, *other.days], [*one.exams, *other.exams])


def decided_days(known: Decisions, span: Break, at_ms: int, *, off: bool) -> Decisions:
    """What counts once these days are off, or are not; whatever the clock says, it counts for all of them."""
    touched = [
        each.at_ms
        for each in known.days
        if each.first_day <= span.last_day and each.last_day >= span.first_day
    ]
    decision = DaysDecided(*span, _after(touched, at_ms), off)
    return counting([*known.days, decision], known.exams)


def decided_exam(known: Decisions, exam: Exam, at_ms: int, *, removed: bool = False) -> Decisions:
    """What counts once an exam is planned, or taken back; whatever the clock says."""
    before = [each.at_ms for each in known.exams if each.exam.name == exam.name]
    return counting(known.days, [*known.exams, ExamDecided(exam, _after(before, at_ms), removed)])


def with_deck(decision: ExamDecided, deck: str) -> ExamDecided:
    """The same exam over its deck as that is called now.

    Nobody decided anything: so it counts before whatever is decided after the exam was planned.
    """
    return ExamDecided(
        decision.exam._replace(deck=deck), _after([decision.at_ms], decision.at_ms), decision.removed
    )


_LATEST_MS = 2**53 - 1  # what JSON carries without loss


def _after(moments: Iterable[int], at_ms: int) -> int:
    """A moment that is later than these: a clock that was set back must not make a decision void."""
    return min(max([at_ms, *(moment + 1 for moment in moments)]), _LATEST_MS)


def _by_day(decisions: list[DaysDecided]) -> tuple[DaysDecided, ...]:
    """What counts on each day, stretches of days of which the same is to be said in one."""
    bounds = sorted({bound for each in decisions for bound in (each.first_day, each.last_day + 1)})
    found: list[DaysDecided] = []
    for place, first_day in enumerate(bounds[:-1]):
        there = [each for each in decisions if each.first_day <= first_day <= each.last_day]
        if not there:
            continue
        *_, at_ms, off = max(there, key=lambda each: (each.at_ms, each.off))
        stretch = DaysDecided(first_day, bounds[place + 1] - 1, at_ms, off)
        last = found[-1] if found else None
        if last and last.last_day + 1 == first_day and (last.at_ms, last.off) == (at_ms, off):
            stretch = stretch._replace(first_day=found.pop().first_day)
        found.append(stretch)
    return tuple(found)


def _by_name(decisions: Iterable[ExamDecided]) -> tuple[ExamDecided, ...]:
    found: dict[str, ExamDecided] = {}
    for each in decisions:
        name = each.exam.name
        found[name] = max(found.get(name, each), each, key=_worth)
    return tuple(found[name] for name in sorted(found))


def _worth(decision: ExamDecided) -> tuple[int, bool, Exam]:
    return decision.at_ms, decision.removed, decision.exam
