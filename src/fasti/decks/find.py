"""Deck files on disk: which they are, and what they hold."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from fasti.errors import FastiError

LARGEST = 32 * 1024 * 1024
"""How many bytes a deck file may have."""

ENDINGS = frozenset({".yaml", ".yml"})
"""What the names of deck files end in, in small letters; of a file that is named outright, any will do."""


MOST_ENTRIES = 50_000
"""Files and folders that are looked through for decks, before someone is told to name a smaller folder."""

_NOT_OURS = frozenset({"node_modules", "__pycache__", "venv"})
"""Folders that programs fill, and in which no author keeps decks."""


class NoSuchFileError(FastiError):
    """A path that leads nowhere."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no file or folder `{path}`", _near(path))


class NoDeckError(FastiError):
    """A folder without deck files."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"there is no deck in `{folder}`", "the names of deck files end in `.yaml` or `.yml`"
        )


class TooManyFilesError(FastiError):
    """A folder with far more in it than decks."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"there are more than {MOST_ENTRIES:,} files in `{folder}` and the folders below",
            "give the folder that the decks are in",
        )


class NotReadableError(FastiError):
    """A file or folder that the system does not let us read."""

    def __init__(self, path: Path, error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        super().__init__(f"`{path}` cannot be read: {reason}", "look at the permissions of the file")


def deck_files(paths: Iterable[Path]) -> list[Path]:
    """The deck files that these paths are or hold, each once, in a stable order.

    A file is taken as it is given; of a folder, the `.yaml` and `.yml` files in it and in the folders
    below, without hidden ones and without what programs put there. Raises NoSuchFileError, NoDeckError,
    NotReadableError or TooManyFilesError.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _files(path):
            found.setdefault(file.resolve(), file)
    return list(found.values())


def deck_files_below(folder: Path) -> list[Path] | None:
    """The deck files in a folder and below, as `deck_files` has them; None where it cannot be looked through."""
    try:
        return list(_below(folder)) if folder.is_dir() else None
    except (OSError, TooManyFilesError):
        return None


def deck_bytes(path: Path) -> bytes:
    """What a deck file holds; of a file that is too large to be a deck, one byte more than a deck may have.

    Raises NoSuchFileError or NotReadableError.
    """
    try:
        # What a shell or the system hands over is under `/dev`; a pipe elsewhere might never be written to.
        return _read(path) if path.is_absolute() and path.parts[1:2] == ("dev",) else file_bytes(path)
    except FileNotFoundError as error:
        raise NoSuchFileError(path) from error
    except OSError as error:
        raise NotReadableError(path, error) from error


def file_bytes(path: Path) -> bytes:
    """What an ordinary file holds, as `deck_bytes` has it; pipes and devices are refused. Raises OSError."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.ENXIO, "It is no ordinary file")
    return _read(path)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        # Room for the largest deck, if there is no telling: to get it takes longer than to read most decks.
        size = os.fstat(file.fileno()).st_size or LARGEST
        return file.read(min(size, LARGEST) + 1)


def _files(path: Path) -> list[Path]:
    try:
        if not path.exists():
            raise NoSuchFileError(path)
        if not path.is_dir():
            return [path]
        files = list(_below(path))
    except OSError as error:
        raise NotReadableError(Path(error.filename or path), error) from error
    if not files:
        raise NoDeckError(path)
    return files


def _below(folder: Path) -> Iterator[Path]:
    """The deck files of a folder and of those in it, in order."""
    seen: set[Path] = set()
    entries = 0

    def files(here: Path) -> Iterator[Path]:
        nonlocal entries
        real = here.resolve()
        if real in seen:  # a link may lead back
            return
        seen.add(real)
        for path in sorted(here.iterdir(), key=lambda path: path.name):
            entries += 1
            if entries > MOST_ENTRIES:
                raise TooManyFilesError(folder)
            if path.name.startswith(".") or path.name in _NOT_OURS:
                continue
            if path.is_dir():
                yield from files(path)
            elif path.suffix.lower() in ENDINGS and path.is_file():
                yield path

    return files(folder)


def _near(path: Path) -> str | None:
    """A hint for a path without its ending."""
    near = [path.with_name(path.name + ending) for ending in sorted(ENDINGS)]
    found = next((other for other in near if other.is_file()), None)
    return f"did you mean `{found}`?" if found else None
