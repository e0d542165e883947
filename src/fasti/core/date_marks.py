"""Marking one date against another: which of its parts are right, and how far off it is.

A date that says more than was asked is right if it lies within the answer; one that says less is close
while one part is missing. An approximate answer takes what is near it: ten years, or one year in a
hundred before 1000 BC; three months where a month is approximate; a week where a day is.
"""

from fasti.core.date_guesses import Yearless
from fasti.core.dates import Calendar, Day, HistoricalDate, Precision, day_number, unit_of
from fasti.core.marks import Mark, best, close, half, right, wrong

_POINTS = (Precision.YEAR, Precision.MONTH, Precision.DAY)


def mark_date(given: HistoricalDate, answer: HistoricalDate) -> Mark:
    """The mark of one reading of what was typed; both dates are in the same calendar."""
    if (given.earliest, given.latest) == (answer.earliest, answer.latest):
        return right()
    if answer.precision is Precision.OPEN:
        return _mark_against_open(given, answer)
    if given.precision is Precision.OPEN:
        return wrong("true, but it does not say when" if _holds(given, answer) else "not the date")
    marks = [_mark_against_span(given, answer) if answer.precision is Precision.SPAN else _mark(given, answer)]
    if answer.approximate:
        marks.append(_mark_nearness(given, answer))
    return best(marks)
