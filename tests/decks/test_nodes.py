"""YAML text as nodes, by libyaml and by pure Python alike."""

import gc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from fasti.core.facts import Place
from fasti.decks import nodes
from fasti.decks.codes import Code
from fasti.decks.nodes import DEEPEST, Node, ScalarNode, SequenceNode, UnreadableError, parse

GOOD = sorted((Path(__file__).parent / "good").iterdir())


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.setattr(nodes, "_Loader", yaml.BaseLoader)


def plain(node: Node) -> Any:
    """The node as PyYAML's base loader gives it: every scalar a text."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


def texts(node: Node) -> Iterator[tuple[str, int, int]]:
    """Every text of a node, keys too, with its line and column."""
    if isinstance(node, ScalarNode):
        yield node.text, node.line, node.column
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from texts(item)
    else:
        for key, value in node.pairs:
            yield from texts(key)
            yield from texts(value)


@pytest.mark.parametrize(
    "text",
    ["0476", "-0043", "no", "1962-10", "1962-10-28", "2023-02-29", "1:30", "1e3", "null", "true", "0x1F"],
)
def test_an_unquoted_text_is_never_taken_for_something_else(text: str) -> None:
    assert plain(parse(f"date: {text}\n")[0]) == {"date": text}


@pytest.mark.parametrize("text", ["a:", "a: ~", "a: ''", 'a: ""', "a: # nothing"])
def test_nothing_is_an_empty_text(text: str) -> None:
    assert plain(parse(text)[0]) == {"a": ""}


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_the_nodes_say_what_the_file_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    node, problems = parse(text)

    assert problems == []
    assert plain(node) == yaml.load(text, Loader=yaml.BaseLoader)


def test_every_text_knows_its_line_and_column() -> None:
    node, _ = parse("deck: 漢字 🏯 x\n\"facts\":\n  - q: x\n    a: [ü, {z: '1'}]\n")

    assert list(texts(node)) == [
        ("deck", 1, 1),
        ("漢字 🏯 x", 1, 7),
        ("facts", 2, 1),
        ("q", 3, 5),
        ("x", 3, 8),
        ("a", 4, 5),
        ("ü", 4, 9),
        ("z", 4, 13),
        ("1", 4, 16),
    ]


def test_lists_and_mappings_know_where_they_begin_and_how_they_are_written() -> None:
    node, _ = parse("a:\n  - b\nc: [d]\ne: {f: g}\n")
    block, flow, braces = (value for _, value in node.pairs)

    assert (block.line, block.column, block.flow) == (2, 3, False)
    assert (flow.line, flow.column, flow.flow) == (3, 4, True)
    assert (braces.line, braces.column, braces.flow) == (4, 4, True)


def test_lines_count_from_the_line_that_a_piece_begins_with() -> None:
    node, _ = parse("  q: x\n  a: y\n", first_line=7)

    assert [line for _, line, _ in texts(node)] == [7, 7, 8, 8]


def test_a_key_that_is_given_twice_is_there_twice() -> None:
    node, _ = parse("a: 1\na: 2\n")

    assert [(key.text, value.text) for key, value in node.pairs] == [("a", "1"), ("a", "2")]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: &x b\n", Code.MISREAD_START, Place(1, 4)),
        ("a: *x\n", Code.MISREAD_START, Place(1, 4)),
        ("a: !x b\n", Code.MISREAD_START, Place(1, 4)),
        ("a: !!python/name:os.system\n", Code.MISREAD_START, Place(1, 4)),
        ("a: !!map {b: c}\n", Code.MISREAD_START, Place(1, 4)),
        ("a: &x\n  - b\n", Code.MISREAD_START, Place(1, 4)),
        ("<<: {b: c}\n", Code.MERGE_KEY, Place(1, 1)),
        ("{b: c}: d\n", Code.BAD_KEY, Place(1, 1)),
    ],
)
def test_what_decks_do_not_use_is_told(text: str, code: Code, place: Place) -> None:
    _, problems = parse(text)

    assert [(problem.code, problem.place) for problem in problems] == [(code, place)]


@pytest.mark.parametrize(
    "text", ["[" * DEEPEST + "]" * DEEPEST, "- " * DEEPEST + "x", "{a: " * DEEPEST + "}" * DEEPEST]
)
def test_nesting_is_read_to_a_depth(text: str) -> None:
    parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
        "- " * (DEEPEST + 1) + "x",
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
    ],
)
def test_deeper_nesting_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError) as error:
        parse(text)

    assert error.value.code is Code.TOO_DEEP


def test_more_entries_than_a_deck_may_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MOST_EVENTS", 20)
    parse("[a, b, c, d]")
    with pytest.raises(UnreadableError) as error:
        parse("[" + "a, " * 30 + "]")

    assert error.value.code is Code.TOO_LARGE


def test_what_is_no_yaml_is_told_with_its_place() -> None:
    with pytest.raises(UnreadableError) as error:
        parse("q: x: y\n", first_line=4)

    assert error.value.place == Place(4, 5)


def test_a_quotation_that_runs_over_a_key_is_no_text() -> None:
    text = 'q: "Who was he\na: Nobody\nnote: 12"\n'
    parse(text)
    with pytest.raises(UnreadableError) as error:
        parse(text, keys={"a"})

    assert (error.value.code, error.value.place) == (Code.UNCLOSED_QUOTE, Place(1, 4))


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("text", ["a: b", "a: b: c"])
def test_reading_leaves_the_garbage_collector_as_it_was(enabled: bool, text: str) -> None:
    was = gc.isenabled()
    try:
        gc.enable() if enabled else gc.disable()
        with suppress(UnreadableError):
            parse(text)
        assert gc.isenabled() is enabled
    finally:
        gc.enable() if was else gc.disable()
