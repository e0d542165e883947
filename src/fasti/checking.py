"""`fasti check`: every problem of every deck, and how they are told to people, programs and editors."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from fasti.core.cards import card_names
from fasti.core.facts import Deck, Fact, Problem
from fasti.core.kinds import BUILT_IN
from fasti.core.links import Links
from fasti.core.text import printable
from fasti.decks.codes import Code
from fasti.decks.find import deck_bytes, deck_files
from fasti.decks.page import LARGEST, decoded, page_of, too_large
from fasti.decks.read import Reading, read_deck

VERSION = 1
"""The version of what `as_json` writes."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a deck file: its problems by their places, how many facts are usable, and their cards.

    `source` has the text of the lines that have problems, by their numbers. `reading` is what the file
    says, None where it could not be read as text.
    """

    path: Path
    problems: tuple[Problem, ...]
    facts: int = 0
    cards: int = 0
    source: Mapping[int, str] = field(default_factory=dict)
    reading: Reading | None = None


def check(paths: Iterable[Path]) -> list[Checked]:
    """All decks that these files and folders hold, with everything that is wrong with them.

    Raises FastiError where a path is no file, or a folder has no deck.
    """
    files = [_read(path) for path in deck_files(paths)]
    _tell_shared_ids(files)
    return [_checked(file) for file in files]


def has_errors(checked: Iterable[Checked]) -> bool:
    """Whether anything keeps a fact, or a whole deck, from being used."""
    return any(problem.severity == "error" for each in checked for problem in each.problems)


def fails(checked: Sequence[Checked], *, strict: bool) -> bool:
    """Whether a check has failed: an error has been found or, if `strict`, a warning."""
    return has_errors(checked) or (strict and any(each.problems for each in checked))


def summary(checked: Sequence[Checked]) -> str:
    """One sentence on what was checked and found."""
    facts, cards = sum(each.facts for each in checked), sum(each.cards for each in checked)
    problems = [problem for each in checked for problem in each.problems]
    errors = sum(problem.severity == "error" for problem in problems)
    read = f"{_counted(len(checked), 'deck file')}, {_counted(facts, 'fact')}, {_counted(cards, 'card')}"
    if not problems:
        return f"{read}: no problems"
    found = [_counted(errors, "error")] if errors else []
    if len(problems) > errors:
        found.append(_counted(len(problems) - errors, "warning"))
    return f"{read}: {' and '.join(found)}"


def as_json(checked: Sequence[Checked]) -> str:
    """The problems as JSON for programs, with the version of its form."""
    problems = [
        {
            "path": str(each.path),
            "line": problem.place.line,
            "column": problem.place.column,
            "code": str(problem.code),
            "severity": problem.severity,
            "message": problem.message,
        }
        for each in checked
        for problem in each.problems
    ]
    return json.dumps({"version": VERSION, "problems": problems}, ensure_ascii=False, indent=2) + "\n"


def as_github(checked: Sequence[Checked]) -> str:
    """The problems as GitHub's workflow commands, which it shows beside the lines of a pull request."""
    return "".join(
        f"::{'error' if problem.severity == 'error' else 'warning'} "
        f"file={_property(each.path.as_posix())},line={problem.place.line},col={problem.place.column},"
        f"title={_property(str(problem.code))}::{_data(problem.message)}\n"
        for each in checked
        for problem in each.problems
    )


def missing_images(path: Path, deck: Deck | None) -> list[Problem]:
    """The pictures that the facts of the deck in the file at `path` name, and that are not there."""
    return [
        Problem(
            fact.places.get("image", fact.place),
            Code.MISSING_IMAGE,
            f"there is no picture `{printable(fact.image)}` beside the deck; put it there, or correct its name",
        )
        for fact in (deck.facts if deck else ())
        if fact.image and not _is_file(path.parent / PurePosixPath(fact.image))
    ]


@dataclass(slots=True)
class _File:
    path: Path
    lines: list[str]
    reading: Reading | None
    problems: list[Problem]

    @property
    def deck(self) -> Deck | None:
        return self.reading.deck if self.reading else None


def _read(path: Path) -> _File:
    data = deck_bytes(path)
    if len(data) > LARGEST:
        return _File(path, [], None, [too_large(max(len(data), _size(path)))])
    text = decoded(data)
    if isinstance(text, Problem):
        return _File(path, [], None, [text])
    reading = read_deck(text, path.stem)
    problems = [*reading.problems, *missing_images(path, reading.deck)]
    return _File(path, page_of(text).lines if problems else [], reading, problems)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _tell_shared_ids(files: Sequence[_File]) -> None:
    """A fact's id is one fact's in all the files of a deck."""
    first: dict[tuple[str, str], tuple[Path, Fact]] = {}
    for file in files:
        for fact in file.deck.facts if file.deck else ():
            if file.deck is None or fact.id is None:
                continue
            path, other = first.setdefault((file.deck.id, fact.id), (file.path, fact))
            if path != file.path:
                message = (
                    f"the deck `{printable(file.deck.id)}` has the id `{printable(fact.id)}` already in "
                    f"`{printable(str(path))}`, line {other.place.line}; give the fact, or the deck, another"
                )
                problem = Problem(fact.places.get("id", fact.place), Code.DUPLICATE_ID, message)
                file.problems.append(problem)


def _checked(file: _File) -> Checked:
    problems = tuple(sorted(file.problems, key=lambda problem: (problem.place, problem.code)))
    lines = {problem.place.line for problem in problems}
    source = {line: file.lines[line - 1] for line in sorted(lines) if line <= len(file.lines)}
    facts = file.deck.facts if file.deck else ()
    return Checked(file.path, problems, len(facts), _cards(file.deck), source, file.reading)


def _cards(deck: Deck | None) -> int:
    if deck is None:
        return 0
    kinds = {**BUILT_IN, **deck.kinds}
    links = Links(deck.facts, kinds)
    return sum(len(card_names(fact, kinds[fact.kind], links)) for fact in deck.facts)


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
