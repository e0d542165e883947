"""Reports on deck files: pinned ids, sources, what a new edition changes."""

from pathlib import Path

import pytest

from fasti.comparing import CardChange, Comparison, FactChange, Fate
from fasti.core.facts import Source
from fasti.core.sourcing import Sourcing, Stated, Supported
from fasti.edits import Report
from fasti.packing import Packed, PackedDeck
from fasti.pinning import Pin, PinnedFile
from fasti.ui.compared import comparison_lines
from fasti.ui.lines import Line, cells, plain
from fasti.ui.look import Look
from fasti.ui.packed import packed_lines
from fasti.ui.pinned import difference_lines, pinned_lines
from fasti.ui.reports import report_lines, unpacked_lines
from fasti.ui.sourced import sourcing_lines
from fasti.unpacking import Unpacked
from tests.ui.conftest import Golden

WIDTHS = [40, 80, 120]
HOSTILE = "a\x1b[2J [/b] \u202eb"


def text(lines: list[Line]) -> str:
    return "".join(f"{plain(each)}\n" for each in lines)


SOURCING = Sourcing(
    (
        Supported(
            "frus11",
            Source("frus11", "FRUS 1961-1963, vol. XI", publisher="Office of the Historian"),
            (
                Stated("crises.yaml", 14, "Kennedy announces the quarantine", "speech", "doc. 44"),
                Stated(
                    "crises.yaml",
                    120,
                    "Khrushchev announces that the missiles will be removed from Cuba",
                    None,
                    "docs. 102-104",
                ),
                Stated("crises.yaml", 131, "Why was the quarantine not called a blockade?"),
            ),
            "crises.yaml",
        ),
        Supported(
            "", Source("", "Gaddis, The Cold War (2005), p. 75"), (Stated("crises.yaml", 9, "古巴导弹危机"),)
        ),
        Supported("spare", Source("spare", "A book that nobody opened", author="N. N."), (), "crises.yaml"),
    ),
    (Stated("crises.yaml", 7, "John McCone"),),
    5,
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("accessible", [False, True])
def test_sources_look_and_sound_as_they_should(golden: Golden, width: int, accessible: bool) -> None:
    lines = sourcing_lines("Crises", SOURCING, Look(width), accessible=accessible)

    golden(f"sources-{'spoken-' if accessible else ''}{width}", text(lines))
    assert max(cells(plain(row)) for row in lines) <= width


def test_sources_for_the_ear_begin_each_line_with_a_word() -> None:
    lines = sourcing_lines("Crises", SOURCING, Look(80), accessible=True)

    assert all(plain(row)[:1].isalnum() for row in lines)


def test_text_from_a_deck_does_not_act() -> None:
    fact = Stated(HOSTILE, 1, HOSTILE, None, HOSTILE)
    found = Sourcing((Supported(HOSTILE, Source(HOSTILE, HOSTILE), (fact,)),), (fact,), 2)
    for accessible in (False, True):
        shown = text(sourcing_lines(HOSTILE, found, Look(80), accessible=accessible))
        assert not {"\x1b", "\u202e"} & set(shown)


PINNED = PinnedFile(
    Path("crises.yaml"),
    "crises",
    True,
    (
        Pin(4, "one", "One"),
        Pin(9, None, "A fact in a layout of its own, which nobody but its author can tell apart"),
    ),
    3,
    1,
    b"deck: Crises\nfacts:\n  - q: One\n    a: b\n  - {q: \x1b, a: c}",
    b"deck: Crises\nid: crises\nfacts:\n  - q: One\n    id: one\n    a: b\n  - {q: \x1b, a: c}",
)


@pytest.mark.parametrize("width", WIDTHS)
def test_pinned_ids_look_as_they_should(golden: Golden, width: int) -> None:
    look = Look(width)
    lines = [
        *difference_lines(PINNED, look),
        *pinned_lines(PINNED, look, dry_run=True),
        *pinned_lines(PINNED, look, dry_run=False),
    ]

    golden(f"pinned-{width}", text(lines))


def change(fate: Fate, before: str | None, after: str | None, *cards: CardChange) -> FactChange:
    lines = (None if before is None else 14, None if after is None else 16)
    return FactChange(fate, "fact", before, after, *lines, "crises.yaml", cards)


QUARANTINE = "Kennedy announces the quarantine"
COMPARISON = Comparison(
    "crises",
    "crises-2",
    "Crises, second edition",
    (
        change(Fate.KEPT, "One", "One", CardChange("answer", Fate.KEPT, "a", "a")),
        change(
            Fate.REWORDED,
            QUARANTINE,
            "Kennedy tells the country of a quarantine",
            CardChange("when", Fate.REWORDED, "1962", "1962"),
        ),
        change(
            Fate.ANSWER,
            QUARANTINE,
            QUARANTINE,
            CardChange("when", Fate.ANSWER, "22 October 1962", "23 October 1962"),
        ),
        change(
            Fate.DETAILS,
            "John McCone",
            "John McCone",
            CardChange("who", Fate.DETAILS, "a", "a"),
            CardChange("lived", Fate.NEW, "", "1902-1991"),
            CardChange("name", Fate.RETIRED, "McCone", ""),
        ),
        change(Fate.MOVED, "Two", "Two", CardChange("answer", Fate.KEPT, "a", "a")),
        change(Fate.NEW, None, "古巴导弹危机?", CardChange("answer", Fate.NEW, "", "a")),
        change(Fate.BROKEN, "Three", None, CardChange("answer", Fate.KEPT, "a", "a")),
        change(Fate.RETIRED, "Four", None, CardChange("answer", Fate.RETIRED, "a", "")),
        change(Fate.RETIRED, "Five", None, CardChange("answer", Fate.RETIRED, "a", "")),
    ),
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("accessible", [False, True])
def test_a_comparison_looks_and_sounds_as_it_should(golden: Golden, width: int, accessible: bool) -> None:
    lines = comparison_lines(COMPARISON, Look(width), accessible=accessible)

    golden(f"diff-{'spoken-' if accessible else ''}{width}", text(lines))
    assert max(cells(plain(row)) for row in lines) <= width


def test_a_comparison_for_the_ear_begins_each_line_with_a_word() -> None:
    lines = comparison_lines(COMPARISON, Look(80), accessible=True)

    assert all(plain(row)[:1].isalnum() for row in lines)


@pytest.mark.parametrize("accessible", [False, True])
def test_a_comparison_cannot_act_on_the_terminal(accessible: bool) -> None:
    cards = (CardChange(HOSTILE, Fate.ANSWER, HOSTILE, HOSTILE),)
    fact = FactChange(Fate.ANSWER, HOSTILE, HOSTILE + "1", HOSTILE, 1, 1, HOSTILE, cards)
    found = Comparison(HOSTILE, HOSTILE + "2", HOSTILE, (fact, fact._replace(path="other")))

    assert not {"\x1b", "\u202e"} & set(text(comparison_lines(found, Look(80), accessible=accessible)))


PACKED = Packed(
    Path("crises.zip"),
    [
        PackedDeck("crises", "Crises", 101),
        PackedDeck("crises", "Crises", 20),
        PackedDeck("origins", "Origins", 1),
    ],
    3,
    1_234_567,
    12,
    1,
)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_said_of_folders_and_zip_files_looks_as_it_should(golden: Golden, width: int) -> None:
    look = Look(width)
    followed = Report(
        "crises",
        "Crises",
        new=["One"],
        appeared=["/home/me/decks/unit 2.yaml"],
        gone=["/home/me/decks/unit 1.yaml"],
    )
    folder = Report("", "/home/me/decks", no_decks=["/home/me/decks/.ci.yaml", "/home/me/decks/mkdocs.yml"])
    unpacked = Unpacked(
        Path("/home/me/fasti/decks/crises"), (), [Path("/home/me/fasti/decks/crises/crises.yaml.old")], 2
    )
    lines = [
        *report_lines(followed, look, brief=True),
        *report_lines(folder, look),
        *packed_lines(PACKED, look),
        *unpacked_lines(unpacked, look, dry_run=False),
    ]

    golden(f"folders-{width}", text(lines))


def test_names_of_files_do_not_act() -> None:
    look = Look(80)
    report = Report(HOSTILE, HOSTILE, appeared=[HOSTILE], gone=[HOSTILE], no_decks=[HOSTILE])
    packed = Packed(Path(HOSTILE), [], 0, 1, 0, 0)
    lines = [
        *report_lines(report, look),
        *packed_lines(packed, look),
        *unpacked_lines(Unpacked(Path(HOSTILE), (), [Path(HOSTILE)], 0), look, dry_run=True),
    ]

    assert not {"\x1b", "\u202e"} & set(text(lines))
