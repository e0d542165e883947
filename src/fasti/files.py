"""Whether a deck file is as it was when it was last read."""

import os
from errno import EINVAL
from stat import S_ISREG
from typing import NamedTuple

from fasti.core import card, text
from fasti.decks.find import file_bytes
from fasti.settings import deck_path

_HEADER = 2  # raised when more is kept of what a deck says besides its facts
READ_WITH = f"{card.VERSION}.{text.NORMALISATION}.{_HEADER}"
"""By which rules stored facts and cards were made; a file read by others is read again."""

LARGE = 500_000
"""From how many bytes on the facts of a file are counted as they are read, and not the files."""

_UNSETTLED_NS = 2_000_000_000
"""Some file systems count time in steps of two seconds: a younger time stamp proves nothing."""


class FileBytes(NamedTuple):
    """What a file holds, and since when; 0 where that is not to be relied on."""

    data: bytes
    mtime_ns: int


def bytes_of(path: str, wall_ns: int) -> FileBytes:
    """What a deck file that the library remembers holds; `wall_ns` is now by the clock of files. Raises OSError."""
    place = deck_path(path)
    stat = place.stat()
    if not S_ISREG(stat.st_mode):
        # Who reads a pipe waits until someone writes into it.
        raise OSError(EINVAL, "it is no file")
    settled = wall_ns - stat.st_mtime_ns > _UNSETTLED_NS
    return FileBytes(file_bytes(place), stat.st_mtime_ns if settled else 0)


def digest_of(data: bytes) -> str:
    """By what it is known whether a file holds what it held."""
    # Imported here: it loads OpenSSL, and most files have the time stamp that they had.
    from hashlib import sha256

    # Half the time of BLAKE2 where the processor has instructions for it, as nearly all have.
    return sha256(data).hexdigest()


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
