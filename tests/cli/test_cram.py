"""Cramming with the real program: answers are kept, and nothing moves."""

from typing import Any

import pytest

from tests.cli.program import Fasti

WAR = """deck: War
id: war
tags: [modern]
facts:
  - {q: One?, a: a, id: one, unit: Unit 1, tags: [kings]}
  - {q: Two?, a: b, id: two, unit: Unit 1}
  - {q: Three?, a: c, id: three, unit: Unit 2}
"""
ART = "deck: Art\nid: art\nfacts:\n  - {q: Four?, a: d, id: four, tags: [kings]}\n"


@pytest.fixture
def library(fasti: Fasti) -> Fasti:
    fasti("add", str(fasti.write("war.yaml", WAR)), str(fasti.write("art.yaml", ART)))
    return fasti


def cram(fasti: Fasti, *arguments: str, grades: object = (4,) * 20) -> list[Any]:
    done = fasti("cram", "--six", "--json", *arguments, stdin=grades)  # type: ignore[arg-type]
    assert done.code == 0, done.err
    return done.lines


@pytest.mark.parametrize(
    ("arguments", "facts"),
    [
        (["war"], {"one", "two", "three"}),
        (["--unit", "unit 1"], {"one", "two"}),
        (["--tag", "kings"], {"one", "four"}),
        (["--tag", "modern"], {"one", "two", "three"}),
        (["--tag", "kings", "War"], {"one"}),
        (["--unit", "Unit 1", "--tag", "Kings"], {"one"}),
        (["war", "art"], {"one", "two", "three", "four"}),
    ],
)
def test_what_is_crammed_is_a_deck_a_unit_or_a_tag(
    library: Fasti, arguments: list[str], facts: set[str]
) -> None:
    answered = cram(library, *arguments)

    assert {line["fact"] for line in answered} == facts
    assert {line["kind"] for line in answered} == {"cram"}
    assert {line["due"] for line in answered} == {None}


def test_missed_cards_come_again_at_the_end_and_are_named(library: Fasti) -> None:
    answered = cram(library, "war", "--seed", "3", grades=[1, 3, 5, 0, 4, 4])
    facts = [line["fact"] for line in answered]

    assert len(set(facts[:3])) == 3
    assert facts[3:5] == facts[:2]
    assert facts[5] == facts[0]
    done = library("cram", "war", "--seed", "3", stdin=[1, 4, 4, 4])
    assert done.code == 0
    assert f"Missed: {answered[0]['question']}." in done.err
    assert "Your schedule is as it was" in done.err


def test_nothing_moves_and_new_cards_stay_new(library: Fasti) -> None:
    library.answer(4, options=["war", "--limit", "1"])
    before = library("show", "war/one", "--json").json["schedule"], library("due", "--json").json
    cram(library, "war", grades=[0, 0, 0, 5, 5, 5])

    assert (library("show", "war/one", "--json").json["schedule"], library("due", "--json").json) == before
    assert [line["kind"] for line in library.answer(4, 4, 4)] == ["review"] * 3
    kinds = [review["kind"] for review in library("show", "war/one", "--json").json["reviews"]]
    assert kinds == ["review", "cram", "cram"]


def test_only_what_was_missed_the_last_time(library: Fasti) -> None:
    assert "Nothing was missed" in library("cram", "--missed").err
    library.answer(1, 5, 2, 4, 4, 4)

    assert {line["fact"] for line in cram(library, "--missed")} == {"one", "three"}
    library.on(1).answer(5, 5, 5, 5)
    assert "Nothing was missed" in library("cram", "--missed").err


def test_suspended_cards_are_left_out_and_a_limit_holds(library: Fasti) -> None:
    library("suspend", "one")

    assert {line["fact"] for line in cram(library, "war")} == {"two", "three"}
    assert len(cram(library, "war", "--limit", "1")) == 1


def test_undo_in_a_cram_asks_again_and_reaches_no_review(library: Fasti) -> None:
    library.answer(4, options=["art"])
    answered = cram(
        library, "war", "--seed", "1", grades=[1, "undo", 5, 5, 5, "undo", "undo", "undo", "undo"]
    )

    assert [line["grade"] for line in answered] == [1, 5, 5, 5]
    assert answered[0]["fact"] == answered[1]["fact"]
    assert library.schedule("art/four#answer")["repetitions"] == 1


def test_undo_in_a_review_takes_a_cram_back_without_asking_its_card(library: Fasti) -> None:
    cram(library, "art")
    answered = library.answer("undo", 5, 5, 5, 5, options=["war"])

    assert [line["fact"] for line in answered] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "say what to cram"),
        (["--unit", "Unit 9"], 1, "`Unit 1`, `Unit 2`"),
        (["--tag", "queens"], 1, "`kings`, `modern`"),
        (["nowhere"], 1, "no deck `nowhere`"),
        (["cold-war-origins"], 1, "`fasti add cold-war-origins` brings it in"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(
    library: Fasti, arguments: list[str], code: int, words: str
) -> None:
    done = library("cram", *arguments)

    assert done.code == code
    assert words in done.err
