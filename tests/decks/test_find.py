"""Which files are decks: those named, and those in folders."""

import os
import sys
from pathlib import Path

import pytest

from fasti.decks import find
from fasti.decks.find import NoDeckError, NoSuchFileError, NotReadableError, deck_bytes, deck_files


def made(folder: Path, *names: str) -> list[Path]:
    """Files in a folder, and the folders that they need."""
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("deck: T\n", encoding="utf-8")
    return paths


def test_a_file_is_taken_as_it_is_given(tmp_path: Path) -> None:
    paths = made(tmp_path, "b.txt", "a.yaml", ".hidden.yaml")

    assert deck_files(paths) == paths


def test_a_folder_has_the_decks_in_it_and_below_in_order(tmp_path: Path) -> None:
    made(tmp_path, "readme.md", "notes.yaml.bak", ".hidden.yaml", ".git/config.yaml")
    decks = made(tmp_path, "B.yaml", "a.yml", "b/1.YAML", "b/2.yaml", "c.yaml")

    assert deck_files([tmp_path]) == decks


def test_a_file_that_is_found_twice_is_taken_once(tmp_path: Path) -> None:
    a, b = made(tmp_path, "a.yaml", "b.yaml")

    assert deck_files([b, tmp_path, a, tmp_path / "." / "a.yaml"]) == [b, a]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leads_back_is_not_followed_again(tmp_path: Path) -> None:
    (deck,) = made(tmp_path, "b/deck.yaml")
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a").symlink_to(tmp_path / "a")

    assert deck_files([tmp_path]) == [deck]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    made(tmp_path, "elsewhere/deck.yaml")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)

    assert deck_files([tmp_path / "here"]) == [tmp_path / "here" / "link" / "deck.yaml"]


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFileError, match="there is no file or folder"):
        deck_files([tmp_path / "nothing.yaml"])


def test_a_name_without_its_ending_is_put_right(tmp_path: Path) -> None:
    (deck,) = made(tmp_path, "suez.yaml")
    with pytest.raises(NoSuchFileError) as error:
        deck_files([tmp_path / "suez"])

    assert error.value.hint == f"did you mean `{deck}`?"


def test_a_folder_without_decks_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "readme.md", ".hidden.yaml")
    with pytest.raises(NoDeckError, match="there is no deck in"):
        deck_files([tmp_path])


def test_a_file_is_read_no_further_than_a_deck_may_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "LARGEST", 3)
    (deck,) = made(tmp_path, "a.yaml")

    assert deck_bytes(deck) == b"deck"


def test_a_file_that_went_away_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFileError):
        deck_bytes(tmp_path / "nothing.yaml")


def test_a_folder_cannot_be_read_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(NotReadableError, match="cannot be read"):
        deck_bytes(tmp_path)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may read everything"
)
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (deck,) = made(tmp_path, "a.yaml")
    deck.chmod(0)
    with pytest.raises(NotReadableError, match="permission denied"):
        deck_bytes(deck)
