"""The folders that a library follows, and the files in them that it leaves out."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, select

from fasti.store.passed_over import PassedOver
from fasti.store.prepared import Prepared
from fasti.store.tables import deck_folder
from fasti.store.tables import passed_over as passed_over_table
from fasti.store.upsert import chunks, inserted, upsert


def folders(connection: Connection) -> list[str]:
    """The folders that are followed, by path."""
    return [path for (path,) in _FOLDERS.all(connection, {})]


def follow(connection: Connection, paths: Iterable[str]) -> None:
    """Follow these folders from now on."""
    rows = [{"path": path} for path in paths]
    if rows:
        connection.execute(inserted(connection, deck_folder).on_conflict_do_nothing(), rows)


def unfollow(connection: Connection, path: str) -> None:
    """Follow a folder no longer."""
    connection.execute(delete(deck_folder).where(deck_folder.c.path == path))


def passed_over(connection: Connection) -> list[PassedOver]:
    """The files that are left out, by path."""
    rows = _PASSED_OVER.all(connection, {})
    return [PassedOver(*row)._replace(removed=bool(row[-1])) for row in rows]


def pass_over(connection: Connection, files: Iterable[PassedOver]) -> None:
    """Leave these files out."""
    upsert(connection, passed_over_table, files)


def look_again(connection: Connection, paths: Collection[str]) -> None:
    """Leave these files out no longer."""
    for some in chunks(paths):
        connection.execute(delete(passed_over_table).where(passed_over_table.c.path.in_(some)))


_FOLDERS = Prepared(select(deck_folder.c.path).order_by(deck_folder.c.path))
_PASSED_OVER = Prepared(
    select(*[passed_over_table.c[name] for name in PassedOver._fields]).order_by(passed_over_table.c.path)
)
