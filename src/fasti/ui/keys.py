"""Keys, and the bytes by which a terminal says which were pressed."""

import codecs
import unicodedata
from enum import StrEnum
from typing import NamedTuple, Protocol


class Key(StrEnum):
    """What was pressed; CHARACTER and PASTE come with their text."""

    CHARACTER = "character"
    PASTE = "paste"
    ENTER = "enter"
    BACKSPACE = "backspace"
    DELETE = "delete"
    LEFT = "left"
    RIGHT = "right"
    HOME = "home"
    END = "end"
    DELETE_WORD = "delete word"
    DELETE_LINE = "delete line"
    ESCAPE = "escape"
    INTERRUPT = "interrupt"
    END_OF_INPUT = "end of input"
    CLOSED = "closed"  # the terminal is gone
    RESUMED = "resumed"  # the program was stopped, and the screen may show something else
    OTHER = "other"


class Press(NamedTuple):
    """A key pressed; `text` is one character, or what was pasted."""

    key: Key
    text: str = ""


def name_of(press: Press) -> str:
    """A key as students name it: its character, `Space` or `Enter`; empty for any other.

    A wide character of a Chinese or Japanese keyboard is the plain one it stands for.
    """
    if press.key is Key.ENTER:
        return "Enter"
    if press.key is not Key.CHARACTER:
        return ""
    return "Space" if press.text == " " else unicodedata.normalize("NFKC", press.text)


class Keys(Protocol):
    """Where keys come from, one at a time."""

    def read(self) -> Press:
        """The next key; waits for it."""

    def flush(self) -> None:
        """Forget the keys pressed so far; an interrupt among them is kept."""


STOPS = frozenset({Key.ESCAPE, Key.INTERRUPT, Key.END_OF_INPUT, Key.CLOSED})
"""The keys that end a review wherever they are pressed."""

_ESCAPE = 0x1B
_CONTROLS = {
    0x01: Key.HOME,
    0x02: Key.LEFT,
    0x03: Key.INTERRUPT,
    0x04: Key.END_OF_INPUT,
    0x05: Key.END,
    0x06: Key.RIGHT,
    0x08: Key.BACKSPACE,
    0x0A: Key.ENTER,
    0x0D: Key.ENTER,
    0x15: Key.DELETE_LINE,
    0x17: Key.DELETE_WORD,
    0x7F: Key.BACKSPACE,
}
_FINALS = {b"C": Key.RIGHT, b"D": Key.LEFT, b"H": Key.HOME, b"F": Key.END, b"M": Key.ENTER}
_NUMBERED = {
    b"1": Key.HOME,
    b"3": Key.DELETE,
    b"4": Key.END,
    b"7": Key.HOME,
    b"8": Key.END,
}
# Unprintable, but words and emoji are made with them.
_JOINERS = "\u200c\u200d"
_PASTE_BEGINS = b"200"
_PASTE_ENDS = b"\x1b[201~"
_LONGEST_SEQUENCE = 64


def press_of(letter: str) -> Press:
    """The key that types this character; every kind of space is a space."""
    if letter.isspace():
        return Press(Key.CHARACTER, " ")
    typed = letter.isprintable() or letter in _JOINERS
    return (
        Press(Key.CHARACTER, letter) if typed and letter != "\N{REPLACEMENT CHARACTER}" else Press(Key.OTHER)
    )


def press_of_control(code: int) -> Press:
    """The key of an ASCII control character."""
    return Press(_CONTROLS.get(code, Key.OTHER))


class Decoder:
    """Turns a terminal's bytes into keys, however they were cut into reads.

    An escape sequence is one key; so is a bracketed paste. `encoding` is that of the characters.
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        self._bytes = b""
        self._characters = codecs.getincrementaldecoder(encoding)("replace")
        self._encoding = encoding

    @property
    def waiting(self) -> bool:
        """Whether the bytes so far are the beginning of something."""
        return bool(self._bytes) or bool(self._characters.getstate()[0])

    @property
    def pasting(self) -> bool:
        """Whether they are the beginning of a paste, which may be long in coming."""
        return self._bytes.startswith(b"\x1b[" + _PASTE_BEGINS + b"~")

    def feed(self, received: bytes) -> list[Press]:
        """The keys that these bytes complete, in order."""
        self._bytes += received
        presses: list[Press] = []
        while self._bytes:
            taken = self._next()
            if taken is None:
                break
            length, found = taken
            self._bytes = self._bytes[length:]
            presses.extend(found)
        return presses

    def give_up(self) -> list[Press]:
        """The keys meant by an unfinished sequence that nothing followed: a lone Escape is that key."""
        unfinished, self._bytes = self._bytes, b""
        broken = self._broken_character()
        if not unfinished:
            return broken
        alone = unfinished.strip(b"\x1b") == b""
        return [*broken, Press(Key.ESCAPE if alone else Key.OTHER)]

    def _next(self) -> tuple[int, list[Press]] | None:
        """How many bytes the next key takes, and the key; None while more bytes must come."""
        first = self._bytes[0]
        if first == _ESCAPE:
            return self._sequence()
        if first < 0x20 or first == 0x7F:
            return 1, [*self._broken_character(), press_of_control(first)]
        length = next(
            (index for index, byte in enumerate(self._bytes) if byte < 0x20 or byte == 0x7F), len(self._bytes)
        )
        return length, _characters(self._characters.decode(self._bytes[:length]))

    def _broken_character(self) -> list[Press]:
        return _characters(self._characters.decode(b"", final=True))

    def _sequence(self) -> tuple[int, list[Press]] | None:
        # Several Escapes before a sequence are Alt and that key.
        start = len(self._bytes) - len(self._bytes.lstrip(b"\x1b"))
        rest = self._bytes[start:]
        if not rest:
            return None
        if rest[:1] not in {b"[", b"O"}:
            return self._with_alt(start)
        if rest.startswith(b"[" + _PASTE_BEGINS + b"~"):
            return self._paste(start + 5)
        for index, byte in enumerate(rest[1:], start=1):
            # The Linux console says `ESC [ [ A` for its function keys.
            if 0x40 <= byte <= 0x7E and not (index == 1 and byte == 0x5B):
                return start + index + 1, [Press(_named(rest[: index + 1]))]
            if byte < 0x20 or byte > 0x7E or index > _LONGEST_SEQUENCE:
                return start + index, [Press(Key.OTHER)]
        return None

    def _with_alt(self, start: int) -> tuple[int, list[Press]] | None:
        """Alt and a character: one key, never an Escape and that character."""
        following = self._bytes[start]
        if _CONTROLS.get(following) in STOPS:
            return start, [Press(Key.ESCAPE)]
        if following in {0x08, 0x7F}:
            return start + 1, [Press(Key.DELETE_WORD)]
        length = 1 + sum(following >= lead for lead in (0xC0, 0xE0, 0xF0))
        rest = self._bytes[start + 1 : start + length]
        if any(byte & 0xC0 != 0x80 for byte in rest):
            return start + 1, [Press(Key.OTHER)]
        return (start + length, [Press(Key.OTHER)]) if len(rest) == length - 1 else None

    def _paste(self, start: int) -> tuple[int, list[Press]] | None:
        end = self._bytes.find(_PASTE_ENDS, start)
        if end < 0:
            return None
        text = self._bytes[start:end].decode(self._encoding, "replace")
        return end + len(_PASTE_ENDS), [Press(Key.PASTE, text)]


def _characters(text: str) -> list[Press]:
    return [press_of(letter) for letter in text]


def _named(sequence: bytes) -> Key:
    """The key of a whole sequence without its Escape: `[C`, `OC`, `[1;5C`, `[3~`."""
    parameters, final = sequence[1:-1], sequence[-1:]
    if final == b"~":
        return _NUMBERED.get(parameters.partition(b";")[0], Key.OTHER)
    if sequence.startswith(b"[") and final == b"M":
        return Key.OTHER
    return _FINALS.get(final, Key.OTHER) if not parameters.startswith((b"[", b"<", b"?")) else Key.OTHER
