"""The pictures of our notes: under which path beside the deck file each belongs."""

import re
from pathlib import PurePosixPath, PureWindowsPath
from unicodedata import normalize

from fasti.core.text import unsafe_character
from fasti.exchange.file_names import is_file_name

_ENDINGS = frozenset([".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"])
_LONGEST = 200
_LONGEST_PART = 120
_MOST_PARTS = 5
_DECK_FILE = re.compile(r"\.ya?ml(?:\.|$)", re.IGNORECASE)


class Paths:
    """The paths that pictures have taken already, in one case and form, for systems that know no other."""

    def __init__(self) -> None:
        self._pictures: dict[str, str] = {}
        self._folders: set[str] = set()

    def take(self, image: str, picture: str) -> str:
        """The path of a picture: the fact's own `image` if it may be written to, else one under `media`.

        Nothing where there is no such path, or the file is no picture.
        """
        for path in (image, f"media/{picture}"):
            if may_be_written(path) and self._is_free(_key(path), picture):
                self._pictures[_key(path)] = picture
                self._folders.update(_folders(_key(path)))
                return path
        return ""

    def _is_free(self, key: str, picture: str) -> bool:
        """Whether no other picture is there, no folder, and no picture where its folders would be."""
        return (
            self._pictures.get(key, picture) == picture
            and key not in self._folders
            and self._pictures.keys().isdisjoint(_folders(key))
        )


def may_be_written(path: str) -> bool:
    """Whether a path is that of a picture file beside the deck or in a folder there, on every system."""
    return not leads_out(path) and PurePosixPath(path).suffix.lower() in _ENDINGS


def leads_out(path: str) -> bool:
    """Whether a path may be that of another file than one beside the deck or in a folder there.

    That is one elsewhere, a device, a deck file or something that a deck file would have to be a folder for.
    """
    windows = PureWindowsPath(path)
    parts = path.split("/")
    return (
        not 0 < len(path.encode("utf-8", "surrogatepass")) <= _LONGEST
        or bool(windows.drive or windows.root)
        or "://" in path
        or unsafe_character(path) is not None
        or len(parts) > _MOST_PARTS
        or not all(is_file_name(part, _LONGEST_PART) for part in parts)
        or any(_DECK_FILE.search(part) for part in parts)
    )


def _key(path: str) -> str:
    return normalize("NFC", normalize("NFD", path).casefold())


def _folders(key: str) -> list[str]:
    parts = key.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
