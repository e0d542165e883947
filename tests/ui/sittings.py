"""Sittings, keys and screens for tests: a sitting of given cards, keys from a list, a screen that is a text."""

import io
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fasti.core.card import Card, Judge
from fasti.core.review import Answered, Closing, Mistaken, Opening, Question, Undone
from fasti.ui.console import Output
from fasti.ui.keys import Key, Press

TODAY = 20_605
"""1 June 2026, a Monday."""

DECK = "Cuban Missile Crisis"
INTERVALS = (1, 1, 1, 6, 6, 6)


def card(prompt: str = "John McCone", *answer: str, judge: Judge = Judge.SELF, **more: object) -> Card:
    values: dict[str, object] = {
        "asks": "who",
        "word": "Who?",
        "answer": answer or ("Director of Central Intelligence",),
        **more,
    }
    return Card(prompt=prompt, judge=judge, **values)  # type: ignore[arg-type]


def question(of: Card, **more: object) -> Question:
    values: dict[str, object] = {
        "key": f"cmc/{of.prompt.split()[0].lower()}#{of.asks}",
        "deck": DECK,
        "number": 4,
        "total": 30,
        "new_left": 2,
        "new": False,
        "drill": False,
        "intervals": INTERVALS,
        **more,
    }
    return Question(card=of, **values)  # type: ignore[arg-type]


OPENING = Opening(
    due=12, new=2, overdue=0, away_days=1, portion=14, today=TODAY, level_day=TODAY, first_ever=False
)


@dataclass
class FakeSitting:
    """Asks its questions in order; grades below 4 come back once as a drill; everything can be undone."""

    questions: Sequence[Question]
    opening: Opening = OPENING
    next_day: int | None = TODAY + 1
    waiting: int = 0
    siblings: int = 0
    beyond: int = 0
    leech: bool = False
    log: list[tuple[object, ...]] = field(default_factory=list)
    question: Question | None = None
    prepared: bool = False
    others: dict[str, Mistaken] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ahead = deque(self.questions)
        self._done: list[tuple[str, Question, int | None]] = []
        self._next()

    def prepare(self) -> None:
        self.prepared = True

    def answer(self, grade: int, *, scale: int, typed: str | None, thinking_ms: int | None) -> Answered:
        asked = self._asked()
        kind = "drill" if asked.drill else "review"
        self.log.append((kind, asked.key, grade, scale, typed, thinking_ms))
        self._done.append((kind, asked, grade))
        if grade < 4:
            self._ahead.append(asked._replace(drill=True))
        self._next()
        interval = asked.intervals[grade]
        return Answered(
            key=asked.key,
            card=asked.card,
            fact="mccone",
            deck="cmc",
            grade=grade,
            kind=kind,
            repetitions=2,
            interval=interval,
            ease=236,
            due_day=TODAY + interval,
            lapses=8 if self.leech else 0,
            leech=self.leech and grade < 3,
        )

    def mistaken(self, typed: str) -> Mistaken | None:
        return self.others.get(typed)

    def undo(self) -> Undone | None:
        if not self._done:
            return None
        kind, asked, grade = self._done.pop()
        self.log.append(("undo", asked.key))
        if kind != "flag":
            self._ahead = deque(ahead for ahead in self._ahead if ahead.key != asked.key)
            if self.question is not None:
                self._ahead.appendleft(self.question)
            self.question = asked
        return Undone(asked.key, kind, grade)

    def bury(self) -> None:
        self._aside("bury")

    def suspend(self) -> None:
        self._aside("suspend")

    def ask_siblings(self) -> int:
        number, self.siblings = self.siblings, 0
        self.log.append(("siblings", number))
        for place in range(number):
            self._ahead.append(question(card(f"Sibling {place}")))
        if self.question is None:
            self._next()
        return number

    def skip(self) -> None:
        self._aside("skip")

    def flag(self, word: str) -> None:
        self.log.append(("flag", self._asked().key, word))
        self._done.append(("flag", self._asked(), None))

    def closing(self) -> Closing:
        grades = [grade for kind, _, grade in self._done if kind == "review" and grade is not None]
        return Closing(
            answered=len(grades),
            passed=sum(grade >= 3 for grade in grades),
            failed=sum(grade < 3 for grade in grades),
            new=0,
            repeats=sum(kind == "drill" for kind, _, _ in self._done),
            seconds=125,
            left=len(self._ahead) + (self.question is not None),
            waiting=self.waiting + self.siblings,
            siblings=self.siblings,
            beyond=self.beyond,
            next_day=self.next_day,
            next_count=6,
            marked=len(self._done),
        )

    def _asked(self) -> Question:
        assert self.question is not None
        return self.question

    def _aside(self, kind: str) -> None:
        self.log.append((kind, self._asked().key))
        self._done.append((kind, self._asked(), None))
        self._next()

    def _next(self) -> None:
        self.question = self._ahead.popleft() if self._ahead else None


SPACE = Press(Key.CHARACTER, " ")
ENTER = Press(Key.ENTER)


def presses(*keys: str | Press | Key) -> list[Press]:
    """Texts are typed letter by letter; a line feed is Enter."""
    found: list[Press] = []
    for key in keys:
        if isinstance(key, Press):
            found.append(key)
        elif isinstance(key, Key):
            found.append(Press(key))
        else:
            found.extend(ENTER if letter == "\n" else Press(Key.CHARACTER, letter) for letter in key)
    return found


class Clock:
    """Seconds that pass only when a key is pressed."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeKeys:
    """Keys one after the other, a second apart unless said otherwise; at their end the terminal is gone."""

    def __init__(self, keys: Iterable[Press], clock: Clock, apart: float = 1.0) -> None:
        self._keys = deque(keys)
        self._clock = clock
        self._apart = apart
        self.flushed = 0

    def read(self) -> Press:
        self._clock.now += self._apart
        return self._keys.popleft() if self._keys else Press(Key.CLOSED)

    def flush(self) -> None:
        self.flushed += 1


class Terminal(io.StringIO):
    """A stream that says that it is a terminal, of an encoding."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        text.encode(self._encoding)  # what cannot be encoded fails, as on a real stream
        return super().write(text)


def screen(width: int = 80, encoding: str = "utf-8", **environment: str) -> tuple[Output, Terminal]:
    terminal = Terminal(encoding)
    named = {"TERM": "xterm-256color", "COLUMNS": str(width), **environment}
    return Output(terminal, named), terminal
