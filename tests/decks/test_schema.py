"""The JSON Schema that editors use, held against the reader."""

import re
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from jsonschema import Draft7Validator

from fasti.core.kinds import BUILT_IN, COMMON
from fasti.decks.schema import json_schema

HERE = Path(__file__).parent
GOOD = [*sorted((HERE / "good").iterdir()), *sorted((HERE.parent.parent / "decks").glob("*.yaml"))]


class Editor(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2 as editors read it: dates, `no` and `0476` apart from numbers are texts."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def _resolve(tag: str, pattern: str, first: str) -> None:
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), [*first, ""])


_resolve("null", r"~|null|Null|NULL|$", "~nN")
_resolve("bool", r"(?:true|True|TRUE|false|False|FALSE)$", "tTfF")
_resolve("int", r"[-+]?[0-9]+$", "-+0123456789")
_resolve("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789")
Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))

VALIDATOR = Draft7Validator(json_schema())


def loaded(text: str) -> Any:
    return yaml.load(text, Loader=Editor)


def valid(text: str) -> bool:
    return bool(VALIDATOR.is_valid(loaded(text)))


def of(facts: str) -> str:
    return f"deck: T\nfacts:\n{facts}"


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_good_deck_is_valid(path: Path) -> None:
    errors = [error.message for error in VALIDATOR.iter_errors(loaded(path.read_text(encoding="utf-8")))]

    assert errors == []


@pytest.mark.parametrize(
    "facts",
    [
        "  - {event: x, date: 1962}\n",
        "  - {event: x, date: 0476, note: true, tags: [1962, no]}\n",
        "  - {id: 7, q: 1 + 1, a: 2}\n",
        "  - {effect: x, cause: y}\n",
        "  - {cause: y, effect: x, why: z}\n",
        "  - {effect: x, causes: y}\n",
        "  - {event: x, date: 1962, ask: [when, what]}\n",
        "  - {event: x, date: 1962, ask: Why did it happen?}\n",
        "  - {event: x, date: 1962, calendar: julian}\n",
    ],
)
def test_what_the_reader_takes_is_valid(facts: str) -> None:
    assert valid(of(facts))


@pytest.mark.parametrize(
    "deck",
    [
        "facts: [{q: x, a: y}]\n",
        "deck: T\n",
        "deck: T\nfacts: []\n",
        "deck: T\nfacts: {q: x, a: y}\n",
        "deck: [T]\nfacts: [{q: x, a: y}]\n",
        "deck: T\nauthr: me\nfacts: [{q: x, a: y}]\n",
        "deck: T\nid: my deck\nfacts: [{q: x, a: y}]\n",
        "deck: T\nsources: [a]\nfacts: [{q: x, a: y}]\n",
        "deck: T\nsources: {a: {author: b}}\nfacts: [{q: x, a: y}]\n",
        "deck: T\nsources: {a: {title: b, yeer: 5}}\nfacts: [{q: x, a: y}]\n",
        of("  - x\n"),
        of("  - {}\n"),
        of("  - {zzz: x}\n"),
        of("  - {event: x}\n"),
        of("  - {event: x, date: }\n"),
        of("  - {event: x, date: 1962, who: y}\n"),
        of("  - {event: x, date: [1962]}\n"),
        of("  - {event: x, date: {a: b}}\n"),
        of("  - {event: x, date: 1962, ask: whne}\n"),
        of("  - {event: x, date: 1962, ask: [when, who]}\n"),
        of("  - {event: x, date: 1962, calendar: julien}\n"),
        of("  - {event: x, date: 1962, id: a b}\n"),
        of("  - {event: x, date: 1962, hint: []}\n"),
        of("  - {effect: x}\n"),
        of("  - {cause: x}\n"),
        of("  - {order: x, items: [a]}\n"),
        of("  - {order: x, items: a}\n"),
        of("  - {quote: x, speaker: y}\n"),
        "deck: T\nkinds: {event: {fields: [event], cards: {a: {ask: x, answer: y}}}}\nfacts: [{q: x, a: y}]\n",
        "deck: T\nkinds: {quote: {fields: [quote]}}\nfacts: [{q: x, a: y}]\n",
        "deck: T\nkinds: {quote: {fields: [{quote: name}], cards: {a: {ask: x, answer: y}}}}\nfacts: [{q: x, a: y}]\n",
        "deck: T\nkinds: {quote: {fields: [quote], cards: {a: {ask: x}}}}\nfacts: [{q: x, a: y}]\n",
        "deck: T\nkinds: {quote: {fields: [quote], cards: {a: {ask: x, answer: y, judge: me}}}}\nfacts: [{q: x, a: y}]\n",
        "deck: T\nkinds: {quote: {fields: [quote], cards: {a: {ask: x, answer: y}}}}\nfacts: [{event: x, date: 1962, who: y}]\n",
    ],
)
def test_a_wrong_deck_is_not_valid(deck: str) -> None:
    assert not valid(deck)


def test_a_decks_own_kinds_may_have_the_names_of_others_as_fields() -> None:
    assert valid(
        "deck: T\nkinds: {battle: {fields: [battle, effect], cards: {a: {ask: x, answer: y}}}}\nfacts: [{battle: x, effect: y}]\n"
    )


def test_every_key_of_a_fact_is_explained() -> None:
    definitions = json_schema()["definitions"]
    for kind in BUILT_IN.values():
        properties = definitions[f"{kind.name} fact"]["properties"]
        assert list(properties) == [field.name for field in (*kind.fields, *COMMON)]
        assert all(value["description"] for value in properties.values())


def test_a_schema_may_be_changed_without_changing_the_next() -> None:
    json_schema()["properties"].clear()

    assert json_schema()["properties"]
