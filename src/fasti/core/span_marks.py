"""Marking a date where the answer has two ends (`1914-1918`, `early 1962`) or one (`before 1066`)."""

from fasti.core.date_measures import LEVEL, ends, ends_within, holds, known_ends, length, off
from fasti.core.dates import HistoricalDate, Precision, unit_of
from fasti.core.marks import Mark, close, half, right, wrong


def mark_span(given: HistoricalDate, answer: HistoricalDate) -> Mark:
    """The mark where the answer is a span, or a part such as `early 1962`."""
    if given.precision in LEVEL or given.precision is Precision.SEASON:
        return _mark_point_of_span(given, answer)
    if given.precision is Precision.CENTURY and holds(given, answer):
        return (close if answer.approximate else wrong)("century right, but it was asked more closely")
    if given.precision is Precision.DECADE and holds(given, answer):
        return (close if answer.approximate else half)("decade right, but it was asked more closely")
    typed, asked = known_ends(given), known_ends(answer)
    got, wanted = LEVEL[unit_of(given)], LEVEL[unit_of(answer)]
    both = min(got, wanted)
    match [one[:both] == other[:both] for one, other in zip(typed, asked, strict=True)]:
        case [True, True] if got >= wanted:
            return right()
        case [True, True]:
            return close(_MISSING[got, wanted])
        case [True, False]:
            return half("start right, end wrong")
        case [False, True]:
            return half("end right, start wrong")
    if ends_within(given, answer, {1: 366, 2: 31, 3: 1}[wanted]):
        return half(f"both ends one {unit_of(answer)} out")
    overlaps = ends(given)[0] <= ends(answer)[1] and ends(answer)[0] <= ends(given)[1]
    return wrong("it overlaps, but both ends are wrong" if overlaps else off(given, answer))


_MISSING = {
    (1, 2): "years right, months missing",
    (1, 3): "years right, months and days missing",
    (2, 3): "months and years right, days missing",
}


def _mark_point_of_span(given: HistoricalDate, answer: HistoricalDate) -> Mark:
    got, wanted = LEVEL.get(given.precision, 2), LEVEL[unit_of(answer)]
    if holds(given, answer):
        if given.precision is Precision.YEAR and wanted == 3:
            return half("year right, month and days missing")
        return close("year right, months missing" if wanted == 2 else "month and year right, days missing")
    typed, asked = known_ends(given), known_ends(answer)
    both = min(got, wanted)
    if typed[0][:both] == asked[0][:both]:
        return (close if got >= wanted else half)("start right, the span's end is missing")
    if typed[1][:both] == asked[1][:both]:
        return half("end right, the span's start is missing")
    if holds(answer, given):
        somewhere = answer.approximate or answer.text.casefold().startswith("between")
        return (close if somewhere or length(answer) <= 31 else half)("inside the span")
    return wrong(off(given, answer))


def mark_limit(given: HistoricalDate, answer: HistoricalDate) -> Mark:
    """The mark where the answer is open at one end."""
    limit = ends(answer)[1] if answer.earliest is None else ends(answer)[0]
    if given.precision is Precision.OPEN:
        typed = ends(given)[1] if given.earliest is None else ends(given)[0]
        near = abs(typed - limit) <= 366
        if (given.earliest is None) is (answer.earliest is None):
            return close("right side, within a year") if near else wrong("right side, wrong year")
        return half("right year, wrong side") if near else wrong("not the date")
    first, last = ends(given)
    if first - 1 <= limit <= last + 1:
        words = "before or until" if answer.earliest is None else "after or since"
        return close(f"date right, but it is {words}")
    if holds(answer, given):
        return half("true, but its limit was asked for")
    return wrong("on the wrong side")
