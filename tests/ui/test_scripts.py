"""Every script and sign that a deck may hold, on every screen: no line too wide, and nothing lost."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from fasti.care import Flag, Leech
from fasti.core.card import Judge
from fasti.core.card_state import CardState
from fasti.core.entry_kinds import EntryKind
from fasti.core.exams import Exam, Progress
from fasti.core.facts import Place, Problem
from fasti.core.leeches import Advice
from fasti.core.log import LogEntry
from fasti.core.review import About, Picture
from fasti.core.review import Place as CardPlace
from fasti.core.text import printable
from fasti.due import Standing
from fasti.edits import Report, Reworded
from fasti.lookup import Found
from fasti.planning import Plans
from fasti.search import FoundFact
from fasti.shelf_list import ShelfList, Shelved
from fasti.store.due import DeckCounts
from fasti.store.placed import PlacedCard
from fasti.ui import cared, faces, spoken
from fasti.ui.commands import LETTERS
from fasti.ui.counts import show_counts
from fasti.ui.exams import exam_lines
from fasti.ui.found import found_lines
from fasti.ui.grades import FOUR
from fasti.ui.known import known_sentences
from fasti.ui.lines import Line, clusters, plain
from fasti.ui.look import Look
from fasti.ui.manner import Manner
from fasti.ui.problems import problem_lines
from fasti.ui.reports import report_lines
from fasti.ui.review import review
from fasti.ui.searched import fact_lines
from fasti.ui.shelf import shelf_lines
from fasti.ui.voice import Judgement, Part, Revealed, State, Tick, Voice
from tests.ui.sittings import TODAY, Clock, FakeKeys, FakeSitting, card, presses, question, screen

WORDS = [
    "Kennedy",
    "חומת ברלין",
    "أزمة الصواريخ الكوبية",
    "لَا إِلٰهَ",
    "古巴导弹危机",
    "キューバ危機",
    "쿠바 미사일 위기",
    "\u1112\u1161\u11ab",
    "विश्वयुद्ध क्ष",
    "สงครามเย็นที่",
    "Cafe\u0301 Łódź Điện Biên Phủ",
    "a\u0301\u0302\u0303\u0323\u0331",
    "\u0301",
    "👩‍🏫",
    "👨‍👩‍👧‍👦",
    "🏳️‍🌈",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "🇨🇺🇺🇸",
    "🇨",
    "👍🏽",
    "❤️",
    "☎︎",
    "1️⃣",
    "\u200b",
    "\u200c\u200d",
    "\u2060",
    "\u00ad",
    "\u200e\u200f\u061c",
    "\u2028\u2029",
    "\u3000",
    "\u00a0",
    "\ufe0f",
    "\ue000",
    "𒀀𓀀𝕬",
    "x" * 90,
    "文" * 50,
    "\t",
    "\n",
    "`a command that is long enough to be wider than a narrow screen`",
    "\u202eevil\x1b[2J",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
).filter(lambda text: text.strip() != "")
WIDTHS = st.sampled_from([40, 80, 120, 200])
VOICES = st.sampled_from([faces, spoken])
EVERYTHING = " ".join(WORDS)
STATE = CardState(3, 15, 236, 9, TODAY + 9, TODAY - 20, TODAY - 6, False, False, 0, True, 3)


def wide(text: str) -> int:
    """The cells of a text: of each cluster for itself, as a joiner before a space joins nothing on a terminal."""
    return sum(cell_len(each) for each in clusters(text))


def fits(lines: Sequence[Line], width: int) -> None:
    for row in lines:
        assert cell_len(plain(row)) <= wide(plain(row)) <= width
        assert "\n" not in plain(row)


def letters(text: str) -> str:
    """What can be seen of a text, and what it is joined by; where lines break there may be no space."""
    return re.sub(r"[\s\u200b]", "", printable(text))


def holds(lines: Sequence[Line], text: str) -> None:
    assert letters(text) in letters("".join(plain(row) for row in lines))


def placed(text: str) -> PlacedCard:
    values: dict[str, object] = dict.fromkeys(PlacedCard._fields, text)
    return PlacedCard(**{**values, "line": 3, "state": STATE, "retired": False})  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(TEXTS, WIDTHS, VOICES, st.sampled_from(Judge))
@example(EVERYTHING, 40, faces, Judge.TEXT)
@example(EVERYTHING, 40, spoken, Judge.LIST)
def test_a_card_keeps_all_its_words_within_the_screen(
    text: str, width: int, voice: Voice, judge: Judge
) -> None:
    look = Look(width)
    several = judge in {Judge.LIST, Judge.ORDER}
    answers = (text, "two", "three") if several else (text,)
    asked = question(
        card(
            text,
            *answers,
            judge=judge,
            word=text[:20],
            hints=(text,),
            note=text,
            sources=(text,),
            extras=(text,),
        ),
        deck=text,
    )
    parts = tuple(Part(answer, State.MISSED, text[:9]) for answer in answers) if several else ()
    shown = Revealed(asked.card, text, Judgement(text, 2), parts, text)
    question_lines = voice.question_lines(asked, look)
    answer_lines = voice.answer_lines(shown, look)
    hint_lines = voice.hint_lines(text, 1, 2, look)
    picture_lines = voice.picture_lines(Picture(text, remarks=(text,)), look)
    tick_lines = [row for state in State for row in voice.tick_lines(Tick(text, state, text, text, 2), look)]
    others = [
        *voice.invitation_lines(asked, True, True, LETTERS, look),
        *voice.grade_lines(asked, FOUR, FOUR[1], LETTERS, look),
        *voice.remark_lines([text, text], look),
    ]

    for lines in (question_lines, answer_lines, hint_lines, picture_lines, tick_lines, others):
        fits(lines, width)
    for lines in (question_lines, answer_lines, hint_lines, picture_lines, tick_lines):
        holds(lines, text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, WIDTHS, st.booleans())
@example(EVERYTHING, 40, False)
def test_the_shelf_and_what_is_due_stay_in_their_columns(text: str, width: int, accessible: bool) -> None:
    counts = [DeckCounts("a", text, 12, 101, 1_142), DeckCounts("b", "Plain", 1, 0, 7)]
    listed = ShelfList([Shelved(each, [text], [], 2) for each in counts], [text])
    lines = shelf_lines(listed, Look(width), accessible=accessible)

    fits(lines, width)
    if not accessible:
        assert len({wide(plain(row)) for row in lines[:3]}) == 1


@settings(max_examples=100, deadline=None)
@given(TEXTS, WIDTHS, VOICES)
@example(EVERYTHING, 40, faces)
def test_what_is_looked_up_and_searched_keeps_all_its_words(text: str, width: int, voice: Voice) -> None:
    look = Look(width)
    answered = LogEntry("device", 1, "me", "k", EntryKind.REVIEW, 2, 4, 1, 0, TODAY - 6, 900, text)
    of = card(text, text, word=text[:20], asks="answer", note=text, image=text)
    found = found_lines(Found(text, "d", "f", of, STATE, [answered], retired=False), TODAY, look, voice)
    searched = fact_lines(FoundFact([placed(text)]), TODAY, look, accessible=voice is spoken)
    about = About("d/f#answer", text, STATE, (answered,), CardPlace(text, text, 3), drill=False)
    known = voice.remark_lines(known_sentences(about, question(of), TODAY, shown=True), look)

    for lines in (found, searched, known):
        fits(lines, width)
        holds(lines, text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, WIDTHS, VOICES)
@example(EVERYTHING, 40, faces)
def test_leeches_flags_and_exams_keep_all_their_words(text: str, width: int, voice: Voice) -> None:
    look = Look(width)
    of = card(text, text, word=text[:20])
    leech = cared.leech_lines(
        Leech(placed(text), of, (2,) * 40, TODAY - 9, tuple(Advice)), TODAY, look, voice
    )
    flag = Flag(placed(text), of, text, TODAY - 1)
    flagged = cared.flag_lines(flag, TODAY, look, voice)
    form = cared.report_lines([flag], look)
    exams = exam_lines([Progress(Exam(text, TODAY + 9, "d"), 90, 1, 80, 60, 3, TODAY + 8)], TODAY, look)

    for lines in (leech, flagged, form, exams):
        fits(lines, width)
        holds(lines, text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, WIDTHS)
@example(EVERYTHING, 40)
def test_reports_and_problems_stay_within_the_screen(text: str, width: int) -> None:
    look = Look(width)
    problem = Problem(Place(1, 3), text, text)
    report = Report(text, text, new=[text], reworded=[Reworded(text, text)], problems=[(text, problem)])
    lines = [*report_lines(report, look), *problem_lines(text, problem, None, look)]

    fits(lines, width)


@settings(max_examples=40, deadline=None)
@given(
    TEXTS,
    WIDTHS,
    st.booleans(),
    st.sampled_from(["utf-8", "ascii", "latin-1", "cp437"]),
    st.sampled_from([{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"LC_ALL": "C"}]),
)
@example(EVERYTHING, 40, False, "utf-8", {})
@example(EVERYTHING, 40, True, "ascii", {"LC_ALL": "C"})
def test_a_whole_review_fits_whatever_the_terminal_can_show(
    text: str, width: int, accessible: bool, encoding: str, environment: dict[str, str]
) -> None:
    asked = [
        question(card(text, text, judge=judge, word=text[:20], hints=(text,), image=text), deck=text)
        for judge in (Judge.SELF, Judge.TEXT)
    ]
    output, terminal = screen(width, encoding, **environment)
    clock = Clock()
    keys = presses("h", " ", "3", "wrong\n", "1", "q\n")
    review(FakeSitting(asked), FakeKeys(keys, clock), output, Manner(accessible=accessible), clock=clock)
    # What moves the cursor draws the typed line, which `test_line` is about.
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", terminal.getvalue())
    shown.encode(encoding)

    assert max(cell_len(row) for row in shown.split("\n")) <= width
    if {"NO_COLOR", "TERM"} & environment.keys():
        assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", terminal.getvalue())


@pytest.mark.parametrize("width", [40, 80])
def test_exams_in_what_is_due_fit_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", f"{width}")
    exam = Progress(Exam("Κούβα " * 12, TODAY + 9, "d"), 90, 1, 80, 60, 3, TODAY + 8)
    plans = Plans((), (exam,))
    show_counts(Standing(TODAY, [DeckCounts("a", "A", 1, 0, 9)], 0, 0, None, plans=plans), accessible=False)

    assert max(cell_len(row) for row in capsys.readouterr().out.splitlines()) <= width


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_no_cluster_takes_more_cells_together_than_apart(text: str) -> None:
    found = clusters(printable(text))

    assert "".join(found) == printable(text)
    assert cell_len("".join(found)) <= sum(cell_len(each) for each in found)
