"""The real program in a pseudo-terminal, used as a hurried student would."""

import os
import re
import signal
import sys
import time

import pytest

from tests.cli.program import Fasti

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals are POSIX only")

DECK = """deck: Two days
id: days
facts:
  - {q: Who first?, a: Adam, id: first, hint: A garden}
  - {q: Who second?, a: Eve, id: second}
  - {q: Who third?, a: Cain, id: third}
  - {event: Rome is founded, date: 753 BC, id: rome}
"""

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """A review in a terminal of some columns; `see` waits for words, `press` sends keys."""

    def __init__(self, fasti: Fasti, *arguments: str, columns: int = 80) -> None:
        environment = {**fasti.environment(), "TERM": "xterm-256color"}
        del environment["NO_COLOR"]
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "fasti", *arguments],
            env=environment,
            cwd=str(fasti.folder),
            dimensions=(40, columns),
            encoding="utf-8",
            timeout=30,
        )
        self.seen = ""

    def see(self, words: str) -> str:
        """Wait until these words are on the screen; what came since the last time."""
        self.child.expect_exact(words)
        self.seen += self.child.before + self.child.after
        return ESCAPES.sub("", self.child.before + self.child.after)

    def press(self, keys: str) -> None:
        """Send keys, once the program has had time to drop what was typed ahead."""
        time.sleep(0.4)
        self.child.send(keys)

    def end(self) -> int:
        """Wait for the program to end; its exit code, negative for a signal."""
        self.child.expect(pexpect.EOF)
        self.seen += self.child.before
        self.child.close()
        return -self.child.signalstatus if self.child.signalstatus else self.child.exitstatus

    @property
    def text(self) -> str:
        return ESCAPES.sub("", self.seen)


@pytest.fixture
def library(fasti: Fasti) -> Fasti:
    fasti("add", str(fasti.write("days.yaml", DECK)))
    return fasti


def repetitions(fasti: Fasti, fact: str) -> int:
    return int(fasti.schedule(f"days/{fact}#answer")["repetitions"])


def test_a_card_is_shown_revealed_and_graded(library: Fasti) -> None:
    terminal = Terminal(library, "review")
    terminal.see("Who first?")
    terminal.press(" ")
    terminal.see("Adam")
    terminal.press("3")
    terminal.see("Who second?")
    terminal.press("q")

    assert terminal.end() == 0
    assert repetitions(library, "first") == 1


def test_two_hurried_enters_never_grade_an_unread_card(library: Fasti) -> None:
    terminal = Terminal(library, "review")
    terminal.see("Who first?")
    terminal.press("\r\r\r")
    terminal.see("Adam")
    terminal.press("q")
    terminal.end()

    assert library("show", "days/first#answer", "--json").json["reviews"] == []


@pytest.mark.parametrize("moment", ["question", "answer", "typing", "help"])
def test_control_c_stops_cleanly_wherever_one_is(library: Fasti, moment: str) -> None:
    terminal = Terminal(library, "review")
    terminal.see("Who first?")
    if moment == "answer":
        terminal.press(" ")
        terminal.see("Adam")
    elif moment == "help":
        terminal.press("?")
        terminal.see("take back")
    elif moment == "typing":
        for _ in range(3):
            terminal.press(" ")
            terminal.see("u undo")
            terminal.press("3")
        terminal.see("Rome is founded")
        terminal.press("753")
    terminal.press("\x03")

    assert terminal.end() == 130
    assert "Traceback" not in terminal.text


@pytest.mark.parametrize("key", ["q", "Q", "\x1b", "\x04"])
def test_there_are_four_ways_to_stop(library: Fasti, key: str) -> None:
    terminal = Terminal(library, "review")
    terminal.see("Who first?")
    terminal.press(key)

    assert terminal.end() == 0


def test_a_killed_program_has_lost_nothing_that_it_acknowledged(library: Fasti) -> None:
    terminal = Terminal(library, "review")
    terminal.see("Who first?")
    terminal.press(" ")
    terminal.see("Adam")
    terminal.press("4")
    terminal.see("Who second?")
    terminal.child.kill(signal.SIGKILL)

    assert terminal.end() == -signal.SIGKILL
    assert repetitions(library, "first") == 1
    assert [line["card"] for line in library.answer(4)] == ["days/second#answer"]


def test_undo_works_on_the_finished_screen(library: Fasti) -> None:
    library.answer(5, 5)
    terminal = Terminal(library, "review", "--limit", "1")
    terminal.see("Who third?")
    terminal.press(" ")
    terminal.see("Cain")
    terminal.see("u undo")
    terminal.press("1")
    terminal.see("you missed this today")
    terminal.see("Space shows")
    terminal.press(" ")
    terminal.see("Cain")
    terminal.see("u undo")
    terminal.press("3")
    terminal.see("takes back the last grade")
    terminal.press("u")
    terminal.see("Who third?")
    terminal.see("Space shows")
    terminal.press("q")
    terminal.end()


def test_a_typed_date_is_told_what_was_right_and_the_student_decides(library: Fasti) -> None:
    library.answer(5, 5, 5)
    terminal = Terminal(library, "review")
    terminal.see("Rome is founded")
    terminal.see("> ")
    terminal.press("753 AD\r")
    terminal.see("753 BC")
    terminal.see("u undo")
    terminal.press("4")
    terminal.see("any other key leaves")
    terminal.press("q")
    terminal.end()

    shown = library("show", "days/rome#when", "--json").json
    assert shown["reviews"][0]["grade"] == 5
    assert shown["reviews"][0]["typed"] == "753 AD"


def test_a_grade_before_the_answer_grades_nothing(library: Fasti) -> None:
    terminal = Terminal(library, "review")
    terminal.see("Who first?")
    terminal.press("4")
    terminal.press(" ")
    terminal.see("Adam")
    terminal.press("q")
    terminal.end()

    assert repetitions(library, "first") == 0


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(library: Fasti, columns: int) -> None:
    terminal = Terminal(library, "review", columns=columns)
    terminal.see("Who first?")
    terminal.press(" ")
    terminal.see("Adam")
    terminal.press("?")
    time.sleep(0.5)
    terminal.press("q")
    terminal.press("q")
    terminal.end()

    assert max(len(line.rstrip()) for line in terminal.text.splitlines()) <= columns


def test_the_terminal_echoes_again_when_the_program_has_ended(library: Fasti) -> None:
    shell = pexpect.spawn(
        "/bin/sh", env={**library.environment(), "PS1": "$ ", "TERM": "xterm"}, encoding="utf-8", timeout=30
    )
    shell.sendline(
        f"{sys.executable} -m fasti review; stty -a | tr ';' '\\n' | grep -o -- '-*echo ' | head -1; echo d''one"
    )
    shell.expect_exact("Who first?")
    time.sleep(0.4)
    shell.send("\x03")
    shell.expect_exact("done")

    assert "-echo" not in shell.before[-60:]
    os.kill(shell.pid, signal.SIGKILL)
    shell.close()


@pytest.mark.parametrize("arguments", [("review",), ("review", "--accessible")])
def test_siblings_that_wait_are_asked_with_a_key_on_the_finished_screen(
    fasti: Fasti, arguments: tuple[str, ...]
) -> None:
    fasti(
        "add",
        str(fasti.write("two.yaml", "deck: T\nid: t\nfacts:\n  - {cloze: 'The {fall} of {Rome}', id: f}\n")),
    )
    fasti.answer(5)
    terminal = Terminal(fasti, *arguments)
    terminal.see("1 card waits because a card of the same fact was asked")
    terminal.press("c")
    terminal.see("The fall of")
    terminal.press("Rome\r")
    terminal.see("easy")
    terminal.press("3")
    terminal.see("leaves.")
    terminal.press("x")

    assert terminal.end() == 0
    assert fasti.schedule("t/f#cloze:rome")["repetitions"] == 1


KEYS = """[keys]
reveal = ["enter", "j"]
again = "a"
good = ["d", "g"]
suspend = "x"
undo = ["z", "u"]
help = "k"
quit = "w"
"""


def test_every_key_can_be_another(library: Fasti) -> None:
    library.home.joinpath("config.toml").write_text(KEYS, encoding="utf-8")
    terminal = Terminal(library, "review")
    terminal.see("Enter shows the answer, a, 2, d or 4 grades it.")
    terminal.see("z takes a grade back, k lists all keys, w stops")
    terminal.see("Enter shows the answer")
    terminal.press("sq k")
    helped = terminal.see("stop, as do Esc")
    assert "  Enter, j   show the answer" in helped
    assert "  a 2 d g 4  grade it: again, hard, good, easy" in helped
    assert "  z, u       take back" in helped
    terminal.press("j")
    assert "a again today   2 hard 1d  [d good 1d]  4 easy 1d" in terminal.see("z undo")
    terminal.press("G")
    terminal.see("Who second?")
    terminal.see("k keys")
    terminal.press("u")
    terminal.see("Who first?")
    terminal.see("k keys")
    terminal.press("w")

    assert terminal.end() == 0
    assert repetitions(library, "first") == 0


def test_six_grades_are_digits_and_the_keys_for_four_grade_there_too(library: Fasti) -> None:
    library.home.joinpath("config.toml").write_text(f"grades = 'six'\n{KEYS}", encoding="utf-8")
    terminal = Terminal(library, "review")
    terminal.see("Who first?")
    terminal.press("\r")
    terminal.see("z undo")
    terminal.press("g")
    terminal.see("Who second?")
    terminal.press("\r")
    terminal.see("z undo")
    terminal.press("5")
    terminal.see("Who third?")
    terminal.press("w")
    terminal.end()

    grades = [
        library("show", f"days/{fact}#answer", "--json").json["reviews"][0]["grade"]
        for fact in ("first", "second")
    ]
    assert grades == [4, 5]


def test_a_typed_answer_is_no_key_but_a_lone_one_of_the_keys_in_force_is(library: Fasti) -> None:
    library.answer(5, 5, 5)
    library.home.joinpath("config.toml").write_text(KEYS, encoding="utf-8")
    terminal = Terminal(library, "review")
    terminal.see("z\u00a0undo, w\u00a0stop")
    terminal.see("> ")
    terminal.press("x\r")
    terminal.see("fasti resume")
    terminal.see("z takes that back; any other key leaves.")
    terminal.press("w")

    assert terminal.end() == 0
    assert "days/rome#when" in library("resume").out
