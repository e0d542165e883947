"""Which facts stand on which sources."""

from fasti.core.sourcing import Sourcing, sourcing
from fasti.decks.read import read_deck

DECK = """deck: D
sources:
  frus: {title: FRUS, url: https://example.org}
  gaddis: Gaddis, The Cold War
  spare: Never opened
facts:
  - {event: One, date: 1962, source: "frus, doc. 44"}
  - {event: Two, date: 1963, id: two, source: [frus, "gaddis, pp. 1-2", "A letter, 1962"]}
  - {event: Three, date: 1964}
"""


def of(*texts: str) -> Sourcing:
    decks = [(f"{number}.yaml", read_deck(text).deck) for number, text in enumerate(texts, 1)]
    return sourcing([(path, deck) for path, deck in decks if deck])


def test_each_source_has_the_facts_that_cite_it_and_where_in_it() -> None:
    frus, gaddis, _, letter = of(DECK).works

    assert [(fact.title, fact.line, fact.cited) for fact in frus.facts] == [
        ("One", 7, "doc. 44"),
        ("Two", 8, ""),
    ]
    assert [(fact.id, fact.cited) for fact in gaddis.facts] == [("two", "pp. 1-2")]
    assert (letter.name, letter.work.title, len(letter.facts)) == ("", "A letter, 1962", 1)


def test_facts_without_a_source_and_sources_without_a_fact_are_told() -> None:
    found = of(DECK)

    assert [(fact.title, fact.line) for fact in found.without] == [("Three", 9)]
    assert [work.name for work in found.unused] == ["spare"]
    assert found.facts == 3


def test_one_work_in_two_files_is_one_and_another_of_its_name_is_not() -> None:
    found = of(DECK, DECK, DECK.replace("title: FRUS", "title: Another"))

    assert [len(work.facts) for work in found.works if work.name == "frus"] == [4, 2]
    assert {fact.path for fact in found.works[0].facts} == {"1.yaml", "2.yaml"}
