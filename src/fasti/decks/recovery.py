"""Reading a file that is not YAML: taken apart by its indentation, so that one mistake hides nothing else.

What does not parse is split into its entries, each entry is read on its own, and what cannot be split
further is told of by one sentence. Line and column stay those of the file.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from fasti.core.facts import Place, Problem
from fasti.decks.codes import Code
from fasti.decks.flow import read_brackets
from fasti.decks.misreadings import Written, misreading
from fasti.decks.nodes import (
    BROKEN,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Unreadable,
    parse,
)
from fasti.decks.wording import shown

MOST_CHARACTERS = 64_000_000
"""How much text is read again, all in all, before the rest is given up: a bound on time."""


class Vocabulary(NamedTuple):
    """The keys of decks, by which a key is told from a text that has a colon."""

    kinds: frozenset[str]
    keys: frozenset[str]
    deck: frozenset[str]
    belongs: Callable[[str, str], bool]
    """Whether a kind of fact has a field, given the names of both."""


@dataclass(slots=True)
class Recovered:
    """What could be read of a file that is not YAML.

    `tabs` are the lines that were indented with tabs, `shifts` by how many columns a line was moved.
    """

    root: Node
    problems: list[Problem] = field(default_factory=list)
    tabs: dict[int, int] = field(default_factory=dict)
    shifts: dict[int, int] = field(default_factory=dict)


def recover(lines: list[str], vocabulary: Vocabulary) -> Recovered:
    """Everything that can be read of these lines; never fails."""
    recovery = _Recovery(vocabulary)
    root = recovery.root(_Piece(1, lines))
    return Recovered(root, recovery.problems, recovery.tabs, recovery.shifts)


class _Piece(NamedTuple):
    """Some lines of the file; a dash that began an entry has become a space."""

    first: int
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def cut(self, start: int, end: int | None = None) -> "_Piece":
        return _Piece(self.first + start, self.lines[start:end])

    def content(self) -> int | None:
        """The number of the first line that says something."""
        return next((number for number, line in enumerate(self.lines) if _says(line)), None)


_DASH = re.compile(r"( *)-(?=\s|$)")
_KEY = re.compile(
    r"(\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'#&*!|>%@`{\[\]},?:-][^\n]*?|[-?:][^\s:][^\n]*?)(\s*):(?=\s|$)"
)
_TAB = re.compile(r" *\t\s*")


def _says(line: str) -> bool:
    text = line.strip()
    return bool(text) and text[0] != "#"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _key(line: str) -> re.Match[str] | None:
    """The key that a line begins with; the text before its colon is no comment."""
    found = _KEY.match(line)
    return found if found and " #" not in found[2] else None


def _word(found: re.Match[str]) -> str:
    return found[2].strip("\"'")


_Pairs = list[tuple[ScalarNode, Node]]


class _Recovery:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.problems: list[Problem] = []
        self.tabs: dict[int, int] = {}
        self.shifts: dict[int, int] = {}
        self._words = vocabulary
        self._left = MOST_CHARACTERS
        kinds = "|".join(re.escape(kind) for kind in sorted(vocabulary.kinds, key=len, reverse=True))
        keys = "|".join(re.escape(key) for key in sorted(vocabulary.keys, key=len, reverse=True))
        self._kind_item = re.compile(rf" *-(\s*)({kinds}):(?=\s|$)")
        self._tight_dash = re.compile(rf" *-({keys}):(?=\s|$)")
        self._tight_colon = re.compile(rf"(\s*)({keys})(:)(?=\S)(?!//)")
        self._no_colon = re.compile(rf"(\s*)({keys})(\s*[=：]\s*|\s+)(?=\S)(?![:=])")

    # --- pieces

    def root(self, piece: _Piece) -> Node:
        """The whole file; what stands at its left edge below `facts` but is no key of a deck is a fact's."""
        piece = self._without_tabs(piece)
        start = piece.content()
        if start is None or _DASH.match(piece.lines[start]) or not self._begins_key(piece.lines[start]):
            return self._read(piece, 0)
        pairs: _Pairs = []
        for entry in self._joined_to_facts(self._entries(piece)):
            pairs += self._pairs(entry, 0)
        return MappingNode(pairs, piece.first + start, _indent(piece.lines[start]) + 1)

    def _read(self, piece: _Piece, level: int) -> Node:
        """The node that a piece is, taken apart where it is not YAML."""
        try:
            return self._parsed(piece)
        except Unreadable as error:
            refusal = error
        start = piece.content()
        if start is None:
            return ScalarNode("", piece.first, 1, BROKEN)
        if self._left < 0 or level > 12 or (refusal.code is Code.TOO_DEEP and level > 1):
            return self._given_up(piece, start, refusal)
        line = piece.lines[start]
        if _DASH.match(line) or self._kind_item.match(line):
            return self._sequence(piece, level)
        if self._begins_key(line):
            pairs = [pair for entry in self._entries(piece) for pair in self._pairs(entry, level)]
            return MappingNode(pairs, piece.first + start, _indent(line) + 1)
        column = _indent(line) + 1
        return self._value(Written([line[column - 1 :], *piece.lines[start + 1 :]], piece.first + start, column))

    def _parsed(self, piece: _Piece) -> Node:
        self._left -= sum(map(len, piece.lines))
        if self._left < 0:
            raise Unreadable(Place(piece.first, 1), "")
        node, problems = parse(piece.text, piece.first, self._words.keys)
        self.problems += problems
        return node

    def _given_up(self, piece: _Piece, start: int, error: Unreadable) -> Node:
        message = error.message if error.code is Code.TOO_DEEP else "YAML cannot read what begins here"
        self._tell(error.place, error.code, message)
        return ScalarNode("", piece.first + start, 1, BROKEN)

    def _tell(self, place: Place, code: Code, message: str) -> None:
        self.problems.append(Problem(place, code, message))

    # --- tabs

    def _without_tabs(self, piece: _Piece) -> _Piece:
        """The lines with spaces for the tabs that indent them: as many as make the file YAML, else two."""
        tabbed = [n for n, line in enumerate(piece.lines) if _TAB.match(line) and _says(line)]
        if not tabbed:
            return piece
        for number in tabbed:
            self.tabs[piece.first + number] = piece.lines[number].index("\t") + 1
        for width in (2, 4, 8):
            spaced = self._spaced(piece, tabbed, width)
            try:
                parse(spaced.text, spaced.first)
                break
            except Unreadable:
                continue
        else:
            spaced = self._spaced(piece, tabbed, 2)
        for number in tabbed:
            self.shifts[piece.first + number] = len(spaced.lines[number]) - len(piece.lines[number])
        return spaced

    def _spaced(self, piece: _Piece, tabbed: Iterable[int], width: int) -> _Piece:
        lines = list(piece.lines)
        for number in tabbed:
            line = lines[number]
            text = line.lstrip()
            spaces = line[: len(line) - len(text)].replace("\t", " " * width)
            # A dash followed by a tab is a dash followed by a space.
            lines[number] = spaces + re.sub(r"^-\t+", "- ", text)
        return _Piece(piece.first, lines)

    # --- lists

    def _sequence(self, piece: _Piece, level: int) -> Node:
        start = piece.content() or 0
        base = self._base(piece)
        items: list[Node] = []
        for item in self._cut_at(piece, lambda line, _: self._dashed(line) == base):
            items += self._items(item, base, level)
        return SequenceNode(items, piece.first + start, base + 1)

    def _base(self, piece: _Piece) -> int:
        """Where the dashes of a list stand: where most of those before a kind do, else where the first does."""
        found = [_indent(line) for line in piece.lines if self._kind_item.match(line)]
        return Counter(found).most_common(1)[0][0] if found else _indent(piece.lines[piece.content() or 0])

    def _dashed(self, line: str) -> int | None:
        found = _DASH.match(line)
        return len(found[1]) if found else None

    def _cut_at(self, piece: _Piece, begins: Callable[[str, int], bool]) -> list[_Piece]:
        cuts = [number for number, line in enumerate(piece.lines) if _says(line) and begins(line, number)]
        start = piece.content() or 0
        cuts = cuts if cuts and cuts[0] <= start else [start, *cuts]
        return [piece.cut(one, other) for one, other in zip(cuts, [*cuts[1:], None], strict=True)]

    def _items(self, item: _Piece, base: int, level: int) -> list[Node]:
        """The entries of a list that some lines are: one, or more where a dash is missing or misplaced."""
        try:
            node = self._parsed(item)
            if isinstance(node, SequenceNode) and self._dashed(item.lines[0]) == base:
                return node.items
        except Unreadable:
            pass
        inner = _Inner(self._words, self._kind_item, base)
        nodes: list[Node] = []
        for part in self._cut_at(item, lambda line, number: inner.begins(line, number == 0)):
            nodes.append(self._read(self._undashed(part, base), level + 1))
        return nodes

    def _undashed(self, part: _Piece, base: int) -> _Piece:
        """An entry without its dash; what is wrong with the dash is told."""
        line = part.lines[0]
        indent = _indent(line)
        place = Place(part.first, indent + 1)
        dash = _DASH.match(line)
        if dash:
            if indent != base and part.first not in self.tabs:
                message = (
                    f"this `-` stands after {_spaces(indent)} and those of its list after {_spaces(base)}; "
                    "give them all the same"
                )
                self._tell(place, Code.WRONG_INDENT, message)
            line = " " * (indent + 1) + line[indent + 1 :]
        elif line[indent : indent + 1] == "-":
            self._tell(place, Code.MISSING_SPACE, f"a space is missing after the dash: {shown('- ' + line[indent + 1 :])}")
            line = " " * (indent + 1) + line[indent + 1 :]
            line = self._aligned(line, part)
        else:
            self._tell(place, Code.MISSING_DASH, f"a fact begins with a dash and a space: {shown('- ' + line.strip())}")
            line = self._aligned(line, part)
        return _Piece(part.first, [line, *part.lines[1:]])

    def _aligned(self, line: str, part: _Piece) -> str:
        """The line moved to where the keys below it stand."""
        below = next((_indent(other) for other in part.lines[1:] if _says(other) and self._begins_key(other)), 0)
        move = max(0, below - _indent(line))
        if move:
            self.shifts[part.first] = self.shifts.get(part.first, 0) + move
        return " " * move + line

    # --- keys and values

    def _begins_key(self, line: str) -> bool:
        return bool(_key(line) or self._tight_colon.match(line) or self._no_colon.match(line))

    def _entries(self, piece: _Piece) -> list[_Piece]:
        """The keys of a mapping with their values: those that stand where the first does, or left of it."""
        indent = _indent(piece.lines[piece.content() or 0])
        return self._cut_at(
            piece, lambda line, _: _indent(line) <= indent and not _DASH.match(line) and self._begins_key(line)
        )

    def _joined_to_facts(self, entries: list[_Piece]) -> list[_Piece]:
        joined: list[_Piece] = []
        in_facts = False
        for entry in entries:
            line = entry.lines[0]
            found = _key(line) or self._tight_colon.match(line) or self._no_colon.match(line)
            word = _word(found) if found else ""
            if in_facts and (word not in self._words.deck or self._holds_items(entry, found)):
                joined[-1] = _Piece(joined[-1].first, [*joined[-1].lines, *entry.lines])
                continue
            in_facts = word in {"facts", "cards"}
            joined.append(entry)
        return joined

    def _holds_items(self, entry: _Piece, found: re.Match[str] | None) -> bool:
        """Whether a key with a text is followed by entries of a list, which then are not its own."""
        rest = entry.lines[0][found.end() :] if found else ""
        return _says(rest) and any(self._kind_item.match(line) for line in entry.lines[1:])

    def _pairs(self, entry: _Piece, level: int, indent: int | None = None) -> _Pairs:
        """The key and value of an entry, and the keys that stand in its text because they are misplaced."""
        try:
            node = self._parsed(entry)
            if isinstance(node, MappingNode):
                return node.pairs
        except Unreadable as error:
            if error.code is Code.TOO_DEEP and level > 1:
                self._tell(error.place, error.code, error.message)
                return []
        line = entry.lines[0]
        found = _key(line)
        key_end = found.end() + 1 if found else 0
        if not found or found[2].strip() != found[2] or (_word(found) not in self._words.keys):
            tight = self._tight_colon.match(line)
            bare = None if tight or found else self._no_colon.match(line)
            if tight:
                found, key_end = tight, tight.end()
                self._tell_place(entry, tight.end(), Code.MISSING_SPACE, f"a space is missing after the colon: {shown(f'{tight[2]}: {line[tight.end():]}')}")
            elif bare:
                found, key_end = bare, bare.end()
                self._tell_place(entry, bare.start(2) + 1, Code.MISSING_COLON, f"a colon is missing after the key: {shown(f'{bare[2]}: {line[bare.end():]}')}")
        if not found:
            return self._stray(entry)
        key = ScalarNode(_word(found), entry.first, len(found[1]) + 1)
        return self._pair(key, entry, key_end, level)

    def _tell_place(self, entry: _Piece, column: int, code: Code, message: str) -> None:
        self._tell(Place(entry.first, column), code, message)

    def _stray(self, entry: _Piece) -> _Pairs:
        column = _indent(entry.lines[0]) + 1
        self._tell(Place(entry.first, column), Code.STRAY_TEXT, "this line belongs to no key; a line is `key: value`")
        return [(ScalarNode("", entry.first, column, BROKEN), ScalarNode("", entry.first, column, BROKEN))]

    def _pair(self, key: ScalarNode, entry: _Piece, key_end: int, level: int) -> _Pairs:
        line = entry.lines[0]
        rest = line[key_end:]
        column = key_end + len(rest) - len(rest.lstrip()) + 1
        below = entry.cut(1)
        if not _says(rest):
            if below.content() is None:
                return [(key, ScalarNode("", entry.first, column))]
            return [(key, self._read(below, level + 1))]
        cut = self._misplaced(below) if not _BLOCK.match(rest.strip()) else None
        written = Written([rest.lstrip(), *(below.lines if cut is None else below.lines[:cut])], entry.first, column)
        pairs: _Pairs = [(key, self._value(written, key_line=True))]
        if cut is not None:
            pairs += self._moved_in(below.cut(cut), key, level)
        return pairs

    def _misplaced(self, below: _Piece) -> int | None:
        """The first line under a text that is a known key and not part of the text."""
        for number, line in enumerate(below.lines):
            found = _key(line)
            if found and _word(found) in self._words.keys:
                return number
        return None

    def _moved_in(self, piece: _Piece, above: ScalarNode, level: int) -> _Pairs:
        indent = _indent(piece.lines[0])
        if piece.first not in self.tabs:
            message = (
                f"{shown(_word_of(piece.lines[0]))} stands after {_spaces(indent)} and {shown(above.text)} above it "
                f"after {_spaces(above.column - 1)}; give them the same"
            )
            self._tell(Place(piece.first, indent + 1), Code.WRONG_INDENT, message)
        return [pair for entry in self._entries(piece) for pair in self._pairs(entry, level)]

    def _value(self, written: Written, *, key_line: bool = False) -> Node:
        """A value that does not parse together with its key."""
        text = " " * (written.column - 1) + written.text
        try:
            self._left -= len(text)
            node, problems = parse(text, written.line, self._words.keys)
            if self._left > 0 and (isinstance(node, ScalarNode) or node.flow):
                self.problems += problems
                return node
            error = Unreadable(written.place, "")
        except Unreadable as refusal:
            error = refusal
        if written.lines[0][:1] in {"[", "{"} and self._left > 0:
            self._left -= len(text)
            return read_brackets(written, self.problems, self._words.keys)
        told = misreading(written, error)
        self.problems.append(told.problem)
        return ScalarNode(told.text, written.line, written.column, BROKEN)


_BLOCK = re.compile(r"[|>][-+0-9]{0,2}\s*(?:#.*)?$")


def _word_of(line: str) -> str:
    found = _key(line)
    return _word(found) if found else line.strip()


def _spaces(count: int) -> str:
    return "one space" if count == 1 else f"{count} spaces" if count else "no space"


class _Inner:
    """Finds, line by line, where in an entry of a list another entry begins that lacks its place or dash."""

    def __init__(self, vocabulary: Vocabulary, kind_item: re.Pattern[str], base: int) -> None:
        self._words = vocabulary
        self._kind_item = kind_item
        self._base = base
        self._keys: list[str] = []
        self._open: list[int] = []

    def begins(self, line: str, first: bool) -> bool:
        """Whether an entry begins with this line."""
        indent = _indent(line)
        dash = _DASH.match(line)
        starts = first or self._starts(line, indent, dash)
        if starts:
            self._keys, self._open = [], []
        self._note(line, indent)
        return starts

    def _starts(self, line: str, indent: int, dash: re.Match[str] | None) -> bool:
        if dash or self._kind_item.match(line):
            nested = any(indent >= place for place in self._open)
            if dash and (indent < self._base or (indent == self._base + 1 and not nested)):
                return True
            return bool(self._kind_item.match(line)) and not nested
        found = _key(line)
        if not found or indent > self._base + 1 or _word(found) not in self._words.kinds:
            return False
        kind = self._keys[0] if self._keys else ""
        return _word(found) in self._keys or not self._words.belongs(kind, _word(found))

    def _note(self, line: str, indent: int) -> None:
        """Remember the key, and whether lines may stand below it."""
        text = re.sub(r"-\s*", "", line, count=1) if _DASH.match(line) or self._kind_item.match(line) else line
        found = _key(text)
        if found is None:
            return
        self._keys.append(_word(found))
        place = indent + len(line) - len(text)
        self._open = [other for other in self._open if other < place]
        rest = text[found.end() + 1 :].strip()
        if not rest or rest.startswith("#") or _BLOCK.match(rest):
            self._open.append(place)
