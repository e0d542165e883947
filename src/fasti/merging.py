"""Taking in the progress that another copy of the library holds: from a database file, or a folder of such files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.breaks import Break
from fasti.core.decisions import Decisions, both
from fasti.core.entry_kinds import ANSWERS, EntryKind
from fasti.core.log import LogEntry, original_device
from fasti.core.onlooker import Onlooker, counted_on, nobody
from fasti.desk import renew_device, this_device
from fasti.errors import ExitCode, FastiError
from fasti.same_facts import join_facts
from fasti.store import backup, catalogue, plans, refolding, reviews
from fasti.store.database import Database
from fasti.store.enrolment import learners
from fasti.store.names import Alias, aliases, all_names
from fasti.store.other import other_database, refuse_strange_rows
from fasti.store.uniting import cards_here, unite_aliases, unite_entries

if TYPE_CHECKING:
    from sqlalchemy import Connection


class MergeError(FastiError):
    """Something that cannot be merged."""

    exit_code = ExitCode.USAGE


class Taken(NamedTuple):
    """What came from elsewhere.

    `answers` were the learner's, on `days` study days, to `cards` cards; `notes` are their other entries, such
    as flags. `waiting` counts the answers to cards that the library does not have, by deck, of which it has never
    had those that are `elsewhere`; `others` those of other learners, by name. `moved` cards stand otherwise in the schedule. `breaks` and `exams` are new or
    otherwise than before, `breaks_gone` and `exams_gone` were taken back there. `renewed` says that this machine's
    numbers were in use elsewhere, so that it goes on as another device.
    """

    answers: int = 0
    days: int = 0
    cards: int = 0
    notes: int = 0
    moved: int = 0
    waiting: Mapping[str, int] = {}
    elsewhere: frozenset[str] = frozenset()
    others: Mapping[str, int] = {}
    breaks: int = 0
    exams: int = 0
    breaks_gone: int = 0
    exams_gone: int = 0
    renewed: bool = False

    @property
    def anything(self) -> bool:
        """Whether anything was new here."""
        plans = self.breaks or self.exams or self.breaks_gone or self.exams_gone
        return bool(self.answers or self.notes or self.others or plans or self.moved)

    def as_json(self) -> dict[str, Any]:
        """What came, as programs read it."""
        return {
            **self._asdict(),
            "waiting": dict(self.waiting),
            "elsewhere": sorted(self.elsewhere),
            "others": dict(self.others),
        }


class Source(NamedTuple):
    """What another copy holds: its log, its changes of name, and what its learners planned."""

    entries: Iterable[LogEntry]
    aliases: Sequence[Alias]
    plans: Mapping[str, Decisions] = {}


def databases_at(path: Path, database: Database) -> list[Path]:
    """The database files that a path names: the file, or those in the folder, this library's own left out.

    Raises MergeError where there is none.
    """
    own = database.file
    if _is_same(path, own):
        raise MergeError(f"`{path}` is this very database", "name the database of the other machine")
    if not path.is_dir():
        if not path.exists():
            raise MergeError(f"there is no `{path}`", "name a database file, or a folder with one in it")
        if path.name.startswith("fasti-") and ".jsonl" in path.name:
            raise MergeError(
                f"`{path}` is a file of a sync folder", f"`fasti sync {path.parent}` takes all of it in"
            )
        return [path]
    try:
        within = sorted(each for each in path.iterdir() if each.is_file())
    except OSError as error:
        raise MergeError(f"`{path}` cannot be read: {(error.strerror or '').lower()}") from error
    found = [each for each in within if _is_database(each) and not _is_same(each, own)]
    if found:
        return found
    if any(each.name.startswith("fasti-") and ".jsonl" in each.name for each in within):
        raise MergeError(f"`{path}` is a sync folder", f"`fasti sync {path}` keeps in step with it")
    raise MergeError(f"there is no other database in `{path}`", "name the file, such as `fasti.db`")


def merge(
    database: Database,
    learner: str,
    path: Path,
    now_ms: int,
    *,
    known_as: str | None = None,
    dry_run: bool = False,
    onlooker: Onlooker = nobody,
) -> Taken:
    """Take in what another database holds; the file stays as it is.

    Everybody's answers are taken in, under their own names; those of `known_as` are the learner's own. With
    `dry_run` nothing is changed. Raises a refusal of `fasti.store.refusals`.
    """
    with other_database(path, now_ms) as other, other.reading() as connection:
        refuse_strange_rows(path, other)
        read = counted_on(
            reviews.entries(connection),
            0 if onlooker is nobody else reviews.size(connection),
            onlooker,
            f"Reading {path.name}",
            "entries",
        )
        entries = [_as_mine(entry, known_as, learner) for entry in read]
        source = Source(entries, aliases(connection), _plans_there(connection, known_as, learner))
        with _change(database, now_ms, dry_run=dry_run) as here:
            joined = join_facts(here, connection, now_ms)
            return take_in(here, database, learner, source, onlooker, renamed=bool(joined))


def take_in(
    connection: "Connection",
    database: Database,
    learner: str,
    source: Source,
    onlooker: Onlooker = nobody,
    *,
    renamed: bool = False,
) -> Taken:
    """Take in a log, changes of name and plans, and bring the schedules in step, in a transaction that is open.

    `renamed` says that names have changed in it already.
    """
    renamed = unite_aliases(connection, source.aliases) > 0 or renamed
    onlooker("Uniting the logs", 0, 0, "")
    new, changed = unite_entries(connection, source.entries)
    device = this_device(database, connection)
    taken = _told(connection, learner, new)
    touched = {learner, *changed, *(learners(connection) if renamed else ())}
    moved = sum(refolding.refold(connection, each, onlooker=onlooker) for each in touched)
    renewed = any(original_device(entry.device) == device for entry in new)
    if renewed:
        renew_device(database, connection)
    before = plans.decisions(connection, learner)
    for each, decided in source.plans.items():
        plans.unite(connection, each, decided)
    taken = _with_plans(taken, before, plans.decisions(connection, learner))
    return taken._replace(moved=moved, renewed=renewed)


class _DryRunError(Exception):
    """Ends a transaction whose result is only told."""


@contextmanager
def _change(database: Database, now_ms: int, *, dry_run: bool) -> "Iterator[Connection]":
    """A writing transaction, with a backup before it, or one of which nothing stays."""
    if not dry_run and database.file is not None:
        backup.put_aside(database.file, "before-merge", now_ms)
    try:
        with database.writing() as connection:
            yield connection
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        return


def _as_mine(entry: LogEntry, known_as: str | None, learner: str) -> LogEntry:
    return replace(entry, learner=learner) if known_as is not None and entry.learner == known_as else entry


def _plans_there(connection: "Connection", known_as: str | None, learner: str) -> dict[str, Decisions]:
    """What everybody planned there, those who are the learner here as one."""
    found: dict[str, Decisions] = {}
    for each in plans.planners(connection):
        name = learner if each == known_as else each
        found[name] = both(found.get(name, Decisions()), plans.decisions(connection, each))
    return found


def _with_plans(taken: Taken, before: Decisions, now: Decisions) -> Taken:
    """The same with what became of the learner's plans."""
    names = {exam.name for exam in now.planned}
    return taken._replace(
        breaks=len(set(now.breaks).difference(before.breaks)),
        exams=len(set(now.planned).difference(before.planned)),
        breaks_gone=sum(not _overlaps(each, now.breaks) for each in before.breaks),
        exams_gone=sum(exam.name not in names for exam in before.planned),
    )


def _overlaps(days: Break, breaks: Iterable[Break]) -> bool:
    return any(each.first_day <= days.last_day and each.last_day >= days.first_day for each in breaks)


def _told(connection: "Connection", learner: str, new: Sequence[LogEntry]) -> Taken:
    names = all_names(connection)
    mine = [entry for entry in new if entry.learner == learner]
    answers = [entry for entry in mine if entry.kind in ANSWERS]
    called = [names.card_of(entry.card, entry.answered_at_ms) for entry in answers]
    here = cards_here(connection, called)
    waiting = Counter(key.partition("/")[0] for key in called if key not in here)
    return Taken(
        answers=len(answers),
        days=len({entry.study_day for entry in answers}),
        cards=len(set(called)),
        notes=sum(entry.kind not in ANSWERS and entry.kind is not EntryKind.ADOPT for entry in mine),
        waiting=waiting,
        elsewhere=frozenset(name for name in waiting if catalogue.deck(connection, name) is None),
        others=Counter(entry.learner for entry in new if entry.learner != learner and entry.kind in ANSWERS),
    )


def _is_same(path: Path, own: Path | None) -> bool:
    try:
        return own is not None and path.samefile(own)
    except OSError:
        return False


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(15) == b"SQLite format 3"
    except OSError:
        return False
