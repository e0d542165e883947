"""The comments with which an author silences a problem: `# fasti: ignore[code]`."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import yaml
from yaml.events import ScalarEvent

from fasti.core.facts import Change, Place, Problem
from fasti.decks.codes import Code
from fasti.decks.page import decoded, page_of
from fasti.decks.read import Reading
from fasti.decks.wording import listed, meant, shown

_COMMENT = re.compile(r"(?:^|(?<=\s))#[ \t]*fasti:[ \t]*ignore(-file)?\b[ \t]*(?:\[([^\]\n]*)\]?)?[^\n]*")
_TOP_LEVEL = re.compile(r"[^\s#-]")
_EVERYWHERE = range(1, 1 << 62)
_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Ignore(NamedTuple):
    """A comment that silences `codes` on `lines`; `text` is what stands at `place` up to the line's end."""

    place: Place
    codes: tuple[str, ...]
    lines: range
    text: str


class Heeded(NamedTuple):
    """The problems that are left, and those of the comments themselves."""

    problems: list[Problem]
    comments: list[Problem]


def ignores_in(lines: Sequence[str], reading: Reading) -> list[Ignore]:
    """The comments of a file that silence something; `lines` are its own, `reading` what it says.

    One at the end of a line holds for that line, one on a line of its own for the next line; where that is
    the first line of a fact, for the whole fact. `ignore-file` holds for the file.
    """
    found = [
        (number, comment)
        for number, line in enumerate(lines, 1)
        if "fasti:" in line and (comment := _COMMENT.search(line))
    ]
    if not found:
        return []
    texts, layout = _texts(lines), _Layout(lines, reading)
    return [
        Ignore(
            Place(number, comment.start() + 1), _codes(comment[2]), layout.held(number, comment), comment[0]
        )
        for number, comment in found
        if not _is_inside(texts, (number, comment.start()))
    ]


def without_silenced(reading: Reading, data: bytes) -> Reading:
    """What the file that these bytes are says, without the warnings that its author silences."""
    text = decoded(data) if reading.problems else ""
    if not isinstance(text, str) or "fasti:" not in text:
        return reading
    left, _ = heeded(reading.problems, ignores_in(page_of(text).lines, reading), (), ())
    return reading._replace(problems=tuple(left))


def heeded(
    problems: Sequence[Problem], ignores: Sequence[Ignore], known: Collection[str], uncertain: Collection[str]
) -> Heeded:
    """The problems without those that a comment silences, and what is wrong with the comments.

    Errors are never silenced: they keep their facts out of the deck. `known` are the codes that there are;
    of an `uncertain` one, and of a file with errors, nobody can say that it silences nothing.
    """
    silenced: set[int] = set()
    comments: list[Problem] = []
    doubtful = any(problem.severity == "error" for problem in problems)
    by_code: dict[str, list[int]] = defaultdict(list)
    for number, problem in enumerate(problems):
        by_code[problem.code].append(number)
    for ignore in ignores:
        if not ignore.codes:
            comments.append(Problem(ignore.place, Code.BAD_IGNORE, _NO_CODE, "warning"))
        for code in ignore.codes:
            there = [
                number for number in by_code.get(code, ()) if problems[number].place.line in ignore.lines
            ]
            quiet = [number for number in there if problems[number].severity != "error"]
            silenced.update(quiet)
            if code not in known:
                comments.append(_unknown(ignore, code, known))
            elif there and not quiet:
                comments.append(_of_an_error(ignore, code))
            elif not there and not doubtful and code not in uncertain:
                comments.append(_unused(ignore, code))
    left = [problem for number, problem in enumerate(problems) if number not in silenced]
    return Heeded(left, comments)


_NO_CODE = "this silences nothing; name the code in brackets: `# fasti: ignore[no-source]`"


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(code.strip() for code in (text or "").split(",") if code.strip())


class _Layout:
    """Which lines of a file belong together."""

    def __init__(self, lines: Sequence[str], reading: Reading) -> None:
        facts = reading.deck.facts if reading.deck else ()
        places = [fact.place for fact in facts] + [damaged.place for damaged in reading.damaged]
        self._lines = lines
        self._begins = sorted({place.line for place in places})
        self._ends: dict[int, int] = {}
        self._next = _next_lines(lines)

    def held(self, number: int, comment: re.Match[str]) -> range:
        """The lines that a comment on the line `number` holds for."""
        if comment[1]:
            return _EVERYWHERE
        alone = not self._lines[number - 1][: comment.start()].strip()
        line = self._next[number - 1] if alone else number
        at = bisect_left(self._begins, line)
        is_fact = at < len(self._begins) and self._begins[at] == line
        return range(line, self._end(at) if is_fact else line + 1)

    def _end(self, at: int) -> int:
        """The line behind the last of the fact that begins at the `at`th beginning."""
        if at not in self._ends:
            end = self._begins[at + 1] if at + 1 < len(self._begins) else len(self._lines) + 1
            lines = range(self._begins[at] + 1, end)
            self._ends[at] = next((n for n in lines if _TOP_LEVEL.match(self._lines[n - 1])), end)
        return self._ends[at]


def _next_lines(lines: Sequence[str]) -> list[int]:
    """For each line, the number of the next that says something; at the end of the file, its own."""
    following = [0] * len(lines)
    line = 0
    for number in range(len(lines), 0, -1):
        following[number - 1] = line or number
        text = lines[number - 1].strip()
        if text not in ("", "-") and not text.startswith("#"):
            line = number
    return following


_Spans = tuple[list[tuple[int, int]], list[tuple[int, int]]]
"""Where the texts of a file begin, and where each ends: line from 1, column from 0."""


def _texts(lines: Sequence[str]) -> _Spans:
    """The texts of more than one word; what follows a mistake of YAML's is not known, and taken for none."""
    begins: list[tuple[int, int]] = []
    ends: list[tuple[int, int]] = []
    try:
        parsed: Any = yaml.parse("\n".join(lines), Loader=_Loader)
        for event in parsed:
            kind = event.__class__
            if kind is ScalarEvent and event.style:
                begins.append((event.start_mark.line + 1, event.start_mark.column))
                ends.append((event.end_mark.line + 1, event.end_mark.column))
    except (yaml.YAMLError, ValueError, OverflowError):
        pass
    return begins, ends


def _is_inside(texts: _Spans, place: tuple[int, int]) -> bool:
    at = bisect_right(texts[0], place) - 1
    return at >= 0 and place < texts[1][at]


def _unknown(ignore: Ignore, code: str, known: Collection[str]) -> Problem:
    guess = meant(code, known)
    advice = (
        f"did you mean `{guess}`?" if guess else "`fasti check` prints a problem's code before its sentence"
    )
    return Problem(ignore.place, Code.BAD_IGNORE, f"there is no code {shown(code)}; {advice}", "warning")


def _of_an_error(ignore: Ignore, code: str) -> Problem:
    message = f"{shown(code)} is an error, which keeps its fact out of the deck and cannot be ignored"
    return Problem(ignore.place, Code.BAD_IGNORE, message, "warning")


def _unused(ignore: Ignore, code: str) -> Problem:
    message = f"nothing here is told of as {shown(code)}; take the comment out"
    if len(ignore.codes) > 1:
        message = f"nothing here is told of as {shown(code)}; take it out of {listed(ignore.codes, 'and')}"
    return Problem(ignore.place, Code.UNUSED_IGNORE, message, "warning", tuple(_without(ignore, code)))


def _without(ignore: Ignore, code: str) -> Iterator[Change]:
    """The comment without a code, or no comment; one that says more in words of its own is left to its author."""
    if len(ignore.codes) > 1:
        rest = ", ".join(other for other in ignore.codes if other != code)
        new = re.sub(r"\[[^\]]*\]?", lambda _: f"[{rest}]", ignore.text, count=1)
        yield Change(ignore.place, ignore.text, new)
    elif re.search(r"\]\s*$", ignore.text):
        yield Change(ignore.place, ignore.text, "")
