"""The review at a terminal: one card after another, nothing drawn again but the line being typed."""

import errno
import time
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from fasti.core.kinds import Judge
from fasti.core.review import Picture, Question
from fasti.core.text import normalised
from fasti.errors import ExitCode
from fasti.ui import faces, spoken
from fasti.ui.card_text import is_long, is_typed
from fasti.ui.commands import LETTERS, Command, Letters, command_of, key_table
from fasti.ui.console import Output
from fasti.ui.contract import Sitting
from fasti.ui.grades import FOUR, GOOD, LAPSE_BELOW, SIX, Choice, Scale, choice_of, chosen_by
from fasti.ui.keys import STOPS, Key, Keys, Press
from fasti.ui.line import read_line
from fasti.ui.lines import Line, line
from fasti.ui.pace import Pace, goes_on
from fasti.ui.voice import Attempt, Revealed, Voice
from fasti.ui.wording import (
    BURIED,
    FLAGGED,
    asked_too_sentence,
    closing_sentences,
    graded_sentence,
    leech_sentence,
    mistaken_sentence,
    opening_paragraphs,
    suspended_sentence,
    undone_sentence,
    unread_order_sentence,
)

_GONE = {errno.EIO, errno.EPIPE, errno.ENXIO}


class Manner(NamedTuple):
    """How a student reviews.

    `six` offers all grades from 0 to 5; `accessible` speaks in labelled lines. `edit` opens a card in an
    editor and `info` tells what is known about it, both in sentences to be shown; without them, their
    letters are not offered. `edit` sees to it that the keyboard is paused and the sitting in step; `info`
    is told whether the answer is shown, and gives nothing away before. `picture` is asked for the picture
    of a card that has one; without it, that is called what the deck calls it.
    """

    six: bool = False
    accessible: bool = False
    letters: Letters = LETTERS
    edit: Callable[[Question], Sequence[str]] | None = None
    info: Callable[[Question, bool], Sequence[str]] | None = None
    picture: Callable[[Question], Picture] | None = None


ORDINARY = Manner()
"""Four grades, for the eye."""


def review(
    sitting: Sitting,
    keys: Keys,
    output: Output,
    manner: Manner = ORDINARY,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> ExitCode:
    """Ask until there is no card left or the student stops; INTERRUPTED if that was by Ctrl-C.

    Every grade is durable before the next card is shown, so it ends at any key. `clock` gives seconds.
    A terminal that goes away ends it without a word.
    """
    try:
        return _Review(sitting, keys, output, manner, clock).run()
    except OSError as error:
        if error.errno not in _GONE:
            raise
        return ExitCode.DONE


class _Leave(Exception):  # noqa: N818 - a wish, not a failure
    """The student stops, by this key."""

    def __init__(self, key: Key) -> None:
        super().__init__(key)
        self.key = key


class _Review:
    def __init__(
        self, sitting: Sitting, keys: Keys, output: Output, manner: Manner, clock: Callable[[], float]
    ) -> None:
        self._sitting = sitting
        self._keys = keys
        self._output = output
        self._manner = manner
        self._voice: Voice = spoken if manner.accessible else faces
        self._scale: Scale = SIX if manner.six else FOUR
        self._letters = _offered(manner)
        self._clock = clock
        self._pace = Pace(clock)
        self._hints_shown = 0
        self._explained: set[Judge] = set()
        self._revealed = False
        self._prepared = False
        self._said: set[str] = set()

    def run(self) -> ExitCode:
        if self._sitting.question is not None:
            for paragraph in opening_paragraphs(self._sitting.opening):
                self._say(paragraph)
        try:
            while True:
                while (question := self._sitting.question) is not None:
                    self._ask(question)
                self._close()
                if not self._goes_on():
                    return ExitCode.DONE
        except _Leave as leave:
            if leave.key is not Key.CLOSED and self._sitting.question is not None:
                self._close()
            return ExitCode.INTERRUPTED if leave.key is Key.INTERRUPT else ExitCode.DONE

    def _ask(self, question: Question) -> None:
        """Ask one card until it is graded, put aside, or another one is to be asked."""
        self._hints_shown = 0
        self._revealed = False
        self._said.clear()
        self._put(question)
        asked_at = self._clock()
        attempt = self._attempt(question)
        if self._sitting.question is not question:
            return
        chosen = self._reveal(question, attempt)
        choice = self._grade(question, chosen)
        if choice is None:
            return
        thinking_ms = round((self._clock() - asked_at) * 1000)
        answered = self._sitting.answer(
            choice.grade,
            scale=len(self._scale),
            typed=attempt.typed if attempt else None,
            thinking_ms=thinking_ms,
        )
        self._say([graded_sentence(answered, choice.name, self._sitting.opening.today)])
        if answered.leech:
            self._say([leech_sentence(answered)])

    def _put(self, question: Question) -> None:
        """Show the question and what to do; keys pressed before that are not about it."""
        lines = self._voice.question_lines(question, self._output.look)
        if question.card.image:
            # The question can be read while its picture is made.
            self._show(lines)
            self._show_picture(question)
            lines = []
        self._show([*lines, *self._invitation(question)])
        self._settle()
        # Afterwards: what is loaded meanwhile would put off the flush, and a key pressed by then would be lost.
        if not self._prepared:
            self._prepared = True
            self._sitting.prepare()

    def _show_picture(self, question: Question) -> None:
        """Draw the card's picture where there is a way, and name it elsewhere."""
        draw = self._manner.picture
        picture = draw(question) if draw else Picture(question.card.image)
        self._show(self._voice.picture_lines(picture, self._output.look))
        if picture.drawing:
            self._output.write(picture.drawing)

    def _invitation(self, question: Question) -> list[Line]:
        """What to do now: in full for the first card of its kind, the keys for the first that is typed."""
        card = question.card
        kind = card.judge if is_long(card) else Judge.TEXT
        first = is_typed(card) and kind not in self._explained
        keys = first and not self._explained
        if first:
            self._explained.add(kind)
        return self._voice.invitation_lines(question, first, keys, self._letters, self._output.look)

    def _attempt(self, question: Question) -> Attempt | None:
        """What is typed; None where the answer is thought, or another card is to be asked."""
        if not is_typed(question.card):
            self._thought(question)
            return None
        match question.card.judge:
            case Judge.LIST:
                return self._listed(question)
            case Judge.ORDER:
                return self._ordered(question)
        typed = self._answer_line(question)
        if typed is None:
            return None
        from fasti.ui.attempts import text_attempt

        return text_attempt(question.card, typed)

    def _thought(self, question: Question) -> None:
        """Wait until the answer is to be shown, or another card is to be asked."""
        while self._sitting.question is question:
            press = self._press()
            if goes_on(press):
                if self._pace.allows():
                    return
            elif press.key is Key.RESUMED:
                self._put(question)
            elif command := self._command(press):
                self._obey(command, question)
                if command in {Command.KEYS, Command.INFO} and self._sitting.question is question:
                    self._put(question)
            elif chosen_by(_letter(press), self._scale):
                self._say_once("First look at the answer: Space shows it.")
            elif press.key is Key.CHARACTER:
                self._say_unknown()

    def _listed(self, question: Question) -> Attempt | None:
        """The items of a list, each ticked off as it is given, until no more is known."""
        from fasti.ui.attempts import ListAttempt

        items = ListAttempt(question.card)
        while not items.complete:
            line = self._answer_line(question)
            if line is None and not items.begun:
                return None
            if not line:
                break
            for tick in items.add(line):
                self._show(self._voice.tick_lines(tick, self._output.look))
        return items.attempt()

    def _ordered(self, question: Question) -> Attempt | None:
        """The order of things that are shown, once it names each of them."""
        from fasti.ui.attempts import order_attempt

        while (typed := self._answer_line(question)) is not None:
            attempt = order_attempt(question.card, question.seed, typed) if typed else Attempt("", None)
            if attempt is not None:
                return attempt
            self._say([unread_order_sentence(question.card)])
        return None

    def _answer_line(self, question: Question) -> str | None:
        """The next line that is an answer; empty where the student does not know.

        None where Space asks for the answer of what may be thought, or another card is to be asked.
        """
        at_once = " " if is_long(question.card) else ""
        while self._sitting.question is question:
            text = self._line(self._voice.ENTRY, at_once)
            if text == " " == at_once:
                if self._pace.allows():
                    return None
                continue
            text = text.strip()
            if text == "?" or (not text and self._pace.allows()):
                return ""
            if not text:
                continue
            command = self._lone_command(text, question)
            if command is None:
                return text
            self._obey(command, question)
        return None

    def _reveal(self, question: Question, attempt: Attempt | None) -> Choice:
        """Show the answer; gives the grade to be offered first."""
        self._revealed = True
        revealed = Revealed(question.card)
        if attempt is not None:
            mistaken = self._mistaken(question, attempt)
            revealed = Revealed(question.card, attempt.typed, attempt.judgement, attempt.parts, mistaken)
        self._show(self._voice.answer_lines(revealed, self._output.look))
        if revealed.judgement is not None:
            return choice_of(revealed.judgement.grade, self._scale)
        return choice_of(GOOD, self._scale) if attempt is None else self._scale[0]

    def _mistaken(self, question: Question, attempt: Attempt) -> str:
        """What a wrong answer is the right answer to, as a sentence; empty where it is nothing."""
        judgement = attempt.judgement
        if judgement is None or judgement.grade >= LAPSE_BELOW or is_long(question.card):
            return ""
        mistaken = self._sitting.mistaken(attempt.typed)
        return mistaken_sentence(mistaken) if mistaken else ""

    def _grade(self, question: Question, chosen: Choice) -> Choice | None:
        """The grade that the student gives; None where another card is to be asked instead."""
        self._show_grades(question, chosen)
        self._settle()
        while self._sitting.question is question:
            press = self._press()
            choice = chosen_by(_letter(press), self._scale)
            if choice:
                return choice
            if goes_on(press):
                if self._pace.allows():
                    return chosen
            elif press.key is Key.RESUMED:
                self._show_grades(question, chosen)
            elif command := self._command(press):
                if command is not Command.HINT:
                    self._obey(command, question)
                    self._show_grades(question, chosen)
            elif press.key is Key.CHARACTER:
                self._say_unknown()
        return None

    def _show_grades(self, question: Question, chosen: Choice) -> None:
        if self._sitting.question is question:
            look = self._output.look
            self._show(self._voice.grade_lines(question, self._scale, chosen, self._letters, look))

    def _obey(self, command: Command, question: Question) -> None:
        match command:
            case Command.UNDO:
                self._undo()
            case Command.HINT:
                self._hint(question)
            case Command.EDIT if self._manner.edit:
                for sentence in self._manner.edit(question):
                    self._say([sentence])
            case Command.INFO if self._manner.info:
                for sentence in self._manner.info(question, self._revealed):
                    self._say([sentence])
            case Command.BURY:
                self._sitting.bury()
                self._say([BURIED])
            case Command.SUSPEND:
                self._sitting.suspend()
                self._say([suspended_sentence(question.key)])
            case Command.FLAG:
                self._flag()
            case Command.SIBLINGS:
                self._say([asked_too_sentence(self._sitting.ask_siblings())])
            case Command.KEYS:
                self._show(self._voice.key_lines(key_table(self._scale, self._letters), self._output.look))
            case Command.QUIT:
                raise _Leave(Key.ESCAPE)

    def _undo(self) -> None:
        undone = self._sitting.undo()
        grade = undone.grade if undone and undone.grade is not None else GOOD
        self._say([undone_sentence(undone, choice_of(grade, self._scale).name)])

    def _hint(self, question: Question) -> None:
        hints = question.card.hints
        if self._hints_shown >= len(hints):
            self._say(["That was the last hint." if hints else "This card has no hint."])
            return
        self._hints_shown += 1
        hint = hints[self._hints_shown - 1]
        self._show(self._voice.hint_lines(hint, self._hints_shown, len(hints), self._output.look))

    def _flag(self) -> None:
        typed = read_line(self._keys, self._output, self._voice.COMPLAINT)
        if typed.ended_by is Key.ESCAPE:
            self._say(["Not flagged."])
        elif typed.ended_by in STOPS:
            raise _Leave(typed.ended_by)
        else:
            self._sitting.flag(typed.text.strip())
            self._say([FLAGGED])

    def _close(self) -> None:
        closing = self._sitting.closing()
        self._show([line()] if not self._manner.accessible else [])
        siblings = self._letters.get(Command.SIBLINGS, "")
        for sentence in closing_sentences(closing, self._sitting.opening.today, siblings):
            self._say([sentence])

    def _goes_on(self) -> bool:
        """Whether the student, at the end of everything, takes the last grade back or asks what waits."""
        closing = self._sitting.closing()
        undo = self._letters.get(Command.UNDO, "") if closing.answered + closing.repeats else ""
        siblings = self._letters.get(Command.SIBLINGS, "") if closing.siblings else ""
        if not undo and not siblings:
            return False
        if undo:
            self._say([f"{undo} takes back the last grade; any other key leaves."])
        else:
            self._say(["Any other key leaves."])
        self._settle()
        while self._sitting.question is None:
            press = self._press()
            if press.key is Key.RESUMED:
                continue
            command = self._command(press)
            if command is Command.UNDO and undo:
                self._undo()
            elif command is Command.SIBLINGS and siblings:
                self._say([asked_too_sentence(self._sitting.ask_siblings())])
            else:
                return False
        return True

    def _line(self, prompt: str, at_once: str) -> str:
        typed = read_line(self._keys, self._output, prompt, at_once)
        if typed.ended_by in STOPS:
            raise _Leave(typed.ended_by)
        self._pace.pressed(Press(typed.ended_by, typed.text if typed.ended_by is Key.CHARACTER else ""))
        return typed.text

    def _press(self) -> Press:
        press = self._keys.read()
        if press.key in STOPS:
            raise _Leave(press.key)
        self._pace.pressed(press)
        return press

    def _command(self, press: Press) -> Command | None:
        return command_of(_letter(press), self._letters) if press.key is Key.CHARACTER else None

    def _lone_command(self, text: str, question: Question) -> Command | None:
        """The command that a typed letter stands for, unless it is what was asked for.

        One question mark means that the student does not know; two ask for the keys.
        """
        if text == "??" and Command.KEYS in self._letters:
            return Command.KEYS
        right = {normalised(answer) for answer in (*question.card.answer, *question.card.accept)}
        if normalised(text) in right:
            return None
        return command_of(unicodedata.normalize("NFKC", text), self._letters)

    def _settle(self) -> None:
        """Something new is on the screen: what was typed before was not typed about it."""
        self._keys.flush()
        self._pace.appeared()

    def _say(self, sentences: Sequence[str]) -> None:
        self._show(self._voice.remark_lines(sentences, self._output.look))

    def _say_once(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            self._say([sentence])

    def _say_unknown(self) -> None:
        if Command.KEYS in self._letters:
            self._say_once(f"Press {self._letters[Command.KEYS]} to see all keys.")

    def _show(self, lines: Sequence[Line]) -> None:
        self._output.show(lines)


def _letter(press: Press) -> str:
    """The character pressed; a wide one of a Chinese or Japanese keyboard as the plain one it stands for."""
    return unicodedata.normalize("NFKC", press.text) if press.key is Key.CHARACTER else ""


def _offered(manner: Manner) -> Letters:
    missing = {
        command
        for command, hook in ((Command.EDIT, manner.edit), (Command.INFO, manner.info))
        if hook is None
    }
    return {command: letter for command, letter in manner.letters.items() if command not in missing}
