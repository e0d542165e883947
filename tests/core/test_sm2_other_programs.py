"""SM-2 beside two published packages: where they follow the text, and the known places where not.

`supermemo2` 3.0.1 changes the ease on a lapse, as SuperMemo's own program does, but rounds up, as
the text does, and reckons in floats.
`sm-2` 0.3.0 keeps the ease on a lapse, as the text does, but multiplies by the ease of *after* the
grade, and lets the first repeat of a lapsed card on the same day count as a repetition.
"""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sm_2 import Card, Scheduler
from supermemo2 import review

from fasti.core.sm2 import FRESH, HIGHEST_MAXIMUM_INTERVAL, Memory, Profile, step

DAY_ONE = datetime(2026, 1, 1, tzinfo=UTC)
GRADES = st.integers(0, 5)
MEMORIES = st.builds(
    Memory,
    repetitions=st.integers(0, 12),
    interval=st.integers(1, 3_650),
    ease=st.integers(65, 200).map(lambda half: half * 2),
    lapses=st.just(0),
)
# Long enough to hold every kind of trouble, short enough to stay below every maximum interval.
ALL_SHORT_HISTORIES = [grades for length in range(1, 6) for grades in product(range(6), repeat=length)]


def uncapped(memory, grade, profile=Profile.TEXT):
    return step(memory, grade, profile=profile, maximum_interval=HIGHEST_MAXIMUM_INTERVAL)


def text_with_the_ease_of_the_reference(memory, grade):
    """The rule that `supermemo2` follows, put together from our two."""
    return uncapped(memory, grade)._replace(ease=uncapped(memory, grade, Profile.REFERENCE).ease)


def supermemo2_life(grades):
    easiness, interval, repetitions = 2.5, 0, 0
    for grade in grades:
        said = review(grade, easiness, interval, repetitions, DAY_ONE)
        easiness, interval, repetitions = said["easiness"], said["interval"], said["repetitions"]
        yield repetitions, interval, easiness


def sm_2_life(grades):
    """Each grade given on the day the card is due, and the same day's repeats graded 4 till it is done."""
    card = Card(card_id=1, due=DAY_ONE)
    for grade in grades:
        today = card.due
        card, _ = Scheduler.review_card(card, grade, today)
        while card.due == today:
            card, _ = Scheduler.review_card(card, 4, today)
        yield card.n, card.I, card.EF


@given(MEMORIES, GRADES)
@settings(deadline=None, max_examples=500)
def test_supermemo2_takes_the_same_step_but_for_its_floats(memory, grade):
    ours = text_with_the_ease_of_the_reference(memory, grade)
    theirs = review(grade, memory.ease / 100, memory.interval, memory.repetitions, DAY_ONE)

    assert theirs["repetitions"] == ours.repetitions
    assert theirs["easiness"] == pytest.approx(ours.ease / 100)
    if theirs["interval"] != ours.interval:
        # A product that is a whole number of days, a hair too large as a float: one day too many.
        assert memory.interval * memory.ease % 100 == 0
        assert theirs["interval"] == ours.interval + 1


def test_supermemo2_lives_the_same_short_lives_but_for_its_floats():
    wrong = {}
    for grades in ALL_SHORT_HISTORIES:
        memory = FRESH
        for count, (grade, theirs) in enumerate(zip(grades, supermemo2_life(grades), strict=True), start=1):
            before, memory = memory, text_with_the_ease_of_the_reference(memory, grade)
            if theirs != (memory.repetitions, memory.interval, pytest.approx(memory.ease / 100)):
                wrong[grades[:count]] = theirs[1] - memory.interval
                assert before.interval * before.ease % 100 == 0
                break

    # The fifteen of 9,330 lives that a float lengthens by a day.
    assert set(wrong.values()) == {1}
    assert sum(grades[: len(trap)] == trap for grades in ALL_SHORT_HISTORIES for trap in wrong) == 15
    assert (0, 0, 5, 5, 3) in wrong


@pytest.mark.parametrize("grades", [(4, 4, 4, 4, 4), (5, 5, 5, 5), (3, 3, 3, 3), (5, 4, 3, 4, 5)])
def test_supermemo2_and_the_text_agree_on_a_life_without_a_lapse(grades):
    memory = FRESH
    for grade, theirs in zip(grades, supermemo2_life(grades), strict=True):
        memory = step(memory, grade)

        assert theirs == (memory.repetitions, memory.interval, pytest.approx(memory.ease / 100))


@pytest.mark.parametrize(
    ("grades", "exact", "theirs"),
    [
        # 6 * 1.50, where the float has gathered 1.5000000000000002.
        ((0, 0, 5, 5, 3), 9, 10),
        # 140 * 3.00.
        ((5, 5, 5, 5, 5, 3), 420, 421),
    ],
)
def test_a_float_gives_supermemo2_a_day_too_many(grades, exact, theirs):
    memory = FRESH
    for grade in grades:
        memory = text_with_the_ease_of_the_reference(memory, grade)

    assert memory.interval == exact
    assert list(supermemo2_life(grades))[-1][1] == theirs


@pytest.mark.parametrize("grade", [0, 1, 2])
def test_supermemo2_changes_the_ease_on_a_lapse_as_the_reference_does(grade):
    memory = Memory(repetitions=3, interval=15, ease=250, lapses=0)
    theirs = review(grade, 2.5, 15, 3, DAY_ONE)["easiness"]

    assert theirs == pytest.approx(step(memory, grade, profile=Profile.REFERENCE).ease / 100)
    assert theirs < step(memory, grade).ease / 100


@given(MEMORIES, GRADES)
@settings(deadline=None, max_examples=500)
def test_sm_2_takes_the_same_step_but_for_the_ease_it_multiplies_by(memory, grade):
    ours = uncapped(memory, grade)
    card = Card(card_id=1, n=memory.repetitions, EF=memory.ease / 100, I=memory.interval, due=DAY_ONE)
    theirs, _ = Scheduler.review_card(card, grade, DAY_ONE)

    assert theirs.n == ours.repetitions
    assert pytest.approx(ours.ease / 100) == theirs.EF
    if grade < 3:
        # No interval yet: the card is owed the same day.
        assert theirs.I == 0
    else:
        by_the_new_ease = uncapped(memory._replace(ease=ours.ease), grade)
        assert 0 <= theirs.I - by_the_new_ease.interval <= 1
        if by_the_new_ease.interval != theirs.I:
            assert memory.interval * ours.ease % 100 == 0


def test_sm_2_lives_the_same_short_lives_but_for_its_known_differences():
    wrong = set()
    for grades in ALL_SHORT_HISTORIES:
        memory = FRESH
        for count, (grade, theirs) in enumerate(zip(grades, sm_2_life(grades), strict=True), start=1):
            before = memory
            after = uncapped(before, grade)
            # The ease of after the grade multiplies; a lapse and its repeat are repetition one.
            memory = uncapped(before._replace(ease=after.ease), 4)._replace(ease=after.ease)
            if grade < 3:
                memory = after._replace(repetitions=1)
            if theirs != (memory.repetitions, memory.interval, pytest.approx(memory.ease / 100)):
                wrong.add(grades[:count])
                assert before.interval * after.ease % 100 == 0
                break

    # The two of 9,330 lives that a float lengthens.
    assert sum(grades[: len(trap)] == trap for grades in ALL_SHORT_HISTORIES for trap in wrong) == 2


def test_sm_2_and_the_text_agree_where_every_grade_is_a_four():
    memory = FRESH
    for theirs in sm_2_life([4] * 8):
        memory = step(memory, 4)

        assert theirs == (memory.repetitions, memory.interval, memory.ease / 100)


def test_sm_2_gives_six_days_where_the_text_starts_again_at_one():
    assert [interval for _, interval, _ in sm_2_life([4, 4, 4, 2, 4, 4])] == [1, 6, 15, 1, 6, 15]

    memory = FRESH
    ours = [(memory := step(memory, grade)).interval for grade in [4, 4, 4, 2, 4, 4]]
    assert ours == [1, 6, 15, 1, 1, 6]


def test_sm_2_overlooks_a_failure_in_the_same_days_repeats():
    card, _ = Scheduler.review_card(Card(card_id=1, due=DAY_ONE), 3, DAY_ONE)
    failed, _ = Scheduler.review_card(card, 0, DAY_ONE)

    assert (failed.n, failed.I, failed.EF, failed.due) == (card.n, card.I, card.EF, card.due)


def test_sm_2_counts_a_late_interval_from_the_old_due_day():
    late = DAY_ONE + timedelta(days=30)
    card = Card(card_id=1, n=2, EF=2.5, I=6, due=DAY_ONE)
    after, _ = Scheduler.review_card(card, 4, late)

    assert after.due == DAY_ONE + timedelta(days=15)
    assert after.due < late
