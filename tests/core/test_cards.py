"""The cards of a fact: what each asks, and what its answer shows."""

import pytest

from fasti.core.card import Card, Judge
from fasti.core.cards import cards_of, citation
from fasti.core.facts import Fact, Source
from fasti.core.kinds import BUILT_IN, CardForm, Field, Kind
from fasti.core.links import Links


def made(fact: Fact, *others: Fact, kinds: dict[str, Kind] | None = None) -> dict[str, Card]:
    """The fact's cards by what they ask."""
    declared = {**BUILT_IN, **(kinds or {})}
    links = Links([fact, *others], declared)
    return {card.asks: card for card in cards_of(fact, declared[fact.kind], links, {})}


def fields(**texts: str | tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {
        name.replace("_", " "): (value,) if isinstance(value, str) else value for name, value in texts.items()
    }


SPEECH = Fact("event", fields(event="Kennedy announces the quarantine", date="1962-10-22"), id="speech")


def test_an_event_asks_when_by_default() -> None:
    cards = made(SPEECH)

    assert list(cards) == ["when"]
    assert cards["when"].question == "When? Kennedy announces the quarantine"
    assert cards["when"].answer == ("22 October 1962",)
    assert cards["when"].judge is Judge.DATE


@pytest.mark.parametrize(
    ("fact", "asked"),
    [
        (Fact("person", fields(person="John McCone", who="Director of Central Intelligence")), ["who"]),
        (Fact("effect", fields(effect="Missiles go to Cuba", causes=("Defence", "Balance"))), ["causes"]),
        (Fact("cause", fields(cause="Bay of Pigs", effect="Castro turns to Moscow")), ["effect"]),
        (Fact("term", fields(term="quarantine", means="a blockade by another name")), ["meaning"]),
        (Fact("q", fields(q="Why?", a="Because.")), ["answer"]),
        (Fact("order", fields(order="The end", items=("one", "two"))), ["order"]),
        (
            Fact("cloze", fields(cloze="The {Truman Doctrine} of {1947|year}")),
            ["cloze:truman-doctrine", "cloze:1947"],
        ),
    ],
)
def test_each_kind_asks_its_default_cards(fact: Fact, asked: list[str]) -> None:
    assert list(made(fact)) == asked


def test_ask_names_exactly_the_cards_that_are_made() -> None:
    fact = Fact(
        "term", fields(term="quarantine", means="a blockade by another name"), ask=("term", "meaning")
    )

    assert list(made(fact)) == ["meaning", "term"]
    assert list(made(Fact(fact.kind, fact.fields, ask=("term",)))) == ["term"]


def test_the_authors_own_question_stands_in_place_of_the_question_word() -> None:
    fact = Fact(SPEECH.kind, SPEECH.fields, question="On which Monday did Kennedy speak?")

    assert made(fact)["when"].question == "On which Monday did Kennedy speak?"


def test_a_blank_shows_its_hint_and_the_other_words() -> None:
    cards = made(Fact("cloze", fields(cloze="The {Truman Doctrine|policy} was announced in {March 1947}.")))

    assert cards["cloze:truman-doctrine"].prompt == "The [policy] was announced in March 1947."
    assert cards["cloze:march-1947"].prompt == "The Truman Doctrine was announced in […]."
    assert cards["cloze:march-1947"].answer == ("March 1947",)


def test_the_same_hidden_words_twice_are_one_card_that_hides_both() -> None:
    cards = made(Fact("cloze", fields(cloze="{Berlin} is {Berlin}")))

    assert list(cards) == ["cloze:berlin"]
    assert cards["cloze:berlin"].prompt == "[…] is […]"


def test_one_card_for_each_cause_is_named_by_the_cause_and_not_by_its_place() -> None:
    def asked(*causes: str) -> set[str]:
        return set(made(Fact("effect", fields(effect="War", causes=causes), ask=("each",))))

    assert asked("Fear", "Pride") == {"each:fear", "each:pride"} == asked("Pride", "Fear")


def test_links_are_shown_in_words_and_count_from_both_sides() -> None:
    photographs = Fact(
        "event", fields(event="A U-2 photographs missiles", date="1962-10-14", leads_to="speech"), id="u2"
    )
    speech = Fact(
        "event",
        fields(event="Kennedy speaks", date="1962-10-22", caused_by=("u2", "Pressure at home")),
        id="speech",
        ask=("causes",),
    )

    assert made(speech, photographs)["causes"].answer == ("A U-2 photographs missiles", "Pressure at home")
    effects = Fact(photographs.kind, photographs.fields, id="u2", ask=("effects",))
    assert made(effects, speech)["effects"].answer == ("Kennedy speaks",)


def test_a_card_without_an_answer_is_not_made() -> None:
    assert made(Fact(SPEECH.kind, SPEECH.fields, ask=("causes",))) == {}


def test_what_is_not_asked_is_shown_with_the_answer() -> None:
    person = Fact("person", fields(person="John McCone", who="Director of the CIA", lived="1902-1991"))

    assert made(person)["who"].extras == ("lived 1902-1991",)


def test_a_kind_of_the_decks_own_makes_its_cards() -> None:
    quote = Kind(
        "quote",
        "",
        (Field("quote", required=True), Field("speaker", required=True)),
        (CardForm("speaker", "", "{quote}", "{speaker}"),),
        ("quote",),
    )
    fact = Fact("quote", fields(quote="Ich bin {0} ein Berliner", speaker="Kennedy"))

    card = made(fact, kinds={"quote": quote})["speaker"]
    assert (card.prompt, card.answer) == ("Ich bin {0} ein Berliner", ("Kennedy",))


def test_a_source_is_cited_by_its_title_with_the_place_in_it() -> None:
    sources = {
        "frus11": Source(
            "frus11", "FRUS, vol. XI", author="", publisher="Office of the Historian", year="1996"
        )
    }

    assert citation("frus11, doc. 44", sources) == "FRUS, vol. XI, doc. 44"
    assert citation("Gaddis, The Cold War (2005)", sources) == "Gaddis, The Cold War (2005)"
