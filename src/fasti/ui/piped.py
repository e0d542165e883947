"""The review without a terminal: a line in answers a card, a line out says what became of it."""

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fasti.core.days import date_text
from fasti.core.text import printable
from fasti.errors import ExitCode
from fasti.ui.grades import FOUR, SIX, Scale, chosen_by

if TYPE_CHECKING:
    from fasti.core.review import Answered, Question
    from fasti.ui.contract import Sitting


def review_lines(session: "Sitting", lines: Iterable[str], *, six: bool, as_json: bool) -> ExitCode:
    """Ask the cards of a sitting, each answered by the next of `lines`: a grade, or a word.

    Every card answered is printed at once. A line that is neither leaves its card unanswered and ends
    the review, so that no later grade can go to the wrong card.
    """
    scale = SIX if six else FOUR
    if not as_json:
        _print_question(session.question)
    for number, line in enumerate(lines, 1):
        if session.question is None:
            break
        word = line.strip().casefold()
        choice = chosen_by(word, scale)
        if choice is not None:
            answered = session.answer(choice.grade, scale=len(scale), typed=None, thinking_ms=None)
            _print_answered(answered, as_json=as_json)
        elif word == "quit":
            break
        elif word in _WORDS:
            _tell(_WORDS[word](session))
        else:
            _tell(_refusal(number, line, scale))
            return ExitCode.PROBLEM
        if not as_json:
            _print_question(session.question)
    return ExitCode.DONE


def _bury(session: "Sitting") -> str:
    session.bury()
    return "buried until tomorrow"


def _suspend(session: "Sitting") -> str:
    key = session.question.key if session.question else ""
    session.suspend()
    return f"suspended; `fasti resume {key}` brings it back"


def _skip(session: "Sitting") -> str:
    session.skip()
    return "skipped"


def _undo(session: "Sitting") -> str:
    undone = session.undo()
    return f"taken back: {undone.kind} of `{undone.key}`" if undone else "there is nothing to take back"


_WORDS = {"undo": _undo, "bury": _bury, "suspend": _suspend, "skip": _skip}


def _refusal(number: int, line: str, scale: Scale) -> str:
    grades = f"{scale[0].key} to {scale[-1].key}"
    words = ", ".join(f"`{word}`" for word in _WORDS)
    return (
        f"error: line {number}: `{line.strip()[:80]}` is no answer; the card stays unanswered\n"
        f"hint: answer with a grade from {grades}, or {words} or `quit`"
    )


def _print_question(question: "Question | None") -> None:
    if question is not None:
        again = "again: " if question.drill else ""
        _print(f"{question.number} of {question.total}  {again}{question.card.question}")


def _print_answered(answered: "Answered", *, as_json: bool) -> None:
    answer = "; ".join(answered.card.answer)
    due = date_text(answered.due_day)
    if not as_json:
        _print(f"  {answer}  (grade {answered.grade}, {answered.kind}, due {due})")
        return
    values = {
        "card": answered.key,
        "fact": answered.fact,
        "deck": answered.deck,
        "question": answered.card.question,
        "answer": answer,
        "grade": answered.grade,
        "kind": answered.kind,
        "repetitions": answered.repetitions,
        "interval": answered.interval,
        "ease": answered.ease / 100,
        "due": due,
    }
    print(json.dumps(values, ensure_ascii=False), flush=True)


def _print(text: str) -> None:
    print(" ".join(printable(text).splitlines()), flush=True)


def _tell(message: str) -> None:
    print(printable(message), file=sys.stderr, flush=True)
