"""A deck file as text that the YAML parser can be given, with the lines and columns that editors count."""

import codecs
import re
import unicodedata
from typing import NamedTuple

from fasti.core.facts import START, Place, Problem
from fasti.core.text import printable, unsafe_character
from fasti.decks.codes import Code
from fasti.decks.find import LARGEST


class Page(NamedTuple):
    """A file's text, line for line and column for column what the author sees.

    Every line ends in a line feed; what YAML could not be given (control characters, directives, a second
    document) is replaced or left out, and `problems` tell of it.
    """

    text: str
    problems: list[Problem]

    @property
    def lines(self) -> list[str]:
        """The lines without their ends; line 1 is at 0."""
        return self.text.split("\n")


def decoded(data: bytes) -> str | Problem:
    """The text of a file, or the problem that keeps it from being read.

    UTF-8 with or without a byte-order mark, or UTF-16 with one.
    """
    if len(data) > LARGEST:
        return too_large(len(data))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16", "utf-16-le" if data[:1] == b"\xff" else "utf-16-be", 2)
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    return _decoded(data, "utf-8-sig", "utf-8", start)


def encoded(text: str, like: bytes) -> bytes:
    """The bytes of a text in the encoding of a file, with its byte-order mark if it has one."""
    if like.startswith(codecs.BOM_UTF16_LE):
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    if like.startswith(codecs.BOM_UTF16_BE):
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return (codecs.BOM_UTF8 if like.startswith(codecs.BOM_UTF8) else b"") + text.encode()


def too_large(size: int) -> Problem:
    """What is told of a file of `size` bytes, if that is more than LARGEST."""
    return Problem(
        START,
        Code.TOO_LARGE,
        f"the file has {size / 1024 / 1024:.0f} MiB and a deck may have {LARGEST // 1024 // 1024}; "
        "split it into several decks",
    )


def page_of(text: str) -> Page:
    """The page that a text is; it never fails."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # YAML 1.1 ends a line at these three; editors and teachers do not.
    text = text.replace("\u2028", " ").replace("\u2029", " ")
    problems: list[Problem] = []
    if unsafe_character(text) is not None:
        text = _without_unsafe(text, problems)
    if "---" in text or "..." in text or text.lstrip().startswith("%"):
        text = _one_document(text, problems)
    return Page(text, problems)


def named(character: str) -> str:
    """An unsafe character for a sentence: its number, and what it is."""
    return f"U+{ord(character):04X} ({_what(character)})"


def _decoded(data: bytes, encoding: str, plain: str, start: int) -> str | Problem:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # With a byte-order mark, some decoders count from behind it.
        return _undecodable(data[start:], plain, str(error.reason))


def _undecodable(data: bytes, encoding: str, reason: str) -> Problem:
    at = 0
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start
    before = data[:at].decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
    if encoding == "utf-8":
        windows = data[at : at + 1].decode("cp1252", "replace")
        likely = f", perhaps `{windows}` from an old Windows program" if windows.isalpha() else ""
        message = f"byte 0x{data[at]:02X} is not UTF-8{likely}; save the file again with the encoding UTF-8"
    else:
        message = f"this is not whole UTF-16 ({reason}); save the file again with the encoding UTF-8"
    return Problem(place, Code.BAD_ENCODING, message)


def _without_unsafe(text: str, problems: list[Problem]) -> str:
    """Each unsafe character becomes U+FFFD; one problem a line tells of the first."""
    cleaned = printable(text)
    for number, (line, clean) in enumerate(zip(text.split("\n"), cleaned.split("\n"), strict=True), 1):
        if line != clean:
            character = unsafe_character(line) or ""
            place = Place(number, line.index(character) + 1)
            problems.append(Problem(place, Code.UNSAFE_CHARACTER, unsafe_sentence(character)))
    return cleaned


def unsafe_sentence(character: str) -> str:
    """What is told of an unsafe character in a deck."""
    return f"the character {named(character)} may not stand in a deck; delete it"


_DIRECTIONS = {
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "end of a change of direction",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "first-strong isolate",
    "\u2069": "end of an isolate",
}


def _what(character: str) -> str:
    if character in _DIRECTIONS:
        return f"{_DIRECTIONS[character]}, which can make a line read as something else"
    if character == "\ufeff":
        return "a byte-order mark, invisible"
    if character == "\x00":
        return "a null character, as in a file that is not text"
    if character == "\x1b":
        return "escape, which can act on a terminal"
    if unicodedata.category(character) == "Cc":
        return "a control character, invisible"
    return "half of a character" if unicodedata.category(character) == "Cs" else "not a character"


_MARKER = re.compile(r"^(?:---|\.\.\.)(?=\s|$)|\A\s*%", re.MULTILINE)
_DECK_KEY = re.compile(r"(deck|facts|cards):(?=\s|$)")


def _one_document(text: str, problems: list[Problem]) -> str:
    """The text without directives and without the lines that would begin or end a document.

    A `---` that some authors draw between facts is taken out; where a second deck follows, the text
    ends there.
    """
    lines = text.split("\n")
    start = _without_prologue(lines)
    last = max((number for number, line in enumerate(lines) if _is_content(line)), default=-1)
    markers: list[int] = []
    earlier: set[str] = set()
    here: set[str] = set()
    for number in range(start, len(lines)):
        line = lines[number]
        if (found := _DECK_KEY.match(line)) and found[1] in earlier:
            place = Place(markers[-1] + 1, 1)
            problems[-1:] = [Problem(place, Code.SEVERAL_DOCUMENTS, _SECOND_DECK)]
            return "\n".join([*lines[: markers[-1]], ""])
        if found:
            here.add(found[1])
        elif line.startswith(("---", "...")) and _MARKER.match(line):
            earlier |= here
            markers.append(number)
            lines[number] = "   " + line[3:]
            if number < last:
                problems.append(
                    Problem(Place(number + 1, 1), Code.SEVERAL_DOCUMENTS, _DIVIDER.format(line[:3]))
                )
    return "\n".join(lines)


_SECOND_DECK = "a second deck begins here; a file is one deck, so put it into a file of its own"
_DIVIDER = "a line of `{}` ends a YAML document; take it out, or begin it with `#`"


def _without_prologue(lines: list[str]) -> int:
    """Blank the directives and the `---` that may stand before a document; the number of the next line."""
    for number, line in enumerate(lines):
        if line.startswith("%"):
            lines[number] = ""
        elif line.startswith("---") and _MARKER.match(line):
            lines[number] = "   " + line[3:]
            return number + 1
        elif _is_content(line):
            return number
    return len(lines)


def _is_content(line: str) -> bool:
    text = line.strip()
    return bool(text) and not text.startswith("#")
