"""The order of what is still to be asked in a sitting, and what was."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.queue import Candidate, Plan

if TYPE_CHECKING:
    from fasti.core.review import Answered


class Asked(NamedTuple):
    """A place in the order of what is to be asked; a `drill` repeats a card that was missed."""

    key: str
    drill: bool
    new: bool


class RunningOrder:
    """What is to come: the cards of the plan, then the repeats; and what is done, with its answers."""

    def __init__(self, plan: Plan, owed: Sequence[str]) -> None:
        self._ahead = deque(map(_first_time, plan.cards))
        self._repeats = deque(Asked(key, drill=True, new=False) for key in owed)
        self._siblings = plan.siblings
        self._finished = 0
        self._new_ahead = sum(asked.new for asked in self._ahead)
        self._done: list[tuple[Asked, Answered | None]] = []

    def take(self, *, only_repeats: bool) -> Asked | None:
        """What is to be asked now, None where there is nothing left; `only_repeats` once time is up."""
        if self._ahead and not only_repeats:
            self._new_ahead -= self._ahead[0].new
            return self._ahead.popleft()
        return self._repeats.popleft() if self._repeats else None

    def finish(self, asked: Asked, answered: "Answered | None") -> None:
        """It is done, with this answer; or was left without one."""
        self._done.append((asked, answered))
        self._finished += not asked.drill

    @property
    def done(self) -> Sequence[tuple[Asked, "Answered | None"]]:
        """What is done, in its order, with its answers."""
        return self._done

    def put_back(self, asked: Asked) -> None:
        """Ask it next."""
        (self._repeats if asked.drill else self._ahead).appendleft(asked)
        self._new_ahead += asked.new and not asked.drill

    def repeat(self, asked: Asked) -> None:
        """Ask it once more at the end."""
        self._repeats.append(asked._replace(drill=True))

    def withdraw(self, key: str) -> Asked | None:
        """Forget what was last done with a card, and that it is to come; how it was asked, if it was."""
        self._ahead = deque(asked for asked in self._ahead if asked.key != key)
        self._repeats = deque(asked for asked in self._repeats if asked.key != key)
        self._count_new()
        for position in range(len(self._done) - 1, -1, -1):
            if self._done[position][0].key == key:
                asked, _ = self._done.pop(position)
                self._finished -= not asked.drill
                return asked
        return None

    def rename(self, called_now: Callable[[str], str | None]) -> None:
        """Call what is to come by the names that cards have now; leave out those that have none."""
        for queue in (self._ahead, self._repeats):
            named = [(asked, called_now(asked.key)) for asked in queue]
            queue.clear()
            queue.extend(asked._replace(key=key) for asked, key in named if key is not None)
        self._count_new()

    def add_siblings(self) -> int:
        """Ask the cards that wait for another one of their fact too; how many they are."""
        waiting, self._siblings = self._siblings, ()
        self._ahead.extend(map(_first_time, waiting))
        self._count_new()
        return len(waiting)

    @property
    def siblings(self) -> int:
        """How many cards wait because another card of their fact was asked today."""
        return len(self._siblings)

    @property
    def ahead(self) -> int:
        """How many cards are to come, without repeats."""
        return len(self._ahead)

    @property
    def owed(self) -> int:
        """How many repeats are to come."""
        return len(self._repeats)

    @property
    def new_ahead(self) -> int:
        """How many of them are new."""
        return self._new_ahead

    @property
    def finished(self) -> int:
        """How many cards are done, without repeats."""
        return self._finished

    def _count_new(self) -> None:
        self._new_ahead = sum(asked.new for asked in self._ahead)


def _first_time(card: Candidate) -> Asked:
    return Asked(card.card, drill=False, new=card.due_day is None)
