"""What the screens ask of a sitting: the shape of `session.Session`, whose module lies above this one."""

from typing import Protocol

from fasti.core.review import Answered, Closing, Mistaken, Opening, Question, Undone


class Sitting(Protocol):
    """One sitting over the day's cards; every call that changes something is durable when it returns."""

    @property
    def question(self) -> Question | None:
        """The card to ask, None when there is none; the same object until another card is to be asked."""

    @property
    def opening(self) -> Opening:
        """How the day stood at the beginning."""

    def prepare(self) -> None:
        """Make ready for the first answer; to be called when the first question can be read."""

    def answer(self, grade: int, *, scale: int, typed: str | None, thinking_ms: int | None) -> Answered:
        """Grade the card, 0 to 5, and move on; `scale` is how many grades there were to choose from."""

    def mistaken(self, typed: str) -> Mistaken | None:
        """The other fact of the card's deck to which a wrong answer is the right one, if there is one."""

    def undo(self) -> Undone | None:
        """Take back the newest thing written and ask that card again; None where there is nothing."""

    def bury(self) -> None:
        """Leave the card until tomorrow and move on."""

    def suspend(self) -> None:
        """Leave the card until it is resumed and move on."""

    @property
    def siblings(self) -> int:
        """How many cards wait because another card of their fact was asked today."""

    def ask_siblings(self) -> int:
        """Ask those in this sitting too; how many they are."""

    def skip(self) -> None:
        """Leave the card out of this sitting and move on."""

    def flag(self, word: str) -> None:
        """Mark the card as wrong, with a word to the teacher; it stays the card to be asked."""

    def closing(self) -> Closing:
        """What the sitting came to so far."""
