"""Cards that were looked up: what they ask, where they stand, how they were answered."""

from typing import TYPE_CHECKING

from fasti.core.days import date_text
from fasti.ui.console import standard_output, until_closed
from fasti.ui.lines import FAINT, LABEL, STRONG, Line, hanging, line, wrapped
from fasti.ui.look import Look
from fasti.ui.spans import counted, long_interval, on_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.core.log import LogEntry
    from fasti.lookup import Found

_FEW = 3
"""Cards up to which everything is shown of each."""


def show_found(found: "Sequence[Found]", today: int, *, accessible: bool) -> None:
    """Print a few cards in full, many with a line each."""
    output = standard_output()
    with until_closed(output):
        for card in found:
            if len(found) <= _FEW:
                output.show([*found_lines(card, today, output.look), line()])
            else:
                output.show(_brief(card, today, output.look, accessible=accessible))


def found_lines(found: "Found", today: int, look: Look) -> list[Line]:
    """Question, answer, schedule, and one line for each time it was answered."""
    card = found.card
    lines = [
        *hanging(
            line(look.text(f"{card.word}  " if card.word else "", LABEL)),
            line(look.text(card.prompt, STRONG)),
            look.measure,
        ),
        *(row for answer in card.answer for row in _indented(answer, "", look)),
        *(row for text in (*card.extras, card.note) if text for row in _indented(text, "", look)),
        *(row for source in card.sources for row in _indented(source, FAINT, look)),
        *_indented(found.key, FAINT, look),
        *_indented(_standing(found, today), "", look),
    ]
    return lines + [row for answer in found.answers for row in _indented(_answered(answer), FAINT, look)]


def _brief(found: "Found", today: int, look: Look, *, accessible: bool) -> list[Line]:
    text = f"{found.card.question}: {_standing(found, today)}" if accessible else found.card.question
    lines = wrapped(line(look.text(text)), look.measure, "", "  ")
    return [*lines, line(look.text(f"  {found.key}", FAINT))]


def _standing(found: "Found", today: int) -> str:
    state = found.state
    if found.retired:
        return "No longer in its deck; its history is kept."
    if state.suspended:
        return "Suspended: `fasti resume` brings it back."
    if state.due_day is None:
        return "New: not asked yet."
    lapses = f", missed {counted(state.lapses, 'time')}" if state.lapses else ""
    return (
        f"Due {on_day(state.due_day, today)}, after {long_interval(state.interval)};"
        f" ease {state.ease / 100:.2f}, {counted(state.repetitions, 'repetition')} in a row{lapses}."
    )


def _answered(entry: "LogEntry") -> str:
    typed = f", typed “{entry.answer}”" if entry.answer else ""
    kind = "" if entry.kind == "review" else f" ({entry.kind})"
    return f"{date_text(entry.study_day)}  grade {entry.grade}{kind}{typed}"


def _indented(text: str, style: str, look: Look) -> list[Line]:
    return wrapped(line(look.text(text, style)), look.measure, "  ", "  ") if text else []
