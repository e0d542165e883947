"""An Anki package of the oldest kind, which every Anki reads: a zip around an SQLite file of schema 11.

Rows go from their iterators into the file and are never held. Nothing in it depends on when or where it is
written: the same contents give the same bytes. What Anki works out anew for itself (sort fields, checksums,
which cards a note has) is left empty, and indexes would only make the file larger.
"""

import errno
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfileobj

from fasti.errors import FastiError
from fasti.exchange.collection import AnkiNote, Contents, NoteType
from fasti.exchange.packages.collection_row import collection_row, json_text
from fasti.whole_file import writing

OURS = b"fasti export"
"""The comment of the packages that are written here, by which they are known again."""


class MediaError(FastiError):
    """A picture or sound that was to go along and cannot be read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"`{name}` cannot be read: {reason}", "put the file back, or take its name out of the deck"
        )


def write_package(path: Path, contents: Contents) -> None:
    """Write a package to `path`, which stays as it is until the whole package is there.

    Raises WriteError where it cannot be written and MediaError for a file that cannot be read; ValueError
    for a note that has not as many fields as its note type, which Anki would refuse the package for, and
    sqlite3.IntegrityError for two rows with one id.
    """
    with writing(path) as new:
        collection = new.with_name("collection.anki2")
        with _disk_errors():
            _write_collection(collection, contents)
        _write_zip(new, collection, contents.media)


def is_collection_name(name: str) -> bool:
    """Whether Anki or AnkiDroid replaces the user's whole collection with a file of this name."""
    name = name.lower()
    return (
        name == "collection.apkg"
        or name.endswith(".colpkg")
        or (name.startswith("backup-") and name.endswith(".apkg"))
    )


_SCHEMA = 11

_TABLES = """
    CREATE TABLE col (id INTEGER PRIMARY KEY, crt INTEGER NOT NULL, mod INTEGER NOT NULL,
        scm INTEGER NOT NULL, ver INTEGER NOT NULL, dty INTEGER NOT NULL, usn INTEGER NOT NULL,
        ls INTEGER NOT NULL, conf TEXT NOT NULL, models TEXT NOT NULL, decks TEXT NOT NULL,
        dconf TEXT NOT NULL, tags TEXT NOT NULL);
    CREATE TABLE notes (id INTEGER PRIMARY KEY, guid TEXT NOT NULL, mid INTEGER NOT NULL,
        mod INTEGER NOT NULL, usn INTEGER NOT NULL, tags TEXT NOT NULL, flds TEXT NOT NULL,
        sfld INTEGER NOT NULL, csum INTEGER NOT NULL, flags INTEGER NOT NULL, data TEXT NOT NULL);
    CREATE TABLE cards (id INTEGER PRIMARY KEY, nid INTEGER NOT NULL, did INTEGER NOT NULL,
        ord INTEGER NOT NULL, mod INTEGER NOT NULL, usn INTEGER NOT NULL, type INTEGER NOT NULL,
        queue INTEGER NOT NULL, due INTEGER NOT NULL, ivl INTEGER NOT NULL, factor INTEGER NOT NULL,
        reps INTEGER NOT NULL, lapses INTEGER NOT NULL, left INTEGER NOT NULL, odue INTEGER NOT NULL,
        odid INTEGER NOT NULL, flags INTEGER NOT NULL, data TEXT NOT NULL);
    CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid INTEGER NOT NULL, usn INTEGER NOT NULL,
        ease INTEGER NOT NULL, ivl INTEGER NOT NULL, lastIvl INTEGER NOT NULL, factor INTEGER NOT NULL,
        time INTEGER NOT NULL, type INTEGER NOT NULL);
    CREATE TABLE graves (usn INTEGER NOT NULL, oid INTEGER NOT NULL, type INTEGER NOT NULL);
"""

# The file is thrown away if anything goes wrong, so nothing need be kept to undo it. Larger pages than SQLite's
# own save a twentieth of the time.
_SETTINGS = """
    PRAGMA page_size=16384; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;
"""

# A usn of -1 says that no server has the row yet. Cards and reviews are taken in the order of the fields of
# AnkiCard and AnkiReview, as they come.
_COLLECTION = f"INSERT INTO col VALUES (1, ?, ?, ?, {_SCHEMA}, 0, 0, 0, ?, ?, ?, ?, '{{}}')"
_NOTES = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, 0, 0, 0, '')"
_CARDS = (
    "INSERT INTO cards (id, nid, did, ord, mod, type, queue, due, ivl, factor, reps, lapses, left, flags,"
    " odue, odid, data, usn) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, -1)"
)
_REVIEWS = (
    "INSERT INTO revlog (id, cid, ease, ivl, lastIvl, factor, time, type, usn)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, -1)"
)


def _write_collection(path: Path, contents: Contents) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(f"{_SETTINGS} BEGIN; {_TABLES}")
        database.execute(_COLLECTION, collection_row(contents))
        database.executemany(_NOTES, _note_rows(contents.notes, contents.note_types))
        # SQLite's binding takes plain tuples twice as fast as named ones.
        database.executemany(_CARDS, map(tuple, contents.cards))
        database.executemany(_REVIEWS, map(tuple, contents.reviews))
        database.execute("COMMIT")


def _note_rows(notes: Iterable[AnkiNote], note_types: Sequence[NoteType]) -> Iterator[tuple[object, ...]]:
    separators = {note_type.id: len(note_type.fields) - 1 for note_type in note_types}
    for note in notes:
        fields = "\x1f".join(note.fields)
        if fields.count("\x1f") != separators[note.note_type]:
            raise ValueError(f"note `{note.guid}` has not the fields of its note type")
        tags = f" {' '.join(note.tags)} " if note.tags else ""
        yield note.id, note.guid, note.note_type, note.mod, tags, fields


# At level 1 a package is a seventh larger than at the usual level, and takes a quarter of the time.
_LEVEL = 1
_LARGE = 2**31
"""From which size on, in bytes, a file in a zip needs the longer form of its entry."""


def _write_zip(path: Path, collection: Path, media: Mapping[str, Callable[[], bytes]]) -> None:
    names = {str(number): name for number, name in enumerate(media)}
    # A member that is opened by name has no date, unlike one that is added in another way.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        archive.comment = OURS
        large = collection.stat().st_size >= _LARGE
        with (
            collection.open("rb") as source,
            archive.open("collection.anki2", "w", force_zip64=large) as target,
        ):
            copyfileobj(source, target)
        _put(archive, "media", json_text(names).encode())
        for number, name in names.items():
            _put(archive, number, _bytes_of(name, media[name]))


def _put(archive: zipfile.ZipFile, member: str, data: bytes) -> None:
    with archive.open(member, "w", force_zip64=len(data) >= _LARGE) as target:
        target.write(data)


def _bytes_of(name: str, read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except OSError as error:
        raise MediaError(name, error.strerror or type(error).__name__) from error


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Turn SQLite's complaints about the disk into those of the system."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in _DISK_ERRORS:
            raise
        number = _DISK_ERRORS[code]
        raise OSError(number, os.strerror(number)) from error


_DISK_ERRORS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
}
