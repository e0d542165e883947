"""Whether a database file can be read, all of it, and what of a damaged one still can.

Everything here goes through the standard library's `sqlite3`, row by row: one that is spoilt hides no other.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Integer, Table

from fasti.core.content import deck_of, fact_of
from fasti.core.decisions import DaysDecided, Decisions, ExamDecided, counting
from fasti.core.entry_kinds import EntryKind
from fasti.core.exams import Exam
from fasti.core.log import Adopted, LogEntry
from fasti.core.log_lines import LineError, line_of, read_line
from fasti.store.faces import card_from
from fasti.store.head import HEAD
from fasti.store.names import Alias
from fasti.store.refusals import told_apart
from fasti.store.tables import metadata, review_log


class Readable(NamedTuple):
    """What a damaged file still tells: its log, its changes of name, the paths of its deck files, and all plans."""

    entries: list[LogEntry]
    aliases: list[Alias]
    paths: list[str]
    plans: dict[str, Decisions]


def damage(file: Path) -> list[str]:
    """What SQLite finds wrong with a file, at most ten things; nothing where it is whole.

    Raises a refusal of `fasti.store.refusals` where something else than damage keeps it from being read.
    """
    try:
        with _told_from_damage(file), closing(_connected(file)) as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
            dangling = connection.execute("PRAGMA foreign_key_check").fetchmany(10)
    except _UNREADABLE as error:
        return [str(error)]
    return [each for each in said if each != "ok"] + [f"{DANGLING}{row[0]}" for row in dangling]


DANGLING = "a row refers to nothing in "
"""What `damage` begins with where the rows of two tables do not agree."""


def journal_mode(file: Path) -> str:
    """How SQLite keeps a file safe: `wal`, `delete`, or empty where that cannot be read."""
    try:
        with closing(_connected(file)) as connection:
            return str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    except _UNREADABLE:
        return ""


def spoilt_rows(file: Path, *, decks: bool = True) -> Mapping[str, int]:
    """By table, how many rows do not hold what they should; all that can be counted where not all can be read.

    Without `decks`, what decks, facts and cards are made of is not looked into, only what their columns hold.
    Raises a refusal of `fasti.store.refusals` where something else than damage keeps them from being read.
    """
    found: dict[str, int] = {}
    for table, columns in _expected(file):
        number = _spoilt_in(file, table, columns, decks=decks)
        if number:
            found[table.name] = number
    return found


def readable(file: Path) -> Readable:
    """All that can still be read of a log in a damaged file, which stays as it is."""
    with _copied(file) as copy, closing(_connected(copy)) as connection:
        numbers = _rows_around_damage(connection)
        entries = {(entry.device, entry.seq): entry for entry in filter(None, map(_entry, numbers))}
        aliases = [Alias(*row) for row in _tolerant(connection, "SELECT key, at_ms, card FROM alias")]
        paths = [row[0] for row in _tolerant(connection, "SELECT path FROM deck_file")]
        days = _tolerant(connection, "SELECT learner, first_day, last_day, decided_ms, off FROM day_off")
        exams = _tolerant(
            connection, f"SELECT learner, decided_ms, removed, {', '.join(Exam._fields)} FROM exam"
        )
    return Readable(
        list(entries.values()),
        [each for each in aliases if [str, int, str] == [type(value) for value in each]],
        [path for path in paths if isinstance(path, str)],
        _plans([*map(_days_decided, days), *map(_exam_decided, exams)]),
    )


# What the driver says of a damaged file may itself be no text.
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError, OverflowError)
_MOST_PROBES = 200_000
_COLUMNS = [column.name for column in review_log.columns]


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=30)
    # Bytes that are no text are not worth an error of their own: what holds them is found out later.
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    return connection


@contextmanager
def _told_from_damage(file: Path) -> Iterator[None]:
    """Raise the refusal that an error is which says nothing about what is in the file."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NO_DAMAGE:
            with told_apart(str(file)):
                raise
        raise


_NO_DAMAGE = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
)


@contextmanager
def _copied(file: Path) -> Iterator[Path]:
    """A copy to read: SQLite may write into a file that it opens."""
    with TemporaryDirectory(prefix="fasti-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, "damaged.db")
        for suffix in ("", "-wal", "-journal"):
            source = file.with_name(file.name + suffix)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + suffix))
        yield copy


def _expected(file: Path) -> list[tuple[Table[Any], list[Any]]]:
    """The tables that a file should have, and their columns; in one of another version, those that it has."""
    if _is_empty(file):
        return []
    try:
        with closing(_connected(file)) as connection:
            versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            there = {table.name: _columns_in(connection, table.name) for table in metadata.sorted_tables}
    except _UNREADABLE:
        versions, there = [(HEAD,)], {}
    if versions == [(HEAD,)]:
        return [(table, list(table.columns)) for table in metadata.sorted_tables]
    return [
        (table, [column for column in table.columns if column.name in there[table.name]])
        for table in metadata.sorted_tables
        if there[table.name]
    ]


def _is_empty(file: Path) -> bool:
    """Whether there are no tables yet: a first run that was ended before it made them left a file behind."""
    try:
        with closing(_connected(file)) as connection:
            return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    except _UNREADABLE:
        return False


def _columns_in(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in _tolerant(connection, f'PRAGMA table_info("{table}")')}


def _spoilt_in(file: Path, table: Table[Any], columns: Sequence[Any], *, decks: bool) -> int:
    # With its table's name before it, a name that is no column is no text either.
    names = ", ".join(f'"{table.name}"."{column.name}"' for column in columns)
    check = _CHECKS.get(table.name) if decks or table is review_log else None
    number = 0
    try:
        with _told_from_damage(file), closing(_connected(file)) as connection:
            for row in connection.execute(f'SELECT {names} FROM "{table.name}"'):
                fits = all(map(_fits, columns, row))
                number += not fits or (check is not None and not _holds(check, row, columns))
    except _UNREADABLE:
        number += 1
    return number


def _fits(column: Any, value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, Boolean):
        return value in (0, 1)
    if isinstance(column.type, Integer):
        return type(value) is int
    return isinstance(value, str) and _is_text(value)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _holds(check: Callable[[dict[str, Any]], object], row: Sequence[Any], columns: Sequence[Any]) -> bool:
    try:
        check({column.name: value for column, value in zip(columns, row, strict=True)})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return True


def _checked_entry(values: dict[str, Any]) -> None:
    if _entry([values.get(name) for name in _COLUMNS]) is None:
        raise ValueError


_CHECKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "deck": lambda row: deck_of(row["id"], row["title"], row["content"]),
    "fact": lambda row: fact_of(row["content"]),
    "card": lambda row: card_from(row["face"], row["asks"]),
    "review_log": _checked_entry,
}


def _entry(row: Sequence[Any]) -> LogEntry | None:
    """A row of the log as an entry, if it can be one."""
    values = dict(zip(_COLUMNS, row, strict=True))
    try:
        values["kind"] = EntryKind(values["kind"])
        if values["adopted"] is not None:
            values["adopted"] = Adopted(*json.loads(values["adopted"]))
        entry = LogEntry(**values)
        same = read_line(line_of(entry), entry.learner) == entry
        return entry if same and isinstance(entry.learner, str) and _is_text(entry.learner) else None
    except (ValueError, TypeError, AttributeError, LineError, RecursionError):
        return None


_Decided = DaysDecided | ExamDecided


def _days_decided(row: Sequence[Any]) -> tuple[str, _Decided] | None:
    learner, first_day, last_day, at_ms, off = row
    return _sound_plan(learner, lambda: DaysDecided(first_day, last_day, at_ms, bool(off)))


def _exam_decided(row: Sequence[Any]) -> tuple[str, _Decided] | None:
    learner, at_ms, removed, *exam = row
    return _sound_plan(learner, lambda: ExamDecided(Exam(*exam), at_ms, bool(removed)))


def _sound_plan(learner: object, made: Callable[[], _Decided]) -> tuple[str, _Decided] | None:
    """A plan and whose it is, if both can be."""
    try:
        plan = made()
        same = read_line(line_of(plan), "") == plan
        return (learner, plan) if same and isinstance(learner, str) and _is_text(learner) else None
    except (ValueError, TypeError, LineError):
        return None


def _plans(found: Sequence[tuple[str, _Decided] | None]) -> dict[str, Decisions]:
    sound = [each for each in found if each is not None]
    return {
        learner: counting(
            [plan for name, plan in sound if name == learner and isinstance(plan, DaysDecided)],
            [plan for name, plan in sound if name == learner and isinstance(plan, ExamDecided)],
        )
        for learner in {name for name, _ in sound}
    }


def _rows_around_damage(connection: sqlite3.Connection) -> list[Sequence[Any]]:
    """The rows of the log: from both ends up to what cannot be read, and one by one in between."""
    there = _columns_in(connection, "review_log") or set(_COLUMNS)
    # An earlier version has fewer columns: what is not there was not said.
    log = f"SELECT {', '.join(name if name in there else 'NULL' for name in _COLUMNS)} FROM review_log"
    rows = [
        *_tolerant(connection, log),
        *_tolerant(connection, f"{log} ORDER BY device, seq"),
        *_tolerant(connection, f"{log} ORDER BY device DESC, seq DESC"),
    ]
    found: dict[str, set[int]] = {}
    for row in rows:
        if isinstance(row[0], str) and type(row[1]) is int:
            found.setdefault(row[0], set()).add(row[1])
    known = {row[0]: row[1] for row in _tolerant(connection, "SELECT id, last_seq FROM device")}
    probes = 0
    for device in {*found, *(name for name in known if isinstance(name, str))}:
        last = known.get(device)
        # Numbers that another program gave are moments: there is nothing in between to look for.
        last = max(last, *found.get(device, ()), 0) if type(last) is int else 0
        for seq in range(1, last + 1):
            if seq not in found.get(device, ()) and probes < _MOST_PROBES:
                probes += 1
                rows += _tolerant(connection, f"{log} WHERE device = ? AND seq = ?", (device, seq))
    return rows


def _tolerant(
    connection: sqlite3.Connection, question: str, values: Sequence[Any] = ()
) -> list[Sequence[Any]]:
    """The rows up to the first that cannot be read."""
    rows: list[Sequence[Any]] = []
    with suppress(*_UNREADABLE):
        for row in connection.execute(question, values):
            rows.append(row)  # noqa: PERF402 - one by one, so that those before an error are kept
    return rows
