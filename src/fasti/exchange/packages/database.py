"""The SQLite database of a package, opened so that nothing in it can act.

A crafted database may have views, triggers, computed columns and virtual tables, which run when they are
read, and pages that lead in circles. See "Untrusted SQLite Database Files" in https://sqlite.org/security.html.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from fasti.exchange.packages.error import Flaw
from fasti.exchange.packages.limits import MAX_CELL, MAX_ROWS, MAX_SCHEMA_STEPS, MAX_STEPS, MAX_TEXT

_EVERY = 1_000
# What a text takes in memory beside its bytes: an empty one is not free.
_COST = 8


class PackageDatabase:
    """A database of which ordinary tables can be read, and nothing else."""

    def __init__(self, connection: sqlite3.Connection, tables: dict[str, dict[str, str]]) -> None:
        self._connection = connection
        self._tables = tables
        self._read = 0
        connection.text_factory = self._text

    def __contains__(self, table: str) -> bool:
        return table in self._tables

    def rows(
        self, table: str, columns: Sequence[str], optional: Sequence[str] = (), most: int = MAX_ROWS
    ) -> Iterator[Sequence[object]]:
        """The rows of a table as SQLite keeps them, of any type; an optional column that is missing is None.

        Texts that are not UTF-8 are mended. Raises Flaw where the table or a column is missing, and where
        there are more than `most` rows.
        """
        there = self._tables.get(table)
        if there is None:
            raise Flaw(f"its database has no table `{table}`")
        missing = [column for column in columns if column.lower() not in there]
        if missing:
            raise Flaw(f"the table `{table}` of its database has no column `{missing[0]}`")
        wanted = [there.get(column.lower(), "NULL") for column in (*columns, *optional)]
        # An index could say something else than its table, and may be sorted in a way only Anki knows.
        found = self._connection.execute(f"SELECT {', '.join(wanted)} FROM {table} NOT INDEXED")
        for number, row in enumerate(found):
            if number == most:
                raise Flaw(f"the table `{table}` of its database has more than {most:,} rows")
            if bytes in map(type, row):
                self._count(sum(len(value) for value in row if isinstance(value, bytes)))
            yield row

    def _text(self, text: bytes) -> str:
        self._count(len(text))
        return text.decode("utf-8", "replace")

    def _count(self, size: int) -> None:
        self._read += size + _COST
        if self._read > MAX_TEXT:
            raise Flaw("its texts are longer than the database that holds them can be")


@contextmanager
def open_database(file: Path, tables: Sequence[str]) -> Iterator[PackageDatabase]:
    """Open a database file for reading; of `tables`, those that it has can be read.

    Raises Flaw where one of them is something else than a table, and sqlite3.Error for what is damaged.
    """
    # `immutable` leaves the write-ahead log alone that Anki's files speak of, and makes no file.
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.set_progress_handler(_counting(MAX_SCHEMA_STEPS), _EVERY)
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        found = {table: columns for table in tables if (columns := _columns(connection, table))}
        connection.set_authorizer(_reading_only)
        connection.set_progress_handler(_counting(MAX_STEPS), _EVERY)
        yield PackageDatabase(connection, found)


def _counting(most: int) -> Callable[[], int]:
    """Called every so many steps of SQLite; stops it after `most` of them."""
    steps = 0

    def stop() -> int:
        nonlocal steps
        steps += _EVERY
        return steps > most

    return stop


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns of a table that has none but ordinary ones: quoted, by their names in small letters."""
    kinds = connection.execute(
        "SELECT type, rootpage FROM sqlite_master WHERE lower(name) = ? AND type IN ('table', 'view')",
        (table,),
    ).fetchall()
    if not kinds:
        return {}
    kind, page = kinds[0]
    if len(kinds) > 1 or kind != "table" or not isinstance(page, int) or page < 1:
        raise Flaw(f"`{table}` in its database is not a table")
    columns: dict[str, str] = {}
    for _, name, _, _, _, _, hidden in connection.execute(f"PRAGMA table_xinfo({table})"):
        if hidden:
            raise Flaw(f"the table `{table}` of its database has computed columns")
        columns[name.lower()] = '"' + name.replace('"', '""') + '"'
    return columns


def _reading_only(action: int, *_about: object) -> int:
    allowed = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
