"""`fasti check --fix`: only what is certain, only the characters in question, only if nobody else wrote meanwhile."""

import os
import stat
import sys
from pathlib import Path

import pytest

from fasti.checking import check
from fasti.mending import ChangedMeanwhileError, Mended, diff, mended, write
from tests.decks.test_broken_decks import CASES

HEAD = "# fasti: ignore-file[no-source]\ndeck: T\nfacts:\n"
FACT = "  - event: The Bay of Pigs invasion\n    id: bay-of-pigs\n    date: 1961-04\n"


def deck(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "deck.yaml"
    path.write_bytes(text.encode(encoding))
    return path


def fixed(folder: Path, facts: str) -> str:
    """The facts as `--fix` would leave them."""
    text = HEAD + facts
    files = mended([deck(folder, text)]).files
    return (files[0].after.decode() if files else text).removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - q: Who said: no?\n    a: Nobody\n", '  - q: "Who said: no?"\n    a: Nobody\n'),
        ('  - q: Who said: "no"?\n    a: y\n', "  - q: 'Who said: \"no\"?'\n    a: y\n"),
        (
            "  - q: x\n    a: It's Luther's: 95   Theses  \n",
            "  - q: x\n    a: \"It's Luther's: 95   Theses\"  \n",
        ),
        ('  - q: "Divide" said who?\n    a: y\n', "  - q: '\"Divide\" said who?'\n    a: y\n"),
        (
            "  - event: 'Peasants' Revolt'\n    date: 1381\n",
            '  - event: "Peasants\' Revolt"\n    date: 1381\n',
        ),
        ("  - q: “Luther: which?”\n    a: y\n", '  - q: "Luther: which?"\n    a: y\n'),
        ("  - q: [sic] he wrote\n    a: y\n", '  - q: "[sic] he wrote"\n    a: y\n'),
        ("  - cloze: {Rome} fell in {476}\n", '  - cloze: "{Rome} fell in {476}"\n'),
        ("  - q: *Guernica* by whom?\n    a: y\n", '  - q: "*Guernica* by whom?"\n    a: y\n'),
        ("  - q: @home\n    a: y\n", '  - q: "@home"\n    a: y\n'),
        (
            "  - effect: War\n    causes:\n      - Poland: invaded\n      - Fear\n",
            '  - effect: War\n    causes:\n      - "Poland: invaded"\n      - Fear\n',
        ),
        ("  - q:x\n    a: y\n", "  - q: x\n    a: y\n"),
        ("  - q: x\n    a:y\n", "  - q: x\n    a: y\n"),
        ("  - q: x\n    a: y\n  -q: z\n    a: w\n", "  - q: x\n    a: y\n  - q: z\n    a: w\n"),
        ("  - q: x\u202e\x1b[2J\n    a: y\n", "  - q: x[2J\n    a: y\n"),
        ("  - event: x\n    Date: 1962\n", "  - event: x\n    date: 1962\n"),
        ("  - Event: x\n    date: 1962\n", "  - event: x\n    date: 1962\n"),
        (
            "  - event: x\n    date: 1962\n    caused_by: y\n",
            "  - event: x\n    date: 1962\n    caused by: y\n",
        ),
        (
            "  - event: x\n    date: 1962\n    ask: [When, what]\n",
            "  - event: x\n    date: 1962\n    ask: [when, what]\n",
        ),
        (
            "  - {event: x, date: 1962, calendar: 'Julian'}\n",
            "  - {event: x, date: 1962, calendar: julian}\n",
        ),
        (
            FACT + "  - {effect: x, causes: [bay_of_pigs, Fear]}\n",
            FACT + "  - {effect: x, causes: [bay-of-pigs, Fear]}\n",
        ),
        (
            FACT + '  - {effect: x, causes: ["the Bay of Pigs invasion", Fear]}\n',
            FACT + "  - {effect: x, causes: [bay-of-pigs, Fear]}\n",
        ),
        ("  - q: x\n    a: y  # fasti: ignore[long-answer]\n", "  - q: x\n    a: y\n"),
        ("  # fasti: ignore[long-list]\n  - q: x\n    a: y\n", "  - q: x\n    a: y\n"),
        (
            "  - q: In 1962, which year?  # fasti: ignore[answer-in-question, long-list] since\n    a: 1962\n",
            "  - q: In 1962, which year?  # fasti: ignore[answer-in-question] since\n    a: 1962\n",
        ),
    ],
)
def test_what_is_certain_is_mended(tmp_path: Path, before: str, after: str) -> None:
    assert fixed(tmp_path, before) == after


@pytest.mark.parametrize(
    "facts",
    [
        "  - event: War; date: 1914\n",  # a key may be meant
        "  - q: Who said: no? # or so\n    a: y\n",  # and here a comment
        "  - q: Who said: no\n      and why?\n    a: y\n",  # a text of two lines
        "  - order: x\n    items: - a\n      - b\n",  # quotes would make a list a text
        "  - event: x\n    dat: 1962\n",  # a guess
        "  - event: x\n    date: 28/10/1962\n",
        "  - event: x\n    date: 1918 to 1914\n",
        "  - q: x\n\ta: y\n",
        '  - q: "Who was he?\n    a: Nobody\n',
        "  - q: x\n    a: y  # fasti: ignore[long-answer] for whom I know\n",
        FACT + "  - {effect: x, causes: [Fear of the Bay of Pigs invasion]}\n",
    ],
)
def test_what_is_not_certain_is_left_to_its_author(tmp_path: Path, facts: str) -> None:
    assert fixed(tmp_path, facts) == facts


@pytest.mark.parametrize(("name", "text", "problems"), CASES, ids=[case[0] for case in CASES])
def test_mending_never_makes_anything_worse(
    tmp_path: Path, name: str, text: str, problems: list[str]
) -> None:
    path = deck(tmp_path, text)
    (before,) = check([path])
    result = mended([path])
    for file in result.files:
        write(file)
    (after,) = check([path])
    errors = [[p for p in each.problems if p.severity == "error"] for each in (before, after)]

    assert len(errors[1]) <= len(errors[0])
    assert after.facts >= before.facts
    assert after.problems == result.left[0].problems
    assert mended([path]).files == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encoding_line_ends_and_every_other_character_stay(
    tmp_path: Path, encoding: str, ending: str
) -> None:
    text = HEAD + "  # Straße 漢字 \u2028 é\n\n  -   q:   Who said: no?   \n      a: 'y'\t# a remark\n\n"
    path = deck(tmp_path, text.replace("\n", ending), encoding)
    (file,) = mended([path]).files

    assert file.after.decode(encoding) == text.replace("Who said: no?", '"Who said: no?"').replace(
        "\n", ending
    )
    assert file.after[:2] == file.before[:2]


def test_a_file_without_a_last_line_end_gets_none(tmp_path: Path) -> None:
    assert fixed(tmp_path, "  - q: x\n    a: Who: you") == '  - q: x\n    a: "Who: you"'


def test_what_a_mistake_had_hidden_is_mended_too(tmp_path: Path) -> None:
    facts = FACT + "  - effect: Missiles: why\n    causes: [The Bay of Pigs invasion, Fear]\n"

    assert fixed(tmp_path, facts) == FACT + '  - effect: "Missiles: why"\n    causes: [bay-of-pigs, Fear]\n'


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = deck(tmp_path, HEAD + "  - q: Who said: no?\n    a: y\n")
    (file,) = mended([path]).files
    path.write_text("something else", encoding="utf-8")

    with pytest.raises(ChangedMeanwhileError):
        write(file)
    assert path.read_text(encoding="utf-8") == "something else"
    assert [each.name for each in tmp_path.iterdir()] == ["deck.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path = deck(tmp_path, HEAD + "  - q: Who said: no?\n    a: y\n")
    path.chmod(0o640)
    other = tmp_path / "link.yaml"
    other.symlink_to(path)
    (file,) = mended([other]).files
    write(file)

    assert stat.S_IMODE(os.stat(path).st_mode) == 0o640  # noqa: PTH116
    assert other.is_symlink()
    assert '"Who said: no?"' in path.read_text(encoding="utf-8")


def test_a_diff_has_the_lines_with_their_ends() -> None:
    file = Mended(Path("a.yaml"), b"one\r\ntwo\r\nthree", b"one\r\n2\r\nthree", 1)

    assert list(diff(file)) == [
        "--- a.yaml\n",
        "+++ a.yaml\n",
        "@@ -1,3 +1,3 @@\n",
        " one\r\n",
        "-two\r\n",
        "+2\r\n",
        " three\n\\ No newline at end of file\n",
    ]


def test_an_undecodable_file_has_nothing_to_mend(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"deck: Ren\xe9\n")

    assert mended([path]).files == ()


def test_many_mistakes_are_tried_together(tmp_path: Path) -> None:
    many = "".join(f"  - q: Who said {n}: no?\n    a: y{n}\n" for n in range(100))

    assert fixed(tmp_path, many).count('"') == 200
