"""Progress from several machines becomes one, whichever takes in the other."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fasti.core.breaks import Break
from fasti.core.entry_kinds import IMPORTED, EntryKind
from fasti.core.exams import Exam
from fasti.core.log import Adopted, LogEntry
from fasti.desk import this_device
from fasti.merging import MergeError, Source, Taken, databases_at, merge, take_in
from fasti.store import catalogue, plans, refolding, reviews, schedules
from fasti.store.copies import copies
from fasti.store.database import Database
from fasti.store.names import Alias, aliases
from fasti.store.tables import schedule
from tests.conftest import Blank
from tests.store.making import DAY_MS, Student, shelve

NOW_MS = 1_780_315_200_000
FACTS = {"a": ["when", "what"], "b": ["when"]}
CARDS = ["d/a#when", "d/a#what", "d/b#when", "d/old#when", "gone/x#when"]


@pytest.fixture
def blank(sqlite_blank: Blank) -> Blank:
    return sqlite_blank


@st.composite
def log_entries(draw: st.DrawFn) -> LogEntry:
    """Any entry: clocks run backwards, undos name anything, numbers collide, some came from Anki."""
    kind = draw(st.sampled_from([*EntryKind, EntryKind.REVIEW, EntryKind.REVIEW, EntryKind.UNDO]))
    undo, adopt = kind is EntryKind.UNDO, kind is EntryKind.ADOPT
    graded = kind in (EntryKind.REVIEW, EntryKind.DRILL, EntryKind.CRAM)
    return LogEntry(
        device=draw(st.sampled_from(["laptop", "phone", "anki-x"])),
        seq=draw(st.integers(1, 8)),
        learner=draw(st.sampled_from(["me", "you"])),
        card=draw(st.sampled_from(CARDS)),
        kind=kind,
        grade=draw(st.integers(0, 5)) if graded else None,
        scale=6 if graded else None,
        answered_at_ms=draw(st.integers(1, 40)) * DAY_MS,
        utc_offset_min=0,
        study_day=draw(st.integers(100, 130)),
        thinking_ms=None,
        answer=None,
        due_offset=0,
        target_device=draw(st.sampled_from(["laptop", "phone"])) if undo else None,
        target_seq=draw(st.integers(1, 8)) if undo else None,
        profile=IMPORTED if adopt else draw(st.sampled_from(["sm2/text", IMPORTED])) if graded else None,
        adopted=Adopted(2, 6, 250, 0, draw(st.integers(100, 140))) if adopt else None,
    )


changes = st.lists(
    st.builds(
        Alias,
        key=st.sampled_from(["d/old#when", "d/older#when"]),
        at_ms=st.integers(1, 40).map(lambda day: day * DAY_MS),
        card=st.sampled_from(["d/a#when", "d/b#when", "d/old#when"]),
    ).filter(lambda change: change.key != change.card),
    max_size=3,
)
copies_of_a_log = st.tuples(*[st.tuples(st.lists(log_entries(), max_size=10), changes)] * 3)


@given(copies_of_a_log)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_merges_in_every_order_give_one_log_and_one_schedule(
    blank: Blank, held: Sequence[tuple[list[LogEntry], list[Alias]]]
) -> None:
    results = []
    for order in permutations(held):
        with blank() as database:
            stock(database)
            for entries, moves in order:
                take(database, entries, moves)
            results.append(everything(database))
    # One machine that has taken in a second one is taken in by the third.
    with ExitStack() as stack:
        first, second = (stack.enter_context(blank()) for _ in range(2))
        for database in (first, second):
            stock(database)
        for entries, moves in held[:2]:
            take(first, entries, moves)
        take(second, *held[2])
        with first.reading() as connection:
            both = list(reviews.entries(connection)), aliases(connection)
        take(second, *both)
        results.append(everything(second))
        assert take(second, *both) == Taken()
        results.append(everything(second))

    assert all(result == results[0] for result in results)


def stock(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", FACTS, learner="me")


def take(database: Database, entries: Sequence[LogEntry], moves: Sequence[Alias]) -> Taken:
    with database.writing() as connection:
        taken = take_in(connection, database, "me", Source(entries, moves))
        assert refolding.refold(connection, "me") == 0
    return taken


def everything(database: Database) -> Any:
    with database.reading() as connection:
        rows = connection.execute(schedule.select().order_by(schedule.c.learner, schedule.c.card)).all()
        return list(reviews.entries(connection)), aliases(connection), [tuple(row) for row in rows]


# Two files


@pytest.fixture
def mine(blank: Blank) -> Any:
    with blank() as database:
        stock(database)
        yield Student(database)


@pytest.fixture
def theirs(blank: Blank) -> Any:
    with blank() as database:
        stock(database)
        yield Student(database, device="phone")


def path_of(student: Student) -> Path:
    assert student.database.file is not None
    return student.database.file


def bring(mine: Student, theirs: Student, **how: Any) -> Taken:
    return merge(mine.database, mine.learner, path_of(theirs), NOW_MS, **how)


def test_answers_of_both_machines_count(mine: Student, theirs: Student) -> None:
    mine.review("d/a#when", 10, 5)
    theirs.review("d/a#when", 11, 5)
    theirs.review("d/b#when", 11, 4)
    theirs.review("d/b#when", 12, 4)
    theirs.undo(12)
    taken = bring(mine, theirs)

    assert (taken.answers, taken.days, taken.cards, taken.notes, taken.moved) == (3, 2, 2, 1, 2)
    with mine.database.reading() as connection:
        assert schedules.state(connection, "me", "d/a#when").reviews == 2
        assert schedules.state(connection, "me", "d/b#when").reviews == 1
    assert bring(mine, theirs) == Taken()
    assert [copy.why for copy in copies(path_of(mine))] == ["before-merge", "before-merge"]


def test_a_dry_run_says_the_same_and_changes_nothing(mine: Student, theirs: Student) -> None:
    theirs.review("d/a#when", 11)
    before = everything(mine.database)
    told = bring(mine, theirs, dry_run=True)

    assert everything(mine.database) == before
    assert copies(path_of(mine)) == []
    assert bring(mine, theirs) == told


def test_answers_to_a_deck_that_is_not_here_wait_for_it(mine: Student, theirs: Student) -> None:
    with theirs.database.writing() as connection:
        shelve(connection, "war", {"ypres": ["when"]})
    theirs.review("war/ypres#when", 10, 5)
    taken = bring(mine, theirs)

    assert dict(taken.waiting) == {"war": 1}
    with mine.database.writing() as connection:
        shelve(connection, "war", {"ypres": ["when"]})
        assert schedules.state(connection, "me", "war/ypres#when").due_day == 11


def test_another_learner_keeps_a_name_of_their_own_or_is_the_same_person(
    mine: Student, theirs: Student
) -> None:
    theirs.learner = "anna"
    theirs.review("d/a#when", 10, 5)

    told = bring(mine, theirs, dry_run=True)
    assert (told.answers, dict(told.others)) == (0, {"anna": 1})
    assert bring(mine, theirs, known_as="anna").answers == 1
    with mine.database.reading() as connection:
        assert schedules.state(connection, "me", "d/a#when").reviews == 1
        assert schedules.state(connection, "anna", "d/a#when").reviews == 0
    assert bring(mine, theirs, known_as="anna") == Taken()


def test_plans_come_along(mine: Student, theirs: Student) -> None:
    for at_ms, student, day, off in ((1, mine, 70, Break(1, 5)), (2, theirs, 60, Break(4, 9))):
        with student.database.writing() as connection:
            plans.take_off(connection, "me", off, at_ms)
            plans.add_exam(connection, "me", Exam("May", day, "d"), at_ms)
    taken = bring(mine, theirs)
    bring(theirs, mine)

    assert (taken.breaks, taken.exams) == (1, 1)
    for student in (mine, theirs):
        with student.database.reading() as connection:
            assert plans.breaks(connection, "me") == [Break(1, 9)]
            assert [exam.day for exam in plans.exams(connection, "me")] == [60]


def test_what_was_taken_back_after_a_merge_stays_so(mine: Student, theirs: Student) -> None:
    with theirs.database.writing() as connection:
        plans.take_off(connection, "me", Break(1, 5), 1)
        plans.add_exam(connection, "me", Exam("May", 60, "d"), 1)
        plans.take_off(connection, "anna", Break(7, 9), 1)
    bring(mine, theirs)
    with mine.database.writing() as connection:
        plans.take_back(connection, "me", Break(1, 5), 2)
        plans.remove_exam(connection, "me", "May", 2)
    assert bring(mine, theirs) == Taken()
    told = bring(theirs, mine)

    assert (told.breaks_gone, told.exams_gone, told.breaks, told.exams) == (1, 1, 0, 0)
    for student in (mine, theirs):
        with student.database.reading() as connection:
            assert (plans.breaks(connection, "me"), plans.exams(connection, "me")) == ([], [])
            assert plans.breaks(connection, "anna") == [Break(7, 9)]


def test_a_change_of_name_counts_for_both(mine: Student, theirs: Student) -> None:
    """The other machine followed a fact to its new id; this one has the deck from before."""
    from fasti.store.renaming import rename_cards, rename_facts

    theirs.review("d/b#when", 10, 5)
    with theirs.database.writing() as connection:
        fact = catalogue.fact_of_id(connection, "d", "b")
        assert fact
        rename_facts(connection, [("d", "b", fact._replace(id="c", key="in other words"))])
        (card,) = catalogue.cards_of_fact(connection, "d", "c")
        rename_cards(connection, [(card.key, card._replace(key="d/c#when", fact="c"))], 10 * DAY_MS)
    theirs.review("d/c#when", 20, 5)
    bring(mine, theirs)

    # Its name here is the old one: what was answered under that counts until the deck comes.
    with mine.database.reading() as connection:
        assert schedules.state(connection, "me", "d/b#when").reviews == 1
    bring(theirs, mine)
    with theirs.database.reading() as connection:
        assert schedules.state(connection, "me", "d/c#when").reviews == 2


def reworded(student: Student, id: str, seen_ms: int, named: bool = False) -> None:
    """Let the fact `b` have another id, as on a machine that met it under other words."""
    with student.database.writing() as connection:
        fact = catalogue.fact_of_id(connection, "d", "b")
        assert fact
        from fasti.store.renaming import rename_cards, rename_facts

        content = f'{{"kind":"event","id":"{id}"}}' if named else fact.content
        new = fact._replace(id=id, first_seen_ms=seen_ms, content=content)
        rename_facts(connection, [("d", "b", new)])
        (card,) = catalogue.cards_of_fact(connection, "d", id)
        rename_cards(connection, [(card.key, card._replace(key=f"d/{id}#when", fact=id))], 0)
        connection.exec_driver_sql("DELETE FROM alias")


@pytest.mark.parametrize(
    ("here", "there", "name"),
    [
        (("x", 5, False), ("y", 3, False), "y"),
        (("x", 3, False), ("y", 5, False), "x"),
        (("x", 9, True), ("y", 3, False), "x"),
    ],
)
def test_a_fact_that_two_machines_met_under_other_words_is_one_fact(
    mine: Student, theirs: Student, here: tuple[str, int, bool], there: tuple[str, int, bool], name: str
) -> None:
    reworded(mine, *here)
    reworded(theirs, *there)
    mine.review(f"d/{here[0]}#when", 10, 5)
    theirs.review(f"d/{there[0]}#when", 11, 5)
    bring(mine, theirs)
    bring(theirs, mine)

    states = []
    for student in (mine, theirs):
        with student.database.reading() as connection:
            assert catalogue.fact_of_id(connection, "d", name)
            states.append(schedules.state(connection, "me", f"d/{name}#when"))
        assert student.refold() == 0
        assert bring(student, theirs if student is mine else mine) == Taken()
    assert states[0] == states[1]
    assert states[0].reviews == 2


def test_two_machines_that_went_on_under_one_name_are_told_apart(mine: Student, theirs: Student) -> None:
    with mine.database.writing() as connection:
        device = this_device(mine.database, connection)
    mine.device = device
    mine.review("d/a#when", 10, 5)
    entry = LogEntry(device, 1, "me", "d/b#when", EntryKind.REVIEW, 4, 4, 11 * DAY_MS, 0, 11, None, None)
    taken = take(mine.database, [entry, replace(entry, seq=2, study_day=12)], [])

    assert taken.renewed
    assert taken.answers == 2
    with mine.database.reading() as connection:
        assert len({(e.device, e.seq) for e in reviews.entries(connection)}) == 3


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "none.db", "there is no"),
        (lambda folder: folder, "no other database"),
        (lambda folder: sync_folder(folder), "fasti sync"),
        (lambda folder: sync_folder(folder) / "fasti-a.jsonl", "fasti sync"),
    ],
)
def test_what_holds_no_database_is_refused_with_what_to_do(
    mine: Student, tmp_path: Path, make: Any, said: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    with pytest.raises(MergeError) as caught:
        databases_at(make(folder), mine.database)

    assert said in f"{caught.value} {caught.value.hint}"


def sync_folder(folder: Path) -> Path:
    (folder / "fasti-a.jsonl").write_text("{}\n")
    return folder


def test_a_folder_gives_the_databases_in_it_but_not_this_one(mine: Student, theirs: Student) -> None:
    folder = path_of(mine).parent
    (folder / "notes.txt").write_text("notes")

    assert databases_at(folder, mine.database) == [path_of(theirs)]
    with pytest.raises(MergeError, match="this very database"):
        databases_at(path_of(mine), mine.database)
