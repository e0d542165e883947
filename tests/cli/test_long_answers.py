"""The real program in a pseudo-terminal: lists, orders, mistakes, an editor in the middle of a card."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.program import Fasti

pytest.importorskip("pexpect", reason="pseudo-terminals are POSIX only")

from tests.cli.test_terminal import ESCAPES, Terminal


class Desk(Terminal):
    """A terminal in which words are seen whatever styles are between their letters."""

    def see(self, words: str) -> str:
        between = rf"(?:{ESCAPES.pattern})*"
        self.child.expect(between.join(map(re.escape, words)))
        self.seen += self.child.before + self.child.after
        return ESCAPES.sub("", self.child.before + self.child.after)


DECK = """deck: Cold War
id: cold
facts:
  - {effect: Missiles in Cuba, causes: [To defend Cuba, The missile balance], id: missiles, hint: [One, Two]}
  - {order: The end, items: [U-2 shot down, Dobrynin, Broadcast], id: end}
  - {cloze: "The {Truman Doctrine|policy} helped Greece.", id: truman}
  - {person: Fidel Castro, who: Prime minister, ask: [name], id: castro, source: Gaddis}
  - {person: Fulgencio Batista, who: Ruler before 1959, ask: [name], id: batista}
"""

EDITOR = """import sys
from pathlib import Path
Path(sys.argv[1]).write_text(repr(sys.argv[2:]), encoding="utf-8")
deck = Path(sys.argv[-1])
old, new = sys.argv[2:4]
deck.write_text(deck.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
"""


@pytest.fixture
def library(fasti: Fasti) -> Fasti:
    fasti("add", str(fasti.write("cold.yaml", DECK)))
    return fasti


def desk(
    fasti: Fasti, fact: str, *, columns: int = 80, editor: str = "false", monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """A review that begins with this fact of the deck."""
    facts = ["missiles", "end", "truman", "castro", "batista"]
    for other in facts[: facts.index(fact)]:
        fasti("suspend", f"cold/{other}")
    monkeypatch.setenv("EDITOR", editor)
    monkeypatch.delenv("VISUAL", raising=False)
    return Desk(fasti, "review", "cold", columns=columns)


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_list_is_ticked_off(library: Fasti, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = desk(library, "missiles", columns=columns, monkeypatch=monkeypatch)
    terminal.see("2 causes")
    terminal.see("> ")
    terminal.press("h\rh\r")
    terminal.see("Hint 2 of 2: Two")
    terminal.press("missile balance\r")
    terminal.see("✓ The missile balance")
    terminal.press("the balance of missiles\r")
    terminal.press("\r")
    terminal.see("1 of 2.")
    terminal.see("– To defend Cuba")
    terminal.see("u undo")
    terminal.press("3")
    terminal.see("In what order?")
    terminal.press("q\r")
    assert terminal.end() == 0

    answer = library("show", "cold/missiles#causes", "--json").json["reviews"][0]
    assert (answer["grade"], answer["typed"]) == (4, "missile balance; the balance of missiles")
    assert max(len(line.rstrip()) for line in terminal.text.replace("\r", "\n").splitlines()) <= columns


def test_an_order_is_typed_and_space_shows_it_too(library: Fasti, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = desk(library, "end", monkeypatch=monkeypatch)
    shown = terminal.see("Space shows it.")
    label = {name: shown[shown.index(name) - 2] for name in ("U-2 shot", "Dobrynin", "Broadcast")}
    terminal.press("1 1\r")
    terminal.see("Type each of the 3 once")
    terminal.press(label["U-2 shot"] + label["Dobrynin"] + label["Broadcast"] + "\r")
    terminal.see("Right.")
    terminal.see("[3 good")
    terminal.press("1")
    terminal.see("Fill in")
    terminal.press("q\r")
    assert terminal.end() == 0


def test_space_reveals_an_order_to_be_judged_by_oneself(
    library: Fasti, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = desk(library, "end", monkeypatch=monkeypatch)
    terminal.see("Space shows it.")
    terminal.press(" ")
    terminal.see("1 U-2 shot down")
    terminal.see("[3 good")
    terminal.press("q")
    assert terminal.end() == 0


def test_a_cloze_is_shown_in_place_and_all_keys_can_be_found(
    library: Fasti, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = desk(library, "truman", monkeypatch=monkeypatch)
    terminal.see("The [policy] helped Greece.")
    terminal.press("??\r")
    terminal.see("open the card in your editor")
    terminal.press("truman doctrine\r")
    terminal.see("Fill in  The [policy] helped Greece.")
    assert "The Truman Doctrine helped Greece." in terminal.see("Doctrine helped Greece.")
    terminal.press("q")
    terminal.end()


def test_a_wrong_answer_that_is_another_fact_is_told(library: Fasti, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = desk(library, "castro", monkeypatch=monkeypatch)
    terminal.see("Prime minister")
    terminal.press("i\r")
    known = terminal.see("line 7.")
    assert "New: not asked before." in known
    assert "castro" not in known
    terminal.press("Fulgencio Batista\r")
    terminal.see("That is Fulgencio Batista: Ruler before 1959.")
    terminal.see("u undo")
    terminal.press("i")
    assert "Source: Gaddis." in terminal.see("Gaddis.\r\n")
    terminal.press("q")
    terminal.end()


def editor(fasti: Fasti, old: str, new: str) -> tuple[str, Path]:
    """An editor that replaces words in the file that it is given."""
    script = fasti.write("editor.py", EDITOR)
    told = fasti.folder / "told.txt"
    return f"{sys.executable} '{script}' '{told}' '{old}' '{new}'", told


def test_a_card_is_edited_and_asked_again(library: Fasti, monkeypatch: pytest.MonkeyPatch) -> None:
    command, told = editor(library, "Prime minister", "Leader of Cuba")
    terminal = desk(library, "castro", editor=command, monkeypatch=monkeypatch)
    terminal.see("Prime minister")
    terminal.press("e\r")
    terminal.see("Changed; here it is again.")
    terminal.see("Leader of Cuba")
    terminal.press("Castro\r")
    terminal.see("Fidel Castro")
    terminal.see("u undo")
    terminal.press("e")
    terminal.see("Nothing was changed.")
    terminal.see("Leader of Cuba")
    terminal.press("q\r")
    assert terminal.end() == 0
    assert "cold.yaml" in told.read_text(encoding="utf-8")


CASTRO = "  - {person: Fidel Castro, who: Prime minister, ask: [name], id: castro, source: Gaddis}"


@pytest.mark.parametrize(
    ("new", "said", "next_asked"),
    [
        ("", "This card is left out for now", "Ruler before 1959"),
        ("  - {person: Fidel Castro, id: castro}", "the card is asked as it was", "Prime minister"),
        ("  - {person: Fidel Castro, who: [", "the card is asked as it was", "Prime minister"),
    ],
)
def test_after_a_fact_that_is_gone_the_next_one_is_asked_and_a_broken_one_as_it_was(
    library: Fasti, new: str, said: str, next_asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, _ = editor(library, CASTRO, new)
    terminal = desk(library, "castro", editor=command, monkeypatch=monkeypatch)
    terminal.see("Prime minister")
    terminal.press("e\r")
    terminal.see(said)
    terminal.see(next_asked)
    terminal.press("q\r")
    assert terminal.end() == 0


@pytest.mark.parametrize(
    "harm",
    [
        "import termios, sys; m = termios.tcgetattr(0); m[3] |= 10; termios.tcsetattr(0, 0, m)",
        "import os; os.kill(os.getpid(), 9)",
        "import sys; sys.stdout.write('\\x1b[?1049h\\x1b[?25l\\x1b[31m'); sys.stdout.flush(); sys.exit(3)",
        (
            "import os; os.setpgid(0, 0); import signal; signal.signal(signal.SIGTTOU, signal.SIG_IGN);"
            " os.tcsetpgrp(0, os.getpgrp())"
        ),
    ],
)
def test_whatever_the_editor_does_the_review_goes_on(
    library: Fasti, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = library.write("harm.py", harm)
    terminal = desk(library, "castro", editor=f"{sys.executable} {script}", monkeypatch=monkeypatch)
    terminal.see("Prime minister")
    terminal.press("e\r")
    terminal.see("Nothing was changed." if "exit" not in harm and "kill" not in harm else "The editor ended")
    terminal.see("Prime minister")
    terminal.press("Castro\r")
    terminal.see("Close: surname only.")
    terminal.see("u undo")
    terminal.press("2")
    terminal.see("Ruler before 1959")
    terminal.press("\x03")
    assert terminal.end() == 130


def test_an_editor_that_is_not_there_is_a_sentence(library: Fasti, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = desk(library, "castro", editor="no-such-editor", monkeypatch=monkeypatch)
    terminal.see("Prime minister")
    terminal.press("e\r")
    terminal.see("The editor `no-such-editor` was not found.")
    terminal.press("q\r")
    assert terminal.end() == 0


def test_a_deck_that_comes_with_the_program_is_made_ones_own_by_a_copy(
    fasti: Fasti, monkeypatch: pytest.MonkeyPatch
) -> None:
    fasti.answer(5)
    first = fasti("show", "cuban-missile-crisis", "--json").json["cards"]
    done = [card["card"] for card in first if card["reviews"]]
    monkeypatch.setenv("EDITOR", "false")
    terminal = Desk(fasti, "review", "cuban-missile-crisis")
    terminal.see("new")
    terminal.press("e\r")
    terminal.see("part of the program")
    terminal.press("q\r")
    terminal.end()
    words = " ".join(terminal.text.split())
    path = words.partition("copy `")[2].partition("`")[0].replace(" ", "")

    shutil.copy(path, fasti.folder / "mine.yaml")
    assert fasti("remove", "cuban-missile-crisis").code == 0
    assert fasti("add", "mine.yaml").code == 0
    shown = fasti("show", done[0], "--json").json
    assert (len(shown["reviews"]), shown["retired"]) == (1, False)
