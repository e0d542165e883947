"""Packages made by hand, as other programs make them and as an attacker would."""

import json
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COLUMNS = {
    "col": "id integer primary key, crt, mod, scm, ver, dty, usn, ls, conf text, models text, decks text, dconf text, tags text",
    "notes": "id integer primary key, guid text, mid, mod, usn, tags text, flds text, sfld, csum, flags, data",
    "cards": "id integer primary key, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data",
    "revlog": "id integer primary key, cid, usn, ease, ivl, lastIvl, factor, time, type",
    "graves": "usn, oid, type",
}


def field(name: str, ord: int) -> dict[str, object]:
    return {"name": name, "ord": ord, "sticky": False, "rtl": False, "font": "Arial", "size": 20}


def template(name: str, qfmt: str, afmt: str) -> dict[str, object]:
    return {"name": name, "ord": 0, "qfmt": qfmt, "afmt": afmt, "bqfmt": "", "bafmt": "", "did": None}


BASIC = {
    "id": 10,
    "name": "Basic",
    "type": 0,
    "mod": 5,
    "usn": 0,
    "sortf": 0,
    "did": 1,
    "css": ".card {}",
    "latexPre": "",
    "latexPost": "",
    "req": [],
    "vers": [],
    "tags": [],
    "flds": [field("Front", 0), field("Back", 1)],
    "tmpls": [template("Card 1", "{{Front}}", "{{FrontSide}}<hr>{{Back}}")],
}
CLOZE = {
    **BASIC,
    "id": 11,
    "name": "Cloze",
    "type": 1,
    "tmpls": [template("Cloze", "{{cloze:Front}}", "{{cloze:Front}}")],
}
DEFAULT = {
    "id": 1,
    "name": "Default",
    "mod": 0,
    "usn": 0,
    "dyn": 0,
    "conf": 1,
    "collapsed": False,
    "desc": "",
    "lrnToday": [0, 0],
    "revToday": [0, 0],
    "newToday": [0, 0],
    "timeToday": [0, 0],
    "extendNew": 0,
    "extendRev": 0,
}

Rows = Sequence[Sequence[object]]
Change = Callable[[sqlite3.Connection], object]


def note(
    id: object = 100, mid: object = 10, flds: object = "When?\x1f1962", guid: object = "g", **other: object
) -> Rows:
    values = {"mod": 7, "tags": " a b::c ", **other}
    return [[id, guid, mid, values["mod"], -1, values["tags"], flds, 0, 0, 0, ""]]


def card(id: object = 200, nid: object = 100, did: object = 1, ord: object = 0, **other: object) -> Rows:
    values = {
        "mod": 7,
        "type": 0,
        "queue": 0,
        "due": 3,
        "ivl": 0,
        "factor": 0,
        "reps": 0,
        "lapses": 0,
        "left": 0,
        "odue": 0,
        "odid": 0,
        "flags": 0,
        "data": "",
        **other,
    }
    return [[id, nid, did, ord, values.pop("mod"), -1, *values.values()]]


def review(id: object = 1_600_000_000_000, cid: object = 200, **other: object) -> Rows:
    values = {"ease": 3, "ivl": 10, "lastIvl": 4, "factor": 2500, "time": 5000, "type": 1, **other}
    return [[id, cid, -1, *values.values()]]


def database(
    file: Path,
    *,
    notes: Rows = (),
    cards: Rows = (),
    reviews: Rows = (),
    models: object = None,
    decks: object = None,
    conf: object = None,
    crt: object = 1_600_000_000,
    ver: object = 11,
    columns: Mapping[str, str] | None = None,
    change: Change | None = None,
) -> bytes:
    """The bytes of a database of schema 11, made in `file`, which stays; `change` has the last word."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=MEMORY")
        connection.execute("BEGIN")
        for table, own in {**COLUMNS, **(columns or {})}.items():
            connection.execute(f"CREATE TABLE {table} ({own})")
        head = [
            as_json(conf, {"schedVer": 2, "creationOffset": -60, "rollover": 4}),
            as_json(models, {"10": BASIC, "11": CLOZE}),
            as_json(decks, {"1": DEFAULT}),
        ]
        insert(connection, "col", [[1, crt, 0, 0, ver, 0, 0, 0, *head, "{}", "{}"]])
        insert(connection, "notes", notes)
        insert(connection, "cards", cards)
        insert(connection, "revlog", reviews)
        connection.execute("COMMIT")
        if change:
            change(connection)
    return file.read_bytes()


def as_json(value: object, otherwise: object) -> object:
    """A value as it is where it is bytes or text, else as JSON."""
    if isinstance(value, str | bytes):
        return value
    return json.dumps(otherwise if value is None else value)


def insert(connection: sqlite3.Connection, table: str, rows: Rows) -> None:
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def zipped(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """A zip file with these members."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return whole.getvalue()


def package(
    file: Path, *, media: object = None, files: Mapping[str, bytes] | None = None, **contents: Any
) -> Path:
    """A package of the oldest kind at `file`, with what `database` takes."""
    data = database(file.with_suffix(".anki2"), **contents)
    members = [("collection.anki2", data), ("media", str(as_json(media, {})).encode())]
    file.write_bytes(zipped([*members, *(files or {}).items()]))
    return file


def latest(file: Path, data: bytes, media: bytes = b"", files: Sequence[bytes] = ()) -> Path:
    """A package of the newest kind around the bytes of a database."""
    numbered = ((str(number), frames(each)) for number, each in enumerate(files))
    members = [
        ("meta", b"\x08\x03"),
        ("collection.anki21b", frames(data)),
        ("media", frames(media)),
        *numbered,
    ]
    file.write_bytes(zipped(members))
    return file


def frames(data: bytes) -> bytes:
    """Bytes packed by Zstandard without saying how many they are, as Anki does."""
    compressor = zstd.ZstdCompressor()
    return compressor.compress(data) + compressor.flush()


def bomb(size: int) -> bytes:
    """Zstandard frames of so many zeros that do not say how many; in whole MiB."""
    compressor = zstd.ZstdCompressor()
    piece = bytes(1 << 20)
    return b"".join(compressor.compress(piece) for _ in range(size >> 20)) + compressor.flush()


def message(*fields: tuple[int, int | bytes]) -> bytes:
    """A protobuf message of numbers and bytes."""
    return b"".join(
        varint(number << 3) + varint(value)
        if isinstance(value, int)
        else varint(number << 3 | 2) + varint(len(value)) + value
        for number, value in fields
    )


def varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])
