"""What a review is made of: the question asked, what became of it, and how a sitting begins and ends."""

from typing import TYPE_CHECKING, NamedTuple

from fasti.core.card import Card
from fasti.core.card_state import CardState
from fasti.core.exams import Progress

if TYPE_CHECKING:
    from fasti.core.log import LogEntry


class Question(NamedTuple):
    """The card to be asked now.

    `number` of `total` counts the cards of this sitting, repeats apart; `new_left` counts the new ones
    still to come, this one included. `intervals` are the days that each grade from 0 to 5 would give; a
    `cram` is asked outside the schedule and has none. `seed` is what things to put in order are shuffled
    by: another one for each card and day. `path` is the fact's deck file, as the library keeps it, where
    the card has a picture.
    """

    key: str
    card: Card
    deck: str
    number: int
    total: int
    new_left: int
    new: bool
    drill: bool
    intervals: tuple[int, int, int, int, int, int]
    cram: bool = False
    seed: str = ""
    path: str = ""


class Picture(NamedTuple):
    """A card's picture: what to call it, what draws it where the terminal can, and what to say of it.

    `name` is a path that can be opened, where the file is there.
    """

    name: str
    drawing: str = ""
    remarks: tuple[str, ...] = ()


class Answered(NamedTuple):
    """A card that was graded, and where that left it; `ease` in hundredths, `due_day` a study day.

    `due_day` is None for a card that was crammed and is new.
    """

    key: str
    card: Card
    fact: str
    deck: str
    grade: int
    kind: str
    repetitions: int
    interval: int
    ease: int
    due_day: int | None
    lapses: int
    leech: bool


class Undone(NamedTuple):
    """What was taken back."""

    key: str
    kind: str
    grade: int | None


class Mistaken(NamedTuple):
    """The other fact of a deck to which a wrong answer is the right one.

    `about` is what that fact says. With `is_date` it is its date that was typed; with `is_name` its title is
    a name, which stands without quotes; `exact` says that it was typed without a slip.
    """

    title: str
    about: str = ""
    is_date: bool = False
    is_name: bool = False
    exact: bool = False


class Place(NamedTuple):
    """Where a card's fact stands: its title, its deck file and the line; `path` is as the library keeps it."""

    title: str
    path: str
    line: int


class Revised(NamedTuple):
    """What became of a card whose deck file was open in an editor.

    `changed` says that anything was; `asked` that the card is asked again, because its fact is still there.
    Its words are the new ones, but for a fact that cannot be read: it is `kept` with those it had.
    `problems` are lines of the deck files and what is wrong there.
    """

    changed: bool
    asked: bool
    problems: tuple[tuple[int, str], ...] = ()
    kept: bool = False


class About(NamedTuple):
    """What is known about a card: where it stands and how it was answered, oldest first."""

    key: str
    deck: str
    state: CardState
    answers: "tuple[LogEntry, ...]"
    place: Place | None
    drill: bool


class Opening(NamedTuple):
    """How the day stands when a sitting begins.

    `portion` cards are asked in this sitting; `overdue` were due before today; `level_day` is the study
    day on which nothing would be left over at this portion a day, where that can be said. `owed` cards are to be
    repeated today besides. With `more_new`
    there are new cards beyond those that today has room for. In a `cram` nothing moves the schedule.
    On a break, the last day off is `break_until`, and nothing is asked; `after_break` says that one ended
    since the last review. `exams` are those that are not over.
    """

    due: int
    new: int
    overdue: int
    away_days: int
    portion: int
    today: int
    level_day: int | None
    first_ever: bool
    more_new: bool = False
    cram: bool = False
    break_until: int | None = None
    after_break: bool = False
    exams: tuple[Progress, ...] = ()
    owed: int = 0


class Closing(NamedTuple):
    """What a sitting came to; `left` planned cards were not reached, nor `owed` repeats.

    With `new_day` the next study day has begun meanwhile.
    `marked` counts what was written and not taken back: answers, and cards put aside or called wrong.
    `waiting` cards wait because another one of their fact was asked today; `siblings` of them can be asked.
    `missed` are the questions missed, told at the end of a `cram`.
    `beyond` cards are due besides, and with `new_beyond` today has room for more new ones: for another sitting.
    """

    answered: int
    passed: int
    failed: int
    new: int
    repeats: int
    seconds: int
    left: int
    waiting: int
    beyond: int
    next_day: int | None
    next_count: int
    more_new: bool = False
    siblings: int = 0
    break_until: int | None = None
    cram: bool = False
    missed: tuple[str, ...] = ()
    owed: int = 0
    marked: int = 0
    new_day: bool = False
    new_beyond: bool = False
