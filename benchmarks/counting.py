"""What is asked of an open library: how many cards are due in each deck, and the next card."""

from pathlib import Path
from random import Random

from benchmarks import anki_collections, library
from benchmarks.kit import Measured, Run, Side, apart, measured, timed
from benchmarks.library import LEARNER, TODAY, Library

DUE = 0.1
AT_MOST = 2_000


def counts(run: Run) -> Measured:
    """Due and new cards of each of twenty decks, against `deck_due_tree`, in the ordinary library."""
    return _counts(run, run.sizes.cards, 9)


def counts_of_many(run: Run) -> Measured:
    """The same in the large library."""
    return _counts(run, run.sizes.many_cards, 7)


def next_card(run: Run) -> Measured:
    """The next card of a sitting, read with all that is shown of it: the large library against the ordinary one.

    Beside them, what a sitting does once, when it begins: the queue of the day looked up.
    """
    large = library.library(run, run.sizes.many_cards, DUE)
    ordinary = library.library(run, run.sizes.cards, DUE)
    sides = {
        "fasti": apart(our_next_card, large),
        "its own": apart(our_next_card, ordinary),
        "the day's queue, large": apart(our_queue, large),
        "the day's queue": apart(our_queue, ordinary),
    }
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
    """As a sitting asks for it between an answer and the next question; any due card, so that none is at hand."""
    from fasti.desk import Desk
    from fasti.session_contract import Rules
    from fasti.store import schedules
    from fasti.store.opening import open_database

    random = Random(1)
    with open_database(f"sqlite:///{made.file}", 0) as database:
        with database.reading() as connection:
            due = schedules.candidates(connection, LEARNER, None, TODAY, AT_MOST).due
        desk = Desk(database, LEARNER, Rules())
        while True:
            keys = [random.choice(due).card for _ in range(500)]
            yield timed(lambda: [desk.card(key) for key in keys]) / len(keys)  # noqa: B023 - called at once


def our_queue(made: Library) -> Side:
    """As a sitting of 30 cards begins."""
    from fasti.store import schedules
    from fasti.store.opening import open_database

    with open_database(f"sqlite:///{made.file}", 0) as database, database.reading() as connection:
        while True:
            yield timed(lambda: schedules.candidates(connection, LEARNER, None, TODAY, 30))
