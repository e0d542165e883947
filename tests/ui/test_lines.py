import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from fasti.ui.lines import ROOMY, Piece, apart, cells, clusters, fitted, hanging, line, padded, plain, wrapped


def rows(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    return [plain(row) for row in wrapped(line(text), width, first, rest)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("one two three", 20, ["one two three"]),
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 20, ["one  two"]),
        ("one   two", 5, ["one", "two"]),
        ("incomprehensibilities", 8, ["incompre", "hensibil", "ities"]),
        ("an incomprehensibility", 8, ["an", "incompre", "hensibil", "ity"]),
        ("first line\nsecond", 40, ["first line", "second"]),
        ("first\n\n\nsecond\n", 40, ["first", "second"]),
        ("古巴导弹危机", 6, ["古巴导", "弹危机"]),
        ("古巴导弹。", 8, ["古巴导", "弹。"]),
        ("他说「古巴」", 6, ["他说", "「古", "巴」"]),
        ("Cuba 古巴导弹", 8, ["Cuba 古", "巴导弹"]),
        ("cafe\u0301 cafe\u0301", 4, ["cafe\u0301", "cafe\u0301"]),
        ("one\u200d\ntwo", 20, ["one\u200d", "two"]),
        ("one\n\u0301two", 20, ["one", "\u0301two"]),
        ("no\u00a0break here", 8, ["no\u00a0break", "here"]),
        ("type `fasti undo` now", 12, ["type", "`fasti undo`", "now"]),
        ("👩‍🏫👩‍🏫", 2, ["👩‍🏫", "👩‍🏫"]),
    ],
)
def test_text_breaks_between_words_by_the_cells_it_takes(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected


def test_later_rows_hang() -> None:
    assert rows("one two three", 9, "- ", "  ") == ["- one two", "  three"]


def test_a_label_stands_beside_all_of_its_text() -> None:
    label = line(Piece("When?", "cyan"), "  ")

    assert [plain(row) for row in hanging(label, line("a long story"), 14)] == [
        "When?  a long",
        "       story",
    ]


def test_styles_stay_with_their_words() -> None:
    broken = wrapped(line(Piece("one two", "bold"), " three"), 9)

    assert broken == [(Piece("one two", "bold"),), (Piece("three"),)]


def without_spaces(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


TEXTS = st.text(st.sampled_from("ab é ü-,.中文字。「」👩‍🏫🇫🇷\u0301\u200b\u00a0 `"), max_size=60)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(4, 40))
def test_no_row_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    broken = rows(text, width)

    assert all(cells(row) <= width for row in broken)
    assert without_spaces("".join(broken)) == without_spaces(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("👩‍🏫!", ["👩‍🏫", "!"]),
        ("🇫🇷🇩🇪", ["🇫🇷", "🇩🇪"]),
        ("👍🏽", ["👍🏽"]),
        ("\u0301", ["\u0301"]),
    ],
)
def test_a_cluster_is_what_a_reader_sees_as_one_character(text: str, parts: list[str]) -> None:
    assert clusters(text) == parts


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Cuba", 4, "Cuba"),
        ("Cuban crisis", 8, "Cuban c…"),
        ("Cuban crisis", 7, "Cuban…"),
        ("古巴导弹", 5, "古巴…"),
        ("a\nb", 9, "a b"),
        ("Cuba", 1, "…"),
        ("Cuba", 0, ""),
    ],
)
def test_a_title_is_cut_to_fit(text: str, width: int, expected: str) -> None:
    assert fitted(text, width) == expected


def test_padding_counts_cells() -> None:
    assert padded("古巴", 6) == "古巴  "
    assert padded("7", 3, right=True) == "  7"


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (40, "Cuban Missile Crisis        4 of 30 left"),
        (30, "Cuban Missile C…  4 of 30 left"),
        (20, "Cuban Miss…  4 of 30"),
        (8, "Cuban M…"),
    ],
)
def test_what_stands_at_the_right_gets_shorter_and_goes(width: int, expected: str) -> None:
    assert "".join(apart("Cuban Missile Crisis", ["4 of 30 left", "4 of 30"], width)) == expected


def test_what_goes_into_a_pipe_is_not_pushed_to_an_edge() -> None:
    assert apart("Kennedy", ["", "doc. 66"], ROOMY) == ("Kennedy", "  ", "doc. 66")
    assert apart("Kennedy", [], ROOMY) == ("Kennedy", "", "")


@given(st.text(st.sampled_from("ab \u00a0·–…▲░▒▓▁▂▃▄▅▆▇█▉▊▋▌▍▎▏é古")))
def test_what_drawings_are_made_of_takes_the_cells_that_rich_counts(text: str) -> None:
    assert cells(text) == cell_len(text)
