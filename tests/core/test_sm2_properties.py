"""What holds of SM-2 for every sequence of grades, and the text of 1990 in fractions beside it."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.sm2 import EASE_FLOOR, FRESH, HIGHEST_MAXIMUM_INTERVAL, Memory, Profile, step

GRADES = st.integers(0, 5)
HISTORIES = st.lists(GRADES, max_size=40)
PROFILES = st.sampled_from(Profile)
MAXIMA = st.integers(6, HIGHEST_MAXIMUM_INTERVAL)


def lived(grades, **rule):
    memory = FRESH
    for grade in grades:
        memory = step(memory, grade, **rule)
    return memory


def by_the_book(grades, profile, maximum):
    """Repetitions, interval and ease by the wording of the text, in fractions that never round.

    The reference program differs in two places: it changes the ease on a lapse too, and it rounds to
    the nearest day, halves to the even one, as Python's `round` does.
    """
    repetitions, interval, ease = 0, 0, Fraction(5, 2)
    for q in grades:
        changed = ease + (Fraction(1, 10) - (5 - q) * (Fraction(8, 100) + (5 - q) * Fraction(2, 100)))
        if q < 3:
            repetitions, interval = 0, 1
        else:
            repetitions += 1
            exact = {1: Fraction(1), 2: Fraction(6)}.get(repetitions, interval * ease)
            interval = min(math.ceil(exact) if profile == "text" else round(exact), maximum)
        if q >= 3 or profile == "reference":
            ease = max(changed, Fraction(13, 10))
    return repetitions, interval, ease


@given(HISTORIES, PROFILES, MAXIMA)
@settings(deadline=None, max_examples=400)
def test_the_integers_agree_with_the_text_in_fractions(grades, profile, maximum):
    memory = lived(grades, profile=profile, maximum_interval=maximum)

    assert (memory.repetitions, memory.interval, Fraction(memory.ease, 100)) == by_the_book(
        grades, profile, maximum
    )


@given(st.lists(GRADES, min_size=1, max_size=40), PROFILES, st.integers(1, HIGHEST_MAXIMUM_INTERVAL))
@settings(deadline=None, max_examples=300)
def test_every_memory_is_within_bounds(grades, profile, maximum):
    memory = lived(grades, profile=profile, maximum_interval=maximum)

    assert memory.ease >= EASE_FLOOR
    assert memory.ease % 2 == 0
    assert 1 <= memory.interval <= maximum
    assert 0 <= memory.lapses <= sum(grade < 3 for grade in grades)


@given(HISTORIES, st.integers(0, 2), PROFILES)
@settings(deadline=None, max_examples=200)
def test_a_lapse_starts_again_at_one_day(grades, failure, profile):
    before = lived(grades, profile=profile)
    after = step(before, failure, profile=profile)

    assert (after.repetitions, after.interval) == (0, 1)
    assert after.lapses - before.lapses == (1 if before.repetitions else 0)


@given(HISTORIES, st.integers(0, 2))
@settings(deadline=None, max_examples=200)
def test_a_lapse_leaves_the_ease_alone_by_the_text(grades, failure):
    before = lived(grades)

    assert step(before, failure).ease == before.ease


@given(HISTORIES, st.integers(3, 5), PROFILES, MAXIMA)
@settings(deadline=None, max_examples=300)
def test_a_pass_is_one_more_repetition_and_a_longer_interval(grades, passing, profile, maximum):
    before = lived(grades, profile=profile, maximum_interval=maximum)
    after = step(before, passing, profile=profile, maximum_interval=maximum)

    assert after.repetitions == before.repetitions + 1
    assert after.lapses == before.lapses
    if before.repetitions >= 1:
        assert after.interval > before.interval or after.interval == maximum


@given(HISTORIES, PROFILES, MAXIMA)
@settings(deadline=None, max_examples=200)
def test_a_better_grade_never_leaves_less(grades, profile, maximum):
    before = lived(grades, profile=profile, maximum_interval=maximum)
    after = [step(before, grade, profile=profile, maximum_interval=maximum) for grade in range(6)]

    assert [memory.interval for memory in after] == sorted(memory.interval for memory in after)
    # By the text a failure keeps the ease and a laborious pass lowers it.
    changing = after if profile == Profile.REFERENCE else after[3:]
    assert [memory.ease for memory in changing] == sorted(memory.ease for memory in changing)


@given(HISTORIES, MAXIMA, MAXIMA)
@settings(deadline=None, max_examples=200)
def test_a_lower_maximum_gives_the_same_life_with_its_intervals_cut(grades, one, other):
    low, high = sorted([one, other])

    assert lived(grades, maximum_interval=low).interval == min(
        lived(grades, maximum_interval=high).interval, low
    )


@given(
    st.builds(
        Memory,
        repetitions=st.integers(0, 10_000),
        interval=st.integers(0, 10**9),
        ease=st.integers(0, 10**6),
        lapses=st.integers(0, 10_000),
    ),
    GRADES,
    PROFILES,
)
@settings(deadline=None, max_examples=200)
def test_even_a_memory_from_elsewhere_comes_out_within_bounds(memory, grade, profile):
    after = step(memory, grade, profile=profile)

    assert 1 <= after.interval <= 3_650
    if grade >= 3 or profile == Profile.REFERENCE:
        assert after.ease >= EASE_FLOOR


@pytest.mark.parametrize("interval", range(1, 200))
def test_the_reference_program_rounds_each_half_to_the_even_day(interval):
    memory = Memory(repetitions=2, interval=interval, ease=250, lapses=0)

    assert step(memory, 4, profile=Profile.REFERENCE).interval == round(interval * Fraction(5, 2))
