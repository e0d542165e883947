"""Where a deck that arrives goes, so that nothing is lost: which file, and under which id."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.facts import Deck
from fasti.core.text import fingerprint
from fasti.decks.read import read_deck_bytes
from fasti.errors import FastiError
from fasti.exchange.converted import CardName, Converted
from fasti.exchange.file_names import file_name_of
from fasti.settings import deck_path
from fasti.store import catalogue
from fasti.whole_file import is_database, is_folder

if TYPE_CHECKING:
    from sqlalchemy import Connection


class DestinationError(FastiError):
    """A file that cannot be written without losing something."""


class Arrival(NamedTuple):
    """A deck that came. `path` is the file that it goes into; None where the library has it from its author's.

    `here` is that file of the author's, if there is one.
    """

    deck: Deck
    path: Path | None
    here: Path | None = None


_MARK = "# Imported by fasti. Importing again writes this file anew, unless you have changed it. "


def marked(text: str) -> bytes:
    """A deck's text as an import writes it: the first line tells whether it was changed since."""
    return f"{_MARK}{fingerprint(text)}\n{text}".encode()


def is_import(path: Path) -> bool:
    """Whether a file was written by an import, changed since or not."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_MARK.encode())) == _MARK.encode()
    except OSError:
        return False


def is_untouched(path: Path) -> bool:
    """Whether a file is as an import left it."""
    if not is_import(path):
        return False
    first, _, rest = path.read_bytes().decode(errors="replace").partition("\n")
    return first == f"{_MARK}{fingerprint(rest)}"


class Destinations:
    """Finds the place of each deck that arrives.

    `to` is the deck file or folder that was asked for; with `replacing`, files may be written over. Raises
    DestinationError where `several` decks are to go into one file.
    """

    def __init__(self, connection: "Connection", to: Path | None, *, replacing: bool, several: bool) -> None:
        self._connection = connection
        self._to = to
        self._replacing = replacing
        self._folder = to is not None and is_folder(to)
        if several and to is not None and not self._folder:
            raise DestinationError(
                f"several decks do not go into one file, `{to}`", "give a folder that is there: `-o FOLDER`"
            )
        files = catalogue.files(connection)
        self._files = {
            deck.id: [deck_path(file.path) for file in files if file.deck == deck.id]
            for deck in catalogue.decks(connection)
        }

    def apart(self, foreign: Converted) -> Converted:
        """The decks of another program under ids that no deck of another origin has in the library."""
        names = {deck.id: self._free(deck) for deck in foreign.decks}
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
        here = files[0] if files else None
        if self._to is None and files is not None:
            if here and len(files) == 1 and is_untouched(here):
                return Arrival(deck, self._checked(here, deck))
            return Arrival(deck, None, here)
        return Arrival(deck, self._checked(self._path(deck), deck), here)

    def knows(self, deck: Deck) -> bool:
        """Whether the library has this deck: its id, and at least half of these facts."""
        facts = {fact.id for fact in catalogue.facts(self._connection, deck.id)}
        return deck.id in self._files and _holds_half(facts, _ids(deck)) and bool(_ids(deck))

    def foreign(self, deck: Deck) -> Arrival:
        """Where another program's deck goes: over the file of its last import, or into a new one."""
        files = self._files.get(deck.id, [])
        path = files[0] if self._to is None and len(files) == 1 else self._path(deck)
        return Arrival(deck, self._checked(path, deck))

    def _free(self, deck: Deck) -> str:
        """An id for a deck of which the library's one, if it has one, came the same way and is much the same."""
        name, number = file_name_of(deck.id), 2
        while name in self._files and not self._is_same(name, deck):
            name = f"{file_name_of(deck.id)}-{number}"
            number += 1
        return name

    def _is_same(self, name: str, deck: Deck) -> bool:
        known = {fact.id for fact in catalogue.facts(self._connection, name) if fact.retired_ms is None}
        return all(map(is_import, self._files[name])) and _holds_half(_ids(deck), known)

    def _path(self, deck: Deck) -> Path:
        if self._to is not None and not self._folder:
            return self._to
        return (self._to or Path()) / f"{deck.id}.yaml"

    def _checked(self, path: Path, deck: Deck) -> Path:
        """The path, if writing there loses nothing."""
        if path.suffix.lower() not in {".yaml", ".yml"}:
            raise DestinationError(f"`{path}` is not a name for a deck file", "end it in `.yaml`")
        try:
            if not path.absolute().parent.is_dir():
                raise DestinationError(
                    f"there is no folder `{path.parent}`", "make it first, or leave out `-o`"
                )
            if not path.exists():
                return path
            if not path.is_file() or is_database(path):
                raise DestinationError(f"`{path}` is not a deck file", "give another name with `-o`")
        except (OSError, ValueError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or "no file can have that name"
            raise DestinationError(
                f"`{path}` cannot be written: {why}", "give another name with `-o`"
            ) from error
        if not self._replacing:
            self._refuse_loss(path, deck)
        return path

    def _refuse_loss(self, path: Path, deck: Deck) -> None:
        if is_untouched(path):
            there = read_deck_bytes(path.read_bytes(), path.stem).deck
            known = _ids(there) if there else frozenset()
            if _holds_half(_ids(deck), known):
                return
            what = f"holds other facts: {len(known - _ids(deck))} of its {len(known)} did not come this time"
        else:
            what = "was edited since it was imported" if is_import(path) else "is there already"
        raise DestinationError(
            f"`{path}` {what}",
            f"import into another file with `-o`, or say `--replace`: the old one is kept as `{path.name}.old`",
        )


def _ids(deck: Deck) -> frozenset[str]:
    return frozenset(fact.id for fact in deck.facts if fact.id)


def _holds_half(ids: Collection[str], known: Collection[str]) -> bool:
    """Whether at least half of what is known is among the ids: less is another deck."""
    return 2 * len(set(known).intersection(ids)) >= len(known)
