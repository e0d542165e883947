"""Another database file, to be read: a backup, or what another machine has. The file itself stays as it is."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from fasti.store import migrate
from fasti.store.database import Database, connect
from fasti.store.migrate import State
from fasti.store.refusals import (
    DamagedDatabaseError,
    ForeignDatabaseError,
    NotADatabaseError,
    StrangeDatabaseError,
    UnreadableDatabaseError,
    told_apart,
)
from fasti.store.soundness import spoilt_rows


@contextmanager
def other_database(source: Path, moment_ms: int) -> Iterator[Database]:
    """A copy of a database file, its tables brought to this version, for as long as the block lasts.

    `moment_ms` is now. Raises a refusal of `fasti.store.refusals`, which names `source`.
    """
    try:
        with TemporaryDirectory(prefix="fasti-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder, "copy.db")
            with told_apart(str(source)):
                _copy(source, copy)
                _refuse_what_acts(source, copy)
            with connect(f"sqlite:///{copy}", called=str(source)) as database:
                with database.reading() as connection:
                    if migrate.state(connection) is State.EMPTY:
                        raise ForeignDatabaseError(str(source))
                migrate.upgrade(database, moment_ms)
                yield database
    except OSError as error:
        raise UnreadableDatabaseError(str(source), error.strerror or type(error).__name__) from error


def refuse_strange_rows(source: Path, database: Database) -> None:
    """Refuse a copy that `other_database` gave where rows hold what they cannot. Raises StrangeDatabaseError."""
    assert database.file is not None  # a copy is a file
    # Of its decks nothing is taken: those come from their files.
    if spoilt := spoilt_rows(database.file, decks=False):
        raise StrangeDatabaseError(str(source), f"rows of {', '.join(f'`{table}`' for table in spoilt)}")


_PATIENCE_S = 5
_HEADER = b"SQLite format 3\0"
_WAL = 2


def _copy(source: Path, copy: Path) -> None:
    if source.exists() and not source.is_file():  # a pipe might never be written to
        raise NotADatabaseError(str(source))
    with source.open("rb") as file:
        header = file.read(100)
    if not header.startswith(_HEADER):
        raise NotADatabaseError(str(source))
    log = source.with_name(f"{source.name}-wal")
    # With a write-ahead log and nobody there, opening the file would put new files beside it.
    how = "immutable=1" if header[18] == _WAL and not log.exists() else "mode=ro"
    try:
        _copy_by_call(source, copy, how)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        # On a disk that cannot be written the log beside the file cannot be opened: take both along.
        shutil.copyfile(source, copy)
        if log.exists():
            shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
    with closing(sqlite3.connect(copy)) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise DamagedDatabaseError(str(source))


def _refuse_what_acts(source: Path, copy: Path) -> None:
    """Refuse what would do something when the copy is read or upgraded; tables and indexes do nothing."""
    with closing(sqlite3.connect(copy)) as connection:
        kinds = connection.execute("SELECT DISTINCT type FROM sqlite_master ORDER BY type").fetchall()
        virtual = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND rootpage = 0"
        if connection.execute(virtual).fetchone():
            raise StrangeDatabaseError(str(source), "a virtual table")
    for (kind,) in kinds:
        if kind in ("trigger", "view"):
            raise StrangeDatabaseError(str(source), f"a {kind}")


def _copy_by_call(source: Path, copy: Path, how: str) -> None:
    uri = f"{source.absolute().as_uri()}?{how}"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE_S)) as original,
        closing(sqlite3.connect(copy)) as target,
    ):
        original.execute("BEGIN")
        original.execute("SELECT count(*) FROM sqlite_master").fetchone()
        original.backup(target)
