"""A program for tests that press real keys: a review of three cards in the terminal that it is run in.

At its end it prints what was logged. `fail` breaks while grading; `pause` waits for a signal there.
"""

import signal
import sys
from pathlib import Path

# `tests` may be the name of an installed package too.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "src")]

from sittings import FakeSitting, card, question

from fasti.core.card import Judge
from fasti.core.review import Answered
from fasti.ui.console import standard_output
from fasti.ui.keyboard import open_keyboard
from fasti.ui.review import review


class Troubled(FakeSitting):
    def answer(self, grade: int, *, scale: int, typed: str | None, thinking_ms: int | None) -> Answered:
        if "fail" in sys.argv:
            raise ZeroDivisionError
        if "pause" in sys.argv:
            print("PAUSED", flush=True)
            signal.pause()
        return super().answer(grade, scale=scale, typed=typed, thinking_ms=thinking_ms)


def main() -> None:
    sitting = Troubled(
        [
            question(card("John McCone", "Director of Central Intelligence")),
            question(card("Quarantine", "22 October 1962", judge=Judge.DATE, word="When?", asks="when")),
            question(card("Robert McNamara", "Secretary of Defense")),
        ]
    )
    output = standard_output()
    code = None
    try:
        with open_keyboard(output) as keys:
            code = review(sitting, keys, output)
    finally:
        print("LOG", [entry[:3] for entry in sitting.log], "END", flush=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
