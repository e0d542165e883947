"""What a learner's study came to, and what is ahead: from a look at the file where that is enough.

What came to pass is told from the daily numbers, which an answer keeps up. Only for a unit or a tag is the
log itself counted, as far as it is about their cards.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.breaks import Break
from fasti.core.day_counts import BANDS, DayCounts
from fasti.core.days import Moment, date_text, study_day
from fasti.core.selection import Selection, chosen
from fasti.core.statistics import (
    AHEAD,
    SOON,
    Day,
    Kept,
    Streak,
    by_month,
    forecast,
    kept_by_band,
    kept_in_all,
    streak,
    total,
)
from fasti.files import unchanged
from fasti.settings import Settings
from fasti.store.peek import Glimpse, glimpse

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fasti.store.database import Database
    from fasti.store.statistics import Cards, HardFact

_HARDEST = 10


class Asked(NamedTuple):
    """Which cards the statistics are about, and how many days up to today count; the forecast goes on."""

    selection: Selection = Selection()
    days: int = 365


class More(NamedTuple):
    """How the cards stand that are in review: numbers of cards by ease (hundredths) and interval (days).

    `leeches` cards were forgotten so often that they are called so.
    """

    eases: dict[int, int]
    intervals: dict[int, int]
    hardest: "Sequence[HardFact]"
    leeches: int


class Statistics(NamedTuple):
    """What study came to until `today`, and what is ahead.

    `titles` are the decks that were asked for, none for all. `days` are those with an answer from
    `first_day` on, in order. `forecast` says for each of the next days, today first, how many cards come due: of
    `AHEAD` days, or of those that are `SOON`.
    """

    titles: Sequence[str]
    selection: Selection
    today: int
    first_day: int
    days: Sequence[Day]
    streak: Streak
    breaks: Sequence[Break]
    forecast: Sequence[int]
    more: More | None = None

    @property
    def total(self) -> DayCounts:
        """The sums over all days."""
        return total(counts for _, counts in self.days) if self.days else DayCounts()

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti stats --json` prints: ease as a number, times in milliseconds."""
        counts = self.total
        return {
            "version": 1,
            "decks": list(self.titles) or None,
            "unit": self.selection.unit or None,
            "tag": self.selection.tag or None,
            "from": date_text(self.first_day),
            "to": date_text(self.today),
            "streak": self.streak._asdict(),
            "answers": counts.answers,
            "new": counts.new,
            "thinking_ms": counts.thinking_ms,
            "days_studied": len(self.days),
            "retention": {
                **_kept_json(kept_in_all(counts)),
                "by_month": [
                    {"month": month, **_kept_json(kept_in_all(each))} for month, each in by_month(self.days)
                ],
                "by_interval": [
                    {"from": least, "to": most, **_kept_json(kept)}
                    for (least, most), kept in zip(_bands(), kept_by_band(counts), strict=True)
                ],
            },
            "days": [_day_json(day, each) for day, each in self.days],
            "forecast": [
                {"day": date_text(self.today + place), "cards": number}
                for place, number in enumerate(self.forecast)
            ],
            **(_more_json(self.more) if self.more else {}),
        }


def first_look(settings: Settings, moment: Moment, asked: Asked) -> Statistics | None:
    """The statistics of the first screen, from a look at the file; None where that is not enough."""
    selection = asked.selection
    if settings.sqlite_file is None or selection.by_label:
        return None
    with glimpse(settings.sqlite_file) as look:
        files = look and look.files()
        if look is None or not files:
            return None
        if not all(unchanged(file.path, file.size, file.mtime_ns, file.version) for file in files):
            return None
        return _seen(look, settings.learner, study_day(moment), asked)


def statistics(
    database: "Database", learner: str, today: int, asked: Asked, leech_threshold: int
) -> Statistics:
    """All the statistics, from the library.

    Raises UnknownDeckError, and NoSuchLabelError where no fact has the unit or the tag.
    """
    from fasti.deck_names import find_deck
    from fasti.store import daily, plans
    from fasti.store import statistics as counted
    from fasti.store.statistics import Cards

    selection = asked.selection
    with database.reading() as connection:
        decks = [find_deck(connection, name) for name in selection.decks]
        ids = [deck.id for deck in decks] or None
        breaks = plans.breaks(connection, learner)
        if selection.by_label:
            cards = Cards(ids, _labelled(connection, selection, ids))
            every = counted.days_of_cards(connection, learner, cards.keys or ())
            studied = [day for day, _ in every]
            days = [each for each in every if each[0] > today - asked.days]
        else:
            cards = Cards(ids)
            days = daily.days(connection, learner, today - asked.days + 1, ids)
            studied = daily.days_studied(connection, learner, ids)
        due = counted.due_by_day(connection, learner, today, today + AHEAD, cards)
        titles, coming = [deck.title for deck in decks], forecast(due, breaks, today, AHEAD)
        found = _statistics(titles, asked, today, days, studied, breaks, coming)
        return found._replace(more=_more(connection, learner, cards, leech_threshold))


def _seen(look: Glimpse, learner: str, today: int, asked: Asked) -> Statistics | None:
    names = asked.selection.decks
    known = look.decks() or []
    by_name = {name: deck for deck in known for name in (deck.title, deck.id)}
    if not all(name in by_name for name in names):
        return None
    decks = [by_name[name] for name in names]
    ids = [deck.id for deck in decks] or None
    days, studied = look.days(learner, today - asked.days + 1, ids), look.days_studied(learner, ids)
    breaks = look.breaks(learner)
    coming = None if breaks is None else _coming(look, learner, today, ids, breaks)
    if days is None or studied is None or breaks is None or coming is None:
        return None
    return _statistics([deck.title for deck in decks], asked, today, days, studied, breaks, coming)


def _coming(
    look: Glimpse, learner: str, today: int, decks: Collection[str] | None, breaks: Sequence[Break]
) -> list[int] | None:
    """The forecast of what is soon; where that is nothing, of all days, for the screen says whether more is coming."""
    due = look.due_by_day(learner, today, today + SOON, decks)
    soon = None if due is None else forecast(due, breaks, today, SOON)
    if soon is None or any(soon):
        return soon
    due = look.due_by_day(learner, today, today + AHEAD, decks)
    return None if due is None else forecast(due, breaks, today, AHEAD)


def _statistics(
    titles: Sequence[str],
    asked: Asked,
    today: int,
    days: Sequence[Day],
    studied: Sequence[int],
    breaks: Sequence[Break],
    coming: Sequence[int],
) -> Statistics:
    # An answer from after today is one of a clock that was ahead; it waits for its day.
    until_now = [each for each in days if each[0] <= today]
    return Statistics(
        titles=titles,
        selection=asked.selection,
        today=today,
        first_day=today - asked.days + 1,
        days=until_now,
        streak=streak([day for day in studied if day <= today], breaks, today),
        breaks=breaks,
        forecast=coming,
    )


def _labelled(connection: "Connection", selection: Selection, decks: Collection[str] | None) -> list[str]:
    from fasti.cramming import check_labels
    from fasti.store.statistics import labels

    known = labels(connection, decks)
    check_labels(selection, list(known.values()))
    return [key for key, each in known.items() if chosen(selection, each)]


def _more(connection: "Connection", learner: str, cards: "Cards", leech_threshold: int) -> More:
    from fasti.store import statistics as counted

    lapses = counted.lapses(connection, learner, cards)
    return More(
        eases=counted.eases(connection, learner, cards),
        intervals=counted.intervals(connection, learner, cards),
        hardest=counted.hardest(connection, learner, cards, _HARDEST),
        leeches=sum(number for times, number in lapses.items() if times >= leech_threshold),
    )


def _bands() -> list[tuple[int, int | None]]:
    return [*((least, then - 1) for least, then in pairwise(BANDS)), (BANDS[-1], None)]


def _kept_json(kept: Kept) -> dict[str, Any]:
    share = kept.share
    return {"asked": kept.asked, "kept": kept.kept, "share": None if share is None else round(share, 4)}


def _day_json(day: int, counts: DayCounts) -> dict[str, Any]:
    kept = kept_in_all(counts)
    return {
        "day": date_text(day),
        "answers": counts.answers,
        "new": counts.new,
        "thinking_ms": counts.thinking_ms,
        "asked": kept.asked,
        "kept": kept.kept,
    }


def _more_json(more: More) -> dict[str, Any]:
    return {
        "eases": [{"ease": ease / 100, "cards": number} for ease, number in more.eases.items()],
        "intervals": [{"days": days, "cards": number} for days, number in more.intervals.items()],
        "hardest": [
            {
                "deck": fact.deck,
                "fact": fact.id,
                "title": fact.title,
                "lapses": fact.lapses,
                "ease": fact.ease / 100,
            }
            for fact in more.hardest
        ],
        "leeches": more.leeches,
    }
