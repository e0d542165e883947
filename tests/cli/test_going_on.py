"""A review finished early that goes on: more cards than the day's, and those that wait for a sibling."""

import pytest

from tests.cli.program import Fasti

MANY = "deck: Many\nid: many\nfacts:\n" + "".join(
    f"  - {{q: Question {n}?, a: Answer {n}, id: q{n:02}}}\n" for n in range(30)
)
CLOZE = (
    "deck: Two\nid: two\nfacts:\n  - {cloze: 'The {fall} of {Rome} in {476}', id: f}\n"
    "  - {q: Why?, a: So, id: why}\n"
)


@pytest.fixture
def many(fasti: Fasti) -> Fasti:
    fasti("add", str(fasti.write("many.yaml", MANY)))
    return fasti


@pytest.fixture
def cloze(fasti: Fasti) -> Fasti:
    fasti("add", str(fasti.write("two.yaml", CLOZE)))
    return fasti


def facts(fasti: Fasti, *options: str) -> list[str]:
    return [line["fact"] for line in fasti.answer(*[4] * 40, options=options)]


def test_ten_more_new_cards_come_after_the_days_ten_and_ten_more_after_those(many: Fasti) -> None:
    assert facts(many) == [f"q{n:02}" for n in range(10)]
    assert facts(many) == []
    assert facts(many, "--more", "10") == [f"q{n:02}" for n in range(10, 20)]
    assert facts(many) == []
    assert facts(many, "--more", "5") == [f"q{n:02}" for n in range(20, 25)]


def test_the_next_day_has_its_own_allowance_again(many: Fasti) -> None:
    facts(many)
    facts(many, "--more", "3")

    assert sum(fact >= "q13" for fact in facts(many.on(1))) == 10


def test_the_screen_says_how_to_go_on(many: Fasti) -> None:
    done = many("review", stdin=[3] * 10)

    assert "`fasti review --more 10`" in done.err


def test_without_new_cards_the_next_due_are_asked_early_and_go_no_further_away_than_from_their_second_pass(
    fasti: Fasti,
) -> None:
    fasti("add", str(fasti.write("few.yaml", "deck: F\nid: f\nfacts:\n  - {q: A, a: a}\n  - {q: B, a: b}\n")))
    fasti.answer(5, 5)
    fasti.on(1).answer(5, 5)  # due on day 7
    assert fasti.on(2).answer(5) == []

    early = fasti.answer(5, 5, 5, options=["--more", "10"])
    assert [line["kind"] for line in early] == ["review", "review"]
    assert {line["due"] for line in early} == {"2026-06-09"}
    assert fasti.answer(5, options=["--more", "10"]) == []
    assert len(fasti.on(8).answer(5, 5)) == 2


def test_what_is_due_comes_before_what_is_not(fasti: Fasti) -> None:
    fasti("add", str(fasti.write("few.yaml", "deck: F\nid: f\nfacts:\n  - {q: A, a: a}\n  - {q: B, a: b}\n")))
    fasti.answer(5, options=["--limit", "1"])
    fasti.on(1).answer(5, 5)  # the first is due on day 7, the second on day 2

    assert [line["question"] for line in fasti.on(2).answer(5, 5, options=["--more", "1"])] == ["B", "A"]


def test_siblings_wait_are_spoken_of_and_asked_with_a_word(cloze: Fasti) -> None:
    done = cloze("review", "--six", stdin=[5, 5])
    assert (
        "2 cards wait because a card of the same fact was asked today: `siblings` asks them now." in done.err
    )

    answered = cloze.answer("siblings", 5, 5, 5)
    assert [line["card"] for line in answered] == ["two/f#cloze:rome", "two/f#cloze:476"]
    assert {line["kind"] for line in answered} == {"review"}
    assert cloze.answer("c") == []


def test_the_word_can_come_while_a_card_is_asked(cloze: Fasti) -> None:
    answered = cloze.answer("c", 5, 5, 5, 5)

    assert [line["card"] for line in answered] == [
        "two/f#cloze:fall",
        "two/why#answer",
        "two/f#cloze:rome",
        "two/f#cloze:476",
    ]


def test_what_waits_for_a_sibling_keeps_to_the_days_new_cards(cloze: Fasti) -> None:
    assert len(cloze.answer("c", 5, 5, 5, 5, options=["--new", "3"])) == 3


def test_due_siblings_are_asked_too(cloze: Fasti) -> None:
    cloze.answer("c", 5, 5, 5, 5)
    done = cloze.on(1)("review", "--six", stdin=[5, 5, "siblings", 5, 5])

    assert done.code == 0
    assert cloze("due", "--json").json["due"] == 0
    assert {cloze.schedule(f"two/f#cloze:{name}")["repetitions"] for name in ("fall", "rome", "476")} == {2}
