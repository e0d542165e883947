"""Other people's Anki notes become the facts that a teacher would have written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.card import Judge
from fasti.core.cards import card_names, cards_of
from fasti.core.date_reading import read_date
from fasti.core.dates import Day
from fasti.core.facts import START, Deck, Fact
from fasti.core.kinds import BUILT_IN, CardForm, Field, Form, Kind
from fasti.core.links import Links
from fasti.decks.read import read_deck
from fasti.decks.write import deck_text
from fasti.exchange.collection import NoteField, NoteType, Template
from fasti.exchange.converted import CardName, Converted
from fasti.exchange.foreign.date_column import DateColumn
from fasti.exchange.foreign.facts import facts_of
from fasti.exchange.foreign.sources import short_sources
from tests.exchange.foreign import (
    BACK,
    BASIC,
    CLOZE,
    Making,
    added_note,
    as_collection,
    front_and_back,
    note_type,
    real_anki,
)

REVERSED = note_type(
    11,
    "Basic (and reversed card)",
    ["Front", "Back"],
    ("{{Front}}", BACK),
    front_and_back("{{Back}}", "{{Front}}"),
)
OPTIONAL = note_type(
    12,
    "Basic (optional reversed card)",
    ["Front", "Back", "Add Reverse"],
    ("{{Front}}", BACK),
    front_and_back("{{#Add Reverse}}{{Back}}{{/Add Reverse}}", "{{Front}}"),
)
TYPED = note_type(
    13, "Typed", ["Front", "Back"], ("{{Front}}\n\n{{type:Back}}", "{{Front}}\n<hr id=answer>\n{{type:Back}}")
)
EVENT = note_type(
    14,
    "Events",
    ["Event", "Date", "Details", "Source", "Picture"],
    front_and_back(
        "When?<br>{{Event}}", "{{Date}}<br>{{Details}}<br>{{Picture}}<br>Source: <i>{{Source}}</i>"
    ),
    front_and_back("What happened in {{Date}}?", "{{Event}}"),
)
PERSON = note_type(
    15,
    "People",
    ["Name", "Description", "Born", "Died"],
    ("Who was {{Name}}?", "{{Name}}<hr>{{Description}} ({{Born}}-{{Died}})"),
)
COUNTRY = note_type(
    16,
    "Geography [Extended]",
    ["Country", "Capital", "Info", "Flag"],
    front_and_back("Capital of {{Country}}?", "{{Capital}}<br><i>{{Info}}</i>"),
    front_and_back("{{Capital}}<br>is the capital of", "{{Country}}"),
    front_and_back("{{Flag}}", "{{Country}}"),
)


def only(facts: Converted) -> Fact:
    [fact] = facts.decks[0].facts
    return fact


def made(
    *fields: str, kind: NoteType = BASIC, cards: tuple[int, ...] = (0,), media: tuple[str, ...] = ()
) -> Converted:
    return facts_of(Making(media).note(kind, *fields, cards=cards).done(), "A file")


def shown(facts: Converted) -> list[tuple[str, Mapping[str, tuple[str, ...]], tuple[str, ...]]]:
    return [(fact.kind, fact.fields, fact.ask) for fact in facts.decks[0].facts]


def kinds_of(deck: Deck) -> dict[str, Kind]:
    return {**BUILT_IN, **deck.kinds}


def assert_a_deck(facts: Converted) -> None:
    """What was made can be written and read again without an error, and every card is one of its fact's."""
    by_id = {(deck.id, fact.id): (deck, fact) for deck in facts.decks for fact in deck.facts}
    assert len(by_id) == sum(len(deck.facts) for deck in facts.decks)
    assert len(set(facts.cards.values())) == len(facts.cards)
    for name in facts.cards.values():
        deck, fact = by_id[name.deck, name.fact]
        assert name.asks in card_names(fact, kinds_of(deck)[fact.kind], Links((), {}))
    for deck in facts.decks:
        assert deck.facts
        reading = read_deck(deck_text(deck))
        assert [problem for problem in reading.problems if problem.severity == "error"] == []
        assert reading.deck
        assert [replace(fact, place=START, places={}) for fact in reading.deck.facts] == list(deck.facts)
        assert (reading.deck.id, reading.deck.kinds, reading.deck.tags) == (deck.id, deck.kinds, deck.tags)


@pytest.mark.parametrize(
    ("kind", "fields", "cards", "facts"),
    [
        (BASIC, ("Who?", "<b>Nero</b>"), (0,), [("q", {"q": ("Who?",), "a": ("Nero",)}, ())]),
        (TYPED, ("Who?", "Nero"), (0,), [("q", {"q": ("Who?",), "a": ("Nero",)}, ())]),
        (REVERSED, ("a", "b"), (0, 1), [("term", {"term": ("a",), "means": ("b",)}, ("meaning", "term"))]),
        (REVERSED, ("a", "b"), (1,), [("q", {"q": ("b",), "a": ("a",)}, ())]),
        (OPTIONAL, ("a", "b", "y"), (0, 1), [("term", {"term": ("a",), "means": ("b",)}, ("meaning", "term"))]),
        (OPTIONAL, ("a", "b", ""), (0,), [("q", {"q": ("a",), "a": ("b",)}, ())]),
        (EVENT, ("Hastings", "1066"), (0,), [("event", {"event": ("Hastings",), "date": ("1066",)}, ())]),
        (EVENT, ("Hastings", "1066"), (1,), [("event", {"event": ("Hastings",), "date": ("1066",)}, ("what",))]),
        (PERSON, ("Nero", "Emperor", "37", "68"), (0,), [("person", {"person": ("Nero",), "who": ("Emperor",), "lived": ("AD 37 – 68",)}, ())]),
        (PERSON, ("Livia", "Empress", "", ""), (0,), [("person", {"person": ("Livia",), "who": ("Empress",)}, ())]),
    ],
)  # fmt: skip
def test_a_note_becomes_the_fact_that_its_type_makes_plain(
    kind: NoteType, fields: tuple[str, ...], cards: tuple[int, ...], facts: list[Any]
) -> None:
    converted = made(*fields, kind=kind, cards=cards)

    assert shown(converted) == facts
    assert len(converted.cards) == len(cards)
    assert_a_deck(converted)


@pytest.mark.parametrize(
    ("fields", "front", "back", "kind"),
    [
        (["Ereignis", "Datum"], "{{Ereignis}}", "{{Datum}}", "event"),
        (["Événement", "Année"], "{{Événement}}", "{{Année}}", "event"),
        (["Acontecimiento", "Fecha"], "{{Acontecimiento}}", "{{Fecha}}", "event"),
        (["Person", "Who was it?"], "{{Person}}", "{{Who was it?}}", "person"),
        (["Word", "Definition"], "{{Word}}", "{{Definition}}", "term"),
        (["Begriff", "Erklärung"], "Begriff: {{Begriff}}", "{{Erklärung}}", "term"),
        (["Cause", "Effect"], "{{Cause}}", "{{Effect}}", "cause"),
        (["Front", "Date"], "{{Front}}", "{{Date}}", "q"),
        (["Date", "Event"], "{{Date}}", "{{Event}}", "event"),
    ],
)
def test_field_names_decide_the_kind(fields: list[str], front: str, back: str, kind: str) -> None:
    own = note_type(20, "Own", fields, front_and_back(front, back))

    assert only(made("1066", "1066", kind=own)).kind == kind


def test_what_stands_beside_the_answer_gets_its_own_key() -> None:
    details = '<img src="map%20of%20it.jpg"><img src="second.jpg"><img src="https://e.org/x.png">'
    fact = facts_of(
        Making(["map of it.jpg", "second.jpg"])
        .note(EVENT, "Actium", "2 September 31 BC", "Octavian wins", "Syme, p. 297", details)
        .done(),
        "A file",
    )

    assert only(fact).fields["what"] == ("Octavian wins",)
    assert only(fact).sources == ("Syme, p. 297",)
    assert only(fact).image == "history-media/map of it.jpg"
    assert fact.media == {"history-media/map of it.jpg": "map of it.jpg"}
    assert fact.left_out == (
        "1 picture on 1 note was left out (`Actium`): a fact has one picture, the first",
        "1 picture on the web on 1 note was left out (`Actium`): a picture is a file beside the deck",
    )


@pytest.mark.parametrize(
    ("fields", "question", "asks"),
    [
        (["Cause", "Effect"], "What did {{Cause}} lead to?", ()),
        (["Cause", "Effect"], "What was the result of {{Cause}}?", ()),
        (["Ursache", "Wirkung"], "Wozu führte {{Ursache}}?", ()),
        (["Effect", "Cause"], "What brought about {{Effect}}?", ("cause",)),
    ],
)
def test_a_cause_and_its_effect_are_known_by_the_names_of_their_fields(
    fields: list[str], question: str, asks: tuple[str, ...]
) -> None:
    kind = note_type(31, "Causes", fields, front_and_back(question, f"{{{{{fields[1]}}}}}"))

    assert (only(made("a", "b", kind=kind)).kind, only(made("a", "b", kind=kind)).ask) == ("cause", asks)


def test_a_formula_is_kept_as_it_was_typed() -> None:
    assert only(made("a", "[latex]x^2[/latex], [$]y[/$]")).text("a") == "[latex]x^2[/latex], [$]y[/$]"


def test_a_date_of_an_own_kind_that_cannot_be_read_makes_a_question_of_its_note_only() -> None:
    quote = note_type(
        32,
        "Quotes",
        ["Quote", "Speaker", "Date"],
        front_and_back("{{Quote}}", "{{Speaker}}"),
        front_and_back("When was it said?<br>{{Quote}}", "{{Date}}"),
    )
    making = Making().note(quote, "Veni", "Caesar", "2.8.1947", cards=(0, 1))
    converted = facts_of(making.note(quote, "Eureka", "Archimedes", "once", cards=(0, 1)).done(), "A file")

    assert [(fact.kind, fact.text("date")) for fact in converted.decks[0].facts] == [
        ("quote", "1947-08-02"),
        ("q", ""),
        ("q", ""),
    ]
    assert converted.left_out == (
        "1 date on 1 note was kept as words (`Eureka`): fasti cannot read it as a date",
    )


def test_a_date_that_cannot_be_read_stays_in_words() -> None:
    making = Making()
    for event, date in [
        ("Actium", "31 BC"),
        ("Hastings", "1066"),
        ("Troy falls", "long ago"),
        ("Yalta", "1945"),
    ]:
        making.note(EVENT, event, date, cards=(0, 1))
    converted = facts_of(making.done(), "A file")

    assert [fact.kind for fact in converted.decks[0].facts] == ["event", "event", "q", "q", "event"]
    assert shown(converted)[2][1] == {"q": ("When?\nTroy falls",), "a": ("long ago",)}
    assert shown(converted)[3][1] == {"q": ("What happened in long ago?",), "a": ("Troy falls",)}
    assert converted.left_out == (
        "1 date on 1 note was kept as words (`Troy falls`): fasti cannot read it as a date",
    )
    assert len(converted.cards) == 8
    assert_a_deck(converted)


@pytest.mark.parametrize(("readable", "events"), [(5, 5), (2, 2), (1, 0), (0, 0)])
def test_a_type_of_which_at_least_half_of_the_dates_can_be_read_is_of_events(
    readable: int, events: int
) -> None:
    making = Making()
    for number in range(readable):
        making.note(EVENT, f"event {number}", f"{number + 1}.9.1939")
    for number in range(2):
        making.note(EVENT, f"other {number}", f"maybe {number}", cards=(0, 1))
    converted = facts_of(making.done(), "A file")

    assert sum(fact.kind == "event" for fact in converted.decks[0].facts) == events
    assert_a_deck(converted)


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["1.9.1939"], ["1939-09-01"]),
        (
            ["13/1/1939", "1/13/1939", "6/6/1944", "3/4/1917"],
            ["1939-01-13", "1939-01-13", "1944-06-06", None],
        ),
        (["12/25/1991", "3/4/1990"], ["1991-12-25", "1990-03-04"]),
        (["28.10.1962", "3/4/1917"], ["1962-10-28", "1917-04-03"]),
        (["28.6.1914 - 11.11.1918"], ["1914-06-28 - 1918-11-11"]),
        (["28.6.1914–11.11.1918"], ["1914-06-28–1918-11-11"]),
        (["28-6-1914"], ["1914-06-28"]),
        (["1.9.1939 bis 8.5.1945"], ["1939-09-01 to 1945-05-08"]),
        (["vor 1.9.1939"], ["before 1939-09-01"]),
        (["9.1939", "10/1962"], ["1939-09", "1962-10"]),
        (["1939-09-25-1945-05-08", "3/4/1917"], ["1939-09-25-1945-05-08", None]),
        (["1.13.1939", "31.2.1939", "13/13/1939", "3.10.90", "1.2.3.1944"], [None] * 5),
    ],
)
def test_a_date_in_numbers_is_read_where_it_has_one_reading(dates: list[str], read: list[str | None]) -> None:
    column = DateColumn(dates)

    assert [column.read(date) for date in dates] == read


def test_dates_in_numbers_are_read_where_the_others_show_their_order() -> None:
    making = Making().note(EVENT, "Black Saturday", "27/10/1962").note(EVENT, "Armistice", "3/11/1918")
    facts = facts_of(making.done(), "A file").decks[0].facts

    assert [fact.text("date") for fact in facts] == ["1962-10-27", "1918-11-03"]


def geography() -> Converted:
    flags = ["france.png", "flag 2.png", "flag 3.png"]
    making = Making(flags)
    for (country, capital, info), flag in zip(
        [("France", "Paris", "large"), ("Spain", "Madrid", ""), ("Italy", "Rome", "")], flags, strict=True
    ):
        making.note(COUNTRY, country, capital, info, f'<img src="{flag}">', cards=(0, 1, 2))
    return facts_of(making.done(), "A file")


def test_a_type_of_more_fields_becomes_a_kind_of_the_decks_own() -> None:
    converted = geography()

    assert converted.decks[0].kinds == {
        "country": Kind(
            "country",
            "Geography [Extended]",
            (Field("country", required=True), Field("capital", required=True)),
            (
                CardForm("capital", "", "Capital of {country}?", "{capital}"),
                CardForm("country", "", "{capital}\nis the capital of", "{country}"),
            ),
            ("country",),
        )
    }
    assert shown(converted)[0] == ("country", {"country": ("France",), "capital": ("Paris",)}, ())
    assert converted.decks[0].facts[0].note == "large"
    assert_a_deck(converted)


LEADERS = note_type(
    26,
    "Leaders",
    ["No", "Leader", "Country", "Years in office"],
    front_and_back("Who led {{Country}} in {{Years in office}}?", "{{Leader}}"),
    front_and_back("{{Leader}}", "{{Country}}, {{Years in office}}"),
)
PORTRAITS = note_type(
    27,
    "Persönlichkeit+",
    ["Name", "Born", "Died", "Known for"],
    front_and_back("Who: {{Known for}}", "{{Name}}"),
    front_and_back("When was {{Name}} born?", "{{Born}} – {{Died}}"),
    front_and_back("{{^Born}}When did {{Name}} die?{{/Born}}", "{{Died}}"),
)


def test_an_own_kind_begins_with_the_first_field_that_tells_its_notes_apart() -> None:
    making = Making().note(LEADERS, "1", "Attlee", "UK", "1945-1951", cards=(0, 1))
    making.note(LEADERS, "2", "Adenauer", "West Germany", "1949-1963", cards=(0, 1))
    converted = facts_of(making.note(LEADERS, "3", "Heath", "UK", "1970-1974", cards=(0, 1)).done(), "A file")

    assert shown(converted)[0] == (
        "leader",
        {"leader": ("Attlee",), "country": ("UK",), "years in office": ("1945-1951",)},
        (),
    )
    assert len(converted.cards) == 6
    assert_a_deck(converted)


def test_a_card_that_a_known_kind_lacks_does_not_hide_the_kind() -> None:
    making = Making().note(PORTRAITS, "Bismarck", "1815", "1898", "Chancellor", cards=(0, 1))
    making.note(PORTRAITS, "Anonymous", "", "1348", "Plague", cards=(0, 2))
    converted = facts_of(making.done(), "A file")

    assert shown(converted) == [
        ("person", {"person": ("Bismarck",), "who": ("Chancellor",), "lived": ("1815 – 1898",)}, ("name", "lived")),
        ("person", {"person": ("Anonymous",), "who": ("Plague",), "lived": ("died 1348",)}, ("name",)),
        ("q", {"q": ("When did Anonymous die?",), "a": ("1348",)}, ()),
    ]  # fmt: skip
    assert len(converted.cards) == 4
    assert_a_deck(converted)


def test_a_field_that_no_card_shows_is_a_line_of_the_note() -> None:
    places = note_type(
        28,
        "Events",
        ["Event", "Date", "Location", "Note ID", "Comment"],
        front_and_back("{{Event}}", "{{Date}}"),
    )
    making = Making().note(places, "Actium", "31 BC", "<b>Greece</b>", "e17", "at sea")
    making.note(places, "Troy falls", "long ago", "Asia", "e18", "")
    making.note(
        note_type(29, "Cloze", ["Text", "Place"], ("{{cloze:Text}}", "{{cloze:Text}}"), cloze=True),
        "{{c1::Nero}} fiddles",
        "Rome",
    )
    converted = facts_of(making.done(), "A file")

    assert [(fact.kind, fact.note) for fact in converted.decks[0].facts] == [
        ("event", "at sea\nLocation: Greece"),
        ("q", "Location: Asia"),
        ("cloze", "Place: Rome"),
    ]
    assert "field `Note ID`" not in converted.left_out[0]
    assert any("2 fields `Note ID` on 2 notes were left out" in told for told in converted.left_out)


def test_pictures_with_the_same_question_are_numbered_from_the_second_on() -> None:
    picture = note_type(30, "Pictures", ["Image", "Name"], ("{{Image}}", "{{Name}}"))
    making = Making(["1.png", "2.png", "3.png"])
    for number in range(1, 4):
        making.note(picture, f'<img src="{number}.png">', f"name {number}", deck="A" if number < 3 else "B")
    converted = facts_of(making.done(), "A file")

    assert [[fact.text("q") for fact in deck.facts] for deck in converted.decks] == [
        ["What does the picture show?", "What does the picture show? (2)"],
        ["What does the picture show?"],
    ]


def test_a_picture_may_be_the_question_and_its_name_does_not_tell_the_answer() -> None:
    picture = geography().decks[0].facts[1]

    assert picture.kind == "q"
    assert picture.text("q") == "What does the picture show?"
    assert picture.text("a") == "France"
    assert "france" not in picture.image
    assert geography().media[picture.image] == "france.png"


def test_a_picture_beside_the_words_of_an_answer_is_carried() -> None:
    kind = note_type(33, "Who", ["Who", "Name", "Portrait"], ("{{Who}}?", "{{Name}} {{Portrait}}"))
    converted = made("Chancellor", "Bismarck", '<img src="x.png">', kind=kind, media=("x.png",))

    assert (only(converted).image, converted.left_out) == ("history-media/x.png", ())


@pytest.mark.parametrize(
    ("kind", "fields", "question"),
    [
        (BASIC, ("Europe in 1914?", '<img src="a.png">'), "Europe in 1914?"),
        (CLOZE, ('Europe in 1914: {{c1::<img src="a.png">}}', ""), "Europe in 1914: [...]"),
    ],
)
def test_a_picture_that_is_the_answer_is_named_there_and_not_shown_with_the_question(
    kind: NoteType, fields: tuple[str, ...], question: str
) -> None:
    converted = made(*fields, kind=kind, media=("a.png",))

    assert only(converted).text("q") == question
    assert only(converted).text("a") == "See the picture history-media/a.png"
    assert only(converted).image == ""
    assert converted.media == {"history-media/a.png": "a.png"}
    assert converted.left_out == ()


@pytest.mark.parametrize(
    ("cards", "note"),
    [((2,), "Arm of the Mediterranean Sea"), ((0, 2), "")],
)
def test_what_no_card_of_a_note_shows_is_in_its_note_though_cards_of_others_show_it(
    cards: tuple[int, ...], note: str
) -> None:
    sea = note_type(
        34,
        "Seas",
        ["Name", "Remark", "Map"],
        front_and_back("{{#Remark}}What lies there: {{Remark}}?{{/Remark}}", "{{Name}}"),
        front_and_back("{{^Remark}}{{Name}}{{/Remark}}", "{{Map}}"),
        front_and_back("{{Map}}", "{{Name}}"),
    )
    making = Making(["a.png", "b.png"])
    making.note(sea, "Black Sea", "Sea of the north", '<img src="b.png">', cards=(0, 2))
    making.note(sea, "Adriatic Sea", "Arm of the Mediterranean Sea", '<img src="a.png">', cards=cards)
    converted = facts_of(making.done(), "A file")

    of_the_sea = [fact for fact in converted.decks[0].facts if "Adriatic" in str(fact.fields)]
    notes = "".join(fact.note for fact in of_the_sea)
    assert notes == note
    assert_a_deck(converted)


def test_a_field_of_a_section_that_a_card_leaves_out_is_in_the_note() -> None:
    kind = note_type(
        35,
        "Rulers",
        ["Front", "Back", "Short", "Long"],
        front_and_back("{{Front}}", "{{Back}}{{^Short}}<br>{{Long}}{{/Short}}"),
    )

    assert only(made("Who?", "Nero", "y", "Of Antium", kind=kind)).note == "Long: Of Antium"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1914-18", "1914–1918"),
        ("1914 - 18", "1914–1918"),
        ("1914-10", "1914-10"),
        ("1905-06", None),
        ("1918-14", None),
        ("28.-30.9.1938", "1938-09-28/1938-09-30"),
        ("30.9.-2.10.1938", "1938-09-30/1938-10-02"),
        ("28. bis 30. September 1938", "28–30 September 1938"),
        ("31.-30.9.1938", None),
    ],
)
def test_years_and_days_of_a_column_may_be_spans(text: str, date: str | None) -> None:
    assert DateColumn([text]).read(text) == date


@pytest.mark.parametrize("text", ["28.–30. September 1938", "28.-30. September 1938"])
def test_days_with_points_before_a_month_are_a_span(text: str) -> None:
    date = DateColumn([text]).read(text)

    assert date
    days = read_date(date)
    assert (days.earliest, days.latest) == (Day(1938, 9, 28), Day(1938, 9, 30))


def test_many_names_of_sources_are_declared_without_comparing_each_with_each() -> None:
    names = [f"src{number}" for number in range(3_000)] + [f"Evans{'x' * number}" for number in range(50)]
    facts = [Fact("q", {"q": (name,), "a": ("a",)}, sources=(name,)) for name in names]

    assert list(short_sources(facts)) == names


def test_fields_of_an_own_kind_that_are_dates_are_judged_as_dates() -> None:
    quote = note_type(
        21,
        "Quotes",
        ["Quote", "Speaker", "Date"],
        front_and_back("{{Quote}}", "{{Speaker}}"),
        front_and_back("When was it said?<br>{{Quote}}", "{{Date}}"),
    )
    making = Making().note(quote, "Alea iacta est", "Caesar", "49 BC", cards=(0, 1))
    converted = facts_of(making.note(quote, "Veni", "Caesar", "47 BC", cards=(0, 1)).done(), "A file")
    kind = converted.decks[0].kinds["quote"]

    assert kind.field("date") == Field("date", Form.DATE, required=True)
    assert [card.judge for card in kind.cards] == [Judge.SELF, Judge.DATE]
    assert_a_deck(converted)


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (["Emperor", "Dynasty", "Reign"], "emperor"),
        (["Front", "Dynasty", "Reign"], "my own notes"),
        (["event", "Dynasty", "Reign"], "my own notes"),
        (["note", "Dynasty", "Reign"], "my own notes"),
        (["1) {Emperor}: x", "Dynasty", "Reign"], "emperor x"),
        (["---", "Dynasty", "Reign"], "my own notes"),
    ],
)
def test_the_key_of_an_own_kind_is_one_that_a_deck_may_have(names: list[str], key: str) -> None:
    plain = ["A", "B", "C"]
    sides = [f"{{{{{name}}}}}" for name in plain]
    kind = note_type(22, "My own notes!", plain, front_and_back(sides[0], f"{sides[1]}<br>{sides[2]}"))
    template = kind.templates[0]
    # Names that Anki would not take in a template are still in files.
    renamed = kind._replace(
        fields=tuple(map(NoteField, names)),
        templates=(
            Template(
                template.name,
                template.question.replace("A", names[0]),
                template.answer.replace("{{B", "{{" + names[1]).replace("{{C", "{{" + names[2]),
            ),
        ),
    )
    converted = made("Nero", "Julio-Claudian", "54-68", kind=renamed)
    if ":" not in names[0]:
        assert list(converted.decks[0].kinds) == [key]
    assert_a_deck(converted)


@pytest.mark.parametrize(
    ("text", "cards", "cloze", "asks"),
    [
        ("The {{c1::Truman Doctrine::policy}} of {{c2::1947}}", (0, 1), "The {Truman Doctrine|policy} of {1947}", ["cloze:truman-doctrine", "cloze:1947"]),
        ("{{c1::Rome}}, {{c1::Rome}} and <b>{{c3::Car</b>thage}}", (0, 2), "{Rome}, {Rome} and {Carthage}", ["cloze:rome", "cloze:carthage"]),
        ("{{c1::Rome}} in {{c2::753 BC}}", (1,), "Rome in {753 BC}", ["cloze:753-bc"]),
        ("{a, b} | {{c1::x|y}}", (0,), "｛a, b｝ | {x｜y}", ["cloze:x-y"]),
        ("{{c1::Rome::...}}<br>fell", (0,), "{Rome}\nfell", ["cloze:rome"]),
    ],
)  # fmt: skip
def test_a_cloze_note_is_a_cloze_with_its_hidden_words(
    text: str, cards: tuple[int, ...], cloze: str, asks: list[str]
) -> None:
    converted = made(text, "in Rome", kind=CLOZE, cards=cards)

    assert shown(converted) == [("cloze", {"cloze": (cloze,)}, ())]
    assert only(converted).note == "in Rome"
    assert [name.asks for name in converted.cards.values()] == asks
    assert_a_deck(converted)


@pytest.mark.parametrize(
    ("text", "cards", "facts"),
    [
        ("{{c1::Kennedy}} met {{c1::Khrushchev}}", (0,), ["[...] met [...] = Kennedy; Khrushchev"]),
        ("{{c1::a}} or {{c1::b}}, {{c2::c}} or {{c2::d}}", (0, 1), ["[...] or [...], c or d = a; b", "a or b, [...] or [...] = c; d"]),
        ("{{c1::x}} and {{c1::y}}, not {{c3::z}}", (0, 2), ["x and y, not {z}", "[...] and [...], not z = x; y"]),
        ("{{c1::the {{c2::Truman}} Doctrine}}", (0, 1), ["{the Truman Doctrine}", "the [...] Doctrine = Truman"]),
        ("{{c1::1914}} and {{c2::1914}}", (0, 1), ["{1914} and 1914", "1914 and [...] = 1914"]),
        ("{{c1,2::both}} or {{c2::one}}", (0, 1), ["{both} or one", "[...] or [...] = both; one"]),
        ("{{c1::+::sign}} or {{c2::one}}", (0, 1), ["+ or {one}", "[sign] or one = +"]),
        (r"{{c1::Zeno}}: \(\frac{1}{2}\)", (0,), [r"[...]: \(\frac{1}{2}\) = Zeno"]),
    ],
)  # fmt: skip
def test_a_card_that_our_cloze_cannot_be_is_a_question(
    text: str, cards: tuple[int, ...], facts: list[str]
) -> None:
    converted = made(text, "extra", kind=CLOZE, cards=cards)
    found = converted.decks[0].facts

    assert [fact.text("cloze") or f"{fact.text('q')} = {fact.text('a')}" for fact in found] == facts
    assert {fact.note for fact in found} == {"extra"}
    assert len(converted.cards) == len(cards)
    assert_a_deck(converted)


@pytest.mark.parametrize(
    "edited", ["{{c1::x}} and {{c1::y}}, {{c2::z}}", "{{c1::x}} and {{c1::y}}", "{{c2::x}}"]
)
def test_a_cloze_note_that_is_edited_keeps_its_fact(edited: str) -> None:
    before, after = (
        made(text, "", kind=CLOZE, cards=(0, 1)) for text in ("{{c1::x}} and {{c2::y}}, z", edited)
    )

    assert only(before).id == after.decks[0].facts[0].id


def test_ids_come_from_the_guid_alone_and_tell_guids_apart_by_case() -> None:
    first = facts_of(
        Making().note(BASIC, "a", "b", guid="Ab{~").note(BASIC, "c", "d", guid="aB{~").done(), "x"
    )
    again = facts_of(Making().note(BASIC, "changed", "b", guid="Ab{~", deck="Other").done(), "y")
    names = [fact.id for fact in first.decks[0].facts]

    assert len(set(names)) == 2
    assert only(again).id == names[0]


def test_a_guid_that_comes_twice_still_gives_two_facts() -> None:
    converted = facts_of(Making().note(BASIC, "a", "b", guid="g").note(BASIC, "c", "d", guid="g").done(), "x")

    assert len({fact.id for fact in converted.decks[0].facts}) == 2


@pytest.mark.parametrize(
    ("decks", "title", "units"),
    [
        (["History"], "History", ["", ""]),
        (["History::Rome", "History::Greece"], "History", ["Rome", "Greece"]),
        (["History::Rome", "History::Rome::Kings"], "History::Rome", ["", "Kings"]),
        (["Default"], "A file", ["", ""]),
        (["Default", "Default::Rome"], "A file", ["", "Rome"]),
        ([" Hi\x07story :: Rome "], "History::Rome", ["", ""]),
    ],
)
def test_the_common_root_of_the_decks_is_the_title_and_the_rest_the_unit(
    decks: list[str], title: str, units: list[str]
) -> None:
    making = Making()
    for name in (decks * 2)[:2]:
        making.note(BASIC, f"a {name}", "b", deck=name)
    deck = facts_of(making.done(), "A file").decks[0]

    assert deck.title == title
    assert [fact.unit for fact in deck.facts] == units


def test_each_deck_at_the_top_is_a_deck_of_its_own_with_its_own_kinds_tags_and_pictures() -> None:
    making = Making(["a.png"])
    making.note(BASIC, "a", "b", deck="Default").note(BASIC, "c", "d", deck="History::Rome", tags=["x"])
    making.note(BASIC, "e", '<img src="a.png">', deck="Maths").note(BASIC, "f", "", deck="Empty")
    making.note(BASIC, "g", "h", deck="History::Rome::Kings", tags=["x"]).note(BASIC, "i", "j", cards=())
    converted = facts_of(making.done(), "A file")

    assert [(deck.id, deck.title, deck.tags) for deck in converted.decks] == [
        ("a-file", "A file", ()),
        ("history-rome", "History::Rome", ("x",)),
        ("maths", "Maths", ()),
    ]
    assert [[(fact.text("q"), fact.unit) for fact in deck.facts] for deck in converted.decks] == [
        [("a", ""), ("i", "")],
        [("c", ""), ("g", "Kings")],
        [("e", "")],
    ]
    assert converted.media == {"maths-media/a.png": "a.png"}
    assert_a_deck(converted)


def test_decks_whose_names_make_the_same_id_are_counted() -> None:
    making = Making().note(BASIC, "a", "b", deck="Rome").note(BASIC, "c", "d", deck="Rome!")

    assert [deck.id for deck in facts_of(making.done(), "x").decks] == ["rome", "rome-2"]


def test_notes_without_cards_go_with_the_only_deck_there_is() -> None:
    making = Making().note(BASIC, "a", "b", deck="Rome").note(BASIC, "c", "d", cards=())

    assert [len(deck.facts) for deck in facts_of(making.done(), "x").decks] == [2]


def test_tags_are_kept_and_those_of_all_are_the_decks() -> None:
    making = Making().note(BASIC, "a", "b", tags=["rome", "a::b", "leech"])
    deck = facts_of(making.note(BASIC, "c", "d", tags=["marked", "rome", "Punic_Wars"]).done(), "x").decks[0]

    assert deck.tags == ("rome",)
    assert [fact.tags for fact in deck.facts] == [("a::b",), ("Punic_Wars",)]


def test_a_source_of_one_word_is_declared() -> None:
    deck = made("Actium", "31 BC", "", "frus11, doc. 44", kind=EVENT).decks[0]

    assert deck.sources["frus11"].title == "frus11"
    assert_a_deck(Converted([deck], {}))


def test_links_of_a_note_are_among_its_sources() -> None:
    assert only(made("a", 'b <a href="https://e.org/b">c</a>')).sources == ("https://e.org/b",)


def test_a_hint_to_be_clicked_is_a_hint() -> None:
    kind = note_type(23, "With hint", ["Front", "Back", "Clue"], ("{{Front}} {{hint:Clue}}", BACK))

    assert only(made("a", "b", "c", kind=kind)).hints == ("c",)


OCCLUSION = note_type(
    24,
    "Image Occlusion",
    ["Occlusion", "Image", "Header"],
    ("{{Header}}<div>{{cloze:Occlusion}}</div>{{Image}}", "{{cloze:Occlusion}}"),
    cloze=True,
)

SPEAKING = note_type(
    25, "Speaking", ["Front", "Back", "Sort 1"], front_and_back("{{Front}} {{tts en_US:Front}}", "{{Back}}")
)


@pytest.mark.parametrize(
    ("kind", "fields", "cards", "facts", "told"),
    [
        (BASIC, ("a", "b [sound:x.mp3] [sound:y.mp3]"), (0,), 1, ["2 sounds on 1 note were left out (`a`): fasti plays none"]),
        (BASIC, ("[sound:x.mp3]", "b"), (0,), 0, ["1 sound on 1 note was left out (`b`): fasti plays none", "1 note was left out (`b`): nothing that can be asked remains"]),
        (BASIC, ("a", "[latex]x^2[/latex] and [$]y[/$]"), (0,), 1, ["2 formulas on 1 note were kept as typed (`a`): fasti draws none"]),
        (BASIC, ("a", r"\(x^2\)"), (0,), 1, ["1 formula on 1 note was kept as typed (`a`): fasti draws none"]),
        (BASIC, ("a", "b<iframe src=x></iframe>"), (0,), 1, ["1 embedded film, page or drawing on 1 note was left out (`a`): a deck holds text and pictures"]),
        (BASIC, ("a", "b<script>c</script>"), (0,), 1, ["1 script on 1 note was left out (`a`): nothing in a deck may act"]),
        (BASIC, ("a", 'b<img src="no.png">'), (0,), 1, ["1 picture on 1 note was left out (`a`): not in the package"]),
        (BASIC, ("a", ""), (0,), 0, ["1 note was left out (`a`): nothing that can be asked remains"]),
        (BASIC, ("a", "b"), (0, 7), 1, ["1 card on 1 note was left out (`a`): the note has nothing that such a card could ask"]),
        (OPTIONAL, ("a", "", "y"), (0, 1), 0, ["1 note was left out (`a`): nothing that can be asked remains"]),
        (OCCLUSION, ("{{c1::image-occlusion:rect:left=.1}}", "", "Map"), (0, 1), 0, ["2 cards that hide parts of pictures on 1 note were left out (`{{c1::image-occlusion:rect:left=.1}}`): fasti cannot hide parts"]),
        (BASIC, ("a", "b" * 20_000), (0,), 1, ["1 text on 1 note was cut (`a`): a text has at most 10,000 characters"]),
        (CLOZE, ("{a} {{c1::b}}", ""), (0,), 1, ["1 cloze on 1 note was respelt (`{a} {{c1::b}}`): there `{`, `}` and `|` say what is hidden, so that they became `｛`, `｝` and `｜`"]),
        (SPEAKING, ("a", "b", "7"), (0,), 1, ["1 field `Sort 1` on 1 note was left out (`a`): no card shows it, and it only numbers the notes", "1 text read aloud on 1 note type was left out (`Speaking`): fasti does not speak"]),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_is_told_with_its_number(
    kind: NoteType, fields: tuple[str, ...], cards: tuple[int, ...], facts: int, told: list[str]
) -> None:
    converted = made(*fields, kind=kind, cards=cards)

    assert list(converted.left_out) == told
    assert sum(len(deck.facts) for deck in converted.decks) == facts
    assert_a_deck(converted)


def test_cards_of_filtered_decks_belong_to_their_own() -> None:
    collection = Making().note(BASIC, "a", "b", deck="History").note(BASIC, "c", "d", deck="Filtered").done()
    home = [card._replace(original_deck=1) for card in collection.cards]

    assert facts_of(collection._replace(cards=home), "x").decks[0].title == "History"


def test_ankis_own_note_types_are_carried_card_by_card(tmp_path: Any) -> None:
    with real_anki(tmp_path) as anki:
        added_note(anki, "Basic", {"Front": "Who?", "Back": "Nero"}, "History")
        added_note(anki, "Basic (and reversed card)", {"Front": "a", "Back": "b"}, "History")
        added_note(
            anki, "Basic (optional reversed card)", {"Front": "a", "Back": "b", "Add Reverse": "y"}, "History"
        )
        added_note(anki, "Basic (type in the answer)", {"Front": "c", "Back": "d"}, "History")
        added_note(anki, "Cloze", {"Text": "{{c1::Rome}} fell in {{c2::476}}"}, "History::Rome")
        added_note(
            anki,
            "Image Occlusion",
            {"Occlusion": "{{c1::image-occlusion:rect:left=.1}}", "Image": "i"},
            "History",
        )
        collection = as_collection(anki)
    converted = facts_of(collection, "A file")

    assert [fact.kind for fact in converted.decks[0].facts] == ["q", "term", "term", "q", "cloze"]
    assert len(collection.cards) - len(converted.cards) == 1
    assert converted.left_out[0].startswith("1 card that hides part of a picture on 1 note was left")
    assert_a_deck(converted)


def test_every_card_is_the_one_that_asks_the_same() -> None:
    converted = made("Actium", "31 BC", kind=EVENT, cards=(0, 1))
    fact = only(converted)
    cards = cards_of(fact, BUILT_IN["event"], Links((), {}), {})

    assert converted.cards == {
        100: CardName("history", str(fact.id), "when"),
        101: CardName("history", str(fact.id), "what"),
    }
    assert [(card.asks, card.prompt, card.answer) for card in cards] == [
        ("when", "Actium", ("31 BC",)),
        ("what", "31 BC", ("Actium",)),
    ]


NAMES = st.sampled_from(
    [
        *("Front", "Back", "Event", "Date", "Name", "Who", "Born", "Died", "Source", "Notes", "Hint", "Image"),
        *("Term", "Definition", "Country", "q", "event", "id", "1st", "(x)", "{a}", "Text", "日本", "---", "#x", "a:b"),
    ]
)  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(
        [
            *("Rome", "<b>x</b>", "1066", "44 BC", "<br>", "{{c1::a}}", "{{c2::b::h}}", "{", "}", "|", "[sound:x.mp3]"),
            *('<img src="a.jpg">', '<img src="b.png">', "a: b", "# c", "- d", '"q"', "it's", r"\(x\)", "&lt;", "<li>m"),
            *('<a href="https://e.org/a">w</a>', "x\ny", "\u202e", "\ufdd1", "\x00", "yes", "frus, 12", "12/10/1962"),
        ]
    ),
    max_size=4,
).map(" ".join)  # fmt: skip
SIDES = [
    "{{N}}",
    "{{N}}<br>",
    "{{#N}}x {{N}}{{/N}}",
    "{{hint:N}}",
    "{{type:N}}",
    "Label: {{N}}",
    "lit {x} ",
    "{{cloze:N}}",
]


@st.composite
def note_types(draw: st.DrawFn) -> NoteType:
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    cloze = draw(st.booleans())

    def side() -> str:
        pieces = draw(st.lists(st.sampled_from(SIDES), min_size=1, max_size=3))
        return "".join(piece.replace("N", draw(st.sampled_from(names))) for piece in pieces)

    start = f"{{{{cloze:{names[0]}}}}}" if cloze else f"{{{{{names[0]}}}}}"
    line = draw(st.sampled_from(["", "{{FrontSide}}<hr id=answer>", "<hr id=answer>"]))
    sides = [(start + side(), line + side()) for _ in range(1 if cloze else draw(st.integers(1, 3)))]
    return note_type(
        draw(st.integers(1, 3)), draw(st.sampled_from(["Own", "N: x", "#"])), names, *sides, cloze=cloze
    )


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_made_of_a_collection_is_a_deck_without_errors(data: st.DataObject) -> None:
    types = {kind.id: kind for kind in data.draw(st.lists(note_types(), min_size=1, max_size=3))}
    making = Making(["a.jpg"])
    for kind in data.draw(st.lists(st.sampled_from(list(types.values())), max_size=6)):
        making.note(
            kind,
            *(data.draw(TEXTS) for _ in kind.fields),
            cards=data.draw(st.lists(st.integers(0, 3), max_size=3, unique=True)),
            deck=data.draw(st.sampled_from(["History", "History::Rome", "Default", "::", "# a: b"])),
            tags=data.draw(st.lists(st.sampled_from(["a", "b::c", "leech", "#t", "Ü"]), unique=True)),
        )
    collection = making.done()
    converted = facts_of(collection, "A file")

    assert_a_deck(converted)
    assert set(converted.cards) <= {card.id for card in collection.cards}
    if len(converted.cards) < len(collection.cards):
        assert converted.left_out
