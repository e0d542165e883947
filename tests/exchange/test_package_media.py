"""Media of a package: lists that lie, and names that would be more than names."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fasti.exchange.packages.error import PackageError
from fasti.exchange.packages.left_out import LeftOut
from fasti.exchange.packages.media import distinct_names, plain_name
from fasti.exchange.packages.read import open_collection
from tests.exchange.outcomes import read
from tests.exchange.packages import (
    database,
    latest,
    message,
    note,
    package,
)

pytestmark = pytest.mark.usefixtures("temporary")


def test_media_that_are_listed_and_missing_are_told(tmp_path: Path) -> None:
    data = database(tmp_path / "d", notes=note())
    entries = message(*((1, message((1, name.encode()))) for name in ("a", "b", "c", "d", "e")))

    found = read(latest(tmp_path / "x.apkg", data, entries, [b"only one"]))

    assert list(found.media) == ["a"]
    assert found.left_out == ("4 media files are listed but not in the package: `b`, `c`, `d`, …",)


@pytest.mark.parametrize("claim", [(3, bytes(20)), (2, 4), (3, b"short")])
def test_media_that_are_not_what_the_list_says_are_an_error_of_that_file(
    tmp_path: Path, claim: tuple[int, int | bytes]
) -> None:
    data = database(tmp_path / "d", notes=note())
    entries = message((1, message((1, b"a.png"), claim)), (1, message((1, b"b.png"), (2, 1))))

    with open_collection(latest(tmp_path / "x.apkg", data, entries, [b"abc", b"b"])) as found:
        with pytest.raises(PackageError, match=r"its media file `a\.png` is damaged"):
            found.media["a.png"]()
        assert found.media["b.png"]() == b"b"


@pytest.mark.parametrize("media", ["{", "[1]", '"x"', "[" * 100_000, '{"0": 5}', '{"0": "\\ud800"}', "\x00"])
def test_a_list_of_media_that_is_damaged_leaves_the_notes(tmp_path: Path, media: str) -> None:
    found = read(package(tmp_path / "x.apkg", notes=note(), media=media, files={"0": b"x"}))

    assert len(found.notes) == 1
    assert list(found.media) in ([], ["\N{REPLACEMENT CHARACTER}"])


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("a.png", "a.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\x.dll", "x.dll"),
        ("/abs/a.png", "a.png"),
        ("..", "file"),
        ("", "file"),
        ("...png", "png"),
        (".hidden", "hidden"),
        ("con.png", "con_.png"),
        ("NUL", "NUL_"),
        ("com1.tar.gz", "com1_.tar.gz"),
        ("aux .txt", "aux_.txt"),
        ("console.png", "console.png"),
        ('a:b?c*<>|".png', "abc.png"),
        ("a\x00b\x1b[31m.png", "ab31m.png"),
        ("e\u0301.png", "é.png"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("a.png. . ", "a.png"),
        ("x" * 300 + ".png", "x" * 116 + ".png"),
        ("日" * 100 + ".jpg", "日" * 38 + ".jpg"),
        ("\ud800.png", "\N{REPLACEMENT CHARACTER}.png"),
    ],
)
def test_names_of_media_become_plain_names(name: str, plain: str) -> None:
    assert plain_name(name) == plain


TRICKY = st.text(
    st.sampled_from('./\\:*?"<>|[]^ \t\n\x00\x7f\u3000\u202econNULaux1\u0301é日\ud800'), max_size=40
)


@given(st.text(max_size=300) | TRICKY)
@example("con.                    x")
@example("e:\u0301")
@settings(deadline=None, max_examples=400)
def test_a_plain_name_is_a_name_everywhere(name: str) -> None:
    plain = plain_name(name)

    assert plain_name(plain) == plain
    assert 0 < len(plain.encode()) <= 120
    assert not set(plain) & set('/\\:*?"<>|[]^\x00\n\t\x7f')
    assert plain.strip(". ") == plain
    assert unicodedata.is_normalized("NFC", plain)
    assert plain.partition(".")[0].rstrip().casefold() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert Path(plain).name == plain


@given(st.lists(TRICKY | st.sampled_from(["a.png", "A.png", "a-2.png", "a"]), max_size=30))
@settings(deadline=None)
def test_no_two_media_have_the_same_name(names: list[str]) -> None:
    found = list(distinct_names(names, LeftOut()))

    assert len(found) == len(names)
    assert len({name.casefold() for name in found}) == len(found)


def test_very_many_media_of_the_same_name_are_named_quickly() -> None:
    assert len(set(distinct_names(["a.png"] * 20_000, LeftOut()))) == 20_000
