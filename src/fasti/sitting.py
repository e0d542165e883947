"""The beginning of a sitting: what to ask today, from a glance at the file or from the whole library.

What a student waits for is the first card. Where the database is a SQLite file in good order and no deck
file changed, a glance through the standard library's `sqlite3` finds it, and the engine that will write
the answers is loaded while the card is read. Everything else takes the long way.
"""

import os
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.days import Moment, study_day
from fasti.core.queue import Plan, level_day, plan
from fasti.session import Opening, Rules, Session
from fasti.settings import Settings
from fasti.store import peek

if TYPE_CHECKING:
    from fasti.edits import Report
    from fasti.store.database import Database

NEW_A_DAY = 10
LIMIT = 30
