"""`fasti export`: a deck of the library as a file for Anki."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.content import header_of
from fasti.core.days import Moment
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry, effective
from fasti.core.onlooker import Onlooker, counted_on, nobody
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.deck_names import find_deck, left_out_of
from fasti.errors import ExitCode, FastiError
from fasti.exchange.collection import AnkiCard, AnkiDeck, AnkiNote, AnkiReview, Contents
from fasti.exchange.own.notes import deck_description, deck_name
from fasti.exchange.packages.write import OURS, is_collection_name, write_package
from fasti.exchange.progress.schedule import calendar_of, card_of, reviews_of, with_unique_moments
from fasti.exchange.tables.anki_text import TextNote, is_our_table, names_decks, write_text
from fasti.export_places import ExportNameError, check_place, export_path
from fasti.leaving import Leaving, leaving
from fasti.store import schedules
from fasti.store.catalogue import StoredDeck
from fasti.store.database import Database
from fasti.store.enrolment import learners
from fasti.store.folding import histories

if TYPE_CHECKING:
    from sqlalchemy import Connection


class UnknownLearnerError(FastiError):
    """A learner who has answered nothing here."""

    exit_code = ExitCode.USAGE

    def __init__(self, name: str, known: Sequence[str]) -> None:
        listed = ", ".join(f"`{each}`" for each in known)
        super().__init__(f"there is no learner `{name}` here", f"there are {listed}" if known else None)


class Exported(NamedTuple):
    """What was written for a deck.

    `again` says that some of it had been exported before, `from_anki` that it came from Anki. `unasked`
    cards were exported before and are not asked any more, though their notes are.
    """

    deck: str
    title: str
    path: Path
    notes: int
    cards: int
    reviews: int
    pictures: int
    again: bool
    unasked: int
    from_anki: bool
    left_out: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti export --json` prints."""
        return {**self._asdict(), "path": str(self.path), "left_out": list(self.left_out)}


def export_package(
    database: Database,
    name: str,
    to: Path | None,
    moment: Moment,
    *,
    learner: str | None = None,
    replacing: bool = False,
    onlooker: Onlooker = nobody,
) -> Exported:
    """Write a deck as an Anki package; with a `learner`, their schedule and review log go along.

    `to` is the file or its folder, else it is `<deck id>.apkg` here. A file that is no export of ours is
    written over only with `replacing`. Raises UnknownDeckError, ExportNameError, and another FastiError
    where the file cannot be written.
    """
    with database.reading() as connection:
        deck = find_deck(connection, name)
        path = export_path(to, deck.id, ".apkg")
        _check_package_name(path)
        check_place(path, _is_our_package, replacing=replacing)
        out = leaving(connection, deck, moment, onlooker)
        out.left_out += left_out_of(connection, deck.id)
        progress = _progress(connection, deck, learner) if learner is not None else {}
    package = _Package(out, progress, moment, onlooker)
    write_package(path, package.contents())
    out.remember(database)
    return _exported(out, path, package.reviews)


def export_text(
    database: Database,
    name: str,
    to: Path | None,
    moment: Moment,
    *,
    replacing: bool = False,
    onlooker: Onlooker = nobody,
) -> Exported:
    """Write a deck in Anki's text format, which a spreadsheet opens too, to `to` or `<deck id>.csv` here.

    A file that is no export of ours is written over only with `replacing`.
    """
    with database.reading() as connection:
        deck = find_deck(connection, name)
        path = export_path(to, deck.id, ".csv")
        if path.suffix.lower() not in {".csv", ".txt"}:
            raise ExportNameError(
                f"`{path.name}` is not a name for a table", "end it in `.csv`, or in `.txt` for Anki alone"
            )
        check_place(path, is_our_table, replacing=replacing)
        out = leaving(connection, deck, moment, onlooker)
        out.left_out += left_out_of(connection, deck.id)
    rows = [
        TextNote(note.stored.guid, note.content.note_type, note.deck, note.tags, note.content.fields)
        for note in out.notes
    ]
    write_text(path, rows)
    if not names_decks(rows):
        out.left_out.append(
            "the names of the decks: a spreadsheet would take one for a formula, or Anki for a number;"
            " choose the deck for new notes in Anki's import window"
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


def _is_our_package(path: Path) -> bool:
    try:
        with ZipFile(path) as package:
            return package.comment == OURS
    except BadZipFile:
        return False


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
        out.unasked,
        any(note.stored.fact.startswith(_FOREIGN) for note in out.notes),
        out.left_out,
    )


class _Studied(NamedTuple):
    """A card as a learner has it; `entries` are those in effect, oldest first."""

    state: CardState
    entries: Sequence[LogEntry]


def _progress(connection: "Connection", deck: StoredDeck, learner: str) -> Mapping[str, _Studied]:
    known = learners(connection)
    if learner not in known:
        raise UnknownLearnerError(learner, known)
    states = schedules.states(connection, learner, deck.id)
    studied: dict[str, _Studied] = {}
    moments = _Moments()
    for key, entries in histories(connection, learner):
        in_effect = effective(entries)
        moments.add(in_effect)
        if key in states and in_effect:
            studied[key] = _Studied(states[key], in_effect)
    apart = moments.apart()
    return (
        {
            key: _Studied(
                state,
                [
                    replace(entry, answered_at_ms=apart.get(_name(entry), entry.answered_at_ms))
                    for entry in entries
                ],
            )
            for key, (state, entries) in studied.items()
        }
        if apart
        else studied
    )


class _Moments:
    """The moments of all that a learner's log has.

    In Anki a review has its moment as its number, so two packages must never use one for two reviews.
    """

    def __init__(self) -> None:
        self._moments: list[tuple[int, str, int]] = []

    def add(self, entries: Sequence[LogEntry]) -> None:
        """Count in a card's entries."""
        self._moments += [(entry.answered_at_ms, *_name(entry)) for entry in entries]

    def apart(self) -> dict[tuple[str, int], int]:
        """By device and number, those entries that have to give way, and the moment that is free."""
        ordered = sorted(self._moments)
        free = _unique([moment for moment, _, _ in ordered])
        both = zip(ordered, free, strict=True)
        return {(device, seq): given for (moment, device, seq), given in both if given != moment}


def _name(entry: LogEntry) -> tuple[str, int]:
    return entry.device, entry.seq


_FOREIGN = "anki-"  # how the ids of facts begin that were made of other people's notes
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

    def __init__(
        self, out: Leaving, progress: Mapping[str, _Studied], moment: Moment, onlooker: Onlooker = nobody
    ) -> None:
        self._onlooker = onlooker
        self._out = out
        self._progress = progress
        self._calendar = calendar_of(moment)
        self._decks = _decks(out)
        self._ids = _unique([note.created_ms for note in out.notes])
        self._cards = list(self._numbered())
        self.reviews = 0

    def contents(self) -> Contents:
        """All rows, each to be gone through once."""
        doing = f"Writing {self._out.deck.title}"
        types = {note.content.note_type.id: note.content.note_type for note in self._out.notes}
        return Contents(
            calendar=self._calendar,
            note_types=list(types.values()),
            decks=list(self._decks.values()),
            notes=counted_on(self._note_rows(), len(self._out.notes), self._onlooker, doing, "notes"),
            cards=counted_on(self._card_rows(), len(self._cards), self._onlooker, doing, "cards"),
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
