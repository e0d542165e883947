"""The schedule is a cache of the log: whatever happens, it is what the log folds to.

The model here knows nothing of names: it keeps each card's entries with the card.
"""

from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from fasti.core.card_state import CardState
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry, effective, fold_card, last_undoable
from fasti.core.queue import rank_of
from fasti.store import catalogue, reviews
from fasti.store.database import Database
from fasti.store.due import NEW, RETIRED, REVIEW, SUSPENDED, state_from
from fasti.store.enrolment import enrol, refresh_shelves
from fasti.store.folding import STATE
from fasti.store.renaming import rename_cards
from fasti.store.tables import daily, schedule
from tests.conftest import Blank
from tests.store.days_by_hand import counted_by_hand, daily_numbers
from tests.store.making import DAY_MS, Student, a_card, shelve

LEARNERS = ("me", "you")
DEVICES = ("desktop", "laptop")
NOTES = (EntryKind.SUSPEND, EntryKind.RESUME, EntryKind.BURY, EntryKind.FLAG, EntryKind.RESET, EntryKind.CRAM)

# Mostly forwards, sometimes standing still, sometimes set back by an hour or by days.
steps = st.sampled_from([1, 1, 3600_000, DAY_MS, DAY_MS, 7 * DAY_MS, 0, 0, -3600_000, -3 * DAY_MS])
whose = st.tuples(st.sampled_from(LEARNERS), st.sampled_from(DEVICES))
which = st.integers(0, 5)
operations = st.one_of(
    st.tuples(st.just("review"), steps, whose, which, st.integers(0, 5)),
    st.tuples(st.just("review"), steps, whose, which, st.integers(0, 5)),
    st.tuples(st.just("note"), steps, whose, which, st.sampled_from(NOTES)),
    st.tuples(st.just("undo"), steps, whose),
    st.tuples(st.just("rename"), steps, which, which),
    st.tuples(st.just("move"), steps, which, which),
    st.tuples(st.just("take_name"), steps, which, which),
    st.tuples(st.just("exchange"), steps, which, which),
    st.tuples(st.just("add"), steps, which),
    st.tuples(st.just("retire"), steps, which, st.booleans()),
)


class Model:
    """What should be so: each card's name now, whether it is retired, and its entries by learner."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now_ms = 100 * DAY_MS
        self.names = [f"d/f{number}#when" for number in range(4)]
        self.entries: list[dict[str, list[LogEntry]]] = [{who: [] for who in LEARNERS} for _ in self.names]
        with database.writing() as connection:
            asks = {f"f{number}": ["when"] if number < 4 else [] for number in range(6)}
            shelve(connection, "d", asks, learner=None)
            for learner in LEARNERS:
                enrol(connection, learner)
        self.students = {
            (learner, device): Student(database, learner, device)
            for learner in LEARNERS
            for device in DEVICES
        }

    def apply(self, operation: tuple[object, ...]) -> None:
        name, step, *arguments = operation
        assert isinstance(step, int)
        self.now_ms += step
        getattr(self, f"do_{name}")(*arguments)

    def do_review(self, whose: tuple[str, str], which: int, grade: int) -> None:
        self._write(whose, which, EntryKind.REVIEW, grade)

    def do_note(self, whose: tuple[str, str], which: int, kind: EntryKind) -> None:
        self._write(whose, which, kind, None)

    def do_undo(self, whose: tuple[str, str]) -> None:
        learner, device = whose
        log = [
            replace(entry, card=str(number))
            for number, by_learner in enumerate(self.entries)
            for entry in by_learner[learner]
        ]
        own = [entry for entry in effective(log) if entry.device == device]
        expected = max(own, key=lambda entry: entry.seq) if own else last_undoable(log)
        undone = self.students[whose].undo(self.now_ms // DAY_MS, self.now_ms)

        assert (undone is None) == (expected is None)
        if undone and expected:
            assert (undone[0].device, undone[0].seq) == (expected.device, expected.seq)
            with self.database.reading() as connection:
                written = [entry for entry in reviews.entries(connection, learner) if entry.device == device]
            self.entries[int(expected.card)][learner].append(max(written, key=lambda entry: entry.seq))

    def do_rename(self, which: int, free: int) -> None:
        """To a name that no card has now, though one may have had it."""
        number, new = which % len(self.names), f"d/f{free}#when"
        if new not in self.names:
            self._rename({number: new})

    def do_move(self, which: int, free: int) -> None:
        """To another deck, by its name: what was answered counts there from now on."""
        number, new = which % len(self.names), f"e/f{free}#when"
        if new not in self.names:
            self._rename({number: new})

    def do_take_name(self, which: int, other: int) -> None:
        """To the name of another card: the two become one."""
        number, taken = which % len(self.names), other % len(self.names)
        if number != taken:
            self._rename({number: self.names[taken]})
            for learner, entries in self.entries[taken].items():
                self.entries[number][learner] += entries
            del self.names[taken], self.entries[taken]

    def do_exchange(self, one: int, other: int) -> None:
        first, second = one % len(self.names), other % len(self.names)
        self._rename({first: self.names[second], second: self.names[first]})

    def do_add(self, free: int) -> None:
        """A new card, under a name that another may have had."""
        key = f"d/f{free}#when"
        if key not in self.names:
            with self.database.writing() as connection:
                catalogue.save_cards(connection, [a_card("d", f"f{free}")])
                for learner in LEARNERS:
                    enrol(connection, learner)
            self.names.append(key)
            self.entries.append({who: [] for who in LEARNERS})

    def do_retire(self, which: int, gone: bool) -> None:
        with self.database.writing() as connection:
            card = self._card(connection, self.names[which % len(self.names)])
            catalogue.save_cards(connection, [card._replace(retired_ms=1 if gone else None)])
            refresh_shelves(connection, "d")

    def check(self) -> None:
        """Every row of the schedule is what the model's entries fold to, and on the right shelf."""
        with self.database.reading() as connection:
            columns = (schedule.c.learner, schedule.c.card, schedule.c.shelf, schedule.c.rank, *STATE)
            rows = {
                (who, key): rest
                for who, key, *rest in connection.execute(schedule.select().with_only_columns(*columns))
            }
            cards = {card.key: card for card in catalogue.cards(connection, "d")}
        assert set(cards) == set(self.names)
        assert set(rows) == {(who, key) for who in LEARNERS for key in self.names}
        for (who, key), (shelf, rank, *values) in rows.items():
            state, card = state_from(values), cards[key]
            assert state == self._expected(who, self.names.index(key))
            due = REVIEW if state.reviews else NEW
            assert shelf == (RETIRED if card.retired_ms else SUSPENDED if state.suspended else due)
            assert rank == (card.position if state.due_day is None else rank_of(key, state.due_day))

        self._check_days()

    def _check_days(self) -> None:
        """The daily numbers are what the model's entries come to, counted one by one."""
        for learner in LEARNERS:
            cards = {
                self.names[number]: [replace(entry, card="it") for entry in by_learner[learner]]
                for number, by_learner in enumerate(self.entries)
            }
            assert daily_numbers(self.database, learner) == counted_by_hand(cards)

    def _expected(self, learner: str, number: int) -> CardState:
        return fold_card(replace(entry, card="it") for entry in self.entries[number][learner])

    def _write(self, whose: tuple[str, str], which: int, kind: EntryKind, grade: int | None) -> None:
        number, student = which % len(self.names), self.students[whose]
        draft = student.draft(self.names[number], self.now_ms // DAY_MS, grade, kind, self.now_ms)
        entry, state = student.write(draft)
        self.entries[number][whose[0]].append(entry)

        assert state == self._expected(whose[0], number)

    def _rename(self, changes: dict[int, str]) -> None:
        with self.database.writing() as connection:
            known = {number: self._card(connection, self.names[number]) for number in changes}
            pairs = [(known[number].key, known[number]._replace(key=new)) for number, new in changes.items()]
            rename_cards(connection, pairs, self.now_ms)
        for number, new in changes.items():
            self.names[number] = new

    def _card(self, connection: Connection, key: str) -> catalogue.StoredCard:
        card = catalogue.card(connection, key)
        assert card is not None
        return card


ME = ("me", "laptop")


@example(
    [
        ("rename", 1, 1, 4),
        ("review", 1, ME, 0, 4),
        ("review", 1, ME, 1, 4),
        # A name that stands for another card until now.
        ("rename", 1, 0, 1),
    ]
)
@given(st.lists(operations, max_size=30))
@settings(
    max_examples=50,
    deadline=None,
    # The engine stays the same; every example has an empty database of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_schedule_is_what_the_log_folds_to(blank: Blank, history: list[tuple[object, ...]]) -> None:
    with blank() as database:
        model = Model(database)
        for operation in history:
            model.apply(operation)
        model.check()

        assert [model.students[learner, "laptop"].refold() for learner in LEARNERS] == [0, 0]


@given(st.lists(operations, max_size=20))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_schedule_lost_or_spoilt_comes_back_from_the_log(
    blank: Blank, history: list[tuple[object, ...]]
) -> None:
    with blank() as database:
        model = Model(database)
        for operation in history:
            model.apply(operation)
        with database.writing() as connection:
            connection.execute(
                schedule.delete().where(schedule.c.shelf != RETIRED, schedule.c.learner == "me")
            )
            connection.execute(
                schedule.update().values(interval=77, due_day=3, shelf=NEW, folded_ms=0, rank=1)
            )
            connection.execute(daily.delete().where(daily.c.study_day % 3 == 0))
            connection.execute(daily.update().values(answers=daily.c.answers + 2, kept_7=5))
        for learner in LEARNERS:
            model.students[learner, "laptop"].refold()

        model.check()
