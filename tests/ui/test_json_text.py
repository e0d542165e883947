import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fasti.core.text import unsafe_character
from fasti.ui.json_text import json_text

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('\x7f\x9b\u202e\ufeff\ufffe\x1b\n\\"')
)


@given(
    st.dictionaries(TEXTS, TEXTS), st.sampled_from(["utf-8", "ascii", "latin-1"]), st.sampled_from([None, 2])
)
def test_values_come_back_and_nothing_acts(value: dict[str, str], encoding: str, indent: int | None) -> None:
    text = json_text(value, encoding, indent)
    text.encode(encoding)

    assert json.loads(text) == value
    assert all(unsafe_character(line) is None for line in text.split("\n"))


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", '"é"'), ("UTF-8", '"é"'), ("latin-1", '"\\u00e9"'), (None, '"\\u00e9"')],
)
def test_letters_are_letters_where_all_of_them_can_be_written(encoding: str | None, expected: str) -> None:
    assert json_text("é", encoding) == expected
