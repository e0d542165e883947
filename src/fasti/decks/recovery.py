"""Reading a file that is not YAML: taken apart by its indentation, so that one mistake hides nothing else.

What does not parse is split into its entries, each entry is read on its own, and what cannot be split
further is told of in one sentence. Lines and columns stay those of the file.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fasti.core.facts import Place, Problem
from fasti.decks.codes import Code
from fasti.decks.flow import read_brackets
from fasti.decks.misplaced import Misplaced
from fasti.decks.misreadings import Written, hidden_key, misreading
from fasti.decks.nodes import BROKEN, MappingNode, Node, ScalarNode, SequenceNode, UnreadableError, parse
from fasti.decks.pieces import Head, Heads, Piece, dash_of, indent, is_block_header, says
from fasti.decks.tabs import without_tabs
from fasti.decks.top_level import from_first_key, joined_to_facts, with_facts
from fasti.decks.vocabulary import Vocabulary
from fasti.decks.wording import shown

MOST_CHARACTERS = 64_000_000
"""How much text is read again, all in all, before the rest is given up: a bound on time."""

DEEPEST_CUT = 12
"""How often a piece is cut into smaller ones; a fact's lists of texts are at the sixth cut."""


@dataclass(slots=True)
class Recovered:
    """What could be read of a file that is not YAML.

    `tabs` has the lines that tabs indent, each with the tab's column; `shifts` says by how many columns
    a line was moved for reading it.
    """

    root: Node
    problems: list[Problem] = field(default_factory=list)
    tabs: dict[int, int] = field(default_factory=dict)
    shifts: dict[int, int] = field(default_factory=dict)


def recover(lines: list[str], words: Vocabulary, error: UnreadableError) -> Recovered:
    """Everything that can be read of these lines; `error` is why they are not YAML. Never fails."""
    recovery = _Recovery(words)
    root = recovery.root(Piece(1, lines))
    if not recovery.problems and not recovery.tabs:
        recovery.tell(error.place, error.code, _sentence(error))
    return Recovered(root, recovery.problems, recovery.tabs, recovery.shifts)


def in_file(problem: Problem, shifts: Mapping[int, int]) -> Problem:
    """A problem in the column of the file, where its line was moved for reading it."""
    line, column = problem.place
    return problem._replace(place=Place(line, max(1, column - shifts[line]))) if line in shifts else problem


_Pairs = list[tuple[ScalarNode, Node]]


class _Recovery:
    def __init__(self, words: Vocabulary) -> None:
        self.problems: list[Problem] = []
        self.tabs: dict[int, int] = {}
        self.shifts: dict[int, int] = {}
        self._tab_lines: list[int] = []
        self._words = words
        self._heads = Heads(words)
        self._left = MOST_CHARACTERS

    def tell(self, place: Place, code: Code, message: str) -> None:
        self._add([Problem(place, code, message)])

    def _add(self, problems: Iterable[Problem]) -> None:
        """Keep problems found in the text as it is read now, in the columns of the file."""
        self.problems += [in_file(problem, self.shifts) for problem in problems]

    def root(self, piece: Piece) -> Node:
        """The whole file. What stands at its left edge below `facts` but is no key of a deck is a fact's."""
        spaced = without_tabs(piece)
        self.tabs, self.shifts = spaced.tabs, spaced.shifts
        self._tab_lines = sorted(self.tabs)
        piece, problems = from_first_key(spaced.piece, self._heads)
        if piece.start is None or not self._heads.begins_entry(piece.lines[piece.start]):
            return self._read(piece, 0)
        entries, more = with_facts(joined_to_facts(self._entries(piece), self._heads), self._heads)
        self._add([*problems, *more])
        return MappingNode([pair for entry in entries for pair in self._pairs(entry, 0)], piece.first, 1)

    # Pieces

    def _read(self, piece: Piece, level: int) -> Node:
        """The node that a piece is, cut into smaller ones where it is not YAML."""
        try:
            return self._parsed(piece)
        except UnreadableError as refusal:
            error = refusal
        start = piece.start
        if start is None:
            return ScalarNode("", piece.first, 1, BROKEN)
        if self._left < 0 or level > DEEPEST_CUT or (error.code is Code.TOO_DEEP and level > 1):
            return self._given_up(piece.first + start, error)
        line = piece.lines[start]
        if self._heads.begins_item(line):
            return self._sequence(piece, level)
        if self._heads.head(line):
            return self._mapping(piece, level)
        column = indent(line) + 1
        written = Written([line[column - 1 :], *piece.lines[start + 1 :]], piece.first + start, column)
        return self._misread(written, error)

    def _parsed(self, piece: Piece) -> Node:
        self._left -= sum(map(len, piece.lines))
        if self._left < 0:
            raise UnreadableError(Place(piece.first, 1), "")
        node, problems = parse(piece.text, piece.first, self._words.keys)
        self._add(problems)
        return node

    def _given_up(self, line: int, error: UnreadableError) -> Node:
        self.tell(error.place, error.code, _sentence(error))
        return ScalarNode("", line, 1, BROKEN)

    def _misread(self, written: Written, error: UnreadableError) -> Node:
        if written.lines[0][:1] in {"[", "{"} and self._left > 0 and error.code is not Code.TOO_DEEP:
            self._left -= 4 * len(written.text)
            problems: list[Problem] = []
            node = read_brackets(written, problems, self._words.keys)
            self._add(problems)
            return node
        told = misreading(written, error, self._words.keys)
        self._add([told.problem])
        return ScalarNode(told.text, written.line, written.column, BROKEN)

    # Lists

    def _sequence(self, piece: Piece, level: int) -> Node:
        base = self._base(piece)
        items: list[Node] = []
        for item in piece.cut_at(lambda line: dash_of(line) == base):
            items += self._items(item, base, level)
        return SequenceNode(items, piece.first, base + 1)

    def _base(self, piece: Piece) -> int:
        """Where the dashes of a list stand: where most of those before a kind do, else where the first does."""
        found = [indent(line) for line in piece.lines if self._heads.item_of_kind(line)]
        return Counter(found).most_common(1)[0][0] if found else indent(piece.lines[piece.start or 0])

    def _items(self, item: Piece, base: int, level: int) -> list[Node]:
        """The entries that some lines of a list are: one, or more where a dash is missing or misplaced."""
        try:
            node = self._parsed(item)
        except UnreadableError as refusal:
            error = refusal
        else:
            if isinstance(node, SequenceNode) and dash_of(item.lines[0]) == base:
                return node.items
            error = UnreadableError(Place(item.first, 1), "")
        told = len(self.problems)
        misplaced = Misplaced(self._heads, base)
        nodes = [
            self._read(self._undashed(part, base), level + 1) for part in item.cut_at(misplaced.begins_entry)
        ]
        if len(self.problems) == told and not self._has_tabs(item):
            self._tell_stray(item, base, error)
        return nodes

    def _has_tabs(self, piece: Piece) -> bool:
        at = bisect_left(self._tab_lines, piece.first)
        return at < len(self._tab_lines) and self._tab_lines[at] < piece.first + len(piece.lines)

    def _tell_stray(self, item: Piece, base: int, error: UnreadableError) -> None:
        for number, line in enumerate(item.lines[1:], 1):
            if says(line) and indent(line) <= base:
                message = "this line belongs to no key; indent it further than the text that it continues"
                self.tell(Place(item.first + number, indent(line) + 1), Code.STRAY_TEXT, message)
                return
        within = item.first <= error.place.line < item.first + len(item.lines)
        place = error.place if within else Place(item.first, 1)
        self.tell(place, Code.YAML_SYNTAX, "YAML cannot read this; put quotes round the whole text")

    def _undashed(self, part: Piece, base: int) -> Piece:
        """An entry without its dash; what is wrong with the dash is told."""
        line = part.lines[0]
        at = indent(line)
        place = Place(part.first, at + 1)
        if dash_of(line) is not None:
            if at != base and part.first not in self.tabs:
                message = f"this dash is indented by {_spaces(at)} and the others of its list by {base}"
                self.tell(place, Code.WRONG_INDENT, f"{message}; indent it by {base}")
            return Piece(part.first, [" " * (at + 1) + line[at + 1 :], *part.lines[1:]])
        if line[at] == "-":
            text = line[at + 1 :].strip()
            self.tell(
                place, Code.MISSING_SPACE, f"a space is missing after the dash; write {shown('- ' + text)}"
            )
            line = " " * (at + 1) + line[at + 1 :]
        else:
            kind = self._heads.garbled_item(line) or at
            line = " " * kind + line[kind:]
            message = f"a fact begins with a dash and a space: {shown('- ' + line.strip())}"
            self.tell(place, Code.MISSING_DASH, message)
        return Piece(part.first, [self._aligned(line, part), *part.lines[1:]])

    def _aligned(self, line: str, part: Piece) -> str:
        """The line moved to where the keys below it stand."""
        below = (indent(other) for other in part.lines[1:] if says(other) and self._heads.begins_entry(other))
        move = max(0, next(below, 0) - indent(line))
        self.shifts[part.first] = self.shifts.get(part.first, 0) + move
        return " " * move + line

    # Keys and values

    def _mapping(self, piece: Piece, level: int) -> Node:
        """Keys and values; a key left of the first one is misplaced, and one problem tells of it and its like."""
        first = indent(piece.lines[piece.start or 0])
        pairs: _Pairs = []
        wrong = first
        for entry in self._entries(piece):
            at = indent(entry.lines[0])
            if at not in {first, wrong} and entry.first not in self.tabs:
                self._tell_indent(entry, at, first)
            wrong = at
            pairs += self._pairs(entry, level)
        return MappingNode(pairs, piece.first, first + 1)

    def _entries(self, piece: Piece) -> list[Piece]:
        first = indent(piece.lines[piece.start or 0])
        return piece.cut_at(lambda line: indent(line) <= first and self._heads.begins_entry(line))

    def _tell_indent(self, entry: Piece, at: int, right: int) -> None:
        head = self._heads.head(entry.lines[0])
        key = shown(head.word) if head else "this line"
        message = f"{key} is indented by {_spaces(at)} and the key above it by {right}; indent it by {right}"
        self.tell(Place(entry.first, at + 1), Code.WRONG_INDENT, message)

    def _pairs(self, entry: Piece, level: int) -> _Pairs:
        """The key and value of an entry, and those that stand in its text because they are misplaced."""
        try:
            node = self._parsed(entry)
        except UnreadableError as refusal:
            error = refusal
        else:
            if isinstance(node, MappingNode):
                return node.pairs
            error = UnreadableError(Place(entry.first, 1), "")
        line = entry.lines[0]
        head = self._heads.head(line) or Head(line.strip(), indent(line) + 1, len(line))
        key = ScalarNode(head.word, entry.first, head.column)
        if head.fault:
            self._tell_colon(entry, head)
        told = len(self.problems)
        pairs = self._pair(key, head, entry, error, level)
        if not head.fault and len(self.problems) == told and not self._has_tabs(entry):
            self._tell_stray(entry, head.column - 1, error)
        return pairs

    def _tell_colon(self, entry: Piece, head: Head) -> None:
        written = shown(f"{head.word}: {entry.lines[0][head.end :]}")
        if head.fault is Code.MISSING_SPACE:
            place = Place(entry.first, head.end + 1)
            self.tell(place, Code.MISSING_SPACE, f"a space is missing after the colon; write {written}")
        else:
            place = Place(entry.first, head.column)
            self.tell(
                place, Code.MISSING_COLON, f"a colon and a space are missing after the key; write {written}"
            )

    def _pair(self, key: ScalarNode, head: Head, entry: Piece, error: UnreadableError, level: int) -> _Pairs:
        rest = entry.lines[0][head.end :]
        column = head.end + len(rest) - len(rest.lstrip()) + 1
        below = entry.cut(1)
        if not says(rest):
            empty = ScalarNode("", entry.first, column, BROKEN if head.fault and rest.strip() else "")
            return [(key, empty if below.start is None else self._read(below, level + 1))]
        cut = self._misplaced_key(rest, below)
        text = Written([rest.lstrip(), *below.lines[:cut]], entry.first, column)
        repaired = head.fault is not None or cut is not None
        value = self._value(key, head, text) if repaired else self._misread(text, error)
        if cut is None:
            return [(key, value), *hidden_key(value, self._words.keys)]
        moved = below.cut(cut)
        if moved.first not in self.tabs:
            self._tell_indent(moved, indent(moved.lines[0]), key.column - 1)
        node = self._mapping(moved, level)
        return [(key, value), *(node.pairs if isinstance(node, MappingNode) else [])]

    def _misplaced_key(self, rest: str, below: Piece) -> int | None:
        """The number of the first line below a text that is a known key, and so not part of the text."""
        if rest.lstrip()[:1] in "[{" or is_block_header(rest):
            return None
        numbers = (number for number, line in enumerate(below.lines) if self._heads.known(line))
        return next(numbers, None)

    def _value(self, key: ScalarNode, head: Head, written: Written) -> Node:
        """A value, read as if its key were written as it should be."""
        spaces = max(1, written.column - key.column - 2)
        shift = max(0, key.column + 2 - written.column + 1)
        if shift:
            self.shifts[written.line] = self.shifts.get(written.line, 0) + shift
        text = " " * (key.column - 1) + "k:" + " " * spaces + written.text
        try:
            node = self._parsed(Piece(written.line, text.split("\n")))
        except UnreadableError as error:
            if head.fault:
                # One thing at a time: what its colon lacks is told of.
                return ScalarNode(written.words, written.line, written.column, BROKEN)
            return self._misread(written, error)
        if isinstance(node, MappingNode) and len(node.pairs) == 1:
            return node.pairs[0][1]
        return self._misread(written, UnreadableError(written.place, ""))


def _sentence(error: UnreadableError) -> str:
    """What is told where nothing better is known; the parser's own words help nobody."""
    return "YAML cannot read what begins here" if error.code is Code.YAML_SYNTAX else error.message


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"
