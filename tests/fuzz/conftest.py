"""A home with decks and answers in it, which every test of this folder gets to itself."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.program import Fasti
from tests.fuzz.inside import run

DECK = """\
deck: Rome
facts:
  - event: The sack of Rome
    id: sack
    date: 0410-08-24
    caused by: Alaric is refused an office
    note: Three days
  - person: Alaric
    who: King of the Visigoths
    lived: c. 370-410
  - q: Who wrote {0} of the [bold]City of God[/]?
    a: Augustine
  - cloze: The city fell on {24 August|day}.
"""


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "rome.yaml").write_text(DECK, encoding="utf-8")
    assert run(home, "add", "rome.yaml").code == 0
    assert run(home, "review", stdin=b"3\n4\n").code == 0
    return home


@pytest.fixture
def fasti(tmp_path: Path) -> Fasti:
    """The program as a process of its own: nothing reviewed yet, nothing in its folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Fasti(tmp_path / "home", folder)


@pytest.fixture
def home(_made: Path, tmp_path: Path) -> Path:
    """A home with a deck, of which two cards were answered."""
    home = tmp_path / "home"
    shutil.copytree(_made, home)
    return home


@pytest.fixture
def progress(home: Path) -> Callable[[], list[str]]:
    """Gives what the learner did, planned and has to review, by that home's database."""

    def rows() -> list[str]:
        with closing(sqlite3.connect(home / "fasti.db")) as connection:
            return [repr(row) for table in _PROGRESS for row in connection.execute(f"SELECT * FROM {table}")]

    return rows


_PROGRESS = ("review_log", "schedule", "daily", "alias", "day_off", "exam")
