"""Deck text: what is unsafe, how it compares, how it becomes a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fasti.core.text import fingerprint, normalised, printable, slug, unsafe_character


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\ud800", "\ufeff"]
)
def test_what_could_act_on_a_terminal_is_found_and_replaced(character: str) -> None:
    assert unsafe_character(f"a{character}b") == character
    assert printable(f"a{character}b") == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("text", ["tab\tand\nline", "Łódź", "Хрущёв", "毛泽东", "خروتشوف", "👩‍🏫", "e\u0301"])
def test_the_text_of_every_script_is_safe(text: str) -> None:
    assert unsafe_character(text) is None
    assert printable(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kennedy’s speech", "Kennedy's speech"),
        ("1914–1918", "1914-1918"),
        ("The  Suez\nCrisis.", "the suez crisis"),
        ("Łódź", "ŁÓDŹ"),
        ("caf\u00e9", "cafe\u0301"),
    ],
)
def test_case_dashes_quotes_and_spacing_do_not_tell_facts_apart(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Suez crisis, 1956", "the-suez-crisis-1956"),
        ("Łódź & Đà Nẵng", "lodz-da-nang"),
        ("Æthelred", "aethelred"),
        ("Straße", "strasse"),
        ("Хрущёв", "хрущев"),
        ("  --  ", ""),
        ("毛泽东", "毛泽东"),
    ],
)
def test_a_slug_is_made_of_letters_digits_and_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_long_slug_is_cut_between_words() -> None:
    assert slug("one two three four", longest=10) == "one-two"
    assert slug("x" * 30, longest=10) == "x" * 10


@pytest.mark.parametrize(("text", "name"), [("𝕬𝖉𝖆", "ada"), ("ǿ", "o"), ("㎅", "kb")])
def test_letters_that_are_others_written_otherwise_are_those(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@given(st.text())
def test_a_normalised_text_stays_as_it_is(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


def test_a_fingerprint_depends_on_every_part_and_on_where_it_ends() -> None:
    assert len({fingerprint("a", "b"), fingerprint("ab"), fingerprint("a", "c"), fingerprint("b", "a")}) == 4
