"""Statistics for the ear: every line a sentence that begins with what it is about."""

from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.core.date_words import MONTHS
from fasti.core.day_counts import DayCounts
from fasti.core.statistics import (
    EASES,
    INTERVALS,
    SOON,
    WEEK,
    by_month,
    in_bands,
    kept_by_band,
    kept_in_all,
)
from fasti.ui.lines import Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.spans import date_name
from fasti.ui.statistics_words import (
    BANDS_IN_WORDS,
    ease_bands,
    interval_bands,
    percent,
    study_time,
    summary_sentences,
    title_of,
    what_is_kept,
    window_words,
)

if TYPE_CHECKING:
    from fasti.statistics import More, Statistics

_WEEKS = SOON // WEEK


def statistics_sentences(statistics: "Statistics", look: Look) -> list[Line]:
    """What the drawn statistics say, in their order; a month is told where the heat map shows its days."""
    said = [
        f"Statistics: {title_of(statistics)}, {window_words(statistics)}.",
        *(
            f"{name}: {said}"
            for name, said in zip(("In all", "Streak"), summary_sentences(statistics), strict=False)
        ),
        *_kept(statistics),
        *_months(statistics),
        *_due(statistics),
        *(_more(statistics.more) if statistics.more else _hint()),
    ]
    return [row for sentence in said for row in wrapped(line(look.text(sentence)), look.measure)]


def _kept(statistics: "Statistics") -> list[str]:
    counts = statistics.total
    kept = kept_in_all(counts)
    if not kept.asked:
        return []
    bands = zip(BANDS_IN_WORDS, kept_by_band(counts), strict=True)
    return [
        f"Remembered: {percent(kept)} of {kept.asked:,}. {what_is_kept()}",
        *(f"Intervals {name}: {percent(each)} of {each.asked:,}." for name, each in bands if each.asked),
    ]


def _months(statistics: "Statistics") -> list[str]:
    return [_month(month, counts, statistics) for month, counts in by_month(statistics.days)]


def _month(month: str, counts: DayCounts, statistics: "Statistics") -> str:
    days = [each for each in statistics.days if by_month([each])[0][0] == month]
    most, busiest = max(days, key=lambda each: each[1].answers)
    year, _, number = month.rpartition("-")
    kept = kept_in_all(counts)
    time = study_time(counts.thinking_ms)
    return (
        f"{MONTHS[int(number) - 1]} {year}: {counted(counts.answers, 'answer')} on {counted(len(days), 'day')}"
        f"{f' in {time}' if time else ''}, {counts.new:,} new"
        f"{f', {percent(kept)} remembered' if kept.asked else ''};"
        f" most on {date_name(most, statistics.today)}, {busiest.answers:,}."
    )


def _due(statistics: "Statistics") -> list[str]:
    ahead, today = statistics.forecast, statistics.today
    weeks = len(ahead) // WEEK if statistics.more else _WEEKS
    return [
        f"Due today: {counted(ahead[0], 'card')}.",
        *(
            f"Week from {'today' if not place else date_name(today + place * WEEK, today)}:"
            f" {counted(sum(ahead[place * WEEK : (place + 1) * WEEK]), 'card')} due."
            for place in range(weeks)
        ),
    ]


def _more(more: "More") -> list[str]:
    eases = zip(ease_bands(), in_bands(more.eases, EASES), strict=True)
    intervals = zip(interval_bands(), in_bands(more.intervals, INTERVALS), strict=True)
    return [
        *(f"Ease {name}: {counted(number, 'card')}." for name, number in eases if number),
        *(f"Interval {name}: {counted(number, 'card')}." for name, number in intervals if number),
        *(
            f"Hard: {fact.title}, missed {counted(fact.lapses, 'time')}, ease {fact.ease / 100:.2f}."
            for fact in more.hardest
        ),
        *([f"Leeches: {counted(more.leeches, 'card')}; `fasti leeches` says more."] if more.leeches else []),
    ]


def _hint() -> list[str]:
    return ["More: `fasti stats --all` tells of eases, intervals, the hardest facts and leeches."]
