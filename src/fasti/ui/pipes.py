"""Streams whose reader may go away, `fasti decks | head -1`, and streams that may never end."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from fasti.errors import ExitCode, FastiError

LONGEST = 65_536
"""How many characters a line of input may have; what is typed is shorter by far."""

_CLOSED = {errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN}  # EINVAL is how Windows says it


@contextmanager
def until_closed(file: TextIO) -> Iterator[None]:
    """Do this while someone reads `file`; when its reader is gone, end it without a word."""
    try:
        yield
        file.flush()
    except OSError as error:
        if error.errno not in _CLOSED:
            raise
        discard(file)


class LongLineError(FastiError):
    """A line in a pipe that nobody typed."""

    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__(
            f"a line of the input is longer than {LONGEST:,} characters", "give one answer or grade a line"
        )


def lines_in(stream: TextIO) -> Iterator[str]:
    """The lines of a stream, each read when it is wanted. Raises LongLineError where one does not end."""
    while line := stream.readline(LONGEST):
        if len(line) == LONGEST and not line.endswith("\n"):
            raise LongLineError
        yield line


def discard(file: TextIO) -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not complain at its end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, file.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return
