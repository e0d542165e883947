"""What stands on the shelves: the decks of the library, and those that came with the program but are not in it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from fasti.files import is_readable
from fasti.settings import bundled, deck_path, stored_path
from fasti.store import catalogue, folders, schedules
from fasti.store.database import Database
from fasti.store.due import EVER, DeckCounts


class Shelved(NamedTuple):
    """A deck of the library, with the files that hold it; `missing` of them are not there now."""

    counts: DeckCounts
    files: Sequence[str]
    missing: Sequence[str]
    problems: int

    @property
    def learnt(self) -> int:
        """Cards answered at least once."""
        return self.counts.total - self.counts.new


class ShelfList(NamedTuple):
    """The decks of the library in its order, the paths of bundled ones that are not in it, and followed folders."""

    decks: Sequence[Shelved]
    offered: Sequence[str]
    folders: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti decks --json` prints."""
        return {
            "version": 1,
            "decks": [
                {
                    **deck.counts._asdict(),
                    "learnt": deck.learnt,
                    "files": list(deck.files),
                    "missing": list(deck.missing),
                    "problems": deck.problems,
                }
                for deck in self.decks
            ],
            "offered": list(self.offered),
            "folders": list(self.folders),
        }


def shelf_list(database: Database, learner: str, today: int) -> ShelfList:
    """Every deck of the library as it stands on a study day."""
    with database.reading() as connection:
        counts = schedules.counts(connection, learner, today, most_new=EVER)
        files = catalogue.files(connection)
        followed = folders.folders(connection)
    decks = []
    for deck in counts:
        here = [file for file in files if file.deck == deck.deck]
        places = [str(deck_path(file.path)) for file in here]
        missing = [place for file, place in zip(here, places, strict=True) if not is_readable(file.path)]
        decks.append(Shelved(deck, places, missing, sum(file.problems for file in here)))
    added = {file.path for file in files}
    offered = [
        str(path) for path in sorted(bundled("decks").glob("*.yaml")) if stored_path(path) not in added
    ]
    return ShelfList(decks, offered, followed)
