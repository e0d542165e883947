"""Decks written as files: read back as they were, without a problem, and laid out as a teacher would have it."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from fasti.core.card import Judge
from fasti.core.facts import START, Deck, Fact, Source
from fasti.core.kinds import BUILT_IN, CardForm, Field, Form, Kind, placeholders
from fasti.core.text import normalised, slug, unsafe_character
from fasti.decks.names import looks_like_id, looks_like_name_and_place, looks_like_short_name
from fasti.decks.read import Reading, read_deck
from fasti.decks.schema import json_schema
from fasti.decks.write import deck_text

HERE = Path(__file__).parent
GOOD = [*sorted((HERE / "good").iterdir()), *sorted((HERE.parent.parent / "decks").glob("*.yaml"))]

OWN = "a kind of this deck's own"


def bare(deck: Deck) -> Deck:
    """The deck without what only its file says: the places, and whether the id was given."""
    facts = tuple(replace(fact, place=START, places={}) for fact in deck.facts)
    return replace(deck, facts=facts, named=False)


def read_back(deck: Deck) -> Deck:
    """The deck that its own file is, in which the reader finds nothing to say."""
    reading = read_deck(deck_text(deck))
    assert reading.problems == reading.damaged == ()
    assert reading.deck is not None
    return reading.deck


def deck_of(*facts: Fact, **more: Any) -> Deck:
    return Deck("t", "T", facts, **more)


def question(text: str, answer: str = "A", **more: Any) -> Fact:
    return Fact("q", {"q": (text,), "a": (answer,)}, **more)


def lines_of(fact: Fact, **more: Any) -> list[str]:
    """The lines of the one fact of a deck."""
    return deck_text(deck_of(fact, **more)).split("facts:\n")[1].removesuffix("\n").split("\n")


GOLDEN = """\
# Imported from a collection of 2024
#
# yaml-language-server: $schema=deck.schema.json

deck: "Cuba: the crisis"
id: cuba
author: A history department
language: en
description: |-
  Thirteen days in October 1962,
  and what led to them.
licence: CC0
tags: [cold-war, cuba]

sources:
  gaddis: Gaddis, The Cold War (2005)
  kennedy: {title: Thirteen Days, author: Robert F. Kennedy, publisher: Norton, year: 1969}
  frus-v06:
    title: Foreign Relations of the United States, 1961-1963, Volume VI
    author: Charles S. Sampson (ed.)
    publisher: Office of the Historian, U.S. Department of State
    year: 1996
    url: https://history.state.gov/historicaldocuments/frus1961-63v06

kinds:
  quote: {fields: [quote, speaker], cards: {speaker: {ask: "{quote}", answer: "{speaker}"}}}
  treaty:
    about: a treaty and its parties
    fields: [treaty, {signed: date}, {parties: list}]
    cards:
      signed: {ask: "{treaty}", answer: "{signed}", word: "When?"}
      parties: {ask: "Who signed {treaty}?", answer: "{parties}", default: no}

facts:
  - event: Kennedy announces the quarantine
    id: quarantine-speech
    date: 1962-10-22
    caused by: u2-photographs
    leads to:
      - Ships turn back
      - Khrushchev's two letters, one soft and one hard
    ask: [when, causes]
    hint: A Monday
    source:
      - gaddis
      - kennedy, p. 19
    note: "He said: a strict quarantine"
    tags: [speech, navy]
    unit: The crisis

  - event: The photographs of a U-2 show missiles
    id: u2-photographs
    date: 1962-10-14
    image: pictures/u2.jpg

  - person: John McCone
    who: Director of Central Intelligence
    lived: 1902-1991
    accept: [McCone, John "Jack" McCone]

  - event: Magna Carta sealed
    date: 1215-06-15
    calendar: julian

  - q: Why was the quarantine not called a blockade?
    a: >-
      A blockade is an act of war in international law, and the President wanted to leave Khrushchev
      a way out that did not begin with shots: a word was chosen that nobody had used before.
    ask: Why did Kennedy say "quarantine"?

  - quote: "{…} went eyeball to eyeball"
    speaker: Dean Rusk

  - treaty: The test ban
    signed: 5 August 1963
    parties:
      - The Soviet Union
      - The United Kingdom
      - The United States, as its host
"""

BLOCKADE = (
    "A blockade is an act of war in international law, and the President wanted to leave Khrushchev a way out "
    "that did not begin with shots: a word was chosen that nobody had used before."
)

GOLDEN_DECK = Deck(
    "cuba",
    "Cuba: the crisis",
    (
        Fact(
            "event",
            {
                # Not in the order in which they are written.
                "leads to": ("Ships turn back", "Khrushchev's two letters, one soft and one hard"),
                "date": ("1962-10-22",),
                "event": ("Kennedy announces the quarantine",),
                "caused by": ("u2-photographs",),
            },
            id="quarantine-speech",
            hints=("A Monday",),
            sources=("gaddis", "kennedy, p. 19"),
            note="He said: a strict quarantine",
            tags=("speech", "navy"),
            ask=("when", "causes"),
            unit="The crisis",
        ),
        Fact(
            "event",
            {"event": ("The photographs of a U-2 show missiles",), "date": ("1962-10-14",)},
            id="u2-photographs",
            image="pictures/u2.jpg",
        ),
        Fact(
            "person",
            {
                "person": ("John McCone",),
                "who": ("Director of Central Intelligence",),
                "lived": ("1902-1991",),
            },
            accept=("McCone", 'John "Jack" McCone'),
        ),
        Fact("event", {"event": ("Magna Carta sealed",), "date": ("1215-06-15",)}, calendar="julian"),
        Fact(
            "q",
            {
                "q": ("Why was the quarantine not called a blockade?",),
                "a": (BLOCKADE,),
            },
            question='Why did Kennedy say "quarantine"?',
        ),
        Fact("quote", {"quote": ("{…} went eyeball to eyeball",), "speaker": ("Dean Rusk",)}),
        Fact(
            "treaty",
            {
                "treaty": ("The test ban",),
                "signed": ("5 August 1963",),
                "parties": ("The Soviet Union", "The United Kingdom", "The United States, as its host"),
            },
        ),
    ),
    kinds={
        "quote": Kind(
            "quote",
            OWN,
            (Field("quote", required=True), Field("speaker", required=True)),
            (CardForm("speaker", "", "{quote}", "{speaker}"),),
            ("quote",),
        ),
        "treaty": Kind(
            "treaty",
            "a treaty and its parties",
            (
                Field("treaty", required=True),
                Field("signed", Form.DATE, required=True),
                Field("parties", Form.TEXTS),
            ),
            (
                CardForm("signed", "When?", "{treaty}", "{signed}", Judge.DATE),
                CardForm("parties", "", "Who signed {treaty}?", "{parties}", Judge.LIST, default=False),
            ),
            ("treaty",),
        ),
    },
    sources={
        "gaddis": Source("gaddis", "Gaddis, The Cold War (2005)"),
        "kennedy": Source("kennedy", "Thirteen Days", "Robert F. Kennedy", "Norton", "1969"),
        "frus-v06": Source(
            "frus-v06",
            "Foreign Relations of the United States, 1961-1963, Volume VI",
            "Charles S. Sampson (ed.)",
            "Office of the Historian, U.S. Department of State",
            "1996",
            "https://history.state.gov/historicaldocuments/frus1961-63v06",
        ),
    },
    author="A history department",
    language="en",
    description="Thirteen days in October 1962,\nand what led to them.",
    licence="CC0",
    tags=("cold-war", "cuba"),
)

HEADING = ["Imported from a collection of 2024", "", "# yaml-language-server: $schema=deck.schema.json"]


def test_a_deck_is_laid_out_as_a_person_would_have_it() -> None:
    assert deck_text(GOLDEN_DECK, heading=HEADING) == GOLDEN


def test_what_a_person_would_write_is_read_as_the_deck() -> None:
    reading = read_deck(GOLDEN)

    assert reading.deck is not None
    assert bare(reading.deck) == GOLDEN_DECK
    assert [problem.code for problem in reading.problems] == ["unused-source"]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_good_deck_is_read_back(path: Path) -> None:
    deck = read_deck(path.read_text(encoding="utf-8"), path.stem).deck
    assert deck is not None

    again = read_back(deck)

    assert bare(again) == bare(deck)
    assert deck_text(again) == deck_text(deck)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_editors_find_nothing_wrong_with_a_written_deck(path: Path) -> None:
    deck = read_deck(path.read_text(encoding="utf-8"), path.stem).deck
    assert deck is not None

    Draft7Validator(json_schema()).validate(yaml.load(deck_text(deck), yaml.BaseLoader))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        # As a teacher writes it
        ("no", "no"),
        ("0476", "0476"),
        ("1914-1918", "1914-1918"),
        ("1962-10-22", "1962-10-22"),
        ("12:30", "12:30"),
        ("=", "="),
        ("true", "true"),
        ("-43", "-43"),
        ("--", "--"),
        ("?why", "?why"),
        (":-)", ":-)"),
        ("{1947} and [so] on", '"{1947} and [so] on"'),
        ("Truman's {doctrine|policy}", "Truman's {doctrine|policy}"),
        ('The "iron curtain" speech', 'The "iron curtain" speech'),
        ("https://example.org/?a=b&c=d#e", "https://example.org/?a=b&c=d#e"),
        ("A\\B", "A\\B"),
        ("C#", "C#"),
        ("$400 million, 5% & more!", "$400 million, 5% & more!"),
        ("—so", "—so"),
        ("«перестройка»", "«перестройка»"),
        ("שלום עולם", "שלום עולם"),
        ("e\u0301te\u0301", "e\u0301te\u0301"),
        ("\u0301a", "\u0301a"),
        ("🏯 \U0002000b", "🏯 \U0002000b"),
        ("a\xa0b", "a\xa0b"),
        ("a  b", "a  b"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("<<", "<<"),
        ("---", "---"),
        ("...", "..."),
        ("| x", '"| x"'),
        # In quotes, because it would be read as something else
        ("~", '"~"'),
        ("-", '"-"'),
        ("?", '"?"'),
        (":", '":"'),
        ("- a", '"- a"'),
        ("? a", '"? a"'),
        (": a", '": a"'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("No. #3", '"No. #3"'),
        ("#3", '"#3"'),
        ("[sic]", '"[sic]"'),
        ("]", '"]"'),
        ("}", '"}"'),
        (", a", '", a"'),
        ("&c", '"&c"'),
        ("*", '"*"'),
        ("!important", '"!important"'),
        ("|", '"|"'),
        (">", '">"'),
        ("%", '"%"'),
        ("@home", '"@home"'),
        ("`a`", '"`a`"'),
        ("'tis", '"\'tis"'),
        ('"a" b', '"\\"a\\" b"'),
        ("C:\\: x", '"C:\\\\: x"'),
        ("a\tb", '"a\\tb"'),
        ("a\u2028b", '"a\\u2028b"'),
        ("a\u2029b", '"a\\u2029b"'),
        ("a \nb", '"a \\nb"'),
        ("a\n\tb", '"a\\n\\tb"'),
        ("a ...\n% b", '"a ...\\n% b"'),
        # Nothing, to editors
        ("null", '"null"'),
        ("NULL", '"NULL"'),
        ("nullify", "nullify"),
        # On lines of their own
        ("a\nb", "|-\n      a\n      b"),
        ("a\n\n  b: c #d\n- e", "|-\n      a\n\n        b: c #d\n      - e"),
        # What no deck may hold
        (" \t a \n", "a"),
        ("a\r\nb\rc\x0bd\x0ce\x85f", "|-\n      a\n      b\n      c\n      d\n      e\n      f"),
        ("\x1b[31ma\x00\x07\u202e\ufeff\ud800\uffff", '"[31ma"'),
    ],
)
def test_a_text_has_quotes_only_where_it_needs_them(text: str, written: str) -> None:
    fact = question("Q", text)

    assert "\n".join(lines_of(fact)) == f"  - q: Q\n    a: {written}"
    assert read_back(deck_of(fact)).facts[0].text("a") == readable(text)


def readable(text: str) -> str:
    """What of a text a deck can hold."""
    for end in ("\r\n", "\r", "\x0b", "\x0c", "\x85"):
        text = text.replace(end, "\n")
    return "".join(letter for letter in text if unsafe_character(letter) is None).strip()


LONG = (
    "The quick brown fox jumps over the lazy dog, as everybody knows who has ever learnt to type on a machine"
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            LONG,
            [
                "    a: >-",
                "      The quick brown fox jumps over the lazy dog, as everybody knows who has ever learnt to type on",
                "      a machine",
            ],
        ),
        (
            f"#1: {LONG}",
            [
                "    a: >-",
                "      #1: The quick brown fox jumps over the lazy dog, as everybody knows who has ever learnt to",
                "      type on a machine",
            ],
        ),
        ("x" * 300, ["    a: " + "x" * 300]),
        (": " + "x" * 300, ["    a: >-", "      :", "      " + "x" * 300]),
        ("x" * 90 + "... %y zz", ["    a: >-", "      " + "x" * 90 + "... %y", "      zz"]),
        ("a\t" + LONG, ['    a: "a\\t' + LONG + '"']),
        (LONG + "\n" + LONG, ["    a: |-", "      " + LONG, "      " + LONG]),
    ],
)
def test_a_long_text_is_folded_between_words(text: str, written: list[str]) -> None:
    fact = question("Q", text)

    assert lines_of(fact)[1:] == written
    assert read_back(deck_of(fact)).facts[0].text("a") == text


def test_a_line_has_a_hundred_columns() -> None:
    fits, folds = "x " * 45 + "xxx", "x " * 46 + "xxx"

    assert [len(line) for line in lines_of(question("Q", fits))[1:]] == [100]
    assert [len(line) for line in lines_of(question("Q", folds))[1:]] == [len("    a: >-"), 97, 9]


@pytest.mark.parametrize(
    ("texts", "written"),
    [
        (("McCone",), ["    accept: McCone"]),
        (("[a]",), ['    accept: "[a]"']),
        (("a", "b"), ["    accept: [a, b]"]),
        (("a", "no", "0476", "-5"), ["    accept: [a, no, 0476, -5]"]),
        (("400,000", "$4"), ["    accept:", "      - 400,000", "      - $4"]),
        (("Why?", "b"), ["    accept:", "      - Why?", "      - b"]),
        (("~", "- a: b"), ["    accept:", '      - "~"', '      - "- a: b"']),
        (
            ("one long entry of many words and more", "b"),
            ["    accept:", "      - one long entry of many words and more", "      - b"],
        ),
        (
            ("a\nb", "c"),
            ["    accept:", "      - |-", "        a", "        b", "      - c"],
        ),
        (("", " ", "\x00", "a"), ["    accept: a"]),
        (("", "\x1b"), []),
        # What the reader would take for a list that slipped into the text above it
        (("Berlin - Wall", "Berlin"), ["    accept: [Berlin - Wall, Berlin]"]),
        (
            ("Berlin, a city - Wall", "Berlin", "Wall - Berlin"),
            ["    accept:", '      - "Berlin, a city - Wall"', "      - Berlin", "      - Wall - Berlin"],
        ),
        (("hint:a - b",), ['    accept: "hint:a - b"']),
        (("hint:a - b", "c"), ["    accept:", '      - "hint:a - b"', "      - c"]),
    ],
)
def test_a_list_is_as_short_as_it_can_be(texts: tuple[str, ...], written: list[str]) -> None:
    fact = question("Q", accept=texts, hints=("b", "no, b"))

    assert lines_of(fact) == [
        "  - q: Q",
        "    a: A",
        *written,
        "    hint:",
        "      - b",
        "      - no, b",
    ]
    assert read_back(deck_of(fact)).facts[0].accept == tuple(filter(None, map(readable, texts)))


def test_a_question_of_the_authors_own_is_not_taken_for_a_card() -> None:
    facts = [question(text, question=text) for text in ("Why so", "なぜ", "answer", "Why?")]

    assert [fact.question for fact in read_back(deck_of(*facts)).facts] == [
        "Why so",
        "なぜ?",
        "answer?",
        "Why?",
    ]


def test_of_cards_and_a_question_which_no_deck_can_both_say_the_cards_stay() -> None:
    fact = Fact("person", {"person": ("X",), "who": ("Y",)}, ask=("name",), question="Who is it?")

    assert lines_of(fact)[-1] == "    ask: name"


def test_a_title_stands_on_one_line() -> None:
    assert deck_text(Deck("t", " A\n\tdeck ", (question("Q"),))).startswith("deck: A deck\nid: t\n")
    assert deck_text(Deck("t", "\x00", (question("Q"),))).startswith("deck: t\nid: t\n")


def test_a_deck_without_facts_says_so() -> None:
    reading = read_deck(deck_text(deck_of()))

    assert reading.deck is not None
    assert bare(reading.deck) == deck_of()
    assert [problem.code for problem in reading.problems] == ["no-facts"]


@pytest.mark.parametrize("name", ["a: b", " a", "#", "[a]", "~", "a\nb\t", "x" * 3000, "- " * 700, "null"])
def test_a_source_may_have_any_short_name_without_a_comma(name: str) -> None:
    sources = {name: Source(name, "The title"), "b": Source("b", "X", url="https://example.org/?a=[b]")}
    deck = deck_of(question("Q", sources=("b",)), sources=sources)

    reading = read_deck(deck_text(deck))

    assert reading.deck is not None
    assert bare(reading.deck) == deck
    assert [problem.code for problem in reading.problems] == ["unused-source"]


@pytest.mark.parametrize(
    "heading",
    [
        ["a\ndeck: Other"],
        ["%YAML 1.2", "---"],
        ["a\u2028b: c\r\n  d\x0b- e\x85\tf"],
        ["\x1b[31m\ud800"],
        ["\n\n"],
        [" "],
    ],
)
def test_a_heading_is_comment_and_nothing_else(heading: list[str]) -> None:
    text = deck_text(deck_of(question("Q")), heading=heading)
    top, rest = text.split("\n\n", maxsplit=1)

    assert all(line.startswith("#") for line in top.split("\n"))
    assert rest == deck_text(deck_of(question("Q")))
    assert read_deck(text).problems == ()


# Texts that lie in wait: what YAML or the reader gives a meaning.
TRAPS = (
    *(
        ": ",
        " #",
        "- ",
        "? ",
        " - ",
        ":",
        "#",
        "{",
        "}",
        "[",
        "]",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "'",
    ),
    *(
        '"',
        "\\",
        "~",
        "=",
        ",",
        "<<",
        "---",
        "...",
        "\n",
        "\n\n",
        "\n ",
        " \n",
        "\t",
        "  ",
        "\u2028",
        "\u2029",
    ),
    *(
        "no",
        "null",
        "0476",
        "1962-10-22",
        "\\n",
        "|-",
        ">-",
        "event:",
        "\nfacts:",
        "hint:",
        "- event: a",
        "\n- ",
    ),
    *(
        "שלום",
        "e\u0301",
        "\u0301",
        "🏯",
        "\xa0",
        "\u200f",
        "\u3000",
        "大政奉還",
        "\ufffd",
        "\U0010ffff",
        LONG,
    ),
)
PIECES = st.lists(
    st.one_of(st.sampled_from(TRAPS), st.text(max_size=6), st.sampled_from(["Berlin", " ", "a", "b c"])),
    min_size=1,
    max_size=8,
)
TEXT = PIECES.map("".join).map(readable).filter(bool)
BRACELESS = TEXT.map(lambda text: text.replace("{", "(").replace("}", ")"))
TEXTS = st.lists(TEXT, max_size=4).map(tuple)
MAYBE = st.just("") | TEXT
DATES = (
    "1962-10-22",
    "0476",
    "-0043",
    "44 BC",
    "c. 1450",
    "1914-1918",
    "16–28 October 1962",
    "1450~",
    "spring 1789",
)
WORDS = (
    "quote",
    "treaty",
    "no",
    "0476",
    "facts",
    "date",
    "who",
    "e.g. this",
    "lieu d'origine",
    "日付",
    "null",
    "a",
)
IDS = st.text("abcXYZ0189-_.éß日", min_size=1, max_size=8)


@st.composite
def own_kinds(draw: st.DrawFn) -> dict[str, Kind]:
    """Kinds as a deck may declare them."""
    return {name: draw(own_kind(name)) for name in draw(st.sets(st.sampled_from(WORDS[:10]), max_size=2))}


@st.composite
def own_kind(draw: st.DrawFn, name: str) -> Kind:
    words = draw(st.sets(st.sampled_from((*WORDS, "event", "effect", "facts of it")), max_size=4)) - {name}
    forms = {
        word: draw(st.sampled_from((Form.TEXT, Form.TEXTS, Form.DATE))) for word in (name, *sorted(words))
    }
    names = draw(
        st.sets(st.sampled_from(("when", "0476", "-", "a.b", "no", "日付", "null")), min_size=1, max_size=3)
    )
    cards = tuple(draw(own_card(card, forms)) for card in sorted(names))
    needed = {each for card in cards if card.default for each in placeholders(card.ask + card.answer)}
    fields = tuple(Field(word, form, required=word == name or word in needed) for word, form in forms.items())
    return Kind(name, draw(st.just(OWN) | TEXT), fields, cards, (name,))


@st.composite
def own_card(draw: st.DrawFn, name: str, forms: dict[str, Form]) -> CardForm:
    field = st.sampled_from(sorted(forms)).map(lambda word: f"{{{word}}}")
    template = st.builds("{}{}{}".format, st.just("") | BRACELESS, field, st.just("") | BRACELESS)
    answer = draw(field | template).strip()
    alone = next((form for word, form in forms.items() if answer == f"{{{word}}}"), Form.TEXT)
    usual = {Form.DATE: Judge.DATE, Form.TEXTS: Judge.LIST}.get(alone, Judge.SELF)
    judge = draw(st.sampled_from((usual, Judge.SELF, Judge.TEXT, Judge.DATE)))
    ask = draw(BRACELESS | template).strip()
    return CardForm(name, draw(MAYBE), ask, answer, judge, default=draw(st.booleans()))


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    """Decks that a file can say: with every key, and texts of all kinds."""
    kinds = draw(own_kinds())
    names = draw(st.sets(TEXT.map(lambda text: text.replace(",", ";")).filter("<<".__ne__), max_size=3))
    sources = {
        name: Source(name, draw(TEXT), draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(MAYBE))
        for name in sorted(names)
    }
    count = draw(st.integers(1, 4))
    ids = draw(st.lists(IDS, max_size=count, unique=True))
    declared = {**BUILT_IN, **kinds}
    facts = [draw(facts_of(declared, sorted(sources), ids, number)) for number in range(count)]
    return Deck(
        draw(IDS),
        " ".join(draw(TEXT).split()),
        tuple(facts),
        kinds,
        sources,
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        draw(TEXTS),
    )


@st.composite
def facts_of(
    draw: st.DrawFn, kinds: dict[str, Kind], sources: Sequence[str], ids: Sequence[str], number: int
) -> Fact:
    kind = kinds[draw(st.sampled_from(sorted(kinds)))]
    fields = {
        field.name: draw(values_of(field, ids))
        for field in draw(st.permutations(kind.fields))
        if field.required or draw(st.booleans())
    }
    cards = st.lists(st.sampled_from([card.name for card in kind.cards]), unique=True).map(tuple)
    ask, own = draw(st.tuples(cards, st.just("")) | st.tuples(st.just(()), TEXT.map("{}?".format)))
    cited = st.lists(TEXT.filter(lambda text: _is_citation(text, sources)), max_size=2)
    names = st.lists(st.sampled_from(sources), max_size=2) if sources else st.just([])
    return Fact(
        kind.name,
        fields,
        id=ids[number] if number < len(ids) else None,
        hints=draw(TEXTS),
        accept=draw(TEXTS),
        sources=(*draw(names), *draw(cited)),
        note=draw(MAYBE),
        tags=draw(TEXTS),
        ask=ask,
        question=own,
        unit=draw(MAYBE),
        image=draw(st.sampled_from(("", "a.png", "pictures/a b: #1.jpg", "- é.png", "[x].gif", "~"))),
        calendar=draw(st.sampled_from(("", "julian", "gregorian"))),
    )


def values_of(field: Field, ids: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    if field.form is Form.DATE:
        return st.sampled_from(DATES).map(lambda date: (date,))
    if field.form is Form.CLOZE:
        return st.builds("{}{{{}}}{}".format, st.just("") | BRACELESS, HIDDEN, st.just("") | BRACELESS).map(
            lambda text: (text.strip(),)
        )
    if field.form is Form.TEXT:
        return TEXT.map(lambda text: (text,))
    words = TEXT.filter(lambda text: not looks_like_id(text))
    entries = words if field.form is Form.TEXTS or not ids else words | st.sampled_from(ids)
    return st.lists(entries, min_size=field.least, max_size=4, unique_by=normalised).map(tuple)


HIDDEN = BRACELESS.filter(lambda text: bool(slug(text.partition("|")[0])) and text.count("|") < 2)


def _is_citation(text: str, sources: Sequence[str]) -> bool:
    name = text.partition(",")[0].strip()
    return name in sources or not (looks_like_short_name(name) or looks_like_name_and_place(text))


# What the reader may say of a deck that is not the writer's doing.
CONTENT = {"same-fact", "unused-source", "repeated-item", "link-to-itself", "empty-card"}


def content_only(reading: Reading) -> bool:
    return all(problem.severity == "warning" and problem.code in CONTENT for problem in reading.problems)


@settings(max_examples=150, deadline=None)
@given(decks(), st.lists(st.text(max_size=20), max_size=2))
def test_every_deck_is_read_back(deck: Deck, heading: list[str]) -> None:
    text = deck_text(deck, heading=heading)
    reading = read_deck(text)

    assert content_only(reading), reading.problems
    assert reading.deck is not None
    assert bare(reading.deck) == deck
    assert deck_text(reading.deck, heading=heading) == text
    assert text.endswith("\n")
    assert not set("\t\r\u2028\u2029") & set(text)
    assert all(unsafe_character(letter) is None for letter in text)


ANYTHING = st.lists(
    st.sampled_from((*TRAPS, "\r", "\r\n", "\x1b[2J", "\x00", "\ud800", "\u202e", "\ufeff", "\x85", "\x0c"))
    | st.text(st.characters(exclude_categories=()), max_size=6),
    max_size=8,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(ANYTHING, ANYTHING, st.lists(ANYTHING, max_size=4))
def test_of_any_text_what_a_deck_can_hold_is_read_back(text: str, note: str, hints: list[str]) -> None:
    deck = deck_of(question(f"x{text}", f"{text}x", note=note, hints=tuple(hints)))

    again = read_back(deck)

    assert again.facts[0].text("q") == readable(f"x{text}")
    assert again.facts[0].text("a") == readable(f"{text}x")
    assert again.facts[0].note == readable(note)
    assert again.facts[0].hints == tuple(filter(None, map(readable, hints)))
    assert deck_text(again) == deck_text(deck)


@settings(max_examples=60, deadline=None)
@given(decks())
def test_other_readers_of_yaml_see_the_same(deck: Deck) -> None:
    text = deck_text(deck)
    written = yaml.load(text, yaml.BaseLoader)

    assert written == yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    assert written["id"] == deck.id
    assert " ".join(written["deck"].split()) == deck.title
    assert [next(iter(fact)) for fact in written["facts"]] == [fact.kind for fact in deck.facts]


def test_every_letter_there_is_may_begin_end_and_part_a_text() -> None:
    letters = [chr(number) for number in range(sys.maxunicode + 1)]
    groups = ["".join(letters[start : start + 997]) for start in range(0, len(letters), 997)]
    deck = deck_of(*(question(f"x{group}x{group[::-1]}") for group in groups))

    again = read_back(deck)

    assert [fact.text("q") for fact in again.facts] == [
        readable(f"x{group}x{group[::-1]}") for group in groups
    ]
