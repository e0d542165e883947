"""Decks in a real editor's language server: completion, help and red lines, as docs/editors.md sets it up.

`FASTI_TEST_YAML_SERVER` names `yaml-language-server` (from the npm registry; `.ci/run` installs it), or it is
on the PATH. Where it is neither, these tests are left out, and say so.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fasti.core.kinds import BUILT_IN, COMMON
from fasti.decks.schema import MODELINE, json_schema
from tests.decks.editor import Editor

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
SERVER = os.environ.get("FASTI_TEST_YAML_SERVER") or shutil.which("yaml-language-server")

needs_server = pytest.mark.skipif(
    SERVER is None,
    reason="no yaml-language-server: `npm install yaml-language-server` and set FASTI_TEST_YAML_SERVER",
)


def block(name: str) -> str:
    """The example of docs/editors.md that has this name."""
    found = re.search(rf"^<!-- {name} -->\n```\w+\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found, name
    return found[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decks")
    (folder / "deck.schema.json").write_text(json.dumps(json_schema()), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[Editor]:
    """An editor with the settings of the page."""
    assert SERVER
    settings: dict[str, Any] = json.loads(block("vscode settings"))
    settings["yaml.schemas"] = {
        (folder / name).as_uri(): files for name, files in settings["yaml.schemas"].items()
    }
    with Editor([SERVER, "--stdio"], folder, settings) as editor:
        yield editor


def at(text: str) -> tuple[str, int, int]:
    """A text without its cursor `|`, and the cursor's line and column."""
    before = text[: text.index("|")]
    return text.replace("|", "", 1), before.count("\n"), len(before) - before.rfind("\n") - 1


def offered(editor: Editor, text: str) -> dict[str, str]:
    deck, line, column = at(text)
    items = editor.offered(editor.open("completion.yaml", deck), line, column)
    return {item["label"]: item.get("insertText", "") for item in items}


def hover(editor: Editor, text: str) -> str:
    deck, line, column = at(text)
    return editor.hover(editor.open("hover.yaml", deck), line, column)


START = "deck: T\nfacts:\n  - event: Kennedy speaks\n    date: 1962-10-22\n"


@needs_server
@pytest.mark.parametrize(
    "text",
    [
        "deck: T\nfacts:\n  - |\n",
        f"{START}  - |\n",
        f"{START}  - |",
        f"{START}\n  - |\n\n  - {{q: a, a: b}}\n",
    ],
)
def test_a_dash_offers_the_kinds_and_nothing_else(editor: Editor, text: str) -> None:
    labels = offered(editor, text)

    assert {label for label in labels if not label.endswith("…")} == set(BUILT_IN)
    assert labels["event"] == "event: "
    assert labels["event, date: …"] == "event: $1\n  date: $2"
    assert labels["order, items: …"] == "order: $1\n  items:\n    - $2\n    - $3"


@needs_server
def test_a_dash_offers_the_kinds_in_a_deck_with_kinds_of_its_own(editor: Editor) -> None:
    own = "deck: T\nkinds: {k: {fields: [k], cards: {a: {ask: x, answer: y}}}}\nfacts:\n  - |\n"

    assert set(BUILT_IN) | {"event, date: …"} <= set(offered(editor, own))


@needs_server
def test_a_fact_offers_what_its_kind_still_takes(editor: Editor) -> None:
    labels = offered(editor, f"{START}    |\n")
    event = {field.name for field in BUILT_IN["event"].fields} | {field.name for field in COMMON}

    assert set(labels) == event - {"event", "date"}


@needs_server
def test_ask_offers_the_cards_of_the_kind(editor: Editor) -> None:
    assert list(offered(editor, f"{START}    ask: |\n")) == [card.name for card in BUILT_IN["event"].cards]


@needs_server
def test_an_empty_file_offers_the_keys_of_a_deck(editor: Editor) -> None:
    assert {"deck", "facts", "sources", "author"} <= set(offered(editor, "|"))


@needs_server
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{START}    ca|used by: x\n",
            ["what caused it: ids of facts in this deck, or plain", "u2-photographs"],
        ),
        ("deck: T\nfacts:\n  - event: A\n    da|te: 1962\n", ["as a historian writes it", "15 March 44 BC"]),
        ("de|ck: T\nfacts:\n  - {q: a, a: b}\n", ["the title of the deck"]),
        ("deck: T\nfacts:\n  - q: a\n    a: b\n    hi|nt: c\n", ["hints, shown step by step", "A Monday"]),
        ("deck: T\nsou|rces: {a: b}\nfacts:\n  - {q: a, a: b}\n", ["works that facts cite by a short name"]),
        (
            "deck: T\nkinds: {k: {fi|elds: [k], cards: {a: {ask: x, answer: y}}}}\nfacts:\n  - {k: a}\n",
            ["own name first"],
        ),
    ],
)
def test_the_cursor_on_a_key_explains_it_with_an_example(editor: Editor, text: str, said: list[str]) -> None:
    shown = hover(editor, text)

    assert all(words in shown for words in said), shown
    assert "For example" in shown


@needs_server
@pytest.mark.parametrize(
    ("deck", "line", "said"),
    [
        ("deck: T\nfacts:\n  - event: A\n", 2, 'Missing property "date"'),
        ("deck: T\nfacts:\n  - event: A\n    date: 1962\n    who: x\n", 4, "Property who is not allowed"),
        ("deck: T\nfacts:\n  - event: A\n    date: 1962\n    calendar: juilan\n", 4, "Value is not accepted"),
        ("deck: T\nauthr: me\nfacts:\n  - {q: a, a: b}\n", 1, "Property authr is not allowed"),
        ("facts:\n  - {q: a, a: b}\n", 0, 'Missing property "deck"'),
    ],
)
def test_what_is_wrong_is_underlined(editor: Editor, deck: str, line: int, said: str) -> None:
    problems = editor.problems(editor.open("broken.yaml", deck))

    assert [(each["range"]["start"]["line"], each["message"].startswith(said)) for each in problems] == [
        (line, True)
    ]


@needs_server
@pytest.mark.parametrize("path", sorted((ROOT / "decks").glob("*.yaml")), ids=lambda path: path.name)
def test_nothing_is_underlined_in_the_decks_that_come_with_the_program(editor: Editor, path: Path) -> None:
    assert editor.problems(editor.open(path.name, path.read_text(encoding="utf-8"))) == []


@needs_server
def test_the_line_at_the_top_of_a_deck_is_enough(folder: Path) -> None:
    assert SERVER
    deck = f"{block('modeline')}deck: T\nfacts:\n  - event: A\n    da|te: 1962\n    who: x\n"
    text, line, column = at(deck)
    with Editor([SERVER, "--stdio"], folder, {}) as editor:
        uri = editor.open("own.yaml", text)

        assert "Property who is not allowed." in [each["message"] for each in editor.problems(uri)]
        assert "15 March 44 BC" in editor.hover(uri, line, column)


@pytest.mark.skipif(os.environ.get("CI") != "true", reason="only where everything must be tried")
def test_the_server_is_there_where_everything_must_be_tried() -> None:
    assert SERVER


def test_the_pages_examples_are_what_the_program_gives() -> None:
    assert block("modeline") == MODELINE.format("deck.schema.json") + "\n"
    assert list(json.loads(block("vscode settings"))["yaml.schemas"]) == ["./deck.schema.json"]


def test_the_pages_pattern_reads_what_check_prints() -> None:
    (task,) = json.loads(block("vscode tasks"))["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    for printed, expected in (
        ("a b.yaml:3:5: unknown-key: `x` is no key", ("a b.yaml", "3", "5", "unknown-key", None)),
        ("C:\\a.yaml:3:5: same-fact: warning: the", ("C:\\a.yaml", "3", "5", "same-fact", "warning")),
    ):
        found = re.search(pattern["regexp"], printed)
        assert found
        keys = ("file", "line", "column", "code", "severity")
        assert tuple(found[pattern[key]] for key in keys) == expected
