"""What is due: one line for a prompt, then deck by deck."""

from typing import TYPE_CHECKING

from fasti.core.text import printable
from fasti.ui.spans import due_line, exam_sentence, next_sentence, on_break, pile_sentences

if TYPE_CHECKING:
    from fasti.due import Standing

_HEADS = ("deck", "due", "new", "cards")


def show_counts(standing: "Standing", *, accessible: bool) -> None:
    """Print what is to be done today or what comes next, and under it the decks that have something to ask."""
    day, count = standing.next_due or (None, 0)
    if standing.break_until is not None:
        sentences_off = on_break(standing.break_until, standing.today)
        print(" ".join([*sentences_off, next_sentence(day, count, standing.today)]).strip())
        return
    if standing.is_pile:
        new_wait = standing.is_behind and any(deck.new for deck in standing.decks)
        print(*pile_sentences(standing.limit, standing.level_day, standing.today, new_wait=new_wait))
    else:
        numbers = (standing.due, standing.new_today, day, count, standing.today, standing.repeats)
        print(due_line(*numbers, standing.for_exams))
    for exam in standing.plans.exams:
        print(printable(exam_sentence(exam, standing.today)))
    asking = [deck for deck in standing.decks if deck.due or deck.new]
    if len(asking) > 1:
        # Imported here: the one line alone is what a shell prompt waits for.
        from fasti.ui.columns import columns, sentences
        from fasti.ui.console import standard_output
        from fasti.ui.pipes import until_closed

        output = standard_output()
        rows = [(deck.title, f"{deck.due:,}", f"{deck.new:,}", f"{deck.total:,}") for deck in asking]
        with until_closed(output.file):
            output.show((sentences if accessible else columns)(_HEADS, rows, output.look))
