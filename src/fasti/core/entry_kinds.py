"""What an entry of the review log can say."""

from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry says: `review` moves the schedule, `drill` is a repeat on the same day.

    `cram` is study outside the schedule; `flag` tells the teacher that a card is wrong; `reset`
    makes a card new again; `adopt` takes a card's place over from another program; `undo` takes back
    the entry it names.
    """

    REVIEW = "review"
    DRILL = "drill"
    CRAM = "cram"
    UNDO = "undo"
    SUSPEND = "suspend"
    RESUME = "resume"
    BURY = "bury"
    FLAG = "flag"
    RESET = "reset"
    ADOPT = "adopt"


ANSWERS = frozenset({EntryKind.REVIEW, EntryKind.DRILL, EntryKind.CRAM})
"""The kinds of entries that are answers."""

IMPORTED = "anki"
"""The profile of entries that came from another program: they were answered there, under its rules."""
