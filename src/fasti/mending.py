"""`fasti check --fix`: what is certain, mended in the files character by character."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from fasti.checking import Checked, check_files
from fasti.decks.changes import changed
from fasti.decks.find import deck_bytes, deck_files
from fasti.decks.page import decoded, encoded
from fasti.errors import FastiError
from fasti.lints.lint import Speller
from fasti.whole_file import writing

ROUNDS = 5
"""How often the decks are checked again, because what is mended may show what it had hidden."""


class ChangedMeanwhileError(FastiError):
    """A deck file that somebody else changed after it was read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"`{path}` has changed since it was read, so nothing was written to it",
            "save it in your editor, then try again",
        )


class Mended(NamedTuple):
    """A deck file as it was and as it would be, and how many problems that mends."""

    path: Path
    before: bytes
    after: bytes
    problems: int


class Mending(NamedTuple):
    """The files that something can be mended in, and what is found in all of them once it is."""

    files: tuple[Mended, ...]
    left: list[Checked]


def mended(paths: Iterable[Path], *, spelling: Speller | None = None) -> Mending:
    """What would certainly mend the decks that these files and folders hold; nothing is written.

    Raises FastiError where a path is no file, or a folder has no deck.
    """
    read = [(path, deck_bytes(path)) for path in deck_files(paths)]
    now = [data for _, data in read]
    counts = [0] * len(read)
    for _ in range(ROUNDS):
        checked = check_files(_files(read, now), spelling=spelling, fixes=True)
        before = list(now)
        for number, each in enumerate(checked):
            now[number] = _with_fixes(each)
            if now[number] != before[number]:
                counts[number] += sum(bool(problem.fix) for problem in each.problems)
        if now == before:
            break
    else:
        checked = check_files(_files(read, now), spelling=spelling, fixes=True)
    files = (
        Mended(path, data, new, count)
        for (path, data), new, count in zip(read, now, counts, strict=True)
        if new != data
    )
    return Mending(tuple(files), checked)


def write(mended: Mended) -> None:
    """Put the file as it would be in the place of the one that was, unless that has changed.

    Raises ChangedMeanwhileError or WriteError; then the file is as it was.
    """
    with writing(mended.path) as new:
        new.write_bytes(mended.after)
        if deck_bytes(mended.path) != mended.before:
            raise ChangedMeanwhileError(mended.path)


def diff(mended: Mended) -> Iterator[str]:
    """The lines of a unified diff from the file as it was to the file as it would be, each with its ending."""
    before, after = _lines(mended.before), _lines(mended.after)
    name = mended.path.as_posix()
    for number, line in enumerate(difflib.unified_diff(before, after, name, name)):
        if number < 2 or line.endswith(("\n", "\r")):
            yield line
        else:
            yield f"{line}\n\\ No newline at end of file\n"


def _files(read: Sequence[tuple[Path, bytes]], now: Sequence[bytes]) -> Iterator[tuple[Path, bytes]]:
    return ((path, data) for (path, _), data in zip(read, now, strict=True))


def _with_fixes(checked: Checked) -> bytes:
    """The file with what can be mended at once; the same bytes where that is nothing."""
    text = decoded(checked.data)
    changes = dict.fromkeys(change for problem in checked.problems for change in problem.fix)
    if not changes or not isinstance(text, str) or encoded(text, checked.data) != checked.data:
        return checked.data
    return encoded(changed(text, changes), checked.data)


# Not `str.splitlines`, which ends lines at characters that editors do not.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def _lines(data: bytes) -> list[str]:
    text = decoded(data)
    return _LINE.findall(text) if isinstance(text, str) else []
