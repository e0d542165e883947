import os
import sqlite3
import stat
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from fasti.errors import FastiError
from fasti.store import database as database_module
from fasti.store import migrate, refusals, reviews
from fasti.store.catalogue import decks, save_deck
from fasti.store.database import Database, connect
from fasti.store.opening import open_database
from fasti.store.tables import deck_file
from tests.store.making import Student, a_deck, shelve

posix = pytest.mark.skipif(os.name != "posix", reason="folders and files have no modes here")


def sqlite(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_missing_database_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "data here" / "100% a%20b #1 &c" / "fästi.db"

    with open_database(sqlite(path), 0) as database, database.reading() as connection:
        assert decks(connection) == []

    assert path.is_file()


@posix
def test_what_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "data" / "fasti.db"
    with open_database(sqlite(path), 0) as database, database.writing() as connection:
        save_deck(connection, a_deck("d"))
        beside = [path, path.with_name("fasti.db-wal"), path.with_name("fasti.db-shm")]
        modes = {stat.S_IMODE(file.stat().st_mode) for file in beside}

    assert modes == {0o600}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:2]} == {0o700}


def test_what_is_written_is_there_after_reopening(tmp_path: Path) -> None:
    with open_database(sqlite(tmp_path / "a.db"), 0) as database, database.writing() as connection:
        save_deck(connection, a_deck("d"))

    with open_database(sqlite(tmp_path / "a.db"), 0) as database, database.reading() as connection:
        assert decks(connection) == [a_deck("d")]


def test_a_transaction_is_undone_when_an_error_leaves_it(database: Database) -> None:
    with suppress(ZeroDivisionError), database.writing() as connection:
        save_deck(connection, a_deck("d"))
        raise ZeroDivisionError

    with database.reading() as connection:
        assert decks(connection) == []


def test_a_reader_sees_one_state_while_another_writes(database: Database) -> None:
    with database.reading() as reader:
        before = decks(reader)
        with database.writing() as writer:
            save_deck(writer, a_deck("d"))

        assert decks(reader) == before == []


def test_a_file_of_a_deck_that_is_not_there_is_not_stored(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(
            deck_file.insert().values(
                path="p", deck="none", size=1, mtime_ns=1, digest="", version="", problems=0
            )
        )

    with database.reading() as connection:
        assert connection.execute(select(deck_file)).all() == []


def test_sqlite_is_durable_and_waits_for_other_writers(tmp_path: Path) -> None:
    with open_database(sqlite(tmp_path / "a.db"), 0) as database, database.reading() as connection:
        decks(connection)
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_names_sort_by_code_point_on_both_engines(database: Database) -> None:
    names = ["Z", "a", "B", "é", "Éa", "ß", "zz", "𝛼", "\uffee"]
    with database.writing() as connection:
        for name in names:
            save_deck(connection, a_deck(name))

        assert [deck.id for deck in decks(connection)] == sorted(names)


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("mysql://me:secret@host/db", refusals.UnknownDatabaseError),
        ("nonsense://me:secret@host/db", refusals.UnknownDatabaseError),
        ("no url at all", refusals.UnknownDatabaseError),
        ("sqlite://", refusals.UnknownDatabaseError),
        ("postgresql://me:secret@127.0.0.1:1/db", refusals.UnreachableServerError),
    ],
)
def test_what_cannot_be_opened_is_refused_without_naming_the_password(
    url: str, refusal: type[FastiError]
) -> None:
    with pytest.raises(refusal) as caught:
        open_database(url, 0)

    assert "secret" not in f"{caught.value} {caught.value.hint}"
    assert not str(caught.value).endswith(".")


def test_a_password_shows_nowhere() -> None:
    database = Database(database_module._engine_url("postgresql://me:se%25cret@host/db"))

    assert "cret" not in f"{database.url} {database!r} {database.name}"
    database.close()


def test_a_server_without_its_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'psycopg'")

    monkeypatch.setattr(database_module, "create_engine", missing)
    with pytest.raises(refusals.MissingDriverError) as caught:
        connect("postgresql://host/db")

    assert caught.value.hint == "`pip install 'fasti[postgres]'`"


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes on the First World War.\n" * 100)
    before = path.read_bytes()

    with pytest.raises(refusals.NotADatabaseError, match=r"notes\.txt"):
        open_database(sqlite(path), 0)

    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "collection.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (id integer)")
        connection.commit()
    before = path.read_bytes()

    with pytest.raises(refusals.ForeignDatabaseError):
        open_database(sqlite(path), 0)

    assert path.read_bytes() == before


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(refusals.NotAFileError):
        open_database(sqlite(tmp_path), 0)


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(refusals.NotAFolderError):
        open_database(sqlite(tmp_path / "file" / "fasti.db"), 0)


@posix
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(refusals.UnwritableDatabaseError):
        open_database(sqlite(tmp_path / "fasti.db"), 0)


def test_a_damaged_file_is_refused_with_the_way_back(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_database(sqlite(path), 0).close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * len(content[4096:])
    path.write_bytes(content)

    with pytest.raises(refusals.DamagedDatabaseError) as caught:
        open_database(sqlite(path), 0)

    assert caught.value.hint


def test_a_database_that_another_program_holds_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    monkeypatch.setattr(database_module, "_BUSY_SECONDS", 0)
    with open_database(sqlite(path), 0) as database, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(refusals.LockedDatabaseError), database.writing():
            pass
        other.rollback()

        with database.writing() as connection:
            save_deck(connection, a_deck("d"))


def test_a_server_that_is_not_upgraded_is_never_changed_by_opening_it(schema: str) -> None:
    with pytest.raises(refusals.DatabaseBehindError) as caught:
        open_database(schema, 0)

    assert caught.value.hint == "run `fasti database upgrade`"
    with connect(schema) as database, database.reading() as connection:
        assert not connection.scalar(text("SELECT to_regclass('review_log')"))


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    with open_database(sqlite(tmp_path / "a.db"), 0) as database:
        with database.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(refusals.FullDiskError), database.writing() as connection:
            save_deck(connection, a_deck("d")._replace(content="x" * 500_000))

        with database.reading() as connection:
            assert decks(connection) == []


def test_a_server_that_breaks_off_is_a_sentence_and_the_next_transaction_works(schema: str) -> None:
    with connect(schema) as database:
        migrate.upgrade(database, 0)
        student = Student(database)
        with database.writing() as connection:
            shelve(connection, "d", {"a": ["when"]})

        with pytest.raises(refusals.LostServerError):
            _answer_while_it_breaks_off(student)

        assert student.review("d/a#when", 10)[0].seq == 1


def _answer_while_it_breaks_off(student: Student) -> None:
    with student.database.writing() as connection:
        number = connection.scalar(text("SELECT pg_backend_pid()"))
        with student.database.writing() as other:
            other.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
        reviews.record(connection, student.draft("d/a#when", 10))
