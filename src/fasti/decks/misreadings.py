"""What an author meant where YAML reads something else: one sentence for each way to go wrong.

Judged by the text itself and not by the parser's message, which differs between parsers and names the
place where the parser gave up.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from fasti.core.facts import Place, Problem
from fasti.decks.codes import Code
from fasti.decks.nodes import BROKEN, Node, ScalarNode, UnreadableError
from fasti.decks.wording import in_quotes, quoted, shown, start_sentence


class Written(NamedTuple):
    """A value as it stands in the file: the rest of its first line from `column` on, and the lines below."""

    lines: list[str]
    line: int
    column: int

    @property
    def text(self) -> str:
        """All of it, with its line ends."""
        return "\n".join(self.lines)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.line, self.column)

    def at(self, offset: int) -> Place:
        """Where the character at an offset of `text` stands."""
        before = self.text[:offset]
        down = before.count("\n")
        across = len(before) - before.rfind("\n") - 1
        return Place(self.line + down, across + (1 if down else self.column))

    def part(self, start: int, end: int) -> "Written":
        """What stands between two offsets of `text`."""
        place = self.at(start)
        return Written(self.text[start:end].split("\n"), *place)

    @property
    def words(self) -> str:
        """The text that was probably meant: without comment, line ends and the quotes around it."""
        text = " ".join(_COMMENT.split(line, maxsplit=1)[0].strip() for line in self.lines).strip()
        if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
            return text[1:-1]
        return text.strip("\"'")


class Misreading(NamedTuple):
    """The problem with a value, and the text that was probably meant."""

    problem: Problem
    text: str


_COMMENT = re.compile(r"(?:^|\s)#")


def misreading(
    written: Written, error: UnreadableError, keys: Collection[str] = (), *, flow: bool = False
) -> Misreading:
    """Why YAML cannot read a value; `error` is what the parser says, `flow` means inside brackets.

    `keys` are words that may be keys and not part of a text.
    """
    first = written.lines[0][:1]
    if error.code is Code.TOO_DEEP:
        return Misreading(Problem(error.place, error.code, error.message), "")
    if not first:
        return _told(written, *_fallback(written, error))
    if first in _QUOTED:
        return _in_quotes(written, error)
    if first in "|>" and _BLOCK_HEADER.match(written.lines[0]):
        return _block_text(written)
    if first in _STARTS:
        return _told(written, written.place, Code.MISREAD_START, _start_sentence(written))
    return _plain(written, error, keys, flow=flow)


_QUOTED = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL),
    "'": re.compile(r"'(?:[^']|'')*'"),
}
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]{0,2}\s*(?:\s#.*)?$")
_STARTS = "*&!%@`|>?,]}-"


def _told(written: Written, place: Place, code: Code, message: str) -> Misreading:
    return Misreading(Problem(place, code, message), written.words)


def _start_sentence(written: Written) -> str:
    sign = written.lines[0][0]
    if sign == "-" and written.lines[0][1:2] in {" ", ""}:
        return (
            "a list begins on the line below its key, each entry with `- `; "
            f"if this is one text, {in_quotes(written.words)}"
        )
    return start_sentence(sign, written.words)


def _in_quotes(written: Written, error: UnreadableError) -> Misreading:
    mark = written.lines[0][0]
    found = _QUOTED[mark].match(written.text)
    after = written.text[found.end() :] if found else ""
    goes_on = bool(after.strip()) and not _COMMENT.match(after)
    if not found or error.code is Code.UNCLOSED_QUOTE or ("\n" in found[0] and goes_on):
        return _told(written, written.place, Code.UNCLOSED_QUOTE, _unclosed(written, mark))
    if mark == "'" and goes_on and after.split("\n")[0].rstrip().endswith("'"):
        message = f"this apostrophe closes the text that began with `'`; {_double(written)}"
        return _told(written, written.at(found.end() - 1), Code.APOSTROPHE, message)
    if goes_on and after.lstrip(" ").startswith("\n"):
        number = next(number for number, line in enumerate(written.lines) if number and line.strip())
        message = "this line belongs to no key; a text in quotes ends with its closing mark"
        place = Place(written.line + number, _indent(written.lines[number]) + 1)
        return _told(written, place, Code.STRAY_TEXT, message)
    if goes_on:
        return _after_quotes(written, found.end(), after)
    if mark == '"' and (escape := _bad_escape(found[0])):
        message = (
            f"{shown(escape[0])} in double quotes stands for no character; "
            f"write the backslash twice or use single quotes: {quoted(found[0][1:-1])}"
        )
        return _told(written, written.at(escape.start()), Code.BAD_ESCAPE, message)
    return _told(written, *_fallback(written, error))


_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)


def _bad_escape(text: str) -> re.Match[str] | None:
    for found in _ESCAPE.finditer(text):
        body = found[1]
        number = int(body[1:], 16) if len(body) > 1 else 0
        if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF or (body not in _ESCAPES and len(body) == 1):
            return found
    return None


_ESCAPES = frozenset('0abt\tnvfre "/\\N_LP\n')


def _unclosed(written: Written, mark: str) -> str:
    if mark == "'" and written.lines[0].count("'") == 1:
        return (
            "this `'` opens a text in quotes and nothing closes it; if it is an apostrophe, "
            f"{_double(written)}"
        )
    return f"this `{mark}` opens a text in quotes and nothing closes it; write `{mark}` where the text ends"


def _double(written: Written) -> str:
    text = " ".join(written.text.split())
    if text.endswith("'") and len(text) > 1:
        text = text[1:-1]
    if '"' in text or len(text) > 60:
        return "put double quotes round the whole text"
    return f'put double quotes round the whole text: `"{text}"`'


def _after_quotes(written: Written, end: int, after: str) -> Misreading:
    start = end + len(after) - len(after.lstrip())
    text = " ".join(_COMMENT.split(line, maxsplit=1)[0].strip() for line in written.lines).strip()
    message = f"the quotation marks close before this, yet the text goes on; {in_quotes(text)}"
    return Misreading(Problem(written.at(start), Code.TEXT_AFTER_QUOTES, message), text)


def _block_text(written: Written) -> Misreading:
    sign = written.lines[0][0]
    message = (
        f"the lines of a text under `{sign}` must all be indented further than its key, by the same spaces"
    )
    place = written.place
    below = [(number, line) for number, line in enumerate(written.lines[1:], 1) if line.strip()]
    if below:
        first = _indent(below[0][1])
        number, line = next((each for each in below if _indent(each[1]) < first), below[0])
        place = Place(written.line + number, _indent(line) + 1)
    text = " ".join(line.strip() for line in written.lines[1:]).strip()
    return Misreading(Problem(place, Code.BLOCK_TEXT, message), text)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


_COLON = re.compile(r":(?=\s|$)")
_CURLED = "“”„‟«»‘’‚"


def _plain(written: Written, error: UnreadableError, keys: Collection[str], *, flow: bool) -> Misreading:
    first = written.lines[0]
    text = _COMMENT.split(first, maxsplit=1)[0]
    if colon := _COLON.search(text):
        if first[0] in _CURLED:
            message = f"`{first[0]}` is not a quotation mark to YAML; write straight ones: {_straight(text)}"
            return _told(written, written.place, Code.TYPOGRAPHIC_QUOTES, message)
        message = f"this second colon makes YAML look for another key; {in_quotes(written.words)}"
        if key := last_key(text[: colon.start()], keys):
            where = "put a comma before it" if flow else "begin a new line with it"
            message += f"; or, if {shown(key)} is a key, {where}"
        return _told(written, written.at(colon.start()), Code.SECOND_COLON, message)
    if flow and (bracket := re.search(r"[\[\]{}]", text)):
        message = (
            f"`{bracket[0]}` inside brackets begins or ends something of its own; {in_quotes(written.words)}"
        )
        return _told(written, written.at(bracket.start()), Code.MISREAD_START, message)
    below = [(number, line) for number, line in enumerate(written.lines[1:], 1) if line.strip()]
    if len(text) < len(first) and below:
        message = f"` #` begins a comment, and a text cannot go on below it; {in_quotes(written.words)}"
        return _told(written, written.at(first.index("#", len(text))), Code.LOST_TEXT, message)
    for number, line in below:
        if colon := _COLON.search(_COMMENT.split(line, maxsplit=1)[0]):
            message = f"a colon inside a text makes YAML look for a key; {in_quotes(written.words)}"
            return _told(written, Place(written.line + number, colon.start() + 1), Code.SECOND_COLON, message)
    for number, line in below:
        message = "this line belongs to no key; indent it further than the key whose text it continues"
        place = Place(written.line + number, _indent(line) + 1)
        return _told(written, place, Code.STRAY_TEXT, message)
    return _told(written, *_fallback(written, error))


def hidden_key(value: Node, keys: Collection[str]) -> list[tuple[ScalarNode, Node]]:
    """A stand-in for the key that a text with a second colon may hide, so that nothing is said of its absence."""
    if not isinstance(value, ScalarNode) or not value.broken:
        return []
    colon = _COLON.search(value.text)
    if colon is None or not last_key(value.text[: colon.start()], keys):
        return []
    nothing = ScalarNode("", value.line, value.column, BROKEN)
    return [(nothing, nothing)]


def last_key(text: str, keys: Collection[str]) -> str | None:
    """The key that a text ends with behind other words."""
    words = text[-200:].split()
    for count in (2, 1):
        word = " ".join(words[-count:])
        if len(words) > count and word in keys:
            return word
    return None


def _straight(text: str) -> str:
    inside = text.strip().strip(_CURLED)
    return quoted(inside) if len(inside) <= 60 else '`"…"`'


def _fallback(written: Written, error: UnreadableError) -> tuple[Place, Code, str]:
    last = written.line + len(written.lines) - 1
    place = error.place if written.line <= error.place.line <= last else written.place
    return place, Code.YAML_SYNTAX, f"YAML cannot read this; {in_quotes(written.words)}"
