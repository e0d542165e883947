"""The fields that belong to a fact's kind, in the notes that it becomes in Anki."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fasti.core.card import Card, Judge
from fasti.core.facts import Fact
from fasti.core.kinds import BUILT_IN, Kind
from fasti.core.text import normalised
from fasti.exchange.collection import NoteType
from fasti.exchange.own.cloze import numbered
from fasti.exchange.own.dates import date_in_words, weekday_of_words
from fasti.exchange.own.layouts import LAYOUTS, Layout
from fasti.exchange.own.markup import html_and_mark, html_of, list_html, mark, text_of
from fasti.exchange.own.note_types import OWN_QUESTION, forms_of, label

EACH = "cause"
"""The kind whose note type has the notes of `each`: one a cause of an effect that has several."""

Known = Mapping[str, tuple[str, int]]
"""By what a card asks: the part and the `ord` under which it was exported before."""


class Draft(NamedTuple):
    """A note without the fields that every note has.

    `seen` marks the texts of the fields by name. `cards` are as in `FactNote`.
    """

    part: str
    note_type: NoteType
    fields: list[str]
    seen: dict[str, int]
    cards: Sequence[tuple[int, str]]


def drafts_of(fact: Fact, kind: Kind, cards: Sequence[Card], known: Known) -> list[Draft]:
    """The notes of a fact of a built-in kind, its main note first."""
    main = main_part(kind, known) if known else ""
    layout = LAYOUTS[kind.name]
    if not layout.ords:
        return _cloze(fact, kind, cards, main, known)
    asked = {card.asks: card for card in cards if card.asks in layout.ords}
    drafts = [_main(fact, layout, main, asked)] if asked else []
    if len(asked) < len(cards):
        drafts += [_each(fact, card, known) for card in cards if ":" in card.asks]
    return drafts


def main_part(kind: Kind, known: Known) -> str:
    """The part of a fact's main note: another one where the fact was of another kind when it was exported.

    Anki does not update a note that has changed its note type, so such a fact becomes a new note.
    """
    before = {asks: ord for asks, (part, ord) in known.items() if part == ""}
    if kind.name not in BUILT_IN:
        same = any(map(kind.card, before)) or not all(map(_is_built_in, before))
    elif forms_of(kind):
        ords = LAYOUTS[kind.name].ords
        same = all(ords.get(asks) == ord for asks, ord in before.items())
    else:
        same = all(asks.partition(":")[0] == kind.cards[0].name for asks in before)
    return "" if same or not before else kind.name


def _is_built_in(asks: str) -> bool:
    return any(kind.card(asks.partition(":")[0]) for kind in BUILT_IN.values())


def _main(fact: Fact, layout: Layout, part: str, asked: Mapping[str, Card]) -> Draft:
    fields = empty(layout.note_type)
    seen: dict[str, int] = {}
    for name, place, shown in layout.texts:
        if texts := fact.fields.get(name):
            fields[place], seen[shown] = html_and_mark(texts[0])
    for name, place, shown in layout.dates:
        if name in fact.fields:
            words = _date(fact, layout, asked, name)
            fields[place], seen[shown] = html_and_mark(words)
            if name == layout.weekday_of:
                fields[layout.weekday] = weekday_of_words(words, fact.calendar)
    if fact.question:
        fields[layout.question], seen[OWN_QUESTION] = html_and_mark(fact.question)
    for card in asked.values():
        _put_card(fact, layout, card, fields, seen)
    return Draft(part, layout.note_type, fields, seen, [(layout.ords[name], name) for name in asked])


def _put_card(fact: Fact, layout: Layout, card: Card, fields: list[str], seen: dict[str, int]) -> None:
    """Fill a card's switch, and the list that it asks for."""
    if card.asks in layout.lists:
        place = layout.lists[card.asks]
        fields[place] = list_html(card.answer, ordered=card.judge is Judge.ORDER)
        seen[layout.note_type.fields[place].name] = mark("\n".join(card.answer))
        if card.judge is Judge.ORDER:
            fields[layout.shuffled] = list_html(shuffled(card.answer))
    if card.asks in layout.switches:
        place = layout.switches[card.asks]
        fields[place] = _asked(card, fact)
        if fact.question:
            seen[layout.note_type.fields[place].name] = mark(text_of(fields[place]))


def empty(note_type: NoteType) -> list[str]:
    """The fields of a note with nothing in them."""
    return [""] * len(note_type.fields)


def _date(fact: Fact, layout: Layout, asked: Mapping[str, Card], name: str) -> str:
    """A date in words, which nearly always stands on one of the cards already."""
    if card := asked.get(layout.asked_by.get(name, "")):
        return card.answer[0]
    if not fact.question and (card := asked.get(layout.prompt_of.get(name, ""))):
        return card.prompt
    for form in layout.extra_of[name]:
        for extra in asked[form].extras if form in asked else ():
            if extra.startswith(f"{name} "):
                return extra[len(name) + 1 :]
    return date_in_words(fact.text(name), fact.calendar)


def _asked(card: Card, fact: Fact) -> str:
    """What stands in a card's switch: its question word, or all of its question where the author wrote one."""
    word = html_of(card.question if fact.question else card.word)
    if card.judge is not Judge.LIST:
        return word
    return f'{word} <span class="count">{counted(card)}</span>'


def counted(card: Card) -> str:
    """How many answers a list has: `3 causes`."""
    number = len(card.answer)
    noun = card.asks if card.asks in ("causes", "effects") else "answers"
    return f"{number} {noun if number != 1 else noun[:-1]}"


def shuffled(items: Sequence[str]) -> tuple[str, ...]:
    """Things to put in order, in an order of words that is never by chance the right one."""
    things = tuple(sorted(items, key=normalised))
    return things if things != tuple(items) else things[1:] + things[:1]


def _each(fact: Fact, card: Card, known: Known) -> Draft:
    """The note of one of several causes, as a fact of that kind would have it."""
    layout = LAYOUTS[EACH]
    part, _ = known.get(card.asks, (card.asks, 0))
    fields = empty(layout.note_type)
    seen: dict[str, int] = {}
    # Where the author's own question stands in the cause's place, the cause is known by its slug alone.
    asked = card.prompt == fact.question
    cause = (card.asks.partition(":")[2] if asked else "") or card.prompt
    for name, place, shown in layout.texts:
        if text := cause if name == EACH else fact.text(name):
            fields[place], seen[shown] = html_and_mark(text)
    if fact.question:
        fields[layout.question], seen[OWN_QUESTION] = html_and_mark(fact.question)
    fields[layout.switches["effect"]] = _asked(card, fact)
    return Draft(part, layout.note_type, fields, seen, [(layout.ords["effect"], card.asks)])


def _cloze(fact: Fact, kind: Kind, cards: Sequence[Card], part: str, known: Known) -> list[Draft]:
    layout = LAYOUTS[kind.name]
    fields = empty(layout.note_type)
    seen: dict[str, int] = {}
    before = {asks: ord for asks, (of, ord) in known.items() if of == part}
    text = numbered(fact.text(kind.fields[0].name), cards, before)
    if not text.cards:
        return []
    fields[0] = text.html
    seen[label(kind.name, kind.fields[0].name)] = mark(text.text)
    if fact.question:
        fields[layout.question], seen[OWN_QUESTION] = html_and_mark(fact.question)
    return [Draft(part, layout.note_type, fields, seen, text.cards)]
