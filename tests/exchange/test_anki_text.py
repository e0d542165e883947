"""Anki's text format: the real Anki updates notes from it, and nothing in it acts in a spreadsheet."""

import csv
from html import unescape

import pytest

from fasti.core.days import Moment
from fasti.exchange.collection import (
    AnkiCard,
    AnkiDeck,
    AnkiNote,
    Contents,
    NoteField,
    NoteType,
    Template,
)
from fasti.exchange.packages.write import write_package
from fasti.exchange.progress.schedule import calendar_of
from fasti.exchange.tables.anki_text import TextNote, write_text
from fasti.whole_file import WriteError
from tests.exchange.anki_oracle import empty_collection, import_package, import_text

CARD = (Template("Card", "{{Front}}", "{{FrontSide}}", 31),)
EVENT = NoteType(
    1_600_000_000_001,
    "fasti Event",
    tuple(NoteField(name, 100 + ord) for ord, name in enumerate(("Front", "Date", "fasti"))),
    CARD,
    mod=1_700_000_000,
)
TERM = NoteType(
    1_600_000_000_002,
    "fasti Term",
    tuple(NoteField(name, 200 + ord) for ord, name in enumerate(("Front", "Means", "Hint", "Note", "fasti"))),
    CARD,
    mod=1_700_000_000,
)
SUEZ = TextNote("guid-suez", EVENT, "History::Suez", ("cold-war",), ("Suez crisis", "1956", '{"v":1}'))
TERROR = TextNote("guid-term", TERM, "History", (), ("terror", "a b c", "", "", '{"v":2}'))
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "  =1")


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.reader(file) if not row[0].startswith("#")]


def package(path, notes, extra_decks=()):
    """The same notes as a package, so that Anki has their note types."""
    decks = {
        name: number for number, name in enumerate([*(note.deck for note in notes), *extra_decks], 10**12)
    }
    write_package(
        path,
        Contents(
            calendar_of(Moment(1_700_000_000_000, 0)),
            [EVENT, TERM],
            [AnkiDeck(number, name) for name, number in decks.items()],
            [
                AnkiNote(
                    1_650_000_000_000 + place,
                    note.guid,
                    note.note_type.id,
                    1,
                    ("old",),
                    ("old", *note.fields[1:]),
                )
                for place, note in enumerate(notes)
            ],
            [
                AnkiCard(1_650_000_000_000 + place, 1_650_000_000_000 + place, decks[note.deck], 0, due=place)
                for place, note in enumerate(notes)
            ],
        ),
    )


@pytest.fixture
def in_anki(tmp_path):
    """What the real Anki has, by guid, after a package of some notes and a text file of others."""

    def import_both(packaged, written, extra_decks=()):
        package(tmp_path / "notes.apkg", packaged, extra_decks)
        write_text(tmp_path / "notes.csv", written)
        with empty_collection(tmp_path) as collection:
            import_package(collection, tmp_path / "notes.apkg")
            import_text(collection, tmp_path / "notes.csv")
            rows = collection.db.all(
                "SELECT n.guid, n.mid, n.flds, n.tags, c.did FROM notes n JOIN cards c ON c.nid = n.id"
            )
            return {
                guid: (mid, tuple(fields.split("\x1f")), set(tags.split()), collection.decks.name(deck))
                for guid, mid, fields, tags, deck in rows
            }

    return import_both


def as_there(note, deck=None):
    return note.note_type.id, note.fields, set(note.tags), deck or note.deck


def test_notes_of_several_note_types_in_one_file_arrive_field_for_field(in_anki):
    there = in_anki([SUEZ, TERROR], [SUEZ, TERROR])

    assert there == {"guid-suez": as_there(SUEZ), "guid-term": as_there(TERROR)}


def test_a_note_that_anki_does_not_have_yet_is_added_in_a_deck_that_it_makes(in_anki):
    new = SUEZ._replace(guid="guid-new", deck="Another::Deck")

    assert in_anki([SUEZ, TERROR], [new])["guid-new"] == as_there(new)


@pytest.mark.parametrize(
    "text",
    [
        "Anderson's U-2, &quot;shot down&quot;<br>on a Saturday",
        '"quoted", with a comma',
        "# looks like a comment",
        "two\nlines",
        "日本 · Žižek · Ἑλλάς",
        "tags: not tags",
    ],
)
def test_any_text_arrives_as_it_is(in_anki, text):
    note = SUEZ._replace(fields=(text, text, text))

    assert in_anki([SUEZ], [note])["guid-suez"] == as_there(note)


@pytest.mark.parametrize("deck", ["1914", "=Rome", "-43", "+1"])
def test_notes_whose_deck_would_not_be_taken_for_a_name_are_updated_all_the_same(in_anki, deck):
    note = SUEZ._replace(deck=deck)

    assert in_anki([note], [note._replace(fields=("new", "", ""))])["guid-suez"][1] == ("new", "", "")


@pytest.mark.parametrize("start", FORMULAS)
def test_a_cell_that_begins_like_a_formula_cannot_act_and_shows_the_same_in_anki(tmp_path, start):
    package(tmp_path / "notes.apkg", [SUEZ])
    write_text(tmp_path / "notes.csv", [SUEZ._replace(fields=(f"{start} <b>x</b>", start, ""))])
    with empty_collection(tmp_path) as collection:
        import_package(collection, tmp_path / "notes.apkg")
        import_text(collection, tmp_path / "notes.csv")
        (card,) = collection.find_cards("")
        shown = collection.get_card(card).question(reload=True)
        plain = collection.media.strip_av_tags(shown)

    for cell in cells(tmp_path / "notes.csv")[0]:
        assert cell.lstrip()[:1] not in set("=+-@＝＋－＠")
        assert cell[:1] not in {"\t", "\r", "\n"}
    assert unescape(plain).split("</style>")[-1].strip() == f"{start} <b>x</b>".strip()


@pytest.mark.parametrize(
    ("tags", "cell"),
    [
        (("=evil", "good"), "good =evil"),
        (("-43", "+1"), "\N{NO-BREAK SPACE}-43 +1"),
        (("cold-war", "a::b"), "cold-war a::b"),
        ((), ""),
    ],
)
def test_tags_do_not_begin_like_a_formula_and_stay_the_same_tags(in_anki, tmp_path, tags, cell):
    note = SUEZ._replace(tags=tags)

    assert in_anki([note], [note])["guid-suez"][2] == set(tags)
    assert cells(tmp_path / "notes.csv")[0][3] == cell


def test_a_guid_like_a_formula_is_left_out_and_the_first_field_tells_the_note(in_anki):
    hostile = SUEZ._replace(guid="=1+1", fields=("old", "1956", ""))

    assert in_anki([hostile], [hostile._replace(fields=("old", "1957", ""))]) == {
        "=1+1": as_there(hostile._replace(fields=("old", "1957", "")))
    }


def test_the_file_is_a_table_with_a_heading_and_as_many_cells_in_every_row(tmp_path):
    write_text(tmp_path / "notes.csv", [SUEZ, TERROR])
    data = (tmp_path / "notes.csv").read_bytes()

    assert data.startswith(b"\xef\xbb\xbf#separator:Comma\r\n#html:true\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"#columns:guid,note type,deck,tags,Front,Date / Means,fasti / Hint,Note,fasti\r\n" in data
    assert {len(row) for row in cells(tmp_path / "notes.csv")} == {9}


def test_a_file_without_notes_is_a_heading(tmp_path):
    write_text(tmp_path / "notes.csv", [])

    assert cells(tmp_path / "notes.csv") == []


def test_an_old_file_stays_as_it_was_where_writing_fails(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("old", encoding="utf-8")
    broken = [SUEZ, SUEZ._replace(fields=("\ud800",))]

    with pytest.raises(UnicodeEncodeError):
        write_text(path, broken)

    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(WriteError, match="there is no such folder"):
        write_text(tmp_path / "missing" / "notes.csv", [SUEZ])
