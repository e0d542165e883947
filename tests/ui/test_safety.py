"""What keeps progress safe, as it is seen: backups, going back, merging, syncing, and the doctor."""

from pathlib import Path

import pytest

from fasti.backups import Backup
from fasti.core.days import Moment
from fasti.core.log_lines import Header, Unknown
from fasti.doctor import Finding
from fasti.merging import Taken
from fasti.restoring import Preview
from fasti.store.comparison import Amount, Difference
from fasti.store.copies import Copy
from fasti.sync_files import LogFile
from fasti.syncing import Synced
from fasti.ui.backups import backup_lines, preview_sentences
from fasti.ui.examined import finding_lines
from fasti.ui.lines import Line, cells, line, plain, wrapped
from fasti.ui.look import Look
from fasti.ui.merged import taken_sentences
from fasti.ui.synced import synced_sentences
from tests.ui.conftest import Golden

WIDTHS = [40, 80]
TODAY = 20_605  # 1 June 2026
NOON_MS = 1_780_315_200_000
DAY_MS = 86_400_000


def text(lines: list[Line]) -> str:
    return "".join(f"{plain(each)}\n" for each in lines)


def told(sentences: list[str], look: Look) -> list[Line]:
    return [row for each in sentences for row in wrapped(line(look.text(each)), look.measure)]


def a_copy(why: str, days_ago: int, size: int = 172_000) -> Copy:
    return Copy(Path(f"/home/anna/backups/{why}.db"), why, NOON_MS - days_ago * DAY_MS, size)


def moment_of(utc_ms: int) -> Moment:
    return Moment(utc_ms, 120)


BACKUPS = [
    Backup(1, a_copy("by-hand", 0), 1_240),
    Backup(2, a_copy("before-merge", 1, 1_300_000), 1_198),
    Backup(3, a_copy("daily", 2), 1_198),
    Backup(4, a_copy("before-migration-0005", 200), 88),
    Backup(12, a_copy("damaged", 300, 96), None),
]
PREVIEWS = {
    "much": Difference(Amount(42, 3), Amount(0, 0), ["The Great War"], ["Rome"]),
    "nothing": Difference(Amount(0, 0), Amount(0, 0), [], []),
    "unreadable": None,
}


@pytest.mark.parametrize("accessible", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_backups_look_as_they_should(golden: Golden, width: int, accessible: bool) -> None:
    lines = backup_lines(BACKUPS, TODAY, moment_of, Look(width), accessible=accessible)

    golden(f"backups{'-spoken' * accessible}-{width}", text(lines))


@pytest.mark.parametrize("width", WIDTHS)
def test_what_going_back_would_change_looks_as_it_should(golden: Golden, width: int) -> None:
    shown = [
        text(told(preview_sentences(Preview(BACKUPS[1].copy, found), TODAY, moment_of), Look(width)))
        for found in PREVIEWS.values()
    ]

    golden(f"restore-{width}", "\n".join(shown))


MERGED = Taken(
    answers=42,
    days=3,
    cards=31,
    notes=2,
    moved=31,
    waiting={"rome": 5, "war": 1},
    elsewhere=frozenset({"rome"}),
    others={"ben": 12},
    breaks=1,
    exams_gone=1,
    renewed=True,
)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_merge_looks_as_it_should(golden: Golden, width: int) -> None:
    sentences = [
        taken_sentences("/media/stick/fasti.db", MERGED),
        taken_sentences("/media/stick/fasti.db", MERGED._replace(renewed=False), dry_run=True),
        taken_sentences("/media/stick/fasti.db", Taken(), dry_run=True),
    ]

    golden(f"merged-{width}", "\n".join(text(told(each, Look(width))) for each in sentences))


def test_one_card_stands_and_several_stand() -> None:
    one, several = (
        taken_sentences("x", Taken(answers=1, days=1, cards=1, moved=number)) for number in (1, 2)
    )

    assert "1 card stands otherwise in your schedule now." in one
    assert "2 cards stand otherwise in your schedule now." in several


SHARED = Path("/home/anna/Dropbox/fasti")
OWN = SHARED / "fasti-a1.jsonl"


def a_file(name: str, machine: str = "laptop", **changes: object) -> LogFile:
    return LogFile(SHARED / name, Header("b2", "me", machine), **changes)  # type: ignore[arg-type]


IN_STEP = Synced(Taken(), 0, 0, OWN, [a_file("fasti-b2.jsonl")], [], [])
TROUBLE = [
    a_file("fasti-b2.jsonl", bad=(7, 9)),
    a_file("fasti-c3.jsonl", "library", items=frozenset({Unknown("{}")})),
    a_file("fasti-d4.jsonl", "phone", newer=True),
    a_file("fasti-e5.jsonl", "phone", cut=True),
    a_file("fasti-f6.jsonl", "phone", marked=True),
    LogFile(
        SHARED / "fasti-g7.jsonl",
        None,
        unreadable="it is empty or half copied; if it stays so, delete it: its machine writes all of it again",
    ),
]
SYNCS = {
    "in step": IN_STEP,
    "came and went": IN_STEP._replace(taken=Taken(42, 3, 31, 0, 31, breaks=1), sent=6, plans_sent=1),
    "a deck is missing": IN_STEP._replace(lacking={"rome": 5}),
    "decks lie there": IN_STEP._replace(
        lacking={"cold-war-origins": 12, "rome": 5}, shipped=["cold-war-origins"], brings_decks=True
    ),
    "trouble": IN_STEP._replace(
        files=TROUBLE,
        copies=[SHARED / "fasti-b2 (conflicted copy).jsonl"],
        foreign=[LogFile(SHARED / "fasti-h8.jsonl", Header("h8", "ben", "desk"))],
    ),
}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_sync_looks_as_it_should(golden: Golden, width: int) -> None:
    shown = [text(told(synced_sentences(each), Look(width))) for each in SYNCS.values()]

    golden(f"synced-{width}", "\n".join(shown))


WELL = [
    Finding("settings", True, "Your settings are right"),
    Finding("clock", True, "It is the study day 2026-06-01, UTC+02:00"),
    Finding("database", True, "`/home/anna/.local/share/fasti/fasti.db` is whole"),
    Finding("schedule", True, "Every card stands where the log says"),
    Finding("backups", True, "10 backups, the newest with 1,240 answers"),
]
ILL = [
    *WELL[:3],
    Finding(
        "schedule",
        False,
        "2 cards stand otherwise than the log says",
        "`fasti doctor --fix` sets it right",
        fixable=True,
    ),
    Finding(
        "decks",
        False,
        "Rome: `/media/stick/school/rome.yaml` is not there",
        "its cards stay; put it back, or name its new place: `fasti add PATH`",
    ),
    Finding("backups", False, "There is no backup", "`fasti backup` makes one", fixable=True),
]


@pytest.mark.parametrize("accessible", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_doctor_looks_as_it_should(golden: Golden, width: int, accessible: bool) -> None:
    shown = [text(finding_lines(each, Look(width), accessible=accessible)) for each in (WELL, ILL, ILL[:4])]

    golden(f"doctor{'-spoken' * accessible}-{width}", "\n".join(shown))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_line_fits_and_begins_with_a_word(width: int) -> None:
    look = Look(width)
    screens = [
        backup_lines(BACKUPS, TODAY, moment_of, look, accessible=True),
        finding_lines(ILL, look, accessible=True),
        told(taken_sentences("x", MERGED), look),
        *(told(synced_sentences(each), look) for each in SYNCS.values()),
    ]
    for row in (row for screen in screens for row in screen):
        assert plain(row).strip()[:1].isalnum() or plain(row).strip()[:1] in "`/"
        # A command to be copied, and a path, are not broken.
        assert cells(plain(row)) <= width or "`" in plain(row) or "/" in plain(row)
