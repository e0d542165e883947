"""Facts as notes for Anki: which note type, what stands in its fields, and which of its cards there are."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from fasti.core.card import Card
from fasti.core.facts import Fact, Source
from fasti.core.kinds import BUILT_IN, Kind
from fasti.exchange.collection import NoteType
from fasti.exchange.own.drafts import Draft, Known, drafts_of
from fasti.exchange.own.markup import html_and_mark, html_of, image_html, list_html, mark, plain
from fasti.exchange.own.note_types import LAST_FIELDS
from fasti.exchange.own.records import content, encoded, kind_json, sources_json, with_member
from fasti.exchange.own.slots import drafts_in_slots

RETIRED = "fasti::retired"
"""The tag of a fact that left its deck; the notes of such facts stay, for Anki never deletes on import."""


class FactNote(NamedTuple):
    """A note of a fact: its HTML fields in the order of its note type, and its cards as (`ord`, `asks`).

    A fact's main note is the part `""`; others are named by their card (`each:…`), counted (`2`), or, where
    the fact was of another kind before, by the kind.
    """

    part: str
    note_type: NoteType
    fields: tuple[str, ...]
    cards: tuple[tuple[int, str], ...]


def notes_of(
    deck_id: str,
    deck_title: str,
    fact_id: str,
    fact: Fact,
    kind: Kind,
    cards: Sequence[Card],
    sources: Mapping[str, Source],
    image: str,
    known: Known,
) -> list[FactNote]:
    """The notes of a fact, its main note first; none where no card of it is a card in Anki.

    `cards` are the fact's live cards in order, `image` the name of its picture among the media, or empty.
    A card in `known` keeps its part and `ord`, whatever its words are now, and no other ever gets them.
    """
    if not cards:
        return []
    if kind.name in BUILT_IN:
        drafts = drafts_of(fact, kind, cards, known)
    else:
        drafts = drafts_in_slots(fact, kind, cards, known)
    record: dict[str, Any] = {"deck": deck_id, "title": deck_title, "fact": content(fact, fact_id)}
    ready: dict[str, str] = {}
    if fact.sources and (cited := _cited(fact, sources)):
        ready["sources"] = sources_json(cited)
    if kind.name not in BUILT_IN:
        ready["kind"] = kind_json(kind)
    common, seen = _common(fact, cards[0], image)
    return [_note(draft, common, {**record, "seen": {**seen, **draft.seen}}, ready) for draft in drafts]


def _cited(fact: Fact, sources: Mapping[str, Source]) -> dict[str, Source]:
    names = [text.partition(",")[0].strip() for text in fact.sources]
    return {name: sources[name] for name in names if name in sources}


def _common(fact: Fact, card: Card, image: str) -> tuple[tuple[str, ...], dict[str, int]]:
    """The fields that every note has, and their marks."""
    accept = hint = note = source = picture = ""
    seen: dict[str, int] = {}
    if fact.accept:
        accept, seen["Accept"] = html_and_mark("; ".join(fact.accept))
    if fact.hints:
        hint, seen["Hint"] = list_html(fact.hints, ordered=True), mark("\n".join(fact.hints))
    if fact.note:
        note, seen["Note"] = html_and_mark(fact.note)
    if card.sources:
        source, seen["Source"] = _sources(card.sources)
    if image:
        picture, seen["Image"] = image_html(image), mark(image)
    return (accept, hint, note, source, picture), seen


@lru_cache(maxsize=10_000)
def _sources(citations: tuple[str, ...]) -> tuple[str, int]:
    return html_and_mark("\n".join(citations))


def _note(
    draft: Draft, common: tuple[str, ...], record: dict[str, Any], ready: Mapping[str, str]
) -> FactNote:
    """A note with the fields that every note has; `ready` are members of its record that are JSON already."""
    record["asks"] = dict(draft.cards)
    if draft.part:
        record["part"] = draft.part
    text = encoded(record)
    for name, json_text in ready.items():
        text = with_member(text, name, json_text)
    own = draft.fields[: -len(LAST_FIELDS)]
    return FactNote(draft.part, draft.note_type, (*own, *common, "", "", "", text), tuple(draft.cards))


_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def guid_of(deck_id: str, fact_id: str, part: str) -> str:
    """The name by which Anki knows a note for ever: 16 letters and digits (95 bits of a hash)."""
    digest = blake2b(f"fasti\x1f{deck_id}\x1f{fact_id}\x1f{part}".encode(), digest_size=16).digest()
    number = int.from_bytes(digest)
    letters = []
    for _ in range(16):
        number, place = divmod(number, 62)
        letters.append(_LETTERS[place])
    return "".join(letters)


def tags_of(fact: Fact, deck_tags: Iterable[str], *, retired: bool) -> tuple[str, ...]:
    """The tags of a fact's notes: its own, then its deck's, each once in whatever case."""
    tags: dict[str, str] = {}
    for text in (*fact.tags, *deck_tags, *((RETIRED,) if retired else ())):
        if tag := tag_of(text):
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())


def tag_of(text: str) -> str:
    """A tag as Anki takes it: no space, which would make two of it, no quotation mark and no empty level.

    `Punic Wars` is `Punic_Wars`; `wars::punic` stays one tag within another.
    """
    words = "_".join(plain(text).replace('"', "").split())
    return "::".join(level for part in words.split("::") if (level := part.strip(":")))


def deck_name(title: str, unit: str) -> str:
    """The name of the Anki deck of a unit: `Title::Unit`. A `::` in the unit makes decks within decks."""
    levels = [_level(title.replace("::", ": ")) or "fasti", *map(_level, unit.split("::"))]
    return "::".join(level for level in levels if level)


def _level(text: str) -> str:
    """A part of a deck's name; colons at its ends would join those that part the levels."""
    return " ".join(plain(text).split()).strip(": ")


def deck_description(author: str, description: str, licence: str, header_json: str) -> str:
    """The description of an Anki deck, in HTML: what a student reads, then a comment that holds the header.

    `header_json` is the JSON of an object, of which nothing can end the comment early.
    """
    shown = [description, f"By {author}" if author else "", f"Licence: {licence}" if licence else ""]
    paragraphs = "".join(f'<p dir="auto">{html_of(text)}</p>' for text in shown if text)
    return f"{paragraphs}<!-- fasti {encoded(json.loads(header_json))} -->"
