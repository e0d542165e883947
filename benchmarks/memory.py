"""The peak of memory of a review of twenty cards in the large library, from start to end.

Ours is `fasti review` at a pseudo-terminal; the anki package opens its collection, and twenty times fetches a
card, prints it and answers it. Both work on copies, and the peak is what the system says of the process when
it has ended.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks import anki_collections, library
from benchmarks.counting import DUE
from benchmarks.kit import Measured, Run, Side, apart, measured

CARDS = 20
ANKI_REVIEW = """
import sys
from anki.collection import Card, Collection
from anki.scheduler.v3 import CardAnswer
collection = Collection(sys.argv[1])
for _ in range(int(sys.argv[2])):
    queued = collection.sched.get_queued_cards(fetch_limit=1).cards[0]
    card = Card(collection, backend_card=queued.card)
    card.start_timer()
    print(*card.note().fields)
    answer = collection.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
    collection.sched.answer_card(answer)
collection.close()
"""


def review_of_many(run: Run) -> Measured:
    """In megabytes."""
    cards = run.sizes.many_cards
    ours = library.copied(library.library(run, cards, DUE), run.folder / "scratch" / "memory")
    theirs = anki_collections.copied(
        anki_collections.collection(run, cards, DUE), run.folder / "scratch" / "memory.anki2"
    )
    number = min(CARDS, run.sizes.cards // 20)
    # A child's peak begins with its parent's: they are started from a process that is small.
    sides = {
        "fasti": apart(our_review, ours.environment, number),
        "anki": apart(anki_review, theirs, number, ours.environment),
    }
    return Measured(f"{cards:,}", "MB", measured(sides, run.rounds(3)))


def our_review(environment: Mapping[str, str], cards: int) -> Side:
    """Space and Good for each card, until the sitting is over."""
    from benchmarks.keystroke import ANSWER_ENDS, QUESTION_ENDS, SITTING_ENDS
    from benchmarks.terminal import Program

    command = [sys.executable, "-m", "fasti", "review", "--limit", str(cards)]
    while True:
        with Program(command, environment) as program:
            program.until(QUESTION_ENDS)
            for number in range(1, cards + 1):
                program.settle()
                program.until(ANSWER_ENDS, b" ")
                program.settle()
                program.until(QUESTION_ENDS if number < cards else SITTING_ENDS, b"3")
            program.settle()  # what is typed before that is thrown away
            yield program.end(b"q")


def anki_review(path: Path, cards: int, environment: Mapping[str, str]) -> Side:
    """The same by the anki package, printed."""
    from benchmarks.terminal import Program

    command = [sys.executable, "-c", ANKI_REVIEW, str(path), str(cards)]
    while True:
        with Program(command, environment) as program:
            yield program.end()
