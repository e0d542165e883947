import re
from itertools import pairwise

import pytest

from fasti.core.timeline import Dated, dated_facts
from fasti.page.contents import contents_of
from fasti.page.language import Language
from fasti.page.parts import parts_of
from fasti.page.stretch import ROOMS, Room, drawn_stretch
from fasti.page.timeline import timeline_section
from tests.page.decks import ODD_DATES, bundled, deck

DECKS = ["cuban-missile-crisis", "cold-war-origins"]


def section(text: str) -> str:
    return timeline_section(contents_of(deck(text), Language(), {}))


def events(*dates: str) -> str:
    facts = "".join(f"  - {{event: E{place}, date: {date}}}\n" for place, date in enumerate(dates))
    return f"deck: D\nfacts:\n{facts}"


def drawing(dates: tuple[Dated, ...], room: Room = ROOMS[1]) -> str:
    [part] = parts_of(dates)
    calendar = dates[0].date.calendar
    drawn, height, cuts = drawn_stretch(part.items, part.first, part.last, calendar, room, Language())
    return drawn.pieces(height, cuts, "x", "t", "a")


@pytest.mark.parametrize("name", DECKS)
def test_every_dated_fact_is_in_one_part_and_parts_follow_each_other(name: str) -> None:
    dated = dated_facts(bundled(name))

    parts = parts_of(dated)

    assert tuple(item for part in parts for item in part.items) == dated
    assert all(before.last < after.first for before, after in pairwise(parts))
    assert all(part.first <= item.start <= part.last for part in parts for item in part.items)


def test_days_that_crowd_get_a_scale_of_their_own() -> None:
    dated = dated_facts(deck(events("44 BC", *(f"1962-10-{day}" for day in range(14, 29)), "1989")))

    days = [part.last - part.first + 1 for part in parts_of(dated)]

    assert 15 in days


def test_the_axis_is_to_scale() -> None:
    html = drawing(dated_facts(deck(events("1900-01-01", "1910-01-01", "1950-01-01", "2000-01-01"))))

    dots = [float(y) for y in re.findall(r'<circle [^>]*cy="([\d.]+)"', html)]
    lengths = [later - dots[0] for later in dots[1:]]
    assert lengths[2] / lengths[0] == pytest.approx(10, rel=0.01)
    assert lengths[1] / lengths[0] == pytest.approx(5, rel=0.01)


def test_what_lasted_is_a_bar_and_what_is_somewhen_within_an_empty_one() -> None:
    html = drawing(dated_facts(deck(events("1914-1918", "1920s", "c. 1930s", "1945-05-08", "1901-01-01"))))

    bars = re.findall(r'<rect [^>]*height="([\d.]+)"[^>]*class="([a-z ]+)"', html)
    assert [style for _, style in bars] == ["sure", "within", "within about"]
    assert float(bars[1][0]) / float(bars[0][0]) == pytest.approx(10 / 5, rel=0.05)
    assert html.count("<circle") == 2


@pytest.mark.parametrize(("date", "way"), [("before 1066", -1), ("since 1066", 1)])
def test_an_open_end_is_an_arrow(date: str, way: int) -> None:
    html = drawing(dated_facts(deck(events(date, "1050", "1080"))))

    [start, tip] = [
        float(y)
        for y in re.search(r'd="M[\d.]+ ([\d.]+) L[\d.]+ ([\d.]+)" class="open-end"', html).groups()  # type: ignore[union-attr]
    ]
    assert (tip - start) * way > 0


def test_years_before_christ_stand_before_those_after() -> None:
    html = section(ODD_DATES)

    table = html[html.index("<tbody>") :]
    assert table.index("753 BC") < table.index("15 March 44 BC") < table.index("1914")
    assert "c. 1455" in table


def test_the_table_has_all_that_the_drawing_has() -> None:
    contents = contents_of(bundled("cuban-missile-crisis"), Language(), {})

    table = timeline_section(contents).partition("<tbody>")[2]

    dated = dated_facts(contents.deck)
    assert all(f'href="#{contents.entries[item.position].anchor}"' in table for item in dated)


def test_a_gap_is_said_where_the_scale_changes() -> None:
    html = section(events("44 BC", *(f"1962-10-{day}" for day in range(14, 29))))

    assert "2,005 years without a date in this deck; the scale changes" in html


def test_a_deck_without_dates_has_no_timeline() -> None:
    assert section("deck: D\nfacts:\n  - {q: Why?, a: So}\n") == ""


def test_one_day_alone_is_a_timeline_too() -> None:
    assert "22 October 1962" in section(events("1962-10-22"))
