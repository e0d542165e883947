"""The first screen of statistics, against the anki package's graphs of a collection of the same size.

    python -m venv venv && venv/bin/pip install . anki
    venv/bin/python benchmarks/stats.py --reviews 1000000 --cards 10000 --rounds 15

Both are made here: the same cards, answered on the same days with the same grades. In each round the
anki package computes its graphs of a year in a collection that is open (`graphs(search="", days=365)`),
and fasti opens its file, asks it for everything on the screen and lays out its lines. The ratio is the
median of each round's own. The graphs are a dozen in one call and need no table of their own; fasti's
screen is what `fasti stats` prints. Last, whole processes: `fasti stats` and `fasti --version`.
"""

import argparse
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import NamedTuple

TODAY = 20_605
NOW = "2026-06-01T09:00:00+00:00"
DAY_MS = 86_400_000
NINE_HOURS_MS = 9 * 3_600_000


class Answer(NamedTuple):
    """The card of this number was answered on a study day; grades are 1 to 4, as both programs' keys are."""

    card: int
    day: int
    grade: int
    thinking_ms: int


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--reviews", type=int, default=1_000_000)
    arguments.add_argument("--cards", type=int, default=10_000)
    arguments.add_argument("--days", type=int, default=1_500, help="days over which the answers are spread")
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--keep", type=Path, help="make fasti's library here, to be looked at afterwards")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        environment = fasti_library(folder, chosen)
        collection = anki_collection(Path(temporary), chosen)
        programs = {"anki": anki_graphs(collection), "fasti": fasti_screen(environment)}
        seconds = measured(programs, chosen.rounds)
        processes = {
            name: process_seconds(command, environment, max(chosen.rounds // 3, 3))
            for name, command in {"fasti stats": ["stats"], "fasti --version": ["--version"]}.items()
        }
    (json_report if chosen.json else print_report)(chosen, seconds, processes)


def answers(chosen: argparse.Namespace) -> Iterator[Answer]:
    """Every card about as often, on days of its own; nine of ten known."""
    random = Random(chosen.reviews)
    for card in range(chosen.cards):
        number = chosen.reviews // chosen.cards + (card < chosen.reviews % chosen.cards)
        for day in sorted(random.sample(range(chosen.days), min(number, chosen.days))):
            grade = random.choices((1, 2, 3, 4), (10, 10, 60, 20))[0]
            yield Answer(card, TODAY - day, grade, random.randrange(2_000, 20_000))


def fasti_library(folder: Path, chosen: argparse.Namespace) -> dict[str, str]:
    """A library of one deck with its log, made as an import makes it: rows of the log, and a refold."""
    from fasti.store import reviews
    from fasti.store.database import open_database

    facts = "".join(f"  - {{q: Case {number}?, a: A}}\n" for number in range(chosen.cards))
    deck = folder / "facts.yaml"
    deck.write_text(f"deck: Facts\nid: facts\nfacts:\n{facts}", encoding="utf-8")
    os.utime(deck, (1_700_000_000, 1_700_000_000))
    environment = {**os.environ, "FASTI_HOME": str(folder / "home"), "FASTI_NOW": NOW}
    fasti(environment, "add", str(deck))
    file = next((folder / "home").rglob("*.db"))
    with open_database(f"sqlite:///{file}", 0) as database:
        with database.reading() as connection:
            learner, *_ = connection.exec_driver_sql("SELECT DISTINCT learner FROM schedule").scalars()
            statement = "SELECT key FROM card ORDER BY position"
            keys = list(connection.exec_driver_sql(statement).scalars())
        write_log(file, learner, keys, chosen)
        with database.writing() as connection:
            reviews.refold(connection, learner)
    return environment


def write_log(file: Path, learner: str, keys: list[str], chosen: argparse.Namespace) -> None:
    grades = {1: 2, 2: 3, 3: 4, 4: 5}
    rows = (
        (
            seq,
            learner,
            keys[answer.card],
            grades[answer.grade],
            answer.day * DAY_MS + NINE_HOURS_MS + seq % 3_600_000,
            answer.day,
            answer.thinking_ms,
        )
        for seq, answer in enumerate(answers(chosen), 1)
    )
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA cache_size = -400000")
        connection.executemany(
            "INSERT INTO review_log (device, seq, learner, card, kind, grade, scale, answered_at_ms,"
            " utc_offset_min, study_day, thinking_ms, due_offset)"
            " VALUES ('bench', ?, ?, ?, 'review', ?, 4, ?, 0, ?, ?, 0)",
            rows,
        )
    connection.close()


def anki_collection(folder: Path, chosen: argparse.Namespace) -> str:
    from anki.collection import AddNoteRequest, Collection

    path = str(folder / "collection.anki2")
    collection = Collection(path)
    deck = collection.decks.add_normal_deck_with_name("facts").id
    kind = collection.models.by_name("Basic")
    requests = []
    for number in range(chosen.cards):
        note = collection.new_note(kind)
        note.fields[0], note.fields[1] = f"Case {number}?", "A"
        requests.append(AddNoteRequest(note=note, deck_id=deck))
    collection.add_notes(requests)
    cards = collection.db.list("SELECT id FROM cards ORDER BY id")
    today = collection.sched.today
    now_ms = int(time.time() * 1000)
    rows = []
    for place, answer in enumerate(answers(chosen)):
        # Its statistics reckon from the machine's clock, and a review is named by its moment.
        moment = now_ms - (TODAY - answer.day) * DAY_MS - place % 60_000_000
        rows.append((moment, cards[answer.card], 0, answer.grade, 20, 15, 2500, answer.thinking_ms, 1))
    collection.db.executemany("INSERT OR IGNORE INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", rows)
    random = Random(1)
    places = [(today + random.randrange(1, 120), random.randrange(1, 400), card) for card in cards]
    collection.db.executemany(
        "UPDATE cards SET type=2, queue=2, due=?, ivl=?, factor=2500, reps=10 WHERE id=?", places
    )
    collection.close()
    return path


def anki_graphs(path: str) -> Callable[[], object]:
    from anki.collection import Collection

    collection = Collection(path)
    return lambda: collection._backend.graphs(search="", days=365)


def fasti_screen(environment: dict[str, str]) -> Callable[[], object]:
    from fasti.core.days import read_moment
    from fasti.settings import read_settings
    from fasti.statistics import Asked, first_look
    from fasti.ui.lines import plain
    from fasti.ui.look import Look
    from fasti.ui.statistics import statistics_lines

    settings, moment = read_settings(environment), read_moment(NOW)

    def screen() -> object:
        seen = first_look(settings, moment, Asked())
        assert seen is not None
        assert seen.total.answers
        return "\n".join(map(plain, statistics_lines(seen, Look(80))))

    return screen


def fasti(environment: dict[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "fasti", *words]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)


def measured(programs: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for current in range(rounds + 1):
        for name, program in programs.items():
            started = time.perf_counter()
            program()
            if current:  # the first round warms the caches
                seconds[name].append(time.perf_counter() - started)
    return seconds


def process_seconds(command: list[str], environment: dict[str, str], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        fasti(environment, *command)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def ratio(seconds: dict[str, list[float]]) -> float:
    pairs = zip(seconds["fasti"], seconds["anki"], strict=True)
    return statistics.median(one / other for one, other in pairs)


def machine() -> dict[str, object]:
    return {
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "anki": version("anki"),
    }


def print_report(
    chosen: argparse.Namespace, seconds: dict[str, list[float]], processes: dict[str, float]
) -> None:
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(f"{chosen.reviews:,} reviews of {chosen.cards:,} cards on {chosen.days:,} days")
    print(f"{'':16} {'median ms':>10} {'least ms':>10} {'x anki':>8}")
    for name, taken in seconds.items():
        times = ratio(seconds) if name == "fasti" else 1.0
        print(f"{name:16} {statistics.median(taken) * 1e3:10.1f} {min(taken) * 1e3:10.1f} {times:8.3f}")
    for name, taken in processes.items():
        print(f"{name:16} {taken * 1e3:10.1f}   (a process from start to end)")


def json_report(
    chosen: argparse.Namespace, seconds: dict[str, list[float]], processes: dict[str, float]
) -> None:
    report = {
        "version": 1,
        "machine": machine(),
        "reviews": chosen.reviews,
        "cards": chosen.cards,
        "days": chosen.days,
        "median_seconds": {name: statistics.median(taken) for name, taken in seconds.items()},
        "to_anki": ratio(seconds),
        "process_seconds": processes,
        "runs": seconds,
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
