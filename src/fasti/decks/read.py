"""Reading a deck file: its facts, and everything that is wrong with it, at once."""

from typing import NamedTuple

from fasti.core.facts import START, Deck, Place, Problem
from fasti.core.kinds import BUILT_IN
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.decks.codes import Code
from fasti.decks.consequences import in_order, listed
from fasti.decks.entries import read_entry
from fasti.decks.header import deck_id, header_of
from fasti.decks.items import Kinds, items_under, take_in
from fasti.decks.lost import lost_texts
from fasti.decks.nodes import (
    BROKEN,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    UnreadableError,
    parse,
    place_of,
)
from fasti.decks.owners import Owners
from fasti.decks.page import Page, decoded, page_of
from fasti.decks.recovery import Recovered, recover
from fasti.decks.references import check_cards, check_ids, check_links, check_same_facts, check_sources
from fasti.decks.shape import DECK_KEYS
from fasti.decks.tabs import tab_problems
from fasti.decks.values import Findings
from fasti.decks.vocabulary import Vocabulary, vocabulary_of
from fasti.garbage import no_collection


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

    @property
    def holds_facts(self) -> bool:
        """Whether there is a fact in it, be it in error: many a YAML file is no deck."""
        return bool(self.deck and self.deck.facts) or any(lost.kind for lost in self.damaged)


def read_deck_bytes(data: bytes, name_hint: str = "", onlooker: Onlooker = nobody) -> Reading:
    """The deck that a file's bytes are: UTF-8, or UTF-16 with a byte-order mark. Never raises for its content.

    `name_hint`, the file's name without its ending, names a deck that has no title.
    """
    text = decoded(data)
    if isinstance(text, Problem):
        return Reading(None, (text,))
    return read_deck(text, name_hint, onlooker)


def read_deck(text: str, name_hint: str = "", onlooker: Onlooker = nobody) -> Reading:
    """The deck that a text is, with all its problems in the order of their places. Never raises for its content.

    A fact with an error is left out of the deck and told of in `damaged`; the others are not touched by it.
    """
    with no_collection():
        return _read(page_of(text), name_hint, onlooker)


def _read(page: Page, name_hint: str, onlooker: Onlooker) -> Reading:
    words = vocabulary_of(page.text)
    found = Findings(page)
    try:
        root, problems = parse(page.text, 1, words.keys, onlooker)
        recovered = Recovered(root, problems)
    except UnreadableError as error:
        if error.code is Code.TOO_LARGE:
            return Reading(None, (Problem(error.place, error.code, error.message),))
        recovered = recover(found.lines, words, error)
    recovered.problems += page.problems
    found.problems += lost_texts(recovered.root, page.text)
    mapping = _deck_mapping(recovered.root, words, found)
    if mapping is None:
        return Reading(None, listed(in_order(found.problems, recovered)))
    return _deck(mapping, words, recovered, found, name_hint, onlooker)


def _deck(
    root: MappingNode,
    words: Vocabulary,
    recovered: Recovered,
    found: Findings,
    name_hint: str,
    onlooker: Onlooker,
) -> Reading:
    header = header_of(root, words, found)
    kinds = Kinds({**BUILT_IN, **header.kinds})
    items = [item for key, value in header.facts for item in items_under(key, value, kinds, found)]
    take_in(header.strays, items, found)
    if not header.facts:
        found.error(
            START, Code.NO_FACTS, "the deck has no facts; they stand under `facts:`, each with a dash"
        )
    doing = f"Reading {header.title or name_hint}".strip()
    entries = [read_entry(item, kinds, found) for item in told(items, onlooker, doing, "facts")]
    check_ids(entries, found)
    check_links(entries, found)
    check_sources(entries, header.sources, header.source_places, found)
    check_same_facts(entries, kinds.by_name, found)
    check_cards(entries, kinds.by_name, found)
    owners = Owners(items, header.ends)
    if recovered.tabs:
        recovered.problems += tab_problems(recovered.tabs, found.lines, owners)
    problems = in_order(found.problems, recovered)
    damaged = {
        owners.of(problem.place)
        for problem in problems
        if problem.severity == "error" and problem.code != Code.SEVERAL_DOCUMENTS
    }
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
    return Reading(deck, listed(problems), lost)


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
    if not any(name in DECK_KEYS or found.meant(name, DECK_KEYS) for name in names):
        found.error(place_of(root), Code.NOT_A_DECK, f"this is not a deck; a deck begins with {_FORM}")
        return None
    return root


_FORM = "`deck: its title`, then `facts:` and below it each fact with a dash"
