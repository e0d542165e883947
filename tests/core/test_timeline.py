"""Dated facts as days of one count, and which of them are near, or within."""

import pytest

from fasti.core.dates import Calendar, Day, day_number
from fasti.core.facts import Deck, Fact
from fasti.core.kinds import CardForm, Field, Form, Kind
from fasti.core.timeline import around, calendar_of, dated_facts, iso_day, lives, within


def event(title: str, date: str, **more: str) -> Fact:
    return Fact("event", {"event": (title,), "date": (date,)}, **more)  # type: ignore[arg-type]


def person(name: str, lived: str) -> Fact:
    return Fact("person", {"person": (name,), "who": ("someone",), "lived": (lived,)})


def deck(*facts: Fact, **kinds: Kind) -> Deck:
    return Deck("d", "D", facts, kinds)


def day(year: int, month: int, number: int) -> int:
    return day_number(Day(year, month, number), Calendar.GREGORIAN)


def test_dates_stand_in_the_order_of_time_and_then_in_the_authors() -> None:
    facts = [event("C", "1963"), event("B", "1962-10-22"), event("A", "44 BC"), event("B2", "1962-10-22")]

    assert [item.title for item in dated_facts(deck(*facts))] == ["A", "B", "B2", "C"]


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("1962-10-22", day(1962, 10, 22), day(1962, 10, 22)),
        ("44 BC", day(-43, 1, 1), day(-43, 12, 31)),
        ("1 BC to AD 1", day(0, 1, 1), day(1, 12, 31)),
        ("1450s", day(1450, 1, 1), day(1459, 12, 31)),
        ("15th century", day(1401, 1, 1), day(1500, 12, 31)),
        ("16–28 October 1962", day(1962, 10, 16), day(1962, 10, 28)),
        ("before 1066", None, day(1065, 12, 31)),
        ("since 1946", day(1946, 1, 1), None),
    ],
)
def test_a_date_is_its_first_and_last_day(date: str, first: int | None, last: int | None) -> None:
    (item,) = dated_facts(deck(event("A", date)))

    assert (item.first, item.last) == (first, last)


def test_a_julian_day_is_the_day_that_it_was() -> None:
    (item,) = dated_facts(deck(event("October Revolution", "25 October 1917", calendar="julian")))

    assert item.first == day(1917, 11, 7)
    assert item.as_json()["earliest"] == "1917-10-25"


def test_what_lasted_differs_from_what_happened_at_some_time_within() -> None:
    spans = dated_facts(deck(event("War", "1914-1918"), event("Some day", "1914"), event("Early", "c. 1450")))

    assert {item.title: (item.lasting, item.approximate) for item in spans} == {
        "War": (True, False),
        "Some day": (False, False),
        "Early": (False, True),
    }


def test_lives_stand_apart_from_what_happened() -> None:
    one = deck(person("Kennan", "1904-2005"), event("A", "1946"), person("Nobody", "unreadable"))

    assert [item.title for item in lives(one)] == ["Kennan"]
    assert [item.title for item in dated_facts(one)] == ["A"]


def test_a_decks_own_kinds_may_have_dates() -> None:
    fields = (Field("battle", required=True), Field("fought", Form.DATE), Field("remembered", Form.DATE))
    battle = Kind("battle", "", fields, (CardForm("when", "", "{battle}", "{fought}"),), ("battle",))
    fact = Fact("battle", {"battle": ("Hastings",), "fought": ("1066-10-14",), "remembered": ("1966",)})

    items = dated_facts(deck(fact, battle=battle))

    assert [(item.title, item.field, item.when) for item in items] == [
        ("Hastings", "fought", "14 October 1066"),
        ("Hastings", "remembered", "1966"),
    ]


def test_an_open_date_is_within_all_that_it_may_reach() -> None:
    items = dated_facts(
        deck(event("Before", "before 1066"), event("Since", "since 1946"), event("A", "1500"))
    )

    def titles(first: int | None, last: int | None) -> list[str]:
        return [item.title for item in within(items, first, last)]

    assert titles(None, day(800, 1, 1)) == ["Before"]
    assert titles(day(1100, 1, 1), day(1800, 1, 1)) == ["A"]
    assert titles(day(1990, 1, 1), None) == ["Since"]
    assert titles(day(1500, 12, 31), day(1500, 12, 31)) == ["A"]


def test_around_a_fact_are_as_many_dates_on_either_side() -> None:
    items = dated_facts(deck(*(event(str(year), str(year)) for year in range(1900, 1910))))

    assert [item.title for item in around(items, 4, 2)] == ["1902", "1903", "1904", "1905", "1906"]
    assert [item.title for item in around(items, 0, 2)] == ["1900", "1901", "1902"]
    assert around(items, 99, 2) == ()


def test_an_axis_is_julian_only_where_every_date_is() -> None:
    old = event("Old", "1649-01-30", calendar="julian")

    assert calendar_of(dated_facts(deck(old))) is Calendar.JULIAN
    assert calendar_of(dated_facts(deck(old, event("New", "1650")))) is Calendar.GREGORIAN
    assert calendar_of(()) is Calendar.GREGORIAN


def test_days_before_christ_have_iso_years_of_four_digits() -> None:
    assert iso_day(day(-43, 3, 15), Calendar.GREGORIAN) == "-0043-03-15"
