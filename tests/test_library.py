"""Deck files and the database in step: what is looked at, and what is read."""

import os
from pathlib import Path

import pytest

from fasti import shelves
from fasti.library import add, bring_in_step
from fasti.shelves import Clock
from fasti.store import catalogue
from fasti.store.database import Database
from fasti.store.schedules import counts

_CLOCK = Clock(1_780_000_000_000, 1_780_000_000_000_000_000)
_DECK = "deck: Rome\nid: rome\nfacts:\n  - {q: Who came first?, a: Romulus}\n  - {q: Who second?, a: Numa}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rome.yaml"
    path.write_text(_DECK, encoding="utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def test_a_file_whose_stamp_alone_is_new_is_not_read_and_its_stamp_is_kept(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(database, [file], "me", _CLOCK)
    os.utime(file, (1_700_000_500, 1_700_000_500))

    def read(*_: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(shelves, "read_deck_bytes", read)

    assert bring_in_step(database, "me", _CLOCK) == []
    with database.reading() as connection:
        assert catalogue.files(connection)[0].mtime_ns == 1_700_000_500 * 10**9


def test_everyone_has_a_place_for_every_card_whoever_brought_it(database: Database, file: Path) -> None:
    add(database, [file], "anna", _CLOCK)
    bring_in_step(database, "bert", _CLOCK)
    file.write_text(_DECK + "  - {q: Who third?, a: Tullus}\n", encoding="utf-8")
    bring_in_step(database, "bert", _CLOCK)

    with database.reading() as connection:
        assert [counts(connection, name, 20_000)[0].new for name in ("anna", "bert")] == [3, 3]


def test_a_fact_that_moves_to_another_deck_in_the_same_change_keeps_its_place(
    database: Database, file: Path
) -> None:
    other = file.with_name("kings.yaml")
    other.write_text("deck: Kings\nid: kings\nfacts:\n  - {q: Who was last?, a: Tarquin}\n", encoding="utf-8")
    add(database, [file, other], "me", _CLOCK)
    moved = "  - {q: Who second?, a: Numa}\n"
    file.write_text(_DECK.replace(moved, ""), encoding="utf-8")
    other.write_text(other.read_text(encoding="utf-8") + moved, encoding="utf-8")

    reports = {report.deck: report for report in bring_in_step(database, "me", _CLOCK)}

    assert (reports["kings"].moved_here, reports["kings"].new) == (["Who second?"], [])
    assert reports["rome"].retired == []
