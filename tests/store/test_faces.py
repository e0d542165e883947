import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fasti.core.card import Card, Judge
from fasti.store.faces import card_from, face_json

texts = st.text(st.characters(exclude_categories=["Cs"]))
lists = st.lists(texts).map(tuple)
cards = st.builds(
    Card,
    asks=texts,
    word=texts,
    prompt=texts,
    answer=lists,
    judge=st.sampled_from(Judge),
    accept=lists,
    calendar=texts,
    hints=lists,
    extras=lists,
    note=texts,
    sources=lists,
    unit=texts,
    image=texts,
)


@given(cards)
def test_a_card_comes_back_as_it_was(card: Card) -> None:
    assert card_from(face_json(card), card.asks) == card


@pytest.mark.parametrize("field", Card._fields)
def test_every_field_but_the_name_is_kept(field: str) -> None:
    plain = Card("when", "When?", "Hastings", ("1066",), Judge.DATE)
    values = {"judge": Judge.LIST, "asks": "what"}
    other = dict.fromkeys(("answer", "accept", "hints", "extras", "sources"), ("x",)) | values
    changed = Card(**plain._asdict() | {field: other.get(field, "x")})

    assert (face_json(changed) == face_json(plain)) == (field == "asks")


def test_a_face_is_compact_and_holds_letters_as_they_are() -> None:
    face = face_json(Card("when", "When?", "Điện Biên Phủ", ("1954",), Judge.DATE))

    assert "Điện Biên Phủ" in face
    assert json.dumps(json.loads(face), ensure_ascii=False, separators=(",", ":")) == face
    assert "hints" not in face
