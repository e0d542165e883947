"""The keys of a Windows console, with `msvcrt` played by a list."""

import signal
from collections import deque

import pytest

from fasti.ui.keys import Key, Press
from fasti.ui.windows_console import console_modes, set_console_modes
from fasti.ui.windows_keyboard import WindowsKeyboard


class Console:
    """`getwch` and `kbhit` over units that stand ready; a None is a pause in which nothing does."""

    def __init__(self, *units: str | None) -> None:
        self.units = deque(units)

    def getwch(self) -> str:
        while self.units and self.units[0] is None:
            self.units.popleft()
        if not self.units:
            raise EOFError
        unit = self.units.popleft()
        assert unit is not None
        return unit

    def kbhit(self) -> bool:
        return bool(self.units) and self.units[0] is not None


def read(*units: str | None) -> list[Press]:
    console = Console(*units)
    found: list[Press] = []
    with WindowsKeyboard(console.getwch, console.kbhit) as keyboard:
        while (press := keyboard.read()).key is not Key.CLOSED:
            found.append(press)
    return found


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (("a",), [Press(Key.CHARACTER, "a")]),
        (("\r",), [Press(Key.ENTER)]),
        (("\x1b",), [Press(Key.ESCAPE)]),
        (("\x03",), [Press(Key.INTERRUPT)]),
        (("\x04",), [Press(Key.END_OF_INPUT)]),
        (("\x1a",), [Press(Key.END_OF_INPUT)]),
        (("\x08",), [Press(Key.BACKSPACE)]),
        (("\x7f",), [Press(Key.DELETE_WORD)]),
        (("à", "K"), [Press(Key.LEFT)]),
        (("\0", "G"), [Press(Key.HOME)]),
        (("\0", ";"), [Press(Key.OTHER)]),
        (("à", None, "K"), [Press(Key.CHARACTER, "à"), Press(Key.CHARACTER, "K")]),
        (("\ud83d", "\udc4d"), [Press(Key.CHARACTER, "👍")]),
        (("古",), [Press(Key.CHARACTER, "古")]),
    ],
)
def test_units_are_the_keys_that_were_pressed(units: tuple[str | None, ...], expected: list[Press]) -> None:
    assert read(*units) == expected


def test_flushing_forgets_keys_and_keeps_an_interrupt() -> None:
    console = Console("3", "à", "K", "\x03", "3", None, "q")
    with WindowsKeyboard(console.getwch, console.kbhit) as keyboard:
        keyboard.flush()

        assert keyboard.read() == Press(Key.INTERRUPT)
        assert keyboard.read() == Press(Key.CHARACTER, "q")


def test_an_interrupt_while_something_else_goes_on_is_the_next_key() -> None:
    before = signal.getsignal(signal.SIGINT)
    console = Console("3")
    with WindowsKeyboard(console.getwch, console.kbhit) as keyboard:
        signal.raise_signal(signal.SIGINT)

        assert keyboard.read() == Press(Key.INTERRUPT)
        assert keyboard.read() == Press(Key.CHARACTER, "3")
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_interrupt_breaks_off_what_goes_on() -> None:
    console = Console("3")
    with WindowsKeyboard(console.getwch, console.kbhit):
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_another_program_gets_its_own_interrupts() -> None:
    console = Console("3")
    with WindowsKeyboard(console.getwch, console.kbhit) as keyboard:
        keyboard.pause()
        signal.raise_signal(signal.SIGINT)
        console.units.clear()
        keyboard.resume()
        console.units.append("4")

        assert keyboard.read() == Press(Key.CHARACTER, "4")


def test_after_another_program_the_console_has_the_modes_it_had_before() -> None:
    console, now = Console("x", None, "3"), {-10: 0x1F7, -11: 7}
    with WindowsKeyboard(console.getwch, console.kbhit, lambda: dict(now), now.update) as keyboard:
        keyboard.pause()
        now.update({-10: 0x200, -11: 3})
        keyboard.resume()

        assert now == {-10: 0x1F7, -11: 7}
        # What was typed into the other program is no answer.
        assert keyboard.read() == Press(Key.CHARACTER, "3")


@pytest.mark.skipif("sys.platform == 'win32'")
def test_where_there_is_no_console_there_are_no_modes() -> None:
    set_console_modes({-10: 7})

    assert console_modes() == {}
