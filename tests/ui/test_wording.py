import pytest

from fasti.core.card import Judge
from fasti.core.counting import counted
from fasti.core.review import Answered, Closing, Undone
from fasti.core.right_answers import right_answers
from fasti.ui.card_text import is_typed, unordered, wanted
from fasti.ui.difference import nearest_difference
from fasti.ui.grades import FOUR, SIX, choice_of, chosen_by, outlook, outlook_in_words
from fasti.ui.judging import judgement_of
from fasti.ui.spans import (
    date_name,
    day_name,
    due_line,
    duration,
    long_interval,
    next_sentence,
    on_day,
    short_interval,
)
from fasti.ui.wording import closing_sentences, graded_sentence, opening_paragraphs, undone_sentence
from tests.ui.sittings import OPENING, TODAY, card, question


@pytest.mark.parametrize(
    ("days", "short", "long"),
    [
        (0, "today", "today"),
        (1, "1d", "1 day"),
        (6, "6d", "6 days"),
        (59, "59d", "59 days"),
        (60, "2mo", "2 months"),
        (95, "3mo", "3 months"),
        (364, "12mo", "12 months"),
        (365, "1y", "1 year"),
        (475, "1.3y", "1.3 years"),
        (3650, "10y", "10 years"),
        (36500, "99.9y", "99.9 years"),
    ],
)
def test_an_interval_is_told_shortly_and_in_words(days: int, short: str, long: str) -> None:
    assert short_interval(days) == short
    assert long_interval(days) == long


@pytest.mark.parametrize(
    ("ahead", "name", "on"),
    [
        (-1, "yesterday", "yesterday"),
        (0, "today", "today"),
        (1, "tomorrow", "tomorrow"),
        (2, "Wednesday", "on Wednesday"),
        (6, "Sunday", "on Sunday"),
        (7, "8 June", "on 8 June"),
        (-2, "30 May", "on 30 May"),
        (214, "1 January 2027", "on 1 January 2027"),
    ],
)
def test_a_day_is_named_as_one_would_say_it_on_monday_1_june_2026(ahead: int, name: str, on: str) -> None:
    assert day_name(TODAY + ahead, TODAY) == name
    assert on_day(TODAY + ahead, TODAY) == on


def test_dates_of_long_ago_have_a_year_too() -> None:
    assert date_name(0, TODAY) == "1 January 1970"


@pytest.mark.parametrize(("seconds", "words"), [(1, "1 second"), (89, "89 seconds"), (90, "2 minutes")])
def test_a_duration_is_told_roughly(seconds: int, words: str) -> None:
    assert duration(seconds) == words


def test_numbers_agree_with_their_nouns() -> None:
    assert counted(1, "card") == "1 card"
    assert counted(1200, "card") == "1,200 cards"
    assert counted(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("due", "new", "next_day", "line"),
    [
        (12, 3, None, "12 due, 3 new"),
        (1200, 0, None, "1,200 due"),
        (0, 3, None, "3 new"),
        (0, 0, TODAY + 1, "Nothing due. Next: 6 cards tomorrow."),
        (0, 0, None, "Nothing due."),
    ],
)
def test_what_is_due_is_one_line(due: int, new: int, next_day: int | None, line: str) -> None:
    assert due_line(due, new, next_day, 6, TODAY) == line


def test_the_next_cards_have_a_day() -> None:
    assert next_sentence(TODAY + 3, 1, TODAY) == "Next: 1 card on Thursday."
    assert next_sentence(None, 0, TODAY) == ""


PILE = OPENING._replace(due=540, new=0, overdue=520, away_days=9, portion=30, level_day=TODAY + 11)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {},
            [
                "You have been away 9 days.",
                "Today: the 30 that matter most.",
                "At 30 a day you are level by 12 June.",
                "New cards wait until then.",
            ],
        ),
        (
            {"away_days": 1, "new": 2},
            ["Today: the 30 that matter most.", "At 30 a day you are level by 12 June."],
        ),
        ({"level_day": None, "away_days": 0, "new": 1}, ["Today: the 30 that matter most."]),
        (
            {"level_day": TODAY + 1, "away_days": 0},
            [
                "Today: the 30 that matter most.",
                "At 30 a day you are level by tomorrow.",
                "New cards wait until then.",
            ],
        ),
        (
            {"level_day": None, "away_days": 0},
            ["Today: the 30 that matter most.", "New cards wait until you are level."],
        ),
        ({"portion": 1, "level_day": TODAY, "away_days": 0, "new": 1}, ["Today: the one that matters most."]),
        ({"due": 30, "away_days": 0}, ["Today: 30 due."]),
        ({"due": 0, "new": 3, "away_days": 4}, ["You have been away 4 days.", "Today: 3 new."]),
        ({"due": 0, "new": 7, "away_days": 0, "owed": 1}, ["Today: 7 new, 1 to repeat."]),
        ({"due": 0, "portion": 0, "away_days": 0, "owed": 2}, ["Today: 2 to repeat."]),
    ],
)
def test_a_sitting_begins_calmly(changes: dict[str, int], expected: list[str]) -> None:
    assert opening_paragraphs(PILE._replace(**changes)) == [expected]


NOTHING = Closing(
    answered=0,
    passed=0,
    failed=0,
    new=0,
    repeats=0,
    seconds=0,
    left=0,
    waiting=0,
    beyond=0,
    next_day=None,
    next_count=0,
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["Nothing is left to do today."]),
        ({"left": 1}, ["No card answered.", "1 of today's cards is still to come."]),
        (
            {"answered": 30, "passed": 26, "failed": 4, "new": 5, "seconds": 720, "left": 2},
            [
                "30 cards in 12 minutes, 5 of them new: 26 right, 4 missed.",
                "2 of today's cards are still to come; what you did is saved.",
            ],
        ),
        (
            {"answered": 1, "passed": 1, "seconds": 9, "next_day": TODAY + 1, "next_count": 1},
            ["1 card in 9 seconds: all right.", "Next: 1 card tomorrow."],
        ),
        ({"repeats": 2, "seconds": 30}, ["2 repeats in 30 seconds."]),
        (
            {"answered": 1, "failed": 1, "seconds": 9, "owed": 1, "next_day": TODAY + 1, "next_count": 1},
            [
                "1 card in 9 seconds: 0 right, 1 missed.",
                "1 repeat is still to come; what you did is saved.",
            ],
        ),
        (
            {"answered": 3, "passed": 1, "failed": 2, "seconds": 9, "left": 7, "owed": 2},
            [
                "3 cards in 9 seconds: 1 right, 2 missed.",
                "7 of today's cards and 2 repeats are still to come; what you did is saved.",
            ],
        ),
        (
            {"answered": 1, "passed": 1, "seconds": 9, "new_day": True, "waiting": 2, "next_day": TODAY + 1},
            [
                "1 card in 9 seconds: all right.",
                "The next day has begun meanwhile; `fasti` asks what it brings.",
            ],
        ),
        # Hard is right, and comes back today all the same.
        (
            {"answered": 1, "passed": 1, "seconds": 9, "owed": 1},
            [
                "1 card in 9 seconds: all right.",
                "1 repeat is still to come; what you did is saved.",
            ],
        ),
        (
            {
                "answered": 3,
                "passed": 3,
                "seconds": 9,
                "new_beyond": True,
                "next_day": TODAY + 1,
                "next_count": 3,
            },
            [
                "3 cards in 9 seconds: all right.",
                "The rest of today's new cards can wait for another sitting.",
                "Next: 3 cards tomorrow.",
            ],
        ),
        ({"owed": 1}, ["No card answered.", "1 repeat is still to come."]),
        (
            {"waiting": 1},
            ["Nothing is left to do today.", "1 other card about the same facts waits until tomorrow."],
        ),
    ],
)
def test_a_sitting_ends_with_what_was_done_and_what_comes(
    changes: dict[str, int], expected: list[str]
) -> None:
    assert closing_sentences(NOTHING._replace(**changes), TODAY) == expected


ANSWERED = Answered("k", card(), "f", "d", 4, "review", 2, 6, 250, TODAY + 6, 0, leech=False)


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({}, "good", "Good: next on Sunday."),
        ({"grade": 3}, "hard", "Hard: it comes back today, then on Sunday."),
        ({"grade": 2, "due_day": TODAY + 1}, "again", "Again: it comes back today, then tomorrow."),
        ({"kind": "drill"}, "good", "Good: done for today."),
        ({"kind": "drill", "grade": 3}, "hard", "Hard: it comes back once more."),
    ],
)
def test_what_was_recorded_is_told(changes: dict[str, object], name: str, sentence: str) -> None:
    answered = ANSWERED._replace(**changes)  # type: ignore[arg-type]

    assert graded_sentence(answered, name, TODAY) == sentence


@pytest.mark.parametrize(
    ("undone", "sentence"),
    [
        (None, "There is nothing to take back."),
        (Undone("k", "review", 4), "Taken back: good."),
        (Undone("k", "suspend", None), "Taken back: the card is no longer suspended."),
        (Undone("k", "cram", None), "Taken back: cram."),
    ],
)
def test_what_was_taken_back_is_told(undone: Undone | None, sentence: str) -> None:
    assert undone_sentence(undone, "good") == sentence


def test_four_keys_are_four_grades_and_six_are_all() -> None:
    assert [(choice.key, choice.grade) for choice in FOUR] == [("1", 2), ("2", 3), ("3", 4), ("4", 5)]
    assert [(choice.key, choice.grade) for choice in SIX] == [(str(grade), grade) for grade in range(6)]
    assert chosen_by("5", FOUR) is None
    assert chosen_by("", SIX) is None


@pytest.mark.parametrize(
    ("grade", "name"), [(0, "again"), (1, "again"), (2, "again"), (3, "hard"), (5, "easy")]
)
def test_a_grade_that_four_keys_lack_is_again(grade: int, name: str) -> None:
    assert choice_of(grade, FOUR).name == name


def test_every_grade_says_where_it_leads() -> None:
    asked = question(card(), intervals=(1, 1, 1, 6, 38, 475))

    assert [outlook(choice, asked) for choice in FOUR] == ["today", "6d", "38d", "1.3y"]
    assert [outlook_in_words(choice, asked) for choice in FOUR] == ["today", "6 days", "38 days", "1.3 years"]
    assert [outlook(choice, asked._replace(drill=True)) for choice in FOUR] == [
        "again",
        "again",
        "done",
        "done",
    ]


@pytest.mark.parametrize(
    ("judge", "asks", "answers", "words"),
    [
        (Judge.SELF, "who", 1, ""),
        (Judge.LIST, "causes", 3, "3 causes"),
        (Judge.LIST, "causes", 1, "1 cause"),
        (Judge.LIST, "effects", 2, "2 effects"),
        (Judge.LIST, "treaties", 2, "2 answers"),
        (Judge.ORDER, "order", 4, "4 to put in order"),
    ],
)
def test_a_list_says_how_many_are_wanted(judge: Judge, asks: str, answers: int, words: str) -> None:
    assert wanted(card("x", *(f"a{number}" for number in range(answers)), judge=judge, asks=asks)) == words


def test_things_to_order_are_never_shown_in_the_right_order() -> None:
    assert unordered(card("x", "b", "a", judge=Judge.ORDER), "seed") == ("a", "b")
    for day in range(50):
        assert unordered(card("x", "a", "b", "c", judge=Judge.ORDER), f"x {day}") != ("a", "b", "c")
    assert unordered(card("x", "b", "a", judge=Judge.LIST), "seed") == ()


def test_all_but_what_only_the_student_can_judge_is_typed() -> None:
    assert [judge for judge in Judge if not is_typed(card(judge=judge))] == [Judge.SELF]


@pytest.mark.parametrize(
    ("text", "calendar", "shown"),
    [
        ("22 October 1962", "", "22 October 1962, a Monday"),
        ("October 1962", "", "October 1962"),
        ("c. 1450", "", "c. 1450"),
        ("5 October 1582", "julian", "5 October 1582, a Friday"),
        ("no date at all", "", "no date at all"),
        ("22 October 1962", "mayan", "22 October 1962"),
    ],
)
def test_an_exact_day_has_its_day_of_the_week(text: str, calendar: str, shown: str) -> None:
    assert right_answers(card("x", text, judge=Judge.DATE, calendar=calendar)) == (shown,)


@pytest.mark.parametrize(
    ("typed", "answer", "judge", "sentence"),
    [
        ("22 oct 1962", "22 October 1962", Judge.DATE, "Right."),
        ("oct 1962", "22 October 1962", Judge.DATE, "Close: month and year right, day missing."),
        ("kruschev", "Khrushchev", Judge.TEXT, "Nearly: check the spelling."),
        ("Castro", "Khrushchev", Judge.TEXT, "Not the answer."),
        ("sometime", "in the days of old", Judge.DATE, "Not the answer."),
    ],
)
def test_a_judgement_is_a_sentence(typed: str, answer: str, judge: Judge, sentence: str) -> None:
    assert judgement_of(card("x", answer, judge=judge), typed).sentence == sentence


def test_a_difference_shows_what_is_missing_what_is_too_much_and_what_is_other() -> None:
    assert nearest_difference("Nikita Kruschev", ["Nikita Khrushchev"]) == (
        "Nikita K·rus·chev",
        "Nikita Khrushchev",
        "        ^   ^",
        "Nikita Khrushchev",
    )
    assert nearest_difference("Mac Cone", ["McCone"], "-") == ("Mac Cone", "M-c-Cone", " ^ ^", "McCone")


def test_a_difference_is_to_the_nearest_answer() -> None:
    difference = nearest_difference("Krushchev", ["Nikita Khrushchev", "Khrushchev"])

    assert difference is not None
    assert difference.answer == "Khrushchev"


@pytest.mark.parametrize("typed", ["khrushchev", "KHRUSHCHEV ", "Castro", ""])
def test_there_is_no_difference_to_show_of_what_is_the_same_or_something_else(typed: str) -> None:
    assert nearest_difference(typed, ["Khrushchev"]) is None
    assert nearest_difference(typed, []) is None


def test_a_difference_counts_cells() -> None:
    assert nearest_difference("古巴弹危机", ["古巴导弹危机"]) == (
        "古巴··弹危机",
        "古巴导弹危机",
        "    ^^",
        "古巴导弹危机",
    )
