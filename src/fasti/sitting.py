"""The beginning of a sitting: what to ask today, from a glance at the file or from the whole library.

What a student waits for is the first card. Where the database is a SQLite file in good order and no deck
file changed, a glance through the standard library's `sqlite3` finds it, and the engine that will write
the answers is loaded while the card is read. Everything else takes the long way.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.days import Moment, study_day
from fasti.core.queue import Candidate, Plan, level_day, plan
from fasti.files import unchanged
from fasti.session import Opening, Reader, Rules, Session
from fasti.store.peek import Glance, glance

if TYPE_CHECKING:
    from fasti.edits import Report
    from fasti.settings import Settings
    from fasti.store.database import Database
    from fasti.store.schedules import Today

NEW_A_DAY = 10
LIMIT = 30
_AWAY = 2
"""Days without a review from which a student is told how long it was."""


class Wishes(NamedTuple):
    """What a student asked for: which decks (all, if none is named), how many cards, how many new today."""

    decks: Sequence[str] = ()
    limit: int = LIMIT
    new_a_day: int = NEW_A_DAY
    rules: Rules = Rules()


class Clock(NamedTuple):
    """The learner's clock, and the machine's own in nanoseconds, by which files are stamped."""

    now: Callable[[], Moment]
    wall_ns: Callable[[], int]


Tell = Callable[[Sequence["Report"]], None]
"""Is told what bringing decks in step did, before the first question."""
