"""YAML text as nodes: every scalar is text, and every node knows its line and column.

Built on the parser's events, because composing nodes costs three times as much and resolving scalars
would turn `0476` into 318 and `no` into False.
"""

import re
from collections.abc import Collection, Iterator
from itertools import repeat, starmap
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from fasti.core.facts import Place, Problem
from fasti.core.onlooker import Onlooker, nobody
from fasti.decks.codes import Code
from fasti.decks.wording import start_sentence
from fasti.garbage import no_collection

# The same events come from pure Python, ten times more slowly, where libyaml is missing.
_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

DEEPEST = 32
"""How many lists and mappings may stand inside each other; a deck needs six."""

MOST_EVENTS = 2_000_000
"""How many scalars, beginnings and ends a file may hold; a deck of 100,000 facts has about 1.5 million."""

_SOME = 8_192  # after how many events an onlooker is told

# Of texts and places there are most: made without the detour by their class's own function, at half the price.
_new = tuple.__new__

BROKEN = "broken"
"""The style of a scalar that YAML could not read and of which a problem tells already."""


class ScalarNode(NamedTuple):
    """A text; `style` is empty for an unquoted one, else the quotation mark, `|`, `>` or BROKEN."""

    text: str
    line: int
    column: int
    style: str = ""

    @property
    def broken(self) -> bool:
        """Whether a problem was told of it already, so that nothing more is to be said."""
        return self.style == BROKEN


class MappingNode(NamedTuple):
    """Keys and values in the author's order, with those that are given twice; `flow` means in braces."""

    pairs: list[tuple[ScalarNode, "Node"]]
    line: int
    column: int
    flow: bool = False


class SequenceNode(NamedTuple):
    """The entries of a list; `flow` means in brackets."""

    items: list["Node"]
    line: int
    column: int
    flow: bool = False


Node = ScalarNode | MappingNode | SequenceNode


class UnreadableError(Exception):
    """Text that is not YAML, or more of it than is read; `code` says which."""

    def __init__(self, place: Place, message: str, code: Code = Code.YAML_SYNTAX) -> None:
        super().__init__(message)
        self.place = place
        self.message = message
        self.code = code


def place_of(node: Node) -> Place:
    """Where a node begins."""
    return _new(Place, node[1:3])


def parse(
    text: str, first_line: int = 1, keys: Collection[str] = (), onlooker: Onlooker = nobody
) -> tuple[Node, list[Problem]]:
    """The node that the text is, and what in it decks do not use (anchors, tags, merge keys).

    `first_line` is the line of the file at which `text` begins. A quoted text that runs over a line which
    begins with one of `keys` is taken to lack its closing mark. Raises UnreadableError.
    """
    builder = _Builder(text, first_line)
    try:
        with no_collection():
            node = builder.build(onlooker)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + first_line, mark.column + 1) if mark else Place(first_line, 1)
        raise UnreadableError(place, error.problem or "") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # ValueError: what pure Python makes of `"\U00110000"`.
        raise UnreadableError(Place(first_line, 1), str(error)) from error
    if builder.long_quotes and keys:
        _refuse_swallowed_keys(builder.long_quotes, text.split("\n"), first_line, keys)
    return node, builder.problems


class End(NamedTuple):
    """Where the value of a key ends: behind the column, from 0, of a line, from 1; column 0 is the line above.

    `key` is where the key begins; `braces` says that it stands in them.
    """

    key: Place
    line: int
    column: int
    braces: bool


def ends(text: str) -> Iterator[End]:
    """Where the values of all keys of a text end that `parse` can read, a value before what holds it."""
    event_of = _Loader(text).get_event
    # Of each collection around: its beginning, and the place of the key that waits for its value.
    outer: list[list[Any]] = []
    line, column = 1, 0
    while True:
        event: Any = event_of()
        kind = event.__class__
        if kind is StreamEndEvent:
            return
        if kind in (MappingStartEvent, SequenceStartEvent):
            outer.append([event, None])
            continue
        if kind in (MappingEndEvent, SequenceEndEvent):
            start, _ = outer.pop()
            if start.flow_style:
                line, column = event.end_mark.line + 1, event.end_mark.column
        elif kind in (ScalarEvent, AliasEvent):
            line, column = event.end_mark.line + 1, event.end_mark.column
        else:
            continue
        if not outer or outer[-1][0].__class__ is SequenceStartEvent:
            continue
        mapping, key = outer[-1]
        if key is None:
            outer[-1][1] = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        else:
            outer[-1][1] = None
            braces = bool(mapping.flow_style) and mapping.end_mark.column > mapping.start_mark.column
            yield End(key, line, column, braces)


class _Builder:
    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._lines: list[str] = []
        self._first_line = first_line
        self._nodes: list[Any] = []
        self._outer: list[tuple[list[Any], Any]] = []
        self.problems: list[Problem] = []
        self.long_quotes: list[tuple[ScalarNode, int]] = []

    def build(self, onlooker: Onlooker) -> Node:
        """The node that the text is; an onlooker is told how far the parser is."""
        event_of = _Loader(self._text).get_event
        lines = self._text.count("\n") + 1
        onlooker("Reading", 1, lines, "lines")
        for done in range(0, MOST_EVENTS, _SOME):
            end = self._follow(starmap(event_of, repeat((), min(_SOME, MOST_EVENTS - done))))
            onlooker("Reading", end.start_mark.line + 1, lines, "lines")
            if end.__class__ is StreamEndEvent:
                return self._nodes[0] if self._nodes else ScalarNode("", self._first_line, 1)
        raise UnreadableError(Place(self._first_line, 1), _MANY, Code.TOO_LARGE)

    def _follow(self, events: Iterator[Any]) -> Any:
        """Follow some events once, and give the last; written as one loop because it runs for every scalar of a deck."""
        first, new = self._first_line, _new
        nodes, outer = self._nodes, self._outer
        for event in events:
            kind = event.__class__
            if kind is ScalarEvent:
                mark = event.start_mark
                style = event.style or ""
                value = event.value
                if style:
                    if event.end_mark.line != mark.line and style in "'\"":
                        scalar = ScalarNode(value, mark.line + first, mark.column + 1, style)
                        self.long_quotes.append((scalar, event.end_mark.line + first))
                elif value == "~":
                    value = ""
                if event.tag is not None or event.anchor is not None:
                    nodes.append(self._marked(event))
                else:
                    nodes.append(new(ScalarNode, (value, mark.line + first, mark.column + 1, style)))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if len(outer) == DEEPEST:
                    raise UnreadableError(self._place(event), _DEEP, Code.TOO_DEEP)
                outer.append((nodes, event))
                nodes = []
            elif kind is MappingEndEvent:
                entries = iter(nodes)
                pairs = list(zip(entries, entries, strict=True))
                for key, _ in pairs:
                    if key.__class__ is not ScalarNode or key.text == "<<":
                        pairs = self._plain_keys(pairs)
                        break
                nodes, start = outer.pop()
                nodes.append(self._collection(MappingNode, pairs, start))
            elif kind is SequenceEndEvent:
                items = nodes
                nodes, start = outer.pop()
                nodes.append(self._collection(SequenceNode, items, start))
            elif kind is AliasEvent:
                nodes.append(self._marked(event))
            elif kind is StreamEndEvent:
                break
        self._nodes = nodes
        return event

    def _collection(self, kind: type[MappingNode | SequenceNode], inside: list[Any], start: Any) -> Node:
        """What began with the event `start` and has ended."""
        if start.tag is not None or start.anchor is not None:
            return self._marked(start)
        mark = start.start_mark
        return _new(kind, (inside, mark.line + self._first_line, mark.column + 1, bool(start.flow_style)))

    def _place(self, event: Any) -> Place:
        return Place(event.start_mark.line + self._first_line, event.start_mark.column + 1)

    def _marked(self, event: Any) -> ScalarNode:
        """What begins with `&`, `*` or `!`: no deck means that, so it is a text that lacks its quotes."""
        place = self._place(event)
        self._lines = self._lines or self._text.split("\n")
        begin = event.start_mark
        written = self._lines[begin.line][begin.column :]
        is_text = event.__class__ is ScalarEvent
        if is_text and event.end_mark.line == begin.line:
            written = written[: event.end_mark.column - begin.column]
        self.problems.append(Problem(place, Code.MISREAD_START, start_sentence(written[:1], written)))
        return ScalarNode(written, *place, BROKEN)

    def _plain_keys(self, pairs: list[tuple[Any, Any]]) -> list[tuple[ScalarNode, Node]]:
        """The pairs whose keys are texts; of the others a problem is told."""
        plain: list[tuple[ScalarNode, Node]] = []
        for key, value in pairs:
            if not isinstance(key, ScalarNode):
                self.problems.append(Problem(place_of(key), Code.BAD_KEY, _BAD_KEY))
                plain.append((ScalarNode("", key.line, key.column, BROKEN), value))
            elif key.text == "<<":
                self.problems.append(Problem(place_of(key), Code.MERGE_KEY, _MERGE))
            else:
                plain.append((key, value))
        return plain


_DEEP = f"lists and braces stand inside each other more than {DEEPEST} times; a deck never needs that"
_MANY = "the file holds more entries than a deck may; split it into several decks"
_UNCLOSED = "this quotation mark is not closed before the next key; write another where the text ends"
_BAD_KEY = "a key must be a plain word; if this is the beginning of a text, put quotes round the whole text"
_MERGE = "`<<` (a YAML merge key) is not used in decks; write the keys out"


_KEY = re.compile(r"\s*(?:-\s+)?([^\s:][^:]*?):(?:\s|$)")


def _refuse_swallowed_keys(
    quotes: list[tuple[ScalarNode, int]], lines: list[str], first_line: int, keys: Collection[str]
) -> None:
    for scalar, last in quotes:
        for line in lines[scalar.line - first_line + 1 : last - first_line + 1]:
            found = _KEY.match(line)
            if found and found[1] in keys:
                raise UnreadableError(place_of(scalar), _UNCLOSED, Code.UNCLOSED_QUOTE)
