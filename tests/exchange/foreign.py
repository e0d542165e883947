"""Collections for tests: made by hand, or by the real Anki."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fasti.exchange.collection import (
    AnkiCard,
    AnkiDeck,
    AnkiNote,
    Calendar,
    Collection,
    NoteField,
    NoteType,
    Template,
)

Side = tuple[str, str]

BACK = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"
BASIC = NoteType(
    1, "Basic", (NoteField("Front"), NoteField("Back")), (Template("Card 1", "{{Front}}", BACK),)
)
CLOZE = NoteType(
    2,
    "Cloze",
    (NoteField("Text"), NoteField("Back Extra")),
    (Template("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}"),),
    cloze=True,
)


def note_type(id: int, name: str, fields: Sequence[str], *sides: Side, cloze: bool = False) -> NoteType:
    templates = tuple(
        Template(f"Card {number}", front, back) for number, (front, back) in enumerate(sides, 1)
    )
    return NoteType(id, name, tuple(NoteField(each) for each in fields), templates, cloze=cloze)


def front_and_back(question: str, answer: str) -> Side:
    return question, "{{FrontSide}}<hr id=answer>" + answer


class Making:
    """A collection as it is put together; note `n` has the guid `guid-n` and the cards `100 * n + ord`."""

    def __init__(self, media: Sequence[str] = ()) -> None:
        self.notes: list[AnkiNote] = []
        self.cards: list[AnkiCard] = []
        self.types: dict[int, NoteType] = {}
        self.decks: dict[int, AnkiDeck] = {}
        self.media = media

    def note(
        self,
        kind: NoteType,
        *fields: str,
        cards: Sequence[int] = (0,),
        deck: str = "History",
        tags: Sequence[str] = (),
        guid: str = "",
    ) -> "Making":
        number = len(self.notes) + 1
        self.types[kind.id] = kind
        deck_id = next((each.id for each in self.decks.values() if each.name == deck), len(self.decks) + 1)
        self.decks[deck_id] = AnkiDeck(deck_id, deck)
        self.notes.append(AnkiNote(number, guid or f"guid-{number}", kind.id, 0, tuple(tags), tuple(fields)))
        self.cards += [AnkiCard(100 * number + ord, number, deck_id, ord) for ord in cards]
        return self

    def done(self) -> Collection:
        media = {name: name.encode for name in self.media}
        return Collection("legacy 1", Calendar(0), self.types, self.decks, self.notes, self.cards, [], media)


@contextmanager
def real_anki(folder: Path) -> Iterator[Any]:
    """A new collection of the real Anki's."""
    from anki.collection import Collection as RealCollection

    collection = RealCollection(str(folder / "collection.anki2"))
    try:
        yield collection
    finally:
        collection.close()


def added_type(collection: Any, name: str, fields: Sequence[str], *sides: Side) -> None:
    """Add a note type to a collection of the real Anki's."""
    kind = collection.models.new(name)
    for field in fields:
        collection.models.add_field(kind, collection.models.new_field(field))
    for number, (front, back) in enumerate(sides, 1):
        template = collection.models.new_template(f"Card {number}")
        template["qfmt"], template["afmt"] = front, back
        collection.models.add_template(kind, template)
    collection.models.add(kind)


def added_note(
    collection: Any, kind: str, fields: Mapping[str, str], deck: str = "Default", tags: Sequence[str] = ()
) -> Any:
    """Add a note to a collection of the real Anki's."""
    note = collection.new_note(collection.models.by_name(kind))
    for name, value in fields.items():
        note[name] = value
    note.tags = list(tags)
    collection.add_note(note, collection.decks.id(deck))
    return note


def as_collection(collection: Any, media: Sequence[str] = ()) -> Collection:
    """What the real Anki holds, as our values."""
    types = {
        kind["id"]: NoteType(
            kind["id"],
            kind["name"],
            tuple(NoteField(each["name"]) for each in kind["flds"]),
            tuple(Template(each["name"], each["qfmt"], each["afmt"]) for each in kind["tmpls"]),
            cloze=kind["type"] == 1,
        )
        for kind in collection.models.all()
    }
    decks = {deck.id: AnkiDeck(deck.id, deck.name) for deck in collection.decks.all_names_and_ids()}
    notes = [
        AnkiNote(each.id, each.guid, each.mid, each.mod, tuple(each.tags), tuple(each.fields))
        for each in map(collection.get_note, collection.find_notes(""))
    ]
    cards = [
        AnkiCard(each.id, each.nid, each.did, each.ord)
        for each in map(collection.get_card, collection.find_cards(""))
    ]
    return Collection(
        "latest", Calendar(0), types, decks, notes, cards, [], {name: name.encode for name in media}
    )
