"""The two streams a person reads: stdout for what was asked for, stderr for messages about it.

`NO_COLOR`, `FORCE_COLOR`, `TERM=dumb` and `COLUMNS` are honoured. On Windows Rich finds out what the console
can do; text from decks never reaches it as markup.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from fasti.core.text import printable
from fasti.ui.lines import CLOSE, FAINT, LABEL, RIGHT, ROOMY, STRONG, WRONG, Line, Piece
from fasti.ui.look import Look, can_show_signs, encodable

if TYPE_CHECKING:
    from rich.console import Console

_NARROWEST = 20
_MOST_DIGITS = 4
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
        self._is_styled = bool(environment.get("FORCE_COLOR")) or (self.is_terminal and not self._is_dumb)
        self._has_colour = not environment.get("NO_COLOR")
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
        return (
            self.is_terminal
            and not self._is_dumb
            and not (self._old_console and self._old_console.legacy_windows)
        )

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
        if self._old_console:
            self._show_through(self._old_console, lines)
            return
        text = "".join("".join(map(self._styled, pieces)) + "\n" for pieces in lines)
        if text:
            self.file.write(text)
            self.file.flush()

    def redraw(self, pieces: Line) -> None:
        """Write this line in the place of the one on which the cursor is; where `moves_cursor` alone."""
        self.file.write("\r\x1b[K" + "".join(map(self._styled, pieces)))
        self.file.flush()

    def write(self, text: str) -> None:
        """Write text and the escape sequences in it as they are."""
        self.file.write(encodable(text, self._encoding))
        self.file.flush()

    @property
    def _is_dumb(self) -> bool:
        return self._environment.get("TERM", "").lower() in {"dumb", "unknown"}

    def _width(self) -> int:
        columns = self._environment.get("COLUMNS", "")
        if columns.isdecimal() and columns.strip("0"):
            return max(int(columns), _NARROWEST) if len(columns) <= _MOST_DIGITS else ROOMY
        if not self.is_terminal:
            return ROOMY
        try:
            return max(os.get_terminal_size(self.file.fileno()).columns or 80, _NARROWEST)
        except (OSError, ValueError):
            return 80

    def _styled(self, piece: Piece) -> str:
        text = self._safe(piece.text)
        return _rendered(text, piece.style, self._has_colour) if piece.style and self._is_styled else text

    @cached_property
    def _old_console(self) -> "Console | None":
        """The console of a Windows that may know no escape sequences; None everywhere else."""
        if os.name != "nt":
            return None
        from rich.console import Console

        return Console(
            file=self.file,
            color_system="auto" if self._is_styled else None,
            force_terminal=self._is_styled,
            no_color=not self._has_colour,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=True,
        )

    def _show_through(self, console: "Console", lines: Iterable[Line]) -> None:
        from rich.text import Text

        text = Text()
        for pieces in lines:
            for piece in pieces:
                text.append(self._safe(piece.text), piece.style or None)
            text.append("\n")
        if text:
            console.print(text, end="")

    def _safe(self, text: str) -> str:
        return encodable(printable(text), self._encoding)


def _rendered(text: str, style: str, has_colour: bool) -> str:
    """Text between the escape sequences of a style, in the terminal's own colours."""
    names = [name for name in style.split() if has_colour or name in _NOT_COLOURS]
    codes = ";".join(_SEQUENCES[name] for name in names)
    return f"\x1b[{codes}m{text}\x1b[0m" if text and codes else text


# As Rich writes them, which a test holds; loading it for them would be a third of the way to the first card.
_SEQUENCES = {STRONG: "1", FAINT: "2", LABEL: "36", RIGHT: "32", CLOSE: "33", WRONG: "31"}
_NOT_COLOURS = {STRONG, FAINT}


def _known(encoding: str | None) -> str:
    try:
        "".encode(encoding or "utf-8")
    except LookupError:
        return "ascii"
    return encoding or "utf-8"
