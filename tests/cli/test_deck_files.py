"""Commands on deck files, through the real program."""

from tests.cli.program import Fasti

DECK = """deck: Crises
sources:
  frus: FRUS 1961-1963
facts:
  - event: Kennedy announces the quarantine
    date: 1962-10-22
    source: frus, doc. 44
  - {person: John McCone, who: Director of Central Intelligence}
"""


def test_sources_of_a_deck_wherever_it_is(fasti: Fasti) -> None:
    fasti.write("decks/crises.yaml", DECK)
    named = fasti("deck", "sources", "decks/crises.yaml", "--json").json
    folder = fasti("deck", "sources", "decks", "--json").json
    fasti("add", "decks/crises.yaml")
    library = fasti("deck", "sources", "Crises", "--json").json

    assert list(named) == ["version", "deck", "facts", "sources", "without_source", "never_cited"]
    (frus,) = named["sources"]
    assert {key: frus[key] for key in ("name", "title")} == {"name": "frus", "title": "FRUS 1961-1963"}
    assert [(fact["line"], fact["cited"]) for fact in frus["facts"]] == [(5, "doc. 44")]
    assert [fact["title"] for fact in named["without_source"]] == ["John McCone"]
    assert folder["sources"] == named["sources"]
    assert [fact["line"] for fact in library["sources"][0]["facts"]] == [5]


def test_sources_are_printed_for_people(fasti: Fasti) -> None:
    fasti.write("crises.yaml", DECK)
    done = fasti("deck", "sources", "crises.yaml")

    assert done.code == 0
    assert "Crises: 2 facts, 1 source, 1 without a source" in done.out
    assert not fasti.home.exists()


def test_a_deck_that_is_nowhere_is_refused(fasti: Fasti) -> None:
    done = fasti("deck", "sources", "nothing")

    assert (done.code, done.out) == (1, "")
    assert done.err == "error: there is no file or folder `nothing`\n"


def test_what_is_no_deck_is_refused(fasti: Fasti) -> None:
    fasti.write("bad.yaml", "hello")
    done = fasti("deck", "sources", "bad.yaml")

    assert (
        done.err
        == "error: `bad.yaml` is not a deck\nhint: `fasti check bad.yaml` says what is wrong with it\n"
    )
