"""Deck files as they are on disk now, and the decks that they make up.

A deck may be kept in several files, a file may be moved or given another deck's id: here it is found out
which decks are touched, and each is put together from all its files.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.content import deck_of
from fasti.core.facts import Deck, Fact, Problem
from fasti.core.identity import identity_of, key_of
from fasti.core.kinds import BUILT_IN
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.decks.ignores import without_silenced
from fasti.decks.read import Reading, read_deck_bytes
from fasti.edits import Report, Source
from fasti.errors import FastiError
from fasti.files import (
    LARGE,
    READ_WITH,
    FileBytes,
    bytes_of,
    digest_of,
    is_gone,
    is_readable,
    unchanged,
)
from fasti.settings import deck_path
from fasti.store import catalogue
from fasti.store.catalogue import StoredFile

if TYPE_CHECKING:
    from sqlalchemy import Connection


class UnreadableDeckError(FastiError):
    """A deck file that the system will not let us read."""

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__(f"`{path}` cannot be read: {error.strerror}")


class Clock(NamedTuple):
    """The moment of a change: as the learner's clock has it, and as the machine's files do."""

    now_ms: int
    wall_ns: int


class DeckFile(NamedTuple):
    """A deck file as it is on disk now."""

    path: str
    size: int
    mtime_ns: int
    digest: str
    reading: Reading

    @property
    def source(self) -> Source:
        """What its deck is made of."""
        return Source(self.path, self.reading.deck, self.reading.damaged, self.reading.problems)


def moved_files(
    connection: "Connection",
    stored: Mapping[str, StoredFile],
    fresh: Mapping[str, DeckFile],
    withdrawn: Collection[str] = (),
) -> dict[str, str]:
    """Which new file is which missing one under another name: it has at least half of its facts.

    `withdrawn` files are missing, or will be.
    """
    new = [path for path, file in fresh.items() if path not in stored and file.reading.deck]
    missing = [path for path in stored if path in withdrawn or is_gone(path)] if new else []
    moved: dict[str, str] = {}
    for old in missing:
        keys = {
            (fact.kind, fact.key)
            for fact in catalogue.facts(connection, stored[old].deck)
            if fact.path == old and fact.retired_ms is None
        }
        for path in new:
            shared = keys & keys_of(fresh[path])
            if path not in moved.values() and keys and 2 * len(shared) >= len(keys):
                moved[old] = path
                break
    return moved


def keys_of(file: DeckFile) -> set[tuple[str, str]]:
    """What tells the facts of a file from others: kind and normalised text."""
    deck = file.reading.deck
    kinds = {**BUILT_IN, **deck.kinds} if deck else {}
    return {(fact.kind, key_of(fact, kinds[fact.kind])) for fact in (deck.facts if deck else ())}


class Shelf(NamedTuple):
    """A deck that is to be brought in step, with all its files; `follows` is the deck whose place it takes."""

    deck: Deck
    sources: tuple[Source, ...]
    files: tuple[DeckFile, ...]
    gone: tuple[str, ...]
    follows: str | None


def shelves(
    connection: "Connection", stored: Mapping[str, StoredFile], fresh: Mapping[str, DeckFile], clock: Clock
) -> tuple[list[Shelf], list[Report]]:
    """The decks that the changed files touch, and a report on each new file that holds no deck."""
    homes = {path: _home(file, stored.get(path)) for path, file in fresh.items()}
    useless = [
        Report(
            Path(path).name, Path(path).name, problems=[(path, each) for each in fresh[path].reading.problems]
        )
        for path, home in homes.items()
        if home is None
    ]
    touched = dict.fromkeys(home for home in homes.values() if home)
    left = {stored[path].deck for path in homes if path in stored and homes[path] != stored[path].deck}
    shelves: list[Shelf] = []
    for deck_id in [*touched, *(left - touched.keys())]:
        paths = [path for path, file in stored.items() if homes.get(path, file.deck) == deck_id]
        paths += [path for path, home in homes.items() if home == deck_id and path not in stored]
        shelves.append(_shelf(connection, deck_id, paths, stored, fresh, clock))
    return shelves, useless


def _home(file: DeckFile, known: StoredFile | None) -> str | None:
    """The deck that a file belongs to: the one it names, else the one it was known as."""
    deck = file.reading.deck
    if known and (deck is None or not deck.named):
        return known.deck
    return deck.id if deck else None


def _shelf(
    connection: "Connection",
    deck_id: str,
    paths: Sequence[str],
    stored: Mapping[str, StoredFile],
    fresh: Mapping[str, DeckFile],
    clock: Clock,
) -> Shelf:
    here = [path for path in paths if path in fresh or is_readable(path)]
    missing = [path for path in paths if path not in here]
    arrived = any(path not in stored for path in here)
    files = [fresh[path] if path in fresh else read_file(path, clock) for path in here]
    sources = [file.source for file in files]
    # A file that came while another of the deck's went is that file, moved: nothing waits for the old one.
    gone = missing if arrived else []
    sources = without_copies(sources)
    sources += [Source(path, None, (), ()) for path in missing if path not in gone]
    useful = {source.path for source in sources if source.path in stored or _has_facts(source)}
    return Shelf(
        _deck_of(connection, deck_id, sources),
        tuple(sources),
        tuple(file for file in files if file.path in useful),
        tuple(gone),
        _predecessor(connection, deck_id, paths, stored),
    )


def _has_facts(source: Source) -> bool:
    return bool(source.damaged or (source.deck and source.deck.facts))


def _predecessor(
    connection: "Connection", deck_id: str, paths: Sequence[str], stored: Mapping[str, StoredFile]
) -> str | None:
    """The deck that became this one when its author gave the file another id: all its files are here now."""
    if catalogue.deck(connection, deck_id) is not None:
        return None
    for path in paths:
        if path in stored:
            old = stored[path].deck
            if all(other in paths for other, file in stored.items() if file.deck == old):
                return old
    return None


def _deck_of(connection: "Connection", deck_id: str, sources: Sequence[Source]) -> Deck:
    """One deck of all the files that hold it; where none can be read, what is remembered of it."""
    deck = joined(deck_id, sources)
    if deck is not None:
        return deck
    known = catalogue.deck(connection, deck_id)
    return deck_of(known.id, known.title, known.content) if known else Deck(deck_id, deck_id, ())


def joined(deck_id: str, sources: Sequence[Source]) -> Deck | None:
    """One deck of all the files that hold it: the first says what it is called. None where none is readable."""
    decks = [source.deck for source in sources if source.deck]
    if not decks:
        return None
    return replace(
        decks[0],
        id=deck_id,
        facts=tuple(fact for deck in decks for fact in deck.facts),
        kinds={name: kind for deck in decks for name, kind in deck.kinds.items()},
        sources={name: source for deck in reversed(decks) for name, source in deck.sources.items()},
    )


def without_copies(sources: Sequence[Source]) -> list[Source]:
    """The files of a deck without the facts that an earlier file holds; each such fact is a problem."""
    if len(sources) == 1:
        return [*sources]  # a fact that a file holds twice is told of by its reading
    seen: dict[object, str] = {}
    kept: list[Source] = []
    for source in sources:
        if source.deck is None:
            kept.append(source)
            continue
        kinds = {**BUILT_IN, **source.deck.kinds}
        own: list[Fact] = []
        copies: dict[str, list[Fact]] = {}
        for fact in source.deck.facts:
            identity = identity_of(fact, kinds[fact.kind])
            name = identity.id or (identity.kind, identity.key, identity.answer)
            other = seen.setdefault(name, source.path)
            if other == source.path:
                own.append(fact)
            else:
                copies.setdefault(other, []).append(fact)
        problems = [problem for other, facts in copies.items() for problem in _copies(facts, other)]
        kept.append(
            source._replace(
                deck=replace(source.deck, facts=tuple(own)), problems=(*source.problems, *problems)
            )
        )
    return kept


def _copies(facts: Sequence[Fact], other: str) -> list[Problem]:
    """What is said of facts that another file holds: of a few each, of a whole file once."""
    if len(facts) > _FEW:
        said = f"{len(facts):,} facts of this file, from here on, are in your library already, from `{other}`"
        return [Problem(facts[0].place, "fact-elsewhere", said, "warning")]
    said = f"this fact is in your library already, from `{other}`"
    return [Problem(fact.place, "fact-elsewhere", said, "warning") for fact in facts]


_FEW = 3


def changed_files(
    connection: "Connection",
    stored: Mapping[str, StoredFile],
    added: Sequence[str],
    contents: Mapping[str, bytes],
    clock: Clock,
    onlooker: Onlooker,
    *,
    dry_run: bool,
) -> dict[str, DeckFile]:
    """The files that are new or whose content changed, read; a mere new time stamp is noted.

    `contents` has the bytes of files that are not written yet.
    """
    fresh: dict[str, DeckFile] = {}
    paths = list(dict.fromkeys([*stored, *added]))
    several = onlooker if len(paths) > 1 else nobody
    for path in told(paths, several, "Looking at deck files", "files"):
        known = stored.get(path)
        if path not in contents and known and unchanged(path, known.size, known.mtime_ns, known.version):
            continue
        try:
            found = FileBytes(contents[path], 0) if path in contents else bytes_of(path, clock.wall_ns)
        except OSError as error:
            if path in added:
                raise UnreadableDeckError(path, error) from error
            continue  # what is in the library stays until the file can be read again
        # Compared before it is read: that takes a hundred times as long.
        if known is None or known.version != READ_WITH or known.digest != digest_of(found.data):
            fresh[path] = _read(path, found, onlooker)
        elif not dry_run:
            size = len(found.data)
            catalogue.save_file(connection, known._replace(size=size, mtime_ns=found.mtime_ns))
    return fresh


def read_file(path: str, clock: Clock) -> DeckFile:
    """A deck file as it is on disk now; `path` is as the library remembers it. Raises OSError."""
    return _read(path, bytes_of(path, clock.wall_ns), nobody)


def file_of(path: str, data: bytes) -> DeckFile:
    """A deck file that will hold these bytes; `path` is as the library will remember it."""
    return _read(path, FileBytes(data, 0), nobody)


def _read(path: str, found: FileBytes, onlooker: Onlooker) -> DeckFile:
    data = found.data
    reading = read_deck_bytes(data, deck_path(path).stem, onlooker if len(data) >= LARGE else nobody)
    return DeckFile(path, len(data), found.mtime_ns, digest_of(data), without_silenced(reading, data))
