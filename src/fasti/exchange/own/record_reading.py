"""Our notes' records, and the headers in decks' descriptions, read back from Anki, where anyone may have changed them."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from fasti.core.card import Judge
from fasti.core.cloze import ClozeError, spans_of
from fasti.core.facts import Deck, Fact, Source
from fasti.core.kinds import BUILT_IN, CardForm, Field, Form, Kind, placeholders
from fasti.exchange.file_names import file_name_of
from fasti.exchange.own.checked_values import (
    BadRecordError,
    decoded,
    list_in,
    mapping_in,
    name_in,
    number_in,
    text_in,
    texts_in,
    title_in,
)
from fasti.exchange.own.dates import is_date

_TEXTS = ("id", "note", "question", "unit", "image", "calendar")
_LISTS = ("hints", "accept", "sources", "tags", "ask")
_WORK = frozenset(["title", "author", "publisher", "year", "url"])
_HEADER_TEXTS = ("author", "language", "description", "licence")


class Record(NamedTuple):
    """What a note's record says.

    `fact` has its id; `sources` are the works that it cites, `kind` its kind's declaration. `asks` names the
    note's cards by their `ord`, and `seen` marks the texts of its fields as they were written.
    """

    deck: str
    title: str
    part: str
    fact: Fact
    kind: Kind
    sources: Mapping[str, Source]
    asks: Mapping[int, str]
    seen: Mapping[str, int]


def record_of(text: str) -> Record:
    """What a note's record says. Raises BadRecordError where it says nothing that can be a fact."""
    values = decoded(text)
    kind = kind_in(values["kind"]) if "kind" in values else None
    fact = _fact(mapping_in(values.get("fact")), kind)
    return Record(
        deck=file_name_of(name_in(values.get("deck"))),
        title=title_in(values.get("title")),
        part=text_in(values.get("part", "")),
        fact=fact,
        kind=kind or BUILT_IN[fact.kind],
        sources=sources_in(values.get("sources", {})),
        asks={number_in(key): text_in(asks, least=1) for key, asks in mapping_in(values.get("asks")).items()},
        seen={name: mark for name, mark in mapping_in(values.get("seen")).items() if type(mark) is int},
    )


def header_in(description: str) -> Deck | None:
    """The deck, without id, title and facts, whose header a description holds; None where it holds none."""
    _, _, rest = description.partition("<!-- fasti ")
    text, end, _ = rest.partition(" -->")
    if not end:
        return None
    try:
        values = decoded(text)
        kinds = [kind_in(kind) for kind in list_in(values.get("kinds", []))]
        return Deck(
            id="",
            title="",
            facts=(),
            kinds={kind.name: kind for kind in kinds},
            sources=sources_in(values.get("sources", {})),
            tags=texts_in(values.get("tags", [])),
            named=True,
            **{name: text_in(values.get(name, "")) for name in _HEADER_TEXTS},
        )
    except BadRecordError:
        return None


def sources_in(value: object) -> dict[str, Source]:
    """The works that `sources_json` was given. Raises BadRecordError."""
    sources = {}
    for name, given in mapping_in(value).items():
        texts = {key: text_in(text) for key, text in mapping_in(given).items()}
        if not _WORK.issuperset(texts) or not texts.get("title") or "," in name or not text_in(name).strip():
            raise BadRecordError("a work has a short name and a title")
        sources[name] = Source(name, **texts)
    return sources


def kind_in(value: object) -> Kind:
    """The kind that `kind_json` was given, of a deck's own. Raises BadRecordError."""
    values = mapping_in(value)
    name = text_in(values.get("name"), least=1)
    fields = [_field(field) for field in list_in(values.get("fields"))]
    cards = [_card(card, {field.name for field in fields}) for card in list_in(values.get("cards"))]
    identity = texts_in(values.get("identity"))
    names = {field.name for field in fields}
    if name in BUILT_IN or not fields or not cards or not identity or not names.issuperset(identity):
        raise BadRecordError("not a kind of a deck's own")
    if fields[0].name != name or len(names) < len(fields) or len({card.name for card in cards}) < len(cards):
        raise BadRecordError("a kind begins with its own name, and nothing in it has two meanings")
    return Kind(name, text_in(values.get("about")), tuple(fields), tuple(cards), identity)


_FORMS = [form.value for form in Form]
_JUDGES = [judge.value for judge in Judge]
_FIELD_NAME = re.compile(r"[^\W_](?:[\w .'-]{0,58}[\w])?")


def _field(value: object) -> Field:
    parts = list_in(value)
    if len(parts) != 6 or type(parts[2]) is not bool or type(parts[4]) is not int or parts[1] not in _FORMS:
        raise BadRecordError("not a field")
    name, about, inverse = text_in(parts[0]), text_in(parts[3]), text_in(parts[5])
    if not _FIELD_NAME.fullmatch(name):
        raise BadRecordError("not the name of a field")
    return Field(name, Form(parts[1]), parts[2], about, parts[4], inverse)


def _card(value: object, fields: set[str]) -> CardForm:
    parts = list_in(value)
    if len(parts) != 7 or type(parts[5]) is not bool or parts[4] not in _JUDGES:
        raise BadRecordError("not a card")
    name, word, ask, answer, each = (text_in(part) for part in (*parts[:4], parts[6]))
    if not name or not fields.issuperset(placeholders(ask + answer)) or (each and each not in fields):
        raise BadRecordError("a card that names no field")
    return CardForm(name, word, ask, answer, Judge(parts[4]), parts[5], each)


def _fact(values: dict[str, Any], own: Kind | None) -> Fact:
    name = text_in(values.get("kind"))
    kind = own or BUILT_IN.get(name)
    if kind is None or kind.name != name:
        raise BadRecordError("a fact of no kind")
    fields = {key: texts_in(texts) for key, texts in mapping_in(values.get("fields")).items()}
    texts: dict[str, Any] = {key: text_in(values[key]) for key in _TEXTS if key in values}
    lists: dict[str, Any] = {key: texts_in(values[key]) for key in _LISTS if key in values}
    fact = Fact(name, {key: given for key, given in fields.items() if given}, **texts, **lists)
    name_in(fact.id)
    if reason := flaw_of(fact, kind):
        raise BadRecordError(reason)
    return fact


def flaw_of(fact: Fact, kind: Kind) -> str:
    """Why a fact cannot be one of its kind, or the empty string."""
    if fact.calendar not in ("", "gregorian", "julian"):
        return "there is no such calendar"
    for name in fact.fields:
        if kind.field(name) is None:
            return f"`{kind.name}` has no `{name}`"
    flaws = (field_flaw(field, fact.fields.get(field.name, ()), fact.calendar) for field in kind.fields)
    return next(filter(None, flaws), "") or next(
        (f"`{kind.name}` has no card `{name}`" for name in fact.ask if not kind.card(name)), ""
    )


def field_flaw(field: Field, texts: tuple[str, ...], calendar: str) -> str:
    """Why texts cannot be the value of a field, or the empty string."""
    if field.required and len(texts) < field.least:
        return f"`{field.name}` is missing"
    if len(texts) > 1 and field.form not in (Form.TEXTS, Form.LINKS):
        return f"`{field.name}` is one text"
    if texts and field.form is Form.DATE and not is_date(texts[0], calendar):
        return f"`{field.name}` is not a date"
    if texts and field.form is Form.CLOZE:
        try:
            spans_of(texts[0])
        except ClozeError as error:
            return str(error)
    return ""
