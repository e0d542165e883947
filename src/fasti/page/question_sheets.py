"""Sheets with questions on the front and their answers overleaf, to be written on.

One question is asked about each fact: another would give its answer away on the same page.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fasti.core.card import Card, Judge
from fasti.core.right_answers import right_answers
from fasti.page.contents import Contents, Entry
from fasti.page.fitting import Block, height_of
from fasti.page.markup import Markup, element
from fasti.page.questions import answer_of, order_shown, question_of


class Item(NamedTuple):
    """A question with its number, and the heights of both its sides in pixels."""

    number: int
    entry: Entry
    card: Card
    front: float
    back: float

    @property
    def fits(self) -> bool:
        """Whether each side has room on a page; what has not would put all that follows on the wrong side."""
        return max(self.front, self.back) <= _HEIGHT


def question_sheets(contents: Contents) -> Markup:
    """All sheets, which are seen only on paper; each unit begins a new one."""
    pages: list[Markup] = []
    left: list[Item] = []
    number = 1
    for unit in contents.units:
        asked = [(entry, entry.cards[0]) for entry in unit.entries if entry.cards]
        items = [_item(place, entry, card, contents) for place, (entry, card) in enumerate(asked, number)]
        number += len(items)
        left += [item for item in items if not item.fits]
        for sheet in _sheets([item for item in items if item.fits]):
            pages.append(_page("fronts", unit.name, sheet, contents))
            pages.append(_page("backs", unit.name, sheet, contents))
    if left:
        pages.append(_too_long(left, contents))
    return element("div", {"id": "question-sheets", "class": "sheets"}, pages)


# What a page of Letter, the shorter of the two papers, has inside its margins below the heading.
_WIDTH = 590.0
_HEIGHT = 870.0
_SIZE = 14.0
_WRITTEN = 30.0
_PICTURE = 120.0
_BELOW = 10.0


def _item(number: int, entry: Entry, card: Card, contents: Contents) -> Item:
    picture = _PICTURE if card.image in contents.pictures else 0.0
    asked = [
        Block(f"{card.word} {card.prompt}"),
        *(Block(f"__ {thing}", 1, 4) for thing in order_shown(entry, card)),
    ]
    answered = [Block(f"{card.question}", 0.8), *(Block(answer) for answer in right_answers(card))]
    front = height_of(asked, _WIDTH, _SIZE) + picture + _lines(card) * _WRITTEN + _BELOW
    return Item(number, entry, card, front, height_of(answered, _WIDTH, _SIZE) + _BELOW)


def _lines(card: Card) -> int:
    """How many lines there are to write on."""
    if card.judge is Judge.ORDER:
        return 0
    return len(card.answer) if card.judge is Judge.LIST else 1 + (len(card.answer[0]) > 70)


def _sheets(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The items in sheets of which each side fits a page."""
    sheet: list[Item] = []
    for item in items:
        together = [*sheet, item]
        if sheet and max(sum(each.front for each in together), sum(each.back for each in together)) > _HEIGHT:
            yield sheet
            sheet = []
        sheet.append(item)
    if sheet:
        yield sheet


def _page(side: str, unit: str, items: Sequence[Item], contents: Contents) -> Markup:
    words, text = contents.language.words, contents.language.text
    title = element("p", {"class": "sheet-title"}, text(unit or contents.deck.title))
    if side == "fronts":
        blanks = element(
            "p", {"class": "blanks"}, [element("span", None, words(each)) for each in ("Name", "Date")]
        )
        rows = [_question(item, contents) for item in items]
    else:
        blanks = element("p", {"class": "blanks"}, words("Answers"))
        rows = [_answer(item, contents) for item in items]
    head = element("div", {"class": "sheet-head"}, [title, blanks])
    return element("div", {"class": f"question-page {side}"}, [head, *rows])


def _question(item: Item, contents: Contents) -> Markup:
    lines = [element("div", {"class": "line"}) for _ in range(_lines(item.card))]
    asked = element("div", None, [question_of(item.entry, item.card, contents), *lines])
    return element("div", {"class": "asked"}, [element("b", None, f"{item.number}"), asked])


def _answer(item: Item, contents: Contents) -> Markup:
    about = element("p", {"class": "about"}, contents.language.text(item.card.question))
    answered = element("div", None, [about, answer_of(item.card, contents)])
    return element("div", {"class": "asked"}, [element("b", None, f"{item.number}"), answered])


def _too_long(left: Sequence[Item], contents: Contents) -> Markup:
    said = "These have more text than a page has room for; split them in the deck."
    heading = element("p", {"class": "sheet-head"}, contents.language.words(said))
    rows = [side(item, contents) for item in left for side in (_question, _answer)]
    return element("div", {"class": "question-page left-over"}, [heading, *rows])
