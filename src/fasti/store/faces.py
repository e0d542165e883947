"""A card as text: what the database keeps of it, so that it can be asked without its deck."""

import json
from operator import attrgetter
from typing import Any

from fasti.core.card import Card, Judge
from fasti.core.compact import listed, quoted

HAS_A_PICTURE = '"image":'
"""In the text of a card with a picture, and of hardly any other: there it may be in an author's words."""

_LISTS = ("accept", "hints", "extras", "sources", "sentence")
_TEXTS = ("calendar", "note", "unit", "image")
_texts = attrgetter(*_TEXTS)
_lists = attrgetter(*_LISTS)


def face_json(card: Card) -> str:
    """The card as compact JSON, without its name within the fact; what is empty is left out."""
    face = (
        f'{{"word":{quoted(card.word)},"prompt":{quoted(card.prompt)},'
        f'"answer":{listed(card.answer)},"judge":{quoted(card.judge)}'
    )
    for name, text in zip(_TEXTS, _texts(card), strict=True):
        if text:
            face += f',"{name}":{quoted(text)}'
    for name, texts in zip(_LISTS, _lists(card), strict=True):
        if texts:
            face += f',"{name}":{listed(texts)}'
    return face + "}"


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
