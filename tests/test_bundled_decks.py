"""The decks that come with the program: no problems, sources everywhere, causes before their effects."""

from collections import Counter
from pathlib import Path

import pytest

from fasti.checking import check
from fasti.core.cards import cards_of
from fasti.core.date_reading import read_date
from fasti.core.dates import order_key
from fasti.core.facts import Deck, Fact
from fasti.core.kinds import BUILT_IN
from fasti.core.links import Links
from fasti.decks.read import read_deck
from fasti.settings import BUNDLED_DECKS

DECKS = sorted((Path(__file__).parent.parent / "decks").glob("*.yaml"))
LEAST = {"cuban-missile-crisis": 110, "cold-war-origins": 50}


def test_every_deck_that_ships_is_met_by_a_new_student() -> None:
    assert sorted(BUNDLED_DECKS) == [path.name for path in DECKS]


@pytest.fixture(params=DECKS, ids=lambda path: path.stem)
def deck(request: pytest.FixtureRequest) -> Deck:
    reading = read_deck(request.param.read_text(encoding="utf-8"))
    assert reading.problems == ()
    assert reading.deck
    return reading.deck


def test_nothing_is_told_of_the_decks_together() -> None:
    assert [problem for checked in check(DECKS) for problem in checked.problems] == []


def test_every_fact_has_an_id_a_unit_and_a_source_of_the_decks_own(deck: Deck) -> None:
    for fact in deck.facts:
        assert fact.id
        assert fact.unit
        assert fact.sources
        assert all(source.partition(",")[0] in deck.sources for source in fact.sources)


def test_a_deck_has_facts_of_every_kind_and_enough_of_them(deck: Deck) -> None:
    kinds = Counter(fact.kind for fact in deck.facts)

    assert set(kinds) == {*BUILT_IN, *deck.kinds}
    assert sum(kinds.values()) >= LEAST[deck.id]


def test_no_cause_comes_after_its_effect(deck: Deck) -> None:
    facts = {fact.id: fact for fact in deck.facts}
    links = [
        (facts[one], facts[other])
        for fact in deck.facts
        for one, other in [
            *((cause, fact.id) for cause in fact.fields.get("caused by", ())),
            *((fact.id, effect) for effect in fact.fields.get("leads to", ())),
        ]
        if one in facts and other in facts
    ]
    assert links
    for cause, effect in links:
        if cause.kind == effect.kind == "event":
            assert begins(cause) <= begins(effect), f"{cause.id} is dated after {effect.id}"


def test_no_two_cards_ask_the_same(deck: Deck) -> None:
    kinds = {**BUILT_IN, **deck.kinds}
    links = Links(deck.facts, kinds)
    cards = [card for fact in deck.facts for card in cards_of(fact, kinds[fact.kind], links, deck.sources)]
    asked = Counter(card.question for card in cards)

    assert [question for question, times in asked.items() if times > 1] == []
    assert all(len(card.answer) <= 7 for card in cards)


def test_answers_are_short(deck: Deck) -> None:
    kinds = {**BUILT_IN, **deck.kinds}
    links = Links(deck.facts, kinds)
    for fact in deck.facts:
        for card in cards_of(fact, kinds[fact.kind], links, deck.sources):
            assert max(len(answer.split()) for answer in card.answer) <= 25, card.answer


def begins(fact: Fact) -> object:
    return order_key(read_date(fact.text("date")))[0]
