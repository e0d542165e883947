"""Who may read what the program writes: a learner's own is private from its first moment, a handout is not."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import Fasti

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's files private by itself")

DECK = "deck: Rome\nfacts:\n  - q: Who sacked Rome in 410?\n    a: The Visigoths\n"


@pytest.fixture
def careless(fasti: Fasti) -> Iterator[Fasti]:
    """The program under a umask that forbids nobody anything."""
    before = os.umask(0)
    yield fasti
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def everything(fasti: Fasti) -> None:
    """Each command that writes something, once."""
    fasti.write("rome.yaml", DECK)
    (fasti.folder / "shared").mkdir()
    for words, stdin in (
        (["add", "rome.yaml"], ""),
        (["review"], "3\nquit\n"),
        (["config", "set", "new", "5"], ""),
        (["backup"], ""),
        (["backup", "restore", "1", "--yes"], ""),
        (["sync", "shared"], ""),
        (["deck", "pack", "rome.yaml"], ""),
        (["remove", "rome"], ""),
        (["add", "rome.zip"], ""),
        (["export", "anki", "rome"], ""),
        (["export", "csv", "rome"], ""),
        (["export", "html", "rome"], ""),
        (["import", "csv", "rome.csv", "-o", "other.yaml"], ""),
        (["new", "new.yaml"], ""),
        (["deck", "schema", "-o", "deck.json"], ""),
        (["doctor", "--fix"], ""),
    ):
        done = fasti(*words, stdin=stdin)
        assert done.code == 0, (words, done.err)


def test_nothing_of_a_learners_own_is_for_others(careless: Fasti) -> None:
    everything(careless)

    written = [careless.home, *careless.home.rglob("*"), *(careless.folder / "shared").iterdir()]
    assert len(written) > 8
    open_ones = {str(path): oct(mode(path)) for path in written if mode(path) & 0o077}
    assert open_ones == {}


def test_handouts_and_deck_files_follow_the_umask(careless: Fasti) -> None:
    everything(careless)

    for name in ("rome.apkg", "rome.csv", "rome.html", "rome.zip", "new.yaml", "deck.json"):
        assert mode(careless.folder / name) == 0o666, name


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("strace") is None, reason="strace shows every call"
)
def test_no_file_of_a_learners_own_is_open_for_a_moment(careless: Fasti, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    calls = "trace=open,openat,creat,mkdir,mkdirat"
    for words in (["review"], ["backup"], ["config", "set", "new", "5"]):
        subprocess.run(
            ["strace", "-f", "-qq", "-e", calls, "-o", str(trace), sys.executable, "-m", "fasti", *words],
            input=b"3\nquit\n",
            env=careless.environment(),
            cwd=careless.folder,
            capture_output=True,
            check=True,
        )
        made = [
            line
            for line in trace.read_text(errors="replace").splitlines()
            if str(careless.home) in line and ("O_CREAT" in line or "mkdir" in line) and " = -1 " not in line
        ]
        assert made
        first = {line.split('"')[1]: line for line in reversed(made)}
        # What SQLite makes beside a file takes that file's own mode at once.
        beside = ("-wal", "-shm", "-journal")
        open_ones = [
            line
            for path, line in first.items()
            if not path.endswith(beside) and not line.partition(") = ")[0].endswith(("0600", "0700"))
        ]
        assert open_ones == []


def test_a_damaged_line_of_a_shared_log_is_kept_privately(careless: Fasti) -> None:
    everything(careless)
    log = next((careless.folder / "shared").iterdir())
    log.write_bytes(log.read_bytes() + b"no entry\n")

    careless("sync", "shared")

    kept = log.with_name(f"{log.name}.damaged")
    assert kept.read_bytes().endswith(b"no entry\n")
    assert mode(kept) == 0o600


def test_the_doctor_tells_who_may_write_the_settings_and_sets_it_right(careless: Fasti) -> None:
    everything(careless)
    file = careless.home / "config.toml"
    file.chmod(0o666)

    told = careless("doctor")
    assert told.code == 1
    assert f"Others may write `{file}`" in told.out
    assert careless("doctor", "--fix").code == 0
    assert mode(file) == 0o600
