"""What a student typed for a card, judged: one answer, a list ticked off item by item, or an order.

Imported when the first answer is typed: a first question need not wait for what reads dates and names.
"""

from fasti.core.card import Card
from fasti.core.list_answers import Found, Given, given_items, judge_items, list_verdict
from fasti.core.order_answers import judge_order, labels, read_order
from fasti.ui.card_text import unordered
from fasti.ui.judging import judgement_of
from fasti.ui.voice import Attempt, Judgement, Part, State, Tick


def text_attempt(card: Card, typed: str) -> Attempt:
    """A name, a term or a date; without a judgement where nothing was typed."""
    return Attempt(typed, judgement_of(card, typed) if typed else None)


def order_attempt(card: Card, seed: str, typed: str) -> Attempt | None:
    """An order; None where what was typed names not each thing once."""
    shown = unordered(card, seed)
    order = read_order(typed, shown)
    if order is None:
        return None
    ordered = judge_order([shown[place] for place in order], card.answer)
    names = labels(len(shown))
    parts = tuple(
        Part(text, State.RIGHT) if kept else Part(text, State.MISSED, f"you said {place + 1}")
        for text, kept, place in zip(card.answer, ordered.kept, ordered.places, strict=True)
    )
    sentence = _capital(ordered.verdict.sentence)
    return Attempt(
        " ".join(names[place] for place in order), Judgement(sentence, ordered.verdict.grade), parts
    )


class ListAttempt:
    """The items of a list given so far."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._given: list[Given] = []
        self._found: tuple[Found | None, ...] = (None,) * len(card.answer)

    @property
    def begun(self) -> bool:
        """Whether anything was typed."""
        return bool(self._given)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to give."""
        return not self.left

    @property
    def left(self) -> int:
        """How many items are not ticked off yet."""
        return sum(found is None or not found.ticked for found in self._found)

    def add(self, typed: str) -> list[Tick]:
        """Take the items on a typed line; what became of each."""
        items = given_items(typed, self._card.answer, self._card.accept)
        ticks = [self._add(item) for item in items]
        return ticks if len(items) == 1 else [_named(tick) for tick in ticks]

    def attempt(self) -> Attempt:
        """What it all comes to; without a judgement where nothing was typed."""
        typed = "; ".join(item.text for item in self._given)
        if not self._given:
            return Attempt("", None)
        verdict = list_verdict(self._found, tried=True)
        return Attempt(typed, Judgement(_capital(verdict.sentence), verdict.grade), self._parts())

    def _add(self, item: Given) -> Tick:
        before = self.left
        self._given.append(item)
        self._found = judge_items(self._given, len(self._card.answer))
        place = next((at for at, found in enumerate(self._found) if found and found.text is item.text), None)
        found = self._found[place] if place is not None else None
        if place is not None and found and self.left < before:
            state = State.RIGHT if found.verdict.grade > 3 else State.NEAR
            said = "" if state is State.RIGHT else _capital(found.verdict.sentence)
            return Tick(item.text, state, said, self._card.answer[place], self.left)
        if item.best >= 3:
            return Tick(item.text, State.AGAIN, "You have that one already.", "", self.left)
        if item.best == 2:
            sentence = next(verdict.sentence for verdict in item.verdicts if verdict.grade == 2)
            return Tick(item.text, State.PART, _capital(sentence), "", self.left)
        return Tick(item.text, State.MISSED, "Not on this list.", "", self.left)

    def _parts(self) -> tuple[Part, ...]:
        return tuple(map(_part, self._card.answer, self._found))


def _named(tick: Tick) -> Tick:
    """What became of one item of several on a line, called by its own words where it was no item."""
    if tick.state in {State.RIGHT, State.NEAR}:
        return tick
    return tick._replace(sentence=f"{tick.typed}: {tick.sentence[:1].lower()}{tick.sentence[1:]}")


def _part(answer: str, found: Found | None) -> Part:
    if found is None:
        return Part(answer, State.MISSED)
    if found.ticked:
        return Part(answer, State.RIGHT)
    return Part(answer, State.PART, f"in part: {found.text}")


def _capital(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}."
