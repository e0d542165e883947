"""Things put in order: shuffled, read, and judged."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.answers import Outcome
from fasti.core.order_answers import judge_order, labels, read_order, shuffled

SHOWN = ("Potsdam", "Yalta", "Tehran")


# What was typed while three things are shown, and the places that it names.
READ = [
    ("3 1 2", (2, 0, 1)),
    ("312", (2, 0, 1)),
    ("3,1,2", (2, 0, 1)),
    ("3, 1, 2", (2, 0, 1)),
    ("3;1;2", (2, 0, 1)),
    ("3-1-2", (2, 0, 1)),
    ("3 > 1 > 2", (2, 0, 1)),
    ("3→1→2", (2, 0, 1)),
    ("3. 1. 2.", (2, 0, 1)),
    ("3) 1) 2)", (2, 0, 1)),
    ("  3  1  2 ", (2, 0, 1)),
    ("31 2", (2, 0, 1)),
    ("c a b", (2, 0, 1)),
    ("cab", (2, 0, 1)),
    ("C A B", (2, 0, 1)),
    ("c,a,b", (2, 0, 1)),
    ("Tehran; Yalta; Potsdam", (2, 1, 0)),
    ("tehran > yalta > potsdam", (2, 1, 0)),
    ("Tehran, Yalta, Potsdam", (2, 1, 0)),
    ("Teheran; Yalta; Potsdam", (2, 1, 0)),
    ("1 2", None),
    ("1 2 2", None),
    ("1 2 4", None),
    ("0 1 2", None),
    ("1 2 3 1", None),
    ("a b d", None),
    ("", None),
    ("hello", None),
    ("Tehran; Yalta", None),
    ("Tehran; Yalta; Berlin", None),
    ("1962", None),
    ("9" * 300, None),
]


@pytest.mark.parametrize(("typed", "places"), READ)
def test_an_order_is_read_however_it_is_written(typed: str, places: tuple[int, ...] | None) -> None:
    assert read_order(typed, SHOWN) == places


def test_more_than_nine_things_are_called_by_letters() -> None:
    assert labels(3) == ("1", "2", "3")
    assert "".join(labels(10)) == "abcdefghij"
    things = [f"thing {number}" for number in range(10)]

    assert read_order("jihgfedcba", things) == tuple(range(9, -1, -1))
    assert read_order("10 9 8 7 6 5 4 3 2 1", things) == tuple(range(9, -1, -1))


# The order typed, as letters of which the right order is the alphabet: the grade and what is said.
JUDGED = [
    ("ab", 4, "right"),
    ("ba", 1, "the other way round"),
    ("abc", 4, "right"),
    ("acb", 2, "2 of 3 in order"),
    ("bca", 2, "2 of 3 in order"),
    ("cba", 1, "not in order"),
    ("abdc", 3, "3 of 4 in order"),
    ("dabc", 3, "3 of 4 in order"),
    ("badc", 2, "2 of 4 in order"),
    ("cdab", 2, "2 of 4 in order"),
    ("dcba", 1, "not in order"),
    ("abced", 3, "4 of 5 in order"),
    ("eabcd", 3, "4 of 5 in order"),
    ("abedc", 2, "3 of 5 in order"),
    ("badce", 2, "3 of 5 in order"),
    ("edabc", 2, "3 of 5 in order"),
    ("badec", 2, "3 of 5 in order"),
    ("edcab", 1, "2 of 5 in order"),
    ("abcdefgh", 4, "right"),
    ("abcdefhg", 3, "7 of 8 in order"),
    ("badcefgh", 3, "6 of 8 in order"),
    ("badcfehg", 2, "4 of 8 in order"),
]


@pytest.mark.parametrize(("typed", "grade", "sentence"), JUDGED)
def test_the_grade_is_suggested_by_how_much_was_kept_in_order(typed: str, grade: int, sentence: str) -> None:
    verdict = judge_order(typed, sorted(typed)).verdict

    assert (verdict.grade, verdict.sentence) == (grade, sentence)


def test_what_is_out_of_place_is_told_with_where_it_was_put() -> None:
    ordered = judge_order("dabc", "abcd")

    assert ordered.kept == (True, True, True, False)
    assert ordered.places == (1, 2, 3, 0)


def test_one_thing_alone_keeps_no_order() -> None:
    assert judge_order("cba", "abc").kept == (False, False, False)


def test_things_of_the_same_words_may_change_places() -> None:
    assert judge_order(["War", "peace", "war"], ["war", "Peace", "War"]).verdict.outcome is Outcome.RIGHT


@given(st.integers(2, 6).flatmap(lambda count: st.permutations(range(count))))
@settings(max_examples=200, deadline=None)
def test_the_longest_run_is_the_longest_of_all(order: list[int]) -> None:
    right = [chr(97 + place) for place in range(len(order))]
    ordered = judge_order([right[place] for place in order], right)
    longest = max(
        number
        for number in range(1, len(order) + 1)
        for places in _chosen(len(order), number)
        if sorted(order[place] for place in places) == [order[place] for place in places]
    )

    assert sum(ordered.kept) == (longest if longest > 1 else 0)
    assert sorted(ordered.places) == list(range(len(order)))


def _chosen(count: int, number: int) -> list[tuple[int, ...]]:
    from itertools import combinations

    return list(combinations(range(count), number))


THINGS = st.lists(st.text("abc ", max_size=3), min_size=1, max_size=6)


@given(THINGS, st.text(max_size=8))
@settings(max_examples=200, deadline=None)
def test_shuffling_loses_nothing_and_never_gives_the_right_order_away(things: list[str], seed: str) -> None:
    order = shuffled(things, seed)
    folded = [" ".join(thing.split()) for thing in things]

    assert sorted(order) == list(range(len(things)))
    if len(set(folded)) > 1:
        assert [folded[place] for place in order] != folded


def test_the_shuffle_is_the_same_all_day_and_another_on_another_day() -> None:
    things = ["Tehran", "Yalta", "Potsdam", "Fulton"]
    seeds = [f"deck/order {day}" for day in range(60)]

    assert [shuffled(things, seed) for seed in seeds] == [shuffled(things, seed) for seed in seeds]
    assert len({shuffled(things, seed) for seed in seeds}) > 10


def test_the_shuffle_does_not_know_the_right_order() -> None:
    things = ["Tehran", "Yalta", "Potsdam"]
    seen = set()
    for right in permutations(things):
        seen.add(tuple(right[place] for place in shuffled(right, "seed")))

    # One order for all of them, and a second one where that would be the right one.
    assert len(seen) == 2
