"""JSON that is written out by hand says what the general encoder would."""

import json

from hypothesis import given
from hypothesis import strategies as st

from fasti.core.compact import listed, quoted


@given(st.text())
def test_a_text_is_what_the_encoder_makes_of_it(text: str) -> None:
    assert quoted(text) == json.dumps(text, ensure_ascii=False)


@given(st.lists(st.text(), max_size=4).map(tuple))
def test_a_list_is_what_the_encoder_makes_of_it(texts: tuple[str, ...]) -> None:
    assert listed(texts) == json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
