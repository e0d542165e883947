"""Lists in brackets and facts in braces that YAML cannot read: taken apart at their commas, entry by entry."""

import re
from bisect import bisect_right
from collections.abc import Collection
from typing import NamedTuple

from fasti.core.facts import Place, Problem
from fasti.decks.codes import Code
from fasti.decks.misreadings import Written, misreading
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
    brackets = _split(text)
    rest = text[brackets.end :] if brackets.end is not None else ""
    if rest.strip() and not _COMMENT.match(rest):
        return _text_after(written, brackets.end or 0, rest, problems)
    if brackets.end is None and (comment := _CLOSED_IN_COMMENT.search(text)):
        message = (
            f"` #` begins a comment, so the rest of the line is lost; {in_quotes(_cut_text(text, comment))}"
        )
        problems.append(Problem(written.at(text.index("#", comment.start())), Code.LOST_TEXT, message))
        brackets = _split(text, comments=False)
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
        message = f"this `{text[0]}` is not closed; write `{_CLOSING[text[0]]}` at its end"
        problems.append(Problem(written.place, Code.UNCLOSED_BRACKET, message))
    return node


_COMMENT = re.compile(r"\s+#|#")
_CLOSED_IN_COMMENT = re.compile(r"(?<=[\[{,]) ?#[^\n]*[\]}]|(?<=[^\s#]) #[^\n]*[\]}]")
_CLOSING = {"[": "]", "{": "}"}


def _cut_text(text: str, comment: re.Match[str]) -> str:
    """The text that a comment cuts in two."""
    before = re.split(r"[\[{,]\s*|:\s", text[: comment.start()])[-1]
    return before + re.split(r"[\]},]", comment[0])[0]


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


class _Brackets(NamedTuple):
    """The entries between two brackets as offsets; `end` is behind the closing one, None where it is missing."""

    parts: list[tuple[int, int]]
    gaps: list[int]
    end: int | None


_TOKEN = re.compile(r"[\[\]{},]|[\"']|(?:^|(?<=[\s\[\]{},]))#[^\n]*", re.MULTILINE)
_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'")


def _split(text: str, *, comments: bool = True) -> _Brackets:
    parts: list[tuple[int, int]] = []
    gaps: list[int] = []
    firsts = {found.start(1) for found in _FIRST_ON_LINE.finditer(text)}
    opened: list[tuple[str, bool]] = []
    begin = at = 0
    while found := _TOKEN.search(text, at):
        sign, here, at = found[0], found.start(), found.end()
        if sign[0] == "#":
            at = at if comments else here + 1
        elif sign in "\"'":
            # Only where a value begins does a mark open a quotation; else it is an apostrophe.
            quotation = _QUOTED.match(text, here) if _begins_value(text, here) else None
            at = quotation.end() if quotation else at
        elif sign in "[{":
            first = here in firsts
            # In a list with an entry a line, the line above may lack its closing brace.
            unclosed = sign == "{" and first and len(opened) == 2 and opened[-1] == ("{", True)
            if unclosed:
                opened.pop()
            elif len(opened) == 1 and text.startswith(sign, first_sign := _skipped(text, begin)):
                unclosed = first_sign != here
                gaps += [here] if unclosed else []
            if unclosed:
                parts.append((begin, here))
                begin = here
            opened.append((sign, first))
            begin = at if len(opened) == 1 else begin
        elif sign in "]}":
            if not any(_CLOSING[mark] == sign for mark, _ in opened[-DEEPEST:]):
                continue
            while _CLOSING[opened.pop()[0]] != sign:
                pass
            if not opened:
                return _Brackets([*parts, (begin, here)], gaps, at)
        elif sign == "," and len(opened) == 1:
            parts.append((begin, here))
            begin = at
    return _Brackets([*parts, (begin, len(text))], gaps, None)


_FIRST_ON_LINE = re.compile(r"\n[^\S\n]*([\[{])")
_SPACE = re.compile(r"\s*")


def _skipped(text: str, offset: int) -> int:
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


def _begins_value(text: str, offset: int) -> bool:
    before = text[max(0, offset - 200) : offset].rstrip()[-1:]
    return before in {"[", "{", ",", ":", ""}


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


_KEY = re.compile(r"\s*(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'\[\]{},:][^\n:]*?)\s*:(?=\s|$)")


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
            message = "a comma is missing before this; the keys of a fact in braces stand apart by commas"
            problems.append(Problem(Place(below.line, column), Code.MISSING_COMMA, message))
            above = part._replace(lines=part.lines[:cut])
            return [
                *_pairs_of(above, problems, keys, depth),
                *_pairs_of(below, problems, keys, depth),
            ]
        return _broken_pair(part, error, problems, keys, depth)


def _parsed(part: Written, bracket: str, problems: list[Problem], keys: Collection[str]) -> Node:
    """The part read in brackets of its own, which stand where the comma before it stood."""
    text = " " * max(0, part.column - 2) + bracket + part.text + "\n" + _CLOSING[bracket]
    if part.column == 1:
        text = bracket + "\n" + part.text + "\n" + _CLOSING[bracket]
    node, found = parse(text, part.line - (part.column == 1), keys)
    problems += found
    return node


def _next_key(part: Written, keys: Collection[str]) -> int | None:
    """The first line below the first that begins with a known key: a comma is missing above it."""
    for number, line in enumerate(part.lines[1:], 1):
        if (found := _KEY.match(line)) and found[1] in keys and any(map(str.strip, part.lines[:number])):
            return number
    return None


def _broken_pair(
    part: Written, error: UnreadableError, problems: list[Problem], keys: Collection[str], depth: int
) -> list[tuple[ScalarNode, Node]]:
    part = _stripped(part)
    found = _KEY.match(part.text)
    if not found or found[1][0] in "*&!%@`|>":
        told = misreading(part, error, flow=True)
        problems.append(told.problem)
        return [(ScalarNode(told.text, part.line, part.column, BROKEN), ScalarNode("", *part.place, BROKEN))]
    place = part.at(found.start(1))
    key = ScalarNode(found[1].strip("\"'"), *place)
    rest = _stripped(part.part(found.end(), len(part.text)))
    return [(key, _value(rest, error, problems, keys, depth))]


def _value(
    written: Written, error: UnreadableError, problems: list[Problem], keys: Collection[str], depth: int
) -> Node:
    if written.lines[0][:1] in {"[", "{"}:
        return read_brackets(written, problems, keys, depth + 1)
    told = misreading(written, error, flow=True)
    problems.append(told.problem)
    return ScalarNode(told.text, written.line, written.column, BROKEN)


def _stripped(written: Written) -> Written:
    """Without the spaces and lines before and behind it."""
    text = written.text
    start = len(text) - len(text.lstrip())
    return written.part(start, len(text.rstrip())) if start < len(text) else written
