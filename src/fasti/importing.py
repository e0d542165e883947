"""`fasti import`: the decks of another program as deck files, and what a learner did there as log entries.

All is read and every place looked at before the first file is written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copy2
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.facts import Deck
from fasti.core.text import fingerprint
from fasti.decks.write import deck_text
from fasti.errors import FastiError
from fasti.exchange.collection import Collection
from fasti.exchange.converted import CardName, Converted
from fasti.exchange.foreign_facts import facts_of
from fasti.exchange.own_facts import facts_in
from fasti.exchange.own_note_reading import is_own
from fasti.exchange.read_package import open_collection
from fasti.exchange.spreadsheet import TableFacts, facts_in_table
from fasti.library import add
from fasti.settings import deck_path
from fasti.shelves import Clock
from fasti.store import catalogue
from fasti.store.database import Database
from fasti.taking_over import TakenOver, take_over
from fasti.whole_file import writing

if TYPE_CHECKING:
    from sqlalchemy import Connection


class DestinationError(FastiError):
    """A file that cannot be written without losing something."""


class NothingToImportError(FastiError):
    """A file in which there is no fact."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"`{path.name}` has no note that could become a fact")


class UnreadableTableError(FastiError):
    """A table that the system will not let us read, or that is too large to be one."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"`{path}` cannot be read: {why}")


_LARGEST_TABLE = 64 * 1024 * 1024


class Wishes(NamedTuple):
    """What an import is to do.

    `to` is the deck file, or the folder for several. With `replacing`, files that were edited are put aside
    as `….old` and written anew. With `progress`, the decks go into the library, and what was answered with them.
    """

    to: Path | None = None
    replacing: bool = False
    progress: bool = False
    dry_run: bool = False


class Arrival(NamedTuple):
    """A deck that came. `path` is where it goes, None where the library has it from the teacher's own file."""

    deck: Deck
    path: Path | None
    here: Path | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do."""

    arrivals: Sequence[Arrival]
    pictures: int = 0
    left_out: Sequence[str] = ()
    changed: Sequence[str] = ()
    taken: TakenOver | None = None

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti import --json` prints."""
        return {
            "version": 1,
            "decks": [
                {
                    "deck": arrival.deck.id,
                    "title": arrival.deck.title,
                    "facts": len(arrival.deck.facts),
                    "path": arrival.path and str(arrival.path),
                    "in_library": arrival.here and str(arrival.here),
                }
                for arrival in self.arrivals
            ],
            "pictures": self.pictures,
            "left_out": [*self.left_out, *(self.taken.left_out if self.taken else ())],
            "changed": list(self.changed),
            "answers": self.taken.reviews if self.taken else None,
            "placed": self.taken.placed if self.taken else None,
        }


@dataclass(frozen=True, slots=True)
class Importer:
    """Where imports go: a learner's library, at a moment. `offset_of` is the zone's offset at any moment, in minutes."""

    database: Database
    learner: str
    clock: Clock
    offset_of: Callable[[int], int]

    def collection(self, source: Path, wishes: Wishes) -> Imported:
        """Import an Anki package or a CrowdAnki folder. Raises FastiError, and then nothing was written."""
        with open_collection(source) as collection:
            own, foreign = _converted(collection, source)
            with self.database.reading() as connection:
                planner = _Planner(connection, wishes, several=len(own.decks) + len(foreign.decks) > 1)
                foreign = planner.apart(foreign)
                arrivals = [*map(planner.own, own.decks), *map(planner.foreign, foreign.decks)]
            found = _both(own, foreign)
            pictures = _pictures(arrivals, found.media, collection.media)
            result = Imported(
                arrivals,
                len(pictures.files),
                [*collection.left_out, *found.left_out, *pictures.left_out],
                found.changed,
            )
            if wishes.dry_run:
                return result
            for path, data in pictures.files.items():
                _put(path, data())
            _put_decks(arrivals)
            taken = self._take_over(collection, found, arrivals) if wishes.progress else None
            return replace(result, taken=taken)

    def table(self, found: TableFacts, wishes: Wishes) -> Imported:
        """Import a deck that was read from a table. Raises FastiError, and then nothing was written."""
        deck = found.deck
        with self.database.reading() as connection:
            planner = _Planner(connection, wishes, several=False)
            (deck,) = planner.apart(Converted([deck], {})).decks
            arrivals = [planner.foreign(deck)]
        if not wishes.dry_run:
            _put_decks(arrivals)
        return Imported(arrivals, left_out=found.problems)

    def _take_over(self, collection: Collection, found: Converted, arrivals: Sequence[Arrival]) -> TakenOver:
        paths = [arrival.path for arrival in arrivals if arrival.path is not None]
        if paths:
            add(self.database, paths, self.learner, self.clock)
        return take_over(self.database, self.learner, collection, found, self.offset_of)


def read_table(path: Path) -> TableFacts:
    """The deck in a table. Raises FastiError where the file cannot be read, or is no table of facts."""
    try:
        size = path.stat().st_size
        if size > _LARGEST_TABLE:
            raise UnreadableTableError(path, f"it has more than {_LARGEST_TABLE // (1024 * 1024)} MiB")
        return facts_in_table(path.read_bytes(), path.name)
    except OSError as error:
        raise UnreadableTableError(path, error.strerror or str(error)) from error


def _converted(collection: Collection, source: Path) -> tuple[Converted, Converted]:
    """The decks of notes that we wrote once, and of all others."""
    ours = {id for id, note_type in collection.note_types.items() if is_own(note_type)}
    theirs = [note for note in collection.notes if note.note_type not in ours]
    own = facts_in(collection) if ours else Converted((), {})
    foreign = Converted((), {})
    if theirs:
        there = {note.id for note in theirs}
        cards = [card for card in collection.cards if card.note in there]
        title = source.resolve().parent.name if source.name == "deck.json" else source.stem
        foreign = facts_of(collection._replace(notes=theirs, cards=cards), title)
    if not any(deck.facts for deck in (*own.decks, *foreign.decks)):
        raise NothingToImportError(source)
    return own, foreign


def _both(own: Converted, foreign: Converted) -> Converted:
    return Converted(
        [*own.decks, *foreign.decks],
        {**own.cards, **foreign.cards},
        {**own.guids, **foreign.guids},
        {**own.media, **foreign.media},
        [*own.left_out, *foreign.left_out],
        [*own.changed, *foreign.changed],
    )


class _Planner:
    """Finds the place of each deck that arrives."""

    def __init__(self, connection: "Connection", wishes: Wishes, *, several: bool) -> None:
        self._wishes = wishes
        self._to = wishes.to
        self._folder = wishes.to is not None and (wishes.to.is_dir() or several)
        if several and wishes.to is not None and not wishes.to.is_dir():
            raise DestinationError(
                f"several decks do not go into one file, `{wishes.to}`", "give a folder: `-o FOLDER`"
            )
        self._files: dict[str, list[Path]] = {}
        for file in catalogue.files(connection):
            self._files.setdefault(file.deck, []).append(deck_path(file.path))
        there = {deck.id for deck in catalogue.decks(connection)}
        self._files = {deck: self._files.get(deck, []) for deck in there}

    def apart(self, foreign: Converted) -> Converted:
        """The foreign decks under ids that no deck of another origin has in the library."""
        names = {deck.id: self._free(deck.id) for deck in foreign.decks}
        if all(old == new for old, new in names.items()):
            return foreign
        return replace(
            foreign,
            decks=[replace(deck, id=names[deck.id], named=True) for deck in foreign.decks],
            cards={card: CardName(names[name.deck], *name[1:]) for card, name in foreign.cards.items()},
        )

    def own(self, deck: Deck) -> Arrival:
        """Where a deck of ours goes that came back: nowhere, if the library has it from its author's file."""
        files = self._files.get(deck.id)
        if self._to is None and files is not None:
            if len(files) == 1 and _is_untouched(files[0]):
                return Arrival(deck, files[0])
            return Arrival(deck, None, files[0] if files else None)
        return Arrival(deck, self._checked(self._path(deck)))

    def foreign(self, deck: Deck) -> Arrival:
        """Where another program's deck goes: over the file of its last import, or into a new one."""
        files = self._files.get(deck.id, [])
        if self._to is None and len(files) == 1:
            return Arrival(deck, self._checked(files[0]))
        return Arrival(deck, self._checked(self._path(deck)))

    def _free(self, deck_id: str) -> str:
        """An id for a deck of which the library's one, if it has one, came the same way."""
        name, number = deck_id, 2
        while name in self._files and not all(map(_is_import, self._files[name])):
            name = f"{deck_id}-{number}"
            number += 1
        return name

    def _path(self, deck: Deck) -> Path:
        if self._to is not None and not self._folder:
            return self._to
        return (self._to or Path()) / f"{deck.id}.yaml"

    def _checked(self, path: Path) -> Path:
        """The path, if writing there loses nothing."""
        if path.suffix.lower() not in {".yaml", ".yml"}:
            raise DestinationError(f"`{path}` is not a name for a deck file", "end it in `.yaml`")
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise DestinationError(f"`{path}` cannot be written: there is no such folder, or it is one")
        if path.exists() and not self._wishes.replacing and not _is_untouched(path):
            what = "was edited since it was imported" if _is_import(path) else "is there already"
            raise DestinationError(
                f"`{path}` {what}",
                "import into another file with `-o`, or say `--replace`: the old one is kept as"
                f" `{path.name}.old`",
            )
        return path


_MARK = "# Imported by fasti. Importing again writes this file anew, unless you have changed it. "


def _marked(text: str) -> bytes:
    return f"{_MARK}{fingerprint(text)}\n{text}".encode()


def _is_import(path: Path) -> bool:
    """Whether a file was written by an import, edited since or not."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.readline().startswith(_MARK)
    except (OSError, UnicodeDecodeError):
        return False


def _is_untouched(path: Path) -> bool:
    """Whether a file is as an import left it."""
    if not _is_import(path):
        return False
    first, _, rest = path.read_bytes().decode().partition("\n")
    return first == f"{_MARK}{fingerprint(rest)}"


class _Pictures(NamedTuple):
    """The pictures that are to be written, and what is said of those that cannot be."""

    files: Mapping[Path, Callable[[], bytes]]
    left_out: Sequence[str]


def _pictures(
    arrivals: Sequence[Arrival], names: Mapping[str, str], media: Mapping[str, Callable[[], bytes]]
) -> _Pictures:
    """The pictures that the decks name and that are not beside them yet; each is read once to see that it can be."""
    files: dict[Path, Callable[[], bytes]] = {}
    left_out: list[str] = []
    for deck, path, _ in arrivals:
        images = dict.fromkeys(fact.image for fact in deck.facts if fact.image in names) if path else ()
        for image in images:
            picture = path.parent / image if path else Path(image)
            try:
                data = media[names[image]]()
            except FastiError as error:
                left_out.append(str(error))
                continue
            if not picture.is_file() or picture.read_bytes() != data:
                files[picture] = media[names[image]]
    return _Pictures(files, left_out)


def _put_decks(arrivals: Sequence[Arrival]) -> None:
    for deck, path, _ in arrivals:
        if path is not None:
            _put(path, _marked(deck_text(deck)))


def _put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; one that is not as an import left it is kept under another name."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not _is_untouched(path):
            copy2(path, _aside(path))
    except OSError as error:
        raise DestinationError(f"`{path}` cannot be written: {error.strerror}") from error
    with writing(path) as new:
        new.write_bytes(data)


def _aside(path: Path) -> Path:
    """A name that is free for what a file held until now."""
    aside, number = path.with_name(f"{path.name}.old"), 2
    while aside.exists():
        aside = path.with_name(f"{path.name}.old{number}")
        number += 1
    return aside
