"""Why a package cannot be read: one refusal, whatever it was that broke."""

import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fasti.errors import FastiError

_AGAIN = "download it or export it from Anki again"


class PackageError(FastiError):
    """A package, or a file in it, that cannot be read."""

    def __init__(self, file: str, what: str, hint: str = _AGAIN) -> None:
        super().__init__(f"`{file}` cannot be read: {what}", hint)


class Flaw(Exception):  # noqa: N818 - never leaves this layer: it becomes a PackageError, which knows the file
    """What is wrong with a package, and what to do where there is something better than to get it again."""

    def __init__(self, what: str, hint: str = _AGAIN) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


@contextmanager
def refusing(file: Path, again: str = _AGAIN) -> Iterator[None]:
    """Turn whatever reading `file` may raise into a PackageError; `again` says how to get a good one."""
    name = file.name or str(file)
    try:
        yield
    except Flaw as flaw:
        raise PackageError(name, flaw.what, again if flaw.hint == _AGAIN else flaw.hint) from flaw
    except sqlite3.Error as error:
        raise PackageError(name, "its database is damaged", again) from error
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError) as error:
        raise PackageError(name, "it is damaged", again) from error
    except (MemoryError, RecursionError, OverflowError) as error:
        raise PackageError(name, "it is put together so that it cannot be unpacked", again) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PackageError(name, reason, "see that the file and the temporary folder can be used") from error
