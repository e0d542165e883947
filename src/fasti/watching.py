"""`fasti watch`: deck files looked at again and again, and what is different since the last look.

Files are asked for their size, time and number a few times a second. Notifications of the system would
spare that, but they are silent on network drives, differ on each system, and need a library; a deck
is one file, and asking for it takes some microseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from fasti.decks.find import deck_bytes, deck_files
from fasti.differences import Difference, difference
from fasti.errors import FastiError
from fasti.previewing import Preview, fact_json, previews, problem_json

PAUSE_S = 0.3
"""Seconds between two looks."""

_SETTLED = 1
_EMPTY_SETTLED = 5
_ABSENT_SETTLED = 4
_LOOKS_AFTER = 8


class Stamp(NamedTuple):
    """What a file system says of a file: a save changes one of these, most of the time."""

    mtime_ns: int
    size: int
    inode: int


class Settled(NamedTuple):
    """Files that are as they will be for a moment: to be read, and those that are gone."""

    read: tuple[Path, ...]
    gone: tuple[Path, ...]


class Settling:
    """Tells when files have settled after a change. Pure: it is fed what each look saw.

    A file is read when it was the same in two looks; an empty one, which an editor may be about to fill,
    and one that is away, which an editor may be about to put back, after some more. For some looks after
    a change it is read again, because two saves within the clock tick of a file system leave one stamp.
    """

    def __init__(self) -> None:
        self._last: dict[Path, Stamp | None] = {}
        self._same: dict[Path, int] = {}

    def feed(self, seen: Mapping[Path, Stamp | None]) -> Settled:
        """What has settled with this look; a file that is not in `seen` is away."""
        read, gone = [], []
        for path in [*seen, *(path for path in self._last if path not in seen)]:
            stamp = seen.get(path)
            is_same = path in self._last and self._last[path] == stamp
            self._same[path] = self._same[path] + 1 if is_same else 0
            self._last[path] = stamp
            if stamp is None:
                if self._same[path] == _ABSENT_SETTLED:
                    gone.append(path)
                continue
            wait = _SETTLED if stamp.size else _EMPTY_SETTLED
            if wait <= self._same[path] <= _LOOKS_AFTER:
                read.append(path)
        return Settled(tuple(read), tuple(gone))


class News(NamedTuple):
    """What became of a file: `what` is `saved`, `new`, `gone`, `back` or `unreadable`.

    `preview` is the file as it is now, None where there is none to be read.
    """

    path: Path
    what: str
    difference: Difference
    preview: Preview | None
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti watch --json` prints, one object a line."""
        difference = self.difference
        return {
            "version": 1,
            "path": str(self.path),
            "what": self.what,
            "reason": self.reason or None,
            "solved": [problem_json(problem) for problem in difference.solved],
            "problems": [problem_json(problem) for problem in difference.new_problems],
            "changed": [fact_json(each) for each in difference.changed],
            "new": [fact_json(each) for each in difference.new],
            "gone": list(difference.gone),
            "held": list(difference.held),
            "left": len(self.preview.problems) if self.preview else 0,
        }


@dataclass(slots=True)
class Watch:
    """A file, or the decks of a folder, and how they were at the last look."""

    path: Path
    previews: dict[Path, Preview] = field(default_factory=dict)
    _told: dict[Path, bytes] = field(default_factory=dict)
    _away: dict[Path, Preview] = field(default_factory=dict)
    _settling: Settling = field(default_factory=Settling)

    def begin(self) -> list[Preview]:
        """The decks as they are now. Raises FastiError where there is none."""
        files = deck_files([self.path])
        self._told = {path: deck_bytes(path) for path in files}
        shown = previews(files)
        self.previews = {each.path: each for each in shown}
        self._settling.feed(_stamps(files))
        return shown

    def look(self) -> list[News]:
        """What is new since the last look, in the order of the files."""
        files = self._files()
        settled = self._settling.feed(_stamps(files))
        news = [self._lost(path) for path in settled.gone if path in self._told]
        saved: list[Path] = []
        for path in settled.read:
            try:
                data = deck_bytes(path)
            except FastiError as error:
                if path in self._told:
                    news.append(self._lost(path, "unreadable", str(error)))
                continue
            if self._told.get(path) != data:
                self._told[path] = data
                saved.append(path)
        return [*news, *self._read(saved)] if saved or news else []

    def _files(self) -> list[Path]:
        if not self.path.is_dir():
            return [self.path]
        try:
            return deck_files([self.path])
        except FastiError:
            return []

    def _lost(self, path: Path, what: str = "gone", reason: str = "") -> News:
        """A file that is away: how it was is kept, so that only what changed is told when it is back."""
        del self._told[path]
        if (preview := self.previews.pop(path, None)) is not None:
            self._away[path] = preview
        return News(path, what, Difference(), None, reason)

    def _read(self, saved: Sequence[Path]) -> list[News]:
        """Check all the files that are there: what one says can be wrong because of another."""
        try:
            shown = previews(path for path in self._files() if path in self._told and path.exists())
        except FastiError:
            for path in saved:
                del self._told[path]  # it went while it was read; the next look tells
            return []
        news = []
        for each in shown:
            before = self.previews.get(each.path) or self._away.get(each.path)
            found = difference(before, each)
            if each.path in saved:
                what = "back" if each.path in self._away else "saved" if before else "new"
                news.append(News(each.path, what, found, each))
            elif not found.is_nothing:
                news.append(News(each.path, "saved", found, each))
        self.previews = {each.path: each for each in shown}
        for path in saved:
            self._away.pop(path, None)
        return news


def _stamps(files: Iterable[Path]) -> dict[Path, Stamp | None]:
    return {path: _stamp(path) for path in files}


def _stamp(path: Path) -> Stamp | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return Stamp(stat.st_mtime_ns, stat.st_size, stat.st_ino)
