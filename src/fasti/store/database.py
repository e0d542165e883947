"""The open database: transactions for reading and for writing, and the refusal of what cannot be used."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from fasti.settings import make_private_folder
from fasti.store.refusals import (
    MissingDriverError,
    OldSqliteError,
    UnknownDatabaseError,
    UnreachableServerError,
    UnreadableUrlError,
    UnwritableDatabaseError,
    check_place,
    told_apart,
)
from fasti.store.tables import for_a_server

_BUSY_SECONDS = 30
_CONNECT_SECONDS = 10
_WRITES = "fasti writes"
# A checkpoint writes each page once, however often it was changed since the last: at 16 MiB of write-ahead log.
_PAGES_BETWEEN_CHECKPOINTS = 4_000
# At most; with the 2 MiB that SQLite takes unasked, the pages of a large deck are written before they are full.
_CACHE_KIB = 32 * 1024
_OLDEST_SQLITE = (3, 35)  # UPDATE … RETURNING


def connect(url: str, *, called: str | None = None) -> "Database":
    """The database at a SQLAlchemy URL, whatever its tables are; a missing SQLite file is made, empty.

    `called` is what it is called in refusals, where that is not its name. Raises a refusal of
    `fasti.store.refusals` where nothing can be opened.
    """
    database = Database(_engine_url(url), called)
    try:
        if database.file is not None:
            _make_private(database.file)
        with database.reading():
            pass
    except BaseException:
        database.close()
        raise
    return database


def sqlite_file(text: str) -> Path | None:
    """The file that a URL means; None for a server. Raises a refusal where it means nothing."""
    url = _engine_url(text)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def sqlite_url(file: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{file}"


class Database:
    """An open database. Every transaction is a `with` block, and is undone when an error leaves it.

    It may be used from several threads.
    """

    def __init__(self, url: URL, called: str | None = None) -> None:
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.name = (url.database or "") if self.is_sqlite else _shown(url)
        self.called = called or self.name
        self.url = sqlite_url(Path(self.name)) if self.is_sqlite else self.name
        self._url = url
        self._engine = _engine(url, foreign_keys=True)
        self._reader, self._writer = _roles(self._engine)
        # A new SQLAlchemy connection for each transaction would cost an answer as much as what SQLite does.
        self._at_hand: list[Connection] = []

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database, None for a server."""
        return Path(self.name) if self.is_sqlite else None

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of the database throughout and writes nothing."""
        return self._transaction(self._reader, writes=False)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that is durable when the block has ended; on SQLite there is one at a time."""
        return self._transaction(self._writer, writes=True)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A writing transaction in which tables can be rebuilt: on SQLite its foreign keys are off.

        They are off from the start of the connection. On, rebuilding a table would delete the rows that
        refer to it, and inside a transaction they cannot be turned off.
        """
        engine = _engine(self._url, foreign_keys=False)
        try:
            with (
                told_apart(self.called),
                self._connected(_roles(engine)[1]) as connection,
                connection.begin(),
            ):
                yield connection
        finally:
            engine.dispose()

    def close(self) -> None:
        """Close every connection."""
        while self._at_hand:
            self._at_hand.pop().close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Database({self.url!r})"

    @contextmanager
    def _transaction(self, engine: Engine, *, writes: bool) -> Iterator[Connection]:
        with told_apart(self.called):
            if self.is_sqlite:
                with self._handed() as connection:
                    connection.info[_WRITES] = writes
                    with connection.begin():
                        yield connection
            else:
                with self._connected(engine) as connection, connection.begin():
                    yield connection

    @contextmanager
    def _handed(self) -> Iterator[Connection]:
        """A connection to a SQLite file, left open for the next transaction unless an error leaves the block."""
        try:
            connection = self._at_hand.pop()
        except IndexError:
            connection = self._connected(self._reader)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._at_hand.append(connection)

    def _connected(self, engine: Engine) -> Connection:
        try:
            return engine.connect()
        except DBAPIError as error:
            if self.is_sqlite:
                raise
            raise UnreachableServerError(self.called, _reason(error, self._url)) from error
        except (ValueError, TypeError) as error:  # of what is no name of a host, and no value of a parameter
            if self.is_sqlite:
                raise
            raise UnreadableUrlError from error


def _engine_url(text: str) -> URL:
    """The URL with the driver that is used here; every PostgreSQL one means psycopg 3."""
    # Not the whole URL in a message: it may hold a password, and so may what is written where a scheme should be.
    scheme = text.partition(":")[0]
    named = scheme if _SCHEME.fullmatch(scheme) else ""
    if (path := text.removeprefix("sqlite:///")) not in (text, "", ":memory:"):
        # A file's name is not encoded: `%20` and `?` are characters of it like others.
        return URL.create("sqlite", database=path)
    try:
        text.encode()
        url = make_url(text)
    except ArgumentError as error:
        raise UnknownDatabaseError(named) from error
    except ValueError as error:  # of a port that is no number, and of bytes that are no text
        raise UnreadableUrlError from error
    match url.get_backend_name():
        case "postgresql" | "postgres":
            if not _HOST.fullmatch(url.host or ""):
                raise UnreadableUrlError
            return url.set(drivername="postgresql+psycopg")
        case _:
            raise UnknownDatabaseError(named)


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*", re.ASCII | re.IGNORECASE)
# With an `@` in it, the beginning would be the end of a password.
_HOST = re.compile(r"[^@?#\s]*")


def _shown(url: URL) -> str:
    """A server's URL as it may be read by anyone: no password, and no parameters, which may hold others."""
    return url.set(query={}).render_as_string(hide_password=True)


def _engine(url: URL, *, foreign_keys: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, foreign_keys=foreign_keys)
    for_a_server()
    try:
        return create_engine(
            url,
            hide_parameters=True,
            # A laptop that slept has lost its connections: better a round trip than a grade refused.
            pool_pre_ping=True,
            connect_args={"connect_timeout": _CONNECT_SECONDS},
        )
    except ModuleNotFoundError as error:
        raise MissingDriverError from error


def _sqlite_engine(url: URL, *, foreign_keys: bool) -> Engine:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise OldSqliteError(sqlite3.sqlite_version)
    engine = create_engine(
        url,
        hide_parameters=True,
        # With sqlite3's own transactions, tables would be changed outside of them.
        connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS},
        poolclass=None if foreign_keys else NullPool,
    )

    @event.listens_for(engine, "connect")
    def tame(connection: Any, _: Any) -> None:
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_BETWEEN_CHECKPOINTS}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and then writes would be refused where another writer came between.
        kind = "BEGIN IMMEDIATE" if connection.info.get(_WRITES, True) else "BEGIN"
        # Straight to the driver: through the engine this statement costs as much as all others of an answer.
        connection.connection.cursor().execute(kind)

    return engine


def _roles(engine: Engine) -> tuple[Engine, Engine]:
    """The engine as it reads and as it writes, over one pool of connections."""
    if engine.dialect.name == "sqlite":
        return engine, engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True), engine


def _make_private(file: Path) -> None:
    """Make the file, and the folders it lacks, for its owner alone; what exists stays as it is."""
    check_place(file)
    try:
        make_private_folder(file.parent)
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise UnwritableDatabaseError(str(file)) from error


def _reason(error: DBAPIError, url: URL) -> str:
    """The first line of what the driver said; nothing where a word of it could be the password."""
    said = str(error.orig).strip().partition("\n")[0]
    values = url.query.values()
    secrets = [
        url.password,
        *(text for each in values for text in ([each] if isinstance(each, str) else each)),
    ]
    forms = {form for secret in secrets if secret for form in (str(secret), quote(str(secret), safe=""))}
    return "" if any(form in said for form in forms) else said
