"""Disks that are full, folders and files that may only be read: sentences, and nothing that was there is harmed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

if sys.platform != "linux" or os.geteuid() != 0:
    pytest.skip("mounting a disk takes Linux and root", allow_module_level=True)

from tests.cli.program import Done, Fasti
from tests.faults.whole import check, contents, entries

NOBODY = 65_534
DECK = "deck: War\nid: war\nfacts:\n" + "".join(
    f"  - {{q: Question {n}?, a: Answer {n}}}\n" for n in range(40)
)
LARGE = "deck: Large\nid: large\nfacts:\n" + "".join(
    f"  - {{q: Which was number {n} of them all?, a: The answer to it is {n}}}\n" for n in range(4000)
)


@pytest.fixture
def disk() -> Iterator[Path]:
    """A disk of two megabytes, where other users get to."""
    place = Path(mkdtemp(prefix="fasti-disk-"))
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "fasti-test", str(place)], check=False)
    if done.returncode:
        place.rmdir()
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
    place.rmdir()


@pytest.fixture
def fasti(disk: Path, tmp_path: Path) -> Fasti:
    (tmp_path / "work").mkdir()
    fasti = Fasti(disk / "home", tmp_path / "work")
    fasti("add", str(fasti.write("war.yaml", DECK)))
    assert len(fasti.answer(4, 4)) == 2
    return fasti


def fill(disk: Path, leaving: int = 0) -> Path:
    """Leave so many bytes of room."""
    filler = disk / "filler"
    filler.write_bytes(b"\0" * (shutil.disk_usage(disk).free - leaving))
    return filler


def a_sentence(done: Done) -> bool:
    return done.code == 1 and "error: " in done.err and "hint: " in done.err


@pytest.mark.parametrize("room", [0, 4096, 40_960, 100_000])
def test_on_a_full_disk_no_answer_is_taken_for_saved_that_is_not(fasti: Fasti, disk: Path, room: int) -> None:
    filler = fill(disk, room)
    done = fasti("review", "--six", "--json", stdin=[4] * 8)
    filler.unlink()

    assert a_sentence(done) or (done.code, len(done.lines)) == (0, 8), done.err
    assert len(entries(fasti.home / "fasti.db")) >= 2 + len(done.lines)
    check(fasti.home / "fasti.db")
    assert fasti("doctor", "--json").json["findings"][2]["ok"]
    assert fasti("review", "--six", "--json", stdin=[4] * 8).code == 0


@pytest.mark.parametrize(
    "command",
    [
        ["add", "large.yaml"],
        ["backup"],
        ["export", "anki", "war", "-o", "{disk}/war.apkg"],
        ["export", "html", "war", "-o", "{disk}/war.html"],
        ["undo"],
    ],
)
def test_what_a_full_disk_does_not_take_is_not_there_at_all(
    fasti: Fasti, disk: Path, command: list[str]
) -> None:
    fasti.write("large.yaml", LARGE)
    before = contents(fasti.home / "fasti.db")
    files = {path for path in disk.rglob("*") if not path.name.startswith("fasti.db")}
    filler = fill(disk)
    done = fasti(*(word.format(disk=disk) for word in command))
    filler.unlink()

    assert a_sentence(done), done
    assert contents(fasti.home / "fasti.db") == before
    assert {path for path in disk.rglob("*") if not path.name.startswith("fasti.db")} <= {
        *files,
        fasti.home / "backups",
    }
    check(fasti.home / "fasti.db")
    if command[0] != "add":
        assert fasti(*(word.format(disk=disk) for word in command)).code == 0


def as_nobody(fasti: Fasti, *words: str, stdin: str = "4\n") -> Done:
    """Run the program as a user who owns nothing."""
    done = subprocess.run(
        [
            "setpriv",
            f"--reuid={NOBODY}",
            f"--regid={NOBODY}",
            "--clear-groups",
            sys.executable,
            "-m",
            "fasti",
            *words,
        ],
        input=stdin,
        capture_output=True,
        text=True,
        env=fasti.environment(),
        cwd="/",
        timeout=120,
        check=False,
    )
    if "Permission denied" in done.stderr and "fasti" not in done.stderr:
        pytest.skip("other users cannot run this Python")
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("locked", ["file", "folder", "both", "unreadable"])
def test_what_may_only_be_read_is_a_sentence_and_stays_as_it_is(
    fasti: Fasti, disk: Path, locked: str
) -> None:
    file = fasti.home / "fasti.db"
    for path, mode in ((disk, 0o755), (fasti.home, 0o777), (file, 0o666)):
        path.chmod(mode)
    if locked in ("folder", "both"):
        fasti.home.chmod(0o555)
    if locked in ("file", "both"):
        file.chmod(0o444)
    if locked == "unreadable":
        file.chmod(0o600)
    reachable = as_nobody(fasti, "--version", stdin="")
    if reachable.code:
        pytest.skip("other users cannot run this program here")
    before = contents(file)
    for words in (["review", "--json"], ["undo"], ["decks"], ["stats"], ["backup"], ["doctor"]):
        done = as_nobody(fasti, *words)
        assert "Traceback" not in done.err, (words, done.err)
        assert done.code in (0, 1), (words, done.err)
        assert done.code == 0 or done.err or words == ["doctor"], words
        if words[0] in ("review", "undo"):
            assert a_sentence(done), (words, done)
    assert contents(file) == before
