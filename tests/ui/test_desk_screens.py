"""Whole screens around the review, at 40, 80 and 120 columns: what needs care, what was found, plans, settings."""

import pytest

from fasti.care import Flag, Leech
from fasti.core.card import Judge
from fasti.core.card_state import FRESH_CARD
from fasti.core.exams import Exam, Progress
from fasti.core.leeches import Advice
from fasti.search import FoundFact
from fasti.store.placed import PlacedCard
from fasti.ui import faces, spoken
from fasti.ui.cared import flag_lines, leech_lines, report_lines
from fasti.ui.exams import exam_lines
from fasti.ui.lines import Line, cells, plain
from fasti.ui.look import Look
from fasti.ui.searched import fact_lines
from fasti.ui.settings_table import Row, settings_lines
from tests.ui.conftest import Golden
from tests.ui.sittings import TODAY, card

WIDTHS = [40, 80, 120]
LOOKS = [(width, accessible) for width in WIDTHS for accessible in (False, True)]

WHEN = card(
    "Kennedy announces the quarantine", "22 October 1962", judge=Judge.DATE, word="When?", asks="when"
)
CAUSES = card(
    "Khrushchev sends missiles to Cuba",
    "To defend Cuba against invasion",
    "To redress the missile balance",
    judge=Judge.LIST,
    word="What caused it?",
    asks="causes",
)
CHINESE = card("古巴导弹危机 · Łódź 👩\u200d🏫", "1962年10月", word="", asks="answer")


def placed(key: str, title: str, line: int, *, retired: bool = False, **state: int) -> PlacedCard:
    deck, _, rest = key.partition("/")
    fact, _, asks = rest.partition("#")
    return PlacedCard(
        key,
        deck,
        "Cuban Missile Crisis",
        fact,
        title,
        "/decks/cuban-missile-crisis.yaml",
        line,
        content="",
        asks=asks,
        face="",
        retired=retired,
        about="",
        state=FRESH_CARD._replace(**state),
    )


SPEECH = placed("cmc/speech#when", "Kennedy announces the quarantine", 31, lapses=8, ease=130, due_day=TODAY)
MISSILES = placed("cmc/missiles#causes", "Khrushchev sends missiles to Cuba", 102, lapses=12, suspended=True)
CUBA = placed("cmc/古巴导弹危机-xem5ca#answer", "古巴导弹危机 · Łódź 👩\u200d🏫", 7, due_day=TODAY + 3)
GONE = placed("cmc/jupiters#meaning", "Jupiters", 9, retired=True)


def shown(lines: list[Line], width: int) -> str:
    assert all(cells(plain(each)) <= width for each in lines)
    return "".join(f"{plain(each)}\n" for each in lines).replace("\\", "/")


def named(kind: str, width: int, *, accessible: bool) -> str:
    return f"{kind}-{'spoken-' if accessible else ''}{width}"


@pytest.mark.parametrize(("width", "accessible"), LOOKS)
def test_leeches_look_as_they_should(golden: Golden, width: int, accessible: bool) -> None:
    voice, look = spoken if accessible else faces, Look(width)
    first = Leech(SPEECH, WHEN, (4, 2, 1, 2) * 9, TODAY - 200, (Advice.HINT, Advice.REWORD, Advice.SUSPEND))
    second = Leech(MISSILES, CAUSES, (2, 2, 4), None, (Advice.SPLIT,))
    lines = leech_lines(first, TODAY, look, voice) + leech_lines(second, TODAY, look, voice)

    golden(named("leeches", width, accessible=accessible), shown(lines, width))


@pytest.mark.parametrize(("width", "accessible"), LOOKS)
def test_flags_look_as_they_should(golden: Golden, width: int, accessible: bool) -> None:
    voice, look = spoken if accessible else faces, Look(width)
    flags = [
        Flag(SPEECH, WHEN, "The archive says the 23rd, Moscow time. Which is meant?", TODAY - 3),
        Flag(CUBA, CHINESE, "", TODAY),
    ]
    lines = [row for flag in flags for row in flag_lines(flag, TODAY, look, voice)]

    golden(named("flags", width, accessible=accessible), shown(lines, width))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_form_for_the_teacher_looks_as_it_should(golden: Golden, width: int) -> None:
    flags = [Flag(SPEECH, WHEN, "The 23rd, Moscow time", TODAY), Flag(GONE, CHINESE, "", TODAY - 40)]

    golden(f"flag-report-{width}", shown(report_lines(flags, Look(width)), width))


@pytest.mark.parametrize(("width", "accessible"), LOOKS)
def test_what_was_found_looks_as_it_should(golden: Golden, width: int, accessible: bool) -> None:
    found = [FoundFact([each]) for each in (SPEECH, MISSILES, CUBA, GONE)]
    lines = [row for fact in found for row in fact_lines(fact, TODAY, Look(width), accessible=accessible)]

    golden(named("searched", width, accessible=accessible), shown(lines, width))


def exam(name: str, ahead: int, **progress: int) -> Progress:
    known = {"total": 200, "seen": 0, "new": 0, "a_day": 0, "today": 0, "until": TODAY + ahead - 6}
    return Progress(Exam(name, TODAY + ahead, "cmc"), **{**known, **progress})


@pytest.mark.parametrize("width", WIDTHS)
def test_exams_look_as_they_should(golden: Golden, width: int) -> None:
    exams = [
        exam("Today's test", 0, total=12, seen=12),
        exam("Cuban Missile Crisis", 3, seen=90, a_day=40, today=14),
        exam("The origins of the Cold War, 古巴", 20, new=151, a_day=11),
        exam("Final", 40),
        exam("Unit one", 41, total=0),
    ]

    golden(f"exams-{width}", shown(exam_lines(exams, TODAY, Look(width)), width))


@pytest.mark.parametrize(("width", "accessible"), LOOKS)
def test_settings_look_as_they_should(golden: Golden, width: int, accessible: bool) -> None:
    rows = [
        Row("new", "5", "config.toml, line 3", "new cards a day"),
        Row("maximum-interval", "3650", "default", "no card is away for more days than this"),
        Row("editor", "code --wait", "EDITOR", "what `e` and `fasti config edit` open"),
        Row("images", "auto", "default", "how pictures are drawn"),
        Row("keys.undo", "u z", "config.toml, line 12", "takes back the last grade"),
        Row("keys.siblings", "", "config.toml, line 13", "asks the cards that wait"),
    ]
    lines = settings_lines(rows, "~/.config/fasti/config.toml", Look(width), accessible=accessible)

    golden(named("settings", width, accessible=accessible), shown(lines, width))
