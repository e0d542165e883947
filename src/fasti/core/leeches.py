"""Leeches: cards that are forgotten again and again."""

from enum import StrEnum

from fasti.core.card import Card

THRESHOLD = 8
"""Lapses at which a card is first called a leech (the number Anki uses)."""


_LONG_ANSWER = 90
"""Characters of an answer beyond which it is likely to hold two things."""

_LONG_PROMPT = 160


class Advice(StrEnum):
    """What can be done about a leech."""

    SPLIT = "split"
    HINT = "hint"
    REWORD = "reword"
    SUSPEND = "suspend"


def becomes_leech(lapses_before: int, lapses_after: int, threshold: int = THRESHOLD) -> bool:
    """Whether this lapse is one at which the student is told: the 8th, 12th, 16th and so on.

    After the first time it is every half `threshold`, as in Anki's manual.
    """
    if lapses_after <= lapses_before or lapses_after < threshold:
        return False
    return (lapses_after - threshold) % max(threshold // 2, 1) == 0


def advice_for(card: Card) -> tuple[Advice, ...]:
    """What can be done about this card, the most promising first.

    An answer of several things or many words is worth splitting, a card without a hint may be given one;
    any can be worded otherwise, and laid aside.
    """
    several = len(card.answer) > 1 or sum(map(len, card.answer)) > _LONG_ANSWER
    split = (Advice.SPLIT,) if several or len(card.prompt) > _LONG_PROMPT else ()
    hint = () if card.hints else (Advice.HINT,)
    return (*split, *hint, Advice.REWORD, Advice.SUSPEND)
