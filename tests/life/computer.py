"""A computer on which fasti is used: each method is what one command does, as `fasti.commands` does it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fasti import backups, cramming, merging, restoring, syncing
from fasti.core.days import Moment, study_day
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry
from fasti.core.selection import Selection
from fasti.desk import Desk
from fasti.exporting import Exported, export_package
from fasti.importing import Imported, Importer, Wishes
from fasti.library import add, bring_in_step, remove
from fasti.merging import Taken
from fasti.session import Session
from fasti.session_contract import Changes, Jotting, Rules
from fasti.settings import Settings
from fasti.shelves import Clock as FileClock
from fasti.sitting import Clock, begin
from fasti.sitting import Wishes as Wanted
from fasti.store import reviews
from fasti.store.copies import Copy
from fasti.store.database import Database
from fasti.store.opening import open_database
from fasti.syncing import Synced

LATE_NS = 2_000_000_000_000_000_000
"""When decks are read by the machine's own clock: long after they were written."""


@dataclass
class Computer:
    """One computer: its database, and the settings of whoever sits there.

    `log` is every entry that was ever acknowledged here, by device and number.
    """

    settings: Settings
    new_a_day: int = 10
    spread: bool = False
    rollover_hour: int = 4
    log: dict[tuple[str, int], LogEntry] = field(default_factory=dict)

    @property
    def is_file(self) -> bool:
        return self.settings.sqlite_file is not None

    def as_learner(self, learner: str) -> Settings:
        return self.settings._replace(learner=learner)

    def moment(self, now_ms: int) -> Moment:
        return Moment(now_ms, 120, self.rollover_hour)

    def rules(self) -> Rules:
        return Rules(minutes=None, spread=self.spread)

    @contextmanager
    def opened(self, now_ms: int, learner: str | None = None) -> Iterator[Database]:
        """The library, in step with its files, as commands have it."""
        with open_database(self.settings.database, now_ms) as database:
            bring_in_step(database, learner or self.settings.learner, FileClock(now_ms, LATE_NS))
            yield database

    def entries(self) -> list[LogEntry]:
        with open_database(self.settings.database, 0) as database, database.reading() as connection:
            return list(reviews.entries(connection))

    # A student's day

    @contextmanager
    def sitting(self, learner: str, now_ms: int, more: int = 0, anyway: bool = False) -> Iterator[Session]:
        wanted = Wanted((), 30, self.new_a_day, more, anyway, self.rules())
        clock = Clock(lambda: self.moment(now_ms), lambda: LATE_NS)
        with begin(self.as_learner(learner), wanted, clock, lambda _: None) as session:
            yield session

    @contextmanager
    def cram(self, learner: str, now_ms: int, deck: str) -> Iterator[Session]:
        with self.opened(now_ms, learner) as database:
            wanted = cramming.Cram(Selection((deck,)), seed=now_ms)
            moment = self.moment(now_ms)
            yield cramming.begin(
                database,
                learner,
                wanted,
                lambda: moment,
                self.rules(),
                lambda: Changes(False, frozenset(), ()),
            )

    def undo(self, learner: str, now_ms: int) -> bool:
        moment = self.moment(now_ms)
        with self.opened(now_ms, learner) as database:
            return Desk(database, learner, Rules()).take_back(moment, study_day(moment)) is not None

    def mark(self, learner: str, now_ms: int, card: str, kind: EntryKind) -> None:
        moment = self.moment(now_ms)
        with self.opened(now_ms, learner) as database:
            Desk(database, learner, Rules()).write(Jotting(card, kind, moment, study_day(moment)))

    # Decks

    def add(self, paths: Sequence[Path], now_ms: int, learner: str) -> None:
        with open_database(self.settings.database, now_ms) as database:
            add(database, paths, learner, FileClock(now_ms, LATE_NS))

    def follow(self, now_ms: int) -> None:
        with self.opened(now_ms):
            pass

    def remove(self, name: str, now_ms: int) -> None:
        with self.opened(now_ms) as database:
            remove(database, name, FileClock(now_ms, LATE_NS))

    # Anki

    def export(self, deck: str, to: Path, now_ms: int, learner: str) -> Exported:
        with self.opened(now_ms, learner) as database:
            return export_package(database, deck, to, self.moment(now_ms), learner=learner)

    def bring_in(self, package: Path, to: Path | None, now_ms: int, learner: str) -> Imported:
        with self.opened(now_ms, learner) as database:
            importer = Importer(database, learner, FileClock(now_ms, LATE_NS), self.moment)
            return importer.collection(package, Wishes(to, progress=True))

    # Copies and other machines

    def back_up(self, now_ms: int) -> Copy:
        return backups.back_up(self.settings, now_ms).copy

    def copies(self) -> list[Copy]:
        return [each.copy for each in backups.listed(self.settings)]

    def restore(self, copy: Copy, now_ms: int) -> Path | None:
        restoring.preview(self.settings, copy, now_ms)
        return restoring.restore(self.settings, copy, now_ms)

    def merge(self, file: Path, now_ms: int) -> Taken:
        with self.opened(now_ms) as database:
            return merging.merge(database, self.settings.learner, file, now_ms)

    def sync(self, folder: Path, now_ms: int) -> Synced:
        with self.opened(now_ms) as database:
            return syncing.sync(database, self.settings.learner, folder, now_ms)


def by_number(entries: Sequence[LogEntry]) -> Mapping[tuple[str, int], LogEntry]:
    """Entries by device and number, of which each has one of its own."""
    found = {(entry.device, entry.seq): entry for entry in entries}
    assert len(found) == len(entries)
    return found
