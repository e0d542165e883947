"""What a wrong answer is the right answer to."""

import pytest

from fasti.core.card import Card, Judge
from fasti.core.facts import Fact
from fasti.core.kinds import BUILT_IN
from fasti.core.mistakes import Dated, dates_meant, mistaken_date, mistaken_name, year_words


def fact(kind: str, **fields: str) -> Fact:
    accept = (fields.pop("accept"),) if "accept" in fields else ()
    return Fact(kind, {name: (value,) for name, value in fields.items()}, accept=accept)


DECK = (
    fact("person", person="Fidel Castro", who="Prime minister of Cuba"),
    fact("person", person="Raúl Castro", who="Defence minister of Cuba"),
    fact("person", person="Robert McNamara", who="Secretary of Defense", accept="Bob McNamara"),
    fact("term", term="the Berlin blockade", means="The cutting off of West Berlin"),
    fact("term", term="quarantine", means="A blockade by another name"),
    fact("event", event="Cuban missile crisis", date="1962-10", what="The world came near to nuclear war"),
    fact("q", q="Why?", a="Because"),
    fact("cloze", cloze="The {Truman Doctrine}"),
)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Fidel Castro", "Fidel Castro"),
        ("fidel castro", "Fidel Castro"),
        ("Raul Castro", "Raúl Castro"),
        ("Bob McNamara", "Robert McNamara"),
        ("McNamara", "Robert McNamara"),
        ("Berlin blockade", "the Berlin blockade"),
        ("The Berlin Blockade", "the Berlin blockade"),
        ("QUARANTINE", "quarantine"),
        ("the Cuban Missile Crisis", "Cuban missile crisis"),
        ("Castro", None),
        ("Khrushchev", None),
        ("why?", None),
        ("", None),
    ],
)
def test_a_wrong_answer_may_be_the_name_of_one_other_fact(typed: str, title: str | None) -> None:
    mistaken = mistaken_name(typed, DECK, BUILT_IN)

    assert (mistaken.title if mistaken else None) == title


def test_what_the_other_fact_says_is_told_and_only_names_stand_without_quotes() -> None:
    castro = mistaken_name("Fidel Castro", DECK, BUILT_IN)
    quarantine = mistaken_name("quarantine", DECK, BUILT_IN)
    blockade = mistaken_name("berlin blockade", DECK, BUILT_IN)

    assert castro
    assert quarantine
    assert blockade
    assert (castro.is_name, quarantine.is_name, blockade.is_name) == (True, False, True)
    assert quarantine.about == "A blockade by another name"


WHEN = Card("when", "When?", "x", ("22 October 1962",), Judge.DATE)


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("14 oct 62", "1962-10-14"),
        ("1962-10-14", "14 October 1962"),
        ("oct 1962", "October 1962"),
        ("1914-18", "1914 to 1918"),
        ("44 BC", "44 BC"),
        ("15th century", "15th century"),
        ("1960s", "the 1960s"),
    ],
)
def test_dates_are_the_same_however_they_are_written(typed: str, date: str) -> None:
    meant = dates_meant(WHEN, typed)
    found = mistaken_date(meant, [Dated("a", "A flight", False, date), Dated("b", "Else", False, "1066")])

    assert found
    assert (found.title, found.is_date) == ("A flight", True)
    assert not year_words(meant) or any(year in date for year in year_words(meant))


@pytest.mark.parametrize(
    ("dates", "title"),
    [
        ([], None),
        (["1962-10-14"], "0"),
        (["1962-10-14", "14 October 1962"], None),
        (["October 1962", "1962"], None),
        (["1962-10-14", "1962-10-15"], "0"),
        (["no date"], None),
    ],
)
def test_a_date_is_anothers_only_where_exactly_one_other_fact_has_it(
    dates: list[str], title: str | None
) -> None:
    dated = [Dated(str(number), str(number), False, date) for number, date in enumerate(dates)]
    found = mistaken_date(dates_meant(WHEN, "14 October 1962"), dated)

    assert (found.title if found else None) == title


def test_one_fact_that_asks_its_date_twice_is_one() -> None:
    twice = [Dated("a", "A flight", False, "1962-10-14")] * 2

    assert mistaken_date(dates_meant(WHEN, "14 October 1962"), twice)


def test_a_day_of_the_other_calendar_is_another_day() -> None:
    julian = Dated("a", "A flight", False, "1962-10-14", "julian")

    assert mistaken_date(dates_meant(WHEN, "14 October 1962"), [julian]) is None


def test_a_card_that_asks_no_date_means_none() -> None:
    assert dates_meant(Card("name", "Who?", "x", ("1962",), Judge.TEXT), "1962") == []
