"""The fields of facts of a deck's own kinds, in the note type that has slots for cards of any kind."""

from collections.abc import Mapping, Sequence
from itertools import count

from fasti.core.card import Card, Judge
from fasti.core.facts import Fact
from fasti.core.kinds import Kind
from fasti.core.links import title_of
from fasti.exchange.own.dates import weekday_of_words
from fasti.exchange.own.drafts import Draft, Known, counted, empty, main_part, shuffled
from fasti.exchange.own.layouts import SLOT_PLACES
from fasti.exchange.own.markup import html_and_mark, html_of, list_html, mark, text_of
from fasti.exchange.own.note_types import NOTE_TYPES, OWN, OWN_KIND, SLOTS, TITLE, is_typed, slot


def drafts_in_slots(fact: Fact, kind: Kind, cards: Sequence[Card], known: Known) -> list[Draft]:
    """The notes of a fact of a deck's own kind: a slot a card, and another note where the slots are full."""
    main = main_part(kind, known) if known else ""
    taken = {(part, ord) for part, ord in known.values()}
    numbers = (place for number in count() if (place := _slot_at(main, number)) not in taken)
    notes: dict[str, dict[int, Card]] = {}
    for card in cards:
        part, ord = known.get(card.asks, (main, SLOTS))
        if ord >= SLOTS or (main and not part):
            part, ord = next(numbers)
        notes.setdefault(part, {})[ord] = card
    return [_draft(fact, kind, part, notes[part]) for part in sorted(notes)]


def _slot_at(main: str, number: int) -> tuple[str, int]:
    part, ord = divmod(number, SLOTS)
    return (f"{main} {part + 1}".strip() if part else main), ord


def _draft(fact: Fact, kind: Kind, part: str, cards: Mapping[int, Card]) -> Draft:
    fields, seen = empty(NOTE_TYPES[OWN]), {}
    texts = {TITLE: title_of(fact, kind), OWN_KIND: kind.name}
    for ord, card in cards.items():
        for name, html in (("Question", _question(card)), ("Answer", _answer(card))):
            fields[SLOT_PLACES[slot(name, ord + 1)]] = html
            seen[slot(name, ord + 1)] = mark(text_of(html))
        texts[slot("Typed", ord + 1)] = "; ".join(card.answer) if is_typed(card.judge) else ""
        texts[slot("Extra", ord + 1)] = "\n".join(card.extras)
    for name, text in texts.items():
        if text:
            fields[SLOT_PLACES[name]], seen[name] = html_and_mark(text)
    return Draft(part, NOTE_TYPES[OWN], fields, seen, [(ord, card.asks) for ord, card in cards.items()])


def _question(card: Card) -> str:
    word = f'<div class="word">{html_of(card.word)}</div>' if card.word else ""
    if card.judge is Judge.LIST:
        return f'{word}{html_of(card.prompt)} <span class="count">{counted(card)}</span>'
    if card.judge is Judge.ORDER:
        return f"{word}{html_of(card.prompt)}{list_html(shuffled(card.answer))}"
    return word + html_of(card.prompt)


def _answer(card: Card) -> str:
    if len(card.answer) != 1:
        return list_html(card.answer, ordered=card.judge is Judge.ORDER)
    day = weekday_of_words(card.answer[0], card.calendar) if card.judge is Judge.DATE else ""
    return html_of(card.answer[0]) + (f'<span class="weekday">, a {day}</span>' if day else "")
