"""`fasti new`: a deck file that was not there before, from examples or from a teacher's plain notes."""

from pathlib import Path
from typing import Any, NamedTuple

from fasti.core.facts import Problem
from fasti.decks.find import ENDINGS
from fasti.decks.notes.draft import Draft, drafted
from fasti.decks.notes.read import read_notes
from fasti.decks.page import decoded
from fasti.decks.schema import SCHEMA_FILE, schema_text
from fasti.decks.starting import starting_deck, title_from
from fasti.errors import ExitCode, FastiError


class ExistsError(FastiError):
    """A file that is there already; nothing is ever written over it."""

    exit_code = ExitCode.USAGE

    def __init__(self, path: Path) -> None:
        advice = f"give another name; `fasti fact {path}` adds a fact to it"
        if path.suffix.lower() not in ENDINGS:
            advice = f"to make a deck of it: `fasti new {path.with_suffix('.yaml')} --from {path}`"
        super().__init__(f"`{path}` is there already, and is left as it is", advice)


class NoPlaceError(FastiError):
    """A path at which no deck file can be."""

    exit_code = ExitCode.USAGE


class NotTextError(FastiError):
    """Notes that are no plain text."""

    exit_code = ExitCode.USAGE


class NothingRecognisedError(FastiError):
    """Notes in which no line is a fact."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no line of `{name}` was recognised as a fact",
            "lines such as `1962-10-22: Kennedy announces the quarantine` or `quarantine: a naval blockade` are;"
            " without `--from` a deck of examples is written",
        )


class Begun(NamedTuple):
    """A deck that was begun: where, how many facts it has, which lines of the notes are comments in it.

    `schema` is the file for editors, None where it was there already.
    """

    path: Path
    title: str
    facts: int
    draft: Draft | None
    schema: Path | None

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti new --json` prints."""
        kept = self.draft.kept if self.draft else ()
        return {
            "version": 1,
            "path": str(self.path),
            "title": self.title,
            "facts": self.facts,
            "kept": [{"line": each.number, "text": "\n".join(each.raw), "why": each.why} for each in kept],
            "schema": str(self.schema) if self.schema else None,
        }


def begin(path: Path, title: str = "") -> Begun:
    """Write a deck of examples. Raises ExistsError or NoPlaceError; nothing is written then."""
    path = free_path(path)
    title = title.strip() or title_from(path.stem)
    text = starting_deck(title)
    schema = _write_schema(path)
    _write_new(path, text)
    return Begun(path, title, text.count("\n  - "), None, schema)


def begin_from(path: Path, notes: bytes, name: str, title: str = "") -> Begun:
    """Write a deck made of plain notes; `name` is what the notes are called.

    Raises NotTextError, NothingRecognisedError, ExistsError or NoPlaceError; nothing is written then.
    """
    path = free_path(path)
    read = read_notes(_text(notes, name))
    title = title.strip() or read.title or title_from(path.stem)
    draft = drafted(read, title, name)
    if not draft.facts:
        raise NothingRecognisedError(name)
    schema = _write_schema(path)
    _write_new(path, draft.text)
    return Begun(path, title, draft.facts, draft, schema)


def free_path(path: Path) -> Path:
    """The path with the ending of a deck. Raises ExistsError or NoPlaceError where no new file can be."""
    if path.exists() and not path.is_dir():
        raise ExistsError(path)
    if path.is_dir():
        raise NoPlaceError(f"`{path}` is a folder", f"name a file in it: `fasti new {path / 'my-deck.yaml'}`")
    if path.suffix.lower() not in ENDINGS:
        path = path.with_name(f"{path.name}.yaml")
    if path.exists():
        raise ExistsError(path)
    if not path.parent.is_dir():
        raise NoPlaceError(f"there is no folder `{path.parent}`", "make it first, or give another name")
    return path


_FORMATS = {
    b"PK\x03\x04": "a document of Word, LibreOffice or the like",
    b"\xd0\xcf\x11\xe0": "an old document of Word",
    b"{\\rtf": "a document in RTF",
    b"%PDF": "a PDF",
}


def _text(notes: bytes, name: str) -> str:
    for sign, what in _FORMATS.items():
        if notes.startswith(sign):
            raise NotTextError(
                f"`{name}` is {what}, and no plain text", "save it as plain text, with the encoding UTF-8"
            )
    text = decoded(notes)
    if isinstance(text, Problem):
        raise NotTextError(f"`{name}`, line {text.place.line}: {text.message}")
    return text


def _write_new(path: Path, text: str) -> None:
    try:
        with path.open("xb") as file:
            file.write(text.encode())
    except FileExistsError as error:
        raise ExistsError(path) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise NoPlaceError(
            f"`{path}` cannot be written: {reason}", "give a name in another folder"
        ) from error


def _write_schema(deck: Path) -> Path | None:
    """Write the schema beside a deck; where a file of its name is, that one stays, and None is given."""
    path = deck.with_name(SCHEMA_FILE)
    try:
        _write_new(path, schema_text())
    except ExistsError:
        return None
    return path
