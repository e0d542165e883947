"""Text that YAML drops because a ` #` stands before it: `Treaty # 3` is read as `Treaty`."""

import re
from bisect import bisect_left
from typing import NamedTuple

from fasti.core.facts import Place, Problem
from fasti.decks.codes import Code
from fasti.decks.nodes import Node, ScalarNode, SequenceNode
from fasti.decks.wording import in_quotes, shown

# One space alone: with two, or a tab, everybody reads a comment.
_SIGN = re.compile(r"(?<=[^\s#]) #")
_PART_OF_TEXT = re.compile(r"#+(?:[^\s#]|\s+\d)")


def lost_texts(root: Node, text: str) -> list[Problem]:
    """A problem for each comment behind an unquoted text that may be the rest of the text."""
    if " #" not in text or not _SIGN.search(text):
        return []
    lines = text.split("\n")
    scalars = _scalars(root)
    places = [(scalar.line, scalar.column) for scalar in scalars.texts]
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        tried = -1
        for sign in _SIGN.finditer(line):
            before = bisect_left(places, (number, sign.start() + 1)) - 1
            # Behind a text, only the first sign can begin a comment.
            if before > tried and _ends_at(scalars, before, number, line[: sign.start()]):
                text = scalars.texts[before].text
                problems.append(_problem(text, Place(number, sign.end()), line[sign.start() :]))
            tried = max(tried, before)
    return problems


class _Scalars(NamedTuple):
    """Every text of a file in order, keys too, and which are keys."""

    texts: list[ScalarNode]
    keys: set[int]


def _scalars(root: Node) -> _Scalars:
    scalars = _Scalars([], set())
    nodes: list[tuple[Node, bool]] = [(root, False)]
    while nodes:
        node, is_key = nodes.pop()
        if isinstance(node, ScalarNode):
            if is_key:
                scalars.keys.add(len(scalars.texts))
            scalars.texts.append(node)
        elif isinstance(node, SequenceNode):
            nodes += [(item, False) for item in reversed(node.items)]
        else:
            for key, value in reversed(node.pairs):
                nodes += [(value, False), (key, True)]
    return scalars


def _ends_at(scalars: _Scalars, at: int, line: int, before: str) -> bool:
    """Whether an unquoted text ends where a line is cut."""
    scalar = scalars.texts[at]
    if at in scalars.keys or scalar.style or not scalar.text:
        return False
    if scalar.line == line:
        return scalar.column - 1 + len(scalar.text) == len(before)
    return bool(before.strip()) and scalar.text.endswith(" ".join(before.split()))


def _problem(text: str, place: Place, comment: str) -> Problem:
    whole = text + " " + comment.strip()
    if _PART_OF_TEXT.match(comment.strip()):
        message = f"{shown(comment.strip())} is lost, because ` #` begins a comment; {in_quotes(whole)}"
        return Problem(place, Code.LOST_TEXT, message)
    message = (
        f"{shown(comment.strip())} is taken for a comment; put two spaces before the `#` if it is one, "
        f"quotes round the whole text if not"
    )
    return Problem(place, Code.LOST_TEXT, message, "warning")
