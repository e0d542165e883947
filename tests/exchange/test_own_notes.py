"""Facts as notes for Anki."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from fasti.core.card import Judge
from fasti.core.cards import cards_of
from fasti.core.facts import Deck, Fact, Source
from fasti.core.kinds import BUILT_IN, CardForm, Field, Form, Kind
from fasti.core.links import Links
from fasti.exchange.collection import Calendar, Collection, Contents
from fasti.exchange.own.note_types import NOTE_TYPES
from fasti.exchange.own.notes import FactNote, deck_description, deck_name, guid_of, notes_of, tags_of
from fasti.exchange.packages.write import write_package
from tests.exchange.anki_oracle import empty_collection, import_package
from tests.exchange.own_collections import BUNDLED, bundled, collection_of, made, values

SPEECH = Fact(
    "event",
    {
        "event": ("Kennedy announces the quarantine",),
        "date": ("1962-10-22",),
        "what": ("He spoke for seventeen minutes.",),
        "caused by": ("U-2 photographs", "Missiles in Cuba"),
    },
    id="speech",
)
QUOTE = Kind(
    "quote",
    "who said it",
    (Field("quote", required=True), Field("speaker", required=True), Field("said", Form.DATE)),
    (
        CardForm("speaker", "Who said it?", "{quote}", "{speaker}", Judge.TEXT),
        CardForm("said", "", "When did {speaker} say it?", "{said}", Judge.DATE),
        *(CardForm(f"more{number}", "", f"{number}. {{quote}}", "{speaker}") for number in range(1, 5)),
    ),
    ("quote",),
)
IRON = Fact(
    "quote",
    {"quote": ("An iron curtain has descended",), "speaker": ("Churchill",), "said": ("1946-03-05",)},
    id="iron",
)


def asked(fact: Fact, *names: str, question: str = "") -> Fact:
    return Fact(fact.kind, fact.fields, id=fact.id, ask=names, question=question)


def cloze(text: str) -> Fact:
    return Fact("cloze", {"cloze": (text,)}, id="cloze")


def record(note: FactNote) -> dict[str, object]:
    found: dict[str, object] = json.loads(note.fields[-1])
    return found


def test_an_event_has_its_own_words_its_date_in_words_and_the_switch_of_the_card_it_asks() -> None:
    (note,) = made(SPEECH)

    assert note.part == ""
    assert note.note_type is NOTE_TYPES["event"]
    assert note.cards == ((0, "when"),)
    assert values(note) == {
        "Event": "Kennedy announces the quarantine",
        "Date": "22 October 1962",
        "What": "He spoke for seventeen minutes.",
        "Weekday": "Monday",
        "Ask when": "When?",
    }


def test_every_card_that_is_asked_has_its_switch_and_no_other() -> None:
    (note,) = made(asked(SPEECH, "what", "causes"))

    assert note.cards == ((1, "what"), (2, "causes"))
    assert values(note)["Ask what"] == "What happened?"
    assert values(note)["Ask causes"] == 'What caused it? <span class="count">2 causes</span>'
    assert values(note)["Caused by"] == "<ul><li>U-2 photographs</li><li>Missiles in Cuba</li></ul>"
    assert values(note)["Date"] == "22 October 1962"
    assert "Ask when" not in values(note)


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        (
            Fact("person", {"person": ("John McCone",), "who": ("Head of the CIA",), "lived": ("1902~",)}),
            {"Person": "John McCone", "Who": "Head of the CIA", "Lived": "c. 1902", "Ask who": "Who?"},
        ),
        (
            Fact("effect", {"effect": ("Missiles go",), "causes": ("Defence",), "why": ("Both.",)}),
            {
                "Effect": "Missiles go",
                "Causes": "Defence",
                "Why": "Both.",
                "Ask causes": 'What caused it? <span class="count">1 cause</span>',
            },
        ),
        (
            Fact("cause", {"cause": ("Invasion",), "effect": ("Moscow",)}, ask=("effect", "cause")),
            {
                "Cause": "Invasion",
                "Effect": "Moscow",
                "Ask effect": "What did it lead to?",
                "Ask cause": "What caused it?",
            },
        ),
        (
            Fact("term", {"term": ("quarantine",), "means": ("a blockade",)}, ask=("term",)),
            {"Term": "quarantine", "Means": "a blockade", "Ask term": "What is the word?"},
        ),
        (Fact("q", {"q": ("Why?",), "a": ("Because.",)}), {"Question": "Why?", "Answer": "Because."}),
        (
            Fact("order", {"order": ("The end",), "items": ("c", "B", "a")}),
            {
                "Order": "The end",
                "Items": "<ol><li>c</li><li>B</li><li>a</li></ol>",
                "Shuffled": "<ul><li>a</li><li>B</li><li>c</li></ul>",
                "Ask order": "In what order?",
            },
        ),
        (
            Fact("cloze", {"cloze": ("The {Truman Doctrine|policy} of {1947}",)}),
            {"Text": "The {{c1::Truman Doctrine::policy}} of {{c2::1947}}"},
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Fact) else "",
)
def test_each_kind_has_its_fields(fact: Fact, shown: dict[str, str]) -> None:
    (note,) = made(fact)

    assert values(note) == shown


def test_things_in_their_right_order_by_chance_are_not_shown_in_it() -> None:
    (note,) = made(Fact("order", {"order": ("Letters",), "items": ("a", "b", "c")}))

    assert values(note)["Shuffled"] == "<ul><li>b</li><li>c</li><li>a</li></ul>"


def test_what_every_fact_may_have_stands_in_the_fields_that_every_note_has() -> None:
    works = {"frus11": Source("frus11", "FRUS XI", author="Keefer")}
    fact = Fact(
        "q",
        {"q": ("Why?",), "a": ("Because.",)},
        id="why",
        hints=("One", "Two"),
        accept=("Since", "For"),
        sources=("frus11, doc. 44", "Gaddis (2005)"),
        note="More.",
    )
    cards = cards_of(fact, BUILT_IN["q"], Links([], {}), works)

    (note,) = notes_of("deck", "Deck", "why", fact, BUILT_IN["q"], cards, works, "a&b.png", {})

    assert values(note) == {
        "Question": "Why?",
        "Answer": "Because.",
        "Accept": "Since; For",
        "Hint": "<ol><li>One</li><li>Two</li></ol>",
        "Note": "More.",
        "Source": "Keefer, FRUS XI, doc. 44<br>Gaddis (2005)",
        "Image": '<img src="a&amp;b.png">',
    }


def test_an_authors_own_question_takes_the_place_of_word_and_prompt() -> None:
    (note,) = made(asked(SPEECH, "when", "what", question="On which day did Kennedy speak?"))

    assert values(note)["Own question"] == "On which day did Kennedy speak?"
    assert values(note)["Ask when"] == "On which day did Kennedy speak?"
    assert values(note)["Ask what"] == "What happened? 22 October 1962"
    assert values(note)["Event"] == "Kennedy announces the quarantine"


def test_each_of_several_causes_is_a_note_of_its_own() -> None:
    fact = Fact(
        "effect",
        {"effect": ("Missiles go",), "causes": ("To defend Cuba", "The balance"), "why": ("Both.",)},
        ask=("causes", "each"),
    )

    main, first, second = made(fact)

    assert (main.part, main.cards) == ("", ((0, "causes"),))
    assert (first.part, first.cards) == ("each:to-defend-cuba", ((0, "each:to-defend-cuba"),))
    assert second.part == "each:the-balance"
    assert first.note_type is NOTE_TYPES["cause"]
    assert values(first) == {
        "Cause": "To defend Cuba",
        "Effect": "Missiles go",
        "Why": "Both.",
        "Ask effect": "What did it lead to?",
    }


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("{A} and {B} and {a}", "{{c1::A}} and {{c2::B}} and {{c1::a}}"),
        ("{1::2} to {3|::}", "{{c1::1&#58;&#58;2}} to {{c2::3::&#58;&#58;}}"),
        ("{:a|b:}", "{{c1::&#58;a::b&#58;}}"),
        ("<b>{x < y}</b>", "&lt;b&gt;{{c1::x &lt; y}}&lt;/b&gt;"),
        ("[{sound}:x.mp3] {y}", "[{{c1::sound}}:x.mp3] {{c2::y}}"),
        ("one\ntwo {\nthree}", "one<br>two {{c1::three}}"),
    ],
)
def test_clozes_are_numbered_in_their_order_and_nothing_in_them_ends_them(text: str, html: str) -> None:
    (note,) = made(cloze(text))

    assert note.fields[0] == html


def test_a_cloze_keeps_its_number_and_a_new_one_gets_none_that_was_used() -> None:
    known = {"cloze:b": ("", 1), "cloze:gone": ("", 4)}

    (note,) = made(cloze("{a} {b} {c}"), known=known)

    assert note.fields[0] == "{{c6::a}} {{c2::b}} {{c7::c}}"
    assert dict(note.cards) == {5: "cloze:a", 1: "cloze:b", 6: "cloze:c"}


def test_a_cloze_whose_words_changed_keeps_its_number_by_the_name_it_is_stored_under() -> None:
    known = {"cloze:harry-truman": ("", 2)}

    (note,) = made(
        cloze("{President Truman} spoke"), known=known, asks={"cloze:president-truman": "cloze:harry-truman"}
    )

    assert note.fields[0] == "{{c3::President Truman}} spoke"
    assert note.cards == ((2, "cloze:harry-truman"),)


def test_a_stretch_that_no_card_asks_for_is_shown() -> None:
    fact = cloze("[{sound}:x.mp3] {a}")
    cards = [card for card in cards_of(fact, BUILT_IN["cloze"], Links([], {}), {}) if card.asks == "cloze:a"]

    (note,) = notes_of("deck", "Deck", "x", fact, BUILT_IN["cloze"], cards, {}, "", {})

    assert note.fields[0] == "&#91;sound:x.mp3] {{c1::a}}"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("one\ntwo", "one<br>two"),
        ("{{c1::x}}", "&#123;{c1::x}}"),
        ("[sound:a.mp3] [Sic]", "&#91;sound:a.mp3] [Sic]"),
        (
            "[latex]x[/latex] [$]y[/$] [$$]z[/$$]",
            "&#91;latex]x&#91;/latex] &#91;$]y&#91;/$] &#91;$$]z&#91;/$$]",
        ),
        ("[[type:Answer]] [anki:play:q:0]", "&#91;[type:Answer]] &#91;anki:play:q:0]"),
        (r"\(x\) \[y\]", "&#92;(x&#92;) &#92;[y&#92;]"),
        ("Fe\u0301lix", "F\u00e9lix"),
        ("a\x07b\x1fc\u202ed", "a\ufffdb\ufffdc\ufffdd"),
        ("one\n\u0338two", "one<br>&#824;two"),
        ("“quoted” & 'so' \"too\"", "“quoted” &amp; 'so' \"too\""),
    ],
)
def test_nothing_in_a_text_acts_in_anki(text: str, html: str) -> None:
    (note,) = made(Fact("q", {"q": ("Why?",), "a": (text,)}))

    assert values(note)["Answer"] == html


def test_the_record_is_ascii_in_which_nothing_acts_and_from_which_the_fact_is_read() -> None:
    odd = "é <b>&amp; {{c1::x}} [sound:a.mp3] [latex] [$] \\(x\\) --> \\\\{{{{ \" ' ---"
    fact = Fact("q", {"q": (odd,), "a": ("a",)}, id="odd", note=odd, tags=(odd,))

    (note,) = made(fact)
    text = note.fields[-1]

    assert text.isascii()
    assert not re.search(r"[<>&]|\{\{|--|\\\\|\[[a-zA-Z$/]", text)
    assert record(note)["fact"] == {
        "kind": "q",
        "id": "odd",
        "fields": {"q": [odd], "a": ["a"]},
        "note": odd,
        "tags": [odd],
    }


def test_a_kind_of_a_decks_own_fills_slots_and_then_another_note() -> None:
    first, second = made(asked(IRON, *(card.name for card in QUOTE.cards)), kinds={"quote": QUOTE})

    assert (first.part, second.part) == ("", "2")
    assert [ord for ord, _ in first.cards] == [0, 1, 2, 3, 4]
    assert second.cards == ((0, "more4"),)
    assert values(second) == {
        "Fact": "An iron curtain has descended",
        "Kind": "quote",
        "Question 1": "4. An iron curtain has descended",
        "Answer 1": "Churchill",
        "Extra 1": "said 5 March 1946",
    }
    shown = values(first)
    assert shown["Question 1"] == '<div class="word">Who said it?</div>An iron curtain has descended'
    assert (shown["Answer 1"], shown["Typed 1"]) == ("Churchill", "Churchill")
    assert shown["Answer 2"] == '5 March 1946<span class="weekday">, a Tuesday</span>'
    assert (shown["Typed 2"], "Typed 3" in shown) == ("5 March 1946", False)


def test_a_card_keeps_its_slot_and_a_new_one_gets_none_that_was_used() -> None:
    known = {"said": ("", 3), "gone": ("", 0)}

    (note,) = made(asked(IRON, "speaker", "said"), kinds={"quote": QUOTE}, known=known)

    assert dict(note.cards) == {1: "speaker", 3: "said"}


@pytest.mark.parametrize(
    ("fact", "known", "part"),
    [
        (SPEECH, {"when": ("", 0), "causes": ("", 2)}, ""),
        (SPEECH, {"answer": ("", 0)}, "event"),
        (SPEECH, {"answer": ("", 0), "when": ("event", 0)}, "event"),
        (cloze("{a}"), {"cloze:b": ("", 3)}, ""),
        (cloze("{a}"), {"when": ("", 0)}, "cloze"),
        (asked(IRON, "speaker"), {"answer": ("", 0)}, "quote"),
        (asked(IRON, "speaker"), {"renamed": ("", 0)}, ""),
    ],
)
def test_a_fact_that_became_another_kind_becomes_a_new_note(
    fact: Fact, known: dict[str, tuple[str, int]], part: str
) -> None:
    (note,) = made(fact, kinds={"quote": QUOTE}, known=known)

    assert note.part == part


def test_a_fact_of_which_no_card_is_live_has_no_note() -> None:
    assert notes_of("deck", "Deck", "x", SPEECH, BUILT_IN["event"], [], {}, "", {}) == []


def test_guids_are_letters_and_digits_that_tell_deck_fact_and_part_apart() -> None:
    names = [("d", "f", ""), ("d", "f", "2"), ("d", "f2", ""), ("df", "", ""), ("", "df", "")]
    guids = {guid_of(*name) for name in names}

    assert len(guids) == len(names)
    assert all(re.fullmatch(r"[0-9A-Za-z]{16}", guid) for guid in guids)
    assert guid_of("cuban-missile-crisis", "u2-photographs", "") == "Iz5CqURu8s7OzqsF"


@pytest.mark.parametrize(
    ("own", "of_deck", "retired", "tags"),
    [
        (("Punic Wars", "a\u00a0b"), (), False, ("Punic_Wars", "a_b")),
        (("cold-war",), ("Cold-War", "school"), False, ("cold-war", "school")),
        (("x",), (), True, ("x", "fasti::retired")),
        (('"quoted"', "a\x07b", " ", '"'), (), False, ("quoted", "ab")),
        (("wars::punic::", "a:::b", "::"), (), False, ("wars::punic", "a::b")),
    ],
)
def test_tags_have_no_space_and_stand_once(
    own: tuple[str, ...], of_deck: tuple[str, ...], retired: bool, tags: tuple[str, ...]
) -> None:
    assert tags_of(Fact("q", {}, tags=own), of_deck, retired=retired) == tags


@pytest.mark.parametrize(
    ("title", "unit", "name"),
    [
        ("Cuban Missile Crisis", "", "Cuban Missile Crisis"),
        ("Cuban Missile Crisis", "The quarantine", "Cuban Missile Crisis::The quarantine"),
        ("Rome", "Republic::Wars", "Rome::Republic::Wars"),
        ("Rome::Italy", "x", "Rome: Italy::x"),
        ("Rome:", ":x::::y:", "Rome::x::y"),
        (" a\x07\tb ", "\n", "a b"),
        ("::", "x", "fasti::x"),
    ],
)
def test_units_are_decks_within_the_deck(title: str, unit: str, name: str) -> None:
    assert deck_name(title, unit) == name


def test_a_description_is_read_by_people_and_its_comment_cannot_be_ended_early() -> None:
    header = json.dumps({"description": "a --> <b> -- b", "author": "A. B. --"})
    html = deck_description("A <B>", "One & two", "MIT", header)
    shown, comment = html.split("<!-- fasti ")

    assert (
        shown
        == '<p dir="auto">One &amp; two</p><p dir="auto">By A &lt;B&gt;</p><p dir="auto">Licence: MIT</p>'
    )
    assert comment.count("--") == 1
    assert json.loads(comment.removesuffix(" -->")) == json.loads(header)


ODD = Deck(
    "odd",
    "Odd: ones",
    (
        Fact(
            "q",
            {
                "q": ("Is {{this}} <b>bold</b> & [sound:x.mp3] [[type:Answer]] \\(x\\) [latex]x[/latex]?",),
                "a": ("No: {{c1::nothing}} [$]y[/$]\nsecond [anki:play:q:0]",),
            },
            id="acting",
        ),
        cloze("The ratio {1::2|a: b::c} & <i>{:colons:}</i>, {x|y} no"),
        asked(IRON, *(card.name for card in QUOTE.cards)),
        asked(SPEECH, "when", "what", "causes", question="On which day did Kennedy speak?"),
        Fact(
            "effect",
            {"effect": ("Missiles go",), "causes": ("To defend Cuba", "The balance"), "why": ("Both.",)},
            id="effect",
            ask=("causes", "each"),
            hints=("One", "Two"),
        ),
    ),
    kinds={"quote": QUOTE},
)


def contents(collection: Collection) -> Contents:
    return Contents(
        Calendar(1_790_000_000, 0),
        list(collection.note_types.values()),
        list(collection.decks.values()),
        collection.notes,
        collection.cards,
    )


@pytest.mark.parametrize("name", [*BUNDLED, "odd"])
def test_anki_shows_every_card_whole_and_finds_nothing_to_mend(name: str, tmp_path: Path) -> None:
    ours = collection_of(ODD if name == "odd" else bundled(name))
    write_package(tmp_path / "deck.apkg", contents(ours))

    with empty_collection(tmp_path) as anki:
        log = import_package(anki, tmp_path / "deck.apkg")
        assert len(log.new) == len(ours.notes)
        assert anki.card_count() == len(ours.cards)
        assert list(anki.get_empty_cards().notes) == []
        assert anki.fix_integrity() == ("Database rebuilt and optimized.", True)
        anki.update_notes([anki.get_note(id) for id in anki.find_notes("")])
        assert anki.card_count() == len(ours.cards)
        for id in anki.find_cards(""):
            card = anki.get_card(id)
            for html in (card.question(), card.answer()):
                text = re.sub(r"(?s)<style>.*?</style>", "", html)
                assert "{{" not in text or name == "odd"
                assert re.sub(r"<[^>]*>", "", text).strip()
                assert not re.search(
                    r"\[sound:|\[latex|\[\$|\\\(|\[\[(?!type:(?:cloze:)?[A-Z][a-z0-9 ]+\]\])", text
                )
            assert card.question_av_tags() == card.answer_av_tags() == []


def test_what_a_card_asks_and_answers_is_on_it_in_anki(tmp_path: Path) -> None:
    deck = bundled("cuban-missile-crisis")
    ours = collection_of(deck)
    write_package(tmp_path / "deck.apkg", contents(ours))
    kinds = {**BUILT_IN, **deck.kinds}
    links = Links(deck.facts, kinds)
    cards = [card for fact in deck.facts for card in cards_of(fact, kinds[fact.kind], links, deck.sources)]

    with empty_collection(tmp_path) as anki:
        import_package(anki, tmp_path / "deck.apkg")
        rows = [anki.get_card(id) for id in anki.find_cards("", order="c.due asc")]
        assert len(rows) == len(cards)
        for row, card in zip(sorted(rows, key=lambda row: row.due), cards, strict=True):
            question, answer = (shown_text(html) for html in (row.question(), row.answer()))
            # Anki writes `...` for what is hidden where we write `…`.
            assert card.prompt.replace("…", "...") in question
            assert card.word in question
            assert all(text in answer for text in (*card.answer, *card.extras, card.note, *card.sources))


def shown_text(html: str) -> str:
    text = re.sub(r"(?s)<style>.*?</style>", "", html)
    return unescape(re.sub(r"<[^>]*>", "", text.replace('<span class="label">', "").replace("</span> ", " ")))
