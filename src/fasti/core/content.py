"""A fact as text: what the library stores of it, so that it can be matched, exported and shown again."""

import json
from typing import Any

from fasti.core.facts import Fact

_TEXTS = ("id", "note", "question", "unit", "image", "calendar")
_LISTS = ("hints", "accept", "sources", "tags", "ask")


def content_of(fact: Fact, answer: str) -> str:
    """The fact as compact JSON, empty keys left out, without its place in the file.

    `answer` is the normalised answer by which an edited deck's facts are recognised.
    """
    content: dict[str, Any] = {
        "kind": fact.kind,
        "fields": {key: list(values) for key, values in fact.fields.items()},
        "answer": answer,
    }
    for name in (*_TEXTS, *_LISTS):
        if value := getattr(fact, name):
            content[name] = list(value) if name in _LISTS else value
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def fact_of(content: str) -> Fact:
    """The fact that `content_of` wrote."""
    values: dict[str, Any] = json.loads(content)
    texts: dict[str, Any] = {name: values[name] for name in _TEXTS if name in values}
    lists: dict[str, Any] = {name: tuple(values[name]) for name in _LISTS if name in values}
    fields = {key: tuple(value) for key, value in values["fields"].items()}
    return Fact(kind=values["kind"], fields=fields, **texts, **lists)


def answer_in(content: str) -> str:
    """The normalised answer that `content_of` was given."""
    return str(json.loads(content)["answer"])
