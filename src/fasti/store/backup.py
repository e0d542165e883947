"""Copies of a SQLite database, by SQLite's own backup call: whole, whoever is writing meanwhile.

They are kept in `backups` beside the file. The name of a copy says why it was made and when.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from fasti.settings import make_private_folder
from fasti.store.copies import DAILY, KEPT, copies, copy_name, folder_of, why_of
from fasti.store.refusals import (
    DamagedDatabaseError,
    LockedDatabaseError,
    UnwritableBackupError,
    told_apart,
)


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


_PART = ".part"
_PATIENCE_S = 10
_ABANDONED_S = 86_400


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
    name, number = copy_name(file, why, moment_ms), 1
    while True:
        path = folder_of(file) / (f"{name}.db" if number == 1 else f"{name}-{number}.db")
        try:
            put(path)
        except FileExistsError:
            number += 1
        else:
            return path


def _thin_out(file: Path, made: Path) -> None:
    """Take away the oldest of a sort of which more than ten are kept, never the one just made."""
    alike = [copy for copy in copies(file) if _sort(copy.why) == _sort(why_of(made))]
    if _sort(why_of(made)) is None:
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


def _sort(why: str) -> str | None:
    """What is counted together; None for what is never taken away."""
    if why == DAILY:
        return DAILY
    return "before" if why.startswith("before-") else None


def _make(target: Path) -> None:
    try:
        make_private_folder(target.parent)
    except OSError as error:
        # A file where the folder should be is no name that is taken.
        raise UnwritableBackupError(str(target), error.strerror or "") from error
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise
    except OSError as error:
        raise UnwritableBackupError(str(target).removesuffix(_PART), error.strerror or "") from error
