"""`fasti deck pin`: the ids that facts go by, written into their files, so that every word may change.

A deck of the library gets the ids that the library remembers, so that progress stays where it is; another
one those that its first `fasti add` would give it on any machine.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.facts import Deck, Fact, Place
from fasti.core.kinds import BUILT_IN
from fasti.core.links import title_of
from fasti.decks.find import deck_bytes
from fasti.decks.id_lines import NoPlaceError, with_ids
from fasti.decks.page import decoded
from fasti.decks.read import read_deck_bytes
from fasti.editions import decks_in
from fasti.edits import Edit, Remembered
from fasti.errors import FastiError
from fasti.likeness import similar
from fasti.settings import stored_path
from fasti.shelves import Clock, DeckFile, Shelf, joined, shelves, without_copies
from fasti.shelving import plan_shelves
from fasti.store import catalogue
from fasti.store.database import Database
from fasti.together import Row, plan_together
from fasti.whole_file import writing

if TYPE_CHECKING:
    from sqlalchemy import Connection


class UnpinnableError(FastiError):
    """A file into which no id can be written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"`{path}` gets no ids: {why}", f"`fasti check {path}` says what is wrong with it")


class ChangedMeanwhileError(FastiError):
    """A file that somebody else wrote while ids were sought for it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"`{path}` changed in the meantime; nothing was written",
            "save it in your editor, then pin it again",
        )


class Pin(NamedTuple):
    """An id for a fact, which begins on this line of the file as it was; None where it gets none."""

    line: int
    id: str | None
    title: str


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A deck file before and after.

    `deck` is the deck's id, and `names_deck` says that it is written too. `already` facts have an id,
    `damaged` ones are in error and get none.
    """

    path: Path
    deck: str
    names_deck: bool
    pins: tuple[Pin, ...]
    already: int
    damaged: int
    before: bytes
    after: bytes

    @property
    def written(self) -> tuple[Pin, ...]:
        """The facts that get an id."""
        return tuple(pin for pin in self.pins if pin.id)

    @property
    def left(self) -> tuple[Pin, ...]:
        """The facts that should have one and get none."""
        return tuple(pin for pin in self.pins if not pin.id)

    @property
    def is_whole(self) -> bool:
        """Whether every fact of the file has an id now."""
        return not self.left and not self.damaged

    def as_json(self) -> dict[str, Any]:
        """What `fasti deck pin --json` prints of a file."""
        return {
            "path": str(self.path),
            "deck": self.deck,
            "names_deck": self.names_deck,
            "pinned": [pin._asdict() for pin in self.written],
            "left": [{"line": pin.line, "title": pin.title} for pin in self.left],
            "already": self.already,
            "damaged": self.damaged,
        }

    def difference(self) -> list[str]:
        """What changes, as a unified diff; the lines without their ends."""
        before, after = _keeping_ends(self.before), _keeping_ends(self.after)
        name = self.path.as_posix()
        lines: list[str] = []
        for line in difflib.unified_diff(before, after, f"{name} (as it is)", f"{name} (with ids)"):
            lines.append(line.rstrip("\r\n"))
            if not line.endswith(("\n", "\r")):
                lines.append("\\ No newline at end of file")
        return lines


def pinned(paths: Sequence[Path], database: Database | None, clock: Clock) -> list[PinnedFile]:
    """These deck files, and those in folders, with ids for all facts; nothing is written.

    `database` is the library, in step with its files. Raises UnpinnableError, or another FastiError where a
    path holds no deck.
    """
    files = {stored_path(path): (path, deck_bytes(path)) for each in paths for path in decks_in(each)}
    read = {
        stored: DeckFile(stored, len(data), 0, "", read_deck_bytes(data, path.stem))
        for stored, (path, data) in files.items()
    }
    for stored, file in read.items():
        if file.reading.deck is None:
            raise UnpinnableError(files[stored][0], "it is not a deck")
    names = _names(read, database, clock)
    return [_pinned(*files[stored], read[stored], names) for stored in files]


def write(file: PinnedFile) -> None:
    """Write a file's ids into it. Raises ChangedMeanwhileError, and WriteError where it cannot be written."""
    if file.after == file.before:
        return
    with writing(file.path) as new:
        new.write_bytes(file.after)
        if deck_bytes(file.path) != file.before:
            raise ChangedMeanwhileError(file.path)


class _Names(NamedTuple):
    """What each file's deck is called, and each fact by its file and place."""

    decks: Mapping[str, str]
    facts: Mapping[tuple[str, Place], str]


def _names(read: Mapping[str, DeckFile], database: Database | None, clock: Clock) -> _Names:
    if database is None:
        return _at_first_sight(read, clock)
    with database.reading() as connection:
        return _remembered(connection, read, clock)


def _at_first_sight(read: Mapping[str, DeckFile], clock: Clock) -> _Names:
    """The names that a library gives to decks that it meets for the first time."""
    found = _alone(read)
    rows = [Row(shelf.deck, shelf.sources, Remembered((), {})) for shelf in found]
    edits = plan_together(rows, lambda *_: Remembered((), {}), similar, clock.now_ms)
    return _joined_names(found, edits)


def _remembered(connection: "Connection", read: Mapping[str, DeckFile], clock: Clock) -> _Names:
    """The names that the library has for what is in it; a file that is not in it is taken for its deck's next edition."""
    stored = {file.path: file for file in catalogue.files(connection)}
    inside = {path: file for path, file in read.items() if path in stored}
    outside = {path: file for path, file in read.items() if path not in stored}
    found = [*shelves(connection, stored, inside, clock)[0], *_alone(outside)]
    return _joined_names(found, plan_shelves(connection, found, clock))


def _alone(read: Mapping[str, DeckFile]) -> list[Shelf]:
    """Decks that are made of these files and of no others."""
    by_deck: dict[str, list[DeckFile]] = {}
    for file in read.values():
        if file.reading.deck:
            by_deck.setdefault(file.reading.deck.id, []).append(file)
    found: list[Shelf] = []
    for name, files in by_deck.items():
        sources = without_copies([file.source for file in files])
        deck = joined(name, sources) or Deck(name, name, ())
        found.append(Shelf(deck, tuple(sources), tuple(files), (), None))
    return found


def _joined_names(shelves: Sequence[Shelf], edits: Sequence[Edit]) -> _Names:
    return _Names(
        {source.path: shelf.deck.id for shelf in shelves for source in shelf.sources},
        {(match.stored.path, match.place): match.stored.id for edit in edits for match in edit.matches},
    )


def _pinned(path: Path, data: bytes, file: DeckFile, names: _Names) -> PinnedFile:
    deck = file.reading.deck
    facts: Sequence[Fact] = deck.facts if deck else ()
    kinds = {**BUILT_IN, **(deck.kinds if deck else {})}
    name = names.decks[file.path]
    bare = [fact for fact in facts if fact.id is None]
    ids = {
        fact.place: names.facts[file.path, fact.place]
        for fact in bare
        if (file.path, fact.place) in names.facts
    }
    own = name if deck and not deck.named else None
    if not ids and own is None:
        written, left = None, set[Place]()
    else:
        try:
            written = with_ids(data, ids, own, path.stem)
        except NoPlaceError as error:
            raise UnpinnableError(path, str(error)) from error
        left = set(written.left)
    pins = tuple(
        Pin(
            fact.place.line,
            None if fact.place in left else ids.get(fact.place),
            title_of(fact, kinds[fact.kind]),
        )
        for fact in bare
    )
    return PinnedFile(
        path=path,
        deck=name,
        names_deck=bool(written and written.deck),
        pins=pins,
        already=len(facts) - len(bare),
        damaged=len(file.reading.damaged),
        before=data,
        after=written.data if written else data,
    )


def _keeping_ends(data: bytes) -> list[str]:
    text = decoded(data)
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text) if isinstance(text, str) else []
