"""What is known about a card while it is asked, and what came of editing its deck, in short sentences."""

from fasti.core.counting import counted
from fasti.core.days import date_text
from fasti.core.log import LogEntry
from fasti.core.review import About, Place, Question, Revised
from fasti.ui.spans import long_interval, on_day

_LATEST = 5
"""Answers that are told one by one."""

_MOST = 3
"""Problems of a deck file that are told one by one."""


def known_sentences(about: About, question: Question, today: int, *, shown: bool) -> list[str]:
    """Why a card is asked, how it stands, how it was answered, where it is written and where it is from.

    Before the answer is `shown`, what would give it away is left out: its name, its source, what was typed.
    """
    return [
        *([f"Card {about.key}, in {about.deck}."] if shown else []),
        why_asked(about, today),
        *_standing(about),
        *_history(about, typed=shown),
        *([f"File {about.place.path}, line {about.place.line}."] if about.place else []),
        *(f"Source: {source.rstrip('.')}." for source in question.card.sources if shown),
    ]


def why_asked(about: About, today: int) -> str:
    """Why the card is asked now."""
    due = about.state.due_day
    if about.drill:
        return "Asked again because it was hard or missed today."
    if due is None:
        return "New: not asked before."
    if due >= today:
        return f"Due {on_day(due, today)}."
    return f"Due since {on_day(due, today).removeprefix('on ')}, {counted(today - due, 'day')} ago."


def answer_sentence(entry: LogEntry, *, typed: bool = True) -> str:
    """One answer of the past, with what was `typed` if that may be told."""
    kind = "" if entry.kind == "review" else f" ({entry.kind})"
    words = f", typed “{entry.answer}”" if typed and entry.answer else ""
    return f"On {date_text(entry.study_day)}: grade {entry.grade}{kind}{words}"


def revised_sentences(revised: Revised) -> list[str]:
    """What came of editing a deck file."""
    said = [f"Line {number}: {message}." for number, message in revised.problems[:_MOST]]
    if len(revised.problems) > _MOST:
        said.append(f"{len(revised.problems) - _MOST} more problems; `fasti check` names them all.")
    if not revised.asked:
        return [*said, "This card is left out for now: it is no longer in its deck."]
    if revised.kept:
        return [*said, "Until that is put right the card is asked as it was; here it is again."]
    if not revised.changed:
        return ["Nothing was changed."]
    return [*said, "Changed; here it is again."]


def part_of_the_program_sentences(place: Place, deck: str) -> list[str]:
    """Why the file of a deck that comes with the program is not opened, and what to do instead."""
    return [
        "This deck comes with fasti, and its file is part of the program.",
        (
            f"To make it yours, copy `{place.path}`, then `fasti remove {deck}` and `fasti add` your copy;"
            " your progress stays."
        ),
    ]


def _standing(about: About) -> list[str]:
    state = about.state
    if state.due_day is None:
        return []
    lapses = f", missed {counted(state.lapses, 'time')}" if state.lapses else ""
    return [
        (
            f"Interval {long_interval(state.interval)}, ease {state.ease / 100:.2f},"
            f" known {counted(state.repetitions, 'time')} in a row{lapses}."
        )
    ]


def _history(about: About, *, typed: bool) -> list[str]:
    earlier = len(about.answers) - _LATEST
    said = [f"{answer_sentence(answer, typed=typed)}." for answer in about.answers[-_LATEST:]]
    return ([f"{counted(earlier, 'earlier answer')}."] if earlier > 0 else []) + said
