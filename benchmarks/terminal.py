"""A program in a pseudo-terminal of 24 rows and 80 columns, driven as a student drives it."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from typing import Self

QUIET_SECONDS = 0.1
"""A student reads before the next key; a second Space sooner than 0.15 s after the first is ignored by ours."""

_PATIENCE_SECONDS = 120
_WHERE_IS_THE_CURSOR = b"\x1b[6n"


class Program:
    """The running program; it is ended when the block is left."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def until(self, words: bytes, key: bytes = b"") -> float:
        """Send a key and wait for these words; the seconds that it took."""
        started = time.perf_counter()
        if key:
            os.write(self._terminal, key)
        seen = b""
        while words not in seen:
            if not select.select([self._terminal], [], [], _PATIENCE_SECONDS)[0]:
                raise TimeoutError(f"no {words!r} in {seen!r}")
            try:
                came = os.read(self._terminal, 65_536)
            except OSError as error:
                raise RuntimeError(seen.decode(errors="replace")) from error
            if _WHERE_IS_THE_CURSOR in came:
                os.write(self._terminal, b"\x1b[1;1R")
            seen += came
        return time.perf_counter() - started

    def settle(self) -> None:
        """Wait until nothing more comes."""
        while select.select([self._terminal], [], [], QUIET_SECONDS)[0]:
            os.read(self._terminal, 65_536)

    def end(self, key: bytes = b"") -> float:
        """Let it end, by a key if need be; the peak of its memory in megabytes."""
        if key:
            os.write(self._terminal, key)
        while True:
            try:
                if not os.read(self._terminal, 65_536):
                    break
            except OSError:  # it has closed its terminal
                break
        _, _, usage = os.wait4(self._process, 0)
        self._process = 0
        return megabytes(usage.ru_maxrss)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        os.close(self._terminal)


def megabytes(ru_maxrss: int) -> float:
    """The peak of memory that the system says, which counts bytes on macOS and kilobytes elsewhere."""
    import sys

    return ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
