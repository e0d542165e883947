"""Our own libraries: made once in the folder of the data, by `fasti add` and by what an import writes.

The facts come in by `fasti add` of twenty deck files. Where their cards stand comes in as an import from Anki
brings it: entries of the log, and a refold. A long log is written as rows, for it has millions. What is made is
what a student's own use leaves: `fasti doctor` finds every card where the log says.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.kit import Run
from benchmarks.texts import DECKS, write_decks

if TYPE_CHECKING:
    from fasti.core.days import Moment
    from fasti.core.log import LogEntry
    from fasti.settings import Settings

TODAY = 20_605
NOW = "2026-06-01T09:00:00+00:00"
LEARNER = "me"
DAY_MS = 86_400_000
NOON_MS = 43_200_000
NEW_SHARE = 0.2
REVIEW_DAYS = 1_500


class Library(NamedTuple):
    """A library in a folder of its own."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a program that is to use it is started with."""
        return environment(self.folder / "home")

    @property
    def file(self) -> Path:
        """Its database."""
        return self.folder / "home" / "fasti.db"

    @property
    def settings(self) -> "Settings":
        """For what is run within a process."""
        from fasti.settings import read_settings

        return read_settings(self.environment)


def environment(home: Path) -> dict[str, str]:
    """The environment of a student whose data is in `home`, on a day that never ends."""
    # What is installed has its bytecode; a checkout is to have it too, from the first round on.
    left_out = ("FASTI_", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE", "NO_COLOR", "FORCE_COLOR", "CI")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return {**inherited, "FASTI_HOME": str(home), "FASTI_NOW": NOW, "TERM": "xterm-256color"}


def now() -> "Moment":
    """The moment of `NOW`."""
    from fasti.core.days import read_moment

    return read_moment(NOW)


def fasti(library: Library, *words: str) -> None:
    """Run a command of the program to its end."""
    command = [sys.executable, "-m", "fasti", *words]
    done = subprocess.run(
        command,
        env=library.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"`fasti {words[0]}` failed: {done.stderr[-500:]}")


def library(run: Run, cards: int, due: float) -> Library:
    """Twenty decks of so many cards in all, a share of them new and, of the others, a share due."""
    made = Library(run.folder / f"fasti-{cards}-due-{round(due * 100)}")
    return ready(made, lambda: _make_with_due(made, cards, due))


def reviewed_library(run: Run, reviews: int) -> Library:
    """Twenty decks whose cards were answered over some years, so many times in all."""
    made = Library(run.folder / f"fasti-{run.sizes.reviewed_cards}-reviewed-{reviews}")
    return ready(made, lambda: _make_reviewed(made, run.sizes.reviewed_cards, reviews))


def ready(made: Library, make) -> Library:
    """A library made if need be, and in step with its files and this version of the program."""
    mark = made.folder / "complete"
    # The library knows its deck files by their paths: one that was moved is made again.
    if not mark.exists() or mark.read_text() != str(made.folder):
        shutil.rmtree(made.folder, ignore_errors=True)
        print(f"making {made.folder.name}, once …", file=sys.stderr, flush=True)
        started = time.perf_counter()
        make()
        mark.write_text(str(made.folder))
        print(f"  … {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    fasti(made, "due")
    read_once(made.file)
    return made


def read_once(file: Path) -> None:
    """Have a file in the system's memory before anything is measured: what a disk is slow at, it is for both sides."""
    with file.open("rb") as content:
        while content.read(1 << 24):
            pass


def copied(source: Library, folder: Path) -> Library:
    """A copy of a library whose answers are nobody's loss; its deck files are those of the source."""
    made = Library(folder)
    shutil.rmtree(folder, ignore_errors=True)
    made.file.parent.mkdir(parents=True)
    copy_database(source.file, made.file)
    return made


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that nobody writes, and have it on the disk before anything is measured."""
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for end in ("", "-wal", "-shm"):
        Path(f"{target}{end}").unlink(missing_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def added(made: Library, cards: int) -> None:
    """Write the deck files and add them."""
    paths = write_decks(made.folder / "decks", cards)
    for path in paths:
        os.utime(path, (1_700_000_000, 1_700_000_000))
    fasti(made, "add", *map(str, paths))


def _make_with_due(made: Library, cards: int, due: float) -> None:
    added(made, cards)
    _take_in(made, _places(cards, due))


def _places(cards: int, due: float) -> "Iterator[LogEntry]":
    """Where each card that is not new was in another program: one entry a card, as an import writes it."""
    from fasti.core.entry_kinds import IMPORTED, EntryKind
    from fasti.core.log import Adopted, LogEntry

    random = Random(1)
    each = cards // DECKS
    seq = 0
    for number in range(cards):
        if due < 1 and random.random() < NEW_SHARE:
            continue
        seq += 1
        interval = random.randrange(1, 200)
        day = TODAY - random.randrange(5) if random.random() < due else TODAY + random.randrange(1, 365)
        yield LogEntry(
            device="benchmark",
            seq=seq,
            learner=LEARNER,
            card=_card(number, each),
            kind=EntryKind.ADOPT,
            grade=None,
            scale=None,
            answered_at_ms=(TODAY - 10) * DAY_MS + NOON_MS + number,
            utc_offset_min=0,
            study_day=TODAY - 10,
            thinking_ms=None,
            answer=None,
            profile=IMPORTED,
            adopted=Adopted(5, interval, 250, 0, day),
        )


def _make_reviewed(made: Library, cards: int, reviews: int) -> None:
    added(made, cards)
    _write_log(made.file, _rows(cards, reviews))
    _refold(made)


class Review(NamedTuple):
    """The card of this number was answered on a study day; `key` is 1 to 4, as both programs' keys are."""

    card: int
    day: int
    place: int
    key: int
    thinking_ms: int


def reviews_of(cards: int, reviews: int) -> Iterator[Review]:
    """The answers of some years in their order, as many every day; nine of ten known."""
    random = Random(reviews)
    days = min(REVIEW_DAYS, reviews)
    for day in range(days):
        number = reviews * (day + 1) // days - reviews * day // days
        keys = random.choices((1, 2, 3, 4), (10, 10, 60, 20), k=number)
        for place, card in enumerate(random.sample(range(cards), min(number, cards))):
            yield Review(card, TODAY - days + day, place, keys[place], random.randrange(2_000, 20_000))


_COLUMNS = (
    "device, seq, learner, card, kind, grade, scale, answered_at_ms, utc_offset_min, study_day, thinking_ms,"
    " due_offset, profile"
)


def _rows(cards: int, reviews: int) -> Iterator[tuple[object, ...]]:
    """The answers as the log has them."""
    each = cards // DECKS
    for seq, review in enumerate(reviews_of(cards, reviews), 1):
        at_ms = review.day * DAY_MS + NOON_MS + review.place
        card, grade = _card(review.card, each), review.key + 1
        answered = (at_ms, 0, review.day, review.thinking_ms)
        yield "benchmark", seq, LEARNER, card, "review", grade, 4, *answered, 0, "sm2/text"


def _card(number: int, each: int) -> str:
    return f"d{number // each}/f{number}#answer"


def _write_log(file: Path, rows: Iterator[tuple[object, ...]]) -> None:
    """Write rows of the log, as `reviews.insert_entries` would in hours: ten million, and their indexes at the end.

    Nothing is synchronised meanwhile, for what is not finished is made again.
    """
    marks = ", ".join("?" * (_COLUMNS.count(",") + 1))
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {setting}")
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'review_log' AND sql <> ''"
        ).fetchall()
        connection.execute("BEGIN")
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        connection.executemany(f"INSERT INTO review_log ({_COLUMNS}) VALUES ({marks})", rows)
        for _, sql in indexes:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def _take_in(made: Library, entries: "Iterator[LogEntry]") -> None:
    from fasti.store import reviews
    from fasti.store.opening import open_database

    with (
        open_database(f"sqlite:///{made.file}", now().utc_ms) as database,
        database.writing() as connection,
    ):
        reviews.insert_entries(connection, entries)
    _refold(made)


def _refold(made: Library) -> None:
    from fasti.store import refolding
    from fasti.store.opening import open_database

    with open_database(f"sqlite:///{made.file}", now().utc_ms) as database:
        with database.writing() as connection:
            refolding.refold(connection, LEARNER)
        with database.writing() as connection:
            connection.exec_driver_sql("PRAGMA optimize")
