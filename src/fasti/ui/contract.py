"""What the screens ask of a sitting: the shape of `session.Session`, whose module lies above this one."""

from typing import Protocol

from fasti.core.cards import Card


class Question(Protocol):
    """The card to be asked now."""

    @property
    def key(self) -> str:
        """The card's key, as `fasti resume` takes it."""

    @property
    def card(self) -> Card:
        """What is asked and what is right."""

    @property
    def deck(self) -> str:
        """The deck's title."""

    @property
    def number(self) -> int:
        """Which card of this sitting it is, from 1; repeats are not counted."""

    @property
    def total(self) -> int:
        """How many cards this sitting has."""

    @property
    def new_left(self) -> int:
        """New cards still to come in this sitting, this one included."""

    @property
    def new(self) -> bool:
        """Whether it has never been answered."""

    @property
    def drill(self) -> bool:
        """Whether it is a repeat of a card missed today, which never moves the schedule."""

    @property
    def intervals(self) -> tuple[int, int, int, int, int, int]:
        """The days that each grade from 0 to 5 would give; for a drill they mean nothing."""


class Answered(Protocol):
    """A card that was graded, and where that left it."""

    @property
    def key(self) -> str:
        """The card's key."""

    @property
    def card(self) -> Card:
        """What was asked."""

    @property
    def fact(self) -> str:
        """The fact's id."""

    @property
    def deck(self) -> str:
        """The deck's id."""

    @property
    def grade(self) -> int:
        """From 0 to 5."""

    @property
    def kind(self) -> str:
        """`review`, or `drill` for a repeat on the same day."""

    @property
    def repetitions(self) -> int:
        """How often in a row it was known."""

    @property
    def interval(self) -> int:
        """The days until it is due again."""

    @property
    def ease(self) -> int:
        """The ease factor in hundredths."""

    @property
    def due_day(self) -> int:
        """The study day on which it is due."""

    @property
    def lapses(self) -> int:
        """How often it was forgotten."""

    @property
    def leech(self) -> bool:
        """Whether the student should be told that it is forgotten again and again."""


class Undone(Protocol):
    """What was taken back."""

    @property
    def key(self) -> str:
        """The card's key."""

    @property
    def kind(self) -> str:
        """The log's word for it: `review`, `drill`, `bury`, `suspend`, `flag` and so on."""

    @property
    def grade(self) -> int | None:
        """The grade taken back, from 0 to 5, or None where there was none."""


class Opening(Protocol):
    """How the day stands when a sitting begins; days are study days."""

    @property
    def due(self) -> int:
        """Cards that are due, whether or not they fit into this sitting."""

    @property
    def new(self) -> int:
        """New cards in this sitting."""

    @property
    def overdue(self) -> int:
        """Cards that were due before today."""

    @property
    def away_days(self) -> int:
        """Days since the last answer."""

    @property
    def portion(self) -> int:
        """Cards asked in this sitting."""

    @property
    def today(self) -> int:
        """The study day."""

    @property
    def level_day(self) -> int | None:
        """The day on which nothing is left over at this portion a day, where that can be said."""

    @property
    def first_ever(self) -> bool:
        """Whether nothing was ever answered."""


class Closing(Protocol):
    """What a sitting came to."""

    @property
    def answered(self) -> int:
        """Cards answered, repeats apart."""

    @property
    def passed(self) -> int:
        """Those of them graded 3 or better."""

    @property
    def failed(self) -> int:
        """Those graded lower."""

    @property
    def new(self) -> int:
        """Those that were new."""

    @property
    def repeats(self) -> int:
        """Answers to cards that came back on the same day."""

    @property
    def seconds(self) -> int:
        """How long it took."""

    @property
    def left(self) -> int:
        """Planned cards that were not reached."""

    @property
    def waiting(self) -> int:
        """Other cards of the same facts, asked tomorrow."""

    @property
    def beyond(self) -> int:
        """Due cards that are left for another day."""

    @property
    def next_day(self) -> int | None:
        """The study day of the next due cards, or None where nothing is to come."""

    @property
    def next_count(self) -> int:
        """How many cards are due then."""


class Sitting(Protocol):
    """One sitting over the day's cards; every call that changes something is durable when it returns."""

    @property
    def question(self) -> Question | None:
        """The card to ask, None when there is none; the same object until another card is to be asked."""

    @property
    def opening(self) -> Opening:
        """How the day stood at the beginning."""

    def answer(self, grade: int, *, scale: int, typed: str | None, thinking_ms: int | None) -> Answered:
        """Grade the card, 0 to 5, and move on; `scale` is how many grades there were to choose from."""

    def undo(self) -> Undone | None:
        """Take back the newest thing written and ask that card again; None where there is nothing."""

    def bury(self) -> None:
        """Leave the card until tomorrow and move on."""

    def suspend(self) -> None:
        """Leave the card until it is resumed and move on."""

    def skip(self) -> None:
        """Leave the card out of this sitting and move on."""

    def flag(self, word: str) -> None:
        """Mark the card as wrong, with a word to the teacher; it stays the card to be asked."""

    def closing(self) -> Closing:
        """What the sitting came to so far."""
