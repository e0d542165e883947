"""What must hold of a home after anything at all: looked at with `sqlite3` alone, past the code that writes.

Where a card stands and what a day came to is reckoned anew from the log by the pure core.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.daily import counted
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import Adopted, LogEntry, fold
from fasti.store.names import Alias, Names
from fasti.store.tables import review_log

Rows = frozenset[tuple[Any, ...]]
Contents = dict[str, Rows]
"""Every table of a database by its name, and its rows."""

_LOG = [column.name for column in review_log.columns]
_NUMBERS = [
    *("answers", "new", "thinking_ms"),
    *(f"{what}_{days}" for days in (0, 7, 21, 90, 365) for what in ("asked", "kept")),
]


def contents(file: Path) -> Contents | None:
    """All that is in a database; None where there is no file. Fails where the file is not whole."""
    if not file.exists():
        return None
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], file
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == [], file
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: frozenset(connection.execute(f'SELECT * FROM "{table}"'))
            for table in tables
            if not table.startswith("sqlite_")
        }


def entries(file: Path) -> list[LogEntry]:
    """The review log, in no order; nothing where there is none yet."""
    found = []
    for row in _rows(file, f"SELECT {', '.join(_LOG)} FROM review_log"):
        values = dict(zip(_LOG, row, strict=True))
        values["kind"] = EntryKind(values["kind"])
        if values["adopted"] is not None:
            values["adopted"] = Adopted(*json.loads(values["adopted"]))
        found.append(LogEntry(**values))
    return found


def check(file: Path) -> None:
    """The file is sound, no grade counts twice, and the caches are what the log says."""
    if contents(file) is None or not _rows(file, "SELECT 1 FROM sqlite_master WHERE name = 'daily'"):
        return
    log = entries(file)
    _check_single(log)
    named = _named(file, log)
    _check_schedule(file, named)
    _check_days(file, named)


def _check_single(log: Sequence[LogEntry]) -> None:
    """One machine grades a card once a day, but for what was taken back."""
    undone = {(entry.target_device, entry.target_seq) for entry in log if entry.kind is EntryKind.UNDO}
    graded = Counter(
        (entry.device, entry.learner, entry.card, entry.study_day)
        for entry in log
        if entry.kind is EntryKind.REVIEW and (entry.device, entry.seq) not in undone
    )
    assert all(times == 1 for times in graded.values()), graded.most_common(3)


def _named(file: Path, log: Sequence[LogEntry]) -> dict[tuple[str, str], list[LogEntry]]:
    """The log by learner and the card's present name."""
    aliases = [Alias(*row) for row in _rows(file, "SELECT key, at_ms, card FROM alias")]
    cards = {row[0] for row in _rows(file, "SELECT key FROM card")}
    names = Names(aliases, {alias.key for alias in aliases} & cards)
    found: dict[tuple[str, str], list[LogEntry]] = {}
    for entry in log:
        key = names.card_of(entry.card, entry.answered_at_ms)
        found.setdefault((entry.learner, key), []).append(entry)
    return found


def _check_schedule(file: Path, named: dict[tuple[str, str], list[LogEntry]]) -> None:
    columns = ", ".join(f'"{name}"' for name in CardState._fields)
    for learner, card, *state in _rows(file, f"SELECT learner, card, {columns} FROM schedule"):
        folded = fold(named.get((learner, card), ())).values()
        right = (
            merged_state(named.get((learner, card), ()))
            if len(folded) > 1
            else next(iter(folded), FRESH_CARD)
        )
        assert tuple(state) == tuple(right), (learner, card)


def merged_state(log: Sequence[LogEntry]) -> CardState:
    """The state of a card that had several names."""
    from dataclasses import replace

    return next(iter(fold(replace(entry, card="") for entry in log).values()), FRESH_CARD)


def _check_days(file: Path, named: dict[tuple[str, str], list[LogEntry]]) -> None:
    right: dict[tuple[str, int, str], list[int]] = {}
    for (learner, card), log in named.items():
        for day, numbers in counted(log)[1].items():
            totals = right.setdefault((learner, day, card.partition("/")[0]), [0] * len(_NUMBERS))
            for place, number in enumerate(numbers):
                totals[place] += number
    columns = ", ".join(f'"{name}"' for name in _NUMBERS)
    held = {
        (learner, day, deck): numbers
        for learner, day, deck, *numbers in _rows(
            file, f"SELECT learner, study_day, deck, {columns} FROM daily"
        )
    }
    assert held == right


def _rows(file: Path, question: str) -> list[Any]:
    """What is answered; nothing where there is no such file or table yet."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True)) as connection:
        try:
            return connection.execute(question).fetchall()
        except sqlite3.OperationalError:
            return []
