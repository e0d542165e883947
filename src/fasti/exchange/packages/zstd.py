"""Zstandard, in which Anki packs since 2.1.50: in the standard library from Python 3.14, else an extra."""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import IO

from fasti.errors import FastiError

_PIECE = 1 << 18


class MissingZstdError(FastiError):
    """A Python that cannot unpack Zstandard."""

    def __init__(self) -> None:
        super().__init__(
            "packages of newer Anki versions need a library that is not installed",
            "`pip install 'fasti[anki]'`, or export again with `Support older Anki versions` ticked",
        )


def pieces(compressed: IO[bytes]) -> Iterator[bytes]:
    """Unpack frames of Zstandard, with or without their size, a bounded piece at a time.

    Raises EOFError where they end too early, ValueError where they are damaged, and MissingZstdError.
    """
    zstd = _library()
    try:
        with zstd.ZstdFile(compressed) as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except zstd.ZstdError as error:
        raise ValueError("damaged Zstandard data") from error


def _library() -> ModuleType:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        try:
            from backports import zstd
        except ImportError as error:
            raise MissingZstdError from error
    return zstd
