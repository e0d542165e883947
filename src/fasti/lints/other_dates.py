"""The same event, or the same life, with different dates in two files."""

from collections.abc import Iterator, Sequence

from fasti.core.date_measures import known_ends
from fasti.core.dates import HistoricalDate, Precision, describe, unit_of
from fasti.core.facts import Fact
from fasti.lints.lint import Found, Subject, Tools, shown, where
from fasti.lints.mentions import words_of
from fasti.lints.times import apart, date_in, old_style_hint

_FIELDS = {"event": "date", "person": "lived"}


def find(subjects: Sequence[Subject], _: Tools) -> Iterator[Found]:
    """Each event whose dates exclude each other, and each person whose years differ, told in the later file."""
    if len(subjects) < 2:
        return
    first: dict[tuple[str, tuple[str, ...]], tuple[Subject, Fact]] = {}
    for subject in subjects:
        for fact in subject.deck.facts:
            name = _FIELDS.get(fact.kind)
            if name is None or not fact.text(name):
                continue
            key = (fact.kind, words_of(subject.plain(fact.text(fact.kind))))
            other_subject, other = first.setdefault(key, (subject, fact))
            if other_subject is not subject and other.text(name) != fact.text(name):
                yield from _compared(subject, fact, other_subject, other, name)


def _compared(subject: Subject, fact: Fact, elsewhere: Subject, other: Fact, name: str) -> Iterator[Found]:
    one, two = date_in(fact, name), date_in(other, name)
    if one is None or two is None or not _differ(one, two, name):
        return
    place = where(elsewhere, other.place_of(name), subject)
    message = (
        f"{place} has another date for {shown(subject.title(fact))}: "
        f"{describe(two)}; correct one of them{old_style_hint(one, two)}, or say how the two differ"
    )
    yield Found(subject, fact.place_of(name), message, "warning")


def _differ(one: HistoricalDate, other: HistoricalDate, name: str) -> bool:
    if apart(one, other):
        return True
    # Two lives overlap although their years differ; of two spans of an event that says nothing.
    certain = not one.approximate and not other.approximate and one.calendar is other.calendar
    if name != "lived" or not certain or Precision.OPEN in (one.precision, other.precision):
        return False
    units = {unit_of(one), unit_of(other)}
    parts = 1 if Precision.YEAR in units else 2 if Precision.MONTH in units else 3
    return any(a[:parts] != b[:parts] for a, b in zip(known_ends(one), known_ends(other), strict=True))
