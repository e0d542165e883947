"""A fact put behind the last one of a deck file, as text that stands as the others stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from fasti.core.facts import START, Deck, Fact, Problem, Source
from fasti.core.kinds import BUILT_IN, Kind
from fasti.decks.insertion import Insertion, Written, with_insertions, written
from fasti.decks.nodes import MappingNode, Node, ScalarNode, SequenceNode, UnreadableError, parse
from fasti.decks.page import page_of
from fasti.decks.read import read_deck_bytes
from fasti.decks.vocabulary import vocabulary_of
from fasti.decks.write import entry_in_braces, entry_lines, source_in_braces, source_lines
from fasti.errors import FastiError


class BrokenDeckError(FastiError):
    """A deck file to which nothing can be added because YAML cannot read it."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(
            f"the deck cannot be added to as it is: line {line}: {message}",
            "`fasti check` names everything that is wrong with it",
        )


class NoRoomError(FastiError):
    """A deck file in which a fact cannot be put without changing what else it says."""

    def __init__(self) -> None:
        super().__init__(
            "the fact cannot be put into this file without changing what else it says",
            "copy it from above into your editor",
        )


class Appended(NamedTuple):
    """A deck file with a fact more: its bytes, the line the fact begins on, and the lines that it has there."""

    data: bytes
    line: int
    lines: tuple[str, ...]


def with_fact(
    data: bytes, fact: Fact, own_kinds: Mapping[str, Kind], sources: Sequence[Source] = ()
) -> Appended:
    """The deck file that `data` is with `fact` as its last, and with `sources` as new ones.

    `own_kinds` are those that the deck declares. Raises BrokenDeckError where YAML cannot read the file.
    """
    root, file = _parsed(data)
    kind = own_kinds.get(fact.kind) or BUILT_IN[fact.kind]
    entry, lead = _fact_insertion(root, file, fact, kind)
    works = _source_insertions(root, file, sources)
    above = sum(len(each.lines) - (each.column is not None) for each in works if each.after <= entry.after)
    within = entry.column is not None
    line = entry.after + above + (len(entry.lines) - 1 if within else lead + 1)
    lines = (entry.lines[-1].strip(" ,"),) if within else entry.lines[lead:]
    return Appended(with_insertions(data, [*works, entry]), line, lines)


def verify(before: bytes, after: bytes, fact: Fact, sources: Sequence[Source] = ()) -> None:
    """Hold the new file against the old: the same deck with one fact more, and these sources.

    Raises NoRoomError where anything else is different.
    """
    old, new = read_deck_bytes(before, "deck").deck, read_deck_bytes(after, "deck").deck
    if old is None:
        old = Deck(new.id if new else "", new.title if new else "", ())
    expected = replace(
        old,
        facts=(*(_bare(each) for each in old.facts), _bare(fact)),
        sources={**old.sources, **{source.name: source for source in sources}},
    )
    if new is None or replace(new, facts=tuple(_bare(each) for each in new.facts)) != expected:
        raise NoRoomError


def _bare(fact: Fact) -> Fact:
    return replace(fact, place=START, places={})


def _parsed(data: bytes) -> tuple[MappingNode, Written]:
    file = written(data)
    if isinstance(file, Problem):
        raise BrokenDeckError(file.place.line, file.message)
    page = page_of("\n".join(file.lines))
    if page.problems:
        raise BrokenDeckError(page.problems[0].place.line, page.problems[0].message)
    try:
        root, problems = parse(page.text, 1, vocabulary_of(page.text).keys)
    except UnreadableError as error:
        reading = read_deck_bytes(data)
        first = next((each for each in reading.problems if each.severity == "error"), None)
        place, message = (first.place, first.message) if first else (error.place, error.message)
        raise BrokenDeckError(place.line, message) from error
    if problems:
        raise BrokenDeckError(problems[0].place.line, problems[0].message)
    if not isinstance(root, MappingNode) or (root.flow and not _has_brackets(root)):
        raise BrokenDeckError(1, "a deck begins with `deck: its title`, and `facts:` on a line of its own")
    return root, file


def _has_brackets(root: MappingNode) -> bool:
    """Whether a deck that stands in braces, as JSON does, has its facts in brackets."""
    return any(
        key.text in {"facts", "cards"} and isinstance(value, SequenceNode) for key, value in root.pairs
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A key of the deck with what stands under it: its first and last line, from 1, comments below it included."""

    key: ScalarNode
    value: Node
    last: int


def _part(root: MappingNode, file: Written, names: Iterable[str]) -> _Part | None:
    wanted = set(names)
    found = None
    for number, (key, value) in enumerate(root.pairs):
        if key.text in wanted:
            following = (
                root.pairs[number + 1][0].line - 1 if number + 1 < len(root.pairs) else len(file.lines)
            )
            found = _Part(key, value, following)
    return found


# --- the fact

_DASH = re.compile(r"(\s*)-(\s*)")


def _fact_insertion(root: MappingNode, file: Written, fact: Fact, kind: Kind) -> tuple[Insertion, int]:
    """The lines of a fact and where they go, and how many lines are put in before them."""
    part = _part(root, file, ("facts", "cards"))
    if part is None:
        return _at_the_end(file, ["facts:", *entry_lines(fact, kind)]), 2
    if isinstance(part.value, SequenceNode) and part.value.flow:
        return _in_brackets(file, part, "]", entry_in_braces(fact, kind)), 0
    items = part.value.items if isinstance(part.value, SequenceNode) else []
    dash, keys, blank = _style(items, file)
    after = _last_line(file, part.key.line, part.last, dash)
    lead = [""] if blank else []
    return Insertion(after, (*lead, *entry_lines(fact, kind, dash, keys))), len(lead)


def _style(items: Sequence[Node], file: Written) -> tuple[int, int, bool]:
    """Before how many columns a fact's dash and its keys stand, and whether a blank line parts the facts."""
    placed = [(item, line) for item in items[-2:] if (line := _dash_line(item, file)) is not None]
    if not placed:
        return 2, 4, False
    item, line = placed[-1]
    found = _DASH.match(file.lines[line - 1])
    dash = len(found[1]) if found else 2
    in_block = isinstance(item, MappingNode) and not item.flow
    keys = item.column - 1 if in_block and item.column - 1 > dash else dash + 2
    return dash, keys, _is_set_apart(line, file)


def _dash_line(item: Node, file: Written) -> int | None:
    """The line of an entry's dash: that of its first key, or one above it."""
    for line in range(item.line, 0, -1):
        text = file.lines[line - 1]
        if _DASH.match(text):
            return line
        if text.strip() and not text.lstrip().startswith("#") and line != item.line:
            return None
    return None


def _is_set_apart(line: int, file: Written) -> bool:
    """Whether above an entry, and the comments that belong to it, there is a blank line."""
    above = line - 1
    while above > 0 and file.lines[above - 1].lstrip().startswith("#"):
        above -= 1
    return above > 0 and not file.lines[above - 1].strip()


def _last_line(file: Written, first: int, last: int, indent: int) -> int:
    """The last line of what is indented by `indent`, its own comments with it and those of the file without."""
    for line in range(last, first, -1):
        text = file.lines[line - 1]
        if not text.strip():
            continue
        depth = len(text) - len(text.lstrip())
        if not text.lstrip().startswith("#") or depth > indent or (depth == indent and indent > 0):
            return line
    return first


def _at_the_end(file: Written, lines: Sequence[str]) -> Insertion:
    """Below everything, a blank line between."""
    last = len(file.lines)
    while last > 1 and not file.lines[last - 1].strip():
        last -= 1
    return Insertion(last, ("", *lines))


def _in_brackets(file: Written, part: _Part, closing: str, entry: str) -> Insertion:
    """Before the bracket that closes a list, behind what stands there and a comma."""
    line, column = _closing(file, part, closing)
    before_line, before = line, file.lines[line - 1][:column].rstrip()
    if not before.strip() and line > part.key.line:
        before_line = line - 1
        while before_line > part.key.line and not _code(file.lines[before_line - 1]):
            before_line -= 1
        before = _code(file.lines[before_line - 1])
        indent = " " * (len(before) - len(before.lstrip())) if before_line > part.key.line else "  "
        comma = "" if before.endswith((",", "[", "{")) else ","
        return Insertion(before_line, (comma, indent + entry), column=len(before))
    comma = "" if before.endswith(("[", "{")) else " " if before.endswith(",") else ", "
    return Insertion(line, (comma + entry,), column=len(before))


def _closing(file: Written, part: _Part, closing: str) -> tuple[int, int]:
    for line in range(part.last, part.key.line - 1, -1):
        column = _code(file.lines[line - 1]).rfind(closing)
        if column >= 0:
            return line, column
    raise NoRoomError


def _code(text: str) -> str:
    """A line without the comment behind it; `verify` sees to the texts that have ` #` in quotes."""
    return "" if text.lstrip().startswith("#") else re.split(r"\s#", text, maxsplit=1)[0].rstrip()


# --- its sources


def _source_insertions(root: MappingNode, file: Written, sources: Sequence[Source]) -> list[Insertion]:
    if not sources:
        return []
    part = _part(root, file, ("sources",))
    if part is None:
        return [_above_the_facts(root, file, sources)]
    if isinstance(part.value, MappingNode) and part.value.flow:
        return [_in_brackets(file, part, "}", ", ".join(map(source_in_braces, sources)))]
    pairs = part.value.pairs if isinstance(part.value, MappingNode) else []
    indent = pairs[-1][0].column - 1 if pairs else 2
    after = _last_line(file, part.key.line, part.last, indent)
    return [Insertion(after, tuple(line for each in sources for line in source_lines(each, indent)))]


def _above_the_facts(root: MappingNode, file: Written, sources: Sequence[Source]) -> Insertion:
    lines = ["sources:", *(line for each in sources for line in source_lines(each))]
    part = _part(root, file, ("facts", "cards"))
    if part is None:
        return _at_the_end(file, lines)
    above = part.key.line - 1
    while above > 0 and file.lines[above - 1].startswith("#"):
        above -= 1
    return Insertion(above, (*lines, ""))
