"""A look at a SQLite library through the standard library alone: what a person waits for.

Loading SQLAlchemy takes longer than everything else before the first card. So today's queue and that
card are read here, and `schedules` answers the same questions once it is loaded; a test holds both
equal. A look writes nothing. Whatever is not in perfect order is left to `opening.open_database`.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from fasti.core.breaks import Break, merged
from fasti.core.day_counts import DayCounts
from fasti.core.exams import Exam, ExamCard
from fasti.core.queue import MOST_NEW, Candidate
from fasti.store import peek_statements as statements
from fasti.store.due import (
    EVER,
    CardFace,
    DeckCounts,
    Source,
    Today,
    by_day,
    counted_up_to,
    deck_counts,
    earlier,
    exam_cards_from,
    face_from,
    gathered,
    today_from,
)
from fasti.store.head import HEAD
from fasti.store.passed_over import PassedOver
from fasti.store.seen import Glance, SeenDeck, SeenFile, SeenFolders


@contextmanager
def glimpse(path: Path) -> Iterator["Glimpse | None"]:
    """An open look at a library's file; None where there is none of this version, or anything is unusual."""
    connection = opened(path)
    try:
        yield None if connection is None else Glimpse(connection)
    finally:
        if connection is not None:
            connection.close()


def opened(path: Path, *, to_write: bool = False) -> sqlite3.Connection | None:
    """A library's file, open to be read in one state, or to be written; None where there is none of this version."""
    connection = None
    try:
        # Not `mode=ro`: that leaves the files of the write-ahead log behind.
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=_PATIENCE_SECONDS,
        )
        connection.execute("PRAGMA synchronous = FULL" if to_write else "PRAGMA query_only = ON")
        connection.execute("BEGIN IMMEDIATE" if to_write else "BEGIN")
        if connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]:
            return connection
    except sqlite3.Error:
        pass
    if connection is not None:
        connection.close()
    return None


class Glimpse:
    """One state of a library's file, as it was when it was opened.

    Each answer is None too where the file cannot be read on.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def files(self) -> list[SeenFile] | None:
        """The deck files that the library watches, by path."""
        return _if_readable(self._files)

    def folders(self) -> SeenFolders | None:
        """What `folders.folders` and `folders.passed_over` say."""
        return _if_readable(self._folders)

    def enrolled(self, learner: str) -> bool | None:
        """Whether the learner has places in every deck."""
        return _if_readable(lambda: self._enrolled(learner))

    def decks(self) -> list[SeenDeck] | None:
        """The decks of the library, in its order."""
        return _if_readable(lambda: self._decks(None))

    def glance(self, learner: str, today: int, *, decks: Collection[str] | None, limit: int) -> Glance | None:
        """What `schedules.candidates` and `answered_today` say, with the files and decks.

        None as well where the learner is not enrolled for every deck.
        """
        return _if_readable(lambda: self._glance(learner, today, decks, limit))

    def counts(self, learner: str, today: int) -> list[DeckCounts] | None:
        """What `schedules.counts` says. None as well where the learner is not enrolled for every deck."""
        return _if_readable(lambda: self._counts(learner, today))

    def answered_today(self, learner: str, today: int) -> Today | None:
        """What `schedules.answered_today` says."""
        try:
            return self._today(learner, today, None)
        except sqlite3.Error:
            return None

    def next_due(
        self, learner: str, after_day: int, decks: Collection[str] | None = None
    ) -> tuple[int, int] | None:
        """What `schedules.next_due` says."""
        return _if_readable(
            lambda: self._next_due(learner, after_day, [deck.id for deck in self._decks(decks)])
        )

    def due_by_day(
        self, learner: str, from_day: int, to_day: int, decks: Collection[str] | None = None
    ) -> dict[int, int] | None:
        """What `schedules.due_by_day` says."""
        return _if_readable(lambda: self._due_by_day(learner, from_day, to_day, decks))

    def due_until(
        self, learner: str, day: int, most: int, decks: Collection[str] | None = None
    ) -> int | None:
        """What `schedules.due_until` says."""
        values = {"learner": learner, "today": day}

        def of(deck: SeenDeck, left: int) -> int:
            here = values | {"deck": deck.id, "at_most": left}
            return self._scalar(statements.DUE_AT_MOST, here) or 0

        return _if_readable(lambda: counted_up_to(most, self._decks(decks), of))

    def days(
        self, learner: str, first_day: int, decks: Collection[str] | None = None
    ) -> list[tuple[int, DayCounts]] | None:
        """What `daily.days` says."""
        return _if_readable(
            lambda: [
                (day, DayCounts(*counts))
                for day, *counts in self._of_decks(statements.DAYS, learner, decks, {"first_day": first_day})
            ]
        )

    def days_studied(self, learner: str, decks: Collection[str] | None = None) -> list[int] | None:
        """What `daily.days_studied` says."""
        return _if_readable(
            lambda: [day for (day,) in self._of_decks(statements.STUDIED, learner, decks, {})]
        )

    def breaks(self, learner: str) -> list[Break] | None:
        """What `plans.breaks` says."""
        return _if_readable(
            lambda: merged(
                Break(*row) for row in self._connection.execute(statements.BREAKS, {"learner": learner})
            )
        )

    def exams(self, learner: str) -> list[Exam] | None:
        """What `plans.exams` says."""
        return _if_readable(
            lambda: [Exam(*row) for row in self._connection.execute(statements.EXAMS, {"learner": learner})]
        )

    def exam_cards(self, learner: str, exam: Exam) -> list[ExamCard] | None:
        """What `schedules.exam_cards` says."""
        values = {"learner": learner, "deck": exam.deck}
        return _if_readable(
            lambda: exam_cards_from(self._connection.execute(statements.EXAM, values).fetchall(), exam)
        )

    def card_face(self, learner: str, key: str) -> CardFace | None:
        """What `schedules.card_face` says: all that is needed to ask a card."""
        return _if_readable(lambda: self._face(learner, key))

    def _of_decks(
        self, statement: str, learner: str, decks: Collection[str] | None, values: dict[str, Any]
    ) -> list[Any]:
        """The rows of a statement about the daily numbers, of these decks or of all."""
        named = {f"deck_{place}": deck for place, deck in enumerate(decks or ())}
        which = "" if decks is None else f"AND deck IN ({', '.join(f':{name}' for name in named)})"
        given = values | named | {"learner": learner}
        return self._connection.execute(statement.format(of_the_decks=which), given).fetchall()

    def _due_by_day(
        self, learner: str, from_day: int, to_day: int, decks: Collection[str] | None
    ) -> dict[int, int]:
        values = {"learner": learner, "today": from_day, "to_day": to_day}
        numbers = {
            deck.id: self._connection.execute(statements.BY_DAY, values | {"deck": deck.id})
            for deck in self._decks(decks)
        }
        return by_day(numbers, self._buried(learner, from_day), from_day, to_day)

    def _glance(self, learner: str, today: int, decks: Collection[str] | None, limit: int) -> Glance | None:
        if not self._enrolled(learner):
            return None
        chosen = [deck.id for deck in self._decks(decks)]
        done = self._today(learner, today, decks)
        values = {"learner": learner, "today": today}
        sources = [
            Source(
                partial(self._first, statements.DUE, values | {"deck": deck}),
                partial(self._first, statements.NEW_ONES, values | {"deck": deck}),
            )
            for deck in chosen
        ]
        queue = gathered(sources, limit, done.facts)
        return Glance(
            files=self._files(),
            decks=self._decks(None),
            due=queue.due,
            new=queue.new,
            today=done,
            last_day=self._scalar(statements.LAST_DAY, {"learner": learner}),
        )

    def _enrolled(self, learner: str) -> bool:
        return self._connection.execute(statements.WITHOUT_PLACE, {"learner": learner}).fetchone() is None

    def _files(self) -> list[SeenFile]:
        return [SeenFile(*row) for row in self._connection.execute(statements.FILES)]

    def _folders(self) -> SeenFolders:
        paths = [path for (path,) in self._connection.execute(statements.FOLDERS)]
        rows = self._connection.execute(statements.PASSED_OVER) if paths else ()
        return SeenFolders(paths, [PassedOver(*row) for row in rows])

    def _decks(self, wanted: Collection[str] | None) -> list[SeenDeck]:
        decks = [SeenDeck(*row) for row in self._connection.execute(statements.DECKS)]
        return [deck for deck in decks if wanted is None or deck.id in wanted]

    def _today(self, learner: str, today: int, decks: Collection[str] | None) -> Today:
        rows = self._connection.execute(statements.TODAY, {"learner": learner, "today": today})
        return today_from(rows, today, decks)

    def _first(self, statement: str, values: dict[str, Any], at_most: int) -> list[Candidate]:
        rows = self._connection.execute(statement, {**values, "at_most": at_most})
        return [Candidate(key, f"{deck}/{fact}", due_day, rank) for key, deck, fact, due_day, rank in rows]

    def _counts(self, learner: str, today: int) -> list[DeckCounts] | None:
        if not self._enrolled(learner):
            return None
        values = {"learner": learner, "today": today}
        buried = self._buried(learner, today)
        rows = self._connection.execute(statements.COUNTS, values | {"most_new": MOST_NEW + len(buried)})

        def facts_due(deck: str) -> list[str]:
            facts = self._connection.execute(statements.FACTS_DUE, values | {"deck": deck})
            return [fact for (fact,) in facts]

        done = self._today(learner, today, None)
        return deck_counts(rows.fetchall(), done, buried, today, MOST_NEW, facts_due)

    def _buried(self, learner: str, today: int) -> list[tuple[str, int | None, int]]:
        return self._connection.execute(statements.BURIED, {"learner": learner, "today": today}).fetchall()

    def _next_due(self, learner: str, after_day: int, decks: Collection[str]) -> tuple[int, int] | None:
        first: int | None = None
        for deck in decks:
            values = {"learner": learner, "deck": deck, "after": after_day}
            first = earlier(first, self._scalar(statements.NEXT, values))
            first = earlier(
                first,
                self._scalar(statements.UNBURIED, values | {"before": EVER if first is None else first}),
            )
        if first is None:
            return None
        values = {"learner": learner, "day": first}
        return first, sum(self._scalar(statements.ON_DAY, values | {"deck": deck}) or 0 for deck in decks)

    def _face(self, learner: str, key: str) -> CardFace | None:
        row = self._connection.execute(statements.FACE, {"learner": learner, "card": key}).fetchone()
        return face_from(row) if row else None

    def _scalar(self, statement: str, values: dict[str, Any]) -> int | None:
        row = self._connection.execute(statement, values).fetchone()
        return row[0] if row else None


_PATIENCE_SECONDS = 1

_Answer = TypeVar("_Answer")


def _if_readable(question: Callable[[], _Answer]) -> _Answer | None:
    try:
        return question()
    except sqlite3.Error:
        return None
