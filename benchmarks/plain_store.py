"""Cards, a log and the day's numbers in plain `sqlite3`: what an answer costs with no program around it.

The Textual application keeps its cards here too. It is not told apart what fasti tells apart (names that
change, several learners, entries that come later); an answer is the same three writes in one transaction, with
a write-ahead log and `synchronous=FULL`.
"""

import sqlite3
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.texts import DECKS, texts

TODAY = 20_605

SCHEMA = """
CREATE TABLE card (key TEXT PRIMARY KEY, deck TEXT, question TEXT, answer TEXT, repetitions INTEGER,
    interval INTEGER, ease INTEGER, due_day INTEGER) WITHOUT ROWID;
CREATE INDEX card_due ON card (deck, due_day);
CREATE TABLE log (seq INTEGER PRIMARY KEY, card TEXT, at_ms INTEGER, day INTEGER, grade INTEGER);
CREATE INDEX log_card ON log (card, at_ms);
CREATE TABLE daily (day INTEGER, deck TEXT, answers INTEGER, kept INTEGER, PRIMARY KEY (day, deck)) WITHOUT ROWID;
"""
PICK = """
SELECT key, question, answer, repetitions, interval, ease FROM card
WHERE deck = ? AND due_day <= ? ORDER BY due_day LIMIT 1
"""
UPDATE = "UPDATE card SET repetitions = ?, interval = ?, ease = ?, due_day = ? WHERE key = ?"
LOG = "INSERT INTO log (card, at_ms, day, grade) VALUES (?, ?, ?, ?)"
COUNT = """
INSERT INTO daily VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE SET answers = answers + 1, kept = kept + excluded.kept
"""


class PlainCard(NamedTuple):
    """A card as it is asked."""

    key: str
    question: str
    answer: str
    repetitions: int
    interval: int
    ease: int


class PlainStore:
    """The open file; every grade is a durable transaction."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._deck = 0

    def next_card(self) -> PlainCard:
        """The card that is due first in the deck, or in the next deck that has one."""
        row = None
        while row is None:
            row = self._connection.execute(PICK, (f"d{self._deck}", TODAY)).fetchone()
            if row is None:
                self._deck += 1
        self._card = PlainCard(*row)
        return self._card

    def grade(self, grade: int) -> None:
        """Write what a grade from 0 to 5 makes of the card."""
        card, execute = self._card, self._connection.execute
        interval, repetitions = 1, 0
        if grade >= 3:
            interval = (
                (1, 6)[card.repetitions] if card.repetitions < 2 else -(-card.interval * card.ease // 100)
            )
            repetitions = card.repetitions + 1
        ease = max(130, card.ease + 10 - (5 - grade) * (8 + (5 - grade) * 2))
        execute("BEGIN IMMEDIATE")
        execute(UPDATE, (repetitions, interval, ease, TODAY + interval, card.key))
        execute(LOG, (card.key, time.time_ns() // 1_000_000, TODAY, grade))
        execute(COUNT, (TODAY, f"d{self._deck}", grade >= 3))
        execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def make_store(path: Path, cards: int) -> None:
    """A file of so many cards in twenty decks, all due."""
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    each = cards // DECKS
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    connection.executemany(
        "INSERT INTO card VALUES (?, ?, ?, ?, 5, 30, 250, ?)",
        (
            (fact.id, f"d{number // each}", fact.question, fact.answer, TODAY - number % 5)
            for number, fact in enumerate(texts(cards))
        ),
    )
    connection.commit()
    connection.close()
