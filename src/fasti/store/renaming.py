"""Facts and cards that are called otherwise from now on: their progress goes with them.

Log entries are never rewritten. An alias says what the cards are called that they are about.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.store.catalogue import StoredCard, StoredFact
from fasti.store.enrolment import refresh_places
from fasti.store.folding import refold_card
from fasti.store.tables import alias, card, fact, schedule
from fasti.store.upsert import chunks, upsert
