import pytest

from fasti.ui.keys import Key, Press
from fasti.ui.line import read_line
from tests.ui.emulator import Emulator
from tests.ui.sittings import Clock, FakeKeys, presses, screen


class Enough(Exception):  # noqa: N818
    """The keys are used up, and the line is still being typed."""


class SomeKeys(FakeKeys):
    def read(self) -> Press:
        press = super().read()
        if press.key is Key.CLOSED:
            raise Enough
        return press


def typed(*keys: str | Press | Key) -> tuple[str, Key]:
    output, _ = screen(40)
    return tuple(read_line(FakeKeys(presses(*keys), Clock()), output, "> "))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("oct 1962\n",), "oct 1962"),
        (("abc", Key.BACKSPACE, "d\n"), "abd"),
        ((Key.BACKSPACE, Key.DELETE, Key.LEFT, Key.RIGHT, "a\n"), "a"),
        (("bc", Key.LEFT, Key.LEFT, "a\n"), "abc"),
        (("abc", Key.HOME, Key.DELETE, "\n"), "bc"),
        (("bc", Key.HOME, "a", Key.END, "d\n"), "abcd"),
        (("ac", Key.LEFT, "b", Key.RIGHT, "d\n"), "abcd"),
        (("one two three", Key.DELETE_WORD, "\n"), "one two "),
        (("one two  ", Key.DELETE_WORD, "\n"), "one "),
        (("one two", Key.LEFT, Key.DELETE_LINE, "\n"), "o"),
        (("日本語", Key.BACKSPACE, "\n"), "日本"),
        (("e\u0301", Key.BACKSPACE, "\n"), ""),
        (("ae\u0301", Key.LEFT, "x\n"), "axe\u0301"),
        (("👩‍🏫b", Key.LEFT, Key.BACKSPACE, "\n"), "b"),
        (("a", Key.OTHER, Key.RESUMED, "b\n"), "ab"),
        (("a", Press(Key.PASTE, "b\nc\r\n\x1b[2J\u202ed\t"), "e\n"), "ab c [2Jd e"),
        (("a", Key.END_OF_INPUT, "b\n"), "ab"),
        (("ab", Key.LEFT, Key.END_OF_INPUT, "\n"), "a"),
        (("x" * 600 + "\n",), "x" * 400),
    ],
)
def test_a_line_is_edited(keys: tuple[str | Press | Key, ...], expected: str) -> None:
    assert typed(*keys) == (expected, Key.ENTER)


@pytest.mark.parametrize("key", [Key.ESCAPE, Key.INTERRUPT, Key.CLOSED])
def test_some_keys_stop_wherever_one_is(key: Key) -> None:
    assert typed("oct", key) == ("oct", key)


def test_end_of_input_stops_where_nothing_is_typed() -> None:
    assert typed("a", Key.BACKSPACE, Key.END_OF_INPUT) == ("", Key.END_OF_INPUT)


def test_a_pasted_line_feed_submits_nothing() -> None:
    text, ended_by = typed(Press(Key.PASTE, "22 October\n1962\n"), Key.ESCAPE)

    assert (text, ended_by) == ("22 October 1962 ", Key.ESCAPE)


@pytest.mark.parametrize(
    ("keys", "lines", "cursor"),
    [
        (("oct",), ["> oct"], (0, 5)),
        (("oct", Key.LEFT), ["> oct"], (0, 4)),
        (("oct", Key.HOME), ["> oct"], (0, 2)),
        (("日本", Key.LEFT), ["> 日本"], (0, 4)),
        (("ae\u0301b", Key.LEFT, Key.BACKSPACE), ["> ab"], (0, 3)),
        # 20 columns hold 17 cells behind the prompt, and the last column stays free.
        (("x" * 17,), ["> " + "x" * 17], (0, 19)),
        (("x" * 18,), ["> " + "x" * 17, "  x"], (1, 3)),
        (("x" * 18, Key.BACKSPACE), ["> " + "x" * 17], (0, 19)),
        (("x" * 18, Key.HOME, "y"), ["> y" + "x" * 16, "  xx"], (0, 3)),
        (("x" * 40, Key.HOME, Key.DELETE), ["> " + "x" * 17, "  " + "x" * 17, "  xxxxx"], (0, 2)),
        (("x" * 40, Key.HOME, Key.END), ["> " + "x" * 17, "  " + "x" * 17, "  xxxxxx"], (2, 8)),
        (("日" * 9,), ["> " + "日" * 8, "  日"], (1, 4)),
        (("日" * 9, Key.LEFT, "x"), ["> " + "日" * 8 + "x", "  日"], (0, 19)),
        (("one two", Key.DELETE_WORD), ["> one"], (0, 6)),
    ],
)
def test_the_line_is_drawn_as_it_is(
    keys: tuple[str | Key, ...], lines: list[str], cursor: tuple[int, int]
) -> None:
    output, terminal = screen(20)
    with pytest.raises(Enough):
        read_line(SomeKeys(presses(*keys), Clock()), output, "> ")
    emulator = Emulator(20)
    emulator.write("above\nabove\n" + terminal.getvalue())
    row, column = emulator.cursor

    assert emulator.lines == ["above", "above", *lines]
    assert (row - 2, column) == cursor


def test_what_follows_is_below_the_whole_line() -> None:
    output, terminal = screen(20)
    read_line(FakeKeys(presses("x" * 40, Key.HOME, "\n"), Clock()), output, "> ")
    emulator = Emulator(20)
    emulator.write(terminal.getvalue() + "below")

    assert emulator.lines == ["> " + "x" * 17, "  " + "x" * 17, "  xxxxxx", "below"]


def test_typing_at_the_end_draws_only_what_is_typed() -> None:
    output, terminal = screen()
    read_line(FakeKeys(presses("oct\n"), Clock()), output, "> ")

    assert terminal.getvalue() == "\r\x1b[J> oct\n"


def test_keys_that_change_nothing_draw_nothing() -> None:
    output, terminal = screen()
    read_line(FakeKeys(presses("a", Key.RIGHT, Key.DELETE, Key.OTHER, "\n"), Clock()), output, "> ")

    assert terminal.getvalue() == "\r\x1b[J> a\n"


def test_after_a_stop_the_line_is_there_again() -> None:
    output, terminal = screen()
    read_line(FakeKeys(presses("oct", Key.RESUMED, " 62\n"), Clock()), output, "> ")

    assert terminal.getvalue() == "\r\x1b[J> oct\r\x1b[J> oct 62\n"


def test_a_dumb_terminal_is_sent_no_escape_sequence() -> None:
    output, terminal = screen(TERM="dumb")
    keys = (
        "octo",
        Key.LEFT,
        Key.BACKSPACE,
        "日",
        Key.BACKSPACE,
        Press(Key.PASTE, " 6\n2"),
        Key.DELETE_WORD,
        "1\n",
    )
    result = read_line(FakeKeys(presses(*keys), Clock()), output, "> ")
    emulator = Emulator(40)
    emulator.write(terminal.getvalue())

    assert result.text == "oct 6 1"
    assert "\x1b" not in terminal.getvalue()
    assert emulator.lines == ["> oct 6 1"]


def test_an_ascii_terminal_gets_question_marks_and_the_line_stays_right() -> None:
    output, terminal = screen(20, encoding="ascii")
    result = read_line(FakeKeys(presses("日本", Key.LEFT, "x\n"), Clock()), output, "> ")
    emulator = Emulator(20)
    emulator.write(terminal.getvalue())

    assert result.text == "日x本"
    assert emulator.lines == ["> ?x?"]
