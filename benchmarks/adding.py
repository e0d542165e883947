"""A deck checked and added, and added again unchanged, against the anki package's import of the same facts.

The work alone: both have their collection open, ours is `library.add` as `fasti add` calls it (every fact read,
checked and written, one durable transaction), theirs `import_csv`. Again: the deck file has a new time stamp
and the same content, so that it is read and compared. Beside them are whole programs from start to end.
"""

import os
import shutil
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks import library
from benchmarks.kit import Measured, Run, Side, apart, measured, timed
from benchmarks.library import Library
from benchmarks.texts import as_deck, as_table, texts

ANKI_IMPORT = """
import sys
from anki.collection import Collection, ImportCsvRequest
collection = Collection(sys.argv[1])
metadata = collection.get_csv_metadata(sys.argv[2], None)
collection.import_csv(ImportCsvRequest(path=sys.argv[2], metadata=metadata))
collection.close()
"""


def add(run: Run) -> Measured:
    """A new deck."""
    deck, table, scratch = _files(run)
    sides = {
        "fasti": apart(our_adding, deck, scratch / "new", False),
        "anki": apart(anki_import, table, scratch / "new.anki2", False),
        "fasti, every lint too": apart(our_checking_and_adding, deck, scratch / "linted"),
        "fasti, whole program": our_program(deck, scratch / "program", again=False),
        "anki, whole program": anki_program(table, scratch / "program.anki2", again=False),
    }
    return Measured(f"{run.sizes.facts:,}", "s", measured(sides, run.rounds(5)))


def add_again(run: Run) -> Measured:
    """The same deck, unchanged."""
    deck, table, scratch = _files(run)
    sides = {
        "fasti": apart(our_adding, deck, scratch / "again", True),
        "anki": apart(anki_import, table, scratch / "again.anki2", True),
        "fasti, whole program": our_program(deck, scratch / "program", again=True),
        "anki, whole program": anki_program(table, scratch / "program.anki2", again=True),
    }
    return Measured(f"{run.sizes.facts:,}", "s", measured(sides, run.rounds(7)))


def _files(run: Run) -> tuple[Path, Path, Path]:
    folder = run.folder / f"facts-{run.sizes.facts}"
    folder.mkdir(parents=True, exist_ok=True)
    deck, table = folder / "facts.yaml", folder / "facts.txt"
    deck.write_text(as_deck("Facts", "facts", texts(run.sizes.facts)), encoding="utf-8")
    table.write_text(as_table(texts(run.sizes.facts)), encoding="utf-8")
    return deck, table, run.folder / "scratch"


def our_adding(deck: Path, folder: Path, again: bool) -> Side:
    """`library.add` in a library that has no deck yet, or this one."""
    from fasti.library import add
    from fasti.shelves import Clock
    from fasti.store.opening import open_database

    empty = _empty(folder)
    stamps = count(1_700_000_000)
    clock = Clock(library.now().utc_ms, time.time_ns())
    while True:
        file = folder / "library.db"
        if not again or not file.exists():
            library.copy_database(empty, file)
        with open_database(f"sqlite:///{file}", clock.now_ms) as database:
            stamp = next(stamps)
            os.utime(deck, (stamp, stamp))
            if again and stamp == 1_700_000_000:
                add(database, [deck], library.LEARNER, clock)
                os.utime(deck, (stamp - 1, stamp - 1))
            yield timed(lambda: add(database, [deck], library.LEARNER, clock))


def our_checking_and_adding(deck: Path, folder: Path) -> Side:
    """`fasti check` with all its lints, and then the adding."""
    from fasti.checking import check

    adding = our_adding(deck, folder, False)
    while True:
        yield timed(lambda: check([deck])) + next(adding)


def _empty(folder: Path) -> Path:
    """A database with its tables and nothing in them."""
    from fasti.store.opening import open_database

    shutil.rmtree(folder, ignore_errors=True)
    file = folder / "empty.db"
    open_database(f"sqlite:///{file}", library.now().utc_ms).close()
    return file


def anki_import(table: Path, path: Path, again: bool) -> Side:
    """`import_csv` into a collection that has no notes yet, or these."""
    while True:
        collection = _fresh(path) if not again or not path.exists() else _open(path)
        if again and not collection.note_count():
            _import(collection, table)
        yield timed(lambda: _import(collection, table))  # noqa: B023 - called at once
        assert collection.note_count()
        collection.close()


def _import(collection: Any, table: Path) -> None:
    from anki.collection import ImportCsvRequest

    metadata = collection.get_csv_metadata(str(table), None)
    collection.import_csv(ImportCsvRequest(path=str(table), metadata=metadata))


def _fresh(path: Path) -> Any:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    return _open(path)


def _open(path: Path) -> Any:
    from anki.collection import Collection

    return Collection(str(path))


def our_program(deck: Path, folder: Path, *, again: bool) -> Side:
    """`fasti add FILE` as a process, in a library that has its tables."""
    made = Library(folder)
    shutil.rmtree(folder, ignore_errors=True)
    template = _copy_of_an_empty_one(made)
    while True:
        if not again:
            library.copy_database(template, made.file)
        yield timed(lambda: library.fasti(made, "add", str(deck)))


def _copy_of_an_empty_one(made: Library) -> Path:
    next(apart(_made_empty, made.file.with_name("template")))
    made.file.parent.mkdir(parents=True, exist_ok=True)
    template = made.file.with_name("template") / "empty.db"
    library.copy_database(template, made.file)
    return template


def _made_empty(folder: Path) -> Side:
    _empty(folder)
    yield 0.0


def anki_program(table: Path, path: Path, *, again: bool) -> Side:
    """A program that imports the package, opens a collection, imports the file and closes."""
    command = [sys.executable, "-c", ANKI_IMPORT, str(path), str(table)]
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    while True:
        if not again:
            for old in path.parent.glob(f"{path.name}*"):
                old.unlink()
        yield timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
