"""A grade key to the next question on the terminal, committed in between, against a Textual app that does the same.

The clock starts when the grade is sent and stops when the last words of the next question have arrived. Both
commit to a write-ahead log with `synchronous=FULL`, in a library of the same size. The Textual app
(textual_app.py) keeps its cards in plain sqlite3. Beside them the same question is printed by Rich in a program
that does nothing else.
"""

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from benchmarks import library
from benchmarks.counting import DUE
from benchmarks.kit import Measured, Run
from benchmarks.plain_store import make_store
from benchmarks.texts import MARK

QUESTION_ENDS = b"Space shows the answer"
ANSWER_ENDS = b"u undo   ? keys"
SITTING_ENDS = b"any other key leaves"
MOST_MEDIAN_S, MOST_P99_S = 0.015, 0.040
WARM = 5

BARE = f"""
import os, termios
from rich.console import Console
from rich.text import Text
modes = termios.tcgetattr(0)
modes[3] &= ~(termios.ICANON | termios.ECHO)
termios.tcsetattr(0, termios.TCSANOW, modes)
console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True, color_system="standard")
number = 0
while True:
    number += 1
    text = Text("\\nFacts, part 1                           ")
    text.append("%d of 400" % number, "dim")
    text.append("\\n{MARK} %d, after the peace of the council?\\n" % number, "bold")
    text.append("  Space shows the answer\\n", "dim")
    console.print(text, end="")
    os.read(0, 1)
"""


def against_textual(run: Run) -> Measured:
    """Each key by itself: the rounds of this row are the keys."""
    return _measured(run)


def median_in_time(run: Run) -> Measured:
    """The median of the same keys against what a person may be kept waiting."""
    found = _measured(run)
    return Measured(found.size, "s", {"fasti": [found.median("fasti")], "15 ms": [MOST_MEDIAN_S]})


def nearly_all_in_time(run: Run) -> Measured:
    """Their 99th percentile against the same."""
    seconds = sorted(_measured(run).sides["fasti"])
    return Measured(
        _measured(run).size, "s", {"fasti": [seconds[len(seconds) * 99 // 100]], "40 ms": [MOST_P99_S]}
    )


@cache
def _measured(run: Run) -> Measured:
    from benchmarks.terminal import Program

    cards, keys = run.sizes.key_cards, run.sizes.keys
    scratch = run.folder / "scratch"
    ours = library.copied(library.library(run, cards, DUE), scratch / "keys")
    store = scratch / "keys.db"
    make_store(store, cards)
    commands: dict[str, list[str]] = {
        "fasti": [sys.executable, "-m", "fasti", "review", "--limit", str(keys + WARM + 1)],
        "textual": [sys.executable, str(Path(__file__).with_name("textual_app.py")), str(store)],
        "Rich alone": [sys.executable, "-c", BARE],
    }
    with (
        Program(commands["fasti"], ours.environment) as fasti,
        Program(commands["textual"], _with_package(ours.environment)) as textual,
        Program(commands["Rich alone"], ours.environment) as bare,
    ):
        programs = {"fasti": fasti, "textual": textual, "Rich alone": bare}
        for program in programs.values():
            program.until(QUESTION_ENDS)
            program.settle()
        taken: dict[str, list[float]] = {name: [] for name in programs}
        names = list(programs)
        for number in range(-WARM, keys):
            first = number % len(names)
            for name in names[first:] + names[:first]:
                seconds = _graded(programs[name], name)
                if number >= 0:  # the first answers load what all later ones use
                    taken[name].append(seconds)
    return Measured(f"{cards:,}", "s", taken)


def _graded(program, name: str) -> float:
    if name != "Rich alone":
        program.until(ANSWER_ENDS, b" ")
        program.settle()
    seconds = program.until(QUESTION_ENDS, b"3")
    program.settle()
    return seconds


def _with_package(environment: Mapping[str, str]) -> dict[str, str]:
    """So that the app, a program of its own, finds the kit."""
    root = str(Path(__file__).parent.parent)
    known = environment.get("PYTHONPATH")
    return {**environment, "PYTHONPATH": f"{root}:{known}" if known else root}
