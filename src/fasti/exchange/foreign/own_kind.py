"""Note types of more fields and cards as kinds that a deck declares itself."""

import re
from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fasti.core.kinds import BUILT_IN, COMMON, CardForm, Field, Form, Judge, Kind, filled, placeholders
from fasti.core.text import slug
from fasti.exchange.collection import NoteType
from fasti.exchange.foreign.date_column import is_date
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
from fasti.exchange.plain_text import tidy


@dataclass(frozen=True, slots=True)
class OwnKind:
    """Notes of one type as facts of a kind of their deck's own.

    `names` are the keys of the fact by the places of the note's fields; `forms` what each card asks. `carried`
    has, by the note's id, the cards that our card says in the very words of Anki's.
    """

    kind: Kind
    names: Mapping[int, str]
    forms: Mapping[int, CardForm]
    carried: Mapping[int, Some[int]]

    def made(self, note: ForeignNote) -> Made | None:
        """The fact that a note is, or None where its cards would say something else."""
        ords = self.carried.get(note.note.id, ())
        if not ords:
            return None
        asks = {ord: self.forms[ord].name for ord in ords}
        return Made(
            self.kind.name,
            {name: (text,) for place, name in self.names.items() if (text := note.text(place))},
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
    first = next((place for place in always if place in next(iter(shapes.values())).asked), None)
    if first is None:
        return None
    content = [first, *(place for place in content if place != first)]
    names = _names(kind, content, taken)
    having = {ord: [note for note in notes if any(card.ord == ord for card in note.cards)] for ord in shapes}
    rest = {ord: _rest(shape, having[ord]) for ord, shape in shapes.items()}
    shapes = {ord: _without_rest(shape, rest[ord]) for ord, shape in shapes.items()}
    dates = [
        place
        for place in content[1:]
        if means(kind.fields[place].name, "date") and all(is_date(text) for text in filled_in[place])
    ]
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
_COMMON_NAMES = frozenset(field.name for field in COMMON)
_NOT_IN_NAMES = re.compile(r"[^\w '-]|_")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_GENERAL_NAMES = "front back text question answer q a field card note data value name title first"
_GENERAL = frozenset(_GENERAL_NAMES.split())
_BRACES = str.maketrans("{}", "｛｝")


def _names(kind: NoteType, places: Sequence[int], taken: Some[str]) -> dict[int, str]:
    """Keys for fields: the kind's own name for the first, for the others their names in Anki."""
    names: dict[int, str] = {}
    for place in places:
        name = _key(kind.fields[place].name)
        if place == places[0]:
            general = (
                not name or name in _GENERAL or name in BUILT_IN or name in _COMMON_NAMES or name in taken
            )
            name = _key(slug(kind.name).replace("-", " ")) if general else name
            name = (
                name
                if name and name not in BUILT_IN and name not in _COMMON_NAMES
                else f"{name} fact".strip()
            )
            unusable: Some[str] = {*BUILT_IN, *_COMMON_NAMES, *taken}
        else:
            name = name or f"field {place + 1}"
            unusable = {*_COMMON_NAMES, *names.values()}
        number = 2
        while (candidate := name if number == 2 and name not in unusable else f"{name} {number}") in unusable:
            number += 1
        names[place] = candidate
    return names


def _key(name: str) -> str:
    """A name as a deck's key: plain words in small letters, beginning with a letter."""
    plain = _NOT_IN_NAMES.sub(" ", _BRACKETS.sub(" ", name) if _BRACKETS.sub("", name).strip() else name)
    words = " ".join(plain.casefold().split()).strip("'- ")[:40].strip("'- ")
    return words.lstrip("0123456789 '-")


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
    kind: NoteType, shapes: Mapping[int, Shape], names: Mapping[int, str], dates: Sequence[int]
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
        name = _card_name(
            kind.templates[ord].name, names[told[0]], ord, {form.name for form in forms.values()}
        )
        forms[ord] = CardForm(name, word, ask, answer, judge)
    return forms


def _template(text: str, braced: Mapping[int, str]) -> str:
    return with_marks_replaced(text.translate(_BRACES), braced).strip()


def _card_name(template: str, answer: str, ord: int, taken: Some[str]) -> str:
    """A card's name: its template's own, or that of what it asks for where the template has only a number."""
    own = slug(template, longest=40)
    wanted = (
        slug(answer, longest=40)
        if not own or re.fullmatch(r"(?:card|karte|carte|tarjeta)?-?[0-9]*", own)
        else own
    )
    return wanted if wanted and wanted not in taken else f"{wanted or 'card'}-{ord + 1}"


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
    dates: Sequence[int],
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
    return OwnKind(Kind(first, about, fields, tuple(forms.values()), (first,)), names, forms, carried)
