"""What the cards of a note type ask, with marks in the place of its fields."""

from collections.abc import Sequence
from typing import NamedTuple

from fasti.exchange.collection import NoteType
from fasti.exchange.foreign.field_words import means
from fasti.exchange.foreign.notes import (
    ForeignNote,
    mark,
    marks_in,
    template_of,
    with_line,
    without_front,
    without_marks,
)
from fasti.exchange.plain_text import plain_text
from fasti.exchange.templates import Act, Values, answer_html, is_blank, parts_of, question_html


class Shape(NamedTuple):
    """A card of a note type: its texts, and the places of the fields in them.

    `asked` are the fields on the front; `told` those of the answer, the first first, without those set aside.
    `typed` says that the answer is typed.
    """

    question: str
    answer: str
    asked: tuple[int, ...]
    told: tuple[int, ...]
    typed: bool


def used_cards(notes: Sequence[ForeignNote]) -> tuple[int, ...]:
    """The places of the cards that notes of one type have."""
    return tuple(
        sorted({card.ord for note in notes for card in note.cards if template_of(note.type, card.ord)})
    )


def shape_of(kind: NoteType, ord: int, notes: Sequence[ForeignNote]) -> Shape:
    """The shape of a card: its front as on most of these notes, its back with all that it has on any."""
    template = kind.templates[ord]
    having = [note for note in notes if any(card.ord == ord for card in note.cards)]
    filled = [sum(not is_blank(note.values[field.name]) for note in having) for field in kind.fields]
    often = {
        each.name: mark(at) if 2 * filled[at] > len(having) else "" for at, each in enumerate(kind.fields)
    }
    ever = {each.name: mark(at) if filled[at] else "" for at, each in enumerate(kind.fields)}
    question = plain_text(question_html(template.question, Values(often, ord + 1)))
    back = plain_text(answer_html(with_line(template.answer), Values(ever, ord + 1), ""))
    answer = without_front(back, question)
    asked = tuple(dict.fromkeys(marks_in(question)))
    told = tuple(dict.fromkeys(place for place in marks_in(answer) if place not in asked))
    typed = any(part.act is Act.FIELD and "type" in part.filters for part in parts_of(template.question))
    return Shape(question, answer, asked, told, typed)


def aside_of(kind: NoteType, shapes: Sequence[Shape]) -> tuple[int, ...]:
    """The places of the fields that stand beside the answers: sources, hints, notes and pictures.

    A field that is asked for is not one of them, nor one that is a card's only answer.
    """
    needed = {place for shape in shapes for place in shape.asked}
    needed |= {shape.told[0] for shape in shapes if shape.told and _all_beside(kind, shape)}
    return tuple(
        place
        for place, field in enumerate(kind.fields)
        if place not in needed and any(means(field.name, role) for role in BESIDE)
    )


def without_aside(shape: Shape, aside: Sequence[int]) -> Shape:
    """A shape without the lines of the fields that stand beside the answer."""
    lines = shape.answer.split("\n")
    kept = [
        line for line in lines if not marks_in(line) or any(place not in aside for place in marks_in(line))
    ]
    answer = "\n".join(kept).strip()
    return shape._replace(answer=answer, told=tuple(place for place in shape.told if place not in aside))


def hints_of(kind: NoteType, ord: int) -> tuple[int, ...]:
    """The places of the fields that a card shows as a hint to be clicked on its front."""
    template = template_of(kind, ord)
    places = {field.name: place for place, field in enumerate(kind.fields)}
    parts = parts_of(template.question) if template else ()
    return tuple(
        places[part.text]
        for part in parts
        if part.act is Act.FIELD and "hint" in part.filters and part.text in places
    )


def literal(text: str) -> str:
    """What of a shape's text is the same for every note."""
    return " ".join(without_marks(text).split())


BESIDE = ("source", "hint", "note", "image")


def _all_beside(kind: NoteType, shape: Shape) -> bool:
    return all(any(means(kind.fields[place].name, role) for role in BESIDE) for place in shape.told)
