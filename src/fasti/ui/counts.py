"""What is due: one line for a prompt, then deck by deck."""

import sys
from typing import TYPE_CHECKING

from fasti.core.queue import MOST_NEW
from fasti.ui.prose import between_words
from fasti.ui.spans import due_line, next_sentence, on_break, pile_sentences

if TYPE_CHECKING:
    from fasti.due import Standing

_HEADS = ("deck", "due", "new", "cards")


def show_counts(standing: "Standing", *, accessible: bool) -> None:
    """Print what is to be done today or what comes next, and under it the decks that have something to ask."""
    day, count = standing.next_due or (None, 0)
    if standing.break_until is not None:
        sentences_off = on_break(standing.break_until, standing.today)
        _print(" ".join([*sentences_off, next_sentence(day, count, standing.today)]).strip())
        return
    if standing.is_pile:
        unasked = any(deck.new for deck in standing.decks) and not standing.plans.new_wanted
        new_wait = standing.is_behind and unasked
        pile = pile_sentences(standing.limit, standing.level_day, standing.today, new_wait=new_wait)
        _print(" ".join(pile))
    else:
        numbers = (standing.due, standing.new_today, day, count, standing.today, standing.repeats)
        _print(due_line(*numbers, standing.for_exams))
    if standing.plans.exams:
        # Imported here, as below: the one line alone is what a shell prompt waits for.
        from fasti.ui.exams import show_exams

        sys.stdout.flush()
        show_exams(standing.plans.exams, standing.today)
    asking = [deck for deck in standing.decks if deck.due or deck.new]
    if len(asking) > 1:
        from fasti.ui.columns import columns, sentences
        from fasti.ui.console import standard_output
        from fasti.ui.pipes import until_closed

        output = standard_output()
        rows = [(deck.title, f"{deck.due:,}", _number_new(deck.new), f"{deck.total:,}") for deck in asking]
        with until_closed(output.file):
            output.show((sentences if accessible else columns)(_HEADS, rows, output.look))


def _number_new(new: int) -> str:
    """Many new cards are not counted to the last."""
    return f"{new:,}" if new < MOST_NEW else f"{MOST_NEW:,}+"


def _print(text: str) -> None:
    print(between_words(text, sys.stdout))
