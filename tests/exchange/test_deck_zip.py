"""Zip files of decks: what is taken out of them, and what of strangers' ones is refused."""

import stat
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.errors import FastiError
from fasti.exchange import deck_zip
from fasti.exchange.deck_zip import NoDeckInZipError, is_zip, open_deck_zip, write_deck_zip
from fasti.exchange.packages.error import PackageError

DECK = b"deck: D\nfacts:\n  - {q: a, a: b}\n"
PNG = b"\x89PNG"


def zipped(path: Path, members: list[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def names(path: Path) -> tuple[list[str], list[str], int]:
    """The decks and pictures in a zip file, and how many others."""
    with open_deck_zip(path) as found:
        return sorted(found.decks), sorted(found.pictures), found.left_out


def refusal(path: Path) -> str:
    with pytest.raises(FastiError) as error, open_deck_zip(path):
        pass
    assert error.value.hint
    return str(error.value)


def test_decks_and_pictures_are_taken_out_and_nothing_else(tmp_path: Path) -> None:
    members = [("a.yaml", DECK), ("u/b.YML", DECK), ("u/img/c.PNG", PNG), ("readme.txt", b""), ("x.sh", b"")]

    assert names(zipped(tmp_path / "d.zip", members)) == (["a.yaml", "u/b.YML"], ["u/img/c.PNG"], 2)


def test_what_was_written_is_read_back_and_is_the_same_each_time(tmp_path: Path) -> None:
    files = {"u/b.yaml": DECK * 100, "a.yaml": DECK, "img/ü.png": PNG}
    write_deck_zip(tmp_path / "1.zip", files)
    write_deck_zip(tmp_path / "2.zip", dict(reversed(files.items())))

    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with open_deck_zip(tmp_path / "1.zip") as found:
        read = {**found.decks, **{name: data() for name, data in found.pictures.items()}}
    assert read == files


def test_a_folder_around_everything_is_left_out_and_so_is_what_systems_add(tmp_path: Path) -> None:
    members = [
        ("My decks/", b""),
        ("My decks/a.yaml", DECK),
        ("My decks/img/b.png", PNG),
        ("My decks/.DS_Store", b"x"),
        ("__MACOSX/My decks/._a.yaml", b"x"),
        ("My decks/.git/config.yaml", DECK),
    ]

    assert names(zipped(tmp_path / "d.zip", members)) == (["a.yaml"], ["img/b.png"], 0)


def test_names_of_old_programs_are_understood(tmp_path: Path) -> None:
    """Backslashes between folders, and UTF-8 that does not say so."""
    path = zipped(tmp_path / "d.zip", [("img/c.png", PNG), ("KXXste.yaml", DECK)])
    data = path.read_bytes().replace(b"img/c.png", b"img\\c.png")
    path.write_bytes(data.replace(b"KXXste", "Küste".encode()))

    assert names(path) == (["Küste.yaml"], ["img/c.png"], 0)


@pytest.mark.parametrize(
    "name",
    [
        "../a.yaml",
        "u/../../a.yaml",
        "/etc/a.yaml",
        "C:/a.yaml",
        "C:a.yaml",
        "..\\a.yaml",
        "\\\\server\\a.yaml",
        "a\x1b[2J.yaml",
        "a\u202eb.yaml",
        "con.yaml",
        "u/nul.png",
        "-rf.yaml",
        " a.yaml",
        "a /b.yaml",
        "u./b.yaml",
        "u//b.yaml",
        "a:b.yaml",
        "/".join(["u"] * 9) + "/a.yaml",
        "a" * 250 + ".yaml",
    ],
)
def test_a_name_that_leads_elsewhere_or_nowhere_is_refused(tmp_path: Path, name: str) -> None:
    why = refusal(zipped(tmp_path / "d.zip", [("ok.yaml", DECK), (name, DECK)]))

    assert "has a name under which it cannot be unpacked safely" in why


@pytest.mark.filterwarnings("ignore:Duplicate name")
@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.sampled_from("./\\:ab.ymlC~ "), min_size=1, max_size=12))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with TemporaryDirectory() as folder:
        path = zipped(Path(folder, "d.zip"), [("ok.yaml", DECK), (f"{name}.yaml", DECK)])
        try:
            found = names(path)[0]
        except PackageError:
            found = []

    here = Path("/home/me/decks/d")
    assert all(".." not in each.split("/") and (here / each).is_relative_to(here) for each in found)


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert "is a link" in refusal(zipped(tmp_path / "d.zip", [("a.yaml", DECK), (link, b"/etc/passwd")]))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("members", "why"),
    [
        (["a.yaml", "A.yaml"], "two of its members have one name, but for capitals"),
        (["straße.yaml", "STRASSE.yaml"], "two of its members have one name, but for capitals"),
        (["a.yaml", "a.yaml/b.png"], "two of its members have one name, but for capitals"),
        (["a.yaml", "a.yaml"], "is there twice"),
    ],
)
def test_two_files_of_one_name_are_refused(tmp_path: Path, members: list[str], why: str) -> None:
    assert why in refusal(zipped(tmp_path / "d.zip", [(name, DECK) for name in members]))


def test_a_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deck_zip, "MAX_DECK", 1000)

    assert "unpacks to far more" in refusal(zipped(tmp_path / "d.zip", [("a.yaml", DECK + b" " * 2000)]))


def test_a_picture_that_is_a_bomb_is_stopped_when_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deck_zip, "MAX_PICTURE", 1000)
    path = zipped(tmp_path / "d.zip", [("a.yaml", DECK), ("b.png", b" " * 2000)])

    with open_deck_zip(path) as found, pytest.raises(PackageError, match="unpacks to far more"):
        found.pictures["b.png"]()


def test_more_files_than_any_course_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deck_zip, "MAX_FILES", 3)

    assert "more than 3 files" in refusal(zipped(tmp_path / "d.zip", [(f"{n}.yaml", DECK) for n in range(4)]))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500, b"deck: D\n"])
def test_what_is_no_zip_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "d.zip"
    path.write_bytes(data)

    assert "it is damaged" in refusal(path)


def test_every_cut_of_a_zip_file_is_refused(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "d.zip", [("a.yaml", DECK), ("b.png", PNG)]).read_bytes()
    cut = tmp_path / "cut.zip"
    for end in range(0, len(whole) - 1, 7):
        cut.write_bytes(whole[:end])
        refusal(cut)


def test_a_zip_file_without_a_deck_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "d.zip", [("a.png", PNG), ("readme.md", b"")])
    with pytest.raises(NoDeckInZipError), open_deck_zip(path):
        pass


def test_a_zip_file_is_known_by_what_it_is(tmp_path: Path) -> None:
    path = zipped(tmp_path / "d.anything", [("a.yaml", DECK)])
    (tmp_path / "no.zip").write_bytes(DECK)

    assert [is_zip(path), is_zip(tmp_path / "no.zip"), is_zip(tmp_path), is_zip(tmp_path / "gone.zip")] == [
        True,
        False,
        False,
        False,
    ]
