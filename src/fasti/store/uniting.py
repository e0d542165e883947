"""Taking in what another copy of the library has: log entries and changes of name.

All of it is a union: the same whichever copy takes in the other, and nothing more the second time. The
schedule is not touched: `refolding.refold` it for each learner afterwards.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from sqlalchemy import Connection, and_, delete, insert, select, tuple_

from fasti.core.log import LogEntry, original_device
from fasti.core.union import united
from fasti.store.devices import raise_seqs
from fasti.store.folding import read_entries
from fasti.store.names import Alias, Names, aliases
from fasti.store.reviews import row_of
from fasti.store.tables import alias, card, review_log
from fasti.store.upsert import chunks, inserted


class United(NamedTuple):
    """The entries that were new, as they were given, and the learners whose log is not what it was."""

    new: list[LogEntry]
    learners: set[str]


def unite_entries(connection: Connection, others: Iterable[LogEntry]) -> United:
    """Add log entries from elsewhere to those that are here.

    Where two different entries have one number, both are kept, as `core.union` says.
    """
    new: list[LogEntry] = []
    changed: set[str] = set()
    last: dict[str, int] = {}
    remaining = iter(others)
    while some := list(islice(remaining, _AT_ONCE)):
        here = list(_under_these_numbers(connection, some))
        there = united([*here, *some])
        added = {_content(entry) for entry in there} - {_content(entry) for entry in here}
        new += [
            entry for entry in {_content(entry): entry for entry in some}.values() if _content(entry) in added
        ]
        _replace(connection, set(here), set(there))
        changed |= {entry.learner for entry in set(here).symmetric_difference(there)}
        for entry in some:
            device = original_device(entry.device)
            last[device] = max(entry.seq, last.get(device, 0))
    raise_seqs(connection, last)
    return United(new, changed)


def unite_aliases(connection: Connection, others: Collection[Alias]) -> int:
    """Add changes of name that another copy knows; how many are new.

    Where both say something else of one name and moment, the name that sorts first counts. A name that a card here
    has is not taken from it for one that no card here has: the deck in which the card is called so has
    yet to come, and the change comes with it.
    """
    here = set(aliases(connection))
    wanted = [other for other in _not_ahead(connection, here, others) if other not in here]
    if wanted:
        statement = inserted(connection, alias)
        sorts_first = statement.on_conflict_do_update(
            index_elements=["key", "at_ms"],
            set_={"card": statement.excluded.card},
            where=statement.excluded.card < alias.c.card,
        )
        connection.execute(sorts_first, [other._asdict() for other in wanted])
    return len(set(aliases(connection)) - here)


def cards_here(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Which of these names cards of the library have."""
    return {
        key
        for some in chunks(dict.fromkeys(keys))
        for key in connection.scalars(select(card.c.key).where(card.c.key.in_(some)))
    }


_AT_ONCE = 2_000
_MARK = "~"
_AFTER_MARK = "\x7f"


def _under_these_numbers(connection: Connection, entries: Sequence[LogEntry]) -> Iterator[LogEntry]:
    """What the log has under the numbers of these entries, those told apart by a mark too."""
    numbers = sorted({(original_device(entry.device), entry.seq) for entry in entries})
    for device, group in groupby(numbers, lambda number: number[0]):
        seqs = [seq for _, seq in group]
        # PostgreSQL takes no collation within BETWEEN.
        marked = and_(review_log.c.device > device + _MARK, review_log.c.device < device + _AFTER_MARK)
        for which in (review_log.c.device == device, marked):
            # A device's numbers mostly follow each other: one range of the key holds them.
            statement = select(*review_log.columns).where(which, review_log.c.seq.between(seqs[0], seqs[-1]))
            wanted = set(seqs)
            yield from (entry for entry in read_entries(connection.execute(statement)) if entry.seq in wanted)


def _content(entry: LogEntry) -> LogEntry:
    """An entry without the mark that tells it apart."""
    return next(iter(united([entry])))


def _replace(connection: Connection, here: set[LogEntry], there: set[LogEntry]) -> None:
    gone = here - there
    if gone:
        keys = [(entry.device, entry.seq) for entry in gone]
        connection.execute(delete(review_log).where(tuple_(review_log.c.device, review_log.c.seq).in_(keys)))
    rows = [row_of(entry) for entry in there - here]
    if rows:
        connection.execute(insert(review_log), rows)


def _not_ahead(connection: Connection, here: Collection[Alias], others: Collection[Alias]) -> list[Alias]:
    names = Names([*here, *others], ())
    leads_to = {other: names.card_of(other.key, other.at_ms) for other in others}
    present = cards_here(connection, [*leads_to.values(), *(other.key for other in others)])
    return [other for other in others if other.key not in present or leads_to[other] in present]
