"""Long work on a terminal: one line that is drawn again and gone when all is done, or a sentence now and then.

Nothing is written where no person sees it, nor while work takes no longer than a person waits anyway. Our own line,
because Rich's bars take longer to load than most work that would show one.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from fasti.core.onlooker import Onlooker, nobody
from fasti.ui.bars import ink, lying
from fasti.ui.console import Output, standard_error
from fasti.ui.lines import FAINT, LABEL, Line, Piece, cells, clipped, line
from fasti.ui.look import Look

PATIENCE_S = 0.5
"""How long work goes on before anything is said of it."""

BETWEEN_S = 0.1
"""How long a line stays before it is drawn again."""

SENTENCE_S = 5.0
"""How long nothing is said after a sentence: whoever hears them wants the end, not the way there."""

_BAR = 24
_LEAST_BAR = 8


@contextmanager
def looking_on(
    *, accessible: bool, output: Output | None = None, clock: Callable[[], float] = time.monotonic
) -> Iterator[Onlooker]:
    """Somebody to be told of long work for as long as the block runs; what was drawn is gone when it ends.

    `clock` counts seconds.
    """
    output = output or standard_error()
    if not output.is_terminal:
        yield nobody
        return
    looker = _Sentences(output, clock) if accessible or not output.moves_cursor else _Bar(output, clock)
    try:
        yield looker.look
    finally:
        looker.end()


def bar_line(doing: str, done: int, total: int, things: str, look: Look) -> Line:
    """What is done as one line that leaves the last cell free: words, numbers, and a bar where there is room."""
    room = look.width - 1
    words = look.text(doing).text
    if total <= 0:
        return line(clipped(words + look.ellipsis, room, look.ellipsis))
    numbers = f"{done:,} of {total:,} {things}"
    left = room - cells(numbers) - 2
    if left < min(cells(words), _LEAST_BAR):
        numbers = f"{100 * done // total} %"
        left = room - cells(numbers) - 2
    words = clipped(words, max(left, 0), look.ellipsis)
    width = min(_BAR, left - cells(words) - 1)
    if width < _LEAST_BAR:
        return line(f"{words}: {numbers}" if words else numbers)
    signs = ink(look)
    filled = lying(done / total, width, signs.lying)
    rest = ("-" if look.ascii_signs else "·") * (width - cells(filled))
    return line(f"{words}  ", Piece(filled, LABEL), Piece(rest, FAINT), f" {numbers}")


class _Bar:
    """One line, drawn anew at most ten times a second."""

    def __init__(self, output: Output, clock: Callable[[], float]) -> None:
        self._output = output
        self._clock = clock
        self._next = clock() + PATIENCE_S
        self._shown = False

    def look(self, doing: str, done: int, total: int, things: str) -> None:
        """Draw how far it is, if it is time."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + BETWEEN_S
        self._shown = True
        # A terminal that was closed is no reason to break the work off.
        with suppress(OSError):
            self._output.redraw(bar_line(doing, done, total, things, self._output.look))

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            with suppress(OSError):
                self._output.redraw(())


class _Sentences:
    """A sentence when something has gone on for long, and at long intervals after it."""

    def __init__(self, output: Output, clock: Callable[[], float]) -> None:
        self._output = output
        self._clock = clock
        self._next = clock() + PATIENCE_S

    def look(self, doing: str, done: int, total: int, things: str) -> None:
        """Say how far it is, if it is time."""
        now = self._clock()
        if now < self._next or done >= total > 0:
            return
        self._next = now + SENTENCE_S
        words = self._output.look.text(doing).text
        said = f"{words}: {done:,} of {total:,} {things}" if total > 0 else words + self._output.look.ellipsis
        with suppress(OSError):
            self._output.show([line(said)])

    def end(self) -> None:
        """Sentences stay."""
