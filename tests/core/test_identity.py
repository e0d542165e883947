"""Which fact of an edited deck is which."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.facts import Fact
from fasti.core.identity import Identity, first_id, identity_of, match, match_cards
from fasti.core.kinds import BUILT_IN


def similar(text: str, choices: Sequence[str], least: int) -> Iterable[tuple[int, float]]:
    for index, choice in enumerate(choices):
        score = 100 * SequenceMatcher(None, text, choice, autojunk=False).ratio()
        if score >= least:
            yield index, score


def fact(
    key: str, answer: str = "", id: str | None = None, *, known: str = "", retired: bool = False
) -> Identity:
    """A fact found in a file, or, with `known`, one that the library knows by that generated id."""
    return Identity(id or known or None, "event", key, answer, named=id is not None, retired=retired)


def matched(found: list[Identity], known: list[Identity]) -> list[int | None]:
    return match(found, known, similar)


def test_the_same_words_are_the_same_fact_wherever_they_stand() -> None:
    known = [fact("a", known="1"), fact("b", known="2"), fact("c", known="3")]

    assert matched([fact("c"), fact("a"), fact("b")], known) == [2, 0, 1]


def test_an_id_outweighs_every_word() -> None:
    known = [fact("the berlin blockade", "1948", id="blockade"), fact("the airlift", "1949", id="airlift")]

    assert matched([fact("the airlift", "1949", id="blockade")], known) == [0]


def test_a_fact_that_gets_an_id_is_still_itself() -> None:
    assert matched(
        [fact("the suez crisis", "1956", id="suez")], [fact("the suez crisis", "1956", known="k")]
    ) == [0]


def test_a_reworded_question_with_the_same_answer_is_the_same_fact() -> None:
    known = [fact("kennedy anounces the quarantine", "1962-10-22", known="k"), fact("other", "x", known="o")]

    assert matched([fact("kennedy announces the quarantine", "1962-10-22"), fact("other", "x")], known) == [
        0,
        1,
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("first battle of ypres", "second battle of ypres"),
        ("world war i begins", "world war ii begins"),
        ("presidential election of 1948", "presidential election of 1952"),
        ("treaty of paris 1763", "treaty of paris 1783"),
        ("louis xiv becomes king", "louis xvi becomes king"),
    ],
)
def test_another_number_is_another_fact_however_alike_the_words(before: str, after: str) -> None:
    assert matched([fact(after, "same")], [fact(before, "same", known="k")]) == [None]


def test_a_new_fact_like_a_removed_one_with_another_answer_is_new() -> None:
    known = [fact("the treaty of rome is signed", "1957-03-25", known="k")]

    assert matched([fact("the treaty of nice is signed", "2001-02-26")], known) == [None]


def test_a_small_slip_mended_in_question_and_answer_at_once_keeps_the_fact() -> None:
    known = [fact("robert kennedy meets ambassador dobrinyn", "1962-10-26", known="k")]

    assert matched([fact("robert kennedy meets ambassador dobrynin", "1962-10-27")], known) == [0]


def test_two_candidates_mean_no_guess() -> None:
    known = [
        fact("castro speaks in havana", "a", known="1"),
        fact("castro speaks in havanna", "a", known="2"),
    ]

    assert matched([fact("castro speaks in havannah", "a")], known) == [None]


def test_a_fact_rewritten_wholly_between_its_old_neighbours_is_the_same_if_its_answer_is() -> None:
    known = [
        fact("a", "1", known="1"),
        fact("the wall goes up", "1961-08-13", known="2"),
        fact("b", "2", known="3"),
    ]
    found = [fact("a", "1"), fact("east germany seals the border", "1961-08-13"), fact("b", "2")]

    assert matched(found, known) == [0, 1, 2]


def test_one_fact_copied_keeps_its_progress_once() -> None:
    known = [fact("a", "1", known="1")]

    assert matched([fact("a", "1"), fact("a", "1")], known) == [0, None]


def test_one_question_with_two_answers_is_told_apart_by_the_answers() -> None:
    known = [
        fact("bay of pigs", "castro turns east", known="1"),
        fact("bay of pigs", "kennedy is blamed", known="2"),
    ]
    found = [fact("bay of pigs", "kennedy is blamed"), fact("bay of pigs", "castro turns east")]

    assert matched(found, known) == [1, 0]


def test_a_retired_fact_comes_back_but_yields_to_one_in_the_deck() -> None:
    there, retired = fact("a", "1", known="1"), fact("a", "1", known="2", retired=True)

    assert matched([fact("a", "1")], [retired]) == [0]
    assert matched([fact("a", "1")], [there, retired]) == [0]


def test_two_ids_that_the_author_gave_are_two_facts() -> None:
    known = [fact("the berlin crisis", "1958", id="berlin-1958")]

    assert matched([fact("the berlin crises", "1958", id="berlin-1961")], known) == [None]


keys = st.text("abc ", min_size=1, max_size=12)
identities = st.builds(
    lambda key, answer, id: fact(key, answer, id),
    keys,
    st.sampled_from(["", "1", "2"]),
    st.none() | st.sampled_from("xyz"),
)


@given(st.lists(identities, max_size=8), st.lists(identities, max_size=8))
@settings(deadline=None, max_examples=200)
def test_no_known_fact_is_given_twice(found: list[Identity], known: list[Identity]) -> None:
    given_away = [at for at in matched(found, known) if at is not None]

    assert len(given_away) == len(set(given_away))


@given(
    st.lists(identities, max_size=8, unique_by=lambda fact: (fact.key, fact.answer)),
    st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=200)
def test_a_deck_in_another_order_is_the_same_deck(facts: list[Identity], random: object) -> None:
    ids_once = len({one.id for one in facts if one.id}) == len([one for one in facts if one.id])
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    expected = [facts.index(one) for one in shuffled]

    assert not ids_once or matched(shuffled, facts) == expected


def test_a_generated_id_is_readable_and_the_same_everywhere() -> None:
    one = identity_of(Fact("event", {"event": ("The Suez Crisis",), "date": ("1956",)}), BUILT_IN["event"])
    other = identity_of(
        Fact("event", {"event": ("the  suez crisis.",), "date": ("1957",)}), BUILT_IN["event"]
    )

    assert first_id("d", one, lambda _: False) == first_id("d", other, lambda _: False)
    assert first_id("d", one, lambda _: False).startswith("the-suez-crisis-")
    assert first_id("d", one, lambda _: False) != first_id("e", one, lambda _: False)


def test_generated_ids_never_clash() -> None:
    taken: set[str] = set()
    one = fact("same words", "same answer")
    for _ in range(5):
        name = first_id("deck", one, taken.__contains__)
        assert name not in taken
        taken.add(name)


def test_a_cloze_is_compared_without_its_braces_and_hints() -> None:
    plain = identity_of(
        Fact("cloze", {"cloze": ("The {Truman Doctrine|policy} of {1947}",)}), BUILT_IN["cloze"]
    )

    assert plain.key == "the truman doctrine of 1947"
    assert plain.answer == "1947 / truman doctrine"


@pytest.mark.parametrize(
    ("found", "known", "renamed"),
    [
        (
            ["cloze:truman-doctrine"],
            ["cloze:truman-doctrin"],
            {"cloze:truman-doctrine": "cloze:truman-doctrin"},
        ),
        (["cloze:march-1947"], ["cloze:1947"], {"cloze:march-1947": "cloze:1947"}),
        (["cloze:a", "cloze:b"], ["cloze:c", "cloze:d"], {}),
        (["when", "what"], ["when", "causes"], {}),
        (["cloze:a", "cloze:new"], ["cloze:a"], {}),
    ],
)
def test_a_reworded_blank_keeps_its_card(found: list[str], known: list[str], renamed: dict[str, str]) -> None:
    assert match_cards(found, known, similar) == renamed
