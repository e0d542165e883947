"""Notes of other people's Anki decks as a deck of facts that a teacher would have written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fasti.core.cards import card_names
from fasti.core.facts import Deck, Fact
from fasti.core.kinds import BUILT_IN, Kind
from fasti.core.links import Links
from fasti.core.text import slug
from fasti.exchange.collection import AnkiDeck, Collection, NoteType
from fasti.exchange.converted import CardName, Converted
from fasti.exchange.foreign.losses import (
    EMPTY_NOTE,
    NO_TEMPLATE,
    NO_WORDS,
    OCCLUSIONS,
    SAME_CARD,
    SCRIPTS,
    SPEECH,
    Losses,
)
from fasti.exchange.foreign.names import name_of_guid
from fasti.exchange.foreign.note_facts import Draft, NoteFacts
from fasti.exchange.foreign.note_plans import Plan, plan_of
from fasti.exchange.foreign.notes import ForeignNote, notes_of, template_of
from fasti.exchange.foreign.pictures import Pictures
from fasti.exchange.foreign.sources import short_sources
from fasti.exchange.plain_text import plain, plain_text, tidy
from fasti.exchange.templates import parts_of


def facts_of(collection: Collection, title: str) -> Converted:
    """A deck made of the notes of a collection; `title` is its title where the collection's decks have none in common.

    Facts are named by the notes' guids. What cannot be carried is told of in `left_out`.
    """
    notes = notes_of(collection)
    losses = Losses()
    root = _root(collection, notes)
    name = _line("::".join(root)) or _line(title) or "Anki"
    deck_id = slug(name) or slug(title) or "deck"
    pictures = Pictures(collection.media, deck_id)
    plans = _plans(notes)
    ids = _Ids()
    facts: list[Fact] = []
    cards: dict[int, CardName] = {}
    kinds = {plan.own.kind.name: plan.own.kind for plan in plans.values() if plan.own}
    for note in _by_unit(collection, notes, root):
        if plans[note.type.id].occluded:
            losses.add(OCCLUSIONS, note.note.id, note.name, max(1, len(note.cards)))
            continue
        drafts = NoteFacts(note, plans[note.type.id], pictures, losses).drafts()
        start = ids.name(note)
        unit = _unit(collection, note, root)
        made = [_named(draft, f"{start}{draft.suffix}", unit, note) for draft in drafts]
        _take_cards(note, drafts, made, {**BUILT_IN, **kinds}, deck_id, cards, losses)
        facts += made
        if not made:
            losses.add(EMPTY_NOTE, note.note.id, note.name)
    _tell_of_templates(plans.values(), losses)
    common = _common_tags(facts)
    used = {fact.kind for fact in facts}
    deck = Deck(
        deck_id,
        name,
        tuple(replace(fact, tags=tuple(tag for tag in fact.tags if tag not in common)) for fact in facts),
        kinds={name: kind for name, kind in kinds.items() if name in used},
        sources=short_sources(facts),
        description=_description(collection.decks.values(), root),
        tags=common,
        named=True,
    )
    return Converted([deck], cards, media=pictures.files, left_out=losses.sentences())


_STATES = frozenset({"leech", "marked"})
_LONGEST_NAME = 500
_NO_LINKS = Links((), {})


class _Ids:
    """Names of facts by guid: the same for the same note whenever it comes."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def name(self, note: ForeignNote) -> str:
        own = (note.note.guid,) if note.note.guid else ("", str(note.note.id))
        name = name_of_guid(*own)
        self._taken[name] += 1
        return name if self._taken[name] == 1 else f"{name}-again-{self._taken[name]}"


def _plans(notes: Sequence[ForeignNote]) -> dict[int, Plan]:
    by_type: dict[int, list[ForeignNote]] = defaultdict(list)
    for note in notes:
        by_type[note.type.id].append(note)
    plans: dict[int, Plan] = {}
    taken: set[str] = set()
    for key, group in by_type.items():
        plans[key] = plan_of(group[0].type, group, taken)
        if own := plans[key].own:
            taken.add(own.kind.name)
    return plans


def _deck_parts(collection: Collection, note: ForeignNote) -> tuple[str, ...]:
    """The parts of the name of a note's home deck, from where its first card is; empty where that is not known."""
    for card in note.cards:
        deck = collection.decks.get(card.original_deck or card.deck)
        if deck:
            return tuple(part for part in map(_line, deck.name.split("::")) if part)
    return ()


def _line(text: str) -> str:
    """A name on one line, of a length that a person would give it."""
    return tidy(text).replace("\n", " ")[:_LONGEST_NAME].strip()


def _root(collection: Collection, notes: Sequence[ForeignNote]) -> tuple[str, ...]:
    """What the names of the decks of all notes begin with."""
    names = {parts for note in notes if (parts := _deck_parts(collection, note))}
    if not names:
        return ()
    first, *others = names
    length = len(first)
    for parts in others:
        length = min(length, len(parts))
        while parts[:length] != first[:length]:
            length -= 1
    return () if first[:length] == ("Default",) else first[:length]


def _unit(collection: Collection, note: ForeignNote, root: tuple[str, ...]) -> str:
    parts = _deck_parts(collection, note)[len(root) :]
    return "" if not root and parts == ("Default",) else "::".join(parts)[:_LONGEST_NAME]


def _by_unit(
    collection: Collection, notes: Sequence[ForeignNote], root: tuple[str, ...]
) -> Iterable[ForeignNote]:
    """The notes in their order, those of a unit together."""
    groups: dict[str, list[ForeignNote]] = {}
    for note in notes:
        groups.setdefault(_unit(collection, note, root), []).append(note)
    return (note for group in groups.values() for note in group)


def _named(draft: Draft, name: str, unit: str, note: ForeignNote) -> Fact:
    tags = map(_line, note.note.tags)
    kept = tuple(dict.fromkeys(tag for tag in tags if tag and tag.casefold() not in _STATES))
    return replace(draft.fact, id=name, unit=unit, tags=kept)


def _take_cards(
    note: ForeignNote,
    drafts: Sequence[Draft],
    facts: Sequence[Fact],
    kinds: Mapping[str, Kind],
    deck: str,
    cards: dict[int, CardName],
    losses: Losses,
) -> None:
    """Name the card that each of the note's cards became; count those that became none."""
    became: dict[int, CardName] = {}
    for draft, fact in zip(drafts, facts, strict=True):
        names = card_names(fact, kinds[fact.kind], _NO_LINKS)
        for ord, asks in draft.asks.items():
            if asks in names and fact.id:
                became[ord] = CardName(deck, fact.id, asks)
    taken: set[CardName] = set()
    for card in note.cards:
        name = became.get(card.ord)
        if name is None:
            loss = NO_WORDS if template_of(note.type, card.ord) else NO_TEMPLATE
            losses.add(loss, note.note.id, note.name)
        elif name in taken:
            losses.add(SAME_CARD, note.note.id, note.name)
        else:
            taken.add(name)
            cards[card.id] = name


def _tell_of_templates(plans: Iterable[Plan], losses: Losses) -> None:
    """Count the scripts and the speech of the note types themselves, once each."""
    for plan in plans:
        kind = plan.type
        if plan.occluded:
            continue
        sides = [text for template in kind.templates for text in (template.question, template.answer)]
        scripts = sum(plain(side).embedded.count("script") for side in sides if "<script" in side.lower())
        losses.add(SCRIPTS, -kind.id, _type_name(kind), scripts)
        speech = sum(
            word.startswith("tts") for side in sides for part in parts_of(side) for word in part.filters
        )
        losses.add(SPEECH, -kind.id, _type_name(kind), speech)


def _type_name(kind: NoteType) -> str:
    return _line(kind.name).replace("`", "'") or str(kind.id)


def _common_tags(facts: Sequence[Fact]) -> tuple[str, ...]:
    """The tags that all facts have, where that says something of the deck."""
    if len(facts) < 2:
        return ()
    common = set.intersection(*(set(fact.tags) for fact in facts))
    return tuple(tag for tag in facts[0].tags if tag in common)


def _description(decks: Iterable[AnkiDeck], root: tuple[str, ...]) -> str:
    name = "::".join(root)
    return next(
        (plain_text(deck.description)[:10_000] for deck in decks if name and tidy(deck.name) == name), ""
    )
