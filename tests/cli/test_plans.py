"""Days off and exams with the real program: views of the schedule that leave nothing in it."""

from typing import Any

import pytest

from tests.cli.program import Fasti


def deck(name: str, count: int) -> str:
    rows = "".join(f"  - {{q: {name} {n}?, a: a{n}, id: f{n:02}}}\n" for n in range(count))
    return f"deck: {name.title()}\nid: {name}\nfacts:\n{rows}"


@pytest.fixture
def library(fasti: Fasti) -> Fasti:
    fasti("add", str(fasti.write("war.yaml", deck("war", 12))))
    return fasti


def learn(fasti: Fasti) -> None:
    """Twelve cards asked twice: due on day 7 and 8."""
    for day in range(3):
        fasti.on(day).answer(*[5] * 20)


def log_of(fasti: Fasti) -> Any:
    return [fasti.schedule(f"war/f{n:02}#answer") for n in range(12)]


def test_on_a_break_nothing_is_due_and_the_schedule_stays(library: Fasti) -> None:
    learn(library)
    before = log_of(library)
    done = library("break", "2026-06-06", "2026-06-20")
    assert done.out == "Off from 6 June to 20 June\n"

    due = library.on(10)("due", "--json").json
    assert (due["due"], due["new_today"], due["break_until"]) == (0, 0, "2026-06-20")
    assert due["next_due"] == "2026-06-21"
    text = "You are on a break until 20 June: nothing is due."
    assert text in library("due").out
    done = library("review", stdin=[4, 4])
    assert (done.code, done.out) == (0, "")
    assert text in done.err
    assert text in library("review", "--accessible", stdin=[4]).err
    assert log_of(library) == before
    assert len(library.answer(*[5] * 20, options=["--anyway"])) == 12


def test_before_a_break_what_comes_due_in_it_is_told_for_the_day_after(library: Fasti) -> None:
    learn(library)
    library("break", "2026-06-06", "2026-06-20")

    assert library.on(4)("due", "--json").json["next_due"] == "2026-06-21"
    assert "12 cards on 21 June" in library("due").out


def test_after_a_break_the_pile_is_met_calmly(library: Fasti) -> None:
    learn(library)
    library.on(5)("break", "2026-06-06", "2026-06-20")
    done = library.on(20)("review", "--limit", "4", "--json", stdin=[])
    assert done.code == 0
    assert library("due", "--json").json["due"] == 12

    answered = [len(library.on(day).answer(*[5] * 4, options=["--limit", "4"])) for day in (20, 21, 22)]
    assert answered == [4, 4, 4]


def test_a_pile_is_told_by_what_is_asked_today_and_when_it_is_gone(library: Fasti) -> None:
    learn(library)
    config = library.home / "config.toml"
    config.write_text("limit = 4\n", encoding="utf-8")
    later = library.on(20)
    said = later("due").out

    assert "Today: the 4 that matter most. At 4 a day you are level by " in said.splitlines()[0]
    assert "12" not in said.splitlines()[0]
    assert later("due", "--json").json["limit"] == 4
    level = later("due", "--json").json["level"]
    days = 0
    while later("due", "--json").json["due"] > 0:
        later.answer(*[5] * 4, options=["--limit", "4", "--new", "0"])
        days, later = days + 1, library.on(21 + days)
    assert days == 3
    assert level == "2026-06-23"


def test_what_fits_a_sitting_is_counted_as_ever(library: Fasti) -> None:
    learn(library)

    assert library.on(20)("due").out.splitlines()[0] == "12 due"
    assert library("due", "--json").json["level"] is None


def test_a_pile_of_little_more_than_a_sitting_says_too_when_it_is_gone(library: Fasti) -> None:
    learn(library)
    (library.home / "config.toml").write_text("limit = 8\n", encoding="utf-8")

    assert library.on(20)("due").out.splitlines()[0].endswith("At 8 a day you are level by tomorrow.")
    assert library("due", "--json").json["level"] == "2026-06-22"


def test_new_cards_wait_for_what_was_due_before_today_and_not_for_what_is_due_today(library: Fasti) -> None:
    learn(library)
    (library.home / "config.toml").write_text("limit = 4\n", encoding="utf-8")
    deck = library.home / "peace.yaml"
    deck.write_text("deck: Peace\nfacts:\n  - q: Treaty of 1648?\n    a: Westphalia\n", encoding="utf-8")
    library("add", str(deck))

    on_their_day, later = library.on(7)("due", "--json").json, library.on(20)("due", "--json").json
    assert on_their_day["due"] > 4
    assert (on_their_day["new_today"], later["new_today"]) == (1, 0)
    assert "New cards wait" in library("due").out
    assert "New cards wait" not in library.on(7)("due").out


def test_new_cards_are_counted_up_to_a_thousand_a_deck_and_that_is_said(fasti: Fasti) -> None:
    fasti(
        "add", str(fasti.write("war.yaml", deck("war", 1_001))), str(fasti.write("art.yaml", deck("art", 2)))
    )

    counted = fasti("due", "--json").json
    assert (counted["new"], counted["more_new"]) == (1_002, True)
    assert "1,000+" in fasti("due").out
    assert fasti("remove", "war").code == 0
    assert fasti("due", "--json").json["more_new"] is False


def test_breaks_are_listed_joined_and_taken_back(library: Fasti) -> None:
    library("break", "2026-07-01", "2026-07-05")
    library("break", "2026-07-06", "2026-07-10")
    library("break", "tomorrow")
    both = [{"from": "2026-06-02", "to": "2026-06-02"}, {"from": "2026-07-01", "to": "2026-07-10"}]

    assert library("break", "--json").json == {"version": 1, "breaks": both}
    assert library("break", "--remove").code == 2
    assert library("break", "2026-07-03", "--remove", "--json").json["breaks"] == both[:1]
    assert library("break", "--remove").code == 0
    assert library("break", "--remove").code == 2


def test_the_days_that_are_given_as_examples_are_to_come(library: Fasti) -> None:
    off, exam = library("break").err, library("exam").err

    assert "`fasti break 2026-07-01 2026-07-15` takes some" in off
    assert "`fasti exam add 2026-07-01 DECK` adds one" in exam
    library("break", "2026-06-06", "2026-06-20")
    assert "`fasti break 2026-06-06 --remove`" in library("break", "2026-07-01", "--remove").err


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (["2026-07-10", "2026-07-01"], "ends before it begins"),
        (["2026-05-01", "2026-05-09"], "over already"),
        (["2026-07-01", "2028-07-01"], "longer than a year"),
        (["July 2026"], "is not one day"),
        (["sometime"], "sometime"),
    ],
)
def test_a_break_that_cannot_be_meant_is_refused(library: Fasti, days: list[str], words: str) -> None:
    done = library("break", *days)

    assert done.code == 2
    assert words in done.err
    assert library("break", "--json").json["breaks"] == []


def test_an_exam_brings_every_card_into_its_last_days_and_leaves_no_trace(library: Fasti) -> None:
    learn(library)
    for day in (7, 8):
        library.on(day).answer(*[5] * 20)  # due again on days 23 and 24
    before = log_of(library)
    added = library("exam", "add", "2026-06-20", "war", "--days", "4", "--json").json
    assert (added["cards"], added["seen"], added["from"]) == (12, 0, "2026-06-16")
    assert log_of(library) == before

    assert library.on(14).answer(5) == []
    counts, early = [], []
    for day in range(15, 19):
        assert library.on(day)("due", "--json").json["for_exams"] == 3
        answered = library.answer(*[5] * 20)
        counts.append(len(answered))
        early += answered
    assert counts == [3, 3, 3, 3]
    assert len({line["card"] for line in early}) == 12
    assert {line["kind"] for line in early} == {"review"}
    assert "12 of 12 cards seen in the last 4 days" in library("exam").out
    # None comes back sooner than it would have; eleven days waited at an ease of 2.80 are 31 at the most.
    assert all("2026-06-24" <= line["due"] <= "2026-07-20" for line in early)
    assert library.on(20)("exam", "--json").json["exams"] == []
    assert library.on(20)("due", "--json").json["for_exams"] == 0


def test_an_exam_taken_back_leaves_the_schedule_alone(library: Fasti) -> None:
    learn(library)
    library("exam", "add", "2026-06-06", "war")
    library("exam", "remove", "War")

    assert library.on(3).answer(5, 5) == []
    assert library("exam", "remove", "War").code == 2


def test_new_cards_are_met_in_time_and_it_is_said_how_many_a_day_that_takes(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("art.yaml", deck("art", 20))), str(fasti.write("law.yaml", deck("law", 28))))
    fasti("exam", "add", "2026-06-10", "law", "--days", "2")
    assert (
        "Exam on 10 June (Law): 0 of 28 cards begun; 4 a day until 7 June for the rest." in fasti("exam").out
    )

    for day in range(7):
        asked = [line["deck"] for line in fasti.on(day).answer(*[5] * 60)]
        # Ten new ones a day, the exam's among them and first.
        assert day or asked == ["law"] * 4 + ["art"] * 6
    assert fasti("exam", "--json").json["exams"][0]["new"] == 0


UNNAMED = """deck: {title}
facts:
  - q: When did Rome fall?
    a: In 476
  - q: Who was its last emperor?
    a: Romulus Augustulus
"""
NAMED = UNNAMED.replace("facts:", "id: {id}\nfacts:")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("rome.yaml", UNNAMED.format(title="Late antiquity")),
        ("rome.yaml", NAMED.format(title="Rome", id="fall-of-rome")),
        ("rome.yaml", NAMED.format(title="Late antiquity", id="late")),
        ("antiquity.yaml", UNNAMED.format(title="Late antiquity")),
    ],
    ids=["its title", "its id", "both", "its title and its file"],
)
def test_an_exam_stays_with_a_deck_that_is_called_something_else(fasti: Fasti, file: str, text: str) -> None:
    path = fasti.write("rome.yaml", UNNAMED.format(title="Rome"))
    fasti("add", str(path))
    fasti("exam", "add", "2026-06-20", "Rome")
    fasti.answer(4)
    path.unlink()
    fasti("add", str(fasti.write(file, text)))
    exam = fasti("exam", "--json").json["exams"][0]

    assert (exam["name"], exam["cards"], exam["new"]) == ("Rome", 2, 1)


def test_an_exam_stays_where_it_is_while_a_card_of_it_is_left(fasti: Fasti) -> None:
    path = fasti.write("rome.yaml", UNNAMED.format(title="Rome"))
    fasti("add", str(path))
    fasti("exam", "add", "2026-06-20", "Rome")
    *first, question, answer = UNNAMED.splitlines(keepends=True)
    path.write_text("".join(first).format(title="Rome"), encoding="utf-8")
    late = fasti.write("late.yaml", f"deck: Late\nfacts:\n{question}{answer}")
    fasti("add", str(path), str(late))
    exam = fasti("exam", "--json").json["exams"][0]

    assert (exam["deck"], exam["cards"]) == ("rome", 1)


def test_an_exam_that_takes_more_than_a_sitting_says_so(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("law.yaml", deck("law", 90))))
    done = fasti("exam", "add", "2026-06-03", "law", "--days", "1")

    assert "45" not in done.out
    assert " ".join(done.out.split()).endswith(
        "90 a day are more than one sitting's 30: sit several times a day, or prepare for a unit only."
    )


def test_an_exam_whose_cards_are_gone_says_how_it_is_taken_back(fasti: Fasti) -> None:
    path = fasti.write("w.yaml", "deck: W\nid: w\nfacts:\n  - {q: A, a: a, unit: One}\n")
    fasti("add", str(path))
    fasti("exam", "add", "2026-06-10", "w", "--unit", "one", "--name", "Unit one")
    path.write_text(path.read_text(encoding="utf-8").replace("One", "First"), encoding="utf-8")

    assert 'no card belongs to it now; `fasti exam remove "Unit one"` takes it back.' in fasti("exam").out


def test_an_exam_may_be_about_a_unit_and_is_refused_where_there_is_none(fasti: Fasti) -> None:
    text = "deck: W\nid: w\nfacts:\n  - {q: A, a: a, unit: One}\n  - {q: B, a: b, unit: Two, tags: [k]}\n"
    fasti("add", str(fasti.write("w.yaml", text)))

    assert fasti("exam", "add", "2026-06-10", "w", "--unit", "one", "--json").json["cards"] == 1
    assert fasti("exam", "add", "2026-06-10", "w", "--tag", "K", "--json").json["cards"] == 1
    assert fasti("exam", "add", "2026-06-10", "w", "--unit", "Three").code == 1
    assert fasti("exam", "add", "2026-06-10", "w", "--unit", "one").code == 2
    assert fasti("exam", "add", "2026-06-01", "w").code == 2
    assert fasti("exam", "add", "2026-06-11", "nowhere").code == 1


def test_the_opening_of_a_review_says_how_far_along_one_is(library: Fasti) -> None:
    pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals are POSIX only")
    assert pexpect
    from tests.cli.test_terminal import Terminal

    learn(library)
    library("exam", "add", "2026-06-06", "war", "--days", "3")
    terminal = Terminal(library.on(3), "review")
    terminal.see("Exam on 6 June (War): 2 of 12 cards seen in the last")
    terminal.press("q")

    assert terminal.end() == 0


def test_a_month_with_an_absence_a_break_an_exam_and_undo_across_restarts(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("war.yaml", deck("war", 24))))
    fasti("exam", "add", "2026-06-28", "war", "--days", "4")
    fasti("break", "2026-06-10", "2026-06-14")
    for day in range(31):
        fasti.on(day)
        if 3 <= day <= 6:
            continue  # away without a word
        answered = fasti.answer(*[4] * 60)
        if 9 <= day <= 13:
            assert answered == []
        elif answered and day % 5 == 0:
            # Another process takes the last grade back, and it is asked again.
            assert fasti("undo").code == 0
            assert [line["card"] for line in fasti.answer(4)] == [answered[-1]["card"]]
        assert fasti.answer(4) == []
        if day == 26:
            assert fasti("exam", "--json").json["exams"][0]["seen"] == 24
    assert fasti("exam", "--json").json["exams"] == []
    assert all(fasti.schedule(f"war/f{n:02}#answer")["repetitions"] >= 3 for n in (0, 23))
