"""The numbers of a study day, as values; `core.daily` counts them."""

from typing import NamedTuple

BANDS = (0, 7, 21, 90, 365)
"""The shortest interval, in days, of each band in which retention is told. From 21 days on Anki calls a card mature."""


class DayCounts(NamedTuple):
    """The answers of a study day.

    `answers` are all of them, repeats and cramming among them; `new` those that were the first to a card;
    `thinking_ms` the milliseconds from question to grade, of each answer at most two minutes.

    `asked_…` and `kept_…` are what true retention is reckoned from, one pair for each of the `BANDS`: how
    many cards that had been learnt on an earlier day were answered for the first time that day, and how
    many of them with a grade of 3 or more, by the interval that they had until then. It is what Anki's
    manual calls true retention (https://docs.ankiweb.net/stats.html): neither the first meeting with a
    card nor a repeat on the same day says what was remembered.
    """

    answers: int = 0
    new: int = 0
    thinking_ms: int = 0
    asked_0: int = 0
    kept_0: int = 0
    asked_7: int = 0
    kept_7: int = 0
    asked_21: int = 0
    kept_21: int = 0
    asked_90: int = 0
    kept_90: int = 0
    asked_365: int = 0
    kept_365: int = 0


REVIEWED = ("new", *(f"asked_{days}" for days in BANDS))
"""The numbers whose sum says how many cards were reviewed on a day, whatever was repeated or crammed."""
