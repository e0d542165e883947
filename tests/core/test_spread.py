"""Due days that are spread."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.sm2 import HIGHEST_MAXIMUM_INTERVAL
from fasti.core.spread import spread

DAYS = st.integers(0, 60_000)


@pytest.mark.parametrize("interval", [0, 1, 6])
def test_the_first_two_intervals_are_never_moved(interval: int) -> None:
    assert {spread(f"deck/fact-{number}#when", 20_000, interval, 3_650) for number in range(50)} == {0}


@pytest.mark.parametrize(("interval", "most"), [(7, 1), (39, 1), (40, 2), (100, 5), (300, 15), (3_000, 15)])
def test_cards_learnt_together_are_spread_evenly_over_a_twentieth_of_their_interval(
    interval: int, most: int
) -> None:
    moved = Counter(spread(f"deck/fact-{number}#when", 20_000, interval, 3_650) for number in range(3_000))

    assert sorted(moved) == list(range(-most, most + 1))
    even = 3_000 / (2 * most + 1)
    assert all(0.6 * even < count < 1.4 * even for count in moved.values())


@given(st.text(), DAYS, st.integers(1, HIGHEST_MAXIMUM_INTERVAL), st.integers(0, HIGHEST_MAXIMUM_INTERVAL))
@settings(deadline=None)
def test_a_moved_card_comes_after_today_and_within_the_maximum(
    card: str, day: int, interval: int, room: int
) -> None:
    moved = spread(card, day, interval, interval + room)

    assert 1 <= interval + moved <= interval + room
    assert abs(moved) <= max(1, interval // 20)
    assert spread(card, day, interval, interval + room) == moved
