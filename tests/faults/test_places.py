"""What may be found where a database or a deck should be: each a sentence with the next step, and left as it is."""

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from fasti.commands import ground
from tests.test_doctor import typed


def says(told: str, words: str) -> bool:
    """Whether these words are in what was said, wherever its lines break."""
    return "".join(words.split()) in "".join(told.split())


COMMANDS = (["due"], ["review", "--json"], ["decks"], ["undo"], ["doctor"], ["backup"], ["stats"])


def _of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id integer)")
        connection.commit()


def _pipe(path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no such pipes")
    os.mkfifo(path)


IN_ITS_PLACE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (Path.mkdir, "is a folder"),
    "a pipe": (_pipe, "is a device or a pipe"),
    "a text": (lambda path: path.write_text("My notes on the war.\n" * 99), "is not a database"),
    "what is encrypted": (lambda path: path.write_bytes(bytes(range(1, 256)) * 99), "is not a database"),
    "another program's database": (_of_another_program, "another program"),
    "half a header": (lambda path: path.write_bytes(b"SQLite format 3\0\x10\0"), "fasti.db`"),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("FASTI_HOME", str(home))
    monkeypatch.setenv("FASTI_NOW", "2026-06-20T09:00:00+00:00")
    for cached in (ground.configuration, ground.options):
        cached.cache_clear()
    return home


@pytest.mark.parametrize("what", IN_ITS_PLACE)
def test_what_is_no_library_is_a_sentence_and_stays_as_it_is(
    home: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, sentence = IN_ITS_PLACE[what]
    file = home / "fasti.db"
    make(file)
    before = file.read_bytes() if file.is_file() else None
    told = {tuple(command): typed(command, monkeypatch) for command in COMMANDS}

    assert {code for command, (code, _) in told.items() if command != ("backup",)} == {1}
    assert all(
        sentence in said for command, (_, said) in told.items() if command not in (("backup",), ("doctor",))
    )
    assert says(told["doctor",][1], "problem database")
    assert (file.read_bytes() if file.is_file() else None) == before
    assert not file.with_name("fasti.db-wal").exists()


def test_a_home_that_is_a_file_is_a_sentence(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    monkeypatch.setenv("FASTI_HOME", str(file))

    for command in COMMANDS:
        code, told = typed(command, monkeypatch)
        assert (code, says(told, f"`{file}`, which is no folder")) == (1, True), (command, told)
    assert file.read_text() == "mine"


@pytest.mark.parametrize("instead", ["nothing", "a folder", "a pipe", "a link to itself"])
def test_a_deck_file_that_has_become_something_else_keeps_its_cards(
    home: Path, tmp_path: Path, instead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "war.yaml"
    path.write_text("deck: War\nid: war\nfacts:\n  - {q: Why?, a: So}\n")
    assert typed(["add", str(path)], monkeypatch)[0] == 0
    path.unlink()
    match instead:
        case "a folder":
            path.mkdir()
        case "a pipe":
            _pipe(path)
        case "a link to itself":
            path.symlink_to(path)

    assert typed(["due", "--json"], monkeypatch)[0] == 0
    code, told = typed(["review", "--json"], monkeypatch)
    assert (code, '"card": "war/why' in told) == (0, True), told
    code, told = typed(["doctor"], monkeypatch)
    assert (code, says(told, f"`{path}` is no")) == (1, True), told
    code, told = typed(["add", str(path)], monkeypatch)
    assert (code, "Traceback" in told) == (1, False), told
