from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from fasti.core.breaks import HORIZON, level_around
from fasti.planning import days_of_pile

TODAY = 700
COUNTS = st.dictionaries(st.integers(TODAY - 30, TODAY + HORIZON), st.integers(1, 4_000), max_size=8)


def asked(counts: Mapping[int, int], limit: int) -> Mapping[int, int]:
    def due_until(day: int, most: int) -> int:
        return min(most, sum(number for due, number in counts.items() if due <= day))

    found = days_of_pile(TODAY, limit, due_until, lambda: counts)
    assert found is not None
    return found


@given(COUNTS, st.integers(0, 12))
def test_what_is_counted_of_a_pile_says_all_that_all_of_it_says(counts: dict[int, int], limit: int) -> None:
    few = asked(counts, limit)

    assert level_around([], few, TODAY, limit) == level_around([], counts, TODAY, limit)
    behind, behind_of_all = (
        sum(number for day, number in each.items() if day < TODAY) > limit for each in (few, counts)
    )
    assert behind == behind_of_all


def test_a_library_that_cannot_be_read_on_says_nothing() -> None:
    assert days_of_pile(TODAY, 30, lambda *_: None, dict) is None
    assert days_of_pile(TODAY, 30, lambda *_: 1, lambda: None) is None
