"""How a card is put to a student: `faces` for the eye, `spoken` for a screen reader."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from fasti.core.card import Card, Judge
from fasti.core.review import Picture, Question
from fasti.ui.commands import Letters
from fasti.ui.grades import Choice, Scale
from fasti.ui.lines import Line
from fasti.ui.look import Look


class Judgement(NamedTuple):
    """What the check of a typed answer says, and the grade from 0 to 5 that it would give."""

    sentence: str
    grade: int


class State(StrEnum):
    """How an item of a list or a sequence stands."""

    RIGHT = "right"
    NEAR = "near"
    PART = "part"
    AGAIN = "again"
    MISSED = "missed"


class Part(NamedTuple):
    """One of several right answers: RIGHT, PART or MISSED, and what was given in its place."""

    text: str
    state: State
    note: str = ""


class Tick(NamedTuple):
    """What became of one item that was typed; `answer` is the one it ticked off, `left` are still to come."""

    typed: str
    state: State
    sentence: str
    answer: str
    left: int


class Attempt(NamedTuple):
    """What was typed for a card, and what is made of it; `parts` where several answers are right."""

    typed: str
    judgement: Judgement | None
    parts: tuple[Part, ...] = ()


class Revealed(NamedTuple):
    """A card with its answer shown: what was typed, and the judgement of it, where there was any.

    `mistaken` is a sentence on what else the typed answer is.
    """

    card: Card
    typed: str = ""
    judgement: Judgement | None = None
    parts: tuple[Part, ...] = ()
    mistaken: str = ""


def was_ticked_off(revealed: Revealed) -> bool:
    """Whether it is a list of which every item was shown already, as it was given."""
    is_list = revealed.card.judge is Judge.LIST and len(revealed.parts) > 1
    return is_list and all(part.state is State.RIGHT for part in revealed.parts)


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

    def picture_lines(self, picture: Picture, look: Look) -> list[Line]:
        """What to call a picture that is not drawn, and what is said of it."""

    def front_lines(self, card: Card, seed: str, look: Look) -> list[Line]:
        """What is shown of a card before its answer; `seed` decides how things to put in order are shuffled."""

    def asked_lines(self, card: Card, look: Look) -> list[Line]:
        """The question alone."""

    def invitation_lines(
        self, question: Question, first: bool, keys: bool, letters: Letters, look: Look
    ) -> list[Line]:
        """What to do now; in full where it is the `first` card of its kind, with the `keys` where they are new."""

    def tick_lines(self, tick: Tick, look: Look) -> list[Line]:
        """What became of an item of a list, and how many are left."""

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
