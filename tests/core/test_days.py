"""Study days, dates of days, and moments read from text."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.days import ROLLOVER_HOURS, Moment, date_text, read_moment, study_day

OFFSETS = st.integers(-24 * 60 + 1, 24 * 60 - 1)
UTC_MS = st.integers(-(10**13), 10**14)


def day_of(text, rollover_hour=4):
    return date_text(study_day(read_moment(text)._replace(rollover_hour=rollover_hour)))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-06-01T09:30:00+02:00", "2026-06-01"),
        ("2026-06-01T23:59:59+02:00", "2026-06-01"),
        ("2026-06-02T03:59:59.999+02:00", "2026-06-01"),
        ("2026-06-02T04:00:00+02:00", "2026-06-02"),
        # The same instant is another day where the clock says something else.
        ("2026-06-02T02:30:00Z", "2026-06-01"),
        ("2026-06-02T08:00:00+05:30", "2026-06-02"),
        ("2026-06-01T16:30:00-10:00", "2026-06-01"),
        ("2026-06-02T16:30:00+14:00", "2026-06-02"),
        # Before the count begins.
        ("1970-01-01T03:00:00Z", "1969-12-31"),
        ("1969-12-31T12:00:00-05:00", "1969-12-31"),
    ],
)
def test_a_study_day_is_the_local_date_with_nights_counted_to_the_evening_before(moment, day):
    assert day_of(moment) == day


@pytest.mark.parametrize(("rollover", "day"), [(0, "2026-06-02"), (1, "2026-06-02"), (2, "2026-06-01")])
def test_the_day_begins_at_the_rollover_hour(rollover, day):
    assert day_of("2026-06-02T01:30:00+02:00", rollover) == day


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Berlin goes to summer time, and back.
        ("2026-03-29T01:59:00+01:00", "2026-03-29T03:01:00+02:00"),
        ("2026-10-25T02:59:00+02:00", "2026-10-25T02:01:00+01:00"),
        # Havana and the Azores go back over midnight: with a rollover at 0 the day would too.
        ("2026-11-01T00:59:00-04:00", "2026-11-01T00:01:00-05:00"),
        ("2026-10-25T00:59:00+00:00", "2026-10-24T23:59:00-01:00"),
    ],
)
def test_a_change_of_the_clocks_at_night_does_not_change_the_day(before, after):
    assert day_of(before) == day_of(after)


@pytest.mark.parametrize("rollover", ROLLOVER_HOURS)
@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        # Havana goes back at 01:00, Goose Bay did a minute after midnight, Casey by three hours at once.
        ("2026-11-01T05:00:00Z", -240, -300),
        ("2008-11-02T03:01:00Z", -180, -240),
        ("2020-03-07T16:00:00Z", 660, 480),
        ("2023-03-08T16:00:00Z", 660, 480),
        ("2026-10-25T01:00:00Z", 120, 60),
    ],
)
def test_no_hour_that_can_be_chosen_lets_a_change_of_clocks_turn_the_day_back(
    moment, before, after, rollover
):
    utc_ms = read_moment(moment).utc_ms

    assert study_day(Moment(utc_ms - 1, before, rollover)) <= study_day(Moment(utc_ms, after, rollover))


@given(UTC_MS, UTC_MS, OFFSETS, st.integers(0, 23))
@settings(deadline=None)
def test_for_one_offset_a_later_moment_is_never_an_earlier_day(one, other, offset, rollover):
    earlier, later = sorted([one, other])

    assert study_day(Moment(earlier, offset, rollover)) <= study_day(Moment(later, offset, rollover))


@given(UTC_MS, OFFSETS, st.integers(0, 23))
@settings(deadline=None)
def test_a_study_day_lasts_twenty_four_hours(utc_ms, offset, rollover):
    day = study_day(Moment(utc_ms, offset, rollover))

    assert study_day(Moment(utc_ms + 86_400_000, offset, rollover)) == day + 1


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), OFFSETS, st.integers(0, 23))  # noqa: DTZ001 - the zone is drawn apart
@settings(deadline=None)
def test_a_study_day_is_the_date_of_the_wall_clock_less_the_rollover(wall, offset, rollover):
    moment = read_moment(wall.replace(tzinfo=timezone(timedelta(minutes=offset))).isoformat())

    day = study_day(moment._replace(rollover_hour=rollover))

    assert date_text(day) == (wall - timedelta(hours=rollover)).date().isoformat()


@given(st.dates())
@settings(deadline=None, max_examples=300)
def test_a_day_has_the_date_that_the_calendar_gives_it(given_date):
    day = given_date.toordinal() - date(1970, 1, 1).toordinal()

    assert date_text(day) == given_date.isoformat()


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (0, "1970-01-01"),
        (-1, "1969-12-31"),
        (59, "1970-03-01"),
        (20_616, "2026-06-12"),
        (11_016, "2000-02-29"),
        (-25_508, "1900-03-01"),
        (-25_509, "1900-02-28"),
        (2_932_896, "9999-12-31"),
        (2_932_897, "10000-01-01"),
        (-719_163, "0000-12-31"),
        (-719_529, "-0001-12-31"),
    ],
)
def test_any_day_has_a_date(day, text):
    assert date_text(day) == text


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1970-01-01T00:00:00Z", Moment(0, 0)),
        ("1970-01-01T02:00:00+02:00", Moment(0, 120)),
        ("1969-12-31T18:30:00-05:30", Moment(0, -330)),
        ("1970-01-01T00:00:01.234567Z", Moment(1_234, 0)),
        ("1969-12-31T23:59:59.999999Z", Moment(-1, 0)),
        ("2026-06-01T09:30:00+02:00", Moment(1_780_299_000_000, 120)),
        ("2026-06-01 09:30+02:00", Moment(1_780_299_000_000, 120)),
        ("20260601T093000+0200", Moment(1_780_299_000_000, 120)),
        ("0001-01-01T00:00:00+14:00", Moment(-62_135_596_800_000 - 14 * 3_600_000, 840)),
    ],
)
def test_a_moment_is_read_with_its_offset(text, moment):
    assert read_moment(text) == moment


@given(st.datetimes(timezones=st.just(UTC)), OFFSETS)
@settings(deadline=None)
def test_a_moment_is_the_same_instant_in_every_offset(instant, offset):
    try:
        local = instant.astimezone(timezone(timedelta(minutes=offset)))
    except OverflowError:  # at either end of the calendar the local date has no year
        return
    moment = read_moment(local.isoformat())

    assert moment == Moment(read_moment(instant.isoformat()).utc_ms, offset)


@pytest.mark.parametrize("text", ["2026-06-01T09:30:00", "2026-06-01", "2026-06-01 09:30"])
def test_a_moment_without_an_offset_is_refused_with_what_to_write(text):
    with pytest.raises(
        ValueError, match=r"has no offset from UTC; write it like `2026-06-01T09:30:00\+02:00`"
    ):
        read_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "1 June 2026",
        "2026-02-29T12:00:00Z",
        "2026-06-01T25:00Z",
        "\ud800",
        "2026-06-01T09:30+25:00",
    ],
)
def test_what_is_not_a_moment_is_refused_with_what_to_write(text):
    with pytest.raises(ValueError, match=r"is not a moment; write it like `2026-06-01T09:30:00\+02:00`"):
        read_moment(text)


def test_an_offset_with_seconds_is_refused():
    with pytest.raises(ValueError, match=r"write whole minutes"):
        read_moment("1880-01-01T12:00:00+00:53:28")
