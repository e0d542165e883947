"""Refusals: what went wrong, what to do next, and the exit code that says so."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns to the shell."""

    DONE = 0
    PROBLEM = 1
    USAGE = 2
    INTERRUPTED = 130


class FastiError(Exception):
    """A foreseen refusal; shown as one sentence, never as a traceback.

    Each refusal is a subclass that builds its own sentence: no full stop, names in backticks.
    `hint` is the next step, shown on a line of its own.
    """

    exit_code = ExitCode.PROBLEM

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
