"""What an answer asks of the disk, counted by strace: a number, not a time, the same on every machine.

The program itself is traced, `fasti review` with its answers in a pipe. Counted are all writes to the database
and its write-ahead log, and all that waits for the disk, from the first answer's commit to the last one's, with
the checkpoints in between that bring the log into the database.
"""

import re
import subprocess
import sys
from functools import cache
from typing import NamedTuple

from benchmarks import library
from benchmarks.kit import Measured, MissingError, Run

_CALL = re.compile(r"(pwrite64|pwritev2?|write|writev|fdatasync|fsync)\(\d+<([^>]*)>")
_SYNCS = {"fdatasync", "fsync"}


class Calls(NamedTuple):
    """Calls an answer: waiting for the disk, and writing to it."""

    syncs: float
    writes: float


def synchronised(run: Run) -> Measured:
    """Waiting for the disk: one commit, and now and then a checkpoint."""
    answers, calls = _counted(run)
    return Measured(f"{answers:,}", "", {"fasti": [calls.syncs], "one": [1]})


def written(run: Run) -> Measured:
    """Writing to it."""
    answers, calls = _counted(run)
    return Measured(f"{answers:,}", "", {"fasti": [calls.writes], "one": [1]})


@cache
def _counted(run: Run) -> tuple[int, Calls]:
    cards = run.sizes.cards
    made = library.copied(library.library(run, cards, 1), run.folder / "scratch" / "strace")
    answers = min(run.sizes.answers // 4, 600) if cards >= 1_000 else 60
    trace = made.folder / "trace"
    command = [
        "strace",
        "-f",
        "-y",
        "-o",
        str(trace),
        "-e",
        "trace=pwrite64,pwritev,write,writev,fdatasync,fsync",
    ]
    command += [sys.executable, "-m", "fasti", "review", "--json", "--limit", str(answers)]
    done = subprocess.run(
        command, input="3\n" * answers, env=made.environment, capture_output=True, text=True, check=False
    )
    given = done.stdout.count('"kind": "review"')
    if done.returncode or given != answers:
        raise MissingError(f"strace could not trace the program: {done.stderr.strip()[-200:]}")
    return answers, calls_in(trace.read_text(encoding="utf-8", errors="replace"), str(made.file), answers)


def calls_in(trace: str, file: str, answers: int) -> Calls:
    """The calls an answer in a trace of so many answers; what opens and closes the database is left out."""
    calls = [(name, path) for name, path in _CALL.findall(trace) if path in (file, f"{file}-wal")]
    commits = [place for place, (name, path) in enumerate(calls) if name in _SYNCS and path.endswith("-wal")]
    # Before the answers a new device is written down, and after them all may be brought into the database.
    first, last = commits[0], commits[-1]
    between = calls[first + 1 : last + 1]
    syncs = sum(name in _SYNCS for name, _ in between)
    return Calls(syncs / answers, (len(between) - syncs) / answers)
