import pytest
from hypothesis import given
from hypothesis import strategies as st

from fasti.core.selection import Labels, Selection, chosen, known_labels, shuffled

LABELS = Labels("La Guerre froide", frozenset({"Cold War", "Été"}))


@pytest.mark.parametrize(
    ("selection", "is_chosen"),
    [
        (Selection(), True),
        (Selection(unit="la guerre froide"), True),
        (Selection(unit="guerre"), False),
        (Selection(tag="cold war"), True),
        (Selection(tag="ete"), True),
        (Selection(tag="war"), False),
        (Selection(unit="La Guerre froide", tag="Cold War"), True),
        (Selection(unit="La Guerre froide", tag="other"), False),
    ],
)
def test_a_fact_is_chosen_by_its_whole_unit_and_one_of_its_tags(
    selection: Selection, is_chosen: bool
) -> None:
    assert chosen(selection, LABELS) == is_chosen


def test_what_could_have_been_meant_is_known() -> None:
    assert known_labels([LABELS, Labels("", frozenset()), Labels("Before", frozenset({"Été"}))]) == (
        ["Before", "La Guerre froide"],
        ["Cold War", "Été"],
    )


@given(st.lists(st.text(), unique=True), st.integers(0, 2**62))
def test_a_shuffle_keeps_every_card_and_depends_on_the_seed_alone(cards: list[str], seed: int) -> None:
    order = shuffled(cards, seed)

    assert sorted(order) == sorted(cards)
    assert shuffled(reversed_of(cards), seed) == order


def reversed_of(cards: list[str]) -> list[str]:
    return cards[::-1]


def test_another_seed_gives_another_order() -> None:
    cards = [f"card {number}" for number in range(20)]

    assert len({tuple(shuffled(cards, seed)) for seed in range(10)}) == 10
