"""What each kind of log entry does to a card, and what an undo takes back."""

from dataclasses import replace

import pytest

from fasti.core.card_state import FRESH_CARD, CardState, memory_after
from fasti.core.entry_kinds import IMPORTED, EntryKind
from fasti.core.log import (
    Adopted,
    LogEntry,
    apply,
    effective,
    fold,
    fold_card,
    in_order,
    last_undoable,
    profile_name,
)
from fasti.core.sm2 import FRESH, Memory, Profile

DAY = 20_000


def entry(seq, kind, grade=None, *, day=DAY, **more):
    """An entry about one card; the sequence number is also its place in time."""
    known = {
        "device": "laptop",
        "seq": seq,
        "learner": "clio",
        "card": "deck/fact#when",
        "kind": EntryKind(kind),
        "grade": grade,
        "scale": 4,
        "answered_at_ms": seq * 1_000,
        "utc_offset_min": 60,
        "study_day": day,
        "thinking_ms": 2_500,
        "answer": None,
    }
    return LogEntry(**(known | more))


def undo(seq, target, **more):
    return entry(seq, "undo", target_device=target.device, target_seq=target.seq, **more)


# Reviews


def test_a_fresh_card_has_a_fresh_memory_and_is_not_due():
    assert FRESH_CARD.memory == FRESH
    assert FRESH_CARD.due_day is None


def test_the_first_review_makes_a_new_card_due_tomorrow():
    assert apply(FRESH_CARD, entry(1, "review", 4)) == CardState(
        repetitions=1,
        interval=1,
        ease=250,
        lapses=0,
        due_day=DAY + 1,
        first_day=DAY,
        last_day=DAY,
        owed=False,
        suspended=False,
        buried_until=0,
        flagged=False,
        reviews=1,
    )


def test_a_life_of_reviews_follows_sm_2_from_due_day_to_due_day():
    state, days = FRESH_CARD, []
    day = DAY
    for seq, grade in enumerate([4, 4, 4, 4, 2, 4, 4, 4]):
        state = apply(state, entry(seq, "review", grade, day=day))
        days.append(state.due_day - day)
        day = state.due_day

    assert days == [1, 6, 15, 38, 1, 1, 6, 15]
    assert (state.first_day, state.last_day, state.reviews, state.lapses) == (DAY, day - 15, 8, 1)


def test_a_late_review_counts_from_its_own_day_with_the_scheduled_interval():
    on_time = fold_card([entry(1, "review", 4), entry(2, "review", 4, day=DAY + 1)])
    late = apply(on_time, entry(3, "review", 4, day=DAY + 100))

    assert (late.interval, late.due_day) == (15, DAY + 115)


def test_a_spread_moves_the_due_day_and_not_the_next_interval():
    spread = fold_card(
        [
            entry(1, "review", 4),
            entry(2, "review", 4, day=DAY + 1),
            entry(3, "review", 4, day=DAY + 7, due_offset=-2),
        ]
    )

    assert (spread.interval, spread.due_day) == (15, DAY + 7 + 13)
    assert apply(spread, entry(4, "review", 4, day=DAY + 20)).interval == 38


@pytest.mark.parametrize(
    ("profile", "ease"),
    [("sm2/text", 250), ("sm2/reference", 170), (None, 250), ("another rule/7", 250)],
)
def test_a_review_follows_the_rule_that_was_in_force(profile, ease):
    assert apply(FRESH_CARD, entry(1, "review", 0, profile=profile)).ease == ease


@pytest.mark.parametrize("profile", Profile)
def test_a_profile_is_found_again_by_its_name_in_the_log(profile):
    state = apply(FRESH_CARD, entry(1, "review", 0, profile=profile_name(profile)))

    assert state.ease == {"text": 250, "reference": 170}[profile]


def test_intervals_stop_at_the_maximum_that_is_asked_for():
    reviews = [entry(seq, "review", 4, day=DAY + 100 * seq) for seq in range(4)]

    assert fold_card(reviews, maximum_interval=20).interval == 20
    assert fold(reviews, maximum_interval=20)["clio", "deck/fact#when"].interval == 20


def test_what_was_answered_under_one_maximum_interval_keeps_it():
    names = [profile_name(Profile.TEXT, days) for days in (3_650, 3_650, 3_650, 20, 3_650)]
    reviews = [entry(seq, "review", 4, day=DAY + 100 * seq, profile=name) for seq, name in enumerate(names)]

    intervals = [fold_card(reviews[: count + 1]).interval for count in range(5)]
    assert intervals == [1, 6, 15, 20, 50]
    assert names[3] == "sm2/text/20"


@pytest.mark.parametrize(
    ("profile", "interval"),
    [
        ("sm2/text/20", 20),
        ("sm2/reference/20", 20),
        ("sm2/text/0", 1),
        ("sm2/text/", 38),
        ("sm2/text/x", 38),
        ("sm2/text/٢٠", 38),
        ("sm2/text/999999999999", 38),
        ("fsrs/6/20", 20),
        ("/", 38),
    ],
)
def test_a_profile_that_means_nothing_here_loses_no_grade(profile, interval):
    reviews = [entry(seq, "review", 4, day=DAY + 100 * seq) for seq in range(3)]

    assert fold_card([*reviews, entry(4, "review", 4, day=DAY + 400, profile=profile)]).interval == interval


def test_a_card_is_never_due_on_the_day_it_was_answered():
    assert fold_card([entry(1, "review", 2, due_offset=-9)]).due_day == DAY + 1


# The same day again


@pytest.mark.parametrize("kind", ["review", "drill"])
@pytest.mark.parametrize("day", [DAY, DAY - 1])
def test_a_second_answer_on_the_day_never_moves_the_schedule(kind, day):
    passed = apply(FRESH_CARD, entry(1, "review", 5))

    assert apply(passed, entry(2, kind, 0, day=day)) == passed._replace(owed=True)
    assert apply(passed, entry(2, kind, 5, day=day)) == passed


def test_a_grade_below_four_owes_repeats_until_one_scores_four():
    owed = []
    state = FRESH_CARD
    for seq, (kind, grade) in enumerate(
        [("review", 3), ("drill", 0), ("drill", 3), ("drill", 4), ("drill", 5)]
    ):
        state = apply(state, entry(seq, kind, grade))
        owed.append(state.owed)

    assert owed == [True, True, True, False, False]


def test_a_drill_leaves_a_new_card_new():
    assert apply(FRESH_CARD, entry(1, "drill", 1)) == FRESH_CARD


# Everything that is not an answer


REVIEWED = apply(FRESH_CARD, entry(1, "review", 3))


@pytest.mark.parametrize("grade", [None, 0, 5])
def test_cram_changes_nothing(grade):
    assert apply(REVIEWED, entry(2, "cram", grade)) == REVIEWED


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("suspend", {"suspended": True}),
        ("bury", {"buried_until": DAY + 1}),
        ("flag", {"flagged": True}),
    ],
)
@pytest.mark.parametrize("before", [FRESH_CARD, REVIEWED])
def test_what_is_said_about_a_card_leaves_its_schedule_alone(before, kind, changed):
    assert apply(before, entry(2, kind, answer="wrong year")) == before._replace(**changed)


def test_a_suspended_card_is_resumed_as_it_was():
    suspended = apply(REVIEWED, entry(2, "suspend"))

    assert apply(suspended, entry(3, "resume")) == REVIEWED


def test_a_review_keeps_what_was_said_about_the_card():
    state = fold_card([entry(1, "suspend"), entry(2, "bury"), entry(3, "flag"), entry(4, "review", 4)])

    assert (state.suspended, state.buried_until, state.flagged) == (True, DAY + 1, True)


def test_a_reset_makes_the_card_new_again():
    told = fold_card([entry(1, "review", 4), entry(2, "suspend"), entry(3, "flag"), entry(4, "reset")])

    assert told == FRESH_CARD
    assert apply(told, entry(5, "review", 5)).memory == Memory(1, 1, 260, 0)


# What an entry must hold


@pytest.mark.parametrize("kind", ["review", "drill"])
@pytest.mark.parametrize("grade", [None, -1, 6, True, 2.5])
def test_an_answer_without_a_grade_is_refused(kind, grade):
    with pytest.raises(ValueError, match="entry `1` of device `laptop` needs a grade from 0 to 5"):
        entry(1, kind, grade)


@pytest.mark.parametrize("half", [{}, {"target_device": "laptop"}, {"target_seq": 1}])
def test_an_undo_without_a_target_is_refused(half):
    with pytest.raises(ValueError, match="entry `2` of device `laptop` does not say what it takes back"):
        entry(2, "undo", **half)


# Order


def test_entries_stand_by_time_then_device_then_number():
    late = entry(1, "flag", answered_at_ms=20)
    phone = entry(3, "flag", answered_at_ms=10, device="phone")
    second = entry(10, "flag", answered_at_ms=10)
    first = entry(9, "flag", answered_at_ms=10)

    assert in_order([late, phone, second, first]) == [first, second, phone, late]


def test_a_copied_entry_counts_once():
    review = entry(1, "review", 4)

    assert in_order([review, review, replace(review)]) == [review]


@pytest.mark.parametrize("claim", [{"answered_at_ms": 500}, {"grade": 1}])
def test_of_two_claims_to_one_place_the_same_one_wins_in_either_order(claim):
    one = entry(1, "review", 4)
    other = replace(one, **claim)

    assert in_order([one, other]) == in_order([other, one])
    assert len(in_order([one, other])) == 1


# Undo


def test_an_undo_takes_back_what_it_names_and_nothing_else():
    first, second = entry(1, "review", 4), entry(2, "review", 1, day=DAY + 1)

    assert effective([first, second, undo(3, second)]) == [first]
    assert fold_card([first, second, undo(3, second)]) == apply(FRESH_CARD, first)


def test_an_undo_may_reach_back_past_later_answers():
    first, second = entry(1, "review", 1), entry(2, "review", 5, day=DAY + 1)

    assert fold_card([first, second, undo(3, first)]) == apply(FRESH_CARD, second)


def test_an_undo_of_an_undo_brings_the_answer_back():
    review = entry(1, "review", 4)
    back = undo(2, review)
    again = undo(3, back)

    assert effective([review, back, again]) == [review]
    assert effective([review, back, again, undo(4, again)]) == []
    assert effective([review, back, again, undo(4, review)]) == []


def test_one_undo_in_effect_is_enough():
    review = entry(1, "review", 4)
    here, there = undo(2, review), undo(3, review, device="phone")

    assert effective([review, here, there, undo(4, there)]) == []


def test_a_suspension_can_be_taken_back():
    review, suspend = entry(1, "review", 3), entry(2, "suspend")

    assert fold_card([review, suspend, undo(3, suspend)]) == REVIEWED


@pytest.mark.parametrize(
    "stranger",
    [
        {"learner": "urania"},
        {"card": "deck/other#when"},
        {"answered_at_ms": 999},
        {"target_device": "phone"},
        {"target_seq": 7},
    ],
)
def test_an_undo_reaches_no_other_learner_card_or_later_entry(stranger):
    review = entry(1, "review", 4)

    assert effective([review, replace(undo(2, review), **stranger)]) == [review]


def test_an_undo_that_names_itself_does_nothing():
    review = entry(1, "review", 4)
    itself = entry(2, "undo", target_device="laptop", target_seq=2)

    assert effective([review, itself]) == [review]


def test_undos_that_name_each_other_come_to_an_end():
    review = entry(1, "review", 4)
    one = entry(2, "undo", target_device="laptop", target_seq=3)
    other = entry(3, "undo", target_device="laptop", target_seq=2)

    assert effective([review, one, other]) == [review]


# What can be taken back next


def test_nothing_can_be_taken_back_from_an_empty_log():
    assert last_undoable([]) is None


def test_repeated_undo_walks_back_through_everything_a_student_did():
    log = [entry(1, "review", 2), entry(2, "drill", 4), entry(3, "bury"), entry(4, "cram", 3)]
    walked = []
    while (newest := last_undoable(log)) is not None:
        walked.append(newest.seq)
        log.append(undo(len(log) + 1, newest))

    assert walked == [4, 3, 2, 1]


def test_after_an_undo_is_undone_the_answer_can_be_taken_back_again():
    review = entry(1, "review", 4)
    back = undo(2, review)

    assert last_undoable([review, back]) is None
    assert last_undoable([review, back, undo(3, back)]) == review


# The whole log


def test_a_fold_keeps_learners_and_cards_apart():
    log = [
        entry(1, "review", 4),
        entry(2, "review", 5, card="deck/other#when"),
        entry(3, "review", 1, learner="urania"),
    ]

    assert fold(log) == {
        ("clio", "deck/fact#when"): apply(FRESH_CARD, log[0]),
        ("clio", "deck/other#when"): apply(FRESH_CARD, log[1]),
        ("urania", "deck/fact#when"): apply(FRESH_CARD, log[2]),
    }


def test_a_card_whose_only_answer_was_taken_back_is_not_in_the_fold():
    review = entry(1, "review", 4)

    assert fold([review, undo(2, review)]) == {}
    assert fold_card([review, undo(2, review)]) == FRESH_CARD


# Places taken over


def adopt(seq, *, day=DAY, place=(4, 40, 265, 1, DAY + 30), **more):
    return entry(seq, "adopt", day=day, adopted=Adopted(*place), **more)


def test_an_adopted_place_is_gone_on_from():
    state = apply(FRESH_CARD, adopt(1))

    assert (state.memory, state.due_day) == (Memory(4, 40, 265, 1), DAY + 30)
    assert apply(state, entry(2, "review", 4, day=DAY + 30)).interval == 106  # 40 x 2.65


def test_a_card_that_came_without_its_reviews_was_last_seen_an_interval_before_it_is_due():
    state = apply(FRESH_CARD, adopt(1))

    assert (state.first_day, state.last_day, state.reviews) == (DAY - 10, DAY - 10, 1)


def test_a_card_that_came_with_its_reviews_keeps_their_days():
    reviewed = apply(FRESH_CARD, entry(1, "review", 4, day=DAY - 3))

    state = apply(reviewed, adopt(2))

    assert (state.first_day, state.last_day, state.reviews) == (DAY - 3, DAY - 3, 1)


def test_a_new_place_makes_a_card_new_again_and_keeps_what_the_student_said_of_it():
    log = [entry(1, "review", 4), entry(2, "suspend"), adopt(3, place=(0, 0, 250, 0, None))]

    assert fold_card(log) == FRESH_CARD._replace(suspended=True)


def test_an_adoption_without_a_place_is_refused():
    with pytest.raises(ValueError, match="takes over"):
        entry(1, "adopt")


def test_what_came_from_another_program_is_not_taken_back():
    ours, theirs = entry(1, "review", 4), entry(2, "review", 4, day=DAY + 1, profile=IMPORTED)

    later = entry(3, "review", 4, day=DAY + 1)

    assert last_undoable([ours, theirs]) is None
    assert last_undoable([ours, theirs, later]) == later


def test_a_card_that_was_still_to_be_learnt_that_day_comes_back_that_day():
    answered = apply(FRESH_CARD, entry(1, "review", 2))

    assert apply(answered, adopt(2, place=(0, 1, 250, 0, DAY))).owed
    assert not apply(answered, adopt(2, place=(0, 1, 250, 0, DAY + 1))).owed


def test_an_early_pass_counts_the_days_waited_and_never_brings_the_card_back_sooner():
    # Due on day 100, thirty days after it was last asked, ease 2.50.
    state = FRESH_CARD._replace(
        repetitions=3, interval=30, ease=250, due_day=100, first_day=50, last_day=70, reviews=3
    )
    days = [(71, 29), (75, 25), (80, 25), (90, 50), (99, 73), (100, 75), (140, 75)]

    assert [(day, memory_after(state, 4, day).interval) for day, _ in days] == days


def test_an_early_failure_is_a_failure():
    state = FRESH_CARD._replace(repetitions=3, interval=30, due_day=100, first_day=50, last_day=70, reviews=3)

    assert memory_after(state, 1, 75) == Memory(0, 1, 250, 1)


def test_asking_a_card_every_day_before_it_is_due_does_not_send_it_away_for_years():
    state = FRESH_CARD._replace(repetitions=3, interval=30, due_day=100, first_day=50, last_day=70, reviews=3)
    for seq, day in enumerate(range(71, 100), 1):
        state = apply(state, replace(entry(seq, "review", 4), study_day=day))

    assert 100 <= state.due_day <= 99 + 6
