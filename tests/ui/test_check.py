"""What `fasti check` shows a person: degrees, places, diffs, and explanations."""

import pytest

from fasti.core.facts import Place, Problem
from fasti.decks.excerpt import excerpt
from fasti.explaining import explanation
from fasti.ui.explained import section_lines
from fasti.ui.lines import Line, cells, plain
from fasti.ui.look import Look
from fasti.ui.problems import problem_lines, spoken_lines
from tests.ui.conftest import Golden

WIDTHS = [40, 80, 120]
PROBLEMS = [
    (
        Problem(Place(7, 16), "bad-date", "`28/10/1962` is read differently in different countries"),
        "    date: 28/10/1962",
    ),
    (
        Problem(Place(9, 5), "outside-life", "1862 is before the life of `John McCone`", "warning"),
        "  - event: x",
    ),
    (
        Problem(
            Place(12, 5), "no-source", "`Rome is founded` has no `source`; say where it is from", "advice"
        ),
        "  - q: y",
    ),
]


def text(lines: list[Line]) -> str:
    return "".join(f"{plain(each)}\n" for each in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_problems_warnings_and_advice_look_as_they_should(golden: Golden, width: int) -> None:
    shown = [
        line
        for problem, source in PROBLEMS
        for line in problem_lines(
            "decks/cold-war.yaml", problem, excerpt(source, problem.place.column), Look(width)
        )
    ]

    assert all(cells(plain(line)) <= width for line in shown)
    golden(f"check-{width}", text(shown))


@pytest.mark.parametrize("width", WIDTHS)
def test_problems_sound_as_they_should(golden: Golden, width: int) -> None:
    shown = [
        line for problem, _ in PROBLEMS for line in spoken_lines("decks/cold-war.yaml", problem, Look(width))
    ]

    assert all(cells(plain(line)) <= width for line in shown)
    golden(f"check-spoken-{width}", text(shown))


@pytest.mark.parametrize("width", WIDTHS)
def test_an_explanation_looks_as_it_should(golden: Golden, width: int) -> None:
    golden(f"explained-{width}", text(section_lines("plain-link", explanation("plain-link"), Look(width))))


def test_an_explanation_sounds_as_it_should(golden: Golden) -> None:
    lines = section_lines("plain-link", explanation("plain-link"), Look(80), accessible=True)

    assert all(plain(line)[:1].isalpha() or plain(line)[:1] == "`" for line in lines)
    golden("explained-spoken-80", text(lines))


def test_each_degree_has_a_style_of_its_own() -> None:
    lines = [problem_lines("a.yaml", problem, None, Look(80))[0] for problem, _ in PROBLEMS]
    styles = [
        next(piece.style for piece in each if problem.code in piece.text)
        for each, (problem, _) in zip(lines, PROBLEMS, strict=True)
    ]

    assert len(set(styles)) == 3
