"""What came from another copy of the library, in sentences."""

from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.ui.console import standard_output
from fasti.ui.lines import line, wrapped
from fasti.ui.pipes import until_closed

if TYPE_CHECKING:
    from fasti.merging import Taken

_AT_MOST = 5


def show_taken(whence: str, taken: "Taken", *, dry_run: bool = False) -> None:
    """Print what came from there, or what would come."""
    output = standard_output()
    with until_closed(output.file):
        for sentence in taken_sentences(whence, taken, dry_run=dry_run):
            output.show(wrapped(line(output.look.text(sentence)), output.look.measure))


def taken_sentences(whence: str, taken: "Taken", *, dry_run: bool = False) -> list[str]:
    """What came from there: answers, what waits for its deck, whose else it was, plans."""
    would = "Would come from" if dry_run else "From"
    if not taken.anything:
        return [f"From `{whence}`: nothing new."]
    sentences = [f"{would} `{whence}`: {_answers(taken)}."]
    if taken.moved:
        stand = "would stand" if dry_run else "stands" if taken.moved == 1 else "stand"
        sentences.append(f"{counted(taken.moved, 'card')} {stand} otherwise in your schedule now.")
    sentences += _waiting(taken)
    for name, number in list(taken.others.items())[:_AT_MOST]:
        sentences.append(
            f"{counted(number, 'answer')} by the learner `{name}`, kept under that name;"
            f" if that is you, say `--learner {name}`."
        )
    if came := _plans(taken.exams, taken.breaks):
        sentences.append(f"{came} {'would come' if dry_run else 'came'} along.")
    if gone := _plans(taken.exams_gone, taken.breaks_gone):
        number = taken.exams_gone + taken.breaks_gone
        are = "would be" if dry_run else "is" if number == 1 else "are"
        sentences.append(f"{gone} {are} taken back, as there.")
    if taken.renewed:
        sentences.append(
            "Another copy went on under this machine's name, so this machine has a new one; nothing is lost."
        )
    return sentences


def _answers(taken: "Taken") -> str:
    parts = []
    if taken.answers:
        on = f"on {counted(taken.days, 'day')}, to {counted(taken.cards, 'card')}"
        parts.append(f"{counted(taken.answers, 'answer')} {on}")
    if taken.notes:
        parts.append(f"{counted(taken.notes, 'other note', 'other notes')} (an undo, a suspension, a flag)")
    return ", and ".join(parts) or "no answers of yours"


def _waiting(taken: "Taken") -> list[str]:
    """The answers that count once their facts are here, deck by deck."""
    sentences = []
    for deck, number in list(taken.waiting.items())[:_AT_MOST]:
        if deck in taken.elsewhere:
            sentences.append(
                f"{counted(number, 'answer')} {_waits(number)} for the deck `{deck}`. {GET_DECK}"
            )
        else:
            sentences.append(
                f"{counted(number, 'answer')} {_waits(number)} for facts that your copy of `{deck}` does not have."
            )
    more = len(taken.waiting) - _AT_MOST
    if more > 0:
        sentences.append(f"So do answers to {counted(more, 'other deck')}.")
    return sentences


GET_DECK = "Copy its file from the other machine and `fasti add` it."


def _waits(number: int) -> str:
    return "waits" if number == 1 else "wait"


def _plans(exams: int, breaks: int) -> str:
    parts = [counted(exams, "exam") if exams else "", counted(breaks, "break") if breaks else ""]
    return " and ".join(filter(None, parts))
