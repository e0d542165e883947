"""Note types whose fields' names say which of our kinds of fact their notes are."""

import re
from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fasti.core.kinds import BUILT_IN, CardForm, Kind, placeholders
from fasti.core.text import normalised
from fasti.exchange.collection import NoteType
from fasti.exchange.foreign.date_column import DateColumn, mostly_read
from fasti.exchange.foreign.field_words import WORDS, assigned, plain_name
from fasti.exchange.foreign.note_shapes import Shape, literal
from fasti.exchange.foreign.notes import ForeignNote, marks_in, without_marks


class Made(NamedTuple):
    """A fact that a note becomes: its kind and fields, and what each of its cards, by its place, asks there.

    `ask` names the cards where they are not the kind's default ones. `used` are the places of the note's fields
    that are in it, `unreadable` those of dates that could not be.
    """

    kind: str
    fields: Mapping[str, tuple[str, ...]]
    ask: tuple[str, ...]
    asks: Mapping[int, str]
    used: tuple[int, ...]
    unreadable: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownKind:
    """Notes of one type as facts of a built-in kind.

    `roles` are the places of the fields by what they are in the fact (`born` and `died` make `lived`), `forms`
    what each card asks, and `dates` read the fields that are dates. Of a `pair`, a note that has only one of the
    two cards is no such fact.
    """

    kind: Kind
    roles: Mapping[str, int]
    forms: Mapping[int, CardForm]
    dates: Mapping[int, DateColumn]
    pair: bool = False

    def made(self, note: ForeignNote) -> Made | None:
        """The fact that a note is, or None where it lacks what such a fact needs."""
        fields, unreadable = self._fields(note)
        asks = {
            card.ord: form.name
            for card in note.cards
            if (form := self.forms.get(card.ord))
            and all(fields.get(name) for name in placeholders(form.ask + form.answer))
        }
        required = all(fields.get(field.name) for field in self.kind.fields if field.required)
        if not required or (note.cards and not asks) or (self.pair and 0 < len(note.cards) < len(self.forms)):
            return None
        wanted = set(asks.values()) if note.cards else {form.name for form in self.forms.values()}
        used = tuple(
            place
            for role, place in self.roles.items()
            if (role if role not in _LIFE else "lived") in fields and place not in unreadable
        )
        return Made(self.kind.name, fields, asked_for(self.kind, wanted), asks, used, unreadable)

    def _fields(self, note: ForeignNote) -> tuple[dict[str, tuple[str, ...]], tuple[int, ...]]:
        fields: dict[str, tuple[str, ...]] = {}
        unreadable: list[int] = []
        for role, place in self.roles.items():
            text: str | None = note.text(place)
            if role in _LIFE or not text:
                continue
            if place in self.dates:
                text = self.dates[place].read(text)
                if text is None:
                    unreadable.append(place)
                    continue
            if role == self.kind.fields[0].name:
                text = " ".join(text.split())
            fields[role] = (text,)
        if lived := self._lived(note):
            fields.setdefault("lived", (lived,))
        return {field.name: fields[field.name] for field in self.kind.fields if field.name in fields}, tuple(
            unreadable
        )

    def _lived(self, note: ForeignNote) -> str | None:
        born, died = (note.text(self.roles[role]) if role in self.roles else "" for role in _LIFE)
        if not born and not died:
            return None
        return next(self.dates[self.roles[role]] for role in _LIFE if role in self.roles).read_life(
            born, died
        )


def known_kind(
    kind: NoteType, shapes: Mapping[int, Shape], notes: Sequence[ForeignNote], aside: Sequence[int]
) -> KnownKind | None:
    """The built-in kind that a note type's fields name, if each of its cards asks what such a kind asks."""
    names = ["" if place in aside else field.name for place, field in enumerate(kind.fields)]
    for wanted, roles in _ROLES.items():
        found = assigned(names, roles)
        ours = BUILT_IN[wanted]
        if any(field.name not in found for field in ours.fields if field.required):
            continue
        forms = {ord: form for ord, shape in shapes.items() if (form := _form_of(shape, ours, found, kind))}
        asked = [form.name for form in forms.values()]
        if not asked or len(set(asked)) < len(asked) or not _asks_most(forms, shapes, notes):
            continue
        dates = {
            place: DateColumn(note.text(place) for note in notes)
            for role, place in found.items()
            if role in _DATES
        }
        if wanted == "event" and not mostly_read(
            dates[found["date"]], [note.text(found["date"]) for note in notes]
        ):
            continue
        return KnownKind(ours, found, forms, dates)
    return None


def turned_pair(shapes: Mapping[int, Shape]) -> KnownKind | None:
    """Two cards of which one is the other turned round, as a word and its meaning."""
    if len(shapes) != 2:
        return None
    one, other = shapes.values()
    if not len(one.asked) == len(other.asked) == 1 or (one.asked, one.told) != (other.told, other.asked):
        return None
    if any(literal(text) for shape in (one, other) for text in (shape.question, shape.answer)):
        return None
    ours = BUILT_IN["term"]
    forms = dict(zip(shapes, ours.cards, strict=True))
    return KnownKind(ours, {"term": one.asked[0], "means": one.told[0]}, forms, {}, pair=True)


def asked_for(kind: Kind, wanted: set[str]) -> tuple[str, ...]:
    """What `ask` says where these cards are wanted: nothing where they are the kind's default ones."""
    if wanted == {form.name for form in kind.cards if form.default}:
        return ()
    return tuple(form.name for form in kind.cards if form.name in wanted)


_LIFE = ("born", "died")
_DATES = ("date", "lived", *_LIFE)
_ROLES: Mapping[str, tuple[str, ...]] = {
    "event": ("event", "date", "what"),
    "person": ("person", "who", "born", "died", "lived"),
    "cause": ("cause", "effect", "why"),
    "term": ("term", "means"),
}
_LABEL_WORDS = """a an and are called did do does for had happen happened happens he her his how important in is it life live
    lived lives many mean means name named of on or she so that the their them there they this was were what when
    where which who whose why word year years date dates century took take place
    about bring brought caused lead leads result resulted come came
    wann wer was wo ist war hiess heißt bedeutet geschah passierte der die das dieser diese dieses jahr
    wozu führte führten zu warum wodurch kam dazu entraîné provoqué à pourquoi llevó provocó causó por
    quand qui que quoi est était signifie le la les cet cette ce s'est passé
    cuando quien que es fue era significa el los las esto cuándo quién qué pasó ocurrió"""
_LABEL = frozenset(_LABEL_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_ASKED = 0.7


def _form_of(shape: Shape, ours: Kind, roles: Mapping[str, int], kind: NoteType) -> CardForm | None:
    """The card of a kind that a shape is."""
    lives = tuple(roles[role] for role in _LIFE if role in roles)
    for form in ours.cards:
        ask, answer = (placeholders(text)[0] for text in (form.ask, form.answer))
        asked = {roles[ask]} if ask in roles else set()
        told = {roles[answer]} if answer in roles else set()
        if answer == "lived" and len(lives) == 2 and set(lives) <= set(shape.told[:2]):
            told = {shape.told[0]}
        if set(shape.asked) != asked or set(shape.told[:1]) != told or not told:
            continue
        first = next((line for line in shape.answer.split("\n") if shape.told[0] in marks_in(line)), "")
        if _only_labels(shape.question, kind) and _only_labels(without_others(first, shape.told[0]), kind):
            return form
    return None


def without_others(line: str, place: int) -> str:
    """A line of a shape, empty where more than one field stands in it and so a label says little."""
    return line if marks_in(line) == [place] else ""


def _only_labels(text: str, kind: NoteType) -> bool:
    """Whether what a card says beside its fields is no more than the name of what it asks."""
    words = {word.casefold() for word in _WORD.findall(without_marks(text))}
    names = {word for field in kind.fields for word in normalised(plain_name(field.name)).split()}
    return words <= _LABEL | names | _NAMES


_NAMES = frozenset(word for words in WORDS.values() for name in words for word in name.split())


def _asks_most(forms: Some[int], shapes: Mapping[int, Shape], notes: Sequence[ForeignNote]) -> bool:
    """Whether the cards that a kind has are all, or so many that it is the kind; the others become questions."""
    cards = [card.ord for note in notes for card in note.cards if card.ord in shapes]
    return len(forms) == len(shapes) or sum(ord in forms for ord in cards) > _LEAST_ASKED * len(cards)
