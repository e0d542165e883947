"""Reading a deck file: its facts, and everything that is wrong with it, at once."""

import re
from bisect import bisect_right
from typing import NamedTuple

from fasti.core.facts import START, Deck, Place, Problem
from fasti.core.kinds import BUILT_IN
from fasti.decks.codes import Code
from fasti.decks.entries import read_entry
from fasti.decks.header import deck_id, header_of
from fasti.decks.items import Item, Kinds, items_under, take_in
from fasti.decks.lost import lost_texts
from fasti.decks.nodes import (
    BROKEN,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    UnreadableError,
    no_collection,
    parse,
    place_of,
)
from fasti.decks.page import Page, decoded, page_of
from fasti.decks.pieces import Vocabulary
from fasti.decks.recovery import Recovered, in_file, recover
from fasti.decks.references import check_cards, check_ids, check_links, check_same_facts, check_sources
from fasti.decks.shape import CARD, COMMON_KEYS, DECK_KEYS, FIELD_KEYS, KIND, SOURCE
from fasti.decks.values import Findings
from fasti.decks.wording import meant

MOST_PROBLEMS = 1000
"""How many problems of one file are listed."""


class Damaged(NamedTuple):
    """A fact that has an error and so is not in the deck, with what could be read of it.

    `text` is what stands in its kind's first field; `id` and `kind` are None where they are not known.
    """

    id: str | None
    kind: str | None
    text: str
    place: Place


class Reading(NamedTuple):
    """What a deck file says. `deck` is None where nothing in the file could be used as one."""

    deck: Deck | None
    problems: tuple[Problem, ...]
    damaged: tuple[Damaged, ...] = ()


def read_deck_bytes(data: bytes, name_hint: str = "") -> Reading:
    """The deck that a file's bytes are: UTF-8, or UTF-16 with a byte-order mark. Never raises for its content.

    `name_hint`, the file's name without its ending, names a deck that has no title.
    """
    text = decoded(data)
    if isinstance(text, Problem):
        return Reading(None, (text,))
    return read_deck(text, name_hint)


def read_deck(text: str, name_hint: str = "") -> Reading:
    """The deck that a text is, with all its problems in the order of their places. Never raises for its content.

    A fact with an error is left out of the deck and told of in `damaged`; the others are not touched by it.
    """
    with no_collection():
        return _read(page_of(text), name_hint)


def _read(page: Page, name_hint: str) -> Reading:
    words = _vocabulary(page.text)
    found = Findings(page.lines)
    try:
        root, problems = parse(page.text, 1, words.keys)
        recovered = Recovered(root, problems)
    except UnreadableError as error:
        if error.code is Code.TOO_LARGE:
            return Reading(None, (Problem(error.place, error.code, error.message),))
        recovered = recover(found.lines, words, error)
    recovered.problems += page.problems
    found.problems += lost_texts(recovered.root, page.text)
    mapping = _deck_mapping(recovered.root, words, found)
    if mapping is None:
        return Reading(None, _listed(_sorted(found.problems, recovered)))
    return _deck(mapping, words, recovered, found, name_hint)


def _deck(
    root: MappingNode, words: Vocabulary, recovered: Recovered, found: Findings, name_hint: str
) -> Reading:
    header = header_of(root, words.keys, found)
    kinds = Kinds({**BUILT_IN, **header.kinds})
    items = [item for key, value in header.facts for item in items_under(key, value, kinds, found)]
    take_in(header.strays, items, found)
    if not header.facts:
        found.error(
            START, Code.NO_FACTS, "the deck has no facts; they stand under `facts:`, each with a dash"
        )
    entries = [read_entry(item, kinds, found) for item in items]
    check_ids(entries, found)
    check_links(entries, found)
    check_sources(entries, header.sources, header.source_places, found)
    check_same_facts(entries, kinds.by_name, found)
    check_cards(entries, kinds.by_name, found)
    owners = _Owners(items, header.ends)
    _tell_tabs(found.lines, recovered, owners)
    problems = _sorted(found.problems, recovered)
    damaged = {owners.of(problem.place) for problem in problems if problem.severity == "error"}
    deck = Deck(
        id=deck_id(header, name_hint),
        title=header.title or name_hint or deck_id(header, name_hint),
        facts=tuple(
            entry.fact
            for number, entry in enumerate(entries)
            if entry.fact and number not in damaged and not entry.unusable
        ),
        kinds={name: kind for name, kind in header.kinds.items() if kind},
        sources={name: source for name, source in header.sources.items() if source},
        author=header.texts.get("author", ""),
        language=header.texts.get("language", ""),
        description=header.texts.get("description", ""),
        licence=header.texts.get("licence", ""),
        tags=header.tags,
        named=header.texts.get("id", "") == deck_id(header, name_hint) and "id" in header.texts,
    )
    lost = tuple(
        Damaged(entry.id, entry.kind, entry.text, entry.place)
        for number, entry in enumerate(entries)
        if number in damaged or entry.unusable or entry.fact is None
    )
    return Reading(deck, _listed(problems), lost)


class _Owners:
    """Which entry a place in the file belongs to."""

    def __init__(self, items: list[Item], ends: list[Place]) -> None:
        begins = [(item.begin, number) for number, item in enumerate(items)]
        marks = sorted([*begins, *((end, -1) for end in ends)])
        self._places = [place for place, _ in marks]
        self._numbers = [number for _, number in marks]

    def of(self, place: Place) -> int:
        """The number of the entry in whose lines a place lies, or -1."""
        at = bisect_right(self._places, place) - 1
        return self._numbers[at] if at >= 0 else -1

    def lines(self, place: Place) -> tuple[int, int]:
        """The first line of the entry in which a place lies, and the line behind its last."""
        at = bisect_right(self._places, place) - 1
        last = self._places[at + 1].line if at + 1 < len(self._places) else place.line + 10_000
        return (self._places[at].line if at >= 0 else 1), last


def _tell_tabs(lines: list[str], recovered: Recovered, owners: _Owners) -> None:
    """One problem for each fact that tabs indent; a tab inside a longer text harms nothing."""
    told: set[int] = set()
    for line, column in sorted(recovered.tabs.items()):
        owner = owners.of(Place(line, column))
        if owner in told or (owner >= 0 and _is_yaml(lines, *owners.lines(Place(line, column)))):
            continue
        told.add(owner)
        message = "this line is indented with a tab; use spaces, the same number as the lines beside it"
        recovered.problems.append(Problem(Place(line, column), Code.TAB_INDENT, message))


def _is_yaml(lines: list[str], first: int, behind: int) -> bool:
    try:
        parse("\n".join(lines[first - 1 : behind - 1]))
    except UnreadableError:
        return False
    return True


def _sorted(found: list[Problem], recovered: Recovered) -> list[Problem]:
    """All problems by their places, each once, in the columns of the file."""
    moved = [in_file(problem, recovered.shifts) for problem in found]
    problems = [*recovered.problems, *_causes(moved, recovered)]
    once = {(problem.place, problem.code): problem for problem in reversed(problems)}
    return sorted(once.values(), key=lambda problem: (problem.place, problem.code))


def _causes(found: list[Problem], recovered: Recovered) -> list[Problem]:
    """Without what only follows from text that is not YAML: one mistake, one problem."""
    errors = [problem for problem in recovered.problems if problem.severity == "error"]
    if not errors:
        return found
    places = {problem.place for problem in errors}
    lines = {problem.place.line for problem in errors}

    def follows(problem: Problem) -> bool:
        line = problem.place.line
        if problem.code == Code.EMPTY_VALUE:
            return not lines.isdisjoint(range(line, line + 3))
        if problem.code in {Code.MISSING_FIELD, Code.SAME_FACT}:
            return False
        return problem.place in places or line in recovered.tabs

    return [problem for problem in found if not follows(problem)]


def _listed(problems: list[Problem]) -> tuple[Problem, ...]:
    """As many problems as help."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    message = f"there are {len(problems) - MOST_PROBLEMS:,} more problems; put these right first"
    last = Problem(problems[MOST_PROBLEMS].place, Code.TOO_MANY_PROBLEMS, message)
    return (*problems[:MOST_PROBLEMS], last)


def _deck_mapping(root: Node, words: Vocabulary, found: Findings) -> MappingNode | None:
    """The file's keys, or None where it cannot be used as a deck."""
    if isinstance(root, SequenceNode):
        found.error(START, Code.NOT_A_DECK, f"these are facts without a deck; it begins with {_FORM}")
        place = place_of(root)
        # The title is told of; what stands in for it is told of no more.
        title = (ScalarNode("deck", *START), ScalarNode("", *START, BROKEN))
        return MappingNode([title, (ScalarNode("facts", *START), root)], *place)
    if isinstance(root, ScalarNode):
        if not root.broken:
            what = "this is not a deck" if root.text.strip() else "the file is empty"
            found.error(
                place_of(root) if root.text else START, Code.NOT_A_DECK, f"{what}; a deck begins with {_FORM}"
            )
        return None
    names = [key.text for key, _ in root.pairs]
    if not any(name in DECK_KEYS or meant(name, DECK_KEYS) for name in names):
        found.error(place_of(root), Code.NOT_A_DECK, f"this is not a deck; a deck begins with {_FORM}")
        return None
    return root


_FORM = "`deck: its title`, then `facts:` and below it each fact with a dash"


def _vocabulary(text: str) -> Vocabulary:
    """The keys that may stand in a deck, its own kinds' too: of those, every word in the declarations."""
    kinds = {name: frozenset(field.name for field in kind.fields) for name, kind in BUILT_IN.items()}
    words: set[str] = set()
    if "kinds:" in text and (declared := _KINDS.search(text)):
        words = set(_WORD.findall(declared[1]))
        kinds |= {name: frozenset(words) for name in _KIND_NAME.findall(declared[1]) if name in words}
    outside = {field.name for field in (*CARD, *SOURCE)} | set(KIND)
    keys = FIELD_KEYS | words | set(COMMON_KEYS) | set(DECK_KEYS) | outside
    return Vocabulary(
        frozenset(kinds),
        frozenset(keys),
        frozenset(DECK_KEYS),
        lambda kind, name: name in kinds.get(kind, ()),
    )


_KINDS = re.compile(r"^kinds:[^\n]*\n((?:(?:[ \t#][^\n]*)?\n)*)", re.MULTILINE)
_KIND_NAME = re.compile(r"^ {1,8}([^\W\d][\w -]*):", re.MULTILINE)
_WORD = re.compile(r"[^\W\d][\w-]*(?: [\w-]+)*")
