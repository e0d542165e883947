"""The entries under `facts` as facts: which kind each is of, and what its keys hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from fasti.core.facts import Fact, Place
from fasti.decks.codes import Code
from fasti.decks.fields import read_fields
from fasti.decks.items import Item, Kinds
from fasti.decks.nodes import MappingNode, Node, ScalarNode, SequenceNode, place_of
from fasti.decks.shape import COMMON_KEYS
from fasti.decks.values import Findings
from fasti.decks.wording import listed, respelt, shown


@dataclass(slots=True)
class Entry:
    """What could be read of one entry: its kind, id and first text, and the fact that it is, good or not.

    `links`, `sources` and `ask` have the places of what the deck as a whole is asked about. `unusable`
    says that it is no fact although no problem of its own says why.
    """

    place: Place
    kind: str | None = None
    text: str = ""
    id: str | None = None
    fact: Fact | None = None
    links: Sequence[tuple[str, Place]] = ()
    sources: Sequence[tuple[str, Place]] = ()
    ask: Place | None = None
    unusable: bool = False


def read_entry(item: Item, kinds: Kinds, found: Findings) -> Entry:
    """The entry that an item is; its fact has whatever could be read, problems or not."""
    entry = Entry(place_of(item.node))
    if not isinstance(item.node, MappingNode):
        _tell_no_fact(item.node, kinds, entry, found)
        return entry
    if not item.pairs:
        found.error(
            entry.place, Code.NOT_A_FACT, "this entry is empty; a fact begins with its kind: `event: …`"
        )
        return entry
    entry.place = place_of(item.pairs[0][0])
    entry.kind = item.kind or _kind_of(item, kinds, found)
    kind = kinds.by_name.get(entry.kind or "")
    if kind is None:
        entry.unusable = entry.kind is not None
        _note_unknown(item, kinds, entry)
        return entry
    fact, entry.links, entry.sources, entry.ask = read_fields(item, kind, kinds, found)
    entry.fact, entry.id, entry.text = fact, fact.id, fact.text(kind.fields[0].name)
    return entry


def _tell_no_fact(node: Node, kinds: Kinds, entry: Entry, found: Findings) -> None:
    if isinstance(node, SequenceNode):
        message = (
            "a fact is keys and values and this is a list; one dash is enough, then the kind: `- event: …`"
        )
        found.error(entry.place, Code.NOT_A_FACT, message)
        return
    if not isinstance(node, ScalarNode) or node.broken:
        entry.text = node.text if isinstance(node, ScalarNode) else ""
        entry.unusable = True
        return
    word, colon, rest = node.text.partition(":")
    if colon and word in kinds.by_name:
        entry.kind, entry.text = word, rest.strip()
        message = f"a space is missing after the colon; write {shown(f'{word}: {rest.strip()}')}"
        found.error(Place(node.line, node.column + len(word) + 1), Code.MISSING_SPACE, message)
        return
    entry.text = node.text
    message = (
        f"a fact begins with its kind, a colon and a space, such as {shown('event: ' + (node.text or '…'))}"
    )
    found.error(entry.place, Code.NOT_A_FACT, message)


def _kind_of(item: Item, kinds: Kinds, found: Findings) -> str | None:
    """The kind that an entry's keys say it is of, or None where that is told of as a problem."""
    present = [key.text for key, _ in item.pairs if key.text in kinds.by_name]
    if len(present) == 1:
        return present[0]
    names = [key.text for key, _ in item.pairs]
    if present:
        complete = [name for name in present if set(kinds.required(name)) <= set(names)]
        first = present[0]
        if first in complete or not complete:
            return first
        return next((name for name in complete if first in kinds.own_keys(name)), first)
    key = item.pairs[0][0]
    if key.broken:
        return None
    owners = _owners(names, kinds)
    guess = None if owners else found.meant(key.text, kinds.by_name)
    if len(owners) == 1:
        advice = f"begin it with `{owners[0]}:`, whose key {shown(key.text)} is"
    elif guess:
        advice = f"did you mean `{guess}`?"
    else:
        advice = f"a fact begins with {listed(kinds.by_name)}"
    message = f"{shown(key.text)} is not a kind of fact; {advice}"
    found.error(place_of(key), Code.UNKNOWN_KIND, message, respelt(key.text, guess, place_of(key)))
    return guess


def _owners(names: list[str], kinds: Kinds) -> list[str]:
    """The kinds to which all of an entry's own keys belong."""
    own = [name for name in names if name not in COMMON_KEYS]
    return [kind for kind in kinds.with_key(own[0]) if set(own) <= set(kinds.own_keys(kind))] if own else []


def _note_unknown(item: Item, kinds: Kinds, entry: Entry) -> None:
    """Of an entry whose kind is not known: its id, and the text that it begins with."""
    for number, (key, value) in enumerate(item.pairs):
        if not isinstance(value, ScalarNode):
            continue
        if key.text == "id":
            entry.id = value.text.strip()
        elif number == 0 or key.text in kinds.by_name:
            entry.text = value.text.strip()
    entry.unusable = entry.unusable or item.pairs[0][0].broken
