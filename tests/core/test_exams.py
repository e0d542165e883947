from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.breaks import Break
from fasti.core.exams import Exam, ExamCard, in_force, progress, todays_cards

EXAM_DAY = 100


@st.composite
def exam_cards(draw):
    found = []
    for number in range(draw(st.integers(0, 40))):
        last = draw(st.one_of(st.none(), st.integers(40, 79)))
        due = None if last is None else last + draw(st.integers(1, 60))
        fact = f"d/f{draw(st.integers(0, 20))}"
        ease = draw(st.sampled_from([130, 250]))
        found.append(ExamCard(f"c{number}", fact, number, due, last, last, ease, draw(st.integers(0, 9)), 0))
    return found


EXAMS = st.integers(1, 10).map(lambda days: Exam("E", EXAM_DAY, "d", days=days))
BREAKS = st.lists(st.integers(75, 105).map(lambda day: Break(day, day + 2)), max_size=2)


def off(breaks, day):
    return any(first <= day <= last for first, last in breaks)


def seen(card, day):
    return card._replace(
        last_day=day, first_day=day if card.first_day is None else card.first_day, due_day=day + 9
    )


def lived(exam, cards, breaks, first=80):
    """Every day from the first until the exam, all asked that the exam wants; the cards after it, and each day's."""
    known, days = {card.card: card for card in cards}, []
    for day in range(first, exam.day):
        asked = [] if off(breaks, day) else todays_cards(exam, list(known.values()), day, breaks)
        for card in asked:
            known[card.card] = seen(card, day)
        days.append(asked)
    return list(known.values()), days


@given(EXAMS, exam_cards(), BREAKS)
@settings(max_examples=150, deadline=None)
def test_every_card_is_seen_in_the_last_days_if_there_is_a_day_to_work_on(exam, cards, breaks):
    after, _ = lived(exam, cards, breaks)

    if any(not off(breaks, day) for day in range(exam.first_day, exam.day)):
        assert all(card.last_day is not None and card.last_day >= exam.first_day for card in after)
        told = progress(exam, after, exam.day - 1, breaks)
        assert (told.seen, told.new, told.today) == (len(cards), 0, 0)


@given(EXAMS, exam_cards())
@settings(max_examples=150, deadline=None)
def test_they_are_spread_evenly_over_the_last_days(exam, cards):
    _, days = lived(exam, cards, [])
    last = [len(asked) for asked in days[-exam.days :]]

    assert sum(last) == len(cards)
    assert max(last, default=0) - min(last, default=0) <= 1


@given(EXAMS, exam_cards())
@settings(max_examples=100, deadline=None)
def test_new_cards_are_met_before_the_last_days_and_nothing_else_is_brought_forward(exam, cards):
    after, days = lived(exam, cards, [])
    before = [card for asked in days[: -exam.days] for card in asked]

    assert all(card.last_day is None for card in before)
    assert {card.card for card in before} == {card.card for card in cards if card.last_day is None}
    assert len(after) == len(cards)


def test_what_is_due_anyhow_comes_first_then_what_was_seen_longest_ago_then_the_weakest():
    exam = Exam("E", EXAM_DAY, "d", days=1)

    def card(name, due, last, ease=250):
        return ExamCard(name, f"d/{name}", 0, due, last, last, ease, 0, 0)

    cards = [card("weak", 150, 60, 130), card("old", 150, 50), card("due", 99, 70), card("strong", 150, 60)]

    assert [each.card for each in todays_cards(exam, cards, 99, [])] == ["due", "old", "weak", "strong"]


def test_a_day_asks_its_share_and_no_more_however_often_one_sits_down():
    exam = Exam("E", EXAM_DAY, "d", days=5)
    cards = [ExamCard(f"c{n}", f"d/{n}", n, 150, 60, 60, 250, 0, 0) for n in range(50)]
    first = todays_cards(exam, cards, 95, [])
    done = [seen(card, 95) if card in first[:4] else card for card in cards]

    assert len(first) == 10
    assert len(todays_cards(exam, done, 95, [])) == 6
    assert progress(exam, done, 95, [])[2:6] == (4, 0, 10, 6)


def test_an_exam_that_is_over_wants_nothing():
    exams = [Exam("later", 30, "d"), Exam("today", 10, "d"), Exam("over", 9, "d")]

    assert [exam.name for exam in in_force(exams, 10)] == ["today", "later"]
