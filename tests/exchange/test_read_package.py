"""Packages of every format against what the real Anki says is in them."""

import itertools
import random
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from fasti.exchange.collection import AnkiCard, AnkiNote, AnkiReview, Collection
from fasti.exchange.packages.error import PackageError
from fasti.exchange.packages.read import open_collection
from fasti.exchange.packages.zstd import MissingZstdError
from tests.exchange import packages
from tests.exchange.anki_oracle import require_anki
from tests.exchange.packages import card, note, package, review

try:
    import anki.collection as anki
except ImportError:
    anki = None


@pytest.fixture(autouse=True, scope="module")
def _anki() -> None:
    require_anki()


FORMATS = {
    "older.apkg": "legacy 2",
    "newest.apkg": "latest",
    "older.colpkg": "legacy 2",
    "newest.colpkg": "latest",
}


class Truth(NamedTuple):
    """A collection as Anki tells it, and packages of it by their names."""

    note_types: dict[int, dict[str, Any]]
    decks: dict[int, dict[str, Any]]
    notes: list[AnkiNote]
    cards: list[AnkiCard]
    reviews: list[AnkiReview]
    created_s: int
    minutes_west: int
    folder: Path


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    folder = tmp_path_factory.mktemp("anki")
    collection = anki.Collection(str(folder / "collection.anki2"))
    fill(collection)
    told = tell(collection, folder)
    for name in ("older.apkg", "newest.apkg"):
        options = anki.ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=name.startswith("older")
        )
        collection.export_anki_package(out_path=str(folder / name), options=options, limit=None)
    for name in ("older.colpkg", "newest.colpkg"):
        collection.export_collection_package(str(folder / name), include_media=True, legacy="older" in name)
        collection.reopen()
    collection.close()
    return told


def fill(collection: Any) -> None:
    """Odd names, every state of a card, real answers, media, and a note type that is gone again."""
    from anki.cards_pb2 import FsrsMemoryState

    chance = random.Random(1962)
    models = collection.models
    gone = models.copy(models.by_name("Basic"))
    models.remove(gone["id"])
    odd = models.copy(models.by_name("Basic (and reversed card)"))
    odd["name"] = 'Odd "type" & <more>'
    models.rename_field(odd, odd["flds"][0], "Événement e\u0301")
    odd["css"] += "\n.card { color: red; }"
    models.update_dict(odd)
    types = [models.by_name("Basic"), models.by_name("Cloze"), models.get(odd["id"])]
    decks = [
        collection.decks.id(name) for name in ("Ålesund::  spaced ::日本", 'a"b', "plain", "plain::Child")
    ]
    described = collection.decks.get(decks[2])
    described["desc"] = "<b>about</b> the deck"
    collection.decks.save(described)
    in_markdown = collection.decks.get(decks[3])
    in_markdown.update(desc="a < *b*\nc", md=True)
    collection.decks.save(in_markdown)
    for name in ("a b.png", "ünïcode.png", "_static.css"):
        collection.media.write_data(name, name.encode() * 50)
    for number in range(60):
        added = collection.new_note(types[number % 3])
        added.fields[0] = (
            f'{{{{c1::x}}}} {{{{c3::y::hint}}}} {number} <img src="a b.png"> <img src="ünïcode.png">'
        )
        added.fields[1] = f"back\u00a0{number}\ttab<br>\nline e\u0301" if number % 5 else ""
        added.tags = ["rome", "Punic_Wars::2", "ä"][: number % 4]
        collection.add_note(added, decks[number % 4])
    collection.decks.set_current(decks[2])
    for _ in range(30):
        collection.sched.answer_card(answered(collection, chance.choice([1, 2, 3, 4])))
    ids = list(collection.find_cards(""))
    chance.shuffle(ids)
    collection.sched.suspend_cards(ids[:7])
    collection.sched.bury_cards(ids[7:12])
    collection.set_user_flag_for_cards(3, ids[5:9])
    collection.sched.set_due_date(ids[20:50], "1-90")
    for each in ids[30:40]:
        remembered = collection.get_card(each)
        remembered.memory_state = FsrsMemoryState(stability=3.5, difficulty=6.25)
        remembered.desired_retention = 0.9
        remembered.custom_data = '{"c":1}'
        collection.update_card(remembered)
    filtered = collection.sched.get_or_create_filtered_deck(0)
    filtered.name = "plain::Gathered"
    filtered.config.search_terms[0].search = "deck:a*"
    collection.sched.add_or_update_filtered_deck(filtered)


def answered(collection: Any, ease: int) -> Any:
    queued = collection.sched.get_queued_cards().cards[0]
    shown = collection.get_card(queued.card.id)
    shown.start_timer()
    return collection.sched.build_answer(card=shown, states=queued.states, rating=ease - 1)


def tell(collection: Any, folder: Path) -> Truth:
    return Truth(
        {each["id"]: each for each in collection.models.all()},
        {each["id"]: each for each in collection.decks.all()},
        [told_note(collection.get_note(id)) for id in sorted(collection.find_notes(""))],
        [told_card(collection, id) for id in sorted(collection.find_cards(""))],
        [
            AnkiReview(*row)
            for row in collection.db.all(
                "SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM revlog ORDER BY id"
            )
        ],
        collection.crt,
        collection.get_config("creationOffset"),
        folder,
    )


def told_note(each: Any) -> AnkiNote:
    return AnkiNote(each.id, each.guid, each.mid, each.mod, tuple(each.tags), tuple(each.fields))


def told_card(collection: Any, id: int) -> AnkiCard:
    each = collection.get_card(id)
    data = collection.db.scalar("SELECT data FROM cards WHERE id = ?", id)
    return AnkiCard(
        *(each.id, each.nid, each.did, each.ord, each.mod, each.type, each.queue, each.due, each.ivl),
        *(each.factor, each.reps, each.lapses, each.left, each.flags, each.odue, each.odid, data),
    )


def read(path: Path) -> Collection:
    with open_collection(path) as collection:
        return collection


@pytest.mark.parametrize("name", FORMATS)
def test_a_package_is_read_as_anki_has_it(truth: Truth, name: str) -> None:
    found = read(truth.folder / name)

    assert found.format == FORMATS[name]
    assert list(found.notes) == truth.notes
    assert list(found.cards) == truth.cards
    assert list(found.reviews) == truth.reviews
    assert found.calendar.created_s == truth.created_s
    assert found.calendar.minutes_west == truth.minutes_west
    assert found.left_out == ()


def test_the_collection_that_is_compared_has_every_state(truth: Truth) -> None:
    states = {(each.type, each.queue) for each in truth.cards}

    assert {0, 1, 2} <= {type for type, _ in states}
    assert {-1, 0, 1, 2} <= {queue for _, queue in states}
    assert {-2, -3} & {queue for _, queue in states}
    assert any(each.original_deck for each in truth.cards)
    assert any('"s":3.5' in each.data for each in truth.cards)
    assert {each.type for each in truth.reviews} >= {0, 4}


@pytest.mark.parametrize("name", FORMATS)
def test_note_types_have_their_fields_templates_and_ids(truth: Truth, name: str) -> None:
    found = read(truth.folder / name).note_types

    assert {note.note_type for note in truth.notes} <= found.keys()
    for id, read_type in found.items():
        told = truth.note_types[id]
        assert read_type.name == told["name"]
        assert read_type.css == told["css"]
        assert read_type.cloze == (told["type"] == 1)
        assert read_type.mod == told["mod"]
        assert [(field.name, field.id) for field in read_type.fields] == [
            (field["name"], field["id"]) for field in told["flds"]
        ]
        assert [tuple(template) for template in read_type.templates] == [
            (each["name"], each["qfmt"], each["afmt"], each["id"]) for each in told["tmpls"]
        ]


@pytest.mark.parametrize("name", FORMATS)
def test_decks_have_their_names_and_descriptions(truth: Truth, name: str) -> None:
    found = read(truth.folder / name).decks

    assert {card.deck for card in truth.cards} <= found.keys()
    for id, deck in found.items():
        assert deck.name == truth.decks[id]["name"]
    descriptions = {deck.name: deck.description for deck in found.values() if deck.description}
    assert descriptions == {"plain": "<b>about</b> the deck", "plain::Child": "a &lt; *b*<br>c"}


@pytest.mark.parametrize("name", FORMATS)
def test_media_are_read_while_the_package_is_open(truth: Truth, name: str) -> None:
    with open_collection(truth.folder / name) as found:
        media = {name: data() for name, data in found.media.items()}

    expected = {"a b.png", "ünïcode.png"} | ({"_static.css"} if name.endswith("colpkg") else set())
    assert media == {name: name.encode() * 50 for name in expected}


def test_media_are_not_read_from_a_package_that_is_closed(truth: Truth) -> None:
    found = read(truth.folder / "newest.apkg")

    with pytest.raises(RuntimeError, match="closed"):
        found.media["a b.png"]()


def test_a_file_is_known_by_its_content(truth: Truth, tmp_path: Path) -> None:
    renamed = tmp_path / "deck.json"
    renamed.write_bytes((truth.folder / "newest.colpkg").read_bytes())

    assert read(renamed).format == "latest"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Any]:
    """An empty collection of the real Anki."""
    collection = anki.Collection(str(tmp_path / "other.anki2"))
    yield collection
    collection.close()


def import_into(collection: Any, path: Path) -> None:
    options = anki.ImportAnkiPackageOptions(with_scheduling=True)
    collection.import_anki_package(anki.ImportAnkiPackageRequest(package_path=str(path), options=options))


ODD_TEXTS = [
    "plain\x1fback",
    "e\u0301 \u212b \u1100\u1161\x1fNFC",
    "bell\x07 del\x7f null tab\t line\n return\r\x1fbell",
    "<b>html</b> &amp; {{c1::x}}\x1f  spaces  ",
    "\x1f\x1f"[:1] + "only the back",
    "emoji 🏛️ e\u0301\u0323 \u200e\u202eright\x1f日本",
]
ODD_TAGS = [
    "",
    " a b ",
    "a\u3000b",
    'quo"te',
    "  x   x ",
    "e\u0301 Q::B a\x07b",
    "\u00a0nbsp",
    "n::\u00a0:: m:: ::::o",
]


def test_texts_are_what_anki_makes_of_them(other: Any, tmp_path: Path) -> None:
    odd = list(itertools.product(ODD_TEXTS, ODD_TAGS))
    notes = [
        note(100 + number, guid=f"g{number}", flds=text, tags=tags)[0]
        for number, (text, tags) in enumerate(odd)
    ]
    cards = [card(200 + number, 100 + number)[0] for number in range(len(odd))]
    path = package(tmp_path / "odd.apkg", notes=notes, cards=cards)
    import_into(other, path)

    found = {each.id: each for each in read(path).notes}

    assert len(found) == len(odd)
    for id in other.find_notes(""):
        told = other.get_note(id)
        assert list(found[id].fields) == told.fields
        assert sorted(set(found[id].tags)) == sorted(told.tags)


@pytest.mark.parametrize("version", [1, 2, None])
def test_reviews_and_cards_of_the_first_scheduler_mean_what_anki_takes_them_for(
    other: Any, tmp_path: Path, version: int | None
) -> None:
    kinds = [(type, ease) for type in range(4) for ease in range(1, 5)]
    reviews = [
        review(1_600_000_000_000 + number, type=type, ease=ease)[0]
        for number, (type, ease) in enumerate(kinds)
    ]
    states = [(0, 0), (1, 1), (1, 3), (2, 2), (2, 1), (2, 3), (2, -1), (0, -2)]
    notes = [note(100 + number, guid=f"g{number}")[0] for number in range(len(states))]
    cards = [
        card(200 + number, 100 + number, type=type, queue=queue, due=5, ivl=9, factor=2500, left=1001)[0]
        for number, (type, queue) in enumerate(states)
    ]
    conf = {"schedVer": version} if version else {"rollover": 4}
    path = package(tmp_path / "old.apkg", notes=notes, cards=cards, reviews=reviews, conf=conf)
    import_into(other, path)

    found = read(path)

    assert [(each.id, each.ease, each.type) for each in found.reviews] == [
        tuple(row) for row in other.db.all("SELECT id, ease, type FROM revlog ORDER BY id")
    ]
    assert [(each.note, each.type, each.queue) for each in found.cards] == [
        tuple(row) for row in other.db.all("SELECT nid, type, queue FROM cards ORDER BY nid")
    ]


def test_a_package_of_another_program_is_read(tmp_path: Path) -> None:
    # As genanki writes them: no field ids, ids as text, a list of media, no `meta`.
    models = {"10": {**packages.BASIC, "id": "10"}}
    decks = {"1": {"id": 1, "name": "Default"}, "5": {"name": "Rome::Kings", "desc": "Seven"}}
    path = package(
        tmp_path / "old.apkg",
        models=models,
        decks=decks,
        conf={},
        notes=note(),
        cards=card(did=5),
        media={"0": "map.png"},
        files={"0": b"picture"},
    )

    with open_collection(path) as found:
        media = {name: data() for name, data in found.media.items()}

    assert found.format == "legacy 1"
    assert found.notes == [AnkiNote(100, "g", 10, 7, ("a", "b::c"), ("When?", "1962"))]
    assert found.cards == [AnkiCard(200, 100, 5, 0, mod=7, due=3)]
    assert (found.decks[5].name, found.decks[5].description) == ("Rome::Kings", "Seven")
    assert media == {"map.png": b"picture"}


def test_without_meta_the_newest_database_is_read(truth: Truth, tmp_path: Path) -> None:
    # So wrote Anki 2.1.0 to 2.1.49.
    with zipfile.ZipFile(truth.folder / "older.apkg") as package:
        members = [(name, package.read(name)) for name in package.namelist() if name != "meta"]
    assert {"collection.anki2", "collection.anki21"} <= {name for name, _ in members}
    path = tmp_path / "x.apkg"
    path.write_bytes(packages.zipped(members))

    assert list(read(path).notes) == truth.notes


def test_where_meta_names_the_new_database_the_old_one_is_not_read(truth: Truth) -> None:
    found = read(truth.folder / "newest.apkg")

    assert not any("update to the latest" in field for each in found.notes for field in each.fields)


def test_a_format_that_is_not_known_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "future.apkg"
    path.write_bytes(packages.zipped([("meta", b"\x08\x04"), ("collection.anki21b", b"?")]))

    with pytest.raises(
        PackageError, match=r"`future\.apkg` cannot be read: its format has the number 4"
    ) as caught:
        read(path)
    assert caught.value.hint == "in Anki, export it again with `Support older Anki versions` ticked"


def test_without_zstandard_the_refusal_says_what_to_install(
    truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.version_info >= (3, 14):
        monkeypatch.setitem(sys.modules, "compression.zstd", None)
        with pytest.raises(ImportError):
            read(truth.folder / "newest.apkg")
        return
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    monkeypatch.delattr("backports.zstd")

    with pytest.raises(MissingZstdError) as caught:
        read(truth.folder / "newest.apkg")
    assert "pip install 'fasti[anki]'" in (caught.value.hint or "")
    assert read(truth.folder / "older.apkg").format == "legacy 2"


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_stays_in_the_temporary_folder(
    truth: Truth, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with open_collection(truth.folder / name) as found:
        assert found.notes
        assert list(tmp_path.iterdir()) == []
