"""When a card is called a leech."""

import pytest

from fasti.core.leeches import Advice, advice_for, becomes_leech
from tests.ui.sittings import card


def test_a_leech_is_told_of_at_the_eighth_lapse_and_at_every_fourth_after() -> None:
    told = [lapses for lapses in range(1, 22) if becomes_leech(lapses - 1, lapses)]

    assert told == [8, 12, 16, 20]


@pytest.mark.parametrize(("threshold", "told"), [(1, [1, 2, 3, 4, 5, 6]), (3, [3, 4, 5, 6]), (4, [4, 6])])
def test_the_threshold_can_be_another(threshold: int, told: list[int]) -> None:
    assert [lapses for lapses in range(1, 7) if becomes_leech(lapses - 1, lapses, threshold)] == told


def test_an_answer_that_is_no_lapse_calls_nothing_a_leech() -> None:
    assert not becomes_leech(8, 8)


@pytest.mark.parametrize(
    ("answer", "hints", "first"),
    [
        (("One",), (), Advice.HINT),
        (("One",), ("A hint",), Advice.REWORD),
        (("One", "Two"), ("A hint",), Advice.SPLIT),
        (("A sentence that goes on " * 5,), (), Advice.SPLIT),
    ],
)
def test_advice_begins_with_what_the_card_lacks_and_always_ends_with_suspending(
    answer: tuple[str, ...], hints: tuple[str, ...], first: Advice
) -> None:
    advice = advice_for(card("Why?", *answer, hints=hints))

    assert advice[0] is first
    assert advice[-1] is Advice.SUSPEND
    assert (Advice.HINT in advice) == (not hints)
