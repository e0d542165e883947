"""A card for a screen reader: no columns, rules or signs, and every line begins with a word that says what it is."""

from collections.abc import Iterable, Sequence

from fasti.core.cards import Card
from fasti.core.kinds import Judge
from fasti.core.review import Question
from fasti.ui.card_text import is_typed, right_answers, unordered, wanted
from fasti.ui.commands import Command, Letters, shown
from fasti.ui.grades import Choice, Scale, outlook_in_words
from fasti.ui.lines import Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.voice import Revealed

ENTRY = "Your answer: "
COMPLAINT = "What is wrong: "


def question_lines(question: Question, look: Look) -> list[Line]:
    """The deck, how far the sitting is, and the question."""
    card = question.card
    lines = _said("Deck", question.deck, look) + _said("Progress", _progress(question), look)
    lines += asked_lines(card, look) + _said("Wanted", wanted(card), look)
    for thing in unordered(card):
        lines += _said("Item", thing, look)
    return lines + _said("Picture", card.image, look)


def asked_lines(card: Card, look: Look) -> list[Line]:
    """The question alone."""
    return _said("Question", card.question, look)


def invitation_lines(question: Question, first: bool, letters: Letters, look: Look) -> list[Line]:
    """What to do now; shorter after the `first` card that is typed."""
    offered = question.card.hints and Command.HINT in letters
    hint = [f"{shown(Command.HINT, letters)} for a hint"] if offered else []
    if not is_typed(question.card):
        keys = [f"{shown(Command.KEYS, letters)} for all keys"] if Command.KEYS in letters else []
        reveal = f"{shown(Command.REVEAL, letters)} for the answer"
        return remark_lines([f"Press {', '.join([reveal, *hint, *keys])}."], look)
    if not first:
        return remark_lines([f"Type {offer}." for offer in hint], look)
    thing = "date" if question.card.judge is Judge.DATE else "answer"
    how = [f"Type the {thing} and press Enter, or Enter alone if you do not know."]
    keys = [
        *hint,
        *(f"{shown(command, letters)} to {command}" for command in _BY_LETTER if command in letters),
    ]
    return remark_lines(
        how + ([f"For a key type its letter, then Enter: {', '.join(keys)}."] if keys else []), look
    )


def hint_lines(hint: str, number: int, total: int, look: Look) -> list[Line]:
    """Hint `number` of `total`."""
    return _said("Hint" if total == 1 else f"Hint {number} of {total}", hint, look)


def answer_lines(revealed: Revealed, look: Look) -> list[Line]:
    """What the check says, what is right, and what belongs to it."""
    card, answers = revealed.card, right_answers(revealed.card)
    lines = _said("Verdict", revealed.judgement.sentence if revealed.judgement else "", look)
    for number, answer in enumerate(answers, 1):
        lines += _said("Answer" if len(answers) == 1 else f"Answer {number} of {len(answers)}", answer, look)
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


_BY_LETTER = (Command.UNDO, Command.BURY, Command.SUSPEND, Command.FLAG, Command.QUIT)


def _progress(question: Question) -> str:
    if question.drill:
        return "again, you missed this today"
    parts = [f"card {question.number:,} of {question.total:,}"]
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
