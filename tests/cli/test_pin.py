"""Ids written into deck files, through the real program: afterwards every word may change."""

import re
from pathlib import Path

import pytest

from fasti import pinning
from fasti.pinning import ChangedMeanwhileError, PinnedFile
from tests.cli.program import Fasti

DECK = """# My deck
deck: Crises
facts:
  - event: Kennedy announces the quarantine   # on television
    date: 1962-10-22
  - {person: John McCone, who: Director of Central Intelligence}
  - cause: Bay of Pigs invasion
    effect: Castro turns to Moscow
  - cloze: The {Truman Doctrine} was announced in {March 1947}
"""
EVERY_WORD_ANOTHER = """deck: Something else altogether
{deck}
facts:
  - event: On Monday evening the President goes on air
{0}
    date: 22 October 1962
  - {{person: J. A. M., {1}, who: He led the agency}}
  - cause: A landing fails
{2}
    effect: Havana looks for friends
  - cloze: In {{March 1947}} came a {{Truman Doctrine}}
{3}
"""


def learnt(fasti: Fasti) -> list[int]:
    """How often each card of the library has been passed, asked on a day when all are due."""
    lines = fasti.on(400).answer(*[5] * 20, options=["--new", "0"])
    return [line["repetitions"] - 1 for line in lines]


def ids(path: Path) -> list[str]:
    return re.findall(r"\bid: ([^\s,]+)", path.read_text(encoding="utf-8"))


def test_a_pinned_deck_may_be_reworded_in_every_line(fasti: Fasti) -> None:
    path = fasti.write("crises.yaml", DECK)
    fasti("add", "crises.yaml")
    assert len(fasti.answer(*[5] * 9)) == 4
    assert fasti("deck", "pin", "crises.yaml").code == 0
    deck, *facts = re.findall(r"\bid: [^\s,]+", path.read_text(encoding="utf-8"))
    lines = [f"    {each}" if number != 1 else each for number, each in enumerate(facts)]
    fasti.write("crises.yaml", EVERY_WORD_ANOTHER.format(*lines, deck=deck))

    assert learnt(fasti) == [1, 1, 1, 1]
    assert [each["deck"] for each in fasti("due", "--json").json["decks"]] == ["crises"]


def test_a_pinned_deck_handed_out_under_another_name_is_the_same_deck(fasti: Fasti) -> None:
    path = fasti.write("crises.yaml", DECK)
    fasti("add", "crises.yaml")
    fasti.answer(*[5] * 9)
    fasti("deck", "pin", "crises.yaml")
    text = path.read_text(encoding="utf-8").replace("deck: Crises", "deck: Crises, second edition")
    path.unlink()
    fasti.write("crises-2.yaml", text)
    fasti("add", "crises-2.yaml")

    assert learnt(fasti) == [1, 1, 1, 1]


def test_the_ids_are_those_that_the_library_remembers(fasti: Fasti) -> None:
    fasti.write("crises.yaml", DECK)
    fasti("add", "crises.yaml")
    card = fasti("show", "quarantine", "--json").json["card"]
    path = fasti.write("crises.yaml", DECK.replace("announces the", "announces a naval"))
    fasti("deck", "pin", "crises.yaml")

    assert ids(path)[1] == card.partition("/")[2].partition("#")[0]
    assert ids(path)[0] == "crises"


def test_pinning_is_nothing_that_a_student_is_told_of(fasti: Fasti) -> None:
    fasti.write("crises.yaml", DECK)
    fasti("add", "crises.yaml")
    fasti("deck", "pin", "crises.yaml")

    assert fasti("due").err == ""


def test_without_a_library_the_ids_are_those_of_a_first_add_anywhere(fasti: Fasti) -> None:
    path = fasti.write("crises.yaml", DECK)
    assert fasti("deck", "pin", "crises.yaml").code == 0
    assert not fasti.home.exists()
    elsewhere = Fasti(fasti.home / "other", fasti.folder)
    elsewhere.write("unpinned.yaml", DECK)
    elsewhere("add", "unpinned.yaml")
    elsewhere("due")
    cards = [elsewhere("show", words, "--json").json["card"] for words in ("quarantine", "McCone", "Pigs")]

    assert [card.partition("#")[0] for card in cards] == [f"crises/{each}" for each in ids(path)[1:4]]


def test_a_new_edition_beside_the_deck_gets_the_ids_of_the_deck(fasti: Fasti) -> None:
    old = fasti.write("crises.yaml", DECK)
    fasti("add", "crises.yaml")
    new = fasti.write("next.yaml", DECK.replace("announces the", "announces a naval"))
    fasti("deck", "pin", "crises.yaml", "next.yaml")

    assert ids(old) == ids(new)


def test_pinning_again_changes_nothing(fasti: Fasti) -> None:
    path = fasti.write("crises.yaml", DECK)
    fasti("deck", "pin", "crises.yaml")
    before = path.read_bytes(), path.stat().st_mtime_ns
    again = fasti("deck", "pin", "crises.yaml")

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert again.out == "crises.yaml: every fact has its id\n"


def test_a_dry_run_shows_the_difference_and_writes_nothing(fasti: Fasti) -> None:
    path = fasti.write("crises.yaml", DECK)
    done = fasti("deck", "pin", "--dry-run", "crises.yaml")

    assert path.read_text(encoding="utf-8") == DECK
    added = [line for line in done.out.splitlines() if line.startswith("+") and "id: " in line]
    assert len(added) == 5
    assert "crises.yaml: to be written: 4 ids and the deck's own, `crises`" in done.out


def test_the_values_for_programs(fasti: Fasti) -> None:
    fasti.write("crises.yaml", DECK.replace("1962-10-22", "1962-13-22").replace("who:", "id: john, who:"))
    done = fasti("deck", "pin", "--json", "crises.yaml")
    (file,) = done.json["files"]

    assert done.code == 1
    assert done.json["version"] == 1
    assert list(file) == ["path", "deck", "names_deck", "pinned", "left", "already", "damaged"]
    assert (file["deck"], file["names_deck"], file["already"], file["damaged"]) == ("crises", True, 1, 1)
    assert [(pin["line"], pin["title"]) for pin in file["pinned"]] == [
        (7, "Bay of Pigs invasion"),
        (9, "The Truman Doctrine was announced in March 1947"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello\n", "it is not a deck"),
        ("deck: D\nfacts:\n\t- q: a\n", "YAML cannot read line 3"),
        ("", "it is not a deck"),
    ],
)
def test_what_is_no_good_deck_is_refused_and_left_alone(fasti: Fasti, text: str, said: str) -> None:
    path = fasti.write("bad.yaml", text)
    fasti.write("good.yaml", DECK)
    done = fasti("deck", "pin", "good.yaml", "bad.yaml")

    assert done.code == 1
    assert (
        done.err
        == f"error: `bad.yaml` gets no ids: {said}\nhint: `fasti check bad.yaml` says what is wrong with it\n"
    )
    assert path.read_text(encoding="utf-8") == text
    assert (fasti.folder / "good.yaml").read_text(encoding="utf-8") == DECK


def test_a_file_that_changed_in_the_meantime_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes(b"what another editor saved")
    file = PinnedFile(path, "d", True, (), 0, 0, b"as it was read", b"as it would be")

    with pytest.raises(ChangedMeanwhileError):
        pinning.write(file)
    assert path.read_bytes() == b"what another editor saved"
    assert list(tmp_path.iterdir()) == [path]
