"""Typed dates, marked by hand as a history teacher would mark them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.answers import Outcome, Verdict, judge_date
from fasti.core.date_reading import read_date
from fasti.core.date_words import MONTHS
from fasti.core.dates import Calendar

RIGHT, CLOSE, HALF, WRONG, BLANK = 4, 3, 2, 1, 0

# What was typed, the grade, and where it matters what the student is told; by the answer.
JUDGED = {
    "1962-10-22": [
        ("22 October 1962", RIGHT, "right"),
        ("1962-10-22", RIGHT, "right"),
        ("oct 22 1962", RIGHT, ""),
        ("22 oct 62", RIGHT, ""),
        ("22 oct '62", RIGHT, ""),
        ("22nd of october 1962", RIGHT, ""),
        ("22/10/1962", RIGHT, ""),
        ("10/22/1962", RIGHT, ""),
        ("22.10.1962", RIGHT, ""),
        ("22-10-62", RIGHT, ""),
        ("10/22/62", RIGHT, ""),
        ("22 10 1962", RIGHT, ""),
        ("1962/10/22", RIGHT, ""),
        ("22 Ocotber 1962", RIGHT, ""),
        ("monday 22 october 1962", RIGHT, ""),
        ("Tuesday 22 October 1962", RIGHT, ""),
        ("on 22 October 1962.", RIGHT, ""),
        ("c. 22 October 1962", RIGHT, ""),
        ("22 X 1962", RIGHT, ""),
        ("22.X.1962", RIGHT, ""),
        ("22/x/62", RIGHT, ""),
        ("19621022", RIGHT, ""),
        ("22101962", RIGHT, ""),
        ("22 oct nineteen sixty-two", RIGHT, ""),
        ("oct 22 '62", RIGHT, ""),
        ("22. Oktober 1962", RIGHT, ""),
        ("22.XI.1962", HALF, "year right, month wrong"),
        ("99999999", WRONG, "that is not a date fasti can read"),
        ("nineteen sixty-two", HALF, "year right, month and day missing"),
        ("oct 1962", CLOSE, "month and year right, day missing"),
        ("october 62", CLOSE, "month and year right, day missing"),
        ("10/1962", CLOSE, "month and year right, day missing"),
        ("1962-10", CLOSE, "month and year right, day missing"),
        ("23 October 1962", CLOSE, "one day out"),
        ("21/10/1962", CLOSE, "one day out"),
        ("28 October 1962", HALF, "month and year right, day wrong"),
        ("1962", HALF, "year right, month and day missing"),
        ("62", HALF, "year right, month and day missing"),
        ("in 1962", HALF, "year right, month and day missing"),
        ("autumn 1962", HALF, "season and year right, month and day missing"),
        ("22 November 1962", HALF, "year right, month wrong"),
        ("November 1962", HALF, "year right, month wrong"),
        ("spring 1962", HALF, "year right, season wrong"),
        ("22 October 1963", HALF, "day and month right, one year out"),
        ("October 1963", HALF, "month right, one year out"),
        ("october", HALF, "month right, year missing"),
        ("22 october", HALF, "day and month right, year missing"),
        ("22/10", HALF, "day and month right, year missing"),
        ("oct 22", HALF, "day and month right, year missing"),
        ("oct 25", HALF, "month right, day wrong, year missing"),
        ("16-28 October 1962", HALF, "too wide: one day was asked for"),
        ("march", WRONG, "month wrong, year missing"),
        ("1963", WRONG, "one year out"),
        ("25 October 1963", WRONG, "month right, day wrong, one year out"),
        ("22 October 1972", WRONG, "day and month right, 10 years too late"),
        ("October 1952", WRONG, "month right, 10 years too early"),
        ("3 May 1917", WRONG, "45 years too early"),
        ("1960s", WRONG, "decade right, year missing"),
        ("20th century", WRONG, "century right, year missing"),
        ("1960-1970", WRONG, "too wide: one day was asked for"),
        ("before 1970", WRONG, "true, but it does not say when"),
        ("after 1970", WRONG, "not the date"),
        ("Kennedy", WRONG, "that is not a date fasti can read"),
        ("31 April 1962", WRONG, "that is not a date fasti can read"),
        ("1793 or 1794", WRONG, "that is not a date fasti can read"),
        ("", BLANK, "no answer"),
        ("?", BLANK, ""),
        ("  ", BLANK, ""),
        ("don't know", BLANK, ""),
    ],
    "1 January 1801": [
        ("31 December 1800", CLOSE, "one day out"),
        ("1/1/1801", RIGHT, ""),
        ("1/1/01", RIGHT, ""),
        ("1801", HALF, ""),
    ],
    "5 June 1944": [("5/6/1944", RIGHT, ""), ("6/5/1944", RIGHT, ""), ("5.6.44", RIGHT, "")],
    "October 1962": [
        ("oct 1962", RIGHT, "right"),
        ("10/1962", RIGHT, ""),
        ("oct 62", RIGHT, ""),
        ("22 October 1962", RIGHT, "right"),
        ("16-28 October 1962", RIGHT, ""),
        ("1962", CLOSE, "year right, month missing"),
        ("autumn 1962", CLOSE, "season and year right, month missing"),
        ("November 1962", HALF, "year right, month wrong"),
        ("October 1961", HALF, "month right, one year out"),
        ("october", HALF, "month right, year missing"),
        ("1962-63", WRONG, "too wide: one month was asked for"),
        ("sept-oct 1962", HALF, "too wide: one month was asked for"),
        ("1961", WRONG, "one year out"),
        ("1960s", WRONG, "decade right, year missing"),
    ],
    "summer 1914": [("1914-22", RIGHT, ""), ("summer 14", RIGHT, "")],
    "December 1911": [("1911-12", RIGHT, ""), ("12/1911", RIGHT, ""), ("dec 11", RIGHT, "")],
    "1962": [
        ("1962", RIGHT, "right"),
        ("62", RIGHT, ""),
        ("'62", RIGHT, ""),
        ("nineteen sixty-two", RIGHT, ""),
        ("nineteen sixty two", RIGHT, ""),
        ("MCMLXII", RIGHT, ""),
        ("MCMLXIII", HALF, "one year out"),
        ("sixty-two", WRONG, ""),
        ("early sixties", HALF, "decade right, year missing"),
        ("october 1962", RIGHT, ""),
        ("22/10/1962", RIGHT, ""),
        ("summer 1962", RIGHT, ""),
        ("about 1962", RIGHT, ""),
        ("1961", HALF, "one year out"),
        ("1963", HALF, "one year out"),
        ("1960s", HALF, "decade right, year missing"),
        ("the sixties", HALF, "decade right, year missing"),
        ("1962-63", HALF, "too wide: one year was asked for"),
        ("1960", WRONG, "2 years too early"),
        ("1862", WRONG, "100 years too early"),
        ("1970s", WRONG, "8 years too late"),
        ("20th century", WRONG, "century right, year missing"),
        ("october", WRONG, "the year is missing"),
        ("1962 BC", HALF, "right year, but AD"),
    ],
    "0476": [("476", RIGHT, ""), ("AD 476", RIGHT, ""), ("476 CE", RIGHT, ""), ("477", HALF, "one year out")],
    "24 August AD 79": [("24 august 79", RIGHT, ""), ("79", HALF, ""), ("august 79", CLOSE, "")],
    "44 BC": [
        ("44 BCE", RIGHT, ""),
        ("BC 44", RIGHT, ""),
        ("-44", RIGHT, ""),
        ("44 before Christ", RIGHT, ""),
        ("-45", HALF, "one year out"),
        ("15 March 44 BC", RIGHT, ""),
        ("44", CLOSE, "right year, but BC"),
        ("AD 44", HALF, "right year, but BC"),
        ("44 AD", HALF, "right year, but BC"),
        ("45 BC", HALF, "one year out"),
        ("-0043", RIGHT, ""),
        ("34 BC", WRONG, "10 years too late"),
        ("54 BC", WRONG, "10 years too early"),
        ("1st century BC", WRONG, "century right, year missing"),
    ],
    "15 March 44 BC": [
        ("15 march 44", CLOSE, "right day, but BC"),
        ("march 44 bc", CLOSE, "month and year right, day missing"),
        ("the Ides of March 44 BC", RIGHT, ""),
        ("Ides of March", HALF, "day and month right, year missing"),
        ("15 march", HALF, "day and month right, year missing"),
        ("44 bc", HALF, "year right, month and day missing"),
        ("14 March 44 B.C.", CLOSE, "one day out"),
    ],
    "25 December 1066": [
        ("Christmas Day 1066", RIGHT, ""),
        ("Christmas 1066", RIGHT, ""),
        ("Christmas Eve 1066", CLOSE, "one day out"),
        ("Christmas", HALF, "day and month right, year missing"),
        ("ten sixty-six", HALF, "year right, month and day missing"),
        ("Boxing Day 1067", WRONG, ""),
    ],
    "29 May 1453": [
        ("1453 May 29", RIGHT, ""),
        ("May 29th, 1453", RIGHT, ""),
        ("29 V 1453", RIGHT, ""),
        ("29 May 1543", WRONG, "day and month right, 90 years too late"),
        ("fourteen fifty-three", HALF, "year right, month and day missing"),
        ("spring 1453", HALF, "season and year right, month and day missing"),
        ("15th century", WRONG, "century right, year missing"),
    ],
    "4 July 1776": [
        ("July 4th 1776", RIGHT, ""),
        ("July 4th", HALF, "day and month right, year missing"),
        ("4.VII.1776", RIGHT, ""),
        ("7/4/1776", RIGHT, ""),
        ("4 July 1774", WRONG, "day and month right, 2 years too early"),
    ],
    "c. 1450": [
        ("1450", RIGHT, ""),
        ("c 1450", RIGHT, ""),
        ("1450ish", RIGHT, ""),
        ("1455-ish", CLOSE, "within ten years"),
        ("around 1450", RIGHT, ""),
        ("1455", CLOSE, "within ten years"),
        ("1440", CLOSE, "within ten years"),
        ("1460", CLOSE, "within ten years"),
        ("1440-1460", CLOSE, "within ten years"),
        ("1450s", CLOSE, "within ten years"),
        ("1439", WRONG, "11 years too early"),
        ("1461", WRONG, "11 years too late"),
        ("15th century", WRONG, "century right, year missing"),
    ],
    "c. 3000 BC": [("3025 BC", CLOSE, "within 30 years"), ("3100 BC", WRONG, "100 years too early")],
    "1450s": [
        ("1450s", RIGHT, ""),
        ("the 1450's", RIGHT, ""),
        ("50s", RIGHT, ""),
        ("1450-1459", RIGHT, ""),
        ("1450-1460", CLOSE, "nearly: check where it begins and ends"),
        ("1455", CLOSE, "inside the decade"),
        ("1460s", HALF, "one decade out"),
        ("15th century", HALF, "century right, decade missing"),
        ("1461", WRONG, "2 years too late"),
        ("1420s", WRONG, "3 decades too early"),
    ],
    "1900 to 1909": [("1900s", RIGHT, "")],
    "20th century": [("1900s", RIGHT, ""), ("20th", RIGHT, ""), ("c20", RIGHT, "")],
    "15th century": [
        ("15th c.", RIGHT, ""),
        ("XV century", RIGHT, ""),
        ("XVth c.", RIGHT, ""),
        ("XVI century", HALF, "one century out"),
        ("fifteenth century", RIGHT, ""),
        ("15 century", RIGHT, ""),
        ("1400s", RIGHT, ""),
        ("1401-1500", RIGHT, ""),
        ("1400-1500", CLOSE, ""),
        ("1455", CLOSE, "inside the century"),
        ("1450s", CLOSE, "inside the century"),
        ("late 15th century", CLOSE, "inside the century"),
        ("16th century", HALF, "one century out"),
        ("13th century", WRONG, "2 centuries too early"),
        ("15th century BC", HALF, "right century, but AD"),
    ],
    "5th century BC": [
        ("5th century", CLOSE, "right century, but BC"),
        ("450 BC", CLOSE, "inside the century"),
    ],
    "spring 1789": [
        ("spring of 1789", RIGHT, ""),
        ("april 1789", CLOSE, "inside the season"),
        ("5 May 1789", CLOSE, "inside the season"),
        ("1789", CLOSE, "year right, season missing"),
        ("summer 1789", HALF, "year right, season wrong"),
        ("July 1789", HALF, "year right, season wrong"),
        ("spring 1790", HALF, "season right, one year out"),
        ("1790", WRONG, "one year too late"),
    ],
    "1914-1918": [
        ("1914 to 1918", RIGHT, ""),
        ("1914–18", RIGHT, ""),
        ("1914 & 1918", RIGHT, ""),
        ("1914, 1918", RIGHT, ""),
        ("1914 and 1919", HALF, "start right, end wrong"),
        ("nineteen fourteen to 1918", RIGHT, ""),
        ("14-18", RIGHT, ""),
        ("from 1914 until 1918", RIGHT, ""),
        ("28 July 1914 - 11 November 1918", RIGHT, ""),
        ("1914", CLOSE, "start right, the span's end is missing"),
        ("july 1914", CLOSE, "start right, the span's end is missing"),
        ("1918", HALF, "end right, the span's start is missing"),
        ("1916", HALF, "inside the span"),
        ("1914-1919", HALF, "start right, end wrong"),
        ("1913-1918", HALF, "end right, start wrong"),
        ("1915-1919", HALF, "both ends one year out"),
        ("1916-1920", WRONG, "it overlaps, but both ends are wrong"),
        ("1939-1945", WRONG, "21 years too late"),
        ("1910s", HALF, "decade right, but it was asked more closely"),
        ("20th century", WRONG, "century right, but it was asked more closely"),
    ],
    "1911 to 1912": [("1911-12", RIGHT, ""), ("1911/12", RIGHT, "")],
    "1962-10-16 to 1962-10-28": [
        ("16–28 October 1962", RIGHT, ""),
        ("16-28 oct 1962", RIGHT, ""),
        ("16-28/10/1962", RIGHT, ""),
        ("oct 16-28 62", RIGHT, ""),
        ("16 to 28 Oct", HALF, "month right, year missing"),
        ("october 16 to 28 1962", RIGHT, ""),
        ("october 1962", CLOSE, "month and year right, days missing"),
        ("16 october 1962", CLOSE, "start right, the span's end is missing"),
        ("22 October 1962", CLOSE, "inside the span"),
        ("28 October 1962", HALF, "end right, the span's start is missing"),
        ("16-27 October 1962", HALF, "start right, end wrong"),
        ("1962", HALF, "year right, month and days missing"),
        ("october", HALF, "month right, year missing"),
        ("15-29 October 1962", HALF, "both ends one day out"),
        ("June 1962", WRONG, ""),
    ],
    "1939-09-01 to 1945-09-02": [
        ("1939-1945", CLOSE, "years right, months and days missing"),
        ("sept 1939 - sept 1945", CLOSE, "months and years right, days missing"),
        ("1939", HALF, "start right, the span's end is missing"),
    ],
    "218 to 201 BC": [
        ("218-201 bc", RIGHT, ""),
        ("218 BC - 201 BC", RIGHT, ""),
        ("218-201", CLOSE, "right years, but BC"),
        ("218 BC", CLOSE, "start right, the span's end is missing"),
    ],
    "44 BC to AD 14": [
        ("44 bc - 14 ad", RIGHT, ""),
        ("44 BC", CLOSE, "start right, the span's end is missing"),
    ],
    "AD 14 to 37": [("14-37", RIGHT, ""), ("14 to 37 AD", RIGHT, "")],
    "between 1756 and 1763": [("1760", CLOSE, "inside the span"), ("1756-63", RIGHT, "")],
    "early 1962": [
        ("february 1962", CLOSE, "inside the span"),
        ("1962", CLOSE, "year right, months missing"),
        ("late 1962", WRONG, ""),
    ],
    "late 15th century": [
        ("1480", CLOSE, "inside the span"),
        ("15th century", CLOSE, "century right, but it was asked more closely"),
    ],
    "before 1066": [
        ("before 1066", RIGHT, ""),
        ("pre-1066", RIGHT, ""),
        ("by 1066", CLOSE, "right side, within a year"),
        ("1066", CLOSE, "date right, but it is before or until"),
        ("1000", HALF, "true, but its limit was asked for"),
        ("after 1066", HALF, "right year, wrong side"),
        ("before 900", WRONG, "right side, wrong year"),
        ("1100", WRONG, "on the wrong side"),
    ],
    "after 1066": [("1066", CLOSE, "date right, but it is after or since"), ("since 1066", CLOSE, "")],
}


def judged(typed: str, answer: str, calendar: Calendar = Calendar.GREGORIAN) -> Verdict:
    return judge_date(typed, read_date(answer, calendar))


@pytest.mark.parametrize(
    ("answer", "typed", "grade", "sentence"),
    [(answer, *case) for answer, cases in JUDGED.items() for case in cases],
)
def test_a_date_is_marked_as_a_teacher_would(answer: str, typed: str, grade: int, sentence: str) -> None:
    verdict = judged(typed, answer)

    assert verdict.grade == grade, verdict
    assert not sentence or verdict.sentence == sentence


@pytest.mark.parametrize(
    ("typed", "grade", "sentence"),
    [
        ("25 October 1917", RIGHT, "right"),
        ("7 November 1917", RIGHT, "right, in the Gregorian calendar"),
        ("7/11/1917", RIGHT, "right, in the Gregorian calendar"),
        ("October 1917", CLOSE, "month and year right, day missing"),
        ("8 November 1917", HALF, "year right, month wrong"),
    ],
)
def test_an_old_style_day_may_be_given_in_either_calendar(typed: str, grade: int, sentence: str) -> None:
    verdict = judged(typed, "25 October 1917", Calendar.JULIAN)

    assert (verdict.grade, verdict.sentence) == (grade, sentence)


@pytest.mark.parametrize(
    ("typed", "grade"),
    [
        ("25 oct 1917", RIGHT),
        ("7 nov 1917", RIGHT),
        ("Red October", RIGHT),
        ("oct 1917", CLOSE),
        ("1916", WRONG),
    ],
)
def test_accepted_dates_and_words_count_like_the_answer(typed: str, grade: int) -> None:
    answer = read_date("7 November 1917")

    assert judge_date(typed, answer, accept=["25 October 1917", "Red October"]).grade == grade


DATES = st.sampled_from(sorted(JUDGED))
TYPED = st.text(max_size=40) | st.text("0123456789 -/.?abcdenoprtuy'", max_size=25) | DATES


@given(DATES, st.sampled_from(Calendar))
@settings(deadline=None)
def test_the_date_itself_is_always_right(text: str, calendar: Calendar) -> None:
    assert judged(text, text, calendar).outcome is Outcome.RIGHT


@given(
    st.dates(), st.sampled_from(["{d} {B} {Y}", "{B} {d}, {Y}", "{d}/{m}/{Y}", "{m}.{d}.{Y}", "{Y}-{m}-{d}"])
)
@settings(deadline=None)
def test_a_day_is_right_in_every_order(day: date, form: str) -> None:
    written = day.isoformat()
    year, month, number = written.split("-")
    typed = form.format(d=number, m=month, Y=year, B=MONTHS[int(month) - 1])

    assert judged(typed, written).outcome is Outcome.RIGHT


@given(TYPED, DATES, st.sampled_from(Calendar), st.lists(TYPED, max_size=2))
@settings(max_examples=400, deadline=None)
def test_nothing_typed_breaks_the_judge(
    typed: str, answer: str, calendar: Calendar, accept: list[str]
) -> None:
    verdict = judge_date(typed, read_date(answer, calendar), accept)

    assert (
        verdict.grade
        in {
            Outcome.RIGHT: (4,),
            Outcome.CLOSE: (2, 3),
            Outcome.WRONG: (1,),
            Outcome.BLANK: (0,),
        }[verdict.outcome]
    )
