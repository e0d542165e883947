"""A file that appears whole or not at all: made out of sight beside its place, and moved there at the end."""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copymode, rmtree
from tempfile import TemporaryDirectory

from fasti.errors import FastiError


class WriteError(FastiError):
    """A file that cannot be written."""

    def __init__(self, path: Path, reason: str, hint: str | None = None) -> None:
        super().__init__(f"`{path}` cannot be written: {reason}", hint)


_PREFIX, _SUFFIX = ".fasti-", ".part"
_ABANDONED_S = 86_400


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Give a name to write a file to, which is at `path`, safe from a power cut, once the block ends.

    The new file is in a folder of its own beside `path`, which nobody else can look into and other files
    may be put into. If the block fails, all of it goes and what was at `path` stays. A link is followed.

    Raises WriteError for an OSError in the block too: give one with another reason
    another name there.
    """
    try:
        place = _place(path)
        _sweep(place.parent)
        with TemporaryDirectory(
            dir=place.parent, prefix=_PREFIX, suffix=_SUFFIX, ignore_cleanup_errors=True
        ) as folder:
            new = Path(folder, "new")
            yield new
            _move(new, place)
    except OSError as error:
        raise _refusal(path, error) from error


def is_folder(path: Path) -> bool:
    """Whether there is a folder of this name; a name that no file system takes is no folder's."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_database(path: Path) -> bool:
    """Whether a file is a SQLite database, such as a library: nothing is ever written over one."""
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"


def _place(path: Path) -> Path:
    """Where the file is to be; moving a file over a device or a pipe would take that away."""
    try:
        place = path.resolve()
    except RuntimeError as error:  # before Python 3.13, a link that leads back to itself
        raise WriteError(path, "it is a link to itself", "give the name of a file") from error
    if place.is_dir():
        raise WriteError(path, "it is a folder", "give the name of a file")
    if place.exists() and not place.is_file():
        raise WriteError(path, "it is not a file", "give the name of a file")
    return place


def _sweep(folder: Path) -> None:
    """Take away what a program that was killed has left, a day ago or earlier: nobody writes that long."""
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        try:
            if time.time() - left.stat().st_mtime > _ABANDONED_S:
                rmtree(left, ignore_errors=True)
        except OSError:
            continue  # another program swept first


def _move(new: Path, place: Path) -> None:
    if place.exists():
        copymode(place, new)
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    new.replace(place)


_MOVE_ELSEWHERE = "give a file in another folder"
_REASONS = {
    errno.ENOSPC: ("the disk is full", "make room, or write to another disk"),
    errno.EDQUOT: ("your share of the disk is used up", "make room, or write to another disk"),
    errno.EFBIG: ("it would be too large there", "write to another disk"),
    errno.EACCES: ("writing there is not permitted", _MOVE_ELSEWHERE),
    errno.EPERM: ("writing there is not permitted", _MOVE_ELSEWHERE),
    errno.EROFS: ("the disk can only be read", _MOVE_ELSEWHERE),
    errno.ENOENT: ("there is no such folder", "make the folder first"),
    errno.ENOTDIR: ("there is no such folder", "make the folder first"),
    errno.ENAMETOOLONG: ("its name is too long", "give a shorter name"),
}


def _refusal(path: Path, error: OSError) -> WriteError:
    unforeseen = (error.strerror or type(error).__name__, None)
    return WriteError(path, *_REASONS.get(error.errno or 0, unforeseen))
