"""Comments that silence, and what is told of comments that do not."""

import pytest

from fasti.core.facts import Place, Problem
from fasti.decks.ignores import heeded, ignores_in, without_silenced
from fasti.decks.page import page_of
from fasti.decks.read import read_deck, read_deck_bytes

KNOWN = {"a-code", "other-code", "bad-date", "shaky-code"}


def held(text: str) -> list[tuple[int, tuple[str, ...], list[int]]]:
    """The line of each comment, its codes, and the lines of the file that it holds for."""
    lines = page_of(text).lines
    return [
        (ignore.place.line, ignore.codes, [n for n in range(1, len(lines) + 1) if n in ignore.lines])
        for ignore in ignores_in(lines, read_deck(text))
    ]


DECK = "deck: T\nfacts:\n  - q: x\n    a: y\n  - q: z\n    a: w\ntags: [a]\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "lines"),
    [
        ("    a: y\n", "    a: y  # fasti: ignore[a-code]\n", 4, [4]),
        ("    a: y\n", "    # fasti: ignore[a-code]\n    a: y\n", 4, [5]),
        ("    a: y\n", "    # fasti: ignore[a-code]\n\n    # why\n    a: y\n", 4, [7]),
        ("  - q: x\n", "  - q: x # fasti: ignore[a-code]\n", 3, [3, 4]),
        ("  - q: x\n", "  # fasti: ignore[a-code]\n  - q: x\n", 3, [4, 5]),
        ("  - q: x\n", "# fasti: ignore[a-code]\n  -\n    q: x\n", 3, [5, 6]),
        ("  - q: z\n", "  - q: z  # fasti:ignore [a-code] since\n", 5, [5, 6]),
        ("  - q: z\n", "  - q: z  # the pair  # fasti: ignore[ a-code ]\n", 5, [5, 6]),
        ("deck: T\n", "# fasti: ignore-file[a-code]\ndeck: T\n", 1, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ("tags: [a]\n", "tags: [a]\n# fasti: ignore[a-code]\n", 8, [8]),
    ],
)
def test_a_comment_holds_for_its_line_the_next_one_or_a_fact(
    old: str, new: str, line: int, lines: list[int]
) -> None:
    assert held(DECK.replace(old, new)) == [(line, ("a-code",), lines)]


@pytest.mark.parametrize(
    "text",
    [
        '    a: "y # fasti: ignore[a-code]"\n',
        "    a: 'y # fasti: ignore[a-code] it''s'\n",
        "    a: |\n      y\n      # fasti: ignore[a-code]\n",
        '    a: "one\n      # fasti: ignore[a-code]\n      two"\n',
        "    a: y#fasti: ignore[a-code]\n",
        "    a: y # ignore[a-code]\n",
    ],
)
def test_what_stands_inside_a_text_is_no_comment(text: str) -> None:
    assert held(DECK.replace("    a: y\n", text)) == []


def test_a_file_that_is_not_yaml_has_comments_all_the_same() -> None:
    assert held("deck: T\nfacts:\n  - q: Who said: no?  # fasti: ignore[a-code]\n    a: y\n") == [
        (3, ("a-code",), [3, 4, 5])
    ]


def problem(code: str, line: int, severity: str = "warning") -> Problem:
    return Problem(Place(line, 1), code, "a sentence", severity)


def comment(text: str, *problems: Problem) -> list[str]:
    """`code: sentence` of what is told of a comment on line 4, and the codes that are left of the problems."""
    deck = DECK.replace("    a: y\n", f"    a: y  {text}\n")
    left = heeded(problems, ignores_in(page_of(deck).lines, read_deck(deck)), KNOWN, {"shaky-code"})
    return [
        *(each.code for each in left.problems),
        *(f"{each.code}: {each.message}" for each in left.comments),
    ]


def test_a_comment_silences_its_code_at_its_place() -> None:
    assert comment("# fasti: ignore[a-code]", problem("a-code", 4)) == []
    assert (
        comment("# fasti: ignore[a-code, other-code]", problem("a-code", 4), problem("other-code", 4)) == []
    )
    assert comment("# fasti: ignore[a-code]", problem("a-code", 4), problem("a-code", 5)) == ["a-code"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "# fasti: ignore[a-code]",
            "unused-ignore: nothing here is told of as `a-code`; take the comment out",
        ),
        ("# fasti: ignore[a_code]", "bad-ignore: there is no code `a_code`; did you mean `a-code`?"),
        (
            "# fasti: ignore[zzz]",
            "bad-ignore: there is no code `zzz`; `fasti check` prints a problem's code before its sentence",
        ),
        (
            "# fasti: ignore",
            "bad-ignore: this silences nothing; name the code in brackets: `# fasti: ignore[no-source]`",
        ),
        (
            "# fasti: ignore[]",
            "bad-ignore: this silences nothing; name the code in brackets: `# fasti: ignore[no-source]`",
        ),
    ],
)
def test_a_comment_that_silences_nothing_is_told(text: str, sentence: str) -> None:
    assert comment(text) == [sentence]


def test_codes_in_a_comment_are_text_whatever_they_hold() -> None:
    lines = page_of(DECK.replace("    a: y\n", "    a: y  # fasti: ignore[a-code, \\g, \\1]\n")).lines
    (unused, *unknown) = heeded([], ignores_in(lines, read_deck(DECK)), KNOWN, ()).comments

    assert [change.new for change in unused.fix] == ["# fasti: ignore[\\g, \\1]"]
    assert [problem.code for problem in unknown] == ["bad-ignore", "bad-ignore"]


def test_an_error_is_never_silenced() -> None:
    assert comment("# fasti: ignore[bad-date]", problem("bad-date", 4, "error")) == [
        "bad-date",
        "bad-ignore: `bad-date` is an error, which keeps its fact out of the deck and cannot be ignored",
    ]


def test_what_may_be_told_another_time_is_not_called_unused() -> None:
    assert comment("# fasti: ignore[shaky-code]") == []
    assert comment("# fasti: ignore[a-code]", problem("bad-date", 5, "error")) == ["bad-date"]


def test_the_library_hears_nothing_of_what_is_silenced() -> None:
    text = "deck: T\nfacts:\n  - {q: x, a: y, note: }%s\n  - {q: X, a: y}\n"
    silent = (text % "  # fasti: ignore[empty-value]").encode("utf-16")
    left = without_silenced(read_deck_bytes(silent), silent).problems

    assert [problem.code for problem in left] == ["same-fact"]


def test_a_hundred_thousand_comments_take_no_time() -> None:
    text = "deck: T\nfacts:\n" + "  # fasti: ignore[a-code]\n" * 100_000 + "  - q: x\n    a: y\n"
    found = ignores_in(page_of(text).lines, read_deck(text))

    assert len(found) == 100_000
    assert {ignore.lines for ignore in found} == {range(100_003, 100_006)}
