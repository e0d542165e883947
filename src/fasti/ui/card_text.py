"""What a card asks and answers, in texts, whatever they are shown on."""

from fasti.core.card import Card, Judge
from fasti.ui.spans import counted

_TYPED = frozenset({Judge.TEXT, Judge.DATE, Judge.LIST, Judge.ORDER})
_LONG = frozenset({Judge.LIST, Judge.ORDER})
_COUNTED = {"causes": ("cause", "causes"), "effects": ("effect", "effects")}


def is_typed(card: Card) -> bool:
    """Whether the answer is typed; other answers are thought, and judged by the student alone."""
    return card.judge in _TYPED


def is_long(card: Card) -> bool:
    """Whether it is a list or a sequence, which may be thought as well as typed: Space shows it."""
    return card.judge in _LONG


def typing_sentence(card: Card) -> str:
    """How an answer of this kind is typed."""
    if card.judge is Judge.LIST:
        return "Type one a line, in any order; Enter alone when you know no more. Space shows all."
    if card.judge is Judge.ORDER:
        labels = order_labels(len(card.answer))
        example = " ".join((*labels[2:3], *labels[:2], *labels[3:]))
        return f"Type the order, like {example}, then Enter. Space shows it."
    thing = "date" if card.judge is Judge.DATE else "answer"
    return f"Type the {thing}, then Enter; Enter alone if you do not know."


def wanted(card: Card) -> str:
    """How many answers a list has: `3 causes`, `4 to put in order`; empty where there is one answer."""
    if card.judge is Judge.ORDER:
        return f"{len(card.answer)} to put in order"
    if card.judge is Judge.LIST:
        return counted(len(card.answer), *_COUNTED.get(card.asks, ("answer", "answers")))
    return ""


def unordered(card: Card, seed: str) -> tuple[str, ...]:
    """The things to put in order, in another order, which `seed` decides."""
    if card.judge is not Judge.ORDER:
        return ()
    # Imported here: it judges as well, and few cards are sequences.
    from fasti.core.order_answers import shuffled

    return tuple(card.answer[place] for place in shuffled(card.answer, seed))


def order_labels(count: int) -> tuple[str, ...]:
    """What the things to put in order are called."""
    from fasti.core.order_answers import labels

    return labels(count)
