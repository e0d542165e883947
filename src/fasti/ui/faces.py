"""A card for the eye: a short block of lines, the question flush left and what follows indented by two."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from fasti.ui.card_text import is_typed, right_answers, unordered, wanted
from fasti.ui.commands import Command, Letters
from fasti.ui.contract import Question
from fasti.ui.difference import Difference, nearest_difference
from fasti.ui.grades import LAPSE_BELOW, REPEAT_BELOW, Choice, Scale, outlook
from fasti.ui.lines import (
    CLOSE,
    FAINT,
    LABEL,
    RIGHT,
    STRONG,
    WRONG,
    Line,
    Piece,
    apart,
    cells,
    line,
    padded,
    plain,
    wrapped,
)
from fasti.ui.look import Look
from fasti.ui.voice import Judgement, Revealed
from fasti.core.cards import Card
from fasti.core.kinds import Judge

ENTRY = "> "
COMPLAINT = "What is wrong? "

_INDENT = "  "


def question_lines(question: Question, look: Look) -> list[Line]:
    """The deck and how far the sitting is, then the question."""
    card = question.card
    lines = [line(), _heading(question, look), *_asked(card, look)]
    if card.image:
        lines += _indented(look, look.text(f"Picture: {card.image}", FAINT))
    if things := unordered(card):
        lines += _indented(look, Piece(f"{wanted(card)}:", FAINT))
        for thing in things:
            lines += wrapped(line(look.text(thing)), look.measure, _INDENT + "- ", _INDENT + "  ")
    elif wanted(card):
        lines += _indented(look, Piece(wanted(card), FAINT))
    return lines


def invitation_lines(question: Question, first: bool, letters: Letters, look: Look) -> list[Line]:
    """What to do now. Of cards that are typed only the first says it: `> ` is enough after that."""
    hint = Command.HINT if question.card.hints else None
    if not is_typed(question.card):
        offers = _offers((hint, Command.KEYS), letters)
        return _with_offers(line(Piece("Space shows the answer", FAINT)), offers, look)
    if not first:
        return _indented(look, *_faint(_offers((hint,), letters) and f"{letters[Command.HINT]} and Enter: a hint"))
    thing = "date" if question.card.judge is Judge.DATE else "answer"
    how = f"Type the {thing}, then Enter. Enter alone: you do not know."
    offers = _offers((hint, Command.UNDO, Command.BURY, Command.SUSPEND, Command.FLAG, Command.QUIT), letters)
    also = f"A letter and Enter: {', '.join(offers)}." if offers else ""
    return [*_indented(look, *_faint(how)), *_indented(look, *_faint(also))]


def hint_lines(hint: str, number: int, total: int, look: Look) -> list[Line]:
    """Hint `number` of `total`."""
    label = "Hint:" if total == 1 else f"Hint {number} of {total}:"
    return _indented(look, Piece(label, LABEL), Piece(" "), look.text(hint))


def answer_lines(revealed: Revealed, look: Look) -> list[Line]:
    """What is right, what was typed against it, and what belongs to it."""
    card = revealed.card
    lines = _verdict_and_answer(revealed, look)
    for text in (*card.extras, card.note):
        lines += _indented(look, *_some(look.text(text)))
    for source in card.sources:
        lines += _indented(look, *_some(look.text(source, FAINT)))
    return lines


def grade_lines(
    question: Question, scale: Scale, chosen: Choice, letters: Letters, look: Look
) -> list[Line]:
    """The grades and where each leads, with brackets around the one that Space gives."""
    rows: list[Line] = []
    row: Line = ()
    for choice in scale:
        grade = _grade(choice, question, choice is chosen)
        if row and cells(plain(row)) + cells(plain(grade)) + 1 > look.measure:
            rows.append(row)
            row = ()
        row += line(" ", *grade)
    rows.append(row)
    return [*rows[:-1], *_with_offers(row[1:], _offers((Command.UNDO, Command.KEYS), letters), look, " ")]


def remark_lines(sentences: Iterable[str], look: Look) -> list[Line]:
    """Sentences one after the other, faint."""
    said = " ".join(sentences)
    return _indented(look, look.text(said, FAINT)) if said else []


def key_lines(keys: Sequence[tuple[str, str]], look: Look) -> list[Line]:
    """Keys in one column, what each is for in the next."""
    width = max(cells(key) for key, _ in keys)
    return [
        row
        for key, about in keys
        for row in wrapped(
            line(Piece(padded(key, width), STRONG), Piece("\u00a0\u00a0"), Piece(about)),
            look.measure,
            _INDENT,
            " " * (width + 4),
        )
    ]
