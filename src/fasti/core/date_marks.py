"""Marking one date against another: which of its parts are right, and how far off it is.

A date that says more than was asked is right if it lies within the answer; one that says less is close
while one part is missing. An approximate answer takes what is near it: a year within ten years, or one in
a hundred before 1000 BC; a month or season within three months; a day within a week.
"""

from fasti.core.date_guesses import Yearless
from fasti.core.date_measures import (
    LEVEL,
    ends,
    ends_within,
    holds,
    known_ends,
    length,
    nearness,
    off,
    years_off,
)
from fasti.core.dates import Day, HistoricalDate, Precision, unit_of
from fasti.core.marks import Mark, best, close, half, right, wrong
from fasti.core.span_marks import mark_limit, mark_span


def mark_date(given: HistoricalDate, answer: HistoricalDate) -> Mark:
    """The mark of one reading of what was typed; both dates are in the same calendar."""
    if (given.earliest, given.latest) == (answer.earliest, answer.latest):
        return right()
    if answer.precision is Precision.OPEN:
        return mark_limit(given, answer)
    if given.precision is Precision.OPEN:
        return wrong("true, but it does not say when" if holds(given, answer) else "not the date")
    if answer.precision in LEVEL:
        mark = _mark_point(given, answer)
    elif answer.precision is Precision.SPAN:
        mark = mark_span(given, answer)
    else:
        mark = _mark_period(given, answer)
    return best([mark, _mark_nearness(given, answer)]) if answer.approximate else mark


def mark_yearless(given: Yearless, answer: HistoricalDate) -> Mark:
    """The mark of a month, or a month and a day, that has no year."""
    first, last = answer.earliest, answer.latest
    if not first or not last or unit_of(answer) is Precision.YEAR:
        return wrong("the year is missing")
    if answer.precision is Precision.DAY and (given.month, given.day) == first[1:]:
        return half("day and month right, year missing")
    within = (first.month, last.month) if answer.precision is Precision.SPAN else _months(first, last)
    if given.month not in within:
        return wrong("month wrong, year missing")
    wrong_day = answer.precision is Precision.DAY and given.day is not None
    return half("month right, day wrong, year missing" if wrong_day else "month right, year missing")


def _months(first: Day, last: Day) -> tuple[int, ...]:
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    return tuple((first.month + place - 1) % 12 + 1 for place in range(min(count, 12)))


def _mark_point(given: HistoricalDate, answer: HistoricalDate) -> Mark:
    """The mark where the answer is a day, a month or a year."""
    if given.precision in LEVEL:
        return _mark_parts(given, answer)
    year = known_ends(answer)[0].year
    if holds(answer, given):
        return right()
    if given.precision is Precision.SEASON:
        return _mark_given_season(given, answer, same_year=known_ends(given)[0].year == year)
    if not holds(given, answer):
        return wrong(off(given, answer))
    if given.precision is Precision.CENTURY:
        return wrong("century right, year missing")
    asked_year = answer.precision is Precision.YEAR
    if given.precision is Precision.DECADE:
        return (half if asked_year else wrong)("decade right, year missing")
    longest = {Precision.YEAR: 3660, Precision.MONTH: 366, Precision.DAY: 31}[answer.precision]
    return (half if length(given) <= longest else wrong)(f"too wide: one {answer.precision} was asked for")


def _mark_given_season(given: HistoricalDate, answer: HistoricalDate, same_year: bool) -> Mark:
    if answer.precision is Precision.YEAR and same_year:
        return right()
    if holds(given, answer):
        if answer.precision is Precision.MONTH:
            return close("season and year right, month missing")
        return half("season and year right, month and day missing")
    return half("year right, season wrong") if same_year else wrong(off(given, answer))


def _mark_parts(given: HistoricalDate, answer: HistoricalDate) -> Mark:
    """The mark where both are a day, a month or a year: part by part."""
    typed, asked = known_ends(given)[0], known_ends(answer)[0]
    got, wanted = LEVEL[given.precision], LEVEL[answer.precision]
    if got >= wanted and typed[:wanted] == asked[:wanted]:
        return right()
    if got == wanted == 3 and abs(ends(given)[0] - ends(answer)[0]) == 1:
        return close("one day out")
    both = min(got, wanted)
    if typed.year == asked.year:
        return _mark_same_year(typed, asked, both, wanted)
    return _mark_other_year(typed, asked, both, wanted)


def _mark_same_year(typed: Day, asked: Day, both: int, wanted: int) -> Mark:
    if both > 1 and typed.month != asked.month:
        return half("year right, month wrong")
    if both == 3:
        return half("month and year right, day wrong")
    if both == 2:
        return close("month and year right, day missing")
    return close("year right, month missing") if wanted == 2 else half("year right, month and day missing")


def _mark_other_year(typed: Day, asked: Day, both: int, wanted: int) -> Mark:
    out = typed.year - asked.year
    near = abs(out) == 1
    how = "one year out" if near else years_off(out)
    if both == 3 and typed[1:] == asked[1:]:
        return (half if near else wrong)(f"day and month right, {how}")
    if both == 3 and typed.month == asked.month:
        return wrong(f"month right, day wrong, {how}")
    if both == 2 and typed.month == asked.month:
        return (half if near else wrong)(f"month right, {how}")
    return half(how) if near and wanted == 1 else wrong(how)


def _mark_period(given: HistoricalDate, answer: HistoricalDate) -> Mark:
    """The mark where the answer is a season, a decade or a century."""
    typed, asked = known_ends(given)[0], known_ends(answer)[0]
    if given.precision is answer.precision and answer.precision is not Precision.SEASON:
        return _mark_same_period(typed.year - asked.year, answer.precision)
    if holds(answer, given):
        return close(f"inside the {answer.precision}")
    if answer.precision is Precision.SEASON:
        return _mark_season(given, answer, typed, asked)
    if given.precision is Precision.CENTURY and holds(given, answer):
        return half("century right, decade missing")
    if given.precision is Precision.SPAN and ends_within(given, answer, 366):
        return close("nearly: check where it begins and ends")
    if holds(given, answer):
        mark = half if length(given) <= 3 * length(answer) else wrong
        return mark(f"too wide: one {answer.precision} was asked for")
    return wrong(off(given, answer))


def _mark_same_period(years: int, period: Precision) -> Mark:
    """The mark of a decade or century that begins so many years after the right one.

    EDTF's `14XX`, 1400 to 1499, is the 15th century: one year is no difference.
    """
    size, plural = (10, "decades") if period is Precision.DECADE else (100, "centuries")
    count = (abs(years) + 1) // size
    if count == 0:
        return right()
    if count == 1:
        return half(f"one {period} out")
    return wrong(f"{count} {plural} too {'early' if years < 0 else 'late'}")


def _mark_season(given: HistoricalDate, answer: HistoricalDate, typed: Day, asked: Day) -> Mark:
    if typed.year == asked.year and given.precision is Precision.YEAR:
        return close("year right, season missing")
    if typed.year == asked.year and given.precision in (Precision.DAY, Precision.MONTH, Precision.SEASON):
        return half("year right, season wrong")
    if (
        given.precision is Precision.SEASON
        and typed.month == asked.month
        and abs(typed.year - asked.year) == 1
    ):
        return half("season right, one year out")
    if holds(given, answer) and given.precision is Precision.DECADE:
        return wrong("decade right, year missing")
    return wrong(off(given, answer))


def _mark_nearness(given: HistoricalDate, answer: HistoricalDate) -> Mark:
    """The mark of a date by how near it is to an approximate one."""
    days, name = nearness(answer)
    if answer.precision is Precision.SPAN and given.precision is Precision.SPAN:
        return close(f"both ends within {name}") if ends_within(given, answer, days) else wrong()
    (first, last), (asked_first, asked_last) = ends(given), ends(answer)
    near = first >= asked_first - days and last <= asked_last + days
    if answer.precision is Precision.SPAN or not near:
        return wrong(off(given, answer))
    return close(f"within {name}")
