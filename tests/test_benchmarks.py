"""The kit of the benchmarks: that every row of it runs, and what it makes of numbers. No time is tested here."""

import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import library
from benchmarks.kit import FULL, TINY, Measured, MissingError, Row, Run, Target, apart, measured
from benchmarks.missing import missing_of
from benchmarks.report import Result, as_json, print_result
from benchmarks.rows import ROWS
from benchmarks.system_calls import calls_in, synchronised, written
from benchmarks.texts import as_deck, as_table, texts
from fasti.decks.read import read_deck
from fasti.store import refolding, reviews
from fasti.store.opening import open_database

ROOT = Path(__file__).parent.parent


def numbers(*values: float) -> Iterator[float]:
    yield from values


def result(target: Target | None, *, counts: bool = True) -> Result:
    row = Row("row", "what", lambda _: found, target)
    found = Measured("10", "s", {"fasti": [2.0, 2.0, 9.0], "anki": [4.0, 8.0, 9.0]})
    return Result(row, found, 0.5, counts)


def test_the_first_round_warms_up_and_does_not_count() -> None:
    sides = {"fasti": numbers(9, 1, 2), "anki": numbers(9, 3, 4)}

    assert measured(sides, 2) == {"fasti": [1, 2], "anki": [3, 4]}


def test_sides_take_turns_and_each_round_begins_with_another() -> None:
    order: list[str] = []

    def side(name: str) -> Iterator[float]:
        while True:
            order.append(name)
            yield 0

    measured({"a": side("a"), "b": side("b")}, 2)

    assert order == ["a", "b", "b", "a", "a", "b"]


def test_a_ratio_is_the_median_of_the_ratios_within_the_rounds() -> None:
    assert result(None).ratio == 0.5


def test_a_side_in_a_process_of_its_own_gives_its_numbers() -> None:
    side = apart(itertools.count, 5)

    assert [next(side), next(side), next(side)] == [5, 6, 7]


def test_what_fails_in_another_process_is_told_where_it_is_asked() -> None:
    side = apart(map, float, ["1", "one"])
    next(side)

    with pytest.raises(RuntimeError, match="could not convert string to float"):
        next(side)


@pytest.mark.parametrize(
    ("target", "met"),
    [
        (Target(0.5), True),
        (Target(0.4), False),
        (Target(0.5, at_least=True), True),
        (Target(2, at_least=True), False),
        (None, None),
    ],
)
def test_a_target_is_met_or_missed(target: Target | None, met: bool | None) -> None:
    assert result(target).is_met is met


def test_a_target_is_for_its_sizes_and_asks_nothing_at_others() -> None:
    assert result(Target(0.4), counts=False).is_met is None


def test_what_programs_are_told_has_every_number() -> None:
    told = as_json([result(Target(0.4))], {"cores": 2}, Run(ROOT, FULL), 12.34)

    assert (told["version"], told["seconds"], told["machine"]) == (1, 12.3, {"cores": 2})
    assert told["rows"] == [
        {
            "row": "row",
            "what": "what",
            "load": 0.5,
            "size": "10",
            "unit": "s",
            "ours": "fasti",
            "peer": "anki",
            "medians": {"fasti": 2.0, "anki": 8.0},
            "ratio": 0.5,
            "least": 0.25,
            "most": 1.0,
            "target": {"at_most": 0.4},
            "met": False,
            "rounds": {"fasti": [2.0, 2.0, 9.0], "anki": [4.0, 8.0, 9.0]},
        }
    ]


def test_a_row_that_cannot_be_measured_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    missing = missing_of(["json", "no_such_module"])
    print_result(Result(Row("row", "what", lambda _: None), None, None, False, missing))  # type: ignore[arg-type, return-value]

    assert "needs no_such_module" in capsys.readouterr().out
    assert "json" not in missing


def test_both_programs_are_given_the_same_facts() -> None:
    deck = read_deck(as_deck("Facts", "facts", texts(50))).deck
    lines = as_table(texts(50)).splitlines()[5:]

    assert deck is not None
    assert [line.split("\t")[0] for line in lines] == [fact.fields["q"][0] for fact in deck.facts]


def test_libraries_are_made_as_their_logs_say(tmp_path: Path) -> None:
    run = Run(tmp_path, TINY)
    for made in (library.library(run, 200, 0.1), library.reviewed_library(run, 300)):
        with open_database(f"sqlite:///{made.file}", 0) as database, database.reading() as connection:
            kinds = {entry.kind for entry in reviews.entries(connection)}
            stray = refolding.astray(connection, library.LEARNER)

        assert len(kinds) == 1
        assert (stray.cards, stray.days) == (0, 0)


TRACE = """
7 pwrite64(5</x/f.db-wal>, "..."..., 4096, 0) = 4096
7 fdatasync(5</x/f.db-wal>) = 0
7 pwrite64(5</x/f.db-wal>, "..."..., 24, 0) = 24
7 pwrite64(5</x/f.db-wal>, "..."..., 4096, 0) = 4096
7 fdatasync(5</x/f.db-wal>) = 0
7 write(1<pipe:[9]>, "..."..., 40) = 40
7 pwrite64(5</x/f.db-wal>, "..."..., 24, 0) = 24
8 pwrite64(6</x/f.db>, "..."..., 4096, 0) = 4096
7 fdatasync(5</x/f.db-wal>) = 0
7 pwrite64(6</x/f.db>, "..."..., 4096, 0) = 4096
7 fsync(6</x/f.db>) = 0
"""


def test_calls_are_counted_from_the_first_commit_to_the_last() -> None:
    assert calls_in(TRACE, "/x/f.db", 2) == (1, 2)


@pytest.mark.parametrize("part", range(3))
def test_every_row_of_the_kit_runs(part: int, tmp_path: Path) -> None:
    rows = [row.name for row in ROWS[part::3]]
    file = tmp_path / "results.json"
    command = [sys.executable, "-m", "benchmarks", *rows, "--tiny", "--rounds", "1", "--json", str(file)]
    done = subprocess.run(
        [*command, "--folder", str(tmp_path / "data")], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode in (0, 1), done.stderr
    told = json.loads(file.read_text(encoding="utf-8"))
    assert [row["row"] for row in told["rows"]] == rows
    for row in told["rows"]:
        assert ("missing" in row and "needs" in row["missing"]) or row["ratio"] > 0


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not here")
def test_an_answer_waits_for_the_disk_once_and_writes_little(tmp_path: Path) -> None:
    run = Run(tmp_path, TINY._replace(cards=2_000, answers=1_600))
    try:
        syncs, writes = (measure(run).sides["fasti"][0] for measure in (synchronised, written))
    except MissingError as error:
        pytest.skip(str(error))

    assert syncs <= 1.05  # the checkpoints of the write-ahead log are among them
    # Seven pages, each with its frame two calls, and pages that split; the row of the kit has 12 as its target.
    assert writes < 18
