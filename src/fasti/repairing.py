"""Setting right what can be made again from the log, and saving what can be read of a damaged database."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from fasti.backups import file_of
from fasti.core.days import Moment
from fasti.core.onlooker import Onlooker, nobody
from fasti.desk import renew_device
from fasti.doctor import Finding, exposed, is_spoilt
from fasti.errors import FastiError
from fasti.library import add
from fasti.settings import Settings, deck_path
from fasti.shelves import Clock
from fasti.store import copies, plans, refolding, reviews, sizes, soundness
from fasti.store.backup import copy_database, put_aside, take_place
from fasti.store.devices import raise_seqs
from fasti.store.enrolment import learners
from fasti.store.log_survey import last_numbers, learners_in_log
from fasti.store.migrate import absent_indexes, use_wal
from fasti.store.opening import open_database
from fasti.store.other import other_database
from fasti.store.refusals import told_apart
from fasti.store.uniting import unite_aliases, unite_entries


class NothingToRescueError(FastiError):
    """A database that is whole."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"`{file}` can be read, all of it: there is nothing to rescue",
            "`fasti backup restore` goes back to a backup",
        )


class Rescued(NamedTuple):
    """How many entries the log has now, how many of them only the damaged file had, and where that is kept.

    `base` is the backup that they were put into, None where there was none.
    """

    entries: int
    saved: int
    base: Path | None
    damaged: Path


def repair(
    settings: Settings,
    moment: Moment,
    findings: Sequence[Finding],
    onlooker: Onlooker = nobody,
    *,
    config: Path | None = None,
) -> None:
    """Set right what findings call fixable; a backup is made before anything in the database is changed.

    `config` is the file of settings, which others are kept from writing where that was found.
    Raises a refusal of `fasti.store.refusals`.
    """
    wanted = {finding.check for finding in findings if finding.fixable and not finding.ok}
    file = settings.sqlite_file
    if file is not None and wanted:
        if "permissions" in wanted:
            _make_private(file, config)
        put_aside(
            file, "before-repair" if wanted - {"backups", "permissions"} else copies.BY_HAND, moment.utc_ms
        )
        if "database" in wanted:
            _make_indexes_anew(file)
        if "drive" in wanted:
            use_wal(file)
    if wanted & {"database", "schema", "schedule", "log"}:
        with open_database(settings.database, moment.utc_ms) as database, database.writing() as connection:
            for index in absent_indexes(connection):
                index.create(connection)
            raise_seqs(connection, last_numbers(connection))
            for learner in {settings.learner, *learners(connection), *learners_in_log(connection)}:
                refolding.refold(connection, learner, onlooker=onlooker)
            sizes.recount(connection)


def rescue(settings: Settings, moment: Moment, clock: Clock, onlooker: Onlooker = nobody) -> Rescued:
    """Make a database of the newest sound backup and all that can be read of a damaged one.

    The damaged file is kept in `backups`. Raises NothingToRescueError, and a refusal of `fasti.store.refusals`.
    """
    file = file_of(settings)
    if not is_spoilt(settings):
        raise NothingToRescueError(file)
    onlooker("Reading what can be read of the damaged file", 0, 0, "")
    found = soundness.readable(file)
    with TemporaryDirectory(dir=file.parent, prefix=".fasti-", suffix=".part") as folder:
        made = Path(folder, "rescued.db")
        base = _newest_sound(file, made, moment)
        with open_database(f"sqlite:///{made}", moment.utc_ms) as database:
            if base is None:
                paths = [deck_path(path) for path in found.paths]
                if there := [path for path in paths if path.is_file()]:
                    add(database, there, settings.learner, clock, onlooker=onlooker)
            with database.writing() as connection:
                unite_aliases(connection, found.aliases)
                for learner, decided in found.plans.items():
                    plans.unite(connection, learner, decided)
                saved = len(unite_entries(connection, found.entries).new)
                for learner in {*learners(connection), *learners_in_log(connection)}:
                    refolding.refold(connection, learner, onlooker=onlooker)
                entries = sum(1 for _ in reviews.entries(connection))
                renew_device(database, connection, at=file)
        aside = take_place(file, made, moment.utc_ms, use_wal)
        assert aside is not None  # what is spoilt is there
    return Rescued(entries, saved, base, aside)


def _make_private(file: Path, config: Path | None) -> None:
    for path in exposed(file, config):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _make_indexes_anew(file: Path) -> None:
    """Make every index anew, and take out rows of the schedule that are about no card or cannot be read."""
    with (
        told_apart(str(file)),
        closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection,
    ):
        connection.execute("REINDEX")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM schedule WHERE card NOT IN (SELECT key FROM card)")
        connection.execute("COMMIT")
    for table in {"schedule", "daily"}.intersection(soundness.spoilt_rows(file)):
        # All of it is made again from the log.
        with told_apart(str(file)), closing(sqlite3.connect(file, timeout=30)) as connection:
            connection.execute(f"DELETE FROM {table}")
            connection.commit()


def _newest_sound(file: Path, made: Path, moment: Moment) -> Path | None:
    """Put the newest backup in which nothing is spoilt at `made`; which it is."""
    for copy in copies.backups_of(file):
        try:
            with other_database(copy.path, moment.utc_ms) as ready:
                assert ready.file is not None  # a file is what was opened
                if not soundness.spoilt_rows(ready.file):
                    copy_database(ready.file, made)
                    return copy.path
        except FastiError:
            continue
    return None
