"""A review as a Textual app, the smallest that does it: a question, Space, an answer, a grade, the next.

    python textual_app.py FILE

FILE is of `plain_store.make_store`. It is what fasti's screens are measured against, written as Textual's own
guide writes an app: widgets that are updated, and keys.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Static

from benchmarks.plain_store import PlainStore

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key

QUESTION_ENDS = "Space shows the answer"
ANSWER_ENDS = "1 again   2 hard   3 good   4 easy          u undo   ? keys"


class Review(App[None]):
    """One card at a time."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._store = PlainStore(path)
        self._card = self._store.next_card()
        self._shown = False

    def compose(self) -> "ComposeResult":
        """The question, its answer, and what the keys do."""
        yield Static("Facts", id="deck")
        yield Static(self._card.question, id="question", markup=False)
        yield Static("", id="answer", markup=False)
        yield Static(QUESTION_ENDS, id="keys", markup=False)

    def on_key(self, event: "Key") -> None:
        """Space shows the answer; a number grades it, and the next card is asked."""
        if event.character == " " and not self._shown:
            self._show(self._card.answer, ANSWER_ENDS)
        elif event.character and event.character in "1234" and self._shown:
            self._store.grade(int(event.character) + 1)
            self._card = self._store.next_card()
            self.query_one("#question", Static).update(self._card.question)
            self._show("", QUESTION_ENDS)

    def _show(self, answer: str, keys: str) -> None:
        self._shown = bool(answer)
        self.query_one("#answer", Static).update(answer)
        self.query_one("#keys", Static).update(keys)


if __name__ == "__main__":
    Review(Path(sys.argv[1])).run()
