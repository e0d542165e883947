"""Copies of a SQLite database, by SQLite's own backup call: whole, whoever is writing meanwhile.

They are kept in `backups` beside the file. The name of a copy says why it was made and when.
"""

import errno
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from glob import escape
from pathlib import Path

from fasti.core.onlooker import Onlooker, nobody
from fasti.settings import make_private_folder
from fasti.store.copies import (
    DAILY,
    DAMAGED,
    KEPT,
    answers_in,
    backups_of,
    copies,
    copy_name,
    folder_of,
    why_of,
)
from fasti.store.refusals import (
    DamagedDatabaseError,
    LockedDatabaseError,
    LostDatabaseError,
    UnwritableBackupError,
    UnwritableDatabaseError,
    told_apart,
)


def copy_database(source: Path, target: Path) -> None:
    """Write a copy of `source` as a new file, for its owner alone; the copy is there whole or not at all.

    Raises FileExistsError where there is a file of that name, and a refusal of `fasti.store.refusals`
    where nothing can be read or written, or what was read is damaged.
    """
    # A name of its own: what a program that was killed has left is in nobody's way.
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}{_PART}")
    _make(part)
    try:
        if target.exists():
            raise FileExistsError(target)
        with told_apart(str(source)):
            _copy(source, part)
        _move_unless_there(part, target)
    except FileExistsError:
        raise
    except OSError as error:
        raise UnwritableBackupError(str(target), error.strerror or "") from error
    finally:
        part.unlink(missing_ok=True)


def overwrite(file: Path, source: Path, onlooker: Onlooker = nobody) -> None:
    """Make what `file` holds that of the database `source`, in one transaction: others may have it open.

    Raises a refusal of `fasti.store.refusals`, and LockedDatabaseError where a program does not let go of it.
    """
    with (
        told_apart(str(file)),
        closing(sqlite3.connect(file, timeout=_PATIENCE_S)) as target,
        closing(sqlite3.connect(source)) as original,
    ):
        # In portions where somebody looks on; else in one, which is quicker.
        pages = -1 if onlooker is nobody else _PAGES
        original.backup(target, pages=pages, progress=_patience(file, onlooker))


def put_aside(file: Path, why: str, moment_ms: int) -> Path:
    """Copy a database into `backups` beside it, named for the reason and the moment; the copy's path.

    Where there are more than are kept of its sort, the oldest go.
    """
    made = _numbered(file, why, moment_ms, lambda copy: copy_database(file, copy))
    _thin_out(file, made)
    return made


def take_place(
    file: Path, new: Path, moment_ms: int, prepare: Callable[[Path], None] = lambda _: None
) -> Path | None:
    """Put a copy of the database `new` in the place of a file that cannot be used, or is gone.

    What was there is kept in `backups`, with what SQLite has beside it; where, or None if there was nothing.
    At every moment there is a file, and never one beside the log of another. `prepare` is called with the copy
    before it is in its place. Raises a refusal of `fasti.store.refusals`.
    """
    staged = file.with_name(f"{file.name}.{secrets.token_hex(4)}{_PART}")
    _sweep(file.parent, f"{escape(file.name)}.*{_PART}*")
    copy_database(new, staged)
    try:
        prepare(staged)
        kept = _keep(file, moment_ms)
        for beside in _parts(file)[1:]:
            beside.unlink(missing_ok=True)
        staged.replace(file)
    except OSError as error:
        raise UnwritableDatabaseError(str(file)) from error
    finally:
        staged.unlink(missing_ok=True)
    return kept


def check_not_lost(file: Path) -> None:
    """Refuse a file that is gone or empty while a backup of it has answers: no progress begins anew unasked.

    Raises LostDatabaseError.
    """
    try:
        gone = not file.exists()
        if not gone and file.stat().st_size:
            return
    except OSError:
        return  # what the system does not let us see, opening will tell
    if any(answers_in(copy.path) for copy in backups_of(file)):
        raise LostDatabaseError(str(file), str(folder_of(file)), gone=gone)


_PART = ".part"
_BESIDE = ("-wal", "-shm", "-journal")
_NO_LINKS = (
    errno.EPERM,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.ENOSYS,
    errno.EMLINK,
    errno.EXDEV,
    errno.EACCES,
)
_PATIENCE_S = 10
_PAGES = 4_000
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


def _patience(file: Path, onlooker: Onlooker) -> Callable[[int, int, int], None]:
    """Gives up on a database that another program holds, and tells how much is copied."""
    end = time.monotonic() + _PATIENCE_S

    def look(status: int, remaining: int, total: int) -> None:
        onlooker("Going back", total - remaining, total, "pages")
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise LockedDatabaseError(str(file))

    return look


def _move_unless_there(part: Path, target: Path) -> None:
    """Give a file its name, unless another has it by now. Raises FileExistsError."""
    try:
        os.link(part, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A disk on which no file can have two names.
        if target.exists():
            raise FileExistsError(target) from error
        part.replace(target)


def _keep(file: Path, moment_ms: int) -> Path | None:
    """Have what is at a database's place under a name in `backups` too; what that is, None for nothing."""

    def keep(there: Path) -> None:
        _make_folder(there)
        for part in found:
            _keep_part(part, there.with_name(there.name + part.name.removeprefix(file.name)))

    found = [part for part in _parts(file) if part.exists() and part.stat().st_size]
    return _numbered(file, DAMAGED, moment_ms, keep) if found else None


def _keep_part(part: Path, there: Path) -> None:
    try:
        os.link(part, there)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _make(there)
        shutil.copyfile(part, there)


def _parts(file: Path) -> list[Path]:
    """A database file, and those that SQLite may have beside it."""
    return [file, *(file.with_name(file.name + suffix) for suffix in _BESIDE)]


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
    _sweep(folder_of(file), f"*{_PART}*")


def _sweep(folder: Path, names: str) -> None:
    """Take away what programs that were killed have left, a day ago or earlier."""
    for left in folder.glob(names):
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


def _make_folder(target: Path) -> None:
    try:
        make_private_folder(target.parent)
    except OSError as error:
        # A file where the folder should be is no name that is taken.
        raise UnwritableBackupError(str(target), error.strerror or "") from error


def _make(target: Path) -> None:
    _make_folder(target)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise
    except OSError as error:
        raise UnwritableBackupError(_without_part(target), error.strerror or "") from error


def _without_part(target: Path) -> str:
    """The name that a file is to have in the end."""
    name = target.name
    return str(
        target.with_name(name.removesuffix(_PART).rpartition(".")[0]) if name.endswith(_PART) else target
    )
