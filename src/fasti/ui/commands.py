"""What a student can ask for with a letter while a card is shown."""

from collections.abc import Mapping
from enum import StrEnum

from fasti.ui.grades import Scale


class Command(StrEnum):
    """Everything besides revealing and grading."""

    UNDO = "undo"
    HINT = "hint"
    EDIT = "edit"
    INFO = "info"
    BURY = "bury"
    SUSPEND = "suspend"
    FLAG = "flag"
    SIBLINGS = "siblings"
    KEYS = "keys"
    QUIT = "quit"


Letters = Mapping[Command, str]
"""Which letter asks for what; a command without a letter is not offered."""

LETTERS: Letters = {
    Command.UNDO: "u",
    Command.HINT: "h",
    Command.EDIT: "e",
    Command.INFO: "i",
    Command.BURY: "b",
    Command.SUSPEND: "s",
    Command.FLAG: "!",
    Command.SIBLINGS: "c",
    Command.KEYS: "?",
    Command.QUIT: "q",
}

_ABOUT: Mapping[Command, str] = {
    Command.UNDO: "take back the last grade; again for the one before",
    Command.HINT: "a hint, one step a press",
    Command.EDIT: "open the card in your editor",
    Command.INFO: "what is known about this card",
    Command.BURY: "leave this card until tomorrow",
    Command.SUSPEND: "lay this card aside until you resume it",
    Command.FLAG: "say that this card is wrong, with a word to the teacher",
    Command.SIBLINGS: "ask the cards that wait because another one of their fact was asked today",
    Command.KEYS: "these keys",
    Command.QUIT: "stop, as do Esc, Ctrl-C and Ctrl-D; everything is saved",
}


def command_of(letter: str, letters: Letters) -> Command | None:
    """The command that a letter, small or capital, asks for, or None."""
    small = letter.casefold()
    return next((command for command, own in letters.items() if own.casefold() == small), None)


def key_table(scale: Scale, letters: Letters) -> list[tuple[str, str]]:
    """Every key with what it is for."""
    digits = " ".join(choice.key for choice in scale)
    names = ", ".join(choice.name for choice in scale)
    return [
        ("Space, Enter", "show the answer; then give the suggested grade"),
        (digits, f"grade it: {names}"),
        *((letter, _ABOUT[command]) for command, letter in letters.items()),
    ]
