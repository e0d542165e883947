"""The review without a terminal: a line in answers a card, a line out says what became of it."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from fasti.core.days import date_text
from fasti.core.text import printable
from fasti.errors import ExitCode
from fasti.ui.card_text import order_labels, unordered, wanted
from fasti.ui.grades import FOUR, SIX, Scale, chosen_by
from fasti.ui.look import encodable
from fasti.ui.piped_answers import TypedAnswer
from fasti.ui.pipes import until_closed

if TYPE_CHECKING:
    from fasti.core.review import Answered, Question
    from fasti.ui.contract import Sitting


def review_lines(session: "Sitting", lines: Iterable[str], *, six: bool, as_json: bool) -> ExitCode:
    """Ask the cards of a sitting, each answered by the next of `lines`: a grade, or a word.

    Where an answer can be typed, any other line is one (of a list, an item or several; an empty line ends
    it): what is made of it is told, and the next line grades it, an empty one as was suggested. Every card
    answered is printed at once; when nobody reads that any more, it ends. A line that is none of these
    leaves its card unanswered and ends the review, so that no later grade can go to the wrong card.
    """
    code = ExitCode.DONE
    with until_closed(sys.stdout):
        code = _review(session, lines, SIX if six else FOUR, as_json=as_json)
    return code  # noqa: RET504 - the block may end before it has one


def _review(session: "Sitting", lines: Iterable[str], scale: Scale, *, as_json: bool) -> ExitCode:
    _ask(session, as_json=as_json)
    if _all_is_asked(session) and not session.siblings:
        return ExitCode.DONE
    session.prepare()
    answer = TypedAnswer(session.question, scale)
    for number, line in enumerate(lines, 1):
        # A byte-order mark is what some shells of Windows begin a pipe with.
        word = (line.removeprefix("\ufeff") if number == 1 else line).strip().casefold()
        choice = chosen_by(word, scale)
        if _all_is_asked(session) and (choice or not word or word in _WORDS) and word not in _AT_THE_END:
            break  # all is answered; only what was done can still be taken back, or what waits be asked
        if choice is None and not word and answer.suggested:
            choice = answer.suggested
        if choice is not None:
            typed = answer.typed
            answered = session.answer(choice.grade, scale=len(scale), typed=typed, thinking_ms=None)
            _print(_as_json(answered, typed) if as_json else _as_text(answered))
        elif word not in {*_WORDS, "quit"} and answer.takes(line.strip()):
            for told in answer.take(line.strip()):
                (_tell if as_json else _print)(told)
            continue
        elif word in _WORDS:
            _tell(_WORDS[word](session))
        elif word.split(maxsplit=1)[:1] == [_FLAG] and not _all_is_asked(session):
            session.flag(line.split(maxsplit=1)[1].strip() if " " in word else "")
            _tell("flagged as wrong")
        elif word != "quit":
            _tell(_refusal(number, line, scale))
            return ExitCode.PROBLEM
        if word == "quit":
            break
        _ask(session, as_json=as_json)
        answer = TypedAnswer(session.question, scale)
    return ExitCode.DONE


def _all_is_asked(session: "Sitting") -> bool:
    return session.question is None


def _ask(session: "Sitting", *, as_json: bool) -> None:
    """Print the question, or where there is none, what comes next, on stderr."""
    if as_json:
        return
    if session.question is not None:
        _print(_question(session.question))
        return
    # Imported here: only the end of a sitting has sentences.
    from fasti.ui.wording import closing_sentences

    for sentence in closing_sentences(session.closing(), session.opening.today, "`siblings`"):
        _tell(sentence)


def _question(question: "Question") -> str:
    again = "again: " if question.drill else ""
    picture = f"  (picture: {question.card.image})" if question.card.image else ""
    asked = f"{question.number} of {question.total}  {again}{question.card.question}{picture}"
    if things := unordered(question.card, question.seed):
        labels = order_labels(len(things))
        shown = "; ".join(f"{label} {thing}" for label, thing in zip(labels, things, strict=True))
        return f"{asked}  ({wanted(question.card)}: {shown})"
    return f"{asked}  ({wanted(question.card)})" if wanted(question.card) else asked


def _as_text(answered: "Answered") -> str:
    answer = "; ".join(answered.card.answer)
    due = "" if answered.due_day is None else f", due {date_text(answered.due_day)}"
    return f"  {answer}  (grade {answered.grade}, {answered.kind}{due})"


def _as_json(answered: "Answered", typed: str | None) -> str:
    from fasti.ui.json_text import json_text

    values = {
        "card": answered.key,
        "fact": answered.fact,
        "deck": answered.deck,
        "question": answered.card.question,
        "answer": "; ".join(answered.card.answer),
        "grade": answered.grade,
        "kind": answered.kind,
        "repetitions": answered.repetitions,
        "interval": answered.interval,
        "ease": answered.ease / 100,
        "due": None if answered.due_day is None else date_text(answered.due_day),
        **({} if typed is None else {"typed": typed}),
    }
    return json_text(values, _encoding(sys.stdout))


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


def _siblings(session: "Sitting") -> str:
    from fasti.ui.wording import asked_too_sentence

    return asked_too_sentence(session.ask_siblings())


_FLAG = "flag"
"""A word that may have others after it, for the teacher."""

_WORDS = {
    "undo": _undo,
    "bury": _bury,
    "suspend": _suspend,
    "skip": _skip,
    "siblings": _siblings,
    "c": _siblings,
}
_AT_THE_END = {"undo", "siblings", "c"}


def _refusal(number: int, line: str, scale: Scale) -> str:
    grades = f"{scale[0].key} to {scale[-1].key}"
    words = ", ".join(f"`{word}`" for word in (*_WORDS, f"{_FLAG} WHY") if word != "c")
    return (
        f"error: line {number}: `{' '.join(line.split())[:80]}` is no answer; the card stays unanswered\n"
        f"hint: answer with a grade from {grades}, or {words} or `quit`"
    )


def _print(text: str) -> None:
    """One line on stdout, at once."""
    shown = " ".join(printable(text).splitlines())
    print(encodable(shown, _encoding(sys.stdout)), flush=True)


def _tell(message: str) -> None:
    print(encodable(printable(message), _encoding(sys.stderr)), file=sys.stderr, flush=True)


def _encoding(file: TextIO) -> str:
    return file.encoding or "utf-8"
