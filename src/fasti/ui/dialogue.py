"""What a review says and hears: keys and lines one by one, and sentences in the voice of its manner."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fasti.core.review import Question
from fasti.core.text import normalised
from fasti.ui.commands import Command, Letters, command_of, reveals, shown
from fasti.ui.console import Output
from fasti.ui.grades import FOUR, SIX, Choice, Scale, chosen_by
from fasti.ui.keys import STOPS, Key, Keys, Press, name_of
from fasti.ui.line import read_line
from fasti.ui.lines import Line
from fasti.ui.look import Look
from fasti.ui.manner import Manner
from fasti.ui.pace import Pace

if TYPE_CHECKING:
    from fasti.ui.voice import Voice


class Leave(Exception):  # noqa: N818 - a wish, not a failure
    """The student stops, by this key."""

    def __init__(self, key: Key) -> None:
        super().__init__(key)
        self.key = key


class Dialogue:
    """The keyboard and the screen of one review; every read raises Leave where the student stops."""

    def __init__(self, keys: Keys, output: Output, manner: Manner, clock: Callable[[], float]) -> None:
        self.voice = _voice(manner)
        self.scale: Scale = manner.scale or (SIX if manner.six else FOUR)
        self.letters: Letters = manner.offered
        self._keys = keys
        self._output = output
        self._pace = Pace(clock, self.goes_on)
        self._said: set[str] = set()

    @property
    def look(self) -> Look:
        """What can be shown now."""
        return self._output.look

    def show(self, lines: Sequence[Line]) -> None:
        """Print lines as they are."""
        self._output.show(lines)

    def draw(self, drawing: str) -> None:
        """Send the bytes of a picture to the terminal."""
        self._output.write(drawing)

    def say(self, sentence: str) -> None:
        """Say a sentence in between."""
        self.show(self.voice.remark_lines([sentence], self.look))

    def say_once(self, sentence: str) -> None:
        """Say a sentence, unless it was said about this card before."""
        if sentence not in self._said:
            self._said.add(sentence)
            self.say(sentence)

    def say_unknown(self) -> None:
        """Say where the keys are listed, to whoever pressed one that is none."""
        if key := self.key_for(Command.KEYS):
            self.say_once(f"Press {key} to see all keys.")

    def new_card(self) -> None:
        """What was said about the last card can be said again."""
        self._said.clear()

    def settle(self) -> None:
        """Something new is on the screen: what was typed before was not typed about it."""
        self._keys.flush()
        self._pace.appeared()

    def press(self) -> Press:
        """The next key."""
        press = self._keys.read()
        if press.key in STOPS:
            raise Leave(press.key)
        self._pace.pressed(press)
        return press

    def line(self, prompt: str, at_once: str = "", resumed: Callable[[], None] = lambda: None) -> str:
        """The next line that is typed; a first character of `at_once` ends it there and then.

        `resumed` shows what it is about again, where the program was stopped meanwhile.
        """
        typed = read_line(self._keys, self._output, prompt, at_once, resumed)
        if typed.ended_by in STOPS:
            raise Leave(typed.ended_by)
        self._pace.pressed(Press(typed.ended_by, typed.text if typed.ended_by is Key.CHARACTER else ""))
        return typed.text

    def word(self, prompt: str) -> str | None:
        """A line that may be left again with Esc, which gives None."""
        typed = read_line(self._keys, self._output, prompt)
        if typed.ended_by is Key.ESCAPE:
            return None
        if typed.ended_by in STOPS:
            raise Leave(typed.ended_by)
        return typed.text.strip()

    def may_go_on(self) -> bool:
        """Whether a key that goes on may act now: it is no second half of a double press."""
        return self._pace.allows()

    def goes_on(self, press: Press) -> bool:
        """Whether this key shows the answer, or takes the suggested grade."""
        return reveals(name_of(press), self.letters)

    def choice(self, press: Press) -> Choice | None:
        """The grade that a key gives, or None."""
        return chosen_by(name_of(press), self.scale)

    def command(self, press: Press) -> Command | None:
        """What a key asks for besides grading, or None."""
        return command_of(name_of(press), self.letters)

    def key_for(self, command: Command) -> str:
        """The key that a command is offered with; empty where it is not offered."""
        return shown(command, self.letters) if command in self.letters else ""

    def lone_command(self, text: str, question: Question) -> Command | None:
        """The command that a typed letter stands for, unless it is what was asked for.

        One question mark means that the student does not know; two ask for the keys.
        """
        if text == "??" and Command.KEYS in self.letters:
            return Command.KEYS
        right = {normalised(answer) for answer in (*question.card.answer, *question.card.accept)}
        if normalised(text) in right:
            return None
        return command_of(unicodedata.normalize("NFKC", text), self.letters)


def _voice(manner: Manner) -> "Voice":
    # Each is imported where it is the one: the student waits for it.
    if manner.accessible:
        from fasti.ui import spoken

        return spoken
    from fasti.ui import faces

    return faces
