"""A file in a followed folder that is no part of the library; nothing of SQL, so that a glance can name it."""

from typing import NamedTuple


class PassedOver(NamedTuple):
    """A file that is left out: no deck, as it was when it was read by the rules `version`, or `removed`."""

    path: str
    size: int
    mtime_ns: int
    version: str
    removed: bool
