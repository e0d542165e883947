"""Copies of a SQLite database, by SQLite's own backup call: whole, whoever is writing meanwhile."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from fasti.store.refusals import UnwritableDatabaseError, told_apart


def copy_database(source: Path, target: Path) -> None:
    """Write a copy of `source` as a new file, for its owner alone.

    Raises FileExistsError where there is a file of that name, and a refusal of `fasti.store.refusals`
    where nothing can be read or written.
    """
    _make(target)
    with (
        told_apart(str(source)),
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)


def put_aside(file: Path, why: str, moment_ms: int) -> Path:
    """Copy a database into `backups` beside it, named for the reason and the moment; the copy's path."""
    folder = file.parent / "backups"
    moment = datetime.fromtimestamp(moment_ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    name, number = f"{why}-{moment}", 1
    while True:
        copy = folder / (f"{name}.db" if number == 1 else f"{name}-{number}.db")
        try:
            copy_database(file, copy)
        except FileExistsError:
            number += 1
        else:
            return copy


def _make(target: Path) -> None:
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise
    except OSError as error:
        raise UnwritableDatabaseError(str(target)) from error
