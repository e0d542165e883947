"""Machines that share a folder come to the same log, whatever the service does to their files."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fasti.core.breaks import Break
from fasti.core.entry_kinds import EntryKind
from fasti.core.exams import Exam
from fasti.core.log import LogEntry
from fasti.core.log_lines import Header, header_line, line_of
from fasti.core.text import fingerprint
from fasti.desk import this_device
from fasti.store import catalogue, plans, reviews, schedules
from fasti.store.database import Database
from fasti.store.renaming import rename_cards, rename_facts
from fasti.store.tables import schedule
from fasti.sync_files import name_of
from fasti.syncing import Synced, SyncError, sync
from tests.conftest import Blank
from tests.store.making import DAY_MS, Student, shelve

NOW_MS = 1_780_315_200_000
CARDS = ["d/a#when", "d/b#when", "d/c#when"]


NAMED, NAMELESS = '{{"kind":"event","id":"{}"}}', '{"kind":"event"}'


class Machine(Student):
    """A student at one of their machines."""

    def __init__(self, database: Database) -> None:
        with database.writing() as connection:
            shelve(connection, "d", {"a": ["when"], "b": ["when"], "c": ["when"]})
            named = [
                fact._replace(content=NAMED.format(fact.id)) for fact in catalogue.facts(connection, "d")
            ]
            catalogue.save_facts(connection, named)
        super().__init__(database)
        self.device = this_device(database)

    def sync(self, folder: Path, learner: str = "me", **how: Any) -> Synced:
        done = sync(self.database, learner, folder, NOW_MS, **how)
        self.device = this_device(self.database)
        return done

    def everything(self) -> Any:
        with self.database.reading() as connection:
            columns = [column for column in schedule.c if column.name != "folded_ms"]
            rows = connection.execute(schedule.select().with_only_columns(*columns)).all()
            decided = plans.decisions(connection, "me")
            return list(reviews.entries(connection)), sorted(map(tuple, rows)), decided

    def plan(self, days: Break, at_ms: int, *, off: bool) -> None:
        with self.database.writing() as connection:
            (plans.take_off if off else plans.take_back)(connection, "me", days, at_ms)

    def plan_exam(self, at_ms: int, day: int) -> None:
        """An exam on that day; without one it is taken back."""
        with self.database.writing() as connection:
            if day:
                plans.add_exam(connection, "me", Exam("May", day, "d"), at_ms)
            else:
                plans.remove_exam(connection, "me", "May", at_ms)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shared"
    made.mkdir()
    return made


@pytest.fixture
def machines(sqlite_blank: Blank) -> Iterator[list[Machine]]:
    with ExitStack() as stack:
        yield [Machine(stack.enter_context(sqlite_blank())) for _ in range(3)]


which = st.integers(0, 2)
operations = st.one_of(
    st.tuples(st.just("review"), which, which, st.integers(0, 5), st.integers(10, 14)),
    st.tuples(st.just("review"), which, which, st.integers(0, 5), st.integers(10, 14)),
    st.tuples(st.just("undo"), which),
    st.tuples(st.just("plan"), which, st.integers(10, 20), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("exam"), which, st.sampled_from([0, 50, 51])),
    st.tuples(st.just("sync"), which),
    st.tuples(st.just("sync"), which),
    st.tuples(st.just("conflict"), which),
    st.tuples(st.just("cut"), which),
    st.tuples(st.just("lose"), which),
)


@given(st.lists(operations, max_size=20))
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_three_machines_come_to_one_log_whatever_happens_to_the_files(
    sqlite_blank: Blank, tmp_path_factory: pytest.TempPathFactory, history: list[tuple[Any, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("shared")
    with ExitStack() as stack:
        machines = [Machine(stack.enter_context(sqlite_blank())) for _ in range(3)]
        for number, (name, at, *arguments) in enumerate(history):
            machine, own = machines[at], folder / name_of(machines[at].device)
            if name == "review":
                card, grade, day = arguments
                machine.review(CARDS[card], day, grade, at_ms=day * DAY_MS + number)
            elif name == "undo":
                machine.undo(14, at_ms=14 * DAY_MS + number)
            elif name == "plan":
                first, length, off = arguments
                machine.plan(Break(first, first + length), number % 4, off=off)
            elif name == "exam":
                machine.plan_exam(number % 4, *arguments)
            elif name == "sync":
                machine.sync(folder)
            elif own.exists():
                spoil(name, own, number)
        for machine in machines * 2:
            machine.sync(folder)
        results = [machine.everything() for machine in machines]

        assert results[0] == results[1] == results[2]
        assert [machine.refold() for machine in machines] == [0, 0, 0]
        assert [machine.sync(folder)[1:3] for machine in machines] == [(0, 0)] * 3


def spoil(how: str, own: Path, number: int) -> None:
    """What services and disks do to files."""
    content = own.read_bytes()
    if how == "conflict":
        own.with_name(f"{own.stem} (conflicted copy {number}).jsonl").write_bytes(content[:-7])
    elif how == "cut":
        own.write_bytes(content[: len(content) * 2 // 3])
    else:
        own.unlink()


def meets(machine: Machine, id: str, seen_ms: int, *, named: bool = False) -> None:
    """Let the machine know the fact `b` under another id, as if it had met it with other words."""
    with machine.database.writing() as connection:
        fact = catalogue.fact_of_id(connection, "d", "b")
        assert fact
        content = NAMED.format(id) if named else NAMELESS
        new = fact._replace(id=id, first_seen_ms=seen_ms, content=content)
        rename_facts(connection, [("d", "b", new)])
        (card,) = catalogue.cards_of_fact(connection, "d", id)
        rename_cards(connection, [(card.key, card._replace(key=f"d/{id}#when", fact=id))], 0)
        connection.exec_driver_sql("DELETE FROM alias")


MEETS_NOW = "the-b-" + fingerprint("d", "event", "the b")
"""The id that a machine gives to the fact `b` that meets it with its present words."""


@pytest.mark.parametrize(
    ("one_calls_it", "other_calls_it", "name"),
    [
        # One met it before it was reworded: whoever met it since calls it as that one does.
        (("old", 5), (MEETS_NOW, 3), "old"),
        ((MEETS_NOW, 3), ("old", 5), "old"),
        # Both met it before, each with other words: whoever met it first decides.
        (("old", 5), ("older", 3), "older"),
        (("old", 3), ("older", 3), "old"),
    ],
)
@pytest.mark.parametrize("in_turn", [(0, 1, 0, 1, 0), (1, 0, 0, 1, 0), (0, 0, 1, 1, 0)])
def test_a_fact_that_machines_met_under_other_words_is_one_fact(
    machines: list[Machine],
    folder: Path,
    one_calls_it: tuple[str, int],
    other_calls_it: tuple[str, int],
    name: str,
    in_turn: tuple[int, ...],
) -> None:
    both = machines[:2]
    for place, (machine, calls_it) in enumerate(zip(both, (one_calls_it, other_calls_it), strict=True)):
        meets(machine, *calls_it)
        machine.review(f"d/{calls_it[0]}#when", 10 + place, 5)
    for place in (*in_turn, 1, 0):
        both[place].sync(folder)

    states = []
    for machine in both:
        with machine.database.reading() as connection:
            assert catalogue.fact_of_id(connection, "d", name)
            states.append(schedules.state(connection, "me", f"d/{name}#when"))
        assert machine.refold() == 0
        assert not machine.sync(folder).taken.anything
    assert states[0] == states[1]
    assert states[0].reviews == 2


def test_a_fact_that_its_author_named_keeps_its_name(machines: list[Machine], folder: Path) -> None:
    one, other, _ = machines
    meets(one, "old", 3)
    meets(other, "named", 5, named=True)
    one.review("d/old#when", 10, 5)
    other.review("d/named#when", 11, 5)
    for machine in (one, other, one):
        machine.sync(folder)

    with other.database.reading() as connection:
        assert catalogue.fact_of_id(connection, "d", "named")
        assert catalogue.fact_of_id(connection, "d", "old") is None


def test_what_one_machine_answers_the_other_knows(machines: list[Machine], folder: Path) -> None:
    one, other, _ = machines
    one.review(CARDS[0], 10, 5)
    assert one.sync(folder).sent == 1
    done = other.sync(folder)

    assert (done.taken.answers, done.sent) == (1, 0)
    with other.database.reading() as connection:
        assert schedules.state(connection, "me", CARDS[0]).due_day == 11
    assert not other.sync(folder).taken.anything


def test_plans_travel_and_what_one_machine_takes_back_stays_so(machines: list[Machine], folder: Path) -> None:
    one, other, _ = machines
    one.plan(Break(10, 20), 1, off=True)
    one.plan_exam(1, 60)
    assert one.sync(folder)[1:3] == (0, 2)
    came = other.sync(folder)
    other.plan(Break(10, 20), 2, off=False)
    other.plan_exam(2, 0)
    other.sync(folder)
    gone = one.sync(folder)

    assert (came.taken.breaks, came.taken.exams, came.plans_sent) == (1, 1, 0)
    assert (gone.taken.breaks_gone, gone.taken.exams_gone) == (1, 1)
    for machine in (one, other):
        with machine.database.reading() as connection:
            assert (plans.breaks(connection, "me"), plans.exams(connection, "me")) == ([], [])
        assert not machine.sync(folder).taken.anything


def test_what_only_a_newer_version_understands_is_told_and_stays(
    machines: list[Machine], folder: Path
) -> None:
    one, other, _ = machines
    one.review(CARDS[0], 10, 5)
    own = one.sync(folder).own
    newer = ['{"at":5,"kind":"dream","card":"d/a#when","of":["x"]}', '{ "at": 7, "mood": "calm" }']
    own.write_text(own.read_text() + "\n".join([*newer, ""]))
    done = other.sync(folder)

    assert [(file.unknown, file.bad) for file in done.troubled] == [(2, ())]
    assert done.taken.answers == 1
    # The machine that wrote them went back to this version: what is its own file keeps them.
    one.review(CARDS[1], 11, 5)
    one.sync(folder)
    assert set(newer) <= set(own.read_text().splitlines())


def test_a_file_that_is_as_it_was_is_not_written(machines: list[Machine], folder: Path) -> None:
    one, *_ = machines
    one.review(CARDS[0], 10, 5)
    own = one.sync(folder).own
    before = own.stat().st_mtime_ns, own.stat().st_ino
    one.sync(folder)

    assert (own.stat().st_mtime_ns, own.stat().st_ino) == before
    assert [path.name for path in folder.iterdir()] == [own.name]


def test_a_file_grows_at_its_end(machines: list[Machine], folder: Path) -> None:
    one, *_ = machines
    one.review(CARDS[0], 10, 5)
    before = one.sync(folder).own.read_bytes()
    one.review(CARDS[1], 11, 5)

    assert one.sync(folder).own.read_bytes().startswith(before)


@pytest.mark.parametrize(
    "name",
    [
        "{stem} (conflicted copy 2026-06-01).jsonl",
        "{stem}.sync-conflict-20260601-101112-ABCDEFG.jsonl",
        "{stem} (1).jsonl",
        "{stem}-DESKTOP-7.jsonl",
        "{stem}.jsonl.orig",
    ],
)
def test_copies_of_a_service_are_taken_in_and_may_be_deleted_then(
    machines: list[Machine], folder: Path, name: str
) -> None:
    one, other, _ = machines
    one.review(CARDS[0], 10, 5)
    own = one.sync(folder).own
    copy = folder / name.format(stem=own.stem)
    own.rename(copy)
    done = other.sync(folder)

    assert done.taken.answers == 1
    assert list(done.copies) == [copy]
    assert copy.exists()
    copy.unlink()
    assert machines[2].sync(folder).taken.answers == 1


def test_both_sides_of_a_git_merge_are_read(machines: list[Machine], folder: Path) -> None:
    one, other, _ = machines
    one.review(CARDS[0], 10, 5)
    one.review(CARDS[1], 10, 5)
    own = one.sync(folder).own
    header, first, second = own.read_text().splitlines()
    own.write_text(f"{header}\n<<<<<<< HEAD\n{first}\n=======\n{second}\n>>>>>>> theirs\n")
    done = other.sync(folder)

    assert done.taken.answers == 2
    assert [file.marked for file in done.files] == [True]
    assert not done.troubled


def test_a_machine_put_back_to_a_backup_gets_its_answers_again_and_goes_on_under_another_name(
    machines: list[Machine], folder: Path
) -> None:
    one, *_ = machines
    one.review(CARDS[0], 10, 5)
    one.review(CARDS[1], 10, 5)
    before, device = one.sync(folder).own, one.device
    with one.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM review_log WHERE seq = 2")
        connection.exec_driver_sql("UPDATE device SET last_seq = 1")
    done = one.sync(folder)

    assert (done.taken.answers, done.taken.renewed) == (1, True)
    assert one.device != device
    one.review(CARDS[2], 11, 5)
    assert one.sync(folder).own != before
    assert before.exists()


def test_two_machines_that_write_under_one_name_lose_nothing(machines: list[Machine], folder: Path) -> None:
    one, two, three = machines
    with two.database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE device SET id = '{one.device}' WHERE id = '{two.device}'")
    two.device = one.device
    one.review(CARDS[0], 10, 5)
    two.review(CARDS[1], 10, 4)
    for machine in (one, two, one, two, three):
        machine.sync(folder)

    assert one.device != two.device
    assert one.everything() == two.everything() == three.everything()
    assert len(three.everything()[0]) == 2


ENTRY = LogEntry("x", 1, "me", CARDS[0], EntryKind.REVIEW, 4, 4, DAY_MS * 10, 0, 10, None, None)


def a_file(folder: Path, *lines: str, name: str = "fasti-x.jsonl", learner: str = "me") -> Path:
    path = folder / name
    path.write_text("\n".join([header_line(Header("x", learner, "phone")), *lines]) + "\n")
    return path


def test_another_learners_file_is_left_alone_unless_that_is_the_same_person(
    machines: list[Machine], folder: Path
) -> None:
    path = a_file(folder, line_of(ENTRY), learner="anna")
    before = path.read_bytes()
    done = machines[0].sync(folder)

    assert (done.taken.anything, [file.path for file in done.foreign]) == (False, [path])
    assert path.read_bytes() == before
    assert machines[0].sync(folder, known_as="anna").taken.answers == 1


def test_a_name_that_another_learner_writes_under_is_not_taken_from_them(
    machines: list[Machine], folder: Path
) -> None:
    one, *_ = machines
    one.review(CARDS[0], 10, 5)
    mine = one.sync(folder).own
    before = mine.read_bytes()
    done = one.sync(folder, learner="anna")

    assert done.own != mine
    assert mine.read_bytes() == before
    assert one.sync(folder, learner="anna").own == done.own


@pytest.mark.parametrize(
    ("spoilt", "answers", "said"),
    [
        ("", 0, "unreadable"),
        ("nonsense\n", 0, "unreadable"),
        ('{"fasti":"log","version":9}\n', 0, "newer"),
        ("HEADER\nENTRY", 1, "nothing"),
        ("HEADER\nENTRY\nENTR", 1, "cut"),
        ("HEADER\nnonsense\nENTRY\n", 1, "bad"),
        ("HEADER\n" + "x" * 300_000 + "\nENTRY\n", 1, "bad"),
        ("HEADER\n\n\nENTRY\r\n", 1, "nothing"),
        ("\ufeffHEADER\nENTRY\n", 1, "nothing"),
        ("<<<<<<< HEAD\nHEADER\nENTRY\n", 1, "nothing"),
        ("HEADER\n\x00\x01\x02\nENTRY\n", 1, "bad"),
    ],
)
def test_a_spoilt_file_gives_what_can_be_read_and_is_left_as_it_is(
    machines: list[Machine], folder: Path, spoilt: str, answers: int, said: str
) -> None:
    path = folder / "fasti-x.jsonl"
    text = spoilt.replace("HEADER", header_line(Header("x", "me", "phone"))).replace("ENTRY", line_of(ENTRY))
    path.write_bytes(text.encode())
    done = machines[0].sync(folder)
    (file,) = done.files

    assert done.taken.answers == answers
    told = {"newer": file.newer, "cut": file.cut, "bad": bool(file.bad), "unreadable": bool(file.unreadable)}
    assert {name for name, true in told.items() if true} == ({said} - {"nothing"})
    assert path.read_bytes() == text.encode()


def test_numbers_that_two_files_give_to_different_answers_are_both_kept(
    machines: list[Machine], folder: Path
) -> None:
    a_file(folder, line_of(ENTRY))
    a_file(folder, line_of(replace(ENTRY, grade=5, study_day=11)), name="fasti-x (1).jsonl")

    assert machines[0].sync(folder).taken.answers == 2
    assert not machines[0].sync(folder).taken.anything


def test_what_is_no_folder_is_a_sentence(machines: list[Machine], folder: Path) -> None:
    (folder / "file").write_text("")
    with pytest.raises(SyncError, match="there is no folder"):
        machines[0].sync(folder / "none")
    with pytest.raises(SyncError, match="is a file") as refused:
        machines[0].sync(folder / "file")
    assert str(folder) in (refused.value.hint or "")


def test_decks_that_are_not_here_are_named_until_they_come_and_their_answers_are_there_then(
    machines: list[Machine], folder: Path
) -> None:
    one, other, _ = machines
    with one.database.writing() as connection:
        shelve(connection, "war", {"ypres": ["when"]})
    one.review("war/ypres#when", 10, 5)
    one.sync(folder)

    first, again = other.sync(folder), other.sync(folder)
    (folder / "war.yaml").write_text("deck: War\nfacts: []\n")
    there = other.sync(folder)
    with other.database.writing() as connection:
        shelve(connection, "war", {"ypres": ["when"]})
        assert schedules.state(connection, "me", "war/ypres#when").due_day == 11

    assert [(done.lacking, done.brings_decks) for done in (first, again, there)] == [
        ({"war": 1}, False),
        ({"war": 1}, False),
        ({"war": 1}, True),
    ]
    assert other.sync(folder).lacking == {}
    assert one.sync(folder).lacking == {}


def test_a_missing_deck_that_comes_with_the_program_is_known_as_such(
    machines: list[Machine], folder: Path
) -> None:
    one, other, _ = machines
    with one.database.writing() as connection:
        shelve(connection, "cold-war-origins", {"yalta": ["when"]})
    one.review("cold-war-origins/yalta#when", 10, 5)
    one.sync(folder)

    assert other.sync(folder).shipped == ["cold-war-origins"]
