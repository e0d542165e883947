"""Where the values of a built-in kind stand among the fields of its note type."""

from collections.abc import Mapping
from typing import NamedTuple

from fasti.core.card import Judge
from fasti.core.kinds import BUILT_IN, Form, Kind
from fasti.exchange.collection import NoteType
from fasti.exchange.own.note_types import (
    NOTE_TYPES,
    OWN,
    OWN_QUESTION,
    SHUFFLED,
    WEEKDAY,
    extras_of,
    forms_of,
    has_switch,
    label,
    switch,
    weekday_of,
)


class Layout(NamedTuple):
    """Places of fields in a note type.

    `texts` and `dates` are a kind's own fields of these forms: name, place, and name in Anki. `lists` gives the
    place of the list that a card asks for; it, `ords` and `switches` are by the names of cards. For a
    field that is a date, `asked_by`, `prompt_of` and `extra_of` name the card that asks for it, the one that
    gives it, and those that show it with their answer. `weekday` and `shuffled` are 0 where there is no such
    field.
    """

    note_type: NoteType
    question: int
    texts: tuple[tuple[str, int, str], ...]
    dates: tuple[tuple[str, int, str], ...]
    lists: Mapping[str, int]
    ords: Mapping[str, int]
    switches: Mapping[str, int]
    asked_by: Mapping[str, str]
    prompt_of: Mapping[str, str]
    extra_of: Mapping[str, tuple[str, ...]]
    weekday: int
    weekday_of: str
    shuffled: int


def _layout(kind: Kind) -> Layout:
    note_type = NOTE_TYPES[kind.name]
    at = places(note_type)
    forms = forms_of(kind)
    labels = [(field, label(kind.name, field.name)) for field in kind.fields]
    dates = [field.name for field in kind.fields if field.form is Form.DATE]
    fields = {f"{{{field.name}}}": field for field in kind.fields}
    return Layout(
        note_type=note_type,
        question=at[OWN_QUESTION],
        texts=tuple((one.name, at[name], name) for one, name in labels if one.form is Form.TEXT),
        dates=tuple((one.name, at[name], name) for one, name in labels if one.form is Form.DATE),
        lists={
            form.name: at[label(kind.name, fields[form.answer].name)]
            for form in forms
            if form.judge in (Judge.LIST, Judge.ORDER)
        },
        ords={form.name: ord for ord, form in enumerate(forms)},
        switches={form.name: at[switch(form.name)] for form in forms if has_switch(kind, form)},
        asked_by={name: form.name for form in forms for name in dates if form.answer == f"{{{name}}}"},
        prompt_of={name: form.name for form in forms for name in dates if form.ask == f"{{{name}}}"},
        extra_of={
            name: tuple(form.name for form in forms if name in extras_of(kind, form)) for name in dates
        },
        weekday=at.get(WEEKDAY, 0),
        weekday_of=weekday_of(kind),
        shuffled=at.get(SHUFFLED, 0),
    )


def places(note_type: NoteType) -> dict[str, int]:
    """The place of each field of a note type by its name."""
    return {field.name: place for place, field in enumerate(note_type.fields)}


LAYOUTS: Mapping[str, Layout] = {kind.name: _layout(kind) for kind in BUILT_IN.values()}
"""By the name of the kind."""

SLOT_PLACES: Mapping[str, int] = places(NOTE_TYPES[OWN])
"""The places of the fields of the note type for kinds that decks declare."""
