"""Somebody to be told of long work, where a person waits at a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fasti.core.onlooker import nobody

if TYPE_CHECKING:
    from fasti.core.onlooker import Onlooker


@contextmanager
def looked_on(*, accessible: bool = False) -> "Iterator[Onlooker]":
    """An onlooker for as long as the block runs; nothing else may be printed in it.

    Work is told of in sentences where that is asked for here or by the student's settings.
    """
    if not sys.stderr.isatty():
        yield nobody
        return
    from fasti.commands.ground import options
    from fasti.ui.long_work import looking_on

    with looking_on(accessible=accessible or options().accessible) as onlooker:
        yield onlooker
