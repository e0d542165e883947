"""From bytes to lines: encodings, line ends, and what YAML could not be given."""

import pytest

from fasti.core.facts import Place, Problem
from fasti.decks.codes import Code
from fasti.decks.find import LARGEST
from fasti.decks.page import decoded, page_of

TEXT = "deck: Łódź\r\nfacts: []\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_encoding_that_tells_itself_is_read(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_both_orders_of_bytes_are_read() -> None:
    assert decoded(b"\xff\xfe" + TEXT.encode("utf-16-le")) == TEXT
    assert decoded(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("deck: T\nauthor: Ren\xe9e\n".encode("latin-1"), Place(2, 12)),
        ("deck: Łódź\r\nnote: ".encode() + b"\xff", Place(2, 7)),
        (b"\xef\xbb\xbf" + "deck: ü".encode() + b"\xe4", Place(1, 8)),
        (b"\xc3", Place(1, 1)),
        (b"a\rb\rc\x80", Place(3, 2)),
        (b"\xff\xfe" + "deck".encode("utf-16-le") + b"x", Place(1, 5)),
    ],
)
def test_the_first_bad_byte_is_told_with_its_place(data: bytes, place: Place) -> None:
    problem = decoded(data)

    assert isinstance(problem, Problem)
    assert (problem.code, problem.place) == (Code.BAD_ENCODING, place)


def test_an_old_windows_letter_is_named() -> None:
    problem = decoded("Renée".encode("cp1252"))

    assert isinstance(problem, Problem)
    assert problem.message == (
        "byte 0xE9 is not UTF-8, perhaps `é` from an old Windows program; "
        "save the file again with the encoding UTF-8"
    )


def test_a_file_that_is_too_large_is_not_read() -> None:
    problem = decoded(b"x" * (LARGEST + 1))

    assert isinstance(problem, Problem)
    assert problem.code == Code.TOO_LARGE


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end: str) -> None:
    assert page_of(end.join(["a", "b", "c"])).lines == ["a", "b", "c"]


def test_a_byte_order_mark_is_no_text() -> None:
    assert page_of("\ufeffdeck: T").text == "deck: T"


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("\x00", "U+0000 (a null character, as in a file that is not text)"),
        ("\x07", "U+0007 (a control character, invisible)"),
        ("\x1b", "U+001B (escape, which can act on a terminal)"),
        ("\x85", "U+0085 (a control character, invisible)"),
        ("\u202e", "U+202E (right-to-left override, which can make a line read as something else)"),
        ("\ufeff", "U+FEFF (a byte-order mark, invisible)"),
        ("\ud800", "U+D800 (half of a character)"),
        ("\uffff", "U+FFFF (not a character)"),
    ],
)
def test_a_character_that_no_deck_may_hold_is_named(character: str, named: str) -> None:
    page = page_of(f"deck: T\nq: ab{character}c{character}\n")

    assert page.problems == [
        Problem(
            Place(2, 6), Code.UNSAFE_CHARACTER, f"the character {named} may not stand in a deck; delete it"
        )
    ]
    assert page.lines[1] == "q: ab\ufffdc\ufffd"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("---\ndeck: T\n", "   \ndeck: T\n"),
        ("# hello\n--- # begin\ndeck: T\n", "# hello\n    # begin\ndeck: T\n"),
        ("%YAML 1.2\n---\ndeck: T\n", "\n   \ndeck: T\n"),
        ("deck: T\n...\n", "deck: T\n   \n"),
        ("deck: T\n---\n# the end\n", "deck: T\n   \n# the end\n"),
        ("deck: T\nnote: --- and ...\n", "deck: T\nnote: --- and ...\n"),
        ("deck: T\n---x: y\n", "deck: T\n---x: y\n"),
    ],
)
def test_the_frame_of_a_yaml_file_is_no_problem(text: str, kept: str) -> None:
    page = page_of(text)

    assert (page.text, page.problems) == (kept, [])


def test_lines_drawn_between_facts_are_told_of_and_taken_out() -> None:
    page = page_of("deck: T\nfacts:\n- a\n---\n- b\n---\n- c\n")

    assert [problem.place for problem in page.problems] == [Place(4, 1), Place(6, 1)]
    assert page.lines[3].strip() == page.lines[5].strip() == ""


def test_a_second_deck_is_cut_off() -> None:
    page = page_of("deck: T\nfacts: []\n---\ndeck: U\nfacts: []\n")

    assert [(problem.place, problem.code) for problem in page.problems] == [
        (Place(3, 1), Code.SEVERAL_DOCUMENTS)
    ]
    assert page.text == "deck: T\nfacts: []\n"
