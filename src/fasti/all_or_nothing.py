"""Several files written as one: if one fails, what was there before is there again."""

from pathlib import Path
from shutil import copy2
from types import TracebackType
from typing import Self

from fasti.errors import FastiError
from fasti.settings import make_private_folder
from fasti.whole_file import writing


class UnwrittenError(FastiError):
    """A file, or its folder, that the system will not let us write."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"`{path}` cannot be written: {error.strerror or error}")


class AllOrNothing:
    """Writes files, and takes them back if the block ends in an error.

    New ones are for their owner alone where they are `private`, else for whom the system's umask says.
    """

    def __init__(self, *, private: bool = False) -> None:
        self._private = private
        self._made: list[Path] = []
        self._folders: list[Path] = []
        self._before: dict[Path, bytes] = {}
        self.kept: list[Path] = []
        """Copies of files that were written over."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._take_back()

    def put(self, path: Path, data: bytes, *, keep: bool) -> None:
        """Write a file; with `keep`, one that is there already stays under another name."""
        try:
            self._make_folder(path.parent)
            if not path.exists():
                self._made.append(path)
            elif keep:
                self.kept.append(_aside(path))
                copy2(path, self.kept[-1])
            else:
                self._before[path] = path.read_bytes()
        except OSError as error:
            raise UnwrittenError(path, error) from error
        with writing(path) as new:
            if self._private:
                new.touch(mode=0o600)
            new.write_bytes(data)

    def _make_folder(self, folder: Path) -> None:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        if self._private:
            make_private_folder(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self._folders += missing

    def _take_back(self) -> None:
        for path in self._made:
            path.unlink(missing_ok=True)
        for path, data in self._before.items():
            path.write_bytes(data)
        for folder in self._folders:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _aside(path: Path) -> Path:
    """A name that is free for what a file held until now."""
    aside, number = path.with_name(f"{path.name}.old"), 2
    while aside.exists():
        aside = path.with_name(f"{path.name}.old{number}")
        number += 1
    return aside
