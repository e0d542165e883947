"""Keeping machines in step through a folder that they share: Dropbox, Syncthing, git, a stick.

Each machine has a file of its own there and writes no other. It holds what the machine knows and the others'
files do not; so all files together are the whole log, and one that is lost is made up for by the others.
"""

import shutil
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.entry_kinds import IMPORTED
from fasti.core.log import LogEntry
from fasti.core.log_lines import Change, Header, Item
from fasti.core.text import printable
from fasti.core.union import united
from fasti.desk import renew_device, this_device
from fasti.errors import ExitCode, FastiError
from fasti.merging import Source, Taken, take_in
from fasti.store import backup, reviews
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
    """What a sync did: what came, how many entries went, the files as they were read, and this machine's own.

    `copies` are files of a service's making in which nothing is that is not elsewhere too; `foreign` those of
    other learners, which were left alone.
    """

    taken: Taken
    sent: int
    own: Path
    files: Sequence[LogFile]
    copies: Sequence[Path]
    foreign: Sequence[LogFile]

    @property
    def troubled(self) -> list[LogFile]:
        """The files that could not be read whole."""
        return [
            file
            for file in self.files
            # This machine's own has been written anew.
            if file.newer or file.bad or file.unreadable or (file.cut and file.path != self.own)
        ]

    def as_json(self) -> dict[str, Any]:
        """What a sync did, as programs read it."""
        return {
            "taken": self.taken.as_json(),
            "sent": self.sent,
            "own": str(self.own),
            "files": [_file_as_json(file) for file in self.files],
            "copies": [str(path) for path in self.copies],
            "foreign": [str(file.path) for file in self.foreign],
        }


def sync(
    database: Database, learner: str, folder: Path, now_ms: int, *, known_as: str | None = None
) -> Synced:
    """Take in what the other machines have put into a folder, and put there what they do not have.

    Nothing in it is ever deleted. Files of `known_as` are the learner's own, too. Raises SyncError, WriteError,
    and a refusal of `fasti.store.refusals`.
    """
    files = _files(folder, learner)
    ours = [file for file in files if file.header is None or file.header.learner in (learner, known_as)]
    taken = _take(database, learner, ours, now_ms)
    if taken.renewed:
        renew_device(database)
    device = _free_name(this_device(database), files, ours)
    own = folder / name_of(device)
    sent, kept = _put(database, learner, Header(device, learner, _machine()), own, ours)
    copies = [file.path for file in ours if _is_needless(file, kept, own)]
    return Synced(taken, sent, own, ours, copies, [file for file in files if file not in ours])


def _files(folder: Path, learner: str) -> list[LogFile]:
    if not folder.is_dir():
        raise SyncError(
            f"there is no folder `{folder}`", "make it first, or see that the disk with it is connected"
        )
    try:
        return [read_log(path, learner) for path in log_files(folder)]
    except OSError as error:
        raise SyncError(f"`{folder}` cannot be read: {(error.strerror or '').lower()}") from error


def _take(database: Database, learner: str, files: Sequence[LogFile], now_ms: int) -> Taken:
    """Take in what the files have and the database has not; a backup is made before."""
    with database.reading() as connection:
        known = _items(connection, learner)
    there = set().union(*(file.items for file in files))
    missing = _missing(there, known)
    if not missing:
        return Taken()
    if database.file is not None and any(isinstance(item, LogEntry) for item in missing):
        backup.put_aside(database.file, "before-merge", now_ms)
    entries = sorted(
        (item for item in there if isinstance(item, LogEntry)), key=lambda entry: entry.answered_at_ms
    )
    changes = [Alias(*item) for item in there if isinstance(item, Change)]
    with database.writing() as connection:
        return take_in(connection, database, learner, Source(entries, changes))


def _missing(there: set[Item], known: set[Item]) -> set[Item]:
    """What the database lacks; of what came from another program, one entry a number is all that is kept."""
    numbers = {(item.device, item.seq) for item in known if isinstance(item, LogEntry)}
    return {
        item
        for item in _original(there) - _original(known)
        if isinstance(item, Change) or item.profile != IMPORTED or (item.device, item.seq) not in numbers
    }


def _free_name(device: str, files: Sequence[LogFile], ours: Sequence[LogFile]) -> str:
    """What this machine's file is named by: its device, unless a file of that name is not ours to write."""
    taken = {file.path.name for file in files if file.newer or file.unreadable or file not in ours}
    name, number = device, 2
    while name_of(name) in taken:
        name, number = f"{device}-{number}", number + 1
    return name


def _put(
    database: Database, learner: str, header: Header, own: Path, files: Sequence[LogFile]
) -> tuple[int, set[Item]]:
    """Write this machine's file; how many entries are new in it, and all that the machines' files hold now."""
    with database.reading() as connection:
        known = _items(connection, learner)
    mine = next((file for file in files if file.path == own), None)
    if mine is not None and mine.bad:
        _keep(own, own.with_name(f"{own.name}.damaged"))
    elsewhere = _original(
        set().union(*(file.items for file in files if not file.is_copy and file.path != own))
    )
    before = _original(mine.items if mine else set())
    content = before | (_original(known) - elsewhere)
    write_log(own, header, content)
    return sum(isinstance(item, LogEntry) for item in content - before), content | elsewhere


def _keep(own: Path, kept: Path) -> None:
    with writing(kept) as new:
        new.touch(mode=0o600)
        shutil.copyfile(own, new)


def _is_needless(file: LogFile, kept: set[Item], own: Path) -> bool:
    """Whether a copy that a service made holds nothing that the machines' own files do not."""
    whole = not (file.newer or file.unreadable or file.bad or file.cut)
    return file.is_copy and whole and file.path != own and _original(file.items) <= kept


def _items(connection: "Connection", learner: str) -> set[Item]:
    """The learner's log, and every change of name."""
    found: set[Item] = set(reviews.entries(connection, learner))
    return found | {Change(*change) for change in aliases(connection)}


def _original(items: "set[Item] | frozenset[Item]") -> set[Item]:
    """Items as their machines wrote them, without the marks that tell apart what has one number."""
    return {_unmarked(item) if isinstance(item, LogEntry) else item for item in items}


def _unmarked(entry: LogEntry) -> LogEntry:
    return united([entry])[0] if "~" in entry.device else entry


def _machine() -> str:
    return printable(socket.gethostname())[:100].strip() or "a machine"


def _file_as_json(file: LogFile) -> dict[str, Any]:
    return {
        "path": str(file.path),
        "machine": file.header.machine if file.header else None,
        "entries": len(file.items),
        "newer": file.newer,
        "cut": file.cut,
        "git_marks": file.marked,
        "bad_lines": list(file.bad),
        "unreadable": file.unreadable or None,
        "copy": file.is_copy,
    }
