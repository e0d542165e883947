"""Our own notes in Anki read back as the decks that they came from."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.card import Judge
from fasti.core.cards import card_names
from fasti.core.facts import START, Deck, Fact, Source
from fasti.core.kinds import BUILT_IN, CardForm, Field, Form, Kind
from fasti.core.links import Links
from fasti.core.text import slug, unsafe_character
from fasti.exchange.collection import Calendar, Collection, Contents, NoteField, NoteType
from fasti.exchange.converted import CardName, Converted
from fasti.exchange.file_names import is_file_name
from fasti.exchange.own.facts import facts_in
from fasti.exchange.own.note_reading import is_own
from fasti.exchange.own.note_types import NOTE_TYPES
from fasti.exchange.own.notes import guid_of
from fasti.exchange.packages.read import open_collection
from fasti.exchange.packages.write import write_package
from tests.exchange.anki_oracle import empty_collection, export_package, import_package
from tests.exchange.own_collections import BUNDLED, bundled, collection_of

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
FRUS = Source("frus", "FRUS XI", author="Keefer")
DECK = Deck(
    "crisis",
    "Missile Crisis",
    (
        Fact(
            "event",
            {
                "event": ("Kennedy announces the quarantine",),
                "date": ("1962-10-22",),
                "what": ("He spoke.",),
                "caused by": ("u2", "Missiles in Cuba"),
            },
            id="speech",
            ask=("when", "causes"),
            hints=("A Monday", "In autumn"),
            accept=("October 1962", "autumn 1962"),
            sources=("frus, doc. 44", "Gaddis (2005)"),
            note="One & two",
            tags=("Punic Wars", "naval"),
            unit="The quarantine",
            image="pictures/speech.png",
        ),
        Fact(
            "event",
            {"event": ("A U-2 photographs Cuba",), "date": ("1962-10-14",), "leads to": ("speech",)},
            id="u2",
        ),
        Fact(
            "person",
            {"person": ("John McCone",), "who": ("Head of the CIA",), "lived": ("1902-1991",)},
            id="mccone",
        ),
        Fact(
            "effect",
            {"effect": ("Missiles go",), "causes": ("u2", "The balance"), "why": ("Both.",)},
            id="missiles",
            ask=("causes", "each"),
        ),
        Fact(
            "cause",
            {"cause": ("Bay of Pigs",), "effect": ("Castro turns",)},
            id="pigs",
            question="After what?",
        ),
        Fact("term", {"term": ("quarantine",), "means": ("a blockade",)}, id="term"),
        Fact("q", {"q": ("Why?",), "a": ("Because.",)}, id="why"),
        Fact("cloze", {"cloze": ("The {Truman Doctrine|policy} of {March 1947}.",)}, id="doctrine"),
        Fact("order", {"order": ("The end",), "items": ("c", "b", "a")}, id="end"),
        Fact(
            "quote",
            {"quote": ("An iron curtain",), "speaker": ("Churchill",), "said": ("1946-03-05",)},
            id="iron",
            ask=("speaker", "said"),
        ),
    ),
    kinds={"quote": QUOTE},
    sources={"frus": FRUS, "other": Source("other", "Never cited", url="https://example.org/?a=1&b=2")},
    author="A. Teacher",
    language="en",
    description="One --> two -- three",
    licence="MIT",
    tags=("cold-war", "year 10"),
    named=True,
)
PICTURE = "fasti-0123.png"


def in_anki(deck: Deck = DECK) -> Collection:
    return collection_of(deck, images=lambda fact: PICTURE if fact.image else "", media=[PICTURE])


def without_places(deck: Deck) -> Deck:
    return replace(
        deck, facts=tuple(replace(fact, place=START, places={}) for fact in deck.facts), named=True
    )


def changed(
    collection: Collection, fact: str, fields: Mapping[str, str], part: str = "", **note: object
) -> Collection:
    """The collection after its user wrote this HTML into fields of a note."""
    guid = guid_of("crisis", fact, part)
    notes = []
    for row in collection.notes:
        if row.guid == guid:
            names = [field.name for field in collection.note_types[row.note_type].fields]
            values = dict(zip(names, row.fields, strict=True)) | fields
            row = row._replace(fields=tuple(values[name] for name in names), **note)
        notes.append(row)
    return collection._replace(notes=notes)


def fact_in(found: Converted, id: str) -> Fact:
    return next(fact for deck in found.decks for fact in deck.facts if fact.id == id)


def names_of(deck: Deck) -> set[CardName]:
    kinds = {**BUILT_IN, **deck.kinds}
    links = Links(deck.facts, kinds)
    return {
        CardName(deck.id, fact.id or "", asks)
        for fact in deck.facts
        for asks in card_names(fact, kinds[fact.kind], links)
    }


@pytest.mark.parametrize("deck", [DECK, *map(bundled, BUNDLED)], ids=lambda deck: deck.id)
def test_a_deck_comes_back_as_it_went(deck: Deck) -> None:
    collection = in_anki(deck)

    found = facts_in(collection)

    assert [without_places(back) for back in found.decks] == [without_places(deck)]
    assert set(found.cards) == {card.id for card in collection.cards}
    assert set(found.cards.values()) == names_of(deck)
    assert (found.left_out, found.changed) == ([], [])
    assert set(found.guids.values()) == {note.guid for note in collection.notes}


def test_each_card_is_named_by_what_it_asks() -> None:
    collection = in_anki()
    found = facts_in(collection)
    fronts = {
        (note.guid, card.ord): found.cards[card.id].asks
        for card in collection.cards
        for note in collection.notes
        if note.id == card.note
    }

    assert fronts[guid_of("crisis", "speech", ""), 2] == "causes"
    assert fronts[guid_of("crisis", "doctrine", ""), 1] == "cloze:march-1947"
    assert fronts[guid_of("crisis", "missiles", "each:the-balance"), 0] == "each:the-balance"
    assert fronts[guid_of("crisis", "iron", ""), 1] == "said"


@pytest.mark.parametrize(
    ("fact", "fields", "expected"),
    [
        (
            "why",
            {"Question": "<div>Why <b>not</b>?</div>"},
            {"fields": {"q": ("Why not?",), "a": ("Because.",)}},
        ),
        (
            "why",
            {"Answer": "One<br>two &amp; three"},
            {"fields": {"q": ("Why?",), "a": ("One\ntwo & three",)}},
        ),
        ("why", {"Note": "<p>New</p>"}, {"note": "New"}),
        ("why", {"Hint": "First<br>Second"}, {"hints": ("First", "Second")}),
        ("why", {"Accept": "Since; For"}, {"accept": ("Since", "For")}),
        ("why", {"Own question": "Why, then?"}, {"question": "Why, then?"}),
        ("speech", {"Note": ""}, {"note": ""}),
        ("speech", {"Hint": "<ol><li>A Monday</li></ol>"}, {"hints": ("A Monday",)}),
        (
            "speech",
            {"Source": "Keefer, FRUS XI, doc. 44<br>New (2020)"},
            {"sources": ("frus, doc. 44", "New (2020)")},
        ),
        ("speech", {"Image": ""}, {"image": ""}),
        ("speech", {"Ask causes": ""}, {"ask": ()}),
        ("speech", {"Ask what": "What?"}, {"ask": ("when", "what", "causes")}),
        ("pigs", {"Ask effect": "After which failure?"}, {"question": "After which failure?"}),
        ("pigs", {"Own question": ""}, {"question": ""}),
    ],
)
def test_what_was_changed_in_anki_is_taken(
    fact: str, fields: dict[str, str], expected: dict[str, object]
) -> None:
    found = facts_in(changed(in_anki(), fact, fields))

    assert fact_in(found, fact) == replace(next(one for one in DECK.facts if one.id == fact), **expected)  # type: ignore[arg-type]
    assert len(found.changed) == 1
    assert found.left_out == []


@pytest.mark.parametrize(
    ("fact", "fields", "name", "texts"),
    [
        ("speech", {"Date": "23 October 1962"}, "date", ("23 October 1962",)),
        ("speech", {"What": ""}, "what", None),
        (
            "speech",
            {"Caused by": "<ul><li>A U-2 photographs Cuba</li><li>Luck</li></ul>"},
            "caused by",
            ("u2", "Luck"),
        ),
        ("missiles", {"Causes": "<ul><li>The balance</li></ul>"}, "causes", ("The balance",)),
        ("end", {"Items": "<ol><li>c</li><li>a</li><li>b</li></ol>"}, "items", ("c", "a", "b")),
        ("doctrine", {"Text": "The {{c1::Marshall Plan::aid|help}} of {{c3::<b>June</b> 1947}}."}, "cloze",
         ("The {Marshall Plan|aid/help} of {June 1947}.",)),
        ("doctrine", {"Text": "{{c1::The {{c2::Truman}} Doctrine}} {x}"}, "cloze", ("{The Truman Doctrine} (x)",)),
        ("iron", {"Answer 1": "W. Churchill"}, "speaker", ("W. Churchill",)),
        ("iron", {"Typed 1": "W. Churchill"}, "speaker", ("W. Churchill",)),
        ("iron", {"Answer 2": '6 March 1946<span class="weekday">, a Wednesday</span>'}, "said", ("6 March 1946",)),
        ("iron", {"Question 1": '<div class="word">Who said it?</div>A curtain'}, "quote", ("A curtain",)),
        ("iron", {"Fact": "A curtain"}, "quote", ("A curtain",)),
    ],
)  # fmt: skip
def test_a_field_that_was_changed_changes_the_field_of_the_fact(
    fact: str, fields: dict[str, str], name: str, texts: tuple[str, ...] | None
) -> None:
    found = facts_in(changed(in_anki(), fact, fields))

    assert fact_in(found, fact).fields.get(name) == texts
    assert len(found.changed) == 1
    assert found.left_out == []


def test_a_cause_that_was_changed_on_its_own_note_changes_in_the_list_of_causes() -> None:
    found = facts_in(changed(in_anki(), "missiles", {"Cause": "The arms race"}, part="each:the-balance"))

    assert fact_in(found, "missiles").fields["causes"] == ("u2", "The arms race")
    assert CardName("crisis", "missiles", "each:the-arms-race") in found.cards.values()


@pytest.mark.parametrize(
    ("fact", "fields", "said"),
    [
        ("speech", {"Date": "soon"}, "1 date that was changed in Anki cannot be read; it stays as it was"),
        ("speech", {"Event": "<br>"}, "1 field was emptied in Anki that its fact cannot do without"),
        ("doctrine", {"Text": "Nothing hidden"}, "1 text that was changed in Anki hides nothing any more"),
        ("iron", {"Question 2": "When was it?"}, "1 change in Anki is of words that stand on a card only"),
        ("speech", {"Ask when": "In which year?"}, "1 change in Anki is of words that stand on a card only"),
        (
            "speech",
            {"Image": '<img src="gone.png">'},
            "1 picture is named by its note and is not in the package",
        ),
    ],
)
def test_a_change_that_cannot_be_carried_is_told(fact: str, fields: dict[str, str], said: str) -> None:
    found = facts_in(changed(in_anki(), fact, fields))

    assert replace(fact_in(found, fact), image="") == replace(
        next(f for f in DECK.facts if f.id == fact), image=""
    )
    assert [sentence.startswith(said) for sentence in found.left_out] == [True]


def test_what_an_editor_does_to_the_html_is_no_change() -> None:
    fields = {
        "Note": "<div>One &amp;&nbsp;two</div>",
        "Hint": "A Monday<br>In autumn",
        "Date": " 22 October 1962<br>",
    }

    found = facts_in(changed(in_anki(), "speech", fields))

    assert found.changed == []
    assert fact_in(found, "speech") == DECK.facts[0]


def test_tags_are_as_they_are_in_anki_without_the_decks_and_ankis_own() -> None:
    tags = ("cold-war", "fasti::retired", "leech", "marked", "Naval", "new", "year_10")

    found = facts_in(changed(in_anki(), "speech", {}, tags=tags))

    assert fact_in(found, "speech").tags == ("naval", "new")
    assert found.decks[0].tags == ("cold-war", "year 10")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Missile Crisis::The quarantine", "The quarantine"),
        ("missile crisis::the QUARANTINE", "The quarantine"),
        ("Missile Crisis", ""),
        ("Missile Crisis::Sea::Ships", "Sea::Ships"),
        ("Elsewhere::Ships", "The quarantine"),
    ],
)
def test_a_unit_is_the_deck_that_the_note_is_in_now(name: str, unit: str) -> None:
    collection = in_anki()
    decks = {
        id: deck._replace(name=name) if deck.name == "Missile Crisis::The quarantine" else deck
        for id, deck in collection.decks.items()
    }

    assert fact_in(facts_in(collection._replace(decks=decks)), "speech").unit == unit


def test_a_deck_that_was_renamed_or_put_into_another_keeps_its_units() -> None:
    collection = in_anki()
    decks = {id: deck._replace(name=f"School::{deck.name}!") for id, deck in collection.decks.items()}
    decks = {
        id: deck._replace(
            name=deck.name.replace("Missile Crisis::", "Missile Crisis!::").replace(
                "quarantine!", "quarantine"
            )
        )
        for id, deck in decks.items()
    }

    found = facts_in(collection._replace(decks=decks))

    assert [without_places(deck) for deck in found.decks] == [DECK]


def test_a_deck_whose_description_was_lost_is_read_from_its_notes() -> None:
    collection = in_anki()
    decks = {id: deck._replace(description="") for id, deck in collection.decks.items()}

    (deck,) = facts_in(collection._replace(decks=decks)).decks

    assert deck.facts == DECK.facts
    assert set(deck.tags) == {"cold-war", "year_10"}
    assert (deck.sources, deck.kinds, deck.author) == ({"frus": FRUS}, {"quote": QUOTE}, "")


def test_a_note_that_was_copied_in_anki_is_another_fact() -> None:
    collection = in_anki()
    (why,) = [note for note in collection.notes if note.guid == guid_of("crisis", "why", "")]
    copy = why._replace(id=1, guid="copy!")

    found = facts_in(collection._replace(notes=[copy, *collection.notes]))

    assert fact_in(found, "why") == DECK.facts[6]
    (other,) = [fact for fact in found.decks[0].facts if fact.id and fact.id.startswith("why-")]
    assert other.fields == DECK.facts[6].fields
    assert found.guids["crisis", other.id or "", ""] == "copy!"


def test_facts_stand_in_the_order_of_their_cards() -> None:
    collection = in_anki()
    backwards = [card._replace(due=-card.due) for card in collection.cards]
    reviewed = [
        card._replace(type=2, queue=2, due=9, data=f'{{"pos": {5000 - card.due}, "lrt": 1}}')
        for card in collection.cards
    ]

    forwards = [fact.id for fact in DECK.facts]
    for cards in (backwards, reviewed):
        (deck,) = facts_in(collection._replace(cards=cards)).decks
        assert [fact.id for fact in deck.facts] == forwards[::-1]


def test_a_picture_goes_to_its_path_beside_the_deck() -> None:
    found = facts_in(in_anki())

    assert found.media == {"pictures/speech.png": PICTURE}


@pytest.mark.parametrize(
    "image",
    [
        *("../secret.png", "/etc/passwd.png", "a/../../b.png", "C:\\x.png", "c:x.png", "\\\\host\\x.png"),
        *(
            "https://example.org/x.png",
            "a//b.png",
            ".hidden.png",
            "deck.yaml",
            "a\\b.png",
            "x" * 500 + ".png",
            "a .png/..",
            *("CON.png", "con", "pictures/aux.png", "Nul/x.png", "lpt1 .png", "com¹.png", "-x.png"),
            *("hostile.yaml/x.png", "crisis.YML/x.png", "a/deck.yaml.png", "x.yaml.old/a.png"),
            *("\U00010330" * 190 + ".png", "a/" * 9 + "x.png", "x./y.png", "a:b.png"),
        ),
    ],
)
def test_a_picture_never_leaves_the_decks_folder_or_takes_the_place_of_another_file(image: str) -> None:
    deck = replace(DECK, facts=(replace(DECK.facts[0], image=image),))

    found = facts_in(in_anki(deck))

    assert found.media == {f"media/{PICTURE}": PICTURE}
    assert fact_in(found, "speech").image == f"media/{PICTURE}"
    assert [sentence.partition(" that ")[0] for sentence in found.left_out] == ["1 picture has a path"]


@pytest.mark.parametrize(
    ("one", "other", "paths"),
    [
        ("a.png", "a.png/b.png", ["a.png", "media/2.png"]),
        ("a.png/b.png", "a.png", ["a.png/b.png", "media/2.png"]),
        ("a.png/b/c.png", "A.PNG/b", ["a.png/b/c.png", "media/2.png"]),
        ("x/a.png", "x/A.png", ["x/a.png", "media/2.png"]),
        ("x/\u00e9.png", "x/e\u0301.png", ["x/\u00e9.png", "media/2.png"]),
        ("x/a.png", "x/b.png", ["x/a.png", "x/b.png"]),
        ("media/2.png", "a.png/", ["media/2.png", ""]),
    ],
)
def test_no_picture_has_the_place_of_another_or_of_its_folder(one: str, other: str, paths: list[str]) -> None:
    facts = (replace(DECK.facts[1], image=one), replace(DECK.facts[2], image=other))
    names = {one: "1.png", other: "2.png"}
    collection = collection_of(
        replace(DECK, facts=facts), images=lambda fact: names[fact.image], media=names.values()
    )

    found = facts_in(collection)

    assert [fact_in(found, fact.id or "").image for fact in facts] == paths
    assert found.media == {path: name for path, name in zip(paths, names.values(), strict=True) if path}
    assert len(found.left_out) == (paths != [one, other])


def test_a_path_that_is_dangerous_is_dropped_and_told_where_there_is_no_picture_too() -> None:
    deck = replace(DECK, facts=(replace(DECK.facts[0], image="CON.png"),))

    found = facts_in(collection_of(deck))

    assert fact_in(found, "speech").image == ""
    assert len(found.left_out) == 1


def test_another_picture_put_in_by_the_user_comes_along() -> None:
    collection = changed(in_anki(), "speech", {"Image": '<img class=x src="paste-1.jpg">'})

    found = facts_in(collection._replace(media={"paste-1.jpg": bytes}))

    assert fact_in(found, "speech").image == "media/paste-1.jpg"
    assert found.media == {"media/paste-1.jpg": "paste-1.jpg"}
    assert found.changed == ["Kennedy announces the quarantine"]


def test_a_picture_that_anki_renamed_is_still_the_same() -> None:
    name = PICTURE.replace(".png", f"-{'0a' * 20}.png")
    collection = changed(in_anki(), "speech", {"Image": f'<img src="{name}">'})

    found = facts_in(collection._replace(media={name: bytes}))

    assert (found.media, found.changed) == ({"pictures/speech.png": name}, [])


def like(note_type: NoteType, **values: object) -> NoteType:
    return note_type._replace(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", NOTE_TYPES)
def test_our_note_types_are_known_however_they_were_renamed_or_copied(key: str) -> None:
    ours = NOTE_TYPES[key]
    bare = tuple(NoteField(field.name) for field in ours.fields)

    assert is_own(ours)
    assert is_own(like(ours, name="Mine"))
    assert is_own(like(ours, id=5, name=f"{ours.name}+", fields=bare))
    assert is_own(like(ours, id=5, name="Mine", fields=bare))
    assert not is_own(NoteType(5, "Basic", (NoteField("Front"), NoteField("Back")), ()))
    assert not is_own(NoteType(5, "Latin", (NoteField("Front"), NoteField("fasti")), ()))


def test_fields_that_were_moved_renamed_or_added_are_found() -> None:
    collection = in_anki()
    types, notes = {}, []
    for id, note_type in collection.note_types.items():
        fields = [
            NoteField("Mine"),
            *(field._replace(name=f"{field.name} (old)") for field in reversed(note_type.fields)),
        ]
        templates = tuple(reversed(note_type.templates))
        types[id + 1] = note_type._replace(
            id=id + 1, name="Renamed", fields=tuple(fields), templates=templates
        )
    for note in collection.notes:
        notes.append(note._replace(note_type=note.note_type + 1, fields=("personal", *reversed(note.fields))))
    number = {note.id: types[note.note_type] for note in notes}
    cards = [
        card
        if number[card.note].cloze
        else card._replace(ord=len(number[card.note].templates) - 1 - card.ord)
        for card in collection.cards
    ]

    found = facts_in(collection._replace(note_types=types, notes=notes, cards=cards))

    assert [without_places(deck) for deck in found.decks] == [DECK]
    assert found.cards == facts_in(collection).cards


@pytest.mark.parametrize(
    ("key", "fields", "fact"),
    [
        (
            "event",
            {"Event": "A &lt;day&gt;", "Date": "4 July 1776", "Ask when": "x", "Ask what": "y"},
            Fact("event", {"event": ("A <day>",), "date": ("4 July 1776",)}, ask=("when", "what")),
        ),
        ("q", {"Question": "Q?", "Answer": "A", "Note": "N"}, Fact("q", {"q": ("Q?",), "a": ("A",)}, note="N")),
        ("cloze", {"Text": "The {{c1::sun::star}}"}, Fact("cloze", {"cloze": ("The {sun|star}",)})),
        ("order", {"Order": "O", "Items": "a<br>b", "Ask order": "x"}, Fact("order", {"order": ("O",), "items": ("a", "b")})),
    ],
)  # fmt: skip
def test_a_note_that_its_user_made_with_a_note_type_of_ours_is_a_fact(
    key: str, fields: dict[str, str], fact: Fact
) -> None:
    collection = in_anki()
    note_type = NOTE_TYPES[key]
    row = collection.notes[0]._replace(
        id=99_999,
        guid="made",
        note_type=note_type.id,
        tags=("cold-war", "mine"),
        fields=tuple(fields.get(field.name, "") for field in note_type.fields),
    )
    card = collection.cards[0]._replace(id=99_999, note=99_999, due=999)

    found = facts_in(collection._replace(notes=[*collection.notes, row], cards=[*collection.cards, card]))

    new = found.decks[0].facts[-1]
    assert replace(new, id=None) == replace(fact, tags=("mine",), unit="The quarantine")
    assert found.cards[99_999].fact == new.id
    assert found.guids["crisis", new.id or "", ""] == "made"
    assert (found.left_out, found.changed, len(found.decks)) == ([], [], 1)


def test_what_a_user_made_that_is_no_whole_fact_is_left_out_and_told() -> None:
    collection = in_anki()
    rows = [
        collection.notes[0]._replace(
            id=99_000 + place, guid=f"made{place}", note_type=NOTE_TYPES[key].id, fields=("x",)
        )
        for place, key in enumerate(("event", "cloze", "own"))
    ]

    found = facts_in(collection._replace(notes=[*collection.notes, *rows]))

    assert found.left_out == ["3 notes of fasti note types are no whole facts and were left out"]
    assert found.decks == facts_in(collection).decks


HOSTILE = [
    *("", "{", "null", "[]", "7", '"x"', "{}", "[" * 100_000, '{"deck":' * 10_000, "9" * 10_000, "<b>{}</b>"),
    *('{"deck":"crisis"}', '{"deck":1,"title":2,"fact":3}', "x" * 2_000_000),
]
WRONG = [
    *(
        {"deck": "../x"},
        {"deck": "a/b"},
        {"deck": ""},
        {"deck": None},
        {"title": ""},
        {"title": 7},
        {"part": []},
    ),
    *(
        {"fact": []},
        {"fact": None},
        {"asks": []},
        {"asks": {"x": "y"}},
        {"asks": {"0": 1}},
        {"asks": {"-1": "x"}},
    ),
    *({"asks": {"9" * 5000: "x"}}, {"seen": 1}, {"sources": {"a": 1}}, {"sources": {"a": {"title": 1}}}),
    *(
        {"sources": {"a": {"title": "x", "__class__": "y"}}},
        {"kind": 1},
        {"kind": {}},
        {"kind": {"name": "q"}},
    ),
    *(
        {
            "kind": {
                "name": "x",
                "about": "",
                "fields": [["x", "text", True, "", 1, ""]],
                "cards": [],
                "identity": ["x"],
            }
        },
    ),
]
WRONG_FACT = [
    *(
        {"kind": "nonsense"},
        {"kind": None},
        {"id": "a b"},
        {"id": "../../x"},
        {"id": None},
        {"id": "x" * 101},
    ),
    *(
        {"fields": {}},
        {"fields": []},
        {"fields": {"q": "text"}},
        {"fields": {"q": [1]}},
        {"fields": {"q": ["x"]}},
    ),
    *({"fields": {"q": ["x"], "a": ["y"], "zzz": ["z"]}}, {"fields": {"q": ["a", "b"], "a": ["c"]}}),
    *(
        {"fields": {"q": ["\x1b[31m"], "a": ["x"]}},
        {"fields": {"q": ["\ud800"], "a": ["x"]}},
        {"ask": ["zzz"]},
    ),
    *(
        {"note": 1},
        {"tags": "x"},
        {"tags": [[]]},
        {"hints": {"a": 1}},
        {"calendar": "mayan"},
        {"image": ["x"]},
    ),
    *({"kind": "event", "fields": {"event": ["x"], "date": ["soon"]}},),
    *(
        {"kind": "cloze", "fields": {"cloze": ["nothing hidden"]}},
        {"kind": "cloze", "fields": {"cloze": ["{"]}},
    ),
    *({"kind": "order", "fields": {"order": ["x"], "items": ["one"]}},),
]


def damaged(record: str) -> Collection:
    """A collection with one note, of a question, that has this record."""
    deck = replace(DECK, facts=(DECK.facts[6],))
    return changed(in_anki(deck), "why", {"fasti": record})


def record_with(values: Mapping[str, object], fact: Mapping[str, object] | None = None) -> str:
    collection = in_anki(replace(DECK, facts=(DECK.facts[6],)))
    record = json.loads(collection.notes[0].fields[-1])
    return json.dumps({**record, "fact": {**record["fact"], **(fact or {})}, **values})


@pytest.mark.parametrize(
    "record",
    [
        *HOSTILE,
        *(record_with(values) for values in WRONG),
        *(record_with({}, values) for values in WRONG_FACT),
    ],
    ids=lambda record: record[:40].encode("ascii", "replace").decode(),
)
def test_a_record_that_is_nonsense_or_hostile_is_not_believed(record: str) -> None:
    found = facts_in(damaged(record))

    (fact,) = found.decks[0].facts
    assert fact.fields == {"q": ("Why?",), "a": ("Because.",)}
    assert fact.id is not None
    assert fact.id.startswith("why-")
    assert (found.media, fact.image) == ({}, "")
    told = ["1 note had lost its record and was read from its fields, as a new fact"]
    assert found.left_out == (told if record else [])


def test_notes_that_lost_their_records_are_counted() -> None:
    collection = in_anki()
    for id in ("why", "term", "end"):
        collection = changed(collection, id, {"fasti": '{"fact": null}'})

    told = facts_in(collection).left_out

    assert told == ["3 notes had lost their records and were read from their fields, as new facts"]


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Crisis \x1b[31m\x1b]0;x\x07", "Crisis \ufffd[31m\ufffd]0;x\ufffd"),
        ("a\u202eb\n\tc", "a\ufffdb c"),
        ("\ud800", "\ufffd"),
        ("x" * 200, "x" * 200),
        ("x" * 90_000, "x" * 199 + "…"),
        ("x " * 90_000, "x " * 99 + "x…"),
    ],
)
def test_a_title_that_no_deck_may_have_costs_nothing_else(title: str, kept: str) -> None:
    found = facts_in(damaged(record_with({"title": title})))

    (deck,) = found.decks
    assert (deck.id, deck.title, deck.facts) == ("crisis", kept, (DECK.facts[6],))
    assert found.left_out == []


@pytest.mark.parametrize(
    "id",
    [
        *(
            "CON",
            "con",
            "Aux.x",
            "nul.tar.gz",
            "COM1",
            "lpt¹",
            "..",
            ".",
            "...",
            ".hidden",
            "-x",
            "--help",
            "x.",
        ),
        *("\U00010330" * 100, "\u0e01" * 61),
    ],
)
def test_a_deck_whose_id_cannot_name_a_file_gets_one_that_can(id: str) -> None:
    (deck,) = facts_in(damaged(record_with({"deck": id}))).decks
    (again,) = facts_in(damaged(record_with({"deck": id}))).decks

    assert is_file_name(deck.id)
    assert len(f"{deck.id}.yaml".encode()) < 200
    assert deck.id != id
    assert deck.id == again.id
    assert deck.facts == (DECK.facts[6],)


@pytest.mark.parametrize("id", ["crisis", "a.b", "_x", "x-", "console", "\u0e01" * 60, "Rome_2"])
def test_a_deck_whose_id_names_a_file_keeps_it(id: str) -> None:
    assert [deck.id for deck in facts_in(damaged(record_with({"deck": id}))).decks] == [id]


def test_decks_whose_ids_are_one_file_on_some_systems_are_told_apart() -> None:
    one, other = (
        in_anki(replace(DECK, facts=(DECK.facts[6],))),
        in_anki(replace(DECK, facts=(DECK.facts[7],))),
    )
    (note,) = other.notes
    record = json.loads(note.fields[-1]) | {"deck": "CRISIS"}
    renamed = note._replace(id=1, guid="other", fields=(*note.fields[:-1], json.dumps(record)))
    types = {**one.note_types, **other.note_types}

    found = facts_in(one._replace(note_types=types, notes=[*one.notes, renamed]))

    assert len({deck.id.casefold() for deck in found.decks}) == 2
    assert {deck.id for deck in found.decks} & {"crisis", "CRISIS"}


@pytest.mark.parametrize("name", ["Con", "Nul::x", "x" * 5_000, "\u0e01" * 300])
def test_a_deck_that_is_named_after_ankis_can_name_a_file(name: str) -> None:
    collection = damaged("")
    decks = {id: deck._replace(name=name) for id, deck in collection.decks.items()}

    (deck,) = facts_in(collection._replace(decks=decks)).decks

    assert is_file_name(deck.id)
    assert len(deck.title) <= 200


def test_a_record_says_nothing_about_fields_that_were_not_there() -> None:
    found = facts_in(damaged(record_with({"seen": {"Answer": 0, "nonsense": 5, "fasti": 1}})))

    assert fact_in(found, "why").fields == {"q": ("Why?",), "a": ("Because.",)}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
KEYS = ["deck", "title", "part", "fact", "kind", "sources", "asks", "seen"]
FACT_KEYS = [
    "kind",
    "id",
    "fields",
    "note",
    "unit",
    "hints",
    "accept",
    "sources",
    "tags",
    "ask",
    "question",
    "image",
]


@given(
    st.sampled_from(["why", "speech", "doctrine", "iron"]),
    st.dictionaries(st.sampled_from(KEYS), json_values, max_size=3),
    st.dictionaries(st.sampled_from(FACT_KEYS), json_values, max_size=3),
    st.text(max_size=30),
)
@settings(max_examples=150, deadline=None)
def test_nothing_in_a_note_is_an_error(
    id: str, values: dict[str, object], fact: dict[str, object], text: str
) -> None:
    collection = in_anki()
    (note,) = [note for note in collection.notes if note.guid == guid_of("crisis", id, "")]
    record = json.loads(note.fields[-1])
    record["fact"] |= fact
    name = collection.note_types[note.note_type].fields[0].name

    found = facts_in(changed(collection, id, {"fasti": json.dumps(record | values), name: text}))

    assert all(deck.facts for deck in found.decks)


printable = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]).filter(
    lambda letter: unsafe_character(letter) is None
)
ACTING = ["{{c1::x}}", "::", "}}", "<b>", "&amp;", "[sound:x]", "\\(x\\)", "[[type:Answer]]", "-->", "\u0338"]
MISLEADING = ["a\n\nb", "  ", "e\u0301", "\u00a0", "1947", ", a Monday", "date ", "; ", "2 causes", "causes"]
words = st.sampled_from([*ACTING, *MISLEADING])
texts = (
    st.lists(words | st.text(printable, min_size=1, max_size=8), min_size=1, max_size=4)
    .map(lambda parts: "".join(parts).strip())
    .filter(bool)
)
plain_texts = texts.map(lambda text: text.translate({ord("{"): "(", ord("}"): ")", ord("|"): "/"})).filter(
    bool
)
hidden = plain_texts.filter(slug)
dates = st.sampled_from(
    ["1962-10-22", "c. 1450", "44 BC", "1902-1991", "1962-10-16 to 1962-10-28", "15 March 44 BC"]
)


def optional(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=1).map(tuple)


@st.composite
def clozes(draw: st.DrawFn) -> str:
    pieces = [draw(plain_texts)]
    for _ in range(draw(st.integers(1, 4))):
        hint = draw(st.just("") | plain_texts.map(lambda text: f"|{text}"))
        pieces += [f"{{{draw(hidden)}{hint}}}", draw(st.just(" ") | plain_texts)]
    return "".join(pieces).strip()


@st.composite
def facts(draw: st.DrawFn, number: int) -> Fact:
    kind = draw(st.sampled_from([*BUILT_IN.values(), QUOTE]))
    fields: dict[str, tuple[str, ...]] = {}
    for declared in kind.fields:
        if not declared.required and draw(st.booleans()):
            continue
        if declared.form is Form.DATE:
            fields[declared.name] = (draw(dates),)
        elif declared.form is Form.CLOZE:
            fields[declared.name] = (draw(clozes()),)
        elif declared.form is Form.TEXT:
            fields[declared.name] = (draw(texts),)
        else:
            items = texts if declared.form is Form.TEXTS else texts | st.sampled_from(["f0", "f1", "f2"])
            fields[declared.name] = tuple(
                draw(st.lists(items, min_size=declared.least, max_size=4, unique=True))
            )
    several = st.lists(texts, max_size=3).map(tuple)
    return Fact(
        kind.name,
        fields,
        id=f"f{number}",
        hints=draw(several),
        accept=draw(several),
        sources=draw(st.lists(texts | st.sampled_from(["frus", "frus, p. 4"]), max_size=2).map(tuple)),
        note=draw(st.just("") | texts),
        tags=draw(several),
        ask=tuple(draw(st.lists(st.sampled_from([card.name for card in kind.cards]), max_size=3, unique=True))),
        question=draw(st.just("") | texts),
        unit=draw(st.just("") | texts),
        image=draw(st.sampled_from(["", "a.png", "pictures/b c.jpg"])),
    )  # fmt: skip


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    return Deck(
        "crisis",
        " ".join(draw(texts).split()),
        tuple(draw(facts(number)) for number in range(draw(st.integers(1, 4)))),
        kinds={"quote": QUOTE},
        sources={"frus": FRUS},
        description=draw(texts),
        author=draw(texts),
        tags=draw(st.lists(texts, max_size=2).map(tuple)),
        named=True,
    )


def stored(collection: Collection) -> Collection:
    """The collection as Anki keeps it: its texts composed, tags in the order of the alphabet."""
    notes = [
        note._replace(
            fields=tuple(normalize("NFC", field) for field in note.fields),
            tags=tuple(sorted(normalize("NFC", tag) for tag in note.tags)),
        )
        for note in collection.notes
    ]
    composed = {id: deck._replace(name=normalize("NFC", deck.name)) for id, deck in collection.decks.items()}
    return collection._replace(notes=notes, decks=composed)


@given(decks())
@settings(max_examples=150, deadline=None)
def test_any_deck_comes_back_as_it_went(deck: Deck) -> None:
    collection = stored(in_anki(deck))
    there = {note.guid for note in collection.notes}
    kinds = {**BUILT_IN, **deck.kinds}
    exported = [fact for fact in deck.facts if card_names(fact, kinds[fact.kind], Links(deck.facts, kinds))]

    found = facts_in(collection)

    back = [fact for one in found.decks for fact in one.facts]
    assert back == exported
    assert (found.left_out, found.changed) == ([], [])
    assert set(found.guids.values()) == there
    assert set(found.cards.values()) == {
        name for name in names_of(deck) if name.fact in {f.id for f in exported}
    }


def test_what_was_changed_in_the_real_anki_comes_back(tmp_path: Path) -> None:
    ours = in_anki()
    contents = Contents(
        Calendar(1_790_000_000, 0),
        list(ours.note_types.values()),
        list(ours.decks.values()),
        ours.notes,
        ours.cards,
        media={PICTURE: lambda: b"\x89PNG"},
    )
    write_package(tmp_path / "out.apkg", contents)
    with empty_collection(tmp_path) as anki:
        import_package(anki, tmp_path / "out.apkg")
        (id,) = anki.find_notes("Question:Why?")
        note = anki.get_note(id)
        note["Answer"] = "<b>For</b> this"
        note.tags = [*note.tags, "mine"]
        anki.update_note(note)
        card_ids = anki.find_cards('"Order:The end"')
        anki.set_deck(card_ids, anki.decks.id("Missile Crisis::New unit"))
        anki.decks.rename(anki.decks.by_name("Missile Crisis")["id"], "Crisis")
        event = anki.models.by_name("fasti Event")
        anki.models.add_field(event, anki.models.new_field("Personal"))
        anki.models.reposition_field(event, event["flds"][-1], 0)
        anki.models.rename_field(event, event["flds"][1], "Happening")
        event["name"] = "Ereignis"
        anki.models.update_dict(event)
        for legacy in (True, False):
            export_package(anki, tmp_path / f"back{legacy}.apkg", legacy=legacy)

    for legacy in (True, False):
        with open_collection(tmp_path / f"back{legacy}.apkg") as collection:
            found = facts_in(collection)
            expected = list(DECK.facts)
            expected[6] = replace(expected[6], fields={"q": ("Why?",), "a": ("For this",)}, tags=("mine",))
            expected[8] = replace(expected[8], unit="New unit")

            assert [without_places(deck) for deck in found.decks] == [replace(DECK, facts=tuple(expected))]
            assert (found.changed, found.left_out) == (["Why?"], [])
            assert set(found.cards.values()) == names_of(DECK)
            assert found.media == {"pictures/speech.png": PICTURE}
