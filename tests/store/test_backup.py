"""Copies of a database: whole, private, and no more of them than are kept."""

import errno
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from fasti.store import backup, migrate
from fasti.store.backup import overwrite, put_aside, take_place
from fasti.store.comparison import Amount, difference
from fasti.store.copies import BY_HAND, DAILY, KEPT, answers_in, copies, folder_of
from fasti.store.database import Database
from fasti.store.opening import open_database
from fasti.store.other import other_database
from fasti.store.refusals import (
    DamagedDatabaseError,
    DatabaseTooNewError,
    FastiError,
    ForeignDatabaseError,
    LockedDatabaseError,
    NotADatabaseError,
)
from tests.store.making import DAY_MS, Student, shelve

NOON_MS = 1_780_315_200_000  # 2026-06-01T12:00:00Z


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    """A library with three answers."""
    path = tmp_path / "data" / "fasti.db"
    path.parent.mkdir()
    path.write_bytes(template.read_bytes())
    with open_database(f"sqlite:///{path}", 0) as database:
        use(database)
    return path


def use(database: Database, answers: int = 3) -> None:
    with database.writing() as connection:
        shelve(connection, "war", {f"f{number}": ["when"] for number in range(answers)})
    student = Student(database)
    for number in range(answers):
        student.review(f"war/f{number}#when", 10)


def test_a_copy_has_what_was_in_the_file_and_is_for_its_owner_alone(file: Path) -> None:
    with open_database(f"sqlite:///{file}", 0) as open_meanwhile, open_meanwhile.reading():
        made = put_aside(file, BY_HAND, NOON_MS)

    assert made.name == "by-hand-20260601T120000Z.db"
    assert answers_in(made) == 3
    assert sorted(path.name for path in made.parent.iterdir()) == [made.name]
    if os.name == "posix":
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700


def test_ten_of_each_sort_are_kept_and_those_made_by_hand_for_good(file: Path) -> None:
    for day in range(KEPT + 3):
        for why in (DAILY, "before-migration-0001", "before-merge", BY_HAND):
            put_aside(file, why, NOON_MS + day * DAY_MS)
    found = copies(file)

    assert sum(copy.why == DAILY for copy in found) == KEPT
    assert sum(copy.why.startswith("before-") for copy in found) == KEPT
    assert sum(copy.why == BY_HAND for copy in found) == KEPT + 3
    assert min(copy.made_ms for copy in found if copy.why == DAILY) == NOON_MS + 3 * DAY_MS


def test_a_clock_that_was_set_back_does_not_take_the_newest_copy_away(file: Path) -> None:
    for day in range(KEPT):
        put_aside(file, DAILY, NOON_MS + (day + 99) * DAY_MS)
    made = put_aside(file, DAILY, NOON_MS)

    assert made.exists()
    assert len(copies(file)) == KEPT


def test_copies_of_several_databases_in_one_folder_are_told_apart(file: Path, template: Path) -> None:
    other = file.with_name("german.v2.db")
    other.write_bytes(template.read_bytes())
    put_aside(file, DAILY, NOON_MS)
    put_aside(other, DAILY, NOON_MS)

    assert [copy.path.name for copy in copies(file)] == ["daily-20260601T120000Z.db"]
    assert [copy.path.name for copy in copies(other)] == ["german.v2.daily-20260601T120000Z.db"]


@pytest.mark.parametrize("name", ["daily-20260601T120000Z.db.part", "notes.txt", "daily-20269901T120000Z.db"])
def test_what_is_no_copy_is_not_listed_and_stays(file: Path, name: str) -> None:
    put_aside(file, DAILY, NOON_MS)
    stray = folder_of(file) / name
    stray.write_bytes(b"")
    put_aside(file, DAILY, NOON_MS + DAY_MS)

    assert len(copies(file)) == 2
    assert stray.exists()


def test_a_damaged_database_is_no_backup(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[5 * 4096 : 40 * 4096] = b"\xff" * (35 * 4096)
    file.write_bytes(content)

    with pytest.raises(DamagedDatabaseError):
        put_aside(file, DAILY, NOON_MS)

    assert copies(file) == []
    assert list(folder_of(file).iterdir()) == []


def test_a_database_that_is_being_written_is_not_waited_for_without_end(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_PATIENCE_S", 0)
    made = put_aside(file, BY_HAND, NOON_MS)
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedDatabaseError):
            overwrite(file, made)


def test_what_a_killed_program_left_of_a_copy_is_in_no_copys_way(file: Path) -> None:
    folder_of(file).mkdir()
    for name in ("by-hand-20260601T120000Z.db.part", "by-hand-20260601T120000Z.db.0a1b2c3d.part"):
        (folder_of(file) / name).write_bytes(b"half")

    assert put_aside(file, "by-hand", NOON_MS).name == "by-hand-20260601T120000Z.db"


@pytest.mark.parametrize("links", [True, False], ids=["names", "no second names"])
def test_a_database_takes_the_place_of_a_file_that_cannot_be_used(
    file: Path, template: Path, tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    new = tmp_path / "new.db"
    new.write_bytes(template.read_bytes())
    file.write_bytes(b"damaged")
    beside = file.with_name("fasti.db-wal")
    beside.write_bytes(b"its log")
    (file.parent / "fasti.db.0a1b2c3d.part").write_bytes(b"what a killed program left")

    for number in ("", "-2"):
        kept = take_place(file, new, NOON_MS)

        assert kept == folder_of(file) / f"damaged-20260601T120000Z{number}.db"
        assert kept.read_bytes() == b"damaged"
        assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"its log"
        assert not beside.exists()
        with open_database(f"sqlite:///{file}", 0) as database, database.reading() as connection:
            assert migrate.state(connection) is migrate.State.CURRENT
        file.write_bytes(b"damaged")
        beside.write_bytes(b"its log")


def _no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_going_back_is_seen_by_whoever_has_the_database_open(file: Path) -> None:
    made = put_aside(file, BY_HAND, NOON_MS)
    with open_database(f"sqlite:///{file}", 0) as database:
        Student(database).review("war/f0#when", 20)
        assert difference(file, made).log_here == Amount(1, 0)
        overwrite(file, made)
        student = Student(database)

        assert not difference(file, made)._replace(decks_here=[])
        assert student.refold() == 0
        with database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_difference_is_told_by_answers_other_entries_and_decks(file: Path) -> None:
    made = put_aside(file, BY_HAND, NOON_MS)
    with open_database(f"sqlite:///{file}", 0) as database:
        with database.writing() as connection:
            shelve(connection, "peace", {"a": ["when"]})
        student = Student(database)
        student.review("peace/a#when", 20)
        student.undo(20)
    found = difference(file, made)

    assert found == (Amount(1, 1), Amount(0, 0), ["Peace"], [])
    assert difference(made, file) == (Amount(0, 0), Amount(1, 1), [], ["Peace"])


def not_ours(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (id integer)")
        connection.commit()


def empty(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('9999');"
            "CREATE TABLE review_log (a);"
        )


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda path: path.write_text("my notes\n" * 99), NotADatabaseError),
        (lambda path: path.write_bytes(b""), NotADatabaseError),
        (lambda path: path.mkdir(), FastiError),
        (lambda path: None, FastiError),
        (not_ours, ForeignDatabaseError),
        (newer, DatabaseTooNewError),
    ],
)
def test_another_file_that_cannot_be_used_is_named_in_the_refusal(
    tmp_path: Path, make: object, refusal: type[FastiError]
) -> None:
    path = tmp_path / "other.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None

    with pytest.raises(refusal, match=r"other\.db"), other_database(path, NOON_MS):
        pass

    assert (path.read_bytes() if path.is_file() else None) == before


def test_looking_into_another_database_leaves_it_as_it_is(file: Path) -> None:
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    with other_database(file, NOON_MS) as other, other.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM review_log").scalar() == 3

    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == before


def test_another_database_is_read_with_what_is_still_in_its_log(file: Path, tmp_path: Path) -> None:
    with open_database(f"sqlite:///{file}", 0) as database:
        Student(database).review("war/f1#when", 30)
        copied = tmp_path / "stick.db"
        for suffix in ("", "-wal"):
            copied.with_name(f"stick.db{suffix}").write_bytes(
                file.with_name(f"fasti.db{suffix}").read_bytes()
            )
    with other_database(copied, NOON_MS) as other, other.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM review_log").scalar() == 4
