"""How a card is put to a student: `faces` for the eye, `spoken` for a screen reader."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from fasti.core.cards import Card
from fasti.core.review import Question
from fasti.ui.commands import Letters
from fasti.ui.grades import Choice, Scale
from fasti.ui.lines import Line
from fasti.ui.look import Look


class Judgement(NamedTuple):
    """What the check of a typed answer says, and the grade from 0 to 5 that it would give."""

    sentence: str
    grade: int


class Revealed(NamedTuple):
    """A card with its answer shown: what was typed, and the judgement of it, where there was any."""

    card: Card
    typed: str = ""
    judgement: Judgement | None = None


class Voice(Protocol):
    """The lines for each step of a review; a module of functions is one."""

    @property
    def ENTRY(self) -> str:  # noqa: N802 - a constant of the module
        """What stands before a typed answer."""

    @property
    def COMPLAINT(self) -> str:  # noqa: N802
        """What stands before the word to the teacher."""

    def question_lines(self, question: Question, look: Look) -> list[Line]:
        """The deck, how far the sitting is, and the question."""

    def asked_lines(self, card: Card, look: Look) -> list[Line]:
        """The question alone."""

    def invitation_lines(self, question: Question, first: bool, letters: Letters, look: Look) -> list[Line]:
        """What to do now; in full where it is the `first` card of its kind in this sitting."""

    def hint_lines(self, hint: str, number: int, total: int, look: Look) -> list[Line]:
        """Hint `number` of `total`."""

    def answer_lines(self, revealed: Revealed, look: Look) -> list[Line]:
        """What is right, what was typed against it, and what belongs to it."""

    def grade_lines(
        self, question: Question, scale: Scale, chosen: Choice, letters: Letters, look: Look
    ) -> list[Line]:
        """The grades and where each leads; `chosen` is the one that is suggested."""

    def remark_lines(self, sentences: Iterable[str], look: Look) -> list[Line]:
        """Something said in between."""

    def key_lines(self, keys: Sequence[tuple[str, str]], look: Look) -> list[Line]:
        """Keys, and what each is for."""
