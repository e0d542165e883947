"""Keeping machines in step through a folder that they share: Dropbox, Syncthing, git, a stick.

Each machine has a file of its own there and writes no other. It holds what the machine knows and the others'
files do not; so all files together are the whole log, and one that is lost is made up for by the others.
"""

import shutil
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.decisions import DaysDecided, Decisions, ExamDecided, both, counting
from fasti.core.entry_kinds import IMPORTED
from fasti.core.log import LogEntry
from fasti.core.log_lines import Change, Header, Item, KnownFact, Unknown
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.core.text import printable
from fasti.core.union import united
from fasti.decks.find import deck_files_below
from fasti.desk import this_device
from fasti.errors import ExitCode, FastiError
from fasti.merging import Source, Taken, take_in
from fasti.same_facts import join_known, joinable, known_facts
from fasti.settings import BUNDLED_DECKS, stored_path
from fasti.store import backup, catalogue, daily, plans, reviews
from fasti.store.database import Database
from fasti.store.names import Alias, aliases
from fasti.sync_files import LogFile, log_files, name_of, read_log, write_log
from fasti.whole_file import writing

if TYPE_CHECKING:
    from sqlalchemy import Connection


class SyncError(FastiError):
    """A folder that machines cannot share."""

    exit_code = ExitCode.USAGE


class Synced(NamedTuple):
    """What a sync did: what came, how many entries and plans went, the files as they were read, and this machine's own.

    `copies` are files of a service's making in which nothing is that is not elsewhere too; `foreign` those of
    other learners, which were left alone. `lacking` are the decks that this library has never had, by id, with the
    learner's answers that wait for each; `shipped` are those of them that come with the program, and `brings_decks`
    says that deck files lie in the folder that are not in the library.
    """

    taken: Taken
    sent: int
    plans_sent: int
    own: Path
    files: Sequence[LogFile]
    copies: Sequence[Path]
    foreign: Sequence[LogFile]
    lacking: Mapping[str, int] = {}
    shipped: Sequence[str] = ()
    brings_decks: bool = False

    @property
    def troubled(self) -> list[LogFile]:
        """The files that could not be read whole."""
        return [
            file
            for file in self.files
            # This machine's own has been written anew.
            if file.newer
            or file.bad
            or file.unreadable
            or file.unknown
            or (file.cut and file.path != self.own)
        ]

    def as_json(self) -> dict[str, Any]:
        """What a sync did, as programs read it."""
        return {
            "taken": self.taken.as_json(),
            "sent": self.sent,
            "plans_sent": self.plans_sent,
            "own": str(self.own),
            "files": [_file_as_json(file) for file in self.files],
            "copies": [str(path) for path in self.copies],
            "foreign": [str(file.path) for file in self.foreign],
            "lacking": dict(self.lacking),
            "shipped": list(self.shipped),
            "brings_decks": self.brings_decks,
        }


def sync(
    database: Database,
    learner: str,
    folder: Path,
    now_ms: int,
    *,
    known_as: str | None = None,
    onlooker: Onlooker = nobody,
) -> Synced:
    """Take in what the other machines have put into a folder, and put there what they do not have.

    Nothing in it is ever deleted. Files of `known_as` are the learner's own, too. Raises SyncError, WriteError,
    and a refusal of `fasti.store.refusals`.
    """
    files = _files(folder, learner, onlooker)
    ours = [file for file in files if file.header is None or file.header.learner in (learner, known_as)]
    taken = _take(database, learner, ours, now_ms, onlooker)
    device = _free_name(this_device(database), files, ours)
    own = folder / name_of(device)
    put = _put(database, learner, Header(device, learner, _machine()), own, ours)
    copies = [file.path for file in ours if _is_needless(file, put, own)]
    with database.reading() as connection:
        lacking = daily.decks_elsewhere(connection, learner)
        known = {file.path for file in catalogue.files(connection)}
    return Synced(
        taken,
        put.entries,
        put.plans,
        own,
        ours,
        copies,
        [file for file in files if file not in ours],
        lacking,
        [deck for deck in lacking if f"{deck}.yaml" in BUNDLED_DECKS],
        any(stored_path(path) not in known for path in (deck_files_below(folder) if lacking else None) or ()),
    )


def _files(folder: Path, learner: str, onlooker: Onlooker) -> list[LogFile]:
    if folder.is_file():
        raise SyncError(
            f"`{folder}` is a file", f"name the folder that it is in: `fasti sync {folder.parent}`"
        )
    if not folder.is_dir():
        raise SyncError(
            f"there is no folder `{folder}`", "make it first, or see that the disk with it is connected"
        )
    try:
        return [read_log(path, learner) for path in told(log_files(folder), onlooker, "Reading", "files", 1)]
    except OSError as error:
        raise SyncError(f"`{folder}` cannot be read: {(error.strerror or '').lower()}") from error


def _take(
    database: Database, learner: str, files: Sequence[LogFile], now_ms: int, onlooker: Onlooker
) -> Taken:
    """Take in what the files have and the database has not; a backup is made before."""
    onlooker("Comparing the logs", 0, 0, "")
    with database.reading() as connection:
        known, planned = _log(connection, learner), plans.decisions(connection, learner)
        joining = joinable(connection, learner, _known_facts_in(files))
    there = _log_in(files)
    decided = both(planned, _plans_in(files))
    missing = _missing(there, known)
    if not missing and decided == planned and not joining:
        return Taken()
    if database.file is not None and (
        joining or decided != planned or any(isinstance(each, LogEntry) for each in missing)
    ):
        backup.put_aside(database.file, "before-merge", now_ms)
    entries = sorted(
        (item for item in there if isinstance(item, LogEntry)), key=lambda entry: entry.answered_at_ms
    )
    changes = [Alias(*item) for item in there if isinstance(item, Change)]
    with database.writing() as connection:
        # Asked again: another program may have written since.
        joined = join_known(connection, joinable(connection, learner, _known_facts_in(files)), now_ms)
        source = Source(entries, changes, {learner: decided})
        return take_in(connection, database, learner, source, onlooker, renamed=bool(joined))


def _missing(there: "set[_Logged]", known: "set[_Logged]") -> "set[_Logged]":
    """What the database lacks; of what came from another program, one entry a number is all that is kept."""
    numbers = {(item.device, item.seq) for item in known if isinstance(item, LogEntry)}
    return {
        item
        for item in there - known
        if isinstance(item, Change) or item.profile != IMPORTED or (item.device, item.seq) not in numbers
    }


def _free_name(device: str, files: Sequence[LogFile], ours: Sequence[LogFile]) -> str:
    """What this machine's file is named by: its device, unless a file of that name is not ours to write."""
    taken = {file.path.name for file in files if file.newer or file.unreadable or file not in ours}
    name, number = device, 2
    while name_of(name) in taken:
        name, number = f"{device}-{number}", number + 1
    return name


class _Put(NamedTuple):
    """How many entries and plans were new in this machine's file, and all that the machines' files hold now."""

    entries: int
    plans: int
    log: "set[_Logged]"
    decided: Decisions


def _put(database: Database, learner: str, header: Header, own: Path, files: Sequence[LogFile]) -> _Put:
    """Write this machine's file: of the log what the others' lack, and all that was planned, for that is little."""
    with database.reading() as connection:
        known, decided = _log(connection, learner), plans.decisions(connection, learner)
        facts = known_facts(connection, learner)
    mine = [file for file in files if file.path == own]
    others = [file for file in files if not file.is_copy and file.path != own]
    if any(file.bad for file in mine):
        _keep(own, own.with_name(f"{own.name}.damaged"))
    before, elsewhere = _log_in(mine), _log_in(others)
    content = before | (known - elsewhere)
    later: set[Item] = {item for file in mine for item in file.items if isinstance(item, Unknown)}
    write_log(own, header, [*content, *decided.days, *decided.exams, *facts, *later])
    new_plans = {*decided.days, *decided.exams}.difference(*(file.items for file in [*mine, *others]))
    return _Put(
        sum(isinstance(item, LogEntry) for item in content - before),
        len(new_plans),
        content | elsewhere,
        both(decided, _plans_in(others)),
    )


def _keep(own: Path, kept: Path) -> None:
    with writing(kept) as new:
        new.touch(mode=0o600)
        shutil.copyfile(own, new)


def _is_needless(file: LogFile, put: _Put, own: Path) -> bool:
    """Whether a copy that a service made holds nothing that the machines' own files do not."""
    whole = not (file.newer or file.unreadable or file.bad or file.cut or file.unknown)
    held = _log_in([file]) <= put.log and both(put.decided, _plans_in([file])) == put.decided
    return file.is_copy and whole and file.path != own and held


_Logged = LogEntry | Change


def _log(connection: "Connection", learner: str) -> set[_Logged]:
    """The learner's log, and every change of name."""
    return {
        *map(_unmarked, reviews.entries(connection, learner)),
        *(Change(*each) for each in aliases(connection)),
    }


def _log_in(files: Sequence[LogFile]) -> set[_Logged]:
    """Entries and changes of name as their machines wrote them, without the marks that tell apart what has one number."""
    items = set().union(*(file.items for file in files))
    return {
        _unmarked(item) if isinstance(item, LogEntry) else item
        for item in items
        if isinstance(item, LogEntry | Change)
    }


def _plans_in(files: Sequence[LogFile]) -> Decisions:
    items = set().union(*(file.items for file in files))
    return counting(
        [item for item in items if isinstance(item, DaysDecided)],
        [item for item in items if isinstance(item, ExamDecided)],
    )


def _known_facts_in(files: Sequence[LogFile]) -> list[KnownFact]:
    return [item for file in files for item in file.items if isinstance(item, KnownFact)]


def _unmarked(entry: LogEntry) -> LogEntry:
    return united([entry])[0] if "~" in entry.device else entry


def _machine() -> str:
    return printable(socket.gethostname())[:100].strip() or "a machine"


def _file_as_json(file: LogFile) -> dict[str, Any]:
    return {
        "path": str(file.path),
        "machine": file.header.machine if file.header else None,
        "entries": len(file.entries),
        "newer": file.newer,
        "cut": file.cut,
        "git_marks": file.marked,
        "bad_lines": list(file.bad),
        "unknown_lines": file.unknown,
        "unreadable": file.unreadable or None,
        "copy": file.is_copy,
    }
