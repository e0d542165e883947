"""What the sources of a deck support, and the facts that have none."""

from typing import TYPE_CHECKING

from fasti.ui.columns import ended
from fasti.ui.console import standard_output
from fasti.ui.lines import (
    CLOSE,
    FAINT,
    LABEL,
    STRONG,
    Line,
    Piece,
    apart,
    cells,
    hanging,
    line,
    padded,
    wrapped,
)
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.core.facts import Source
    from fasti.core.sourcing import Sourcing, Stated, Supported

_ROOM_FOR_COLUMNS = 60
"""Cells from which what is cited stands beside the fact and not below it."""


def show_sourcing(title: str, found: "Sourcing", *, accessible: bool) -> None:
    """Print each source with the facts that cite it, then the facts without one and the sources never cited."""
    output = standard_output()
    with until_closed(output.file):
        output.show(sourcing_lines(title, found, output.look, accessible=accessible))


def sourcing_lines(title: str, found: "Sourcing", look: Look, *, accessible: bool) -> list[Line]:
    """The lines that `show_sourcing` prints."""
    files = {fact.path for work in found.works for fact in work.facts} | {fact.path for fact in found.without}
    screen = _Spoken(look, len(files) > 1) if accessible else _Drawn(look, len(files) > 1)
    lines = wrapped(line(look.text(title, STRONG), f": {_summary(found)}"), look.measure, "", "  ")
    for work in found.used:
        lines += screen.work(work)
    if found.without:
        heading = f"{counted(len(found.without), 'fact')} without a source"
        lines += screen.section(heading, found.without)
    if found.unused:
        lines += screen.unused(found.unused)
    return lines


def citation_of(work: "Source") -> str:
    """A work as a reader knows it: author, title, publisher, year."""
    return ", ".join(part for part in (work.author, work.title, work.publisher, work.year) if part)


def _summary(found: "Sourcing") -> str:
    parts = [counted(found.facts, "fact"), counted(len(found.works), "source")]
    parts += [f"{len(found.without):,} without a source"] if found.without else []
    parts += [f"{counted(len(found.unused), 'source')} never cited"] if found.unused else []
    return ", ".join(parts)


class _Drawn:
    """For the eye."""

    def __init__(self, look: Look, several: bool) -> None:
        self._look = look
        self._several = several

    def work(self, work: "Supported") -> list[Line]:
        look, name = self._look, Piece("")
        if work.name:
            name = look.text(f"{work.name}  ", LABEL)
        count = look.text(f"  {counted(len(work.facts), 'fact')}".replace(" fact", "\u00a0fact"), FAINT)
        head = hanging(line(name), line(look.text(citation_of(work.work)), count), look.measure)
        narrow = wrapped(line(name, look.text(citation_of(work.work)), count), look.measure, "", "  ")
        return [(), *(head if cells(name.text) <= look.measure // 3 else narrow), *self._facts(work.facts)]

    def section(self, heading: str, facts: "Sequence[Stated]") -> list[Line]:
        return [(), line(self._look.text(heading, CLOSE)), *self._facts(facts)]

    def unused(self, works: "Sequence[Supported]") -> list[Line]:
        lines: list[Line] = [(), line(self._look.text(f"{counted(len(works), 'source')} never cited", CLOSE))]
        for work in works:
            name = self._look.text(f"{work.name}  ", LABEL)
            lines += wrapped(
                line(name, self._look.text(citation_of(work.work))), self._look.measure, "  ", "    "
            )
        return lines

    def _facts(self, facts: "Sequence[Stated]") -> list[Line]:
        places = [_place(fact, several=self._several) for fact in facts]
        width = max(map(cells, places), default=0)
        if self._look.measure < _ROOM_FOR_COLUMNS or width > self._look.measure // 3:
            return [
                row for fact, place in zip(facts, places, strict=True) for row in self._listed(fact, place)
            ]
        return [
            self._row(fact, padded(place, width, right=True))
            for fact, place in zip(facts, places, strict=True)
        ]

    def _row(self, fact: "Stated", place: str) -> Line:
        room = min(self._look.width, self._look.measure) - cells(place) - 4
        title, gap, cited = apart(
            self._look.text(fact.title).text, [self._look.text(fact.cited).text], room, self._look.ellipsis
        )
        return line("  ", self._look.text(place, FAINT), "  ", title, gap, Piece(cited, LABEL))

    def _listed(self, fact: "Stated", place: str) -> list[Line]:
        look = self._look
        lines = wrapped(
            line(look.text(f"{place}  ", FAINT), look.text(fact.title)), look.measure, "  ", "    "
        )
        if fact.cited:
            lines += wrapped(line(look.text(fact.cited, LABEL)), look.measure, "    ", "    ")
        return lines


class _Spoken:
    """For the ear: every line begins with a word."""

    def __init__(self, look: Look, several: bool) -> None:
        self._look = look
        self._several = several

    def work(self, work: "Supported") -> list[Line]:
        name = f" {work.name}" if work.name else ""
        words = (
            f"Source{name}: {ended(citation_of(work.work))} It supports {counted(len(work.facts), 'fact')}."
        )
        return [*self._said(words), *self._facts(work.facts)]

    def section(self, heading: str, facts: "Sequence[Stated]") -> list[Line]:
        return [*self._said(f"There {'is' if len(facts) == 1 else 'are'} {heading}."), *self._facts(facts)]

    def unused(self, works: "Sequence[Supported]") -> list[Line]:
        return [
            row
            for work in works
            for row in self._said(f"Never cited: {work.name}, {ended(citation_of(work.work))}")
        ]

    def _facts(self, facts: "Sequence[Stated]") -> list[Line]:
        lines: list[Line] = []
        for fact in facts:
            cited = f" Cited: {ended(fact.cited)}" if fact.cited else ""
            where = "Fact at" if self._several else "Fact on"
            place = _place(fact, several=self._several)
            lines += self._said(f"{where} {place}: {ended(fact.title)}{cited}")
        return lines

    def _said(self, words: str) -> list[Line]:
        return wrapped(line(self._look.text(words)), self._look.measure)


def _place(fact: "Stated", *, several: bool) -> str:
    return f"{fact.path}:{fact.line}" if several else f"line {fact.line}"
