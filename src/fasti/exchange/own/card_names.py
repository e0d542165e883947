"""What each card of our notes asks, by the fact as it is now."""

from collections.abc import Iterator

from fasti.core.cloze import spans_of
from fasti.core.facts import Fact
from fasti.core.kinds import Kind
from fasti.core.text import slug
from fasti.exchange.own.cloze import cloze_of
from fasti.exchange.own.drafts import EACH
from fasti.exchange.own.markup import text_of
from fasti.exchange.own.note_reading import OwnNote
from fasti.exchange.own.note_types import OWN, forms_of, has_switch, label, switch


def asks_of(note: OwnNote, fact: Fact, kind: Kind) -> Iterator[tuple[int, str]]:
    """The ids of a note's cards in Anki, and what each asks, as `cards_of` names it; empty cards are left out."""
    names = _names(note, fact, kind)
    for ord, card in note.cards:
        if ord in names:
            yield card.id, names[ord]


def _names(note: OwnNote, fact: Fact, kind: Kind) -> dict[int, str]:
    written = dict(note.record.asks) if note.record else {}
    if note.key == OWN or (note.key != kind.name and fact.question and written):
        return written
    if note.key != kind.name:
        form = next((form.name for form in kind.cards if form.each), "")
        cause = text_of(note.values.get(label(EACH, EACH), ""))
        return {0: f"{form}:{slug(cause)}"} if form and cause else {}
    if not forms_of(kind):
        return _cloze_names(note, fact, kind, written)
    wanted = fact.ask or tuple(form.name for form in kind.cards if form.default)
    return {
        ord: form.name
        for ord, form in enumerate(forms_of(kind))
        if form.name in wanted
        and (not has_switch(kind, form) or text_of(note.values.get(switch(form.name), form.name)))
    }


def _cloze_names(note: OwnNote, fact: Fact, kind: Kind, written: dict[int, str]) -> dict[int, str]:
    """By the words that Anki hides, where the fact hides them too; else as they were called."""
    first, form = kind.fields[0], kind.cards[0]
    hidden = {slug(span.hidden) for span in spans_of(fact.text(first.name))}
    names = {ord: asks for ord, asks in written.items() if asks.partition(":")[2] in hidden}
    _, spans = cloze_of(note.values.get(label(kind.name, first.name), ""))
    for span in reversed(spans):
        if slug(span.hidden) in hidden:
            names |= {number - 1: f"{form.name}:{slug(span.hidden)}" for number in span.numbers}
    return names
