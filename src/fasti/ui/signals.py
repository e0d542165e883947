"""What an interrupt and its like mean while keys are waited for."""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

from fasti.ui.keys import Key


class Signalled(Exception):  # noqa: N818 - it is news, not a failure
    """A signal came while a key was waited for; `key` is what the reader is to be told."""

    def __init__(self, key: Key) -> None:
        super().__init__(key)
        self.key = key


Handler = Callable[[int, FrameType | None], object]
Read = TypeVar("Read")


class Signals:
    """What signals mean while a review runs.

    An interrupt never cuts a grade short: while a key is waited for it is that key, at any other time
    it is the next key. Only a second one, before anything was read, breaks off what is going on.
    """

    def __init__(self) -> None:
        self._news: list[Key] = []
        self._waiting = False
        self._before: dict[int, Any] = {}
        self.muted = False

    def listen(self, handlers: dict[int, Handler]) -> None:
        """Handle interrupts, and these signals; those that the parent process ignores stay ignored."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number, handler in {signal.SIGINT: self._interrupt, **handlers}.items():
            if signal.getsignal(number) not in {signal.SIG_IGN, None}:
                self._before[number] = signal.signal(number, handler)

    def leave(self) -> None:
        """Put back the handlers that were there."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    def tell(self, key: Key) -> None:
        """Let the reader know: at once if it waits, else when it next does."""
        if self._waiting:
            self._waiting = False
            raise Signalled(key)
        if key not in self._news:
            self._news.append(key)

    def wait_for(self, read: Callable[[], Read]) -> Read:
        """What `read` gives. Raises Signalled for what came before or comes meanwhile."""
        try:
            # From here on a signal raises; before, it left its news. So none is lost between the two.
            self._waiting = True
            if self._news:
                raise Signalled(self._news.pop(0))
            return read()
        finally:
            self._waiting = False

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.muted:
            return
        if Key.INTERRUPT in self._news:
            raise KeyboardInterrupt
        self.tell(Key.INTERRUPT)
