"""The two streams a person reads: stdout for what was asked for, stderr for messages about it.

Rich decides whether there are colours and how they are written. `NO_COLOR`, `FORCE_COLOR`, `TERM=dumb`
and `COLUMNS` are honoured; text from decks never reaches Rich as markup.
"""

import errno
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Literal, TextIO

from rich.console import Console
from rich.text import Text

from fasti.core.text import printable
from fasti.ui.lines import ROOMY, Line
from fasti.ui.look import Look, can_show_signs, encodable

_NARROWEST = 20
_LOW = 24


def standard_output(environment: Mapping[str, str] = os.environ) -> "Output":
    """Where what was asked for goes."""
    return Output(sys.stdout, environment)


def standard_error(environment: Mapping[str, str] = os.environ) -> "Output":
    """Where messages go."""
    return Output(sys.stderr, environment)


class Output:
    """A stream that shows lines, and what its reader is able to see.

    `environment` is the process's own; a test gives another. Raises OSError where the stream is closed.
    """

    def __init__(self, file: TextIO, environment: Mapping[str, str] = os.environ) -> None:
        self.file = file
        self._environment = environment
        styled = bool(environment.get("FORCE_COLOR")) or (self.is_terminal and not self._is_dumb)
        self._console = _Console(
            file=file,
            color_system=_color_system() if styled else None,
            force_terminal=styled,
            no_color=bool(environment.get("NO_COLOR")),
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=True,
        )
        plain = environment.get("LC_ALL") in {"C", "POSIX"}
        # In that locale Python writes UTF-8 all the same: right for a pipe, not for a screen.
        self._encoding = "ascii" if plain and self.is_terminal else _known(getattr(file, "encoding", None))
        self._ascii_signs = plain or not can_show_signs(self._encoding)

    @property
    def is_terminal(self) -> bool:
        """Whether a person sees it at once."""
        return self.file.isatty()

    @property
    def moves_cursor(self) -> bool:
        """Whether escape sequences can move the cursor, so that a line can be drawn again."""
        return self.is_terminal and not self._is_dumb and not self._console.legacy_windows

    @property
    def height(self) -> int:
        """How many rows the terminal has now."""
        try:
            return os.get_terminal_size(self.file.fileno()).lines or _LOW
        except (OSError, ValueError):
            return _LOW

    @property
    def cell(self) -> tuple[int, int] | None:
        """The width and height of one of its cells in pixels, where the system knows."""
        if sys.platform == "win32":
            return None
        import fcntl
        import struct
        import termios

        try:
            size = fcntl.ioctl(self.file.fileno(), termios.TIOCGWINSZ, bytes(8))
        except (OSError, ValueError):
            return None
        rows, columns, width, height = struct.unpack("HHHH", size)
        return (width // columns, height // rows) if 0 < columns <= width and 0 < rows <= height else None

    @property
    def look(self) -> Look:
        """What can be shown now; the width may change while the program runs."""
        return Look(self._width(), self._encoding, self._ascii_signs)

    def show(self, lines: Iterable[Line]) -> None:
        """Write these lines, in colour where there is colour, in one go."""
        text = Text()
        for pieces in lines:
            for piece in pieces:
                text.append(self._safe(piece.text), piece.style or None)
            text.append("\n")
        if text:
            self._console.print(text, end="")

    def write(self, text: str) -> None:
        """Write text and the escape sequences in it as they are."""
        self.file.write(encodable(text, self._encoding))
        self.file.flush()

    @property
    def _is_dumb(self) -> bool:
        return self._environment.get("TERM", "").lower() in {"dumb", "unknown"}

    def _width(self) -> int:
        columns = self._environment.get("COLUMNS", "")
        if columns.isdecimal() and int(columns) > 0:
            return max(int(columns), _NARROWEST)
        if not self.is_terminal:
            return ROOMY
        try:
            return max(os.get_terminal_size(self.file.fileno()).columns or 80, _NARROWEST)
        except (OSError, ValueError):
            return 80

    def _safe(self, text: str) -> str:
        return encodable(printable(text), self._encoding)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        # Rich would end the program here.
        raise BrokenPipeError(errno.EPIPE, "nobody reads any more")


def _color_system() -> Literal["auto", "standard"]:
    """The sixteen named colours are all that is used; an old Windows console has a way of its own."""
    return "auto" if sys.platform == "win32" else "standard"


def _known(encoding: str | None) -> str:
    try:
        "".encode(encoding or "utf-8")
    except LookupError:
        return "ascii"
    return encoding or "utf-8"
