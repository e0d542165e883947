"""New time stamps of deck files noted through the standard library alone, as `peek` looks at them.

A file that was saved or checked out anew often holds what it held: for that, nobody waits for SQLAlchemy.
"""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from fasti.store.peek import opened


class Stamp(NamedTuple):
    """A deck file that holds what `digest` was made of, and has its present time stamp since `mtime_ns`."""

    path: str
    digest: str
    mtime_ns: int


def note_stamps(library: Path, stamps: Collection[Stamp]) -> bool:
    """Note the stamps in a library's file, all or none; whether that could be done.

    It cannot where the file is not of this version or is in use, or where it knows other contents by now.
    """
    connection = opened(library, to_write=True)
    if connection is None:
        return False
    with closing(connection):
        try:
            for stamp in stamps:
                if connection.execute(_NOTE, stamp._asdict()).rowcount != 1:
                    return False
            connection.execute("COMMIT")
        except sqlite3.Error:
            return False
    return True


_NOTE = "UPDATE deck_file SET mtime_ns = :mtime_ns WHERE path = :path AND digest = :digest"
