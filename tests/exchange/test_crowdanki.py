"""CrowdAnki folders: decks inside decks, notes, media that stay in their folder, and the cards Anki would make."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from fasti.exchange.collection import AnkiCard, AnkiNote, Collection, NoteField, NoteType, Template
from fasti.exchange.packages.crowdanki import Ordinals
from fasti.exchange.packages.error import PackageError
from fasti.exchange.packages.read import open_collection
from tests.exchange.anki_oracle import require_anki
from tests.exchange.packages import BASIC, CLOZE, template

TWO_SIDED = {
    **BASIC,
    "tmpls": [template("There", "{{Front}}", "{{Back}}"), template("Back again", "{{Back}}", "{{Front}}")],
}


def folder(at: Path, deck: object, files: tuple[str, ...] = (), name: str = "deck.json") -> Path:
    (at / "media").mkdir(parents=True)
    (at / name).write_text(json.dumps(deck), encoding="utf-8")
    for file in files:
        (at / "media" / file).write_bytes(file.encode())
    return at


def deck(name: str, *notes: dict[str, object], **other: object) -> dict[str, object]:
    return {
        "__type__": "Deck",
        "name": name,
        "crowdanki_uuid": f"u-{name}",
        "desc": "",
        "media_files": [],
        "children": [],
        "notes": list(notes),
        "note_models": [],
        "deck_configurations": [{"new": {}}],
        **other,
    }


def note(guid: str, *fields: object, model: str = "two", tags: object = ()) -> dict[str, object]:
    return {"__type__": "Note", "guid": guid, "fields": list(fields), "tags": tags, "note_model_uuid": model}


MODELS = [{**TWO_SIDED, "crowdanki_uuid": "two"}, {**CLOZE, "crowdanki_uuid": "cloze"}]


def read(path: Path) -> Collection:
    with open_collection(path) as collection:
        return collection


def test_decks_inside_decks_have_their_whole_names_and_their_notes(tmp_path: Path) -> None:
    inner = deck("Kings", note("g2", "Who?", "Numa", tags=["a", "b::c"]), desc="Seven")
    top = deck("Rome", note("g1", "When?", "753 BC"), note_models=MODELS, children=[inner])

    found = read(folder(tmp_path / "x", top))

    assert found.format == "CrowdAnki"
    assert {deck.name: deck.description for deck in found.decks.values()} == {
        "Rome": "",
        "Rome::Kings": "Seven",
    }
    assert [(each.guid, each.fields, each.tags) for each in found.notes] == [
        ("g1", ("When?", "753 BC"), ()),
        ("g2", ("Who?", "Numa"), ("a", "b::c")),
    ]
    assert found.note_types[found.notes[0].note_type].name == "Basic"
    assert [(found.decks[card.deck].name, card.note, card.ord, card.due) for card in found.cards] == [
        *[("Rome", 1, 0, 1), ("Rome", 1, 1, 1)],
        *[("Rome::Kings", 2, 0, 2), ("Rome::Kings", 2, 1, 2)],
    ]
    assert found.cards[0] == AnkiCard(1, 1, 1, 0, due=1)
    assert found.left_out == ()


@pytest.mark.parametrize("name", ["deck.json", "x.json", "anything.json"])
def test_the_folder_and_its_file_are_the_same(tmp_path: Path, name: str) -> None:
    at = folder(tmp_path / "x", deck("Rome", note("g", "a", "b"), note_models=MODELS), name=name)

    assert read(at) == read(at / name)


def test_media_come_from_their_folder_and_from_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    listed = ["a.png", "e\u0301.png", "../../secret.txt", "/etc/passwd", "link.png", "folder", "gone.png"]
    at = folder(
        tmp_path / "x",
        deck("Rome", note_models=MODELS, media_files=listed),
        ("a.png", "é.png", "unlisted.png"),
    )
    (at / "media" / "folder").mkdir()
    if hasattr(os, "mkfifo"):
        (at / "media" / "link.png").symlink_to(tmp_path / "secret.txt")

    with open_collection(at) as found:
        media = {name: data() for name, data in found.media.items()}

    assert media == {"a.png": b"a.png", "é.png": "é.png".encode()}
    assert found.left_out == (
        "5 media files are listed but not in the folder: `secret.txt`, `passwd`, `link.png`, …",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links need rights on Windows")
def test_a_media_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    at = tmp_path / "x"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.png").write_bytes(b"secret")
    at.mkdir()
    (at / "media").symlink_to(tmp_path / "elsewhere")
    (at / "deck.json").write_text(json.dumps(deck("Rome", note_models=MODELS, media_files=["a.png"])))

    assert read(at).media == {}


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    notes = [
        note("g1", "a", "b"),
        note("g2", "a", "b", model="gone"),
        note("g3", "a", "b", "c", "d"),
        note("g4"),
        note("g5", 5, None),
    ]
    models = [*MODELS, {"crowdanki_uuid": "empty", "name": "x"}, "no model"]

    found = read(folder(tmp_path / "x", deck("Rome", *notes, note_models=models)))

    assert [(each.guid, each.fields) for each in found.notes] == [
        ("g1", ("a", "b")),
        ("g3", ("a", "b; c; d")),
        ("g5", ("5", "")),
    ]
    assert set(found.left_out) == {
        "1 note is damaged and was left out",
        "1 note was left out because its note type is not in the package",
        "1 note does not have as many fields as its note type: the last fields are empty, or several in one",
        "1 note type is damaged and was left out",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "its JSON is damaged"),
        ('{"a": ' + "[" * 200_000, "its JSON is damaged"),
        ('{"a": 1' + "0" * 5000 + "}", "its JSON is damaged|not a deck of CrowdAnki"),
        ("{}", "it is not a deck of CrowdAnki"),
        (json.dumps(deck("x", note("g", "a", "b"))), "none of its notes can be read"),
    ],
)
def test_a_file_that_is_no_deck_is_refused(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "deck.json").write_text(text)

    with pytest.raises(PackageError, match=why):
        read(tmp_path)


def test_a_folder_without_a_deck_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"there is no `deck\.json` in it"):
        read(tmp_path)


def test_decks_that_are_too_deep_are_left_out(tmp_path: Path) -> None:
    inner = deck("x")
    for _ in range(60):
        inner = deck("x", children=[inner])
    inner["note_models"] = MODELS

    found = read(folder(tmp_path / "x", inner))

    assert len(found.decks) == 50
    assert found.left_out == ("decks that are more than 50 deep were left out",)


def repeating(cards: int, front: str, notes: int, length: int) -> dict[str, object]:
    """A deck whose note type makes so many cards of this front."""
    sides = [template(f"T{number}", front, "{{Back}}") for number in range(cards)]
    model = {**BASIC, "tmpls": sides, "crowdanki_uuid": "two"}
    return deck(
        "Rome", *(note(f"g{number}", "x" * length, "b") for number in range(notes)), note_models=[model]
    )


@pytest.mark.parametrize(
    ("cards", "front", "notes", "length"),
    [
        (400, "{{Front}}" * 50, 200, 2_000),
        (400, "{{text:hint:Front}}" * 50, 200, 2_000),
        (400, "{{Front}}" + "<b>x</b>" * 200, 2_000, 10),
        (400, "{{Front}}" + "{{none:none:Gone}}" * 100, 1_000, 10),
    ],
)
def test_cards_that_repeat_their_notes_without_end_are_refused_at_once(
    tmp_path: Path, cards: int, front: str, notes: int, length: int
) -> None:
    at = folder(tmp_path / "x", repeating(cards, front, notes, length))

    # Were they made, this would take minutes.
    with pytest.raises(PackageError, match="its cards repeat their notes so often"):
        read(at)


def test_fronts_whose_sections_take_for_ever_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fasti.exchange.packages.crowdanki.MAX_TEMPLATE_STEPS", 9_000)
    front = "{{Front}}" + "{{#Back}}{{/Back}}" * 1_000
    one = note("g1", "a", "")
    model = {**BASIC, "tmpls": [template("T", front, "x")], "crowdanki_uuid": "two"}

    assert len(read(folder(tmp_path / "x", deck("Rome", *[one] * 50, note_models=[model]))).notes) == 50
    with pytest.raises(PackageError, match="its templates have more parts"):
        read(
            folder(
                tmp_path / "y", deck("R", one, note("g2", "a", "b"), note("g3", "", "b"), note_models=[model])
            )
        )


def test_a_large_deck_that_people_made_is_let_through(tmp_path: Path) -> None:
    front = "<div class=card>{{Front}}</div>" * 3 + "<script>" + "x = 1;" * 10_000 + "</script>"
    found = read(folder(tmp_path / "x", repeating(4, front, 5_000, 300)))

    assert len(found.cards) == 20_000


FRONTS = [
    "{{A}}",
    "{{B}}",
    "text only",
    "{{#A}}{{B}}{{/A}}",
    "{{^A}}{{B}}{{/A}}",
    "{{#A}}{{#B}}{{C}}{{/B}}{{/A}}",
    "{{text:A}} {{hint:C}}",
    "{{type:C}}",
    "{{Tags}} {{Deck}}",
    "<!-- {{A}} -->{{B}}",
    "{{#A}}some text{{/A}}",
    "{{^C}}only text{{/C}}",
    "{{=<% %>=}}<%A%>",
]
VALUES = [
    ("a", "b", "c"),
    ("a", "", ""),
    ("", "b", ""),
    ("", "", "c"),
    ("<br>", "<div></div>", " \n"),
    ("<img src=x>", "", "&nbsp;"),
]
CLOZES = [
    "{{c1::a}}",
    "{{c3::a}} {{c1::b::hint}}",
    "none",
    "{{c0::zero}}",
    "{{c1::a {{c2::b}} }}",
    "{{c1,4::both}}",
    "{{c1::open",
    "{{c700::far}}",
    "{{C1::upper}} {{c2::lower}}",
    "{{c12:: a\nb }}",
]


@pytest.fixture(scope="module")
def anki_collection(tmp_path_factory: pytest.TempPathFactory) -> Any:
    require_anki()
    import anki.collection as anki

    collection = anki.Collection(str(tmp_path_factory.mktemp("anki") / "c.anki2"))
    yield collection
    collection.close()


def made_by_anki(collection: Any, note_type: NoteType, fields: tuple[str, ...]) -> list[int]:
    models = collection.models
    model = models.new(note_type.name)
    model["type"] = int(note_type.cloze)
    for field in note_type.fields:
        models.add_field(model, models.new_field(field.name))
    for each in note_type.templates:
        made = models.new_template(each.name)
        made["qfmt"], made["afmt"] = each.question, each.answer
        models.add_template(model, made)
    added = collection.new_note(models.get(models.add_dict(model).id))
    added.fields = list(fields)
    collection.add_note(added, 1)
    return sorted(card.ord for card in added.cards())


@pytest.mark.parametrize("fields", VALUES)
def test_the_cards_of_a_note_are_those_that_anki_makes(anki_collection: Any, fields: tuple[str, ...]) -> None:
    # A front without a field of its own is refused by Anki; the answer makes each template different.
    templates = tuple(
        Template(f"T{number}", front, "{{A}}") for number, front in enumerate(FRONTS) if "{{" in front
    )
    usable = tuple(each for each in templates if each.question not in ("{{Tags}} {{Deck}}",))
    note_type = NoteType(1, f"normal {fields}", tuple(map(NoteField, "ABC")), usable)

    made = Ordinals().of(note_type, AnkiNote(1, "g", 1, 0, (), fields))

    assert made == made_by_anki(anki_collection, note_type, fields)


@pytest.mark.parametrize("value", CLOZES)
def test_the_cards_of_a_cloze_are_those_that_anki_makes(anki_collection: Any, value: str) -> None:
    note_type = NoteType(
        1,
        f"cloze {value}",
        (NoteField("A"), NoteField("B")),
        (Template("C", "{{cloze:A}} {{B}}", "{{cloze:A}}"),),
        "",
        True,
    )

    made = Ordinals().of(note_type, AnkiNote(1, "g", 1, 0, (), (value, "{{c9::here too}}")))

    assert made == made_by_anki(anki_collection, note_type, (value, "{{c9::here too}}"))
