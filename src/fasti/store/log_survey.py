"""The log at a glance: how much of it there is, and whether its numbers and moments are sound."""

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from fasti.core.log import original_device
from fasti.store.tables import device, review_log

OTHER_PROGRAMS = "anki-"
"""What the ids of devices begin with whose numbers another program gave."""


class Survey(NamedTuple):
    """How many entries the log has, of how many devices that count their own.

    `missing` numbers lie between those that are here: they are other learners', or have yet to come. `reused` would be
    given again by a device of this library. Moments are None in an empty log.
    """

    entries: int
    devices: int
    missing: int
    reused: int
    oldest_ms: int | None
    newest_ms: int | None


def survey(connection: Connection) -> Survey:
    """The log at a glance."""
    columns = (
        review_log.c.device,
        func.count(),
        func.min(review_log.c.seq),
        func.max(review_log.c.seq),
        func.min(review_log.c.answered_at_ms),
        func.max(review_log.c.answered_at_ms),
    )
    rows = connection.execute(select(*columns).group_by(review_log.c.device)).all()
    last: dict[str, int] = {}
    if connection.dialect.name != "sqlite":  # There the log itself says what number comes next.
        last = {row.id: row.last_seq for row in connection.execute(select(device))}
    counted = [
        row for row in rows if not row[0].startswith(OTHER_PROGRAMS) and original_device(row[0]) == row[0]
    ]
    return Survey(
        entries=sum(row[1] for row in rows),
        devices=len(counted),
        missing=sum(row[3] - row[1] for row in counted),
        reused=sum(max(0, row[3] - last[row[0]]) for row in counted if row[0] in last),
        oldest_ms=min((row[4] for row in rows), default=None),
        newest_ms=max((row[5] for row in rows), default=None),
    )


def last_numbers(connection: Connection) -> dict[str, int]:
    """The highest number that the log has of each device of this library."""
    statement = select(review_log.c.device, func.max(review_log.c.seq)).group_by(review_log.c.device)
    found: dict[str, int] = {}
    for name, seq in connection.execute(statement):
        device_id = original_device(name)
        found[device_id] = max(seq, found.get(device_id, 0))
    return found


def learners_in_log(connection: Connection) -> list[str]:
    """Everyone who has answered."""
    return list(connection.scalars(select(review_log.c.learner).distinct().order_by(review_log.c.learner)))
