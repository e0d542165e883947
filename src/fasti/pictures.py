"""The pictures beside deck files: found, checked and named for other programs."""

from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from fasti.settings import deck_path

ENDINGS = frozenset([".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"])
"""What the file of a picture may end in."""

LARGEST = 64 * 1024 * 1024
"""More bytes than any picture of a flashcard has: such a file is something else."""


class PictureError(Exception):
    """A picture that cannot be used; the message says why."""


class Picture(NamedTuple):
    """A picture file. `name` tells it from every other picture by its bytes, so that a new one replaces it."""

    name: str
    path: Path

    def read(self) -> bytes:
        """The file's bytes."""
        return self.path.read_bytes()


def picture_of(deck_file: str, image: str) -> Picture:
    """The picture that a fact's `image` names, as other programs are to know it.

    `deck_file` is as the library remembers it. Raises PictureError where `picture_path` does, and where the
    file cannot be read.
    """
    # Imported here: hashlib loads OpenSSL, and a picture that is only shown needs it not.
    from hashlib import blake2b

    path = picture_path(deck_file, image)
    mark = blake2b(picture_bytes(path, image), digest_size=6).hexdigest()
    return Picture(f"fasti-{mark}{path.suffix.lower()}", path)


def picture_path(deck_file: str, image: str) -> Path:
    """The file that a fact's `image` names, in the folder of its deck file or below.

    Raises PictureError where there is none, or it lies elsewhere: a deck from a stranger must not take other
    files along.
    """
    try:
        path = _inside(deck_path(deck_file).parent, image)
    except (OSError, ValueError, RuntimeError) as error:
        # Names that no system takes, and links that lead in circles.
        raise PictureError(f"`{image}` is not there") from error
    if path.suffix.lower() not in ENDINGS:
        raise PictureError(f"`{image}` is not a picture: it ends in none of {', '.join(sorted(ENDINGS))}")
    return path


def picture_bytes(path: Path, image: str) -> bytes:
    """What is in the file at `path`, which a fact calls `image`. Raises PictureError."""
    try:
        if path.stat().st_size > LARGEST:
            raise PictureError(f"`{image}` has more than {LARGEST // (1024 * 1024)} MiB")
        return path.read_bytes()
    except OSError as error:
        raise PictureError(f"`{image}` cannot be read: {error.strerror}") from error


def _inside(folder: Path, image: str) -> Path:
    """The file of that name, which is in the folder even where links lead elsewhere."""
    if (
        PureWindowsPath(image).is_absolute()
        or PureWindowsPath(image).drive
        or PurePosixPath(image).is_absolute()
    ):
        raise PictureError(f"`{image}` is not beside the deck: write its path from the deck's folder")
    path = (folder / PureWindowsPath(image).as_posix()).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise PictureError(f"`{image}` is not beside the deck: put it into the deck's folder or one below")
    if not path.is_file():
        raise PictureError(f"`{image}` is not there")
    return path
