"""What is read as a date, as which days, and what is refused with which advice."""

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.date_reading import LONGEST, read_date
from fasti.core.dates import Calendar, DateError, Day, describe

READ = {
    "day": [
        ("1962-10-22", "1962-10-22"),
        ("22 October 1962", "1962-10-22"),
        ("22 october 1962", "1962-10-22"),
        ("22 OCT 1962", "1962-10-22"),
        ("22 Oct. 1962", "1962-10-22"),
        ("22nd October 1962", "1962-10-22"),
        ("the 22nd of October, 1962", "1962-10-22"),
        ("October 22, 1962", "1962-10-22"),
        ("October 22nd 1962", "1962-10-22"),
        ("Oct 22 1962", "1962-10-22"),
        ("1962 October 22", "1962-10-22"),
        ("22-Oct-1962", "1962-10-22"),
        ("on 22 October 1962", "1962-10-22"),
        ("Monday 22 October 1962", "1962-10-22"),
        ("Mon., 22 October 1962", "1962-10-22"),
        ("1962/10/22", "1962-10-22"),
        ("1962-9-5", "1962-9-5"),
        ("1962‑10‑22", "1962-10-22"),
        ("1962–10–22", "1962-10-22"),
        ("1962−10−22", "1962-10-22"),
        ("1911-12-25", "1911-12-25"),
        ("15 March 44 BC", "-43-3-15"),
        ("March 15, 44 BC", "-43-3-15"),
        ("15 March 44 B.C.E.", "-43-3-15"),
        ("-0043-03-15", "-43-3-15"),
        ("24 August AD 79", "79-8-24"),
        ("24 August 79 CE", "79-8-24"),
        ("29 February 2000", "2000-2-29"),
    ],
    "month": [
        ("1962-10", "1962-10-1 1962-10-31"),
        ("October 1962", "1962-10-1 1962-10-31"),
        ("Oct. 1962", "1962-10-1 1962-10-31"),
        ("October of 1962", "1962-10-1 1962-10-31"),
        ("October, 1962", "1962-10-1 1962-10-31"),
        ("Sept 1939", "1939-9-1 1939-9-30"),
        ("February 1900", "1900-2-1 1900-2-28"),
        ("1905-03", "1905-3-1 1905-3-31"),
        ("1910-01", "1910-1-1 1910-1-31"),
        ("1890-12", "1890-12-1 1890-12-31"),
        ("-0043-03", "-43-3-1 -43-3-31"),
        ("March 44 BC", "-43-3-1 -43-3-31"),
        ("1985-04-XX", "1985-4-1 1985-4-30"),
    ],
    "season": [
        ("spring 1789", "1789-3-1 1789-5-31"),
        ("Summer of 1914", "1914-6-1 1914-8-31"),
        ("autumn 1956", "1956-9-1 1956-11-30"),
        ("fall 1989", "1989-9-1 1989-11-30"),
        ("winter 1941", "1941-12-1 1942-2-28"),
        ("winter 1943", "1943-12-1 1944-2-29"),
        ("the winter of 1941–42", "1941-12-1 1942-2-28"),
        ("winter 1941/2", "1941-12-1 1942-2-28"),
        ("winter 219/218 BC", "-218-12-1 -217-2-28"),
        ("1789-21", "1789-3-1 1789-5-31"),
        ("1941-24", "1941-12-1 1942-2-28"),
    ],
    "year": [
        ("1962", "1962-1-1 1962-12-31"),
        ("in 1962", "1962-1-1 1962-12-31"),
        ("the year 1000", "1000-1-1 1000-12-31"),
        ("0476", "476-1-1 476-12-31"),
        ("476", "476-1-1 476-12-31"),
        ("AD 476", "476-1-1 476-12-31"),
        ("476 AD", "476-1-1 476-12-31"),
        ("A.D. 476", "476-1-1 476-12-31"),
        ("476 CE", "476-1-1 476-12-31"),
        ("476CE", "476-1-1 476-12-31"),
        ("AD 1", "1-1-1 1-12-31"),
        ("1 BC", "0-1-1 0-12-31"),
        ("0000", "0-1-1 0-12-31"),
        ("44 BC", "-43-1-1 -43-12-31"),
        ("44BC", "-43-1-1 -43-12-31"),
        ("44 bce", "-43-1-1 -43-12-31"),
        ("44 B.C.", "-43-1-1 -43-12-31"),
        ("-0043", "-43-1-1 -43-12-31"),
        ("3000 BC", "-2999-1-1 -2999-12-31"),
        ("10000 BC", "-9999-1-1 -9999-12-31"),
        ("10,000 BC", "-9999-1-1 -9999-12-31"),
        ("Y-10000", "-10000-1-1 -10000-12-31"),
        ("１９６２", "1962-1-1 1962-12-31"),
    ],
    "decade": [
        ("1450s", "1450-1-1 1459-12-31"),
        ("the 1450s", "1450-1-1 1459-12-31"),
        ("1450's", "1450-1-1 1459-12-31"),
        ("147X", "1470-1-1 1479-12-31"),
        ("190x", "1900-1-1 1909-12-31"),
        ("440s BC", "-448-1-1 -439-12-31"),
        ("the 50s BC", "-58-1-1 -49-12-31"),
        ("the AD 60s", "60-1-1 69-12-31"),
    ],
    "century": [
        ("15th century", "1401-1-1 1500-12-31"),
        ("the 15th century", "1401-1-1 1500-12-31"),
        ("15th cent.", "1401-1-1 1500-12-31"),
        ("15th c.", "1401-1-1 1500-12-31"),
        ("fifteenth century", "1401-1-1 1500-12-31"),
        ("twenty-first century", "2001-1-1 2100-12-31"),
        ("1st century", "1-1-1 100-12-31"),
        ("1st century BC", "-99-1-1 0-12-31"),
        ("5th century B.C.E.", "-499-1-1 -400-12-31"),
        ("14XX", "1400-1-1 1499-12-31"),
    ],
    "span": [
        ("1962-10-16 to 1962-10-28", "1962-10-16 1962-10-28"),
        ("1962-10-16/1962-10-28", "1962-10-16 1962-10-28"),
        ("1962-10-16–1962-10-28", "1962-10-16 1962-10-28"),
        ("1962-10-16 - 1962-10-28", "1962-10-16 1962-10-28"),
        ("16–28 October 1962", "1962-10-16 1962-10-28"),
        ("16-28 October 1962", "1962-10-16 1962-10-28"),
        ("16—28 October 1962", "1962-10-16 1962-10-28"),
        ("16th to 28th October 1962", "1962-10-16 1962-10-28"),
        ("Oct 16 – 28, 1962", "1962-10-16 1962-10-28"),
        ("October 16-28, 1962", "1962-10-16 1962-10-28"),
        ("28 October – 3 November 1962", "1962-10-28 1962-11-3"),
        ("October 28 – November 3, 1962", "1962-10-28 1962-11-3"),
        ("28 October 1962 to 3 January 1963", "1962-10-28 1963-1-3"),
        ("9/10 November 1938", "1938-11-9 1938-11-10"),
        ("15 to 16 March 44 BC", "-43-3-15 -43-3-16"),
        ("October to November 1962", "1962-10-1 1962-11-30"),
        ("Oct–Nov 1962", "1962-10-1 1962-11-30"),
        ("Oct/Nov 1962", "1962-10-1 1962-11-30"),
        ("1962-10 to 1963-03", "1962-10-1 1963-3-31"),
        ("1911-11/1911-12", "1911-11-1 1911-12-31"),
        ("spring to autumn 1789", "1789-3-1 1789-11-30"),
        ("1914-1918", "1914-1-1 1918-12-31"),
        ("1914–1918", "1914-1-1 1918-12-31"),
        ("1914--1918", "1914-1-1 1918-12-31"),
        ("1914 - 1918", "1914-1-1 1918-12-31"),
        ("1914 -1918", "1914-1-1 1918-12-31"),
        ("1914 to 1918", "1914-1-1 1918-12-31"),
        ("from 1914 to 1918", "1914-1-1 1918-12-31"),
        ("from 1914 until 1918", "1914-1-1 1918-12-31"),
        ("between 1756 and 1763", "1756-1-1 1763-12-31"),
        ("between 1756-1763", "1756-1-1 1763-12-31"),
        ("1337/1453", "1337-1-1 1453-12-31"),
        ("r. 1509-1547", "1509-1-1 1547-12-31"),
        ("800–1066", "800-1-1 1066-12-31"),
        ("218 to 201 BC", "-217-1-1 -200-12-31"),
        ("218–201 BC", "-217-1-1 -200-12-31"),
        ("218 BC – 201 BC", "-217-1-1 -200-12-31"),
        ("264 to 41 BC", "-263-1-1 -40-12-31"),
        ("44 BC to AD 14", "-43-1-1 14-12-31"),
        ("44 BC – 14 CE", "-43-1-1 14-12-31"),
        ("27 BC to 476", "-26-1-1 476-12-31"),
        ("AD 14 to 37", "14-1-1 37-12-31"),
        ("14-37 AD", "14-1-1 37-12-31"),
        ("-0218/-0201", "-218-1-1 -201-12-31"),
        ("5th to 4th century BC", "-499-1-1 -300-12-31"),
        ("1450s to 1460s", "1450-1-1 1469-12-31"),
        ("first half of the 16th century", "1501-1-1 1550-12-31"),
        ("second half of 1962", "1962-7-1 1962-12-31"),
        ("2nd half of February 1962", "1962-2-16 1962-2-28"),
    ],
    "about day": [("c. 22 October 1962", "1962-10-22"), ("1962-10-22?", "1962-10-22")],
    "about month": [("about October 1962", "1962-10-1 1962-10-31"), ("1962-10~", "1962-10-1 1962-10-31")],
    "about year": [
        (text, "1450-1-1 1450-12-31")
        for text in (
            *("c. 1450", "c.1450", "c1450", "c 1450", "ca. 1450", "ca 1450", "circa 1450", "about 1450"),
            *("around 1450", "approx. 1450", "C. 1450", "1450~", "1450?", "1450%", "~1450", "fl. c. 1450"),
        )
    ],
    "about century": [("c. 15th century", "1401-1-1 1500-12-31"), ("14XX~", "1400-1-1 1499-12-31")],
    "about span": [
        ("c. 1162 – 1227", "1162-1-1 1227-12-31"),
        ("c. 1450 to c. 1500", "1450-1-1 1500-12-31"),
        ("1450~/1500", "1450-1-1 1500-12-31"),
        ("early 1962", "1962-1-1 1962-4-30"),
        ("mid-1962", "1962-5-1 1962-8-31"),
        ("late 1962", "1962-9-1 1962-12-31"),
        ("the end of 1962", "1962-9-1 1962-12-31"),
        ("early October 1962", "1962-10-1 1962-10-10"),
        ("mid October 1962", "1962-10-11 1962-10-20"),
        ("late October 1962", "1962-10-21 1962-10-31"),
        ("late winter 1941", "1942-2-1 1942-2-28"),
        ("early 1450s", "1450-1-1 1453-12-31"),
        ("late 1450s", "1457-1-1 1459-12-31"),
        ("early 15th century", "1401-1-1 1433-12-31"),
        ("mid–15th century", "1434-1-1 1466-12-31"),
        ("late 15th-century", "1467-1-1 1500-12-31"),
        ("early 5th century BC", "-499-1-1 -467-12-31"),
        ("early to mid 15th century", "1401-1-1 1466-12-31"),
        ("late 1962 to early 1963", "1962-9-1 1963-4-30"),
    ],
    "open": [
        ("before 1066", ".. 1065-12-31"),
        ("pre-1066", ".. 1065-12-31"),
        ("before 1 January 1066", ".. 1065-12-31"),
        ("before AD 1", ".. 0-12-31"),
        ("by 1066", ".. 1066-12-31"),
        ("until 1066", ".. 1066-12-31"),
        ("no later than 1066", ".. 1066-12-31"),
        ("died 1991", ".. 1991-12-31"),
        ("../1066", ".. 1066-12-31"),
        ("/1066", ".. 1066-12-31"),
        ("? – 1066", ".. 1066-12-31"),
        ("after 1066", "1067-1-1 .."),
        ("post-1945", "1946-1-1 .."),
        ("after 28 February 1900", "1900-3-1 .."),
        ("after the 15th century", "1501-1-1 .."),
        ("since 1945", "1945-1-1 .."),
        ("from 1945", "1945-1-1 .."),
        ("1945 onwards", "1945-1-1 .."),
        ("1066/..", "1066-1-1 .."),
        ("1946–", "1946-1-1 .."),
        ("1946-", "1946-1-1 .."),
        ("1946 to present", "1946-1-1 .."),
        ("born 1946", "1946-1-1 .."),
        ("b. 22 October 1946", "1946-10-22 .."),
    ],
    "about open": [("before c. 1066", ".. 1065-12-31"), ("1066~/..", "1066-1-1 ..")],
}


def day(text: str) -> Day | None:
    found = re.fullmatch(r"(-?\d+)-(\d+)-(\d+)", text)
    return Day(*map(int, found.groups())) if found else None


@pytest.mark.parametrize(
    ("what", "text", "days"), [(what, *case) for what, cases in READ.items() for case in cases]
)
def test_what_historians_write_is_read(what: str, text: str, days: str) -> None:
    date = read_date(text)

    first, *last = days.split()
    assert (date.earliest, date.latest) == (day(first), day(last[0] if last else first))
    assert ("about " if date.approximate else "") + date.precision == what


# What is refused, and what the sentence tells the author to write.
REFUSED = [
    ("28/10/1962", "`28 October 1962`"),
    ("28.10.1962", "`28 October 1962`"),
    ("28-10-1962", "`28 October 1962`"),
    ("5/6/1944", "`5 June 1944` or `6 May 1944`"),
    ("10/28/62", "the year in full"),
    ("10/1962", "`October 1962`"),
    ("1900s", "`1900 to 1909` or `20th century`"),
    ("early 1900s", "`1900 to 1909` or `20th century`"),
    ("100s BC", "`109 to 100 BC` or `2nd century BC`"),
    ("the 60s", "`1960s`"),
    ("the sixties", "`1960s`"),
    ("1911-12", "for the month write `December 1911`, for the years `1911 to 1912`"),
    ("1911–12", "`1911 to 1912`"),
    ("1910-11", "`November 1910`"),
    ("1900-01", "`January 1900`"),
    ("1914-21", "`spring 1914`"),
    ("before 1911-12", "`December 1911`"),
    ("1914-18", "write `1914 to 1918`"),
    ("1914–18", "write `1914 to 1918`"),
    ("1911 to 12", "write `1911 to 1912`"),
    ("1756/57", "write `1756 to 1757`"),
    ("476-77", "write `476 to 477`"),
    ("1914-8", "`August 1914` or `1914 to 1918`"),
    ("264-41 BC", "`264 to 241 BC` or `264 BC to 41 BC`"),
    ("44 BC to 14", "`44 BC to 14 BC` or `44 BC to AD 14`"),
    ("-0043 to 14", "`-0043 to AD 14`"),
    ("1962-13", "no month 13"),
    ("1962-00-01", "no month 0"),
    ("1962-10-32", "a day from 1 to 31"),
    ("29 February 2023", "a day from 1 to 28"),
    ("29 February 1900", "`calendar: julian`"),
    ("30 February 1900", "a day from 1 to 28"),
    ("2023-02-29", "a day from 1 to 28"),
    ("31 April 1900", "a day from 1 to 30"),
    ("0", "`1 BC` or `AD 1`"),
    ("year 0", "`1 BC` or `AD 1`"),
    ("AD 0", "`1 BC` or `AD 1`"),
    ("0 BC", "`1 BC` or `AD 1`"),
    ("62", "`1962`"),
    ("22 October 62", "`1962`"),
    ("-43", "`44 BC` or `43 BC`"),
    ("19622", "`AD` before it"),
    ("October", "has no year"),
    ("22 October", "`22 October 1962`"),
    ("1918-1914", "`1914 to 1918`"),
    ("1962-10-28 to 1962-10-16", "`1962-10-16 to 1962-10-28`"),
    ("201 to 218 BC", "the earlier first"),
    ("28 October to 3 March 1962", "year and era at both ends"),
    ("–1946", "`until 1946`"),
    ("before 1914 to 1918", "`before 1914`"),
    ("1793 or 1794", "`1793 to 1794`"),
    ("[1756,1757]", "`1756 to 1757`"),
    ("Easter 1916", "its day"),
    ("Christmas 1914", "its day"),
    ("10 Thermidor II", "the Gregorian one"),
    ("622 AH", "BC or AD"),
    ("5000 years ago", "BC or AD"),
    ("3rd millennium BC", "`3000 to 2001 BC`"),
    ("25 October 1917 (O.S.)", "`calendar: julian`"),
    ("1962-10-22T19:00", "write the day alone"),
    ("22 October 1962, 7 pm", "write the day alone"),
    ("Tuesday 22 October 1962", "was a Monday, not a Tuesday"),
    ("unknown", "`1450 to 1500`"),
    ("?", "`1450 to 1500`"),
    ("Oktober 1962", "write `October` for `Oktober`"),
    ("Febuary 1917", "write `February` for `Febuary`"),
    ("July 1 1 1962", "`October 1962`"),
    ("", "there is no date"),
    (" \n ", "there is no date"),
    ("soon", "`October 1962`"),
    ("early", "`October 1962`"),
    ("c.", "`October 1962`"),
    ("--", "`October 1962`"),
    ("/", "`October 1962`"),
    ("the 15th", "`October 1962`"),
    ("1st 1962", "`October 1962`"),
    ("1962 1963", "`October 1962`"),
    ("century", "`October 1962`"),
    ("1756 and 1763", "`October 1962`"),
    ("between 1756", "`October 1962`"),
    ("Monday 1962", "`October 1962`"),
    ("Henry VIII", "`October 1962`"),
    ("x" * (LONGEST + 1), "at most 120 characters"),
]


@pytest.mark.parametrize(("text", "advice"), REFUSED)
def test_what_is_in_doubt_is_refused_with_advice(text: str, advice: str) -> None:
    with pytest.raises(DateError) as refusal:
        read_date(text)

    assert advice in str(refusal.value)
    assert not str(refusal.value).endswith(".")


@given(st.integers(1000, 9999), st.integers(1, 12))
@settings(max_examples=300, deadline=None)
def test_a_year_and_two_digits_are_refused_only_if_they_could_be_two_years(year: int, month: int) -> None:
    text = f"{year}-{month:02}"

    if month > year % 100:
        with pytest.raises(DateError, match="two readings"):
            read_date(text)
    else:
        assert read_date(text).earliest == Day(year, month, 1)


def test_a_leap_day_depends_on_the_calendar() -> None:
    assert read_date("29 February 1900", Calendar.JULIAN).earliest == Day(1900, 2, 29)
    assert read_date("February 1900", Calendar.JULIAN).latest == Day(1900, 2, 29)


def test_the_day_after_is_that_of_the_calendar() -> None:
    assert read_date("after 28 February 1900", Calendar.JULIAN).earliest == Day(1900, 2, 29)


def test_a_date_keeps_the_authors_words() -> None:
    assert read_date("  c. 1450\n").text == "c. 1450"


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[2J`rm`{}",
        "1914 or \x1b[2J{}",
        "–\x1b[2J{}",
        "44 BC to \x1b[2J 14",
        "\x1b[2J{} to October",
        "\x9b1m{}, 10:30",
    ],
)
def test_a_sentence_shows_no_more_of_a_text_than_helps_and_nothing_that_acts(text: str) -> None:
    with pytest.raises(DateError) as refusal:
        read_date(text.replace("{}", "x" * 90))

    assert not re.search(r"[\x00-\x1f\x7f-\x9f]|x{41}", str(refusal.value))


WORDS = (
    *(
        "c.",
        "circa",
        "early",
        "mid",
        "late",
        "before",
        "after",
        "by",
        "from",
        "to",
        "until",
        "between",
        "and",
    ),
    *("the", "of", "-", "–", "/", "..", "~", "?", ",", "BC", "AD", "CE", "15th", "century", "1450s", "1900s"),
    *("October", "Oct", "May", "spring", "winter", "22", "2", "0", "31", "44", "62", "476", "1962", "1914"),
    *("1962-10", "1962-10-22", "-0043", "0476", "14XX", "first half of", "Monday", "10000", "or", "XX"),
)
PHRASES = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
PACKED = st.lists(st.sampled_from(WORDS), max_size=9).map("".join)
TEXTS = st.text(max_size=130) | st.text("0123456789-–/.~?XYBCbcad stho'", max_size=24) | PHRASES | PACKED


@given(TEXTS, st.sampled_from(Calendar))
@settings(max_examples=1500, deadline=None)
def test_any_text_is_read_or_refused(text: str, calendar: Calendar) -> None:
    try:
        date = read_date(text, calendar)
    except DateError:
        return

    assert date.text == text.strip()
    assert date.earliest is not None or date.latest is not None
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest
    again = read_date(describe(date), calendar)
    assert (again.earliest, again.latest) == (date.earliest, date.latest)


def test_reading_dates_loads_little() -> None:
    heavy = "{'datetime', 'calendar', 'difflib', 'decimal', 'yaml', 'sqlalchemy', 'rich'}"
    code = f"import sys, fasti.core.date_reading; print(sorted({heavy} & set(sys.modules)))"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "[]"
