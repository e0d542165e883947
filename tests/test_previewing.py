"""Which facts a preview shows, and what it counts."""

from pathlib import Path

import pytest

from fasti.previewing import (
    Choice,
    Count,
    NoSuchChoiceError,
    Preview,
    chosen,
    counts,
    path_and_line,
    previews,
)

DECK = """\
deck: D
facts:
  - event: One
    date: 1962
    unit: First
  - event: Bad
    date: 28/10/1962
  # about the next
  - q: Two?
    a: 2
    unit: Second
  - cloze: The {one} and the {other}.
"""


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    path = tmp_path / "d.yaml"
    path.write_text(DECK, encoding="utf-8")
    return previews([path])[0]


def prompts(preview: Preview) -> list[str]:
    return [card.prompt for each in preview.facts for card in each.cards]


def test_good_facts_are_shown_beside_a_broken_one(preview: Preview) -> None:
    assert prompts(preview) == ["One", "Two?", "The […] and the other.", "The one and the […]."]
    assert [problem.code for problem in preview.problems] == ["bad-date"]


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        (Choice(kind="q"), ["Two?"]),
        (Choice(unit="first"), ["One"]),
        (Choice(kind="event", unit="First"), ["One"]),
        (Choice(line=3), ["One"]),
        (Choice(line=5), ["One"]),
        (Choice(line=11), ["Two?"]),
        (Choice(line=99), ["The […] and the other.", "The one and the […]."]),
    ],
)
def test_facts_are_chosen_by_kind_unit_and_line(preview: Preview, choice: Choice, shown: list[str]) -> None:
    assert prompts(chosen(preview, choice)) == shown


@pytest.mark.parametrize(("line", "problems"), [(3, 0), (6, 1), (7, 1), (8, 1), (9, 0)])
def test_of_a_line_only_its_problems_are_told(preview: Preview, line: int, problems: int) -> None:
    assert len(chosen(preview, Choice(line=line)).problems) == problems


@pytest.mark.parametrize(
    ("choice", "hint"),
    [
        (Choice(kind="evnt"), "did you mean `event`?"),
        (Choice(kind="term"), "it has `event`, `q` and `cloze`"),
        (Choice(unit="Frist"), "did you mean `First`?"),
        (Choice(line=2), "the first begins on line 3"),
    ],
)
def test_what_the_deck_does_not_have_is_refused(preview: Preview, choice: Choice, hint: str) -> None:
    with pytest.raises(NoSuchChoiceError) as refused:
        chosen(preview, choice)

    assert refused.value.hint == hint


def test_facts_and_cards_are_counted_a_kind(preview: Preview) -> None:
    assert counts(preview.facts) == {"event": Count(1, 1), "q": Count(1, 1), "cloze": Count(1, 2)}


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("d.yaml", "d.yaml", None),
        ("d.yaml:12", "d.yaml", 12),
        ("d.yaml:12:5", "d.yaml", 12),
        ("d.yaml:12:5:", "d.yaml", 12),
        ("C:\\decks\\d.yaml", "C:\\decks\\d.yaml", None),
        ("C:\\decks\\d.yaml:7", "C:\\decks\\d.yaml", 7),
        (":12", ":12", None),
    ],
)
def test_a_place_as_it_is_printed_can_be_given(text: str, path: str, line: int | None) -> None:
    assert path_and_line(text) == (path, line)


def test_a_file_whose_name_looks_like_a_place_is_taken_as_it_is(tmp_path: Path) -> None:
    odd = tmp_path / "d:12"
    try:
        odd.write_text(DECK, encoding="utf-8")
    except OSError:
        pytest.skip("this system has no such names")
    if not odd.is_file():
        pytest.skip("this system has no such names")

    assert path_and_line(str(odd)) == (str(odd), None)
