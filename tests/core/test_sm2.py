"""SM-2 against exact vectors, published examples and the sentences of its text."""

import json
from pathlib import Path

import pytest

from fasti.core.sm2 import (
    EASE_FLOOR,
    FRESH,
    HIGHEST_MAXIMUM_INTERVAL,
    MAXIMUM_INTERVAL,
    Memory,
    Profile,
    owes_repeat,
    passes,
    step,
)

VECTORS = json.loads((Path(__file__).parent / "vectors" / "sm2.json").read_text(encoding="utf-8"))["vectors"]


def life(grades, **settings):
    """The memories that the grades leave, one after the other."""
    memories = []
    memory = FRESH
    for grade in grades:
        memory = step(memory, grade, **settings)
        memories.append(memory)
    return memories


def intervals(grades, **settings):
    return [memory.interval for memory in life(grades, **settings)]


def hundredths(ease):
    """`2.36` as 236, without passing through a float."""
    whole, decimals = ease.split(".")
    return int(whole + decimals)


@pytest.mark.parametrize("maximum", [MAXIMUM_INTERVAL, HIGHEST_MAXIMUM_INTERVAL])
@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: "".join(map(str, vector["grades"])))
def test_a_vector_holds_at_every_step(vector, profile, maximum):
    memories = life(vector["grades"], profile=profile, maximum_interval=maximum)

    lived = [
        (memory.repetitions, memory.interval, memory.ease, owes_repeat(grade))
        for memory, grade in zip(memories, vector["grades"], strict=True)
    ]
    # The vectors know no maximum. An interval at the maximum grows past it again at the next pass, so
    # that a capped life is the uncapped one with each interval capped.
    assert lived == [
        (repetitions, min(interval, maximum), hundredths(ease), owed)
        for repetitions, interval, ease, owed in vector[profile]
    ]


def test_the_vectors_are_all_there():
    assert len(VECTORS) == 316


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        # A published table has 94 for the fifth, from the unrounded 37.5: step 3 rounds each interval.
        ([4, 4, 4, 4, 4], [1, 6, 15, 38, 95]),
        # npm supermemo's README.
        ([5, 4], [1, 6]),
        # The ease of before the third grade: 6 * 2.7 = 16.2, rounded up.
        ([5, 5, 5], [1, 6, 17]),
        # 140 * 3.0 exactly; in floating point it is a hair above 420 and rounds up to 421.
        ([5, 5, 5, 5, 5, 5], [1, 6, 17, 48, 140, 420]),
        # A lapse, and the card is learnt anew with the ease it had.
        ([4, 4, 4, 4, 2, 4, 4, 4], [1, 6, 15, 38, 1, 1, 6, 15]),
    ],
)
def test_a_life_by_the_text(grades, expected):
    assert intervals(grades) == expected


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        # 16.2 is nearer to 16.
        ([5, 5, 5], [1, 6, 16]),
        # 15 * 2.5 = 37.5 goes to the even 38.
        ([4, 4, 4, 4, 4], [1, 6, 15, 38, 95]),
        # 45 * 2.9 = 130.5 goes to the even 130.
        ([5, 5, 5, 5, 5], [1, 6, 16, 45, 130]),
        # The lapse lowers the ease to 2.18: 6 * 2.18 = 13.08.
        ([4, 4, 4, 4, 2, 4, 4, 4], [1, 6, 15, 38, 1, 1, 6, 13]),
    ],
)
def test_a_life_by_the_reference_program(grades, expected):
    assert intervals(grades, profile=Profile.REFERENCE) == expected


def test_the_text_is_the_default():
    assert life([4, 2, 5, 0, 4, 4, 4]) == life([4, 2, 5, 0, 4, 4, 4], profile=Profile.TEXT)


@pytest.mark.parametrize(
    ("grade", "ease"),
    [(0, 250), (1, 250), (2, 250), (3, 236), (4, 250), (5, 260)],
)
def test_only_a_pass_changes_the_ease_by_the_text(grade, ease):
    assert step(FRESH, grade).ease == ease


@pytest.mark.parametrize(
    ("grade", "ease"),
    [(0, 170), (1, 196), (2, 218), (3, 236), (4, 250), (5, 260)],
)
def test_every_grade_changes_the_ease_by_the_reference_program(grade, ease):
    assert step(FRESH, grade, profile=Profile.REFERENCE).ease == ease


def test_the_ease_stops_at_its_floor():
    assert [memory.ease for memory in life([3] * 10)][-3:] == [138, EASE_FLOOR, EASE_FLOOR]


def test_a_lapse_counts_only_for_a_card_that_had_been_passed():
    assert [memory.lapses for memory in life([2, 0, 4, 1, 2, 3, 4, 2])] == [0, 0, 0, 1, 1, 1, 1, 2]


def test_an_interval_stops_at_the_maximum():
    assert intervals([4] * 7, maximum_interval=90) == [1, 6, 15, 38, 90, 90, 90]


def test_even_the_first_intervals_obey_a_small_maximum():
    assert intervals([4, 4, 4], maximum_interval=4) == [1, 4, 4]


def test_a_memory_from_elsewhere_without_an_interval_gets_a_day():
    assert step(Memory(repetitions=3, interval=0, ease=250, lapses=0), 4).interval == 1


@pytest.mark.parametrize("grade", [-1, 6, 7, True, False, 2.5, 4.0, "4", None])
def test_what_is_not_a_grade_is_refused(grade):
    with pytest.raises(ValueError, match="whole number from 0 to 5"):
        step(FRESH, grade)


@pytest.mark.parametrize("maximum", [0, -1, HIGHEST_MAXIMUM_INTERVAL + 1])
def test_an_impossible_maximum_interval_is_refused(maximum):
    with pytest.raises(ValueError, match="between 1 and 36500"):
        step(FRESH, 4, maximum_interval=maximum)


def test_each_grade_leaves_what_the_text_says():
    memory = Memory(repetitions=2, interval=6, ease=250, lapses=1)

    assert [step(memory, grade) for grade in range(6)] == [
        Memory(0, 1, 250, 2),
        Memory(0, 1, 250, 2),
        Memory(0, 1, 250, 2),
        Memory(3, 15, 236, 1),
        Memory(3, 15, 250, 1),
        Memory(3, 15, 260, 1),
    ]


def test_each_grade_follows_the_profile_and_the_maximum():
    memory = Memory(repetitions=2, interval=6, ease=250, lapses=1)

    assert [step(memory, grade, profile=Profile.REFERENCE, maximum_interval=10) for grade in (2, 3, 4)] == [
        Memory(0, 1, 218, 2),
        Memory(3, 10, 236, 1),
        Memory(3, 10, 250, 1),
    ]


def test_grades_from_three_pass_and_below_four_come_back_the_same_day():
    assert [passes(grade) for grade in range(6)] == [False, False, False, True, True, True]
    assert [owes_repeat(grade) for grade in range(6)] == [True, True, True, True, False, False]
