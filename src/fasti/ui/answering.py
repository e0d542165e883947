"""How a student answers: in the head, on a line, item by item, or with an order."""

from fasti.core.card import Judge
from fasti.core.review import Question
from fasti.ui.card_commands import CardCommands
from fasti.ui.card_text import is_long
from fasti.ui.commands import Command
from fasti.ui.contract import Sitting
from fasti.ui.dialogue import Dialogue
from fasti.ui.keys import Key
from fasti.ui.voice import Attempt
from fasti.ui.wording import unread_order_sentence

_LONG_WINDED = frozenset({Command.KEYS, Command.INFO})
"""What takes so many lines that the question is put again after them."""


class Answering:
    """Takes a student's answer to a card, and what is asked for on the way."""

    def __init__(self, sitting: Sitting, dialogue: Dialogue, commands: CardCommands) -> None:
        self._sitting = sitting
        self._dialogue = dialogue
        self._commands = commands

    def attempt(self, question: Question) -> Attempt | None:
        """What is typed, and what is made of it; None where the answer is thought, or another card is to be asked."""
        match question.card.judge:
            case Judge.LIST:
                return self._listed(question)
            case Judge.ORDER:
                return self._ordered(question)
        typed = self._line(question)
        if typed is None:
            return None
        from fasti.ui.attempts import text_attempt

        return text_attempt(question.card, typed)

    def thought(self, question: Question) -> bool:
        """Wait until the answer is to be shown; False where the question is to be put again first.

        Where another card is to be asked, it is True too: the sitting knows.
        """
        dialogue = self._dialogue
        while self._sitting.question is question:
            press = dialogue.press()
            if dialogue.goes_on(press):
                if dialogue.may_go_on():
                    return True
            elif press.key is Key.RESUMED:
                return False
            elif command := dialogue.command(press):
                self._commands.obey(command, question)
                if command in _LONG_WINDED and self._sitting.question is question:
                    return False
            elif dialogue.choice(press):
                dialogue.say_once(f"First look at the answer: {dialogue.key_for(Command.REVEAL)} shows it.")
            elif press.key is Key.CHARACTER:
                dialogue.say_unknown()
        return True

    def _listed(self, question: Question) -> Attempt | None:
        """The items of a list, each ticked off as it is given, until no more is known."""
        from fasti.ui.attempts import ListAttempt

        items = ListAttempt(question.card)
        while not items.complete:
            line = self._line(question)
            if line is None and not items.begun:
                return None
            if not line:
                break
            for tick in items.add(line):
                self._dialogue.show(self._dialogue.voice.tick_lines(tick, self._dialogue.look))
        return items.attempt()

    def _ordered(self, question: Question) -> Attempt | None:
        """The order of things that are shown, once it names each of them."""
        from fasti.ui.attempts import order_attempt

        while (typed := self._line(question)) is not None:
            attempt = order_attempt(question.card, question.seed, typed) if typed else Attempt("", None)
            if attempt is not None:
                return attempt
            self._dialogue.say(unread_order_sentence(question.card))
        return None

    def _line(self, question: Question) -> str | None:
        """The next line that is an answer; empty where the student does not know.

        None where Space asks for the answer of what may be thought, or another card is to be asked.
        """
        at_once = " " if is_long(question.card) else ""
        while self._sitting.question is question:
            text = self._dialogue.line(self._dialogue.voice.ENTRY, at_once, lambda: self._show(question))
            if text == " " == at_once:
                if self._dialogue.may_go_on():
                    return None
                continue
            text = text.strip()
            if text == "?" or (not text and self._dialogue.may_go_on()):
                return ""
            if not text:
                continue
            command = self._dialogue.lone_command(text, question)
            if command is None:
                return text
            self._commands.obey(command, question)
            if command in _LONG_WINDED and self._sitting.question is question:
                self._show(question)
        return None

    def _show(self, question: Question) -> None:
        """Put the question once more, where it may have left the screen."""
        self._dialogue.show(self._dialogue.voice.question_lines(question, self._dialogue.look))
