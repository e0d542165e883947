"""A card for a screen reader: no columns, rules or signs, and every line begins with a word that says what it is."""

from collections.abc import Iterable, Sequence

from fasti.core.card import Card, Judge
from fasti.core.review import Picture, Question
from fasti.core.right_answers import right_answers
from fasti.ui.card_text import (
    is_typed,
    order_labels,
    typing_sentence,
    unordered,
    wanted,
)
from fasti.ui.commands import Command, Letters, shown
from fasti.ui.grades import Choice, Scale, outlook_in_words
from fasti.ui.lines import Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.voice import Part, Revealed, State, Tick, was_ticked_off

ENTRY = "Your answer: "
COMPLAINT = "What is wrong: "


def question_lines(question: Question, look: Look) -> list[Line]:
    """The deck, how far the sitting is, and the question."""
    heading = _said("Deck", question.deck, look) + _said("Progress", _progress(question), look)
    return heading + front_lines(question.card, question.seed, look)


def front_lines(card: Card, seed: str, look: Look) -> list[Line]:
    """What is told of a card before its answer; `seed` decides how things to put in order are shuffled."""
    lines = asked_lines(card, look) + _said("Wanted", wanted(card), look)
    things = unordered(card, seed)
    for label, thing in zip(order_labels(len(things)) if things else (), things, strict=True):
        lines += _said(f"Item {label}", thing, look)
    return lines


def picture_lines(picture: Picture, look: Look) -> list[Line]:
    """What to call a picture, and what is said of it."""
    return _said("Picture", picture.name, look) + remark_lines(picture.remarks, look)


def asked_lines(card: Card, look: Look) -> list[Line]:
    """The question alone."""
    return _said("Question", card.question, look)


def invitation_lines(question: Question, first: bool, keys: bool, letters: Letters, look: Look) -> list[Line]:
    """What to do now; shorter after the first card that is typed."""
    offered = question.card.hints and Command.HINT in letters
    hint = [f"{shown(Command.HINT, letters)} for a hint"] if offered else []
    if not is_typed(question.card):
        every = [f"{shown(Command.KEYS, letters)} for all keys"] if Command.KEYS in letters else []
        reveal = f"{shown(Command.REVEAL, letters)} for the answer"
        return remark_lines([f"Press {', '.join([reveal, *hint, *every])}."], look)
    how = [typing_sentence(question.card)] if first else []
    if not keys:
        return remark_lines([*how, *(f"Type {offer}." for offer in hint)], look)
    named = (f"{shown(command, letters)} to {command}" for command in _BY_LETTER if command in letters)
    offers = [*hint, *named, *(["?? for all keys"] if Command.KEYS in letters else [])]
    return remark_lines(
        how + ([f"For a key type its letter, then Enter: {', '.join(offers)}."] if offers else []), look
    )


def tick_lines(tick: Tick, look: Look) -> list[Line]:
    """What became of an item of a list, and how many are left."""
    left = f" {tick.left} left." if tick.left else ""
    if tick.state is State.RIGHT:
        return _said("Right", f"{tick.answer.rstrip('.')}.{left}", look)
    if tick.state is State.NEAR:
        return _said("Right", f"{tick.answer.rstrip('.')}. {tick.sentence}{left}", look)
    return remark_lines([f"{tick.sentence}{left}"], look)


def hint_lines(hint: str, number: int, total: int, look: Look) -> list[Line]:
    """Hint `number` of `total`."""
    return _said("Hint" if total == 1 else f"Hint {number} of {total}", hint, look)


def answer_lines(revealed: Revealed, look: Look) -> list[Line]:
    """What the check says, what is right, and what belongs to it."""
    card = revealed.card
    answers = () if was_ticked_off(revealed) else right_answers(card)
    lines = _said("Verdict", revealed.judgement.sentence if revealed.judgement else "", look)
    for number, answer in enumerate(answers, 1):
        given = _given(revealed.parts[number - 1], card) if len(answers) == len(revealed.parts) > 1 else ""
        label = "Answer" if len(answers) == 1 else f"Answer {number} of {len(answers)}{given}"
        lines += _said(label, answer, look)
    lines += _said("Sentence", "".join(card.sentence), look)
    lines += remark_lines([revealed.mistaken] if revealed.mistaken else [], look)
    for text in card.extras:
        lines += _said("More", text, look)
    lines += _said("Note", card.note, look)
    for source in card.sources:
        lines += _said("Source", source, look)
    return lines


def grade_lines(question: Question, scale: Scale, chosen: Choice, letters: Letters, look: Look) -> list[Line]:
    """The grades and where each leads, then which one is suggested."""
    grades = "; ".join(_grade(choice, question) for choice in scale)
    digits = all(choice.key.isdecimal() for choice in scale)
    label = f"Grade {scale[0].key} to {scale[-1].key}" if digits else "Grades"
    suggested = f"{shown(Command.REVEAL, letters)} gives {chosen.key} {chosen.name}."
    return _said(label, f"{grades}.", look) + remark_lines([suggested], look)


def remark_lines(sentences: Iterable[str], look: Look) -> list[Line]:
    """Each sentence on a line of its own."""
    return [row for sentence in sentences for row in wrapped(line(look.text(sentence)), look.measure)]


def key_lines(keys: Sequence[tuple[str, str]], look: Look) -> list[Line]:
    """One key a line."""
    return [row for key, about in keys for row in _said(f"Key {key}", about, look)]


_BY_LETTER = (Command.UNDO, Command.QUIT)


def _given(part: Part, card: Card) -> str:
    """How a right answer was met: `, right`, `, missed`, `, you said 3`."""
    return f", {part.note if part.note and card.judge is Judge.ORDER else part.state}"


def _progress(question: Question) -> str:
    if question.drill:
        return "again, you missed this today"
    parts = [f"card {question.number:,} of {question.total:,}"]
    if question.cram:
        return parts[0]
    if question.new:
        parts.append("a new one")
    left = question.new_left - question.new
    if left:
        parts.append(f"{left:,} {'more ' if question.new else ''}new left today")
    return ", ".join(parts)


def _grade(choice: Choice, question: Question) -> str:
    where = outlook_in_words(choice, question)
    return f"{choice.key} {choice.name}" if where == choice.name else f"{choice.key} {choice.name}, {where}"


def _said(label: str, text: str, look: Look) -> list[Line]:
    """A labelled text; nothing where there is none."""
    return wrapped(line(f"{label}: ", look.text(text)), look.measure) if text.strip() else []
