"""A deck's own keys: title, id, sources, kinds, and where its facts are."""

from dataclasses import dataclass, field

from fasti.core.facts import START, Place, Source
from fasti.core.kinds import Form, Kind
from fasti.core.text import slug
from fasti.decks.codes import Code
from fasti.decks.names import bad_name
from fasti.decks.nodes import MappingNode, Node, ScalarNode, SequenceNode, place_of
from fasti.decks.own_kinds import kinds_of
from fasti.decks.shape import DECK, DECK_KEYS, SOURCE
from fasti.decks.values import (
    Findings,
    given_once,
    mapping_of,
    tell_duplicate,
    tell_unknown,
    text_of,
    texts_of,
    understood,
)
from fasti.decks.vocabulary import Vocabulary
from fasti.decks.wording import listed, shown


@dataclass(slots=True)
class Header:
    """What a deck says of itself.

    `texts` has the texts of its keys by name, `sources` and `kinds` None for those that cannot be used.
    `facts` are the nodes under `facts`, and `strays` the keys of facts that stand at the left edge below
    them. `ends` are the places of the deck's keys, which no fact reaches over.
    """

    texts: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    sources: dict[str, Source | None] = field(default_factory=dict)
    source_places: dict[str, Place] = field(default_factory=dict)
    kinds: dict[str, Kind | None] = field(default_factory=dict)
    facts: list[tuple[ScalarNode, Node]] = field(default_factory=list)
    strays: list[tuple[ScalarNode, Node]] = field(default_factory=list)
    ends: list[Place] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The deck's title, or the empty string."""
        return self.texts.get("deck", "")


def header_of(root: MappingNode, words: Vocabulary, found: Findings) -> Header:
    """A deck's keys. Keys of facts that stand among them, and facts under other keys, are told of and kept."""
    header = Header()
    given: dict[str, tuple[ScalarNode, Node]] = {}
    present = {key.text for key, _ in root.pairs}
    for key, value in root.pairs:
        if key.broken:
            continue
        name: str | None = key.text
        if name not in DECK_KEYS:
            name = _other_key(key, value, header, present, words, found)
            if name is None:
                continue
        header.ends.append(place_of(key))
        if name in given:
            tell_duplicate(key, given[name][0], found)
            continue
        given[name] = (key, value)
        if name in {"facts", "cards"}:
            header.facts.append((key, value))
    _read_texts(header, given, found)
    if "sources" in given:
        _read_sources(header, *given["sources"], found)
    if "kinds" in given:
        header.kinds = kinds_of(*given["kinds"], found)
    return header


def _other_key(
    key: ScalarNode, value: Node, header: Header, present: set[str], words: Vocabulary, found: Findings
) -> str | None:
    """The deck's key that was meant by one that it does not have, or None where that is another matter."""
    if _holds_facts(value, words):
        header.ends.append(place_of(key))
        header.facts.append((key, value))
        message = f"{shown(key.text)} is not a key of a deck; the facts below it belong under `facts`"
        found.error(place_of(key), Code.UNKNOWN_KEY, message)
        return None
    if header.facts and key.text in words.keys:
        header.strays.append((key, value))
        return None
    guess = found.meant(key.text, [other for other in DECK_KEYS if other not in present])
    tell_unknown(key, "a deck", guess, DECK_KEYS, found)
    if guess is None:
        header.ends.append(place_of(key))
    return guess


def _holds_facts(value: Node, words: Vocabulary) -> bool:
    return isinstance(value, SequenceNode) and any(
        key.text in words.kinds
        for item in value.items
        if isinstance(item, MappingNode)
        for key, _ in item.pairs
    )


def deck_id(header: Header, name_hint: str) -> str:
    """The deck's id: its own, else made from its title, else from the file's name."""
    given = header.texts.get("id", "")
    if given and not bad_name(given):
        return given
    return slug(header.title) or slug(name_hint) or "deck"


def _read_texts(header: Header, given: dict[str, tuple[ScalarNode, Node]], found: Findings) -> None:
    for declared in DECK:
        if declared.name not in given:
            if declared.required:
                found.error(
                    START, Code.NO_TITLE, "the deck has no title; begin the file with `deck: its title`"
                )
            continue
        key, value = given[declared.name]
        if declared.form is Form.TEXTS:
            header.tags = tuple(text for text, _ in texts_of(value, key, found, declared))
            continue
        text = text_of(value, key, found, required=declared.required)
        if declared.name == "id" and text and (reason := bad_name(text)):
            found.error(place_of(value), Code.BAD_ID, f"the id {shown(text)} {reason}")
        header.texts[declared.name] = " ".join(text.split()) if declared.required else text


def _read_sources(header: Header, key: ScalarNode, value: Node, found: Findings) -> None:
    node = mapping_of(value, key, "short-name: Author, Title (1999)", found)
    if node is None:
        return
    for name, (name_node, work) in given_once(node, found).items():
        header.source_places[name] = place_of(name_node)
        if "," in name or not name.strip():
            message = f"the short name {shown(name)} has a comma, where facts begin the place in the work"
            message = message if name.strip() else "a work needs a short name before the colon"
            found.error(place_of(name_node), Code.BAD_SOURCE_NAME, message)
        header.sources[name] = _source(name_node, work, found)


def _source(name: ScalarNode, work: Node, found: Findings) -> Source | None:
    if isinstance(work, MappingNode):
        values = understood(work, tuple(declared.name for declared in SOURCE), "a source", found)
        texts = {
            each: text_of(value, key, found, required=each == "title")
            for each, (key, value) in values.items()
        }
        broken = any(key.broken for key, _ in work.pairs)
        if "title" not in texts and not broken:
            message = f"the source {shown(name.text)} has no `title`"
            found.error(place_of(name), Code.MISSING_FIELD, message)
        return Source(name.text, **texts) if texts.get("title") else None
    if isinstance(work, SequenceNode):
        message = f"a source is one text, or keys and values: {listed((each.name for each in SOURCE), 'and')}"
        found.error(place_of(work), Code.LIST_FOR_TEXT, message)
        return None
    text = text_of(work, name, found, required=True)
    return Source(name.text, text) if text else None
