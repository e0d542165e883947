"""Two programs at one library at the same time: nobody is told to wait, no grade is doubled, none is lost."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals are POSIX only")

from fasti.core.entry_kinds import ANSWERS, EntryKind
from tests.cli.program import Fasti
from tests.faults.whole import check, contents, entries

DECK = "deck: War\nid: war\nfacts:\n" + "".join(
    f"  - {{q: Question {n:02}?, a: Answer {n}, id: f{n:02}}}\n" for n in range(10)
)
EDITED = DECK.replace("Answer 3,", "Answer three,") + "  - {q: And then?, a: Peace}\n"
LARGE = "deck: Large\nid: large\nfacts:\n" + "".join(
    f"  - {{q: Which was number {n} of them all?, a: The answer is {n}}}\n" for n in range(1000)
)


@pytest.fixture
def fasti(tmp_path: Path) -> Fasti:
    (tmp_path / "work").mkdir()
    return Fasti(tmp_path / "home", tmp_path / "work")


@pytest.fixture
def library(fasti: Fasti) -> Fasti:
    fasti("add", str(fasti.write("war.yaml", DECK)))
    return fasti


class Student:
    """Someone who reviews at a terminal; `step` is a card shown and graded Good, False at the end."""

    def __init__(self, fasti: Fasti) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "fasti", "review"],
            env={**fasti.environment(), "TERM": "xterm"},
            cwd=str(fasti.folder),
            dimensions=(40, 80),
            encoding="utf-8",
            timeout=60,
        )
        self.graded: list[str] = []
        self.seen = ""
        self._see()

    def step(self) -> bool:
        """Show the answer of the card that is asked, and grade it."""
        if not self.asked:
            return False
        self._press(" ", "u undo")
        self._press("3", r"Question \d\d\?.*\? keys|any other key leaves|Traceback|error:")
        self.graded.append(self.asked)
        self._note()
        return True

    def leave(self) -> None:
        """Leave the review."""
        self.child.send("q")
        self.child.expect(pexpect.EOF)
        self.seen += self.child.before
        self.child.close()

    def _see(self) -> None:
        self.child.expect(r"(?s)Question \d\d\?.*\? keys|all right|any other key leaves")
        self._note()

    def _note(self) -> None:
        self.seen += self.child.before + self.child.after
        found = re.findall(r"Question (\d\d)\?", self.child.after)
        self.asked = f"war/f{found[-1]}#answer" if found else ""

    def _press(self, key: str, until: str) -> None:
        """Press a key until something happens: one that comes too early is dropped."""
        for _ in range(60):
            self.child.send(key)
            if self.child.expect([f"(?s){until}", pexpect.TIMEOUT], timeout=0.4) == 0:
                return
        raise AssertionError(f"{key!r} does nothing: {self.child.before}")


def test_two_reviews_in_two_terminals_answer_in_turn_and_neither_is_in_the_others_way(library: Fasti) -> None:
    students = [Student(library), Student(library)]
    while sum(student.step() for student in students):
        pass
    for student in students:
        student.leave()
        assert not re.search("Traceback|locked|holding", student.seen)

    log = entries(library.home / "fasti.db")
    answers = Counter(entry.card for entry in log if entry.kind in ANSWERS)
    graded = Counter(card for student in students for card in student.graded)
    assert answers == graded != Counter()
    reviewed = Counter(entry.card for entry in log if entry.kind is EntryKind.REVIEW)
    assert set(reviewed.values()) == {1}
    check(library.home / "fasti.db")
    assert library("doctor").code == 0


def begun(fasti: Fasti, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "fasti", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=fasti.environment(),
        cwd=fasti.folder,
    )


def at_once(fasti: Fasti, *commands: Sequence[str], stdin: str = "") -> list[tuple[Any, str, str]]:
    """Run commands at the same time; the exit code, output and messages of each."""
    programs = [begun(fasti, *words) for words in commands]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(stdin)
        program.stdin.close()
        program.stdin = None
    ended = [program.communicate(timeout=120) for program in programs]
    told = [(program.returncode, *each) for program, each in zip(programs, ended, strict=True)]
    assert not any(re.search("Traceback|locked|holding", error) for _, _, error in told), told
    return told


@pytest.mark.parametrize(
    "command",
    [
        ["add", "large.yaml"],
        ["add", "war.yaml"],
        ["merge", "other"],
        ["sync", "shared"],
        ["backup"],
        ["undo"],
        ["doctor", "--fix"],
    ],
    ids=" ".join,
)
def test_a_review_goes_on_while_another_program_writes(
    library: Fasti, tmp_path: Path, command: list[str]
) -> None:
    other = Fasti(tmp_path / "work" / "other", library.folder)
    other("add", "war.yaml")
    other.on(0, 8).answer(4, 4)
    (library.folder / "shared").mkdir()
    other("sync", str(library.folder / "shared"))
    library.on(0, 9).answer(4, 4)
    library.write("large.yaml", LARGE)
    library.write("war.yaml", EDITED)
    reviewed, done = at_once(library, ["review", "--six", "--json"], command, stdin="4\n" * 12)

    assert (reviewed[0], done[0]) == (0, 0), (reviewed, done)
    confirmed = len(reviewed[1].splitlines())
    log = entries(library.home / "fasti.db")
    own = [entry for entry in log if entry.kind in ANSWERS and entry.answered_at_ms >= log[0].answered_at_ms]
    assert len(own) >= 2 + confirmed
    check(library.home / "fasti.db")
    assert library("doctor").code == 0


def test_two_may_add_one_deck_at_once(fasti: Fasti) -> None:
    fasti.write("large.yaml", LARGE)
    told = at_once(fasti, ["add", "large.yaml"], ["add", "large.yaml"])

    assert [code for code, *_ in told] == [0, 0]
    file = fasti.home / "fasti.db"
    found = contents(file)
    assert found is not None
    assert (len(found["deck"]), len(found["card"])) == (1, 1000)
    check(file)


@pytest.mark.parametrize("words", [["review", "--six", "--json"], ["due"], ["decks"]], ids=" ".join)
def test_two_first_runs_in_an_empty_home_make_one_library(fasti: Fasti, words: list[str]) -> None:
    told = at_once(fasti, words, words, words, stdin="4\n4\n")

    assert [code for code, *_ in told] == [0] * 3
    check(fasti.home / "fasti.db")
    confirmed = sum(line.startswith("{") for _, out, _ in told for line in out.splitlines())
    written = [entry for entry in entries(fasti.home / "fasti.db") if entry.kind in ANSWERS]
    assert len(written) == (confirmed if "review" in words else 0)
    assert fasti("doctor").code in (0, 1)
