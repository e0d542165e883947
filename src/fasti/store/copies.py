"""The copies in `backups`, told by their names: why each was made, and when.

Nothing here loads the database engine: whether a day has its backup is asked at the end of every sitting.
"""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from fasti.core.entry_kinds import ANSWERS

DAILY = "daily"
BY_HAND = "by-hand"
DAMAGED = "damaged"
"""Why a file that could not be read is kept: for what may still be in it, and not to go back to."""
KEPT = 10
"""Daily copies kept; as many of those made before something was changed. All others stay for good."""


class Copy(NamedTuple):
    """A copy in `backups`: `why` it was made, the moment in milliseconds, its size in bytes."""

    path: Path
    why: str
    made_ms: int
    size: int


def copies(file: Path) -> list[Copy]:
    """The copies of a database that are in `backups` beside it, newest first; damaged files come last."""
    try:
        found = [_read(path) for path in folder_of(file).iterdir()]
    except OSError:
        return []
    ours = [copy for prefix, copy in filter(None, found) if prefix == _prefix(file)]
    return sorted(ours, key=lambda copy: (copy.why != DAMAGED, copy.made_ms, copy.path.name), reverse=True)


def backups_of(file: Path) -> list[Copy]:
    """The copies to which one can go back, newest first: a damaged file that is kept among them is none."""
    return [copy for copy in copies(file) if copy.why != DAMAGED]


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


def copy_name(file: Path, why: str, moment_ms: int) -> str:
    """What a copy of a database is called, but for a number and its ending."""
    moment = datetime.fromtimestamp(moment_ms / 1000, UTC).strftime(_STAMP)
    return f"{_prefix(file)}{why}-{moment}"


def why_of(path: Path) -> str:
    """Why a copy was made, by its name."""
    found = _NAME.fullmatch(path.name)
    return found["why"] if found else ""


_NAME = re.compile(
    r"(?:(?P<of>.+)\.)?(?P<why>[a-z][a-z0-9-]*?)-(?P<stamp>\d{8}T\d{6}Z)(?:-\d+)?\.db", re.ASCII
)
_STAMP = "%Y%m%dT%H%M%SZ"


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


def _ask(file: Path, question: str) -> list[tuple[int]]:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            return connection.execute(question).fetchall()
    except (sqlite3.Error, UnicodeDecodeError):
        return []
