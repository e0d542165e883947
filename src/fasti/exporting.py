"""`fasti export`: a deck of the library as a file for Anki."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.content import header_of
from fasti.core.days import Moment
from fasti.core.log import FRESH_CARD, CardState, EntryKind, LogEntry, effective
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.errors import ExitCode, FastiError
from fasti.exchange.collection import AnkiCard, AnkiDeck, AnkiNote, AnkiReview, Contents
from fasti.exchange.own.notes import deck_description, deck_name
from fasti.exchange.packages.write import is_collection_name, write_package
from fasti.exchange.progress.schedule import calendar_of, card_of, reviews_of, with_unique_moments
from fasti.exchange.tables.anki_text import TextNote, write_text
from fasti.leaving import Leaving, leaving
from fasti.library import find_deck
from fasti.store import schedules
from fasti.store.catalogue import StoredDeck
from fasti.store.database import Database
from fasti.store.folding import histories

if TYPE_CHECKING:
    from sqlalchemy import Connection


class ExportNameError(FastiError):
    """A file name under which an export would not do what it says."""

    exit_code = ExitCode.USAGE


class Exported(NamedTuple):
    """What was written for a deck. `again` says that some of it had been exported before."""

    deck: str
    title: str
    path: Path
    notes: int
    cards: int
    reviews: int
    pictures: int
    again: bool
    left_out: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti export --json` prints."""
        return {**self._asdict(), "path": str(self.path), "left_out": list(self.left_out)}


def check_output(decks: Sequence[str], output: Path | None) -> None:
    """Refuse one file for several decks, before anything is written."""
    if output is not None and len(decks) > 1:
        raise ExportNameError(
            f"one file, `{output}`, cannot hold {len(decks)} decks",
            "leave out `-o`: each deck gets a file of its own; or name one deck",
        )


def export_package(
    database: Database, name: str, to: Path | None, moment: Moment, *, learner: str | None = None
) -> Exported:
    """Write a deck as an Anki package; with a `learner`, their schedule and review log go along.

    `to` is the file, else `<deck id>.apkg` here. Raises UnknownDeckError, ExportNameError, and another
    FastiError where the file cannot be written.
    """
    with database.reading() as connection:
        deck = find_deck(connection, name)
        path = to or Path(f"{deck.id}.apkg")
        _check_package_name(path)
        out = leaving(connection, deck, moment)
        progress = _progress(connection, deck, learner) if learner is not None else {}
    package = _Package(out, progress, moment)
    write_package(path, package.contents())
    out.remember(database)
    return _exported(out, path, package.reviews)


def export_text(database: Database, name: str, to: Path | None, moment: Moment) -> Exported:
    """Write a deck in Anki's text format, which a spreadsheet opens too; `to` or else `<deck id>.csv` here."""
    with database.reading() as connection:
        deck = find_deck(connection, name)
        path = to or Path(f"{deck.id}.csv")
        if path.suffix.lower() not in {".csv", ".txt"}:
            raise ExportNameError(
                f"`{path.name}` is not a name for a table", "end it in `.csv`, or in `.txt` for Anki alone"
            )
        out = leaving(connection, deck, moment)
    write_text(
        path,
        [
            TextNote(note.stored.guid, note.content.note_type, note.deck, note.tags, note.content.fields)
            for note in out.notes
        ],
    )
    out.remember(database)
    if out.pictures:
        out.left_out.append(f"a table holds no pictures: {len(out.pictures)} stayed here")
    return _exported(out, path, 0)._replace(pictures=0)


def _check_package_name(path: Path) -> None:
    if is_collection_name(path.name):
        raise ExportNameError(
            f"Anki takes a file called `{path.name}` for a whole collection and would replace everything with it",
            "give another name, such as `-o my-deck.apkg`",
        )
    if path.suffix.lower() != ".apkg":
        raise ExportNameError(
            f"`{path.name}` is not a name that Anki opens", "end it in `.apkg`, such as `-o my-deck.apkg`"
        )


def _exported(out: Leaving, path: Path, reviews: int) -> Exported:
    cards = sum(len(note.cards) for note in out.notes)
    return Exported(
        out.deck.id,
        out.deck.title,
        path,
        len(out.notes),
        cards,
        reviews,
        len(out.pictures),
        out.again,
        out.left_out,
    )


class _Studied(NamedTuple):
    """A card as a learner has it; `entries` are those in effect, oldest first."""

    state: CardState
    entries: Sequence[LogEntry]


def _progress(connection: "Connection", deck: StoredDeck, learner: str) -> Mapping[str, _Studied]:
    states = schedules.states(connection, learner, deck.id)
    studied = {
        key: _Studied(states[key], effective(entries))
        for key, entries in histories(connection, learner)
        if key in states
    }
    return {key: known for key, known in studied.items() if known.entries}


_UNSEEN = _Studied(FRESH_CARD, ())
_ANSWERS = frozenset([EntryKind.REVIEW, EntryKind.DRILL])


class _Card(NamedTuple):
    """A card as it will be written; `position` is its place among all that are new."""

    id: int
    note: int
    deck: int
    ord: int
    key: str
    position: int
    mod: int


class _Package:
    """A deck becoming rows: the notes first, then their cards, then what was answered."""

    def __init__(self, out: Leaving, progress: Mapping[str, _Studied], moment: Moment) -> None:
        self._out = out
        self._progress = progress
        self._calendar = calendar_of(moment)
        self._decks = _decks(out)
        self._ids = _unique([note.created_ms for note in out.notes])
        self._cards = list(self._numbered())
        self.reviews = 0

    def contents(self) -> Contents:
        """All rows, each to be gone through once."""
        types = {note.content.note_type.id: note.content.note_type for note in self._out.notes}
        return Contents(
            calendar=self._calendar,
            note_types=list(types.values()),
            decks=list(self._decks.values()),
            notes=self._note_rows(),
            cards=self._card_rows(),
            reviews=self._review_rows(),
            media={name: picture.read for name, picture in self._out.pictures.items()},
        )

    def _numbered(self) -> Iterator[_Card]:
        both = zip(self._ids, self._out.notes, strict=True)
        cards = [(note_id, note, ord, key) for note_id, note in both for ord, key in note.cards]
        ids = _unique([note_id for note_id, *_ in cards])
        for position, (card_id, (note_id, note, ord, key)) in enumerate(zip(ids, cards, strict=True), 1):
            mod = note.stored.changed_ms // 1000
            yield _Card(card_id, note_id, self._decks[note.deck].id, ord, key, position, mod)

    def _note_rows(self) -> Iterator[AnkiNote]:
        for note_id, note in zip(self._ids, self._out.notes, strict=True):
            stored, content = note.stored, note.content
            mod = stored.changed_ms // 1000
            yield AnkiNote(note_id, stored.guid, content.note_type.id, mod, note.tags, content.fields)

    def _card_rows(self) -> Iterator[AnkiCard]:
        for card in self._cards:
            state, entries = self._progress.get(card.key, _UNSEEN)
            answered = [entry.answered_at_ms for entry in entries if entry.kind in _ANSWERS]
            yield card_of(
                state,
                len(answered),
                id=card.id,
                note=card.note,
                deck=card.deck,
                ord=card.ord,
                position=card.position,
                mod=max([card.mod, *(entry.answered_at_ms // 1000 for entry in entries)]),
                calendar=self._calendar,
                answered_ms=max(answered, default=None),
            )

    def _review_rows(self) -> Iterator[AnkiReview]:
        rows = (
            row
            for card in self._cards
            if card.key in self._progress
            for row in reviews_of(
                card.id, self._progress[card.key].entries, maximum_interval=MAXIMUM_INTERVAL
            )
        )
        for row in with_unique_moments(rows):
            self.reviews += 1
            yield row


def _decks(out: Leaving) -> Mapping[str, AnkiDeck]:
    """The deck and those of its units, by name; an id follows from the name."""
    top = deck_name(out.deck.title, "")
    deck = out.deck
    about = deck_description(deck.author, deck.description, deck.licence, header_of(deck))
    names = dict.fromkeys([top, *(note.deck for note in out.notes)])
    return {name: AnkiDeck(_deck_id(deck.id, name), name, about if name == top else "") for name in names}


def _deck_id(deck: str, name: str) -> int:
    """A number such as Anki gives: a moment in milliseconds, here one of the years 2001 to 2017."""
    mark = blake2b(f"{deck}\x1f{name}".encode(), digest_size=8).digest()
    return 1_000_000_000_000 + int.from_bytes(mark) % 500_000_000_000


def _unique(moments: Sequence[int]) -> list[int]:
    """An id for each: its moment, or the next that is free, those with one moment in their order."""
    ids = [0] * len(moments)
    last = 0
    for place in sorted(range(len(moments)), key=moments.__getitem__):
        last = ids[place] = max(last + 1, moments[place])
    return ids
