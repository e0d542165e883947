"""What a deck puts on a timeline: its dated facts and people's lives, as days of one count.

Days are Julian Day Numbers (`core.dates.day_number`): one count for both calendars and for years before
Christ, fit to measure with. The axis is in `core.time_scale`, rows of bars in `core.lanes`, the stretches
into which a timeline with long gaps falls in `core.stretches`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fasti.core.date_reading import read_date
from fasti.core.dates import (
    Calendar,
    DateError,
    HistoricalDate,
    Precision,
    day_at,
    day_number,
    describe,
    edtf,
    order_key,
)
from fasti.core.facts import Deck, Fact
from fasti.core.kinds import BUILT_IN, Form, Kind
from fasti.core.links import title_of

LIFE = "lived"
"""The date field that holds a life; every other one says when something happened."""


class Dated(NamedTuple):
    """A fact with a date, or a person with the years of a life.

    `position` is the fact's place among the facts of its deck, from 0, and `field` the key that holds the
    date: a fact has one item for each. `first` and `last` are the days that it may stand for, both
    included; None is an open end, and at most one of them is open.
    """

    position: int
    id: str | None
    kind: str
    title: str
    unit: str
    field: str
    date: HistoricalDate
    first: int | None
    last: int | None

    @property
    def when(self) -> str:
        """The date as a reader is shown it: the author's words, notation spelt out."""
        return describe(self.date)

    @property
    def approximate(self) -> bool:
        """Whether the author says `c.` or the like: the days may be off by a little."""
        return self.date.approximate

    @property
    def lasting(self) -> bool:
        """Whether it went on all the while; otherwise it happened at some time within its days."""
        return self.field == LIFE or self.date.precision is Precision.SPAN

    @property
    def start(self) -> int:
        """The day at which it stands: its first, or, where that is open, its last."""
        return self.first if self.first is not None else self.last or 0

    @property
    def end(self) -> int:
        """Its last day, or, where that is open, its first."""
        return self.last if self.last is not None else self.first or 0

    def as_json(self) -> dict[str, object]:
        """Plain values; days are counted as Julian Day Numbers, and given as dates of the date's calendar."""
        return {
            "position": self.position,
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "unit": self.unit or None,
            "date": self.date.text,
            "edtf": edtf(self.date),
            "shown": self.when,
            "calendar": self.date.calendar.value,
            "precision": self.date.precision.value,
            "approximate": self.approximate,
            "lasting": self.lasting,
            "earliest": None if self.first is None else iso_day(self.first, self.date.calendar),
            "latest": None if self.last is None else iso_day(self.last, self.date.calendar),
            "first_day": self.first,
            "last_day": self.last,
        }


def dated_facts(deck: Deck) -> tuple[Dated, ...]:
    """What happened and when, in the order of time; of facts with one date, in the author's."""
    return _ordered(item for item in _items(deck) if item.field != LIFE)


def lives(deck: Deck) -> tuple[Dated, ...]:
    """The people whose years of life the deck gives, in the order of their births."""
    return _ordered(item for item in _items(deck) if item.field == LIFE)


def within(items: Iterable[Dated], first: int | None, last: int | None) -> tuple[Dated, ...]:
    """Those that may share a day with the days from `first` to `last`; None is no limit."""
    return tuple(
        item
        for item in items
        if (last is None or item.first is None or item.first <= last)
        and (first is None or item.last is None or item.last >= first)
    )


def around(items: Sequence[Dated], position: int, most: int) -> tuple[Dated, ...]:
    """The items of the fact at `position`, with at most so many of those before and of those after."""
    places = [place for place, item in enumerate(items) if item.position == position]
    if not places:
        return ()
    return tuple(items[max(places[0] - most, 0) : places[-1] + most + 1])


def calendar_of(items: Iterable[Dated]) -> Calendar:
    """The calendar of an axis for these items: Julian where all their dates are, else Gregorian."""
    calendars = {item.date.calendar for item in items}
    return Calendar.JULIAN if calendars == {Calendar.JULIAN} else Calendar.GREGORIAN


def iso_day(number: int, calendar: Calendar) -> str:
    """A day of a calendar in ISO 8601, in astronomical years: 15 March 44 BC is `-0043-03-15`."""
    year, month, day = day_at(number, calendar)
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


def _items(deck: Deck) -> Iterable[Dated]:
    kinds: Mapping[str, Kind] = {**BUILT_IN, **deck.kinds}
    for position, fact in enumerate(deck.facts):
        kind = kinds.get(fact.kind)
        for field in kind.fields if kind else ():
            if kind and field.form is Form.DATE and (date := _date(fact, field.name)):
                yield Dated(
                    position,
                    fact.id,
                    fact.kind,
                    title_of(fact, kind),
                    fact.unit,
                    field.name,
                    date,
                    date.earliest and day_number(date.earliest, date.calendar),
                    date.latest and day_number(date.latest, date.calendar),
                )


def _date(fact: Fact, field: str) -> HistoricalDate | None:
    if not (text := fact.text(field)):
        return None
    try:
        return read_date(text, Calendar(fact.calendar or Calendar.GREGORIAN))
    except DateError:
        # The deck reader has told of it, and keeps what was good before.
        return None


def _ordered(items: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(items, key=lambda item: (order_key(item.date), item.position)))
