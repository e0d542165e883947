"""Why a database cannot be used: each reason with its sentence, and the drivers' errors told apart."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from fasti.errors import ExitCode, FastiError

RESTORE = (
    "`fasti backup list` shows the copies of it, `fasti backup restore` goes back to one, `fasti doctor --rescue`"
    " saves what can be read"
)

_SHOWN = 200


class UnknownDatabaseError(FastiError):
    """A URL of an engine that is not spoken here."""

    exit_code = ExitCode.USAGE

    def __init__(self, name: str) -> None:
        super().__init__(
            f"`{name}` is no database that fasti knows" if name else "this is no URL of a database",
            "give a SQLite file, or a URL like `postgresql://user@host/name`",
        )


class UnreadableUrlError(FastiError):
    """A URL of a server that cannot be taken apart; it is not repeated, since a password may be in it."""

    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__(
            "the URL of the database cannot be read",
            "write it like `postgresql://user@host:5432/name`; in a password, `@` is `%40`, `/` is `%2F`,"
            " `?` is `%3F`, `#` is `%23` and `%` is `%25`",
        )


class MissingDriverError(FastiError):
    """A server whose driver is not installed."""

    def __init__(self) -> None:
        super().__init__("the driver for PostgreSQL is not installed", "`pip install 'fasti[postgres]'`")


class OldSqliteError(FastiError):
    """A Python whose SQLite lacks what the statements need."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"this Python has SQLite {version}, too old for fasti", "use one with SQLite 3.35 or later"
        )


class NotADatabaseError(FastiError):
    """A file that is something else."""

    def __init__(self, name: str) -> None:
        super().__init__(f"`{name}` is not a database", "give a database of fasti, such as `fasti.db`")


class ForeignDatabaseError(FastiError):
    """A database that another program made."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"`{name}` is a database of another program; nothing was changed in it",
            "give a database of fasti, such as `fasti.db`",
        )


class StrangeDatabaseError(FastiError):
    """Another machine's database with something in it that no version of fasti writes; `what` it is."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            f"`{name}` holds what no fasti writes: {what}; nothing was taken from it",
            "`fasti doctor` on the machine that it comes from says more",
        )


class DamagedDatabaseError(FastiError):
    """A database file that SQLite can no longer read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the database `{name}` is damaged", RESTORE)


class LostDatabaseError(FastiError):
    """A database file that is gone or empty, while backups of it hold answers."""

    def __init__(self, name: str, backups: str, *, gone: bool) -> None:
        super().__init__(
            f"the database `{name}` is {'gone' if gone else 'empty'}, and its backups are not",
            "`fasti backup list` shows them, `fasti backup restore 1` goes back to the newest;"
            f" to begin anew, put `{backups}` somewhere else",
        )


class UnreadableDatabaseError(FastiError):
    """A file that the system does not let us read; `reason` is what it says."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the database `{name}` cannot be read: {reason[:1].lower()}{reason[1:]}")


class BrokenDiskError(FastiError):
    """A disk that did not do what it was asked to, or a limit on the size of files."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the disk of `{name}` cannot be read or written as it should",
            "see that it has room and is connected; what was confirmed is saved, and `fasti doctor` looks it over",
        )


class UnwritableDatabaseError(FastiError):
    """A folder or file that the system does not let us write."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the database `{name}` cannot be opened for writing",
            "make it and its folder writable for yourself, or give another file with `--database`",
        )


class NotAFileError(FastiError):
    """Something else where the file of a database should be; `what` says what it is."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            f"the database `{name}` is {what} and no file",
            "take it away, or give another file with `--database`",
        )


class NotAFolderError(FastiError):
    """A file where a folder should be that a database is in."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"your progress cannot be kept in `{name}`, which is no folder",
            "give a folder with `FASTI_HOME`, or a file with `--database`",
        )


class UnwritableBackupError(FastiError):
    """A copy that cannot be written where copies are kept; `reason` is what the system says."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"the backup `{name}` cannot be written: {reason.lower()}",
            "make its folder writable for yourself",
        )


class FullDiskError(FastiError):
    """No room for what was to be written."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no room is left on the disk of `{name}`", "free some; everything until now is saved"
        )


class LockedDatabaseError(FastiError):
    """A file that another program does not let go of."""

    def __init__(self, name: str) -> None:
        super().__init__(f"another program is holding the database `{name}`", "close it, then try again")


class UnreachableServerError(FastiError):
    """A server that does not answer or does not let us in; `reason` is what it said."""

    def __init__(self, name: str, reason: str) -> None:
        said = f": {reason}" if reason else ""
        super().__init__(
            f"the database server of `{name}` cannot be reached{said}", "check the URL and the server"
        )


class UnencodableTextError(FastiError):
    """Bytes that are no text, such as a name in an encoding of the past, where a text is to be kept."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"`{text[:_SHOWN]}` is not text that can be kept: it has bytes that are not UTF-8",
            "give names in UTF-8",
        )


class LostServerError(FastiError):
    """A server that went away; what was being written is not."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the database server of `{name}` broke off", "try again; what was confirmed is saved"
        )


class DatabaseTooNewError(FastiError):
    """A database that a later version of the program has upgraded."""

    def __init__(self, name: str, version: str) -> None:
        super().__init__(
            f"the database `{name}` is of a newer fasti (schema {version})",
            "upgrade fasti: `pip install --upgrade fasti`",
        )


class DatabaseBehindError(FastiError):
    """A server whose tables are those of an earlier version, or not there yet."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the database `{name}` is not at this version of fasti", "run `fasti database upgrade`"
        )


class UpgradeError(FastiError):
    """A migration that failed; the database is as it was before."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the database `{name}` could not be upgraded and is as it was: {reason}")


def check_place(file: Path) -> None:
    """Refuse a path at which no database file can be: another thing is there, or a file in a folder's place."""
    try:
        if file.is_dir():
            raise NotAFileError(str(file), "a folder")
        if file.exists() and not file.is_file():
            raise NotAFileError(str(file), "a device or a pipe")
        folder = next(folder for folder in file.absolute().parents if folder.exists())
        if not folder.is_dir():
            raise NotAFolderError(str(folder))
    except OSError:
        return  # what the system does not let us see, opening will tell


@contextmanager
def told_apart(name: str) -> Iterator[None]:
    """Raise the refusal that a driver's error in this block amounts to; errors of ours pass unchanged."""
    try:
        yield
    except DBAPIError as error:
        refusal = _refusal(error.orig, name, lost=error.connection_invalidated)
        if refusal is None:
            raise
        raise refusal from error
    except sqlite3.Error as error:
        refusal = _refusal(error, name, lost=False)
        if refusal is None:
            raise
        raise refusal from error
    except UnicodeEncodeError as error:
        raise UnencodableTextError(error.object) from error
    except UnicodeDecodeError as error:
        # A damaged file gives what is no text, even as the words of its refusal.
        raise DamagedDatabaseError(name) from error


def _refusal(error: BaseException | None, name: str, *, lost: bool) -> FastiError | None:
    if isinstance(error, sqlite3.Error):
        return _sqlite_refusal(error, name)
    return LostServerError(name) if lost else None


def _sqlite_refusal(error: sqlite3.Error, name: str) -> FastiError | None:
    """By SQLite's primary result code, which is stable where its wording is not."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return LockedDatabaseError(name)
        case sqlite3.SQLITE_NOTADB:
            return NotADatabaseError(name)
        case sqlite3.SQLITE_CORRUPT:
            return DamagedDatabaseError(name)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return UnwritableDatabaseError(name)
        case sqlite3.SQLITE_FULL:
            return FullDiskError(name)
        case sqlite3.SQLITE_IOERR:
            return BrokenDiskError(name)
        case _:
            return None
