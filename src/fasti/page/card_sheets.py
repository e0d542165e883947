"""Cards to cut out: a page of fronts, then a page of their backs, in places that meet when the sheet is turned.

A page has two columns of four cards in the middle of the paper, so that A4 and Letter do alike. The sheet is
turned over its long edge: what is left on the front is right on the back.
"""

from typing import NamedTuple

from fasti.core.card import Card
from fasti.core.right_answers import right_answers
from fasti.page.contents import Contents, Entry
from fasti.page.fitting import Block, size_for
from fasti.page.markup import Markup, element, joined
from fasti.page.questions import answer_of, besides_of, order_shown, question_of

COLUMNS = 2
ROWS = 4


class Sides(NamedTuple):
    """A card's two sides, or what stands for them where its text has no room on a card."""

    front: Markup
    back: Markup
    fits: bool


def card_sheets(contents: Contents) -> Markup:
    """All sheets, which are seen only on paper, and after them the cards whose text has no room."""
    sides = [
        _sides(number, entry, card, contents) for number, (entry, card) in enumerate(contents.cards(), 1)
    ]
    fitting = [each for each in sides if each.fits]
    pages: list[Markup] = []
    for start in range(0, len(fitting), COLUMNS * ROWS):
        sheet = fitting[start : start + COLUMNS * ROWS]
        pages.append(_page("fronts", [each.front for each in sheet]))
        pages.append(_page("backs", _turned([each.back for each in sheet])))
    if left := [each for each in sides if not each.fits]:
        pages.append(_too_long(left, contents))
    return element("div", {"id": "card-sheets", "class": "sheets"}, pages)


def too_long_for_cards(contents: Contents) -> int:
    """How many cards have more text than a printed card has room for."""
    return sum(_sizes(entry, card, contents) is None for entry, card in contents.cards())


# What a card of 92 by 63 mm has inside its margins, without the line with its number; 1 mm is 3.78 pixels.
_WIDTH = 304.0
_HEIGHT = 178.0
_PICTURE = 86.0


def _turned(backs: list[Markup]) -> list[Markup]:
    """The backs row by row from the other side; a place without a card stays empty."""
    filled = [*backs, *[_EMPTY] * (-len(backs) % COLUMNS)]
    rows = [filled[start : start + COLUMNS] for start in range(0, len(filled), COLUMNS)]
    return [back for row in rows for back in reversed(row)]


_EMPTY = element("div", {"class": "cut empty"})


def _page(side: str, cards: list[Markup]) -> Markup:
    return element("div", {"class": f"card-page {side}"}, element("div", {"class": "grid"}, cards))


def _sides(number: int, entry: Entry, card: Card, contents: Contents) -> Sides:
    sizes = _sizes(entry, card, contents)
    front, back = sizes or (len(_CLASSES) - 1, len(_CLASSES) - 1)
    foot = element(
        "p",
        {"class": "foot"},
        [element("b", None, str(number)), " ", contents.language.text(_foot(card, contents))],
    )
    asked = question_of(entry, card, contents)
    answered = [answer_of(card, contents), *besides_of(card, contents)]
    return Sides(
        element("div", {"class": f"cut {_CLASSES[front]}", "data-card": number}, [_inside([asked]), foot]),
        element("div", {"class": f"cut {_CLASSES[back]}", "data-card": number}, [_inside(answered), foot]),
        fits=sizes is not None,
    )


_CLASSES = ("size-0", "size-1", "size-2", "size-3", "size-4", "size-5", "size-6")


def _inside(content: list[Markup]) -> Markup:
    return element("div", {"class": "inside"}, element("div", None, content))


def _foot(card: Card, contents: Contents) -> str:
    return card.unit or contents.deck.title


def _sizes(entry: Entry, card: Card, contents: Contents) -> tuple[int, int] | None:
    """The sizes of letters on the front and on the back, or None where either has too much text."""
    picture = _PICTURE if card.image in contents.pictures else 0
    front = [
        Block(card.word, 0.8),
        Block(card.prompt),
        *(Block(f"• {thing}", 0.85) for thing in order_shown(entry, card)),
        Block("3 answers" if len(card.answer) > 1 else "", 0.8, picture),
    ]
    back = [
        *(Block(f"• {answer}") for answer in right_answers(card)),
        Block("; ".join(["Also right:", *card.accept]) if card.accept else "", 0.75),
        *(Block(extra, 0.75) for extra in card.extras),
        Block(card.note, 0.75),
        Block("; ".join(card.sources), 0.65),
    ]
    found = size_for(front, _WIDTH, _HEIGHT), size_for(back, _WIDTH, _HEIGHT)
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def _too_long(left: list[Sides], contents: Contents) -> Markup:
    said = "These have more text than a card has room for; write them out, or split them in the deck."
    heading = element("p", {"class": "too-long"}, contents.language.words(said))
    return element(
        "div",
        {"class": "card-page left-over"},
        [heading, *(joined([each.front, each.back]) for each in left)],
    )
