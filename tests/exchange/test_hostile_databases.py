"""Databases that could act, are damaged, or claim more than they hold."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from fasti.exchange.packages import cards as package_cards
from fasti.exchange.packages import database as package_database
from fasti.exchange.packages import notes as package_notes
from fasti.exchange.packages.error import PackageError
from tests.exchange.outcomes import consistent, read, refusal, write
from tests.exchange.packages import (
    card,
    database,
    latest,
    note,
    package,
    review,
    zipped,
)

pytestmark = pytest.mark.usefixtures("temporary")


def view(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE notes RENAME TO real")
    connection.execute(
        "CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT i AS id, 'g' AS guid, 10 AS mid, 0 AS mod, '' AS tags, 'x' AS flds FROM n"
    )


def virtual(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE notes")
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(
        "INSERT INTO sqlite_master VALUES "
        "('table', 'notes', 'notes', 0, 'CREATE VIRTUAL TABLE notes USING fts3(id, guid)')"
    )


def computed(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE notes")
    connection.execute(
        "CREATE TABLE notes (id integer primary key, guid, mid, mod, tags, "
        "flds text GENERATED ALWAYS AS (hex(zeroblob(50000000))) VIRTUAL)"
    )


def malformed(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE notes (((' WHERE name = 'notes'")


def lost_root(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("UPDATE sqlite_master SET rootpage = 999999 WHERE name = 'notes'")


def without_notes(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE notes")


def without_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE notes RENAME COLUMN flds TO fields")


def without_head(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM col")


def newer(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE col SET ver = 19")


def table_flood(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("BEGIN")
    rows = (
        ("table", f"t{number}", f"t{number}", 2, f"CREATE TABLE t{number} (a)") for number in range(120_000)
    )
    connection.executemany("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (view, "`notes` in its database is not a table"),
        (virtual, "`notes` in its database is not a table"),
        (computed, "the table `notes` of its database has computed columns"),
        (malformed, "its database is damaged"),
        (lost_root, "its database is damaged"),
        (without_notes, "its database has no table `notes`"),
        (without_column, "the table `notes` of its database has no column `flds`"),
        (without_head, "its database is empty"),
        (newer, "its database is of version 19, which fasti does not know"),
        (table_flood, "its database is damaged"),
    ],
)
def test_databases_that_could_act_or_cannot_be_read_are_refused(
    tmp_path: Path, change: Callable[[sqlite3.Connection], None], why: str
) -> None:
    assert refusal(package(tmp_path / "x.apkg", notes=note(), cards=card(), change=change)) == why


def test_triggers_views_and_indexes_beside_the_tables_do_nothing(tmp_path: Path) -> None:
    def change(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM cards; END")
        connection.execute("CREATE VIEW v AS SELECT load_extension('evil') FROM notes")
        connection.execute("CREATE INDEX i ON notes (length(hex(flds)), id, guid, mid, mod, tags, flds)")

    found = read(package(tmp_path / "x.apkg", notes=note(), cards=card(), change=change))

    assert (len(found.notes), len(found.cards), found.left_out) == (1, 1, ())


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (16, b"\x00\x03"),
        (16, b"\xff\xff"),
        (18, b"\xff\xff"),
        (20, b"\xff"),
        (28, b"\xff\xff\xff\xff"),
        (56, b"\x00\x00\x00\x09"),
    ],
)
def test_headers_that_lie_are_survived(tmp_path: Path, place: int, value: bytes) -> None:
    data = database(tmp_path / "d", notes=note(), cards=card())
    data = data[:place] + value + data[place + len(value) :]
    path = write(tmp_path / "x.apkg", zipped([("collection.anki2", data)]))
    with suppress(PackageError):
        assert consistent(read(path))


def test_a_database_that_was_left_in_write_ahead_mode_is_read(tmp_path: Path) -> None:
    data = database(tmp_path / "d", notes=note(), cards=card())
    data = data[:18] + b"\x02\x02" + data[20:]

    assert len(read(latest(tmp_path / "x.apkg", data)).notes) == 1


def test_a_database_in_utf_16_is_read(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "d.anki2")) as connection:
        connection.execute("PRAGMA encoding='UTF-16le'")
        connection.execute("CREATE TABLE first (a)")

    assert read(package(tmp_path / "d.apkg", notes=note(flds="é\x1f日本"))).notes[0].fields == ("é", "日本")


def test_text_that_is_not_utf_8_is_mended(tmp_path: Path) -> None:
    def change(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE notes SET flds = CAST(x'ff61c31f62' AS TEXT)")

    found = read(package(tmp_path / "x.apkg", notes=note(), change=change))

    assert found.notes[0].fields == ("\N{REPLACEMENT CHARACTER}a\N{REPLACEMENT CHARACTER}", "b")


def test_cells_of_absurd_size_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_database, "MAX_CELL", 1 << 20)
    path = package(tmp_path / "x.apkg", notes=note(flds="x" * (2 << 20)))

    assert refusal(path) == "its database is damaged"


@pytest.mark.parametrize(
    ("module", "limit", "why"),
    [
        (package_notes, "MAX_NOTES", "the table `notes` of its database has more than 2 rows"),
        (package_cards, "MAX_CARDS", "the table `cards` of its database has more than 2 rows"),
        (package_cards, "MAX_REVIEWS", "the table `revlog` of its database has more than 2 rows"),
        (package_notes, "MAX_FIELDS", "its notes have more than 2 fields"),
        (package_database, "MAX_TEXT", "its texts are longer than the database that holds them can be"),
    ],
)
def test_more_rows_than_a_collection_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, limit: str, why: str
) -> None:
    monkeypatch.setattr(module, limit, 2)
    contents = {
        "notes": [note(number)[0] for number in range(3)],
        "cards": [card(number, 1)[0] for number in range(3)],
        "reviews": [review(number + 1, 1)[0] for number in range(3)],
    }

    assert refusal(package(tmp_path / "x.apkg", **contents)) == why


def test_reading_stops_after_so_many_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_database, "MAX_STEPS", 20_000)
    path = package(tmp_path / "x.apkg", notes=[note(number)[0] for number in range(20_000)])

    assert refusal(path) == "its database is damaged"
