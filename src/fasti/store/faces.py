"""A card as text: what the database keeps of it, so that it can be asked without its deck."""

import json
from operator import attrgetter
from typing import Any

from fasti.core.card import Card, Judge

_LISTS = ("accept", "hints", "extras", "sources", "sentence")
_TEXTS = ("calendar", "note", "unit", "image")
_TEXTS_AND_LISTS = (*_TEXTS, *_LISTS)
_texts_and_lists = attrgetter(*_TEXTS_AND_LISTS)
# Made once: `json.dumps` would make an encoder for every card.
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def face_json(card: Card) -> str:
    """The card as compact JSON, without its name within the fact; what is empty is left out."""
    face: dict[str, Any] = {
        "word": card.word,
        "prompt": card.prompt,
        "answer": card.answer,
        "judge": card.judge.value,
    }
    for name, value in zip(_TEXTS_AND_LISTS, _texts_and_lists(card), strict=True):
        if value:
            face[name] = value
    return _compact(face)


def card_from(face: str, asks: str) -> Card:
    """The card that `face_json` wrote, which asks `asks` of its fact."""
    values: dict[str, Any] = json.loads(face)
    return Card(
        asks=asks,
        word=values["word"],
        prompt=values["prompt"],
        answer=tuple(values["answer"]),
        judge=Judge(values["judge"]),
        **_given(values),
    )


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """What is not empty."""
    texts = {name: values[name] for name in _TEXTS if name in values}
    return texts | {name: tuple(values[name]) for name in _LISTS if name in values}
