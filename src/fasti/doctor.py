"""Looking over everything that progress rests on: the file, the log, the decks, the clock, the backups.

Nothing is changed here; `repairing` does that.
"""

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.counting import counted
from fasti.core.days import Moment, date_text, study_day
from fasti.core.onlooker import Onlooker, nobody
from fasti.errors import FastiError
from fasti.settings import Settings, deck_path
from fasti.store import catalogue, copies, log_survey, migrate, refolding, sizes, soundness
from fasti.store.backup import check_not_lost
from fasti.store.database import connect
from fasti.store.drives import network_drive
from fasti.store.enrolment import learners
from fasti.store.migrate import State
from fasti.store.refusals import check_place

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Finding(NamedTuple):
    """What a check found: whether all is well, a sentence, what to do, and whether `--fix` does it."""

    check: str
    ok: bool
    sentence: str
    hint: str = ""
    fixable: bool = False

    def as_json(self) -> dict[str, Any]:
        """The finding as programs read it."""
        return {**self._asdict(), "hint": self.hint or None}


_FIX = "`fasti doctor --fix` sets it right"
_NEWEST = "`fasti backup restore 1` goes back to the newest backup"
_READABLE = "`fasti doctor --rescue` saves what can be read"
# Not `--fix` from the deck files alone: only a backup knows which card a fact was that has been reworded since.
_RESCUE = "`fasti doctor --rescue` makes a new database of the newest sound backup, your deck files, and every answer since"
_FAST_MS = 5 * 60_000
_MINUTES_OF_ZONES = 14 * 60
_DAY_MS = 86_400_000
_STALE_DAYS = 7
_ROOM = 50_000_000


def examine(
    settings: Settings,
    moment: Moment,
    faults: Sequence[str] = (),
    onlooker: Onlooker = nobody,
    *,
    config: Path | None = None,
    advice: str = "",
) -> list[Finding]:
    """What every check finds, in order; `faults` are what cannot be meant in the student's settings.

    `advice` says what to do about them. `config` is the file of settings; whoever can write it says which
    program is the editor.
    """
    findings = [_configuration(faults, advice), _zone(moment)]
    file = settings.sqlite_file
    if file is not None:
        try:
            check_place(file)
            check_not_lost(file)
        except FastiError as error:
            return [*findings, Finding("database", False, _sentence(error), error.hint or "")]
        if not file.exists():
            return [*findings, Finding("database", True, f"There is no database `{file}` yet")]
        try:
            findings += _file(file)
        except FastiError as error:
            findings.append(Finding("database", False, _sentence(error), error.hint or ""))
        if not all(finding.ok for finding in findings if finding.check == "database"):
            return [*findings, *_beside(file, moment, config)]
    try:
        with connect(settings.database) as database, database.reading() as connection:
            findings += _within(connection, moment, onlooker)
    except FastiError as error:
        findings.append(Finding("database", False, _sentence(error), error.hint or ""))
    return [*findings, *(_beside(file, moment, config) if file is not None else ())]


def is_spoilt(settings: Settings) -> bool:
    """Whether the database file holds what no version of fasti has written there."""
    file = settings.sqlite_file
    if file is None or not file.exists():
        return False
    return bool(soundness.damage(file) or soundness.spoilt_rows(file))


def _sentence(error: FastiError) -> str:
    said = str(error)
    return said[:1].upper() + said[1:]


def _configuration(faults: Sequence[str], advice: str) -> Finding:
    if faults:
        return Finding("settings", False, "; ".join(faults), advice)
    return Finding("settings", True, "Your settings are right")


def _zone(moment: Moment) -> Finding:
    hours, minutes = divmod(abs(moment.offset_min), 60)
    sign = "-" if moment.offset_min < 0 else "+"
    zone = f"UTC{sign}{hours:02}:{minutes:02}"
    year = int(date_text(study_day(moment)).rsplit("-", 2)[0])
    if abs(moment.offset_min) > _MINUTES_OF_ZONES or not 2020 <= year < 2200:
        return Finding(
            "clock", False, f"This machine's clock says {date_text(study_day(moment))}, {zone}", _CLOCK
        )
    return Finding("clock", True, f"It is the study day {date_text(study_day(moment))}, {zone}")


_CLOCK = "set the clock and the time zone of this machine"


def _file(file: Path) -> Iterator[Finding]:
    """The file as SQLite sees it, and every row of it."""
    broken = soundness.damage(file)
    spoilt = {} if broken else soundness.spoilt_rows(file)
    if broken:
        derived = all(_is_derived(each) for each in broken)
        hint = _FIX if derived else f"{_NEWEST}; {_READABLE}" if copies.backups_of(file) else _READABLE
        yield Finding("database", False, f"The file is damaged: {_short(broken)}", hint, derived)
    elif spoilt:
        derived = set(spoilt) <= {"schedule", "daily"}
        where = ", ".join(f"{number:,} in `{table}`" for table, number in spoilt.items())
        hint = _FIX if derived else _RESCUE
        yield Finding("database", False, f"Rows hold what they cannot: {where}", hint, derived)
    else:
        yield Finding("database", True, f"`{file}` is whole")
    drive, mode = network_drive(file), soundness.journal_mode(file)
    if drive is not None:
        kept = mode != "wal"
        said = f"The database is on a network drive ({drive})" + ("" if kept else " with a write-ahead log")
        yield Finding("drive", kept, said, "" if kept else _FIX, not kept)


def _is_derived(message: str) -> bool:
    """Whether what SQLite found can be made again from the rest: an index, or the schedule."""
    words = message.casefold()
    return (
        "missing from index" in words
        or "wrong # of entries in index" in words
        or "non-unique entry" in words
        or (message == f"{soundness.DANGLING}schedule")
    )


def _short(messages: Sequence[str]) -> str:
    first = " ".join(messages[0].split())[:120]
    return first if len(messages) == 1 else f"{first}, and more"


def _within(connection: "Connection", moment: Moment, onlooker: Onlooker) -> Iterator[Finding]:
    """What the tables hold."""
    state = migrate.state(connection)
    if state is not State.CURRENT:
        yield _schema(state)
        return
    absent = migrate.absent_indexes(connection)
    if absent:
        names = ", ".join(f"`{index.name}`" for index in absent)
        yield Finding("schema", False, f"Indexes are not there: {names}", _FIX, True)
    else:
        yield Finding("schema", True, "Its tables are those of this version")
    yield _schedule(connection, onlooker)
    yield from _log(connection, moment)
    yield from _decks(connection)


def _schema(state: State) -> Finding:
    match state:
        case State.EMPTY:
            return Finding("schema", True, "The database is empty yet")
        case State.BEHIND:
            return Finding(
                "schema", True, "Its tables are those of an earlier version; they are upgraded when next used"
            )
        case State.AHEAD:
            return Finding(
                "schema",
                False,
                "It is of a newer fasti",
                "upgrade: `pip install --upgrade fasti`, or restore a backup",
            )
        case _:
            return Finding("schema", False, "It is a database of another program", "see `FASTI_DATABASE`")


def _schedule(connection: "Connection", onlooker: Onlooker) -> Finding:
    everyone = {*learners(connection), *log_survey.learners_in_log(connection)}
    found = [refolding.astray(connection, learner, onlooker) for learner in everyone]
    wrong, days = sum(each.cards for each in found), sum(each.days for each in found)
    if wrong:
        cards = "1 card stands" if wrong == 1 else f"{wrong:,} cards stand"
        return Finding("schedule", False, f"{cards} otherwise than the log says", _FIX, True)
    if days:
        have = "1 day has other numbers" if days == 1 else f"{days:,} days have other numbers"
        return Finding("schedule", False, f"{have} in the statistics than in the log", _FIX, True)
    if decks := sizes.astray(connection):
        have = "1 deck has" if decks == 1 else f"{decks:,} decks have"
        return Finding("schedule", False, f"{have} another number of cards than is kept for it", _FIX, True)
    return Finding("schedule", True, "Every card stands where the log says")


def _log(connection: "Connection", moment: Moment) -> Iterator[Finding]:
    survey = log_survey.survey(connection)
    if survey.reused:
        yield Finding("log", False, f"{survey.reused:,} numbers would be given twice", _FIX, True)
    else:
        gaps = f"; {survey.missing:,} numbers are elsewhere" if survey.missing else ""
        yield Finding(
            "log",
            True,
            f"The log has {counted(survey.entries, 'entry', 'entries')} of {counted(survey.devices, 'device')}{gaps}",
        )
    ahead = 0 if survey.newest_ms is None else survey.newest_ms - moment.utc_ms
    if ahead > _FAST_MS:
        day = date_text(study_day(moment._replace(utc_ms=survey.newest_ms or 0)))
        hint = "is this machine's clock right? Else one was ahead; `fasti undo` takes such answers back"
        yield Finding("last answer", False, f"The newest answer is dated in the future, {day}", hint)
    if survey.oldest_ms is not None and survey.oldest_ms < 0:
        yield Finding(
            "last answer", False, "An answer is dated before 1970", "a clock was wrong; nothing is lost"
        )


def _decks(connection: "Connection") -> Iterator[Finding]:
    titles = {deck.id: deck.title for deck in catalogue.decks(connection)}
    files = catalogue.files(connection)
    well = True
    for file in files:
        path, title = deck_path(file.path), titles.get(file.deck, file.deck)
        if what := _fault(path):
            well = False
            hint = "its cards stay; put it back, or name its new place: `fasti add PATH`"
            yield Finding("decks", False, f"{title}: `{path}` {what}", hint)
        elif file.problems:
            well = False
            yield Finding(
                "decks", False, f"{title}: {file.problems:,} problems", f"`fasti check {path}` names them"
            )
    if well:
        yield Finding(
            "decks", True, f"{counted(len(titles), 'deck')} in {counted(len(files), 'file')}, all there"
        )


def _fault(path: Path) -> str:
    """Why a deck file cannot be read; empty where it can."""
    try:
        if not path.exists():
            return "is not there"
        if not path.is_file():
            return "is no file"
    except OSError:
        return "cannot be read"
    return "" if os.access(path, os.R_OK) else "cannot be read"


def _beside(file: Path, moment: Moment, config: Path | None) -> Iterator[Finding]:
    """What is around the file: who may read it, how much room there is, its backups."""
    yield _permissions(file, config)
    yield _room(file)
    yield _backups(file, moment)


def exposed(file: Path, config: Path | None = None) -> list[Path]:
    """The files of the database and its backups that others on this machine may read or write.

    The file of settings is among them where others may write it.
    """
    if os.name != "posix":
        return []
    beside = [file.with_name(file.name + suffix) for suffix in ("", "-wal", "-shm")]
    kept = copies.folder_of(file)
    found = [*beside, *([kept] if kept.is_dir() else []), *(copy.path for copy in copies.copies(file))]
    writable = [config] if config is not None and _is_open(config, 0o022) else []
    return [path for path in found if _is_open(path, 0o077)] + writable


def _is_open(path: Path, to: int) -> bool:
    """Whether the mode of a file has one of the bits of `to`."""
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & to)
    except OSError:
        return False


def _permissions(file: Path, config: Path | None) -> Finding:
    open_ones = exposed(file, config)
    if open_ones:
        more = f" and {len(open_ones) - 1:,} more" if len(open_ones) > 1 else ""
        may = "write" if open_ones[0] == config else "read"
        return Finding("permissions", False, f"Others may {may} `{open_ones[0]}`{more}", _FIX, True)
    if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
        return Finding(
            "permissions",
            False,
            f"`{file}` or its folder cannot be written",
            "make both writable for yourself",
        )
    return Finding("permissions", True, "Your progress is yours alone")


def _room(file: Path) -> Finding:
    free = shutil.disk_usage(file.parent).free
    wanted = max(_ROOM, 3 * file.stat().st_size)
    if free < wanted:
        return Finding(
            "room",
            False,
            f"{free // 1_000_000:,} MB are free on the disk",
            "free some: answers and backups need it",
        )
    return Finding("room", True, f"{free // 1_000_000_000:,} GB are free on the disk")


def _backups(file: Path, moment: Moment) -> Finding:
    made = copies.backups_of(file)
    if not made:
        if not copies.has_entries(file):
            return Finding("backups", True, "Nothing is to be backed up yet")
        return Finding("backups", False, "There is no backup", "`fasti backup` makes one", True)
    days = (moment.utc_ms - made[0].made_ms) // _DAY_MS
    held, now = copies.answers_in(made[0].path), copies.answers_in(file)
    if days > _STALE_DAYS and held != now:
        return Finding(
            "backups", False, f"The newest backup is {days:,} days old", "`fasti backup` makes one", True
        )
    if held is None:
        return Finding(
            "backups", False, f"`{made[0].path}` cannot be read", "`fasti backup` makes another", True
        )
    return Finding("backups", True, f"{counted(len(made), 'backup')}, the newest with {held:,} answers")
