"""Statements that every answer waits for, at the driver's own price.

Running a Core statement costs several times what SQLite needs for it. So these are compiled once for
each engine and then run on the DB-API connection underneath, in the transaction that is open.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Dialect, Executable


class Prepared:
    """A statement with named parameters, kept as text for the engine it is run on.

    Values go to the driver as they are and come back as it gives them: only for columns of text and
    whole numbers, and truth values that the caller makes of either.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, tuple[str, ...] | None]] = {}

    def first(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Run it, and give the first row or None."""
        cursor = self._run(connection, values)
        try:
            row: tuple[Any, ...] | None = cursor.fetchone()
        finally:
            cursor.close()
        return row

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run it for what it changes, and give the number of rows changed."""
        cursor = self._run(connection, values)
        changed: int = cursor.rowcount
        cursor.close()
        return changed

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        dialect = connection.dialect
        known = self._compiled.get(dialect.name)
        if known is None:
            known = self._compiled[dialect.name] = _compiled(self._statement, dialect)
        text, order = known
        cursor = connection.connection.cursor()
        cursor.execute(text, values if order is None else [values[name] for name in order])
        return cursor


def _compiled(statement: Executable, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """The statement's text, and the order of its parameters where the driver does not take them by name."""
    compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    return str(compiled), tuple(compiled.positiontup) if compiled.positional else None
