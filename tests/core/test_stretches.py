"""Where a timeline is broken, and where it is left whole."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from fasti.core.stretches import stretches, unbroken
from fasti.core.timeline import dated_facts, within
from tests.core.test_timeline import day, deck, event


def spread(dates: list[str]) -> list[list[str]]:
    """The dates of each stretch."""
    items = dated_facts(deck(*(event(date, date) for date in dates)))
    return [[item.title for item in stretch.items] for stretch in stretches(items)]


OCTOBER = [f"1962-10-{number:02}" for number in range(1, 31)]

YEARS = some.lists(some.integers(1, 2000), max_size=60).map(lambda years: [f"AD {year}" for year in years])
LONG = some.lists(some.tuples(some.integers(1, 1900), some.integers(1, 100)), max_size=20).map(
    lambda spans: [f"AD {start} to AD {start + length}" for start, length in spans]
)
DAYS = some.lists(some.integers(1, 28), max_size=30).map(
    lambda days: [f"1962-10-{number:02}" for number in days]
)


def test_one_fact_in_antiquity_and_thirty_in_one_month_are_two_stretches() -> None:
    assert spread(["44 BC", *OCTOBER]) == [["44 BC"], OCTOBER]


def test_a_crowded_month_among_quiet_years_has_a_scale_of_its_own() -> None:
    years = ["1959", "1960", "1961", "1963", "1964", "1965"]

    assert spread([*years, *OCTOBER]) == [years[:3], OCTOBER, years[3:]]


def test_evenly_spread_dates_stay_together() -> None:
    centuries = [str(year) for year in range(1000, 2000, 50)]

    assert spread(centuries) == [centuries]


def test_a_few_dates_far_apart_stay_on_one_scale() -> None:
    assert spread(["44 BC", "1962-10-22", "1962-10-23"]) == [["44 BC", "1962-10-22", "1962-10-23"]]


def test_nothing_has_no_stretch() -> None:
    assert (stretches(()), unbroken(())) == ((), ())


def test_what_lasts_beyond_its_stretch_is_cut_where_the_next_begins() -> None:
    facts = [event("Long", "1900-1999"), *(event(date, date) for date in OCTOBER)]
    first, second = stretches(dated_facts(deck(*facts)))

    assert first.last == second.first - 1


def test_a_window_ends_every_stretch() -> None:
    items = dated_facts(deck(event("Hundred Years War", "1337-1453"), event("Plague", "1348")))
    first, last = day(1340, 1, 1), day(1400, 12, 31)

    for broken in (stretches, unbroken):
        (stretch,) = broken(within(items, first, last), first, last)
        assert (stretch.first, stretch.last) == (first, last)


@settings(deadline=None, max_examples=150)
@given(YEARS, LONG, DAYS)
def test_stretches_hold_every_item_once_in_order_and_do_not_overlap(
    years: list[str], long: list[str], days: list[str]
) -> None:
    items = dated_facts(deck(*(event(date, date) for date in [*years, *long, *days])))
    found = stretches(items)

    assert [item for stretch in found for item in stretch.items] == list(items)
    assert all(one.last < other.first for one, other in pairwise(found))
    assert all(stretch.first <= item.start <= stretch.last for stretch in found for item in stretch.items)
    assert all(stretch.items for stretch in found)
