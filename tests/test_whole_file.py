"""A file appears whole or not at all."""

import os
from pathlib import Path

import pytest

from fasti.whole_file import WriteError, writing

DAY_S = 86_400


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    with writing(tmp_path / "deck.apkg") as new:
        new.write_bytes(b"whole")
        assert not (tmp_path / "deck.apkg").exists()

    assert [path.name for path in tmp_path.iterdir()] == ["deck.apkg"]
    assert (tmp_path / "deck.apkg").read_bytes() == b"whole"


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "deck.apkg").write_bytes(b"old")

    def fail() -> None:
        with writing(tmp_path / "deck.apkg") as new:
            new.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert [path.name for path in tmp_path.iterdir()] == ["deck.apkg"]
    assert (tmp_path / "deck.apkg").read_bytes() == b"old"


def test_what_a_killed_program_left_is_taken_away_a_day_later(tmp_path: Path) -> None:
    for name, age_s in {".fasti-old.part": 2 * DAY_S, ".fasti-now.part": 60}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "new").write_bytes(b"half")
        moment = (tmp_path / name).stat().st_mtime - age_s
        os.utime(tmp_path / name, (moment, moment))

    with writing(tmp_path / "deck.apkg") as new:
        new.write_bytes(b"whole")

    assert sorted(path.name for path in tmp_path.iterdir()) == [".fasti-now.part", "deck.apkg"]


@pytest.mark.parametrize("name", ["folder", "nowhere/deck.apkg", "a" * 300])
def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(WriteError, match="cannot be written"), writing(tmp_path / name) as new:
        new.write_bytes(b"whole")
