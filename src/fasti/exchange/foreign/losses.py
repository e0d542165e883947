"""What of a foreign collection could not be carried: counted, with the first notes that it was on."""

from typing import NamedTuple


class Loss(NamedTuple):
    """A thing that is lost or changed: its word for one and for several, why, and what became of it.

    `place` is what it is on: a note, or a whole note type.
    """

    one: str
    several: str
    why: str
    became: str = "left out"
    place: str = "note"


SOUNDS = Loss("sound", "sounds", "fasti plays none")
EMBEDDED = Loss(
    "embedded film, page or drawing", "embedded films, pages or drawings", "a deck holds text and pictures"
)
SCRIPTS = Loss("script", "scripts", "nothing in a deck may act")
FORMULAS = Loss("formula", "formulas", "fasti draws none", became="kept as typed")
RESPELT = Loss(
    "cloze",
    "clozes",
    "there `{`, `}` and `|` say what is hidden, so that they became `｛`, `｝` and `｜`",
    became="respelt",
)
OCCLUSIONS = Loss(
    "card that hides part of a picture", "cards that hide parts of pictures", "fasti cannot hide parts"
)
MORE_PICTURES = Loss("picture", "pictures", "a fact has one picture, the first")
NO_PICTURE = Loss("picture", "pictures", "not in the package")
WEB_PICTURE = Loss("picture on the web", "pictures on the web", "a picture is a file beside the deck")
NO_WORDS = Loss("card", "cards", "no question or no answer in words or in a picture")
NO_TEMPLATE = Loss("card", "cards", "the note has nothing that such a card could ask")
SAME_CARD = Loss("card", "cards", "another card of the same note asks the same")
TOO_LONG = Loss("text", "texts", "a text has at most 10,000 characters", became="cut")
EMPTY_NOTE = Loss("note", "notes", "nothing that can be asked remains")
UNREADABLE_DATE = Loss("date", "dates", "fasti cannot read it as a date", became="kept as words")
TYPE_SCRIPTS = SCRIPTS._replace(place="note type")
TYPE_SPEECH = Loss("text read aloud", "texts read aloud", "fasti does not speak", place="note type")


def field_left_out(name: str) -> Loss:
    """The loss of a field that no card shows and that only numbers its notes."""
    return Loss(f"field `{name}`", f"fields `{name}`", "no card shows it, and it only numbers the notes")


_MOST_NAMES = 3


class Losses:
    """Keeps count while notes are made into facts."""

    def __init__(self) -> None:
        self._counts: dict[Loss, int] = {}
        self._notes: dict[Loss, dict[int, str]] = {}

    def add(self, loss: Loss, note: int, name: str, number: int = 1) -> None:
        """Count a loss of the note, or note type, that has this id and name."""
        if number:
            self._counts[loss] = self._counts.get(loss, 0) + number
            self._notes.setdefault(loss, {}).setdefault(note, name)

    def sentences(self) -> tuple[str, ...]:
        """Each loss in a sentence, with its number and the names of a few notes."""
        return tuple(_sentence(loss, number, self._notes[loss]) for loss, number in self._counts.items())


def _sentence(loss: Loss, number: int, notes: dict[int, str]) -> str:
    what = f"{number:,} {loss.one if number == 1 else loss.several}"
    names = ", ".join(f"`{name}`" for name in list(notes.values())[:_MOST_NAMES])
    more = ", …" if len(notes) > _MOST_NAMES else ""
    where = (
        f" on {len(notes):,} {loss.place}{'' if len(notes) == 1 else 's'}" if loss is not EMPTY_NOTE else ""
    )
    return f"{what}{where} {'was' if number == 1 else 'were'} {loss.became} ({names}{more}): {loss.why}"
