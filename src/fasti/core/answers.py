"""Judging what a student typed. The verdict suggests a grade; the student decides."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from fasti.core.date_guesses import guesses, yearless
from fasti.core.date_marks import mark_date, mark_yearless
from fasti.core.date_reading import read_date
from fasti.core.dates import DateError, HistoricalDate, Precision, describe
from fasti.core.marks import Mark, best, blank, close, half, right, wrong
from fasti.core.text_marks import mark_text


class Outcome(StrEnum):
    """What a verdict comes to."""

    RIGHT = "right"
    CLOSE = "close"
    WRONG = "wrong"
    BLANK = "blank"


class Verdict(NamedTuple):
    """What fasti makes of an answer: `grade` is the suggested SM-2 grade, `sentence` says what was right.

    Right suggests 4, close 3, or 2 where a strict teacher would call it wrong; wrong 1, and blank 0.
    """

    outcome: Outcome
    grade: int
    sentence: str


def judge_text(given: str, answer: str, accept: Sequence[str] = ()) -> Verdict:
    """The verdict on a typed name, term or phrase; `accept` holds further right answers.

    Case, accents, punctuation and a leading article do not count, numbers do. An answer that is a date
    is judged as one where that is kinder.
    """
    answers = [answer, *accept]
    if _is_blank(given) and _plain(given) not in map(_plain, answers):
        return _verdict(blank())
    marks = [mark for text in answers if (mark := _mark_dated_text(given, text))]
    marks += [mark_text(given, text) for text in answers]
    return _verdict(best(marks))


def judge_date(given: str, answer: HistoricalDate, accept: Sequence[str] = ()) -> Verdict:
    """The verdict on a typed date; `accept` holds further right ones, read in the answer's calendar.

    Besides what `read_date` reads, it takes what students type in a hurry (`22 oct 62`, `22/10/1962`,
    `1914-18`) in the reading that fits best.
    """
    if _is_blank(given):
        return _verdict(blank())
    texts = [answer.text, describe(answer), *accept]
    if _plain(given) in map(_plain, texts):
        return _verdict(right())
    dates = [answer, *(date for text in accept if (date := _date(text, answer)))]
    marks = [mark for date in dates for mark in _marks_of_date(given, date)]
    return _verdict(best(marks) if marks else wrong("that is not a date fasti can read"))


def _verdict(mark: Mark) -> Verdict:
    return Verdict(_OUTCOMES[mark.grade], mark.grade, mark.sentence)


_OUTCOMES = (Outcome.BLANK, Outcome.WRONG, Outcome.CLOSE, Outcome.CLOSE, Outcome.RIGHT)
_NOT_KNOWN = frozenset(
    (
        *("dont know", "do not know", "i dont know", "i do not know", "dunno", "idk", "no idea", "not sure"),
        *("pass", "skip", "no clue", "forgot", "i forgot", "cant remember", "unknown"),
    )
)
_DASH = re.compile("[‐‑‒–—―−]")


def _is_blank(given: str) -> bool:
    """Nothing but spaces and signs, or words that say it is not known."""
    words = " ".join(given[:40].replace("'", "").replace("’", "").casefold().split()).rstrip(" .!?")
    return words in _NOT_KNOWN or not any(letter.isalnum() for letter in given)


def _plain(text: str) -> str:
    return " ".join(_DASH.sub("-", text).casefold().split())


def _mark_dated_text(given: str, answer: str) -> Mark | None:
    """The mark of `given` as a date, where the answer is one in words, such as `March 1947`."""
    if not any(map(str.isalpha, answer)) or not any(map(str.isdigit, answer)):
        return None
    try:
        date = read_date(answer)
    except DateError:
        return None
    marks = _marks_of_date(given, date)
    return best(marks) if marks else None


def _date(text: str, answer: HistoricalDate) -> HistoricalDate | None:
    try:
        return read_date(text, answer.calendar)
    except DateError:
        return None


def _marks_of_date(given: str, answer: HistoricalDate) -> list[Mark]:
    """The mark of each reading of `given`."""
    marks = [mark_yearless(part, answer) for part in yearless(given)]
    for guess in guesses(given, answer):
        mark = mark_date(guess.date, answer)
        if not guess.era and not guess.other_calendar:
            marks.append(mark)
        elif mark == right() and guess.other_calendar:
            marks.append(right("right, in the Gregorian calendar"))
        elif mark == right():
            marks.append(_other_era(guess.era, answer))
    return marks


def _other_era(era: str, answer: HistoricalDate) -> Mark:
    """The mark of a date that is right but for its era, which is `missing` or the `other` one."""
    what = "years" if answer.precision in (Precision.SPAN, Precision.OPEN) else answer.precision
    end = answer.earliest or answer.latest
    sentence = f"right {what}, but {'BC' if end and end.year <= 0 else 'AD'}"
    return close(sentence) if era == "missing" else half(sentence)
