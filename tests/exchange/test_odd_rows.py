"""Rows with values of every type: what can be read is read, the rest is counted."""

import json
import sqlite3
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fasti.exchange.packages.error import PackageError
from fasti.exchange.packages.text import clean
from tests.exchange.outcomes import consistent, read, refusal
from tests.exchange.packages import (
    BASIC,
    card,
    note,
    package,
    review,
)

LOOSE = {
    "notes": "id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data",
    "cards": "id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data",
    "revlog": "id, cid, usn, ease, ivl, lastIvl, factor, time, type",
}

pytestmark = pytest.mark.usefixtures("temporary")


def test_what_cannot_be_read_is_counted(tmp_path: Path) -> None:
    found = read(
        package(
            tmp_path / "x.apkg",
            columns=LOOSE,
            notes=[
                *note(),
                *note(),
                *note("no number"),
                *note(101, mid=99),
                *note(102, mid=99),
                *note(103, flds=None),
                *note(104, flds="one field"),
                *note(105, flds="a\x1fb\x1fc"),
            ],
            cards=[
                *card(),
                *card(),
                *card(None),
                *card(201, nid=999),
                *card(202, ord=7),
                *card(203, did=77),
                *card(204, due="soon", ivl=-5, factor=float("inf"), reps=1 << 40),
                *card(205, nid=b"\x00", ord=-1),
            ],
            reviews=[
                *review(),
                *review(),
                *review(5, cid=999),
                *review(6, ease=5),
                *review("x"),
                *review(7, type=9),
            ],
        )
    )

    assert consistent(found)
    assert [each.fields for each in found.notes] == [("When?", "1962"), ("one field", ""), ("a", "b; c")]
    assert [(each.id, each.deck) for each in found.cards] == [(200, 1), (203, 1), (204, 1)]
    assert found.cards[2][7:12] == (0, 0, 0, 0, 0)
    assert [(each.id, each.type) for each in found.reviews] == [(7, 0), (1_600_000_000_000, 1)]
    assert found.left_out == (
        "1 note has the number of another and was left out",
        "2 notes are damaged and were left out",
        "2 notes were left out because their note types are not in the package",
        "2 notes do not have as many fields as their note types: the last fields are empty, or several in one",
        "1 card has the number of another and was left out",
        "2 cards are damaged and were left out",
        "1 card was left out because its note is not there",
        "1 card was left out because its note type makes no such card",
        "1 card belongs to a deck that is not in the package; it was put into `Default`",
        "1 card has values that Anki does not use; they were read as 0",
        "3 reviews are damaged and were left out",
        "1 review was left out because its card is not there",
    )


HUGE = json.loads("1" + "0" * 400)


@pytest.mark.parametrize(
    "models",
    [
        {"10": {**BASIC, "id": "10"}},
        {"10": {**BASIC, "id": HUGE}},
        {"10": {**BASIC, "id": None, "mod": float("nan"), "type": "0", "css": 5}},
        {"x": BASIC, "y": 5, "z": None, "w": {**BASIC, "id": 12, "flds": "no"}},
        {"10": {**BASIC, "flds": [*BASIC["flds"], 5, {"name": {"a": 1}, "id": HUGE}]}},  # type: ignore[misc]
    ],
)
def test_note_types_of_the_wrong_form_are_read_as_far_as_they_go(tmp_path: Path, models: object) -> None:
    found = read(package(tmp_path / "x.apkg", models=models, notes=note(), cards=card()))

    assert consistent(found)
    assert found.notes[0].fields[:2] == ("When?", "1962")


@pytest.mark.parametrize(
    "decks",
    ["", "{", "[]", "null", {"1": 5}, {"x": {"name": "a"}}, {"1": {"id": HUGE, "name": HUGE, "desc": []}}],
)
def test_decks_of_the_wrong_form_leave_the_cards(tmp_path: Path, decks: object) -> None:
    found = read(package(tmp_path / "x.apkg", decks=decks, notes=note(), cards=card()))

    assert consistent(found)
    assert len(found.cards) == 1


@pytest.mark.parametrize("models", ["", "{", "[]", "null", {}, {"10": {**BASIC, "flds": []}}, b"\xff"])
def test_without_note_types_nothing_can_be_read(tmp_path: Path, models: object) -> None:
    why = refusal(package(tmp_path / "x.apkg", models=models, notes=note(), cards=card()))

    assert why == "its note types are damaged" or why.startswith("none of its notes can be read; 1 note")


@pytest.mark.parametrize(
    ("conf", "crt"),
    [
        ("{", 1_600_000_000),
        ({"rollover": 99, "creationOffset": HUGE, "schedVer": "2"}, 1_600_000_000),
        ({"rollover": float("nan"), "creationOffset": "x"}, "never"),
        ({}, 1 << 62),
        ({}, -5),
        ({}, float("inf")),
    ],
)
def test_a_calendar_is_always_one_that_can_be_reckoned_with(
    tmp_path: Path, conf: object, crt: object
) -> None:
    calendar = read(package(tmp_path / "x.apkg", conf=conf, crt=crt, notes=note())).calendar

    assert calendar.created_s in (0, 1_600_000_000)
    assert calendar.minutes_west is None
    assert calendar.rollover == 4


def test_long_rows_of_combining_marks_are_cut(tmp_path: Path) -> None:
    # Normalising 400,000 marks in two classes would take minutes.
    marks = "\u0301\u0323" * 200_000

    found = read(package(tmp_path / "x.apkg", notes=note(flds=f"a{marks}\x1fe\u0301 — ———")))

    assert len(found.notes[0].fields[0]) < 40
    assert found.notes[0].fields[1] == "é — ———"


@given(st.text() | st.text(st.sampled_from("ae\u0301\u0323\u0f73—\ud800\x00\t\n")))
@settings(deadline=None)
def test_text_of_ordinary_length_is_only_cleaned(text: str) -> None:
    expected = "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(each) == "Cs" else each
        for each in text
        if each in "\t\n" or not each.isascii() or each.isprintable()
    )
    if sum(unicodedata.category(each).startswith("M") for each in text) <= 30:
        assert clean(text) == unicodedata.normalize("NFC", expected)
    assert clean(text).encode().decode() == clean(text)


VALUES = st.one_of(
    st.none(),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.sampled_from([0, 1, 2, 3, 10, 100, 101, 200, 201]),
    st.floats(),
    st.text(max_size=20),
    st.binary(max_size=20),
)


def rows_of(columns: int) -> st.SearchStrategy[list[tuple[object, ...]]]:
    return st.lists(st.tuples(*[VALUES] * columns), max_size=6)


@given(rows_of(11), rows_of(18), rows_of(9), VALUES, VALUES)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_values_in_any_column_are_read_or_refused(
    tmp_path: Path,
    notes: list[tuple[object, ...]],
    cards: list[tuple[object, ...]],
    reviews: list[tuple[object, ...]],
    crt: object,
    ver: object,
) -> None:
    (tmp_path / "x.anki2").unlink(missing_ok=True)
    contents = {
        "notes": [*note(), *notes],
        "cards": [*card(), *cards],
        "reviews": reviews,
        "crt": crt,
        "ver": ver,
    }
    try:
        cleanly = [tuple(surrogates_gone(value) for value in row) for row in contents["notes"]]  # type: ignore[union-attr]
        path = package(tmp_path / "x.apkg", columns=LOOSE, **{**contents, "notes": cleanly})
    except (UnicodeEncodeError, sqlite3.Error):
        return
    with suppress(PackageError):
        assert consistent(read(path))


def surrogates_gone(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
