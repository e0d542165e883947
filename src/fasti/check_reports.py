"""What `fasti check` found, as programs and GitHub are told of it."""

import json
from collections.abc import Sequence

from fasti.checking import Checked
from fasti.core.facts import Problem
from fasti.core.text import unsafe_character

VERSION = 1
"""The version of what `as_json` writes."""


def as_json(checked: Sequence[Checked]) -> str:
    """The problems as JSON for programs, with the version of its form.

    The `fix` of a problem is a list of changes, or null: at `line` and `column` the text `old` becomes `new`; a
    line of which nothing is left goes.
    """
    problems = [
        {
            "path": str(each.path),
            "line": problem.place.line,
            "column": problem.place.column,
            "code": str(problem.code),
            "severity": problem.severity,
            "message": problem.message,
            "fix": _fix(problem),
        }
        for each in checked
        for problem in each.problems
    ]
    values = {"version": VERSION, "problems": problems}
    text = json.dumps(values, ensure_ascii=False, indent=2)
    # What a fix takes out may be a character that acts on a terminal.
    return (json.dumps(values, indent=2) if unsafe_character(text) else text) + "\n"


def as_github(checked: Sequence[Checked]) -> str:
    """The problems as GitHub's workflow commands, which it shows beside the lines of a pull request."""
    return "".join(
        f"::{_LEVELS.get(problem.severity, problem.severity)} "
        f"file={_property(each.path.as_posix())},line={problem.place.line},col={problem.place.column},"
        f"title={_property(str(problem.code))}::{_data(problem.message)}\n"
        for each in checked
        for problem in each.problems
    )


_LEVELS = {"advice": "notice"}


def _fix(problem: Problem) -> list[dict[str, object]] | None:
    if not problem.fix:
        return None
    return [
        {"line": change.place.line, "column": change.place.column, "old": change.old, "new": change.new}
        for change in problem.fix
    ]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
