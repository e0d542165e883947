"""`fasti add deck.zip`: decks and their pictures out of a zip file, into a folder beside the learner's data.

A newer zip file of the same decks goes into the same folder: the decks stay the same decks, with their
progress. What a learner changed in the folder is kept under another name.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fasti.all_or_nothing import AllOrNothing
from fasti.core.text import slug
from fasti.edits import Report
from fasti.errors import FastiError
from fasti.exchange.deck_zip import DeckZip, NoDeckInZipError, open_deck_zip
from fasti.exchange.file_names import file_name_of
from fasti.library import add_files
from fasti.settings import deck_path
from fasti.shelves import Clock, DeckFile, file_of, keys_of
from fasti.store import catalogue
from fasti.store.database import Database

if TYPE_CHECKING:
    from sqlalchemy import Connection


class FollowedElsewhereError(FastiError):
    """A deck that the library has from another file."""

    def __init__(self, deck: str, path: Path) -> None:
        super().__init__(
            f"the deck `{deck}` is in your library already, from `{path}`",
            f"change that file instead, or `fasti remove {deck}` first: its progress waits",
        )


class SeveralHomesError(FastiError):
    """A zip file of decks that came in several."""

    def __init__(self, decks: Sequence[str]) -> None:
        names = ", ".join(f"`{deck}`" for deck in decks)
        super().__init__(
            f"the decks {names} came in zip files of their own",
            "`fasti remove` all but one of them first: their progress waits",
        )


class Unpacked(NamedTuple):
    """What a zip file brought: where its decks are now, and what that meant for the library.

    `kept` are copies of files that the learner had changed; `left_out` members were neither decks nor pictures.
    """

    folder: Path
    reports: Sequence[Report]
    kept: Sequence[Path]
    left_out: int


def unpack(
    database: Database, archive: Path, base: Path, learner: str, clock: Clock, *, dry_run: bool = False
) -> Unpacked:
    """Bring the decks of a zip file into the library, each zip file in a folder of its own under `base`.

    Raises FastiError where it cannot or must not be unpacked; then nothing was written.
    """
    with open_deck_zip(archive) as zipped:
        plan = _planned(database, archive, zipped, base)
        if dry_run:
            reports = add_files(database, plan.decks, plan.withdrawn, learner, clock, dry_run=True)
            return Unpacked(plan.folder, reports, (), plan.left_out)
        with AllOrNothing(private=True) as files:
            marks = _written(files, plan)
            files.put(plan.folder / _MARKS, _marks_text(marks), keep=False)
            reports = add_files(database, plan.decks, plan.withdrawn, learner, clock)
    for path in plan.withdrawn:
        path.unlink(missing_ok=True)
    return Unpacked(plan.folder, reports, files.kept, plan.left_out)


_MARKS = ".fasti.json"
"""The file in which it is kept what was unpacked, to tell what a learner changed since."""


class _Plan(NamedTuple):
    """What goes where. `marks` are the digests of what was unpacked there last, by name."""

    folder: Path
    decks: Mapping[Path, bytes]
    pictures: Mapping[Path, Callable[[], bytes]]
    withdrawn: Sequence[Path]
    marks: Mapping[str, str]
    left_out: int


def _planned(database: Database, archive: Path, zipped: DeckZip, base: Path) -> _Plan:
    read = {name: file_of(f"{archive.stem}/{name}", data) for name, data in zipped.decks.items()}
    decks = {name: file for name, file in read.items() if file.reading.holds_facts}
    if not decks:
        raise NoDeckInZipError(archive)
    with database.reading() as connection:
        folder = _home(connection, base.absolute(), archive, list(decks.values()))
    new = {folder / name: zipped.decks[name] for name in decks}
    marks = _marks(folder)
    here = [folder / name for name in marks if Path(name).suffix.lower() in {".yaml", ".yml"}]
    return _Plan(
        folder,
        new,
        {folder / name: picture for name, picture in zipped.pictures.items()},
        [path for path in here if path not in new and path.is_file()],
        marks,
        zipped.left_out + len(read) - len(decks),
    )


def _home(connection: "Connection", base: Path, archive: Path, files: Sequence[DeckFile]) -> Path:
    """The folder that these decks have already; else one that holds most of their facts; else a new one."""
    ids = list(dict.fromkeys(file.reading.deck.id for file in files if file.reading.deck))
    homes: dict[Path, str] = {}
    folders: dict[Path, list[str]] = {}
    for stored in catalogue.files(connection):
        path = deck_path(stored.path)
        inside = path.is_relative_to(base)
        if stored.deck in ids and not inside and path.is_file():
            raise FollowedElsewhereError(stored.deck, path)
        if inside:
            folder = base / path.relative_to(base).parts[0]
            folders.setdefault(folder, []).append(stored.deck)
            if stored.deck in ids:
                homes.setdefault(folder, stored.deck)
    if len(homes) > 1:
        raise SeveralHomesError(sorted(homes.values()))
    for folder, decks in folders.items():
        if folder in homes or (not homes and _is_edition(connection, decks, files)):
            return folder
    return base / file_name_of(ids[0] if len(ids) == 1 else slug(archive.stem) or ids[0])


def _is_edition(connection: "Connection", decks: Collection[str], files: Sequence[DeckFile]) -> bool:
    """Whether at least half of the facts of these decks are in these files: less is another deck."""
    known = {
        (fact.kind, fact.key)
        for deck in set(decks)
        for fact in catalogue.facts(connection, deck)
        if fact.retired_ms is None
    }
    here = {key for file in files for key in keys_of(file)}
    return bool(known) and 2 * len(known & here) >= len(known)


def _written(files: AllOrNothing, plan: _Plan) -> dict[str, str]:
    """Write decks and pictures; the digest of each by its name."""
    marks: dict[str, str] = {}
    everything: list[tuple[Path, Callable[[], bytes]]] = [
        *((path, lambda data=data: data) for path, data in plan.decks.items()),
        *plan.pictures.items(),
    ]
    for path, read in everything:
        data = read()
        name = path.relative_to(plan.folder).as_posix()
        marks[name] = _digest(data)
        if _is_there(path, data):
            continue
        files.put(path, data, keep=path.exists() and _mark_of(path) != plan.marks.get(name))
    for path in plan.withdrawn:
        name = path.relative_to(plan.folder).as_posix()
        if _mark_of(path) != plan.marks.get(name):
            files.put(path.with_name(f"{path.name}.old"), path.read_bytes(), keep=True)
    return marks


def _is_there(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _mark_of(path: Path) -> str:
    return _digest(path.read_bytes()) if path.is_file() else ""


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _marks_text(marks: Mapping[str, str]) -> bytes:
    return json.dumps({"version": 1, "files": marks}, indent=1, sort_keys=True).encode()


def _marks(folder: Path) -> dict[str, str]:
    """What was unpacked into a folder; nothing where that is not known, and then all that is there is kept."""
    try:
        files = json.loads((folder / _MARKS).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    if not isinstance(files, dict):
        return {}
    return {
        name: mark
        for name, mark in files.items()
        if isinstance(mark, str) and (folder / name).resolve().is_relative_to(folder.resolve())
    }
