"""The library: deck files on disk joined to the database.

`add` brings files in, `bring_in_step` notices what changed since, `remove` takes a deck out; none of
them ever deletes progress. Each says what it did, deck by deck.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fasti.core.content import header_of
from fasti.core.identity import Identity
from fasti.decks.find import deck_files
from fasti.edits import Edit, Remembered, Report, plan_edit
from fasti.errors import FastiError
from fasti.files import READ_WITH
from fasti.settings import BUNDLED_DECKS, bundled, stored_path
from fasti.shelves import Clock, Shelf, changed_files, moved_files, shelves
from fasti.store import catalogue, plans
from fasti.store.catalogue import StoredCard, StoredDeck, StoredFact, StoredFile
from fasti.store.database import Database
from fasti.store.enrolment import enrol, learners, refresh_shelves
from fasti.store.renaming import rename_cards, rename_facts

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
    """Bring deck files, and those in folders, into the library; a file already there is brought in step.

    Raises FastiError where a path holds no deck.
    """
    added = [stored_path(path) for path in deck_files(_by_name(path) for path in paths)]
    return _synchronise(database, added, learner, clock, dry_run=dry_run)


def _by_name(path: Path) -> Path:
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
    return _synchronise(database, [], learner, clock, dry_run=False)


def remove(database: Database, name: str, clock: Clock) -> StoredDeck:
    """Take a deck out of the library by its id, title or file; its progress waits for its return."""
    with database.writing() as connection:
        deck = find_deck(connection, name)
        catalogue.save_deck(connection, deck._replace(removed_ms=clock.now_ms))
        for file in catalogue.files(connection):
            if file.deck == deck.id:
                catalogue.forget_file(connection, file.path)
        there = [fact.id for fact in catalogue.facts(connection, deck.id) if fact.retired_ms is None]
        catalogue.retire_facts(connection, deck.id, there, clock.now_ms)
        _join_twins(connection, deck.id, there, clock)
    return deck


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


def _synchronise(
    database: Database, added: Sequence[str], learner: str, clock: Clock, *, dry_run: bool
) -> list[Report]:
    with database.reading() if dry_run else database.writing() as connection:
        stored = {file.path: file for file in catalogue.files(connection)}
        fresh = changed_files(connection, stored, added, clock, dry_run=dry_run)
        for old, new in moved_files(connection, stored, fresh).items():
            stored[new] = stored.pop(old)._replace(path=new)
            if not dry_run:
                catalogue.forget_file(connection, old)
        touched, useless = shelves(connection, stored, fresh, clock)
        edits = _plan(connection, touched, clock)
        if not dry_run and edits:
            for shelf, edit in zip(touched, edits, strict=True):
                _write(connection, shelf, edit, clock)
            for edit in edits:
                edit.report.live_on = _join_twins(connection, edit.report.deck, edit.retired, clock)
            _follow_exams(connection, edits)
            for other in learners(connection):
                enrol(connection, other)
        if not dry_run:
            enrol(connection, learner)
    return [*(edit.report for edit in edits), *useless]


def _plan(connection: "Connection", shelves: Sequence[Shelf], clock: Clock) -> list[Edit]:
    """What is to be written for each deck, facts that went from one to another followed."""
    remembered = [_remembered(connection, shelf) for shelf in shelves]

    def alone(_: Sequence[Identity]) -> Remembered:
        return Remembered((), {})

    edits = [
        plan_edit(shelf.deck, shelf.sources, known, alone, similar, clock.now_ms)
        for shelf, known in zip(shelves, remembered, strict=True)
    ]
    leaving = [
        (fact, known.cards.get((fact.deck, fact.id), ()))
        for edit, known in zip(edits, remembered, strict=True)
        for fact in known.facts
        if fact.id in edit.retired
    ]
    for at, (shelf, known) in enumerate(zip(shelves, remembered, strict=True)):
        if edits[at].report.new:
            edits[at] = plan_edit(
                shelf.deck, shelf.sources, known, _leavers(connection, shelf, leaving), similar, clock.now_ms
            )
    _do_not_retire_what_moved(edits)
    return edits


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


def _leavers(
    connection: "Connection", shelf: Shelf, leaving: Sequence[tuple[StoredFact, Sequence[StoredCard]]]
) -> Callable[[Sequence[Identity]], Remembered]:
    """Facts that left other decks, in this change or before."""

    def elsewhere(strangers: Sequence[Identity]) -> Remembered:
        keys = {stranger.key for stranger in strangers}
        now = [(fact, cards) for fact, cards in leaving if fact.deck != shelf.deck.id]
        before = catalogue.retired_facts_elsewhere(connection, shelf.deck.id, keys)
        cards = {(fact.deck, fact.id): list(theirs) for fact, theirs in now}
        for fact in before:
            cards[fact.deck, fact.id] = catalogue.cards_of_fact(connection, fact.deck, fact.id)
        return Remembered([*(fact for fact, _ in now), *before], cards)

    return elsewhere


def _do_not_retire_what_moved(edits: Sequence[Edit]) -> None:
    moved = {(old.deck, old.id): old.title for edit in edits for old, _ in edit.renamed_facts}
    for edit in edits:
        for (deck, fact), title in moved.items():
            if deck == edit.report.deck and fact in edit.retired:
                edit.retired.remove(fact)
                edit.report.retired.remove(title)


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


def similar(text: str, choices: Sequence[str], least: int) -> Iterable[tuple[int, float]]:
    """The choices whose similarity to `text` is at least `least` (0-100), by index."""
    # Imported here: only a deck in which a fact is not recognised by its words needs it.
    from rapidfuzz import fuzz, process

    return [
        (index, score)
        for _, score, index in process.extract(
            text, choices, scorer=fuzz.ratio, score_cutoff=least, limit=None
        )
    ]
