"""Whole screens, as a person sees them: at 40, 80 and 120 columns, for the eye and for a screen reader."""

import pytest

from fasti.core.card import Card, Judge
from fasti.core.review import Mistaken, Question
from fasti.ui.keys import Key, Press
from fasti.ui.lines import cells
from fasti.ui.manner import Manner
from fasti.ui.review import review
from tests.ui.conftest import Golden
from tests.ui.sittings import OPENING, TODAY, Clock, FakeKeys, FakeSitting, card, presses, question, screen

WIDTHS = [40, 80, 120]

CARDS: list[Card] = [
    card(
        "Kennedy announces the quarantine",
        "22 October 1962",
        judge=Judge.DATE,
        word="When?",
        asks="when",
        hints=("A Monday", "In the evening, on television"),
        note="The quarantine took effect on 24 October.",
        sources=("FRUS 1961-1963, vol. XI, doc. 44",),
    ),
    card(
        "John McCone",
        "Director of Central Intelligence who warned of missiles in August 1962",
        hints=("CIA",),
        extras=("lived 1902–1991",),
        sources=("Office of the Historian, U.S. Department of State, Persons data of the FRUS volumes",),
    ),
    card(
        "Soviet leader who placed the missiles in Cuba, and who took them away again",
        "Nikita Khrushchev",
        judge=Judge.TEXT,
        word="Who is this?",
        asks="name",
        accept=("Khrushchev",),
    ),
    card(
        "Khrushchev sends missiles to Cuba",
        "To defend Cuba against invasion",
        "To redress the missile balance between the Soviet Union and the United States",
        "To answer the Jupiters in Turkey",
        judge=Judge.LIST,
        word="What caused it?",
        asks="causes",
    ),
    card(
        "The end of the crisis",
        "Anderson's U-2 is shot down",
        "Robert Kennedy meets Dobrynin",
        "Khrushchev's broadcast",
        judge=Judge.ORDER,
        word="In what order?",
        asks="order",
    ),
    card(
        "古巴导弹危机中，赫鲁晓夫为什么把导弹部署到古巴？古巴离佛罗里达只有一百五十公里。",
        "为了保卫古巴，也为了改变导弹力量的对比 👩‍🏫",
        word="",
        asks="answer",
        note="Cafe\u0301 Łódź, naïve, Хрущёв",
        image="maps/cuba.png",
    ),
]


def questions() -> list[Question]:
    return [
        question(each, number=4 + place, new=place == 2, new_left=2 if place < 3 else 0)
        for place, each in enumerate(CARDS)
    ]


# Every card, every kind of answer, the repeats of what was missed, and the end taken back once.
KEYS: list[str | Key | Press] = [
    *("h\n", "oct 1962\n", "3"),
    *("1", "h", "x", " ", "2"),
    *("Nikita Kruschev\n", "\n"),
    *(" ", "1"),
    *(" ", "?", "3"),
    *(" ", "!", "Is it so?\n", "4"),
    *(" ", "3"),
    *("Khrushchev\n", "u"),
    *(" ", "1"),
    *("?\n", "3"),
    *(" ", "3"),
    *(" ", "3"),
    "u",
    *(" ", "3"),
    "x",
]


def shown(
    width: int,
    *keys: str | Key | Press,
    six: bool = False,
    accessible: bool = False,
    encoding: str = "utf-8",
    sitting: FakeSitting | None = None,
) -> str:
    clock = Clock()
    output, terminal = screen(width, encoding, NO_COLOR="1", TERM="dumb")
    sitting = sitting or FakeSitting(questions(), waiting=2, beyond=12, next_day=TODAY + 3)
    manner = Manner(six=six, accessible=accessible)
    review(sitting, FakeKeys(presses(*(keys or KEYS)), clock), output, manner, clock=clock)
    return terminal.getvalue()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_review_looks_as_it_should(golden: Golden, width: int) -> None:
    golden(f"review-{width}", shown(width))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_review_sounds_as_it_should(golden: Golden, width: int) -> None:
    golden(f"spoken-{width}", shown(width, accessible=True))


@pytest.mark.parametrize("width", WIDTHS)
def test_six_grades_look_as_they_should(golden: Golden, width: int) -> None:
    golden(f"six-{width}", shown(width, "oct 1962\n", "?", "q", six=True))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_pile_is_met_calmly(golden: Golden, width: int) -> None:
    opening = OPENING._replace(
        due=540, new=0, overdue=520, away_days=9, portion=30, level_day=TODAY + 11, first_ever=False
    )

    golden(f"pile-{width}", shown(width, "q\n", sitting=FakeSitting(questions(), opening)))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_time_is_met_kindly(golden: Golden, width: int) -> None:
    opening = OPENING._replace(due=0, new=10, first_ever=True)

    golden(f"welcome-{width}", shown(width, "q\n", sitting=FakeSitting(questions(), opening)))


LONG_CARDS: list[Card] = [
    card(
        "Khrushchev sends missiles to Cuba",
        "To defend Cuba against invasion",
        "To redress the missile balance between the Soviet Union and the United States",
        "To answer the Jupiters in Turkey",
        judge=Judge.LIST,
        word="What caused it?",
        asks="causes",
        hints=("One is about the other side's missiles", "One is about an island"),
    ),
    card(
        "The end of the crisis",
        "Kennedy announces the quarantine",
        "Anderson's U-2 is shot down",
        "Robert Kennedy meets Dobrynin at the Department of Justice",
        "Khrushchev's broadcast",
        judge=Judge.ORDER,
        word="In what order?",
        asks="order",
        note="Three of them on one weekend.",
    ),
    card(
        "The [policy] of 1947 offered help to Greece and Turkey; the [policy] was new.",
        "Truman Doctrine",
        judge=Judge.TEXT,
        word="Fill in",
        asks="cloze:truman-doctrine",
        sentence=(
            "The ",
            "Truman Doctrine",
            " of 1947 offered help to Greece and Turkey; the ",
            "Truman Doctrine",
            " was new.",
        ),
    ),
    card(
        "Who led Cuba until 1959",
        "Fulgencio Batista",
        judge=Judge.TEXT,
        word="Who is this?",
        asks="name",
    ),
    card("Kennedy announces the quarantine", "22 October 1962", judge=Judge.DATE, word="When?", asks="when"),
    card("The brothers Kennedy", "John", "Robert", "Edward", judge=Judge.LIST, word="Name three:", asks="x"),
]

# A list with a slip, a part, a repeat and a stranger, then given up; an order that is no order, then one
# with a thing out of place; a cloze; names and dates of other facts; a list on one line.
LONG_KEYS: list[str | Key | Press] = [
    *(
        "h\n",
        "h\n",
        "balance\n",
        "answer Jupitters in Turkey\n",
        "defend cuba\n",
        "greed\n",
        "?\n",
        "\n",
    ),
    *("1 2\n", "??\n", "4 1 2 3\n", "\n"),
    *("truman docrine\n", "2"),
    *("Fidel Castro\n", "1"),
    *("14 October 1962\n", "1"),
    *("Robert; john; Edward\n", "\n"),
    *(" ", "3"),
    *("?\n", "\n"),
    "q\n",
]


def long_sitting() -> FakeSitting:
    asked = [
        question(each, number=1 + place, total=6, new_left=0, seed="2026-06-01")
        for place, each in enumerate(LONG_CARDS)
    ]
    others = {
        "Fidel Castro": Mistaken("Fidel Castro", "Prime minister of Cuba from 1959.", is_name=True),
        "14 October 1962": Mistaken("A U-2 photographs missiles in Cuba", is_date=True),
    }
    return FakeSitting(asked, others=others)


@pytest.mark.parametrize("width", WIDTHS)
def test_lists_orders_and_mistakes_look_as_they_should(golden: Golden, width: int) -> None:
    golden(f"long-{width}", shown(width, *LONG_KEYS, sitting=long_sitting()))


@pytest.mark.parametrize("width", WIDTHS)
def test_lists_orders_and_mistakes_sound_as_they_should(golden: Golden, width: int) -> None:
    text = shown(width, *LONG_KEYS, accessible=True, sitting=long_sitting())

    # A blank is what the author's sentence has in place of a word.
    assert [row for row in text.splitlines() if not row[:1].isalnum() and row[:1] != "["] == []
    golden(f"long-spoken-{width}", text)


def test_lists_and_orders_can_be_shown_in_ascii(golden: Golden) -> None:
    text = shown(80, *LONG_KEYS, encoding="ascii", sitting=long_sitting())

    assert text.isascii()
    golden("long-ascii-80", text)


@pytest.mark.parametrize("accessible", [False, True])
def test_no_line_of_a_list_is_wider_than_the_screen(accessible: bool) -> None:
    for width in range(40, 121, 8):
        text = shown(width, *LONG_KEYS, accessible=accessible, sitting=long_sitting())

        assert max(cells(row) for row in text.splitlines()) <= width


def test_an_ascii_terminal_is_shown_ascii(golden: Golden) -> None:
    text = shown(80, encoding="ascii")

    assert text.isascii()
    golden("review-ascii-80", text)


@pytest.mark.parametrize("accessible", [False, True])
@pytest.mark.parametrize("six", [False, True])
@pytest.mark.parametrize("width", range(40, 201, 8))
def test_no_line_is_wider_than_the_screen(width: int, six: bool, accessible: bool) -> None:
    text = shown(width, six=six, accessible=accessible)

    assert max(cells(row) for row in text.splitlines()) <= width


@pytest.mark.parametrize("accessible", [False, True])
def test_grades_are_never_broken(accessible: bool) -> None:
    for width in range(40, 121):
        text = shown(width, "oct 1962\n", "3", accessible=accessible)

        for grade in (
            ("1 again, today", "2 hard, 6 days")
            if accessible
            else ("1 again today", "2 hard 6d", "4 easy 6d")
        ):
            assert grade in (" ".join(text.split()) if accessible else text)


def test_every_line_for_a_screen_reader_begins_with_a_word() -> None:
    for width in (40, 80, 200):
        rows = shown(width, accessible=True).splitlines()

        assert [row for row in rows if not row[:1].isalnum() and row[:1] != "!"] == []


HOSTILE = "a\x1b[2Jb [/b] [red]c :crown: \u202edcb\x9b1m\x07\r{x} %s \x1b]0;title\x07"


def hostile() -> list[Question]:
    shapes = [Judge.SELF, Judge.TEXT, Judge.DATE, Judge.LIST, Judge.ORDER]
    return [
        question(
            card(
                HOSTILE,
                *([HOSTILE, "two", "three"] if judge in {Judge.LIST, Judge.ORDER} else [HOSTILE]),
                word=HOSTILE,
                asks=HOSTILE,
                judge=judge,
                hints=(HOSTILE,),
                extras=(HOSTILE,),
                note=HOSTILE,
                sources=(HOSTILE,),
                image=HOSTILE,
            ),
            key=HOSTILE,
            deck=HOSTILE,
        )
        for judge in shapes
    ]


@pytest.mark.parametrize("accessible", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_text_acts_on_no_screen(width: int, accessible: bool) -> None:
    keys = [
        "h",
        " ",
        "!",
        "\n",
        "1",
        "h\n",
        "word\n",
        "1",
        "s\n",
        *(["h", " ", "1"] * 2),
        *([" ", "\n", "1"] * 8),
    ]
    text = shown(width, *keys, accessible=accessible, sitting=FakeSitting(hostile(), leech=True))

    for acting in "\x1b\x9b\x07\r\u202e":
        assert acting not in text
    for word in ("[/b]", "[red]c", ":crown:", "{x}", "%s"):
        assert word in text


def test_styles_are_the_only_escape_sequences_of_a_review() -> None:
    clock = Clock()
    output, terminal = screen(80)
    review(FakeSitting(hostile()), FakeKeys(presses(" ", "3", "q\n"), clock), output, clock=clock)
    written = terminal.getvalue()
    for style in ("1", "2", "31", "32", "33", "36", "1;36", "0"):
        written = written.replace(f"\x1b[{style}m", "")

    assert "\x1b" not in written.replace("\r\x1b[J", "")
