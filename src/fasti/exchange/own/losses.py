"""What of our own notes cannot be carried back from Anki, counted and told in a sentence each."""

from collections import Counter
from collections.abc import Iterable
from enum import Enum


class Loss(Enum):
    """A kind of loss, in the words for one and for several."""

    UNREADABLE = (
        "1 note of a fasti note type is no whole fact and was left out",
        "{} notes of fasti note types are no whole facts and were left out",
    )
    RECORD = (
        "1 note had lost its record and was read from its fields, as a new fact",
        "{} notes had lost their records and were read from their fields, as new facts",
    )
    EMPTIED = (
        "1 field was emptied in Anki that its fact cannot do without; it stays as it was",
        "{} fields were emptied in Anki that their facts cannot do without; they stay as they were",
    )
    DATE = (
        "1 date that was changed in Anki cannot be read; it stays as it was",
        "{} dates that were changed in Anki cannot be read; they stay as they were",
    )
    CLOZE = (
        "1 text that was changed in Anki hides nothing any more; it stays as it was",
        "{} texts that were changed in Anki hide nothing any more; they stay as they were",
    )
    WORDS = (
        "1 change in Anki is of words that stand on a card only and in no field of its fact; it was not carried",
        "{} changes in Anki are of words that stand on cards only and in no field of a fact; they were not carried",
    )
    PICTURE = (
        "1 picture is named by its note and is not in the package",
        "{} pictures are named by their notes and are not in the package",
    )
    PATH = (
        "1 picture has a path that cannot be kept or is that of another one; it goes elsewhere or is left out",
        "{} pictures have paths that cannot be kept or are those of others; they go elsewhere or are left out",
    )


def sentences(losses: Iterable[Loss]) -> list[str]:
    """A sentence for each kind of loss, with its number."""
    counts = Counter(losses)
    return [
        loss.value[0] if counts[loss] == 1 else loss.value[1].format(f"{counts[loss]:,}")
        for loss in Loss
        if counts[loss]
    ]
