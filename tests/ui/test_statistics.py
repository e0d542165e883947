"""Statistics as a person sees them and hears them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from fasti.core.breaks import Break
from fasti.core.day_counts import DayCounts
from fasti.core.selection import Selection
from fasti.core.statistics import AHEAD, Kept, Streak
from fasti.core.text import printable
from fasti.statistics import More, Statistics
from fasti.store.statistics import HardFact
from fasti.ui.bars import Ink, ink, lying, standing
from fasti.ui.heat_map import heat_map
from fasti.ui.lines import Line, cells, plain
from fasti.ui.look import Look
from fasti.ui.statistics import statistics_lines
from fasti.ui.statistics_spoken import statistics_sentences
from fasti.ui.statistics_words import percent, study_time
from tests.ui.conftest import Golden

TODAY = 20_623  # Friday 19 June 2026
ASCII = Look(80, "ascii", ascii_signs=True)


def counts_of(day: int) -> DayCounts:
    """A student who does more as the year goes on, now and then much, and nothing on some days."""
    answers = (day * 37 % 23) + (day - TODAY + 365) // 12 + (30 if day % 31 == 0 else 0)
    asked = answers * 3 // 4
    return DayCounts(
        answers=answers,
        new=answers // 8,
        thinking_ms=answers * 9_500,
        asked_0=asked // 3,
        kept_0=asked // 3 - asked // 18,
        asked_7=asked // 3,
        kept_7=asked // 3 - asked // 30,
        asked_21=asked // 5,
        kept_21=asked // 5 - asked // 40,
        asked_90=asked // 20,
        kept_90=asked // 20,
    )


AUGUST = Break(TODAY - 320, TODAY - 300)
MIDSUMMER = Break(TODAY + 9, TODAY + 12)
YEAR = [
    (day, counts_of(day))
    for day in range(TODAY - 330, TODAY + 1)
    if day % 11 and not AUGUST.first_day <= day <= AUGUST.last_day
]
FORECAST = tuple(
    0 if 9 <= place <= 12 else 24 if place == 13 else (place * 29 % 17) + max(0, 10 - place)
    for place in range(AHEAD)
)
MORE = More(
    eases={130: 4, 146: 7, 196: 12, 224: 31, 250: 260, 260: 48, 280: 20, 310: 9},
    intervals={1: 22, 6: 40, 15: 66, 38: 120, 95: 94, 238: 40, 500: 9},
    hardest=[
        HardFact("cuba", "u2", "A U-2 is shot down over Cuba, and another strays over Chukotka", 11, 130),
        HardFact("cuba", "exc", "ExComm meets for the first time", 7, 158),
        HardFact("cuba", "war", "战争 [bold]über[/bold] alles", 1, 224),
    ],
    leeches=1,
)
FULL = Statistics((), Selection(), TODAY, TODAY - 364, YEAR, Streak(9, 41), [AUGUST, MIDSUMMER], FORECAST)
ALL = FULL._replace(
    more=MORE, titles=["Cuban Missile Crisis"], selection=Selection(("cuba",), "October", "navy")
)
SMALL = FULL._replace(
    days=[(TODAY, DayCounts(3, 3))], streak=Streak(1, 1), breaks=[], forecast=(0, 3, *[0] * 82)
)
AWAY = FULL._replace(days=[], streak=Streak(0, 12), forecast=(412, 9, 4, *[2] * 81))


def text(lines: list[Line]) -> str:
    return "".join(f"{plain(each).rstrip()}\n" for each in lines)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_first_screen_looks_as_it_should(golden: Golden, width: int) -> None:
    golden(f"stats-{width}", text(statistics_lines(FULL, Look(width))))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_everything_looks_as_it_should(golden: Golden, width: int) -> None:
    golden(f"stats-all-{width}", text(statistics_lines(ALL, Look(width))))


def test_statistics_in_ascii_look_as_they_should(golden: Golden) -> None:
    shown = text(statistics_lines(FULL, ASCII))

    assert shown.isascii()
    golden("stats-ascii-80", shown)


@pytest.mark.parametrize("width", [40, 80])
def test_statistics_sound_as_they_should(golden: Golden, width: int) -> None:
    golden(f"stats-spoken-{width}", text(statistics_sentences(ALL, Look(width))))


def test_a_first_day_and_a_long_absence_look_as_they_should(golden: Golden) -> None:
    golden("stats-first-day-80", text(statistics_lines(SMALL, Look(80))))
    golden("stats-away-80", text(statistics_lines(AWAY, Look(80))))


@pytest.mark.parametrize("width", [20, 33, 40, 57, 71, 72, 80, 100, 120, 200, 10_000])
@pytest.mark.parametrize("statistics", [FULL, ALL, SMALL, AWAY])
def test_no_line_is_wider_than_the_screen(statistics: Statistics, width: int) -> None:
    for look in (Look(width), ASCII._replace(width=width)):
        for line in statistics_lines(statistics, look):
            assert cells(plain(line)) <= min(width, 200)


def test_the_first_screen_is_two_pages_at_most() -> None:
    assert len(statistics_lines(FULL, Look(80))) <= 40


@pytest.mark.parametrize("statistics", [FULL, ALL, SMALL, AWAY])
def test_every_sentence_begins_with_a_word(statistics: Statistics) -> None:
    for line in statistics_sentences(statistics, Look(10_000)):
        assert plain(line)[:1].isalpha()


def test_titles_cannot_act() -> None:
    nasty = ALL._replace(titles=["a \x1b[31m [red]b[/red]"], more=MORE._replace(hardest=[MORE.hardest[2]]))
    for lines in (statistics_lines(nasty, Look(80)), statistics_sentences(nasty, Look(80))):
        shown = text(lines)
        assert "[red]b[/red]" in shown
        assert "[bold]über[/bold]" in shown
        assert printable(shown) == shown


def test_each_shade_has_a_sign_of_its_own() -> None:
    answers = {TODAY - place: place for place in range(5)}
    for look in (Look(80), ASCII):
        rows = [plain(row) for row in heat_map(answers, [], TODAY - 4, TODAY, look)[1:8]]
        drawn = [row[4:].strip() for row in rows]

        assert len({sign for sign in drawn if sign}) == 5


def test_days_off_are_marked_unless_there_was_an_answer() -> None:
    answers = {TODAY - 1: 3}
    rows = [
        plain(row) for row in heat_map(answers, [Break(TODAY - 2, TODAY - 1)], TODAY - 4, TODAY, Look(80))
    ]

    assert [row[4:].strip() for row in rows[1:8]] == ["·", "·", "–", "██", "·", "", ""]
    assert "– day off" in rows[8]


def test_a_pile_does_not_hide_the_days_after_it() -> None:
    shown = text(statistics_lines(AWAY, Look(80)))

    assert "412 today" in shown
    assert "\n  9 ▲▲██\n" in shown


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (Kept(0, 0), ""),
        (Kept(10, 9), "90%"),
        (Kept(1000, 999), "99%"),
        (Kept(1000, 1), "1%"),
        (Kept(7, 7), "100%"),
        (Kept(7, 0), "0%"),
    ],
)
def test_only_what_is_all_or_nothing_is_told_so(kept: Kept, said: str) -> None:
    assert percent(kept) == said


@pytest.mark.parametrize(
    ("milliseconds", "long", "short"),
    [
        (0, "", ""),
        (400, "1 second", "1 min"),
        (40_000, "40 seconds", "1 min"),
        (720_000, "12 minutes", "12 min"),
        (6_000_000, "1.7 hours", "1.7 h"),
        (7_200_000, "2 hours", "2 h"),
        (3_600_000_000, "1,000 hours", "1,000 h"),
    ],
)
def test_time_is_told_in_the_unit_that_fits(milliseconds: int, long: str, short: str) -> None:
    assert (study_time(milliseconds), study_time(milliseconds, short=True)) == (long, short)


@given(some.floats(0, 1), some.integers(1, 40), some.sampled_from([Ink().lying, "#"]))
def test_a_lying_bar_fits_and_what_is_something_is_seen(part: float, width: int, signs: str) -> None:
    bar = lying(part, width, signs)

    assert len(bar) <= width
    assert bool(bar) == (part > 0)
    assert part < 1 or bar == signs[-1] * width


@given(some.lists(some.integers(0, 400), min_size=1, max_size=40), some.integers(1, 6), some.integers(0, 99))
@settings(deadline=None)
def test_standing_bars_are_as_high_as_their_numbers(numbers: list[int], height: int, top: int) -> None:
    rows = standing(numbers, height, ink(Look(80)), top=top)

    assert {len(row) for row in rows} == {len(numbers)}
    for place, number in enumerate(numbers):
        column = "".join(row[place] for row in reversed(rows))
        assert bool(column.strip()) == (number > 0)
        assert column.rstrip() == column.replace(" ", "")
        assert ("▲" in column) == (bool(top) and number > top)
