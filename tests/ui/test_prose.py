"""Messages that are no screens: broken between words on a terminal, as they are elsewhere."""

import io

import pytest

from fasti.ui.prose import between_words
from tests.ui.sittings import Terminal

SAID = "hint: there are `Black Saturday`, `Cuba before the missiles`\nand cuban-missile-crisis/ninety-miles#cloze:90-miles"


def test_on_a_terminal_lines_end_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    assert between_words(SAID, Terminal()).split("\n") == [
        "hint: there are `Black Saturday`, `Cuba",
        "before the missiles`",
        "and",
        "cuban-missile-crisis/ninety-miles#cloze:90-miles",
    ]


def test_elsewhere_a_message_is_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    assert between_words(SAID, io.StringIO()) == SAID
