"""`fasti deck pack`: a deck and its pictures as one file to hand out, the same bytes wherever it is made."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from fasti.core.facts import Deck
from fasti.decks.find import deck_bytes
from fasti.decks.read import read_deck_bytes
from fasti.editions import NotADeckError
from fasti.errors import ExitCode, FastiError
from fasti.exchange.deck_zip import OURS, write_deck_zip
from fasti.exchange.file_names import file_name_of, is_file_name
from fasti.pictures import PictureError, picture_of
from fasti.pinning import pinned
from fasti.settings import stored_path
from fasti.shelves import Clock
from fasti.store import catalogue
from fasti.store.database import Database
from fasti.whole_file import is_folder


class UnpackableError(FastiError):
    """A deck that would not arrive as it is."""


class PackNameError(FastiError):
    """A file name under which a packed deck would be of no use, or would replace something else."""

    exit_code = ExitCode.USAGE


class PackedDeck(NamedTuple):
    """A deck that was packed."""

    deck: str
    title: str
    facts: int


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed into `path`.

    `ids_written` facts have an id in the packed copy that they lack in their file; `without_id` have none in
    either, because the library does not have their deck.
    """

    path: Path
    decks: Sequence[PackedDeck]
    pictures: int
    size: int
    ids_written: int
    without_id: int

    def as_json(self) -> dict[str, Any]:
        """What `fasti deck pack --json` prints."""
        return {
            "version": 1,
            "path": str(self.path),
            "decks": [deck._asdict() for deck in self.decks],
            "pictures": self.pictures,
            "bytes": self.size,
            "ids_written": self.ids_written,
            "without_id": self.without_id,
        }


def pack(
    files: Sequence[Path],
    base: Path | None,
    to: Path | None,
    database: Database | None,
    clock: Clock,
    *,
    replacing: bool = False,
) -> Packed:
    """Write these deck files and their pictures into one zip file.

    `base` is the folder that was named, whose layout is kept. `to` is the file or its folder, else it is called
    by the deck's id, here. Facts of a deck of the library go with the ids that the library knows them by, so that
    a later edition finds them; the author's file is left alone. Raises FastiError.
    """
    copies = [_copy(path, database, clock) for path in files]
    names = _names(copies, base)
    contents: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    for copy in copies:
        name = names[copy.path]
        contents[name] = copy.data
        pictures |= _pictures(copy, PurePosixPath(name).parent)
    path = _path(to, _title_of(copies, base))
    _check_place(path, replacing=replacing)
    write_deck_zip(path, {**pictures, **contents})
    return Packed(
        path,
        [PackedDeck(copy.deck.id, copy.deck.title, len(copy.deck.facts)) for copy in copies],
        len(pictures),
        path.stat().st_size,
        sum(copy.ids_written for copy in copies),
        sum(copy.without_id for copy in copies),
    )


class _Copy(NamedTuple):
    """A deck file as it is packed."""

    path: Path
    deck: Deck
    data: bytes
    ids_written: int
    without_id: int


def _copy(path: Path, database: Database | None, clock: Clock) -> _Copy:
    data = deck_bytes(path)
    reading = read_deck_bytes(data, path.stem)
    if reading.deck is None:
        raise NotADeckError(str(path))
    if any(problem.severity == "error" for problem in reading.problems):
        raise UnpackableError(
            f"`{path}` has errors, and students would not get those facts", f"`fasti check {path}` names them"
        )
    bare = sum(fact.id is None for fact in reading.deck.facts)
    if database is None or not (bare or not reading.deck.named):
        return _Copy(path, reading.deck, data, 0, bare)
    (with_ids,) = pinned([path], database, clock)
    with database.reading() as connection:
        known = catalogue.deck(connection, with_ids.deck)
    if known is None or known.removed_ms is not None:
        return _Copy(path, reading.deck, data, 0, bare)
    deck = read_deck_bytes(with_ids.after, path.stem).deck or reading.deck
    return _Copy(path, deck, with_ids.after, len(with_ids.written), len(with_ids.left))


def _names(copies: Sequence[_Copy], base: Path | None) -> dict[Path, str]:
    """What each file is called in the zip file: by the deck's id, so that the next edition has the same name.

    Of several files, each as in the folder that was named, else in one folder for each that they come from.
    """
    if len(copies) == 1:
        return {copies[0].path: f"{file_name_of(copies[0].deck.id)}.yaml"}
    folders = {copy.path.parent: "" for copy in copies}
    if base is None and len(folders) > 1:
        folders = {
            folder: f"{number}-{file_name_of(folder.name)}/" for number, folder in enumerate(folders, 1)
        }
    names: dict[Path, str] = {}
    for copy in copies:
        if base is not None:
            parts = copy.path.relative_to(base).parts
            folder = "".join(f"{file_name_of(part)}/" for part in parts[:-1])
        else:
            folder = folders[copy.path.parent]
        names[copy.path] = f"{folder}{file_name_of(copy.path.stem)}{copy.path.suffix.lower()}"
    if len({name.casefold() for name in names.values()}) < len(names):
        raise UnpackableError(
            "two of the deck files have one name, but for capitals and signs", "give them other names"
        )
    return names


def _pictures(copy: _Copy, folder: PurePosixPath) -> dict[str, bytes]:
    """The pictures that a deck names, by the names that lead to them in the zip file."""
    found: dict[str, bytes] = {}
    stored = stored_path(copy.path)
    for image in dict.fromkeys(fact.image for fact in copy.deck.facts if fact.image):
        place = posixpath.normpath(PureWindowsPath(image).as_posix())
        try:
            data = picture_of(stored, image).read()
        except PictureError as error:
            raise UnpackableError(
                f"{error}: `{copy.path}` names it", "put it there, or correct its name"
            ) from error
        except OSError as error:
            raise UnpackableError(f"the picture `{image}` cannot be read: {error.strerror}") from error
        if not all(map(is_file_name, place.split("/"))):
            raise UnpackableError(
                f"the picture `{image}` has a name that not every computer takes",
                "rename it, and in the deck too",
            )
        found[(folder / place).as_posix()] = data
    return found


def _title_of(copies: Sequence[_Copy], base: Path | None) -> str:
    if len({copy.deck.id for copy in copies}) == 1 or base is None:
        return file_name_of(copies[0].deck.id)
    return file_name_of(base.resolve().name or "decks")


def _path(to: Path | None, name: str) -> Path:
    path = Path(f"{name}.zip") if to is None else to / f"{name}.zip" if is_folder(to) else to
    if path.suffix.lower() != ".zip":
        raise PackNameError(f"`{path.name}` is not a name for a zip file", "end it in `.zip`")
    return path


def _check_place(path: Path, *, replacing: bool) -> None:
    """Refuse to write over what is not a packed deck of ours."""
    if replacing or not path.exists() or _is_ours(path):
        return
    raise PackNameError(
        f"`{path}` is there already, and `fasti deck pack` did not write it",
        "give another name with `-o`, or say `--replace` if you do not need it",
    )


def _is_ours(path: Path) -> bool:
    try:
        with ZipFile(path) as packed:
            return packed.comment == OURS
    except (BadZipFile, OSError):
        return False
