"""The look at the file says what the engine says."""

import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from fasti.core.breaks import Break
from fasti.core.entry_kinds import EntryKind
from fasti.core.exams import Exam
from fasti.store import catalogue, daily, peek_statements, plans, schedules
from fasti.store.catalogue import StoredFile
from fasti.store.database import Database
from fasti.store.due import EXACT, REVIEW
from fasti.store.enrolment import enrol
from fasti.store.faces import card_from
from fasti.store.peek import glimpse
from fasti.store.tables import schedule
from tests.conftest import Blank
from tests.store.making import Student, a_deck, facts, shelve

KINDS = st.sampled_from(
    [EntryKind.REVIEW] * 5
    + [EntryKind.BURY, EntryKind.SUSPEND, EntryKind.RESUME, EntryKind.RESET, EntryKind.UNDO]
)
answers = st.lists(st.tuples(st.integers(0, 11), KINDS, st.integers(0, 5), st.integers(0, 3)), max_size=40)
TODAY = 12
EXAMS = [
    Exam("war", 20, "war"),
    Exam("art", 15, "art", unit="", tag="old"),
    Exam("law", 25, "law", unit="One", days=3),
    Exam("gone", 30, "nowhere"),
]


def file_of(database: Database) -> Path:
    assert database.file is not None
    return database.file


@pytest.fixture
def database(sqlite_blank: Blank) -> Iterator[Database]:
    with sqlite_blank() as database:
        yield database


def library(database: Database) -> list[str]:
    """Three decks of four cards; the names of these."""
    with database.writing() as connection:
        for place, deck in enumerate(("war", "art", "law")):
            shelve(connection, deck, {"one": ["when", "what"], "two": ["when"], "three": ["when"]})
            catalogue.save_deck(connection, a_deck(deck, place))
            catalogue.save_file(
                connection, StoredFile(f"{deck}.yaml", deck, 10 + place, 2**62, "d", "1.1", 0)
            )
        return [
            card.key for deck in catalogue.decks(connection) for card in catalogue.cards(connection, deck.id)
        ]


@given(answers, st.sampled_from([None, ["war"], ["law", "art"], []]), st.integers(0, 12), st.integers(0, 2))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_look_at_the_file_says_what_the_engine_says(
    sqlite_blank: Blank,
    answered: list[tuple[int, EntryKind, int, int]],
    decks: list[str] | None,
    limit: int,
    gone: int,
) -> None:
    with sqlite_blank() as database:
        keys = library(database)
        student = Student(database)
        for which, kind, grade, step in answered:
            day = TODAY - 3 + step
            if kind is EntryKind.UNDO:
                student.undo(day)
            else:
                student.write(
                    student.draft(keys[which], day, grade if kind is EntryKind.REVIEW else None, kind)
                )
        with database.writing() as connection:
            catalogue.retire_facts(connection, "war", ["one", "two"][:gone], 1)
            catalogue.save_deck(connection, a_deck("art", 1, removed_ms=1 if gone == 2 else None))
            for days in (Break(14, 17), Break(20, 24), Break(25, 30)):
                plans.take_off(connection, "me", days, days.first_day)
            plans.take_back(connection, "me", Break(16, 17), 99)
            plans.take_off(connection, "you", Break(1, 2), 1)
            plans.add_exam(connection, "me", EXAMS[0]._replace(name="taken back"), 1)
            plans.remove_exam(connection, "me", "taken back", 2)
            for exam in EXAMS:
                plans.add_exam(connection, "me", exam, 1)
            plans.add_exam(connection, "you", EXAMS[0], 1)
        path = file_of(database)
        with database.reading() as connection, glimpse(path) as look:
            assert look is not None
            seen = look.glance("me", TODAY, decks=decks, limit=limit)
            assert seen is not None
            assert (seen.due, seen.new) == schedules.candidates(connection, "me", decks, TODAY, limit)
            assert seen.today == schedules.answered_today(connection, "me", TODAY, decks)
            assert look.next_due("me", TODAY, decks) == schedules.next_due(connection, "me", TODAY, decks)
            for most in (0, 1, 3, EXACT):
                due = schedules.due_until(connection, "me", TODAY, most, decks)
                assert look.due_until("me", TODAY, most, decks) == due <= most
            assert seen.last_day == schedules.last_day(connection, "me")
            assert seen.decks == [deck[:2] for deck in catalogue.decks(connection)] == look.decks()
            assert seen.files == [
                (f.path, f.size, f.mtime_ns, f.digest, f.version) for f in catalogue.files(connection)
            ]
            assert look.files() == seen.files
            assert look.counts("me", TODAY) == schedules.counts(connection, "me", TODAY)
            assert look.next_due("me", TODAY - 2) == schedules.next_due(connection, "me", TODAY - 2)
            for days in ((0, 40), (TODAY, TODAY), (TODAY + 1, 400)):
                by_day = schedules.due_by_day(connection, "me", *days, decks)
                assert look.due_by_day("me", *days, decks) == by_day == one_by_one(connection, days, decks)
            for first_day in (0, TODAY - 2, TODAY + 9):
                assert look.days("me", first_day, decks) == daily.days(connection, "me", first_day, decks)
            assert look.days_studied("me", decks) == daily.days_studied(connection, "me", decks)
            assert look.days("you", 0) == []
            assert look.breaks("me") == plans.breaks(connection, "me") == [Break(14, 15), Break(20, 30)]
            assert look.exams("me") == plans.exams(connection, "me") == sorted(EXAMS, key=lambda e: e.day)
            for exam in EXAMS:
                seen_cards = look.exam_cards("me", exam)
                assert seen_cards is not None
                assert sorted(seen_cards) == sorted(schedules.exam_cards(connection, "me", exam))
            for key in keys:
                assert look.card_face("me", key) == schedules.card_face(connection, "me", key)


def one_by_one(connection: Connection, days: tuple[int, int], decks: list[str] | None) -> dict[int, int]:
    """The cards that come due on each day, told from every row of the schedule."""
    here = [deck.id for deck in catalogue.decks(connection) if decks is None or deck.id in decks]
    rows = connection.execute(schedule.select().where(schedule.c.learner == "me", schedule.c.shelf == REVIEW))
    found = Counter(max(row.due_day, row.buried_until, days[0]) for row in rows if row.deck in here)
    return {day: number for day, number in sorted(found.items()) if day <= days[1]}


def test_a_pile_is_seen_alike(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", facts(EXACT + 5, ("when", "what")))
        values = {"shelf": 1, "due_day": 5, "reviews": 1, "first_day": 1, "last_day": 1}
        connection.execute(schedule.update().values(values))
    with database.reading() as connection, glimpse(file_of(database)) as look:
        assert look is not None
        assert look.counts("me", 9) == schedules.counts(connection, "me", 9)
        seen = look.glance("me", 9, decks=None, limit=EXACT + 1)
        assert seen is not None
        assert (seen.due, seen.new) == schedules.candidates(connection, "me", None, 9, EXACT + 1)
        assert len(seen.due) > EXACT


def test_the_first_card_can_be_made_of_what_is_seen(database: Database) -> None:
    library(database)
    with glimpse(file_of(database)) as look:
        face = look and look.card_face("me", "war/two#when")

    assert face is not None
    card = card_from(face.face, face.asks)
    assert (card.question, card.answer, face.title) == ("When? The two", ("1914",), "War")


def test_a_card_that_is_not_there_is_not_seen(database: Database) -> None:
    with glimpse(file_of(database)) as look:
        assert look is not None
        assert look.card_face("me", "none") is None


def nothing_seen(path: Path) -> bool:
    with glimpse(path) as look:
        return look is None


def test_nothing_is_seen_of_a_file_that_is_not_there_and_none_is_made(tmp_path: Path) -> None:
    assert nothing_seen(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be one" * 100])
def test_nothing_is_seen_of_another_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)

    assert nothing_seen(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("version", ["0000", "9999"])
def test_nothing_is_seen_of_another_version(template: Path, tmp_path: Path, version: str) -> None:
    path = tmp_path / "a.db"
    shutil.copyfile(template, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.commit()

    assert nothing_seen(path)


def test_nothing_is_seen_of_a_folder(tmp_path: Path) -> None:
    assert nothing_seen(tmp_path)


def test_nothing_is_seen_for_a_learner_who_lacks_a_deck(database: Database) -> None:
    library(database)
    with database.writing() as connection:
        enrol(connection, "you")
        shelve(connection, "new", {"one": ["when"]}, learner="me")
    with glimpse(file_of(database)) as look:
        assert look is not None
        assert look.counts("you", TODAY) is None
        assert look.glance("you", TODAY, decks=None, limit=30) is None
        assert look.glance("me", TODAY, decks=None, limit=30) is not None


def test_a_table_that_cannot_be_read_is_left_to_the_engine(database: Database) -> None:
    library(database)
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE schedule RENAME COLUMN rank TO level")
    with glimpse(file_of(database)) as look:
        assert look is not None
        assert look.glance("me", TODAY, decks=None, limit=30) is None


def test_a_look_writes_nothing_and_leaves_no_files_behind(database: Database) -> None:
    library(database)
    path = file_of(database)
    database.close()
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with glimpse(path) as look:
        assert look is not None
        look.glance("me", TODAY, decks=None, limit=30)

    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_a_look_does_not_wait_for_a_writer_nor_hold_one_up(database: Database) -> None:
    library(database)
    student = Student(database)
    with database.writing() as connection, glimpse(file_of(database)) as look:
        catalogue.save_deck(connection, a_deck("half done", 9))
        assert look is not None
        decks = look.decks()
        assert decks is not None
        assert "half done" not in [deck.id for deck in decks]
    with glimpse(file_of(database)) as look:
        student.review("war/one#when", TODAY)
        assert look is not None
        seen = look.card_face("me", "war/one#when")
        assert seen is not None
        assert seen.state.reviews in (0, 1)


def test_a_path_with_odd_characters_is_found(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "100% a%20b #1 & ünï.db"
    shutil.copyfile(template, path)

    with glimpse(path) as look:
        assert look is not None


def test_looking_loads_no_engine() -> None:
    program = (
        "import sys, fasti.store.peek, fasti.store.due\n"
        "heavy = {'sqlalchemy', 'alembic', 'yaml', 'rich', 'typer', 'fasti.settings'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or None)"
    )

    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_the_queries_are_seeks_in_the_queues_index(database: Database) -> None:
    values = {
        "learner": "me",
        "deck": "d",
        "today": 9,
        "at_most": 3,
        "most_new": 3,
        "after": 1,
        "before": 5,
        "day": 4,
        "from_day": 0,
        "to_day": 9,
        "card": "c",
    }
    with closing(sqlite3.connect(file_of(database))) as connection:
        plans = {
            name: "\n".join(
                row[3]
                for row in connection.execute(f"EXPLAIN QUERY PLAN {getattr(peek_statements, name)}", values)
            )
            for name in (
                "DUE",
                "NEW_ONES",
                "FACTS_DUE",
                "NUMBER_OF_FACTS_DUE",
                "NEXT",
                "UNBURIED",
                "ON_DAY",
                "BY_DAY",
                "BURIED",
                "COUNTS",
                "TODAY",
                "LAST_DAY",
                "FACE",
            )
        }

    for name in ("DUE", "NEW_ONES", "FACTS_DUE", "NEXT", "UNBURIED", "ON_DAY", "BY_DAY"):
        assert "COVERING INDEX ix_schedule_queue (learner=? AND deck=? AND shelf=?" in plans[name]
        assert "TEMP B-TREE" not in plans[name]
    assert plans["COUNTS"].count("COVERING INDEX ix_schedule_queue") == 2
    assert "ix_review_log_learner_study_day_answered_at_ms (learner=? AND study_day=?)" in plans["TODAY"]
    assert "SEARCH s USING PRIMARY KEY (card=? AND learner=?)" in plans["TODAY"]
    assert "ix_review_log_learner_study_day_answered_at_ms (learner=? AND study_day>?)" in plans["BURIED"]
    assert "SEARCH s USING PRIMARY KEY (card=? AND learner=?)" in plans["BURIED"]
    assert "SEARCH daily USING PRIMARY KEY (learner=?)" in plans["LAST_DAY"]
    assert "TEMP B-TREE" not in plans["LAST_DAY"]
    assert "SCAN" not in plans["FACE"]
