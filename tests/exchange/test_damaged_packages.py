"""Six hundred damaged packages: each is read or refused, in little memory, and nothing is left."""

import json
import random
import sqlite3
import tracemalloc
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

import pytest

from fasti.exchange.packages.error import PackageError
from fasti.exchange.packages.read import open_collection
from tests.exchange import packages
from tests.exchange.outcomes import consistent, read
from tests.exchange.packages import (
    card,
    database,
    frames,
    message,
    note,
    review,
    zipped,
)

pytestmark = pytest.mark.usefixtures("temporary")


def sound_members(folder: Path) -> dict[str, list[tuple[str, bytes]]]:
    """Packages of each kind by their unpacked members, for damaging them before they are packed and after."""
    many = {
        "notes": [note(100 + n, guid=f"g{n}", flds=f"question {n}\x1fanswer {n} é")[0] for n in range(60)],
        "cards": [card(200 + n, 100 + n, type=n % 4, queue=n % 3)[0] for n in range(60)],
        "reviews": [review(1_600_000_000_000 + n, 200 + n)[0] for n in range(60)],
    }
    old = database(folder / "old", **many)
    new = database(folder / "new", **many, ver=18, change=with_tables)
    listed = json.dumps({"0": "a.png", "1": "ü b.png"}).encode()
    files = [("0", b"12345" * 40), ("1", b"54321" * 40)]
    entries = message(
        *(
            (1, message((1, b"%s.png" % name.encode()), (2, 200), (3, sha1(data).digest())))
            for name, data in files
        )
    )
    return {
        "legacy 1": [("collection.anki2", old), ("media", listed), *files],
        "legacy 2": [
            *[("meta", b"\x08\x02"), ("collection.anki21", old), ("collection.anki2", old[:4096])],
            *[("media", listed), *files],
        ],
        "latest": [("meta", b"\x08\x03"), ("collection.anki21b", new), ("media", entries), *files],
    }


def with_tables(connection: sqlite3.Connection) -> None:
    """The tables of schema 18, with a note type for the notes."""
    connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    for statement in (
        "CREATE TABLE notetypes (id integer primary key, name text COLLATE unicase, mtime_secs, usn, config blob)",
        "CREATE UNIQUE INDEX idx_notetypes_name ON notetypes (name)",
        "CREATE TABLE fields (ntid, ord, name text COLLATE unicase, config, PRIMARY KEY (ntid, ord)) WITHOUT ROWID",
        "CREATE TABLE templates (ntid, ord, name text, mtime_secs, usn, config, PRIMARY KEY (ntid, ord)) WITHOUT ROWID",
        "CREATE TABLE decks (id integer primary key, name text COLLATE unicase, mtime_secs, usn, common, kind)",
        "CREATE TABLE config (KEY text PRIMARY KEY, usn, mtime_secs, val blob) WITHOUT ROWID",
        "CREATE TABLE tags (tag text PRIMARY KEY COLLATE unicase, usn, collapsed, config) WITHOUT ROWID",
    ):
        connection.execute(statement)
    packages.insert(connection, "notetypes", [[10, "Basic", 5, 0, message((1, 0), (3, b".card {}"))]])
    packages.insert(connection, "fields", [[10, n, f"F{n}", message((9, n + 1))] for n in range(2)])
    sides = message((1, b"{{F0}}"), (2, b"{{F1}}"), (8, 7))
    packages.insert(connection, "templates", [[10, 0, "Card 1", 0, 0, sides]])
    kind = message((1, message((1, 1), (4, b"about"))))
    packages.insert(connection, "decks", [[1, "Default\x1fInner", 0, 0, b"", kind]])
    packages.insert(connection, "config", [["schedVer", 0, 0, b"2"], ["creationOffset", 0, 0, b"-60"]])


Members = list[tuple[str, bytes]]


def packed(kind: str, members: Members, damage: Callable[[bytes], bytes] = lambda data: data) -> bytes:
    """A package of these members, those of the latest kind in Zstandard with `damage` done to the frames."""
    plain = kind != "latest"
    return zipped(
        [(name, data if plain or name == "meta" else damage(frames(data))) for name, data in members]
    )


def flipped(data: bytes, chance: random.Random, most: int = 8) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, most) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def damaged(kind: str, members: Members, seed: int) -> bytes:
    """A package in which one thing is damaged; which and where is told by the seed."""
    chance = random.Random(f"{kind} {seed}")
    whole = packed(kind, members)
    match seed % 6:
        case 0:
            return whole[: chance.randrange(len(whole))]
        case 1:
            return flipped(whole, chance)
        case 2:
            # In the list of members at the end, and in the headers before each.
            at = chance.choice([whole.index(b"PK\x01\x02"), whole.rindex(b"PK\x05\x06"), 0])
            return whole[:at] + flipped(whole[at : at + 60], chance, 3) + whole[at + 60 :]
        case 3 if kind == "latest":
            return packed(kind, members, lambda data: flipped(data, chance, 2))
        case 3 | 4:
            # In the database itself, of which the checksum of the zip file then knows nothing.
            where = chance.choice([range(100), range(4096), range(1 << 30)])
            return packed(
                kind,
                [(name, hurt(data, where, chance) if "coll" in name else data) for name, data in members],
            )
        case _:
            return packed(
                kind, [(name, data if "coll" in name else flipped(data, chance)) for name, data in members]
            )


def hurt(data: bytes, where: range, chance: random.Random) -> bytes:
    end = min(where.stop, len(data))
    return flipped(data[:end], chance) + data[end:]


@pytest.mark.parametrize("kind", ["legacy 1", "legacy 2", "latest"])
def test_two_hundred_damaged_packages_of_each_kind_are_read_or_refused(
    tmp_path: Path, temporary: Path, kind: str
) -> None:
    members = sound_members(tmp_path)[kind]
    path = tmp_path / "x.apkg"
    path.write_bytes(packed(kind, members))
    assert len(read(path).reviews) == 60
    outcomes = {"read": 0, "refused": 0}
    tracemalloc.start()
    for seed in range(200):
        path.write_bytes(damaged(kind, members, seed))
        tracemalloc.reset_peak()
        outcomes[outcome(path)] += 1
        assert list(temporary.iterdir()) == []
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    tracemalloc.stop()

    assert min(outcomes.values()) >= 20, outcomes


def outcome(path: Path) -> str:
    try:
        with open_collection(path) as found:
            assert consistent(found)
            for data in found.media.values():
                data()
    except PackageError as error:
        return "refused" if error.hint and "\n" not in str(error) else "refused without a hint, or in lines"
    return "read"
