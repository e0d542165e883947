"""What a card asks and answers, in texts, whatever they are shown on."""

from fasti.core.cards import Card
from fasti.core.kinds import Judge
from fasti.core.text import normalised
from fasti.ui.spans import counted

_TYPED = frozenset({Judge.TEXT, Judge.DATE})
_COUNTED = {"causes": ("cause", "causes"), "effects": ("effect", "effects")}


def is_typed(card: Card) -> bool:
    """Whether the answer is typed; other answers are thought, and judged by the student alone."""
    return card.judge in _TYPED


def wanted(card: Card) -> str:
    """How many answers a list has: `3 causes`, `4 to put in order`; empty where there is one answer."""
    if card.judge is Judge.ORDER:
        return f"{len(card.answer)} to put in order"
    if card.judge is Judge.LIST:
        return counted(len(card.answer), *_COUNTED.get(card.asks, ("answer", "answers")))
    return ""


def unordered(card: Card) -> tuple[str, ...]:
    """The things to put in order, in an order of words that is never by chance the right one."""
    if card.judge is not Judge.ORDER:
        return ()
    things = tuple(sorted(card.answer, key=normalised))
    return things if things != card.answer else things[1:] + things[:1]


def right_answers(card: Card) -> tuple[str, ...]:
    """What is right, several where a list is asked for; an exact day with its day of the week."""
    if card.judge is not Judge.DATE:
        return card.answer
    return tuple(
        f"{text}, a {day}" if (day := _weekday(text, card.calendar)) else text for text in card.answer
    )


def _weekday(text: str, calendar: str) -> str | None:
    # Imported here: the first question need not wait for what reads dates.
    from fasti.core.date_reading import read_date
    from fasti.core.dates import Calendar, DateError, weekday

    try:
        return weekday(read_date(text, Calendar(calendar or "gregorian")))
    except (DateError, ValueError):
        return None
