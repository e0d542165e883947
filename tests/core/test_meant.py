"""Which of several things is meant by what was typed."""

import pytest

from fasti.core.meant import Named, listed, nearest, those_meant

THINGS = [
    Named("speech", "Kennedy's speech on television"),
    Named("u2-photographs", "A U-2 photographs missile sites"),
    Named(None, "The Łódź speech"),
    Named("coup", "Speech"),
]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("speech", (0,)),  # an id before a title
        ("kennedy's speech on television", (0,)),
        ("television speech", (0,)),
        ("lodz", (2,)),
        ("u2", (1,)),
        ("SPEECH", (3,)),  # no id, but a whole title
        ("photographs sites", (1,)),
        ("s", (0, 1, 2, 3)),
        ("the", (2,)),
        ("nothing at all", ()),
        ("", ()),
        ("  ", ()),
    ],
)
def test_an_id_comes_before_a_title_and_a_title_before_words(words: str, places: tuple[int, ...]) -> None:
    assert those_meant(THINGS, words) == places


def test_what_is_spelt_alike_may_have_been_meant() -> None:
    assert nearest(THINGS, "u2-fotographs") == ["u2-photographs"]
    assert nearest(THINGS, "The Lodz speach") == ["The Łódź speech"]
    assert nearest(THINGS, "quite another thing") == []


def test_a_part_of_a_name_may_have_been_all_that_was_typed() -> None:
    assert nearest(THINGS, "photographs") == ["u2-photographs"]
    assert nearest(THINGS, "television kennedy") == ["speech"]
    assert nearest(THINGS, "") == []


@pytest.mark.parametrize(
    ("names", "word", "sentence"),
    [
        ([], "or", ""),
        (["a"], "or", "`a`"),
        (["a", "b"], "or", "`a` or `b`"),
        (["a", "b", "c"], "or", "`a`, `b` or `c`"),
        (["a", "b", "c"], "", "`a`, `b`, `c`"),
        (["a", "b", "c", "d", "e", "f"], "or", "`a`, `b`, `c`, `d`, `e`, …"),
    ],
)
def test_names_are_listed_as_one_says_them(names: list[str], word: str, sentence: str) -> None:
    assert listed(names, word) == sentence
