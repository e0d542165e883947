"""Lines with a date: events, and people with their years."""

import re
from typing import NamedTuple

from fasti.core.date_reading import read_date
from fasti.core.dates import DateError, HistoricalDate, Precision
from fasti.decks.notes.findings import Finding, Reason, fact
from fasti.decks.notes.words import looks_like_a_name, names_a_thing, tells_who

_SEPARATOR = re.compile(r"\s*\t\s*|\s+\|\s+|:\s+|;\s+|,\s+|\s+[-–—]{1,3}\s+|\s+=\s+")
_BETWEEN_TABS = re.compile(r"\s*\t\s*|\s+\|\s+")
_HEAD = 60
_MOST_WORDS = 9


def dated(text: str, *, of_people: bool = False) -> Finding:
    """The event or the person of a line that has a date; `of_people` says that people are listed here."""
    if not any(map(str.isdigit, text)):
        return None
    return _in_brackets(text, of_people=of_people) or _date_first(text) or _date_last(text)


# --- a date before what happened


class _Dated(NamedTuple):
    date: HistoricalDate
    words: str
    rest: str


def _date_first(text: str) -> Finding:
    head = text[:_HEAD]
    if not any(map(str.isdigit, head)):
        return None
    apart, refused = _apart(text)
    if apart and not apart.rest.startswith("("):
        return _event(apart.rest, apart.words)
    spaced = _spaced(text)
    if spaced is None:
        return Reason(refused) if refused else None
    if spaced.rest.startswith("("):
        return Reason(
            "what stands in brackets behind the date is not clear; put the whole date first, then a colon"
        )
    if not _is_plainly_parted(spaced):
        return Reason(
            f"it is not certain where the date ends; put a colon behind it, as in `{spaced.words}: …`"
        )
    return _event(spaced.rest, spaced.words)


def _apart(text: str) -> tuple[_Dated | None, str]:
    """A date that a separator parts from the rest, the longest; else what is wrong with what stands for one."""
    found: _Dated | None = None
    refused = ""
    for separator in _SEPARATOR.finditer(text[: _HEAD + 20]):
        words, rest = text[: separator.start()].strip(), text[separator.end() :].strip()
        if not words or not rest:
            continue
        if (date := _date(words)) is not None:
            found = _Dated(date, words, rest)
        elif not refused and (_IS_NUMERIC.fullmatch(words) or _MAY_BE_A_DAY.fullmatch(words)):
            refused = _refusal(words)
    if found is None and not refused and (number := _NUMERIC.match(text)):
        refused = _refusal(number[1])
    return found, refused


_IS_NUMERIC = re.compile(r"[0-9][0-9./–-]*s?")
_MAY_BE_A_DAY = re.compile(r"[0-9]{1,2}\.?\s+[^\W\d_]{3,}\.?\s+[0-9]{3,4}")
_NUMERIC = re.compile(r"([0-9]{1,4}(?:[./–-][0-9]{1,4})+|[0-9]{3,4}s)\b(?=\s|:|,)")


def _refusal(words: str) -> str:
    try:
        read_date(words)
    except DateError as error:
        return str(error)
    return ""


def _spaced(text: str) -> _Dated | None:
    """The longest run of first words that is a date."""
    words = text.split()
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        head = " ".join(words[:count])
        if words[count - 1].casefold() not in _ARTICLES and (date := _date(head)) is not None:
            return _Dated(date, head, " ".join(words[count:]))
    return None


# Those that write `the 1450s` also write `1914-1918 The First World War`.
_ARTICLES = frozenset({"the", "a", "an"})
_BARE_YEAR = re.compile(r"[0-9]{1,4}")
_SURE_YEARS = range(1000, 2101)
_YEAR_FIRST = re.compile(r"[0-9]{3,4} [^\W\d_]")
_FILLER = re.compile(r"(?:in|on|during)\s+", re.IGNORECASE)


def _is_plainly_parted(found: _Dated) -> bool:
    """Whether a date and what happened are told apart by a space alone: `300 Spartans` has none."""
    words = _FILLER.sub("", found.words)
    if found.date.precision is Precision.MONTH and _YEAR_FIRST.match(words):
        return False
    if found.date.precision is Precision.OPEN:
        return False
    begins = found.rest[0].isupper() or not found.rest[0].isalpha()
    if _BARE_YEAR.fullmatch(words):
        return begins and int(words) in _SURE_YEARS
    return begins or found.date.precision is Precision.DAY


# --- a date behind what happened

_PREPOSITIONS = re.compile(
    r"\b(?:of|since|by|until|till|from|at|to|after|before|around|about|the|and|or|than)$", re.IGNORECASE
)


def _date_last(text: str) -> Finding:
    sentence = text.rstrip(".")
    if "?" in sentence:
        return None
    for separator in _SEPARATOR.finditer(sentence):
        head, words = sentence[: separator.start()].strip(), sentence[separator.end() :].strip()
        if not head or len(words) > _HEAD or (date := _date(words)) is None:
            continue
        if ": " in head or "(" in head:
            return None
        if "," in separator.group() and _may_be_a_book(head, words):
            return Reason(f"it may be a book or an event; an event has its date first: `{words}: {head}`")
        return _happened(head, words, date)
    return _date_behind_a_space(sentence) if len(sentence) <= 160 else None


def _date_behind_a_space(sentence: str) -> Finding:
    words = sentence.split()
    for start in range(max(1, len(words) - _MOST_WORDS), len(words)):
        head, tail = " ".join(words[:start]), " ".join(words[start:])
        date = _date(tail)
        if date is None:
            continue
        bare = _BARE_YEAR.fullmatch(tail)
        sure = (
            len(head.split()) >= 2
            and head[0].isupper()
            and _sentence_end(head) is None
            and not _PREPOSITIONS.search(head)
            and date.precision is not Precision.OPEN
            and (not bare or int(tail) in _SURE_YEARS)
        )
        return _happened(head, tail, date) if sure else None
    return None


def _may_be_a_book(head: str, words: str) -> bool:
    return _BARE_YEAR.fullmatch(words) is not None and ("," in head or len(head.split()) < 2)


def _happened(head: str, words: str, date: HistoricalDate) -> Finding:
    if date.precision is Precision.SPAN and looks_like_a_name(head) and not names_a_thing(head):
        return Reason(f"if this is a person, say who: `{head} ({words}): …`; if an event, `{words}: {head}`")
    return _event(head, words)


# --- years in brackets

_BRACKETED = re.compile(
    r"(?P<name>[^()\t]{2,90}?)\s*\((?P<years>[^()]{1,60})\)\s*(?:(?::|,|;|[-–—]{1,3}(?=\s)|=|\t|\|)\s*(?P<about>.*)|\.?)"
)
_LIVED = re.compile(r"(?:born|b\.|died|d\.|\*|lived)\s*(?=\S)", re.IGNORECASE)
_RULED = re.compile(r"(?:r\.|ruled|reigned|fl\.|in office|president|king|queen)\s*", re.IGNORECASE)
_SHORT_LIFE, _LONG_LIFE = 10, 115


def _in_brackets(text: str, *, of_people: bool) -> Finding:
    found = _BRACKETED.fullmatch(text)
    if found is None:
        return None
    name, years, about = found["name"].strip(), found["years"].strip(), (found["about"] or "").strip()
    ruled = _RULED.match(years)
    date = _date(years[ruled.end() :] if ruled else years.lstrip("*"))
    if date is None or _date(name) is not None or _separated(name):
        return None
    if _is_person(name, years, about, date, of_people=of_people):
        if not about:
            return Reason(f"say who this was: `{name} ({years}): …`")
        if ruled:
            return fact("person", person=name, who=f"{about} ({years})")
        return fact("person", person=name, who=about, lived=_written_out(years.lstrip("*")))
    if date.precision in (Precision.SPAN, Precision.OPEN) and not names_a_thing(name):
        years_long = _years(date)
        if years_long is None or years_long >= _SHORT_LIFE:
            return Reason(
                f"it may be a person or an event; write `- person: {name}` with `who`, or `{years}: {name}`"
            )
    return _event(name, years, about)


def _separated(name: str) -> bool:
    return ": " in name or "\t" in name or " | " in name


def _is_person(name: str, years: str, about: str, date: HistoricalDate, *, of_people: bool) -> bool:
    if of_people or _LIVED.match(years):
        return True
    if names_a_thing(name) or not tells_who(about):
        return False
    lived = _years(date)
    return lived is None or _SHORT_LIFE <= lived <= _LONG_LIFE or _RULED.match(years) is not None


def _years(date: HistoricalDate) -> int | None:
    """How many years a span has, or None where an end is open."""
    if date.earliest is None or date.latest is None:
        return None
    return date.latest.year - date.earliest.year


# --- the fact


def _event(words: str, date: str, about: str = "") -> Finding:
    """The event, its first sentence in front and the others as what is said of it."""
    if len(columns := _BETWEEN_TABS.split(words)) > 1:
        words, about = columns[0], "; ".join(filter(None, (*columns[1:], about)))
    end = _sentence_end(words)
    if end is not None:
        words, about = words[:end], " ".join(filter(None, (words[end:].strip(), about)))
    words = words.strip()
    if not any(map(str.isalnum, words)):
        return None
    date = _written_out(_FILLER.sub("", date))
    return fact("event", event=words.rstrip(".") if words.count(".") == 1 else words, date=date, what=about)


# A full stop behind a small letter of a word, and a capital after it: not `J. F.` and not `St. Petersburg`.
_SENTENCE_END = re.compile(r"(?<=[a-z]{3})[.!?]\s+(?=[A-Z“\"])")


def _sentence_end(text: str) -> int | None:
    found = _SENTENCE_END.search(text)
    return found.start() + 1 if found else None


# `1914-18`: what the reader of dates asks for is the only thing that can be meant.
_SHORT_END = re.compile(r"([0-9]{2})([0-9]{2})\s?[-–]\s?([0-9]{2})")


def _written_out(words: str) -> str:
    """A span of years whose last is cut short with both in full; other words as they are."""
    found = _SHORT_END.fullmatch(words)
    if found is None or int(found[3]) <= max(12, int(found[2])):
        return words
    return f"{found[1]}{found[2]} to {found[1]}{found[3]}"


def _date(words: str) -> HistoricalDate | None:
    if not any(map(str.isdigit, words)):
        return None
    try:
        return read_date(_written_out(words))
    except DateError:
        return None
