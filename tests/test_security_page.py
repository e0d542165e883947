"""SECURITY.md: every test that it names is there, and its sentences on what the program does not do hold."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NETWORK = {
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "socketserver",
    "asyncio",
    "ssl",
    "requests",
    "httpx",
    "webbrowser",
}
STARTS_PROGRAMS = {"editor.py", "editions.py", "drives.py"}
NAMES_THE_MACHINE = {"desk.py", "syncing.py"}


def modules() -> dict[str, set[str]]:
    """What each file of the program imports, wherever in it."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "src").rglob("*.py")):
        names = found.setdefault(file.name, set())
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    return found


@pytest.mark.parametrize(
    "promise", [line for line in PAGE.splitlines() if line.startswith("| ") and "`tests/" in line]
)
def test_every_promise_names_tests_that_are_there(promise: str) -> None:
    named = re.findall(r"`(tests/[a-z0-9_/]+\.py)`", promise.rsplit("|", 2)[1])
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_nothing_in_the_program_could_speak_to_a_network() -> None:
    speaking = {file: names & NETWORK for file, names in modules().items() if names & NETWORK}
    assert speaking == {}
    assert {file for file, names in modules().items() if "socket" in names} == NAMES_THE_MACHINE


def test_only_the_editor_git_and_mount_are_started() -> None:
    assert {file for file, names in modules().items() if "subprocess" in names} == STARTS_PROGRAMS


def test_it_is_found_from_the_other_pages_and_in_the_source_package() -> None:
    for name in ("README.md", "ARCHITECTURE.md", "pyproject.toml"):
        assert "SECURITY.md" in (ROOT / name).read_text(encoding="utf-8"), name
