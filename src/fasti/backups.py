"""Copies of the student's progress: one a day without being asked, others by hand, and which is which."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fasti.core.days import Moment, date_text, study_day
from fasti.errors import ExitCode, FastiError
from fasti.settings import Settings
from fasti.store import copies as kept
from fasti.store.copies import BY_HAND, DAILY, Copy


class ServerBackupError(FastiError):
    """A server, whose copies are its keeper's."""

    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__(
            "your progress is on a database server, whose backups are made by the server's own tools",
            "for PostgreSQL that is `pg_dump`, or what your provider offers",
        )


class NoBackupError(FastiError):
    """A backup that is not there, or several that could be meant."""

    exit_code = ExitCode.USAGE

    def __init__(self, which: str, found: Sequence[Copy]) -> None:
        if len(found) > 1:
            names = ", ".join(f"`{copy.path.stem}`" for copy in found[:4])
            super().__init__(f"several backups are meant by `{which}`: {names}", "write more of the name")
        else:
            super().__init__(
                f"no backup `{which}`", "`fasti backup list` shows them; a file may be named by its path too"
            )


class NothingToBackUpError(FastiError):
    """A student who has no database yet."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"there is no database `{file}` yet", "`fasti review` begins one")


class Backup(NamedTuple):
    """A backup as it is listed: its number in the list, and how many answers are in it (None: unreadable)."""

    number: int
    copy: Copy
    answers: int | None

    def as_json(self) -> dict[str, Any]:
        """The backup as programs read it; the moment is in milliseconds."""
        return {
            "number": self.number,
            "name": self.copy.path.stem,
            "path": str(self.copy.path),
            "why": self.copy.why,
            "made_at_ms": self.copy.made_ms,
            "bytes": self.copy.size,
            "answers": self.answers,
        }


def file_of(settings: Settings) -> Path:
    """The file that backups are made of.

    Raises ServerBackupError, NothingToBackUpError where there is none, and a refusal of `fasti.store.refusals`
    where there was one.
    """
    # Imported here: the end of every sitting asks for the day's backup, and this loads the database engine.
    from fasti.store.backup import check_not_lost
    from fasti.store.refusals import check_place

    file = settings.sqlite_file
    if file is None:
        raise ServerBackupError
    check_place(file)
    check_not_lost(file)
    if not file.exists():
        raise NothingToBackUpError(file)
    return file


def back_up_daily(settings: Settings, moment: Moment) -> Path | None:
    """Make this study day's backup unless there is one, or nothing to keep; where it is.

    Raises a refusal of `fasti.store.refusals` where it cannot be made.
    """
    file = settings.sqlite_file
    if file is None or not file.exists():
        return None
    today = study_day(moment)
    made = (copy.made_ms for copy in kept.copies(file) if copy.why == DAILY)
    if any(study_day(moment._replace(utc_ms=each)) == today for each in made) or not kept.has_entries(file):
        return None
    # Imported here: a day begins once, and this loads the database engine.
    from fasti.store.backup import put_aside

    return put_aside(file, DAILY, moment.utc_ms)


def back_up(settings: Settings, now_ms: int) -> Backup:
    """Make a backup now, which stays until the student takes it away."""
    from fasti.store.backup import put_aside

    path = put_aside(file_of(settings), BY_HAND, now_ms)
    return next(each for each in listed(settings) if each.copy.path == path)


def listed(settings: Settings) -> list[Backup]:
    """Every backup, newest first. Raises ServerBackupError."""
    if settings.sqlite_file is None:
        raise ServerBackupError
    found = kept.copies(settings.sqlite_file)
    return [Backup(place, copy, kept.answers_in(copy.path)) for place, copy in enumerate(found, 1)]


def chosen(settings: Settings, which: str, moment: Moment) -> Copy:
    """The backup of this number in the list, name or beginning of a name, day, or path. Raises NoBackupError."""
    if settings.sqlite_file is None:
        raise ServerBackupError
    copies = kept.copies(settings.sqlite_file)
    if which.isascii() and which.isdecimal() and 1 <= int(which[:9]) <= len(copies):
        return copies[int(which[:9]) - 1]
    name = which.removesuffix(".db")
    exact = [copy for copy in copies if copy.path.stem == name]
    begun = [copy for copy in copies if name and copy.path.stem.startswith(name)]
    of_day = [copy for copy in copies if date_text(study_day(moment._replace(utc_ms=copy.made_ms))) == which]
    found = exact or begun or of_day
    if not found and _is_file(Path(which)):
        stat = Path(which).stat()
        found = [Copy(Path(which), "file", int(stat.st_mtime * 1000), stat.st_size)]
    if len(found) != 1:
        raise NoBackupError(which, found)
    return found[0]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
