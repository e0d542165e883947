"""An Anki package of two-card notes: our writer, genanki and the anki package side by side.

Each program reads the same texts one by one and writes them as notes, in a process of its own from start to
end. The anki package builds a collection and exports it as older versions of Anki read it: what any program
built on it must do.
"""

import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.kit import Measured, Run, Side, apart, measured
from benchmarks.texts import WORDS

WRITERS = ("fasti", "genanki", "anki")


class Cost(NamedTuple):
    """What one run took."""

    seconds: float
    megabytes: float


def seconds(run: Run) -> Measured:
    """From start to end."""
    return Measured(f"{run.sizes.notes:,}", "s", _measured(run)[0])


def memory(run: Run) -> Measured:
    """The peak, in megabytes."""
    return Measured(f"{run.sizes.notes:,}", "MB", _measured(run)[1])


@cache
def _measured(run: Run) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    scratch = run.folder / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    texts = scratch / "texts"
    write_texts(run.sizes.notes, texts)
    peaks: dict[str, list[float]] = {name: [] for name in WRITERS}
    sides: dict[str, Side] = {name: _writing(name, texts, run, peaks[name]) for name in WRITERS}
    taken = measured(sides, run.rounds(3))
    return taken, {name: peak[1:] for name, peak in peaks.items()}


def _writing(name: str, texts: Path, run: Run, peaks: list[float]) -> Side:
    # A child's peak of memory begins with its parent's: they are started from a process that is small.
    runs = apart(_runs, name, texts, run.sizes.notes, texts.with_name(f"{name}.apkg"))
    while True:
        taken = next(runs)
        peaks.append(next(runs))
        yield taken


def _runs(name: str, texts: Path, notes: int, path: Path) -> Side:
    """The seconds of a run and then its megabytes, in turn."""
    while True:
        cost = cost_of(name, texts, notes, path)
        yield cost.seconds
        yield cost.megabytes


def cost_of(name: str, texts: Path, notes: int, path: Path) -> Cost:
    """Run one writer."""
    path.unlink(missing_ok=True)
    writers = Path(__file__).with_name("package_writers.py")
    command = [sys.executable, "-W", "ignore", str(writers), name, str(texts), str(notes), str(path)]
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    taken = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{name} failed")
    return Cost(taken, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))


def write_texts(notes: int, path: Path) -> None:
    """Some 190 characters a note, in three fields, that no two notes share; the same in every run."""
    random = Random(notes)
    with path.open("w", encoding="utf-8") as file:
        for number in range(notes):
            words = random.choices(WORDS, k=26)
            event = f"{' '.join(words[:8]).capitalize()} ({number})"
            file.write(f"{event}\t{random.randrange(1, 2000)}\t{' '.join(words[8:])}.\n")
