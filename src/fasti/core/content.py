"""Facts and decks as text: what the library stores of them, to match, export and show them again."""

import json
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from fasti.core.card import Judge
from fasti.core.compact import listed, quoted
from fasti.core.facts import Deck, Fact, Source
from fasti.core.kinds import CardForm, Field, Form, Kind

_TEXTS = ("id", "note", "question", "unit", "image", "calendar")
_LISTS = ("hints", "accept", "sources", "tags", "ask")
_texts = attrgetter(*_TEXTS)
_lists = attrgetter(*_LISTS)


def content_of(fact: Fact, answer: str) -> str:
    """The fact as compact JSON, empty keys left out, without its place in the file.

    `answer` is the normalised answer by which an edited deck's facts are recognised.
    """
    fields = ",".join([f"{quoted(name)}:{listed(texts)}" for name, texts in fact.fields.items()])
    content = f'{{"kind":{quoted(fact.kind)},"fields":{{{fields}}},"answer":{quoted(answer)}'
    for name, text in zip(_TEXTS, _texts(fact), strict=True):
        if text:
            content += f',"{name}":{quoted(text)}'
    for name, texts in zip(_LISTS, _lists(fact), strict=True):
        if texts:
            content += f',"{name}":{listed(texts)}'
    return content + "}"


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


def header_of(deck: Deck) -> str:
    """What a deck says besides its id, its title and its facts, as JSON, empty keys left out."""
    header: dict[str, Any] = {name: getattr(deck, name) for name in _HEADER_TEXTS}
    header["tags"] = list(deck.tags)
    header["sources"] = source_values(deck.sources.values())
    header["kinds"] = [kind_values(kind) for kind in deck.kinds.values()]
    return json.dumps({key: value for key, value in header.items() if value}, ensure_ascii=False)


def deck_of(id: str, title: str, header: str, facts: Iterable[Fact] = ()) -> Deck:
    """The deck whose header `header_of` wrote."""
    values: dict[str, Any] = json.loads(header)
    kinds = [kind_from(kind) for kind in values.get("kinds", ())]
    return Deck(
        id=id,
        title=title,
        facts=tuple(facts),
        kinds={kind.name: kind for kind in kinds},
        sources=sources_from(values.get("sources", {})),
        tags=tuple(values.get("tags", ())),
        named=True,
        **{name: values.get(name, "") for name in _HEADER_TEXTS},
    )


def source_values(sources: Iterable[Source]) -> dict[str, dict[str, str]]:
    """Sources by name as plain values, empty keys left out."""
    return {
        source.name: {key: value for key, value in source._asdict().items() if value and key != "name"}
        for source in sources
    }


def sources_from(values: Mapping[str, Mapping[str, str]]) -> dict[str, Source]:
    """The sources that `source_values` wrote."""
    return {name: Source(name=name, **source) for name, source in values.items()}


def kind_values(kind: Kind) -> dict[str, Any]:
    """A kind's declaration as plain values."""
    return {
        "name": kind.name,
        "about": kind.about,
        "fields": [
            [field.name, field.form.value, field.required, field.about, field.least, field.inverse]
            for field in kind.fields
        ],
        "cards": [
            [card.name, card.word, card.ask, card.answer, card.judge.value, card.default, card.each]
            for card in kind.cards
        ],
        "identity": list(kind.identity),
    }


def kind_from(values: Mapping[str, Any]) -> Kind:
    """The kind that `kind_values` wrote."""
    return Kind(
        name=values["name"],
        about=values["about"],
        fields=tuple(Field(name, Form(form), *rest) for name, form, *rest in values["fields"]),
        cards=tuple(
            CardForm(name, word, ask, answer, Judge(judge), default, each)
            for name, word, ask, answer, judge, default, each in values["cards"]
        ),
        identity=tuple(values["identity"]),
    )


_HEADER_TEXTS = ("author", "language", "description", "licence")
