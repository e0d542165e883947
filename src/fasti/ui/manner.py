"""How a student reviews: what is offered, and by which keys."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from fasti.core.review import Picture, Question
from fasti.ui.commands import LETTERS, Command, Letters
from fasti.ui.grades import Scale


class Manner(NamedTuple):
    """How a student reviews.

    `six` offers all grades from 0 to 5, `scale` others than the usual keys for them; `accessible` speaks in
    labelled lines. `edit` opens a card in an editor and `info` tells what is known about it, both in
    sentences to be shown; without them, their letters are not offered. `edit` sees to it that the keyboard
    is paused and the sitting in step; `info` is told whether the answer is shown, and gives nothing away
    before. `picture` is asked for the picture of a card that has one; without it, that is called what the
    deck calls it.
    """

    six: bool = False
    accessible: bool = False
    letters: Letters = LETTERS
    edit: Callable[[Question], Sequence[str]] | None = None
    info: Callable[[Question, bool], Sequence[str]] | None = None
    scale: Scale | None = None
    picture: Callable[[Question], Picture] | None = None

    @property
    def offered(self) -> Letters:
        """The keys of what can be done in this manner."""
        hooks = {Command.EDIT: self.edit, Command.INFO: self.info}
        return {
            command: keys for command, keys in self.letters.items() if hooks.get(command, True) is not None
        }


ORDINARY = Manner()
"""Four grades, for the eye."""
