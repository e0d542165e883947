"""Bringing a database's tables to those of this version. Alembic is loaded only where there is something to do."""

import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Index, inspect, text

from fasti.core.onlooker import Onlooker, nobody
from fasti.errors import FastiError
from fasti.settings import bundled
from fasti.store import daily
from fasti.store.backup import put_aside
from fasti.store.database import Database
from fasti.store.drives import network_drive
from fasti.store.head import HEAD
from fasti.store.refusals import (
    DatabaseTooNewError,
    ForeignDatabaseError,
    UpgradeError,
    told_apart,
)
from fasti.store.tables import metadata

_VERSION_TABLE = "alembic_version"
_OLDEST_TABLE = "review_log"
_LOCK = 4_660_117  # any number, so long as every version takes the same


class State(StrEnum):
    """How a database's tables stand to those of this version; a `foreign` one is another program's."""

    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"
    EMPTY = "empty"
    FOREIGN = "foreign"


def state(connection: Connection) -> State:
    """How the tables stand to those of this version."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return State.EMPTY
    if not {_VERSION_TABLE, _OLDEST_TABLE} <= tables:
        return State.FOREIGN
    found = version(connection)
    if found == HEAD:
        return State.CURRENT
    return State.BEHIND if found in _known() else State.AHEAD


def absent_indexes(connection: Connection) -> list[Index]:
    """The indexes that tables of this version have and the database has not."""
    inspector = inspect(connection)
    there = {index["name"] for table in metadata.tables for index in inspector.get_indexes(table)}
    return [index for table in metadata.sorted_tables for index in table.indexes if index.name not in there]


def version(connection: Connection) -> str:
    """The migration that a database of ours stands at."""
    return str(connection.scalar(text(f"SELECT version_num FROM {_VERSION_TABLE}")))


def upgrade(database: Database, moment_ms: int, onlooker: Onlooker = nobody) -> Path | None:
    """Bring the tables to this version, wholly or not at all; the copy that was put aside first, if any.

    Only a SQLite file with tables is copied, dated by `moment_ms`; a server's copies are its keeper's.
    Raises DatabaseTooNewError, ForeignDatabaseError, and UpgradeError where a migration fails.
    """
    if database.file is not None:
        _look_before(database)
        use_wal(database.file)
    with database.migrating() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        # Asked under the lock: another program may have done it while this one waited.
        found = state(connection)
        _refuse(found, database, connection)
        if found is State.CURRENT:
            return None
        aside = None
        if database.file is not None and found is State.BEHIND:
            aside = put_aside(database.file, f"before-migration-{version(connection)}", moment_ms)
        onlooker("Bringing the database to this version", 0, 0, "")
        _migrate(connection, database, onlooker)
    return aside


def _look_before(database: Database) -> None:
    """Refuse a file that is not ours before anything in it is touched."""
    with database.reading() as connection:
        _refuse(state(connection), database, connection)


def _refuse(found: State, database: Database, connection: Connection) -> None:
    if found is State.FOREIGN:
        raise ForeignDatabaseError(database.called)
    if found is State.AHEAD:
        raise DatabaseTooNewError(database.called, version(connection))


def use_wal(file: Path) -> None:
    """Have the file keep a write-ahead log: readers and a writer do not wait for each other.

    Not on a network drive: the log's index is memory that all who use it must share
    (https://sqlite.org/wal.html). There, and wherever else it cannot be, the file keeps a rollback journal.
    """
    mode = "WAL" if network_drive(file) is None else "DELETE"
    with told_apart(str(file)), closing(sqlite3.connect(file)) as connection:
        try:
            connection.execute(f"PRAGMA journal_mode = {mode}")
        except sqlite3.OperationalError as error:
            # Held by another program at this moment, which does the same or has done it; or a drive
            # that does not say what it is, and cannot have a write-ahead log.
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_PROTOCOL):
                raise


def _migrate(connection: Connection, database: Database, onlooker: Onlooker) -> None:
    try:
        with told_apart(database.called):
            _run(connection, onlooker)
            _check_references(connection, database)
    except FastiError:
        raise
    except Exception as error:
        raise UpgradeError(database.called, str(error).partition("\n")[0]) from error


def _check_references(connection: Connection, database: Database) -> None:
    if not database.is_sqlite:
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    elif connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise UpgradeError(database.called, "rows would refer to others that are not there")


def _run(connection: Connection, onlooker: Onlooker) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # ConfigParser reads a `%` as the beginning of a name.
    config.set_main_option("script_location", str(bundled("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    daily.fill(connection, onlooker)


def _known() -> set[str]:
    """The migrations that this version has, by the names of their files: `0001_….py`."""
    return {file.stem.partition("_")[0] for file in (bundled("migrations") / "versions").glob("*.py")}
