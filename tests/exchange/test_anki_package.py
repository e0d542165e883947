"""Packages as the real Anki takes them in, and what a failure on the way leaves behind."""

import errno
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from fasti.core.days import Moment
from fasti.exchange.collection import (
    AnkiCard,
    AnkiDeck,
    AnkiNote,
    AnkiReview,
    Contents,
    NoteField,
    NoteType,
    Template,
)
from fasti.exchange.packages.write import MediaError, is_collection_name, write_package
from fasti.exchange.progress.schedule import calendar_of
from fasti.whole_file import WriteError
from tests.exchange.anki_oracle import empty_collection, export_package, import_package, tables

CALENDAR = calendar_of(Moment(1_780_000_000_000, 60))
BASIC = NoteType(
    id=1_600_000_000_001,
    name="fasti Event",
    fields=(NoteField("Event", 1001), NoteField("Date", 1002), NoteField("Spare", 1003, folded=True)),
    templates=(
        Template("When?", "{{Event}}", "{{FrontSide}}<hr id=answer>{{Date}}", 2001),
        Template("What?", "{{Date}}", "{{FrontSide}}<hr id=answer>{{Event}}", 2002),
    ),
    css=".card { color: maroon }",
    mod=1_700_000_000,
)
CLOZE = NoteType(
    id=1_600_000_000_002,
    name="fasti Cloze",
    fields=(NoteField("Text", 1101), NoteField("Extra", 1102)),
    templates=(Template("Cloze", "{{cloze:Text}}", "{{cloze:Text}}{{Extra}}", 2101),),
    cloze=True,
    mod=1_700_000_000,
)
NOTES = (
    AnkiNote(
        1_650_000_000_000,
        "suez",
        BASIC.id,
        1_690_000_000,
        ("cold-war", "a::b"),
        ("Suez <b>crisis</b>", "1956", ""),
    ),
    AnkiNote(1_650_000_000_001, "Suez", BASIC.id, 1_690_000_001, (), ('<img src="map.png">', "0476", "Ž")),
    AnkiNote(
        1_650_000_000_002, "cloze", CLOZE.id, 1_690_000_002, (), ("{{c1::Rome}} and {{c3::Carthage}}", "")
    ),
)
CARDS = (
    AnkiCard(1_650_000_000_010, NOTES[0].id, 501, 0, mod=9, due=1),
    AnkiCard(
        *(1_650_000_000_011, NOTES[0].id, 501, 1, 9, 2, 2, 9_000, 45, 2_650, 12, 2),
        data='{"pos":2,"lrt":1755000000}',
    ),
    AnkiCard(1_650_000_000_012, NOTES[1].id, 502, 0, mod=9, due=3, queue=-1),
    AnkiCard(1_650_000_000_013, NOTES[2].id, 503, 0, mod=9, due=4),
    AnkiCard(1_650_000_000_014, NOTES[2].id, 503, 2, mod=9, due=5),
)
REVIEWS = (
    AnkiReview(1_750_000_000_000, CARDS[1].id, 3, 17, 6, 2_500, 4_321, 1),
    AnkiReview(1_755_000_000_000, CARDS[1].id, 2, 45, 17, 2_650, 999, 1),
)
DECKS = (
    AnkiDeck(501, "History::Suez", "About <i>Suez</i>"),
    AnkiDeck(502, "History"),
    AnkiDeck(503, "Ancient::Rome::Republic"),
)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def contents(**changes):
    """A small collection with something of everything."""
    media = {"map.png": lambda: PICTURE}
    made = Contents(CALENDAR, [BASIC, CLOZE], DECKS, iter(NOTES), iter(CARDS), iter(REVIEWS), media)
    return made._replace(**changes)


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "history.apkg"
    write_package(path, contents())
    return path


@pytest.fixture
def there(package, tmp_path):
    """What the real Anki exports after it has imported the package with progress."""
    with empty_collection(tmp_path) as collection:
        log = import_package(collection, package)
        assert (len(log.new), log.found_notes) == (3, 3)
        export_package(collection, tmp_path / "back.apkg")
    return tables(tmp_path / "back.apkg")


# What Anki makes of it


def test_notes_arrive_with_their_guids_fields_tags_and_times(there):
    notes = {row["guid"]: row for row in there.notes}

    assert {guid: tuple(row["flds"].split("\x1f")) for guid, row in notes.items()} == {
        note.guid: note.fields for note in NOTES
    }
    assert {guid: set(row["tags"].split()) for guid, row in notes.items()} == {
        note.guid: set(note.tags) for note in NOTES
    }
    assert {guid: (row["id"], row["mid"], row["mod"]) for guid, row in notes.items()} == {
        note.guid: (note.id, note.note_type, note.mod) for note in NOTES
    }


def test_cards_arrive_with_their_place_in_the_schedule(there):
    columns = ("id", "nid", "ord", "mod", "type", "queue", "ivl", "factor", "reps", "lapses")

    assert [tuple(row[name] for name in columns) for row in there.cards] == [
        (
            *(card.id, card.note, card.ord, card.mod, card.type, card.queue),
            *(card.interval, card.factor, card.reps, card.lapses),
        )
        for card in CARDS
    ]
    assert [row["due"] for row in there.cards if row["type"] == 0] == [1, 3, 4, 5]
    assert json.loads(there.cards[1]["data"]) == {"pos": 2, "lrt": 1_755_000_000}


def test_the_review_log_arrives_line_for_line(there):
    columns = ("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type")

    assert [tuple(row[name] for name in columns) for row in there.revlog] == [tuple(row) for row in REVIEWS]


def test_note_types_arrive_with_the_ids_of_their_fields_and_templates(there):
    arrived = there.col["models"][str(BASIC.id)]

    assert (arrived["name"], arrived["css"], arrived["type"]) == (BASIC.name, BASIC.css, 0)
    for looks in ("collapsed", "plainText", "excludeFromSearch"):
        fields = [(field["name"], field["id"], field[looks]) for field in arrived["flds"]]
        assert fields == list(BASIC.fields)
    assert [(each["name"], each["qfmt"], each["afmt"], each["id"]) for each in arrived["tmpls"]] == list(
        BASIC.templates
    )
    assert there.col["models"][str(CLOZE.id)]["type"] == 1


def test_decks_arrive_under_the_decks_above_them(there):
    names = {deck["id"]: deck["name"] for deck in there.col["decks"].values()}

    assert set(names.values()) == {"Default", *(deck.name for deck in DECKS), "Ancient", "Ancient::Rome"}
    assert [names[row["did"]] for row in there.cards] == [
        next(deck.name for deck in DECKS if deck.id == card.deck) for card in CARDS
    ]
    assert next(deck["desc"] for deck in there.col["decks"].values() if deck["name"] == "History::Suez") == (
        "About <i>Suez</i>"
    )


def test_pictures_arrive_in_the_media_folder(package, tmp_path):
    with empty_collection(tmp_path) as collection:
        import_package(collection, package)

        assert Path(collection.media.dir(), "map.png").read_bytes() == PICTURE


def test_what_anki_makes_of_it_passes_its_own_check(package, tmp_path):
    with empty_collection(tmp_path) as collection:
        import_package(collection, package)
        problems, ok = collection.fix_integrity()

        assert ok, problems


def test_importing_without_progress_makes_all_cards_new_in_the_authors_order(package, tmp_path):
    with empty_collection(tmp_path) as collection:
        import_package(collection, package, progress=False)

        assert collection.db.list("SELECT type FROM cards") == [0] * len(CARDS)
        assert collection.db.scalar("SELECT count() FROM revlog") == 0


def test_an_update_changes_only_what_is_newer_and_keeps_the_schedule(package, tmp_path):
    newer = NOTES[0]._replace(mod=NOTES[0].mod + 1, fields=("Suez", "1956-10-29", ""), tags=("new",))
    same_age = NOTES[2]._replace(fields=("{{c1::changed}}", ""))
    write_package(tmp_path / "newer.apkg", contents(notes=[newer, NOTES[1], same_age], reviews=()))
    with empty_collection(tmp_path) as collection:
        import_package(collection, package)
        before = collection.db.all("SELECT id, due, ivl, factor, reps FROM cards")
        log = import_package(collection, tmp_path / "newer.apkg")

        assert (len(log.updated), len(log.duplicate), len(log.new)) == (1, 2, 0)
        assert collection.db.scalar("SELECT flds FROM notes WHERE guid = 'suez'") == "Suez\x1f1956-10-29\x1f"
        assert collection.db.scalar("SELECT flds FROM notes WHERE guid = 'cloze'") == "\x1f".join(
            NOTES[2].fields
        )
        assert collection.db.all("SELECT id, due, ivl, factor, reps FROM cards") == before


def test_a_newer_style_of_a_note_type_arrives_and_touches_no_note(package, tmp_path):
    restyled = BASIC._replace(css=".card { color: navy }", mod=BASIC.mod + 1)
    write_package(tmp_path / "styled.apkg", contents(note_types=[restyled, CLOZE]))
    with empty_collection(tmp_path) as collection:
        import_package(collection, package)
        log = import_package(collection, tmp_path / "styled.apkg")

        assert len(log.duplicate) == len(NOTES)
        assert collection.models.get(BASIC.id)["css"] == ".card { color: navy }"


def test_a_package_of_nothing_is_a_package(tmp_path):
    empty = Contents(CALENDAR, [], [], (), ())
    write_package(tmp_path / "empty.apkg", empty)
    with empty_collection(tmp_path) as collection:
        assert import_package(collection, tmp_path / "empty.apkg").found_notes == 0


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (["A::B::C"], {"A", "A::B"}),
        (["A::B", "a"], set()),
        (["A", "A::B"], set()),
        (["default::x"], set()),
        (["A::B", "A::C"], {"A"}),
    ],
)
def test_decks_above_are_made_once_whatever_their_case(tmp_path, names, made):
    decks = [AnkiDeck(600 + number, name) for number, name in enumerate(names)]
    write_package(tmp_path / "decks.apkg", Contents(CALENDAR, [], decks, (), ()))
    there = tables(tmp_path / "decks.apkg").col["decks"]

    assert {deck["name"] for deck in there.values()} == {*names, *made, "Default"}
    assert all(key == str(deck["id"]) for key, deck in there.items())


# The file


def test_the_same_contents_give_the_same_bytes_at_any_time_and_anywhere(tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_package(tmp_path / "one.apkg", contents())
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    write_package(elsewhere / "two.apkg", contents())

    assert (tmp_path / "one.apkg").read_bytes() == (elsewhere / "two.apkg").read_bytes()


def test_every_file_in_the_zip_has_the_date_that_says_nothing(package):
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["collection.anki2", "media", "0"]
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert json.loads(archive.read("media")) == {"0": "map.png"}


def test_iterators_are_gone_through_once_notes_first_and_nothing_is_held(tmp_path):
    steps = []

    def passing(name, rows):
        for row in rows:
            steps.append(name)
            yield row

    media = {"a.png": lambda: steps.append("picture") or b"1"}
    write_package(
        tmp_path / "history.apkg",
        contents(
            notes=passing("note", NOTES),
            cards=passing("card", CARDS),
            reviews=passing("review", REVIEWS),
            media=media,
        ),
    )

    assert steps == ["note"] * 3 + ["card"] * 5 + ["review"] * 2 + ["picture"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(tmp_path):
    path = tmp_path / "history.apkg"
    before = os.umask(0o027)
    try:
        write_package(path, contents())
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    finally:
        os.umask(before)
    path.chmod(0o600)
    write_package(path, contents())

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_until_it_is_whole_nobody_else_can_look_into_it(tmp_path):
    seen = []

    def looking():
        folders = [path for path in tmp_path.iterdir() if path.is_dir()]
        seen.extend(stat.S_IMODE(path.stat().st_mode) for path in folders)
        yield from NOTES

    write_package(tmp_path / "history.apkg", contents(notes=looking()))

    assert seen == [0o700]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "real.apkg").write_bytes(b"old")
    link = tmp_path / "link.apkg"
    link.symlink_to(tmp_path / "real.apkg")
    write_package(link, contents())

    assert link.is_symlink()
    assert zipfile.is_zipfile(tmp_path / "real.apkg")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_to_itself_is_refused_or_replaced_and_never_followed_for_ever(tmp_path):
    link = tmp_path / "loop.apkg"
    link.symlink_to(link)
    with suppress(WriteError):
        write_package(link, contents())

    assert [path.name for path in tmp_path.iterdir()] == ["loop.apkg"]


# What goes wrong


class BrokenError(Exception):
    pass


def breaking(rows):
    yield rows[0]
    raise BrokenError


def gone():
    raise FileNotFoundError(errno.ENOENT, "No such file or directory")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"notes": breaking(NOTES)}, BrokenError),
        ({"cards": breaking(CARDS)}, BrokenError),
        ({"reviews": breaking(REVIEWS)}, BrokenError),
        ({"media": {"map.png": gone}}, MediaError),
        ({"notes": [NOTES[0], NOTES[0]]}, sqlite3.IntegrityError),
        ({"notes": [NOTES[0]._replace(fields=("one", "two"))]}, ValueError),
        ({"notes": [NOTES[0]._replace(fields=("one", "two", "a\x1fb"))]}, ValueError),
    ],
)
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, changes, error):
    path = tmp_path / "history.apkg"
    path.write_bytes(b"old")

    with pytest.raises(error):
        write_package(path, contents(**changes))

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_picture_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(MediaError, match=r"^`map.png` cannot be read: No such file or directory$"):
        write_package(tmp_path / "history.apkg", contents(media={"map.png": gone}))


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("missing/history.apkg", "there is no such folder"),
        ("file/history.apkg", "there is no such folder"),
        ("folder", "it is a folder"),
        ("x" * 300 + ".apkg", "its name is too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_said_in_a_sentence(tmp_path, place, sentence):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()

    with pytest.raises(WriteError, match=f"cannot be written: {sentence}") as caught:
        write_package(tmp_path / place, contents())

    assert caught.value.hint


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no /dev/null here")
def test_a_device_is_not_replaced_by_a_file():
    with pytest.raises(WriteError, match="it is not a file"):
        write_package(Path("/dev/null"), contents())

    assert Path("/dev/null").is_char_device()


FILLING = """
import os, resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
from fasti.exchange.packages.write import write_package
from fasti.exchange.collection import *
kind = NoteType(1, "K", (NoteField("F"),), (Template("T", "{{F}}", "{{F}}"),))
notes = (AnkiNote(n + 1, str(n), 1, 1, (), (f"{n * 7919 % 100003} " * 40,)) for n in range(4000))
from fasti.errors import FastiError
try:
    media = {"a.png": lambda: os.urandom(3_000_000)}
    write_package(Path(sys.argv[1]), Contents(Calendar(0, 0), [kind], [], notes, (), (), media))
except FastiError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits on files to set")
@pytest.mark.parametrize("room", [50_000, 2_000_000], ids=["database", "zip"])
def test_a_disk_without_room_is_said_in_a_sentence_and_leaves_nothing(tmp_path, room):
    path = tmp_path / "history.apkg"
    path.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(path), str(room)], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith(f"`{path}` cannot be written: ")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


KILLED = """
import os, signal, sys
from pathlib import Path
from fasti.exchange.packages.write import write_package
from fasti.exchange.collection import *
def rows():
    yield AnkiNote(1, "a", 1, 1, (), ("x",))
    os.kill(os.getpid(), signal.SIGKILL)
kind = NoteType(1, "K", (NoteField("F"),), (Template("T", "{{F}}", "{{F}}"),))
write_package(Path(sys.argv[1]), Contents(Calendar(0, 0), [kind], [], rows(), ()))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no signal that cannot be caught")
def test_a_kill_on_the_way_leaves_the_old_file(tmp_path):
    path = tmp_path / "history.apkg"
    path.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)

    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"
    assert not [
        other for other in tmp_path.glob("*") if other != path and not other.name.startswith(".fasti-")
    ]


# Names


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("collection.apkg", True),
        ("Collection.APKG", True),
        ("backup-2026-06-01.apkg", True),
        ("Backup-.apkg", True),
        ("anything.colpkg", True),
        ("suez.COLPKG", True),
        ("backup.apkg", False),
        ("my-collection.apkg", False),
        ("collection (1).apkg", False),
        ("backups-of-empire.apkg", False),
        ("my-backup-1.apkg", False),
        ("suez.apkg", False),
        ("collection.csv", False),
    ],
)
def test_names_that_anki_takes_for_a_whole_collection(name, whole):
    assert is_collection_name(name) is whole
