"""The words of statistics, the same for the eye and the ear."""

from itertools import pairwise
from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.core.date_words import MONTHS
from fasti.core.statistics import EASES, INTERVALS, Kept
from fasti.ui.spans import duration

if TYPE_CHECKING:
    from fasti.statistics import Statistics

BANDS_IN_WORDS = ("to 6 days", "7 to 20 days", "21 to 89 days", "90 to 364 days", "a year or more")
"""The intervals of `core.day_counts.BANDS`."""


def title_of(statistics: "Statistics") -> str:
    """What the statistics are about: the decks, the unit and the tag."""
    decks = ", ".join(statistics.titles) or "All decks"
    labels = [
        f"{what} {name}" for what, name in statistics.selection._asdict().items() if what != "decks" and name
    ]
    return ", ".join([decks, *labels])


def window_words(statistics: "Statistics") -> str:
    """How many days are told of."""
    days = statistics.today - statistics.first_day + 1
    return "today" if days == 1 else f"the last {days:,} days"


def summary_sentences(statistics: "Statistics") -> list[str]:
    """What was done: in all, today, and how many days in a row."""
    counts = statistics.total
    if not counts.answers:
        return ["No answers in these days."]
    time = study_time(counts.thinking_ms)
    days = counted(len(statistics.days), "day")
    sums = f"{counted(counts.answers, 'answer')} on {days}{f' in {time}' if time else ''}"
    new = f", {counted(counts.new, 'new card')}" if counts.new else ""
    return [f"{sums}{new}.", f"{_row(statistics)} {_today(statistics)}"]


def what_is_kept() -> str:
    """What true retention is the share of."""
    return "Cards learnt on an earlier day, still known at their first answer of a day."


def percent(kept: Kept) -> str:
    """Retention as `91%`; empty where nothing was asked. Only what is all or nothing is 100% or 0%."""
    if kept.share is None:
        return ""
    whole = round(kept.share * 100)
    return f"{whole if kept.kept in (0, kept.asked) else min(max(whole, 1), 99)}%"


def month_name(month: str) -> str:
    """`2026-06` as `Jun 2026`."""
    year, _, number = month.rpartition("-")
    return f"{MONTHS[int(number) - 1][:3]} {year}"


def study_time(milliseconds: int, *, short: bool = False) -> str:
    """How long was spent on answers: `12 minutes`, `2.5 hours`, in short `12 min`, `2.5 h`; empty for no time."""
    minutes = milliseconds / 60_000
    if milliseconds <= 0:
        return ""
    if minutes < 90:
        return f"{max(round(minutes), 1)} min" if short else duration(max(round(minutes * 60), 1))
    hours = minutes / 60
    number = f"{hours:,.0f}" if hours >= 10 else f"{hours:.1f}".removesuffix(".0")
    return f"{number} h" if short else f"{number} hours"


def ease_bands() -> list[str]:
    """The names of the bands of ease."""
    return [
        *(f"{least / 100:.2f} to {(then - 1) / 100:.2f}" for least, then in pairwise(EASES)),
        f"{EASES[-1] / 100:.2f} or more",
    ]


def interval_bands() -> list[str]:
    """The names of the bands of interval."""
    bands = [(least, then - 1) for least, then in pairwise(INTERVALS)][1:]
    return ["1 day", *(f"{least} to {most} days" for least, most in bands), "a year or more"]


def _row(statistics: "Statistics") -> str:
    streak = statistics.streak
    longest = f"the longest run was {counted(streak.longest, 'day')}"
    if not streak.current:
        return f"No days in a row now; {longest}."
    here = f"{counted(streak.current, 'day')} in a row"
    return f"{here}, the longest run so far." if streak.current == streak.longest else f"{here}; {longest}."


def _today(statistics: "Statistics") -> str:
    day, counts = statistics.days[-1]
    if day != statistics.today:
        return "Nothing answered today."
    time = study_time(counts.thinking_ms)
    return f"Today: {counted(counts.answers, 'answer')}{f' in {time}' if time else ''}."
