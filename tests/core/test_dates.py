"""Historical dates: their day numbers, order, weekdays and printing."""

import itertools
from datetime import date as day_of_python

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.date_reading import read_date
from fasti.core.dates import (
    Calendar,
    Day,
    HistoricalDate,
    day_at,
    day_number,
    days_in_month,
    describe,
    edtf,
    order_key,
    weekday,
)

GREGORIAN, JULIAN = Calendar.GREGORIAN, Calendar.JULIAN


@pytest.mark.parametrize(
    ("day", "calendar", "number"),
    [
        (Day(-4712, 1, 1), JULIAN, 0),
        (Day(-4713, 11, 24), GREGORIAN, 0),
        (Day(-43, 3, 15), JULIAN, 1705426),
        (Day(1582, 10, 4), JULIAN, 2299160),
        (Day(1582, 10, 15), GREGORIAN, 2299161),
        (Day(1858, 11, 17), GREGORIAN, 2400001),
        (Day(1970, 1, 1), GREGORIAN, 2440588),
        (Day(2000, 1, 1), GREGORIAN, 2451545),
    ],
)
def test_known_days_have_their_julian_day_number(day: Day, calendar: Calendar, number: int) -> None:
    assert day_number(day, calendar) == number
    assert day_at(number, calendar) == day


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        (Day(1066, 10, 14), Day(1066, 10, 20)),
        (Day(1752, 9, 3), Day(1752, 9, 14)),
        (Day(1900, 2, 29), Day(1900, 3, 13)),
        (Day(1917, 10, 25), Day(1917, 11, 7)),
    ],
)
def test_a_day_has_one_number_in_both_calendars(julian: Day, gregorian: Day) -> None:
    assert day_number(julian, JULIAN) == day_number(gregorian, GREGORIAN)


@given(st.dates())
@settings(deadline=None)
def test_day_numbers_agree_with_python(day: day_of_python) -> None:
    ours = day_number(Day(day.year, day.month, day.day), GREGORIAN)

    assert ours - day_number(Day(1, 1, 1), GREGORIAN) == day.toordinal() - 1


@given(st.integers(-4_000_000, 4_000_000), st.sampled_from(Calendar))
@settings(max_examples=300, deadline=None)
def test_every_number_is_one_day_and_the_next_number_the_next_day(number: int, calendar: Calendar) -> None:
    today, tomorrow = day_at(number, calendar), day_at(number + 1, calendar)

    assert day_number(today, calendar) == number
    assert today < tomorrow
    assert 1 <= today.day <= days_in_month(today.year, today.month, calendar)
    assert tomorrow.day in (1, today.day + 1)


@pytest.mark.parametrize(
    ("year", "calendar", "days"),
    [
        (2023, GREGORIAN, 28),
        (1900, GREGORIAN, 28),
        (2000, GREGORIAN, 29),
        (1900, JULIAN, 29),
        (0, JULIAN, 29),
    ],
)
def test_february_follows_its_calendar(year: int, calendar: Calendar, days: int) -> None:
    assert days_in_month(year, 2, calendar) == days


@pytest.mark.parametrize(
    ("text", "calendar", "name"),
    [
        ("14 October 1066", JULIAN, "Saturday"),
        ("29 May 1453", JULIAN, "Tuesday"),
        ("25 October 1415", JULIAN, "Friday"),
        ("4 July 1776", GREGORIAN, "Thursday"),
        ("14 July 1789", GREGORIAN, "Tuesday"),
        ("6 June 1944", GREGORIAN, "Tuesday"),
        ("1962-10-22", GREGORIAN, "Monday"),
        ("October 1962", GREGORIAN, None),
        ("c. 22 October 1962", GREGORIAN, None),
        ("1962-10-22 to 1962-10-22", GREGORIAN, None),
        ("before 1962-10-22", GREGORIAN, None),
        # Before the Gregorian calendar nobody can tell, unless the author says which calendar it is.
        ("15 October 1582", GREGORIAN, "Friday"),
        ("14 October 1582", GREGORIAN, None),
        ("14 October 1066", GREGORIAN, None),
        ("15 March 44 BC", GREGORIAN, None),
        # Rome's leap years went wrong until AD 8, and before 46 BC its calendar was another one.
        ("24 August AD 79", JULIAN, "Tuesday"),
        ("1 January AD 8", JULIAN, "Sunday"),
        ("31 December AD 7", JULIAN, None),
        ("15 March 44 BC", JULIAN, None),
    ],
)
def test_an_exact_day_has_a_weekday(text: str, calendar: Calendar, name: str | None) -> None:
    assert weekday(read_date(text, calendar)) == name


def test_dates_sort_by_their_first_day_and_then_by_their_last() -> None:
    texts = [
        *("10000 BC", "5th century BC", "218 to 201 BC", "50s BC", "44 BC", "15 March 44 BC", "AD 14", "476"),
        *(
            "before 1066",
            "1066-01-01",
            "January 1066",
            "1066",
            "1066 to 1087",
            "since 1066",
            "14 October 1066",
        ),
        *("until 1066", "after 1066", "15th century", "c. 1450", "1450s", "winter 1941", "1962-10"),
    ]

    mixed = texts[9:] + texts[:9]
    assert sorted(mixed, key=lambda text: order_key(read_date(text))) == texts


def test_dates_of_both_calendars_sort_together() -> None:
    old_style = read_date("25 October 1917", JULIAN)
    before, after = read_date("6 November 1917"), read_date("8 November 1917")

    assert sorted([after, old_style, before], key=order_key) == [before, old_style, after]


EDTF = [
    ("22 October 1962", "1962-10-22"),
    ("October 1962", "1962-10"),
    ("1962", "1962"),
    ("476", "0476"),
    ("AD 14", "0014"),
    ("1 BC", "0000"),
    ("44 BC", "-0043"),
    ("15 March 44 BC", "-0043-03-15"),
    ("10000 BC", "-9999"),
    ("10001 BC", "Y-10000"),
    ("AD 12000", "Y12000"),
    ("c. 1450", "1450~"),
    ("1450?", "1450~"),
    ("spring 1789", "1789-21"),
    ("winter 1941", "1941-24"),
    ("1450s", "145X"),
    ("440s BC", "-0448/-0439"),
    ("15th century", "1401/1500"),
    ("14XX", "14XX"),
    ("1st century BC", "-0099/0000"),
    ("1914-1918", "1914/1918"),
    ("October 1962 to March 1963", "1962-10/1963-03"),
    ("16–28 October 1962", "1962-10-16/1962-10-28"),
    ("September 1939 to 8 May 1945", "1939-09-01/1945-05-08"),
    ("c. 1450 to c. 1500", "1450~/1500~"),
    ("early 1962", "1962-01~/1962-04~"),
    ("by 1066", "../1066"),
    ("before 1066", "../1065"),
    ("since 1066", "1066/.."),
    ("after 22 October 1962", "1962-10-23/.."),
]


@pytest.mark.parametrize(("text", "expected"), EDTF)
def test_dates_have_an_edtf_form(text: str, expected: str) -> None:
    assert edtf(read_date(text)) == expected


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1962-10-22", "22 October 1962"),
        ("1962–10–22", "22 October 1962"),
        ("1962/10/22", "22 October 1962"),
        ("1962.10.22", "22 October 1962"),
        ("1962-10", "October 1962"),
        ("1962", "1962"),
        ("0476", "476"),
        ("0476-09-04", "4 September 476"),
        ("0044", "AD 44"),
        ("-0043", "44 BC"),
        ("−0043-03-15", "15 March 44 BC"),
        ("0000", "1 BC"),
        ("Y-10000", "10001 BC"),
        ("Y12000", "AD 12000"),
        ("1450~", "c. 1450"),
        ("1450%", "c. 1450"),
        ("1450?", "1450?"),
        ("1962-10~", "c. October 1962"),
        ("1962-10?", "October 1962?"),
        ("c. 1962-10", "c. October 1962"),
        ("1789-21", "spring 1789"),
        ("1941-24", "winter 1941"),
        ("147X", "1470s"),
        ("190X", "1900 to 1909"),
        ("14XX", "1400 to 1499"),
        ("-014X", "150 BC to 141 BC"),
        ("1985-04-XX", "April 1985"),
        ("1985-XX-XX", "1985"),
        ("1962-10-16 to 1962-10-28", "16–28 October 1962"),
        ("1962-10-16/1962-10-28", "16–28 October 1962"),
        ("from 1962-10-16 to 1962-10-28", "16–28 October 1962"),
        ("1962-10-28 – 1962-11-03", "28 October – 3 November 1962"),
        ("1962-10-28/1963-01-02", "28 October 1962 – 2 January 1963"),
        ("1962-10/1962-11", "October–November 1962"),
        ("1911-11/1911-12", "November–December 1911"),
        ("1962-10/1963-03", "October 1962 – March 1963"),
        ("1939-09 to 1945-05-08", "September 1939 – 8 May 1945"),
        ("1337/1453", "1337–1453"),
        ("-0218/-0201", "219 BC – 202 BC"),
        ("-0043/0014", "44 BC – AD 14"),
        ("1450~/1500~", "c. 1450 to c. 1500"),
        ("1450~/1500", "c. 1450 to 1500"),
        ("../1066", "until 1066"),
        ("1066/..", "from 1066"),
        ("before 1962-10-22", "before 22 October 1962"),
        ("between 1962-10-16 and 1962-10-28", "between 16 October 1962 and 28 October 1962"),
        ("22 October 1962", "22 October 1962"),
        ("Oct. 22nd, 1962", "Oct. 22nd, 1962"),
        ("1914-1918", "1914-1918"),
        ("1914–1918", "1914–1918"),
        ("c.1450", "c.1450"),
        ("44 BC", "44 BC"),
        ("9/10 November 1938", "9/10 November 1938"),
        ("winter 1941/42", "winter 1941/42"),
        ("  16 October \n to 28 October 1962 ", "16 October to 28 October 1962"),
    ],
)
def test_notation_is_shown_in_words_and_words_as_written(written: str, shown: str) -> None:
    assert describe(read_date(written)) == shown


def ends(date: HistoricalDate) -> tuple[Day | None, Day | None]:
    return date.earliest, date.latest


def days_of(years: st.SearchStrategy[int]) -> st.SearchStrategy[Day]:
    return st.builds(Day, years, st.integers(1, 12), st.integers(1, 28))


ISO_YEARS = st.integers(-9999, 9999)


def iso(day: Day, parts: int) -> str:
    year = f"-{-day.year:04}" if day.year < 0 else f"{day.year:04}"
    return "-".join([year, f"{day.month:02}", f"{day.day:02}"][:parts])


@given(
    days_of(ISO_YEARS), st.sampled_from([1, 3]), st.sampled_from(["{}", "{}~", "{}?", "until {}", "{}/.."])
)
@settings(max_examples=300, deadline=None)
def test_a_point_survives_being_written_as_edtf_and_in_words(day: Day, parts: int, form: str) -> None:
    date = read_date(form.format(iso(day, parts)))

    assert ends(read_date(edtf(date))) == ends(date)
    assert ends(read_date(describe(date))) == ends(date)


@given(
    days_of(ISO_YEARS),
    days_of(ISO_YEARS),
    st.integers(1, 3),
    st.sampled_from(["{}/{}", "{} to {}", "{}~/{}"]),
)
@settings(max_examples=300, deadline=None)
def test_a_span_survives_being_written_as_edtf_and_in_words(
    one: Day, two: Day, parts: int, form: str
) -> None:
    date = read_date(form.format(*(iso(day, parts) for day in sorted((one, two)))))

    assert ends(read_date(edtf(date))) == ends(date)
    assert ends(read_date(describe(date))) == ends(date)


@given(st.integers(-9999, 9999), st.integers(1, 12))
@settings(deadline=None)
def test_a_month_survives_being_written_in_words(year: int, month: int) -> None:
    date = read_date(f"{iso(Day(year, month, 1), 2)}/{iso(Day(year, month, 1), 2)}")

    assert ends(read_date(describe(date))) == ends(date)


@given(st.lists(days_of(ISO_YEARS), min_size=3, max_size=3))
@settings(deadline=None)
def test_a_point_stands_among_others_as_its_day_does(days: list[Day]) -> None:
    by_key = sorted(days, key=lambda day: order_key(read_date(iso(day, 3))))

    assert all(one <= other for one, other in itertools.pairwise(by_key))
