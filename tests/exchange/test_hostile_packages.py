"""Zip files that are damaged or meant to do harm: each is read as far as it goes, or refused in a sentence."""

import io
import json
import os
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from fasti.exchange.packages import archive as package_zip
from fasti.exchange.packages import limits as package_limits
from fasti.exchange.packages.error import PackageError
from fasti.exchange.packages.read import open_collection
from tests.exchange.outcomes import refusal, write
from tests.exchange.packages import (
    BASIC,
    bomb,
    card,
    database,
    latest,
    message,
    note,
    package,
    template,
    zipped,
)

pytestmark = pytest.mark.usefixtures("temporary")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is not an Anki package"),
        (b"Some text", "it is not an Anki package"),
        (b"PK\x03\x04 and then nothing", "it is damaged"),
        (b"SQLite format 3\x00...", "it is a database, not a package"),
        (zipped([]), "there is no collection in it"),
        (zipped([("inner.apkg", b"PK")]), "there is no collection in it"),
        (zipped([("meta", b""), ("collection.anki2", b"x")]), "its format has the number 0"),
        (zipped([("meta", b"\xff"), ("collection.anki2", b"x")]), "it is damaged"),
        (zipped([("meta", b"\x08\x03"), ("collection.anki2", b"x")]), "it has no `collection.anki21b`"),
        (zipped([("collection.anki2", b"")]), "its database has no table `col`"),
        (zipped([("collection.anki2", b"x" * 5000)]), "its database is damaged"),
        (zipped([("collection.anki21b", b"x" * 5000)]), "it is damaged"),
    ],
)
def test_what_is_no_package_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    assert refusal(write(tmp_path / "x.apkg", data)).startswith(why)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.apkg") == "there is no such file"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.apkg")
        assert refusal(tmp_path / "pipe.apkg") == "there is no such file"


def test_a_bomb_of_zstandard_is_stopped_long_before_it_is_unpacked(tmp_path: Path, temporary: Path) -> None:
    members = [("meta", b"\x08\x03"), ("collection.anki21b", bomb(2 << 30))]
    path = write(tmp_path / "bomb.apkg", zipped(members))
    assert path.stat().st_size < 1 << 20

    tracemalloc.start()
    why = refusal(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert why == "it unpacks to far more than a package of its size holds"
    assert peak < 8 << 20


@pytest.mark.parametrize("zstandard", [True, False])
def test_a_bomb_among_the_media_is_an_error_of_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zstandard: bool
) -> None:
    monkeypatch.setattr("fasti.exchange.packages.media.MAX_MEDIA_FILE", 1 << 20)
    if zstandard:
        data = database(tmp_path / "d", notes=note())
        path = latest(tmp_path / "x.apkg", data, message((1, message((1, b"a.png")))), [bytes(2 << 20)])
    else:
        path = package(tmp_path / "x.apkg", notes=note(), media={"0": "a.png"}, files={"0": bytes(2 << 20)})

    with open_collection(path) as found, pytest.raises(PackageError, match="far more than a package"):
        found.media["a.png"]()


def test_many_small_bombs_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_zip, "FREE", 4 << 20)
    numbers = [str(number) for number in range(8)]
    files = {number: bytes(1 << 20) for number in numbers}
    path = package(tmp_path / "x.apkg", media={number: f"{number}.png" for number in numbers}, files=files)

    with open_collection(path) as found:
        for _ in range(3):
            found.media["0.png"]()
        with pytest.raises(PackageError, match="far more than a package"):
            [data() for data in found.media.values()]


@pytest.mark.parametrize(("limit", "most"), [("MAX_MEMBERS", 3), ("MAX_DIRECTORY", 100)])
def test_too_many_members_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(package_zip, limit, most)
    path = package(tmp_path / "x.apkg", files={str(number): b"x" for number in range(5)})

    assert refusal(path) in ("it has 7 members", "its list of members is too long")


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = package(
        tmp_path / "x.apkg", notes=note(), media={"0": "a", "1": "b"}, files={"0": b"x", "1": b"x"}
    )
    data = bytearray(path.read_bytes())
    # The last two entries of the list of members: the second gets the place of the first.
    second = data.rindex(b"PK\x01\x02")
    first = data.rindex(b"PK\x01\x02", 0, second)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]

    assert refusal(write(path, bytes(data))) == "its members overlap"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_that_are_there_twice_are_refused(tmp_path: Path) -> None:
    data = database(tmp_path / "d", notes=note())
    path = write(tmp_path / "x.apkg", zipped([("collection.anki2", data), ("collection.anki2", b"other")]))

    assert refusal(path) == "its member `collection.anki2` is there twice, or is a link"


def test_links_and_folders_in_a_package_mean_nothing(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("0")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = database(tmp_path / "d", notes=note())
    listed = json.dumps({"0": "link.png", "1": "../../x.png", "collection.anki2": "db.png", "../1": "y.png"})
    members = [(link, b"/etc/passwd"), ("1", b"x"), ("../../evil", b"x"), ("/abs", b"x"), ("folder/", b"")]
    path = write(
        tmp_path / "x.apkg", zipped([("collection.anki2", data), ("media", listed.encode()), *members])
    )
    before = set(tmp_path.rglob("*"))

    with open_collection(path) as found:
        assert {name: data() for name, data in found.media.items()} == {"x.png": b"x"}
        assert found.left_out == ("the media file `link.png` is listed but not in the package",)
        assert set(tmp_path.rglob("*")) == before


def test_a_package_that_is_locked_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = package(tmp_path / "x.apkg", notes=note())
    data = path.read_bytes()
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + flags
        data = data[:at] + b"\x01" + data[at + 1 :]

    assert refusal(write(path, data)) == "it is locked with a password"


def test_ways_of_packing_that_anki_does_not_use_are_refused(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("collection.anki2", database(tmp_path / "d", notes=note()))

    assert (
        refusal(write(tmp_path / "x.apkg", whole.getvalue()))
        == "it is packed in a way that few programs know"
    )


def test_a_member_that_is_longer_or_shorter_than_it_says_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "x.apkg", notes=note())
    data = path.read_bytes()
    at = data.index(b"PK\x01\x02") + 24
    for size in (10, 1 << 30):
        changed = data[:at] + struct.pack("<L", size) + data[at + 4 :]
        assert refusal(write(path, changed)) in ("it is damaged", "its database is damaged")


def test_cards_that_repeat_a_small_note_without_end_are_refused(tmp_path: Path) -> None:
    sides = [template(f"T{ord}", "{{Front}}" * 500, "{{Back}}") for ord in range(50)]
    numbers = range(1, 21)
    path = package(
        tmp_path / "x.apkg",
        models={"10": {**BASIC, "tmpls": sides}},
        notes=[row for number in numbers for row in note(number, flds="x" * 200 + "\x1fb")],
        cards=[
            row for number in numbers for ord in range(50) for row in card(number * 50 + ord, number, 1, ord)
        ],
    )

    assert refusal(path) == "its cards repeat their notes so often that they cannot be read"


def test_an_error_of_the_reader_is_not_taken_for_one_of_the_package(tmp_path: Path) -> None:
    path = package(tmp_path / "x.apkg", notes=note())

    with pytest.raises(ValueError, match="mine"), open_collection(path):
        raise ValueError("mine")


def test_the_limits_let_through_what_real_collections_have() -> None:
    assert package_limits.MAX_DATABASE >= 500 << 20
    assert package_limits.MAX_NOTES >= 200_000
    assert package_limits.MAX_MEMBERS >= 100_000
