"""What is due: one line for a prompt, then deck by deck."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fasti.ui.spans import due_line

if TYPE_CHECKING:
    from fasti.store.due import DeckCounts

_HEADS = ("deck", "due", "new", "cards")


def counts_text(decks: "Sequence[DeckCounts]", today: int, next_due: tuple[int, int] | None) -> str:
    """What is to be done today, or what comes next, on one line."""
    day, count = next_due or (None, 0)
    return due_line(sum(deck.due for deck in decks), sum(deck.new for deck in decks), day, count, today)


def show_counts(
    decks: "Sequence[DeckCounts]", today: int, next_due: tuple[int, int] | None, *, accessible: bool
) -> None:
    """Print the line, and under it the decks that have something to ask."""
    asking = [deck for deck in decks if deck.due or deck.new]
    print(counts_text(decks, today, next_due))
    if len(asking) > 1:
        # Imported here: the one line alone is what a shell prompt waits for.
        from fasti.ui.columns import columns, sentences
        from fasti.ui.console import standard_output, until_closed

        output = standard_output()
        rows = [(deck.title, f"{deck.due:,}", f"{deck.new:,}", f"{deck.total:,}") for deck in asking]
        with until_closed(output):
            output.show((sentences if accessible else columns)(_HEADS, rows, output.look))
