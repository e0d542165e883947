"""Changing a few characters of a file: the others stay."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.facts import Change, Place
from fasti.decks.changes import changed, lines_of, settled
from fasti.decks.page import decoded, encoded, page_of

TEXT = "one: 1\r\n\r\n  two: 2  # why\rthree: \u2028 3\n\tfour"


def test_lines_are_those_of_an_editor() -> None:
    assert lines_of(TEXT) == ["one: 1", "", "  two: 2  # why", "three: \u2028 3", "\tfour"]
    assert lines_of("") == [""]


def test_what_is_changed_changes_alone() -> None:
    changes = [Change(Place(3, 8), "2", "22"), Change(Place(1, 1), "one", "1"), Change(Place(1, 5), "", " ")]

    assert changed(TEXT, changes) == "1: " + " 1\r\n\r\n  two: 22  # why\rthree: \u2028 3\n\tfour"


def test_a_line_of_which_nothing_is_left_goes() -> None:
    assert changed("a\r\n  # b  \r\nc\r\n", [Change(Place(2, 3), "# b  ", "")]) == "a\r\nc\r\n"
    assert changed("a\n# b", [Change(Place(2, 1), "# b", "")]) == "a\n"
    assert changed("a  # b\n", [Change(Place(1, 4), "# b", "")]) == "a\n"


def test_what_does_not_fit_is_left_out() -> None:
    wrong = [Change(Place(3, 8), "9", "x"), Change(Place(99, 1), "", "x"), Change(Place(1, 80), "", "x")]

    assert changed(TEXT, wrong) == TEXT


def test_of_two_changes_of_the_same_characters_one_is_made() -> None:
    assert changed("abcd", [Change(Place(1, 1), "abc", "x"), Change(Place(1, 3), "cd", "y")]) == "aby"


def test_a_text_is_found_in_its_quotes() -> None:
    lines = ["a: one", 'a: "one"', "a: 'one'", "a: other"]
    found = [settled(Change(Place(number, 4), "one", "1"), lines) for number in range(1, 6)]

    assert [each and each.old for each in found] == ["one", '"one"', "'one'", None, None]


LETTERS = st.text(st.sampled_from("ab#: \té漢\u2028\x85\x0b"), max_size=6)


@settings(deadline=None)
@given(
    lines=st.lists(st.tuples(LETTERS, st.sampled_from(["\n", "\r\n"])), min_size=1, max_size=6),
    number=st.integers(0, 5),
    start=st.integers(0, 6),
    new=st.text(st.sampled_from("xyé"), min_size=1, max_size=3),
)
def test_every_other_character_stays(lines: list[tuple[str, str]], number: int, start: int, new: str) -> None:
    number %= len(lines)
    line, ending = lines[number]
    start = min(start, len(line))
    text = "".join(line + ending for line, ending in lines)
    after = changed(text, [Change(Place(number + 1, start + 1), line[start:], new)])
    before = "".join(line + ending for line, ending in lines[:number])

    assert after == before + line[:start] + new + ending + text[len(before) + len(line) + len(ending) :]


@settings(deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=20),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_text_goes_back_into_its_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    read = decoded(data)

    assert read == text
    assert encoded(read, data) == data


def test_the_lines_of_a_page_and_of_its_file_are_the_same() -> None:
    assert len(page_of(TEXT).lines) == len(lines_of(TEXT))
