"""On which line of a TOML text each key stands."""

import re
import tomllib
from collections.abc import Iterator

# What can hold a line feed or a bracket that does not count, then brackets, line feeds, and the rest.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]"
    r"|[^\"'#\[\]{}\n]+"
    r"|.",
    re.DOTALL,
)


def lines_of(text: str) -> dict[str, int]:
    """The line of each key of a text that is right TOML, those of a table by `table.key`, deeper ones left out."""
    found: dict[str, int] = {}
    table: tuple[str, ...] = ()
    for line, statement in _statements(text):
        value: object = tomllib.loads(statement)
        if statement.startswith("["):
            table = _path(value, 9)
            found.setdefault(".".join(table[:2]), line)
            continue
        for path in _paths(value):
            found.setdefault(".".join((*table, *path)[:2]), line)
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header and each `key = value`, however many lines it takes, with the line it begins on."""
    number, begun, depth = 1, 1, 0
    statement = ""
    for token in _TOKEN.findall(text.replace("\r\n", "\n") + "\n"):
        if token == "\n" and depth == 0:
            if statement.strip():
                yield begun, statement.strip()
            statement, begun = "", number + 1
        elif not (token.startswith("#") and depth == 0):
            statement += token
        depth += (token in {"[", "{"}) - (token in {"]", "}"})
        number += token.count("\n")


def _paths(value: object) -> Iterator[tuple[str, ...]]:
    """The first two keys on every way into a value."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from ((key, each) for each in inner) if isinstance(inner, dict) and inner else [(key,)]


def _path(value: object, deepest: int) -> tuple[str, ...]:
    """The keys of a header, from the outermost on."""
    if isinstance(value, list):
        value = value[0]
    if not isinstance(value, dict) or not value or not deepest:
        return ()
    key, inner = next(iter(value.items()))
    return (key, *_path(inner, deepest - 1))
