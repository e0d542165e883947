"""Notes of other people's Anki decks as decks of facts that a teacher would have written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fasti.core.cards import card_names
from fasti.core.facts import Deck, Fact
from fasti.core.kinds import BUILT_IN, Kind
from fasti.core.links import Links
from fasti.exchange.collection import Collection, NoteType
from fasti.exchange.converted import CardName, Converted
from fasti.exchange.foreign.drafts import Draft, told_apart
from fasti.exchange.foreign.homes import Home, homes_of, line_of
from fasti.exchange.foreign.losses import (
    EMPTY_NOTE,
    NO_TEMPLATE,
    NO_WORDS,
    OCCLUSIONS,
    SAME_CARD,
    TYPE_SCRIPTS,
    TYPE_SPEECH,
    Losses,
)
from fasti.exchange.foreign.names import name_of_guid
from fasti.exchange.foreign.note_facts import NoteFacts
from fasti.exchange.foreign.note_plans import Plan, plan_of
from fasti.exchange.foreign.notes import ForeignNote, notes_of, template_of
from fasti.exchange.foreign.pictures import Pictures
from fasti.exchange.foreign.sources import short_sources
from fasti.exchange.plain_text import plain
from fasti.exchange.templates import parts_of


def facts_of(collection: Collection, title: str) -> Converted:
    """The decks made of the notes of a collection, one for each of its decks at the top that has facts.

    `title` is the title of the deck for notes that have no deck of their own there. Facts are named by the notes'
    guids. What cannot be carried is told of in `left_out`.
    """
    notes = notes_of(collection)
    making = _Making(collection, _plans(notes))
    decks = [making.deck(home) for home in homes_of(collection, notes, title)]
    return Converted(
        [deck for deck in decks if deck.facts],
        making.cards,
        media=making.media,
        left_out=making.left_out(),
    )


_STATES = frozenset({"leech", "marked"})
_NO_LINKS = Links((), {})


class _Making:
    """Makes the decks of a collection one after the other; gathers their cards, their pictures and the losses."""

    def __init__(self, collection: Collection, plans: Mapping[int, Plan]) -> None:
        self.cards: dict[int, CardName] = {}
        self.media: dict[str, str] = {}
        self._collection = collection
        self._plans = plans
        self._kinds = {plan.own.kind.name: plan.own.kind for plan in plans.values() if plan.own}
        self._losses = Losses()
        self._ids = _Ids()

    def deck(self, home: Home) -> Deck:
        """The deck of a home's notes."""
        pictures = Pictures(self._collection.media, home.id)
        drafts = [draft for note, unit in home.notes for draft in self._facts(note, unit, home.id, pictures)]
        facts = told_apart(drafts)
        self.media |= pictures.files
        common = _common_tags(facts)
        used = {fact.kind for fact in facts}
        return Deck(
            home.id,
            home.title,
            tuple(replace(fact, tags=tuple(tag for tag in fact.tags if tag not in common)) for fact in facts),
            kinds={name: kind for name, kind in self._kinds.items() if name in used},
            sources=short_sources(facts),
            description=home.description,
            tags=common,
            named=True,
        )

    def left_out(self) -> tuple[str, ...]:
        """What the decks lack, a sentence each."""
        _tell_of_templates(self._plans.values(), self._losses)
        return self._losses.sentences()

    def _facts(self, note: ForeignNote, unit: str, deck: str, pictures: Pictures) -> list[Draft]:
        """The facts of a note with their names; where there are none, that is the only loss of its cards."""
        plan = self._plans[note.type.id]
        if plan.occluded:
            self._losses.add(OCCLUSIONS, note.note.id, note.name, max(1, len(note.cards)))
            return []
        start = self._ids.name(note)
        drafts = [
            _named(draft, f"{start}{draft.suffix}", unit, note)
            for draft in NoteFacts(note, plan, pictures, self._losses).drafts()
        ]
        if drafts:
            _take_cards(note, drafts, {**BUILT_IN, **self._kinds}, deck, self.cards, self._losses)
        else:
            self._losses.add(EMPTY_NOTE, note.note.id, note.name)
        return drafts


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


def _named(draft: Draft, name: str, unit: str, note: ForeignNote) -> Draft:
    tags = map(line_of, note.note.tags)
    kept = tuple(dict.fromkeys(tag for tag in tags if tag and tag.casefold() not in _STATES))
    return draft._replace(fact=replace(draft.fact, id=name, unit=unit, tags=kept))


def _take_cards(
    note: ForeignNote,
    drafts: Sequence[Draft],
    kinds: Mapping[str, Kind],
    deck: str,
    cards: dict[int, CardName],
    losses: Losses,
) -> None:
    """Name the card that each of the note's cards became; count those that became none."""
    became: dict[int, CardName] = {}
    for draft in drafts:
        fact = draft.fact
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
        losses.add(TYPE_SCRIPTS, kind.id, _type_name(kind), scripts)
        speech = sum(
            word.startswith("tts") for side in sides for part in parts_of(side) for word in part.filters
        )
        losses.add(TYPE_SPEECH, kind.id, _type_name(kind), speech)


def _type_name(kind: NoteType) -> str:
    return line_of(kind.name).replace("`", "'") or str(kind.id)


def _common_tags(facts: Sequence[Fact]) -> tuple[str, ...]:
    """The tags that all facts have, where that says something of the deck."""
    if len(facts) < 2:
        return ()
    common = set.intersection(*(set(fact.tags) for fact in facts))
    return tuple(tag for tag in facts[0].tags if tag in common)
