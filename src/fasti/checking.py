"""`fasti check`: everything that an author should know of every deck, problems and advice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from fasti.core.counting import counted
from fasti.core.facts import Deck, Fact, Problem
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.core.text import printable
from fasti.decks.codes import Code
from fasti.decks.find import LARGEST, deck_bytes, deck_files
from fasti.decks.ignores import heeded, ignores_in
from fasti.decks.mending import certain_fixes
from fasti.decks.page import decoded, page_of, too_large
from fasti.decks.read import Reading, read_deck
from fasti.files import LARGE
from fasti.garbage import no_collection
from fasti.likeness import similar
from fasti.lints.lint import Speller, Subject, Tools, subject_of
from fasti.lints.registry import LINTS, linted

KNOWN_CODES: Mapping[str, str] = {
    **{code.value: code.about for code in Code},
    **{lint.code: lint.about for lint in LINTS},
}
"""Every code that can be told, with what it stands for in one line."""

_UNCERTAIN = frozenset(lint.code for lint in LINTS if lint.uncertain)

READ_AGAIN = 500_000
"""Up to how many characters a file is read again, unasked, to say how many of its problems can be mended."""


UNREAD = Reading(None, ())
"""What a file says that could not be read as text."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a deck file: its problems by their places, how many facts are usable, and their cards.

    `source` has the text of the lines that have problems, by their numbers; `data` is the file as it was
    read, and `reading` what it says.
    """

    path: Path
    problems: tuple[Problem, ...]
    facts: int = 0
    cards: int = 0
    source: Mapping[int, str] = field(default_factory=dict)
    data: bytes = b""
    reading: Reading = UNREAD


def check(
    paths: Iterable[Path],
    *,
    spelling: Speller | None = None,
    fixes: bool = False,
    onlooker: Onlooker = nobody,
) -> list[Checked]:
    """All decks that these files and folders hold, with everything that is wrong with them and all advice.

    Problems that can certainly be mended say how, in a large file only where `fixes` are wanted. Raises
    FastiError where a path is no file, or a folder has no deck.
    """
    files = [(path, deck_bytes(path)) for path in deck_files(paths)]
    return check_files(files, spelling=spelling, fixes=fixes, onlooker=onlooker)


def check_files(
    files: Iterable[tuple[Path, bytes]],
    *,
    spelling: Speller | None = None,
    fixes: bool = False,
    onlooker: Onlooker = nobody,
) -> list[Checked]:
    """As `check`, of files that are read already."""
    every = list(files)
    several = onlooker if len(every) > 1 else nobody
    read = [
        _read(path, data, onlooker if len(data) >= LARGE else nobody)
        for path, data in told(every, several, "Reading", "deck files", every=1)
    ]
    _tell_shared_ids(read)
    subjects = _lint(read, Tools(similar, spelling), onlooker)
    for file in read:
        _heed_comments(file)
        if fixes or len(file.text) <= READ_AGAIN:
            file.problems = certain_fixes(file.text, file.problems, file.path.stem)
        else:
            file.problems = [problem._replace(fix=()) for problem in file.problems]
    return [_checked(file, subjects.get(id(file))) for file in read]


def has_errors(checked: Iterable[Checked]) -> bool:
    """Whether anything keeps a fact, or a whole deck, from being used."""
    return any(problem.severity == "error" for each in checked for problem in each.problems)


def fails(checked: Sequence[Checked], *, strict: bool) -> bool:
    """Whether a check has failed: an error has been found or, if `strict`, a warning or a piece of advice."""
    return has_errors(checked) or (strict and any(each.problems for each in checked))


def summary(checked: Sequence[Checked]) -> str:
    """One sentence on what was checked and found."""
    facts, cards = sum(each.facts for each in checked), sum(each.cards for each in checked)
    problems = [problem for each in checked for problem in each.problems]
    read = f"{counted(len(checked), 'deck file')}, {counted(facts, 'fact')}, {counted(cards, 'card')}"
    if not problems:
        return f"{read}: no problems"
    found = [
        counted(count, name, many)
        for severity, name, many in _SEVERITIES
        if (count := sum(problem.severity == severity for problem in problems))
    ]
    return f"{read}: {' and '.join([', '.join(found[:-1]), found[-1]] if len(found) > 1 else found)}"


def offer(checked: Sequence[Checked]) -> str:
    """A sentence on what can certainly be mended, or the empty string."""
    mendable = sum(bool(problem.fix) for each in checked for problem in each.problems)
    return f"`--fix` mends {mendable:,} of them, `--diff` shows how" if mendable else ""


_SEVERITIES = (
    ("error", "error", "errors"),
    ("warning", "warning", "warnings"),
    ("advice", "piece of advice", "pieces of advice"),
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
    data: bytes
    text: str
    reading: Reading
    problems: list[Problem]

    @property
    def deck(self) -> Deck | None:
        return self.reading.deck


def _read(path: Path, data: bytes, onlooker: Onlooker) -> _File:
    text = too_large(max(len(data), _size(path))) if len(data) > LARGEST else decoded(data)
    if isinstance(text, Problem):
        return _File(path, data, "", UNREAD, [text])
    reading = read_deck(text, path.stem, onlooker)
    problems = [*reading.problems, *missing_images(path, reading.deck)]
    return _File(path, data, text, reading, problems)


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


def _lint(files: Sequence[_File], tools: Tools, onlooker: Onlooker) -> dict[int, Subject]:
    """Let the lints look at all that could be read; the decks as they saw them, by the `id` of their files."""
    with no_collection():
        subjects = {id(file): subject_of(printable(str(file.path)), file.deck) for file in files if file.deck}
        problems = {id(subjects[id(file)]): file.problems for file in files if file.deck}
        for subject, problem in linted(list(subjects.values()), tools, onlooker):
            problems[id(subject)].append(problem)
    return subjects


def _heed_comments(file: _File) -> None:
    """Leave out what a comment silences, and tell of comments that silence nothing."""
    if "fasti:" not in file.text:
        return
    ignores = ignores_in(page_of(file.text).lines, file.reading)
    if ignores:
        left, comments = heeded(file.problems, ignores, KNOWN_CODES, _UNCERTAIN)
        file.problems = [*left, *comments]


def _checked(file: _File, subject: Subject | None) -> Checked:
    problems = tuple(sorted(file.problems, key=lambda problem: (problem.place, problem.code)))
    numbers = {problem.place.line for problem in problems}
    lines = page_of(file.text).lines if numbers else []
    source = {line: lines[line - 1] for line in sorted(numbers) if line <= len(lines) and file.text}
    facts = file.deck.facts if file.deck else ()
    cards = sum(map(len, subject.asked)) if subject else 0
    return Checked(file.path, problems, len(facts), cards, source, file.data, file.reading)
