"""Cards that need care: leeches with their history and advice, flags with the student's word."""

from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.core.days import date_text
from fasti.core.leeches import Advice
from fasti.ui import faces, spoken
from fasti.ui.console import standard_output
from fasti.ui.lines import Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import date_name, on_day
from fasti.ui.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.care import Flag, Leech

_LAST = 20
"""Grades shown of a card; there may have been hundreds."""


def show_leeches(found: "Sequence[Leech]", today: int, *, accessible: bool) -> None:
    """Print each leech: what it asks, its history in a line, what can be done."""
    output = standard_output()
    with until_closed(output.file):
        for number, leech in enumerate(found):
            between = [line()] if number and not accessible else []
            output.show([*between, *leech_lines(leech, today, output.look, _voice(accessible))])


def leech_lines(leech: "Leech", today: int, look: Look, voice: Voice) -> list[Line]:
    """The lines that `show_leeches` prints of a card."""
    lines = voice.asked_lines(leech.card, look)
    sentences = (
        f"Answer: {'; '.join(leech.card.answer)}",
        f"Deck {leech.place.title}, {leech.where}",
        _history(leech, today),
        *(_advice(advice, leech.place.key) for advice in leech.advice),
    )
    for sentence in sentences:
        lines += voice.remark_lines([sentence], look)
    return lines


def show_flags(found: "Sequence[Flag]", today: int, *, accessible: bool) -> None:
    """Print each flag: the card, the student's word, and where the fact is written."""
    output = standard_output()
    with until_closed(output.file):
        for number, flag in enumerate(found):
            between = [line()] if number and not accessible else []
            output.show([*between, *flag_lines(flag, today, output.look, _voice(accessible))])


def flag_lines(flag: "Flag", today: int, look: Look, voice: Voice) -> list[Line]:
    """The lines that `show_flags` prints of a flag."""
    sentences = [
        f"Answer: {'; '.join(flag.card.answer)}",
        f"Flagged {on_day(flag.day, today)}: {flag.word or 'no word'}",
        f"Deck {flag.place.title}, {_place(flag)}",
        f"Settled? `fasti flags --clear {flag.place.key}`",
    ]
    lines = voice.asked_lines(flag.card, look)
    for sentence in sentences:
        lines += voice.remark_lines([sentence], look)
    return lines


def show_report(found: "Sequence[Flag]") -> None:
    """Print a form for the teacher: labelled lines without styles, fit for a letter."""
    output = standard_output()
    with until_closed(output.file):
        output.show(report_lines(found, output.look))


def report_lines(found: "Sequence[Flag]", look: Look) -> list[Line]:
    """The lines that `show_report` prints."""
    lines = wrapped(line(f"Flagged as wrong: {counted(len(found), 'card')}"), look.measure)
    for number, flag in enumerate(found, 1):
        form = (
            ("Number", f"{number}"),
            ("Deck", flag.place.title),
            ("File", _place(flag)),
            ("Fact", flag.place.fact_title),
            ("It asks", flag.card.question),
            ("It says", "; ".join(flag.card.answer)),
            ("What is wrong", flag.word or "no word"),
            ("Flagged on", date_text(flag.day)),
            ("Card", flag.place.key),
        )
        lines.append(line())
        for label, text in form:
            lines += wrapped(line(f"{label}: ", look.text(text)), look.measure, "", "  ")
    return lines


def _voice(accessible: bool) -> Voice:
    return spoken if accessible else faces


def _history(leech: "Leech", today: int) -> str:
    state = leech.place.state
    since = "" if leech.first_day is None else f" since {date_name(leech.first_day, today)}"
    last = leech.grades[-_LAST:]
    earlier = "… " if len(leech.grades) > _LAST else ""
    grades = f": grades {earlier}{' '.join(map(str, last))}" if last else ""
    suspended = " Suspended." if state.suspended else ""
    return f"Missed {counted(state.lapses, 'time')}{since}, ease {state.ease / 100:.2f}{grades}.{suspended}"


def _advice(advice: Advice, key: str) -> str:
    if advice is Advice.SUSPEND:
        return f"Or lay it aside: `fasti suspend {key}`."
    return _ADVICE[advice]


def _place(flag: "Flag") -> str:
    return "no longer in its deck" if flag.place.retired else flag.where


_ADVICE = {
    Advice.SPLIT: "Split it: one thing a card; facts of their own are easier to keep.",
    Advice.HINT: "Add a `hint:` to it: a first letter, a picture, what came before.",
    Advice.REWORD: "Reword it: progress is kept when the fact is reworded.",
}
