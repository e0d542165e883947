"""Finding facts, and cards that need care, with the real program."""

import pytest

from tests.cli.program import Fasti

DECK = """deck: Cities
id: cities
facts:
  - {q: Where was the treaty of Łódź signed?, a: In Łódź, id: lodz, note: A café}
  - {q: "What is “glasnost”?", a: Openness, id: glasnost, hint: Gorbachev}
  - {event: Kennedy announces the quarantine, date: 1962-10-22, id: quarantine}
"""


@pytest.fixture
def library(fasti: Fasti) -> Fasti:
    fasti("add", str(fasti.write("cities.yaml", DECK)))
    fasti(
        "add", str(fasti.write("other.yaml", "deck: Other\nid: other\nfacts:\n  - {q: Kennedy?, a: JFK}\n"))
    )
    return fasti


def found(fasti: Fasti, *words: str) -> list[str]:
    return [fact["fact"] for fact in fasti("search", "--json", *words).json["facts"]]


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        (["lodz"], ["lodz"]),
        (["ŁÓDŹ", "Treaty"], ["lodz"]),
        (["cafe"], ["lodz"]),
        (['"glasnost"'], ["glasnost"]),
        (["gorbachev"], ["glasnost"]),
        (["october", "1962"], ["quarantine"]),
        (["1962-10"], ["quarantine"]),
        (["quarantine", "glasnost"], []),
        (["event"], []),
        (["when?"], []),
        (["what is"], ["glasnost"]),
    ],
)
def test_a_fact_is_found_by_any_of_its_words_without_case_or_accents(
    library: Fasti, words: list[str], facts: list[str]
) -> None:
    assert found(library, *words) == facts


def test_a_search_says_where_the_fact_is_and_when_it_is_due(library: Fasti) -> None:
    library.answer(5, options=["cities", "--limit", "1"])
    done = library("search", "lodz", "--json")

    (fact,) = done.json["facts"]
    assert done.json["version"] == 1
    assert (fact["deck"], fact["line"], fact["due"]) == ("cities", 4, "2026-06-02")
    assert fact["path"] == str(library.folder / "cities.yaml")
    text = library("search", "lodz").out
    assert f"{library.folder / 'cities.yaml'}:4" in text
    assert "tomorrow" in text


def test_a_search_that_finds_nothing_says_what_may_help(library: Fasti) -> None:
    assert fasti_error(library, "missles") == "No fact has `missles`; a part of it will do."
    assert fasti_error(library, "no", "such") == "No fact has `no such`; fewer words will do."


def fasti_error(library: Fasti, *words: str) -> str:
    done = library("search", *words)
    assert done.code == 1
    return done.err.strip()


def test_a_search_can_keep_to_a_deck_and_finds_nothing_with_exit_code_1(library: Fasti) -> None:
    assert len(found(library, "kennedy")) == 2
    assert found(library, "kennedy", "--deck", "Cities") == ["quarantine"]
    assert library("search", "napoleon").code == 1
    assert library("search", "kennedy", "--deck", "nowhere").code == 1


def forget(fasti: Fasti, times: int) -> None:
    """Fail the one card of a deck so often; each lapse needs a pass before it."""
    day = 0
    for _ in range(times):
        fasti.on(day).answer(4, options=["leech"])
        fasti.on(day + 1).answer(1, 4, options=["leech"])
        day += 2


def test_a_leech_is_listed_at_eight_lapses_with_its_history_and_advice(fasti: Fasti) -> None:
    fasti(
        "add", str(fasti.write("leech.yaml", "deck: L\nid: leech\nfacts:\n  - {q: Why?, a: So, id: why}\n"))
    )
    forget(fasti, 7)
    assert fasti("leeches", "--json").json == {"version": 1, "leeches": []}
    fasti.on(14).answer(4, options=["leech"])
    fasti.on(15).answer(0, 4, options=["leech"])

    (leech,) = fasti("leeches", "--json").json["leeches"]
    assert (leech["card"], leech["lapses"], leech["grades"]) == ("leech/why#answer", 8, [4, 1] * 7 + [4, 0])
    assert leech["advice"] == ["hint", "reword", "suspend"]
    text = fasti("leeches").out
    assert "Missed 8 times" in text
    assert "`fasti suspend leech/why#answer`" in text


def flagged(fasti: Fasti) -> list[tuple[str, str]]:
    return [(flag["card"], flag["word"]) for flag in fasti("flags", "--json").json["flags"]]


def flag(fasti: Fasti, word: str) -> None:
    done = fasti("review", "cities", stdin=[f"flag {word}"])
    assert done.code == 0, done.err


def test_flags_are_listed_reported_and_taken_back(library: Fasti) -> None:
    flag(library, "It was signed in Riga")
    flag(library, "twice")
    library.answer(5, options=["cities", "--limit", "1"])
    card = "cities/lodz#answer"
    assert flagged(library) == [(card, "It was signed in Riga"), (card, "twice")]

    report = library("flags", "--report").out
    for line in (
        "Deck: Cities",
        f"File: {library.folder / 'cities.yaml'}:4",
        "It asks: Where was the treaty of Łódź signed?",
        "It says: In Łódź",
        "What is wrong: It was signed in Riga",
    ):
        assert line in report.splitlines()

    assert library("flags", "--clear", card, "--json").json == {"version": 1, "cleared": [card]}
    assert flagged(library) == []
    assert library.schedule(card)["repetitions"] == 1
    assert library("flags", "--clear", card, "--json").json["cleared"] == []


def test_taking_a_flag_back_is_not_what_undo_takes_back(library: Fasti) -> None:
    flag(library, "wrong")
    library("flags", "--clear", "cities/lodz#answer")

    assert library("undo").code == 1
    assert flagged(library) == []


def test_a_form_and_values_are_asked_one_at_a_time(library: Fasti) -> None:
    assert library("flags", "--report", "--json").code == 2
    assert library("flags", "--report", "--clear", "lodz").code == 2


def test_suspend_and_resume_speak_json(library: Fasti) -> None:
    card = "cities/lodz#answer"

    assert library("suspend", "lodz", "--json").json == {"version": 1, "suspended": [card]}
    assert library("resume", "--json").json == {"version": 1, "suspended": [card]}
    assert library("resume", card, "--json").json == {"version": 1, "resumed": [card]}
    assert library("resume", "--json").json == {"version": 1, "suspended": []}


@pytest.mark.parametrize("arguments", [["leeches"], ["flags"], ["search", "kennedy"]])
def test_at_forty_columns_nothing_is_wider_and_every_spoken_line_begins_with_a_word(
    library: Fasti, arguments: list[str]
) -> None:
    flag(library, "no")
    library.columns = 40
    narrow = library(*arguments).out.splitlines()
    assert all(len(line) <= 40 for line in narrow)
    library.columns = None
    spoken = library(*arguments, "--accessible").out.splitlines()
    assert all(line[0].isalnum() or line[0] == "`" for line in spoken)
