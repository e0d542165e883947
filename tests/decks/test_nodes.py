from typing import Any

import gc

import pytest
import yaml

from fasti.core.facts import Place
from fasti.decks import nodes
from fasti.decks.codes import Code
from fasti.decks.nodes import DEEPEST, MappingNode, Node, ScalarNode, SequenceNode, UnreadableError, parse

from pathlib import Path

GOOD = sorted((Path(__file__).parent / "good").iterdir())


@pytest.fixture(params=["libyaml", "pure Python"])
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


def value_of(text: str) -> ScalarNode:
    node, _ = parse(text)
    assert isinstance(node, MappingNode)
    value = node.pairs[0][1]
    assert isinstance(value, ScalarNode)
    return value


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "text", ["0476", "-0043", "no", "1962-10", "1962-10-28", "2023-02-29", "1:30", "1e3", "null", "true", "0x1F"]
)
def test_an_unquoted_text_is_never_taken_for_something_else(text: str) -> None:
    assert value_of(f"date: {text}\n").text == text


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ["a:", "a: ~", "a: ''", 'a: ""', "a: # nothing"])
def test_nothing_is_an_empty_text(text: str) -> None:
    assert value_of(text).text == ""


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_the_nodes_say_what_the_file_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(": ~", ": ''")
    node, problems = parse(text)

    assert problems == []
    assert plain(node) == yaml.load(text, Loader=yaml.BaseLoader)


@pytest.mark.usefixtures("loader")
def test_every_node_knows_its_line_and_column() -> None:
    node, _ = parse("deck: 漢字 🏯\nfacts:\n  - q: x\n    a: [ü, {z: 1}]\n")

    assert node == MappingNode(
        [
            (ScalarNode("deck", 1, 1, style(node, 0)), ScalarNode("漢字 🏯", 1, 7, style(node, 0))),
            (
                ScalarNode("facts", 2, 1, style(node, 0)),
                SequenceNode(
                    [
                        MappingNode(
                            [
                                (ScalarNode("q", 3, 5, style(node, 0)), ScalarNode("x", 3, 8, style(node, 0))),
                                (
                                    ScalarNode("a", 4, 5, style(node, 0)),
                                    SequenceNode(
                                        [
                                            ScalarNode("ü", 4, 9, style(node, 0)),
                                            MappingNode(
                                                [
                                                    (
                                                        ScalarNode("z", 4, 13, style(node, 0)),
                                                        ScalarNode("1", 4, 16, style(node, 0)),
                                                    )
                                                ],
                                                4,
                                                12,
                                                flow=True,
                                            ),
                                        ],
                                        4,
                                        8,
                                        flow=True,
                                    ),
                                ),
                            ],
                            3,
                            5,
                        )
                    ],
                    3,
                    3,
                ),
            ),
        ],
        1,
        1,
    )


def style(node: Node, number: int) -> str | None:
    """How this parser writes the style of an unquoted text."""
    assert isinstance(node, MappingNode)
    return node.pairs[number][0].style
