"""Which presses of the keys that go on may act: a double press does one thing, not two."""

from collections.abc import Callable

from fasti.ui.keys import Press

_DOUBLE_PRESS_SECONDS = 0.15


class Pace:
    """Keeps a double press of a key that goes on, Space or Enter, from grading a card that nobody read.

    What came up by one of them is not answered by another one within the time that a double press takes,
    nor by one that is held down. Keys that only a reader of the screen would press are never held back.
    `clock` gives seconds; `goes_on` knows the keys that show the answer and then give the suggested grade.
    """

    def __init__(self, clock: Callable[[], float], goes_on: Callable[[Press], bool]) -> None:
        self._clock = clock
        self._goes_on = goes_on
        self._went_on = False
        self._not_before = float("-inf")

    def pressed(self, press: Press) -> None:
        """A key was pressed."""
        self._went_on = self._goes_on(press)

    def appeared(self) -> None:
        """Something new can be seen."""
        if self._went_on:
            self._not_before = self._clock() + _DOUBLE_PRESS_SECONDS

    def allows(self) -> bool:
        """Whether a key that goes on may act now."""
        now = self._clock()
        if now >= self._not_before:
            return True
        self._not_before = now + _DOUBLE_PRESS_SECONDS
        return False
