"""Keys from a terminal of Linux or macOS."""

import contextlib
import os
import re
import select
import signal
import sys
import time
from collections import deque
from types import FrameType
from typing import Any, Self

from fasti.ui.console import Output
from fasti.ui.keys import Decoder, Key, Press
from fasti.ui.signals import Signalled, Signals

assert sys.platform != "win32"
import termios

_SEQUENCE_SECONDS = 0.15
"""How long the rest of an escape sequence may be in coming; a lone Escape is known after it."""

_PASTE_SECONDS = 2.0
_MARK_PASTES = "\x1b[?2004h"
_LEAVE_PASTES = "\x1b[?2004l"
# Out of an alternate screen, with a cursor, in plain text, without reports of a mouse, keys as usual.
_AS_USUAL = "\x1b[?1047l\x1b[?25h\x1b[0m\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1l\x1b>\r"
_LOCAL, _CHARACTERS = 3, 6  # places in what `termios.tcgetattr` gives
_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


class PosixKeyboard:
    """The terminal with the descriptor `source`, its line editing and echo switched off meanwhile.

    Ctrl-C, Ctrl-Z and the rest stay signals, so that they work while something else is going on too.
    Terminals that can are asked to mark what is pasted, so that no pasted line is taken for keys.
    """

    def __init__(self, source: int, output: Output, encoding: str = "utf-8") -> None:
        self._source = source
        self._output = output
        self._decoder = Decoder("utf-8" if encoding.lower() in {"ascii", "us-ascii"} else encoding)
        self._ready: deque[Press] = deque()
        self._signals = Signals()
        self._modes: list[Any] = []
        self._lent = False

    def __enter__(self) -> Self:
        self._modes = termios.tcgetattr(self._source)
        self._signals.listen(
            {
                signal.SIGTSTP: self._stop,
                signal.SIGCONT: self._continue,
                **dict.fromkeys(_ENDING, self._end),
            }
        )
        self._take()
        return self

    def __exit__(self, *exception: object) -> None:
        self._give_back()
        self._signals.leave()

    def pause(self) -> None:
        """Give the terminal to another program, in the modes it had."""
        self._lent = True
        self._give_back()

    def resume(self) -> None:
        """Take the terminal back, whatever state the other program left it in."""
        self._lent = False
        self._come_to_the_front()
        if self._output.moves_cursor:
            self._output.write(_AS_USUAL)
        self._take()

    def _give_back(self) -> None:
        """Put the terminal into the modes it had."""
        self._signals.muted = True
        # A terminal that is gone has no modes left to care for.
        with contextlib.suppress(termios.error, OSError, ValueError):
            if self._output.moves_cursor:
                self._output.write(_LEAVE_PASTES)
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._source, termios.TCSADRAIN, self._modes)

    def _come_to_the_front(self) -> None:
        """Be the program that the terminal belongs to, where the other one died with it in its hands."""
        before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        with contextlib.suppress(OSError):
            if os.tcgetpgrp(self._source) != os.getpgrp():
                os.tcsetpgrp(self._source, os.getpgrp())
        signal.signal(signal.SIGTTOU, before)

    def _take(self) -> None:
        """Put the terminal into the modes of a review."""
        self._signals.muted = False
        modes = [*self._modes]
        modes[_LOCAL] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
        modes[_CHARACTERS] = [*modes[_CHARACTERS]]
        modes[_CHARACTERS][termios.VMIN], modes[_CHARACTERS][termios.VTIME] = 1, 0
        # In the background, without a shell, the terminal is not ours to change.
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._source, termios.TCSADRAIN, modes)
        if self._output.moves_cursor:
            self._output.write(_MARK_PASTES)

    def answer_to(self, question: str, last: re.Pattern[bytes], seconds: float) -> bytes:
        """What the terminal answers, with the keys that were pressed meanwhile, which are read later too.

        An answer is a key that means nothing; so is one that comes too late.
        """
        received = b""
        until = time.monotonic() + seconds
        self._output.write(question)
        with contextlib.suppress(EOFError):
            while not last.search(received) and self._arrived(max(until - time.monotonic(), 0)):
                received += self._received()
        self._ready.extend(self._decoder.feed(received))
        return received

    def read(self) -> Press:
        """The next key; waits for it."""
        while not self._ready:
            try:
                self._ready.extend(self._decoder.feed(self._signals.wait_for(self._received)))
            except Signalled as signalled:
                return Press(signalled.key)
            except TimeoutError:
                self._ready.extend(self._decoder.give_up())
            except EOFError:
                return Press(Key.CLOSED)
        return self._ready.popleft()

    def flush(self) -> None:
        """Forget the keys pressed so far.

        They are read, not dropped in the terminal: half an escape sequence would be left as characters.
        """
        with contextlib.suppress(EOFError):
            while self._arrived(0):
                self._ready.extend(self._decoder.feed(self._received()))
        self._ready = deque(press for press in self._ready if press.key is Key.INTERRUPT)

    def _received(self) -> bytes:
        """Bytes from the terminal. Raises TimeoutError where what was begun does not go on."""
        if not self._arrived(self._patience()):
            raise TimeoutError
        try:
            received = os.read(self._source, 4096)
        except OSError as error:
            raise EOFError from error
        if not received:
            raise EOFError
        return received

    def _patience(self) -> float | None:
        if not self._decoder.waiting:
            return None
        return _PASTE_SECONDS if self._decoder.pasting else _SEQUENCE_SECONDS

    def _arrived(self, seconds: float | None) -> bool:
        return bool(select.select([self._source], [], [], seconds)[0])

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """Ctrl-Z: give the terminal back, stop as every program does, and go on when told to."""
        if not self._lent:
            self._give_back()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        # Where nobody could ever continue us (no shell), the system does not stop us.
        self._continue(number, frame)

    def _continue(self, number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTSTP, self._stop)
        if not self._lent:
            self._take()
            self._signals.tell(Key.RESUMED)

    def _end(self, number: int, frame: FrameType | None) -> None:
        """Unwind, so that everything that is open is closed properly, with the shell's code for the signal."""
        raise SystemExit(128 + number)
