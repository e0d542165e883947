"""Whatever a student does with fasti, on however many computers, what is promised of their progress holds.

How many lives are lived, and how long, `FASTI_TEST_LIVES` and `FASTI_TEST_STEPS` say; see CONTRIBUTING.md.
"""

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from fasti.core.breaks import Break, merged
from fasti.core.days import study_day
from fasti.core.decisions import Decisions, both
from fasti.core.entry_kinds import EntryKind
from fasti.core.exams import Exam
from fasti.errors import FastiError
from fasti.repairing import repair
from fasti.session import Session
from fasti.settings import Settings
from fasti.store import catalogue, plans
from fasti.store.database import connect
from fasti.store.opening import open_database
from fasti.store.tables import metadata
from tests.life.author import DECKS, HAPPENINGS, KINDS, SUBJECTS, Author, DeckOfFacts, Fact
from tests.life.computer import Computer
from tests.life.promises import (
    decks_are_their_files,
    doctor_is_content,
    hold,
    log_is_only_added_to,
    read_log,
    states,
)

LIVES = int(os.environ.get("FASTI_TEST_LIVES") or 12)
PHASES = [Phase.generate] if os.environ.get("FASTI_TEST_SHRINK") == "0" else list(Phase)
STEPS = int(os.environ.get("FASTI_TEST_STEPS") or 25)

START_MS = 1_780_315_200_000
MINUTE_MS = 60_000
DAY_MS = 86_400_000
ME, YOU = "me", "you"

which = st.integers(0, 30)
computers = st.sampled_from([0, 0, 1])
whose = st.sampled_from([ME, ME, ME, YOU])
grades = st.lists(st.integers(0, 5), min_size=1, max_size=6)
decks = st.sampled_from(DECKS)
facts = st.builds(
    Fact,
    kind=st.sampled_from(KINDS),
    subject=st.sampled_from(SUBJECTS),
    wording=st.integers(0, len(HAPPENINGS) - 1),
    year=st.integers(1200, 1999),
    id=st.sampled_from(["", "", "a", "b", "c"]),
)


class Life(RuleBasedStateMachine):
    """A student with two computers and the decks of a teacher, one of whose pupils shares the first computer."""

    first_url: Callable[[Path], str] = staticmethod(lambda folder: f"sqlite:///{folder}/desk/fasti.db")
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        self.folder = Path(self._folder.name)
        for name in ("desk", "laptop", "decks", "shared", "anki"):
            (self.folder / name).mkdir()
        self.now_ms = START_MS
        self.author = Author(self.folder / "decks")
        self.computers = [
            Computer(Settings(self.folder / "desk", type(self).first_url(self.folder), ME)),
            Computer(Settings(self.folder / "laptop", f"sqlite:///{self.folder}/laptop/fasti.db", ME)),
        ]
        for computer in self.computers:
            if computer.settings.sqlite_file is not None:
                shutil.copyfile(self.template, computer.settings.sqlite_file)
                computer.settings.sqlite_file.chmod(0o600)
        self.backups: dict[Path, dict[object, object]] = {}
        self.touched: set[int] = set()

    def teardown(self) -> None:
        try:
            for computer in self.computers:
                doctor_is_content(computer, self.now_ms)
        finally:
            self._folder.cleanup()

    def at(self, number: int) -> Computer:
        """A computer that something is done with; its promises are looked at afterwards."""
        self.touched.add(number)
        return self.computers[number]

    @invariant()
    def promises_are_kept(self) -> None:
        for number in sorted(self.touched):
            hold(self.computers[number], self.now_ms)
            decks_are_their_files(self.computers[number], self.author)
        self.touched.clear()

    # The teacher

    @initialize(first=st.lists(facts, min_size=3, max_size=6, unique_by=lambda fact: fact.subject))
    def a_deck_is_written_and_added(self, first: list[Fact]) -> None:
        self.author.decks["war"] = DeckOfFacts("War", _without_double_ids(first), "war")
        self.author.save("war")
        for number in (0, 1):
            self.at(number).add([self.author.path("war")], self.now_ms, ME)

    @rule(
        name=decks,
        some=st.lists(facts, min_size=1, max_size=4, unique_by=lambda fact: fact.subject),
        at=computers,
    )
    def write_a_deck_and_add_it(self, name: str, some: list[Fact], at: int) -> None:
        if name not in self.author.decks:
            self.author.decks[name] = DeckOfFacts(name.title(), _without_double_ids(some), "")
            self.author.save(name)
        self.at(at).add([self.author.path(name)], self.now_ms, ME)

    @rule(name=decks, fact=facts, place=which)
    def write_a_fact(self, name: str, fact: Fact, place: int) -> None:
        if name in self.author.decks and self.author.may_say(name, fact.subject):
            known = self.author.decks[name].facts
            known.insert(place % (len(known) + 1), fact)
            self.author.decks[name].facts = _without_double_ids(known)
            self._saved(name)

    @rule(
        name=decks,
        place=which,
        wording=st.integers(0, len(HAPPENINGS) - 1),
        subject=st.sampled_from(SUBJECTS),
    )
    def reword_a_fact(self, name: str, place: int, wording: int, subject: str) -> None:
        if fact := self._fact(name, place):
            fact.wording = wording
            if place % 3 == 0 and self.author.may_say(name, subject, ignoring=fact):
                fact.subject = subject
            self._saved(name)

    @rule(name=decks, place=which, wording=st.integers(0, len(HAPPENINGS) - 1), year=st.integers(1200, 1999))
    def edit_a_fact_that_has_an_id(self, name: str, place: int, wording: int, year: int) -> None:
        """Every word of it and its answer may change: where its cards stand does not."""
        fact = self._fact(name, place)
        if fact is None or not fact.id:
            return
        before = [self._standing_of(computer, name, fact) for computer in self.computers]
        fact.wording, fact.year = wording, year
        self._saved(name)

        assert [self._standing_of(computer, name, fact) for computer in self.computers] == before

    @rule(name=decks, place=which, id=st.sampled_from(["", "a", "b", "x"]))
    def give_a_fact_another_id(self, name: str, place: int, id: str) -> None:
        if (fact := self._fact(name, place)) and all(
            other.id != id for other in self.author.decks[name].facts
        ):
            fact.id = id
            self._saved(name)

    @rule(name=decks, place=which, year=st.integers(1200, 1999))
    def correct_an_answer(self, name: str, place: int, year: int) -> None:
        if fact := self._fact(name, place):
            fact.year = year
            self._saved(name)

    @rule(name=decks, place=which)
    def cut_a_fact_out(self, name: str, place: int) -> None:
        if (fact := self._fact(name, place)) and len(self.author.decks[name].facts) > 1:
            self.author.decks[name].facts.remove(fact)
            self._saved(name)

    @rule(name=decks, seed=st.randoms(use_true_random=False))
    def shuffle_a_deck(self, name: str, seed: object) -> None:
        if name in self.author.decks:
            seed.shuffle(self.author.decks[name].facts)  # type: ignore[attr-defined]
            self._saved(name)

    @rule(name=decks, other=decks, place=which)
    def move_a_fact_to_another_deck(self, name: str, other: str, place: int) -> None:
        fact = self._fact(name, place)
        if fact is None or other not in self.author.decks or len(self.author.decks[name].facts) == 1:
            return
        if self.author.may_say(other, fact.subject):
            self.author.decks[name].facts.remove(fact)
            there = self.author.decks[other].facts
            there.append(fact)
            self.author.decks[other].facts = _without_double_ids(there)
            self.author.save(other)
            self._saved(name)

    @rule(
        name=decks,
        title=st.sampled_from(["Wars", "Peace at last", "Goods"]),
        id=st.sampled_from(["", "kept"]),
    )
    def rename_a_deck(self, name: str, title: str, id: str) -> None:
        others = [deck for key, deck in self.author.decks.items() if key != name]
        if name in self.author.decks and all(
            deck.title != title and deck.id != (id or None) for deck in others
        ):
            self.author.decks[name].title = title
            self.author.decks[name].id = id
            self._saved(name)

    @rule(at=computers, place=which)
    def take_a_deck_out(self, at: int, place: int) -> None:
        if (deck := self._deck(at, place)) is not None:
            self.at(at).remove(deck, self.now_ms)

    # The student

    @rule(at=computers, who=whose, given=grades, more=st.sampled_from([0, 0, 4]))
    def review(self, at: int, who: str, given: list[int], more: int) -> None:
        with self.at(at).sitting(who, self.now_ms, more) as session:
            self._answer(session, given)

    @rule(at=computers, who=whose, given=grades, place=which)
    def cram(self, at: int, who: str, given: list[int], place: int) -> None:
        if (deck := self._deck(at, place)) is None:
            return
        before = states(self.at(at), who)
        with self.at(at).cram(who, self.now_ms, deck) as session:
            self._answer(session, given)

        assert {key: state for key, state in states(self.at(at), who).items() if key in before} == before

    @rule(at=computers, who=whose, grade=st.integers(0, 5))
    def answer_take_back_and_answer_again(self, at: int, who: str, grade: int) -> None:
        """What was taken back is as if it had never been, and what is given again as if never taken back."""
        computer = self.at(at)
        with computer.sitting(who, self.now_ms, anyway=True) as session:
            if session.question is None:
                return
            before, asked = states(computer, who), session.question.key
            session.answer(grade, scale=6)
            after = states(computer, who)
            session.undo()
            assert states(computer, who) == before
            assert session.question.key == asked
            session.answer(grade, scale=6)

        assert states(computer, who) == after

    @rule(at=computers, who=whose, times=st.integers(1, 9))
    def undo(self, at: int, who: str, times: int) -> None:
        for _ in range(times):
            if not self.at(at).undo(who, self.now_ms):
                break

    @rule(at=computers, who=whose, what=st.sampled_from(["bury", "suspend", "flag", "skip"]))
    def put_a_card_aside(self, at: int, who: str, what: str) -> None:
        with self.at(at).sitting(who, self.now_ms) as session:
            if session.question is not None:
                session.flag("wrong?") if what == "flag" else getattr(session, what)()

    @rule(at=computers, who=whose, place=which, kind=st.sampled_from([EntryKind.SUSPEND, EntryKind.RESUME]))
    def suspend_or_resume(self, at: int, who: str, place: int, kind: EntryKind) -> None:
        if cards := sorted(states(self.at(at), who)):
            self.at(at).mark(who, self.now_ms, cards[place % len(cards)], kind)

    @rule(at=computers, spread=st.booleans(), new=st.integers(0, 20), hour=st.integers(4, 12))
    def choose_other_settings(self, at: int, spread: bool, new: int, hour: int) -> None:
        computer = self.at(at)
        computer.spread, computer.new_a_day, computer.rollover_hour = spread, new, hour

    @rule(at=computers, who=whose, ahead=st.integers(0, 9), days=st.integers(0, 9))
    def take_a_break(self, at: int, who: str, ahead: int, days: int) -> None:
        first = self._today(at) + ahead
        with (
            open_database(self.at(at).settings.database, self.now_ms) as database,
            database.writing() as connection,
        ):
            known = plans.breaks(connection, who)
            plans.take_off(connection, who, Break(first, first + days), self.now_ms)
            assert plans.breaks(connection, who) == merged([*known, Break(first, first + days)])

    @rule(at=computers, who=whose)
    def take_the_breaks_back(self, at: int, who: str) -> None:
        with (
            open_database(self.at(at).settings.database, self.now_ms) as database,
            database.writing() as connection,
        ):
            for each in plans.breaks(connection, who):
                plans.take_back(connection, who, each, self.now_ms)
            assert plans.breaks(connection, who) == []

    @rule(
        at=computers, who=whose, ahead=st.integers(1, 30), place=which, name=st.sampled_from(["May", "June"])
    )
    def plan_an_exam(self, at: int, who: str, ahead: int, place: int, name: str) -> None:
        if (deck := self._deck(at, place)) is None:
            return
        exam = Exam(name, self._today(at) + ahead, deck)
        with (
            open_database(self.at(at).settings.database, self.now_ms) as database,
            database.writing() as connection,
        ):
            if all(known.name != name for known in plans.exams(connection, who)):
                plans.add_exam(connection, who, exam, self.now_ms)
            else:
                plans.remove_exam(connection, who, name, self.now_ms)

    # Time

    @rule(by=st.sampled_from([1, 30, 300]))
    def minutes_pass(self, by: int) -> None:
        self.now_ms += by * MINUTE_MS

    @rule(by=st.sampled_from([1, 1, 1, 2, 7, 40]))
    def days_pass(self, by: int) -> None:
        self.now_ms += by * DAY_MS

    @rule(by=st.sampled_from([1, 26, 24 * 9]))
    def the_clock_jumps_back(self, by: int) -> None:
        self.now_ms -= by * 60 * MINUTE_MS

    # Other machines, and copies

    @rule(at=computers)
    def sync(self, at: int) -> None:
        self.at(at).sync(self.folder / "shared", self.now_ms)

    @rule()
    def bring_all_machines_in_step(self) -> None:
        for at in (0, 1, 0):
            self.at(at).sync(self.folder / "shared", self.now_ms)

        logs = [{entry for entry in each.entries() if entry.learner == ME} for each in self.computers]
        assert logs[0] == logs[1]
        assert self._plans(0, ME) == self._plans(1, ME)
        assert not self.at(1).sync(self.folder / "shared", self.now_ms).taken.anything

    @rule(at=st.sampled_from([0, 1]))
    def merge(self, at: int) -> None:
        theirs = self.computers[1 - at]
        if theirs.settings.sqlite_file is None:
            return
        before = dict(log_is_only_added_to(theirs))
        planned = [both(self._plans(0, who), self._plans(1, who)) for who in (ME, YOU)]
        self.at(at).merge(theirs.settings.sqlite_file, self.now_ms)

        now = dict(log_is_only_added_to(self.at(at)))
        assert before.items() <= now.items()
        assert [self._plans(at, who) for who in (ME, YOU)] == planned
        assert not self.at(at).merge(theirs.settings.sqlite_file, self.now_ms).anything

    @rule(at=computers)
    def back_up(self, at: int) -> None:
        computer = self.at(at)
        if computer.is_file:
            copy = computer.back_up(self.now_ms)
            self.backups[copy.path] = dict(log_is_only_added_to(computer))  # type: ignore[arg-type]

    @rule(at=computers, place=which)
    def restore(self, at: int, place: int) -> None:
        computer = self.at(at)
        copies = computer.copies() if computer.is_file else []
        if not copies:
            return
        copy, before = copies[place % len(copies)], dict(log_is_only_added_to(computer))
        held = dict(read_log(copy.path, self.now_ms))
        assert held == self.backups.get(copy.path, held)
        aside = computer.restore(copy, self.now_ms)

        assert aside is not None
        assert read_log(aside, self.now_ms) == before
        computer.log = {}
        computer.log = dict(log_is_only_added_to(computer))
        assert computer.log == held

    @rule(at=computers)
    def let_the_doctor_look(self, at: int) -> None:
        from fasti.doctor import examine

        settings, moment = self.at(at).settings, self.at(at).moment(self.now_ms)
        repair(settings, moment, examine(settings, moment))

    @rule(at=computers, to=computers, place=which)
    def go_through_anki(self, at: int, to: int, place: int) -> None:
        if (deck := self._deck(at, place)) is None:
            return
        package = self.folder / "anki" / f"{secrets.token_hex(4)}.apkg"
        self.at(at).export(deck, package, self.now_ms, ME)
        before = dict(log_is_only_added_to(self.at(to)))
        other = package.with_suffix(".yaml")
        try:
            self.at(to).bring_in(package, None if self._has(to, deck) else other, self.now_ms, ME)
        except FastiError:
            return
        # To a clock that was set back, what was answered last is still to come: Anki's places count then.
        if at == to and all(entry.answered_at_ms <= self.now_ms for entry in before.values()):
            assert dict(log_is_only_added_to(self.at(to))) == before

    def _saved(self, name: str) -> None:
        """A deck was edited: both computers follow their files at the next command."""
        self.author.save(name)
        for number in (0, 1):
            self.at(number).follow(self.now_ms)

    def _answer(self, session: Session, given: list[int]) -> None:
        for grade in given:
            if session.question is None:
                break
            session.answer(grade, scale=6, thinking_ms=900)

    def _fact(self, name: str, place: int) -> Fact | None:
        known = self.author.decks[name].facts if name in self.author.decks else []
        return known[place % len(known)] if known else None

    def _deck(self, at: int, place: int) -> str | None:
        with (
            open_database(self.at(at).settings.database, self.now_ms) as database,
            database.reading() as connection,
        ):
            known = [deck.id for deck in catalogue.decks(connection)]
        return known[place % len(known)] if known else None

    def _has(self, at: int, deck: str) -> bool:
        url = self.computers[at].settings.database
        with open_database(url, self.now_ms) as database, database.reading() as connection:
            return any(each.id == deck for each in catalogue.decks(connection))

    def _standing_of(self, computer: Computer, name: str, fact: Fact) -> object:
        """Where the cards of a fact stand that has an id, by what they ask."""
        path = str(self.author.path(name))
        with (
            open_database(computer.settings.database, self.now_ms) as database,
            database.reading() as connection,
        ):
            deck = next((file.deck for file in catalogue.files(connection) if file.path == path), None)
        return {
            key: state for key, state in states(computer, ME).items() if key.startswith(f"{deck}/{fact.id}#")
        }

    def _plans(self, at: int, who: str) -> Decisions:
        url = self.computers[at].settings.database
        with open_database(url, self.now_ms) as database, database.reading() as connection:
            return plans.decisions(connection, who)

    def _today(self, at: int) -> int:
        return study_day(self.computers[at].moment(self.now_ms))


def _without_double_ids(facts: list[Fact]) -> list[Fact]:
    seen: set[str] = set()
    for fact in facts:
        fact.id = "" if fact.id in seen else fact.id
        seen.add(fact.id)
    return facts


def live(life: type[Life], lives: int) -> None:
    run_state_machine_as_test(
        life,
        settings=settings(
            max_examples=lives,
            stateful_step_count=STEPS,
            deadline=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_is_done_every_promise_holds(template: Path) -> None:
    class OnFiles(Life):
        pass

    OnFiles.template = template
    live(OnFiles, LIVES)


def test_the_same_holds_on_a_server(template: Path, schema: str) -> None:
    def emptied(_: Path) -> str:
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        with connect(schema) as database, database.writing() as connection:
            connection.execute(text(f"TRUNCATE {tables}"))
        return schema

    from fasti.store import migrate

    class OnAServer(Life):
        first_url = staticmethod(emptied)

    with connect(schema) as database:
        migrate.upgrade(database, 0)
    OnAServer.template = template
    live(OnAServer, max(LIVES // 4, 1))
