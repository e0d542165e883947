"""Long work as a person sees it in a terminal, and as a program does in a pipe."""

import pytest

from tests.cli.program import Fasti
from tests.cli.test_terminal import ESCAPES, Terminal

FACTS = 25_000


@pytest.fixture
def deck(fasti: Fasti) -> str:
    facts = "".join(f"  - {{q: What was decided on day {number}?, a: Peace}}\n" for number in range(FACTS))
    return str(fasti.write("long.yaml", f"deck: A long deck\nid: long\nfacts:\n{facts}"))


@pytest.mark.parametrize("columns", [80, 40])
def test_a_long_deck_is_counted_as_it_is_added_and_the_line_is_gone_at_the_end(
    fasti: Fasti, deck: str, columns: int
) -> None:
    terminal = Terminal(fasti, "add", deck, columns=columns)

    code = terminal.end()

    drawn = terminal.seen.split("\r\x1b[K")
    assert code == 0
    assert any(f" of {FACTS:,} facts" in line for line in drawn[1:-1])
    assert not any("\n" in line for line in drawn[:-1])
    assert ESCAPES.sub("", drawn[-1]).split() == ["A", "long", "deck", f"{FACTS:,}", "new"]


def test_who_hears_the_screen_hears_sentences(fasti: Fasti, deck: str) -> None:
    fasti("config", "set", "accessible", "true")
    terminal = Terminal(fasti, "add", deck)

    assert terminal.end() == 0
    assert "\x1b[K" not in terminal.seen
    *sentences, result = ESCAPES.sub("", terminal.seen).strip().splitlines()
    # Which work it is that a person has waited for by then depends on the machine.
    assert sentences
    assert all(said.split()[0] in ("Reading", "Comparing", "Adding", "Writing") for said in sentences)
    assert result.split() == ["A", "long", "deck", f"{FACTS:,}", "new"]


def test_a_check_of_a_long_deck_is_counted_too(fasti: Fasti, deck: str) -> None:
    terminal = Terminal(fasti, "check", deck)

    terminal.end()

    drawn = terminal.seen.split("\r\x1b[K")
    assert len(drawn) > 2
    # Which work it is that a person has waited for by then depends on the machine.
    assert all(ESCAPES.sub("", line).startswith(("Reading", "Looking for")) for line in drawn[1:-1] if line)


def test_nothing_of_it_is_in_a_pipe(fasti: Fasti, deck: str) -> None:
    done = fasti("add", deck)

    assert done.code == 0
    assert done.err == ""
    assert done.out.split() == ["A", "long", "deck", f"{FACTS:,}", "new"]


def test_an_interrupt_leaves_a_clear_line_and_nothing_half_done(fasti: Fasti, deck: str) -> None:
    terminal = Terminal(fasti, "add", deck)
    terminal.see("Adding A long deck")
    terminal.child.sendintr()

    assert terminal.end() == 130
    assert terminal.seen.replace("^C", "").endswith("\r\x1b[K")
    listed = fasti("decks", "--json").json
    assert [each for each in listed["decks"] if each["id"] == "long"] == []
    assert fasti("add", deck).code == 0
