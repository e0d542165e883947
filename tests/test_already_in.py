"""Decks that are in the library already: seen at a glance, and only where adding them would do nothing."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fasti.already_in import all_there
from fasti.library import add, remove
from fasti.settings import Settings
from fasti.shelves import Clock
from fasti.store import catalogue, folders
from fasti.store.catalogue import StoredFile
from fasti.store.database import Database
from fasti.store.opening import open_database

_CLOCK = Clock(1_780_000_000_000, 1_780_000_000_000_000_000)
_DECK = "deck: {0}\nfacts:\n  - {{q: Who founded {0}?, a: Nobody knows}}\n"


class Shelf:
    """A library that has a deck file and a followed folder with another, and a third file that it does not have."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder = folder
        shutil.copyfile(template, folder / "fasti.db")
        self.settings = Settings(folder, f"sqlite:///{folder / 'fasti.db'}", "me")
        self.rome, self.decks = self.write("rome"), folder / "decks"
        self.write("decks/athens")
        with self.database() as database:
            add(database, [self.rome, self.decks], "me", _CLOCK)

    def write(self, name: str, text: str = "", at: int = 1_700_000_000) -> Path:
        path = (self.folder / name).with_suffix(".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text or _DECK.format(path.stem), encoding="utf-8")
        os.utime(path, (at, at))
        return path

    def database(self) -> Database:
        return open_database(self.settings.database, 0)

    def files(self) -> list[StoredFile]:
        with self.database() as database, database.reading() as connection:
            return catalogue.files(connection)

    def all_there(self, *paths: Path, dry_run: bool = False) -> bool:
        return all_there(self.settings, paths, _CLOCK.wall_ns, dry_run=dry_run)


@pytest.fixture
def shelf(tmp_path: Path, template: Path) -> Shelf:
    return Shelf(tmp_path, template)


def _touch(shelf: Shelf) -> None:
    os.utime(shelf.rome, (1_700_000_500, 1_700_000_500))


def _just_saved(shelf: Shelf) -> None:
    os.utime(shelf.rome, ns=(_CLOCK.wall_ns, _CLOCK.wall_ns))


def _nothing(shelf: Shelf) -> None:
    pass


def _edit(shelf: Shelf) -> None:
    shelf.write("rome", _DECK.format("Rome"), 1_700_000_500)


def _edit_another(shelf: Shelf) -> None:
    shelf.write("decks/athens", _DECK.format("Athens"), 1_700_000_500)


def _lose(shelf: Shelf) -> None:
    (shelf.decks / "athens.yaml").unlink()


def _find(shelf: Shelf) -> None:
    shelf.write("decks/sparta")


def _withdraw(shelf: Shelf) -> None:
    with shelf.database() as database:
        remove(database, "rome", _CLOCK)


def _leave_out(shelf: Shelf) -> None:
    """A deck of the folder was removed: to add the folder brings it back."""
    with shelf.database() as database:
        remove(database, "athens", _CLOCK)


def _unread(shelf: Shelf) -> None:
    """The file was read by the rules of another version."""
    with shelf.database() as database, database.writing() as connection:
        for file in catalogue.files(connection):
            catalogue.save_file(connection, file._replace(version="0"))


def _unfollow(shelf: Shelf) -> None:
    with shelf.database() as database, database.writing() as connection:
        folders.unfollow(connection, str(shelf.decks))


def _someone_else(shelf: Shelf) -> None:
    shelf.settings = shelf.settings._replace(learner="you")


@pytest.mark.parametrize("happens", [_nothing, _touch, _just_saved])
@pytest.mark.parametrize("what", ["rome.yaml", "decks"])
def test_what_holds_what_it_held_is_there_and_adding_it_would_do_no_more(
    shelf: Shelf, happens: Callable[[Shelf], None], what: str
) -> None:
    happens(shelf)
    assert shelf.all_there(shelf.folder / what)
    noted = shelf.files()

    with shelf.database() as database:
        assert add(database, [shelf.folder / what], "me", _CLOCK) == []
    assert shelf.files() == noted


@pytest.mark.parametrize(
    "happens",
    [_edit, _edit_another, _lose, _find, _withdraw, _leave_out, _unread, _unfollow, _someone_else],
)
def test_whatever_else_happened_is_left_to_the_adding(shelf: Shelf, happens: Callable[[Shelf], None]) -> None:
    happens(shelf)
    before = shelf.files()

    assert not shelf.all_there(shelf.rome, shelf.decks)
    assert shelf.files() == before


def test_what_the_library_does_not_have_is_not_there(shelf: Shelf) -> None:
    link = shelf.folder / "link.yaml"
    link.symlink_to(shelf.rome)

    for path in (shelf.write("carthage"), link, shelf.folder / "none.yaml", shelf.folder, Path("rome\0")):
        assert not shelf.all_there(shelf.rome, path)


def test_a_new_stamp_is_noted_unless_nothing_may_be_written(shelf: Shelf) -> None:
    _touch(shelf)

    assert shelf.all_there(shelf.rome, dry_run=True)
    assert {file.mtime_ns for file in shelf.files()} == {1_700_000_000 * 10**9}
    assert shelf.all_there(shelf.rome)
    assert {file.mtime_ns for file in shelf.files()} == {1_700_000_000 * 10**9, 1_700_000_500 * 10**9}


def test_no_stamp_is_noted_while_another_program_writes(shelf: Shelf) -> None:
    _touch(shelf)
    with shelf.database() as database, database.writing():
        assert not shelf.all_there(shelf.rome)


@pytest.mark.parametrize("database", ["postgresql://localhost/none", "sqlite:///none.db"])
def test_of_a_server_and_of_no_library_nothing_is_seen(shelf: Shelf, database: str) -> None:
    assert not all_there(shelf.settings._replace(database=database), [shelf.rome], _CLOCK.wall_ns)
