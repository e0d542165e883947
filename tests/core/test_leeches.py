"""When a card is called a leech."""

import pytest

from fasti.core.leeches import becomes_leech


def test_a_leech_is_told_of_at_the_eighth_lapse_and_at_every_fourth_after() -> None:
    told = [lapses for lapses in range(1, 22) if becomes_leech(lapses - 1, lapses)]

    assert told == [8, 12, 16, 20]


@pytest.mark.parametrize(("threshold", "told"), [(1, [1, 2, 3, 4, 5, 6]), (3, [3, 4, 5, 6]), (4, [4, 6])])
def test_the_threshold_can_be_another(threshold: int, told: list[int]) -> None:
    assert [lapses for lapses in range(1, 7) if becomes_leech(lapses - 1, lapses, threshold)] == told


def test_an_answer_that_is_no_lapse_calls_nothing_a_leech() -> None:
    assert not becomes_leech(8, 8)
