"""Ids written into deck files as text: what goes where, and that nothing else changes."""

import codecs
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.decks.id_lines import NoPlaceError, with_ids
from fasti.decks.read import read_deck_bytes


def pinned(text: str) -> str:
    """The deck with an id for each fact, counted from 1."""
    data = text.encode()
    return with_ids(data, ids_for(data)).data.decode()


def ids_for(data: bytes) -> dict[object, str]:
    deck = read_deck_bytes(data, "hint").deck
    assert deck
    return {fact.place: f"n{number}" for number, fact in enumerate(deck.facts, 1) if fact.id is None}


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("  - q: Why?\n    a: Yes\n", "  - q: Why?\n    id: n1\n    a: Yes\n"),
        ("- q: Why?\n  a: Yes\n", "- q: Why?\n  id: n1\n  a: Yes\n"),
        ("  -   q: Why?\n      a: Yes\n", "  -   q: Why?\n      id: n1\n      a: Yes\n"),
        ("  -\n    q: Why?\n    a: Yes\n", "  -\n    q: Why?\n    id: n1\n    a: Yes\n"),
        (
            "  - q: Why? # who knows\n    # or cares\n    a: Yes\n",
            "  - q: Why? # who knows\n    id: n1\n    # or cares\n    a: Yes\n",
        ),
        ("  - {q: Why?, a: Yes}\n", "  - {q: Why?, id: n1, a: Yes}\n"),
        ("  - {q: Why? , a: Yes}\n", "  - {q: Why?, id: n1 , a: Yes}\n"),
        ('  - {"q": "Why, then?", a: Yes}\n', '  - {"q": "Why, then?", id: n1, a: Yes}\n'),
        ("  - {cloze: 'A {b}'}\n", "  - {cloze: 'A {b}', id: n1}\n"),
        ("  - {q: Why?,\n     a: Yes}\n", "  - {q: Why?, id: n1,\n     a: Yes}\n"),
        (
            "  - {causes: [a, b], effect: c}\n",
            "  - {causes: [a, b], id: n1, effect: c}\n",
        ),
        (
            "  - causes:\n      - a\n      - b\n\n    # so\n    effect: c\n",
            "  - causes:\n      - a\n      - b\n    id: n1\n\n    # so\n    effect: c\n",
        ),
        (
            "  - q: |\n      Why\n      # then?\n\n    a: Yes\n",
            "  - q: |\n      Why\n      # then?\n    id: n1\n\n    a: Yes\n",
        ),
        (
            "  - q: >+\n      Why\n\n\n    a: Yes\n",
            "  - q: >+\n      Why\n    id: n1\n\n\n    a: Yes\n",
        ),
        (
            '  - q: "Why\n\n      # then?"\n    a: Yes\n',
            '  - q: "Why\n\n      # then?"\n    id: n1\n    a: Yes\n',
        ),
        ("  - q: Why\n      then?\n    a: Yes\n", "  - q: Why\n      then?\n    id: n1\n    a: Yes\n"),
        ("  - cloze: A {b}", "  - cloze: A {b}\n    id: n1"),
        ("  - cloze: |\n      A {b}", "  - cloze: |\n      A {b}\n    id: n1"),
        ("  - a: Yes\n    q: Why?\n", "  - a: Yes\n    id: n1\n    q: Why?\n"),
        (
            "  - {q: x, a: y}\n  - {q: z, id: own, a: y}\n  - q: v\n    a: y\n",
            "  - {q: x, id: n1, a: y}\n  - {q: z, id: own, a: y}\n  - q: v\n    id: n3\n    a: y\n",
        ),
    ],
)
def test_an_id_stands_behind_the_first_entry(fact: str, expected: str) -> None:
    assert pinned(f"deck: D\nfacts:\n{fact}") == f"deck: D\nfacts:\n{expected}"


def test_two_facts_on_one_line_get_one_each() -> None:
    assert pinned("deck: D\nfacts: [{q: a, a: b}, {q: c, a: d}]\n") == (
        "deck: D\nfacts: [{q: a, id: n1, a: b}, {q: c, id: n2, a: d}]\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("deck: D # x\nfacts: [{q: a, a: b}]\n", "deck: D # x\nid: d\nfacts: [{q: a, a: b}]\n"),
        ("author: me\nfacts: [{q: a, a: b}]\ndeck: D", "author: me\nfacts: [{q: a, a: b}]\ndeck: D\nid: d"),
        ("{deck: D, facts: [{q: a, a: b}]}", "{deck: D, id: d, facts: [{q: a, a: b}]}"),
    ],
)
def test_the_decks_own_id_stands_behind_its_title(text: str, expected: str) -> None:
    assert with_ids(text.encode(), {}, "d").data.decode() == expected


def test_a_deck_with_an_id_that_is_no_good_gets_no_second_one() -> None:
    text = b"deck: D\nid: not good\nfacts: [{q: a, a: b}]\n"

    assert with_ids(text, {}, "d") == (text, False, ())


@pytest.mark.parametrize("name", ["*x", "-", "a,b", "{}", "null", "#1"])
def test_an_id_that_means_something_to_yaml_is_quoted(name: str) -> None:
    data = b"deck: D\nfacts:\n  - q: a\n    a: b\n  - {q: c, a: d}\n"
    places = list(ids_for(data))
    if name in {"*x", "a,b", "{}", "#1"}:  # no id may look like this, whoever asks for it
        with pytest.raises(NoPlaceError):
            with_ids(data, {places[0]: name})
        return
    deck = read_deck_bytes(with_ids(data, {places[0]: name, places[1]: name + "2"}).data).deck

    assert deck
    assert [fact.id for fact in deck.facts] == [name, name + "2"]


DECK = """deck: D
sources: {g: Gaddis}

facts:
  - event: Ünë
    date: 1962
  - {q: a, a: b, source: g}

  # a remark
  - term: |
      Word
    means: so
"""


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
def test_newlines_and_encoding_are_kept(mark: bytes, newline: str, ending: str) -> None:
    codec = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(mark, "utf-8")
    text = (DECK.rstrip("\n") + ending).replace("\n", newline)
    data = mark + text.encode(codec)
    new = with_ids(data, ids_for(data), "d").data

    assert new.startswith(mark)
    assert taken_out(new[len(mark) :].decode(codec)) == text


@settings(deadline=None, max_examples=60)
@given(
    newlines=st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=14, max_size=14),
    comments=st.lists(st.sampled_from(["", "", " # c", "  "]), min_size=14, max_size=14),
)
def test_with_newlines_mixed_every_other_byte_is_kept(newlines: list[str], comments: list[str]) -> None:
    lines = DECK.split("\n")
    text = "".join(
        line + ("" if "|" in line else comment) + newline
        for line, comment, newline in zip(lines, comments, newlines, strict=False)
    )
    new = with_ids(text.encode(), ids_for(text.encode()), "d").data.decode()

    assert taken_out(new) == text
    assert with_ids(new.encode(), ids_for(new.encode()), "d").data.decode() == new


def taken_out(text: str) -> str:
    """The text without its ids: lines that hold one go with their own end, or the one before the last line's."""
    text = re.sub(r"(, id: \w+)(?=[ ,}])", "", text)
    text = re.sub(r"(?<=[\r\n]) *id: \w+(\r\n|\r|\n)", "", text)
    return re.sub(r"(\r\n|\r|\n) *id: \w+\Z", "", text)


@pytest.mark.parametrize(
    "text",
    [
        "deck: D\nfacts:\n\t- q: a\n\t  a: b\n",
        "deck: D\nfacts:\n  - q: what: a\n    a: b\n  - {q: a, a: b}\n",
        "deck: D\nfacts: [{q: a, a: b}\n",
    ],
)
def test_a_file_that_yaml_cannot_read_is_refused(text: str) -> None:
    with pytest.raises(NoPlaceError, match="YAML cannot read line"):
        with_ids(text.encode(), {})


@pytest.mark.parametrize("fact", ["  - ? q\n    : a\n    a: b\n", "  - ? q\n    : a\n    ? a\n    : b\n"])
def test_a_fact_in_a_layout_of_its_own_is_left(fact: str) -> None:
    data = f"deck: D\nfacts:\n{fact}".encode()
    ids = ids_for(data)

    assert ids
    assert with_ids(data, ids) == (data, False, tuple(ids))
