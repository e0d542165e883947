"""`fasti export html`: a deck as one web page, with its pictures."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fasti.core.counting import counted
from fasti.core.facts import Deck
from fasti.core.onlooker import Onlooker, nobody
from fasti.deck_names import left_out_of
from fasti.exchange.file_names import file_name_of
from fasti.export_places import ExportNameError, check_place, export_path
from fasti.page.contents import Picture
from fasti.page.document import MARK, cards_too_long, page
from fasti.page.language import language_of
from fasti.page.pictures import media_type_of
from fasti.pictures import PictureError, picture_bytes, picture_path
from fasti.store import catalogue
from fasti.store.database import Database
from fasti.whole_deck import deck_in_file, deck_in_library
from fasti.whole_file import writing

LARGEST_PICTURE = 4 * 1024 * 1024
LARGEST_TOGETHER = 32 * 1024 * 1024
"""Bytes of pictures that a page takes along: it is handed out by mail and opened on telephones."""


class PageDeck(NamedTuple):
    """A deck to make a page of.

    `files` says in which deck file each picture is named; `left_out` what of the deck is lacking, in sentences.
    """

    deck: Deck
    files: Mapping[str, str]
    left_out: Sequence[str] = ()


class ExportedPage(NamedTuple):
    """What was written for a deck; `size` in bytes. `remarks` and `left_out` are sentences for the teacher."""

    deck: str
    title: str
    path: Path
    facts: int
    pictures: int
    size: int
    left_out: Sequence[str]
    remarks: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti export html --json` prints."""
        lists = {"left_out": list(self.left_out), "remarks": list(self.remarks)}
        return {**self._asdict(), "path": str(self.path), **lists}


def deck_of_file(path: Path) -> PageDeck:
    """The deck of a file as it is now. Raises a FastiError where there is none."""
    given = deck_in_file(path)
    files = {fact.image: str(path) for fact in given.deck.facts if fact.image}
    facts = counted(given.unreadable, "fact")
    error = [f"{facts} with an error; `fasti check` says where"] if given.unreadable else []
    return PageDeck(given.deck, files, error)


def deck_of_library(database: Database, name: str) -> PageDeck:
    """The deck of this name as the library has it. Raises UnknownDeckError."""
    deck = deck_in_library(database, name)
    with database.reading() as connection:
        paths = {fact.id: fact.path for fact in catalogue.facts(connection, deck.id)}
        left_out = left_out_of(connection, deck.id)
    files = {fact.image: paths[fact.id] for fact in deck.facts if fact.image and fact.id in paths}
    return PageDeck(deck, files, left_out=left_out)


def export_page(
    given: PageDeck, to: Path | None, *, replacing: bool = False, onlooker: Onlooker = nobody
) -> ExportedPage:
    """Write a deck as a web page, to `to` or `<deck id>.html` here.

    A file that is no page of ours is written over only with `replacing`. Raises ExportNameError, and another
    FastiError where the file cannot be written.
    """
    path = export_path(to, file_name_of(given.deck.id), ".html")
    if path.suffix.lower() not in {".html", ".htm"}:
        raise ExportNameError(f"`{path.name}` is not a name for a web page", "end it in `.html`")
    check_place(path, _is_our_page, replacing=replacing)
    left_out = list(given.left_out)
    pictures = _pictures(given, left_out)
    data = page(given.deck, pictures, onlooker).encode("utf-8")
    with writing(path) as new:
        new.write_bytes(data)
    return ExportedPage(
        given.deck.id,
        given.deck.title,
        path,
        len(given.deck.facts),
        len(pictures),
        len(data),
        left_out,
        _remarks(given.deck),
    )


def _is_our_page(path: Path) -> bool:
    with path.open("rb") as file:
        return MARK.encode() in file.read(_HEAD)


_HEAD = 4096


def _pictures(given: PageDeck, left_out: list[str]) -> dict[str, Picture]:
    """The pictures by the facts' `image`, as far as there is room; what cannot go along is added to `left_out`."""
    found: dict[str, Picture] = {}
    room = LARGEST_TOGETHER
    for image, file in given.files.items():
        try:
            picture = _picture(file, image, room)
        except PictureError as error:
            left_out.append(f"a picture: {error}")
            continue
        found[image] = picture
        room -= len(picture.data)
    return found


def _picture(file: str, image: str, room: int) -> Picture:
    data = picture_bytes(picture_path(file, image), image)
    size = len(data)
    if size > LARGEST_PICTURE:
        raise PictureError(
            f"`{image}` has {_mebibytes(size)}, and a page takes {_mebibytes(LARGEST_PICTURE)} each"
        )
    if size > room:
        raise PictureError(f"`{image}`: all pictures together have more than {_mebibytes(LARGEST_TOGETHER)}")
    media_type = media_type_of(data)
    if media_type is None:
        raise PictureError(f"`{image}` is nothing that browsers show; make it a PNG or a JPEG")
    return Picture(media_type, data)


def _remarks(deck: Deck) -> list[str]:
    remarks: list[str] = []
    if deck.language and language_of(deck.language) is None:
        remarks.append(
            f"`language: {deck.language}` is no short name of a language, such as `de`, so the page says English"
        )
    if count := cards_too_long(deck):
        cards = "1 card has" if count == 1 else f"{count} cards have"
        remarks.append(f"{cards} more text than a printed card has room for; the page prints them at the end")
    return remarks


def _mebibytes(size: int) -> str:
    return f"{size / (1024 * 1024):.1f} MiB"
