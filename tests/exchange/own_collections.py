"""Decks as Anki would hold them: notes of ours without a package around them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from fasti.core.card import Card
from fasti.core.cards import cards_of
from fasti.core.content import header_of
from fasti.core.facts import Deck, Fact
from fasti.core.kinds import BUILT_IN, Kind
from fasti.core.links import Links
from fasti.decks.read import read_deck
from fasti.exchange.collection import AnkiCard, AnkiDeck, AnkiNote, Calendar, Collection, NoteType
from fasti.exchange.own.notes import FactNote, deck_description, deck_name, guid_of, notes_of, tags_of

BUNDLED = ("cold-war-origins", "cuban-missile-crisis")
FOLDER = Path(__file__).parent.parent.parent / "decks"


def bundled(name: str) -> Deck:
    deck = read_deck((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), name).deck
    assert deck is not None
    return deck


def made(
    fact: Fact,
    *others: Fact,
    kinds: Mapping[str, Kind] | None = None,
    image: str = "",
    known: Mapping[str, tuple[str, int]] | None = None,
    asks: Mapping[str, str] | None = None,
) -> list[FactNote]:
    """The notes of a fact; `asks` gives names under which its cards are stored instead of their own."""
    declared = {**BUILT_IN, **(kinds or {})}
    kind = declared[fact.kind]
    cards = [
        renamed(card, (asks or {}).get(card.asks, card.asks))
        for card in cards_of(fact, kind, Links([fact, *others], declared), {})
    ]
    return notes_of("deck", "Deck", fact.id or "fact", fact, kind, cards, {}, image, known or {})


def renamed(card: Card, asks: str) -> Card:
    values = {name: getattr(card, name) for name in Card._fields}
    return Card(**{**values, "asks": asks})


def values(note: FactNote) -> dict[str, str]:
    """The fields of a note that are not empty, by name, without its record."""
    names = (field.name for field in note.note_type.fields)
    return {name: html for name, html in zip(names, note.fields, strict=True) if html and name != "fasti"}


def collection_of(
    *decks: Deck,
    images: Callable[[Fact], str] = lambda fact: "",
    retired: Iterable[str] = (),
    media: Iterable[str] = (),
) -> Collection:
    """The collection that Anki has after these decks were imported into an empty one."""
    types: dict[int, NoteType] = {}
    anki_decks: dict[str, AnkiDeck] = {}
    notes: list[AnkiNote] = []
    cards: list[AnkiCard] = []
    for deck in decks:
        root = deck_name(deck.title, "")
        about = deck_description(deck.author, deck.description, deck.licence, header_of(deck))
        anki_decks[root] = AnkiDeck(1000 + len(anki_decks), root, about)
        for fact, its_notes in notes_by_fact(deck, images):
            name = deck_name(deck.title, fact.unit)
            home = anki_decks.setdefault(name, AnkiDeck(1000 + len(anki_decks), name))
            tags = tags_of(fact, deck.tags, retired=fact.id in retired)
            for note in its_notes:
                types[note.note_type.id] = note.note_type
                guid = guid_of(deck.id, fact.id or "", note.part)
                row = AnkiNote(10_000 + len(notes), guid, note.note_type.id, 1, tags, note.fields)
                notes.append(row)
                cards += [
                    AnkiCard(50_000 + len(cards) + place, row.id, home.id, ord, due=len(cards) + place)
                    for place, (ord, _) in enumerate(note.cards)
                ]
    return Collection(
        format="legacy 1",
        calendar=Calendar(0),
        note_types=types,
        decks={deck.id: deck for deck in anki_decks.values()},
        notes=notes,
        cards=cards,
        reviews=(),
        media=dict.fromkeys(media, lambda: b""),
    )


def notes_by_fact(
    deck: Deck, images: Callable[[Fact], str] = lambda fact: ""
) -> Iterable[tuple[Fact, Sequence[FactNote]]]:
    kinds = {**BUILT_IN, **deck.kinds}
    links = Links(deck.facts, kinds)
    for fact in deck.facts:
        kind = kinds[fact.kind]
        cards = cards_of(fact, kind, links, deck.sources)
        yield (
            fact,
            notes_of(deck.id, deck.title, fact.id or "", fact, kind, cards, deck.sources, images(fact), {}),
        )
