"""A student's days: hidden grades played through the real program against SM-2 worked out apart from it."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.program import Fasti

ONE = "deck: One\nid: one\nfacts:\n  - {q: Why?, a: Because., id: why}\n"


def sm2(grades: Sequence[int]) -> list[tuple[int, int, Decimal]]:
    """Repetitions, interval and E-Factor after each grade, from the text of 1990 in decimal arithmetic."""
    repetitions, interval, ease = 0, 0, Decimal("2.5")
    rows = []
    for grade in grades:
        if grade < 3:
            repetitions, interval = 0, 1
        else:
            repetitions += 1
            interval = {1: 1, 2: 6}.get(repetitions) or int(
                (interval * ease).to_integral_value(ROUND_CEILING)
            )
            missing = 5 - grade
            change = Decimal("0.1") - missing * (Decimal("0.08") + missing * Decimal("0.02"))
            ease = max(Decimal("1.3"), ease + change)
        rows.append((repetitions, min(interval, 3650), ease))
    return rows


def play(fasti: Fasti, grades: Sequence[int]) -> list[tuple[int, int, Decimal]]:
    """The same from the program: each grade given on the day the card is due, repeats done at once."""
    day, rows = 0, []
    for grade in grades:
        fasti.on(day)
        repeats = [4] if grade < 4 else []
        answered = fasti.answer(grade, *repeats)
        assert [line["kind"] for line in answered] == ["review"] + ["drill"] * len(repeats)
        first, last = answered[0], answered[-1]
        assert (first["repetitions"], first["interval"], first["ease"]) == (
            last["repetitions"],
            last["interval"],
            last["ease"],
        )
        rows.append((first["repetitions"], first["interval"], Decimal(str(first["ease"]))))
        day += first["interval"]
    return rows


@pytest.mark.parametrize(
    "grades", [[4, 4, 4, 4, 2, 4, 4, 4], [5, 5, 5, 5, 3], [0, 0, 5, 5, 3], [3, 3, 3, 1, 5, 4]]
)
def test_a_cards_life_is_sm2(fasti: Fasti, grades: list[int]) -> None:
    fasti("add", str(fasti.write("one.yaml", ONE)))

    assert play(fasti, grades) == sm2(grades)


def test_a_card_is_asked_on_its_day_and_not_before(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("one.yaml", ONE)))
    fasti.answer(4)
    assert fasti.answer(4) == []
    fasti.on(1).answer(4)

    assert fasti.on(6).answer(4) == []
    assert len(fasti.on(7).answer(4)) == 1


def test_an_answer_after_midnight_belongs_to_the_day_before(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("one.yaml", ONE)))
    fasti.on(1, hour=3).answer(4)

    assert len(fasti.on(1, hour=5).answer(4)) == 1


def test_a_late_answer_counts_the_interval_that_was_planned(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("one.yaml", ONE)))
    fasti.answer(4)
    fasti.on(1).answer(4)

    assert fasti.on(60).answer(4)[0]["interval"] == 15


def test_the_bundled_decks_are_there_on_the_first_day(fasti: Fasti) -> None:
    answered = fasti.answer(*[5] * 30)

    assert len(answered) == 10
    assert {line["deck"] for line in answered} <= {"cuban-missile-crisis", "cold-war-origins"}
    assert fasti("due", "--json").json["due"] == 0


def test_new_cards_keep_their_number_a_day_across_restarts(fasti: Fasti) -> None:
    facts = "".join(f"  - {{q: Question {n}?, a: Answer {n}}}\n" for n in range(30))
    fasti("add", str(fasti.write("many.yaml", f"deck: Many\nfacts:\n{facts}")))
    first = fasti.answer(4, 4, 4, 4)
    second = fasti.answer(*[4] * 20)

    assert (len(first), len(second)) == (4, 6)
    questions = [line["question"] for line in first + second]
    assert questions == [f"Question {n}?" for n in range(10)]


def test_one_card_of_a_fact_is_asked_a_day(fasti: Fasti) -> None:
    fasti(
        "add", str(fasti.write("two.yaml", "deck: Two\nfacts:\n  - {cloze: 'The {fall} of {Rome}', id: f}\n"))
    )

    assert [line["card"] for line in fasti.answer(4, 4)] == ["two/f#cloze:fall"]
    assert [line["card"] for line in fasti.on(1).answer(4, 4)] == ["two/f#cloze:fall"]
    assert [line["card"] for line in fasti.on(2).answer(4, 4)] == ["two/f#cloze:rome"]


def test_a_line_that_is_no_answer_stops_with_its_number_and_leaves_its_card(fasti: Fasti) -> None:
    fasti(
        "add",
        str(
            fasti.write(
                "two.yaml", "deck: T\nfacts:\n  - {q: A?, a: a}\n  - {q: B?, a: b}\n  - {q: C?, a: c}\n"
            )
        ),
    )
    done = fasti("review", "--six", "--json", stdin=[4, "banana", 4])

    assert done.code == 1
    assert "2" in done.err
    assert "banana" in done.err
    assert [line["question"] for line in done.lines] == ["A?"]
    assert [line["question"] for line in fasti.answer(4, 4)] == ["B?", "C?"]


def test_undo_bury_suspend_and_skip_through_a_pipe(fasti: Fasti) -> None:
    facts = "".join(f"  - {{q: {name}?, a: x, id: {name}}}\n" for name in "abcd")
    fasti("add", str(fasti.write("four.yaml", f"deck: Four\nfacts:\n{facts}")))

    lines = fasti.answer(1, "undo", 5, "bury", "suspend", "skip")
    assert [(line["card"], line["grade"]) for line in lines] == [("four/a#answer", 1), ("four/a#answer", 5)]
    assert fasti.schedule("four/a#answer")["repetitions"] == 1
    assert [line["card"] for line in fasti.answer(4, 4, 4)] == ["four/d#answer"]
    assert "four/b#answer" in [line["card"] for line in fasti.on(1).answer(4, 4, 4, 4)]


def test_undo_works_after_the_last_card_too(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("one.yaml", ONE)))

    assert [line["grade"] for line in fasti.answer(5, "undo", 4, "undo")] == [5, 4]
    assert fasti.schedule("one/why#answer")["repetitions"] == 0


def test_a_wrong_line_after_the_last_card_is_an_error_too(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("one.yaml", ONE)))

    assert fasti("review", "--six", stdin=[4, "banana"]).code == 1


def test_a_suspended_card_is_listed_and_comes_back(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("one.yaml", ONE)))
    assert fasti("suspend", "why").code == 0
    assert fasti("resume").out == "one/why#answer\n"
    assert fasti.answer(4) == []
    assert fasti("resume", "one/why#answer").code == 0

    assert fasti("resume").out == ""
    assert len(fasti.answer(4)) == 1


def test_quit_and_the_end_of_input_both_stop_cleanly(fasti: Fasti) -> None:
    assert fasti("review", stdin="quit\n").code == 0
    assert fasti("review", stdin="").code == 0


def test_a_failed_card_comes_back_until_it_scores_four_and_only_its_first_grade_counts(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("one.yaml", ONE)))

    lines = fasti.answer(2, 3, 1, 5, 5)
    assert [(line["kind"], line["grade"]) for line in lines] == [
        ("review", 2),
        ("drill", 3),
        ("drill", 1),
        ("drill", 5),
    ]
    assert {line["interval"] for line in lines} == {1}


def test_a_repeat_owed_from_an_earlier_sitting_comes_back_the_same_day_only(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("one.yaml", ONE)))
    fasti.answer(1)

    assert [line["kind"] for line in fasti.answer(4)] == ["drill"]
    assert [line["kind"] for line in fasti.on(1).answer(4)] == ["review"]


@given(st.lists(st.integers(0, 5), min_size=2, max_size=5))
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_life_is_sm2(tmp_path_factory: pytest.TempPathFactory, grades: list[int]) -> None:
    folder = tmp_path_factory.mktemp("life")
    fasti = Fasti(folder / "home", folder)
    fasti("add", str(fasti.write("one.yaml", ONE)))

    assert play(fasti, grades) == sm2(grades)


def test_the_due_days_are_those_of_the_answers(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("one.yaml", ONE)))
    dues = [fasti.on(day).answer(4)[0]["due"] for day in (0, 1, 7)]

    assert dues == ["2026-06-02", "2026-06-08", "2026-06-23"]
    assert all(earlier < later for earlier, later in pairwise(dues))
