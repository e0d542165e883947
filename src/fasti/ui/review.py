"""The review at a terminal: one card after another, nothing drawn again but the line being typed."""

import errno
import time
from collections.abc import Callable

from fasti.core.card import Judge
from fasti.core.review import Picture, Question
from fasti.errors import ExitCode
from fasti.ui.answering import Answering
from fasti.ui.card_commands import CardCommands
from fasti.ui.card_text import is_long, is_typed
from fasti.ui.commands import Command
from fasti.ui.console import Output
from fasti.ui.contract import Sitting
from fasti.ui.dialogue import Dialogue, Leave
from fasti.ui.grades import GOOD, LAPSE_BELOW, Choice, choice_of
from fasti.ui.keys import Key, Keys
from fasti.ui.lines import Line, line
from fasti.ui.manner import ORDINARY, Manner
from fasti.ui.voice import Attempt, Judgement, Revealed
from fasti.ui.wording import (
    closing_sentences,
    finished_sentence,
    graded_sentence,
    leech_sentence,
    mistaken_sentence,
    opening_paragraphs,
)

_GONE = {errno.EIO, errno.EPIPE, errno.ENXIO}


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
        return _Review(sitting, Dialogue(keys, output, manner, clock), manner, clock).run()
    except OSError as error:
        if error.errno not in _GONE:
            raise
        return ExitCode.DONE


class _Review:
    def __init__(
        self, sitting: Sitting, dialogue: Dialogue, manner: Manner, clock: Callable[[], float]
    ) -> None:
        self._sitting = sitting
        self._dialogue = dialogue
        self._manner = manner
        self._clock = clock
        self._commands = CardCommands(sitting, dialogue, manner)
        self._answering = Answering(sitting, dialogue, self._commands)
        self._explained: set[Judge] = set()
        self._prepared = False

    def run(self) -> ExitCode:
        if self._sitting.question is not None:
            self._open()
        try:
            while True:
                while (question := self._sitting.question) is not None:
                    self._ask(question)
                self._close()
                if not self._continues():
                    return ExitCode.DONE
        except Leave as leave:
            if leave.key is not Key.CLOSED and self._sitting.question is not None:
                self._close()
            return ExitCode.INTERRUPTED if leave.key is Key.INTERRUPT else ExitCode.DONE

    def _open(self) -> None:
        dialogue = self._dialogue
        for paragraph in opening_paragraphs(self._sitting.opening, dialogue.letters, dialogue.scale):
            dialogue.show(dialogue.voice.remark_lines(paragraph, dialogue.look))

    def _ask(self, question: Question) -> None:
        """Ask one card until it is graded, put aside, or another one is to be asked."""
        self._commands.new_card()
        self._dialogue.new_card()
        self._put(question)
        asked_at = self._clock()
        attempt = self._attempt(question)
        if self._sitting.question is not question:
            return
        choice = self._grade(question, self._reveal(question, attempt))
        if choice is None:
            return
        thinking_ms = round((self._clock() - asked_at) * 1000)
        answered = self._sitting.answer(
            choice.grade,
            scale=len(self._dialogue.scale),
            typed=attempt.typed if attempt else None,
            thinking_ms=thinking_ms,
        )
        self._dialogue.say(graded_sentence(answered, choice.name, self._sitting.opening.today))
        if answered.leech:
            self._dialogue.say(leech_sentence(answered))

    def _put(self, question: Question) -> None:
        """Show the question and what to do; keys pressed before that are not about it."""
        dialogue = self._dialogue
        lines = dialogue.voice.question_lines(question, dialogue.look)
        if question.card.image:
            # The question can be read while its picture is made.
            dialogue.show(lines)
            self._show_picture(question)
            lines = []
        dialogue.show([*lines, *self._invitation(question)])
        dialogue.settle()
        # Afterwards: what is loaded meanwhile would put off the flush, and a key pressed by then would be lost.
        if not self._prepared:
            self._prepared = True
            self._sitting.prepare()

    def _show_picture(self, question: Question) -> None:
        """Draw the card's picture where there is a way, and name it elsewhere."""
        draw = self._manner.picture
        picture = draw(question) if draw else Picture(question.card.image)
        self._dialogue.show(self._dialogue.voice.picture_lines(picture, self._dialogue.look))
        if picture.drawing:
            self._dialogue.draw(picture.drawing)

    def _invitation(self, question: Question) -> list[Line]:
        """What to do now: in full for the first card of its kind, the keys for the first that is typed."""
        card, dialogue = question.card, self._dialogue
        kind = card.judge if is_long(card) else Judge.TEXT
        first = is_typed(card) and kind not in self._explained
        keys = first and not self._explained
        if first:
            self._explained.add(kind)
        return dialogue.voice.invitation_lines(question, first, keys, dialogue.letters, dialogue.look)

    def _attempt(self, question: Question) -> Attempt | None:
        """What is typed; None where the answer is thought, or another card is to be asked."""
        if is_typed(question.card):
            return self._answering.attempt(question)
        while not self._answering.thought(question):
            self._put(question)
        return None

    def _reveal(self, question: Question, attempt: Attempt | None) -> Choice:
        """Show the answer; gives the grade to be offered first."""
        self._commands.revealed()
        revealed = Revealed(question.card)
        if attempt is not None:
            judgement, mistaken = self._judged(question, attempt)
            revealed = Revealed(question.card, attempt.typed, judgement, attempt.parts, mistaken)
        dialogue = self._dialogue
        dialogue.show(dialogue.voice.answer_lines(revealed, dialogue.look))
        if revealed.judgement is not None:
            return choice_of(revealed.judgement.grade, dialogue.scale)
        return choice_of(GOOD, dialogue.scale) if attempt is None else dialogue.scale[0]

    def _judged(self, question: Question, attempt: Attempt) -> tuple[Judgement | None, str]:
        """The judgement, and what a wrong answer is the right answer to, as a sentence that may be empty.

        What looks like a slip of the pen is wrong where it is the very name of another fact.
        """
        judgement = attempt.judgement
        if judgement is None or is_long(question.card):
            return judgement, ""
        slip = LAPSE_BELOW <= judgement.grade < GOOD and "spelling" in judgement.sentence
        if judgement.grade >= LAPSE_BELOW and not slip:
            return judgement, ""
        mistaken = self._sitting.mistaken(attempt.typed)
        if mistaken is None or (slip and not mistaken.exact):
            return judgement, ""
        return Judgement("Not the answer.", 1) if slip else judgement, mistaken_sentence(mistaken)

    def _grade(self, question: Question, chosen: Choice) -> Choice | None:
        """The grade that the student gives; None where another card is to be asked instead."""
        dialogue = self._dialogue
        self._show_grades(question, chosen)
        dialogue.settle()
        while self._sitting.question is question:
            press = dialogue.press()
            if choice := dialogue.choice(press):
                return choice
            if dialogue.goes_on(press):
                if dialogue.may_go_on():
                    return chosen
            elif press.key is Key.RESUMED:
                self._show_grades(question, chosen)
            elif command := dialogue.command(press):
                if command is not Command.HINT:
                    self._commands.obey(command, question)
                    self._show_grades(question, chosen)
            elif press.key is Key.CHARACTER:
                dialogue.say_unknown()
        return None

    def _show_grades(self, question: Question, chosen: Choice) -> None:
        if self._sitting.question is question:
            dialogue = self._dialogue
            lines = dialogue.voice.grade_lines(
                question, dialogue.scale, chosen, dialogue.letters, dialogue.look
            )
            dialogue.show(lines)

    def _close(self) -> None:
        self._dialogue.show([line()] if not self._manner.accessible else [])
        siblings = self._dialogue.key_for(Command.SIBLINGS)
        for sentence in closing_sentences(self._sitting.closing(), self._sitting.opening.today, siblings):
            self._dialogue.say(sentence)

    def _continues(self) -> bool:
        """Whether the student, at the end of everything, takes the last grade back or asks what waits."""
        closing, dialogue = self._sitting.closing(), self._dialogue
        undo = dialogue.key_for(Command.UNDO) if closing.marked else ""
        siblings = dialogue.key_for(Command.SIBLINGS) if closing.siblings else ""
        if not undo and not siblings:
            return False
        dialogue.say(finished_sentence(closing, undo))
        dialogue.settle()
        while self._sitting.question is None:
            press = dialogue.press()
            if press.key is Key.RESUMED:
                continue
            command = dialogue.command(press)
            if command is Command.UNDO and undo:
                self._commands.undo()
            elif command is Command.SIBLINGS and siblings:
                self._commands.ask_siblings()
            else:
                return False
        return True
