"""`fasti timeline`: which dates of a deck are drawn, and in which stretches."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, DateError, day_number
from fasti.core.facts import Deck
from fasti.core.meant import Named, did_you_mean, facts_named, listed, those_meant
from fasti.core.selection import Labels, Selection, chosen
from fasti.core.stretches import Stretch, stretches, unbroken
from fasti.core.timeline import Dated, around, calendar_of, dated_facts, iso_day, lives, within
from fasti.errors import ExitCode, FastiError

NEIGHBOURS = 6
"""How many dates before and after a fact are near it."""


class UnknownFactError(FastiError):
    """Words that no fact, or more than one, is meant by."""


class WindowError(FastiError):
    """A first or last day that cannot be meant."""

    exit_code = ExitCode.USAGE


class Asked(NamedTuple):
    """What of a deck is to be drawn: dates as the deck language has them, the name of a unit, of a fact."""

    start: str | None = None
    end: str | None = None
    unit: str | None = None
    around: str | None = None
    people: bool = False
    one_scale: bool = False


class Timeline(NamedTuple):
    """Dates in the order of time, in the stretches in which they are drawn, and the lives that go with them.

    `marked` is the position in the deck of the fact that was asked for, and `in_deck` how many dates the
    whole deck has. Days on the axis are those of `calendar`.
    """

    deck: str
    title: str
    dates: tuple[Dated, ...]
    people: tuple[Dated, ...]
    stretches: tuple[Stretch, ...]
    calendar: Calendar
    marked: int | None
    in_deck: int

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti timeline --json` prints."""
        return {
            "version": 1,
            "deck": self.deck,
            "title": self.title,
            "calendar": self.calendar.value,
            "dates": [
                {**item.as_json(), "stretch": number, "marked": item.position == self.marked}
                for number, stretch in enumerate(self.stretches)
                for item in stretch.items
            ],
            "people": [person.as_json() for person in self.people],
            "stretches": [
                {
                    "first": iso_day(stretch.first, self.calendar),
                    "last": iso_day(stretch.last, self.calendar),
                    "first_day": stretch.first,
                    "last_day": stretch.last,
                    "dates": len(stretch.items),
                }
                for stretch in self.stretches
            ],
        }


def timeline(deck: Deck, asked: Asked) -> Timeline:
    """The part of a deck that was asked for; it may have no dates.

    Raises WindowError for days that cannot be meant, UnknownFactError for a fact or a unit that is not there.
    """
    every = dated_facts(deck)
    people = lives(deck)
    marked = _marked(deck, every, asked.around) if asked.around is not None else None
    calendar = calendar_of(every)
    first, last = _window(asked, calendar)
    dates = within(_of_unit(deck, every, asked.unit), first, last)
    people = within(_of_unit(deck, people, asked.unit), first, last) if asked.people else ()
    if marked is not None:
        _check_within(every, marked, first, last)
        kept = {marked, *(item.position for item in dates)}
        dates = around([item for item in every if item.position in kept], marked, NEIGHBOURS)
        people = within(people, dates[0].start, max(item.end for item in dates))
    drawn = (unbroken if asked.one_scale else stretches)(dates, first, last)
    return Timeline(deck.id, deck.title, dates, people, drawn, calendar, marked, len(every))


def _marked(deck: Deck, dates: Sequence[Dated], words: str) -> int:
    """The position of the dated fact that is meant."""
    things = {item.position: Named(item.id, item.title) for item in dates}
    if found := those_meant(list(things.values()), words):
        if len(found) > 1:
            raise UnknownFactError(
                f"several facts have `{words}`: {listed([list(things.values())[place].name for place in found])}",
                "name one of these",
            )
        return list(things)[found[0]]
    facts = facts_named(deck)
    if undated := those_meant(facts, words):
        raise UnknownFactError(
            f"`{facts[undated[0]].name}` is not on the timeline: it does not say when something happened",
            "facts with a date are; `--people` adds the lives of people",
        )
    raise UnknownFactError(
        f"no fact of `{deck.title}` has `{words}`",
        did_you_mean(list(things.values()), words, f"`fasti timeline {deck.id}` shows what has a date"),
    )


def _check_within(dates: Sequence[Dated], marked: int, first: int | None, last: int | None) -> None:
    fact = next(item for item in dates if item.position == marked)
    if not within([fact], first, last):
        raise WindowError(
            f"`{fact.title}` ({fact.when}) is not within the days that you ask for",
            "leave out `--from` and `--to`, or give other ones",
        )


def _of_unit(deck: Deck, items: Sequence[Dated], unit: str | None) -> tuple[Dated, ...]:
    if unit is None:
        return tuple(items)
    wanted = Selection(unit=unit)
    if not any(chosen(wanted, Labels(fact.unit, frozenset())) for fact in deck.facts):
        units = list(dict.fromkeys(fact.unit for fact in deck.facts if fact.unit))
        there = f"its units are {listed(units)}" if units else "its facts name no `unit`"
        hint = did_you_mean([Named(None, name) for name in units], unit, there)
        raise UnknownFactError(f"`{deck.title}` has no unit `{unit}`", hint)
    return tuple(item for item in items if chosen(wanted, Labels(item.unit, frozenset())))


def _window(asked: Asked, calendar: Calendar) -> tuple[int | None, int | None]:
    """The first and the last day that are wanted, as day numbers."""
    first = _end("--from", asked.start, calendar)
    last = _end("--to", asked.end, calendar)
    if first is not None and last is not None and first > last:
        raise WindowError(
            f"`--from {asked.start}` is later than `--to {asked.end}`", "give the earlier date to `--from`"
        )
    return first, last


def _end(option: str, text: str | None, calendar: Calendar) -> int | None:
    if text is None:
        return None
    try:
        date = read_date(text, calendar)
    except DateError as error:
        raise WindowError(f"`{option} {text}`: {error}") from error
    day = date.earliest if option == "--from" else date.latest
    if day is None:
        side = "beginning" if option == "--from" else "end"
        raise WindowError(
            f"`{option} {text}` has no {side}", "give a year, a month or a day: `44 BC`, `1962-10`"
        )
    return day_number(day, calendar)
