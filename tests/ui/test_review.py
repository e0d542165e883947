from collections.abc import Sequence

import pytest

from fasti.core.card import Judge
from fasti.core.review import Mistaken, Question
from fasti.errors import ExitCode
from fasti.ui.commands import LETTERS, Command
from fasti.ui.keys import Key, Press
from fasti.ui.manner import Manner
from fasti.ui.review import review
from tests.ui.sittings import (
    OPENING,
    SPACE,
    Clock,
    FakeKeys,
    FakeSitting,
    card,
    presses,
    question,
    screen,
)

WHO = question(card("John McCone", "Director of Central Intelligence", hints=("CIA", "From 1961")))
WHEN = question(
    card("Kennedy announces the quarantine", "22 October 1962", judge=Judge.DATE, word="When?", asks="when")
)
NAME = question(
    card("Soviet leader in 1962", "Nikita Khrushchev", judge=Judge.TEXT, word="Who is this?", asks="name")
)
OTHER = question(card("Robert McNamara", "Secretary of Defense"))
INTERRUPT = Press(Key.INTERRUPT)


def held(
    *keys: str | Press | Key,
    questions: Sequence[Question] = (WHO, WHEN),
    manner: Manner = Manner(),  # noqa: B008 - a value
    sitting: FakeSitting | None = None,
    width: int = 80,
    apart: float = 1.0,
) -> tuple[FakeSitting, str, ExitCode]:
    """A sitting held with these keys: what it came to, what was on the screen without styles, its code."""
    sitting = sitting or FakeSitting(questions)
    clock = Clock()
    output, terminal = screen(width, NO_COLOR="1", TERM="dumb")
    code = review(sitting, FakeKeys(presses(*keys), clock, apart), output, manner, clock=clock)
    return sitting, terminal.getvalue(), code


def grades(sitting: FakeSitting) -> list[object]:
    return [entry[2] for entry in sitting.log if entry[0] in {"review", "drill"}]


@pytest.mark.parametrize(
    ("keys", "six", "expected"),
    [
        (" 1", False, [2]),
        (" 2", False, [3]),
        (" 3", False, [4]),
        (" 4", False, [5]),
        ("  ", False, [4]),
        ("\n\n", False, [4]),
        (" 0", False, []),
        (" 5", False, []),
        (" 0", True, [0]),
        (" 5", True, [5]),
        ("  ", True, [4]),
        (" ３", False, [4]),
    ],
)
def test_a_card_is_revealed_then_graded(keys: str, six: bool, expected: list[int]) -> None:
    sitting, _, _ = held(keys, manner=Manner(six=six))

    assert grades(sitting) == expected


@pytest.mark.parametrize("key", ["1", "4", "x", "Ж", Key.OTHER, Key.LEFT, Press(Key.PASTE, " 3 3")])
def test_nothing_but_space_and_enter_reveals(key: str | Key | Press) -> None:
    sitting, shown, _ = held(key, "3")

    assert grades(sitting) == []
    assert "Director of Central" not in shown


def test_a_grade_before_the_answer_is_told_once_what_to_do() -> None:
    _, shown, _ = held("1", "2", "3")

    assert shown.count("First look at the answer: Space shows it.") == 1


def test_an_unknown_letter_is_told_once_where_the_keys_are() -> None:
    _, shown, _ = held("xyz")

    assert shown.count("Press ? to see all keys.") == 1
    assert "\a" not in shown


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("22 Oct 1962\n", "Right.  22 October 1962, a Monday"),
        ("oct 1962\n", "Close: month and year right, day missing.  22 October 1962, a Monday"),
        ("1812\n", "22 October 1962, a Monday"),
    ],
)
def test_a_typed_answer_is_judged_and_the_answer_shown(typed: str, word: str) -> None:
    _, shown, _ = held(typed, questions=[WHEN])

    assert word in shown


@pytest.mark.parametrize(
    ("typed", "grade"), [("22 Oct 1962\n", 4), ("oct 1962\n", 3), ("1812\n", 2), ("\n", 2), ("?\n", 2)]
)
def test_the_judgement_chooses_the_grade_that_enter_gives(typed: str, grade: int) -> None:
    sitting, _, _ = held(typed, "\n", questions=[WHEN])

    assert grades(sitting)[0] == grade


def test_the_student_decides_against_the_judgement() -> None:
    sitting, _, _ = held("1812\n", "4", questions=[WHEN])

    # Five keys, a second apart, and the grade.
    assert sitting.log == [("review", WHEN.key, 5, 4, "1812", 6000)]


def test_thinking_is_measured_from_the_question_to_the_grade() -> None:
    sitting, _, _ = held(" ", "3", questions=[WHO], apart=2.5)

    assert sitting.log == [("review", WHO.key, 4, 4, None, 5000)]


def test_a_name_that_is_nearly_right_is_compared_letter_by_letter() -> None:
    _, shown, _ = held("Nikita Kruschev\n", questions=[NAME])

    assert "  Nikita K·rus·chev\n  Nikita Khrushchev\n          ^   ^\n" in shown


def test_another_name_is_not() -> None:
    _, shown, _ = held("Fidel Castro\n", questions=[NAME])

    assert "^" not in shown
    assert "Not the answer.  Nikita Khrushchev" in shown


@pytest.mark.parametrize("letter", ["u", "U"])
def test_undo_asks_the_card_again(letter: str) -> None:
    sitting, shown, _ = held(" ", "1", letter, " ", "3", questions=[WHO, OTHER])

    assert "Taken back: again." in shown
    assert [entry[0] for entry in sitting.log] == ["review", "undo", "review"]
    assert shown.count("John McCone") == 2


def test_there_may_be_nothing_to_take_back() -> None:
    _, shown, _ = held("u", "u")

    assert shown.count("There is nothing to take back.") == 2


def test_undo_works_where_one_types() -> None:
    sitting, _, _ = held(" ", "1", "u\n", questions=[WHO, WHEN])

    assert sitting.log[-1] == ("undo", WHO.key)
    assert sitting.question == WHO


def test_undo_works_on_the_finished_screen() -> None:
    sitting, shown, code = held(" ", "3", "u", " ", "4", "q", questions=[WHO])

    assert "u takes back the last grade; any other key leaves." in shown
    assert grades(sitting) == [4, 5]
    assert code is ExitCode.DONE


@pytest.mark.parametrize("key", ["s", "b"])
def test_what_put_the_last_card_aside_is_taken_back_on_the_finished_screen(key: str) -> None:
    sitting, shown, _ = held(key, "u", " ", "4", "q", questions=[WHO])

    assert "u takes that back; any other key leaves." in shown
    assert grades(sitting) == [5]


def test_any_other_key_leaves_the_finished_screen() -> None:
    keys = FakeKeys(presses(" ", "3", "x", "zzz"), clock := Clock())
    output, _ = screen()

    assert review(FakeSitting([WHO]), keys, output, clock=clock) is ExitCode.DONE
    assert keys.read() == Press(Key.CHARACTER, "z")


def test_the_first_answer_is_prepared_for_while_the_question_is_read() -> None:
    sitting = FakeSitting([WHO])
    output, terminal = screen()
    shown_then: list[str] = []
    sitting.prepare = lambda: shown_then.append(terminal.getvalue())  # type: ignore[method-assign]
    review(sitting, FakeKeys(presses(" ", "1"), clock := Clock()), output, clock=clock)

    assert len(shown_then) == 1
    assert "John McCone" in shown_then[0]


def test_hints_come_one_a_press() -> None:
    _, shown, _ = held("hhh")

    assert shown.index("Hint 1 of 2: CIA") < shown.index("Hint 2 of 2: From 1961")
    assert "That was the last hint." in shown


def test_a_card_without_a_hint_says_so() -> None:
    _, shown, _ = held("h", questions=[question(card())])

    assert "This card has no hint." in shown


@pytest.mark.parametrize(
    ("letter", "kind", "said"),
    [
        ("b", "bury", "Left until tomorrow; u takes that back."),
        ("s", "suspend", "Suspended; u takes that back, and `fasti resume cmc/john#who` later."),
    ],
)
@pytest.mark.parametrize("revealed", [False, True])
def test_a_card_is_put_aside_before_and_after_its_answer(
    letter: str, kind: str, said: str, revealed: bool
) -> None:
    sitting, shown, _ = held(*([" "] if revealed else []), letter)

    assert sitting.log == [(kind, WHO.key)]
    assert said in shown
    assert sitting.question == WHEN


def test_a_card_is_flagged_with_a_word_and_stays() -> None:
    sitting, shown, _ = held("!", "It was 1961\n", " ", "3")

    assert sitting.log[0] == ("flag", WHO.key, "It was 1961")
    assert grades(sitting) == [4]
    assert "Flagged as wrong" in shown


def test_escape_flags_nothing_and_stops_nothing() -> None:
    sitting, shown, _ = held("!", "oops", Key.ESCAPE, " ", "3")

    assert "Not flagged." in shown
    assert [entry[0] for entry in sitting.log] == ["review"]


@pytest.mark.parametrize(
    ("letter", "kind"), [("b", "bury"), ("S", "suspend"), ("u", None), ("q", None), ("!", "flag")]
)
def test_a_letter_alone_is_a_key_where_one_types(letter: str, kind: str | None) -> None:
    sitting, shown, code = held(f"{letter}\n", "word\n", questions=[WHEN, WHO])

    assert [entry[0] for entry in sitting.log] == ([kind] if kind else [])
    assert code is ExitCode.DONE
    assert letter != "q" or "22 October" not in shown


def test_a_letter_that_is_the_answer_is_an_answer() -> None:
    asked = question(card("Bond's quartermaster", "Q", judge=Judge.TEXT))
    sitting, shown, _ = held("q\n", "\n", questions=[asked])

    assert "Right.  Q" in shown
    assert grades(sitting) == [4]


def test_help_lists_every_key_and_asks_again() -> None:
    _, shown, _ = held("?")

    letters = [keys for command, keys in LETTERS.items() if command is not Command.REVEAL]
    for letter in ("Space, Enter", "1 2 3 4", *letters):
        assert letter in ("e", "i") or f"\n  {letter} " in shown
    assert shown.count("John McCone") == 2


def test_help_at_the_answer_shows_the_grades_again() -> None:
    _, shown, _ = held(" ", "?")

    assert shown.count("1 again today") == 2


def test_what_nobody_offers_has_no_key() -> None:
    _, shown, _ = held("?", "e", "i")

    assert "editor" not in shown


def test_editing_and_what_is_known_are_offered_where_they_are_given() -> None:
    asked: list[Question] = []

    def edit(one: Question) -> list[str]:
        asked.append(one)
        return ["1 fact changed."]

    _, shown, _ = held(
        "e", "i", manner=Manner(edit=edit, info=lambda one, shown: [f"Card {one.key}", "Due today."])
    )

    assert asked == [WHO]
    assert "1 fact changed." in shown
    assert "Card cmc/john#who\n  Due today." in shown


def test_letters_can_be_others() -> None:
    letters = {**LETTERS, Command.BURY: "w"}
    sitting, shown, _ = held("b", "w", "?", manner=Manner(letters=letters))

    assert sitting.log == [("bury", WHO.key)]
    assert "  w  " in held("?", manner=Manner(letters=letters))[1]
    assert "Press ? to see all keys." in shown


# Where a student can be, and the keys that lead there.
PLACES: dict[str, tuple[str | Key, ...]] = {
    "question": (),
    "answer": (" ",),
    "help": ("?",),
    "hint": ("h",),
    "flag": ("!", "wro"),
    "typing": (" ", "3", "oct"),
    "typed answer": (" ", "3", "oct 1962\n"),
    "empty line": (" ", "3"),
    "finished": (" ", "3", "\n", "3"),
}


@pytest.mark.parametrize("place", PLACES)
def test_control_c_ends_with_130_wherever_one_is(place: str) -> None:
    sitting, shown, code = held(*PLACES[place], INTERRUPT)

    assert code is ExitCode.INTERRUPTED
    assert shown.endswith("\n")
    assert sitting.closing().answered == len(grades(sitting))


@pytest.mark.parametrize("place", [place for place in PLACES if place not in {"flag", "finished"}])
@pytest.mark.parametrize("key", [Key.ESCAPE, Key.END_OF_INPUT, Key.CLOSED])
def test_other_ways_to_stop_end_with_0(place: str, key: Key) -> None:
    if place == "typing" and key is Key.END_OF_INPUT:
        key = Key.ESCAPE
    _, shown, code = held(*PLACES[place], key)

    assert code is ExitCode.DONE
    assert ("still to come" in shown) == (key is not Key.CLOSED)


def test_a_terminal_that_is_gone_ends_it_quietly() -> None:
    clock = Clock()
    output, terminal = screen()

    def gone(text: str) -> int:
        raise OSError(5, "Input/output error")

    terminal.write = gone  # type: ignore[method-assign]

    assert review(FakeSitting([WHO]), FakeKeys([], clock), output, clock=clock) is ExitCode.DONE


def test_keys_typed_ahead_are_forgotten_when_a_question_and_an_answer_appear() -> None:
    keys = FakeKeys(presses(" ", "3"), clock := Clock())
    output, _ = screen()
    review(FakeSitting([WHO]), keys, output, clock=clock)

    # The question, the answer, and the finished screen.
    assert keys.flushed == 3


@pytest.mark.parametrize(("apart", "expected"), [(0.05, []), (0.14, []), (0.16, [4])])
def test_a_double_press_grades_nothing(apart: float, expected: list[int]) -> None:
    sitting, _, _ = held(SPACE, SPACE, questions=[WHO], apart=apart)

    assert grades(sitting) == expected


def test_a_key_held_down_grades_nothing() -> None:
    sitting, _, _ = held(*[SPACE] * 100, questions=[WHO], apart=0.03)

    assert grades(sitting) == []


def test_a_double_press_on_a_grade_does_not_give_the_next_typed_card_away() -> None:
    class Hurried(FakeKeys):
        """A second before each key but the last, which follows at once."""

        def read(self) -> Press:
            self._apart = 0.05 if len(self._keys) == 1 else 1.0
            return super().read()

    sitting, clock = FakeSitting([WHO, NAME]), Clock()
    output, terminal = screen(80, NO_COLOR="1", TERM="dumb")
    review(sitting, Hurried(presses(SPACE, SPACE, "\n"), clock), output, Manner(), clock=clock)

    assert grades(sitting) == [4]
    assert "Soviet leader in 1962" in terminal.getvalue()
    assert "Nikita Khrushchev" not in terminal.getvalue()


def test_a_digit_is_never_held_back() -> None:
    sitting, _, _ = held(" ", "3", questions=[WHO], apart=0.01)

    assert grades(sitting) == [4]


def test_a_card_missed_comes_back_and_says_so() -> None:
    sitting, shown, _ = held(" ", "1", " ", "3", questions=[WHO])

    assert "Again: it comes back today, then tomorrow." in shown
    assert "again: you missed this today" in shown
    assert "1 again   2 hard again  [3 good done]  4 easy done" in shown
    assert grades(sitting) == [2, 4]


def test_a_leech_is_told_kindly() -> None:
    _, shown, _ = held(" ", "1", sitting=FakeSitting([WHO], leech=True))

    assert "Missed 8 times now." in shown
    assert "`fasti suspend cmc/john#who`" in shown


def test_a_pile_is_never_shown_by_its_size() -> None:
    pile = OPENING._replace(
        due=540, new=0, overdue=520, away_days=9, portion=30, level_day=OPENING.today + 11
    )
    _, shown, _ = held(sitting=FakeSitting([WHO], pile))

    assert shown.startswith(
        "  You have been away 9 days. Today: the 30 that matter most. At 30 a day you are\n"
        "  level by 12 June. New cards wait until then.\n"
    )
    assert "540" not in shown


def test_someone_new_is_told_the_keys() -> None:
    _, shown, _ = held(sitting=FakeSitting([WHO], OPENING._replace(first_ever=True)))

    assert shown.startswith("  Welcome.")
    assert "Space shows the answer" in shown.partition("\n\n")[0]


def test_with_nothing_to_ask_it_says_what_comes_next() -> None:
    _, shown, code = held("x", sitting=FakeSitting([]))

    assert shown == "\n  Nothing is left to do today.\n  Next: 6 cards tomorrow.\n"
    assert code is ExitCode.DONE


def test_the_end_says_what_waits() -> None:
    _, shown, _ = held(" ", "3", sitting=FakeSitting([WHO], waiting=2, beyond=12))

    assert "1 card in 2 minutes: all right." in shown
    assert "2 other cards about the same facts wait until tomorrow." in shown
    assert "The rest of what is due can wait for another sitting." in shown
    assert "Next: 6 cards tomorrow." in shown


def test_after_a_stop_the_question_and_the_grades_are_shown_again() -> None:
    _, shown, _ = held(Key.RESUMED, " ", Key.RESUMED)

    assert shown.count("John McCone") == 2
    assert shown.count("1 again today") == 2


def test_at_the_end_the_cards_that_wait_for_a_sibling_are_asked_with_a_key() -> None:
    sitting = FakeSitting([WHO], siblings=2)
    _, shown, _ = held(" ", "3", "c", " ", "3", " ", "3", "x", sitting=sitting)

    assert "2 cards wait because a card of the same fact was asked today: c asks them now." in shown
    assert "2 cards of the same facts are asked today too." in shown
    assert [entry[0] for entry in sitting.log] == ["review", "siblings", "review", "review"]


def test_cards_that_wait_are_offered_where_nothing_else_is_asked() -> None:
    sitting = FakeSitting([], siblings=1)
    _, shown, _ = held("c", " ", "3", "x", sitting=sitting)

    assert "1 card waits because a card of the same fact was asked today: c asks it now." in shown
    assert [entry[0] for entry in sitting.log] == ["siblings", "review"]


def test_any_other_key_leaves_them_waiting() -> None:
    sitting = FakeSitting([], siblings=1)
    held("x", sitting=sitting)

    assert sitting.log == []


def test_after_the_keys_and_what_is_known_the_question_is_put_again_while_one_types() -> None:
    manner = Manner(info=lambda asked, shown: ["New: not asked before."])
    _, shown, _ = held("??\n", "i\n", questions=[WHEN], manner=manner)

    assert "While you type, a key is its letter, then Enter" in shown
    assert shown.count("When?  Kennedy announces the quarantine") == 3


def test_whoever_comes_back_in_the_middle_of_a_typed_line_sees_the_question_and_the_line() -> None:
    sitting, shown, _ = held("oct", Key.RESUMED, " 62\n", "3", questions=[WHEN])

    assert shown.count("When?  Kennedy announces the quarantine") == 2
    assert sitting.log[0][4] == "oct 62"


def test_what_looks_like_a_slip_is_wrong_where_it_is_the_very_name_of_another_fact() -> None:
    asked = question(card("Labour's foreign secretary", "Ernest Bevin", judge=Judge.TEXT, word="Who?"))
    other = Mistaken("Ernst Bevin", "A minister of health", is_name=True, exact=True)
    _, shown, _ = held("Ernst Bevin\n", sitting=FakeSitting([asked], others={"Ernst Bevin": other}))

    assert "  Not the answer.\n" in shown
    assert "That is Ernst Bevin: A minister of health." in shown
    assert "[1 again today]" in shown


def test_a_slip_that_is_only_near_another_fact_stays_a_slip() -> None:
    near = Mistaken("Ernst Bevin", is_name=True)
    asked = question(card("Labour's foreign secretary", "Ernest Bevin", judge=Judge.TEXT, word="Who?"))
    _, shown, _ = held("Ernst Bevin\n", sitting=FakeSitting([asked], others={"Ernst Bevin": near}))

    assert "Nearly: check the spelling." in shown
    assert "That is" not in shown


def test_whoever_fills_a_gap_may_say_the_words_around_it_too() -> None:
    sentence = ("Cuba lies about ", "90 miles", " from Florida.")
    gap = card("Cuba lies about [how far] from Florida.", "90 miles", judge=Judge.TEXT, sentence=sentence)
    _, shown, _ = held("lies about 90 miles from Florida\n", questions=[question(gap)])

    assert "  Right.  90 miles" in shown


def test_items_of_one_line_that_are_none_are_called_by_their_own_words() -> None:
    asked = question(card("The causes", "Alliance system", "Naval race", judge=Judge.LIST, word="Name two:"))
    _, shown, _ = held("alliances; greed; naval races\n", questions=[asked])

    assert "Nearly: check the spelling.  Alliance system  1\u00a0left" in shown
    assert "  greed: not on this list." in shown
