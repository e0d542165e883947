"""What a date typed in a hurry may mean: what authors may not write, students may, if a reading fits.

`22 oct 62` is in the answer's century, `22/10/1962` is read in either order, `febuary` is February, and
`1911-12` is a month or two years. Which of the readings was meant is decided by marking each.
"""

import re
from typing import NamedTuple

from fasti.core.date_reading import LONGEST, read_date
from fasti.core.date_words import MONTHS, SEASONS, WEEKDAYS, month_words, season_words, year_words
from fasti.core.dates import Calendar, DateError, HistoricalDate, Precision, day_at, day_number
from fasti.core.hurried_dates import spelt_out
from fasti.core.slips import distance


class Guess(NamedTuple):
    """One reading. `era` says that the era is not as typed: `missing` where none was, else `other`.

    `other_calendar` is a day typed in the Gregorian calendar, put into the answer's Julian one.
    """

    date: HistoricalDate
    era: str = ""
    other_calendar: bool = False


class Yearless(NamedTuple):
    """A month, or a month and a day, typed without a year."""

    month: int
    day: int | None


def guesses(given: str, answer: HistoricalDate) -> list[Guess]:
    """The dates that `given` may mean as an answer, the plainest reading first; none where it is no date."""
    text = _tidy(given)
    if not text or len(text) > LONGEST:
        return []
    plainer = [text, *spelt_out(text)]
    texts = list(dict.fromkeys([*plainer, *(other for way in plainer for other in _respelt(way, answer))]))
    found = [date for way in texts if (date := _read(way, answer.calendar))]
    guessed = [Guess(date) for date in dict.fromkeys(found)]
    if answer.calendar is Calendar.JULIAN:
        guessed += [guess for way in texts if (guess := _gregorian(way))]
    return guessed + _other_eras(texts, answer)


def yearless(given: str) -> list[Yearless]:
    """The months and days that `given` may mean when it has no year: `october`, `22 oct`, `22/10`."""
    text = _tidy(given).casefold().strip(" ,")
    if found := _DAYS_OF_MONTH.fullmatch(text):
        text = f"{found[1]} {found[2]}"
    if found := _TWO_NUMBERS.fullmatch(text):
        pairs = [(int(found[1]), int(found[2])), (int(found[2]), int(found[1]))]
        return [Yearless(month, day) for day, month in pairs if 1 <= month <= 12 and 1 <= day <= 31]
    read = (_MONTH_AND_DAY.fullmatch(_months_corrected(way.casefold())) for way in (text, *spelt_out(text)))
    return [month for found in read if found and (month := _yearless(found))]


def _yearless(found: re.Match[str]) -> Yearless | None:
    month = next((i for i, name in enumerate(MONTHS, 1) if _names(found[2], name)), 0)
    day = found[1] or found[3]
    return Yearless(month, int(day) if day else None) if month else None


_TWO_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})\.?")
_DAYS_OF_MONTH = re.compile(r"([0-9]{1,2}) ?(?:-|to|until) ?[0-9]{1,2} ([a-z]{3,9})\.?")
_MONTH_AND_DAY = re.compile(
    r"(?:the )?(?:([0-9]{1,2})(?:st|nd|rd|th)?\.? (?:of )?)?([a-z]{3,9})\.?(?: (?:the )?([0-9]{1,2})(?:st|nd|rd|th)?)?"
)


def _names(word: str, name: str) -> bool:
    name = name.casefold()
    return word in (name, name[:3]) or (word == "sept" and name == "september")


_LEADING = re.compile(
    r"(?:(?:it|that) was |i think |maybe |in |on |year |"
    + "|".join(f"{day.casefold()[:3]}(?:{day.casefold()[3:]})?[.,]? " for day in WEEKDAYS)
    + ")+",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[ .,;!]+$")
_BC = re.compile(r"\bb\.? ?c\.?( ?e\.?)?(?!\w)", re.IGNORECASE)
_AD = re.compile(r"\b(?:a\.? ?d|c\.? ?e)\b\.?", re.IGNORECASE)
_DASH = re.compile("[‐‑‒–—―−]|-{2,}")


def _tidy(given: str) -> str:
    text = " ".join(_DASH.sub("-", given[: 4 * LONGEST]).split())
    if not _BC.search(text) and not _AD.search(text):
        text = _TRAILING.sub("", text)
    return _LEADING.sub("", text, count=1) if _LEADING.match(text) else text


def _read(text: str, calendar: Calendar) -> HistoricalDate | None:
    try:
        return read_date(text, calendar)
    except DateError:
        return None


def _gregorian(text: str) -> Guess | None:
    """A day typed in the Gregorian calendar where the answer is Old Style, put into the Julian one."""
    date = _read(text, Calendar.GREGORIAN)
    if not date or date.precision is not Precision.DAY or not date.earliest:
        return None
    day = day_at(day_number(date.earliest, Calendar.GREGORIAN), Calendar.JULIAN)
    julian = HistoricalDate(date.text, day, day, Precision.DAY, date.approximate, Calendar.JULIAN)
    return Guess(julian, other_calendar=True)


_NUMERIC = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]'?([0-9]{1,4})( .*)?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{3,4})")
_YEAR_AND = re.compile(r"([0-9]{3,4})( ?[-/] ?| to )([0-9]{1,2})( ?b\.?c.*)?", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?P<before>.*[a-z][.,]? ?|)['’]?(?P<year>[0-9]{1,2})(?P<s>['’]?s)?", re.IGNORECASE)
_SHORT_SPAN = re.compile(r"'?([0-9]{2})( ?- ?| to )'?([0-9]{2})")
_ROUND = re.compile(r"(?:the )?([0-9]{1,2})00['’]?s", re.IGNORECASE)
_CENTURY = re.compile(r"(?:c ?)?([0-9]{1,2})(?:st|nd|rd|th)?(?: ?c(?:ent(?:ury)?)?\.?)?", re.IGNORECASE)
_TIES = re.compile(r"(?:the )?(twen|thir|for|fif|six|seven|eigh|nine)ties", re.IGNORECASE)
_TENS = ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine")


def _respelt(text: str, answer: HistoricalDate) -> list[str]:
    """Other texts that `text` may stand for, such as authors may write."""
    texts = [corrected] if (corrected := _months_corrected(text)) != text else []
    if found := _NUMERIC.fullmatch(text):
        first, second, year, era = found.groups()
        years = [year] if len(year) > 2 else _full_years(int(year), answer)
        texts += [
            f"{int(day)} {MONTHS[int(month) - 1]} {year}{era or ''}"
            for day, month in ((first, second), (second, first))
            if 1 <= int(month) <= 12
            for year in years
        ]
    if (found := _MONTH_YEAR.fullmatch(text)) and 1 <= int(found[1]) <= 12:
        texts.append(f"{MONTHS[int(found[1]) - 1]} {found[2]}")
    if found := _YEAR_AND.fullmatch(text):
        texts += _month_or_years(found)
    if found := _SHORT_SPAN.fullmatch(text):
        ends = zip(_full_years(int(found[1]), answer), _full_years(int(found[3]), answer), strict=True)
        texts += [f"{start} to {end}" for start, end in ends]
    if found := _TIES.fullmatch(text):
        text = f"{_TENS.index(found[1].casefold()) + 2}0s"
    for way in [*texts, text]:
        if found := _SHORT_YEAR.fullmatch(way):
            years = _full_years(int(found["year"]), answer)
            texts += [f"{found['before']}{year}{'s' if found['s'] else ''}" for year in years]
    if found := _ROUND.fullmatch(text):
        texts += [f"{int(found[1]):02}0X", f"{int(found[1]):02}XX"]
    if answer.precision is Precision.CENTURY and (found := _CENTURY.fullmatch(text)):
        texts.append(f"{int(found[1])}th century")
    return texts


def _full_years(number: int, answer: HistoricalDate) -> list[str]:
    """A year of two digits in the century of either end of the answer."""
    ends = [end.year // 100 * 100 for end in (answer.earliest, answer.latest) if end and end.year > 0]
    years = [century + number for century in dict.fromkeys(ends)] if number < 100 else []
    return [str(year) if year > 99 else f"AD {year}" for year in years if year > 0]


def _month_or_years(found: re.Match[str]) -> list[str]:
    """`1911-12` as a month, and as two years of which the second is cut short."""
    year, number, cut = int(found[1]), int(found[3]), 10 ** len(found[3])
    if found[4]:
        return [f"{year} to {year // cut * cut + number} BC", f"{year} BC to {number} BC"]
    texts = [month_words(year, number)] if 1 <= number <= 12 and found[2] != " to " else []
    if 21 <= number <= 24:
        texts.append(season_words(year, 3 * (number - 20)))
    later = year // cut * cut + number
    return [*texts, f"{year_words(year)} to {year_words(later if later > year else later + cut)}"]


_LONG_WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)
_DATE_WORDS = tuple(name.casefold() for name in (*MONTHS, *SEASONS, "century", "before", "after"))


def _months_corrected(text: str) -> str:
    """The text with misspelt months, seasons and `century` put right, where only one can be meant."""
    return _LONG_WORD.sub(lambda found: _nearest(found.group()), text)


def _nearest(word: str) -> str:
    allowed = 1 if len(word) < 6 else 2
    far = {name: distance(word.casefold(), name, allowed) for name in _DATE_WORDS}
    least = min(far.values())
    nearest = [name for name, steps in far.items() if steps == least]
    return nearest[0] if 0 < least <= allowed and len(nearest) == 1 else word


def _other_eras(texts: list[str], answer: HistoricalDate) -> list[Guess]:
    """The readings with an era that was not typed, or in place of the one that was."""
    ends = [end.year for end in (answer.earliest, answer.latest) if end]
    found: list[Guess] = []
    for text in texts:
        if _BC.search(text):
            if max(ends) > 0 and (date := _read(_BC.sub("AD", text), answer.calendar)):
                found.append(Guess(date, "other"))
        elif min(ends) <= 0:
            typed = _AD.search(text)
            bare = " ".join(_AD.sub("", text).split())
            if date := _read(f"{bare} BC", answer.calendar):
                found.append(Guess(date, "other" if typed else "missing"))
        if min(ends) > 0 and max(ends) < 100 and not _BC.search(text) and not _AD.search(text):
            found += [Guess(date) for date in [_read(f"{text} AD", answer.calendar)] if date]
    return found
