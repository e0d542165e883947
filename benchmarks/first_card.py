"""Process start to first card on the terminal, against the anki package on a collection of the same size.

    python -m venv venv && venv/bin/pip install . anki
    venv/bin/python benchmarks/first_card.py --cards 10000 --rounds 9

Each program runs in a pseudo-terminal and is stopped when its first question is seen. The rounds are
interleaved, and the ratio is the median of each round's own. The anki package opens its collection,
fetches the first card and prints its question: what any program built on it must do at the least.
"""

import argparse
import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

NOW = "2026-06-01T09:00:00+00:00"
MARK = b"What happened in case"

ANKI_FIRST_CARD = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
card = collection.sched.get_queued_cards(fetch_limit=1).cards[0]
print(collection.get_card(card.card.id).note().fields[0], flush=True)
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--cards", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=9)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "anki": [sys.executable, "-c", ANKI_FIRST_CARD, anki_collection(Path(folder), chosen.cards)],
            "fasti": [str(Path(sysconfig.get_path("scripts")) / "fasti"), "review"],
            "python": [sys.executable, "-c", f"print({MARK.decode()!r})"],
        }
        environment = fasti_library(Path(folder), chosen.cards)
        report(measured(commands, environment, chosen.rounds), chosen.cards)


def anki_collection(folder: Path, cards: int) -> str:
    from anki.collection import AddNoteRequest, Collection

    path = str(folder / "collection.anki2")
    collection = Collection(path)
    deck = collection.decks.add_normal_deck_with_name("facts").id
    kind = collection.models.by_name("Basic")
    requests = []
    for number in range(cards):
        note = collection.new_note(kind)
        note.fields[0], note.fields[1] = question(number), f"Answer {number}"
        requests.append(AddNoteRequest(note=note, deck_id=deck))
    collection.add_notes(requests)
    collection.decks.set_current(deck)
    collection.close()
    return path


def fasti_library(folder: Path, cards: int) -> dict[str, str]:
    facts = "".join(f"  - q: {question(number)}\n    a: Answer {number}\n" for number in range(cards))
    deck = folder / "facts.yaml"
    deck.write_text(f"deck: Facts\nfacts:\n{facts}", encoding="utf-8")
    os.utime(deck, (1_700_000_000, 1_700_000_000))
    environment = {
        **os.environ,
        "FASTI_HOME": str(folder / "home"),
        "FASTI_NOW": NOW,
        "TERM": "xterm-256color",
    }
    for command in (["add", str(deck)], ["review"]):
        subprocess.run(
            [sys.executable, "-m", "fasti", *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    return environment


def question(number: int) -> str:
    return f"{MARK.decode()} {number}?"


def measured(
    commands: dict[str, list[str]], environment: dict[str, str], rounds: int
) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for current in range(rounds + 1):
        for name, command in commands.items():
            taken = until_first_card(command, environment)
            if current:  # the first round warms the caches
                seconds[name].append(taken)
    return seconds


def until_first_card(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, environment)
    seen = b""
    while MARK not in seen:
        if not select.select([terminal], [], [], 60)[0]:
            raise TimeoutError(f"no card from {command}")
        try:
            seen += os.read(terminal, 65536)
        except OSError as error:
            raise RuntimeError(seen.decode(errors="replace")) from error
    taken = time.perf_counter() - started
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(terminal)
    return taken


def report(seconds: dict[str, list[float]], cards: int) -> None:
    print(
        f"first card on the terminal, {cards:,} cards; Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    )
    print(f"{'program':10} {'median ms':>10} {'least ms':>10} {'x anki':>8}")
    for name, taken in seconds.items():
        ratio = statistics.median(one / other for one, other in zip(taken, seconds["anki"], strict=True))
        print(f"{name:10} {statistics.median(taken) * 1e3:10.0f} {min(taken) * 1e3:10.0f} {ratio:8.2f}")


if __name__ == "__main__":
    main()
