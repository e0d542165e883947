"""What is printed: which card is where, and how large its letters are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.page.card_sheets import card_sheets, too_long_for_cards
from fasti.page.contents import Contents, contents_of
from fasti.page.fitting import SIZES, Block, height_of, size_for
from fasti.page.language import Language
from fasti.page.measure import width, wrapped
from fasti.page.question_sheets import question_sheets
from tests.page.decks import deck, long_texts


def questions(count: int) -> Contents:
    facts = "".join(f"  - {{q: Question {number}?, a: Answer {number}}}\n" for number in range(count))
    return contents_of(deck(f"deck: D\nfacts:\n{facts}"), Language(), {})


def pages(html: str) -> list[tuple[str, list[str]]]:
    """Each page as its side, and the numbers of its cards in their order."""
    found = re.split('<div class="card-page (fronts|backs)">', html)[1:]
    cells = re.compile('<div class="cut (?:size-[0-9]" data-card="([0-9]+)|empty)"')
    return [(side, cells.findall(page)) for side, page in zip(found[::2], found[1::2], strict=True)]


def test_backs_lie_behind_their_fronts_when_the_sheet_is_turned() -> None:
    assert pages(card_sheets(questions(11))) == [
        ("fronts", ["1", "2", "3", "4", "5", "6", "7", "8"]),
        ("backs", ["2", "1", "4", "3", "6", "5", "8", "7"]),
        ("fronts", ["9", "10", "11"]),
        ("backs", ["10", "9", "", "11"]),
    ]


def test_cards_with_too_much_text_are_printed_at_the_end_and_counted() -> None:
    contents = contents_of(long_texts(), Language(), {})

    html = card_sheets(contents)

    fitting, _, left_over = html.partition("left-over")
    assert left_over.count("data-card=") == 2 * too_long_for_cards(contents)
    assert "Q400 " in left_over
    assert "Q400 " not in fitting
    assert all(f"Q{size} " in fitting and f"Q{size} " not in left_over for size in (1, 5, 10, 20))


def test_each_unit_begins_a_question_sheet_and_asks_once_about_a_fact() -> None:
    facts = "".join(
        f"  - {{term: T{number}, means: M{number}, unit: U{number % 2}, ask: [meaning, term]}}\n"
        for number in range(6)
    )

    html = question_sheets(contents_of(deck(f"deck: D\nfacts:\n{facts}"), Language(), {}))

    assert re.findall('class="question-page (\\w+)"', html) == ["fronts", "backs"] * 2
    assert html.count('class="asked"') == 2 * 6


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.floats(2, 40))
def test_wrapped_lines_are_no_wider_than_they_may_be_and_lose_nothing(text: str, most: float) -> None:
    lines = wrapped(text, most)

    assert all(width(line) <= most for line in lines if len(line) > 1)
    assert "".join("".join(lines).split()) == "".join(text.split())


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.floats(50, 400), st.floats(20, 400))
def test_the_letters_are_the_largest_that_fit(text: str, across: float, down: float) -> None:
    blocks = [Block(text)]

    place = size_for(blocks, across, down)

    heights = [height_of(blocks, across, size) for size in SIZES]
    fitting = [number for number, height in enumerate(heights) if height <= down]
    assert place == (fitting[0] if fitting else None)


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_no_text_takes_no_room(text: str) -> None:
    assert height_of([Block(text)], 100, 10) == 0
