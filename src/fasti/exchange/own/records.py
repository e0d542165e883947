"""The last field of our notes in Anki: a fact as it was exported, as JSON that nothing acts on."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fasti.core.content import kind_values, source_values
from fasti.core.facts import Fact, Source
from fasti.core.kinds import Kind


def content(fact: Fact, fact_id: str) -> dict[str, Any]:
    """A fact as values for JSON, what is empty left out."""
    values: dict[str, Any] = {"kind": fact.kind, "id": fact_id, "fields": dict(fact.fields)}
    if fact.note:
        values["note"] = fact.note
    if fact.unit:
        values["unit"] = fact.unit
    if fact.hints:
        values["hints"] = fact.hints
    if fact.accept:
        values["accept"] = fact.accept
    if fact.sources:
        values["sources"] = fact.sources
    if fact.tags:
        values["tags"] = fact.tags
    if fact.ask:
        values["ask"] = fact.ask
    if fact.question:
        values["question"] = fact.question
    if fact.image:
        values["image"] = fact.image
    if fact.calendar:
        values["calendar"] = fact.calendar
    return values


@lru_cache(maxsize=100)
def kind_json(kind: Kind) -> str:
    """A kind's declaration as JSON."""
    return encoded(kind_values(kind))


_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
# Each alternative begins with a character of its own, which makes looking for them four times as fast.
_ACTING = re.compile(r"<|>|&|\\\\|\{(?=\{)|\[(?=[/a-zA-Z$])|-(?=-)")


def encoded(value: object) -> str:
    """A value as JSON of ASCII characters that is neither HTML nor anything else that Anki acts on."""
    text = _encode(value)
    if _inert(text):
        return text
    # None of these stands outside a text, and the first two backslashes that are met stand for one.
    return _ACTING.sub(_escaped, text)


def _inert(json_text: str) -> bool:
    # Most texts have none of what acts, which this finds out several times as fast as the pattern; a bracket
    # that begins a list stands before a quotation mark, or before the other one where the list is empty.
    if "<" in json_text or ">" in json_text or "&" in json_text or "{{" in json_text or "--" in json_text:
        return False
    lists = json_text.count('["') + json_text.count("[]")
    return "\\\\" not in json_text and json_text.count("[") == lists


def with_member(json_text: str, name: str, value_json: str) -> str:
    """An object in JSON with a member more, of a plain name, whose value is JSON already."""
    return f'{json_text[:-1]}{"," if len(json_text) > 2 else ""}"{name}":{value_json}}}'


def sources_json(sources: Mapping[str, Source]) -> str:
    """Works as JSON, by their short names."""
    return f"{{{','.join([_work_json(name, source) for name, source in sources.items()])}}}"


@lru_cache(maxsize=10_000)
def _work_json(name: str, source: Source) -> str:
    return f"{encoded(name)}:{encoded(source_values([source])[source.name])}"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()[0]):04x}"
