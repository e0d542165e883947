"""A deck wherever it is: a file, a folder, a zip file, in the library, or in an earlier state of a git checkout."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from fasti.core.facts import Deck
from fasti.decks.find import ENDINGS, LARGEST, NoDeckError, NoSuchFileError, deck_bytes, deck_files
from fasti.decks.read import Reading, read_deck_bytes
from fasti.errors import FastiError
from fasti.exchange.deck_zip import NoDeckInZipError, is_zip, open_deck_zip
from fasti.settings import BUNDLED_DECKS, bundled


class GitError(FastiError):
    """A revision, or a path in it, that git does not have."""


class NotADeckError(FastiError):
    """A file that cannot be read as a deck."""

    def __init__(self, path: str) -> None:
        super().__init__(f"`{path}` is not a deck", f"`fasti check {path}` says what is wrong with it")


class DeckText(NamedTuple):
    """A deck file: its path for people, and relative to what was named; and its bytes."""

    path: str
    name: str
    data: bytes

    @property
    def reading(self) -> Reading:
        """What the file says."""
        return read_deck_bytes(self.data, PurePosixPath(self.name).stem)


InLibrary = Callable[[str], Sequence[Path]]
"""The files of the library's deck of an id or title; none where it has no such deck."""


def deck_texts(where: str, in_library: InLibrary) -> list[DeckText]:
    """The deck files that a person means by a path, a deck's id or title, or `REVISION:PATH`.

    Raises FastiError where there is none.
    """
    path = Path(where)
    if _exists(path):
        return zipped_texts(path) if is_zip(path) else _on_disk(path)
    shipped = bundled("decks") / f"{where}.yaml"
    if files := [*in_library(where)]:
        return [DeckText(str(file), file.name, deck_bytes(file)) for file in files]
    if shipped.name in BUNDLED_DECKS:
        return [DeckText(str(shipped), shipped.name, deck_bytes(shipped))]
    revision, colon, rest = where.partition(":")
    if colon and revision and not revision.startswith("-"):
        return _in_git(revision, rest)
    raise NoSuchFileError(path)


def decks_in(path: Path) -> list[Path]:
    """A file as it is named; of a folder, the deck files that hold a fact. Raises FastiError where there is none."""
    files = deck_files([path])
    if not path.is_dir():
        return files
    found = [file for file in files if read_deck_bytes(deck_bytes(file), file.stem).holds_facts]
    if not found:
        raise NoDeckError(path)
    return found


def deck_paths(where: str, in_library: InLibrary) -> tuple[list[Path], Path | None]:
    """The deck files on disk that a person means by a path or a deck's id or title; the folder, if one was named.

    Raises FastiError where there is none.
    """
    path = Path(where)
    if _exists(path):
        return decks_in(path), path if path.is_dir() else None
    shipped = bundled("decks") / f"{where}.yaml"
    if files := [*in_library(where)]:
        return files, None
    if shipped.name in BUNDLED_DECKS:
        return [shipped], None
    raise NoSuchFileError(path)


def readable(texts: Sequence[DeckText]) -> list[tuple[str, Deck]]:
    """The decks that these files hold, each with its path. Raises NotADeckError for one that holds none."""
    found: list[tuple[str, Deck]] = []
    for text in texts:
        deck = text.reading.deck
        if deck is None:
            raise NotADeckError(text.path)
        found.append((text.path, deck))
    return found


def zipped_texts(path: Path) -> list[DeckText]:
    """The deck files in a zip file. Raises PackageError, and NoDeckInZipError where there is none."""
    with open_deck_zip(path) as zipped:
        texts = [DeckText(f"{path}/{name}", name, data) for name, data in zipped.decks.items()]
    found = [text for text in texts if text.reading.holds_facts]
    if not found:
        raise NoDeckInZipError(path)
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _on_disk(path: Path) -> list[DeckText]:
    base = path if path.is_dir() else path.parent
    return [
        DeckText(str(file), file.relative_to(base).as_posix(), deck_bytes(file)) for file in decks_in(path)
    ]


_LONGEST_S = 60


def _in_git(revision: str, rest: str) -> list[DeckText]:
    """The deck files of a revision at a path, which counts from the current folder."""
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise GitError(
            f"there is no file `{revision}:{rest}`, and no revision `{revision}` here",
            "write `REVISION:PATH` in a git checkout, such as `HEAD~1:deck.yaml`",
        )
    sha = commit.decode().strip()
    listed = _git("ls-tree", "-r", "-z", "--full-name", sha, "--", rest or ".") or b""
    found: list[DeckText] = []
    for row in filter(None, listed.split(b"\0")):
        head, _, name = row.partition(b"\t")
        mode, kind, blob = head.decode().split()
        path = PurePosixPath(name.decode(errors="replace"))
        hidden = any(part.startswith(".") or part == "node_modules" for part in path.parts)
        named = rest.endswith(path.name) and bool(path.suffix)
        if (
            kind != "blob"
            or mode == "120000"
            or (not named and (hidden or path.suffix.lower() not in ENDINGS))
        ):
            continue
        data = _git("cat-file", "blob", blob) or b""
        text = DeckText(f"{revision}:{path}", str(path), data[: LARGEST + 1])
        if named or text.reading.holds_facts:
            found.append(text)
    if not found:
        raise GitError(
            f"`{revision}` has no deck at `{rest or '.'}`", "paths count from the folder you are in"
        )
    return found


def _git(*arguments: str) -> bytes | None:
    """What git prints, or None where it refuses."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            capture_output=True,
            check=False,
            timeout=_LONGEST_S,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed here", "give two files instead") from error
    except subprocess.TimeoutExpired as error:
        raise GitError("git did not answer") from error
    return done.stdout if done.returncode == 0 else None
