"""The sentences around the cards: how a sitting begins, what became of a card, what the sitting came to."""

from fasti.core.card import Card
from fasti.core.counting import counted
from fasti.core.review import Answered, Closing, Mistaken, Opening, Undone
from fasti.ui.card_text import order_labels
from fasti.ui.commands import LETTERS, Command, Letters, shown
from fasti.ui.grades import FOUR, Scale
from fasti.ui.spans import duration, exam_sentence, next_sentence, on_break, on_day, pile_sentences


def opening_paragraphs(opening: Opening, letters: Letters = LETTERS, scale: Scale = FOUR) -> list[list[str]]:
    """How a sitting begins, in sentences. A pile is met with what is asked today and when it is gone.

    Its size is never told.
    """
    if opening.cram:
        cards = counted(opening.portion, "card")
        return [[f"Cramming {cards}: every answer is kept, and none moves your schedule."]]
    return [
        *_today(opening, letters, scale),
        *([exam_sentence(exam, opening.today)] for exam in opening.exams),
    ]


def _today(opening: Opening, letters: Letters, scale: Scale) -> list[list[str]]:
    if opening.first_ever:
        return [[sentence] for sentence in _welcome(letters, scale)]
    was_away = opening.away_days > 2 and opening.overdue
    away = [f"You have been away {counted(opening.away_days, 'day')}."] if was_away else []
    if opening.after_break:
        away = ["Your break is over."]
    if opening.due > opening.portion > 0:
        pile = pile_sentences(opening.portion, opening.level_day, opening.today, new_wait=not opening.new)
        return [[*away, *pile]]
    parts = (
        opening.due and f"{opening.due:,} due",
        opening.new and f"{opening.new:,} new",
        opening.owed and f"{opening.owed:,} to repeat",
    )
    today = ", ".join(part for part in parts if part)
    return [[*away, f"Today: {today}."] if today else away]


def _welcome(letters: Letters, scale: Scale) -> list[str]:
    """What someone is told who has never answered a card."""
    keys = [choice.key for choice in scale]
    grades = "a digit" if all(key.isdecimal() for key in keys) else f"{', '.join(keys[:-1])} or {keys[-1]}"
    reveal = shown(Command.REVEAL, letters)
    offers = {Command.UNDO: "takes a grade back", Command.KEYS: "lists all keys", Command.QUIT: "stops"}
    known = [f"{shown(command, letters)} {does}" for command, does in offers.items() if command in letters]
    return [
        f"Welcome. Answer in your head; {reveal} shows the answer, {grades} grades it.",
        f"{', '.join(known) or 'Esc stops'}; everything is saved at once.",
    ]


def closing_sentences(closing: Closing, today: int, siblings: str = "") -> list[str]:
    """What a sitting came to, what waits, and when it goes on.

    `siblings` is what to press or write to be asked the cards that wait for another one of their fact.
    """
    if closing.cram:
        return _crammed(closing)
    if closing.break_until is not None and not closing.answered:
        return on_break(closing.break_until, today)
    sentences = [_done(closing)]
    to_come = closing.left + closing.owed
    if to_come:
        sentences.append(_to_come(closing))
    if closing.siblings and siblings and not to_come:
        sentences.append(siblings_sentence(closing.siblings, siblings))
    elif closing.waiting and not to_come and not closing.new_day:
        other = (
            "other card about the same facts waits"
            if closing.waiting == 1
            else ("other cards about the same facts wait")
        )
        sentences.append(f"{closing.waiting:,} {other} until tomorrow.")
    if closing.beyond:
        sentences.append("The rest of what is due can wait for another sitting.")
    elif closing.new_beyond and not to_come:
        sentences.append("The rest of today's new cards can wait for another sitting.")
    if closing.new_day:
        return [*filter(None, sentences), "The next day has begun meanwhile; `fasti` asks what it brings."]
    if not to_come:
        if closing.more_new and not closing.beyond:
            sentences.append("That is all of today's new cards; `fasti review --more 10` asks more.")
        sentences.append(next_sentence(closing.next_day, closing.next_count, today))
    return [sentence for sentence in sentences if sentence]


def siblings_sentence(number: int, ask: str) -> str:
    """Why cards wait, and what to press or write so that they do not."""
    wait, them = ("waits", "it") if number == 1 else ("wait", "them")
    return (
        f"{counted(number, 'card')} {wait} because a card of the same fact was asked today:"
        f" {ask} asks {them} now."
    )


def asked_too_sentence(number: int) -> str:
    """That cards which waited are asked after all."""
    if not number:
        return "No card waits for another one of its fact."
    return f"{counted(number, 'card')} of the same facts {'is' if number == 1 else 'are'} asked today too."


def graded_sentence(answered: Answered, name: str, today: int) -> str:
    """What was recorded: the grade by `name`, and when the card comes back."""
    if answered.kind == "drill":
        return (
            f"{name.capitalize()}: {'done for today' if answered.grade >= 4 else 'it comes back once more'}."
        )
    if answered.kind == "cram" or answered.due_day is None:
        return f"{name.capitalize()}{'.' if answered.grade >= 4 else ': it comes back at the end.'}"
    when = on_day(answered.due_day, today)
    if answered.grade >= 4:
        return f"{name.capitalize()}: next {when}."
    return f"{name.capitalize()}: it comes back today, then {when}."


def leech_sentence(answered: Answered) -> str:
    """What to do about a card that is forgotten again and again."""
    return (
        f"Missed {counted(answered.lapses, 'time')} now. A hint or a shorter fact may help;"
        f" `fasti suspend {answered.key}` lays it aside."
    )


def undone_sentence(undone: Undone | None, name: str) -> str:
    """What was taken back; `name` is that of its grade."""
    if undone is None:
        return "There is nothing to take back."
    if undone.grade is not None:
        return f"Taken back: {name}."
    return f"Taken back: {_UNDONE.get(undone.kind, undone.kind)}."


def buried_sentence(undo: str = "") -> str:
    """That a card is left until tomorrow, and the key that takes that back."""
    return f"Left until tomorrow; {undo} takes that back." if undo else "Left until tomorrow."


def suspended_sentence(key: str, undo: str = "") -> str:
    """That a card is laid aside, the key that takes that back, and how it comes back later."""
    if undo:
        return f"Suspended; {undo} takes that back, and `fasti resume {key}` later."
    return f"Suspended; `fasti resume {key}` brings it back."


def finished_sentence(closing: Closing, undo: str) -> str:
    """What can be done at the end of everything; `undo` is the key that takes back, if it is offered."""
    leave = "any other key leaves."
    if not undo:
        return leave.capitalize()
    graded = closing.answered or closing.repeats
    return f"{undo} takes {'back the last grade' if graded else 'that back'}; {leave}"


def unread_order_sentence(card: Card) -> str:
    """How an order is typed, after one that could not be read."""
    labels = order_labels(len(card.answer))
    example = " ".join((*labels[2:3], *labels[:2], *labels[3:]))
    return f"Type each of the {len(labels)} once, like {example}; Enter alone if you do not know."


def mistaken_sentence(mistaken: Mistaken) -> str:
    """What a wrong answer is the right answer to."""
    about = f": {mistaken.about.rstrip('.')}" if mistaken.about else ""
    if mistaken.is_date:
        return f"That is the date of “{mistaken.title}”."
    title = mistaken.title if mistaken.is_name else f"“{mistaken.title}”"
    return f"That is {title}{about}."


TYPING = (
    "While you type, a key is its letter, then Enter; ? or Enter alone if you do not know, ?? for these keys."
)
FLAGGED = "Flagged as wrong, for the teacher to read."

_UNDONE = {
    "bury": "the card is asked today after all",
    "suspend": "the card is no longer suspended",
    "resume": "the card is suspended again",
    "flag": "the card is no longer flagged as wrong",
    "reset": "the card has its history again",
}


def _to_come(closing: Closing) -> str:
    """What of today was not asked, and what was asked and is to come back today."""
    are = "is" if closing.left + closing.owed == 1 else "are"
    parts = [f"{closing.left:,} of today's cards"] if closing.left else []
    if closing.owed:
        parts.append(counted(closing.owed, "repeat"))
    saved = "; what you did is saved" if closing.answered or closing.repeats else ""
    return f"{' and '.join(parts)} {are} still to come{saved}."


def _crammed(closing: Closing) -> list[str]:
    sentences = [_done(closing)]
    if closing.missed:
        sentences.append(f"Missed: {'; '.join(closing.missed)}.")
    if closing.left:
        sentences.append(f"{counted(closing.left, 'card')} not asked.")
    if closing.answered:
        sentences.append("Your schedule is as it was.")
    return sentences


def _done(closing: Closing) -> str:
    if not closing.answered:
        if closing.repeats:
            return f"{counted(closing.repeats, 'repeat')} in {duration(closing.seconds)}."
        return "No card answered." if closing.left + closing.owed else "Nothing is left to do today."
    right = f"{closing.passed:,} right" if closing.failed else "all right"
    missed = f", {closing.failed:,} missed" if closing.failed else ""
    new = f", {closing.new:,} of them new" if closing.new else ""
    return f"{counted(closing.answered, 'card')} in {duration(closing.seconds)}{new}: {right}{missed}."
