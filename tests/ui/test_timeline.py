"""A timeline as a person sees it and hears it."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from fasti.core.facts import Deck
from fasti.core.text import printable
from fasti.core.time_scale import Scale
from fasti.decks.read import read_deck
from fasti.timelines import Asked, Timeline, timeline
from fasti.ui.axis import Axis, signs
from fasti.ui.lines import Line, cells, plain
from fasti.ui.look import Look
from fasti.ui.time_words import lapse, short_date
from fasti.ui.timeline import timeline_lines
from fasti.ui.timeline_spoken import timeline_sentences
from tests.ui.conftest import Golden

WIDTHS = [40, 80, 120, 200]

LONG = """
deck: "From Rome to the moon ⚔️"
facts:
  - {event: "Rome is founded, they say", date: c. 753 BC}
  - {event: "The Punic Wars", date: 264 BC to 146 BC}
  - {event: "Caesar is murdered", id: ides, date: 15 March 44 BC}
  - {event: "凯撒被刺身亡，罗马共和国陷入内战的漩涡之中，屋大维登场", date: 44 BC}
  - {event: "Augustus dies", date: 19 August AD 14}
  - {event: "מרד בר כוכבא", date: 132 to 136}
  - {event: "Edward the Confessor dies", date: before 1066}
  - {event: "The crisis of the fourteenth century", date: 14th century}
  - {event: "The Hundred Years War", date: 1337-1453}
  - {event: "Gutenberg prints his first book", date: c. 1450}
  - {event: "The October Revolution", date: 25 October 1917, calendar: julian}
  - {event: "The jazz age 🎷", date: 1920s}
  - {event: "The Cold War", date: 1947-1991}
  - {event: "Computers everywhere", date: after 1971}
  - {person: Julius Caesar, who: dictator, lived: 100 BC to 44 BC}
  - {person: Hypatia, who: philosopher, lived: c. 360 to 415}
  - {person: "Someone alive", who: lives, lived: born 1950}
"""

OCTOBER = """
deck: Thirteen days
facts:
  - {event: "Caesar is murdered", date: 15 March 44 BC}
  - {event: "U-2 photographs missile sites", date: 1962-10-14}
  - {event: "Kennedy is told", date: 1962-10-16}
  - {event: "The crisis", date: 1962-10-16 to 1962-10-28}
  - {event: "Gromyko visits", date: 1962-10-18}
  - {event: "Missiles reach Cuba, some time in the month", date: 1962-10}
  - {event: "Kennedy chooses the quarantine", date: 1962-10-20}
  - {event: "Kennedy speaks", date: 1962-10-22, id: speech}
  - {event: "Castro puts Cuba on alert", date: 1962-10-22}
  - {event: "Ships stop", date: 1962-10-24}
  - {event: "Stevenson confronts Zorin", date: 1962-10-25}
  - {event: "Khrushchev writes", date: 1962-10-26}
  - {event: "A U-2 is shot down", date: 1962-10-27}
  - {event: "Khrushchev gives way", date: 1962-10-28}
"""


def deck(text: str) -> Deck:
    found = read_deck(text).deck
    assert found
    return found


def drawn(text: str, asked: Asked = Asked()) -> Timeline:  # noqa: B008 - a value
    return timeline(deck(text), asked)


def text(lines: list[Line]) -> str:
    return "".join(f"{plain(each)}\n" for each in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_timeline_looks_as_it_should(golden: Golden, width: int) -> None:
    golden(f"timeline-{width}", text(timeline_lines(drawn(LONG, Asked(people=True)), Look(width))))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_broken_timeline_looks_as_it_should(golden: Golden, width: int) -> None:
    shown = timeline_lines(drawn(OCTOBER, Asked(around="speech")), Look(width))
    golden(f"timeline-around-{width}", text(shown))
    golden(f"timeline-broken-{width}", text(timeline_lines(drawn(OCTOBER), Look(width))))


def test_a_timeline_in_ascii_looks_as_it_should(golden: Golden) -> None:
    shown = text(timeline_lines(drawn(LONG, Asked(people=True)), Look(80, "ascii", ascii_signs=True)))

    assert shown.isascii()
    golden("timeline-ascii-80", shown)


@pytest.mark.parametrize("width", [40, 80])
def test_a_timeline_sounds_as_it_should(golden: Golden, width: int) -> None:
    shown = timeline_sentences(drawn(LONG, Asked(people=True)), Look(width))
    golden(f"timeline-spoken-{width}", text(shown))
    golden(f"timeline-broken-spoken-{width}", text(timeline_sentences(drawn(OCTOBER), Look(width))))


@pytest.mark.parametrize("width", [20, 33, 40, 59, 60, 80, 99, 100, 120, 200, 10_000])
@pytest.mark.parametrize("source", [LONG, OCTOBER])
def test_no_line_is_wider_than_the_screen(source: str, width: int) -> None:
    for one_scale in (False, True):
        for line in timeline_lines(drawn(source, Asked(people=True, one_scale=one_scale)), Look(width)):
            assert cells(plain(line)) <= min(width, 200)


def test_the_sentences_begin_with_words() -> None:
    for line in timeline_sentences(drawn(LONG, Asked(people=True)), Look(10_000)):
        assert plain(line)[:1].isalnum()


def test_a_break_is_said_aloud_and_can_be_undone() -> None:
    broken = text(timeline_lines(drawn(OCTOBER), Look(80)))
    whole = text(timeline_lines(drawn(OCTOBER, Asked(one_scale=True)), Look(80)))

    assert "2 stretches" in broken
    assert "2,006 years later" in broken
    assert "stretches" not in whole
    assert "Then 2,006 years without a date." in text(timeline_sentences(drawn(OCTOBER), Look(80)))


def test_the_marked_fact_is_marked_without_colour() -> None:
    lines = text(timeline_lines(drawn(OCTOBER, Asked(around="speech")), Look(80))).splitlines()

    assert [line for line in lines if "→" in line] == [line for line in lines if "Kennedy speaks" in line]
    assert "Here: 22 October 1962: Kennedy speaks." in text(
        timeline_sentences(drawn(OCTOBER, Asked(around="speech")), Look(80))
    )


def test_one_date_needs_no_axis() -> None:
    shown = text(timeline_lines(drawn("deck: D\nfacts:\n  - {event: Hastings, date: 1066}\n"), Look(80)))

    assert shown.splitlines()[2].split() == ["●", "1066", "Hastings"]
    assert "─" not in shown


def test_a_long_list_has_its_axis_in_sight() -> None:
    facts = "".join(f"  - {{event: Event {number}, date: {1000 + number}}}\n" for number in range(300))
    lines = text(timeline_lines(drawn(f"deck: D\nfacts:\n{facts}"), Look(80))).splitlines()
    rules = [number for number, line in enumerate(lines) if "┬" in line]

    assert len(rules) > 10
    assert max(other - one for one, other in pairwise(rules)) < 30


def test_hostile_titles_cannot_act() -> None:
    nasty = 'deck: "a [/b] :crown:"\nfacts:\n  - {event: "[red]x[/red] :boom: \\u200b y", date: 1066}\n'
    shown = text(timeline_lines(drawn(nasty), Look(80)))

    assert "[red]x[/red] :boom:" in shown
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("date", "row"),
    [
        ("1962-10-01", "*                   "),
        ("1962-10-20", "                   *"),
        ("1962-10-05 to 1962-10-08", "    ====            "),
        ("c. 5 to 8 October 1962", "    o==o            "),
        ("c. 10 October 1962", "         o          "),
        ("before 4 October 1962", "<--                 "),
        ("since 18 October 1962", "                 -->"),
        ("September 1962 to 3 October 1962", "<==                 "),
        ("1962", "<------------------>"),
    ],
)
def test_a_date_takes_its_own_columns(date: str, row: str) -> None:
    days = drawn(
        "deck: D\nfacts:\n"
        f"  - {{event: First, date: 1962-10-01}}\n  - {{event: Last, date: 1962-10-20}}\n"
        f"  - {{event: Tried, date: {date}}}\n",
        Asked("1 October 1962", "20 October 1962"),
    )
    (stretch,) = days.stretches
    axis = Axis(
        Scale(stretch.first, stretch.last),
        20,
        0,
        days.calendar,
        signs(Look(80, "ascii", ascii_signs=True)),
    )
    tried = next(item for item in stretch.items if item.title == "Tried")

    assert plain(axis.row(axis.bar(tried))) == row


@settings(deadline=None, max_examples=60)
@given(some.lists(some.integers(-3000, 2000).filter(bool), min_size=1, max_size=25), some.integers(20, 220))
def test_any_dates_fit_any_screen(years: list[int], width: int) -> None:
    dates = [f"{-year} BC" if year < 0 else f"AD {year}" for year in years]
    facts = "".join(f"  - {{event: Event {place}, date: {date}}}\n" for place, date in enumerate(dates))
    shown = drawn(f"deck: D\nfacts:\n{facts}")

    lines = timeline_lines(shown, Look(width))
    assert all(cells(plain(line)) <= width for line in lines)
    assert sum("Event" in plain(line) for line in lines) >= len(years)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.1, "2 hours"),
        (0.02, "1 hour"),
        (1, "1 day"),
        (13, "13 days"),
        (60, "60 days"),
        (61, "2 months"),
        (730, "24 months"),
        (731, "2 years"),
        (732_766, "2,006 years"),
    ],
)
def test_a_time_is_said_in_the_largest_unit_that_fits_twice(days: float, words: str) -> None:
    assert lapse(days) == words


def test_long_names_of_months_are_cut() -> None:
    assert short_date("17 July – 2 August 1945, or May") == "17 Jul – 2 Aug 1945, or May"
    assert short_date("Marching season") == "Marching season"
