"""What is due today: from a glance at the file where that is enough, else from the whole library."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.breaks import HORIZON, level_around, next_around
from fasti.core.days import Moment, date_text, study_day
from fasti.core.onlooker import Looking, unseen
from fasti.core.queue import LIMIT, MOST_NEW, NEW_A_DAY
from fasti.following import all_in_step
from fasti.planning import Plans, days_of_pile, exam_json, plans_seen, plans_stored
from fasti.settings import Settings
from fasti.store.due import DeckCounts, Today
from fasti.store.peek import glimpse

if TYPE_CHECKING:
    from fasti.sitting import Tell


class Standing(NamedTuple):
    """How the library stands on a study day.

    `introduced` cards were new until today, `repeats` were hard or missed today and come back; `next_due` is the
    next day on which cards come due, and how many; `new_a_day` new cards are wanted a day, and `limit` cards
    a sitting. `by_day` says how many cards come due on each day, past and coming, where they are a pile.
    """

    today: int
    decks: Sequence[DeckCounts]
    introduced: int
    repeats: int
    next_due: tuple[int, int] | None
    new_a_day: int = NEW_A_DAY
    limit: int = LIMIT
    plans: Plans = Plans()
    by_day: Mapping[int, int] = {}

    @property
    def break_until(self) -> int | None:
        """The last day of the break that today is part of; None where it is not one."""
        return self.plans.break_until(self.today)

    @property
    def due(self) -> int:
        """Cards due in all decks; none on a break."""
        return 0 if self.break_until else sum(deck.due for deck in self.decks)

    @property
    def for_exams(self) -> int:
        """Cards that exams want asked today and that would not be due without them."""
        return 0 if self.break_until else self.plans.not_due_anyhow(self.today)

    @property
    def new_today(self) -> int:
        """New cards that today has room for besides those that exams want."""
        if self.break_until or self.is_behind:
            return 0
        for_exams = self.plans.new_wanted
        room = min(self.new_a_day - self.introduced, sum(deck.new for deck in self.decks))
        return max(0, room - for_exams)

    @property
    def is_pile(self) -> bool:
        """Whether more is due than one sitting asks."""
        return self.due > self.limit

    @property
    def is_behind(self) -> bool:
        """Whether what was due before today fills a sitting, so that new cards wait."""
        return sum(number for day, number in self.by_day.items() if day < self.today) > self.limit

    @property
    def level_day(self) -> int | None:
        """The study day that ends with nothing left over, at a sitting a day; None where a sitting is enough."""
        if not self.is_pile:
            return None
        return level_around(self.plans.breaks, self.by_day, self.today, self.limit)

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti due --json` prints."""
        return {
            "version": 1,
            "due": self.due,
            "new": sum(deck.new for deck in self.decks),
            "more_new": any(deck.new >= MOST_NEW for deck in self.decks),
            "new_today": self.new_today,
            "repeats": 0 if self.break_until else self.repeats,
            "limit": self.limit,
            "level": date_text(self.level_day) if self.level_day else None,
            "break_until": date_text(self.break_until) if self.break_until else None,
            "for_exams": self.for_exams,
            "exams": [exam_json(exam) for exam in self.plans.exams],
            "decks": [deck._asdict() for deck in self.decks],
            "next_due": date_text(self.next_due[0]) if self.next_due else None,
        }


def standing(
    settings: Settings,
    moment: Moment,
    wall_ns: int,
    tell: "Tell",
    new_a_day: int = NEW_A_DAY,
    limit: int = LIMIT,
    looking: Looking = unseen,
) -> Standing:
    """What is due today, once the library is in step with its deck files; `tell` hears what that did."""
    today = study_day(moment)
    found = _at_a_glance(settings, today, limit)
    if found is None:
        found = _from_the_library(settings, moment, wall_ns, today, limit, tell, looking)
    return found._replace(new_a_day=new_a_day)


def _at_a_glance(settings: Settings, today: int, limit: int) -> Standing | None:
    if settings.sqlite_file is None:
        return None
    with glimpse(settings.sqlite_file) as look:
        files, folders = (look.files(), look.folders()) if look else (None, None)
        if look is None or folders is None or not files or not all_in_step(files, *folders):
            return None
        counts, done = look.counts(settings.learner, today), look.answered_today(settings.learner, today)
        if counts is None or done is None:
            return None
        plans = plans_seen(look, settings.learner, today)
        if plans is None:
            return None
        upcoming = next_around(plans.breaks, today, lambda day: look.next_due(settings.learner, day))
        found = _standing(today, counts, done, upcoming, plans)._replace(limit=limit)
        if not found.is_pile:
            return found
        by_day = days_of_pile(
            today,
            limit,
            lambda day, most: look.due_until(settings.learner, day, most),
            lambda: look.due_by_day(settings.learner, today - 1, today + HORIZON),
        )
        return None if by_day is None else found._replace(by_day=by_day)


def _from_the_library(
    settings: Settings,
    moment: Moment,
    wall_ns: int,
    today: int,
    limit: int,
    tell: "Tell",
    looking: Looking,
) -> Standing:
    from fasti.library import bring_in_step
    from fasti.shelves import Clock
    from fasti.store import schedules
    from fasti.store.opening import open_database

    with looking() as onlooker:
        opened = open_database(settings.database, moment.utc_ms, onlooker)
    with opened as database:
        clock = Clock(moment.utc_ms, wall_ns)
        with looking() as onlooker:
            reports = bring_in_step(database, settings.learner, clock, or_bundled=True, onlooker=onlooker)
        tell(reports)
        with database.reading() as connection:
            counts = schedules.counts(connection, settings.learner, today)
            done = schedules.answered_today(connection, settings.learner, today)
            plans = plans_stored(connection, settings.learner, today)
            upcoming = next_around(
                plans.breaks, today, lambda day: schedules.next_due(connection, settings.learner, day)
            )
            found = _standing(today, counts, done, upcoming, plans)._replace(limit=limit)
            if not found.is_pile:
                return found
            by_day = days_of_pile(
                today,
                limit,
                lambda day, most: schedules.due_until(connection, settings.learner, day, most),
                lambda: schedules.due_by_day(connection, settings.learner, today - 1, today + HORIZON),
            )
            return found._replace(by_day=by_day or {})


def _standing(
    today: int, counts: Sequence[DeckCounts], done: Today, upcoming: tuple[int, int] | None, plans: Plans
) -> Standing:
    until = plans.break_until(today)
    waiting = sum(deck.due for deck in counts)
    if until is not None and waiting:
        # What is due today waits for the end of the break with what comes due until then.
        by_then = upcoming[1] if upcoming and upcoming[0] == until + 1 else 0
        upcoming = (until + 1, waiting + by_then)
    return Standing(today, counts, done.introduced, len(done.owed), upcoming, plans=plans)
