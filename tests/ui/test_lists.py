"""Everything that is not a review: what is due, the decks, a card that was looked up, reports, problems."""

import pytest

from fasti.core.card import Judge
from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.entry_kinds import EntryKind
from fasti.core.facts import Place, Problem
from fasti.core.log import LogEntry
from fasti.decks.excerpt import excerpt
from fasti.due import Standing
from fasti.edits import Report, Reworded
from fasti.lookup import Found
from fasti.shelf_list import ShelfList, Shelved
from fasti.store.due import DeckCounts
from fasti.ui import faces, spoken
from fasti.ui.columns import columns, sentences
from fasti.ui.counts import show_counts
from fasti.ui.found import found_lines, show_found
from fasti.ui.lines import Line, cells, plain
from fasti.ui.look import Look
from fasti.ui.problems import problem_lines
from fasti.ui.reports import report_lines
from fasti.ui.shelf import shelf_lines
from fasti.ui.voice import Voice
from tests.ui.conftest import Golden
from tests.ui.sittings import TODAY, card

WIDTHS = [40, 80, 120]
HOSTILE = "a\x1b[2J [/b] :crown: \u202eb\x9bc\n\td"


def text(lines: list[Line]) -> str:
    return "".join(f"{plain(each)}\n" for each in lines)


DECKS = [
    DeckCounts("cmc", "Cuban Missile Crisis", 12, 101, 142),
    DeckCounts("origins", "The origins of the Cold War, from Yalta to the Marshall Plan", 1, 0, 1240),
    DeckCounts("cuba", "古巴导弹危机", 0, 7, 7),
]
SHELF = ShelfList(
    [
        Shelved(DECKS[0], ["decks/cmc.yaml"], [], 0),
        Shelved(DECKS[1], ["decks/origins.yaml"], ["decks/origins.yaml"], 2),
        Shelved(DECKS[2], ["decks/cuba.yaml"], [], 1),
    ],
    ["decks/rome.yaml"],
)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_shelf_looks_as_it_should(golden: Golden, width: int) -> None:
    golden(f"shelf-{width}", text(shelf_lines(SHELF, Look(width), accessible=False)))


def test_the_shelf_sounds_as_it_should(golden: Golden) -> None:
    golden("shelf-spoken-80", text(shelf_lines(SHELF, Look(80), accessible=True)))


def test_an_empty_shelf_says_what_to_do() -> None:
    assert text(shelf_lines(ShelfList([], []), Look(80), accessible=False)).startswith("No decks yet")


def test_numbers_stand_under_their_heads_whatever_the_title() -> None:
    rows = [("古巴", "1"), ("Cuba", "12"), ("Cafe\u0301", "1,200")]
    shown = [plain(row) for row in columns(("deck", "due"), rows, Look(40))]

    assert shown == [
        "deck        due",
        "古巴          1",
        "Cuba         12",
        "Cafe\u0301      1,200",
    ]


def test_a_row_can_be_a_sentence() -> None:
    assert (
        text(sentences(("deck", "due", "new"), [("Cuba", "12", "3")], Look(80))) == "Cuba: 12 due, 3 new.\n"
    )
    assert (
        text(sentences(("kind", "facts", "cards"), [("q", "1", "21")], Look(80))) == "q: 1 fact, 21 cards.\n"
    )


@pytest.mark.parametrize("accessible", [False, True])
def test_what_is_due_is_one_line_then_the_decks(capsys: pytest.CaptureFixture[str], accessible: bool) -> None:
    show_counts(Standing(TODAY, DECKS, introduced=4, repeats=0, next_due=None), accessible=accessible)
    lines = capsys.readouterr().out.splitlines()

    assert lines[0] == "13 due, 6 new"
    assert len(lines) == (4 if accessible else 5)
    assert ("Cuban Missile Crisis: 12 due, 101 new, 142 cards." in lines) == accessible


def test_nothing_due_says_when_it_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    show_counts(Standing(TODAY, [DeckCounts("a", "A", 0, 0, 9)], 0, 0, (TODAY + 1, 6)), accessible=False)

    assert capsys.readouterr().out == "Nothing due. Next: 6 cards tomorrow.\n"


def entry(
    seq: int, day: int, grade: int, kind: EntryKind = EntryKind.REVIEW, typed: str | None = None
) -> LogEntry:
    return LogEntry("device", seq, "me", "k", kind, grade, 4, seq, 0, day, 900, typed)


STATE = CardState(
    repetitions=3,
    interval=15,
    ease=236,
    lapses=1,
    due_day=TODAY + 9,
    first_day=TODAY - 20,
    last_day=TODAY - 6,
    owed=False,
    suspended=False,
    buried_until=0,
    flagged=True,
    reviews=3,
)
FOUND = Found(
    "cmc/quarantine-speech#when",
    "cmc",
    "quarantine-speech",
    card(
        "Kennedy announces the quarantine",
        "22 October 1962",
        judge=Judge.DATE,
        word="When?",
        asks="when",
        note="The quarantine took effect on 24 October.",
        sources=("FRUS 1961-1963, vol. XI, doc. 44",),
    ),
    STATE,
    [
        entry(1, TODAY - 20, 2, typed="oct 1962"),
        entry(2, TODAY - 20, 4, EntryKind.DRILL),
        entry(3, TODAY - 6, 4, typed="22 oct 62"),
    ],
    retired=False,
)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_card_looked_up_looks_as_it_should(golden: Golden, width: int) -> None:
    golden(f"found-{width}", text(found_lines(FOUND, TODAY, Look(width), faces)))


def test_a_card_looked_up_sounds_as_it_should(golden: Golden) -> None:
    golden("found-spoken-80", text(found_lines(FOUND, TODAY, Look(80), spoken)))


@pytest.mark.parametrize(
    ("state", "retired", "words"),
    [
        (FRESH_CARD, False, "New: not asked yet."),
        (FRESH_CARD, True, "No longer in its deck; its history is kept."),
    ],
)
def test_a_card_says_where_it_stands(state: CardState, retired: bool, words: str) -> None:
    shown = text(
        found_lines(FOUND._replace(state=state, retired=retired, answers=[]), TODAY, Look(80), faces)
    )

    assert words in shown


@pytest.mark.parametrize(("count", "in_full"), [(3, True), (4, False)])
def test_many_cards_are_told_briefly(capsys: pytest.CaptureFixture[str], count: int, in_full: bool) -> None:
    show_found([FOUND] * count, TODAY, accessible=False)
    shown = capsys.readouterr().out

    assert shown.count("Kennedy announces") == count
    assert ("FRUS" in shown) == in_full
    assert shown.count("Due on 10 June") == count


REPORT = Report(
    "cmc",
    "Cuban Missile Crisis",
    new=["U Thant proposes a pause", "The hotline opens"],
    reworded=[Reworded("Kennedy declares a quarantine", "Kennedy announces the quarantine")],
    retired=["Operation Ortsac"],
    problems=[
        (
            "decks/cmc.yaml",
            Problem(Place(12, 9), "unknown-key", "`answr` is not a key here; did you mean `a`?"),
        ),
        ("decks/cmc.yaml", Problem(Place(40, 5), "no-source", "this fact has no source", "warning")),
    ],
    cards=140,
)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_report_looks_as_it_should(golden: Golden, width: int) -> None:
    golden(f"report-{width}", text(report_lines(REPORT, Look(width), dry_run=True)))


def test_a_report_can_be_brief() -> None:
    brief = text(report_lines(REPORT, Look(120), brief=True))

    assert "1 reworded (progress kept), 2 new, 1 retired (progress waits)" in brief
    assert "Operation Ortsac" not in brief
    assert "cmc.yaml:12:9" in brief


UNKNOWN = REPORT.problems[0][1]


def test_a_problem_is_one_line_for_a_program() -> None:
    assert text(problem_lines("cmc.yaml", UNKNOWN, None, Look(10_000))) == (
        "cmc.yaml:12:9: unknown-key: `answr` is not a key here; did you mean `a`?\n"
    )


def test_a_warning_says_that_it_is_one() -> None:
    assert "no-source: warning: this fact" in text(
        problem_lines("c.yaml", REPORT.problems[1][1], None, Look(200))
    )


@pytest.mark.parametrize(
    ("source", "column"),
    [
        ("    answr: A blockade is an act of war", 5),
        ("  - {event: 古巴导弹危机开始, dat: 1962-10-16}", 23),
        ("  - q: " + "why " * 60 + "?", 200),
        ("  - q: " + "古巴导弹危机" * 20, 100),
        ("short", 6),
        ("x" * 38, 39),
        ("e\u0301" * 60, 90),
    ],
)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_caret_stands_under_its_place(source: str, column: int, width: int) -> None:
    problem = Problem(Place(1, column), "code", "sentence")
    shown, caret = [
        plain(each) for each in problem_lines("d.yaml", problem, excerpt(source, column), Look(width))
    ][-2:]

    assert cells(shown) <= width
    assert len(caret) <= width
    under = "".join(cell for cell in _by_cell(shown)[len(caret) - 1 : len(caret)])
    assert under == source[column - 1 : column][:1] or source[column - 1 : column] in {"", "\u0301"}


def _by_cell(text: str) -> list[str]:
    """What stands in each cell; a wide character in the first of its two."""
    found: list[str] = []
    for letter in text:
        found.extend([letter, ""][: cells(letter)])
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_text_acts_nowhere(width: int) -> None:
    look = Look(width)
    counts = DeckCounts(HOSTILE, HOSTILE, 1, 1, 1)
    shelf = ShelfList([Shelved(counts, [HOSTILE], [HOSTILE], 1)], [HOSTILE])
    hostile = card(HOSTILE, HOSTILE, note=HOSTILE, word=HOSTILE, asks=HOSTILE)
    found = Found(
        HOSTILE, HOSTILE, HOSTILE, hostile, STATE, [entry(1, TODAY, 2, typed=HOSTILE)], retired=False
    )
    problem = Problem(Place(1, 3), HOSTILE, HOSTILE)
    report = Report(HOSTILE, HOSTILE, reworded=[Reworded(HOSTILE, HOSTILE)], problems=[(HOSTILE, problem)])
    shown = (
        shelf_lines(shelf, look, accessible=False)
        + shelf_lines(shelf, look, accessible=True)
        + found_lines(found, TODAY, look, faces)
        + found_lines(found, TODAY, look, spoken)
        + report_lines(report, look)
        + problem_lines(HOSTILE, problem, excerpt(HOSTILE.splitlines()[0], 3), look)
    )

    for acting in "\x1b\x9b\u202e\r\n":
        assert all(acting not in plain(each) for each in shown)
    assert all(cells(plain(each)) <= width for each in shown)


@pytest.mark.parametrize("voice", [faces, spoken])
def test_a_card_looked_up_names_its_picture(voice: Voice) -> None:
    found = FOUND._replace(card=card("Which island?", "Cuba", image="maps/cuba.png"))

    assert "Picture: maps/cuba.png" in text(found_lines(found, TODAY, Look(80), voice))
