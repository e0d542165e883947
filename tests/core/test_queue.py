"""Which cards a sitting asks, in what order, and what it says of the rest."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.queue import Candidate, Plan, level_day, plan, rank_of

TODAY = 20_000


def due(name, day=TODAY, *, fact=None, rank=0):
    return Candidate(card=name, fact=fact or f"fact of {name}", due_day=day, rank=rank)


def new(name, rank, *, fact=None):
    return Candidate(card=name, fact=fact or f"fact of {name}", due_day=None, rank=rank)


def due_today(count):
    return [due(f"d{number}", rank=number) for number in range(1, count + 1)]


def overdue(count):
    return [due(f"o{number}", TODAY - 5, rank=number) for number in range(1, count + 1)]


def unseen(count):
    return [new(f"n{number}", number) for number in range(1, count + 1)]


def planned(due_cards, new_cards=(), *, limit=30, new_left=10, answered=()):
    return plan(
        due_cards, new_cards, today=TODAY, limit=limit, new_left=new_left, answered_facts=frozenset(answered)
    )


def asked(the_plan):
    return " ".join(card.card for card in the_plan.cards)


# Order


def test_nothing_to_ask_is_an_empty_plan():
    assert planned([]) == Plan(cards=(), new=0, waiting=0, beyond=0, held_back_new=False)


def test_the_oldest_due_day_comes_first_and_a_day_is_shuffled_by_rank():
    cards = [
        due("b", rank=1),
        due("a", rank=2),
        due("late", TODAY - 1, rank=9),
        due("later", TODAY - 30, rank=5),
    ]

    assert asked(planned(cards)) == "later late b a"


def test_one_card_in_four_is_new():
    the_plan = planned(due_today(7), unseen(2))

    assert asked(the_plan) == "d1 d2 d3 n1 d4 d5 d6 n2 d7"
    assert the_plan.new == 2


@pytest.mark.parametrize(
    ("due_count", "new_count", "order"),
    [
        (0, 3, "n1 n2 n3"),
        (2, 2, "d1 d2 n1 n2"),
        (3, 3, "d1 d2 d3 n1 n2 n3"),
        (4, 3, "d1 d2 d3 n1 d4 n2 n3"),
        (4, 0, "d1 d2 d3 d4"),
    ],
)
def test_new_cards_follow_when_the_due_ones_run_out(due_count, new_count, order):
    assert asked(planned(due_today(due_count), unseen(new_count))) == order


def test_overdue_cards_come_before_any_new_one():
    assert asked(planned(overdue(4) + due_today(3), unseen(2))) == "o1 o2 o3 o4 d1 d2 d3 n1 n2"


def test_new_cards_keep_the_authors_order_however_they_arrive():
    assert asked(planned([], [new("second", 2), new("third", 3), new("first", 1)])) == "first second third"


# Limits


def test_no_more_cards_than_the_limit_and_the_rest_is_counted():
    the_plan = planned(due_today(10), unseen(10), limit=8)

    assert asked(the_plan) == "d1 d2 d3 n1 d4 d5 d6 n2"
    assert (the_plan.new, the_plan.beyond) == (2, 4)


@pytest.mark.parametrize(
    ("due_cards", "new_count", "limit", "new_left", "beyond"),
    [
        ([], 12, 3, 10, True),
        (due_today(3), 1, 3, 10, True),
        ([], 12, 10, 10, False),
        ([], 3, 3, 10, False),
        ([], 12, 3, 3, False),
        (overdue(4), 12, 3, 10, False),
    ],
)
def test_new_cards_of_today_that_the_sitting_has_no_room_for_are_told(
    due_cards, new_count, limit, new_left, beyond
):
    assert planned(due_cards, unseen(new_count), limit=limit, new_left=new_left).new_beyond is beyond


def test_no_more_new_cards_than_are_left_for_the_day():
    assert asked(planned([], unseen(5), new_left=2)) == "n1 n2"


@pytest.mark.parametrize("none", [0, -3])
def test_a_limit_that_is_used_up_leaves_nothing(none):
    assert planned([], unseen(5), new_left=none).cards == ()
    assert planned(due_today(2), unseen(5), limit=none) == Plan((), 0, 0, 2, False, new_beyond=True)


def test_no_new_cards_while_what_was_due_before_today_does_not_fit():
    the_plan = planned(overdue(5) + due_today(2), unseen(3), limit=4)

    assert asked(the_plan) == "o1 o2 o3 o4"
    assert the_plan.held_back_new
    assert (the_plan.new, the_plan.beyond) == (0, 3)


@pytest.mark.parametrize(
    ("late", "fresh", "new_left"),
    [
        # What was due before today is finished in this sitting.
        (4, 3, 10),
        # There are no new cards, or none left for today.
        (5, 0, 10),
        (5, 3, 0),
    ],
)
def test_new_cards_are_held_back_only_when_yesterday_is_the_reason(late, fresh, new_left):
    assert not planned(overdue(late), unseen(fresh), limit=4, new_left=new_left).held_back_new


def test_overdue_cards_that_must_wait_for_their_fact_hold_no_new_card_back():
    siblings = [due(f"s{number}", TODAY - 9, fact="one", rank=number) for number in range(5)]

    assert asked(planned(siblings, unseen(2), limit=4)) == "s0 n1 n2"


# One card of a fact a day


def test_the_earliest_due_card_of_a_fact_is_asked_and_its_siblings_wait():
    the_plan = planned([due("when", fact="one"), due("what", TODAY - 1, fact="one"), due("who", fact="two")])

    assert asked(the_plan) == "what who"
    assert (the_plan.waiting, the_plan.beyond) == (1, 0)


def test_a_fact_that_was_answered_today_waits_whole():
    the_plan = planned(
        [due("when", fact="one"), due("who", fact="two")], [new("what", 1, fact="one")], answered=["one"]
    )

    assert asked(the_plan) == "who"
    assert the_plan.waiting == 2


def test_a_new_card_waits_for_its_due_sibling_and_does_not_use_up_the_day():
    the_plan = planned(
        [due("when", fact="one")], [new("what", 1, fact="one"), new("n2", 2), new("n3", 3)], new_left=2
    )

    assert asked(the_plan) == "when n2 n3"
    assert (the_plan.new, the_plan.waiting) == (2, 1)


def test_new_siblings_are_introduced_a_day_apart():
    the_plan = planned(
        [], [new("when", 1, fact="one"), new("what", 2, fact="one"), new("who", 3, fact="two")]
    )

    assert asked(the_plan) == "when who"
    assert the_plan.waiting == 1


def test_a_new_card_waits_for_a_due_sibling_even_beyond_the_limit():
    # Asked today, it would push the due one to tomorrow.
    due_cards = [*due_today(4), due("when", rank=9, fact="one")]

    assert asked(planned(due_cards, [new("what", 1, fact="one")], limit=4)) == "d1 d2 d3 d4"


def test_new_cards_that_the_day_has_no_room_for_are_not_said_to_wait_for_their_fact():
    the_plan = planned([], [new("when", 1, fact="one"), new("what", 2, fact="one")], new_left=1)

    assert (asked(the_plan), the_plan.waiting) == ("when", 0)


def test_new_cards_that_are_held_back_are_not_said_to_wait_for_their_fact():
    the_plan = planned(
        [due("when", TODAY - 1, fact="one"), *overdue(4)], [new("what", 1, fact="one")], limit=4
    )

    assert (the_plan.waiting, the_plan.beyond) == (0, 1)


def test_a_new_card_among_the_due_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="card `n1` is new, not due"):
        planned([new("n1", 1)])


# What holds of every plan


CANDIDATES = st.tuples(
    st.integers(0, 12), st.one_of(st.none(), st.integers(TODAY - 4, TODAY)), st.integers(0, 3)
)


@st.composite
def situations(draw):
    drawn = draw(st.lists(CANDIDATES, max_size=40))
    cards = [Candidate(f"c{place}", f"f{fact}", day, rank) for place, (fact, day, rank) in enumerate(drawn)]
    return (
        [card for card in cards if card.due_day is not None],
        [card for card in cards if card.due_day is None],
        draw(st.integers(0, 20)),
        draw(st.integers(0, 8)),
        draw(st.frozensets(st.sampled_from([f"f{fact}" for fact in range(13)]), max_size=4)),
    )


@given(situations(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=300)
def test_every_plan_keeps_its_promises(situation, chance):
    due_cards, new_cards, limit, new_left, answered = situation
    made = planned(due_cards, new_cards, limit=limit, new_left=new_left, answered=answered)
    old = [card for card in made.cards if card.due_day is not None]
    fresh = [card for card in made.cards if card.due_day is None]

    assert len(made.cards) <= limit
    assert made.new == len(fresh) <= new_left
    assert set(made.cards) <= {*due_cards, *new_cards}
    assert max(Counter(card.fact for card in made.cards).values(), default=1) == 1
    assert not answered & {card.fact for card in made.cards}
    assert [card.due_day for card in old] == sorted(card.due_day for card in old)
    assert [card.rank for card in fresh] == sorted(card.rank for card in fresh)
    # Every due card is asked, waits for its fact, or is over the limit.
    assert 0 <= len(due_cards) - len(old) - made.beyond <= made.waiting
    if made.beyond and old and old[-1].due_day < TODAY:
        assert not fresh
    if made.held_back_new:
        assert not fresh
        assert made.beyond
    assert made.beyond == 0 or len(made.cards) == limit

    chance.shuffle(due_cards)
    chance.shuffle(new_cards)
    assert planned(due_cards, new_cards, limit=limit, new_left=new_left, answered=answered) == made


@given(situations())
@settings(deadline=None, max_examples=150)
def test_sitting_after_sitting_asks_everything_that_is_not_waiting(situation):
    due_cards, new_cards, _, new_left, answered = situation
    whole_day = planned(due_cards, new_cards, limit=100, new_left=new_left, answered=answered)

    asked_so_far = []
    while True:
        left = [card for card in due_cards if card not in asked_so_far]
        unseen_left = [card for card in new_cards if card not in asked_so_far]
        sitting = planned(
            left,
            unseen_left,
            limit=3,
            new_left=new_left - sum(card.due_day is None for card in asked_so_far),
            answered={*answered, *(card.fact for card in asked_so_far)},
        )
        if not sitting.cards:
            break
        asked_so_far.extend(sitting.cards)

    assert set(asked_so_far) == set(whole_day.cards)
    assert whole_day.beyond == 0


# The shuffle


def test_a_rank_is_the_same_on_every_machine():
    # The first four bytes of `b2sum`, halved: printf 'deck/fact#when\n20000' | b2sum
    assert rank_of("deck/fact#when", 20_000) == 578_074_820


def test_a_rank_does_not_depend_on_the_hash_seed():
    code = "from fasti.core.queue import rank_of; print(rank_of('deck/fact#when', 20000))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert printed == {f"{rank_of('deck/fact#when', 20_000)}\n"}


@given(st.text(st.characters(exclude_categories=())), st.integers())
@settings(deadline=None)
def test_a_rank_is_a_whole_number_of_thirty_one_bits(card, day):
    assert 0 <= rank_of(card, day) < 2**31


def test_the_cards_of_a_day_are_asked_in_another_order_the_next_time():
    cards = [f"deck/fact{number}#when" for number in range(20)]
    orders = {tuple(sorted(cards, key=lambda card: rank_of(card, day))) for day in range(50)}

    assert len(orders) == 50
    assert tuple(cards) not in orders


# When a pile is level


@pytest.mark.parametrize(
    ("counts", "a_day", "days_from_today"),
    [
        ({}, 30, 0),
        ({TODAY: 30}, 30, 0),
        ({TODAY: 31}, 30, 1),
        ({TODAY - 9: 200, TODAY - 1: 100, TODAY: 60}, 30, 11),
        # What comes due on the way is done too.
        ({TODAY - 1: 60, TODAY + 1: 30}, 30, 2),
        ({TODAY - 1: 60, TODAY + 1: 1}, 30, 2),
        ({TODAY: 60, TODAY + 1: 30, TODAY + 2: 30, TODAY + 3: 29}, 30, 4),
        # What comes due after the pile is gone does not matter.
        ({TODAY: 60, TODAY + 2: 500}, 30, 1),
        ({TODAY + 1: 500}, 30, 0),
        # A pile that only ends when nothing more comes.
        ({TODAY + day: 40 for day in range(10)}, 30, 13),
        ({TODAY - 5: 10**9, TODAY + 10**9: 1}, 1, 10**9 - 1),
        # Nobody at work.
        ({TODAY: 1}, 0, None),
        ({TODAY: 1}, -1, None),
        ({TODAY + 3: 5}, 0, 0),
    ],
)
def test_a_pile_is_level_on_the_first_day_that_ends_with_nothing_left(counts, a_day, days_from_today):
    expected = None if days_from_today is None else TODAY + days_from_today

    assert level_day(counts, TODAY, a_day) == expected


@given(
    st.dictionaries(st.integers(TODAY - 20, TODAY + 20), st.integers(0, 50), max_size=20), st.integers(1, 60)
)
@settings(deadline=None, max_examples=200)
def test_working_day_by_day_comes_to_the_same_level_day(counts, a_day):
    day = TODAY
    left = sum(count for when, count in counts.items() if when <= TODAY)
    while left > a_day:
        day += 1
        left += counts.get(day, 0) - a_day

    assert level_day(counts, TODAY, a_day) == day
