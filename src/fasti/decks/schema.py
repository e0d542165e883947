"""The JSON Schema of deck files, for editors: completion, help and red lines while a deck is written.

Draft-07, which editors know best. It is the kinds' declarations told once more; what only `fasti check`
can know (dates, links, sources) is left to it.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fasti.core.card import Judge
from fasti.core.dates import Calendar
from fasti.core.kinds import BUILT_IN, COMMON, Field, Form, Kind
from fasti.decks.checks import QUESTION
from fasti.decks.scalars import in_flow
from fasti.decks.shape import CARD, DECK, FORMS, KIND, PARTS, SOURCE
from fasti.decks.wording import listed

Schema = dict[str, Any]

SCHEMA_FILE = "deck.schema.json"
"""The schema beside a deck: a file and no address, so that an editor finds it without a network too."""

MODELINE = "# yaml-language-server: $schema={}"
"""The first line of a deck from which editors know the file of its schema; JetBrains' editors know it too."""

_KINDS = tuple(BUILT_IN.values())

# YAML 1.2 readers take `1962` for a number and `true` for a boolean. Draft-07 hears nothing beside a
# `$ref`, so that these are written out wherever they are used.
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_ID: Schema = {"type": ["string", "number"], "pattern": r"^[^\s/#:]{1,100}$"}


def json_schema() -> Schema:
    """The schema of a deck file, as JSON values."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "fasti deck",
        "description": "A deck of historical facts for fasti",
        "type": "object",
        "properties": {
            **{field.name: _value(field) for field in DECK},
            "sources": _sources(),
            "kinds": _kinds(),
            "facts": {**_part("facts"), "type": "array"},
            "cards": {**_part("cards"), "type": "array"},
        },
        "required": ["deck"],
        "anyOf": [{"required": ["facts"]}, {"required": ["cards"]}],
        "additionalProperties": False,
        # A deck with kinds of its own has facts of which no schema can know the keys.
        "if": {"required": ["kinds"]},
        "then": {"properties": {name: _facts("own fact") for name in ("facts", "cards")}},
        "else": {"properties": {name: _facts("fact") for name in ("facts", "cards")}},
        "definitions": {
            "fact": _fact({kind.name: [kind.name] for kind in _KINDS}, otherwise=_first_keys()),
            "own fact": _fact({kind.name: _required(kind) for kind in _KINDS}, otherwise=_own_fact()),
            **{f"{kind.name} fact": _kind(kind) for kind in BUILT_IN.values()},
        },
    }


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _facts(definition: str) -> Schema:
    return {"type": "array", "items": _ref(definition), "minItems": 1}


def _fact(signs: Mapping[str, list[str]], otherwise: Schema) -> Schema:
    """A fact by the keys that are the signs of its kind.

    One question after the other, so that an editor, once the first key is written, offers and checks
    that kind's keys alone. Where nothing is written yet there is no object, which answers no question.
    """
    schema = otherwise
    for kind in reversed(_in_asking_order(_KINDS)):
        question = {"type": "object", "required": signs[kind.name]}
        schema = {"if": question, "then": _ref(f"{kind.name} fact"), "else": schema}
    return {"type": "object", **schema}


def _in_asking_order(kinds: tuple[Kind, ...]) -> list[Kind]:
    """A kind that has another's name among its fields (`cause` has `effect`) is asked for first."""
    names = {kind.name for kind in kinds}
    return sorted(kinds, key=lambda kind: -sum(field.name in names for field in kind.fields))


def _first_keys() -> Schema:
    """What an editor offers for a fact that has no kind yet."""
    return {
        "defaultSnippets": _snippets(),
        "properties": _kind_names(),
        "anyOf": [{"required": [name]} for name in BUILT_IN],
    }


def _own_fact() -> Schema:
    """A fact of a deck's own kind: the keys of every fact, and whatever texts the kind has."""
    properties = {**_kind_names(), **_properties(COMMON)}
    return {
        "defaultSnippets": _snippets(),
        "properties": properties,
        "additionalProperties": _TEXTS,
        "minProperties": 1,
    }


def _snippets() -> list[Schema]:
    """A whole fact of each kind to fill in, for editors that know this extension of JSON Schema."""
    return [_snippet(kind) for kind in _KINDS]


def _snippet(kind: Kind) -> Schema:
    required = [field for field in kind.fields if field.required]
    places = iter(range(1, 100))
    body = {
        field.name: [f"${next(places)}" for _ in range(max(2, field.least))]
        if field.form in {Form.TEXTS, Form.LINKS}
        else f"${next(places)}"
        for field in required
    }
    label = f"{', '.join(field.name for field in required)}: …"
    return {"label": label, "description": kind.about, "body": body}


def _kind_names() -> dict[str, Schema]:
    """The keys that a fact may begin with, each with what its kind is for."""
    return {kind.name: {**_help(kind.name, kind.about), **_TEXT} for kind in _KINDS}


def _kind(kind: Kind) -> Schema:
    properties = _properties((*kind.fields, *COMMON))
    properties["ask"] = _ask(kind)
    return {
        "description": kind.about,
        "properties": properties,
        "required": _required(kind),
        "additionalProperties": False,
    }


def _required(kind: Kind) -> list[str]:
    return [field.name for field in kind.fields if field.required]


def _properties(fields: Iterable[Field]) -> dict[str, Schema]:
    return {field.name: _value(field) for field in fields}


def _value(field: Field) -> Schema:
    """What may stand in a field."""
    described = _described(field)
    if field.name == "id":
        return {**described, **_ID}
    if field.name == "calendar":
        return {**described, "enum": [calendar.value for calendar in Calendar]}
    if field.form not in {Form.TEXTS, Form.LINKS}:
        return {**described, **_TEXT}
    if field.least > 1:
        return {**described, "type": "array", "items": _TEXT, "minItems": field.least}
    return {**described, **_TEXTS}


def _described(field: Field) -> Schema:
    """What an editor says of a field."""
    return _help(field.name, described(field))


def _help(title: str, text: str) -> Schema:
    """The help of a key twice: as Markdown, and for editors that show it as it is."""
    plain = _CODE.sub(r"“\1”", text)
    return {"title": title, "description": plain, "markdownDescription": text}


_CODE = re.compile("`([^`]*)`")


def described(field: Field) -> str:
    """What a field is for, with examples as they are written in a deck.

    Not under the schema's `examples`: an editor writes the only example that it finds there into the deck.
    """
    written = [
        f"`[{', '.join(map(in_flow, each))}]`" if isinstance(each, tuple) else f"`{each}`"
        for each in field.examples
    ]
    return f"{field.about}. For example {either(written)}" if written else field.about


def either(texts: Sequence[str]) -> str:
    """Texts as a sentence lists them: a, b or c."""
    return " or ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def _ask(kind: Kind) -> Schema:
    """The names of a kind's cards, or a question."""
    names = {"enum": [card.name for card in kind.cards]}
    declared = next(field for field in COMMON if field.name == "ask")
    cards = f"This kind has {listed((card.name for card in kind.cards), 'and')}"
    question = {"type": "string", "pattern": QUESTION.pattern}
    return {
        **_help(declared.name, f"{described(declared)}. {cards}"),
        "anyOf": [names, {"type": "array", "items": names, "minItems": 1}, question],
    }


def _part(name: str) -> Schema:
    about, example = PARTS[name]
    return _help(name, f"{about}. For example `{example}`")


def _sources() -> Schema:
    work = {
        "type": "object",
        "properties": _properties(SOURCE),
        "required": [field.name for field in SOURCE if field.required],
        "additionalProperties": False,
    }
    return {
        **_part("sources"),
        "type": "object",
        "propertyNames": {"pattern": "^[^,]+$"},
        "additionalProperties": {"anyOf": [_TEXT, work]},
    }


def _kinds() -> Schema:
    """A deck's own kinds; none has the name of a kind, or of a key, that every deck has."""
    taken = [*BUILT_IN, *(field.name for field in COMMON)]
    name = {"type": "string", "not": {"enum": [field.name for field in COMMON]}}
    with_form = {
        "type": "object",
        "additionalProperties": {"enum": list(FORMS)},
        "minProperties": 1,
        "maxProperties": 1,
    }
    properties: Mapping[str, Schema] = {
        "fields": {"type": "array", "items": {"anyOf": [name, with_form]}, "minItems": 1},
        "cards": {
            "type": "object",
            "propertyNames": {"pattern": r"^[^\s/#:]{1,100}$"},
            "additionalProperties": _card(),
            "minProperties": 1,
        },
        "about": _TEXT,
    }
    kind = {
        "type": "object",
        "properties": {
            key: {
                **_help(key, f"{KIND[key][0]}. For example `{KIND[key][1]}`"),
                **schema,
            }
            for key, schema in properties.items()
        },
        "required": ["fields", "cards"],
        "additionalProperties": False,
    }
    return {
        **_part("kinds"),
        "type": "object",
        "propertyNames": {"not": {"enum": taken}},
        "additionalProperties": kind,
    }


def _card() -> Schema:
    properties = _properties(CARD)
    properties["judge"]["enum"] = [judge.value for judge in (Judge.SELF, Judge.TEXT, Judge.DATE)]
    properties["default"]["enum"] = [True, False, "yes", "no", "true", "false", "on", "off"]
    return {
        "type": "object",
        "properties": properties,
        "required": [field.name for field in CARD if field.required],
        "additionalProperties": False,
    }
