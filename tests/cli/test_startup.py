"""What must not be loaded: the student waits for every import."""

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Collection

import pytest

from fasti.__main__ import _end_without_looking as end_without_looking
from tests.cli.program import Fasti

HEAVY = {
    "rich",
    "sqlalchemy",
    "alembic",
    "yaml",
    "rapidfuzz",
    "pydantic",
    "importlib.metadata",
    "asyncio",
    "tomllib",
    "tomlkit",
}


def loaded(fasti: Fasti, *arguments: str, stdin: str = "", also: Collection[str] = ()) -> set[str]:
    """The heavy modules that one command of the real program loads."""
    program = (
        "import sys\n"
        "from fasti.__main__ import main\n"
        f"sys.argv = ['fasti', *{list(arguments)!r}]\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print('LOADED', *sorted(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=stdin,
        capture_output=True,
        text=True,
        env=fasti.environment(),
        cwd=fasti.folder,
        check=True,
    )
    modules = set(done.stderr.rpartition("LOADED ")[2].split())
    return {name for name in (*HEAVY, *also) if name in modules}


def test_the_version_loads_nothing_heavy(fasti: Fasti) -> None:
    assert loaded(fasti, "--version") == set()


@pytest.mark.parametrize("group", ["", "exam", "deck", "export", "import", "backup", "config", "database"])
def test_what_a_command_does_is_said_in_a_line_that_is_not_cut_off(fasti: Fasti, group: str) -> None:
    fasti.columns = 80
    lines = fasti(*group.split(), "--help").out.splitlines()

    assert [line for line in lines if line.endswith("...") and not line.startswith("Usage:")] == []


def test_the_help_loads_nothing_heavy(fasti: Fasti) -> None:
    assert loaded(fasti, "--help") == set()


def test_check_loads_yaml_and_what_prints_it(fasti: Fasti) -> None:
    fasti.write("deck.yaml", "deck: D\nfacts:\n  - q: Why?\n    a: Because.\n")

    assert loaded(fasti, "check", "--format", "json", "deck.yaml") <= {"yaml", "rich"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("preview", "deck.yaml"),
        ("fact", "deck.yaml", "--kind", "q", "--set", "q=A?", "--set", "a=B"),
        ("new", "d"),
    ],
)
def test_what_a_teacher_writes_needs_no_database(fasti: Fasti, arguments: tuple[str, ...]) -> None:
    fasti.write("deck.yaml", "deck: D\nfacts:\n  - q: Why?\n    a: Because.\n")

    assert loaded(fasti, *arguments) <= {"yaml", "rich"}


@pytest.mark.parametrize("arguments", [("due",), ("due", "--json")])
def test_due_needs_no_database_engine_when_nothing_changed(fasti: Fasti, arguments: tuple[str, ...]) -> None:
    fasti("review")

    assert not loaded(fasti, *arguments) & {"sqlalchemy", "alembic", "yaml"}


@pytest.mark.parametrize("at", [1_700_000_000, 1_700_000_500], ids=["the same stamp", "a new stamp"])
def test_adding_a_deck_that_is_there_needs_no_database_engine(fasti: Fasti, at: int) -> None:
    deck = fasti.write("deck.yaml", "deck: D\nfacts:\n  - q: Why?\n    a: Because.\n")
    os.utime(deck, (1_700_000_000, 1_700_000_000))
    fasti("add", "deck.yaml")
    os.utime(deck, (at, at))

    assert not loaded(fasti, "add", "deck.yaml") & {"sqlalchemy", "alembic", "yaml", "rich"}


def test_the_first_screen_of_statistics_needs_no_database_engine_when_nothing_changed(fasti: Fasti) -> None:
    fasti("review", stdin="4\n" * 9)

    assert not loaded(fasti, "stats") & {"sqlalchemy", "alembic", "yaml", "rich"}


def test_settings_are_read_only_where_there_is_a_file_and_never_by_what_writes_it(fasti: Fasti) -> None:
    fasti("review")
    toml = {"tomllib", "tomlkit"}
    assert not loaded(fasti, "due") & toml
    fasti("config", "set", "new", "5")

    assert loaded(fasti, "due") & toml == {"tomllib"}
    assert loaded(fasti, "--help") & toml == set()


def test_loading_is_not_held_up_by_looks_for_garbage_nor_is_the_end(fasti: Fasti) -> None:
    program = (
        "import gc, sys\n"
        "from fasti.__main__ import main\n"
        "looks = []\n"
        "gc.callbacks.append(lambda phase, about: looks.append(phase))\n"
        "sys.argv = ['fasti', 'decks', '--json']\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print(len(looks), len(gc.get_objects()), 'sqlalchemy' in sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=fasti.environment(),
        cwd=fasti.folder,
        check=True,
    )
    looks, left, loaded_engine = done.stderr.split()[-3:]

    assert (int(looks) < 50, int(left) < 1000, loaded_engine) == (True, True, "True")


@pytest.mark.parametrize("busy", [False, True])
def test_nothing_is_frozen_while_a_thread_is_still_at_work(
    monkeypatch: pytest.MonkeyPatch, busy: bool
) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    monkeypatch.setattr(threading, "active_count", lambda: 1 + busy)

    end_without_looking()

    assert bool(frozen) is not busy


OF_LONGER_WAYS = {"typer", "rich.console", "yaml", "fasti.decks.read", "fasti.core.facts"}


def test_the_two_commands_of_every_day_wait_for_neither_command_line_nor_console(fasti: Fasti) -> None:
    fasti("review")
    for arguments in ((), ("review",), ("due",), ("due", "--json")):
        assert not loaded(fasti, *arguments, also=OF_LONGER_WAYS) & OF_LONGER_WAYS


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("review",),
        ("review", "--json"),
        ("review", "cuban-missile-crisis"),
        ("review", "no such deck"),
        ("due",),
        ("due", "--json"),
        ("due", "--accessible"),
    ],
)
def test_the_short_way_does_what_the_long_way_does(fasti: Fasti, arguments: tuple[str, ...]) -> None:
    fasti("review")
    short = fasti(*arguments)
    command = arguments or ("review",)
    long = fasti("--set", "limit=30", *command)

    assert (short.code, short.out, short.err) == (long.code, long.out, long.err)
