"""Lists in brackets and facts in braces that YAML cannot read: taken apart at their commas, entry by entry."""

import re
from bisect import bisect_right
from collections.abc import Collection

from fasti.core.facts import Place, Problem
from fasti.decks.brackets import CLOSING, QUOTED, split_brackets
from fasti.decks.codes import Code
from fasti.decks.misreadings import Written, hidden_key, misreading
from fasti.decks.nodes import (
    BROKEN,
    DEEPEST,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    UnreadableError,
    parse,
)
from fasti.decks.wording import in_quotes, start_sentence


def read_brackets(written: Written, problems: list[Problem], keys: Collection[str], depth: int = 0) -> Node:
    """The list or mapping that begins at a bracket, with everything in it that can be read.

    Problems are added to `problems`; an entry that cannot be read becomes a broken scalar.
    """
    if depth > DEEPEST:
        message = f"brackets stand inside each other more than {DEEPEST} times; a deck never needs that"
        problems.append(Problem(written.place, Code.TOO_DEEP, message))
        return ScalarNode("", written.line, written.column, BROKEN)
    text = written.text
    brackets = split_brackets(text)
    rest = text[brackets.end :] if brackets.end is not None else ""
    if rest.strip() and not _COMMENT.match(rest):
        return _text_after(written, brackets.end or 0, rest, problems)
    if brackets.end is None and (comment := _closed_in_comment(text)) is not None:
        message = (
            f"` #` begins a comment, so the rest of the line is lost; {in_quotes(_cut_text(text, comment))}"
        )
        problems.append(Problem(written.at(comment), Code.LOST_TEXT, message))
        brackets = split_brackets(text, comments=False)
    told = len(problems)
    places = _Places(written)
    for offset in brackets.gaps:
        message = "a comma is missing before this; entries in brackets stand apart by commas"
        problems.append(Problem(places.at(offset), Code.MISSING_COMMA, message))
    parts = [
        Written(text[start:end].split("\n"), *places.at(start))
        for start, end in brackets.parts
        if start < end
    ]
    node: Node
    if text[0] == "{":
        pairs = [pair for part in parts for pair in _pairs_of(part, problems, keys, depth)]
        node = MappingNode(pairs, written.line, written.column, flow=True)
    else:
        items = [item for part in parts for item in _items_of(part, problems, keys, depth)]
        node = SequenceNode(items, written.line, written.column, flow=True)
    # What is wrong inside may be why no closing bracket was found.
    if brackets.end is None and len(problems) == told:
        message = f"this `{text[0]}` is not closed; write `{CLOSING[text[0]]}` at its end"
        problems.append(Problem(written.place, Code.UNCLOSED_BRACKET, message))
    return node


_COMMENT = re.compile(r"\s+#|#")
_COMMENT_SIGN = re.compile(r"(?<=[\[{,]) ?#|(?<=[^\s#]) #")


def _closed_in_comment(text: str) -> int | None:
    """Where a comment begins in which a closing bracket stands."""
    start = 0
    for line in text.split("\n"):
        found = _COMMENT_SIGN.search(line)
        if found and max(line.rfind("]"), line.rfind("}")) > found.start():
            return start + found.end() - 1
        start += len(line) + 1
    return None


def _cut_text(text: str, comment: int) -> str:
    """The text that a comment cuts in two."""
    before = re.split(r"[\[{,]\s*|:\s", text[:comment].rpartition("\n")[2])[-1]
    return before + re.split(r"[\]},\n]", text[comment:], maxsplit=1)[0]


class _Places:
    """Lines and columns of the offsets of one text, without counting from its beginning each time."""

    def __init__(self, written: Written) -> None:
        self._written = written
        self._starts = [0]
        for line in written.lines[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def at(self, offset: int) -> Place:
        down = bisect_right(self._starts, offset) - 1
        across = offset - self._starts[down]
        return Place(self._written.line + down, across + (1 if down else self._written.column))


def _text_after(written: Written, end: int, rest: str, problems: list[Problem]) -> Node:
    sign = written.lines[0][0]
    place = written.at(end + len(rest) - len(rest.lstrip()))
    if rest.lstrip()[0] in "]}":
        message = f"this `{rest.lstrip()[0]}` closes nothing; take it out"
        problems.append(Problem(place, Code.UNCLOSED_BRACKET, message))
    else:
        problems.append(Problem(written.place, Code.MISREAD_START, start_sentence(sign, written.words)))
    return ScalarNode(written.words, written.line, written.column, BROKEN)


def _items_of(part: Written, problems: list[Problem], keys: Collection[str], depth: int) -> list[Node]:
    try:
        node = _parsed(part, "[", problems, keys)
        return node.items if isinstance(node, SequenceNode) else [node]
    except UnreadableError as error:
        return [_value(_stripped(part), error, problems, keys, depth)]


_QUOTED_KEY = re.compile(r"\s*(\"[^\"\n]*\"|'[^'\n]*')\s*:(?=\s|$)")
_PLAIN_KEY = re.compile(r"\s*([^\s\"'\[\]{},:][^\n:]*):(?=\s|$)")


def _key(text: str) -> re.Match[str] | None:
    return _QUOTED_KEY.match(text) or _PLAIN_KEY.match(text)


def _pairs_of(
    part: Written, problems: list[Problem], keys: Collection[str], depth: int
) -> list[tuple[ScalarNode, Node]]:
    try:
        node = _parsed(part, "{", problems, keys)
        return node.pairs if isinstance(node, MappingNode) else []
    except UnreadableError as error:
        cut = _next_key(part, keys)
        if cut:
            below = Written(part.lines[cut:], part.line + cut, 1)
            column = len(part.lines[cut]) - len(part.lines[cut].lstrip()) + 1
            problems.append(Problem(Place(below.line, column), Code.MISSING_COMMA, _NO_COMMA))
            above = part._replace(lines=part.lines[:cut])
            return [
                *_pairs_of(above, problems, keys, depth),
                *_pairs_of(below, problems, keys, depth),
            ]
        return _broken_pair(part, error, problems, keys, depth)


def _parsed(part: Written, bracket: str, problems: list[Problem], keys: Collection[str]) -> Node:
    """The part read in brackets of its own, its columns those of the file."""
    right = part.column - 2
    try:
        node, found = parse(f"{bracket}{part.text}\n{CLOSING[bracket]}", part.line, keys)
    except UnreadableError as error:
        raise UnreadableError(_right(error.place, part.line, right), error.message, error.code) from error
    problems += [problem._replace(place=_right(problem.place, part.line, right)) for problem in found]
    return _moved(node, part.line, right)


def _right(place: Place, line: int, by: int) -> Place:
    return Place(place.line, place.column + by) if place.line == line else place


def _moved(node: Node, line: int, by: int) -> Node:
    """The node with what stands on a line moved to the right."""
    column = node.column + by if node.line == line else node.column
    if isinstance(node, ScalarNode):
        return node._replace(column=column)
    if isinstance(node, SequenceNode):
        return node._replace(column=column, items=[_moved(item, line, by) for item in node.items])
    pairs = [
        (key._replace(column=key.column + by * (key.line == line)), _moved(value, line, by))
        for key, value in node.pairs
    ]
    return node._replace(column=column, pairs=pairs)


def _next_key(part: Written, keys: Collection[str]) -> int | None:
    """The first line below the first that begins with a known key: a comma is missing above it."""
    for number, line in enumerate(part.lines[1:], 1):
        if (found := _key(line)) and found[1].rstrip() in keys and any(map(str.strip, part.lines[:number])):
            return number
    return None


def _broken_pair(
    part: Written, error: UnreadableError, problems: list[Problem], keys: Collection[str], depth: int
) -> list[tuple[ScalarNode, Node]]:
    part = _stripped(part)
    found = _key(part.text)
    if not found or found[1][0] in "*&!%@`|>":
        told = misreading(part, error, keys, flow=True)
        problems.append(told.problem)
        return [(ScalarNode(told.text, part.line, part.column, BROKEN), ScalarNode("", *part.place, BROKEN))]
    place = part.at(found.start(1))
    key = ScalarNode(found[1].rstrip().strip("\"'"), *place)
    rest = _stripped(part.part(found.end(), len(part.text)))
    quotation = QUOTED.match(rest.text)
    after = _key(rest.text[quotation.end() :]) if quotation else None
    if quotation and after and after[1].rstrip().strip("\"'") in keys:
        start = quotation.end() + after.start(1)
        problems.append(Problem(rest.at(start), Code.MISSING_COMMA, _NO_COMMA))
        quoted = ScalarNode(quotation[0][1:-1], rest.line, rest.column, BROKEN)
        return [(key, quoted), *_pairs_of(rest.part(start, len(rest.text)), problems, keys, depth)]
    value = _value(rest, error, problems, keys, depth)
    return [(key, value), *hidden_key(value, keys)]


_NO_COMMA = "a comma is missing before this; the keys of a fact in braces stand apart by commas"


def _value(
    written: Written, error: UnreadableError, problems: list[Problem], keys: Collection[str], depth: int
) -> Node:
    if written.lines[0][:1] in {"[", "{"}:
        return read_brackets(written, problems, keys, depth + 1)
    told = misreading(written, error, keys, flow=True)
    problems.append(told.problem)
    return ScalarNode(told.text, written.line, written.column, BROKEN)


def _stripped(written: Written) -> Written:
    """Without the spaces and lines before and behind it."""
    text = written.text
    start = len(text) - len(text.lstrip())
    return written.part(start, len(text.rstrip())) if start < len(text) else written
