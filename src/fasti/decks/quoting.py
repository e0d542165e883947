"""What would mend a line that YAML reads otherwise than its author meant: quotes, a space, one character less.

Nothing here is certain by itself; whoever asks reads the changed text again, and sees whether all is well.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from fasti.core.facts import Change, Place, Problem
from fasti.core.text import unsafe_character
from fasti.decks.codes import Code
from fasti.decks.misreadings import last_key
from fasti.decks.vocabulary import Vocabulary


def likely_fix(problem: Problem, lines: Sequence[str], words: Vocabulary) -> tuple[Change, ...]:
    """The changes that may mend a problem of how a file is written, or none; `lines` are the file's own."""
    find = _FIXES.get(problem.code)
    if find is None or problem.place.line > len(lines):
        return ()
    return tuple(find(problem, lines[problem.place.line - 1], words))


# A dash or none, a key, and its value; a comment behind it leaves open what the author meant.
_ENTRY = re.compile(r"(\s*(?:- +)*)([^\s:#\"'\[\]{}][^:#\[\]{}]*:)? *(\S.*?)\s*$")
_CURLED = "“”„‟«»‘’‚"


def _whole_text(problem: Problem, line: str, words: Vocabulary) -> Iterator[Change]:
    """The text of a line in quotes, unless its colon may be another key's."""
    entry = _ENTRY.match(line)
    if not entry or " #" in line:
        return
    key = (entry[2] or "").rstrip(":")
    start = entry.start(3) if key in words.keys else entry.end(1)
    text = line[start:].rstrip()
    colon = re.search(r":(?=\s|$)", text)
    if colon and last_key(text[: colon.start()], words.keys):
        return
    yield Change(Place(problem.place.line, start + 1), text, _quoted(text))


def _inside_quotes(problem: Problem, line: str, words: Vocabulary) -> Iterator[Change]:
    """A text in quotes that are not YAML's, or that an apostrophe ends, in other ones."""
    for change in _whole_text(problem, line, words):
        marks = "'" if problem.code == Code.APOSTROPHE else _CURLED
        if len(change.old) > 2 and change.old[0] in marks and change.old[-1] in marks:
            yield change._replace(new=_quoted(change.old[1:-1]))


def _space(problem: Problem, line: str, _: Vocabulary) -> Iterator[Change]:
    """A space behind the dashes or the colon that a problem stands at."""
    at = problem.place.column - 1
    while line[at : at + 1] in ("-", ":"):
        at += 1
    yield Change(Place(problem.place.line, at + 1), "", " ")


def _unsafe(problem: Problem, line: str, _: Vocabulary) -> Iterator[Change]:
    """The line without its characters that no deck may hold."""
    for at, character in enumerate(line):
        if unsafe_character(character):
            yield Change(Place(problem.place.line, at + 1), character, "")


def _slashes(problem: Problem, line: str, _: Vocabulary) -> Iterator[Change]:
    """A path with the slashes that every system understands."""
    path = re.match(r"[^\"'\s#,\[\]{}][^\"'#,\[\]{}]*", line[problem.place.column - 1 :])
    if path and "\\" in path[0] and ".." not in path[0] and ":" not in path[0] and path[0][0] != "\\":
        yield Change(problem.place, path[0], path[0].replace("\\", "/"))


def _quoted(text: str) -> str:
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


_FIXES: dict[str, Callable[[Problem, str, Vocabulary], Iterator[Change]]] = {
    Code.SECOND_COLON: _whole_text,
    Code.MAPPING_FOR_TEXT: _whole_text,
    Code.MISREAD_START: _whole_text,
    Code.TEXT_AFTER_QUOTES: _whole_text,
    Code.APOSTROPHE: _inside_quotes,
    Code.TYPOGRAPHIC_QUOTES: _inside_quotes,
    Code.MISSING_SPACE: _space,
    Code.UNSAFE_CHARACTER: _unsafe,
    Code.BAD_IMAGE: _slashes,
}
