"""Plain notes as a deck: what is surely a fact is one, the rest is kept, and no word is lost."""

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.facts import Fact
from fasti.core.text import unsafe_character
from fasti.decks.notes.draft import Draft, drafted
from fasti.decks.notes.read import Heading, Kept, Taken, read_notes
from fasti.decks.read import read_deck

if TYPE_CHECKING:
    from collections.abc import Iterable


def fields(fact: Fact) -> dict[str, str]:
    """A fact's kind and fields, lists joined; without its unit."""
    texts = {name: "; ".join(values) for name, values in fact.fields.items()}
    more = {"hint": "; ".join(fact.hints), "source": "; ".join(fact.sources), "note": fact.note}
    return {"kind": fact.kind, **texts, **{name: text for name, text in more.items() if text}}


def taken(text: str) -> list[dict[str, str]]:
    return [fields(piece.fact) for piece in read_notes(text).pieces if isinstance(piece, Taken)]


def kept(text: str) -> list[str]:
    return [" ".join(piece.raw) for piece in read_notes(text).pieces if isinstance(piece, Kept)]


def draft(text: str) -> Draft:
    return drafted(read_notes(text), "T", "notes.txt")


EVENTS = [
    ("1962-10-22 Kennedy announces the quarantine", "1962-10-22", "Kennedy announces the quarantine"),
    ("1914-1918 The First World War", "1914-1918", "The First World War"),
    ("- 22 October 1962: Kennedy speaks", "22 October 1962", "Kennedy speaks"),
    ("* October 22, 1962 – Kennedy speaks", "October 22, 1962", "Kennedy speaks"),
    ("• c. 1450\tGutenberg prints", "c. 1450", "Gutenberg prints"),
    ("44 BC: Caesar is murdered", "44 BC", "Caesar is murdered"),
    ("15 March 44 BC Caesar is murdered", "15 March 44 BC", "Caesar is murdered"),
    ("1) 1066 | Battle of Hastings", "1066", "Battle of Hastings"),
    ("1. September 1939: Germany invades Poland", "1. September 1939", "Germany invades Poland"),
    ("1066 Battle of Hastings", "1066", "Battle of Hastings"),
    ("476 - Rome falls", "476", "Rome falls"),
    ("1962 - 13 days in October", "1962", "13 days in October"),
    ("16–28 October 1962: the crisis", "16–28 October 1962", "the crisis"),
    ("**1945**: Germany surrenders.", "1945", "Germany surrenders"),
    ("In 1492 Columbus crosses the ocean", "1492", "Columbus crosses the ocean"),
    ("The Berlin Wall fell in 1989.", "1989", "The Berlin Wall fell"),
    ("The Berlin Wall falls, 9 November 1989", "9 November 1989", "The Berlin Wall falls"),
    ("Battle of Hastings, 1066", "1066", "Battle of Hastings"),
    ("Battle of Hastings: 14 October 1066", "14 October 1066", "Battle of Hastings"),
    ("Battle of Hastings 1066", "1066", "Battle of Hastings"),
    ("First World War 1914-1918", "1914-1918", "First World War"),
    ("First World War (1914-1918)", "1914-1918", "First World War"),
    ("Battle of Hastings (1066)", "1066", "Battle of Hastings"),
    ("| 753 BC | Rome is founded |", "753 BC", "Rome is founded"),
    ("- [x] 146 BC Carthage destroyed", "146 BC", "Carthage destroyed"),
    ("1793–94: The Terror", "1793 to 1794", "The Terror"),
    ("14th of July 1789: the Bastille is stormed", "14th of July 1789", "the Bastille is stormed"),
]


@pytest.mark.parametrize(("line", "date", "event"), EVENTS, ids=[line for line, _, _ in EVENTS])
def test_a_line_with_a_date_is_an_event(line: str, date: str, event: str) -> None:
    assert taken(line) == [{"kind": "event", "event": event, "date": date}]


OTHERS = [
    (
        "12 March 1947: Truman speaks. He asks for money.",
        {"kind": "event", "event": "Truman speaks", "date": "12 March 1947", "what": "He asks for money."},
    ),
    (
        "Soviet Union (1922-1991): communist state in Eurasia",
        {"kind": "event", "event": "Soviet Union", "date": "1922-1991", "what": "communist state in Eurasia"},
    ),
    (
        "John McCone (1902-1991): Director of Central Intelligence",
        {
            "kind": "person",
            "person": "John McCone",
            "lived": "1902-1991",
            "who": "Director of Central Intelligence",
        },
    ),
    (
        "- Elizabeth I (r. 1558-1603): Queen of England",
        {"kind": "person", "person": "Elizabeth I", "who": "Queen of England (r. 1558-1603)"},
    ),
    (
        "Aristotle (384-322 BC), Greek philosopher",
        {"kind": "person", "person": "Aristotle", "lived": "384-322 BC", "who": "Greek philosopher"},
    ),
    (
        "George Kennan: American diplomat",
        {"kind": "person", "person": "George Kennan", "who": "American diplomat"},
    ),
    (
        "quarantine: a naval blockade",
        {"kind": "term", "term": "quarantine", "means": "a naval blockade"},
    ),
    (
        "Truman Doctrine: US policy of helping free peoples",
        {"kind": "term", "term": "Truman Doctrine", "means": "US policy of helping free peoples"},
    ),
    ("détente\teasing of tension", {"kind": "term", "term": "détente", "means": "easing of tension"}),
    ("détente – easing of tension", {"kind": "term", "term": "détente", "means": "easing of tension"}),
    ("glasnost = openness", {"kind": "term", "term": "glasnost", "means": "openness"}),
    ("Q: Why?\nA: Because.", {"kind": "q", "q": "Why?", "a": "Because."}),
    ("Q1. Why?\n\nAnswer: Because\nof that.", {"kind": "q", "q": "Why?", "a": "Because\nof that."}),
    (
        "Louis XVI (1754-93): King of France, executed 21 January 1793",
        {
            "kind": "person",
            "person": "Louis XVI",
            "lived": "1754 to 1793",
            "who": "King of France, executed 21 January 1793",
        },
    ),
    ("- *consul* — a chief magistrate", {"kind": "term", "term": "consul", "means": "a chief magistrate"}),
    ("Wann endete der Krieg? 8. Mai 1945", {"kind": "q", "q": "Wann endete der Krieg?", "a": "8. Mai 1945"}),
    ("Q: Why? A: Because.", {"kind": "q", "q": "Why?", "a": "Because."}),
    (
        "Who wrote the Long Telegram? George Kennan",
        {"kind": "q", "q": "Who wrote the Long Telegram?", "a": "George Kennan"},
    ),
    (
        "Bay of Pigs -> Castro turns east",
        {"kind": "cause", "cause": "Bay of Pigs", "effect": "Castro turns east"},
    ),
    ("a → b", {"kind": "cause", "cause": "a", "effect": "b"}),
    (
        "Causes of the war: militarism, alliances and nationalism",
        {"kind": "effect", "effect": "The war", "causes": "Militarism; Alliances; Nationalism"},
    ),
    (
        "Causes of the war:\n- militarism\n- alliances",
        {"kind": "effect", "effect": "The war", "causes": "militarism; alliances"},
    ),
    (
        "The {Truman Doctrine} came in {1947|year}.",
        {"kind": "cloze", "cloze": "The {Truman Doctrine} came in {1947|year}."},
    ),
]


@pytest.mark.parametrize(("text", "fact"), OTHERS, ids=[text for text, _ in OTHERS])
def test_other_lines_that_are_surely_facts(text: str, fact: dict[str, str]) -> None:
    assert taken(text) == [fact]


NO_FACTS = [
    ("28/10/1962 Khrushchev gives way", "different countries"),
    ("1900s: growth", "a decade or a century"),
    ("300 Spartans", "where the date ends"),
    ("1962 October crisis", "where the date ends"),
    ("Pax Britannica (1815-1914): calm between great powers", "a person or an event"),
    ("Penguin, 2005", "a book or an event"),
    ("John Kennedy: 1917-1963", "say who"),
    ("Homework: chapter 3", "a remark to yourself"),
    ('Kennedy: "a strict quarantine"', "someone said"),
    ("a -> b -> c", "a chain"),
    ("44 BC (15 March): Caesar is murdered", "in brackets behind the date"),
    ("8. Mai 1945: Kapitulation", "is not a date fasti can read"),
    ('> "Alea iacta est" - Caesar', "someone said"),
    ("1911-12: a strike", "two readings"),
    ("How far was the crisis to blame for the revolution in 1789?", "without an answer"),
    ("By 1950 the Soviet Union had the bomb", "where the date ends"),
    ("one\ttwo\tthree", "more than two columns"),
    ("{", "a brace has no partner"),
    ("Why did it end?", "without an answer"),
    ("Q: Why did it end?", "without an answer"),
    ("https://example.org/a", "an address"),
    ("Remember the essay on Friday, please.", "a sentence"),
    ("militarism", "no date, meaning or answer"),
]


@pytest.mark.parametrize(("line", "why"), NO_FACTS, ids=[line for line, _ in NO_FACTS])
def test_what_is_not_sure_is_kept_with_the_reason(line: str, why: str) -> None:
    (piece,) = read_notes(line).pieces

    assert isinstance(piece, Kept)
    assert piece.raw == (line,)
    assert why in piece.why


def test_headings_are_units_and_say_what_stands_below_them() -> None:
    text = "# Notes\n\n## Origins\n1947: Truman speaks\n\nKey people:\nStalin: from Georgia\n\nSources\n-------\nGaddis: a book\n"
    notes = read_notes(text)

    assert notes.title == "Notes"
    assert [piece.text for piece in notes.pieces if isinstance(piece, Heading)] == [
        "Origins",
        "Key people",
        "Sources",
    ]
    facts = [piece.fact for piece in notes.pieces if isinstance(piece, Taken)]
    assert [(fact.kind, fact.unit) for fact in facts] == [("event", "Origins"), ("person", "Key people")]
    assert kept(text) == ["Gaddis: a book"]


def test_a_few_words_above_a_list_are_its_heading() -> None:
    text = "1. Timeline\n5 May 1789: Estates-General\n\nPeople\nMarat: a journalist\nDanton\n\nAlone\n"
    pieces = read_notes(text).pieces

    assert [piece.text for piece in pieces if isinstance(piece, Heading)] == ["Timeline", "People"]
    assert kept(text) == ["Danton", "Alone"]


def test_the_heads_of_a_table_are_no_fact() -> None:
    text = "| Date | Event |\n|------|:-----:|\n| 1949 | NATO |\n"

    assert [fact["kind"] for fact in taken(text)] == ["event"]
    assert kept(text) == ["| Date | Event |"]


def test_what_is_indented_below_a_fact_belongs_to_it() -> None:
    text = "- 1949: NATO\n    Hint: in April\n    twelve members\n    - 4 April 1949: the treaty is signed\n"

    assert taken(text) == [
        {"kind": "event", "event": "NATO", "date": "1949", "hint": "in April", "note": "twelve members"},
        {"kind": "event", "event": "the treaty is signed", "date": "4 April 1949"},
    ]


def test_a_line_that_a_narrow_page_broke_is_one() -> None:
    text = "1947-03-12: Truman asks Congress for four hundred million dollars\nfor Greece and Turkey\n"

    assert [fact["event"] for fact in taken(text)] == [
        "Truman asks Congress for four hundred million dollars for Greece and Turkey"
    ]


def test_a_list_of_words_in_small_letters_is_not_one_line() -> None:
    text = "containment: keeping Soviet power within its own bounds\niron curtain - the border in Europe\n"

    assert [fact["term"] for fact in taken(text)] == ["containment", "iron curtain"]


def test_what_stands_twice_is_taken_once() -> None:
    text = "1949: NATO\nnato\ta pact\n1949: NATO\n"

    assert [fact["kind"] for fact in taken(text)] == ["event", "term"]
    assert kept(text) == ["1949: NATO"]


def test_a_fact_that_the_reader_refuses_is_kept_with_its_sentence() -> None:
    made = draft(f"1949: NATO\nlong: {'x' * 10_001}\n")

    assert made.facts == 1
    assert "10,000" in made.kept[0].why or "characters" in made.kept[0].why


def test_notes_cannot_speak_to_an_editor_or_to_the_checks() -> None:
    text = draft("1949: NATO\nyaml-language-server: $schema=x {\nfasti: ignore[all] {\n").text

    assert [
        line for line in text.splitlines() if re.match(r"\s*#\s*(yaml-language-server|fasti:)", line)
    ] == ["# yaml-language-server: $schema=deck.schema.json"]


HOSTILE = st.lists(
    st.one_of(
        st.sampled_from([line for line, *_ in (*EVENTS, *OTHERS, *NO_FACTS)]),
        st.text(st.sampled_from("ab1 9-:#{}[]|>\"'%@&*!?,\t=→.()\\~`\u2028é\x07")),
        st.builds("{}: {}".format, st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=20)),
        st.builds("1962: {}".format, st.text(min_size=1, max_size=30)),
    ),
    max_size=12,
).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_whatever_the_notes_hold_the_deck_has_no_problems(text: str) -> None:
    made = draft(text)
    reading = read_deck(made.text)

    if made.facts:
        assert reading.problems == ()
        assert reading.deck
        assert len(reading.deck.facts) == made.facts


# What a key of the fact says instead.
_LABELS = {"answer", "hint", "note", "source", "causes", "question"}


def words(text: str) -> set[str]:
    """The longer words of a text; what no deck may hold parts no words."""
    cleaned = "".join(letter for letter in text if unsafe_character(letter) is None or letter in "\r\n")
    return {word for word in re.findall(r"[^\W\d_]{4,}", cleaned.casefold()) if word not in _LABELS}


def said(made: Draft) -> set[str]:
    reading = read_deck(made.text)
    texts: Iterable[str] = (
        text
        for fact in (reading.deck.facts if reading.deck else ())
        for text in (
            *(each for values in fact.fields.values() for each in values),
            *fields(fact).values(),
            fact.unit,
        )
    )
    comments = (line for line in made.text.splitlines() if line.lstrip().startswith("#"))
    return words(" ".join([*texts, *comments]))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([line for line, *_ in (*EVENTS, *OTHERS, *NO_FACTS)]),
            st.text(st.sampled_from("abcdefgh 19-:#{}|.()?\t"), max_size=40),
        ),
        max_size=8,
    ).map("\n".join)
)
def test_no_word_of_the_notes_is_lost(text: str) -> None:
    assert words(text) <= said(draft(text))


def test_a_long_text_takes_a_moment_and_no_longer() -> None:
    """Each line is looked at a bounded number of times, however many of them could be dates."""
    made = draft(
        "\n".join(f"{1000 + n} Something number {n} happens, and more of it - and more" for n in range(900))
    )

    assert made.facts == 900
