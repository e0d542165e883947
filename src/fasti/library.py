"""The library: deck files on disk joined to the database.

`add` brings files in, `bring_in_step` notices what changed since, `remove` takes a deck out; none of
them ever deletes progress. Each says what it did, deck by deck.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fasti import following
from fasti.core.content import header_of
from fasti.decks.find import NoDeckError, deck_files
from fasti.edits import Edit, Remembered, Report
from fasti.errors import FastiError
from fasti.files import READ_WITH
from fasti.likeness import similar
from fasti.settings import BUNDLED_DECKS, bundled, deck_path, stored_path
from fasti.shelves import (
    Clock,
    DeckFile,
    Shelf,
    changed_files,
    moved_files,
    read_file,
    shelves,
)
from fasti.store import catalogue, plans
from fasti.store import folders as store_folders
from fasti.store.catalogue import StoredCard, StoredDeck, StoredFact, StoredFile
from fasti.store.database import Database
from fasti.store.enrolment import enrol, learners, refresh_shelves
from fasti.store.passed_over import PassedOver
from fasti.store.renaming import rename_cards, rename_facts
from fasti.together import Row, plan_together

if TYPE_CHECKING:
    from sqlalchemy import Connection


class UnknownDeckError(FastiError):
    """A deck that is not in the library."""

    def __init__(self, name: str, decks: Sequence[str]) -> None:
        known = ", ".join(f"`{deck}`" for deck in decks)
        super().__init__(
            f"no deck `{name}` in your library",
            f"your decks are {known}" if known else "add one with `fasti add PATH`",
        )


def add(
    database: Database, paths: Iterable[Path], learner: str, clock: Clock, *, dry_run: bool = False
) -> list[Report]:
    """Bring deck files and folders into the library; a file already there is brought in step.

    A folder is followed from then on: decks that appear in it join. Raises FastiError where a path holds no deck.
    """
    places = [by_name(path) for path in paths]
    folders = [stored_path(path) for path in places if path.is_dir()]
    deck_files(place for place in places if place.is_dir())  # for its refusals
    files = [stored_path(path) for path in deck_files(place for place in places if not place.is_dir())]
    return _synchronise(database, Arrivals(files, folders), learner, clock, dry_run=dry_run)


def add_files(
    database: Database,
    files: Mapping[Path, bytes],
    withdrawn: Collection[Path],
    learner: str,
    clock: Clock,
    *,
    dry_run: bool = False,
) -> list[Report]:
    """Bring in deck files that hold these bytes, or will, and take out what only the `withdrawn` ones held."""
    contents = {stored_path(path): data for path, data in files.items()}
    arrivals = Arrivals(
        list(contents), contents=contents, withdrawn={stored_path(path) for path in withdrawn}
    )
    return _synchronise(database, arrivals, learner, clock, dry_run=dry_run)


def by_name(path: Path) -> Path:
    """A path, or the deck that ships with the program under this name."""
    shipped = bundled("decks") / f"{path}.yaml"
    return shipped if shipped.name in BUNDLED_DECKS and not path.exists() else path


def bring_in_step(
    database: Database, learner: str, clock: Clock, *, or_bundled: bool = False
) -> list[Report]:
    """Bring every deck whose files changed in step with them.

    With `or_bundled`, a library in which there never was a deck gets those that ship with the program;
    of these nothing is reported unless something is wrong.
    """
    with database.reading() as connection:
        empty = not catalogue.files(connection) and not catalogue.any_deck(connection)
    if empty and or_bundled:
        paths = [bundled("decks") / name for name in BUNDLED_DECKS]
        return [report for report in add(database, paths, learner, clock) if report.problems]
    return _synchronise(database, Arrivals(), learner, clock, dry_run=False)


def remove(database: Database, name: str, clock: Clock) -> list[StoredDeck]:
    """Take a deck out of the library by its id, title or file, or a followed folder with all its decks.

    The progress waits for their return. Raises UnknownDeckError.
    """
    with database.writing() as connection:
        folder = stored_path(Path(name))
        followed = store_folders.folders(connection)
        if folder not in followed:
            deck = find_deck(connection, name)
            _take_out(connection, deck, followed, clock)
            return [deck]
        store_folders.unfollow(connection, folder)
        left_out = [file.path for file in store_folders.passed_over(connection)]
        store_folders.look_again(connection, following.below(folder, left_out))
        files = {file.path: file.deck for file in catalogue.files(connection)}
        inside = {files[path] for path in following.below(folder, files)}
        outside = {deck for path, deck in files.items() if path not in following.below(folder, files)}
        gone = [deck for deck in catalogue.decks(connection) if deck.id in inside - outside]
        for deck in gone:
            _take_out(connection, deck, (), clock)
    return gone


def _take_out(connection: "Connection", deck: StoredDeck, followed: Sequence[str], clock: Clock) -> None:
    """Take a deck out; its files in followed folders are left out from then on."""
    catalogue.save_deck(connection, deck._replace(removed_ms=clock.now_ms))
    files = [file for file in catalogue.files(connection) if file.deck == deck.id]
    for file in files:
        catalogue.forget_file(connection, file.path)
    inside = {path for folder in followed for path in following.below(folder, [file.path for file in files])}
    store_folders.pass_over(connection, [PassedOver(path, 0, 0, "", removed=True) for path in sorted(inside)])
    there = [fact.id for fact in catalogue.facts(connection, deck.id) if fact.retired_ms is None]
    catalogue.retire_facts(connection, deck.id, there, clock.now_ms)
    _join_twins(connection, deck.id, there, clock)


def files_of(database: Database, name: str) -> list[Path]:
    """The files of the deck of this id or title that are there now. Raises UnknownDeckError."""
    with database.reading() as connection:
        deck = find_deck(connection, name)
        paths = [deck_path(file.path) for file in catalogue.files(connection) if file.deck == deck.id]
    return [path for path in paths if path.is_file()]


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
        raise UnknownDeckError(name, [deck.id for deck in decks])
    return found[0]


def deck_paths(database: Database, name: str) -> list[Path]:
    """Where the files of a deck are, by its id, title or one of its files. Raises UnknownDeckError."""
    with database.reading() as connection:
        deck = find_deck(connection, name)
        return [deck_path(file.path) for file in catalogue.files(connection) if file.deck == deck.id]


class Arrivals(NamedTuple):
    """What is to come into the library besides what it watches: files, and folders to follow.

    `contents` has the bytes of files that are not written yet. What only `withdrawn` files hold goes.
    """

    files: Sequence[str] = ()
    folders: Sequence[str] = ()
    contents: Mapping[str, bytes] = {}
    withdrawn: Collection[str] = ()


def _synchronise(
    database: Database, arrivals: Arrivals, learner: str, clock: Clock, *, dry_run: bool
) -> list[Report]:
    with database.reading() if dry_run else database.writing() as connection:
        stored = {file.path: file for file in catalogue.files(connection)}
        seen = _look(connection, stored, arrivals)
        fresh = changed_files(
            connection, stored, [*arrivals.files, *seen.arrived], arrivals.contents, clock, dry_run=dry_run
        )
        no_decks = [
            fresh.pop(path) for path in seen.arrived if path in fresh and not fresh[path].reading.holds_facts
        ]
        _refuse_empty(arrivals.folders, {**stored, **fresh})
        if not dry_run:
            _follow(connection, arrivals, no_decks)
        moved = moved_files(connection, stored, fresh, arrivals.withdrawn)
        for old, new in moved.items():
            stored[new] = stored.pop(old)._replace(path=new)
            if not dry_run:
                catalogue.forget_file(connection, old)
        withdrawn = [path for path in arrivals.withdrawn if path in stored]
        orphans = _withdraw(connection, stored, fresh, withdrawn, clock, dry_run=dry_run)
        touched, useless = shelves(connection, stored, fresh, clock)
        edits = plan_shelves(connection, touched, clock)
        gone = [path for path in seen.gone if path in stored]
        if not dry_run and edits:
            for shelf, edit in zip(touched, edits, strict=True):
                _write(connection, shelf, edit, clock)
            for edit in edits:
                edit.report.live_on = _join_twins(connection, edit.report.deck, edit.retired, clock)
            _follow_exams(connection, edits)
            for other in learners(connection):
                enrol(connection, other)
        if not dry_run:
            for path in gone:
                catalogue.save_file(connection, stored[path]._replace(size=following.GONE))
            enrol(connection, learner)
        reports = [*(edit.report for edit in edits), *orphans]
        known = following.below_any(arrivals.folders, seen.arrived)
        arrived = [path for path in seen.arrived if path not in known and path not in moved.values()]
        _tell_files(connection, reports, arrived, touched, [stored[path] for path in gone])
    return [*reports, *useless, *_left_out(arrivals.folders, no_decks)]


def _look(connection: "Connection", stored: Mapping[str, StoredFile], arrivals: Arrivals) -> following.Look:
    """What came and went in the folders that are followed, or are to be; what comes anew is looked at again."""
    left_out = [
        file
        for file in store_folders.passed_over(connection)
        if not following.below_any(arrivals.folders, [file.path])
    ]
    folders = dict.fromkeys([*store_folders.folders(connection), *arrivals.folders])
    return following.look(folders, stored.values(), left_out)


def _follow(connection: "Connection", arrivals: Arrivals, no_decks: Sequence[DeckFile]) -> None:
    shipped = str(bundled("decks").absolute())
    store_folders.follow(connection, [folder for folder in arrivals.folders if folder != shipped])
    left_out = [file.path for file in store_folders.passed_over(connection)]
    again = following.below_any(arrivals.folders, left_out)
    store_folders.look_again(connection, [*again, *arrivals.files])
    store_folders.pass_over(
        connection,
        [PassedOver(file.path, file.size, file.mtime_ns, READ_WITH, removed=False) for file in no_decks],
    )


def _refuse_empty(folders: Sequence[str], files: Collection[str]) -> None:
    for folder in folders:
        if not following.below(folder, files) and folder != str(bundled("decks").absolute()):
            raise NoDeckError(Path(folder))


def _withdraw(
    connection: "Connection",
    stored: dict[str, StoredFile],
    fresh: dict[str, DeckFile],
    withdrawn: Sequence[str],
    clock: Clock,
    *,
    dry_run: bool,
) -> list[Report]:
    """Forget files that are not to be waited for; a deck that loses all of its files leaves the library."""
    orphans: list[Report] = []
    for path in withdrawn:
        deck = stored.pop(path).deck
        if not dry_run:
            catalogue.forget_file(connection, path)
        siblings = [file.path for file in stored.values() if file.deck == deck]
        fresh |= {each: read_file(each, clock) for each in siblings if each not in fresh}
        known = catalogue.deck(connection, deck)
        comes = any(file.reading.deck and file.reading.deck.id == deck for file in fresh.values())
        if known and not siblings and not comes:
            facts = [fact.title for fact in catalogue.facts(connection, deck) if fact.retired_ms is None]
            orphans.append(Report(deck, known.title, retired=facts))
            if not dry_run:
                _take_out(connection, known, (), clock)
    return orphans


def _tell_files(
    connection: "Connection",
    reports: list[Report],
    arrived: Collection[str],
    touched: Sequence[Shelf],
    gone: Sequence[StoredFile],
) -> None:
    """Say in the reports which files of followed folders came and which are gone."""
    by_deck = {report.deck: report for report in reports}
    for shelf in touched:
        by_deck[shelf.deck.id].appeared = [file.path for file in shelf.files if file.path in arrived]
    for file in gone:
        known = catalogue.deck(connection, file.deck)
        report = by_deck.setdefault(file.deck, Report(file.deck, known.title if known else file.deck))
        report.gone.append(file.path)
        if report not in reports:
            reports.append(report)


def _left_out(folders: Sequence[str], no_decks: Sequence[DeckFile]) -> list[Report]:
    """On each folder that is followed from now on: which of its files are no decks."""
    reports: list[Report] = []
    for folder in folders:
        files = following.below(folder, [file.path for file in no_decks])
        if files:
            reports.append(Report("", folder, no_decks=files))
    return reports


def plan_shelves(connection: "Connection", shelves: Sequence[Shelf], clock: Clock) -> list[Edit]:
    """What is to be written for each deck, facts that went from one to another followed."""
    rows = [Row(shelf.deck, shelf.sources, _remembered(connection, shelf)) for shelf in shelves]
    return plan_together(rows, lambda deck, keys: _left_before(connection, deck, keys), similar, clock.now_ms)


def _remembered(connection: "Connection", shelf: Shelf) -> Remembered:
    deck_id = shelf.follows or shelf.deck.id
    order = {source.path: place for place, source in enumerate(shelf.sources)}
    facts = sorted(
        catalogue.facts(connection, deck_id),
        key=lambda fact: (fact.retired_ms is not None, order.get(fact.path, len(order)), fact.position),
    )
    return Remembered(facts, _by_fact(catalogue.cards(connection, deck_id)))


def _by_fact(cards: Iterable[StoredCard]) -> dict[tuple[str, str], list[StoredCard]]:
    grouped: dict[tuple[str, str], list[StoredCard]] = {}
    for card in cards:
        grouped.setdefault((card.deck, card.fact), []).append(card)
    return grouped


def _left_before(connection: "Connection", deck: str, keys: Collection[str]) -> Remembered:
    """Facts with one of these keys that left other decks in an earlier change."""
    before = catalogue.retired_facts_elsewhere(connection, deck, keys)
    cards = {(fact.deck, fact.id): catalogue.cards_of_fact(connection, fact.deck, fact.id) for fact in before}
    return Remembered(before, cards)


def _write(connection: "Connection", shelf: Shelf, edit: Edit, clock: Clock) -> None:
    deck = shelf.deck
    known = catalogue.deck(connection, deck.id)
    position = known.position if known else len(catalogue.decks(connection))
    removed = None if shelf.files else clock.now_ms
    catalogue.save_deck(connection, StoredDeck(deck.id, deck.title, position, header_of(deck), removed))
    for path in shelf.gone:
        catalogue.forget_file(connection, path)
    for file in shelf.files:
        problems = len(file.reading.problems)
        catalogue.save_file(
            connection,
            StoredFile(file.path, deck.id, file.size, file.mtime_ns, file.digest, READ_WITH, problems),
        )
    rename_facts(connection, [(old.deck, old.id, new) for old, new in edit.renamed_facts])
    catalogue.save_facts(connection, edit.facts)
    rename_cards(connection, edit.renamed_cards, clock.now_ms)
    catalogue.save_cards(connection, edit.cards)
    catalogue.retire_facts(connection, deck.id, edit.retired, clock.now_ms)
    catalogue.return_facts(connection, deck.id, edit.returned, clock.now_ms)
    refresh_shelves(connection, deck.id)


def _join_twins(connection: "Connection", deck: str, retired: Sequence[str], clock: Clock) -> list[str]:
    """Give what left a deck to its one copy in another deck, if nobody has answered that yet; their titles.

    So a fact that is copied to another deck first and cut out of its own afterwards keeps its progress.
    """
    gone = {fact.id: fact for fact in catalogue.facts(connection, deck) if fact.id in set(retired)}
    twins: dict[tuple[str, str], list[StoredFact]] = {}
    for twin in catalogue.unreviewed_twins(connection, deck, [fact.key for fact in gone.values()]):
        twins.setdefault((twin.kind, twin.key), []).append(twin)
    joined: list[str] = []
    for fact in gone.values():
        candidates = twins.pop((fact.kind, fact.key), [])
        if len(candidates) == 1:
            _join(connection, fact, candidates[0], clock)
            joined.append(fact.title)
    return joined


def _join(connection: "Connection", fact: StoredFact, twin: StoredFact, clock: Clock) -> None:
    now = {card.asks: card for card in catalogue.cards_of_fact(connection, twin.deck, twin.id)}
    before = catalogue.cards_of_fact(connection, fact.deck, fact.id)
    pairs = [
        (
            card.key,
            now.get(card.asks)
            or card._replace(key=f"{twin.deck}/{twin.id}#{card.asks}", deck=twin.deck, fact=twin.id),
        )
        for card in before
    ]
    rename_facts(connection, [(fact.deck, fact.id, twin)])
    rename_cards(connection, pairs, clock.now_ms)


def _follow_exams(connection: "Connection", edits: Sequence[Edit]) -> None:
    """Let exams over a deck that gave away all it had go with most of its facts.

    So an exam stays what it was when its deck is given another id.
    """
    went: dict[str, Counter[str]] = {}
    for edit in edits:
        for old, new in edit.renamed_facts:
            if old.deck != new.deck:
                went.setdefault(old.deck, Counter())[new.deck] += 1
    for deck, others in went.items():
        if all(fact.retired_ms is not None for fact in catalogue.facts(connection, deck)):
            plans.follow_deck(connection, deck, max(others, key=lambda other: (others[other], other)))
