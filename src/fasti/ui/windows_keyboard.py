"""Keys from a Windows console."""

import re
from collections.abc import Callable, Mapping
from typing import Self

from fasti.ui.keys import Key, Press, press_of, press_of_control
from fasti.ui.signals import Signalled, Signals

_EXTENDED = {"K": Key.LEFT, "M": Key.RIGHT, "G": Key.HOME, "O": Key.END, "S": Key.DELETE}
_OWN = {"\x1b": Key.ESCAPE, "\x1a": Key.END_OF_INPUT, "\x7f": Key.DELETE_WORD}


class WindowsKeyboard:
    """A console, through `msvcrt.getwch` and `msvcrt.kbhit`, which change none of its modes for long.

    `modes` says in which modes the console is and `set_modes` puts it back into them, for other programs
    leave it as they please.
    """

    def __init__(
        self,
        getwch: Callable[[], str],
        kbhit: Callable[[], bool],
        modes: Callable[[], Mapping[int, int]] = dict,
        set_modes: Callable[[Mapping[int, int]], None] = lambda modes: None,
    ) -> None:
        self._getwch = getwch
        self._kbhit = kbhit
        self._modes = modes
        self._set_modes = set_modes
        self._lent: Mapping[int, int] = {}
        self._signals = Signals()
        self._interrupted: Press | None = None

    def __enter__(self) -> Self:
        self._signals.listen({})
        return self

    def __exit__(self, *exception: object) -> None:
        self._signals.leave()

    def pause(self) -> None:
        """Let another program have the console."""
        self._signals.muted = True
        self._lent = self._modes()

    def resume(self) -> None:
        """Read from it again, in the modes it had; keys that were meant for the other program are forgotten."""
        self._set_modes(self._lent)
        self.flush()
        self._signals.muted = False

    def answer_to(self, question: str, last: re.Pattern[bytes], seconds: float) -> bytes:
        """Nothing: the console's own keys are read here, and no answers."""
        return b""

    def read(self) -> Press:
        """The next key; waits for it."""
        if self._interrupted:
            press, self._interrupted = self._interrupted, None
            return press
        try:
            return self._press(self._signals.wait_for(self._getwch))
        except Signalled as signalled:
            return Press(signalled.key)
        except KeyboardInterrupt:
            return Press(Key.INTERRUPT)
        except EOFError:
            return Press(Key.CLOSED)

    def flush(self) -> None:
        """Forget the keys pressed so far; an interrupt among them is kept."""
        while self._kbhit():
            press = self._press(self._getwch())
            if press.key is Key.INTERRUPT:
                self._interrupted = press

    def _press(self, unit: str) -> Press:
        # `à` is the same unit as the first of an arrow key, but nothing stands ready behind it.
        if unit == "\0" or (unit == "à" and self._kbhit()):
            return Press(_EXTENDED.get(self._getwch(), Key.OTHER))
        if unit in _OWN:
            return Press(_OWN[unit])
        if unit < " ":
            return press_of_control(ord(unit))
        if "\ud800" <= unit < "\udc00":
            unit = (unit + self._getwch()).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return press_of(unit[0])
