"""What a sitting is made of, and what it asks of the store."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from fasti.core.card import Card
from fasti.core.card_state import CardState
from fasti.core.days import Moment
from fasti.core.entry_kinds import EntryKind
from fasti.core.leeches import THRESHOLD
from fasti.core.review import Mistaken, Place
from fasti.core.sm2 import MAXIMUM_INTERVAL, Profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.core.log import LogEntry


class Stored(NamedTuple):
    """A card as the library holds it, with where it stands in its schedule.

    `path` is its deck file if it has a picture.
    """

    key: str
    deck: str
    title: str
    fact: str
    card: Card
    state: CardState
    path: str = ""


class Written(NamedTuple):
    """What one line of the log did: its kind, the card, the grade, and the card's state after it."""

    card: str
    kind: EntryKind
    grade: int | None
    state: CardState


class Reader(Protocol):
    """Where cards are read from."""

    def card(self, key: str) -> Stored | None:
        """The card of this key, or None where there is none any more."""


class Writer(Reader, Protocol):
    """Where answers are written; every call is one durable transaction."""

    def write(self, jotting: "Jotting") -> Written:
        """Add a line to the review log and bring the card's state in step."""

    def take_back(self, moment: Moment, day: int) -> Written | None:
        """Undo the newest line that can be undone; None where there is none."""

    def mistaken(self, stored: Stored, typed: str) -> Mistaken | None:
        """The other fact of the card's deck to which a wrong answer is the right one, if there is one."""

    def place(self, stored: Stored) -> Place | None:
        """Where the card's fact stands; None where it stands nowhere any more."""

    def history(self, key: str) -> "Sequence[LogEntry]":
        """How a card was answered, oldest first; what was taken back is left out."""

    def called_now(self, key: str, since_ms: int) -> str | None:
        """What the card is called that had this name at that moment; None where it is asked no more."""

    def next_due(self, after_day: int) -> tuple[int, int] | None:
        """The first study day after `after_day` on which cards are due, and how many."""


class Changes(NamedTuple):
    """What bringing the library in step with its files did: whether anything, and what is wrong in them.

    `kept` are the titles of facts that could not be read, and are as they were.
    """

    any: bool
    kept: frozenset[str]
    problems: tuple[tuple[int, str], ...]


class Jotting(NamedTuple):
    """A line for the review log, before the store gives it its place there."""

    card: str
    kind: EntryKind
    moment: Moment
    day: int
    grade: int | None = None
    scale: int | None = None
    typed: str | None = None
    thinking_ms: int | None = None


class Rules(NamedTuple):
    """How cards are scheduled and how long a sitting lasts (`minutes` None: as long as there are cards).

    `maximum_interval` is in days; `spread` moves due days a little; `leech_threshold` is in lapses. In a `cram`
    answers are logged and schedule nothing.
    """

    profile: Profile = Profile.TEXT
    maximum_interval: int = MAXIMUM_INTERVAL
    minutes: int | None = 20
    spread: bool = False
    leech_threshold: int = THRESHOLD
    cram: bool = False
