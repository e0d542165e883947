"""Real keys through a pseudo-terminal, and the terminal afterwards."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fasti.ui.keys import Key, Press
from tests.ui.sittings import screen

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals are POSIX only")
termios = pytest.importorskip("termios", reason="pseudo-terminals are POSIX only")

from fasti.ui.posix_keyboard import PosixKeyboard

PROGRAM = Path(__file__).parent / "held.py"
COOKED = termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN
FIRST, ANSWER, SECOND, THIRD = "John McCone", "Director of", "Quarantine", "Robert McNamara"


class Terminal:
    def __init__(self, *arguments: str, **environment: str) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            [str(PROGRAM), *arguments],
            env={"TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", **environment},
            encoding="utf-8",
            timeout=20,
        )
        self.child.delaybeforesend = None

    def see(self, words: str) -> "Terminal":
        self.child.expect_exact(words)
        return self

    def press(self, keys: str) -> "Terminal":
        self.child.send(keys)
        return self

    def ready(self, words: str) -> "Terminal":
        """Wait for words, and for the keyboard to be listened to after them."""
        self.see(words)
        while self.modes & termios.ECHO:
            pass
        # What is typed before the screen is complete is forgotten, as it should be.
        time.sleep(0.1)
        return self

    @property
    def modes(self) -> int:
        local: int = termios.tcgetattr(self.child.child_fd)[3]
        return local & COOKED

    def end(self) -> tuple[str, int]:
        """What was logged, and the exit code."""
        self.child.expect(r"LOG (.*) END")
        logged = self.child.match[1]
        modes = self.modes
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert modes == COOKED, "the terminal is left as it was found"
        return logged, self.child.exitstatus


def test_keys_are_not_echoed_and_cards_are_graded() -> None:
    terminal = Terminal().ready(FIRST)

    assert terminal.modes == termios.ISIG
    terminal.press(" ").ready(ANSWER).press("4").ready(SECOND).press("oct 1962\r").ready("Close")
    terminal.press("q")
    assert terminal.end() == ("[('review', 'cmc/john#who', 5)]", 0)


@pytest.mark.parametrize(
    ("steps", "key"),
    [
        ([], "question"),
        ([(" ", ANSWER)], "answer"),
        ([("?", "these keys")], "help"),
        ([(" ", ANSWER), ("3", SECOND), ("oct", "oct")], "typing"),
    ],
)
def test_control_c_leaves_the_terminal_as_it_was(steps: list[tuple[str, str]], key: str) -> None:
    terminal = Terminal().ready(FIRST)
    for keys, words in steps:
        terminal.press(keys).ready(words)

    logged, code = terminal.press("\x03").end()
    assert code == 130
    assert logged == ("[('review', 'cmc/john#who', 4)]" if key == "typing" else "[]")


def test_control_c_while_a_grade_is_written_lets_it_be_written() -> None:
    terminal = (
        Terminal("pause").ready(FIRST).press(" ").ready(ANSWER).press("4").ready("PAUSED").press("\x03")
    )

    assert terminal.end() == ("[('review', 'cmc/john#who', 5)]", 130)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGQUIT, 131)]
)
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(number: int, code: int) -> None:
    terminal = Terminal().ready(FIRST)
    terminal.child.kill(number)

    assert terminal.end() == ("[]", code)


def test_a_failure_leaves_the_terminal_as_it_was() -> None:
    terminal = Terminal("fail").ready(FIRST).press(" ").ready(ANSWER).press("3")

    assert terminal.end() == ("[]", 1)


def test_keys_typed_ahead_grade_nothing() -> None:
    terminal = Terminal().ready(FIRST).press(" 3").ready(ANSWER).press("q")

    assert terminal.end() == ("[]", 0)


@pytest.fixture
def pair() -> Iterator[tuple[int, PosixKeyboard]]:
    """The side of a terminal that types, and the keyboard at its other side."""
    ours, theirs = os.openpty()
    with PosixKeyboard(theirs, screen(TERM="dumb")[0]) as keyboard:
        yield ours, keyboard
    os.close(ours)
    os.close(theirs)


def test_flushing_forgets_what_the_terminal_holds(pair: tuple[int, PosixKeyboard]) -> None:
    ours, keyboard = pair
    os.write(ours, b"33")
    keyboard.flush()
    os.write(ours, b"q")

    assert keyboard.read() == Press(Key.CHARACTER, "q")


def test_flushing_leaves_no_half_of_a_sequence(pair: tuple[int, PosixKeyboard]) -> None:
    ours, keyboard = pair
    os.write(ours, b"3\x1b[")
    keyboard.flush()
    os.write(ours, b"Aq")

    assert [keyboard.read(), keyboard.read()] == [Press(Key.OTHER), Press(Key.CHARACTER, "q")]


def test_several_keys_in_one_read_come_one_by_one(pair: tuple[int, PosixKeyboard]) -> None:
    ours, keyboard = pair
    os.write(ours, "1é\x1b[D2".encode())

    assert [keyboard.read() for _ in range(4)] == [
        Press(Key.CHARACTER, "1"),
        Press(Key.CHARACTER, "é"),
        Press(Key.LEFT),
        Press(Key.CHARACTER, "2"),
    ]


def test_a_terminal_whose_other_side_is_closed_says_so() -> None:
    ours, theirs = os.openpty()
    with PosixKeyboard(theirs, screen(TERM="dumb")[0]) as keyboard:
        os.close(ours)

        assert keyboard.read() == Press(Key.CLOSED)
        keyboard.flush()
    os.close(theirs)


def test_enter_pressed_twice_in_a_hurry_grades_nothing() -> None:
    terminal = Terminal().ready(FIRST).press("\r").see("? keys").press("\r").ready(ANSWER).press("q")

    assert terminal.end() == ("[]", 0)


def test_an_arrow_key_is_not_escape_even_when_it_comes_in_pieces() -> None:
    terminal = Terminal().ready(FIRST).press("\x1b")
    time.sleep(0.03)
    terminal.press("[A").press("\x1b[15~").press("\x1bOP").press(" ").ready(ANSWER).press("q")

    assert terminal.end() == ("[]", 0)


def test_escape_stops() -> None:
    assert Terminal().ready(FIRST).press("\x1b").end() == ("[]", 0)


def test_control_d_stops() -> None:
    assert Terminal().ready(FIRST).press("\x04").end() == ("[]", 0)


def test_what_is_pasted_by_mistake_grades_nothing() -> None:
    terminal = Terminal().ready(FIRST).press(" ").ready(ANSWER).press("\x1b[200~3\r3\r\x1b[201~")

    assert terminal.press("q").end() == ("[]", 0)


def test_a_pasted_answer_is_one_line() -> None:
    terminal = Terminal().ready(FIRST).press(" ").ready(ANSWER).press("3").ready(SECOND)
    terminal.press("\x1b[200~22 October\n1962\n\x1b[201~").see("22 October 1962").press("\r").ready("Right.")

    assert terminal.press("q").end() == ("[('review', 'cmc/john#who', 4)]", 0)


def test_pastes_are_marked_only_while_it_runs() -> None:
    terminal = Terminal()
    terminal.see("\x1b[?2004h").ready(FIRST).press("q").see("\x1b[?2004l")

    assert terminal.end()[1] == 0


def test_a_dumb_terminal_is_sent_no_escape_sequence() -> None:
    terminal = Terminal(TERM="dumb").ready(FIRST)
    seen = terminal.child.before
    terminal.press(" ").ready(ANSWER)
    seen += terminal.child.before
    terminal.press("3").ready(SECOND)
    seen += terminal.child.before
    terminal.press("22 okt\x7f\x7f\x7foct 1962\r").ready("Right.")
    seen += terminal.child.before

    assert "\x1b" not in seen
    assert terminal.press("q").end()[1] == 0


def test_a_terminal_that_goes_away_ends_it() -> None:
    terminal = Terminal().ready(FIRST)
    terminal.child.close(force=False)

    # A hang-up, or the end of input where the signal is ignored.
    assert terminal.child.signalstatus is None
    assert terminal.child.exitstatus in {0, 129, 120}


@pytest.mark.skipif(shutil.which("bash") is None, reason="job control needs a shell that has it")
def test_control_z_gives_the_terminal_back_until_it_goes_on() -> None:
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile", "-i"],
        env={"TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "PS1": "READY ", "PYTHONUTF8": "1"},
        encoding="utf-8",
        timeout=20,
    )
    shell.expect_exact("READY ")
    shell.sendline(f"{sys.executable} {PROGRAM}")
    shell.expect_exact(FIRST)
    shell.expect_exact("? keys")
    time.sleep(0.2)
    shell.send("\x1a")
    shell.expect_exact("READY ")
    shell.sendline("stty -a | tr ' ' '\\n' | grep -x -e echo -e -echo | sed 's/^/it is /'")
    shell.expect(r"it is (-?echo)")
    echo = shell.match[1]
    shell.sendline("fg")
    shell.expect_exact(FIRST)
    shell.expect_exact("? keys")
    time.sleep(0.2)
    shell.send(" ")
    shell.expect_exact(ANSWER)
    time.sleep(0.2)
    shell.send("3")
    shell.expect_exact(SECOND)
    time.sleep(0.2)
    shell.send("\x03")
    shell.expect(r"LOG (.*) END")
    logged = shell.match[1]
    shell.close(force=True)

    assert echo == "echo"
    assert logged == "[('review', 'cmc/john#who', 4)]"
