"""Inserts that take what is there already into account; both engines spell them alike."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam
from sqlalchemy.dialects import sqlite

from fasti.core.onlooker import Onlooker, nobody
from fasti.store.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

CHUNK = 500
"""Values in one list of a statement: every SQLite takes as many."""

COUNTED = {"preserve_rowcount": True}
"""Execution options of an insert that is asked how many rows it added."""


def inserted(connection: Connection, table: Table[Any]) -> "sqlite.Insert | postgresql.Insert":
    """An insert into `table` to which `on_conflict_do_nothing` or `…_update` can be added."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table[Any]) -> "sqlite.Insert | postgresql.Insert":
    """The same for the engine whose dialect has this name."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    # Imported here: it takes a tenth of the time that all of SQLAlchemy takes, and few have a server.
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def upsert(
    connection: Connection,
    table: Table[Any],
    rows: Iterable[NamedTuple],
    onlooker: Onlooker = nobody,
    called: str = "rows",
) -> None:
    """Write rows whose fields are named as the table's columns; one with a key that is there replaces it.

    They hold texts, whole numbers and truth values. What they are `called`, an onlooker is told.
    """
    every = list(rows)
    for start in range(0, len(every), _AT_ONCE):
        onlooker("Writing", start, len(every), called)
        some = every[start : start + _AT_ONCE]
        _replacing(connection.dialect.name, table, some[0]._fields).run_all(connection, some)


_AT_ONCE = 1_000


@cache
def _replacing(dialect: str, table: Table[Any], names: tuple[str, ...]) -> Prepared:
    insert = insert_for(dialect, table)
    statement = insert.values({name: bindparam(name) for name in names})
    changed = {name: insert.excluded[name] for name in names if not table.columns[name].primary_key}
    key = [column.name for column in table.primary_key]
    return Prepared(statement.on_conflict_do_update(index_elements=key, set_=changed))


def chunks(values: Iterable[str]) -> Iterable[Sequence[str]]:
    """The values in lists that fit a statement."""
    every = list(values)
    return (every[start : start + CHUNK] for start in range(0, len(every), CHUNK))
