"""Folders that are followed: which deck files appeared in them, and which are gone."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from fasti.decks.find import deck_files_below
from fasti.files import is_gone, unchanged

GONE = -1
"""The size of a file that is not there any more, which has been told."""


class SeenFile(Protocol):
    """A file as it was when it was read, and by which rules."""

    @property
    def path(self) -> str:
        """Where it is."""

    @property
    def size(self) -> int:
        """In bytes; GONE if it was not there and that was told."""

    @property
    def mtime_ns(self) -> int:
        """When it was changed."""

    @property
    def version(self) -> str:
        """By which rules it was read."""


class LeftOut(SeenFile, Protocol):
    """A file that is no part of the library, because it is no deck or its deck was removed."""

    @property
    def removed(self) -> bool:
        """Whether its deck was removed."""


class Look(NamedTuple):
    """Files that are new in followed folders, and files of the library that are there no longer."""

    arrived: list[str]
    gone: list[str]


def look(folders: Iterable[str], files: Iterable[SeenFile], left_out: Iterable[LeftOut]) -> Look:
    """What happened in these folders, of which the library knows these files.

    A folder that is not there, as on another computer or a network, says nothing.
    """
    sizes = {file.path: file.size for file in files}
    settled = {file.path for file in left_out if file.removed or _unchanged(file)}
    arrived: dict[str, None] = {}
    gone: dict[str, None] = {}
    for folder in folders:
        there = deck_files_below(Path(folder))
        if there is None:
            continue
        paths = dict.fromkeys(map(str, there))
        arrived |= dict.fromkeys(_new(paths, sizes, settled))
        missing = (path for path, size in sizes.items() if size != GONE and path not in paths)
        gone |= dict.fromkeys(path for path in missing if _is_gone(path, folder))
    return Look(list(arrived), list(gone))


def all_in_step(files: Collection[SeenFile], folders: Iterable[str], left_out: Iterable[LeftOut]) -> bool:
    """Whether no deck file changed since it was read, and nothing came or went in the followed folders."""
    if not all(map(_unchanged, files)):
        return False
    return look(folders, files, left_out) == ([], [])


def below(folder: str, paths: Iterable[str]) -> list[str]:
    """Those of these paths that lie in a folder or below."""
    return [path for path in paths if Path(path).is_relative_to(folder)]


def below_any(folders: Iterable[str], paths: Collection[str]) -> list[str]:
    """Those of these paths that lie in one of these folders or below."""
    return list(dict.fromkeys(path for folder in folders for path in below(folder, paths)))


def _new(paths: Iterable[str], sizes: Mapping[str, int], settled: Collection[str]) -> list[str]:
    """The files that the library does not know, under this name or another that leads to the same file."""
    unknown = [path for path in paths if path not in sizes and path not in settled]
    if not unknown:
        return []
    known = {Path(path).resolve() for path in sizes}
    return [path for path in unknown if Path(path).resolve() not in known]


def _is_gone(path: str, folder: str) -> bool:
    return Path(path).is_relative_to(folder) and is_gone(path)


def _unchanged(file: SeenFile) -> bool:
    return unchanged(file.path, file.size, file.mtime_ns, file.version)
