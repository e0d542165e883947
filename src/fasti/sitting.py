"""The beginning of a sitting: what to ask today, from a glance at the file or from the whole library.

What a student waits for is the first card. Where the database is a SQLite file in good order and no deck
file changed, a glance through the standard library's `sqlite3` finds it, and the engine that will write
the answers is loaded while the card is read. Everything else takes the long way.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Self

from fasti.core.breaks import HORIZON, days_at_work, level_around
from fasti.core.days import Moment, study_day
from fasti.core.onlooker import Looking, Onlooker, nobody, unseen
from fasti.core.queue import LIMIT, NEW_A_DAY, Candidate, Plan, ahead_of_time, plan
from fasti.core.review import Opening
from fasti.following import all_in_step
from fasti.planning import Plans, days_of_pile, plans_seen, plans_stored
from fasti.session import Session
from fasti.session_contract import Changes, Rules, Stored, Writer
from fasti.settings import Settings
from fasti.store.due import Today
from fasti.store.peek import Glimpse, glimpse
from fasti.stored_cards import stored_from

if TYPE_CHECKING:
    from fasti.edits import Report
    from fasti.store.database import Database


class Clock(NamedTuple):
    """The learner's clock, and the machine's own in nanoseconds, by which files are stamped."""

    now: Callable[[], Moment]
    wall_ns: Callable[[], int]


class Wishes(NamedTuple):
    """What a student asked for: which decks (none named: all), how many cards, how many new ones today.

    `more` is how many to go on with beyond the day's: new cards, or where there are none, those due next.
    `anyway` asks on a break too.
    """

    decks: Sequence[str] = ()
    limit: int = LIMIT
    new_a_day: int = NEW_A_DAY
    more: int = 0
    anyway: bool = False
    rules: Rules = Rules()


Tell = Callable[[Sequence["Report"]], None]
"""Is told what bringing the decks in step did, before the first question."""


class _Found(NamedTuple):
    """What could be asked today, in order, what was already done, and what is planned.

    `last_day` is the study day of the last answer, None before the first one.
    """

    today: int
    due: Sequence[Candidate]
    new: Sequence[Candidate]
    done: Today
    last_day: int | None
    plans: Plans


@contextmanager
def begin(
    settings: Settings, wishes: Wishes, clock: Clock, tell: Tell, looking: Looking = unseen
) -> Iterator[Session]:
    """A sitting over today's cards. Raises FastiError where the library cannot be opened."""
    with _Engine(settings, wishes.rules, clock, looking) as engine:
        session = _at_a_glance(settings, wishes, clock, engine)
        if session is None:
            tell(engine.bring_in_step())
            session = _from_the_library(settings, wishes, clock, engine)
        yield session


def _at_a_glance(settings: Settings, wishes: Wishes, clock: Clock, engine: "_Engine") -> Session | None:
    """The sitting, where a look at the file is enough to begin it."""
    if settings.sqlite_file is None or wishes.more:
        return None
    today = study_day(clock.now())
    with glimpse(settings.sqlite_file) as look:
        decks = look and _known_decks(look, settings.learner, wishes.decks)
        if look is None or decks is None:
            return None
        plans = plans_seen(look, settings.learner, today, decks or None)
        seen = look.glance(settings.learner, today, decks=decks or None, limit=wishes.limit)
        folders = look.folders()
        if seen is None or plans is None or folders is None:
            return None
        if not seen.files or not all_in_step(seen.files, *folders):
            return None
        found = _Found(today, seen.due, seen.new, seen.today, seen.last_day, plans)
        chosen = _plan(found, wishes)
        level = None
        if chosen.beyond:
            by_day = days_of_pile(
                today,
                wishes.limit,
                lambda day, most: look.due_until(settings.learner, day, most, decks or None),
                lambda: look.due_by_day(settings.learner, today, today + HORIZON, decks or None),
            )
            if by_day is None:
                return None
            level = level_around(plans.breaks, by_day, today, wishes.limit)
        engine.decks = decks or None
        return Session(
            chosen,
            _opening(found, wishes, chosen, level),
            _owed(found, wishes),
            _Glancing(look, settings.learner),
            engine.desk,
            engine.prepare,
            clock.now,
            wishes.rules,
            engine.follow,
        )


def _from_the_library(settings: Settings, wishes: Wishes, clock: Clock, engine: "_Engine") -> Session:
    from fasti.deck_names import find_deck
    from fasti.store import schedules

    today = study_day(clock.now())
    learner = settings.learner
    with engine.database.reading() as connection:
        decks = [find_deck(connection, name).id for name in wishes.decks] or None
        due, new = schedules.candidates(connection, learner, decks, today, wishes.limit)
        done = schedules.answered_today(connection, learner, today, decks)
        last_day = schedules.last_day(connection, learner)
        if wishes.more and not new:
            ahead = schedules.coming(connection, learner, decks, today, wishes.more)
            due = [*due, *ahead_of_time(ahead, wishes.more, {*done.facts, *(card.fact for card in due)})]
        plans = plans_stored(connection, learner, today, decks)
        found = _Found(today, due, new, done, last_day, plans)
        chosen = _plan(found, wishes)
        level = None
        if chosen.beyond:
            by_day = days_of_pile(
                today,
                wishes.limit,
                lambda day, most: schedules.due_until(connection, learner, day, most, decks),
                lambda: schedules.due_by_day(connection, learner, today, today + HORIZON, decks),
            )
            level = level_around(plans.breaks, by_day or {}, today, wishes.limit)
    engine.decks = decks
    desk = engine.desk()
    return Session(
        chosen,
        _opening(found, wishes, chosen, level),
        _owed(found, wishes),
        desk,
        lambda: desk,
        lambda: None,
        clock.now,
        wishes.rules,
        engine.follow,
    )


def _known_decks(look: Glimpse, learner: str, names: Sequence[str]) -> list[str] | None:
    """The ids of the decks named by id or title; None where one is not so easily found."""
    if not names:
        return []
    ids = {name: deck.id for deck in look.decks() or () for name in (deck.title, deck.id)}
    return [ids[name] for name in names] if all(name in ids for name in names) else None


def _plan(found: _Found, wishes: Wishes) -> Plan:
    if _is_off(found, wishes):
        return plan((), (), today=found.today, limit=0, new_left=0, answered_facts=frozenset())
    return plan(
        found.due,
        found.new,
        today=found.today,
        limit=wishes.limit,
        new_left=_new_left(found, wishes),
        answered_facts=found.done.facts,
        first=found.plans.first,
    )


def _opening(found: _Found, wishes: Wishes, chosen: Plan, level: int | None) -> Opening:
    """What a student is told before the first card; `level` is the study day by which a pile is gone."""
    today, plans = found.today, found.plans
    off = plans.break_until(today) if _is_off(found, wishes) else None
    away = max(0, today - found.last_day) if found.last_day is not None else 0
    at_work = days_at_work(plans.breaks, today - away + 1, today)
    return Opening(
        due=len(chosen.cards) - chosen.new + chosen.beyond,
        new=chosen.new,
        overdue=sum(card.due_day is not None and card.due_day < today for card in found.due),
        away_days=at_work,
        portion=len(chosen.cards),
        today=today,
        level_day=level,
        first_ever=found.last_day is None,
        more_new=off is None and chosen.new == _new_left(found, wishes) and len(found.new) > chosen.new,
        break_until=off,
        after_break=off is None and at_work < away,
        exams=plans.exams,
        owed=len(_owed(found, wishes)),
    )


def _owed(found: _Found, wishes: Wishes) -> Sequence[str]:
    """The cards that are still to be repeated today."""
    return () if _is_off(found, wishes) else found.done.owed


def _is_off(found: _Found, wishes: Wishes) -> bool:
    return found.plans.break_until(found.today) is not None and not wishes.anyway


def _new_left(found: _Found, wishes: Wishes) -> int:
    return max(0, wishes.new_a_day - found.done.introduced) + wishes.more


class _Glancing:
    """Serves the first question from a look at the file."""

    def __init__(self, look: Glimpse, learner: str) -> None:
        self._look = look
        self._learner = learner

    def card(self, key: str) -> Stored | None:
        """The card of this key with its state, or None where there is none any more."""
        face = self._look.card_face(self._learner, key)
        return face and stored_from(face)


class _Engine:
    """The database, opened when it is first needed; `prepare` loads what that takes in the background."""

    def __init__(self, settings: Settings, rules: Rules, clock: Clock, looking: Looking) -> None:
        self.decks: list[str] | None = None
        self._settings = settings
        self._rules = rules
        self._clock = clock
        self._looking = looking
        self._database: Database | None = None
        self._desk: Writer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._database is not None:
            self._database.close()

    @property
    def database(self) -> "Database":
        """The database of these settings, made or upgraded where that is its due."""
        if self._database is None:
            from fasti.store.opening import open_database

            with self._looking() as onlooker:
                self._database = open_database(self._settings.database, self._clock.now().utc_ms, onlooker)
        return self._database

    def desk(self) -> Writer:
        """The learner's place at the database."""
        if self._desk is None:
            from fasti.desk import Desk

            self._desk = Desk(self.database, self._settings.learner, self._rules, self.decks)
        return self._desk

    def prepare(self) -> None:
        """Begin to load the database engine while nothing else is to be done."""
        from threading import Thread

        Thread(target=_load, name="loading the database engine", daemon=True).start()

    def bring_in_step(self) -> Sequence["Report"]:
        """Bring the library in step with its deck files; one without decks gets those that are bundled."""
        database = self.database
        with self._looking() as onlooker:
            return self._in_step(database, onlooker)

    def follow(self) -> Changes:
        """Bring the library in step with what was edited during the sitting, whose screen is drawn on already."""
        return changes_from(self._in_step(self.database, nobody))

    def _in_step(self, database: "Database", onlooker: Onlooker) -> Sequence["Report"]:
        from fasti.library import bring_in_step
        from fasti.shelves import Clock as FileClock

        clock = FileClock(self._clock.now().utc_ms, self._clock.wall_ns())
        learner = self._settings.learner
        return bring_in_step(database, learner, clock, or_bundled=True, onlooker=onlooker)


def _load() -> None:
    import fasti.desk  # noqa: F401 - loading it is what this is for


def changes_from(reports: "Sequence[Report]") -> Changes:
    """What bringing the library in step did, as a sitting wants to know it."""
    return Changes(
        any=bool(reports),
        kept=frozenset(title for report in reports for title in report.kept),
        problems=tuple(
            (problem.place.line, problem.message)
            for report in reports
            for _, problem in report.problems
            if problem.severity == "error"
        ),
    )
