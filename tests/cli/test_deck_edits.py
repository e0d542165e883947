"""Decks edited between reviews: progress must be where it was."""

import pytest

from tests.cli.program import Fasti

DECK = """deck: Crises
id: crises
facts:
  - event: Kennedy announces the quarantine
    date: 1962-10-22
  - event: Soviet tanks enter Budapest
    date: 1956-11-04
  - person: John McCone
    who: Director of Central Intelligence
"""


def started(fasti: Fasti, text: str = DECK) -> dict[str, object]:
    """A library with one deck, each card answered once; the schedules by question."""
    fasti("add", str(fasti.write("crises.yaml", text)))
    answered = fasti.answer(*[5] * 10)
    return {line["question"]: fasti.schedule(line["card"]) for line in answered}


def learnt(fasti: Fasti) -> dict[str, int]:
    """How often each card of the library has been passed, by question; asked on a day when all are due."""
    lines = fasti.on(400).answer(*[5] * 20, options=["--new", "0"])
    return {line["question"]: line["repetitions"] - 1 for line in lines}


def test_a_reworded_fact_keeps_its_progress(fasti: Fasti) -> None:
    started(fasti)
    fasti.write("crises.yaml", DECK.replace("announces the quarantine", "announces a quarantine of Cuba"))

    assert learnt(fasti)["When? Kennedy announces a quarantine of Cuba"] == 1


def test_a_corrected_answer_keeps_the_facts_progress(fasti: Fasti) -> None:
    started(fasti)
    fasti.write("crises.yaml", DECK.replace("1956-11-04", "4 November 1956"))

    assert learnt(fasti)["When? Soviet tanks enter Budapest"] == 1


def test_facts_in_another_order_keep_their_progress(fasti: Fasti) -> None:
    started(fasti)
    head, *facts = DECK.split("  - ")
    fasti.write("crises.yaml", head + "".join(f"  - {fact}" for fact in reversed(facts)))

    assert set(learnt(fasti).values()) == {1}


def test_a_fact_given_an_id_keeps_its_progress_under_the_new_name(fasti: Fasti) -> None:
    started(fasti)
    fasti.write("crises.yaml", DECK.replace("    date: 1962-10-22", "    id: speech\n    date: 1962-10-22"))
    fasti("due")

    assert fasti.schedule("crises/speech#when")["repetitions"] == 1
    assert len(fasti("show", "crises/speech#when", "--json").json["reviews"]) == 1
    assert learnt(fasti)["When? Kennedy announces the quarantine"] == 1


def test_with_an_id_every_word_may_change(fasti: Fasti) -> None:
    with_id = DECK.replace("    date: 1962-10-22", "    id: speech\n    date: 1962-10-22")
    started(fasti, with_id)
    fasti.write("crises.yaml", with_id.replace("Kennedy announces the quarantine", "JFK is on television"))

    assert learnt(fasti)["When? JFK is on television"] == 1


def test_a_removed_fact_is_not_asked_and_comes_back_with_its_history(fasti: Fasti) -> None:
    started(fasti)
    gone = DECK.replace("  - event: Soviet tanks enter Budapest\n    date: 1956-11-04\n", "")
    fasti.write("crises.yaml", gone)
    assert fasti("due", "--json").json["decks"][0]["total"] == 2

    fasti.write("crises.yaml", DECK)
    assert learnt(fasti)["When? Soviet tanks enter Budapest"] == 1


def test_a_moved_file_is_the_same_deck(fasti: Fasti) -> None:
    started(fasti)
    (fasti.folder / "crises.yaml").rename(fasti.folder / "renamed.yaml")
    fasti("add", str(fasti.folder / "renamed.yaml"))

    assert set(learnt(fasti).values()) == {1}
    assert len(fasti("due", "--json").json["decks"]) == 1


@pytest.mark.parametrize(
    "second_head", ["deck: Crises\nid: crises\n", "deck: People\nid: people\n", "deck: Crises\n"]
)
def test_a_deck_split_into_two_files_keeps_its_progress(fasti: Fasti, second_head: str) -> None:
    started(fasti)
    first, person = DECK.split("  - person")
    fasti.write("crises.yaml", first)
    fasti("add", str(fasti.write("people.yaml", f"{second_head}facts:\n  - person{person}")))

    assert set(learnt(fasti).values()) == {1}
    assert len(learnt(fasti.on(0))) == 0


def test_a_deck_split_keeps_its_progress_when_the_first_file_is_cut_only_afterwards(fasti: Fasti) -> None:
    started(fasti)
    first, person = DECK.split("  - person")
    fasti.write("people.yaml", f"deck: People\nfacts:\n  - person{person}")
    fasti.write("crises.yaml", first)
    fasti("due")
    fasti("add", "people.yaml")

    assert set(learnt(fasti).values()) == {1}


def test_a_deck_with_another_title_is_the_same_deck(fasti: Fasti) -> None:
    untitled = DECK.replace("id: crises\n", "")
    started(fasti, untitled)
    fasti.write("crises.yaml", untitled.replace("deck: Crises", "deck: Crises of the Cold War"))

    assert set(learnt(fasti).values()) == {1}


def test_a_deck_given_another_id_keeps_its_progress(fasti: Fasti) -> None:
    started(fasti)
    fasti.write("crises.yaml", DECK.replace("id: crises", "id: cold-war-crises"))

    assert set(learnt(fasti).values()) == {1}
    assert [deck["deck"] for deck in fasti("due", "--json").json["decks"]] == ["cold-war-crises"]


def test_a_broken_fact_keeps_its_last_good_version_and_the_others_go_on(fasti: Fasti) -> None:
    started(fasti)
    fasti.write(
        "crises.yaml", DECK.replace("date: 1956-11-04", "date: 1956-13-04") + "  - q: New?\n    a: Yes\n"
    )

    questions = learnt(fasti)
    assert questions["When? Soviet tanks enter Budapest"] == 1
    assert len(questions) == 3
    assert fasti("due", "--json").json["decks"][0]["total"] == 4


def test_a_file_broken_beyond_reading_loses_nothing(fasti: Fasti) -> None:
    started(fasti)
    fasti.write("crises.yaml", "\x00\x01 not a deck at all: [")

    assert set(learnt(fasti).values()) == {1}


def test_a_missing_file_loses_nothing(fasti: Fasti) -> None:
    started(fasti)
    (fasti.folder / "crises.yaml").unlink()

    assert set(learnt(fasti).values()) == {1}


def test_a_removed_deck_comes_back_with_its_history(fasti: Fasti) -> None:
    started(fasti)
    assert fasti("remove", "crises").code == 0
    assert fasti("review", "--six", "--json", stdin="").out == ""
    fasti("add", "crises.yaml")

    assert set(learnt(fasti).values()) == {1}


def test_a_dry_run_says_what_would_happen_and_changes_nothing(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("crises.yaml", DECK)))
    fasti.write("crises.yaml", DECK + "  - q: New?\n    a: Yes\n")
    done = fasti("add", "--dry-run", "crises.yaml")

    assert done.code == 0
    assert "1 new" in done.out + done.err


def test_a_dry_run_of_a_changed_deck_writes_nothing(fasti: Fasti) -> None:
    started(fasti)
    fasti.write(
        "crises.yaml",
        DECK.replace("announces", "announced").replace("  - person: John McCone\n", "  - person: X\n"),
    )
    first = fasti("add", "--dry-run", "crises.yaml")
    again = fasti("add", "--dry-run", "crises.yaml")

    assert "would be" in first.out
    assert first.out == again.out


def test_a_deck_split_after_copying_keeps_its_progress(fasti: Fasti) -> None:
    started(fasti)
    first, person = DECK.split("  - person")
    fasti("add", str(fasti.write("people.yaml", f"deck: People\nfacts:\n  - person{person}")))
    fasti.write("crises.yaml", first)
    assert "in another deck now" in fasti("review", stdin="").err

    assert set(learnt(fasti).values()) == {1}


def test_two_decks_pasted_into_one_keep_their_progress(fasti: Fasti) -> None:
    other = "deck: Other\nid: other\nfacts:\n  - {q: Who?, a: Me}\n"
    fasti("add", str(fasti.write("other.yaml", other)))
    started(fasti)
    fasti.write("crises.yaml", DECK + "  - {q: Who?, a: Me}\n")
    fasti("due")
    (fasti.folder / "other.yaml").unlink()
    fasti("remove", "other")

    assert learnt(fasti)["Who?"] == 1


def test_a_file_renamed_and_retitled_at_once_is_the_same_deck(fasti: Fasti) -> None:
    untitled = DECK.replace("id: crises\n", "")
    started(fasti, untitled)
    (fasti.folder / "crises.yaml").unlink()
    fasti("add", str(fasti.write("new.yaml", untitled.replace("deck: Crises", "deck: Something else"))))

    assert set(learnt(fasti).values()) == {1}
    assert len(fasti("due", "--json").json["decks"]) == 1


def test_the_effect_of_a_cause_may_be_corrected(fasti: Fasti) -> None:
    deck = (
        "deck: C\nid: c\nfacts:\n  - cause: Bay of Pigs\n    effect: Castro turns to Moscow for protection\n"
    )
    started(fasti, deck)
    fasti.write("crises.yaml", deck.replace("for protection", "for help"))

    assert set(learnt(fasti).values()) == {1}


def test_a_fact_with_an_id_moves_to_another_deck_reworded(fasti: Fasti) -> None:
    with_id = DECK.replace("    who:", "    id: mccone\n    who:")
    started(fasti, with_id)
    fasti("add", str(fasti.write("people.yaml", "deck: People\nfacts:\n  - {q: Why?, a: b}\n")))
    first = with_id.split("  - person")[0]
    fasti.write("crises.yaml", first)
    fasti.write(
        "people.yaml",
        "deck: People\nfacts:\n  - {q: Why?, a: b}\n  - {person: J. A. McCone of the CIA, who: its head, id: mccone}\n",
    )

    assert learnt(fasti)["Who? J. A. McCone of the CIA"] == 1


def test_blanks_made_narrower_keep_their_cards(fasti: Fasti) -> None:
    deck = (
        "deck: C\nid: c\nfacts:\n  - {cloze: 'The {Truman Doctrine} was announced in {March 1947}', id: td}\n"
    )
    started(fasti, deck)
    fasti.on(1).answer(*[5] * 5)
    fasti.write(
        "crises.yaml",
        deck.replace("{Truman Doctrine}", "{Truman} Doctrine").replace("{March 1947}", "March {1947}"),
    )
    fasti("due")

    assert fasti.schedule("c/td#cloze:truman")["repetitions"] >= 1


def test_a_file_caught_half_saved_retires_nothing(fasti: Fasti) -> None:
    started(fasti)
    fasti.write("crises.yaml", "deck: Crises\nid: crises\nfacts:\n")

    assert set(learnt(fasti).values()) == {1}


def test_a_bundled_deck_comes_back_by_its_name(fasti: Fasti) -> None:
    fasti("review")
    fasti("remove", "cold-war-origins")
    assert fasti("add", "cold-war-origins").code == 0

    assert len(fasti("due", "--json").json["decks"]) == 2


def test_each_change_is_said_when_it_is_noticed(fasti: Fasti) -> None:
    started(fasti)
    fasti.write("crises.yaml", DECK.replace("announces the quarantine", "announced the quarantine"))
    done = fasti("review", stdin="")

    assert "1 reworded" in done.err
    assert "progress kept" in done.err


def test_a_blank_reworded_inside_its_braces_keeps_its_card(fasti: Fasti) -> None:
    deck = "deck: C\nid: c\nfacts:\n  - {cloze: 'The {Truman Doctrin} was announced in March 1947', id: td}\n"
    started(fasti, deck)
    fasti.write("crises.yaml", deck.replace("Doctrin}", "Doctrine}"))
    fasti("due")

    assert fasti.schedule("c/td#cloze:truman-doctrine")["repetitions"] == 1


def test_undo_reaches_over_an_edit(fasti: Fasti) -> None:
    started(fasti)
    fasti.write("crises.yaml", DECK.replace("    who:", "    id: mccone\n    who:"))
    fasti("due")
    assert fasti.schedule("crises/mccone#who")["repetitions"] == 1
    assert fasti("undo").code == 0

    assert fasti.schedule("crises/mccone#who")["repetitions"] == 0


def test_a_second_copy_of_a_whole_file_is_told_of_in_one_sentence(fasti: Fasti) -> None:
    facts = "".join(f"  - q: Question {number}?\n    a: Answer\n" for number in range(20))
    fasti.write("one.yaml", f"deck: One\nid: one\nfacts:\n{facts}")
    fasti.write("two.yaml", f"deck: One\nid: one\nfacts:\n{facts}")
    fasti("add", "one.yaml")

    done = fasti("add", "two.yaml")

    assert "20 facts of this file, from here on, are in your library already" in " ".join(done.out.split())
    assert done.out.count("fact-elsewhere") == 1
