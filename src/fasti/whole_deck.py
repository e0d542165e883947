"""A whole deck with its facts, to be looked at rather than studied: from a file, or from the library."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.facts import Deck
from fasti.errors import FastiError

if TYPE_CHECKING:
    from fasti.store.database import Database


class UnreadableDeckError(FastiError):
    """A file of which nothing can be used as a deck."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"`{path}` is not a deck", f"`fasti check {path}` says why")


class Given(NamedTuple):
    """A deck as its file has it, and how many of its facts cannot be read."""

    deck: Deck
    unreadable: int


def file_named(name: str) -> Path | None:
    """The deck file that a name is, or is meant to be; None where it names a deck of the library."""
    from fasti.decks.find import ENDINGS

    path = Path(name)
    return path if path.suffix.lower() in ENDINGS or path.is_file() else None


def deck_in_file(path: Path) -> Given:
    """The deck of a file as it is now, in the library or not.

    Raises UnreadableDeckError, and another FastiError where the file is not there or not to be read.
    """
    from fasti.decks.find import deck_bytes
    from fasti.decks.read import read_deck_bytes

    reading = read_deck_bytes(deck_bytes(path), path.stem)
    if reading.deck is None:
        raise UnreadableDeckError(path)
    return Given(reading.deck, len(reading.damaged))


def deck_in_library(database: "Database", name: str) -> Deck:
    """The deck of this id or title as the library has it, or the one that ships with the program.

    Raises UnknownDeckError.
    """
    from fasti.core.content import deck_of, fact_of
    from fasti.core.meant import Named, did_you_mean, those_meant
    from fasti.deck_names import UnknownDeckError, find_deck
    from fasti.settings import BUNDLED_DECKS, bundled
    from fasti.store import catalogue

    with database.reading() as connection:
        try:
            stored = find_deck(connection, name)
        except UnknownDeckError as error:
            shipped = [Named(file.removesuffix(".yaml"), _spelt_out(file)) for file in BUNDLED_DECKS]
            if found := those_meant(shipped, name):
                return deck_in_file(bundled("decks") / f"{shipped[found[0]].id}.yaml").deck
            known = [Named(deck.id, deck.title) for deck in catalogue.decks(connection)]
            error.hint = did_you_mean([*known, *shipped], name, error.hint or "")
            raise
        order = [file.path for file in catalogue.files(connection)]
        facts = sorted(
            (fact for fact in catalogue.facts(connection, stored.id) if fact.retired_ms is None),
            key=lambda fact: (order.index(fact.path) if fact.path in order else len(order), fact.position),
        )
        return deck_of(
            stored.id,
            stored.title,
            stored.content,
            [replace(fact_of(fact.content), id=fact.id) for fact in facts],
        )


def _spelt_out(file: str) -> str:
    return file.removesuffix(".yaml").replace("-", " ")
