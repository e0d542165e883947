"""What of a foreign collection could not be carried: counted, with the first notes that it was on."""

from typing import NamedTuple


class Loss(NamedTuple):
    """A thing that is lost or changed: its word for one and for several, and what became of it."""

    one: str
    several: str
    fate: str
    kept: str = "left out"


SOUNDS = Loss("sound", "sounds", "fasti plays none")
SPEECH = Loss("text read aloud", "texts read aloud", "fasti does not speak")
EMBEDDED = Loss(
    "embedded film, page or drawing", "embedded films, pages or drawings", "a deck holds text and pictures"
)
SCRIPTS = Loss("script", "scripts", "nothing in a deck may act")
FORMULAS = Loss("formula", "formulas", "fasti draws none", kept="kept as typed")
OCCLUSIONS = Loss(
    "card that hides part of a picture", "cards that hide parts of pictures", "fasti cannot hide parts"
)
MORE_PICTURES = Loss("picture", "pictures", "a fact has one picture, and these came second")
PICTURES = Loss("picture", "pictures", "nothing that can be asked remains of their notes")
NO_PICTURE = Loss("picture", "pictures", "the package does not have them")
WEB_PICTURE = Loss("picture on the web", "pictures on the web", "a picture is a file beside the deck")
NO_WORDS = Loss("card", "cards", "without question or answer in words or picture")
NO_TEMPLATE = Loss("card", "cards", "the note has nothing that such a card could ask")
SAME_CARD = Loss("card", "cards", "they ask the same as another card of their note")
TOO_LONG = Loss("text", "texts", "a text has at most 10,000 characters", kept="cut")
EMPTY_NOTE = Loss("note", "notes", "nothing that can be asked remains of them")
UNSEEN_FIELD = Loss("field that no card shows", "fields that no card shows", "nothing asks for them")
UNREADABLE_DATE = Loss(
    "date", "dates", "fasti cannot read them; their facts are questions and answers", kept="kept as words"
)

_MOST_NAMES = 3


class Losses:
    """Keeps count while notes are made into facts."""

    def __init__(self) -> None:
        self._counts: dict[Loss, int] = {}
        self._notes: dict[Loss, dict[int, str]] = {}

    def add(self, loss: Loss, note: int, name: str, number: int = 1) -> None:
        """Count a loss of the note that has this id and name."""
        if number:
            self._counts[loss] = self._counts.get(loss, 0) + number
            self._notes.setdefault(loss, {}).setdefault(note, name)

    def sentences(self) -> tuple[str, ...]:
        """Each loss in a sentence, with its number and the names of a few notes."""
        return tuple(_sentence(loss, number, self._notes[loss]) for loss, number in self._counts.items())


def _sentence(loss: Loss, number: int, notes: dict[int, str]) -> str:
    what = f"{number:,} {loss.one if number == 1 else loss.several}"
    names = ", ".join(f"`{name}`" for name in list(notes.values())[:_MOST_NAMES])
    where = f" on {len(notes):,} note{'' if len(notes) == 1 else 's'}" if loss is not EMPTY_NOTE else ""
    return f"{loss.kept}: {what}{where} ({names}{', …' if len(notes) > _MOST_NAMES else ''}); {loss.fate}"
