"""The keyboard of this terminal: one key at a time, and the terminal left as it was found."""

import re
import sys
from typing import Protocol, Self

from fasti.ui.console import Output
from fasti.ui.keys import Keys


class Keyboard(Keys, Protocol):
    """A keyboard that is held while a `with` block lasts."""

    def __enter__(self) -> Self:
        """Take the terminal."""

    def __exit__(self, *exception: object) -> None:
        """Leave it as it was found."""

    def pause(self) -> None:
        """Give the terminal to another program."""

    def resume(self) -> None:
        """Take it back."""

    def answer_to(self, question: str, last: re.Pattern[bytes], seconds: float) -> bytes:
        """What the terminal answers to escape sequences that ask it something, until the `last` answer is there.

        Keys that were pressed meanwhile are read later. Empty where a terminal cannot be asked.
        """


def open_keyboard(output: Output) -> Keyboard:
    """The keyboard of the terminal that stdin is; `output` is where its screen is written."""
    keyboard: Keyboard
    if sys.platform == "win32":
        import msvcrt

        from fasti.ui.windows_console import console_modes, set_console_modes
        from fasti.ui.windows_keyboard import WindowsKeyboard

        keyboard = WindowsKeyboard(msvcrt.getwch, msvcrt.kbhit, console_modes, set_console_modes)
    else:
        from fasti.ui.posix_keyboard import PosixKeyboard

        keyboard = PosixKeyboard(sys.stdin.fileno(), output, sys.stdin.encoding)
    return keyboard
