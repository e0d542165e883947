"""Pipes that close, disks that are full, streams that cannot show every letter."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import Fasti

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX shells and devices")


def shell(fasti: Fasti, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A shell line in which `fasti` is the program."""
    line = command.replace("fasti", f"{sys.executable} -m fasti")
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        env={**fasti.environment(), **environment},
        cwd=fasti.folder,
        capture_output=True,
        timeout=120,
        check=False,
        text=True,
        errors="replace",
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_is_a_sentence(fasti: Fasti) -> None:
    done = shell(fasti, "fasti due >/dev/full")

    assert done.returncode == 1
    assert "no space" in done.stderr


@pytest.mark.parametrize("command", ["fasti due >&-", "fasti review <&-", "fasti due 2>&-"])
def test_closed_streams_do_no_harm(fasti: Fasti, command: str) -> None:
    assert shell(fasti, command).returncode == 0


def test_a_reader_that_leaves_ends_the_program_quietly(fasti: Fasti) -> None:
    done = shell(fasti, "yes 4 | fasti review --json | head -1")

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("command", ["due --json", "break --json", "--version", "search zzzz --json"])
def test_a_reader_that_reads_nothing_is_told_nothing(fasti: Fasti, command: str) -> None:
    fasti("review")
    done = shell(fasti, f"{{ fasti {command}; echo $? >&2; }} | true", PYTHONUNBUFFERED="")

    assert done.stderr == ("1\n" if "search" in command else "0\n")


def test_a_reader_that_leaves_in_the_middle_is_told_nothing_either(fasti: Fasti) -> None:
    fasti("add", "cold-war-origins")
    assert len(fasti("show", "e", "--json").out) > 65_536  # more than a pipe holds
    done = shell(fasti, "{ fasti show e --json; echo $? >&2; } | head -1")

    assert (done.stdout, done.stderr) == ("{\n", "0\n")


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1"])
def test_a_stream_that_lacks_letters_gets_the_nearest(fasti: Fasti, encoding: str) -> None:
    done = shell(fasti, "printf '3\\n3\\n3\\n3\\n' | fasti review", PYTHONIOENCODING=encoding)

    assert done.returncode == 0
    assert done.stdout.count("grade") == 4


FOREIGN = """deck: Κούβα 古巴 é
id: κούβα
facts:
  - {q: "古巴 é?", a: "é “ß” 👩‍🏫", id: é1, unit: мир}
"""


SCREENS = (
    *("due", "decks", "show é", "search é", "resume", "exam", "flags", "leeches", "check", "--help"),
    *("due --json", "decks --json", "show é --json", "search é --json", "exam --json", "deck schema"),
)


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1"])
def test_every_screen_can_be_written_in_every_encoding(fasti: Fasti, encoding: str) -> None:
    fasti.write("deck.yaml", FOREIGN)
    # Arguments are in UTF-8 all the same.
    shell(fasti, "fasti add deck.yaml; fasti suspend é; fasti exam add 2030-01-01 κούβα", LC_ALL="C.UTF-8")
    for screen in SCREENS:
        done = shell(fasti, f"fasti {screen}", PYTHONIOENCODING=encoding, LC_ALL="C.UTF-8", COLUMNS="40")

        assert done.returncode in (0, 1), screen
        assert "json" not in screen or json.loads(done.stdout)


def test_the_home_may_have_any_name(fasti: Fasti) -> None:
    fasti.home = fasti.folder / "wéird %41 häus %s ?x#y"

    assert len(fasti.answer(4, 4)) == 2
    assert os.path.exists(fasti.home / "fasti.db")  # noqa: PTH110 - the name is the point


def test_the_library_is_private(fasti: Fasti) -> None:
    fasti("review")

    assert (fasti.home / "fasti.db").stat().st_mode & 0o077 == 0


def test_a_damaged_library_is_refused_with_what_to_do(fasti: Fasti) -> None:
    fasti("review")
    file = fasti.home / "fasti.db"
    file.write_bytes(b"not a database at all, not even nearly so" * 100)
    done = fasti("review")

    assert done.code == 1
    assert str(file) in done.err
    assert "hint:" in done.err


@pytest.mark.parametrize(
    ("name", "value"),
    [("FASTI_NOW", "tomorrow"), ("FASTI_NOW", "2026-06-01T09:00:00"), ("FASTI_DATABASE", "nosuch://host/db")],
)
def test_a_setting_that_cannot_be_meant_is_refused(fasti: Fasti, name: str, value: str) -> None:
    done = shell(fasti, "fasti due", **{name: value})

    assert done.returncode in (1, 2)
    assert done.stderr.startswith("error: ")
