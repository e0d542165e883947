"""Causes after their effects, events outside a life, and dates that differ: only what is certain is told."""

import pytest

from tests.lints.linting import problems, told

CAUSE = "cause-after-effect"
LIFE = "outside-life"
DATES = "different-dates"


def link(cause: str, effect: str, more: str = "") -> str:
    """An event that another, on the line below, caused."""
    return (
        f"  - {{event: An effect, date: {effect}, caused by: the-cause}}\n"
        f"  - {{event: The cause, id: the-cause, date: {cause}{more}}}\n"
    )


@pytest.mark.parametrize(
    ("cause", "effect"),
    [
        ("1962-10-23", "1962-10-22"),
        ("1963", "1962"),
        ("November 1962", "October 1962"),
        ("1962-11", "1962-10-22"),
        ("1963", "1962-10-22"),
        ("43 BC", "44 BC"),
        ("AD 1", "1 BC"),
        ("1918-1920", "1914-1917"),
        ("after 1066", "1050"),
        ("1070", "before 1066"),
        ("16th century", "1450s"),
        ("c. 1480", "c. 1450"),
        ("1961", "c. 1450"),
        ("autumn 1962", "spring 1962"),
    ],
)
def test_a_cause_that_can_only_have_come_later_is_told(cause: str, effect: str) -> None:
    assert told(link(cause, effect), code=CAUSE) == [f"3:{len(effect) + 43} warning"]


@pytest.mark.parametrize(
    ("cause", "effect"),
    [
        ("1962-10-22", "1962-10-23"),
        ("1962-10-22", "1962-10-22"),
        ("1962", "October 1962"),
        ("October 1962", "1962"),
        ("1962-12", "1962"),
        ("1962-10-20", "1962-10-16 to 1962-10-28"),
        ("1914-1918", "1916"),
        ("before 1066", "1050"),
        ("1050", "after 1066"),
        ("c. 1455", "c. 1450"),
        ("1455", "c. 1450"),
        ("44 BC", "43 BC"),
        ("1450s", "1452"),
        ("1962-", "1950-"),
    ],
)
def test_a_cause_that_may_have_come_first_is_left_alone(cause: str, effect: str) -> None:
    assert told(link(cause, effect), code=CAUSE) == []


def test_days_of_the_julian_calendar_are_counted_as_what_they_are() -> None:
    # 30 October 1917 in Petrograd was 12 November elsewhere; 20 October was 2 November.
    late = link("1917-12-30", "1917-11-07", ", calendar: julian")
    early = link("1917-10-20", "1917-11-07", ", calendar: julian")

    assert told(late, code=CAUSE) == ["3:53 warning"]
    assert told(early, code=CAUSE) == []


def test_where_one_date_alone_is_marked_as_julian_the_other_may_be_so_too() -> None:
    assert told(link("1917-11-05", "1917-11-07", ", calendar: julian"), code=CAUSE) == []
    assert told(link("1945-05-05", "1945-05-07", ", calendar: julian"), code=CAUSE) == ["3:53 warning"]


def test_a_difference_that_calendars_may_make_says_so() -> None:
    (near,) = problems(link("1917-11-10", "1917-11-07"), code=CAUSE)
    (far,) = problems(link("1918-11-10", "1917-11-07"), code=CAUSE)
    (late,) = problems(link("1962-11-10", "1962-11-07"), code=CAUSE)

    assert "calendar: julian" in near.message
    assert "calendar: julian" not in far.message + late.message


def test_the_sentence_names_both_with_their_dates() -> None:
    (problem,) = problems(link("1962-10-23", "1962-10-22"), code=CAUSE)

    assert problem.message == (
        "`The cause` (23 October 1962) comes after its effect `An effect` (22 October 1962); "
        "correct a date, or turn the link round"
    )


def test_a_link_that_both_sides_tell_is_told_once_at_its_own_place() -> None:
    facts = """\
  - event: First
    id: first-one
    date: 1962
    leads to: [Fear, second-one]
  - event: Second
    id: second-one
    date: 1961
    caused by: first-one
"""
    assert told(facts, code=CAUSE) == ["6:22 warning"]


def test_facts_without_a_date_are_followed_to_their_causes() -> None:
    facts = """\
  - event: The war
    date: 1914
    caused by: fear-itself
  - effect: Fear
    id: fear-itself
    causes: [arms-race, Hunger]
  - effect: The arms race
    id: arms-race
    causes: [dreadnought-launched]
  - event: The Dreadnought is launched
    id: dreadnought-launched
    date: 1916
"""
    (problem,) = problems(facts, code=CAUSE)

    assert problem.place == (5, 16)
    assert "by way of `Fear`" in problem.message


def test_a_cause_and_an_effect_that_are_events_by_name_are_compared() -> None:
    facts = """\
  - {event: The Bay of Pigs invasion, date: 1961-04}
  - {event: Missiles are sent, date: 1960}
  - {cause: Bay of Pigs invasion, effect: missiles are sent}
"""
    assert told(facts, code=CAUSE) == ["5:6 warning"]
    assert told(facts.replace("1960", "1962"), code=CAUSE) == []


def test_causes_in_a_circle_end() -> None:
    facts = """\
  - {effect: One, id: one-x, causes: [two-x]}
  - {effect: Two, id: two-x, causes: [one-x]}
  - {event: Three, date: 1900, caused by: [one-x, two-x]}
"""
    assert told(facts, code=CAUSE) == []


PERSON = (
    "  - {person: John McCone, id: mccone-j, who: Director, lived: %s, accept: [McCone, John A. McCone]}\n"
)


@pytest.mark.parametrize(
    ("lived", "event", "expected"),
    [
        ("1902-1991", "{event: A warning, date: 1862, caused by: mccone-j}", ["4:47 warning"]),
        ("1902-1991", "{event: A warning, date: 1992, leads to: mccone-j}", ["4:46 warning"]),
        ("1902-1991", "{event: A warning, date: 1991, caused by: mccone-j}", []),
        ("1902-1991", "{event: A warning, date: 1902, caused by: mccone-j}", []),
        ("born 1902", "{event: A warning, date: 1992, caused by: mccone-j}", []),
        ("born 1902", "{event: A warning, date: 1862, caused by: mccone-j}", ["4:47 warning"]),
        ("died 1991", "{event: A warning, date: 1992, caused by: mccone-j}", ["4:47 warning"]),
        ("1902-", "{event: A warning, date: 1901, caused by: mccone-j}", ["4:47 warning"]),
        ("c. 1902-1991", "{event: A warning, date: 1895, caused by: mccone-j}", []),
        ("1902", "{event: A warning, date: 1962, caused by: mccone-j}", []),
        ("1902-1991", "{event: John McCone warns, date: 1862}", ["4:13 warning"]),
        ("1902-1991", "{event: Kennedy hears John A. McCone, date: 1862}", ["4:13 warning"]),
        ("1902-1991", "{event: John McCone is honoured, date: 2000}", ["4:13 advice"]),
        ("1902-1991", "{event: John McCone's house is sold, date: 2000}", []),
        ("1902-1991", "{event: A street is named after John McCone, date: 2000}", []),
        ("1902-1991", "{event: McCone the elder dies, date: 1862}", []),
        ("1902-1991", "{event: Nothing of the kind, date: 1862}", []),
        ("1902-1991", "{person: Another, who: Brother of John McCone, lived: 1800-1850}", []),
    ],
)
def test_an_event_outside_a_life(lived: str, event: str, expected: list[str]) -> None:
    assert told(PERSON % lived + f"  - {event}\n", code=LIFE) == expected


def test_a_name_of_two_people_is_nobodys() -> None:
    facts = PERSON % "1902-1991" + "  - {person: John McCone, who: The son, lived: 1850-1890}\n"

    assert told(facts + "  - {event: John McCone speaks, date: 1862}\n", code=LIFE) == []


def event(title: str, date: str, more: str = "") -> str:
    return f"  - {{event: {title}, date: {date}{more}}}\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1942-06-04", "1942-07-04"),
        ("1942", "1943-06-04"),
        ("1914-1918", "1939-1945"),
        ("c. 1450", "c. 1480"),
        ("44 BC", "43 BC"),
    ],
)
def test_two_files_that_cannot_both_be_right_are_told(one: str, other: str) -> None:
    found = told(event("The battle of Midway", one), event("Battle of Midway", other), code=DATES)

    assert found == ["3:37 warning"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1942-06-04", "1942"),
        ("1942-06-04", "4 June 1942"),
        ("1942-06-04 to 1942-06-07", "1942-06-04"),
        ("1962-10-16 to 1962-10-28", "1962-10-20 to 1962-11-20"),
        ("c. 1450", "1455"),
        ("before 1066", "1050"),
    ],
)
def test_two_files_that_may_both_be_right_are_not(one: str, other: str) -> None:
    assert told(event("Midway", one), event("Midway", other), code=DATES) == []


def test_old_and_new_style_are_one_day() -> None:
    old = event("The winter palace falls", "1917-10-25", ", calendar: julian")

    assert told(old, event("The winter palace falls", "1917-11-07"), code=DATES) == []
    (problem,) = problems(
        event("The winter palace falls", "1917-10-25"),
        event("The winter palace falls", "1917-11-07"),
        code=DATES,
    )
    assert "calendar: julian" in problem.message


def test_a_life_differs_by_a_year() -> None:
    one = "  - {person: John McCone, who: Director, lived: 1902-1991}\n"
    other = "  - {person: John McCone, who: Director of Central Intelligence, lived: 1903-1991}\n"
    (problem,) = problems(one, other, code=DATES)

    assert problem.message == (
        "line 3 of `0.yaml` has another date for `John McCone`: 1902-1991; correct one of them, "
        "or say how the two differ"
    )
    assert told(one, one.replace("1902-1991", "born 1902"), code=DATES) == []


def test_other_words_are_another_event() -> None:
    assert told(event("Kennedy is elected", "1960"), event("Kennedy is re-elected", "1964"), code=DATES) == []


def test_two_events_of_one_file_are_no_matter_of_two_files() -> None:
    assert told(event("Midway", "1942") + event("Midway", "1943"), code=DATES) == []
