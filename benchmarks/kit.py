"""What every row of the table is made of: sides in interleaved rounds, and the ratio between them.

A side is a generator that gives one number a round, seconds or whatever its row is about. It makes ready what
it needs before its first number, which warms the caches and does not count. A ratio is the median of the
ratios within the rounds: a busy minute is shared by all sides of a round.
"""

import statistics
import time
import traceback
from collections.abc import Callable, Generator, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Side = Iterator[float]


class Sizes(NamedTuple):
    """How much there is of everything. The targets are for those of `FULL`."""

    name: str
    cards: int
    many_cards: int
    key_cards: int
    facts: int
    reviews: int
    many_reviews: int
    reviewed_cards: int
    notes: int
    answers: int
    keys: int
    share_of_rounds: float


FULL = Sizes(
    "full", 10_000, 1_000_000, 100_000, 10_000, 1_000_000, 10_000_000, 100_000, 10_000, 4_000, 100, 1
)
SMALL = Sizes("small", 10_000, 50_000, 10_000, 10_000, 50_000, 200_000, 10_000, 2_000, 1_000, 25, 0.5)
TINY = Sizes("tiny", 200, 400, 200, 100, 400, 800, 40, 60, 20, 3, 0.1)


class Run(NamedTuple):
    """Where the data is, how much of it, and how many rounds instead of a row's own, if that was asked."""

    folder: Path
    sizes: Sizes
    wanted_rounds: int | None = None

    def rounds(self, usual: int) -> int:
        """How often to measure what is measured `usual` times at full size."""
        return self.wanted_rounds or max(1, round(usual * self.sizes.share_of_rounds))


class Measured(NamedTuple):
    """The numbers of each side, round by round: first ours, then the peer's, then what stands beside them."""

    size: str
    unit: str
    sides: dict[str, list[float]]

    def median(self, side: str) -> float:
        """The median of a side's own numbers."""
        return statistics.median(self.sides[side])

    def ratios(self, side: str) -> list[float]:
        """A side's numbers over the peer's, round by round."""
        return [one / other for one, other in zip(self.sides[side], self.sides[self.peer], strict=True)]

    @property
    def ours(self) -> str:
        """The name of our side."""
        return next(iter(self.sides))

    @property
    def peer(self) -> str:
        """The name of the side that ours is measured by."""
        return list(self.sides)[1]


class Target(NamedTuple):
    """What the ratio is to be at full size: at most this, or at least."""

    ratio: float
    at_least: bool = False

    def is_met(self, ratio: float) -> bool:
        """Whether a ratio is within the target."""
        return ratio >= self.ratio if self.at_least else ratio <= self.ratio

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.ratio:g}"


class Row(NamedTuple):
    """A line of the table: what is measured, and the target if it has one.

    `needs` names the modules and programs without which it cannot be measured. `always` is a target that does
    not depend on the size.
    """

    name: str
    what: str
    measure: Callable[[Run], Measured]
    target: Target | None = None
    needs: tuple[str, ...] = ("anki",)
    always: bool = False


class MissingError(Exception):
    """Something that a row needs and that is not there."""


def measured(sides: dict[str, Side], rounds: int) -> dict[str, list[float]]:
    """The numbers of every side, a number a round; each round begins with another side."""
    numbers: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    try:
        for current in range(rounds + 1):
            first = current % len(names)
            for name in names[first:] + names[:first]:
                number = next(sides[name])
                if current:  # the first round warms the caches
                    numbers[name].append(number)
    finally:
        for side in sides.values():
            _close(side)
    return numbers


def timed(work: Callable[[], object]) -> float:
    """The seconds that something takes; what it gives back is let go of outside of them."""
    started = time.perf_counter()
    held = work()
    taken = time.perf_counter() - started
    del held
    return taken


def apart(side: Callable[..., Side], *arguments: object) -> Side:
    """A side in a process of its own: neither's modules nor rubbish are the other's burden."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, side, arguments), daemon=True)
    process.start()
    there.close()
    try:
        while True:
            here.send(None)
            number, failure = here.recv()
            if failure:
                raise RuntimeError(failure)
            yield number
    finally:
        here.close()
        process.join(30)
        if process.is_alive():
            process.kill()


def _serve(pipe: "Connection", side: Callable[..., Side], arguments: tuple[object, ...]) -> None:
    numbers = side(*arguments)
    try:
        while True:
            pipe.recv()
            pipe.send((next(numbers), ""))
    except EOFError:
        _close(numbers)
    except Exception:  # noqa: BLE001 - whatever it is, it is told where it is seen
        pipe.send((0.0, traceback.format_exc()))


def _close(side: Side) -> None:
    """Let a generator give up what it holds open."""
    if isinstance(side, Generator):
        side.close()
