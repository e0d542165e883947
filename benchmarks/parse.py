"""What reading a deck costs, against PyYAML's C loader on the same text.

    python benchmarks/parse.py [FACTS] [ROUNDS]

Every round runs each way once, one after the other, so that a busy minute is shared; the ratio is the
median of the ratios within the rounds.
"""

import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from fasti.checking import check
from fasti.decks.nodes import parse
from fasti.decks.read import read_deck

WORDS = [
    "river",
    "stone",
    "treaty",
    "war",
    "crisis",
    "king",
    "queen",
    "letter",
    "army",
    "fleet",
    "council",
    "peace",
    "revolt",
    "march",
    "siege",
]
BASE = "yaml.load, CSafeLoader"
NODES, READ, CHECK = (
    "nodes with lines and columns",
    "read_deck: facts and problems",
    "check: the file, and its cards",
)
TARGETS = {NODES: 0.30, CHECK: 1.0}


def deck(facts: int) -> str:
    """A deck of plain, realistic facts: events, people, effects and questions in turn."""
    chance = random.Random(1962)
    lines = ["deck: A long deck", "sources:", "  gaddis: Gaddis, The Cold War (2005)", "facts:"]
    for number in range(facts):
        words = " ".join(chance.choices(WORDS, k=6))
        lines += FORMS[number % len(FORMS)](number, words, chance)
    return "\n".join(lines) + "\n"


def event(number: int, words: str, chance: random.Random) -> list[str]:
    day = f"{1513 + number % 87}-{1 + number % 12:02}-{1 + number % 28:02}"
    return [
        f"  - event: The {words}, number {number}",
        f"    id: event-{number}",
        f"    date: {chance.choice([day, day[:7], day[:4]])}",
        f"    hint: In the year of the {words[:12]}",
        f"    source: gaddis, p. {number % 300}",
    ]


def person(number: int, words: str, chance: random.Random) -> list[str]:
    born = 1700 + number % 150
    return [
        f"  - person: {words.title()} {number}",
        f"    who: Leader of the {words} who wrote to the council",
        f"    lived: {born}-{born + 40 + number % 40}",
        f"    accept: [{chance.choice(WORDS)}, {chance.choice(WORDS)}]",
    ]


def effect(number: int, words: str, chance: random.Random) -> list[str]:
    causes = ", ".join(f"The {one} of {number}" for one in chance.sample(WORDS, 3))
    return [
        f"  - effect: The {words} {number}",
        f"    causes: [{causes}]",
        f"    note: Think of the {words}.",
    ]


def question(number: int, words: str, chance: random.Random) -> list[str]:
    return [
        f"  - q: Why was there a {words} in {number}?",
        f'    a: "Because of the {words}: it had to come"',
        f"    tags: [{chance.choice(WORDS)}]",
    ]


FORMS = (event, person, effect, question)


def seconds(run: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    result = run()
    taken = time.perf_counter() - start
    del result
    return taken


def main(facts: int, rounds: int) -> None:
    text = deck(facts)
    reading = read_deck(text)
    assert reading.deck is not None
    assert (len(reading.deck.facts), reading.problems) == (facts, ())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.yaml"
        path.write_text(text, encoding="utf-8")
        ways: dict[str, Callable[[], object]] = {
            BASE: lambda: yaml.load(text, Loader=yaml.CSafeLoader),
            NODES: lambda: parse(text),
            READ: lambda: read_deck(text),
            CHECK: lambda: check([path]),
        }
        report(measured(ways, rounds), f"{facts:,} facts, {len(text) / 1e6:.2f} MB, {rounds} rounds")


def measured(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, run in ways.items():
            time_of = seconds(run)
            if number:  # the first round warms up
                taken[name].append(time_of)
    return taken


def report(taken: dict[str, list[float]], what: str) -> None:
    print(f"{what}, PyYAML {yaml.__version__}")
    for name, times in taken.items():
        ratios = [one / base for one, base in zip(times, taken[BASE], strict=True)]
        spread = f"({min(ratios):.2f}-{max(ratios):.2f})"
        target = f"target {TARGETS[name]:.2f}" if name in TARGETS else ""
        ratio = statistics.median(ratios)
        print(f"{name:32} {statistics.median(times) * 1e3:8.0f} ms {ratio:6.2f} x {spread:14} {target}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 5)
