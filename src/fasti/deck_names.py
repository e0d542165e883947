"""Which deck of the library someone means, and where its files are."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.core.meant import Named, did_you_mean
from fasti.errors import FastiError
from fasti.settings import BUNDLED_DECKS, deck_path, stored_path
from fasti.store import catalogue
from fasti.store.catalogue import StoredDeck
from fasti.store.database import Database

if TYPE_CHECKING:
    from sqlalchemy import Connection


class UnknownDeckError(FastiError):
    """A deck that is not in the library."""

    def __init__(self, name: str, decks: Sequence[StoredDeck]) -> None:
        known = ", ".join(f"`{deck.id}`" for deck in decks)
        hint = f"your decks are {known}" if known else "add one with `fasti add PATH`"
        named = [Named(deck.id, deck.title) for deck in decks]
        comes_along = f"`fasti add {name}` brings it in: it comes with the program"
        hint = comes_along if f"{name}.yaml" in BUNDLED_DECKS else did_you_mean(named, name, hint)
        super().__init__(f"no deck `{name}` in your library", hint)


def find_deck(connection: "Connection", name: str) -> StoredDeck:
    """The deck of this id, title or file. Raises UnknownDeckError."""
    decks = catalogue.decks(connection)
    for deck in decks:
        if name in (deck.id, deck.title):
            return deck
    paths = {file.path: file.deck for file in catalogue.files(connection)}
    wanted = paths.get(stored_path(Path(name)))
    folded = [deck for deck in decks if name.casefold() in (deck.id.casefold(), deck.title.casefold())]
    found = [deck for deck in decks if deck.id == wanted] or folded
    if len(found) != 1:
        raise UnknownDeckError(name, decks)
    return found[0]


def files_of(database: Database, name: str) -> list[Path]:
    """Where the files of a deck are, or were, by its id, title or one of them. Raises UnknownDeckError."""
    with database.reading() as connection:
        deck = find_deck(connection, name)
        return [deck_path(file.path) for file in catalogue.files(connection) if file.deck == deck.id]


def left_out_of(connection: "Connection", deck: str) -> list[str]:
    """What an export of a deck of the library lacks because its files have errors, a sentence for each file."""
    return [
        f"what cannot be read in `{path}`, unless it could before: it has {counted(file.problems, 'problem')},"
        f" and `fasti check {path}` names {'it' if file.problems == 1 else 'them'}"
        for file in catalogue.files(connection)
        if file.deck == deck and file.problems
        for path in [deck_path(file.path)]
    ]
