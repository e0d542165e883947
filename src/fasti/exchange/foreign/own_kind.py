"""Note types of more fields and cards as kinds that a deck declares itself."""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fasti.core.card import Judge
from fasti.core.kinds import CardForm, Field, Form, Kind, filled, placeholders
from fasti.exchange.collection import NoteType
from fasti.exchange.foreign.date_column import DateColumn, mostly_read
from fasti.exchange.foreign.field_words import means
from fasti.exchange.foreign.known_kinds import Made, asked_for
from fasti.exchange.foreign.note_shapes import Shape
from fasti.exchange.foreign.notes import (
    ForeignNote,
    is_label,
    marks_in,
    sides_of,
    with_marks_replaced,
    without_marks,
)
from fasti.exchange.foreign.own_names import card_name, keys_of
from fasti.exchange.plain_text import tidy


@dataclass(frozen=True, slots=True)
class OwnKind:
    """Notes of one type as facts of a kind of their deck's own.

    `names` are the keys of the fact by the places of the note's fields; `forms` what each card asks. `carried`
    has, by the note's id, the cards that our card says in the very words of Anki's. `dates` read the fields that are
    dates.
    """

    kind: Kind
    names: Mapping[int, str]
    forms: Mapping[int, CardForm]
    carried: Mapping[int, Some[int]]
    dates: Mapping[int, DateColumn]

    def made(self, note: ForeignNote) -> Made | None:
        """The fact that a note is, or None where its cards would say something else."""
        ords = self.carried.get(note.note.id, ())
        if not ords:
            return None
        texts = {place: text for place in self.names if (text := note.text(place))}
        read = {place: self.dates[place].read(text) for place, text in texts.items() if place in self.dates}
        if not all(read.values()):
            return None
        asks = {ord: self.forms[ord].name for ord in ords}
        return Made(
            self.kind.name,
            {self.names[place]: (read.get(place) or text,) for place, text in texts.items()},
            asked_for(self.kind, set(asks.values())),
            asks,
            tuple(self.names),
        )


def own_kind(
    kind: NoteType,
    shapes: Mapping[int, Shape],
    notes: Sequence[ForeignNote],
    aside: Sequence[int],
    taken: Some[str],
) -> OwnKind | None:
    """The kind that a note type is, where its cards can be said with its fields' names; `taken` are other kinds'."""
    filled_in = {
        place: [note.text(place) for note in notes if note.text(place)] for place in range(len(kind.fields))
    }
    content = [
        place
        for place in range(len(kind.fields))
        if filled_in[place] and any(place in (*shape.asked, *shape.told) for shape in shapes.values())
    ]
    if len(content) < 2 or (len(content) < 3 and len(shapes) < 2):
        return None
    always = [place for place in content if 20 * len(filled_in[place]) >= 19 * len(notes)]
    first = _first(kind, [(place, filled_in[place]) for place in always])
    if first is None:
        return None
    content = [first, *(place for place in content if place != first)]
    names = keys_of(kind, content, taken)
    having = {ord: [note for note in notes if any(card.ord == ord for card in note.cards)] for ord in shapes}
    rest = {ord: _rest(shape, having[ord]) for ord, shape in shapes.items()}
    shapes = {ord: _without_rest(shape, rest[ord]) for ord, shape in shapes.items()}
    columns = {
        place: DateColumn(filled_in[place]) for place in content[1:] if means(kind.fields[place].name, "date")
    }
    dates = {place: each for place, each in columns.items() if mostly_read(each, filled_in[place])}
    forms = _forms(kind, shapes, names, dates)
    carried = {
        note.note.id: [
            card.ord
            for card in note.cards
            if card.ord in forms
            and _says_the_same(note, card.ord, forms[card.ord], names, (*aside, *rest[card.ord]))
        ]
        for note in notes
        if note.text(first)
    }
    number = sum(map(len, carried.values()))
    if not number or number < _LEAST_CARRIED * sum(len(having[ord]) for ord in forms):
        return None
    forms = {ord: form for ord, form in forms.items() if any(ord in ords for ords in carried.values())}
    return _declared(kind, names, dates, forms, {key: ords for key, ords in carried.items() if ords}, notes)


_LEAST_CARRIED = 0.5
"""The part of the cards that it is for which a kind must be able to say, to be worth declaring."""

_LONGEST_ABOUT = 200
_BRACES = str.maketrans("{}", "｛｝")


def _first(kind: NoteType, always: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """The place of the field that an entry begins with: the note type's first, if it tells most notes apart."""
    words = [(place, texts) for place, texts in always if not means(kind.fields[place].name, "date")]
    telling = (place for place, texts in words if 2 * len(set(texts)) > len(texts))
    return next(telling, next((place for place, _ in words or always), None))


def _rest(shape: Shape, notes: Sequence[ForeignNote]) -> list[int]:
    """The fields that an answer has besides its first, and not on all notes."""
    return [place for place in shape.told[1:] if not all(note.text(place) for note in notes)]


def _without_rest(shape: Shape, sparse: Sequence[int]) -> Shape:
    """A shape without the lines of fields that not all notes have: these show beside the answer by themselves."""
    kept = [line for line in shape.answer.split("\n") if not _is_beside(line, sparse)]
    answer = "\n".join(kept).strip()
    return shape._replace(answer=answer) if marks_in(answer) else shape


def _is_beside(line: str, places: Sequence[int]) -> bool:
    marks = marks_in(line)
    return bool(marks) and all(place in places for place in marks) and is_label(without_marks(line).strip())


def _forms(
    kind: NoteType, shapes: Mapping[int, Shape], names: Mapping[int, str], dates: Some[int]
) -> dict[int, CardForm]:
    braced = {place: f"{{{name}}}" for place, name in names.items()}
    texts = {
        ord: (_template(shape.question, braced), _template(shape.answer, braced))
        for ord, shape in shapes.items()
        if set(marks_in(shape.answer)) & set(names) and set(marks_in(shape.question)) & set(names)
    }
    questions = [ask for ask, _ in texts.values()]
    forms: dict[int, CardForm] = {}
    for ord, (ask, answer) in texts.items():
        told = [place for place in marks_in(shapes[ord].answer) if place in names]
        alone = answer == braced[told[0]]
        judge = Judge.DATE if alone and told[0] in dates else Judge.SELF
        if alone and shapes[ord].typed and judge is Judge.SELF:
            judge = Judge.TEXT
        word = f"{names[told[0]].capitalize()}?" if questions.count(ask) > 1 else ""
        name = card_name(
            kind.templates[ord].name, names[told[0]], ord, {form.name for form in forms.values()}
        )
        forms[ord] = CardForm(name, word, ask, answer, judge)
    return forms


def _template(text: str, braced: Mapping[int, str]) -> str:
    return with_marks_replaced(text.translate(_BRACES), braced).strip()


def _says_the_same(
    note: ForeignNote, ord: int, form: CardForm, names: Mapping[int, str], beside: Sequence[int]
) -> bool:
    """Whether our card asks and answers in the words of Anki's, apart from what stands beside the answer."""
    sides = sides_of(note, ord, beside)
    texts = {name: note.text(place) for place, name in names.items()}
    if sides is None or not any(texts[name] for name in placeholders(form.answer)):
        return False
    asked, told = (filled(text, texts) for text in (form.ask, form.answer))
    return (
        bool(asked.strip())
        and asked.split() == sides.question.split()
        and told.split() == sides.answer.split()
    )


def _declared(
    kind: NoteType,
    names: Mapping[int, str],
    dates: Mapping[int, DateColumn],
    forms: Mapping[int, CardForm],
    carried: Mapping[int, Some[int]],
    notes: Sequence[ForeignNote],
) -> OwnKind:
    """The kind as a deck declares it: by default it asks what most of its facts ask and all have the fields for."""
    facts = [note for note in notes if note.note.id in carried]
    places = {name: place for place, name in names.items()}
    for ord, form in forms.items():
        often = 2 * sum(ord in carried[note.note.id] for note in facts) > len(facts)
        told = [places[name] for name in placeholders(form.ask + form.answer)]
        if not often or not all(note.text(place) for note in facts for place in told):
            forms = {**forms, ord: replace(form, default=False)}
    needed = {
        name for form in forms.values() if form.default for name in placeholders(form.ask + form.answer)
    }
    first = next(iter(names.values()))
    fields = tuple(
        Field(name, Form.DATE if place in dates else Form.TEXT, required=name == first or name in needed)
        for place, name in names.items()
    )
    about = tidy(kind.name).replace("\n", " ")[:_LONGEST_ABOUT] or "a kind of this deck's own"
    return OwnKind(Kind(first, about, fields, tuple(forms.values()), (first,)), names, forms, carried, dates)
