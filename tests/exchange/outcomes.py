"""What reading a package comes to: a collection that holds together, or a refusal in a sentence."""

from pathlib import Path

import pytest

from fasti.exchange.collection import Collection
from fasti.exchange.packages.error import PackageError
from fasti.exchange.packages.read import open_collection


def read(path: Path) -> Collection:
    with open_collection(path) as collection:
        return collection


def refusal(path: Path) -> str:
    with pytest.raises(PackageError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"`{path.name}` cannot be read: ")
    assert caught.value.hint
    return message.removeprefix(f"`{path.name}` cannot be read: ")


def consistent(found: Collection) -> bool:
    """Whether everything that refers to something finds it, as `open_collection` promises."""
    types = found.note_types
    notes = {note.id: types[note.note_type] for note in found.notes}
    cards = {card.id for card in found.cards}
    assert all(len(note.fields) == len(types[note.note_type].fields) for note in found.notes)
    assert all(notes[card.note].cloze or card.ord < len(notes[card.note].templates) for card in found.cards)
    assert all(card.deck in found.decks for card in found.cards)
    assert all(not card.original_deck or card.original_deck in found.decks for card in found.cards)
    assert {review.card for review in found.reviews} <= cards
    assert len(notes) == len(found.notes)
    assert len(cards) == len(found.cards)
    assert [review.id for review in found.reviews] == sorted({review.id for review in found.reviews})
    "".join(text for note in found.notes for text in (note.guid, *note.tags, *note.fields)).encode()
    return True


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
