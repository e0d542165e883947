"""What the documentation shows is tried, and what the program has is documented."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from fasti import __version__
from fasti.cli import app
from fasti.core.kinds import BUILT_IN, COMMON
from fasti.decks.read import read_deck

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """Every command of the program, those of groups with their group."""
    found: list[str] = []
    for name, command in get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        found += [f"{name} {each}" for each in inner] if inner else [name]
    return found


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"fasti {command}" in README


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`fasti ([a-z]+)", README))))
def test_every_command_in_the_readme_exists(command: str) -> None:
    assert command in {name.split()[0] for name in commands()}


DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = sorted(
    {
        (path.name, found)
        for path in DOCUMENTS
        for found in re.findall(
            r"(?:`|^\$ |^)fasti ([a-z][^`\n|]*)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
)


@pytest.mark.parametrize(("document", "example"), EXAMPLES)
def test_every_command_line_in_the_documents_can_be_typed(document: str, example: str) -> None:
    """Its command exists, and so does every option that it gives."""
    command = get_command(app)
    words = example.split()
    while words and (inner := getattr(command, "commands", {}).get(words[0])):
        command = inner
        words = words[1:]

    assert not words or not getattr(command, "commands", None), (
        f"{document}: `fasti {example}` names no command"
    )
    options = {option for parameter in command.params for option in parameter.opts}
    given = {word.rstrip(",.;:") for word in words if re.match(r"--?[a-z]", word)}
    assert given <= options, f"{document}: `fasti {example}`"


@pytest.mark.parametrize("command", commands())
def test_every_command_says_what_it_is_for(command: str) -> None:
    group = get_command(app)
    for name in command.split():
        group = group.commands[name]

    assert group.help
    assert all(parameter.help for parameter in group.params if parameter.name != "help")


@pytest.mark.parametrize("deck", blocks("yaml"))
def test_the_decks_in_the_readme_have_no_problems(deck: str) -> None:
    reading = read_deck(deck)

    assert reading.problems == ()
    assert reading.deck
    assert {fact.kind for fact in reading.deck.facts} == set(BUILT_IN)


FACTS = re.findall(
    r"^```yaml\n(.*?)^```$",
    (ROOT / "docs" / "facts-that-stick.md").read_text(encoding="utf-8"),
    re.DOTALL | re.MULTILINE,
)


@pytest.mark.parametrize("facts", FACTS)
def test_the_facts_of_the_handbook_have_no_problems(facts: str) -> None:
    deck = facts if facts.startswith("deck:") else f"deck: Handbook\nfacts:\n{facts}"
    reading = read_deck(deck)

    assert reading.problems == ()
    assert reading.deck


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_every_page_can_be_come_to_from_the_handbook_or_the_readme(page: str) -> None:
    handbook = (ROOT / "docs" / "teachers.md").read_text(encoding="utf-8")

    assert f"({page})" in handbook or f"(docs/{page})" in README


@pytest.mark.parametrize("key", [field.name for field in COMMON])
def test_every_key_that_all_facts_take_is_in_the_readme(key: str) -> None:
    assert f"`{key}`" in README


def test_set_up_is_one_line_to_copy_each() -> None:
    lines = [block.strip().splitlines() for block in blocks("sh")[:2]]

    assert [len(block) for block in lines] == [1, 1]
    assert all(block[0].startswith("python3 -m venv .venv && ") for block in lines)


def test_the_changelog_knows_this_version() -> None:
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
