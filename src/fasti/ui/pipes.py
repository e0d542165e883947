"""Streams whose reader may go away: `fasti decks | head -1`."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

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


def discard(file: TextIO) -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not complain at its end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, file.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return
