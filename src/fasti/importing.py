"""`fasti import`: the decks of another program as deck files, and what a learner did there as log entries.

All is read and every place looked at before the first file is written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.all_or_nothing import AllOrNothing
from fasti.core.days import Moment
from fasti.core.facts import Deck, Fact
from fasti.core.kinds import BUILT_IN
from fasti.core.links import title_of
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.decks.write import deck_text
from fasti.destinations import Arrival, Destinations, is_untouched, marked
from fasti.errors import FastiError
from fasti.exchange.collection import Collection
from fasti.exchange.converted import Converted
from fasti.exchange.foreign.facts import facts_of
from fasti.exchange.own.facts import facts_in
from fasti.exchange.own.note_reading import is_own
from fasti.exchange.packages.read import open_collection
from fasti.exchange.tables.spreadsheet import TableFacts, facts_in_table
from fasti.library import add
from fasti.shelves import Clock
from fasti.store import catalogue
from fasti.store.database import Database
from fasti.taking_over import TakenOver, take_over

if TYPE_CHECKING:
    from sqlalchemy import Connection


class NothingToImportError(FastiError):
    """A file in which there is no fact."""

    def __init__(self, path: Path, left_out: Sequence[str]) -> None:
        why = "; ".join(left_out[:3])
        super().__init__(f"`{path.name}` has no note that could become a fact" + (f": {why}" if why else ""))


class UnreadableTableError(FastiError):
    """A table that the system will not let us read, or that is too large to be one."""

    def __init__(self, path: Path, why: str, hint: str | None = None) -> None:
        super().__init__(f"`{path}` cannot be read: {why}", hint)


_LARGEST_TABLE = 64 * 1024 * 1024


class Wishes(NamedTuple):
    """What an import is to do.

    `to` is the deck file, or the folder for several. With `replacing`, files that were edited are kept as
    `….old` and written anew. With `progress`, the decks go into the library, and what was answered with them.
    """

    to: Path | None = None
    replacing: bool = False
    progress: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do.

    `notes` are sentences on what could not be carried as it was. `changed` are titles of facts of ours that
    were edited in Anki, `added` of those that were made there and that the library does not have. `kept` are
    the copies of files that were written over; `answers` counts what the package has of them.
    """

    arrivals: Sequence[Arrival]
    notes: Sequence[str] = ()
    pictures: int = 0
    changed: Sequence[str] = ()
    added: Sequence[str] = ()
    answers: int = 0
    kept: Sequence[Path] = ()
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
            "notes": [*self.notes, *(self.taken.notes if self.taken else ())],
            "changed": list(self.changed),
            "added": list(self.added),
            "kept": [str(path) for path in self.kept],
            "answers": self.taken.answers if self.taken else None,
            "placed": self.taken.placed if self.taken else None,
        }


@dataclass(frozen=True, slots=True)
class Importer:
    """Where imports go: a learner's library, at a moment.

    `moment_of` is the learner's moment at any time, given in milliseconds.
    """

    database: Database
    learner: str
    clock: Clock
    moment_of: Callable[[int], Moment]
    onlooker: Onlooker = nobody

    def collection(self, source: Path, wishes: Wishes) -> Imported:
        """Import an Anki package or a CrowdAnki folder. Raises FastiError, and then nothing was written."""
        with open_collection(source) as collection:
            own, foreign = _converted(collection, source)
            several = len(own.decks) + len(foreign.decks) > 1
            with self.database.reading() as connection:
                places = Destinations(connection, wishes.to, replacing=wishes.replacing, several=several)
                foreign = places.apart(foreign)
                arrivals = [*map(places.own, own.decks), *map(places.foreign, foreign.decks)]
                added = [
                    title_of(fact, {**BUILT_IN, **arrival.deck.kinds}[fact.kind])
                    for arrival in arrivals
                    if arrival.path is None
                    for fact in _unknown(connection, arrival)
                ]
            found = _both(own, foreign)
            pictures = _pictures(arrivals, found.media, collection.media, wishes)
            result = Imported(
                arrivals,
                [*collection.left_out, *found.left_out, *pictures.left_out],
                len(pictures.files),
                list(dict.fromkeys(found.changed)),
                added,
                len(collection.reviews),
            )
            if wishes.dry_run:
                return result
            with AllOrNothing() as files:
                images = list(pictures.files.items())
                for path, data in told(images, self.onlooker, "Writing", "pictures", every=1):
                    files.put(path, data(), keep=True)
                _put_decks(files, arrivals, wishes)
            taken = self._take_over(collection, found, arrivals) if wishes.progress else None
            return replace(result, taken=taken, kept=files.kept)

    def table(self, found: TableFacts, wishes: Wishes) -> Imported:
        """Import a deck that was read from a table. Raises FastiError, and then nothing was written."""
        with self.database.reading() as connection:
            places = Destinations(connection, wishes.to, replacing=wishes.replacing, several=False)
            if places.knows(found.deck):
                arrivals = [places.own(found.deck)]
            else:
                arrivals = [*map(places.foreign, places.apart(Converted([found.deck], {})).decks)]
        with AllOrNothing() as files:
            if not wishes.dry_run:
                _put_decks(files, arrivals, wishes)
        return Imported(arrivals, found.problems, kept=files.kept)

    def _take_over(self, collection: Collection, found: Converted, arrivals: Sequence[Arrival]) -> TakenOver:
        paths = [arrival.path for arrival in arrivals if arrival.path is not None]
        if paths:
            add(self.database, paths, self.learner, self.clock, onlooker=self.onlooker)
        return take_over(
            self.database,
            self.learner,
            collection,
            found,
            self.moment_of,
            self.clock.now_ms,
            self.onlooker,
        )


def read_table(path: Path) -> TableFacts:
    """The deck in a table. Raises FastiError where the file cannot be read, or is no table of facts."""
    try:
        if path.is_dir() or (path.exists() and not path.is_file()):
            raise UnreadableTableError(path, "it is not a file", "give a `.csv`, `.tsv` or `.txt` file")
        with path.open("rb") as file:
            data = file.read(_LARGEST_TABLE + 1)
    except FileNotFoundError as error:
        raise UnreadableTableError(path, "it is not there", "look at how its name is spelt") from error
    except OSError as error:
        raise UnreadableTableError(path, error.strerror or str(error)) from error
    if len(data) > _LARGEST_TABLE:
        raise UnreadableTableError(path, f"it has more than {_LARGEST_TABLE // (1024 * 1024)} MiB")
    return facts_in_table(data, path.name)


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
        raise NothingToImportError(source, [*collection.left_out, *own.left_out, *foreign.left_out])
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


class _Pictures(NamedTuple):
    """The pictures that are to be written, and what is said of those that cannot be."""

    files: Mapping[Path, Callable[[], bytes]]
    left_out: Sequence[str]


def _pictures(
    arrivals: Sequence[Arrival],
    names: Mapping[str, str],
    media: Mapping[str, Callable[[], bytes]],
    wishes: Wishes,
) -> _Pictures:
    """The pictures that the decks' texts name and that are not there yet; each is read once to see that it can be."""
    files: dict[Path, Callable[[], bytes]] = {}
    left_out: list[str] = []
    for deck, path, _ in arrivals:
        for image in _named(deck, names) if path else ():
            try:
                data = media[names[image]]()
                if picture := _place_of(image, path, data, wishes):
                    files[picture] = media[names[image]]
            except FastiError as error:
                left_out.append(str(error))
    return _Pictures(files, left_out)


def _named(deck: Deck, names: Mapping[str, str]) -> list[str]:
    """Those of these pictures that a deck names, as the image of a fact or in its words."""
    images = {fact.image for fact in deck.facts}
    others = [name for name in names if name not in images]
    text = deck_text(deck) if others else ""
    return [name for name in names if name in images or name in text]


def _place_of(image: str, deck: Path | None, data: bytes, wishes: Wishes) -> Path | None:
    """Where a picture is to be written; None if it is there. Never outside its deck's folder, links or not."""
    folder = (deck or Path()).absolute().parent
    picture = folder / image
    try:
        if not picture.resolve().is_relative_to(folder.resolve()):
            raise PicturePlaceError(image, "its place is outside the deck's folder")
        if not picture.exists():
            return picture
        if not picture.is_file():
            raise PicturePlaceError(image, "something else has its name")
        if picture.read_bytes() == data:
            return None
    except OSError as error:
        raise PicturePlaceError(image, error.strerror or str(error)) from error
    if not wishes.replacing:
        raise PicturePlaceError(
            image, "another picture of that name is there; `--replace` keeps that as `….old`"
        )
    return picture


class PicturePlaceError(FastiError):
    """A picture that is not written."""

    def __init__(self, image: str, why: str) -> None:
        super().__init__(f"the picture `{image}` was left out: {why}")


def _put_decks(files: AllOrNothing, arrivals: Sequence[Arrival], wishes: Wishes) -> None:
    for deck, path, _ in arrivals:
        if path is not None:
            files.put(path, marked(deck_text(deck)), keep=wishes.replacing or not is_untouched(path))


def _unknown(connection: "Connection", arrival: Arrival) -> list[Fact]:
    """The facts of a deck that the library does not have: they were made in Anki."""
    known = {fact.id for fact in catalogue.facts(connection, arrival.deck.id)}
    return [fact for fact in arrival.deck.facts if fact.id not in known]
