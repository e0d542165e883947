"""An Anki package of two-card notes: our writer, genanki and the anki library side by side.

    python -m venv venv && venv/bin/pip install . genanki anki
    venv/bin/python benchmarks/anki_package.py --notes 10000 100000 --rounds 7

Each program reads the same texts one by one and writes them as notes, in a process of its own from start to
end. The order is rotated from round to round, and a ratio is the median of each round's own. Memory is the
peak of the process. The anki library builds a collection and exports it as older versions of Anki read it:
what any program built on it must do.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import NamedTuple

WORDS = """
    the of and in to a was by for his with on at from as were after had not king army parliament treaty war
    peace emperor city council church revolt alliance crown bishop trade fleet siege border minister province
    election republic colony famine reform crisis blockade missile summit speech president ambassador
    northern eastern divided signed refused crossed seized burned elected crowned exiled defeated withdrew
""".split()  # noqa: SIM905 - sixty words as one can read them


class Cost(NamedTuple):
    """What one run took: seconds, seconds of CPU, and the peak of memory and the file in megabytes."""

    wall: float
    cpu: float
    memory: float
    file: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--notes", type=int, nargs="+", default=[10_000, 100_000])
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    results = {notes: measured(notes, chosen.rounds) for notes in chosen.notes}
    report = json_report if chosen.json else print_report
    report(results, chosen.rounds)


def write_texts(notes: int, path: Path) -> None:
    """Some 190 characters a note, in three fields, that no two notes share; the same in every run."""
    random = Random(notes)
    with path.open("w", encoding="utf-8") as file:
        for number in range(notes):
            words = random.choices(WORDS, k=26)
            event = f"{' '.join(words[:8]).capitalize()} ({number})"
            file.write(f"{event}\t{random.randrange(1, 2000)}\t{' '.join(words[8:])}.\n")


WRITERS = ("genanki", "fasti", "anki")


def measured(notes: int, rounds: int) -> dict[str, list[Cost]]:
    costs: dict[str, list[Cost]] = {name: [] for name in WRITERS}
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder, "texts")
        write_texts(notes, texts)
        for current in range(rounds + 1):
            first = current % len(WRITERS)
            for name in WRITERS[first:] + WRITERS[:first]:
                cost = cost_of(name, texts, notes, Path(folder, f"{name}.apkg"))
                if current:  # the first round warms the caches
                    costs[name].append(cost)
    return costs


def cost_of(name: str, texts: Path, notes: int, path: Path) -> Cost:
    path.unlink(missing_ok=True)
    writers = Path(__file__).with_name("anki_package_writers.py")
    command = [sys.executable, "-W", "ignore", str(writers), name, str(texts), str(notes), str(path)]
    # What is installed has its bytecode; a checkout is to have it too, from the first round on.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{name} failed")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(
        wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6, path.stat().st_size / 1e6
    )


def medians(costs: list[Cost]) -> Cost:
    return Cost(*map(statistics.median, zip(*costs, strict=True)))


def ratios(costs: dict[str, list[Cost]], name: str) -> Cost:
    """The medians of each round's ratio to genanki."""
    pairs = zip(costs[name], costs["genanki"], strict=True)
    return medians([Cost(*(one / other for one, other in zip(*pair, strict=True))) for pair in pairs])


def machine() -> dict[str, object]:
    return {
        "system": platform.platform(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("genanki", "anki")},
    }


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def print_report(results: dict[int, dict[str, list[Cost]]], rounds: int) -> None:
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(f"medians of {rounds} rounds; in brackets the median of each round's ratio to genanki")
    for notes, costs in results.items():
        print(f"\n{notes:,} notes, {2 * notes:,} cards")
        print(f"{'':10}{'wall s':>16}{'CPU s':>16}{'peak MB':>16}{'file MB':>16}")
        for name in costs:
            cells = zip(medians(costs[name]), ratios(costs, name), strict=True)
            print(f"{name:10}" + "".join(f"{f'{value:.2f} ({ratio:.2f})':>16}" for value, ratio in cells))


def json_report(results: dict[int, dict[str, list[Cost]]], rounds: int) -> None:
    report = {
        "version": 1,
        "machine": machine(),
        "rounds": rounds,
        "results": [
            {
                "notes": notes,
                "program": name,
                "median": medians(costs[name])._asdict(),
                "to_genanki": ratios(costs, name)._asdict(),
                "runs": [cost._asdict() for cost in costs[name]],
            }
            for notes, costs in results.items()
            for name in costs
        ],
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
