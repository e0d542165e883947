"""A library's database opened for use: its tables are those of this version, or are brought there."""

from fasti.core.onlooker import Onlooker, nobody
from fasti.store import migrate
from fasti.store.backup import check_not_lost
from fasti.store.copies import copies
from fasti.store.database import Database, connect, sqlite_file
from fasti.store.migrate import State
from fasti.store.refusals import RESTORE, DatabaseBehindError, NotADatabaseError


def open_database(url: str, moment_ms: int, onlooker: Onlooker = nobody) -> Database:
    """The database at a SQLAlchemy URL, its tables those of this version.

    A SQLite file is made where there is none, and one of an earlier version is upgraded, a copy put
    aside first (`moment_ms` dates its name). A server is never changed here. Raises a refusal of
    `fasti.store.refusals` for anything that cannot be used, and for a file that is gone or empty though
    backups of it have answers.
    """
    if (file := sqlite_file(url)) is not None:
        check_not_lost(file)
    try:
        database = connect(url)
    except NotADatabaseError as error:
        if file is not None and copies(file):
            error.hint = RESTORE  # it was one
        raise
    try:
        with database.reading() as connection:
            state = migrate.state(connection)
        if state is not State.CURRENT:
            if not database.is_sqlite and state in (State.EMPTY, State.BEHIND):
                raise DatabaseBehindError(database.name)
            migrate.upgrade(database, moment_ms, onlooker)
    except BaseException:
        database.close()
        raise
    return database
