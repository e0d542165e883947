"""What a student waits for from Enter on: the first card on the terminal, and `fasti due`.

The anki package opens its collection and prints what it has of the deck that is selected, one of twenty: what
any program built on it must do at the least. Ours asks all twenty. A program is started as `python -m fasti`;
it is stopped when its first question is seen. `fasti due` runs to its end, and what it is measured by is
spared its own: it stops where its tree is printed.
"""

import subprocess
import sys
from collections.abc import Mapping

from benchmarks import anki_collections, library
from benchmarks.counting import DUE
from benchmarks.kit import Measured, Run, Side, measured, timed
from benchmarks.texts import MARK

ANKI_FIRST_CARD = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
queued = collection.sched.get_queued_cards(fetch_limit=1).cards[0]
print(collection.get_card(queued.card.id).note().fields[0], flush=True)
"""
ANKI_TREE = """
import os, sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
for deck in collection.sched.deck_due_tree().children:
    print(deck.name, deck.review_count, deck.new_count)
sys.stdout.flush()
os._exit(0)
"""
ANKI_OPEN = """
import os, sys
from anki.collection import Collection
Collection(sys.argv[1])
os._exit(0)
"""
REVIEW = [sys.executable, "-m", "fasti", "review"]


def first_card(run: Run) -> Measured:
    """In the ordinary library."""
    ours = library.library(run, run.sizes.cards, DUE)
    theirs = anki_collections.collection(run, run.sizes.cards, DUE)
    bare = [sys.executable, "-c", f"print({MARK!r})"]
    sides = {
        "fasti": until_first_card(REVIEW, ours.environment),
        "anki": until_first_card([sys.executable, "-c", ANKI_FIRST_CARD, str(theirs)], ours.environment),
        "bare Python": until_first_card(bare, ours.environment),
    }
    return Measured(f"{run.sizes.cards:,}", "s", measured(sides, run.rounds(15)))


def first_card_of_many(run: Run) -> Measured:
    """In the large library, against our own in the ordinary one."""
    large = library.library(run, run.sizes.many_cards, DUE)
    ordinary = library.library(run, run.sizes.cards, DUE)
    theirs = anki_collections.collection(run, run.sizes.many_cards, DUE)
    sides = {
        "fasti": until_first_card(REVIEW, large.environment),
        "its own": until_first_card(REVIEW, ordinary.environment),
        "anki, as large": until_first_card(
            [sys.executable, "-c", ANKI_FIRST_CARD, str(theirs)], large.environment
        ),
    }
    return Measured(f"{run.sizes.many_cards:,}", "s", measured(sides, run.rounds(11)))


def due(run: Run) -> Measured:
    """`fasti due`, printed, against the tree of decks, printed, and the bare opening of a collection."""
    return _due(run, run.sizes.cards, 11)


def due_of_many(run: Run) -> Measured:
    """The same in the large library."""
    return _due(run, run.sizes.many_cards, 5)


def _due(run: Run, cards: int, usual_rounds: int) -> Measured:
    ours, theirs = library.library(run, cards, DUE), anki_collections.collection(run, cards, DUE)
    python = [sys.executable, "-c"]
    sides = {
        "fasti": to_its_end([sys.executable, "-m", "fasti", "due"], ours.environment),
        "anki": to_its_end([*python, ANKI_TREE, str(theirs)], ours.environment),
        "anki, only opened": to_its_end([*python, ANKI_OPEN, str(theirs)], ours.environment),
        "bare Python": to_its_end([*python, "pass"], ours.environment),
    }
    return Measured(f"{cards:,}", "s", measured(sides, run.rounds(usual_rounds)))


def until_first_card(command: list[str], environment: Mapping[str, str]) -> Side:
    """Seconds from the start of a process to its first question, through a pseudo-terminal."""
    from benchmarks.terminal import Program

    while True:
        with Program(command, environment) as program:
            yield program.until(MARK.encode())


def to_its_end(command: list[str], environment: Mapping[str, str]) -> Side:
    """Seconds that a process takes whose output nobody waits for."""
    while True:
        yield timed(lambda: subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True))
