"""An Anki collection as values, whichever format it comes in or goes to.

Ids are Anki's: milliseconds since 1970 for notes, cards and reviews, any number for note types and decks.
The units and codes of each value are those of Anki's own tables (schema 11).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple


class NoteField(NamedTuple):
    """A field of a note type; `id` stays the same when the field is renamed.

    With `folded` Anki's editor opens it only when asked to: a field that is not for people.
    """

    name: str
    id: int | None = None
    folded: bool = False


class Template(NamedTuple):
    """A card that a note type makes: the HTML of its front and its back, with `{{Field}}` in it."""

    name: str
    question: str
    answer: str
    id: int | None = None


class NoteType(NamedTuple):
    """A note type; `mod` is when it was last changed, in seconds."""

    id: int
    name: str
    fields: tuple[NoteField, ...]
    templates: tuple[Template, ...]
    css: str = ""
    cloze: bool = False
    mod: int = 0


class AnkiDeck(NamedTuple):
    """A deck; the parts of its name are joined by `::`. `description` is HTML."""

    id: int
    name: str
    description: str = ""


class AnkiNote(NamedTuple):
    """A note; its fields are HTML, in the order of its note type. `mod` is in seconds."""

    id: int
    guid: str
    note_type: int
    mod: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]


class AnkiCard(NamedTuple):
    """A card of a note, and its place in Anki's schedule.

    `ord` is the place of its template, or of a cloze its number less one. `type` is 0 new, 1 learning,
    2 review, 3 relearning; `queue` the same, or -1 suspended, -2 and -3 buried. `due` is a position (new),
    a day counted from the collection's first (review) or a moment in seconds (learning). `interval` is in
    days, `factor` the ease in thousandths. In a filtered deck `original_deck` and `original_due` hold what
    will be again. `data` is JSON or empty.
    """

    id: int
    note: int
    deck: int
    ord: int
    mod: int = 0
    type: int = 0
    queue: int = 0
    due: int = 0
    interval: int = 0
    factor: int = 0
    reps: int = 0
    lapses: int = 0
    left: int = 0
    flags: int = 0
    original_due: int = 0
    original_deck: int = 0
    data: str = ""


class AnkiReview(NamedTuple):
    """A line of Anki's review log; `id` is its moment in milliseconds.

    `ease` is the button, 1 to 4, or 0 for a change by hand. Intervals are days, or seconds below zero;
    `factor` is the ease in thousandths; `type` is 0 learning, 1 review, 2 relearning, 3 filtered,
    4 by hand, 5 rescheduled.
    """

    id: int
    card: int
    ease: int
    interval: int
    last_interval: int
    factor: int
    time_ms: int
    type: int


class Calendar(NamedTuple):
    """How a collection counts days.

    `created_s` is the start of its day 0 in seconds, `minutes_west` the offset of the zone in which it
    was created, where it is known; a day begins at the hour `rollover`.
    """

    created_s: int
    minutes_west: int | None = None
    rollover: int = 4


class Contents(NamedTuple):
    """What is to be written to a package.

    `notes`, `cards` and `reviews` are each gone through once, in this order; `media` gives the bytes of
    each file by the name under which the notes refer to it, when they are wanted.
    """

    calendar: Calendar
    note_types: Sequence[NoteType]
    decks: Sequence[AnkiDeck]
    notes: Iterable[AnkiNote]
    cards: Iterable[AnkiCard]
    reviews: Iterable[AnkiReview] = ()
    media: Mapping[str, Callable[[], bytes]] = {}


class Collection(NamedTuple):
    """What was found in a package.

    Decks are by id and have `::` in their names. `media` gives the bytes of each file by its name, which is a
    plain file name. `format` says what the package was: `legacy 1`, `legacy 2`, `latest`, `CrowdAnki`.
    `left_out` tells what the package has that could not be read, a sentence each.
    """

    format: str
    calendar: Calendar
    note_types: Mapping[int, NoteType]
    decks: Mapping[int, AnkiDeck]
    notes: Sequence[AnkiNote]
    cards: Sequence[AnkiCard]
    reviews: Sequence[AnkiReview]
    media: Mapping[str, Callable[[], bytes]]
    left_out: Sequence[str] = ()
