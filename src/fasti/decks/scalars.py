"""Texts and lists in a deck file: unquoted where they are read back as they are, else in quotes or as a block.

By rule and not by asking the parser, so that a deck is written alike whichever parser is installed.
"""

import re
from collections.abc import Sequence

from fasti.core.text import unsafe_character

WIDTH = 100
"""How long a line gets before its text is folded or its list is written with dashes."""


def cleaned(text: str) -> str:
    """The text as it can be read from a deck: trimmed, its line ends line feeds, without unsafe characters."""
    return safe(text).strip()


def safe(text: str) -> str:
    """The text without what no deck may hold: control characters, changes of direction, halves of characters.

    Line ends of other systems, and what ended a line or a page on paper, become line feeds.
    """
    if unsafe_character(text) is None:
        return text
    text = _LINE_END.sub("\n", text)
    while (character := unsafe_character(text)) is not None:
        text = text.replace(character, "")
    return text


def scalar(text: str, indent: int, column: int) -> str:
    """What stands behind the colon of a key, or behind a dash, for a text: the space, the text, lines below.

    `text` is cleaned and not empty. The key is indented by `indent` and its colon ends at `column`.
    """
    if _OBVIOUS.fullmatch(text) and column + len(text) < WIDTH and text not in _NOTHING:
        return " " + text
    if not _NO_BLOCK.search(text):
        below = "\n" + " " * (indent + 2)
        if "\n" in text:
            return " |-" + "".join(below + line if line else "\n" for line in text.split("\n"))
        if column + len(text) >= WIDTH and len(lines := _folded(text, WIDTH - indent - 2)) > 1:
            return " >-" + "".join(below + line for line in lines)
    return " " + (text if _is_plain(text) else quoted(text))


def sequence(texts: Sequence[str], indent: int, column: int) -> str:
    """What stands behind the colon of a key that takes several texts, of which there is at least one.

    One text alone, a few short ones in brackets, others below each other with dashes; else as `scalar`.
    """
    if len(texts) == 1:
        return _entry(texts[0], indent, column)
    if all(len(text) <= _SHORT and _is_plain_in_flow(text) and not _ambiguous(text) for text in texts):
        line = f" [{', '.join(texts)}]"
        if column + len(line) <= WIDTH:
            return line
    entries = [_entry(text, indent + 2, indent + 3) for text in texts]
    for number, (text, below) in enumerate(zip(texts, entries[1:], strict=False)):
        if entries[number] == " " + text and _seems_to_hold(text, below):
            entries[number] = " " + quoted(text)
    dash = "\n" + " " * (indent + 2) + "-"
    return "".join(dash + entry for entry in entries)


def in_flow(text: str) -> str:
    """A text as it stands in brackets, in braces or before a colon, on one line."""
    return text if _is_plain_in_flow(text) else quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes, on one line."""
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text) + '"'


_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85]")

# Entries of a list in brackets are names and a few words; sentences stand below each other.
_SHORT = 32

# YAML 1.2's words for nothing, which fasti reads as text and the editors that use its schema do not.
_NOTHING = frozenset(("~", "null", "Null", "NULL"))
# No sign that could mean anything: four texts of five in our own decks, told in a quarter of the time.
_OBVIOUS = re.compile(r"[^\W_][\w .,;()/’–—-]*")
_SIGN_FIRST = re.compile(r"""[,\[\]{}#&*!|>'"%@`]|[-?:](?: |\Z)""")
_SIGN_INSIDE = re.compile("[\t\n\u2028\u2029]|: | #|:\\Z")
_SIGN_IN_FLOW = re.compile(r"[,?\[\]{}]|\A:")

# What has no place in a block: tabs and spaces at the ends of lines, which nobody sees, what ends a line in
# YAML 1.1, and a line that begins with the sign of a directive.
_NO_BLOCK = re.compile("[\t\u2028\u2029]| \n|^[^\\S\n]*%", re.MULTILINE)
_BREAK = re.compile(r"(?<=\S) (?=[^\s%])")

_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\t": "\\t",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_ESCAPED = re.compile('["\\\\\n\t\u2028\u2029]')


def _is_plain(text: str) -> bool:
    """Whether a text needs no quotes on a line of its own."""
    return (
        _SIGN_FIRST.match(text) is None
        and _SIGN_INSIDE.search(text) is None
        and text not in _NOTHING
        and text == text.strip() != ""
    )


def _is_plain_in_flow(text: str) -> bool:
    return _SIGN_IN_FLOW.search(text) is None and _is_plain(text)


def _folded(text: str, width: int) -> list[str]:
    """The lines of a text that is folded at single spaces, which is where YAML joins them again."""
    first, *words = _BREAK.split(text)
    lines = [first]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] += " " + word
    return lines


def _entry(text: str, indent: int, column: int) -> str:
    written = scalar(text, indent, column)
    return " " + quoted(text) if written == " " + text and _ambiguous(text) else written


# The reader tells of dashes that stand too deep by finding the lines below a text in the text itself. These
# two keep it from that: for a key without a text on its line, and for the next entry of the list.


def _ambiguous(text: str) -> bool:
    return " - " in text and ":" in text


def _seems_to_hold(text: str, below: str) -> bool:
    return " - " in text and below.split("\n")[0].split(" #")[0].strip() in text
