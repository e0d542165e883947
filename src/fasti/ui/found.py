"""Cards that were looked up: what they ask, where they stand, how they were answered."""

from typing import TYPE_CHECKING

from fasti.core.review import Picture
from fasti.ui import faces, spoken
from fasti.ui.console import standard_output
from fasti.ui.known import answer_sentence
from fasti.ui.lines import Line, line
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import counted, long_interval, on_day
from fasti.ui.voice import Revealed, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.lookup import Found

_FEW = 3
"""Cards up to which everything is shown of each."""


def show_found(found: "Sequence[Found]", today: int, *, accessible: bool) -> None:
    """Print a few cards in full, many with what they ask and where they stand."""
    output = standard_output()
    look = output.look
    voice: Voice = spoken if accessible else faces
    with until_closed(output.file):
        for number, card in enumerate(found):
            between = [line()] if number and not accessible else []
            lines = found_lines if len(found) <= _FEW else _brief_lines
            output.show([*between, *lines(card, today, look, voice)])


def show_names(cards: "Sequence[str]") -> None:
    """Print the names of cards, one a line, as they are written on a command line."""
    output = standard_output()
    with until_closed(output.file):
        output.show([line(output.look.text(card)) for card in cards])


def found_lines(found: "Found", today: int, look: Look, voice: Voice) -> list[Line]:
    """Question, answer, schedule, and one line for each time it was answered, oldest first."""
    lines = voice.asked_lines(found.card, look)
    if found.card.image:
        lines += voice.picture_lines(Picture(found.card.image), look)
    lines += voice.answer_lines(Revealed(found.card), look)
    lines += voice.remark_lines([f"Card {found.key}"], look) + voice.remark_lines(
        [_standing(found, today)], look
    )
    for answer in found.answers:
        lines += voice.remark_lines([answer_sentence(answer)], look)
    return lines


def _brief_lines(found: "Found", today: int, look: Look, voice: Voice) -> list[Line]:
    return [
        *voice.asked_lines(found.card, look),
        *voice.remark_lines([f"Card {found.key}"], look),
        *voice.remark_lines([_standing(found, today)], look),
    ]


def _standing(found: "Found", today: int) -> str:
    state = found.state
    flagged = " Flagged as wrong." if state.flagged else ""
    if found.retired:
        return f"No longer in its deck; its history is kept.{flagged}"
    if state.suspended:
        return f"Suspended: `fasti resume {found.key}` brings it back.{flagged}"
    if state.due_day is None:
        return f"New: not asked yet.{flagged}"
    lapses = f", missed {counted(state.lapses, 'time')}" if state.lapses else ""
    return (
        f"Due {on_day(state.due_day, today)}, after {long_interval(state.interval)};"
        f" ease {state.ease / 100:.2f}, known {counted(state.repetitions, 'time')} in a row{lapses}.{flagged}"
    )
