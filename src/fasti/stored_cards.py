"""A card as the database has it, as a sitting takes it; either way of asking the database ends here."""

from fasti.session_contract import Stored
from fasti.store.due import CardFace
from fasti.store.faces import card_from


def stored_from(face: CardFace) -> Stored:
    """The card of a face, with where it stands."""
    card = card_from(face.face, face.asks)
    return Stored(face.key, face.deck, face.title, face.fact, card, face.state, face.path)
