"""What could be meant by what was typed so far: decks, units, tags and cards of a library, for a shell.

A shell asks at every press of Tab, so this is a look through the standard library's `sqlite3`, as in `peek`.
Every answer is empty where the file cannot be read.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fasti.store.due import SUSPENDED
from fasti.store.peek import opened

MOST_CARDS = 100
"""More cards than this are not listed: a shell would ask whether to show them all."""


@contextmanager
def offers(path: Path) -> Iterator["Offers | None"]:
    """An open look at a library's file; None where there is none of this version."""
    connection = opened(path)
    try:
        yield None if connection is None else Offers(connection)
    finally:
        if connection is not None:
            connection.close()


class Offers:
    """What a library has to offer."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def decks(self) -> list[tuple[str, str]]:
        """Ids and titles, in the library's order."""
        return [(str(id), str(title)) for id, title in self._rows(_DECKS)]

    def units(self, decks: Sequence[str] = ()) -> list[str]:
        """The units of these decks, or of all, in the library's order."""
        return self._texts(_UNITS.format(chosen=_chosen(decks)), decks)

    def tags(self, decks: Sequence[str] = ()) -> list[str]:
        """The tags of these decks' facts and of the decks themselves, sorted."""
        return sorted(self._texts(_TAGS.format(chosen=_chosen(decks)), [*decks, *decks]))

    def cards(self, start: str, learner: str | None = None) -> list[str]:
        """The names of cards that begin so; of decks (`cuba/`) or facts (`cuba/speech`) where they are many.

        With a learner, the cards that this learner has suspended, however many.
        """
        if learner is not None:
            return self._texts(_SUSPENDED, [learner, start, _end(start)])
        found = self._texts(_CARDS, [start, _end(start), MOST_CARDS + 1])
        if len(found) <= MOST_CARDS:
            return found
        decks = [
            f"{id}/" for id, _ in self.decks() if f"{id}/".startswith(start) or start.startswith(f"{id}/")
        ]
        if len(decks) > 1:
            return decks
        facts = self._texts(_FACTS, [start, _end(start), MOST_CARDS + 1])
        return facts if len(facts) <= MOST_CARDS else []

    def exams(self, learner: str) -> list[str]:
        """The names of a learner's exams, the next one first."""
        return self._texts(_EXAMS, [learner])

    def _texts(self, statement: str, values: Sequence[str | int]) -> list[str]:
        return [str(text) for (text,) in self._rows(statement, values) if text]

    def _rows(self, statement: str, values: Sequence[str | int] = ()) -> list[Sequence[object]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error:
            return []


def _end(start: str) -> str:
    """What is greater than all texts that begin so."""
    return start + "\U0010ffff"


def _chosen(decks: Sequence[str]) -> str:
    return f"AND d.id IN ({', '.join('?' for _ in decks)})" if decks else ""


_DECKS = "SELECT id, title FROM deck WHERE removed_ms IS NULL ORDER BY position, id"
_UNITS = """
    SELECT json_extract(f.content, '$.unit') FROM deck d JOIN fact f ON f.deck = d.id
    WHERE d.removed_ms IS NULL AND f.retired_ms IS NULL {chosen}
    GROUP BY 1 ORDER BY min(d.position), min(f.position)
"""
_TAGS = """
    SELECT t.value FROM deck d JOIN fact f ON f.deck = d.id, json_each(f.content, '$.tags') t
    WHERE d.removed_ms IS NULL AND f.retired_ms IS NULL {chosen}
    UNION SELECT t.value FROM deck d, json_each(d.content, '$.tags') t WHERE d.removed_ms IS NULL {chosen}
"""
_CARDS = """
    SELECT c.key FROM card c JOIN deck d ON d.id = c.deck
    WHERE c.key >= ? AND c.key < ? AND c.retired_ms IS NULL AND d.removed_ms IS NULL ORDER BY c.key LIMIT ?
"""
_FACTS = """
    SELECT DISTINCT c.deck || '/' || c.fact FROM card c JOIN deck d ON d.id = c.deck
    WHERE c.key >= ? AND c.key < ? AND c.retired_ms IS NULL AND d.removed_ms IS NULL ORDER BY 1 LIMIT ?
"""
_SUSPENDED = f"""
    SELECT card FROM schedule
    WHERE learner = ? AND shelf = {SUSPENDED} AND card >= ? AND card < ? ORDER BY card
"""
_EXAMS = "SELECT name FROM exam WHERE learner = ? AND NOT removed ORDER BY day, name"
