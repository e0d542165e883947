"""What one database file has that another lacks, whatever the versions of both."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from fasti.core.entry_kinds import ANSWERS
from fasti.store.refusals import told_apart


class Amount(NamedTuple):
    """How much of a log: answers, and other entries, such as undos and flags."""

    answers: int
    others: int


class Difference(NamedTuple):
    """What only the first or only the second database holds: of the log, and the titles of decks.

    It is false where the two do not differ.
    """

    log_here: Amount
    log_there: Amount
    decks_here: list[str]
    decks_there: list[str]

    def __bool__(self) -> bool:
        return any((*self.log_here, *self.log_there, self.decks_here, self.decks_there))


def difference(here: Path, there: Path) -> Difference:
    """How two databases differ. Raises a refusal of `fasti.store.refusals` for one that cannot be read."""
    with told_apart(str(there)):
        _look_into(there)
    with told_apart(str(here)), closing(_connected(here)) as connection:
        connection.execute("ATTACH ? AS there", (f"{there.absolute().as_uri()}?mode=rw",))
        connection.execute("PRAGMA query_only = ON")

        def log(one: str, other: str) -> Amount:
            return Amount(*connection.execute(_LOG.format(one=one, other=other)).fetchone())

        def decks(one: str, other: str) -> list[str]:
            return [title for (title,) in connection.execute(_DECKS.format(one=one, other=other))]

        return Difference(
            log("main", "there"), log("there", "main"), decks("main", "there"), decks("there", "main")
        )


def is_comparable(file: Path) -> bool:
    """Whether a file has what `difference` looks at; one that is empty has not, nor another program's.

    Raises a refusal of `fasti.store.refusals` for one that cannot be read.
    """
    with told_apart(str(file)), closing(_connected(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE name IN ('review_log', 'deck')")
        return len(names.fetchall()) == 2


_KINDS = ", ".join(f"'{kind.value}'" for kind in sorted(ANSWERS))
_LOG = f"""
    SELECT coalesce(sum(kind IN ({_KINDS})), 0), coalesce(sum(kind NOT IN ({_KINDS})), 0)
    FROM {{one}}.review_log AS one WHERE NOT EXISTS (
        SELECT 1 FROM {{other}}.review_log AS other WHERE other.device = one.device AND other.seq = one.seq
        AND other.card = one.card AND other.answered_at_ms = one.answered_at_ms)
"""
_DECKS = """
    SELECT title FROM {one}.deck WHERE removed_ms IS NULL
    AND id NOT IN (SELECT id FROM {other}.deck WHERE removed_ms IS NULL) ORDER BY position, id
"""


def _connected(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)


def _look_into(file: Path) -> None:
    """Fail where the file is no database that can be read."""
    with closing(_connected(file)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
