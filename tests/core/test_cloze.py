"""Cloze texts."""

import pytest

from fasti.core.cloze import ClozeError, spans_of, whole, with_hidden, without_surroundings


def test_spans_have_their_words_and_hints() -> None:
    spans = spans_of("The {Truman Doctrine|policy} of { 1947 }")

    assert [(span.hidden, span.hint) for span in spans] == [("Truman Doctrine", "policy"), ("1947", "")]


@pytest.mark.parametrize(
    "text", ["nothing hidden", "an {open brace", "a closed} one", "{}", "{ | hint}", "{a {b}}", ""]
)
def test_a_cloze_that_hides_nothing_or_has_a_lone_brace_is_refused(text: str) -> None:
    with pytest.raises(ClozeError):
        spans_of(text)


def test_the_whole_sentence_has_no_braces_and_no_hints() -> None:
    assert whole("The {Truman Doctrine|policy} of {1947}") == "The Truman Doctrine of 1947"


def test_a_hint_that_itself_holds_a_bar_stays_one_hint() -> None:
    assert with_hidden("{a|b|c} d", "a") == "[b|c] d"


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("90 miles", "90 miles"),
        ("about 90 miles", "90 miles"),
        ("lies about 90 miles", "90 miles"),
        ("90 miles from Florida", "90 miles"),
        ("Cuba lies about 90 miles from Florida", "90 miles"),
        ("ABOUT 90 miles from", "90 miles"),
        ("about", "about"),
        ("from Florida", "from Florida"),
        ("", ""),
    ],
)
def test_words_around_a_gap_that_were_typed_as_well_are_left_out(typed: str, left: str) -> None:
    assert without_surroundings(typed, "Cuba lies about ", " from Florida.") == left
