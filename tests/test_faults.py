"""What the system refuses: each a sentence with the next step, and nothing that was confirmed is lost."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fasti.commands import ground
from fasti.store import backup, database, other
from fasti.store.opening import open_database
from fasti.store.refusals import (
    BrokenDiskError,
    FullDiskError,
    LockedDatabaseError,
    told_apart,
)
from tests.cli.conftest import fasti
from tests.cli.program import Fasti
from tests.store.making import Student, shelve
from tests.test_doctor import typed

__all__ = ["fasti"]

NOON_MS = 1_780_315_200_000


@pytest.fixture
def file(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "home" / "fasti.db"
    path.parent.mkdir(mode=0o700)
    path.write_bytes(template.read_bytes())
    with open_database(f"sqlite:///{path}", 0) as library:
        with library.writing() as connection:
            shelve(connection, "d", {"a": ["when"]})
        Student(library).review("d/a#when", 10)
    monkeypatch.setenv("FASTI_HOME", str(path.parent))
    monkeypatch.setenv("FASTI_NOW", "2026-06-20T09:00:00+00:00")
    for cached in (ground.configuration, ground.options):
        cached.cache_clear()
    return path


@pytest.mark.parametrize(
    "command",
    [
        ["decks"],
        ["review", "--json"],
        ["undo"],
        ["show", "a"],
        ["doctor"],
        ["backup", "restore", "1", "--yes"],
    ],
)
def test_a_database_that_another_program_holds_is_a_sentence(
    file: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.put_aside(file, "by-hand", NOON_MS)
    for module, name in ((database, "_BUSY_SECONDS"), (backup, "_PATIENCE_S"), (other, "_PATIENCE_S")):
        monkeypatch.setattr(module, name, 0)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **how: connect(*a, **{**how, "timeout": 0}))
    with closing(connect(file)) as holder:
        # In a rollback journal's way, nobody else can so much as read.
        holder.execute("PRAGMA journal_mode = DELETE")
        holder.execute("BEGIN EXCLUSIVE")
        code, told = typed(command, monkeypatch)

    assert code == 1
    assert "another program is holding" in told.casefold()


def test_the_other_database_of_a_merge_may_be_held_by_a_program(
    file: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other, "_PATIENCE_S", 0)
    held = file.with_name("held.db")
    held.write_bytes(template.read_bytes())
    with closing(sqlite3.connect(held)) as holder:
        holder.execute("PRAGMA journal_mode = DELETE")
        holder.execute("BEGIN EXCLUSIVE")
        code, told = typed(["merge", str(held)], monkeypatch)

    assert (code, "held.db" in told, "another program is holding" in told) == (1, True, True)


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (sqlite3.SQLITE_FULL, FullDiskError),
        (sqlite3.SQLITE_IOERR, BrokenDiskError),
        (sqlite3.SQLITE_IOERR_WRITE, BrokenDiskError),
        (sqlite3.SQLITE_IOERR_SHMMAP, BrokenDiskError),
        (sqlite3.SQLITE_PROTOCOL, LockedDatabaseError),
    ],
)
def test_what_sqlite_says_of_a_disk_is_a_sentence(code: int, refusal: type[Exception]) -> None:
    error = sqlite3.OperationalError("disk")
    error.sqlite_errorcode = code

    with pytest.raises(refusal), told_apart("x.db"):
        raise error


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv[1:] = sys.argv[2:]
from fasti.__main__ import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits")
@pytest.mark.parametrize("room", [0, 3_000, 20_000])
def test_where_files_may_not_grow_what_was_confirmed_stays(fasti: Fasti, room: int) -> None:
    fasti.answer(4, 4)
    size = (fasti.home / "fasti.db").stat().st_size
    # The write-ahead log is a file of its own: let it have some room, or none.
    limit = room or 10
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), "review", "--six", "--json"],
        input="4\n" * 8,
        capture_output=True,
        text=True,
        env=fasti.environment(),
        cwd=fasti.folder,
        check=False,
    )
    confirmed = len(done.stdout.splitlines())

    assert "Traceback" not in done.stderr
    assert (done.returncode, "error: " in done.stderr) == (1, True), done.stderr
    assert (fasti.home / "fasti.db").stat().st_size >= size
    with closing(sqlite3.connect(fasti.home / "fasti.db")) as connection:
        kept = connection.execute("SELECT count(*) FROM review_log").fetchone()[0]
    assert kept >= 2 + confirmed
    assert {each["check"] for each in fasti("doctor", "--json").json["findings"] if not each["ok"]} == set()


def test_a_folder_of_backups_that_is_no_folder_is_a_sentence(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file.parent / "backups").write_text("")
    code, told = typed(["backup"], monkeypatch)

    assert code == 1
    assert "cannot be written" in told
