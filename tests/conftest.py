"""Databases for tests: SQLite always, PostgreSQL where `FASTI_TEST_POSTGRES` names a server to use."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from fasti.store import migrate
from fasti.store.database import Database, connect
from fasti.store.opening import open_database
from fasti.store.tables import metadata

Blank = Callable[[], AbstractContextManager[Database]]
"""Gives an empty database of the present version, as often as it is called."""

POSTGRES = os.environ.get("FASTI_TEST_POSTGRES", "")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database file of the present version; migrating takes much longer than copying it."""
    file = tmp_path_factory.mktemp("template") / "empty.db"
    open_database(f"sqlite:///{file}", 0).close()
    return file


@pytest.fixture
def sqlite_blank(template: Path, tmp_path: Path) -> Blank:
    @contextmanager
    def blank() -> Iterator[Database]:
        file = tmp_path / f"{secrets.token_hex(4)}.db"
        shutil.copyfile(template, file)
        with open_database(f"sqlite:///{file}", 0) as database:
            yield database

    return blank


@pytest.fixture
def schema() -> Iterator[str]:
    """The URL of an empty PostgreSQL schema of the test's own."""
    if not POSTGRES:
        pytest.skip("FASTI_TEST_POSTGRES does not hold the URL of a PostgreSQL server")
    name = f"test_{secrets.token_hex(6)}"
    with connect(POSTGRES) as server:
        with server.writing() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
        url = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={name}"})
        yield url.render_as_string(hide_password=False)
        with server.writing() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


@pytest.fixture
def postgres_blank(schema: str) -> Iterator[Blank]:
    with connect(schema) as database:
        migrate.upgrade(database, 0)

    @contextmanager
    def blank() -> Iterator[Database]:
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        with open_database(schema, 0) as database:
            with database.writing() as connection:
                connection.execute(text(f"TRUNCATE {tables}"))
            yield database

    return blank


@pytest.fixture(params=["sqlite", "postgresql"])
def blank(request: pytest.FixtureRequest) -> Blank:
    fixture = "sqlite_blank" if request.param == "sqlite" else "postgres_blank"
    made: Blank = request.getfixturevalue(fixture)
    return made


@pytest.fixture
def database(blank: Blank) -> Iterator[Database]:
    with blank() as database:
        yield database
