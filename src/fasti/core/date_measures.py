"""How two dates lie to each other: which holds the other, and how far apart they are."""

from fasti.core.dates import Day, HistoricalDate, Precision, day_number, unit_of

LEVEL = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}
"""How many parts of a day each unit gives: the year, the month, the day."""

_FAR = 10**15  # the day number of an open end


def ends(date: HistoricalDate) -> tuple[int, int]:
    """The day numbers of both ends; those of an open end are beyond any other."""
    first = day_number(date.earliest, date.calendar) if date.earliest else -_FAR
    return first, day_number(date.latest, date.calendar) if date.latest else _FAR


def length(date: HistoricalDate) -> int:
    """How many days a date may be, both ends included."""
    first, last = ends(date)
    return last - first + 1


def holds(outer: HistoricalDate, inner: HistoricalDate) -> bool:
    """Whether every day of `inner` is one of `outer`."""
    return ends(outer)[0] <= ends(inner)[0] and ends(inner)[1] <= ends(outer)[1]


def known_ends(date: HistoricalDate) -> tuple[Day, Day]:
    """Both ends of a date that is not open."""
    if date.earliest is None or date.latest is None:
        raise ValueError(f"{date.text!r} is open")
    return date.earliest, date.latest


def off(given: HistoricalDate, answer: HistoricalDate) -> str:
    """How many years `given` lies before or after the answer, in words; neither may be open."""
    (first, last), (asked_first, asked_last) = known_ends(given), known_ends(answer)
    if last.year < asked_first.year:
        return years_off(last.year - asked_first.year)
    return years_off(first.year - asked_last.year) if first.year > asked_last.year else "not the date"


def years_off(years: int) -> str:
    """A difference in years, in words: -3 is `3 years too early`, 1 `one year too late`."""
    count = "one year" if abs(years) == 1 else f"{abs(years)} years"
    return f"{count} too {'early' if years < 0 else 'late'}"


def ends_within(given: HistoricalDate, answer: HistoricalDate, days: int) -> bool:
    """Whether neither end of `given` is further than this from that of the answer."""
    return all(abs(typed - asked) <= days for typed, asked in zip(ends(given), ends(answer), strict=True))


def nearness(date: HistoricalDate) -> tuple[int, str]:
    """How far from its ends an approximate date may lie: in days, and in words."""
    unit = unit_of(date)
    if unit is Precision.DAY:
        return 7, "a week"
    if unit is Precision.MONTH:
        return 92, "three months"
    end = date.earliest or date.latest
    years = max(10, (1 - end.year) // 100) if end else 10
    days = 146097 * years // 400 + 2  # a whole number of years, whichever of them are leap
    return days, "ten years" if years == 10 else f"{years} years"
