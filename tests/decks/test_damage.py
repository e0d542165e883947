"""Decks damaged at random: nothing is raised, and what was not touched still loads."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.facts import START, Fact
from fasti.decks.read import read_deck, read_deck_bytes

HEADER = """\
# A comment at the top
deck: The long nineteenth century
author: A teacher
tags: [one, two]
sources:
  hobsbawm: {title: "The Age of Empire, 1875-1914", author: E. J. Hobsbawm}
  clark: Clark, The Sleepwalkers (2012)
kinds:
  quote: {fields: [quote, speaker], cards: {speaker: {ask: "{quote}", answer: "{speaker}"}}}

facts:
"""

FACTS = (
    """\
  - event: Assassination at Sarajevo   # the heir
    id: sarajevo-shots
    date: 1914-06-28
    leads to: Austria's ultimatum
    source: clark, ch. 7
""",
    """\
  - person: Otto von Bismarck
    who: "Chancellor: he unified Germany"
    lived: 1815-1898
    accept: [Bismarck, 'the "Iron Chancellor"']

""",
    """\
  - effect: The Great War
    causes:
      - Alliances
      - Arms race
      - Nationalism
    hint: Three of them
""",
    """\
  - cause: The Dreadnought is launched
    effect: Germany builds more ships
    why: >
      It made every older ship
      worthless.
""",
    "  - {term: entente, means: an understanding between powers, unit: Alliances}\n",
    """\
  # a remark
  - q: Who said "Some damned foolish thing in the Balkans"?
    a: |
      Bismarck,
      it is said
    source: "hobsbawm, p. 5"
""",
    "  - cloze: The {Entente Cordiale|agreement} was signed in {1904}.\n",
    """\
  - order: The July crisis
    items: [The blank cheque, The ultimatum, Mobilisation]
""",
    """\
  - quote: The lamps are going out
    speaker: Edward Grey
""",
)

# Characters that mean something to YAML, to decks, or to neither.
SIGNS = st.sampled_from(list("-:#{}[]'\"|>&*!%@`,?~ \t\\a1=“”…\x00\x1b\u202e\u2028é漢\ud800"))


def deck_of(facts: list[str]) -> str:
    return HEADER + "".join(facts)


def plain(fact: Fact) -> Fact:
    """The fact without its place in the file."""
    return replace(fact, place=START, places={})


WHOLE = [plain(fact) for fact in read_deck(deck_of(list(FACTS))).deck.facts]


@st.composite
def damaged(draw: st.DrawFn, text: str, most: int = 4) -> str:
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(0, len(text)))
        how = draw(st.sampled_from(["insert", "replace", "delete", "newline", "swap"]))
        if how == "insert":
            text = text[:at] + draw(SIGNS) + text[at:]
        elif how == "replace":
            text = text[:at] + draw(SIGNS) + text[at + 1 :]
        elif how == "delete":
            text = text[:at] + text[at + draw(st.integers(1, 8)) :]
        elif how == "newline":
            text = text[:at] + "\n" + text[at:]
        else:
            lines = text.splitlines(keepends=True)
            draw(st.randoms()).shuffle(lines)
            text = "".join(lines)
    return text


def test_the_deck_is_good_before_it_is_damaged() -> None:
    assert len(WHOLE) == len(FACTS)
    assert read_deck(deck_of(list(FACTS))).problems == ()


@given(damaged(deck_of(list(FACTS)), most=12))
@settings(deadline=None, max_examples=300)
def test_a_damaged_deck_raises_nothing(text: str) -> None:
    reading = read_deck(text)

    assert list(reading.problems) == sorted(reading.problems, key=lambda problem: problem.place)
    assert all(problem.place.line >= 1 <= problem.place.column for problem in reading.problems)


@given(st.text(alphabet=st.one_of(SIGNS, st.sampled_from("\n :-qafectsdk")), max_size=300))
@settings(deadline=None, max_examples=300)
def test_any_text_is_read_without_raising(text: str) -> None:
    read_deck(text)
    read_deck("deck: T\nfacts:\n" + text)


@given(st.binary(max_size=200))
@settings(deadline=None, max_examples=200)
def test_any_bytes_are_read_without_raising(data: bytes) -> None:
    reading = read_deck_bytes(data)

    assert reading.deck is not None or reading.problems


@pytest.mark.parametrize("number", range(len(FACTS)))
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_damage_to_one_fact_leaves_the_others(number: int, data: st.DataObject) -> None:
    facts = list(FACTS)
    dash, first = facts[number].split("- ", 1)
    facts[number] = dash + "- " + data.draw(damaged(first.rstrip("\n"), most=2)) + "\n"
    reading = read_deck(deck_of(facts))

    assert reading.deck is not None
    loaded = [plain(fact) for fact in reading.deck.facts]
    for other, fact in enumerate(WHOLE):
        if other != number:
            assert fact in loaded


@given(damaged(HEADER.removesuffix("facts:\n").rstrip("\n"), most=3))
@settings(deadline=None, max_examples=300)
def test_damage_to_the_header_leaves_the_facts(header: str) -> None:
    reading = read_deck(header + "\nfacts:\n" + "".join(FACTS))

    assert reading.deck is not None
    loaded = [plain(fact) for fact in reading.deck.facts]
    assert [fact for fact in WHOLE if not fact.sources and fact.kind != "quote" and fact not in loaded] == []
