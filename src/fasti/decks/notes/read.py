"""Plain notes read line by line: the facts that are surely meant, and the other lines with the reason why."""

import re
from dataclasses import replace
from typing import NamedTuple

from fasti.core.facts import Fact
from fasti.core.identity import key_of
from fasti.core.kinds import BUILT_IN
from fasti.decks.notes.dated import dated
from fasti.decks.notes.findings import Finding, Reason, fact
from fasti.decks.notes.lines import NoteLine, note_lines
from fasti.decks.notes.worded import causes_of, sign_of, worded
from fasti.decks.notes.words import is_about_people, is_about_works


class Heading(NamedTuple):
    """A heading of the notes; the facts below it are of that unit."""

    text: str


class Taken(NamedTuple):
    """A fact, and the lines of the notes that it was made of; `number` is that of the first, from 1."""

    fact: Fact
    number: int
    raw: tuple[str, ...]


class Kept(NamedTuple):
    """Lines of the notes that are no fact, and why."""

    number: int
    raw: tuple[str, ...]
    why: str


Piece = Heading | Taken | Kept


class Notes(NamedTuple):
    """What plain notes hold, in their order. `title` is their one heading above all others, or empty."""

    title: str
    pieces: tuple[Piece, ...]


def read_notes(text: str) -> Notes:
    """The facts and the other lines of a plain text. It never fails, and of the words of the text none is lost."""
    lines = note_lines(text.replace("\r\n", "\n").replace("\r", "\n"))
    title = _title(lines)
    reader = _Reader([line for line in lines if not (title and line is title)])
    return Notes(title.text if title else "", reader.read())


def _title(lines: list[NoteLine]) -> NoteLine | None:
    """The first line, where it alone is a heading of its level and others stand below it."""
    first = next((line for line in lines if line.text), None)
    levels = [line.level for line in lines if line.level]
    if first is None or first.level not in {1, 2} or len(levels) < 2:
        return None
    return first if levels.count(min(levels)) == 1 and first.level == min(levels) else None


_QUESTION = re.compile(r"(?:q|question|frage)\s*[0-9]{0,3}\s*[:.)]\s+(\S.*)", re.IGNORECASE)
_ANSWER = re.compile(r"(?:a|answer|ans|antwort)\s*[0-9]{0,3}\s*[:.)]\s*(.*)", re.IGNORECASE)
_ANSWER_BEHIND = re.compile(r"\s+(?:A|Answer|Ans|Antwort)\s*[:.)]\s+")
_ATTACHED = re.compile(r"(hint|note|nb|source)\s*:\s+(\S.*)", re.IGNORECASE)
_RULE = re.compile(r"[\s|:=*_~+-]+")
_YEAR = re.compile(r"\b[0-9]{3,4}\b")
_ADDRESS = re.compile(r"https?://|www\.")


class _Reader:
    def __init__(self, lines: list[NoteLine]) -> None:
        self._lines = lines
        self._at = 0
        self._pieces: list[Piece] = []
        self._unit = ""
        self._of_people = False
        self._of_works = False
        self._parent: int | None = None
        self._depth = 0
        self._known: dict[tuple[str, str], int] = {}

    def read(self) -> tuple[Piece, ...]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if not line.text:
                self._parent = None
            elif effect := self._effect(line):
                self._take(effect, line)
            elif line.head:
                self._keep(line, "the heads of a table; they name its columns")
            elif line.level:
                self._open(line)
            elif not _RULE.fullmatch(line.text):
                self._read(line)
        return tuple(self._pieces)

    def _open(self, heading: NoteLine) -> None:
        self._pieces.append(Heading(heading.text))
        self._unit, self._parent = heading.text, None
        self._of_people, self._of_works = is_about_people(heading.text), is_about_works(heading.text)

    def _read(self, line: NoteLine) -> None:
        if asked := _QUESTION.fullmatch(line.text):
            self._read_question(asked[1], line)
        elif self._parent is not None and line.depth > self._depth:
            self._read_below(line)
        elif self._of_works:
            self._keep(
                line, "a work; to cite it, put it under `sources:` with a short name, `gaddis: author, title`"
            )
        else:
            self._settle(self._found(line), line)

    def _found(self, line: NoteLine) -> Finding:
        in_list = self._is_in_list(line)
        return dated(line.text, of_people=self._of_people) or worded(
            line.text, of_people=self._of_people, in_list=in_list
        )

    def _settle(self, finding: Finding, line: NoteLine) -> None:
        if isinstance(finding, Fact):
            self._take(finding, line)
        else:
            self._keep(line, finding.sentence if isinstance(finding, Reason) else _why(line.text))

    def _take(self, found: Fact, line: NoteLine, *more: NoteLine) -> None:
        key = (found.kind, key_of(found, BUILT_IN[found.kind]))
        first = self._known.setdefault(key, line.number)
        raw = tuple(text for each in (line, *more) for text in each.raw)
        if first != line.number:
            self._pieces.append(Kept(line.number, raw, f"line {first} of the text says the same already"))
            self._parent = None
            return
        self._parent, self._depth = len(self._pieces), line.depth
        self._pieces.append(Taken(replace(found, unit=self._unit), line.number, raw))

    def _keep(self, line: NoteLine, why: str) -> None:
        self._pieces.append(Kept(line.number, line.raw, why))
        self._parent = None

    def _read_below(self, line: NoteLine) -> None:
        """A line that is indented below a fact: a fact of its own if it has a date in front, else part of that one."""
        parent, depth = self._parent, self._depth
        attached = _ATTACHED.fullmatch(line.text)
        finding = None if attached else dated(line.text)
        if isinstance(finding, Fact) and finding.kind == "event":
            self._take(finding, line)
            self._parent, self._depth = parent, depth
            return
        taken = self._pieces[parent] if parent is not None else None
        if not isinstance(taken, Taken) or parent is None:
            self._settle(finding, line)
            return
        label, text = (attached[1].casefold(), attached[2]) if attached else ("note", line.text)
        self._pieces[parent] = Taken(_with(taken.fact, label, text), taken.number, (*taken.raw, *line.raw))

    def _effect(self, line: NoteLine) -> Fact | None:
        """An effect and its causes, where `Causes of …` has a list below it."""
        effect = causes_of(line.text) if line.level or line.text.endswith(":") else ""
        if not effect:
            return None
        end = self._at
        while end < len(self._lines) and self._lines[end].bullet and self._lines[end].text:
            end += 1
        causes = tuple(dict.fromkeys(cause.text.rstrip(".") for cause in self._lines[self._at : end]))
        if len(causes) < 2:
            return None
        self._at = end
        return fact("effect", effect=effect, causes=causes)

    def _read_question(self, asked: str, line: NoteLine) -> None:
        parts = _ANSWER_BEHIND.split(asked, maxsplit=1)
        if len(parts) == 2 and all(parts):
            self._take(fact("q", q=parts[0], a=parts[1]), line)
            return
        start = self._at
        while start < len(self._lines) and not self._lines[start].text and start - self._at < 2:
            start += 1
        answered = _ANSWER.fullmatch(self._lines[start].text) if start < len(self._lines) else None
        end = start + 1
        while answered and end < len(self._lines) and self._belongs(self._lines[end]):
            end += 1
        texts = [answered[1], *(each.text for each in self._lines[start + 1 : end])] if answered else []
        answer = "\n".join(filter(None, texts))
        if not answer:
            self._keep(line, "a question without an answer; write it below, as `A: …`")
            return
        self._at = end
        self._take(fact("q", q=asked, a=answer), line, *self._lines[start:end])

    def _belongs(self, line: NoteLine) -> bool:
        """Whether a line below an answer goes on with it."""
        if not line.text or line.level or _QUESTION.fullmatch(line.text):
            return False
        return "?" not in line.text and not isinstance(self._found(line), Fact)

    def _is_in_list(self, line: NoteLine) -> bool:
        """Whether a neighbour is parted by the same sign."""
        sign = sign_of(line.text)
        near = [*self._lines[max(self._at - 2, 0) : self._at - 1], *self._lines[self._at : self._at + 1]]
        return bool(sign) and any(sign_of(each.text) == sign for each in near)


def _with(owner: Fact, label: str, text: str) -> Fact:
    """A fact with what stands below it in the notes."""
    if label == "hint":
        return replace(owner, hints=(*owner.hints, text))
    if label == "source":
        return replace(owner, sources=(*owner.sources, text))
    return replace(owner, note="\n".join(filter(None, (owner.note, text))))


def _why(text: str) -> str:
    """Why a line is kept of which nothing was recognised."""
    if _ADDRESS.search(text):
        return "an address; to cite it, put it under `sources:` with a short name and its title"
    if text.endswith("?"):
        return "a question without an answer; begin it with `Q:` and write `A: …` below"
    if _YEAR.search(text):
        return "the date stands inside; put it first and a colon behind it, as in `1962-10-22: …`"
    if len(text.split()) > 8 or text.endswith((".", "!")):
        return "a sentence; to ask for words in it, put them in braces: `- cloze: The {Berlin Wall} fell.`"
    return "no date, meaning or answer stands with it; add one, or delete it"
