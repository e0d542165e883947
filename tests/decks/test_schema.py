"""The JSON Schema that editors use, held against the reader."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from jsonschema import Draft7Validator

from fasti.core.kinds import BUILT_IN, COMMON, Kind
from fasti.decks.read import read_deck
from fasti.decks.scalars import in_flow
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


def test_every_key_is_explained_with_an_example() -> None:
    """Wherever it stands: what an editor shows of a key says what it is for, and shows how it is written."""
    unexplained = [path for path, schema in properties(json_schema()) if "For example" not in help_of(schema)]

    # The first key of a fact that is not yet any: its kind's own page has the example.
    assert {path[-1] for path in unexplained} <= set(BUILT_IN)
    assert all(help_of(schema) for _, schema in properties(json_schema()))


def help_of(schema: dict[str, Any]) -> str:
    assert "`" not in schema["description"]
    return str(schema["markdownDescription"])


def properties(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every property that a schema declares with help; those told again for another reason are left out."""
    if isinstance(schema, list):
        for number, part in enumerate(schema):
            yield from properties(part, (*path, str(number)))
    if isinstance(schema, dict):
        for name, part in schema.items():
            if name == "properties":
                told = {
                    key: each
                    for key, each in part.items()
                    if path[-1:] not in [("then",), ("else",)] or "type" not in each or "title" in each
                }
                yield from (
                    ((*path, key), each)
                    for key, each in told.items()
                    if "items" not in each or "title" in each
                )
            yield from properties(part, (*path, name))


def test_no_example_is_one_that_an_editor_writes_into_the_deck() -> None:
    """Of a property with a single example, or a default, editors insert that with the key."""
    assert not {"examples", "default"} & keywords(json_schema())


def keywords(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {word for part in schema for word in keywords(part)}
    if not isinstance(schema, dict):
        return set()
    return {
        word for name, part in schema.items() if name != "properties" for word in {name, *keywords(part)}
    } | {word for part in schema.get("properties", {}).values() for word in keywords(part)}


@pytest.mark.parametrize("kind", BUILT_IN.values(), ids=lambda kind: kind.name)
def test_the_examples_of_a_kind_make_a_good_fact(kind: Kind) -> None:
    fact = {field.name: field.examples[0] for field in kind.fields}
    text = "\n".join(f"    {key}: {written(value)}" for key, value in fact.items())
    reading = read_deck(
        f"deck: T\nfacts:\n  - {text.strip()}\n  - {{q: x, a: y, id: u2-photographs}}\n  - {{q: z, a: y, id: quarantine-in-force}}\n"
    )

    assert reading.problems == ()
    assert reading.deck
    assert valid(of(f"  - {text.strip()}\n"))


@pytest.mark.parametrize(
    ("key", "example"),
    [
        (field.name, example)
        for field in (*COMMON, *BUILT_IN["event"].fields[1:])
        for example in field.examples
    ],
)
def test_each_example_can_be_written(key: str, example: str | tuple[str, ...]) -> None:
    date = "" if key == "date" else ", date: 1917"
    reading = read_deck(
        f"deck: T\nsources: {{frus11: a, gaddis: b}}\nfacts:\n  - {{event: E{date}, {key}: {written(example)}}}\n"
    )

    assert {problem.code for problem in reading.problems} <= {"unused-source", "unknown-link"}
    assert reading.deck


def written(value: str | tuple[str, ...]) -> str:
    return in_flow(value) if isinstance(value, str) else f"[{', '.join(map(in_flow, value))}]"


def test_a_schema_may_be_changed_without_changing_the_next() -> None:
    json_schema()["properties"].clear()

    assert json_schema()["properties"]
