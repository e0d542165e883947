"""Statistics for the eye: what was done, what was remembered, a year of days, and what is ahead."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from fasti.core.breaks import break_on
from fasti.core.counting import counted
from fasti.core.day_counts import DayCounts
from fasti.core.statistics import (
    EASES,
    INTERVALS,
    SOON,
    WEEK,
    Kept,
    by_month,
    in_bands,
    kept_by_band,
    kept_in_all,
)
from fasti.ui.bars import ink, lying, standing
from fasti.ui.columns import columns
from fasti.ui.console import standard_output
from fasti.ui.heat_map import heat_map
from fasti.ui.lines import FAINT, LABEL, STRONG, Line, Piece, cells, cut, line, padded, plain, wrapped
from fasti.ui.look import Look, for_pictures
from fasti.ui.pipes import until_closed
from fasti.ui.spans import date_name
from fasti.ui.statistics_words import (
    BANDS_IN_WORDS,
    ease_bands,
    interval_bands,
    month_name,
    percent,
    study_time,
    summary_sentences,
    title_of,
    what_is_kept,
    window_words,
)

if TYPE_CHECKING:
    from fasti.statistics import More, Statistics

_MONTHS = 6
"""Months on the first screen; `--all` tells of every one."""

_LONGEST_MONTH = 31
_HEIGHT = 4
_MONTHS_FROM = 44
"""The width from which the table of months has all its columns."""


def show_statistics(statistics: "Statistics", *, accessible: bool) -> None:
    """Print statistics: drawn, or in sentences."""
    output = standard_output()
    with until_closed(output.file):
        if accessible:
            from fasti.ui.statistics_spoken import statistics_sentences

            output.show(statistics_sentences(statistics, output.look))
        else:
            output.show(statistics_lines(statistics, output.look))


def statistics_lines(statistics: "Statistics", look: Look) -> list[Line]:
    """The title, the sums, retention, the heat map and the forecast; with `more` how all cards stand."""
    look = for_pictures(look)
    sections = [
        _head(statistics, look),
        _retention(statistics, look),
        _days(statistics, look),
        _forecast(statistics, look),
    ]
    if statistics.more:
        sections += [
            _months(statistics, look),
            _weeks(statistics, look),
            _standing(statistics.more, look),
            _hardest(statistics.more, look),
        ]
    else:
        more = "`fasti stats --all` adds eases, intervals, the hardest facts and leeches."
        sections.append(wrapped(line(Piece(more, FAINT)), look.measure))
    lines: list[Line] = []
    for section in sections:
        lines += [line(), *section] if lines and section else section
    return [cut(each, look.width) for each in lines]


def _head(statistics: "Statistics", look: Look) -> list[Line]:
    window = Piece(f"  {window_words(statistics)}", FAINT)
    lines = wrapped(line(look.text(title_of(statistics), STRONG), window), look.measure)
    for sentence in summary_sentences(statistics):
        lines += wrapped(line(sentence), look.measure)
    return lines


def _retention(statistics: "Statistics", look: Look) -> list[Line]:
    counts = statistics.total
    kept = kept_in_all(counts)
    if not kept.asked:
        return []
    months = by_month(statistics.days[-_MONTHS * _LONGEST_MONTH :])[-_MONTHS:]
    by_names = [(month_name(month), kept_in_all(each)) for month, each in months]
    by_bands = list(zip(BANDS_IN_WORDS, kept_by_band(counts), strict=True))
    head = line(Piece("Remembered", LABEL), f"  {percent(kept)} of {kept.asked:,}")
    tables = _kept_table("By month", by_names, look), _kept_table("By interval", by_bands, look)
    return [head, *wrapped(line(Piece(what_is_kept(), FAINT)), look.measure), *_beside(*tables, look)]


def _kept_table(title: str, rows: Sequence[tuple[str, Kept]], look: Look) -> list[Line]:
    """A line for each name: the percentage, the same as a bar, and of how many."""
    named = max(cells(name) for name, _ in rows)
    asked = max(len(f"{kept.asked:,}") for _, kept in rows)
    bar = _bar(look.width - named - asked - 8)
    return [
        line(Piece(title, FAINT)),
        *(
            line(
                f"{padded(name, named)}  {padded(percent(kept) or look.dash, 4, right=True)} ",
                Piece(padded(lying(kept.share or 0, bar, ink(look).lying), bar), LABEL),
                Piece(f" {padded(f'{kept.asked:,}', asked, right=True)}", FAINT),
            )
            for name, kept in rows
        ),
    ]


_BAR = 10


def _bar(room: int) -> int:
    """How long bars are where there is so much room for them."""
    return max(0, min(room, _BAR))


def _beside(left: Sequence[Line], right: Sequence[Line], look: Look) -> list[Line]:
    """Two tables side by side, the right one in the middle of a screen of 80; one after the other where it is narrow."""
    margin = max([_HALF, *(cells(plain(row)) + 4 for row in left)])
    if margin + max(cells(plain(row)) for row in right) > look.width:
        return [*left, line(), *right]
    rows: list[Line] = []
    for one, other in zip_longest(left, right, fillvalue=()):
        gap = Piece(" " * (margin - cells(plain(one))))
        rows.append((*one, gap, *other) if other else one)
    return rows


_HALF = 38


def _days(statistics: "Statistics", look: Look) -> list[Line]:
    answers = {day: counts.answers for day, counts in statistics.days}
    if not answers:
        return []
    drawn = heat_map(answers, statistics.breaks, statistics.first_day, statistics.today, look)
    return [line(Piece("Answers a day", LABEL)), *drawn]


def _forecast(statistics: "Statistics", look: Look) -> list[Line]:
    """The next days as standing bars, dates under the weeks and the largest number beside them."""
    numbers = statistics.forecast[:SOON]
    if not any(statistics.forecast):
        return []
    today = f"{numbers[0]:,}" if numbers[0] else "none"
    said = f"  {counted(sum(numbers), 'card')} in {SOON} days, {today} today"
    highest = _scale(numbers)
    margin = max(len(f"{highest:,} "), 4)
    numbers = numbers[: look.width - margin]
    width = 2 if look.width >= margin + 2 * SOON else 1
    rows = standing(numbers, _HEIGHT, ink(look), width, highest)
    off = {place for place in range(len(numbers)) if break_on(statistics.breaks, statistics.today + place)}
    off = {place for place in off if not numbers[place]}
    rows[-1] = "".join(
        padded(look.dash, width) if place in off else rows[-1][place * width :][:width]
        for place in range(len(numbers))
    )
    drawn = [
        line(
            Piece(padded("" if number else f"{highest:,} ", margin, right=True), FAINT),
            Piece(row.rstrip(), LABEL),
        )
        for number, row in enumerate(rows)
    ]
    legend = [line(Piece(f"{' ' * margin}{look.dash} day off", FAINT))] if off else []
    return [
        *wrapped(line(Piece("Due", LABEL), said), look.measure),
        *drawn,
        _week_names(statistics.today, margin, width),
        *legend,
    ]


def _scale(numbers: Sequence[int]) -> int:
    """What the height stands for: the largest number, but that of a pile today, beside which no day could be seen."""
    later = max(numbers[1:])
    return later if later and numbers[0] > _PILE * later else max(numbers)


_PILE = 2


def _week_names(today: int, margin: int, width: int) -> Line:
    text = " " * margin
    for place in range(0, SOON - 1, WEEK):
        name = "today" if not place else _short_date(today + place, today)
        if margin + place * width + len(name) <= margin + SOON * width + 2:
            text = f"{padded(text, margin + place * width)}{name} "
    return line(Piece(text.rstrip(), FAINT))


def _short_date(day: int, today: int) -> str:
    number, month = date_name(day, today).split()[:2]
    return f"{number} {month[:3]}"


def _months(statistics: "Statistics", look: Look) -> list[Line]:
    """Every month as a row of numbers."""
    months = by_month(statistics.days)
    if not months:
        return []
    studied: dict[str, int] = {}
    for day, counts in statistics.days:
        ((month, _),) = by_month([(day, counts)])
        studied[month] = studied.get(month, 0) + 1
    rows = [_month_row(month, studied[month], counts, look) for month, counts in months]
    heads = ("Months", "answers", "days", "time", "known", "new")
    shown = len(heads) - (look.width < _MONTHS_FROM)
    return columns(heads[:shown], [row[:shown] for row in rows], look)


def _month_row(month: str, studied: int, counts: DayCounts, look: Look) -> tuple[str, ...]:
    time = study_time(counts.thinking_ms, short=True) or look.dash
    kept = percent(kept_in_all(counts)) or look.dash
    return (month_name(month), f"{counts.answers:,}", f"{studied:,}", time, kept, f"{counts.new:,}")


def _weeks(statistics: "Statistics", look: Look) -> list[Line]:
    numbers = [
        sum(statistics.forecast[start : start + WEEK]) for start in range(0, len(statistics.forecast), WEEK)
    ]
    if not any(numbers):
        return []
    names = [
        "from today"
        if not place
        else f"from {_short_date(statistics.today + place * WEEK, statistics.today)}"
        for place in range(len(numbers))
    ]
    return [line(Piece("Due by week", LABEL)), *_number_table(list(zip(names, numbers, strict=True)), look)]


def _standing(more: "More", look: Look) -> list[Line]:
    """The distributions of ease and interval, side by side where there is room."""
    if not more.eases:
        return []
    eases = list(zip(ease_bands(), in_bands(more.eases, EASES), strict=True))
    intervals = list(zip(interval_bands(), in_bands(more.intervals, INTERVALS), strict=True))
    tables = (
        [line(Piece("Ease", LABEL), "  cards in review"), *_number_table(eases, look)],
        [line(Piece("Interval", LABEL), "  cards in review"), *_number_table(intervals, look)],
    )
    return _beside(*tables, look)


def _number_table(rows: Sequence[tuple[str, int]], look: Look) -> list[Line]:
    """A line for each name: the number, and a bar beside it; the largest is as long as a bar gets."""
    named = max(cells(name) for name, _ in rows)
    most = max(number for _, number in rows)
    wide = len(f"{most:,}")
    bar = _bar(look.width - named - wide - 3)
    return [
        line(
            padded(name, named) + "  ",
            padded(f"{number:,}", wide, right=True) + " ",
            Piece(lying(number / most if most else 0, bar, ink(look).lying), LABEL),
        )
        for name, number in rows
    ]


def _hardest(more: "More", look: Look) -> list[Line]:
    """The facts that were forgotten most, and how many leeches there are."""
    lines: list[Line] = []
    if more.hardest:
        rows = [(fact.title, f"{fact.lapses:,}", f"{fact.ease / 100:.2f}") for fact in more.hardest]
        lines += columns(("Hardest facts", "missed", "ease"), rows, look)
    if more.leeches:
        are = "is a leech" if more.leeches == 1 else "are leeches"
        said = f"{counted(more.leeches, 'card')} {are}: `fasti leeches` says what can be done."
        lines += [*([line()] if lines else []), *wrapped(line(said), look.measure)]
    return lines
