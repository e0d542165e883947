"""The entries under `facts`, told apart: where each begins, and where a dash is missing or one too many."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from fasti.core.facts import Place
from fasti.core.kinds import COMMON, Field, Kind
from fasti.decks.codes import Code
from fasti.decks.nodes import MappingNode, Node, ScalarNode, SequenceNode, place_of
from fasti.decks.values import Findings
from fasti.decks.wording import shown


class Item(NamedTuple):
    """One entry as it stands: its keys and values, or the node that is no mapping.

    `kind` is the kind that it is of where only one of its keys is a kind; otherwise that is still to be found out.
    """

    begin: Place
    node: Node
    pairs: list[tuple[ScalarNode, Node]]
    kind: str | None = None


class Kinds:
    """The kinds of a deck: those that every deck has and its own; None for one that cannot be used."""

    def __init__(self, kinds: Mapping[str, Kind | None]) -> None:
        self.by_name = kinds
        self._common = {declared.name: declared for declared in COMMON}
        self._fields = {
            name: {**self._common, **{declared.name: declared for declared in kind.fields}}
            for name, kind in kinds.items()
            if kind
        }
        self._own_keys = {
            name: tuple(each.name for each in kind.fields) for name, kind in kinds.items() if kind
        }
        self._required = {
            name: tuple(each.name for each in kind.fields if each.required)
            for name, kind in kinds.items()
            if kind
        }

        self._with_key: dict[str, list[str]] = {}
        for name, keys in self._own_keys.items():
            for key in dict.fromkeys(keys):
                self._with_key.setdefault(key, []).append(name)

    def fields(self, kind: str) -> Mapping[str, Field]:
        """Every key that a kind takes, by name."""
        return self._fields[kind]

    def own_keys(self, kind: str) -> tuple[str, ...]:
        """The keys that a kind takes besides those of every fact."""
        return self._own_keys.get(kind, ())

    def required(self, kind: str) -> tuple[str, ...]:
        """The keys without which there is no fact of the kind."""
        return self._required.get(kind, ())

    def with_key(self, key: str) -> list[str]:
        """The kinds that take a key of their own."""
        return self._with_key.get(key, [])


def items_under(key: ScalarNode, value: Node, kinds: Kinds, found: Findings) -> list[Item]:
    """The entries under `facts`, whatever stands there."""
    if isinstance(value, SequenceNode):
        if not value.items:
            found.error(place_of(key), Code.NO_FACTS, _NO_FACTS)
        return _items(value.items, value.flow, kinds, found)
    if isinstance(value, MappingNode):
        return _items_of_mapping(value, kinds, found)
    if value.text.strip():
        if not value.broken:
            found.error(place_of(value), Code.NOT_A_FACT, _NO_LIST)
        return []
    if not value.broken:
        found.error(place_of(key), Code.NO_FACTS, _NO_FACTS)
    return []


def take_in(strays: list[tuple[ScalarNode, Node]], items: list[Item], found: Findings) -> None:
    """Give each key of a fact that stands at the left edge to the fact above it."""
    begins = [item.begin for item in items]
    for key, value in strays:
        message = (
            f"{shown(key.text)} is no key of a deck; if it belongs to the fact above, indent it like its keys"
        )
        found.error(place_of(key), Code.WRONG_INDENT, message)
        above = bisect_left(begins, place_of(key)) - 1
        if above >= 0:
            items[above].pairs.append((key, value))
            items[above] = items[above]._replace(kind=None)


_NO_FACTS = "there are no facts here; each begins on a line of its own with a dash and its kind: `- event: …`"
_NO_LIST = "facts are a list; each begins on a line of its own with a dash and its kind: `- event: …`"


def _items_of_mapping(node: MappingNode, kinds: Kinds, found: Findings) -> list[Item]:
    """The facts of a list whose dashes are missing, or stand too close to what follows."""
    dashed = [key for key, _ in node.pairs if _DASH.match(key.text)]
    if dashed:
        for key in dashed:
            _tell_dash(key, found)
        return _cut_at_dashes(node)
    if any(key.text in kinds.by_name for key, _ in node.pairs):
        key = node.pairs[0][0]
        message = f"a fact begins with a dash and a space: {shown('- ' + key.text + ': …')}"
        found.error(place_of(key), Code.MISSING_DASH, message)
        return _items([node], node.flow, kinds, found)
    found.error(place_of(node), Code.NOT_A_FACT, _NO_LIST)
    return [
        Item(Place(key.line, 1), value, value.pairs)
        for key, value in node.pairs
        if isinstance(value, MappingNode)
    ]


# What word processors, and people, write for the hyphen that begins an entry.
_DASH = re.compile(r"(?:-|[–—−•·]|[0-9]{1,4}[.)](?=\s))+\s*")


def _tell_dash(key: ScalarNode, found: Findings) -> None:
    written = shown(f"- {_undashed(key.text)}: …")
    if key.text.startswith("-"):
        message = f"a space is missing after the dash; write {written}"
        found.error(place_of(key), Code.MISSING_SPACE, message)
    else:
        message = f"a fact begins with a dash and a space: {written}"
        found.error(place_of(key), Code.MISSING_DASH, message)


def _undashed(text: str) -> str:
    return _DASH.sub("", text, count=1)


def _cut_at_dashes(node: MappingNode) -> list[Item]:
    items: list[Item] = []
    for key, value in node.pairs:
        if _DASH.match(key.text) or not items:
            items.append(Item(Place(key.line, 1), node, []))
        items[-1].pairs.append((key._replace(text=_undashed(key.text)), value))
    return items


def _items(nodes: list[Node], flow: bool, kinds: Kinds, found: Findings) -> list[Item]:
    """The entries of a list, put right where a dash is missing or one too many."""
    items: list[Item] = []
    torn = False
    for node in nodes:
        if not isinstance(node, MappingNode):
            items.append(Item(_begin(node, flow), node, []))
            torn = False
            continue
        present = [key.text for key, _ in node.pairs if key.text in kinds.by_name]
        if len(present) == 1:
            # As nearly every fact is: nothing to be cut, and nothing of it is the rest of the one above.
            items.append(Item(_begin(node, flow), node, node.pairs.copy(), present[0]))
            torn = False
            continue
        for number, pairs in enumerate(_split(node, kinds)):
            key = pairs[0][0] if pairs else ScalarNode("", node.line, node.column)
            if number:
                message = f"a fact begins with a dash and a space: {shown('- ' + key.text + ': …')}"
                found.error(place_of(key), Code.MISSING_DASH, message)
                items.append(Item(Place(key.line, 1), node, pairs))
            elif items and _belongs_above(items[-1], pairs, kinds, torn=torn):
                torn = True
                message = f"{shown(key.text)} belongs to the fact above; take the dash before it away"
                found.error(place_of(key), Code.EXTRA_DASH, message)
                items[-1].pairs.extend(pairs)
            else:
                items.append(Item(_begin(node, flow), node, pairs))
                torn = False
    return items


def _begin(node: Node, flow: bool) -> Place:
    """Where the lines of an entry begin: with the line, unless others may stand before it there."""
    return place_of(node) if flow else Place(node.line, 1)


def _split(node: MappingNode, kinds: Kinds) -> list[list[tuple[ScalarNode, Node]]]:
    """The keys of an entry, cut where a kind begins that can only be another fact's."""
    names = [key.text for key, _ in node.pairs]
    if node.flow or sum(name in kinds.by_name for name in names) < 2:
        return [list(node.pairs)]
    starts = [0]
    for number, name in enumerate(names):
        if number and name in kinds.by_name and _begins_another(names, starts[-1], number, kinds):
            starts.append(number)
    return [node.pairs[one:other] for one, other in zip(starts, [*starts[1:], None], strict=True)]


def _begins_another(names: list[str], start: int, number: int, kinds: Kinds) -> bool:
    # No kind has more keys than these, with those of every fact.
    before, name, after = names[start:number][-40:], names[number], names[number + 1 : number + 40]
    first = next((other for other in before if other in kinds.by_name), None)
    if first is None or (name not in before and name in kinds.own_keys(first)):
        return False
    if name not in before and first in kinds.own_keys(name) and first not in after:
        return False
    if name in before:
        return True
    others = set(kinds.required(name)) - {name}
    return bool(others & set(after)) and not others & set(kinds.own_keys(first))


def _belongs_above(above: Item, pairs: list[tuple[ScalarNode, Node]], kinds: Kinds, *, torn: bool) -> bool:
    """Whether keys after a dash are no fact but the rest of the one above: what it lacks.

    `torn` says that the fact above was put together from several entries already.
    """
    names = [key.text for key, _ in pairs]
    if any(name in kinds.by_name for name in names):
        return False
    given = {key.text for key, _ in above.pairs}
    kind = next((key.text for key, _ in above.pairs if kinds.by_name.get(key.text)), None)
    if kind is None or not names or given & set(names):
        return False
    lacking = set(kinds.required(kind)) - given
    return (torn or bool(lacking & set(names))) and set(names) <= set(kinds.fields(kind))
