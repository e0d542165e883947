"""Facts that were found by their words."""

from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.ui import faces, spoken
from fasti.ui.console import standard_output
from fasti.ui.lines import STRONG, Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import on_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.search import FoundFact


def show_searched(found: "Sequence[FoundFact]", today: int, *, accessible: bool) -> None:
    """Print each fact: its text, its deck, file and line, and when it is due."""
    output = standard_output()
    with until_closed(output.file):
        for fact in found:
            output.show(fact_lines(fact, today, output.look, accessible=accessible))


def fact_lines(fact: "FoundFact", today: int, look: Look, *, accessible: bool) -> list[Line]:
    """The lines that `show_searched` prints of a fact."""
    label = "Fact: " if accessible else ""
    title = wrapped(line(label, look.text(fact.place.fact_title, STRONG)), look.measure, "", "  ")
    voice = spoken if accessible else faces
    where = f"Deck {fact.place.title}, {fact.where}"
    return [*title, *voice.remark_lines([where], look), *voice.remark_lines([_when(fact, today)], look)]


def _when(fact: "FoundFact", today: int) -> str:
    cards = counted(len(fact.cards), "card")
    if fact.suspended:
        return f"{cards}, suspended."
    if fact.due_day is None:
        return f"{cards}, new: not asked yet."
    due = "due now" if fact.due_day <= today else f"next due {on_day(fact.due_day, today)}"
    return f"{cards}, {due}."
