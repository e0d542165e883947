"""A card for the eye: a short block of lines, the question flush left and what follows indented by two."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fasti.core.card import Card, Judge
from fasti.core.review import Picture, Question
from fasti.core.right_answers import right_answers
from fasti.ui.card_text import is_typed, order_labels, typing_sentence, unordered, wanted
from fasti.ui.commands import Command, Letters, shown
from fasti.ui.grades import GOOD, Choice, Scale, outlook
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
    hanging,
    line,
    padded,
    plain,
    wrapped,
)
from fasti.ui.look import Look
from fasti.ui.voice import Judgement, Part, Revealed, State, Tick, was_ticked_off

if TYPE_CHECKING:
    from fasti.ui.difference import Difference

ENTRY = "> "
COMPLAINT = "What is wrong? "

_INDENT = "  "
_LEAST_GAP = 3
_SHORT_NOTE = 20
_CLOSE_FROM = 2
"""The lowest grade that `core.answers` suggests for an answer that is near."""


def question_lines(question: Question, look: Look) -> list[Line]:
    """The deck and how far the sitting is, then the question."""
    return [line(), _heading(question, look), *front_lines(question.card, question.seed, look)]


def front_lines(card: Card, seed: str, look: Look) -> list[Line]:
    """What is shown of a card before its answer; `seed` decides how things to put in order are shuffled."""
    lines = asked_lines(card, look)
    things = unordered(card, seed)
    if wanted(card):
        lines += _indented(Piece(f"{wanted(card)}:" if things else wanted(card), FAINT), look)
    for label, thing in zip(order_labels(len(things)) if things else (), things, strict=True):
        lines += hanging(line(_INDENT, Piece(f"{label} ", STRONG)), line(look.text(thing)), look.measure)
    return lines


def picture_lines(picture: Picture, look: Look) -> list[Line]:
    """What to call a picture that is not drawn, and what is said of it."""
    named = [] if picture.drawing else _indented(look.text(f"Picture: {picture.name}", FAINT), look)
    return named + [row for remark in picture.remarks for row in _indented(look.text(remark, FAINT), look)]


def asked_lines(card: Card, look: Look) -> list[Line]:
    """The question alone."""
    word, prompt = line(look.text(card.word, LABEL), "  "), look.text(card.prompt, STRONG)
    if not card.word:
        return wrapped(line(prompt), look.measure, "", _INDENT)
    if cells(plain(word)) <= look.measure // 4 and "\n" not in card.word:
        return hanging(word, line(prompt), look.measure)
    return wrapped(line(*word, prompt), look.measure, "", _INDENT)


def invitation_lines(question: Question, first: bool, keys: bool, letters: Letters, look: Look) -> list[Line]:
    """What to do now. Of the cards that are typed only the first says it: `> ` is enough after that."""
    hint = [Command.HINT] if question.card.hints else []
    if not is_typed(question.card):
        return [_invitation([*hint, Command.KEYS], letters, look)]
    how = [typing_sentence(question.card)] if first else []
    offers = _offers([*hint, Command.UNDO, Command.QUIT] if keys else hint, letters)
    if keys and offers:
        # No break between a letter and what it does.
        whole = [offer.replace(" ", "\u00a0") for offer in offers]
        more = "; ??\u00a0lists\u00a0them" if Command.KEYS in letters else ""
        how.append(f"A letter, then Enter, is a key: {', '.join(whole)}{more}.")
    elif offers:
        how.extend(offers)
    return _indented(Piece(" ".join(how), FAINT), look)


def tick_lines(tick: Tick, look: Look) -> list[Line]:
    """What became of an item of a list, and how many are left."""
    left = Piece(f"  {tick.left}\u00a0left" if tick.left else "", FAINT)
    if tick.state not in {State.RIGHT, State.NEAR}:
        return wrapped(line(look.text(tick.sentence, CLOSE), left), look.measure, _INDENT, _INDENT)
    label = line(_INDENT, Piece(f"{look.tick} ", RIGHT))
    # Whoever said it in fewer words did not misspell the others.
    whole = tick.state is State.NEAR and 2 * len(tick.typed.split()) > len(tick.answer.split())
    difference = _compared_with(tick.typed, [tick.answer], look) if whole else None
    said = line(look.text(tick.sentence, CLOSE), "  ") if tick.sentence else line()
    if difference is None:
        return hanging(label, line(*said, look.text(tick.answer), left), look.measure)
    return [*hanging(label, line(*said[:1], left), look.measure), *_compared(difference)]


def hint_lines(hint: str, number: int, total: int, look: Look) -> list[Line]:
    """Hint `number` of `total`."""
    label = "Hint: " if total == 1 else f"Hint {number} of {total}: "
    return hanging(line(_INDENT, Piece(label, LABEL)), line(look.text(hint)), look.measure)


def answer_lines(revealed: Revealed, look: Look) -> list[Line]:
    """What is right, what was typed against it, and what belongs to it."""
    card = revealed.card
    lines = _verdict_and_answer(revealed, look)
    if card.sentence:
        shown = (look.text(text, STRONG if at % 2 else "") for at, text in enumerate(card.sentence))
        lines += wrapped(line(*shown), look.measure, _INDENT, _INDENT)
    lines += _indented(look.text(revealed.mistaken, CLOSE), look)
    for text in (*card.extras, card.note):
        lines += _indented(look.text(text), look)
    for source in card.sources:
        lines += _indented(look.text(source, FAINT), look)
    return lines


def grade_lines(question: Question, scale: Scale, chosen: Choice, letters: Letters, look: Look) -> list[Line]:
    """The grades and where each leads, with brackets around the one that is suggested."""
    rows: list[Line] = [()]
    for choice in scale:
        grade = line(" ", *_grade(choice, question, is_chosen=choice is chosen))
        if rows[-1] and cells(plain(rows[-1] + grade).rstrip()) > look.measure:
            rows.append(())
        rows[-1] += grade
    whole = [row[:-1] if row[-1].text == " " else row for row in rows]
    return [*whole[:-1], _with_offers(whole[-1], [Command.UNDO, Command.KEYS], letters, look)]


def remark_lines(sentences: Iterable[str], look: Look) -> list[Line]:
    """Sentences one after the other, faint."""
    return _indented(look.text(" ".join(sentences), FAINT), look)


def key_lines(keys: Sequence[tuple[str, str]], look: Look) -> list[Line]:
    """Keys in one column, what each is for in the next."""
    width = max(cells(key) for key, _ in keys)
    return [
        row
        for key, about in keys
        for row in hanging(line(_INDENT, Piece(padded(key, width), STRONG), "  "), line(about), look.measure)
    ]


def _heading(question: Question, look: Look) -> Line:
    title, gap, progress = apart(
        look.text(question.deck).text, _progress(question, look), look.measure, look.ellipsis
    )
    return line(title, gap, Piece(progress, FAINT))


def _progress(question: Question, look: Look) -> list[str]:
    """How far the sitting is, from the fullest to the shortest way to say it."""
    if question.drill:
        return ["again: you missed this today", "again"]
    if question.cram:
        return [f"{question.number:,} of {question.total:,}", f"{question.number}/{question.total}"]
    place = f"{question.number:,} of {question.total:,}"
    shortest = f"{question.number}/{question.total}"
    if question.new:
        new = f"{place} {look.dot} new"
        more = question.new_left - 1
        return [f"{new}, {more:,} more today", new, place, shortest] if more > 0 else [new, place, shortest]
    if not question.new_left:
        return [place, shortest]
    left = f"{place} {look.dot} {question.new_left:,} new left"
    return [f"{left} today", left, place, shortest]


def _invitation(commands: Sequence[Command], letters: Letters, look: Look) -> Line:
    key = shown(Command.REVEAL, letters)
    texts = (f"{key} shows the answer", f"{key}: answer")
    long, short = (line(_INDENT, Piece(text, FAINT)) for text in texts)
    invited = _with_offers(long, commands, letters, look)
    # On a narrow screen, what can be asked for is worth more than a full sentence.
    complete = all(offer in plain(invited) for offer in _offers(commands, letters))
    return invited if complete else _with_offers(short, commands, letters, look)


def _verdict_and_answer(revealed: Revealed, look: Look) -> list[Line]:
    answers = [look.text(answer, STRONG) for answer in right_answers(revealed.card)]
    if revealed.judgement is not None and revealed.parts and len(answers) != 1:
        said = _indented(_verdict(revealed.judgement, look), look)
        return said if was_ticked_off(revealed) else [*said, *_parts(revealed, look)]
    if len(answers) != 1:
        return [
            row
            for number, answer in enumerate(answers, 1)
            for row in _numbered(number, answer, len(answers), look)
        ]
    if revealed.judgement is None:
        return _indented(answers[0], look)
    verdict = _verdict(revealed.judgement, look)
    difference = _difference(revealed, look)
    if difference is None:
        both = line(_INDENT, verdict, "  ", answers[0])
        if cells(plain(both)) <= look.measure and "\n" not in plain(both):
            return [both]
        return [*_indented(verdict, look), *_indented(answers[0], look)]
    known = [] if difference.answer == answers[0].text else _indented(answers[0], look)
    return [*_indented(verdict, look), *known, *_compared(difference)]


def _parts(revealed: Revealed, look: Look) -> list[Line]:
    """Each right answer with a sign for whether it was given; a sequence has its numbers as well."""
    parts = revealed.parts
    in_order = revealed.card.judge is Judge.ORDER
    return [
        row
        for number, part in enumerate(parts, 1)
        for row in hanging(
            line(
                _INDENT,
                *_sign(part, look),
                Piece(f"{padded(f'{number}', len(f'{len(parts)}'), right=True)} " if in_order else "", FAINT),
            ),
            line(
                look.text(part.text, STRONG if part.state is not State.RIGHT else ""),
                look.text(f"  ({_unbroken(part.note)})" if part.note else "", FAINT),
            ),
            look.measure,
        )
    ]


def _unbroken(note: str) -> str:
    return note.replace(" ", "\u00a0") if cells(note) < _SHORT_NOTE else note


def _sign(part: Part, look: Look) -> Line:
    if part.state is State.RIGHT:
        return line(Piece(f"{look.tick} ", RIGHT))
    return line(Piece("~ ", CLOSE)) if part.state is State.PART else line(Piece(f"{look.dash} ", WRONG))


def _numbered(number: int, answer: Piece, total: int, look: Look) -> list[Line]:
    label = padded(f"{number}", len(f"{total}"), right=True)
    return hanging(line(_INDENT, Piece(f"{label} ", FAINT)), line(answer), look.measure)


def _verdict(judgement: Judgement, look: Look) -> Piece:
    styles = ((GOOD, RIGHT), (_CLOSE_FROM, CLOSE), (0, WRONG))
    style = next(style for least, style in styles if judgement.grade >= least)
    return look.text(judgement.sentence, style)


def _difference(revealed: Revealed, look: Look) -> "Difference | None":
    card, judgement = revealed.card, revealed.judgement
    if judgement is None or judgement.grade >= GOOD or card.judge is not Judge.TEXT:
        return None
    return _compared_with(revealed.typed, (*card.answer, *card.accept), look)


def _compared_with(typed: str, answers: Sequence[str], look: Look) -> "Difference | None":
    # Imported here: the first question is shown before anything is typed.
    from fasti.ui.difference import nearest_difference

    difference = nearest_difference(
        look.text(typed).text, [look.text(answer).text for answer in answers], look.dot
    )
    if difference is None or "\n" in difference.right:
        return None
    return difference if cells(_INDENT + difference.right) <= look.measure else None


def _compared(difference: "Difference") -> list[Line]:
    return [
        line(_INDENT, Piece(difference.typed, FAINT)),
        line(_INDENT, Piece(difference.right, STRONG)),
        line(_INDENT, Piece(difference.marks, CLOSE)),
    ]


def _grade(choice: Choice, question: Question, *, is_chosen: bool) -> Line:
    """A grade between two brackets or two spaces, so that choosing moves nothing."""
    left, right = ("[", "]") if is_chosen else (" ", " ")
    name_style = STRONG if is_chosen else ""
    where = outlook(choice, question)
    after = () if where == choice.name else (Piece(f" {where}", FAINT),)
    return line(
        Piece(left, STRONG),
        Piece(choice.key, STRONG),
        Piece(f" {choice.name}", name_style),
        *after,
        Piece(right, STRONG),
    )


def _with_offers(left: Line, commands: Sequence[Command], letters: Letters, look: Look) -> Line:
    """A line with as many of these offers as fit, the last ones first, at its right edge."""
    offers = _offers(commands, letters)
    for start in range(len(offers)):
        text = "   ".join(offers[start:])
        gap = look.measure - cells(plain(left)) - cells(text)
        if gap >= _LEAST_GAP:
            return line(*left, " " * gap, Piece(text, FAINT))
    return left


def _offers(commands: Iterable[Command], letters: Letters) -> list[str]:
    return [f"{shown(command, letters)} {_SHORT[command]}" for command in commands if command in letters]


_SHORT = {
    Command.UNDO: "undo",
    Command.HINT: "hint",
    Command.BURY: "bury",
    Command.SUSPEND: "suspend",
    Command.FLAG: "flag",
    Command.KEYS: "keys",
    Command.QUIT: "stop",
}


def _indented(piece: Piece, look: Look) -> list[Line]:
    return wrapped(line(piece), look.measure, _INDENT, _INDENT) if piece.text.strip() else []
