"""Answers of a whole line each: from a person at a terminal, who is asked again, or through a pipe."""

import contextlib
import sys
from collections.abc import Iterable
from itertools import islice
from typing import TextIO

from fasti.ui.console import standard_error
from fasti.ui.lines import Line
from fasti.ui.look import Look
from fasti.ui.pipes import lines_in

_MOST_COUNTED = 1_000


class TerminalAnswers:
    """What a person types; the line can be edited as in a shell, where the system has what that needs."""

    patient = True

    def __init__(self, *, accessible: bool = False) -> None:
        self.accessible = accessible
        self._prompt = "Your answer: " if accessible else "> "
        self._output = standard_error()
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - its presence is what makes `input` edit lines

    @property
    def look(self) -> Look:
        """The width of the terminal as it is now."""
        return self._output.look

    def tell(self, lines: Iterable[Line]) -> None:
        """Say something before the next answer."""
        self._output.show(lines)

    def next(self) -> str:
        """The next answer, trimmed. Raises EOFError at Ctrl-D."""
        if sys.stdout.isatty():
            return input(self._prompt).strip()
        self._output.write(self._prompt)
        text = sys.stdin.readline()
        if not text:
            raise EOFError
        return text.strip()


class PipedAnswers:
    """One answer a line of a file; nothing is asked, and nothing is said."""

    patient = False
    accessible = False

    def __init__(self, file: TextIO = sys.stdin) -> None:
        self._lines = lines_in(file)

    @property
    def look(self) -> Look:
        """Nothing is shown."""
        return Look()

    def tell(self, lines: Iterable[Line]) -> None:
        """Nobody reads it."""

    def next(self) -> str:
        """The next line, trimmed. Raises EOFError at the end."""
        text = next(self._lines, "")
        if not text:
            raise EOFError
        return text.strip()

    def rest(self) -> int:
        """How many lines were not used, so far as they are counted."""
        return sum(1 for text in islice(self._lines, _MOST_COUNTED) if text.strip())
