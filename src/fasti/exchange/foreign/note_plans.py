"""How the notes of one type become facts."""

from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass

from fasti.exchange.collection import NoteType
from fasti.exchange.foreign.field_words import means, only_numbers
from fasti.exchange.foreign.known_kinds import KnownKind, Made, known_kind, turned_pair
from fasti.exchange.foreign.note_shapes import aside_of, shape_of, used_cards, without_aside
from fasti.exchange.foreign.notes import ForeignNote
from fasti.exchange.foreign.own_kind import OwnKind, own_kind
from fasti.exchange.templates import Act, parts_of


@dataclass(frozen=True, slots=True)
class Plan:
    """What was decided for a note type.

    `known` or `own` make facts of its notes; where both are None, or a card is not in what they make, each card is
    a question and its answer. `aside` are the places of fields that stand beside an answer, `numbering` those
    that no template shows and that only number the notes. `occluded` types hide parts of pictures.
    """

    type: NoteType
    known: KnownKind | None = None
    own: OwnKind | None = None
    aside: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    occluded: bool = False
    numbering: tuple[int, ...] = ()

    def made(self, note: ForeignNote) -> Made | None:
        """The fact that a note is, or None where its cards are to be questions and answers."""
        if self.known:
            return self.known.made(note)
        return self.own.made(note) if self.own else None

    def unread_dates(self, note: ForeignNote) -> int:
        """How many of the note's dates cannot be read."""
        kind = self.known or self.own
        columns = kind.dates.items() if kind else ()
        return sum(bool(text := note.text(place)) and column.read(text) is None for place, column in columns)


def plan_of(kind: NoteType, notes: Sequence[ForeignNote], taken: Some[str]) -> Plan:
    """The plan for a note type and all of its notes; `taken` are the names of other types' own kinds."""
    if _hides_parts_of_pictures(kind, notes):
        return Plan(kind, occluded=True)
    unseen = _unseen(kind)
    numbering = tuple(
        place
        for place in unseen
        if only_numbers(kind.fields[place].name, [note.text(place) for note in notes])
    )
    if kind.cloze:
        aside = tuple(place for place, field in enumerate(kind.fields) if means(field.name, "source"))
        return Plan(kind, aside=aside, numbering=numbering)
    ords = used_cards(notes) or tuple(range(len(kind.templates)))
    whole = {ord: shape_of(kind, ord, notes) for ord in ords}
    aside = aside_of(kind, list(whole.values()))
    shapes = {ord: without_aside(shape, aside) for ord, shape in whole.items()}
    shown = tuple(dict.fromkeys(place for shape in shapes.values() for place in (*shape.asked, *shape.told)))
    known = known_kind(kind, shapes, notes, aside) or turned_pair(shapes)
    own = None if known else own_kind(kind, shapes, notes, aside, taken)
    return Plan(kind, known, own, aside, shown, numbering=numbering)


def _unseen(kind: NoteType) -> tuple[int, ...]:
    """The places of fields that no template shows, or asks about."""
    named = {
        part.text
        for template in kind.templates
        for side in (template.question, template.answer)
        for part in parts_of(side)
        if part.act is not Act.TEXT
    }
    return tuple(
        place
        for place, field in enumerate(kind.fields)
        if field.name not in named and not means(field.name, "source")
    )


_MASKS = {"question mask", "answer mask"}


def _hides_parts_of_pictures(kind: NoteType, notes: Sequence[ForeignNote]) -> bool:
    """Anki's own image occlusion, or that of the add-on before it."""
    if {field.name.casefold() for field in kind.fields} >= _MASKS:
        return True
    if not kind.cloze:
        return False
    names = [
        part.text
        for template in kind.templates[:1]
        for part in parts_of(template.question)
        if "cloze" in part.filters
    ]
    if "image-occlusion" in "".join(template.question.casefold() for template in kind.templates[:1]):
        return True
    return any("::image-occlusion:" in note.values.get(name, "") for note in notes for name in names)
