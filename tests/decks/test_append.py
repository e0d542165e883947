"""A fact put into a deck file as text: where the others stand, and no other byte is touched."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.facts import Fact, Source
from fasti.decks.append import BrokenDeckError, NoRoomError, verify, with_fact
from fasti.decks.read import read_deck_bytes

HERE = Path(__file__).parent
DECKS = [*sorted((HERE / "good").iterdir()), *sorted((HERE.parent.parent / "decks").glob("*.yaml"))]

NEW = Fact("q", {"q": ("Why?",), "a": ("So: {it} was",)})
WORK = Source("kennan", "Kennan, American Diplomacy (1951)")


def added(text: str, fact: Fact = NEW, *works: Source) -> str:
    """The text of a deck with a fact more, held against the deck that it was."""
    before = text.encode()
    after = with_fact(before, fact, {}, works).data
    verify(before, after, fact, works)
    return after.decode()


LAYOUTS = {
    "as most decks stand": (
        "deck: D\nfacts:\n  - q: A?\n    a: B\n",
        'deck: D\nfacts:\n  - q: A?\n    a: B\n  - q: Why?\n    a: "So: {it} was"\n',
    ),
    "at the left edge": (
        "deck: D\nfacts:\n- q: A?\n  a: B\n",
        'deck: D\nfacts:\n- q: A?\n  a: B\n- q: Why?\n  a: "So: {it} was"\n',
    ),
    "far in, with a wide dash": (
        "deck: D\nfacts:\n    -   q: A?\n        a: B\n",
        'deck: D\nfacts:\n    -   q: A?\n        a: B\n    -   q: Why?\n        a: "So: {it} was"\n',
    ),
    "with blank lines between": (
        "deck: D\nfacts:\n\n  - q: A?\n    a: B\n\n  - q: C?\n    a: D\n",
        'deck: D\nfacts:\n\n  - q: A?\n    a: B\n\n  - q: C?\n    a: D\n\n  - q: Why?\n    a: "So: {it} was"\n',
    ),
    "without a last line end": (
        "deck: D\nfacts:\n  - q: A?\n    a: B",
        'deck: D\nfacts:\n  - q: A?\n    a: B\n  - q: Why?\n    a: "So: {it} was"',
    ),
    "with a comment at the end of the file": (
        "deck: D\nfacts:\n  - q: A?\n    a: B\n    # of the fact\n\n# vim: et\n",
        'deck: D\nfacts:\n  - q: A?\n    a: B\n    # of the fact\n  - q: Why?\n    a: "So: {it} was"\n\n# vim: et\n',
    ),
    "with comments between the facts": (
        "deck: D\nfacts:\n  - q: A?\n    a: B\n  # > kept\n",
        'deck: D\nfacts:\n  - q: A?\n    a: B\n  # > kept\n  - q: Why?\n    a: "So: {it} was"\n',
    ),
    "with a key below the facts": (
        "deck: D\nfacts:\n  - q: A?\n    a: |\n      B\n      # text\n\nauthor: X\n",
        'deck: D\nfacts:\n  - q: A?\n    a: |\n      B\n      # text\n  - q: Why?\n    a: "So: {it} was"\n\nauthor: X\n',
    ),
    "with facts in braces": (
        "deck: D\nfacts:\n  - {q: A?, a: B}\n",
        'deck: D\nfacts:\n  - {q: A?, a: B}\n  - q: Why?\n    a: "So: {it} was"\n',
    ),
    "with the dash on a line of its own": (
        "deck: D\nfacts:\n  -\n    q: A?\n    a: B\n",
        'deck: D\nfacts:\n  -\n    q: A?\n    a: B\n  - q: Why?\n    a: "So: {it} was"\n',
    ),
    "with a quoted text over two lines": (
        'deck: D\nfacts:\n  - q: A?\n    a: "one\n  two"\n',
        'deck: D\nfacts:\n  - q: A?\n    a: "one\n  two"\n  - q: Why?\n    a: "So: {it} was"\n',
    ),
    "in brackets on one line": (
        "deck: D\nfacts: [{q: A?, a: B}]  # all\n",
        'deck: D\nfacts: [{q: A?, a: B}, {q: "Why?", a: "So: {it} was"}]  # all\n',
    ),
    "in brackets on several lines": (
        "deck: D\nfacts: [\n  {q: A?, a: B},  # one\n]\n",
        'deck: D\nfacts: [\n  {q: A?, a: B},\n  {q: "Why?", a: "So: {it} was"}  # one\n]\n',
    ),
    "in empty brackets": ("deck: D\nfacts: []\n", 'deck: D\nfacts: [{q: "Why?", a: "So: {it} was"}]\n'),
    "with no fact yet": (
        "deck: D\nfacts:\n  # write here\n",
        'deck: D\nfacts:\n  # write here\n  - q: Why?\n    a: "So: {it} was"\n',
    ),
    "with no list yet": (
        "deck: D\n",
        'deck: D\n\nfacts:\n  - q: Why?\n    a: "So: {it} was"\n',
    ),
    "under `cards`": (
        "deck: D\ncards:\n  - q: A?\n    a: B\n",
        'deck: D\ncards:\n  - q: A?\n    a: B\n  - q: Why?\n    a: "So: {it} was"\n',
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_fact_is_put_where_the_others_stand(name: str) -> None:
    before, after = LAYOUTS[name]

    assert added(before) == after


@pytest.mark.parametrize("name", LAYOUTS)
def test_it_is_said_where_the_fact_stands(name: str) -> None:
    appended = with_fact(LAYOUTS[name][0].encode(), NEW, {})
    lines = appended.data.decode().split("\n")[appended.line - 1 :][: len(appended.lines)]

    assert "Why?" in lines[0]
    assert appended.lines[0] in lines[0]
    assert [line.split("  #")[0] for line in lines[1:]] == list(appended.lines[1:])


CITED = Fact("q", {"q": ("Why?",), "a": ("So",)}, sources=("kennan, p. 3",))
SOURCES = {
    "below the others": (
        "deck: D\nsources:\n   g: Gaddis\n# facts\nfacts:\n  - {q: A?, a: B, source: g}\n",
        "   g: Gaddis\n   kennan: Kennan, American Diplomacy (1951)\n# facts\nfacts:",
    ),
    "in braces": (
        "deck: D\nsources: {g: Gaddis}\nfacts:\n  - {q: A?, a: B, source: g}\n",
        'sources: {g: Gaddis, kennan: "Kennan, American Diplomacy (1951)"}\nfacts:',
    ),
    "where there is none": (
        "deck: D\n\n# The facts\nfacts:\n  - {q: A?, a: B}\n",
        "deck: D\n\nsources:\n  kennan: Kennan, American Diplomacy (1951)\n\n# The facts\nfacts:",
    ),
    "where there is neither sources nor facts": (
        "deck: D",
        "deck: D\n\nsources:\n  kennan: Kennan, American Diplomacy (1951)\n\nfacts:",
    ),
    "behind the facts": (
        "deck: D\nfacts:\n  - {q: A?, a: B, source: g}\nsources:\n  g: Gaddis\n",
        "sources:\n  g: Gaddis\n  kennan: Kennan, American Diplomacy (1951)\n",
    ),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_new_work_is_put_with_the_others(name: str) -> None:
    before, part = SOURCES[name]

    assert part in added(before, CITED, WORK)


@pytest.mark.parametrize("name", SOURCES)
def test_the_line_of_the_fact_counts_the_lines_of_new_works(name: str) -> None:
    appended = with_fact(SOURCES[name][0].encode(), CITED, {}, [WORK])

    assert "Why?" in appended.data.decode().split("\n")[appended.line - 1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_encoding_and_line_ends_stay(end: str, mark: bytes, encoding: str) -> None:
    text = end.join(["deck: Łódź 👩‍🏫", "facts:", "  - q: Ä?", "    a: é", "", "# end"])
    before = mark + text.encode(encoding)
    after = with_fact(before, NEW, {}).data
    new = (end + f'  - q: Why?{end}    a: "So: {{it}} was"').encode(encoding)

    assert after.replace(new, b"", 1) == before
    verify(before, after, NEW)


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.name)
def test_real_decks_keep_every_byte(path: Path) -> None:
    before = path.read_bytes()
    reading = read_deck_bytes(before)
    assert reading.deck
    appended = with_fact(before, NEW, reading.deck.kinds)
    verify(before, appended.data, NEW)
    start = next(
        number
        for number, (one, two) in enumerate(zip(before + b"\0", appended.data, strict=False))
        if one != two
    )
    more = len(appended.data) - len(before)

    assert appended.data[:start] + appended.data[start + more :] == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("deck: D\nfacts:\n  - q: A: B\n", "line 3"),
        ("deck: D\nfacts:\n\t- q: A\n", "line 3"),
        ("- q: A\n", "`deck: its title`"),
        ("{deck: D}", "`deck: its title`"),
        ("deck: D\nfacts:\n  - {q: A?, a: *b}\n", "line 3"),
        ("deck: D\nfacts:\n  - {q: A?, a: B}\n---\ndeck: E\n", "second deck"),
    ],
)
def test_a_deck_that_yaml_cannot_read_is_refused(text: str, said: str) -> None:
    with pytest.raises(BrokenDeckError, match="cannot be added to") as refused:
        with_fact(text.encode(), NEW, {})

    assert said in str(refused.value)


def test_a_file_that_would_say_something_else_is_refused() -> None:
    before = b"deck: D\nfacts:\n  - {q: A?, a: B}\n"

    with pytest.raises(NoRoomError):
        verify(before, with_fact(before, NEW, {}).data.replace(b"a: B", b"a: C"), NEW)


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
plain = texts.map(str.strip).filter(lambda text: any(map(str.isalnum, text)))


@settings(max_examples=100, deadline=None)
@given(
    plain,
    plain,
    st.sampled_from([layout[0] for layout in LAYOUTS.values()]),
    st.lists(plain, max_size=3, unique=True),
)
def test_whatever_is_typed_is_read_back(asked: str, answer: str, before: str, hints: list[str]) -> None:
    fact = Fact("q", {"q": (asked,), "a": (answer,)}, hints=tuple(hints))
    after = with_fact(before.encode(), fact, {}).data
    reading = read_deck_bytes(after, "deck")

    assert reading.deck
    last = reading.deck.facts[-1]
    assert (last.text("q"), last.text("a"), last.hints) == (asked, answer, tuple(hints))
