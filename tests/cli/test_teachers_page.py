"""The handbook's first ten minutes, typed as they stand there."""

import re
import shlex
from pathlib import Path

from tests.cli.program import Fasti

PAGE = (Path(__file__).parent.parent.parent / "docs" / "teachers.md").read_text(encoding="utf-8")
ENDLESS = {"watch"}
"""Commands that end only by Ctrl-C; `test_authoring` has them in a terminal."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def commands() -> list[list[str]]:
    typed = (line for block in blocks("console") for line in block.splitlines())
    return [shlex.split(line.removeprefix("$ fasti ")) for line in typed if line.startswith("$ fasti ")]


def test_the_first_ten_minutes_are_as_the_handbook_says(fasti: Fasti) -> None:
    fasti.write("cold-war.txt", blocks("text")[0])
    for command in commands():
        if command[0] in ENDLESS:
            continue
        done = fasti(*command, stdin=["q", "Who?", "Me"])

        assert done.code == 0, (command, done.err)
    deck = (fasti.folder / "cold-war.yaml").read_text(encoding="utf-8")
    assert blocks("yaml")[0] in deck
    assert deck.count("\n  - ") == 9
