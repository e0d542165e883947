"""Bars in rows."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as some

from fasti.core.lanes import lanes

BARS = some.lists(
    some.tuples(some.integers(0, 300), some.integers(0, 60)).map(lambda bar: (bar[0], bar[0] + bar[1])),
    max_size=40,
)


@settings(deadline=None, max_examples=200)
@given(BARS, some.integers(0, 5))
def test_bars_of_one_row_never_touch(bars: list[tuple[int, int]], apart: int) -> None:
    rows = lanes(bars, apart)

    for (one, row), (other, other_row) in combinations(zip(bars, rows, strict=True), 2):
        first, second = sorted((one, other))
        assert row != other_row or first[1] + apart < second[0]


@settings(deadline=None, max_examples=200)
@given(BARS)
def test_there_are_no_more_rows_than_bars_at_the_fullest_place(bars: list[tuple[int, int]]) -> None:
    rows = lanes(bars)
    fullest = max((sum(start <= at <= end for start, end in bars) for at, _ in bars), default=0)

    assert max(rows, default=-1) + 1 == fullest


def test_a_bar_takes_the_first_row_that_is_free() -> None:
    assert lanes([(0, 10), (5, 6), (7, 8), (11, 12)]) == [0, 1, 1, 0]
