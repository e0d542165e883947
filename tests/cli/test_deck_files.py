"""Commands on deck files, through the real program."""

import json
import shutil
import subprocess

import pytest

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


def test_a_new_edition_is_compared_with_the_old_one(fasti: Fasti) -> None:
    fasti.write("old.yaml", DECK)
    fasti.write("new.yaml", DECK.replace("1962-10-22", "1962-10-23"))
    same = fasti("deck", "diff", "old.yaml", "old.yaml", "--json")
    differs = fasti("deck", "diff", "old.yaml", "new.yaml", "--json")
    missing = fasti("deck", "diff", "old.yaml", "nothing.yaml")

    assert (same.code, differs.code, missing.code) == (0, 1, 2)
    assert (same.json["same"], differs.json["same"]) == (True, False)
    (deck,) = differs.json["decks"]
    assert list(deck) == ["before", "after", "title", "same", "facts", "cards", "changes"]
    assert (deck["facts"]["answer changed"], deck["facts"]["kept"]) == (1, 1)
    (change,) = deck["changes"]
    assert (change["fate"], change["line_after"]) == ("answer changed", 5)
    assert [(card["before"], card["after"]) for card in change["cards"]] == [
        ("22 October 1962", "23 October 1962")
    ]
    assert not fasti.home.exists()


def test_a_deck_of_the_library_is_compared_and_not_touched(fasti: Fasti) -> None:
    fasti.write("crises.yaml", DECK)
    fasti("add", "crises.yaml")
    fasti.write("next.yaml", DECK.replace("Kennedy announces the", "Kennedy announces a naval"))
    done = fasti("deck", "diff", "crises", "next.yaml")

    assert "1 reworded fact, 1 as before" in done.out
    assert fasti("show", "announces the", "--json").code == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_an_earlier_state_of_a_git_checkout_is_compared(fasti: Fasti) -> None:
    def git(*arguments: str) -> None:
        name = ["-c", "user.name=A Teacher", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *name, *arguments], cwd=fasti.folder, check=True, capture_output=True)

    git("init", "-q")
    fasti.write("unit 1/crises.yaml", DECK)
    fasti.write(".hidden/other.yaml", DECK.replace("Crises", "Other"))
    git("add", "-A")
    git("commit", "-q", "-m", "first")
    fasti.write("unit 1/crises.yaml", DECK.replace("1962-10-22", "1962-10-23"))

    file = fasti("deck", "diff", "HEAD:unit 1/crises.yaml", "unit 1/crises.yaml", "--json").json
    folder = fasti("deck", "diff", "HEAD:", ".", "--json").json
    assert file["decks"][0]["facts"] == folder["decks"][0]["facts"]
    assert len(folder["decks"]) == 1
    for wrong in ("HEAD~1:unit 1/crises.yaml", "HEAD:nothing.yaml", "-x:a", "--help:a"):
        done = fasti("deck", "diff", "--", wrong, "unit 1/crises.yaml")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("error: ")


def test_the_schema_is_written_where_it_is_wanted(fasti: Fasti) -> None:
    printed = fasti("deck", "schema")
    done = fasti("deck", "schema", "-o", "my.schema.json")
    nowhere = fasti("deck", "schema", "-o", "no/such/folder.json")

    assert done.out == "# yaml-language-server: $schema=my.schema.json\n"
    assert json.loads((fasti.folder / "my.schema.json").read_text(encoding="utf-8")) == printed.json
    assert fasti("deck", "schema", "--modeline").out == "# yaml-language-server: $schema=deck.schema.json\n"
    assert nowhere.err.startswith("error: `no/such/folder.json` cannot be written")


@pytest.mark.parametrize("command", [["pin"], ["sources"], ["pack"], ["diff", "crises"]])
def test_of_a_folder_the_files_that_are_no_decks_are_left_alone(fasti: Fasti, command: list[str]) -> None:
    fasti.write("decks/crises.yaml", DECK)
    ci = fasti.write("decks/ci.yml", "name: CI\non: push\n")
    fasti.write("empty/ci.yml", "name: CI\n")
    fasti("add", "decks/crises.yaml")

    assert fasti("deck", *command, "decks").code == 0
    assert ci.read_text(encoding="utf-8") == "name: CI\non: push\n"
    assert "there is no deck in `empty`" in fasti("deck", *command, "empty").err
