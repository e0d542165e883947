"""Tables become decks, with every guess shown and every row accounted for."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.cards import cards_of
from fasti.core.facts import START, Deck, Fact
from fasti.core.kinds import BUILT_IN
from fasti.core.links import Links
from fasti.decks.read import read_deck
from fasti.decks.write import deck_text
from fasti.errors import FastiError
from fasti.exchange.foreign.facts import facts_of
from fasti.exchange.own.notes import guid_of, notes_of
from fasti.exchange.tables.anki_text import TextNote, write_text
from fasti.exchange.tables.spreadsheet import TableFacts, facts_in_table
from tests.exchange.foreign import BASIC, Making


def table(text: str, name: str = "roman-history.csv") -> TableFacts:
    made = facts_in_table(text.encode(), name)
    assert_a_deck(made.deck)
    return made


def taken(data: bytes) -> TableFacts | None:
    """What is made of a file, or None where it is refused."""
    try:
        return facts_in_table(data, "x.csv")
    except FastiError:
        return None


def assert_a_deck(deck: Deck) -> None:
    """The deck can be written and read again without an error."""
    reading = read_deck(deck_text(deck))
    assert [problem for problem in reading.problems if problem.severity == "error"] == []
    assert reading.deck
    assert [replace(fact, place=START, places={}) for fact in reading.deck.facts] == list(deck.facts)


def shown(made: TableFacts) -> list[tuple[str, dict[str, str | tuple[str, ...]]]]:
    """The kinds and fields; a field of one value as a text."""
    return [
        (fact.kind, {name: values[0] if len(values) == 1 else values for name, values in fact.fields.items()})
        for fact in made.deck.facts
    ]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("event,date\nActium,31 BC\n", [("event", {"event": "Actium", "date": "31 BC"})]),
        ("Date;Event;What\n31 BC;Actium;Octavian wins\n", [("event", {"event": "Actium", "date": "31 BC", "what": "Octavian wins"})]),
        ("EREIGNIS\tDATUM\nActium\t31 BC\n", [("event", {"event": "Actium", "date": "31 BC"})]),
        ("Événement;Année\nActium;1066\n", [("event", {"event": "Actium", "date": "1066"})]),
        ("Name,Who was it?,Lived\nNero,Emperor,AD 37–68\n", [("person", {"person": "Nero", "who": "Emperor", "lived": "AD 37–68"})]),
        ("Person,Description,Born,Died\nNero,Emperor,37,68\nLivia,Empress,,\n", [("person", {"person": "Nero", "who": "Emperor", "lived": "AD 37 – 68"}), ("person", {"person": "Livia", "who": "Empress"})]),
        ("Term,Definition\nquarantine,a blockade\n", [("term", {"term": "quarantine", "means": "a blockade"})]),
        ("Question,Answer\nWho?,Nero\n", [("q", {"q": "Who?", "a": "Nero"})]),
        ("Front|Back\nWho?|Nero\n", [("q", {"q": "Who?", "a": "Nero"})]),
        ("cause,effect,why\na,b,c\n", [("cause", {"cause": "a", "effect": "b", "why": "c"})]),
        ("effect,causes\nWar,alliances; anti-semitism\n", [("effect", {"effect": "War", "causes": ("alliances", "Anti-semitism")})]),
        ("cloze\nThe {Truman Doctrine|policy}\n{{c1::Rome::city}} fell\n", [("cloze", {"cloze": "The {Truman Doctrine|policy}"}), ("cloze", {"cloze": "{Rome|city} fell"})]),
        ("order;items\nThe end;a, b, c\nThe start;\"1. a\n2. b\"\n", [("order", {"order": "The end", "items": ("a", "b", "c")}), ("order", {"order": "The start", "items": ("a", "b")})]),
        ("event,date,term,meaning\nActium,31 BC,,\n,,pax,peace\n", [("event", {"event": "Actium", "date": "31 BC"}), ("term", {"term": "pax", "means": "peace"})]),
        ("kind,front,back\nevent,Actium,31 BC\npeople,Nero,Emperor\nQuestion,Who?,Nero\n", [("event", {"event": "Actium", "date": "31 BC"}), ("person", {"person": "Nero", "who": "Emperor"}), ("q", {"q": "Who?", "a": "Nero"})]),
        ("question,answer\n\"two\nlines\",\"a \"\"b\"\"\"\n", [("q", {"q": "two\nlines", "a": 'a "b"'})]),
        ("question,answer\n'=1+1,'-2\n", [("q", {"q": "=1+1", "a": "-2"})]),
        ("question,answer\n'tis,it's\n", [("q", {"q": "'tis", "a": "it's"})]),
    ],
)  # fmt: skip
def test_the_names_of_the_columns_decide_the_kind(
    text: str, facts: list[tuple[str, dict[str, str | tuple[str, ...]]]]
) -> None:
    made = table(text)

    assert shown(made) == facts
    assert made.problems == ()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_way_in_which_spreadsheets_write_tables_is_read(separator: str, encoding: str) -> None:
    text = separator.join(["event", "date", "note"]) + "\r\n"
    text += separator.join(["Élysée", "1963", '"a, b; c"']) + "\r\n"
    made = facts_in_table(text.encode(encoding), "x.csv")

    assert shown(made) == [("event", {"event": "Élysée", "date": "1963"})]
    assert made.deck.facts[0].note == "a, b; c"


def test_windows_text_is_read_and_told_as_a_guess() -> None:
    made = facts_in_table("Frage;Antwort\nWer?;Müller – „er“\n".encode("cp1252"), "x.csv")

    assert shown(made) == [("q", {"q": "Wer?", "a": "Müller – „er“"})]
    assert "Windows-1252" in made.remarks[0]


def test_excels_line_about_the_separator_is_no_row() -> None:
    made = table("sep=;\r\nquestion;answer\r\na;b\r\nc;\r\n")

    assert made.problems == ("row 4 is left out: no `answer`",)


def test_what_stands_beside_the_fields_gets_its_own_key() -> None:
    made = table(
        "ID,Question,Answer,Hint,Also accept,Sources,Comments,Tags,Unit,Picture,Ask\n"
        'nero,Who?,Nero,Rome|fire,Domitius; Lucius,"Suetonius\nfrus11",a note,"rome, fire",Unit 1,maps\\a.png,answer\n'
    )
    fact = made.deck.facts[0]

    assert (fact.id, fact.hints, fact.accept, fact.sources) == (
        "nero",
        ("Rome", "fire"),
        ("Domitius", "Lucius"),
        ("Suetonius", "frus11"),
    )
    assert (fact.note, fact.tags, fact.unit, fact.image) == (
        "a note",
        ("rome", "fire"),
        "Unit 1",
        "maps/a.png",
    )
    assert [guess.taken_for for guess in made.guess] == [
        *("id", "q", "a", "hint", "accept", "source", "note", "tags", "unit", "image", "ask"),
    ]


def test_the_guess_says_what_goes_into_the_note_and_what_is_passed_over() -> None:
    made = table("Lfd. Nr.,Event,Date,Ort,Empty,,ID\n7,Actium,31 BC,Greece,,blue,a\n9,Yalta,1945,,,,b\n")

    assert [tuple(guess) for guess in made.guess] == [
        (1, "Lfd. Nr.", ""),
        (2, "Event", "event"),
        (3, "Date", "date"),
        (4, "Ort", "a line of the note"),
        (5, "Empty", ""),
        (6, "column 6", "a line of the note"),
        (7, "ID", "id"),
    ]
    assert [fact.note for fact in made.deck.facts] == ["Ort: Greece\nblue", ""]
    assert made.remarks == ("columns are parted by commas",)
    assert (made.deck.title, made.deck.id, made.deck.named) == ("Roman history", "roman-history", False)


def test_a_column_that_the_kind_of_a_row_has_no_place_for_goes_into_its_note() -> None:
    made = table(
        "event,date,caused by,term,meaning\nActium,31 BC,,pax,\nTroy,long ago,Helen,,\n,,,pax,peace\n"
    )

    assert [(fact.kind, fact.note) for fact in made.deck.facts] == [
        ("event", "term: pax"),
        ("q", "caused by: Helen"),
        ("term", ""),
    ]


@pytest.mark.parametrize(
    ("cell", "sources", "declared"),
    [
        ("Evans; Das Dritte Reich", ("Evans; Das Dritte Reich",), []),
        ("Gaddis 1997, p. 3; Westad 2017", ("Gaddis 1997, p. 3", "Westad 2017"), []),
        ("Smith\nWikipedia", ("Smith", "Wikipedia"), []),
        ("https://e.org/a; https://e.org/b", ("https://e.org/a", "https://e.org/b"), []),
        ("Evans, p. 3", ("Evans, p. 3",), []),
        ("e.org", ("e.org",), []),
        ("frus11, doc. 44", ("frus11, doc. 44",), ["frus11"]),
        ("gadis\nGaddis, p. 3\nEvans", ("gadis", "Gaddis, p. 3", "Evans"), ["gadis", "Gaddis"]),
    ],
)
def test_only_short_names_are_declared_as_sources(
    cell: str, sources: tuple[str, ...], declared: list[str]
) -> None:
    made = table(f'question,answer,source\na,b,"{cell}"\n')

    assert made.deck.facts[0].sources == sources
    assert list(made.deck.sources) == declared


def test_cards_that_a_row_asks_for_are_its_ask() -> None:
    made = table("event,date,ask\nActium,31 BC,when what\nPhilippi,42 BC,when\nPharsalus,48 BC,whom\n")

    assert [fact.ask for fact in made.deck.facts] == [("when", "what"), (), ()]
    assert made.problems == (
        "row 4 asks for `whom`, which is not a card of `event`; it has when, what, causes, effects",
    )


def test_dates_in_numbers_are_read_where_others_show_their_order_and_this_is_told() -> None:
    made = table("event,date\nBlack Saturday,27/10/1962\nArmistice,3/11/1918\n")

    assert [fact.text("date") for fact in made.deck.facts] == ["1962-10-27", "1918-11-03"]
    assert "dates in numbers are read as day/month/year" in made.remarks


def test_a_date_with_points_or_with_one_reading_needs_no_others() -> None:
    made = table("event,date\nA,1.9.1939\nB,28.6.1914 - 11.11.1918\nC,13/1/1939\n")

    assert [fact.text("date") for fact in made.deck.facts] == [
        "1939-09-01",
        "1914-06-28 - 1918-11-11",
        "1939-01-13",
    ]
    assert made.problems == ()


PROBLEMS: list[tuple[str, int, str]] = [
    ("event,date\nA,1066\nB,long ago\n", 2, "row 3 is a question and its answer, because its date cannot be read: `long ago` is not a date"),
    ("event,date\nA,3/4/1917\n", 1, "row 2 is a question and its answer, because its date cannot be read: "),
    ("event,date\nA,1066\nB,\n", 1, "row 3 is left out: no `date`"),
    ("event,date\nA,1066\n\n,1067\n", 1, "row 4 is left out: no `event`"),
    ("question,answer\nq,a,more\n", 1, "row 2 has 3 cells for 2 columns; the last are left out"),
    ("cloze\n{a}\nnothing\n", 1, "row 3 is left out: nothing is hidden"),
    ("order;items\nx;a, b\ny;a\n", 1, "row 3 is left out: an order needs two or more different parts"),
    ("order;items\nx;a, b\ny;a, A\n", 1, "row 3 is left out: an order needs two or more different parts"),
    ("kind,front,back\nq,a,b\ncolour,c,d\n", 1, "row 3 is left out: `colour` is no kind of fact"),
    ("kind,event,date\nevent,a,1066\nterm,c,d\n", 1, "row 3 is left out: the table has no columns for the kind `term`"),
    ("id,question,answer\nmy id,a,b\n", 1, "row 2 has the id `my id`, which no fact can have; it is `my-id` here"),
    ("id,question,answer\nx,a,b\nx,c,d\n", 2, "row 3 has the id of row 2, `x`; it comes in without one"),
    ("question,answer,image\na,b,../x.png\n", 1, "row 2 names a picture that is not beside the table, `../x.png`; it is left out"),
    ("event,date,calendar\nA,1066,jewish\n", 1, "row 2 names a calendar that fasti does not know, `jewish`"),
    ("cloze\n{a} and {{c1::b|c}}\n", 1, "row 2 has braces or bars that hide nothing; they are `｛`, `｝` and `｜` here"),
    ("person,who,lived\nA,b,always\n", 1, "row 2 has a date that goes to its note, because it cannot be read: "),
    ("question,answer\na," + "b" * 20_000 + "\n", 1, "row 2 has a text of 20,000 characters; it is cut at 9,900"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts", "problem"), PROBLEMS)
def test_what_is_wrong_with_a_row_is_told_with_its_number(text: str, facts: int, problem: str) -> None:
    made = table(text)

    assert len(made.deck.facts) == facts
    assert len(made.problems) == 1
    assert made.problems[0].startswith(problem)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"PK\x03\x04rest", "is a spreadsheet program's own file, not a table in text"),
        (b"\xd0\xcf\x11\xe0rest", "is a spreadsheet program's own file, not a table in text"),
        (b"question,answer\na,b\x00\n", "is not text in UTF-8, UTF-16 or Windows-1252"),
        (bytes(range(256)), "is not text in UTF-8, UTF-16 or Windows-1252"),
        ("question,answer\na,b\n".encode("utf-16-le"), "is not text in UTF-8, UTF-16 or Windows-1252"),
        (b"a" * (33 * 1024 * 1024), "has 33 MiB; a table may have 32"),
        (b"Nero\nLivia\n", "has one column, where a fact has at least two"),
        (b"Nero,Emperor\nLivia,Empress\n", "has no column whose name says what it holds"),
        (b"event,place\nActium,Greece\n", "has a column `event`, but none for `date`"),
        (b"question\nWho?\n", "has a column `question`, but none for `answer`"),
        (b"question,answer\n", "has no rows with facts"),
        (b"question,answer\na,\n", "has no row that is a fact: row 2 is left out: no `answer`"),
        (b"#separator:tab\n#html:true\n", "has no rows with facts"),
        (b"PK\x03\x04...collection.anki21b...", "is an Anki package, not a table"),
    ],
)
def test_a_file_that_is_no_table_of_facts_is_refused_with_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(FastiError) as refused:
        facts_in_table(data, "folder/x.csv")

    assert str(refused.value) == f"`x.csv` {message}"
    assert refused.value.hint


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('question,answer\na,b\n"c,d\ne,f\ng,h\n', 3),
        ('question,answer\na,"b\n', 2),
        ('question,answer\na,"' + "b" * 200_000 + '"\n', 2),
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_told_where_it_opens(text: str, row: int) -> None:
    with pytest.raises(FastiError, match=f"row {row} of `x.csv` cannot be read: a quotation mark"):
        facts_in_table(text.encode(), "x.csv")


ANKI = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
    "guid-1\tBasic\tHistory::Rome\tWho &amp; <b>why</b>?\tNero<br>&#61;x\ta::b c_d\n"
    'g~{\tCloze\tHistory::Greece\t"The {{c1::Doric::style}} ""order"""\textra\t\n'
)


def test_ankis_own_text_export_is_read_by_its_headers() -> None:
    made = table(ANKI, "export.txt")
    first, second = made.deck.facts

    assert shown(made) == [
        ("q", {"q": "Who & why?", "a": "Nero\n=x"}),
        ("cloze", {"cloze": 'The {Doric|style} "order"'}),
    ]
    assert (made.deck.title, first.unit, second.unit) == ("History", "Rome", "Greece")
    assert first.tags == ("a::b", "c_d")


def test_a_note_has_the_same_id_in_a_text_export_and_in_a_package() -> None:
    package = facts_of(Making().note(BASIC, "a", "b", guid="guid-1").done(), "x")

    assert table(ANKI).deck.facts[0].id == package.decks[0].facts[0].id


def test_a_text_export_whose_columns_are_named_by_fields_is_read_by_them() -> None:
    made = table(
        "#separator:Semicolon\n#html:true\n#columns:guid;notetype;deck;tags;Event;Date;What;Note;Ask what\n"
        "#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:4\n"
        'g1;Events;Rome;a b;Actium;31 BC;"Octavian &lt;wins&gt;";n;What happened?\n'
    )

    assert shown(made) == [("event", {"event": "Actium", "date": "31 BC", "what": "Octavian <wins>"})]
    assert made.deck.facts[0].ask == ("what",)
    assert made.deck.facts[0].tags == ("a", "b")


def own_table(fact: Fact, file: Path) -> bytes:
    """The bytes of our own export of a deck of one fact."""
    kind = BUILT_IN[fact.kind]
    cards = cards_of(fact, kind, Links([fact], BUILT_IN), {})
    notes = notes_of("rome", "Rome", str(fact.id), fact, kind, cards, {}, "", {})
    guid = guid_of("rome", str(fact.id), "")
    write_text(file, [TextNote(guid, each.note_type, "Rome", ("tag",), each.fields) for each in notes])
    return file.read_bytes()


def test_a_table_that_we_wrote_comes_back_as_the_deck_that_it_was(tmp_path: Path) -> None:
    fields = {"event": ("=Actium",), "date": ("31 BC",), "what": ("a < b",)}
    fact = Fact("event", fields, id="actium", ask=("when", "what"), note="- a\n- b", tags=("tag",))
    made = facts_in_table(own_table(fact, tmp_path / "x.csv"), "x.csv")

    assert (made.deck.id, made.deck.title) == ("rome", "Rome")
    assert made.deck.facts == (fact,)
    assert made.problems == []
    assert (made.guess, made.remarks) == ((), ["this is a table that fasti wrote"])


def test_what_was_changed_in_a_table_of_ours_is_taken_and_told(tmp_path: Path) -> None:
    fact = Fact("event", {"event": ("Actium",), "date": ("31 BC",), "what": ("a battle",)}, id="actium")
    data = own_table(fact, tmp_path / "x.csv").replace(b'"a battle"', b'"Octavian wins"', 1)
    made = facts_in_table(data, "x.csv")

    assert made.deck.facts[0].text("what") == "Octavian wins"
    assert "changed here: `Actium`" in made.remarks


COLUMNS = st.sampled_from(
    [
        *("Event", "Date", "person", "Who", "lived", "Born", "Died", "term", "Meaning", "question", "Answer", "cause"),
        *("effect", "causes", "cloze", "Text", "order", "items", "kind", "id", "hint", "Notes", "source", "tags"),
        *("unit", "accept", "caused by", "leads to", "image", "ask", "calendar", "", "guid", "Ask when", "Front"),
    ]
)  # fmt: skip
CELLS = st.sampled_from(
    [
        *("Rome", "1066", "28/10/1962", "3/4/1917", "44 BC", "x; y", "a, b", "{x|h} y", "{{c1::a::h}} {b}", "{", "}"),
        *("event", "cloze", "my-id", "My id", "-", "anti-semitism", '"q"', "line\ntwo", "=1+1", "'=1", "'", "julian"),
        *("when what", "a.png", "../a.png", "C:\\a", "# c", "a: b", "\x07", "\u202e", "frus, 12", "gadis", "Gaddis"),
        *("|", "; ;", "1. a; 2. b", "<b>x</b>", "&#61;x", "null", "x" * 10_005, "37", "68", "http://x.y/z", "@", "", ""),
    ]
)  # fmt: skip


@given(st.lists(COLUMNS, min_size=1, max_size=7, unique=True), st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_a_table_holds_the_deck_has_no_errors_and_no_row_is_lost(
    names: list[str], data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), max_size=6))
    file = io.StringIO()
    writer = csv.writer(file, delimiter=data.draw(st.sampled_from(",;\t")), quoting=csv.QUOTE_ALL)
    writer.writerows([names, *rows])
    made = taken(file.getvalue().encode())
    if made is None:
        return

    assert_a_deck(made.deck)
    left_out = sum(" is left out: " in problem and "picture" not in problem for problem in made.problems)
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    assert len(made.deck.facts) + left_out == filled


@given(st.binary(max_size=60), st.sampled_from([b"", b"question,answer\n", b"#guid column:1\n", b"sep="]))
def test_no_bytes_raise_anything_but_a_refusal(data: bytes, start: bytes) -> None:
    made = taken(start + data)

    assert made is None or made.deck.facts


@pytest.mark.parametrize(
    "data",
    [
        b"event,date,note\rActium,31 BC,x\rPydna,168 BC,y\r",
        b'event,date,note\rActium,31 BC,"x\nz"\rPydna,168 BC,y\r',
        b"#separator:Comma\r#columns:event,date,note\rActium,31 BC,x\rPydna,168 BC,y\r",
    ],
)
def test_lines_may_end_as_on_an_old_mac(data: bytes) -> None:
    facts = facts_in_table(data, "x.csv").deck.facts

    assert [fact.text("event") for fact in facts] == ["Actium", "Pydna"]


def test_sounds_in_a_table_are_taken_out_and_told() -> None:
    made = table("#separator:tab\n#html:true\nWho? [sound:q.mp3]\tNero [sound:x.mp3]\nWhen?\t64\n")

    assert shown(made)[0] == ("q", {"q": "Who?", "a": "Nero"})
    assert list(made.problems) == ["2 sounds on 1 row were left out (`row 3`): fasti plays none"]


def test_a_cell_that_is_only_a_picture_is_not_called_empty() -> None:
    made = table('#separator:tab\n#html:true\n<img src="a.png">\tNero\nWhen?\t64\n')

    assert len(made.deck.facts) == 1
    assert list(made.problems) == [
        (
            "row 3 is left out: `Front` is only the picture `a.png`, which a table cannot bring along; "
            "import the deck as an `.apkg` instead"
        )
    ]
