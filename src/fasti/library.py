"""The library: deck files on disk joined to the database.

`add` brings files in, `bring_in_step` notices what changed since, `remove` takes a deck out; none of
them ever deletes progress. Each says what it did, deck by deck.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fasti import following
from fasti.core.onlooker import Onlooker, nobody
from fasti.deck_names import find_deck
from fasti.decks.find import NoDeckError, deck_files
from fasti.edits import Report
from fasti.files import READ_WITH
from fasti.garbage import no_collection
from fasti.settings import BUNDLED_DECKS, bundled, by_name, stored_path
from fasti.shelves import (
    Clock,
    DeckFile,
    Shelf,
    changed_files,
    moved_files,
    read_file,
    shelves,
)
from fasti.shelving import follow_exams, join_twins, plan_shelves, write_shelf
from fasti.store import catalogue
from fasti.store import folders as store_folders
from fasti.store.catalogue import StoredDeck, StoredFile
from fasti.store.database import Database
from fasti.store.enrolment import enrol, has_places, learners
from fasti.store.passed_over import PassedOver

if TYPE_CHECKING:
    from sqlalchemy import Connection


def add(
    database: Database,
    paths: Iterable[Path],
    learner: str,
    clock: Clock,
    *,
    dry_run: bool = False,
    onlooker: Onlooker = nobody,
) -> list[Report]:
    """Bring deck files and folders into the library; a file already there is brought in step.

    A folder is followed from then on: decks that appear in it join. Raises FastiError where a path holds no deck.
    """
    places = [by_name(path) for path in paths]
    folders = [stored_path(path) for path in places if path.is_dir()]
    deck_files(place for place in places if place.is_dir())  # for its refusals
    files = [stored_path(path) for path in deck_files(place for place in places if not place.is_dir())]
    return _synchronise(database, Arrivals(files, folders), learner, clock, onlooker, dry_run=dry_run)


def add_files(
    database: Database,
    files: Mapping[Path, bytes],
    withdrawn: Collection[Path],
    learner: str,
    clock: Clock,
    *,
    dry_run: bool = False,
    onlooker: Onlooker = nobody,
) -> list[Report]:
    """Bring in deck files that hold these bytes, or will, and take out what only the `withdrawn` ones held."""
    contents = {stored_path(path): data for path, data in files.items()}
    arrivals = Arrivals(
        list(contents), contents=contents, withdrawn={stored_path(path) for path in withdrawn}
    )
    return _synchronise(database, arrivals, learner, clock, onlooker, dry_run=dry_run)


def bring_in_step(
    database: Database,
    learner: str,
    clock: Clock,
    *,
    or_bundled: bool = False,
    onlooker: Onlooker = nobody,
) -> list[Report]:
    """Bring every deck whose files changed in step with them.

    With `or_bundled`, a library in which there never was a deck gets those that ship with the program;
    of these nothing is reported unless something is wrong.
    """
    with database.reading() as connection:
        empty = not catalogue.files(connection) and not catalogue.any_deck(connection)
    if empty and or_bundled:
        paths = [bundled("decks") / name for name in BUNDLED_DECKS]
        reports = add(database, paths, learner, clock, onlooker=onlooker)
        return [report for report in reports if report.problems]
    return _synchronise(database, Arrivals(), learner, clock, onlooker, dry_run=False)


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
    join_twins(connection, deck.id, there, clock)


class Arrivals(NamedTuple):
    """What is to come into the library besides what it watches: files, and folders to follow.

    `contents` has the bytes of files that are not written yet. What only `withdrawn` files hold goes.
    """

    files: Sequence[str] = ()
    folders: Sequence[str] = ()
    contents: Mapping[str, bytes] = {}
    withdrawn: Collection[str] = ()


def _synchronise(
    database: Database,
    arrivals: Arrivals,
    learner: str,
    clock: Clock,
    onlooker: Onlooker,
    *,
    dry_run: bool,
) -> list[Report]:
    # Facts and cards are gone when the function returns in which they are named. Were the collector let loose
    # within it, it would look through all of them at once.
    with no_collection():
        return _in_step(database, arrivals, learner, clock, onlooker, dry_run=dry_run)


def _in_step(
    database: Database,
    arrivals: Arrivals,
    learner: str,
    clock: Clock,
    onlooker: Onlooker,
    *,
    dry_run: bool,
) -> list[Report]:
    with database.reading() if dry_run else database.writing() as connection:
        stored = {file.path: file for file in catalogue.files(connection)}
        left_out = store_folders.passed_over(connection)
        seen = _look(connection, stored, arrivals, left_out)
        fresh = changed_files(
            connection,
            stored,
            [*arrivals.files, *seen.arrived],
            arrivals.contents,
            clock,
            onlooker,
            dry_run=dry_run,
        )
        no_decks = [
            fresh.pop(path) for path in seen.arrived if path in fresh and not fresh[path].reading.holds_facts
        ]
        _refuse_empty(arrivals.folders, {**stored, **fresh})
        if not dry_run:
            _follow(connection, arrivals, no_decks, left_out)
        moved = moved_files(connection, stored, fresh, arrivals.withdrawn)
        for old, new in moved.items():
            stored[new] = stored.pop(old)._replace(path=new)
            if not dry_run:
                catalogue.forget_file(connection, old)
        withdrawn = [path for path in arrivals.withdrawn if path in stored]
        orphans = _withdraw(connection, stored, fresh, withdrawn, clock, dry_run=dry_run)
        touched, useless = shelves(connection, stored, fresh, clock)
        edits = plan_shelves(connection, touched, clock, onlooker)
        gone = [path for path in seen.gone if path in stored]
        if not dry_run and edits:
            for shelf, edit in zip(touched, edits, strict=True):
                write_shelf(connection, shelf, edit, clock, onlooker)
            for edit in edits:
                edit.report.live_on = join_twins(connection, edit.report.deck, edit.retired, clock)
            follow_exams(connection, edits)
            onlooker("Giving new cards their places", 0, 0, "")
            for other in learners(connection):
                enrol(connection, other)
        if not dry_run:
            for path in gone:
                catalogue.save_file(connection, stored[path]._replace(size=following.GONE))
            # Whoever has places has all: they are given with the cards, to everyone. On a server a learner may
            # have come at the same moment, and is only seen now.
            if edits or not database.is_sqlite or not has_places(connection, learner):
                enrol(connection, learner)
        reports = [*(edit.report for edit in edits), *orphans]
        known = following.below_any(arrivals.folders, seen.arrived)
        arrived = [path for path in seen.arrived if path not in known and path not in moved.values()]
        _tell_files(connection, reports, arrived, touched, [stored[path] for path in gone])
    return [*reports, *useless, *_left_out(arrivals.folders, no_decks)]


def _look(
    connection: "Connection",
    stored: Mapping[str, StoredFile],
    arrivals: Arrivals,
    left_out: Sequence[PassedOver],
) -> following.Look:
    """What came and went in the folders that are followed, or are to be; what comes anew is looked at again."""
    elsewhere = [file for file in left_out if not following.below_any(arrivals.folders, [file.path])]
    folders = dict.fromkeys([*store_folders.folders(connection), *arrivals.folders])
    return following.look(folders, stored.values(), elsewhere)


def _follow(
    connection: "Connection",
    arrivals: Arrivals,
    no_decks: Sequence[DeckFile],
    left_out: Sequence[PassedOver],
) -> None:
    shipped = str(bundled("decks").absolute())
    store_folders.follow(connection, [folder for folder in arrivals.folders if folder != shipped])
    paths = [file.path for file in left_out]
    again = {*following.below_any(arrivals.folders, paths), *arrivals.files}
    store_folders.look_again(connection, [path for path in paths if path in again])
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
