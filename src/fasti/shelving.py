"""What has become of decks, planned against what the database remembers of them, and written into it."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from fasti.core.content import header_of
from fasti.core.onlooker import Onlooker, nobody
from fasti.edits import Edit, Remembered
from fasti.files import READ_WITH
from fasti.likeness import similar
from fasti.shelves import Clock, Shelf
from fasti.store import catalogue, plans
from fasti.store.catalogue import StoredCard, StoredDeck, StoredFact, StoredFile
from fasti.store.enrolment import refresh_shelves
from fasti.store.renaming import rename_cards, rename_facts
from fasti.together import Row, plan_together

if TYPE_CHECKING:
    from sqlalchemy import Connection


def plan_shelves(
    connection: "Connection", shelves: Sequence[Shelf], clock: Clock, onlooker: Onlooker = nobody
) -> list[Edit]:
    """What is to be written for each deck, facts that went from one to another followed."""
    rows = [Row(shelf.deck, shelf.sources, _remembered(connection, shelf)) for shelf in shelves]
    return plan_together(
        rows, lambda deck, keys: _left_before(connection, deck, keys), similar, clock.now_ms, onlooker
    )


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


def write_shelf(
    connection: "Connection", shelf: Shelf, edit: Edit, clock: Clock, onlooker: Onlooker = nobody
) -> None:
    """Write what has become of one deck."""
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
    catalogue.save_facts(connection, edit.facts, onlooker)
    rename_cards(connection, edit.renamed_cards, clock.now_ms)
    catalogue.save_cards(connection, edit.cards, onlooker)
    catalogue.retire_facts(connection, deck.id, edit.retired, clock.now_ms)
    catalogue.return_facts(connection, deck.id, edit.returned, clock.now_ms)
    refresh_shelves(connection, deck.id)


def join_twins(connection: "Connection", deck: str, retired: Sequence[str], clock: Clock) -> list[str]:
    """Give what left a deck to its one copy in another deck, if nobody has answered that yet; their titles.

    So a fact that is copied to another deck first and cut out of its own afterwards keeps its progress.
    """
    if not retired:
        return []
    left = set(retired)
    gone = {fact.id: fact for fact in catalogue.facts(connection, deck) if fact.id in left}
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


def follow_exams(connection: "Connection", edits: Sequence[Edit]) -> None:
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
