"""The machines that write the review log, and the numbers of their entries."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, func, select, update

from fasti.store.prepared import Prepared
from fasti.store.tables import device, review_log
from fasti.store.upsert import inserted


class UnknownDeviceError(LookupError):
    """A device that `this_device` did not give, or that a database has no more since it was put back."""


_GIVE = Prepared(
    update(device)
    .where(device.c.id == bindparam("of_device"))
    .values(last_seq=device.c.last_seq + 1)
    .returning(device.c.last_seq)
)
_LAST = Prepared(
    select(
        device.c.last_seq,
        select(func.max(review_log.c.seq)).where(review_log.c.device == device.c.id).scalar_subquery(),
    ).where(device.c.id == bindparam("of_device"))
)


def this_device(connection: Connection, fingerprint: str, new_id: str) -> str:
    """The id of the machine with this fingerprint; on first use it is entered as `new_id`.

    A fingerprint tells one machine's copy of the database from another's, so that a copied file goes on
    as a device of its own.
    """
    known = _known(connection, fingerprint)
    if known is not None:
        return known
    row = {"id": new_id, "fingerprint": fingerprint, "last_seq": 0}
    connection.execute(inserted(connection, device).on_conflict_do_nothing(), [row])
    return _known(connection, fingerprint) or new_id


def renew_device(connection: Connection, fingerprint: str, new_id: str) -> str:
    """Go on as another device from here; the new id.

    After a backup was restored: the numbers given out since may be in use in a copy elsewhere. The old id
    stays, so that a sitting which is open meanwhile goes on writing.
    """
    until_now = update(device).where(device.c.fingerprint == fingerprint)
    connection.execute(until_now.values(fingerprint=f"{fingerprint}\nuntil {new_id}"))
    return this_device(connection, fingerprint, new_id)


def next_seq(connection: Connection, device_id: str) -> int:
    """The number of the device's next entry: no two entries get the same, and none is left out.

    It is taken once an entry with it is written; other transactions of the device wait until this one ends.
    Raises UnknownDeviceError for a device that `this_device` did not give.
    """
    # One transaction at a time writes to SQLite, so the log says what the last number was: a page less to write.
    last = _LAST if connection.dialect.name == "sqlite" else _GIVE
    row = last.first(connection, {"of_device": device_id})
    if row is None:
        raise UnknownDeviceError(f"no device `{device_id}`")
    return int(row[0]) if last is _GIVE else max(row[0], row[1] or 0) + 1


def hold(connection: Connection, device_id: str) -> None:
    """Let no other transaction of this device go on until this one has ended."""
    connection.execute(select(device.c.id).where(device.c.id == device_id).with_for_update())


def raise_seqs(connection: Connection, at_least: Mapping[str, int]) -> None:
    """Have devices that are known here go on after these numbers: their entries have come back from elsewhere."""
    for known in connection.scalars(select(device.c.id)).all():
        if known in at_least:
            connection.execute(
                update(device)
                .where(device.c.id == known, device.c.last_seq < at_least[known])
                .values(last_seq=at_least[known])
            )


def _known(connection: Connection, fingerprint: str) -> str | None:
    return connection.scalar(select(device.c.id).where(device.c.fingerprint == fingerprint))
