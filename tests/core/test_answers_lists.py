"""Typed lists, marked by hand as a history teacher would tick them off."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.answers import Outcome, Verdict
from fasti.core.list_answers import Found, given_items, judge_items, list_verdict

CAUSES = (
    "To defend Cuba against invasion",
    "To redress the missile balance between the Soviet Union and the United States",
    "To answer the Jupiters in Turkey",
)
BROTHERS = ("John F. Kennedy", "Robert Kennedy", "Edward Kennedy")
ALLIES = ("United States", "Soviet Union", "Great Britain", "France")
TREATIES = ("Treaty of Versailles", "Treaty of Trianon", "Treaty of Sèvres")
ARTICLES = ("The Marshall Plan", "The Berlin airlift", "NATO")
DATED = ("World War I", "World War II")
RIVERS = ("Rhine", "Rhone", "Seine")
PLACES = ("Łódź", "Göring", "Điện Biên Phủ")


def ticked(lines: Sequence[str], answers: Sequence[str], accept: Sequence[str] = ()) -> str:
    """A sign for each answer: x ticked, ~ in part, - missed."""
    items = [item for line in lines for item in given_items(line, answers, accept)]
    return "".join(_sign(found) for found in judge_items(items, len(answers)))


def _sign(found: Found | None) -> str:
    return "-" if found is None else "x" if found.ticked else "~"


# What was typed, line by line; the list; what is ticked.
TICKED: list[tuple[list[str], tuple[str, ...], str]] = [
    ([], CAUSES, "---"),
    (["to defend Cuba against invasion"], CAUSES, "x--"),
    (["TO DEFEND CUBA AGAINST INVASION."], CAUSES, "x--"),
    (["defend Cuba"], CAUSES, "x--"),
    (["defending Cuba"], CAUSES, "---"),
    (["the missile balance"], CAUSES, "-x-"),
    (["missile ballance"], CAUSES, "-x-"),
    (["redress balance"], CAUSES, "-x-"),
    (["answer Jupitters in Turkey"], CAUSES, "--x"),
    (["Jupiters in Turkey", "missile balance", "defend Cuba"], CAUSES, "xxx"),
    (["Jupiters in Turkey; missile balance; defend Cuba"], CAUSES, "xxx"),
    (["Jupiters in Turkey;missile balance;;defend Cuba;"], CAUSES, "xxx"),
    (["1. Jupiters in Turkey 2. missile balance 3. defend Cuba"], CAUSES, "xxx"),
    (["1) Jupiters in Turkey 2) missile balance"], CAUSES, "-xx"),
    (["(1) Jupiters in Turkey (2) missile balance"], CAUSES, "-xx"),
    (["1: Jupiters in Turkey 2: missile balance"], CAUSES, "-xx"),
    (["1. defend Cuba", "2. missile balance"], CAUSES, "xx-"),
    (["- defend Cuba", "• missile balance"], CAUSES, "xx-"),
    (["defend Cuba, missile balance, Jupiters in Turkey"], CAUSES, "xxx"),
    (["defend Cuba and missile balance"], CAUSES, "xx-"),
    (["missile balance\ndefend Cuba"], CAUSES, "xx-"),
    (["Cuba"], CAUSES, "~--"),
    (["Turkey"], CAUSES, "--~"),
    (["Cuba", "defend Cuba"], CAUSES, "x--"),
    (["defend Cuba", "Cuba"], CAUSES, "x--"),
    (["defend Cuba", "to defend Cuba against invasion"], CAUSES, "x--"),
    (["not defend Cuba"], CAUSES, "---"),
    (["Cuba against Turkey"], CAUSES, "---"),
    (["greed"], CAUSES, "---"),
    (["?"], CAUSES, "---"),
    (["the"], CAUSES, "---"),
    (["John F. Kennedy"], BROTHERS, "x--"),
    (["John Kennedy", "robert kennedy", "Kennedy, Edward"], BROTHERS, "xxx"),
    (["Kennedy"], BROTHERS, "x--"),
    (["Kennedy", "Kennedy", "Kennedy"], BROTHERS, "xxx"),
    (["Robert", "Edward"], BROTHERS, "-xx"),
    (["Ted Kennedy"], BROTHERS, "---"),
    (["US", "France"], ALLIES, "x--x"),
    (["united states; soviet union; britain; france"], ALLIES, "xxxx"),
    (["France", "The United States", "the Soviet Union"], ALLIES, "xx-x"),
    (["France", "France"], ALLIES, "---x"),
    (["Framce"], ALLIES, "---x"),
    (["Germany"], ALLIES, "----"),
    (["Versailles Treaty"], TREATIES, "x--"),
    (["Versailles", "Trianon", "Sevres"], TREATIES, "xxx"),
    (["treaty of sevres"], TREATIES, "--x"),
    (["treaty"], TREATIES, "~--"),
    (["marshall plan", "berlin airlift", "nato"], ARTICLES, "xxx"),
    (["airlift"], ARTICLES, "-x-"),
    (["Rhone"], RIVERS, "-x-"),
    (["Rhone", "Rhone"], RIVERS, "-x-"),
    (["the Rhone", "the Rhine"], RIVERS, "xx-"),
    (["Bevin", "Bevin"], ("Bevan", "Bevin"), "-x"),
    (["Qin", "Qin"], ("Qin", "Qing", "Ming"), "x--"),
    (["Iran", "Iran"], ("Iran", "Iraq"), "x-"),
    (["Ivan"], ("Iran", "Iraq"), "--"),
    (["Mali", "Mali"], ("Malta", "Mali"), "-x"),
    (["Gza"], ("Gaza", "Giza"), "--"),
    (["Cuba"], ("Cuban exiles", "Aruba"), "--"),
    (["Rome", "Rome"], ("Romes", "Rome"), "-x"),
    (["Malenkof"], ("Malenkov", "Malenkow"), "~-"),
    (["land", "lend"], ("Land", "Peace", "Bread"), "x--"),
    (["place"], ("Land", "Peace", "Bread"), "---"),
    (["oil"], ("Oil", "Soil", "Coal"), "x--"),
    (["taxes; tithes"], ("Tax", "Tithe"), "xx"),
    (["iron coal oil"], ("Iron", "Coal", "Oil"), "xxx"),
    (["iron oil"], ("Iron", "Coal", "Oil"), "x-x"),
    (["iron coal silk"], ("Iron", "Coal", "Oil"), "~--"),
    (["Leo X"], ("Pope Leo X", "Pope Leo XIII"), "x-"),
    (["Leo 13"], ("Pope Leo X", "Pope Leo XIII"), "-x"),
    (["alliances"], ("Alliance system", "Naval race"), "x-"),
    (["naval races"], ("Alliance system", "Naval race"), "-x"),
    (["World War 2"], DATED, "-x"),
    (["First World War", "Second World War"], DATED, "xx"),
    (["World War III"], DATED, "--"),
    (["Lodz", "goering", "dien bien phu"], PLACES, "xxx"),
    (["Lódz; GÖRING"], PLACES, "xx-"),
]


@pytest.mark.parametrize(("lines", "answers", "expected"), TICKED)
def test_items_are_ticked_off(lines: list[str], answers: tuple[str, ...], expected: str) -> None:
    assert ticked(lines, answers) == expected


@pytest.mark.parametrize(
    ("lines", "accept", "expected"),
    [
        (["protect Cuba"], ["protect Cuba"], "x--"),
        (["missile gap"], ["missile gap"], "-x-"),
        (["Protect CUBA", "defend Cuba"], ["protect Cuba"], "x--"),
        (["prestige"], ["prestige"], "x--"),
        (["prestige", "defend Cuba"], ["prestige"], "xx-"),
        (["prestige", "defend Cuba", "missile balance"], ["prestige"], "xxx"),
        (["defend Cuba", "missile balance", "Jupiters in Turkey", "prestige"], ["prestige"], "xxx"),
    ],
)
def test_an_accepted_answer_stands_for_the_item_whose_words_it_shares_or_for_any(
    lines: list[str], accept: list[str], expected: str
) -> None:
    assert ticked(lines, CAUSES, accept) == expected


def test_an_item_that_holds_a_semicolon_is_one_item() -> None:
    assert ticked(["Bread; peace"], ("Bread; peace", "Land")) == "x-"
    assert ticked(["Land, bread"], ("Land, bread", "peace")) == "x-"


def test_no_answer_ticks_two_items_even_where_it_is_both() -> None:
    assert ticked(["Berlin"], ("Berlin", "Berlin")) == "x-"
    assert ticked(["Berlin", "Berlin"], ("Berlin", "Berlin")) == "xx"


def test_an_answer_gives_way_to_one_that_fits_nowhere_else() -> None:
    # `Kennedy` is any of them; `John Kennedy` is only one.
    assert ticked(["Kennedy", "John Kennedy"], BROTHERS) == "xx-"


# Ticked, in part and missed items: the grade, and what is said.
GRADES = [
    ("xxx", 4, "all 3"),
    ("x", 4, "right"),
    ("xx-", 3, "2 of 3"),
    ("xxx-", 3, "3 of 4"),
    ("xxx--", 3, "3 of 5"),
    ("xx~-", 3, "2 of 4, 1 in part"),
    ("x-", 2, "1 of 2"),
    ("xx--", 2, "2 of 4"),
    ("x--", 2, "1 of 3"),
    ("~--", 2, "1 of 3 in part"),
    ("~~~~", 2, "4 of 4 in part"),
    ("---", 1, "none of the 3"),
    ("-", 1, "not the answer"),
]


def of(signs: str) -> list[Found | None]:
    """Items found as the signs say."""
    verdicts = {"x": Verdict(Outcome.RIGHT, 4, "right"), "~": Verdict(Outcome.CLOSE, 2, "part of it")}
    return [Found("typed", verdicts[sign]) if sign in verdicts else None for sign in signs]


@pytest.mark.parametrize(("signs", "grade", "sentence"), GRADES)
def test_the_grade_is_suggested_by_how_many_were_right(signs: str, grade: int, sentence: str) -> None:
    verdict = list_verdict(of(signs), tried=True)

    assert (verdict.grade, verdict.sentence) == (grade, sentence)


def test_nothing_typed_is_no_answer() -> None:
    assert list_verdict([None, None], tried=False).outcome is Outcome.BLANK


def test_a_list_that_was_mostly_misspelt_is_hard() -> None:
    answers = ("Khrushchev", "Gorbachev", "Brezhnev")
    items = [item for name in ("Kruschev", "Gorbachov", "Brezhnev") for item in given_items(name, answers)]

    assert list_verdict(judge_items(items, 3), tried=True).grade == 3


WORDS = st.text("abcdefghijklmnop", min_size=4, max_size=9)
LISTS = st.lists(WORDS, min_size=1, max_size=5, unique=True)


@given(LISTS, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_a_whole_list_is_right_in_any_order(answers: list[str], chance: object) -> None:
    typed = list(answers)
    chance.shuffle(typed)  # type: ignore[attr-defined]

    assert ticked(typed, answers) == "x" * len(answers)
    assert ticked(["; ".join(typed)], answers) == "x" * len(answers)


@given(LISTS, st.lists(WORDS | st.text(max_size=20), max_size=6))
@settings(max_examples=150, deadline=None)
def test_no_more_is_ticked_than_was_given_and_more_never_ticks_less(
    answers: list[str], typed: list[str]
) -> None:
    counts = []
    for number in range(len(typed) + 1):
        items = [item for line in typed[:number] for item in given_items(line, answers)]
        found = judge_items(items, len(answers))
        counts.append(sum(each is not None and each.ticked for each in found))
        assert sum(each is not None for each in found) <= len(items)
    assert counts == sorted(counts)
