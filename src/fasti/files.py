"""Whether a deck file is as it was when it was last read."""

import os

from fasti.core import card, text
from fasti.settings import deck_path

_HEADER = 2  # raised when more is kept of what a deck says besides its facts
READ_WITH = f"{card.VERSION}.{text.NORMALISATION}.{_HEADER}"
"""By which rules stored facts and cards were made; a file read by others is read again."""


LARGE = 500_000
"""From how many bytes on the facts of a file are counted as they are read, and not the files."""


def unchanged(path: str, size: int, mtime_ns: int, read_with: str) -> bool:
    """Whether a file that the library remembers is as it was; a missing file has not changed."""
    if read_with != READ_WITH:
        return False
    try:
        stat = deck_path(path).stat()
    except OSError:
        return True
    return (stat.st_size, stat.st_mtime_ns) == (size, mtime_ns)


def is_gone(path: str) -> bool:
    """Whether there is no file of this name any more; one in a folder that may not be entered is there still."""
    try:
        return not deck_path(path).is_file()
    except OSError:
        return False


def is_readable(path: str) -> bool:
    """Whether a file that the library remembers is there and may be read."""
    return not is_gone(path) and os.access(deck_path(path), os.R_OK)
