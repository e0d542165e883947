"""Facts and decks survive being stored."""

from pathlib import Path

import pytest

from fasti.core.card import Judge
from fasti.core.content import answer_in, content_of, deck_of, fact_of, header_of
from fasti.core.facts import Deck, Fact, Source
from fasti.core.kinds import BUILT_IN, CardForm, Field, Form, Kind
from fasti.decks.read import read_deck_bytes
from fasti.settings import BUNDLED_DECKS, bundled

QUOTE = Kind(
    "quote",
    "words and who said them",
    (
        Field("quote", required=True, about="the words"),
        Field("said", Form.DATE),
        Field("also", Form.TEXTS, least=2),
    ),
    (CardForm("speaker", "Who?", "{quote}", "{also}", Judge.TEXT, False, "also"),),
    ("quote", "said"),
)


def test_a_header_comes_back_as_it_was() -> None:
    deck = Deck(
        id="war",
        title="War “Two”",
        facts=(),
        kinds={"quote": QUOTE},
        sources={
            "frus": Source("frus", "FRUS", year="1961", url="https://example.org"),
            "b": Source("b", "B"),
        },
        author="An author",
        language="en",
        description="Two\nlines",
        licence="CC0",
        tags=("a", "b"),
        named=True,
    )

    assert deck_of("war", "War “Two”", header_of(deck)) == deck


def test_an_empty_header_is_an_empty_header() -> None:
    assert header_of(Deck("a", "A", ())) == "{}"
    assert deck_of("a", "A", "{}") == Deck("a", "A", (), named=True)


@pytest.mark.parametrize("kind", BUILT_IN.values(), ids=lambda kind: kind.name)
def test_every_kind_can_be_kept(kind: Kind) -> None:
    deck = Deck("a", "A", (), kinds={kind.name: kind}, named=True)

    assert deck_of("a", "A", header_of(deck)) == deck


@pytest.mark.parametrize("name", BUNDLED_DECKS)
def test_every_fact_of_a_real_deck_comes_back(name: str) -> None:
    deck = read_deck_bytes(Path(bundled("decks") / name).read_bytes(), name_hint=name).deck
    assert deck is not None

    def without_places(fact: Fact) -> Fact:
        return fact_of(content_of(fact, ""))

    for fact in deck.facts:
        again = without_places(fact)
        assert content_of(again, "an answer") == content_of(fact, "an answer")
        assert again.fields == dict(fact.fields)
    assert answer_in(content_of(deck.facts[0], "an answer")) == "an answer"
