"""What a student asks for while a card is shown, besides grading it."""

from fasti.core.review import Question
from fasti.ui.card_text import is_typed
from fasti.ui.commands import Command, key_table
from fasti.ui.contract import Sitting
from fasti.ui.dialogue import Dialogue, Leave
from fasti.ui.grades import GOOD, choice_of
from fasti.ui.keys import Key
from fasti.ui.manner import Manner
from fasti.ui.wording import (
    FLAGGED,
    TYPING,
    asked_too_sentence,
    buried_sentence,
    suspended_sentence,
    undone_sentence,
)


class CardCommands:
    """Does what a key asks for; whether another card is asked after that, the sitting knows."""

    def __init__(self, sitting: Sitting, dialogue: Dialogue, manner: Manner) -> None:
        self._sitting = sitting
        self._dialogue = dialogue
        self._manner = manner
        self._hints_shown = 0
        self._revealed = False

    def new_card(self) -> None:
        """Another card is asked: its hints begin anew, and its answer is not known yet."""
        self._hints_shown = 0
        self._revealed = False

    def revealed(self) -> None:
        """The answer is on the screen."""
        self._revealed = True

    def obey(self, command: Command, question: Question) -> None:
        """Do it, and say so. Raises Leave where the student stops."""
        match command:
            case Command.UNDO:
                self.undo()
            case Command.HINT:
                self._hint(question)
            case Command.EDIT if self._manner.edit:
                for sentence in self._manner.edit(question):
                    self._dialogue.say(sentence)
            case Command.INFO if self._manner.info:
                for sentence in self._manner.info(question, self._revealed):
                    self._dialogue.say(sentence)
            case Command.BURY:
                self._sitting.bury()
                self._dialogue.say(buried_sentence(self._dialogue.key_for(Command.UNDO)))
            case Command.SUSPEND:
                self._sitting.suspend()
                self._dialogue.say(suspended_sentence(question.key, self._dialogue.key_for(Command.UNDO)))
            case Command.FLAG:
                self._flag()
            case Command.SIBLINGS:
                self.ask_siblings()
            case Command.KEYS:
                self._list_keys(question)
            case Command.QUIT:
                raise Leave(Key.ESCAPE)

    def undo(self) -> None:
        """Take back the last grade."""
        undone = self._sitting.undo()
        grade = undone.grade if undone and undone.grade is not None else GOOD
        self._dialogue.say(undone_sentence(undone, choice_of(grade, self._dialogue.scale).name))

    def ask_siblings(self) -> None:
        """Ask what waits because another card of its fact was asked."""
        self._dialogue.say(asked_too_sentence(self._sitting.ask_siblings()))

    def _list_keys(self, question: Question) -> None:
        dialogue = self._dialogue
        if is_typed(question.card) and not self._revealed:
            dialogue.say(TYPING)
        dialogue.show(dialogue.voice.key_lines(key_table(dialogue.scale, dialogue.letters), dialogue.look))

    def _hint(self, question: Question) -> None:
        hints = question.card.hints
        if self._hints_shown >= len(hints):
            self._dialogue.say("That was the last hint." if hints else "This card has no hint.")
            return
        self._hints_shown += 1
        hint, dialogue = hints[self._hints_shown - 1], self._dialogue
        dialogue.show(dialogue.voice.hint_lines(hint, self._hints_shown, len(hints), dialogue.look))

    def _flag(self) -> None:
        word = self._dialogue.word(self._dialogue.voice.COMPLAINT)
        if word is None:
            self._dialogue.say("Not flagged.")
            return
        self._sitting.flag(word)
        self._dialogue.say(FLAGGED)
