"""Statements that every answer waits for, or that thousands of rows come from, at the driver's own price.

Running a Core statement costs several times what SQLite needs to do what it says. So these are compiled
once for each engine, and run on the DB-API connection underneath, in the transaction that is open.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError


class Prepared:
    """A statement with named parameters, kept as text for each engine that it was run on.

    Values go to the driver as they are and come back as it gives them: for columns of texts, whole
    numbers and truth values, which SQLite gives back as numbers.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert | Update | Delete) -> None:
        self._statement = statement
        self._texts: dict[str, _Text] = {}

    def first(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Run it, and give the first row, or None."""
        cursor = self._run(connection, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        cursor.close()
        return row

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run it, and give every row."""
        cursor = self._run(connection, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.close()
        return rows

    def parts(
        self, connection: Connection, values: Mapping[str, Any], size: int = 500
    ) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Run it, and give all its rows, so many at a time: no more of them are ever in memory."""
        # Small parts: the garbage collector looks through all that is held.
        text = self._text_for(connection.dialect)
        # psycopg fetches all that a cursor without a name finds.
        named = {"name": "fasti"} if connection.dialect.name == "postgresql" else {}
        cursor = connection.connection.cursor(**named)
        with _told_as_ours(connection, cursor, text.sql), closing(cursor):
            cursor.execute(text.sql, text.given(values))
            while rows := cursor.fetchmany(size):
                yield rows

    def run(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Run it for what it changes."""
        self._run(connection, values).close()

    def run_all(self, connection: Connection, rows: Sequence[NamedTuple]) -> None:
        """Run it once for each of these rows of one sort, whose fields are named as its parameters."""
        text = self._text_for(connection.dialect)
        given: Sequence[Any] = rows
        if text.fixed or text.order != rows[0]._fields:
            named = [{**text.fixed, **row._asdict()} for row in rows]
            given = named if text.order is None else [[each[name] for name in text.order] for each in named]
        cursor = connection.connection.cursor()
        with _told_as_ours(connection, cursor, text.sql):
            cursor.executemany(text.sql, given)
        cursor.close()

    def run_rows(self, connection: Connection, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Run it once for each of these rows, whose values are those of the parameters of these names."""
        text = self._text_for(connection.dialect)
        assert not text.fixed
        given: Any  # executemany takes any iterable, whatever its annotation says
        if text.order is None:
            given = (dict(zip(names, row, strict=True)) for row in rows)
        else:
            given = map(itemgetter(*map(names.index, text.order)), rows)
        cursor = connection.connection.cursor()
        with _told_as_ours(connection, cursor, text.sql):
            cursor.executemany(text.sql, given)
        cursor.close()

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        text = self._text_for(connection.dialect)
        cursor = connection.connection.cursor()
        dialect = connection.dialect
        try:
            cursor.execute(text.sql, text.given(values))
        except dialect.loaded_dbapi.Error as error:
            lost = dialect.is_disconnect(error, connection.connection, cursor)
            raise DBAPIError(text.sql, None, error, connection_invalidated=lost) from error
        return cursor

    def _text_for(self, dialect: Dialect) -> "_Text":
        text = self._texts.get(dialect.name)
        if text is None:
            text = self._texts[dialect.name] = _text(self._statement, dialect)
        return text


@contextmanager
def _told_as_ours(connection: Connection, cursor: Any, sql: str) -> Iterator[None]:
    """What the driver refuses, as the engine would tell it."""
    dialect = connection.dialect
    try:
        yield
    except dialect.loaded_dbapi.Error as error:
        lost = dialect.is_disconnect(error, connection.connection, cursor)
        raise DBAPIError(sql, None, error, connection_invalidated=lost) from error


class _Text(NamedTuple):
    """`fixed` are the values that the statement itself has; `order` is for drivers that go by position."""

    sql: str
    fixed: dict[str, Any]
    order: tuple[str, ...] | None

    def given(self, values: Mapping[str, Any]) -> Mapping[str, Any] | Sequence[Any]:
        """The values of a run as the driver wants them."""
        every = {**self.fixed, **values} if self.fixed else values
        return every if self.order is None else [every[name] for name in self.order]


def _text(statement: Select[*tuple[Any, ...]] | Insert | Update | Delete, dialect: Dialect) -> _Text:
    compiled: Any = statement.compile(dialect=dialect)
    fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    return _Text(str(compiled), fixed, tuple(compiled.positiontup) if compiled.positional else None)
