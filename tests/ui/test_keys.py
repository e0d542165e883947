from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.ui.keys import Decoder, Key, Press


def decoded(*reads: bytes, encoding: str = "utf-8") -> list[Press]:
    """The keys of these reads, and of what is left when nothing follows."""
    decoder = Decoder(encoding)
    presses = [press for read in reads for press in decoder.feed(read)]
    return presses + (decoder.give_up() if decoder.waiting else [])


def characters(text: str) -> list[Press]:
    return [Press(Key.CHARACTER, letter) for letter in text]


SEQUENCES = [
    (b"\x1b[A", [Press(Key.OTHER)]),
    (b"\x1b[C", [Press(Key.RIGHT)]),
    (b"\x1bOD", [Press(Key.LEFT)]),
    (b"\x1b[1;5C", [Press(Key.RIGHT)]),
    (b"\x1b[H", [Press(Key.HOME)]),
    (b"\x1b[4~", [Press(Key.END)]),
    (b"\x1b[3~", [Press(Key.DELETE)]),
    (b"\x1b[15~", [Press(Key.OTHER)]),
    (b"\x1bOP", [Press(Key.OTHER)]),
    (b"\x1b[[A", [Press(Key.OTHER)]),
    (b"\x1b\x1b[D", [Press(Key.LEFT)]),
    (b"\x1b[<0;10;20M", [Press(Key.OTHER)]),
    (b"\x1b[?1;2c", [Press(Key.OTHER)]),
    (b"\x1b[I", [Press(Key.OTHER)]),
    (b"\x1bq", [Press(Key.OTHER)]),
    ("\x1bé".encode(), [Press(Key.OTHER)]),
    (b"\x1b\x7f", [Press(Key.DELETE_WORD)]),
    (b"\x1b\x03", [Press(Key.ESCAPE), Press(Key.INTERRUPT)]),
    (b"\r", [Press(Key.ENTER)]),
    (b"\n", [Press(Key.ENTER)]),
    (b"\x7f\x08", [Press(Key.BACKSPACE)] * 2),
    (b"\x03\x04", [Press(Key.INTERRUPT), Press(Key.END_OF_INPUT)]),
    (b"\x15\x17", [Press(Key.DELETE_LINE), Press(Key.DELETE_WORD)]),
    (b"\t\x1a\x00", [Press(Key.OTHER)] * 3),
    ("aé古👍".encode(), characters("aé古👍")),
    ("\u00a0\u3000".encode(), characters("  ")),
    ("e\u0301\u200d".encode(), characters("e\u0301\u200d")),
    ("\u202e".encode(), [Press(Key.OTHER)]),
    (b"\x1b[200~one\r\ntwo\x1b[A\x1b[201~", [Press(Key.PASTE, "one\r\ntwo\x1b[A")]),
    (b"3\x1b[200~3\r3\r\x1b[201~4", [*characters("3"), Press(Key.PASTE, "3\r3\r"), *characters("4")]),
]


@pytest.mark.parametrize(("received", "expected"), SEQUENCES)
def test_bytes_are_the_keys_that_were_pressed(received: bytes, expected: list[Press]) -> None:
    assert decoded(received) == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SEQUENCES), max_size=6), st.data())
def test_it_does_not_matter_how_bytes_are_cut_into_reads(
    pressed: list[tuple[bytes, list[Press]]], data: st.DataObject
) -> None:
    received = b"".join(sequence for sequence, _ in pressed)
    cuts = data.draw(st.lists(st.integers(0, len(received))))
    edges = [0, *sorted(cuts), len(received)]

    assert decoded(*(received[a:b] for a, b in pairwise(edges))) == decoded(received)


def test_an_escape_alone_is_known_when_nothing_follows() -> None:
    decoder = Decoder()

    assert decoder.feed(b"\x1b") == []
    assert decoder.waiting
    assert decoder.give_up() == [Press(Key.ESCAPE)]
    assert not decoder.waiting


def test_an_unfinished_sequence_is_never_an_escape() -> None:
    assert decoded(b"\x1b[") == [Press(Key.OTHER)]
    assert decoded(b"\x1b[1;") == [Press(Key.OTHER)]


def test_two_escapes_are_one() -> None:
    assert decoded(b"\x1b\x1b") == [Press(Key.ESCAPE)]


def test_half_a_character_is_no_character() -> None:
    assert decoded("é".encode()[:1]) == [Press(Key.OTHER)]
    assert decoded(b"\xc3a") == [Press(Key.OTHER), *characters("a")]
    assert decoded(b"\xe9\r") == [Press(Key.OTHER), Press(Key.ENTER)]


def test_other_encodings_are_read_too() -> None:
    assert decoded(b"\xe9", encoding="latin-1") == characters("é")
    assert decoded("古".encode("gb18030"), encoding="gb18030") == characters("古")


def test_a_paste_may_be_long_in_coming() -> None:
    decoder = Decoder()
    decoder.feed(b"\x1b[200~one ")

    assert decoder.pasting
    assert decoder.feed(b"two\x1b[201~") == [Press(Key.PASTE, "one two")]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_break_it(received: bytes) -> None:
    decoder = Decoder()
    decoder.feed(received)
    decoder.give_up()

    assert not decoder.waiting


def test_a_sequence_that_never_ends_is_let_go() -> None:
    assert Press(Key.CHARACTER, "q") in decoded(b"\x1b[" + b"1" * 200 + b"q" * 3)
