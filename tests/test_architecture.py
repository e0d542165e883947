"""The house: which module may import which, and where each heavy library lives."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "fasti"

# Who may import whom, inside the project: an arrow goes down or it does not go.
BELOW = {
    "errors": set(),
    "garbage": set(),
    "settings": {"errors"},
    "whole_file": {"errors"},
    "options": {"core"},
    "config_lines": set(),
    "config_text": {"errors"},
    "configuration": {"core", "errors", "options", "config_lines", "config_text"},
    "config_file": {"configuration", "config_text", "options", "settings", "whole_file"},
    "core": {"core", "errors"},
    "decks": {"decks", "core", "errors", "garbage"},
    "store": {"store", "core", "errors", "garbage", "settings"},
    "exchange": {"exchange", "core", "errors", "whole_file"},
    "ui": {"ui", "core", "errors"},
    "page": {"page", "core", "errors"},
    "images": {"images"},
    "lints": {"lints", "core", "errors"},
    "likeness": set(),
    "spellcheck": {"core", "lints", "errors"},
    "checking": {"core", "decks", "files", "garbage", "lints", "likeness", "errors"},
    "check_reports": {"core", "checking"},
    "explaining": {"checking", "decks", "settings", "errors"},
    "mending": {"checking", "decks", "lints", "whole_file", "errors"},
    "drafting": {"core", "decks", "checking", "settings", "whole_file", "errors"},
    "new_deck": {"core", "decks", "errors"},
    "previewing": {"core", "decks", "checking", "errors"},
    "differences": {"core", "previewing"},
    "watching": {"decks", "previewing", "differences", "errors"},
    "edits": {"core", "decks", "store"},
    "rewriting": {"core", "edits", "store"},
    "matching": {"core", "decks", "edits", "rewriting", "store"},
    "files": {"core", "decks", "settings"},
    "following": {"decks", "files"},
    "already_in": {"decks", "store", "files", "following", "settings"},
    "shelves": {"core", "decks", "store", "edits", "files", "settings", "errors"},
    "together": {"core", "edits", "matching"},
    "deck_names": {"core", "store", "settings", "errors"},
    "shelving": {"core", "store", "edits", "files", "likeness", "shelves", "together"},
    "library": {
        "garbage",
        "shelving",
        "deck_names",
        "core",
        "decks",
        "store",
        "edits",
        "shelves",
        "together",
        "files",
        "following",
        "likeness",
        "settings",
        "errors",
    },
    "pinning": {
        "shelving",
        "deck_names",
        "core",
        "editions",
        "decks",
        "store",
        "whole_file",
        "likeness",
        "edits",
        "shelves",
        "together",
        "library",
        "settings",
        "errors",
    },
    "editions": {"core", "decks", "exchange", "settings", "errors"},
    "unpacking": {
        "core",
        "store",
        "exchange",
        "edits",
        "shelves",
        "library",
        "all_or_nothing",
        "settings",
        "errors",
    },
    "packing": {
        "core",
        "decks",
        "store",
        "exchange",
        "editions",
        "pictures",
        "pinning",
        "shelves",
        "settings",
        "errors",
        "whole_file",
    },
    "comparing": {
        "shelving",
        "deck_names",
        "core",
        "store",
        "edits",
        "likeness",
        "shelves",
        "together",
        "library",
        "editions",
    },
    "session_contract": {"core"},
    "running_order": {"core"},
    "stored_cards": {"store", "session_contract"},
    "session": {"core", "running_order", "session_contract"},
    "desk": {"stored_cards", "core", "store", "session_contract"},
    "planning": {"core", "store"},
    "due": {"core", "store", "following", "settings", "library", "shelves", "sitting", "planning"},
    "lookup": {"core", "store", "errors"},
    "cramming": {"deck_names", "core", "store", "session", "session_contract", "desk", "library", "errors"},
    "care": {"core", "store", "desk", "lookup", "settings"},
    "search": {"deck_names", "core", "store", "care", "library"},
    "shelf_list": {"store", "settings", "files"},
    "statistics": {"core", "store", "files", "settings", "deck_names", "cramming"},
    "sitting": {
        "stored_cards",
        "deck_names",
        "core",
        "store",
        "session",
        "session_contract",
        "desk",
        "library",
        "shelves",
        "edits",
        "following",
        "settings",
        "planning",
    },
    "backups": {"core", "store", "settings", "errors"},
    "restoring": {"core", "store", "backups", "desk", "settings"},
    "same_facts": {"core", "store"},
    "merging": {"core", "store", "desk", "same_facts", "errors"},
    "sync_files": {"core", "whole_file"},
    "syncing": {
        "core",
        "decks",
        "store",
        "desk",
        "merging",
        "same_facts",
        "settings",
        "sync_files",
        "whole_file",
        "errors",
    },
    "doctor": {"core", "store", "settings", "errors"},
    "repairing": {
        "core",
        "store",
        "backups",
        "desk",
        "doctor",
        "library",
        "shelves",
        "settings",
        "errors",
    },
    "whole_deck": {"deck_names", "core", "decks", "store", "library", "settings", "errors"},
    "timelines": {"core", "errors"},
    "causality": {"core", "errors"},
    "pictures": {"settings"},
    "editor": {"errors"},
    "leaving": {"core", "exchange", "store", "pictures"},
    "export_places": {"whole_file", "errors"},
    "exporting": {"deck_names", "core", "exchange", "store", "library", "leaving", "export_places", "errors"},
    "page_export": {
        "deck_names",
        "core",
        "page",
        "exchange",
        "store",
        "pictures",
        "export_places",
        "whole_deck",
        "whole_file",
    },
    "taking_over": {"core", "exchange", "store"},
    "all_or_nothing": {"settings", "whole_file", "errors"},
    "destinations": {"core", "decks", "exchange", "store", "settings", "whole_file", "errors"},
    "importing": {
        "all_or_nothing",
        "destinations",
        "core",
        "decks",
        "exchange",
        "store",
        "library",
        "shelves",
        "settings",
        "taking_over",
        "whole_file",
        "errors",
    },
    "commands": {
        "already_in",
        "deck_names",
        "commands",
        "core",
        "decks",
        "store",
        "ui",
        "backups",
        "checking",
        "drafting",
        "new_deck",
        "previewing",
        "watching",
        "check_reports",
        "explaining",
        "mending",
        "spellcheck",
        "comparing",
        "packing",
        "unpacking",
        "editions",
        "editor",
        "library",
        "session",
        "exchange",
        "session_contract",
        "sitting",
        "desk",
        "doctor",
        "due",
        "lookup",
        "care",
        "cramming",
        "merging",
        "pinning",
        "planning",
        "repairing",
        "restoring",
        "search",
        "statistics",
        "shelf_list",
        "shelves",
        "syncing",
        "whole_deck",
        "timelines",
        "causality",
        "export_places",
        "exporting",
        "page_export",
        "importing",
        "images",
        "pictures",
        "settings",
        "options",
        "configuration",
        "config_file",
        "config_text",
        "errors",
        "whole_file",
    },
    "cli": {"commands", "errors"},
    "__main__": {"cli", "commands"},
    "__init__": set(),
}

# What is drawn is made of values: ui may name the types of the layers whose values it draws.
TYPES_ONLY = {
    "ui": {
        "checking",
        "drafting",
        "new_deck",
        "previewing",
        "watching",
        "edits",
        "store",
        "lookup",
        "care",
        "search",
        "statistics",
        "shelf_list",
        "due",
        "exporting",
        "page_export",
        "importing",
        "exchange",
        "destinations",
        "backups",
        "merging",
        "restoring",
        "sync_files",
        "syncing",
        "doctor",
        "repairing",
        "timelines",
        "causality",
        "pinning",
        "comparing",
        "packing",
        "unpacking",
    },
    "commands": {"edits", "lints", "session"},
}

# Where each library lives; everything else is the standard library.
HOMES = {
    "yaml": {"decks"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "psycopg": {"store"},
    "rich": {"ui"},
    "PIL": {"images"},
    "typer": {"cli", "commands"},
    "backports": {"exchange"},
    "compression": {"exchange"},
    "rapidfuzz": {"likeness"},
    "spellchecker": {"spellcheck"},
    "platformdirs": {"settings"},
    "tomlkit": {"config_file"},
}

FILES = sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> list[tuple[str, bool]]:
    """Every imported module, inside functions too, and whether it is for type checking only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    only_types = {
        id(node)
        for test in ast.walk(tree)
        if isinstance(test, ast.If) and ast.unparse(test.test) == "TYPE_CHECKING"
        for node in ast.walk(test)
    }
    found: list[tuple[str, bool]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) in only_types) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            found.append((node.module or "", id(node) in only_types))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arrows_go_down_only(path: Path) -> None:
    here = layer(path)
    for module, only_types in imports(path):
        if module.split(".")[0] != "fasti" or module == "fasti":
            continue
        there = module.split(".")[1]
        allowed = BELOW[here] | (TYPES_ONLY.get(here, set()) if only_types else set())
        assert there in allowed, f"{path.relative_to(PACKAGE)} must not import {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_one_home(path: Path) -> None:
    here = layer(path)
    for module, only_types in imports(path):
        library = module.split(".")[0]
        if library in HOMES and only_types:
            continue
        if library in HOMES:
            assert here in HOMES[library], f"{path.relative_to(PACKAGE)} must not import {library}"
        else:
            assert library == "fasti" or library in sys.stdlib_module_names, f"{module} has no home"


@pytest.mark.parametrize(
    "path", [path for path in FILES if layer(path) == "core"], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_the_core_has_no_clock_no_chance_and_no_files(path: Path) -> None:
    absent = {"time", "random", "secrets", "uuid", "os", "io", "pathlib", "sqlite3", "subprocess"}
    used = {module.split(".")[0] for module, _ in imports(path)}
    assert not used & absent
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input", "eval", "exec"}
    # `datetime` may be used to reckon with, never to ask what time it is.
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not asked & {"now", "utcnow", "today"}


def test_every_module_is_in_the_picture() -> None:
    assert {layer(path) for path in FILES} == set(BELOW)
