"""What a package has that could not be read: counted, and told in a sentence each."""

from collections import Counter
from enum import Enum


class Loss(Enum):
    """A kind of loss, in the words for one and for several."""

    NOTE_REPEATED = (
        "1 note has the number of another and was left out",
        "{} notes have the number of another and were left out",
    )
    NOTE_DAMAGED = "1 note is damaged and was left out", "{} notes are damaged and were left out"
    NOTE_WITHOUT_TYPE = (
        "1 note was left out because its note type is not in the package",
        "{} notes were left out because their note types are not in the package",
    )
    NOTE_OF_OTHER_LENGTH = (
        "1 note does not have as many fields as its note type: the last fields are empty, or several in one",
        "{} notes do not have as many fields as their note types: the last fields are empty, or several in one",
    )
    CARD_REPEATED = (
        "1 card has the number of another and was left out",
        "{} cards have the number of another and were left out",
    )
    CARD_DAMAGED = "1 card is damaged and was left out", "{} cards are damaged and were left out"
    CARD_WITHOUT_NOTE = (
        "1 card was left out because its note is not there",
        "{} cards were left out because their notes are not there",
    )
    CARD_WITHOUT_TEMPLATE = (
        "1 card was left out because its note type makes no such card",
        "{} cards were left out because their note types make no such cards",
    )
    CARD_WITHOUT_DECK = (
        "1 card belongs to a deck that is not in the package; it was put into `Default`",
        "{} cards belong to decks that are not in the package; they were put into `Default`",
    )
    CARD_WITH_OTHER_VALUES = (
        "1 card has values that Anki does not use; they were read as 0",
        "{} cards have values that Anki does not use; they were read as 0",
    )
    REVIEW_DAMAGED = "1 review is damaged and was left out", "{} reviews are damaged and were left out"
    REVIEW_WITHOUT_CARD = (
        "1 review was left out because its card is not there",
        "{} reviews were left out because their cards are not there",
    )
    NOTE_TYPE_DAMAGED = (
        "1 note type is damaged and was left out",
        "{} note types are damaged and were left out",
    )
    DECK_DAMAGED = "1 deck is damaged and was left out", "{} decks are damaged and were left out"


class LeftOut:
    """Keeps count of what is left out while a package is read."""

    def __init__(self) -> None:
        self._counts: Counter[Loss] = Counter()
        self._told: list[str] = []

    def count(self, loss: Loss, number: int = 1) -> None:
        """Add to a kind of loss."""
        self._counts[loss] += number

    def tell(self, sentence: str) -> None:
        """Add a sentence of its own."""
        self._told.append(sentence)

    def tell_names(self, names: list[str], one: str, several: str) -> None:
        """Add a sentence about files: `one` has a place for a name, `several` for their number and some names."""
        if len(names) == 1:
            self.tell(one.format(f"`{names[0]}`"))
        elif names:
            some = ", ".join(f"`{name}`" for name in names[:3]) + (", …" if len(names) > 3 else "")
            self.tell(several.format(len(names), some))

    def sentences(self) -> tuple[str, ...]:
        """Everything that was left out."""
        counted = (_sentence(loss, self._counts[loss]) for loss in Loss if self._counts[loss])
        return (*counted, *self._told)


def _sentence(loss: Loss, number: int) -> str:
    one, several = loss.value
    return one if number == 1 else several.format(f"{number:,}")
