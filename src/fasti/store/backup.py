"""Copies of a SQLite database, by SQLite's own backup call: whole, whoever is writing meanwhile.

They are kept in `backups` beside the file. The name of a copy says why it was made and when.
"""

import os
import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from fasti.core.entry_kinds import ANSWERS
from fasti.store.refusals import (
    DamagedDatabaseError,
    LockedDatabaseError,
    UnwritableBackupError,
    told_apart,
)

DAILY = "daily"
BY_HAND = "by-hand"
KEPT = 10
"""Daily copies kept; as many of those made before something was changed. All others stay for good."""


class Copy(NamedTuple):
    """A copy in `backups`: `why` it was made, the moment in milliseconds, its size in bytes."""

    path: Path
    why: str
    made_ms: int
    size: int


def copy_database(source: Path, target: Path) -> None:
    """Write a copy of `source` as a new file, for its owner alone; the copy is there whole or not at all.

    Raises FileExistsError where there is a file of that name, and a refusal of `fasti.store.refusals`
    where nothing can be read or written, or what was read is damaged.
    """
    part = target.with_name(f"{target.name}{_PART}")
    if target.exists():
        raise FileExistsError(target)
    _make(part)
    try:
        with told_apart(str(source)):
            _copy(source, part)
        part.replace(target)
    except OSError as error:
        raise UnwritableBackupError(str(target), error.strerror or "") from error
    finally:
        part.unlink(missing_ok=True)


def overwrite(file: Path, source: Path) -> None:
    """Make what `file` holds that of the database `source`, in one transaction: others may have it open.

    Raises a refusal of `fasti.store.refusals`, and LockedDatabaseError where a program does not let go of it.
    """
    with (
        told_apart(str(file)),
        closing(sqlite3.connect(file, timeout=_PATIENCE_S)) as target,
        closing(sqlite3.connect(source)) as original,
    ):
        original.backup(target, progress=_patience(file))


def put_aside(file: Path, why: str, moment_ms: int) -> Path:
    """Copy a database into `backups` beside it, named for the reason and the moment; the copy's path.

    Where there are more than are kept of its sort, the oldest go.
    """
    made = _numbered(file, why, moment_ms, lambda copy: copy_database(file, copy))
    _thin_out(file, made)
    return made


def move_aside(file: Path, why: str, moment_ms: int) -> Path:
    """Move a file that cannot be used into `backups`, with what SQLite keeps beside it; where it is now."""

    def move(there: Path) -> None:
        _make(there)
        file.replace(there)
        for suffix in ("-wal", "-shm", "-journal"):
            beside = file.with_name(file.name + suffix)
            if beside.exists():
                beside.replace(there.with_name(there.name + suffix))

    return _numbered(file, why, moment_ms, move)


def copies(file: Path) -> list[Copy]:
    """The copies of a database that are in `backups` beside it, newest first."""
    try:
        found = [_read(path) for path in folder_of(file).iterdir()]
    except OSError:
        return []
    ours = [copy for prefix, copy in filter(None, found) if prefix == _prefix(file)]
    return sorted(ours, key=lambda copy: (copy.made_ms, copy.path.name), reverse=True)


def folder_of(file: Path) -> Path:
    """Where the copies of a database are kept."""
    return file.parent / "backups"


def answers_in(file: Path) -> int | None:
    """How many answers a database holds, whatever its version; None where that cannot be read."""
    kinds = ", ".join(f"'{kind.value}'" for kind in sorted(ANSWERS))
    rows = _ask(file, f"SELECT count(*) FROM review_log WHERE kind IN ({kinds})")
    return rows[0][0] if rows else None


def has_entries(file: Path) -> bool:
    """Whether the log of a database holds anything."""
    return bool(_ask(file, "SELECT 1 FROM review_log LIMIT 1"))


_PART = ".part"
_PATIENCE_S = 10
_ABANDONED_S = 86_400
_NAME = re.compile(
    r"(?:(?P<of>.+)\.)?(?P<why>[a-z][a-z0-9-]*?)-(?P<stamp>\d{8}T\d{6}Z)(?:-\d+)?\.db", re.ASCII
)
_STAMP = "%Y%m%dT%H%M%SZ"


def _copy(source: Path, part: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as original,
        closing(sqlite3.connect(part)) as copy,
    ):
        # Waits for whoever is writing, and no longer than SQLite waits; the backup call alone would wait for ever.
        original.execute("BEGIN")
        original.execute("SELECT count(*) FROM sqlite_master").fetchone()
        original.backup(copy)
        # A file of its own: nothing is left beside it by whoever looks into it.
        copy.execute("PRAGMA journal_mode = DELETE")
        if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise DamagedDatabaseError(str(source))


def _patience(file: Path) -> Callable[[int, int, int], None]:
    """Gives up on a database that another program holds."""
    end = time.monotonic() + _PATIENCE_S

    def look(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise LockedDatabaseError(str(file))

    return look


def _numbered(file: Path, why: str, moment_ms: int, put: Callable[[Path], None]) -> Path:
    """Put something under the first free name for this reason and moment."""
    moment = datetime.fromtimestamp(moment_ms / 1000, UTC).strftime(_STAMP)
    name, number = f"{_prefix(file)}{why}-{moment}", 1
    while True:
        path = folder_of(file) / (f"{name}.db" if number == 1 else f"{name}-{number}.db")
        try:
            put(path)
        except FileExistsError:
            number += 1
        else:
            return path


def _prefix(file: Path) -> str:
    """What tells the copies of several databases in one folder apart; the student's own needs nothing."""
    return "" if file.name == "fasti.db" else f"{file.name.removesuffix('.db')}."


def _read(path: Path) -> tuple[str, Copy] | None:
    """The copy of this name, and the beginning of it that says of which database; None for another file."""
    found = _NAME.fullmatch(path.name)
    try:
        if found is None or not path.is_file():
            return None
        made = datetime.strptime(found["stamp"], _STAMP).replace(tzinfo=UTC)
        size = path.stat().st_size
    except (OSError, ValueError):
        return None
    prefix = f"{found['of']}." if found["of"] else ""
    return prefix, Copy(path, found["why"], int(made.timestamp() * 1000), size)


def _thin_out(file: Path, made: Path) -> None:
    """Take away the oldest of a sort of which more than ten are kept, never the one just made."""
    alike = [copy for copy in copies(file) if _sort(copy.why) == _sort(_why(made))]
    if _sort(_why(made)) is None:
        return
    others = [copy for copy in alike if copy.path != made]
    for copy in others[KEPT - 1 :]:
        copy.path.unlink(missing_ok=True)
    for left in folder_of(file).glob(f"*{_PART}"):
        try:
            if time.time() - left.stat().st_mtime > _ABANDONED_S:
                left.unlink()
        except OSError:
            continue  # another program swept first


def _why(path: Path) -> str:
    found = _NAME.fullmatch(path.name)
    return found["why"] if found else ""


def _sort(why: str) -> str | None:
    """What is counted together; None for what is never taken away."""
    if why == DAILY:
        return DAILY
    return "before" if why.startswith("before-") else None


def _ask(file: Path, question: str) -> list[tuple[int]]:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            return connection.execute(question).fetchall()
    except (sqlite3.Error, UnicodeDecodeError):
        return []


def _make(target: Path) -> None:
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        # A file where the folder should be is no name that is taken.
        raise UnwritableBackupError(str(target), error.strerror or "") from error
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise
    except OSError as error:
        raise UnwritableBackupError(str(target).removesuffix(_PART), error.strerror or "") from error
