"""A learner's progress to Anki and back: what each thing becomes; nothing is lost and nothing doubled."""

from collections import defaultdict
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.days import Moment, study_day
from fasti.core.entry_kinds import IMPORTED, EntryKind
from fasti.core.log import Adopted, LogEntry, effective, fold_card
from fasti.exchange.collection import (
    AnkiCard,
    AnkiDeck,
    AnkiNote,
    AnkiReview,
    Calendar,
    Contents,
    NoteField,
    NoteType,
    Template,
)
from fasti.exchange.packages.write import write_package
from fasti.exchange.progress.answers import unknown
from fasti.exchange.progress.schedule import (
    FIRST_DAY,
    calendar_of,
    card_of,
    entries_from,
    reviews_of,
    with_unique_moments,
)
from tests.exchange.anki_oracle import (
    empty_collection,
    export_package,
    import_package,
    tables,
    through_anki,
)

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
DAY = 20_000
"""A study day of 2024."""

NOW_DAY = DAY + 3_000
"""The day of the import, after everything that was studied."""
NOW_MS = NOW_DAY * DAY_MS + 12 * HOUR_MS

UTC = Moment(DAY * DAY_MS, 0)
KEY = "deck/fact#when"
ANSWERS = frozenset([EntryKind.REVIEW, EntryKind.DRILL])


def at(day, hour=12.0):
    """A moment of a study day: the hour of the clock in London in winter."""
    return int(day * DAY_MS + hour * HOUR_MS)


def entry(kind, day, hour=12.0, grade=None, **more):
    """An entry about the one card; its moment is its number."""
    moment = at(day, hour)
    known = {
        "device": "laptop",
        "seq": moment,
        "learner": "clio",
        "card": KEY,
        "kind": EntryKind(kind),
        "grade": grade,
        "scale": 4,
        "answered_at_ms": moment,
        "utc_offset_min": 0,
        "study_day": study_day(Moment(moment, 0)),
        "thinking_ms": 2_500,
        "answer": None,
    }
    return LogEntry(**(known | more))


def undo(target, day, hour=12.0):
    return entry("undo", day, hour, target_device=target.device, target_seq=target.seq)


def place(repetitions, interval, ease, lapses, due_day):
    return Adopted(repetitions, interval, ease, lapses, due_day)


# Days


@pytest.mark.parametrize("rollover_hour", [4, 7, 12])
@pytest.mark.parametrize("offset", [-720, -480, -210, 0, 60, 120, 345, 780, 840])
def test_day_0_of_our_calendar_begins_when_the_learners_day_does(offset, rollover_hour):
    calendar = calendar_of(Moment(at(DAY), offset, rollover_hour))
    start = Moment(calendar.created_s * 1000, offset, rollover_hour)

    assert (study_day(start), study_day(start._replace(utc_ms=start.utc_ms - 1))) == (
        FIRST_DAY,
        FIRST_DAY - 1,
    )
    assert (calendar.minutes_west, calendar.rollover) == (-offset, rollover_hour)


# A card on its way to Anki

STUDIED = CardState(
    repetitions=3,
    interval=15,
    ease=236,
    lapses=1,
    due_day=DAY + 15,
    first_day=DAY - 40,
    last_day=DAY,
    owed=False,
    suspended=False,
    buried_until=0,
    flagged=False,
    reviews=6,
)


def card(state, answers=7, offset=0, **more):
    calendar = calendar_of(Moment(at(DAY), offset))
    return card_of(
        state, answers, id=11, note=12, deck=13, ord=1, position=5, mod=99, calendar=calendar, **more
    )


@pytest.mark.parametrize(
    ("state", "written"),
    [
        (FRESH_CARD, {"due": 5}),
        (FRESH_CARD._replace(suspended=True), {"due": 5, "queue": -1}),
        (
            STUDIED,
            {
                "type": 2,
                "queue": 2,
                "due": DAY + 15 - FIRST_DAY,
                "interval": 15,
                "factor": 2360,
                "lapses": 1,
                "data": '{"pos":5}',
            },
        ),
        (
            STUDIED._replace(suspended=True, ease=130, interval=1, due_day=FIRST_DAY - 3),
            {
                "type": 2,
                "queue": -1,
                "due": -3,
                "interval": 1,
                "factor": 1300,
                "lapses": 1,
                "data": '{"pos":5}',
            },
        ),
    ],
)
def test_a_state_becomes_a_card(state, written):
    assert card(state) == AnkiCard(11, 12, 13, 1, 99, reps=7)._replace(**written)


def test_a_card_that_was_answered_says_when_for_fsrs():
    assert card(STUDIED, answered_ms=1_750_000_000_999).data == '{"pos":5,"lrt":1750000000}'


@pytest.mark.parametrize("offset", [-720, -480, 0, 345, 840])
def test_a_due_day_is_the_same_number_in_every_zone(offset):
    assert card(STUDIED, offset=offset).due == DAY + 15 - FIRST_DAY


# The review log on its way to Anki


def rows(*entries):
    """The lines without their moment and card: ease, interval, last interval, factor, time and type."""
    return [tuple(row[2:]) for row in reviews_of(11, entries)]


def test_a_life_of_answers_becomes_lines_of_learning_review_and_relearning():
    assert rows(
        entry("review", DAY, 9, 2),
        entry("drill", DAY, 9.1, 4),
        entry("review", DAY + 1, 9, 4),
        entry("review", DAY + 2, 9, 5),
        entry("review", DAY + 8, 9, 0),
        entry("drill", DAY + 8, 9.1, 3),
        entry("drill", DAY + 8, 9.2, 4),
    ) == [
        (1, 1, 0, 2500, 2500, 0),
        (3, 1, 1, 2500, 2500, 0),
        (3, 1, 1, 2500, 2500, 1),
        (4, 6, 1, 2600, 2500, 1),
        (1, 1, 6, 2600, 2500, 1),
        (2, 1, 1, 2600, 2500, 2),
        (3, 1, 1, 2600, 2500, 2),
    ]


@pytest.mark.parametrize(("grade", "ease"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 3), (5, 4)])
def test_each_grade_has_its_button(grade, ease):
    assert [row[0] for row in rows(entry("review", DAY, 9, grade))] == [ease]


def test_a_cram_is_an_answer_that_left_the_schedule_alone_and_a_reset_has_no_button():
    assert rows(
        entry("review", DAY, 9, 4),
        entry("cram", DAY, 10, 5),
        entry("reset", DAY + 1),
        entry("review", DAY + 2, 9, 3),
    ) == [(3, 1, 0, 2500, 2500, 0), (4, 1, 1, 0, 2500, 3), (0, 0, 1, 0, 2500, 4), (2, 1, 0, 2360, 2500, 0)]


def test_what_is_no_answer_or_was_taken_back_has_no_line():
    wrong = entry("review", DAY + 1, 9, 2)

    assert rows(
        entry("review", DAY, 9, 4),
        wrong,
        undo(wrong, DAY + 1, 9.1),
        entry("bury", DAY + 1, 10),
        entry("suspend", DAY + 1, 11),
        entry("flag", DAY + 1, 12, answer="wrong year"),
        entry("resume", DAY + 2),
        entry("adopt", DAY + 3, adopted=place(2, 30, 200, 0, DAY + 33)),
    ) == [(3, 1, 0, 2500, 2500, 0)]


def test_lines_come_oldest_first_with_their_moments():
    late, early = entry("review", DAY + 1, 9, 4), entry("review", DAY, 9, 4)

    assert [(row.id, row.card) for row in reviews_of(11, [late, early])] == [
        (at(DAY, 9), 11),
        (at(DAY + 1, 9), 11),
    ]


@given(st.lists(st.integers(0, 60), max_size=80))
def test_every_line_has_a_moment_of_its_own_never_before_its_answer(moments):
    written = list(with_unique_moments(AnkiReview(ms, 1, 3, 1, 0, 2500, 0, 1) for ms in moments))
    ids = [row.id for row in written]

    assert len(set(ids)) == len(ids)
    assert all(id - ms in range(len(moments)) for id, ms in zip(ids, moments, strict=True))
    assert {ms for ms in moments if moments.count(ms) == 1 and not any(m < ms for m in moments)} <= set(ids)


def test_a_hundred_thousand_answers_of_one_millisecond_are_told_apart_in_no_time():
    one = AnkiReview(1, 1, 3, 1, 0, 2500, 0, 1)

    assert [row.id for row in with_unique_moments([one] * 100_000)] == list(range(1, 100_001))


# Back from Anki, by hand

CALENDAR = Calendar(FIRST_DAY * 86_400 + 4 * 3_600, 0)


def there(**columns):
    """A card in review in Anki, with these columns otherwise."""
    known = {"type": 2, "queue": 2, "due": DAY + 10 - FIRST_DAY, "interval": 10, "factor": 2500, "reps": 3}
    return AnkiCard(11, 12, 13, 0, at(DAY) // 1000)._replace(**(known | columns))


def line(day, hour=12.0, ease=3, interval=1, last=0, factor=2500, time=1_234, type=1):
    return AnkiReview(at(day, hour), 11, ease, interval, last, factor, time, type)


def in_zone(offset_of, rollover_hour=4):
    return lambda moment: Moment(moment, offset_of(moment), rollover_hour)


def taken(card, reviews=(), known=(), calendar=CALENDAR, offset_of=lambda _: 0, now_ms=NOW_MS):
    more = {"learner": "clio", "key": KEY, "mark": "abc"}
    return entries_from(
        card, reviews, calendar, **more, moment_of=in_zone(offset_of), now_ms=now_ms, known=known
    )


def kinds(imported):
    return [(entry.kind.value, entry.grade) for entry in imported.entries if entry.adopted is None]


def adopted(imported):
    return [entry.adopted for entry in imported.entries if entry.adopted is not None]


def test_an_answer_becomes_an_entry_with_all_that_anki_knows():
    (first, _) = taken(there(), [line(DAY, 9)]).entries

    assert first == LogEntry(
        device="anki-abc",
        seq=at(DAY, 9),
        learner="clio",
        card=KEY,
        kind=EntryKind.REVIEW,
        grade=4,
        scale=4,
        answered_at_ms=at(DAY, 9),
        utc_offset_min=0,
        study_day=DAY,
        thinking_ms=1_234,
        answer=None,
        profile=IMPORTED,
    )


def test_a_night_belongs_to_the_day_before_in_the_learners_zone():
    first = taken(there(), [line(DAY, 1)], offset_of=lambda _: 120).entries[0]

    assert (first.study_day, first.utc_offset_min) == (DAY - 1, 120)


def test_a_line_that_gave_way_to_the_moment_of_another_answer_is_still_its_own():
    missed = entry("review", DAY, 9, grade=2)
    passed = entry("drill", DAY, 9, grade=4, seq=2, answered_at_ms=missed.answered_at_ms + 1)
    moved = [
        line(DAY, 9, ease=1)._replace(id=missed.answered_at_ms + 1),
        line(DAY, 9, ease=3)._replace(id=missed.answered_at_ms + 2),
    ]

    assert unknown(moved, [missed, passed]) == []


@pytest.mark.parametrize(("rollover_hour", "day"), [(4, DAY), (5, DAY), (6, DAY - 1), (12, DAY - 1)])
def test_the_day_of_an_answer_begins_when_the_learners_day_does(rollover_hour, day):
    row = line(DAY, 5.5)
    written = entries_from(
        there(),
        [row],
        CALENDAR,
        learner="clio",
        key=KEY,
        mark="abc",
        moment_of=in_zone(lambda _: 0, rollover_hour),
        now_ms=NOW_MS,
    )

    assert written.entries[0].study_day == day


@pytest.mark.parametrize(("ease", "grade"), [(1, 2), (2, 3), (3, 4), (4, 5)])
def test_each_button_has_its_grade(ease, grade):
    assert kinds(taken(there(), [line(DAY, ease=ease)])) == [("review", grade)]


def test_the_first_answer_of_a_day_is_the_review_whatever_anki_calls_it():
    lines = [
        line(DAY, 9, ease=1, interval=-600, type=0),
        line(DAY, 9.2, ease=3, type=0),
        line(DAY + 1, 9, ease=1, type=1),
        line(DAY + 1, 9.1, ease=3, type=2),
        line(DAY + 2, 9, ease=3, type=2),
    ]

    assert kinds(taken(there(), lines[::-1])) == [
        ("review", 2),
        ("drill", 4),
        ("review", 2),
        ("drill", 4),
        ("review", 4),
    ]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (line(DAY, type=3, factor=0), [("cram", 4)]),
        (line(DAY, type=3, factor=2500), [("review", 4)]),
        (line(DAY, type=4, ease=0, interval=0, factor=0), [("reset", None)]),
        (line(DAY, type=4, ease=0, interval=7), []),
        (line(DAY, type=5, ease=0, interval=7), []),
        (line(DAY, type=1, ease=0), []),
        (line(DAY, type=9), [("review", 4)]),
        (line(DAY, ease=5), []),
        (line(DAY, ease=-1), []),
        (line(0)._replace(id=-5), []),
        (line(0)._replace(id=10**17), []),
    ],
)
def test_every_sort_of_line_becomes_what_it_was(row, kind):
    assert kinds(taken(there(), [row])) == kind


def test_what_our_log_cannot_hold_is_counted():
    lines = [
        line(DAY, type=4, ease=0, interval=7),
        line(DAY + 1, type=5, ease=0, interval=7),
        line(DAY + 2, ease=7),
    ]

    assert taken(there(queue=-2, flags=3), lines).left_out == {
        "changes of a schedule by hand, whose result is kept": 2,
        "answers with impossible values": 1,
        "cards that were buried until the next day": 1,
        "coloured flags": 1,
    }


def test_nothing_is_counted_where_nothing_is_left_out():
    assert taken(there(flags=8), [line(DAY)]).left_out == {}


@pytest.mark.parametrize(
    ("card", "where"),
    [
        (there(), place(2, 10, 250, 0, DAY + 10)),
        (there(interval=5, factor=1300, lapses=4), place(1, 5, 130, 4, DAY + 10)),
        (there(factor=2655), place(2, 10, 266, 0, DAY + 10)),
        (there(factor=900), place(2, 10, 130, 0, DAY + 10)),
        (there(factor=0), place(2, 10, 250, 0, DAY + 10)),
        (there(due=-50), place(2, 10, 250, 0, FIRST_DAY - 50)),
        (there(type=1, queue=1, due=at(DAY, 13) // 1000, interval=0, factor=0), place(0, 1, 250, 0, DAY)),
        (there(type=1, queue=3, due=DAY + 1 - FIRST_DAY, interval=0, factor=0), place(0, 1, 250, 0, DAY + 1)),
        (there(type=1, queue=-1, due=at(DAY, 28.5) // 1000, interval=0), place(0, 1, 250, 0, DAY + 1)),
        (there(type=3, queue=1, due=at(DAY, 13) // 1000, interval=4, lapses=1), place(0, 4, 250, 1, DAY)),
        (there(original_deck=9, original_due=DAY + 4 - FIRST_DAY, due=-7), place(2, 10, 250, 0, DAY + 4)),
        (there(original_deck=9, original_due=0), place(2, 10, 250, 0, DAY + 10)),
        (there(data='{"s":12.5,"d":5.1}', factor=1300), place(2, 10, 250, 0, DAY + 10)),
        (there(data='{"pos":4}', factor=1300), place(2, 10, 130, 0, DAY + 10)),
        (there(data='{"s"', factor=1300), place(2, 10, 130, 0, DAY + 10)),
        (there(interval=2**40, due=2**40, lapses=-3), place(2, 36_500, 250, 0, DAY + 36_500)),
        (there(due=-(2**40)), place(2, 10, 250, 0, 10)),
        (there(lapses=2**30), place(2, 10, 250, 9_999, DAY + 10)),
        (there(factor=65_540), place(2, 10, 1_000, 0, DAY + 10)),
        (there(due=30_000 - FIRST_DAY, interval=36_500), place(2, 30_000, 250, 0, 30_000)),
    ],
)
def test_a_card_without_a_log_is_taken_over_where_it_stands(card, where):
    assert adopted(taken(card)) == [where]
    assert fold_card(taken(card).entries).due_day == where.due_day


def test_a_place_is_taken_over_right_after_the_last_line_or_when_the_card_was_changed():
    (_, after) = taken(there(), [line(DAY - 3), line(DAY - 2, type=5, ease=0, interval=7)]).entries
    (alone,) = taken(there()).entries

    assert after.answered_at_ms == at(DAY - 2) + 1
    assert alone.answered_at_ms == at(DAY)


def test_no_place_is_taken_over_where_the_answers_lead_there():
    lines = [line(DAY, 9), line(DAY + 1, 9)]
    card = there(interval=6, due=DAY + 7 - FIRST_DAY)

    assert kinds(taken(card, lines)) == [("review", 4), ("review", 4)]
    assert adopted(taken(card, lines)) == []


def test_a_card_that_fsrs_schedules_has_the_ease_that_its_answers_give():
    lines = [line(DAY, 9, ease=2), line(DAY + 1, 9, ease=2, factor=512)]

    assert adopted(taken(there(data='{"s":12.5,"d":5.1}'), lines)) == [place(2, 10, 222, 0, DAY + 10)]


def test_repetitions_go_on_from_our_log():
    lines = [line(DAY + 10 * number, 9) for number in range(5)]
    card = there(interval=80, due=DAY + 120 - FIRST_DAY)

    assert adopted(taken(card, lines)) == [place(5, 80, 250, 0, DAY + 120)]


def test_a_new_card_without_a_past_makes_no_entry_even_if_it_was_studied_here():
    new = there(type=0, queue=0, due=4, interval=0, factor=0)

    assert taken(new).entries == []
    assert taken(new, known=[entry("review", DAY, 9, 4), entry("suspend", DAY)]).entries == []


def test_a_card_that_was_forgotten_in_anki_is_new_here_too():
    new = there(type=0, queue=0, due=4, interval=0, factor=0)

    assert fold_card(taken(new, [line(DAY)]).entries).due_day is None
    assert kinds(taken(new, [line(DAY), line(DAY + 1, type=4, ease=0, interval=0, factor=0)])) == [
        ("review", 4),
        ("reset", None),
    ]


@pytest.mark.parametrize("new", [{}, {"type": 0, "due": 3, "interval": 0, "factor": 0}])
def test_a_card_that_is_suspended_in_anki_is_suspended_here_once(new):
    first = taken(there(queue=-1, **new))

    assert fold_card(first.entries).suspended
    assert taken(there(queue=-1, **new), known=first.entries).entries == []


def test_a_card_that_was_brought_back_in_anki_comes_back_here():
    known = [entry("review", DAY - 9, 9, 4), entry("suspend", DAY - 9)]

    assert not fold_card([*known, *taken(there(), known=known).entries]).suspended


def test_a_card_that_was_suspended_here_since_stays_so():
    known = [*taken(there()).entries, entry("suspend", DAY + 1)]

    assert taken(there(), known=known).entries == []


def test_two_cards_that_were_suspended_at_once_have_entries_of_their_own():
    numbers = set()
    for key in ("deck/fact#when", "deck/fact#what"):
        imported = entries_from(
            there(queue=-1),
            [],
            CALENDAR,
            learner="clio",
            key=key,
            mark="abc",
            moment_of=in_zone(lambda _: 0),
            now_ms=NOW_MS,
        )
        numbers |= {entry.seq for entry in imported.entries}

    assert len(numbers) == 4
    assert all(2**62 <= number < 2**63 for number in numbers)


def test_importing_again_after_studying_here_and_there_adds_only_what_is_new():
    lines = [line(DAY, 9), line(DAY + 1, 9)]
    first = taken(there(), lines).entries
    here = entry("review", DAY + 10, 9, 4)
    again = taken(there(), lines, [*first, here])
    more = taken(there(interval=30, due=DAY + 50 - FIRST_DAY), [*lines, line(DAY + 20)], [*first, here])

    assert again.entries == []
    assert kinds(more) == [("review", 4)]
    assert adopted(more) == [place(4, 30, 250, 0, DAY + 50)]


def test_a_card_without_a_log_that_was_studied_here_since_is_not_put_back():
    known = [*taken(there()).entries, entry("review", DAY + 10, 9, 4)]

    assert taken(there(mod=at(DAY + 11) // 1000), known=known).entries == []


def test_an_answer_that_was_taken_back_here_does_not_come_again():
    answer = entry("review", DAY, 9, 4)
    known = [answer, undo(answer, DAY, 9.1)]

    assert kinds(taken(there(type=0, queue=0, interval=0), [line(DAY, 9)], known)) == []


def test_an_answer_that_had_to_be_written_a_moment_later_is_known_and_another_is_not():
    known = [entry("review", DAY, 9, 4), entry("drill", DAY, 9.01, 4)]
    moved = line(DAY, 9)._replace(id=at(DAY, 9) + 3)
    other = line(DAY, 9)._replace(id=at(DAY, 9) + 5_000)

    assert kinds(taken(there(), [moved, line(DAY, 9.01)], known)) == []
    assert kinds(taken(there(), [moved, other, line(DAY, 9.01)], known)) == [("drill", 4)]


def test_two_answers_here_stand_for_two_lines_and_not_for_a_third():
    known = [entry("review", DAY, 9, 4)]
    lines = [line(DAY, 9)._replace(id=at(DAY, 9) + late) for late in (1, 2)]

    assert kinds(taken(there(), lines, known)) == [("drill", 4)]


def test_a_button_that_an_upgrade_of_anki_renumbered_is_the_same_answer():
    known = taken(there(), [line(DAY, ease=2, type=0)]).entries

    assert kinds(taken(there(), [line(DAY, ease=3, type=0)], known)) == []


@pytest.mark.parametrize("hour", [0, 4, 9, 23])
def test_a_collection_that_does_not_know_its_zone_began_on_a_day_of_the_learners(hour):
    offset = 540
    created_s = (at(FIRST_DAY, hour) - offset * 60_000) // 1000

    assert adopted(taken(there(), calendar=Calendar(created_s), offset_of=lambda _: offset)) == [
        place(2, 10, 250, 0, DAY + 10)
    ]


# Wrong clocks, and values that cannot be

SAID_FUTURE = "answers with a date that is still to come"
SAID_PLACE = "schedules with values that cannot be, of which the nearest that can were taken"
YEARS_20 = 20 * 365


def assert_can_be_studied_soon(imported):
    """The next answers must count: a card that was seen on a day that is to come is drilled until then."""
    state = fold_card(imported.entries)
    after = fold_card([*imported.entries, entry("review", NOW_DAY + 2, 20, 4)])

    assert state.last_day is None or state.last_day <= NOW_DAY + 1
    assert (after.last_day, after.reviews) == (NOW_DAY + 2, state.reviews + 1)
    assert all(entry.answered_at_ms <= at(NOW_DAY + 1) for entry in imported.entries)


@pytest.mark.parametrize("late", [2, 400, YEARS_20, 300_000])
def test_an_answer_from_the_future_is_left_out_and_told(late):
    lines = [line(NOW_DAY - 9), line(NOW_DAY - 8, interval=6, last=1), line(NOW_DAY + late, last=6)]
    imported = taken(there(due=NOW_DAY - 2 - FIRST_DAY, interval=6), lines)

    assert kinds(imported) == [("review", 4), ("review", 4)]
    assert adopted(imported) == []
    assert imported.left_out == {SAID_FUTURE: 1}
    assert_can_be_studied_soon(imported)


@pytest.mark.parametrize("hours", [-1, 0, 1, 23])
def test_a_clock_that_is_less_than_a_day_fast_is_believed(hours):
    imported = taken(there(), [line(NOW_DAY, 12 + hours)])

    assert kinds(imported) == [("review", 4)]
    assert imported.left_out == {}


def test_a_due_day_that_an_answer_from_the_future_gave_is_that_of_the_answer_before_it():
    lines = [line(NOW_DAY - 9, interval=4), line(NOW_DAY + YEARS_20, interval=9_000, last=4)]
    card = there(
        mod=at(NOW_DAY + YEARS_20) // 1000, due=NOW_DAY + YEARS_20 + 9_000 - FIRST_DAY, interval=9_000
    )

    assert adopted(taken(card, lines)) == [place(1, 4, 250, 0, NOW_DAY - 5)]


@pytest.mark.parametrize(("last", "interval"), [(12, 12), (0, 1), (-600, 1)])
def test_a_card_that_has_only_answers_from_the_future_is_due_an_interval_from_now_once(last, interval):
    future = NOW_DAY + YEARS_20
    card = there(mod=at(future) // 1000, due=future + 30 - FIRST_DAY, interval=30)
    first = taken(card, [line(future, last=last)])
    later = taken(card, [line(future, last=last)], first.entries, now_ms=at(NOW_DAY + 5))

    assert [where.due_day for where in adopted(first)] == [NOW_DAY + interval]
    assert [entry.answered_at_ms for entry in first.entries] == [at(NOW_DAY)]
    assert later.entries == []
    assert_can_be_studied_soon(first)


def test_a_due_day_that_was_put_off_in_anki_is_kept_although_an_answer_is_from_the_future():
    card = there(due=NOW_DAY + 3 - FIRST_DAY, interval=10)

    assert adopted(taken(card, [line(NOW_DAY + YEARS_20)])) == [place(2, 10, 250, 0, NOW_DAY + 3)]


@pytest.mark.parametrize("queue", [-1, 2])
def test_nothing_is_taken_over_later_than_now(queue):
    imported = taken(there(mod=at(NOW_DAY + YEARS_20) // 1000, queue=queue))

    assert {entry.answered_at_ms for entry in imported.entries} == {at(NOW_DAY)}
    assert fold_card(imported.entries).suspended is (queue == -1)
    assert (
        taken(
            there(mod=at(NOW_DAY + YEARS_20) // 1000, queue=queue),
            known=imported.entries,
            now_ms=at(NOW_DAY + 9),
        ).entries
        == []
    )


def test_days_are_counted_from_the_collections_first_day_wherever_our_clock_stands():
    imported = taken(there(due=4), calendar=Calendar(at(NOW_DAY + YEARS_20) // 1000, 0))

    assert adopted(imported) == [place(2, 10, 250, 0, NOW_DAY + YEARS_20 + 4)]
    assert imported.left_out == {}


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({}, {}),
        ({"factor": 10_000}, {}),
        ({"factor": 65_540}, {SAID_PLACE: 1}),
        ({"interval": 36_501, "due": 30_000}, {SAID_PLACE: 1}),
        ({"interval": 2_000_000, "type": 1, "queue": 1, "due": at(DAY) // 1000}, {SAID_PLACE: 1}),
        ({"due": 2**31 - 1}, {SAID_PLACE: 1}),
        ({"due": -(2**31)}, {SAID_PLACE: 1}),
        ({"lapses": 2**32 - 1}, {SAID_PLACE: 1}),
        ({"type": 0, "queue": 0, "due": 2**31 - 1, "factor": 65_535}, {}),
    ],
)
def test_a_schedule_that_cannot_be_is_told(columns, told):
    assert taken(there(**columns)).left_out == told


int32 = st.sampled_from([-(2**31), -36_500, -1, 0, 1, 36_500, 2**31 - 1]) | st.integers(-(2**31), 2**31 - 1)
moments_s = st.sampled_from(
    [0, 1, at(DAY) // 1000, at(NOW_DAY + YEARS_20) // 1000, 32_503_679_999]
) | st.integers(0, 32_503_679_999)


@settings(deadline=None, max_examples=200)
@given(
    st.tuples(moments_s, st.integers(0, 3), st.sampled_from([-3, -2, -1, 0, 1, 2, 3]), int32, int32),
    st.tuples(st.integers(0, 65_535), st.integers(0, 2**32 - 1), int32, st.integers(0, 2)),
    st.lists(st.tuples(moments_s, st.integers(0, 4), int32, st.integers(0, 5)), max_size=4),
    moments_s,
    st.sampled_from([-720, 0, 840]),
)
def test_whatever_a_package_says_a_card_can_be_studied_soon_and_importing_again_adds_nothing(
    dealt, rest, lines, created, offset
):
    names = ("mod", "type", "queue", "due", "interval")
    card = there(**dict(zip(names, dealt, strict=True)))._replace(
        factor=rest[0], lapses=rest[1], original_due=rest[2], original_deck=rest[3]
    )
    rows = [
        AnkiReview(moment * 1000 + 1, 11, ease, last, last, 2500, 9, type)
        for moment, ease, last, type in lines
    ]
    rows = list({row.id: row for row in rows}.values())
    first = taken(card, rows, (), Calendar(created, None), lambda _: offset)
    state = fold_card(first.entries)

    assert_can_be_studied_soon(first)
    assert state.first_day is None or state.first_day >= 0
    assert state.due_day is None or 0 <= state.due_day <= NOW_DAY + 1 + 36_500
    assert 130 <= state.ease <= 1_000
    assert state.interval <= 36_500
    again = taken(card, rows, first.entries, Calendar(created, None), lambda _: offset, at(NOW_DAY + 40))
    assert [entry for entry in again.entries if entry.answered_at_ms <= at(NOW_DAY + 1)] == []


def test_an_ease_that_our_own_log_leads_to_is_no_wonder():
    log = [entry("review", 16_000 + number, 9, 5) for number in range(80)]
    calendar = calendar_of(UTC)

    back = taken(exported(log, 1_600_000_000_000, calendar), reviews_of(1_600_000_000_000, log), (), calendar)

    assert adopted(back) == []
    assert (fold_card(back.entries).ease, back.left_out) == (fold_card(log).ease, {})


def test_a_card_that_anki_asks_again_on_the_day_of_its_answer_is_still_owed_here():
    card = there(type=1, queue=1, due=at(DAY, 9.2) // 1000, interval=0, factor=0)

    assert fold_card(taken(card, [line(DAY, 9, ease=3, interval=-600, last=-600, type=0)]).entries).owed


# There and back, at random


def summer(moment):
    """The offset of a zone that has summer time for half of each year."""
    return 120 if moment // DAY_MS % 365 < 182 else 60


FIRST_STUDY = 16_000
"""A study day of 2013: Anki takes no answer from the future for what it is."""


def random_log(random, key, offset_of=summer, *, foreign=False):
    """A card's log as the program writes it; with `foreign`, places that were taken over too."""
    entries, day = [], FIRST_STUDY + random.randrange(300)
    for number in range(random.choice([0, 0, 1, 1, 2, 5, 12])):
        day += random.choice([0, 0, 1, 1, 2, 6, 15, 40, 200])
        kinds = (
            ["review"] * 8 + ["drill"] * 5 + ["cram", "bury", "suspend", "resume", "flag", "reset", "undo"]
        )
        kind = random.choice([*kinds, "adopt"] if foreign else kinds)
        if kind == "undo" and not entries:
            continue
        # Whole minutes, so that the answers of many cards fall on one millisecond.
        moment = day * DAY_MS + 5 * HOUR_MS + number * 60_000
        graded = kind in {"review", "drill", "cram"}
        target = random.choice(entries[-2:]) if kind == "undo" else None
        entries.append(
            LogEntry(
                device=random.choice(["laptop", "phone"]),
                seq=random.randrange(2**40),
                learner="clio",
                card=key,
                kind=EntryKind(kind),
                grade=random.randrange(6) if graded else None,
                scale=6,
                answered_at_ms=moment,
                utc_offset_min=offset_of(moment),
                study_day=study_day(Moment(moment, offset_of(moment))),
                thinking_ms=random.choice([None, 900, 4_000]),
                answer=None,
                due_offset=random.choice([0, 0, 0, 1]),
                target_device=target.device if target else None,
                target_seq=target.seq if target else None,
                profile=random.choice(["sm2/text", "sm2/reference"]),
                adopted=place(random.randrange(4), random.randrange(1, 90), 210, 1, day + 9)
                if kind == "adopt"
                else None,
            )
        )
    return entries


BASIC = NoteType(
    1_600_000_000_001,
    "fasti Test",
    (NoteField("Front", 1),),
    (Template("Card", "{{Front}}", "{{Front}}", 2),),
    mod=1_600_000_000,
)


def write_logs(path, logs, offset=60):
    """The cards of these logs, by key, as the program exports them."""
    calendar = calendar_of(Moment(at(DAY + 3_000), offset))
    numbers = {key: 1_600_000_000_000 + number for number, key in enumerate(logs)}
    notes = [AnkiNote(id, key, BASIC.id, 1, (), (key,)) for key, id in numbers.items()]
    cards = [exported(log, numbers[key], calendar) for key, log in logs.items()]
    lines = (row for key, log in logs.items() for row in reviews_of(numbers[key], log))
    decks = [AnkiDeck(500, "History")]
    write_package(path, Contents(calendar, [BASIC], decks, notes, cards, with_unique_moments(lines)))


def exported(log, id, calendar):
    moments = [entry.answered_at_ms for entry in effective(log)]
    return card_of(
        fold_card(log),
        sum(entry.kind in ANSWERS for entry in effective(log)),
        id=id,
        note=id,
        deck=500,
        ord=0,
        position=id % 10_000,
        mod=max(moments, default=1_600_000_000_000) // 1000,
        calendar=calendar,
    )


def read_back(path):
    """The cards and lines of a package by key, and its calendar."""
    found = tables(path)
    configuration = found.col["conf"]
    calendar = Calendar(
        found.col["crt"], configuration.get("creationOffset"), configuration.get("rollover", 4)
    )
    keys = {row["id"]: row["guid"] for row in found.notes}
    lines = defaultdict(list)
    for row in found.revlog:
        names = ("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type")
        lines[row["cid"]].append(AnkiReview(*(row[name] for name in names)))
    columns = (
        *(
            "id",
            "nid",
            "did",
            "ord",
            "mod",
            "type",
            "queue",
            "due",
            "ivl",
            "factor",
            "reps",
            "lapses",
            "left",
        ),
        *("flags", "odue", "odid", "data"),
    )
    return calendar, {
        keys[row["nid"]]: (AnkiCard(*(row[name] for name in columns)), lines[row["id"]])
        for row in found.cards
    }


def schedule(entries):
    """What Anki can hold of where a log leaves a card."""
    state = fold_card(entries)
    if state.due_day is None:
        return "new", state.suspended
    return state.repetitions, state.interval, state.ease, state.lapses, state.due_day, state.suspended


def assert_home_again(path, logs, offset_of=summer):
    calendar, back = read_back(path)

    assert back.keys() == logs.keys()
    for key, log in logs.items():
        anki_card, lines = back[key]
        more = {
            "learner": "clio",
            "key": key,
            "mark": "abc",
            "moment_of": in_zone(offset_of),
            "now_ms": NOW_MS,
        }
        elsewhere = entries_from(anki_card, lines, calendar, known=[], **more)
        assert schedule(elsewhere.entries) == schedule(log), (log, elsewhere.entries)
        assert elsewhere.left_out == {}
        assert len(
            [row for row in elsewhere.entries if row.kind in ANSWERS or row.kind is EntryKind.CRAM]
        ) == (len([row for row in effective(log) if row.grade is not None]))
        assert entries_from(anki_card, lines, calendar, known=log, **more).entries == []
        assert entries_from(anki_card, lines, calendar, known=elsewhere.entries, **more).entries == []


# Every example is a collection of the real Anki: making a failing one smaller would take many more.
BOUNDED = settings(deadline=None, max_examples=12, phases=[Phase.generate])


@BOUNDED
@given(st.randoms(use_true_random=False))
def test_a_log_comes_home_from_the_real_anki_as_it_left(tmp_path_factory, random):
    folder = tmp_path_factory.mktemp("anki")
    logs = {f"deck/fact{number}#when": random_log(random, f"deck/fact{number}#when") for number in range(20)}
    write_logs(folder / "there.apkg", logs)
    with empty_collection(folder) as collection:
        import_package(collection, folder / "there.apkg")
        export_package(collection, folder / "back.apkg")

    assert_home_again(folder / "back.apkg", logs)


def test_five_thousand_random_cards_come_home_from_the_real_anki_as_they_left(tmp_path):
    random = Random(1453)
    logs = {
        f"deck/fact{number}#when": random_log(random, f"deck/fact{number}#when") for number in range(5_000)
    }
    write_logs(tmp_path / "there.apkg", logs)
    with empty_collection(tmp_path) as collection:
        import_package(collection, tmp_path / "there.apkg")
        export_package(collection, tmp_path / "back.apkg")

    assert_home_again(tmp_path / "back.apkg", logs)


@pytest.mark.parametrize(
    ("offset", "zone"),
    [
        (0, "Pacific/Auckland"),
        (840, "America/Los_Angeles"),
        (-480, "Asia/Tokyo"),
        (60, "America/Los_Angeles"),
        (-720, "Pacific/Kiritimati"),
        (345, "Asia/Kathmandu"),
    ],
)
def test_no_zone_of_the_learner_or_of_anki_moves_a_due_day(tmp_path, offset, zone):
    random = Random(offset)
    logs = {
        f"deck/{number}#q": random_log(random, f"deck/{number}#q", lambda _: offset) for number in range(60)
    }
    write_logs(tmp_path / "there.apkg", logs, offset)

    assert_home_again(through_anki(tmp_path / "there.apkg", zone), logs, lambda _: offset)


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False))
def test_what_was_taken_over_once_goes_to_anki_and_back_and_adds_nothing(random):
    log = random_log(random, KEY, foreign=True)
    calendar = calendar_of(UTC)
    card = exported(log, 1_600_000_000_000, calendar)
    lines = reviews_of(card.id, log)

    assert taken(card, lines, log, calendar, summer).entries == []
    assert schedule(taken(card, lines, (), calendar, summer).entries)[1:] == schedule(log)[1:]
