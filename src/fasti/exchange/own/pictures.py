"""The pictures of our notes: under which path beside the deck file each belongs."""

from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath

from fasti.core.text import unsafe_character

_ENDINGS = frozenset([".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"])
_LONGEST = 200


def path_of(image: str, picture: str, taken: Mapping[str, str]) -> str:
    """The path of a picture: the fact's own `image` if it may be written to, else one under `media`.

    `taken` has the pictures that go elsewhere already, by their paths in one case, for systems that know no
    other. Nothing where there is no such path, or the file is no picture.
    """
    for path in (image, f"media/{picture}"):
        if may_be_written(path) and taken.get(path.casefold(), picture) == picture:
            return path
    return ""


def may_be_written(path: str) -> bool:
    """Whether a path is that of a picture file beside the deck or in a folder there, on every system."""
    return (
        not leads_out(path)
        and PurePosixPath(path).suffix.lower() in _ENDINGS
        and not any(part.startswith(".") or part != part.strip() or not part for part in path.split("/"))
        and not any(sign in path for sign in ':*?"<>|\n\t')
    )


def leads_out(path: str) -> bool:
    """Whether a path may be that of a file elsewhere than beside the deck or in a folder there."""
    windows = PureWindowsPath(path)
    return (
        not 0 < len(path) <= _LONGEST
        or bool(windows.drive or windows.root)
        or ".." in windows.parts
        or "\\" in path
        or "://" in path
        or unsafe_character(path) is not None
    )
