"""The web of causes and effects as a person sees it and hears it."""

import pytest

from fasti.causality import Causality, causality
from fasti.core.text import printable
from fasti.decks.read import read_deck
from fasti.ui.causes import causes_lines
from fasti.ui.causes_spoken import causes_sentences
from fasti.ui.lines import Line, cells, plain
from fasti.ui.look import Look
from tests.ui.conftest import Golden

WIDTHS = [40, 80, 120, 200]

WAR = """
deck: The road to war
facts:
  - {event: "Germany builds a battle fleet", id: fleet, date: 1898, leads to: [arms]}
  - {event: "Britain and Germany race to arm at sea", id: arms, date: 1906-1914, leads to: [fear, fleet]}
  - {event: "Each power fears that it will be too late", id: fear, date: before 1914, leads to: [war]}
  - {event: "Franz Ferdinand is shot at Sarajevo", id: shot, date: 28 June 1914, caused by: [The Black Hand]}
  - {event: "Austria sends Serbia an ultimatum", id: ultimatum, date: 23 July 1914, caused by: [shot, "Germany's blank cheque"]}
  - {event: "Russia mobilises", id: mobilises, date: 30 July 1914, caused by: [ultimatum], leads to: [war, "俄国动员令引发连锁反应"]}
  - {event: "War breaks out", id: war, date: August 1914, caused by: [ultimatum]}
  - {cause: War breaks out, effect: "Women work in factories 🏭", why: The men are at the front}
  - {effect: "The war lasts four years", causes: [Machine guns, Trenches, "מלחמת התשה"]}
  - {event: "Unrelated", date: 1914}
"""


def web(fact: str | None = None, source: str = WAR) -> Causality:
    deck = read_deck(source).deck
    assert deck
    return causality(deck, fact)


def text(lines: list[Line]) -> str:
    return "".join(f"{plain(each)}\n" for each in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_web_looks_as_it_should(golden: Golden, width: int) -> None:
    golden(f"causes-{width}", text(causes_lines(web(), Look(width))))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_causes_and_effects_of_a_fact_look_as_they_should(golden: Golden, width: int) -> None:
    golden(f"causes-of-{width}", text(causes_lines(web("war"), Look(width))))


def test_a_web_in_ascii_looks_as_it_should(golden: Golden) -> None:
    shown = text(causes_lines(web(), Look(80, "ascii", ascii_signs=True)))

    assert shown.isascii()
    golden("causes-ascii-80", shown)


def test_a_web_sounds_as_it_should(golden: Golden) -> None:
    golden("causes-spoken-80", text(causes_sentences(web(), Look(80))))
    golden("causes-of-spoken-80", text(causes_sentences(web("war"), Look(80))))


@pytest.mark.parametrize("width", [20, 40, 59, 80, 120, 200, 10_000])
@pytest.mark.parametrize("fact", [None, "war", "fear", "Machine guns"])
def test_no_line_is_wider_than_the_screen(fact: str | None, width: int) -> None:
    assert all(cells(plain(line)) <= min(width, 200) for line in causes_lines(web(fact), Look(width)))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_cause_and_effect_is_named_once(width: int) -> None:
    found = web()
    shown = " ".join(text(causes_lines(found, Look(width))).replace("│", " ").split())

    for node in found.web.nodes:
        if node.title.isascii() and len(node.title.split()) > 3:
            assert shown.count(node.title) == 1


@pytest.mark.parametrize("fact", [None, "war", "fleet"])
def test_the_sentences_begin_with_words(fact: str | None) -> None:
    assert all(plain(line)[:1].isalnum() for line in causes_sentences(web(fact), Look(10_000)))


def test_a_circle_is_said_to_be_one() -> None:
    assert "back to 2 above, in a circle: Germany builds a…" in text(causes_lines(web(), Look(80)))


def test_what_has_no_cause_says_so() -> None:
    shown = text(causes_lines(web("Machine guns"), Look(80)))

    assert "What led to it\nNothing that the deck tells of.\n" in shown
    assert "↓ The war lasts four years" in shown


def test_why_is_told_once_beside_its_link() -> None:
    assert text(causes_lines(web(), Look(80))).count("why: The men are at the front") == 1


def test_a_long_chain_is_readable_on_a_narrow_screen() -> None:
    facts = "".join(
        f"  - {{event: Event {number}, id: e-{number}, date: 1914, leads to: [e-{number + 1}, Word {number}, Other {number}]}}\n"
        for number in range(40)
    )
    shown = causes_lines(
        web(None, f"deck: D\nfacts:\n{facts}  - {{event: End, id: e-40, date: 1918}}\n"), Look(40)
    )

    assert all(cells(plain(line)) <= 40 for line in shown)
    assert all(len(plain(line).lstrip("│├└─↓← ")) > 2 for line in shown if plain(line))


def test_hostile_words_cannot_act() -> None:
    nasty = 'deck: D\nfacts:\n  - {cause: "[b]x[/b] :boom:", effect: "y \\u200b z", why: "[/red]"}\n'
    shown = text(causes_lines(web(None, nasty), Look(80)))

    assert "[b]x[/b] :boom:" in shown
    assert printable(shown) == shown
