"""What is asked of an open library: how many cards are due in each deck, and the next card."""

from pathlib import Path
from random import Random

from benchmarks import anki_collections, library
from benchmarks.kit import Measured, Run, Side, apart, measured, timed
from benchmarks.library import LEARNER, TODAY, Library

DUE = 0.1


def counts(run: Run) -> Measured:
    """Due and new cards of each of twenty decks, against `deck_due_tree`, in the ordinary library."""
    return _counts(run, run.sizes.cards, 9)


def counts_of_many(run: Run) -> Measured:
    """The same in the large library."""
    return _counts(run, run.sizes.many_cards, 7)


def next_card(run: Run) -> Measured:
    """The next card of a deck looked up and read as it is asked: the large library against the ordinary one."""
    large = library.library(run, run.sizes.many_cards, DUE)
    ordinary = library.library(run, run.sizes.cards, DUE)
    sides = {"fasti": apart(our_next_card, large), "its own": apart(our_next_card, ordinary)}
    return Measured(f"{run.sizes.many_cards:,}", "s", measured(sides, run.rounds(9)))


def _counts(run: Run, cards: int, usual_rounds: int) -> Measured:
    ours, theirs = library.library(run, cards, DUE), anki_collections.collection(run, cards, DUE)
    sides = {"fasti": apart(our_counts, ours), "anki": apart(anki_counts, theirs)}
    return Measured(f"{cards:,}", "s", measured(sides, run.rounds(usual_rounds)))


def our_counts(made: Library) -> Side:
    """As `fasti due` asks; the mean of several, for it is soon done."""
    from fasti.store.peek import glimpse

    with glimpse(made.file) as look:
        assert look is not None
        while True:
            yield timed(lambda: [look.counts(LEARNER, TODAY) for _ in range(5)]) / 5


def anki_counts(path: Path) -> Side:
    """Its tree of decks with their counts."""
    collection = anki_collections.opened(path)
    while True:
        yield timed(lambda: [collection.sched.deck_due_tree() for _ in range(5)]) / 5


def our_next_card(made: Library) -> Side:
    """As a sitting asks: a deck's queue by its index, and a card with all that is shown of it."""
    from fasti.store import schedules
    from fasti.store.database import open_database
    from fasti.stored_cards import stored_from

    with open_database(f"sqlite:///{made.file}", 0) as database, database.reading() as connection:
        decks = [f"d{number}" for number in range(20)]
        keys = [
            card.card
            for deck in decks
            for card in schedules.candidates(connection, LEARNER, [deck], TODAY, 200).due
        ]
        random = Random(1)

        def look() -> None:
            for deck in decks:
                schedules.candidates(connection, LEARNER, [deck], TODAY, 1)
                # Not the first one always: that would stay in the cache.
                face = schedules.card_face(connection, LEARNER, random.choice(keys))
                assert face is not None
                stored_from(face)

        while True:
            yield timed(lambda: [look() for _ in range(20)]) / 400
