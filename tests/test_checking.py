"""`fasti check`: what is found in files, and how people, programs and GitHub are told."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from fasti.check_reports import as_github, as_json
from fasti.checking import Checked, check, fails, has_errors, offer, summary
from fasti.core.cards import card_names, cards_of
from fasti.core.facts import Change, Place, Problem
from fasti.core.kinds import BUILT_IN
from fasti.core.links import Links
from fasti.decks.excerpt import WIDEST, excerpt
from fasti.decks.find import NoDeckError
from fasti.decks.read import read_deck_bytes
from fasti.settings import bundled

DECK = """\
# fasti: ignore-file[no-source]
deck: Suez
facts:
  - event: The canal is seized
    id: seized
    date: 1956-07-26
    ask: [when, what]
  - q: Who said: no?
    a: Eisenhower
  - cloze: The {Suez} canal opened in {1869}.
    image: pictures/canal.png
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def told(checked: Checked) -> list[str]:
    return [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in checked.problems]


def test_a_deck_is_counted_and_its_problems_are_listed(tmp_path: Path) -> None:
    path = written(tmp_path, "suez.yaml", DECK)
    (checked,) = check([tmp_path])

    assert (checked.path, checked.facts, checked.cards) == (path, 2, 4)
    assert told(checked) == ["8:16 second-colon", "11:12 missing-image"]
    assert has_errors([checked])


GOOD = [
    *sorted((Path(__file__).parent / "decks" / "good").iterdir()),
    *sorted(bundled("decks").glob("*.yaml")),
]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_the_cards_are_counted_without_being_made(path: Path) -> None:
    (checked,) = check([path])
    deck = read_deck_bytes(path.read_bytes()).deck
    assert deck is not None
    kinds = {**BUILT_IN, **deck.kinds}
    links = Links(deck.facts, kinds)
    cards = [card for fact in deck.facts for card in cards_of(fact, kinds[fact.kind], links, deck.sources)]

    assert checked.cards == len(cards)
    assert [card_names(fact, kinds[fact.kind], links) for fact in deck.facts] == [
        tuple(card.asks for card in cards_of(fact, kinds[fact.kind], links, deck.sources))
        for fact in deck.facts
    ]


def test_a_picture_beside_the_deck_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "canal.png").write_bytes(b"")
    path = written(tmp_path, "suez.yaml", DECK.replace("said: no", "said no"))
    (checked,) = check([path])

    assert checked.problems == ()
    assert not has_errors([checked])


def test_warnings_are_no_errors(tmp_path: Path) -> None:
    (checked,) = check(
        [written(tmp_path, "a.yaml", "deck: A\nfacts:\n  - {q: x, a: y, note: , source: A book}\n")]
    )

    assert told(checked) == ["3:18 empty-value"]
    assert not has_errors([checked])


def test_an_id_is_one_facts_in_all_files_of_a_deck(tmp_path: Path) -> None:
    one = written(
        tmp_path,
        "1.yaml",
        "deck: Suez\nfacts:\n  - {q: x, a: y, id: same, source: A book}\n  - {q: z, a: y, id: other, source: A book}\n",
    )
    written(tmp_path, "2.yaml", "deck: Suez\nfacts:\n  - {q: v, a: w, id: same, source: A book}\n")
    written(tmp_path, "3.yaml", "deck: Another\nfacts:\n  - {q: v, a: w, id: same, source: A book}\n")
    first, second, third = check([tmp_path])

    assert (told(first), told(second), told(third)) == ([], ["3:22 duplicate-id"], [])
    assert second.problems[0].message == (
        f"the deck `suez` has the id `same` already in `{one}`, line 3; give the fact, or the deck, another"
    )


def test_a_file_that_is_no_text_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"deck: Ren\xe9\n")
    (checked,) = check([path])

    assert (told(checked), checked.facts, checked.cards) == (["1:10 bad-encoding"], 0, 0)


def test_a_file_that_is_too_large_is_told_of_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (checked,) = check([path])

    assert told(checked) == ["1:1 too-large"]
    assert "50 MiB" in checked.problems[0].message


def test_a_folder_without_decks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoDeckError):
        check([tmp_path])


PROBLEMS = [
    Checked(
        Path("decks/suez, 1956.yaml"),
        (
            Problem(Place(7, 16), "second-colon", "100% sure: no"),
            Problem(
                Place(9, 1),
                "unused-source",
                "cite it",
                "warning",
                (Change(Place(9, 3), "gaddis: A book", ""),),
            ),
            Problem(Place(10, 1), "no-source", "say where", "advice"),
        ),
        source={7: "  - q: Who said: no?", 9: "  gaddis: A book"},
    ),
    Checked(Path("good.yaml"), (), 3, 4),
]


def test_what_is_told_of_no_problem_is_nothing() -> None:
    assert as_github(PROBLEMS[1:]) == ""


@pytest.mark.parametrize(
    ("checked", "sentence"),
    [
        (PROBLEMS, "2 deck files, 3 facts, 4 cards: 1 error, 1 warning and 1 piece of advice"),
        (PROBLEMS[1:], "1 deck file, 3 facts, 4 cards: no problems"),
    ],
)
def test_a_check_ends_in_one_sentence(checked: list[Checked], sentence: str) -> None:
    assert summary(checked) == sentence


def test_what_can_be_mended_is_offered() -> None:
    assert offer(PROBLEMS) == "`--fix` mends 1 of them, `--diff` shows how"
    assert offer(PROBLEMS[1:]) == ""


@pytest.mark.parametrize("number", [1, 2])
def test_warnings_and_advice_fail_only_where_that_is_wanted(number: int) -> None:
    warned = [replace(PROBLEMS[0], problems=PROBLEMS[0].problems[number : number + 1])]

    assert (fails(warned, strict=False), fails(warned, strict=True)) == (False, True)


def test_errors_always_fail() -> None:
    assert fails(PROBLEMS, strict=False)
    assert not fails(PROBLEMS[1:], strict=True)


def test_programs_are_told_in_json() -> None:
    assert json.loads(as_json(PROBLEMS)) == {
        "version": 1,
        "problems": [
            {
                "path": str(Path("decks/suez, 1956.yaml")),
                "line": 7,
                "column": 16,
                "code": "second-colon",
                "severity": "error",
                "message": "100% sure: no",
                "fix": None,
            },
            {
                "path": str(Path("decks/suez, 1956.yaml")),
                "line": 9,
                "column": 1,
                "code": "unused-source",
                "severity": "warning",
                "message": "cite it",
                "fix": [{"line": 9, "column": 3, "old": "gaddis: A book", "new": ""}],
            },
            {
                "path": str(Path("decks/suez, 1956.yaml")),
                "line": 10,
                "column": 1,
                "code": "no-source",
                "severity": "advice",
                "message": "say where",
                "fix": None,
            },
        ],
    }


def test_github_is_told_in_its_commands() -> None:
    assert as_github(PROBLEMS) == (
        "::error file=decks/suez%2C 1956.yaml,line=7,col=16,title=second-colon::100%25 sure: no\n"
        "::warning file=decks/suez%2C 1956.yaml,line=9,col=1,title=unused-source::cite it\n"
        "::notice file=decks/suez%2C 1956.yaml,line=10,col=1,title=no-source::say where\n"
    )


def test_nothing_of_a_deck_acts_on_a_terminal_or_on_github(tmp_path: Path) -> None:
    text = 'deck: T\nfacts:\n  - q: "\\e[2J\\r\\n::error::x \\u202e"\n    a: y\n  - "zz\\e[2J\\nz": x\n  - q: \x1b]0;x\x07 [bold]\n    a: y\n'
    checked = check([written(tmp_path, "a.yaml", text)])

    for out in (as_github(checked), as_json(checked)):
        assert not set(out) & {"\x1b", "\x07", "\r", "\u202e"}
    assert all(line.startswith("::error file=") for line in as_github(checked).splitlines())


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [
        ("q: x: y", 5, ("q: x: y", "    ^")),
        ("漢字: x", 3, ("漢字: x", "    ^")),
        ("e\u0301tat: x", 6, ("e\u0301tat: x", "    ^")),
        ("👩\u200d🏫: x", 4, ("👩\u200d🏫: x", "    ^")),
        ("\tq: x", 2, ("    q: x", "    ^")),
        ("x\x1b[2Jy", 2, ("x\ufffd[2Jy", " ^")),
        ("abc", 4, ("abc", "   ^")),
        ("abc", 9, ("abc", "   ^")),
        ("", 1, ("", "^")),
    ],
)
def test_the_caret_stands_under_the_place(line: str, column: int, shown: tuple[str, str]) -> None:
    assert excerpt(line, column) == shown


@pytest.mark.parametrize("column", [1, 2, 60, 150, 299, 300, 301])
@pytest.mark.parametrize("letter", ["a", "漢"])
def test_a_long_line_is_cut_round_the_place(column: int, letter: str) -> None:
    line = letter * (column - 1) + "X" + letter * (300 - column)
    text, caret = excerpt(line, column)
    width = 2 if letter == "漢" else 1
    before = text[: text.index("X")] if "X" in text else text

    assert sum(width if each == letter else 1 for each in text) <= WIDEST
    assert len(caret) - 1 == sum(width if each == letter else 1 for each in before)


def test_a_line_of_a_million_characters_is_cut_too() -> None:
    text, caret = excerpt("a" * 999_999 + "X", 1_000_000)

    assert len(text) <= WIDEST
    assert text[len(caret) - 1] == "X"
