"""How much the cards of a package say together, before anything is made of them.

A few templates that show a long field hundreds of times, for a few hundred notes, are gigabytes out of a small file.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fasti.exchange.collection import AnkiCard, AnkiNote, NoteType, Template
from fasti.exchange.own.note_reading import is_own
from fasti.exchange.packages.error import Flaw
from fasti.exchange.packages.limits import FREE_SHOWN, MAX_SHOWN_RATIO, SHOWN_PER_NOTE
from fasti.exchange.templates import MOST_SHOWN, Act, parts_of


def check_rendering(
    note_types: Mapping[int, NoteType], notes: Iterable[AnkiNote], cards: Iterable[AnkiCard]
) -> None:
    """Raise Flaw where the cards show far more than the notes hold. Notes of ours are not read by their cards."""
    strange = {id: note_type for id, note_type in note_types.items() if not is_own(note_type)}
    theirs = {note.id: note for note in notes if note.note_type in strange}
    weights = {id: tuple(map(_weight, note.fields)) for id, note in theirs.items()}
    held = sum(map(sum, weights.values()))
    room = FREE_SHOWN + SHOWN_PER_NOTE * len(theirs) + MAX_SHOWN_RATIO * held
    costs: dict[tuple[int, int], _Cost] = {}
    for card in cards:
        note = theirs.get(card.note)
        if note is None:
            continue
        note_type = strange[note.note_type]
        ord = 0 if note_type.cloze else card.ord
        cost = costs.get((note_type.id, ord))
        if cost is None:
            cost = costs[note_type.id, ord] = _cost(note_type, ord)
        own = weights[note.id]
        shown = cost.fixed + sum(times * (own[place] + _EACH) for place, times in cost.fields)
        room -= min(shown, 2 * MOST_SHOWN)
        if room < 0:
            raise Flaw("its cards repeat their notes so often that they cannot be read")


_EACH = 20
"""What a field or a tag costs beside its characters: reading tags takes most of the time."""


class _Cost(NamedTuple):
    """The weight of a card whatever its note, and how often each field, by its place, is gone through."""

    fixed: int
    fields: tuple[tuple[int, int], ...]


def _cost(note_type: NoteType, ord: int) -> _Cost:
    if not 0 <= ord < len(note_type.templates):
        return _Cost(0, ())
    template: Template = note_type.templates[ord]
    places = {field.name: place for place, field in enumerate(note_type.fields)}
    fixed, times = 0, Counter[int]()
    for side in (template.question, template.answer):
        fixed += _weight_outside_scripts(side)
        for part in parts_of(side):
            if part.act is Act.FIELD and part.text in places:
                times[places[part.text]] += 1 + len(part.filters)
            elif part.act is not Act.TEXT:
                fixed += _EACH * (1 + len(part.filters))
    return _Cost(fixed, tuple(times.items()))


def _weight(html: str) -> int:
    return len(html) + _EACH * html.count("<")


def _weight_outside_scripts(html: str) -> int:
    """The weight without scripts, which are passed over at one go."""
    small = html.lower()
    weight, at = 0, 0
    while (start := small.find("<script", at)) >= 0:
        weight += _weight(html[at:start])
        at = small.find("</script", start)
        if at < 0:
            return weight
    return weight + _weight(html[at:])
