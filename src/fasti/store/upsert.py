"""Inserts that take what is there already into account; both engines spell them alike."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

CHUNK = 500
"""Values in one list of a statement: every SQLite takes as many."""

COUNTED = {"preserve_rowcount": True}
"""Execution options of an insert that is asked how many rows it added."""


def inserted(connection: Connection, table: Table[Any]) -> sqlite.Insert | postgresql.Insert:
    """An insert into `table` to which `on_conflict_do_nothing` or `…_update` can be added."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def upsert(connection: Connection, table: Table[Any], rows: Iterable[NamedTuple]) -> None:
    """Write rows whose fields are named as the table's columns; one with a key that is there replaces it."""
    values = [row._asdict() for row in rows]
    if not values:
        return
    statement = inserted(connection, table)
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if not column.primary_key and column.name in values[0]
    }
    key = [column.name for column in table.primary_key]
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), values)


def chunks(values: Iterable[str]) -> Iterable[Sequence[str]]:
    """The values in lists that fit a statement."""
    every = list(values)
    return (every[start : start + CHUNK] for start in range(0, len(every), CHUNK))
