"""Decks and progress go to the real Anki and come back, through the real program."""

import csv
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Fasti
from tests.exchange.anki_oracle import (
    empty_collection,
    export_package,
    import_package,
    import_text,
    require_anki,
    tables,
)

WAR = """\
deck: The Great War
id: war
tags: [wwi]
sources:
  strachan: Strachan, The First World War (2003)
facts:
  - event: Assassination at Sarajevo
    id: sarajevo
    date: 1914-06-28
    ask: [when, what]
    source: strachan, p. 9
    unit: Outbreak
  - person: Gavrilo Princip
    who: He fired the shots & fled <the scene>
    unit: Outbreak
  - effect: Britain declares war
    id: britain
    causes: [Belgium is invaded, The naval race]
    ask: [causes, each]
  - cloze: The {Battle of the Somme|1916} began on {1 July 1916}.
    id: somme
  - order: The year 1914
    id: year-1914
    items: [Sarajevo, The ultimatum, Tannenberg]
"""


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Any]:
    require_anki()
    (tmp_path / "anki").mkdir()
    with empty_collection(tmp_path / "anki") as collection:
        yield collection


@pytest.fixture
def war(fasti: Fasti) -> Fasti:
    fasti.write("war.yaml", WAR)
    assert fasti("add", "war.yaml").code == 0
    return fasti


def export(fasti: Fasti, *options: str) -> Path:
    done = fasti("export", "anki", "war", *options)
    assert done.code == 0, done.err
    return fasti.folder / "war.apkg"


def fields(collection: Any) -> dict[str, dict[str, str]]:
    """Every note of a collection by its first field."""
    notes = [collection.get_note(note) for note in collection.find_notes("")]
    return {next(iter(note.fields)): dict(note.items()) for note in notes}


def note_of(collection: Any, words: str) -> Any:
    (found,) = collection.find_notes(f'"{words}"')
    return collection.get_note(found)


def asked(fasti: Fasti) -> list[str]:
    """Which cards are asked today, the new ones among them, without answering any."""
    return [line["card"] for line in fasti("review", "--json").lines if "card" in line]


def history(fasti: Fasti, query: str) -> list[tuple[object, ...]]:
    """Where every card that a query finds stands, and each answer to it, to the second."""
    return [
        (
            card["card"],
            card["suspended"],
            card["schedule"],
            [(each["at"][:19], each["day"], each["kind"], each["grade"]) for each in card["reviews"]],
        )
        for card in fasti("show", query, "--json").json["cards"]
    ]


# There


def test_a_deck_arrives_with_its_cards_its_units_and_its_tags(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)

    assert anki.note_count() == 7  # the effect's two single causes are notes of their own
    assert anki.card_count() == 2 + 1 + 1 + 2 + 2 + 1
    decks = {deck.name for deck in anki.decks.all_names_and_ids()}
    assert {"The Great War", "The Great War::Outbreak"} <= decks
    assert all("wwi" in anki.get_note(note).tags for note in anki.find_notes(""))
    assert anki.find_cards("is:new") == anki.find_cards("")


def test_new_cards_keep_the_authors_order(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)

    cards = [anki.get_card(card) for card in anki.find_cards("")]
    first_fields = [card.note().fields[0] for card in sorted(cards, key=lambda card: card.due)]
    assert list(dict.fromkeys(first_fields))[:2] == ["Assassination at Sarajevo", "Gavrilo Princip"]
    assert sorted(card.due for card in cards) == list(range(1, 10))


def test_a_reworded_fact_updates_its_note_and_leaves_the_schedule(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)
    card = anki.get_card(anki.find_cards("Sarajevo")[0])
    anki.sched.set_due_date([card.id], "12")

    war.on(1).write(
        "war.yaml", WAR.replace("Assassination at Sarajevo", "Franz Ferdinand is shot at Sarajevo")
    )
    import_package(anki, export(war), progress=False)

    assert anki.note_count() == 7
    assert note_of(anki, "Franz Ferdinand is shot at Sarajevo")
    assert anki.get_card(card.id).ivl == 12


def test_what_was_edited_in_anki_after_the_last_change_here_stays(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)
    note = note_of(anki, "Gavrilo Princip")
    note["Who"] = "A student"
    anki.update_note(note)

    # Another fact changes, and all of the deck is exported again.
    war.on(1).write("war.yaml", WAR.replace("The year 1914", "1914 in order"))
    import_package(anki, export(war), progress=False)

    assert note_of(anki, "Gavrilo Princip")["Who"] == "A student"
    assert note_of(anki, "1914 in order")


def test_a_fact_that_gets_an_id_is_the_same_note(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)

    war.on(1).write("war.yaml", WAR.replace("    who: He", "    id: princip\n    who: He"))
    import_package(anki, export(war), progress=False)

    assert anki.note_count() == 7


def test_a_new_fact_under_an_id_that_another_gave_up_is_a_note_of_its_own(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)

    renamed = WAR.replace("id: sarajevo", "id: the-shots")
    war.on(1).write("war.yaml", renamed)
    war("decks")
    war.write("war.yaml", renamed + "  - q: What stands in Sarajevo?\n    id: sarajevo\n    a: A bridge\n")
    import_package(anki, export(war), progress=False)

    assert anki.note_count() == 8
    assert note_of(anki, "Assassination at Sarajevo")
    assert note_of(anki, "What stands in Sarajevo?")


def test_a_fact_that_left_the_deck_is_marked_and_one_that_never_went_is_not_exported(
    war: Fasti, anki: Any
) -> None:
    war.write("war.yaml", WAR + "  - q: Never exported?\n    a: Yes\n")
    war("decks")
    war.write("war.yaml", WAR)
    war("decks")
    import_package(anki, export(war), progress=False)
    princip = WAR[WAR.index("  - person") : WAR.index("  - effect")]

    war.on(1).write("war.yaml", WAR.replace(princip, ""))
    import_package(anki, export(war), progress=False)

    assert anki.note_count() == 7
    assert "fasti::retired" in note_of(anki, "Gavrilo Princip").tags
    war.on(2).write("war.yaml", WAR)
    import_package(anki, export(war), progress=False)
    assert "fasti::retired" not in note_of(anki, "Gavrilo Princip").tags


def test_a_deck_that_gets_another_title_tag_or_unit_takes_no_edits_away(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)
    note = note_of(anki, "Gavrilo Princip")
    note["Note"], note.tags = "my mnemonic", ["mine"]
    anki.update_note(note)

    other = WAR.replace("The Great War", "The First World War").replace("[wwi]", "[wwi, europe]")
    war.on(1).write("war.yaml", other.replace("unit: Outbreak", "unit: The outbreak"))
    import_package(anki, export(war), progress=False)

    assert note_of(anki, "Gavrilo Princip")["Note"] == "my mnemonic"
    assert note_of(anki, "Gavrilo Princip").tags == ["mine"]


def test_a_cause_that_left_its_effect_is_marked_in_anki(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)

    war.on(1).write("war.yaml", WAR.replace("Belgium is invaded, The naval race", "Belgium is invaded"))
    import_package(anki, export(war), progress=False)

    assert "fasti::retired" in note_of(anki, "Cause:The naval race").tags
    assert "fasti::retired" not in note_of(anki, "Cause:Belgium is invaded").tags


def test_cards_that_are_not_asked_any_more_are_told_of(war: Fasti, anki: Any) -> None:
    export(war)
    war.on(1).write("war.yaml", WAR.replace("ask: [when, what]", "ask: [when]"))

    done = war("export", "anki", "war")

    assert "1 card exported before is not asked any more" in done.out
    assert "Empty Cards" in done.out


@pytest.mark.parametrize(("kind", "name"), [("anki", "war.apkg"), ("csv", "war.csv")])
def test_a_file_that_no_export_wrote_is_not_written_over(war: Fasti, kind: str, name: str) -> None:
    (war.folder / name).write_bytes(b"somebody's work")

    refused = war("export", kind, "war")

    assert refused.code == 2
    assert "is there already" in refused.err
    assert (war.folder / name).read_bytes() == b"somebody's work"
    assert war("export", kind, "war", "--replace").code == 0
    assert war("export", kind, "war").code == 0


@pytest.mark.parametrize("replace", [(), ("--replace",)])
def test_the_database_is_not_written_over(war: Fasti, replace: tuple[str, ...]) -> None:
    (war.folder / "war.apkg").symlink_to(war.home / "fasti.db")

    assert war("export", "anki", "war", *replace).code == 2
    assert war("due").code == 0


def test_decks_may_go_into_a_folder(war: Fasti) -> None:
    (war.folder / "out").mkdir()

    assert war("export", "anki", "war", "-o", "out").code == 0
    assert (war.folder / "out" / "war.apkg").is_file()


def test_a_learner_who_is_not_there_is_named(war: Fasti) -> None:
    done = war("export", "anki", "war", "--with-progress", "--learner", "nobody")

    assert done.code == 2
    assert "no learner `nobody`" in done.err


def test_answers_in_one_moment_all_arrive_from_several_decks(war: Fasti, anki: Any) -> None:
    war.write("peace.yaml", "deck: Peace\nfacts:\n  - q: When?\n    a: Now\n  - q: Where?\n    a: Here\n")
    war("add", "peace.yaml")
    war("review", stdin=["4"] * 8)
    exported = war("export", "anki", "war", "peace", "--with-progress", "--json").json["exported"]

    import_package(anki, war.folder / "war.apkg")
    import_package(anki, war.folder / "peace.apkg")

    assert anki.db.scalar("select count() from revlog") == sum(each["reviews"] for each in exported) > 6


def test_clozes_keep_their_numbers_when_spans_come_and_go(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)
    text = "The {{c1::Battle of the Somme::1916}} began on {{c2::1 July 1916}}."
    assert note_of(anki, "July 1916")["Text"] == text

    reworded = "The battle of the {Somme|where}, fought by {Haig}, began on {1 July 1916}."
    war.on(1).write(
        "war.yaml", WAR.replace("The {Battle of the Somme|1916} began on {1 July 1916}.", reworded)
    )
    import_package(anki, export(war), progress=False)

    numbers = note_of(anki, "July 1916")["Text"]
    assert numbers == (
        "The battle of the {{c1::Somme::where}}, fought by {{c3::Haig}}, began on {{c2::1 July 1916}}."
    )


def test_several_decks_make_a_file_each(war: Fasti) -> None:
    war("add", "cuban-missile-crisis")
    done = war("export", "anki", "war", "cuban-missile-crisis", "--json")

    assert [each["path"] for each in done.json["exported"]] == ["war.apkg", "cuban-missile-crisis.apkg"]
    assert war("export", "anki", "war", "cuban-missile-crisis", "-o", "both.apkg").code == 2


@pytest.mark.parametrize("name", ["collection.apkg", "backup-war.apkg", "war.colpkg", "war.zip"])
def test_names_that_would_do_harm_are_refused(war: Fasti, name: str) -> None:
    done = war("export", "anki", "war", "-o", name)

    assert done.code == 2
    assert "hint:" in done.err
    assert not (war.folder / name).exists()


def test_a_picture_goes_along_and_one_from_elsewhere_does_not(war: Fasti, anki: Any, tmp_path: Path) -> None:
    (war.folder / "images").mkdir()
    (war.folder / "images" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\nnot much of one")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (war.folder / "link.png").symlink_to(tmp_path / "secret.png")
    facts = WAR.replace("    who: He", "    image: images/map.png\n    who: He")
    war.write("war.yaml", facts.replace("    causes: [B", "    image: link.png\n    causes: [B"))

    done = war("export", "anki", "war", "--json").json["exported"][0]
    import_package(anki, war.folder / "war.apkg", progress=False)

    assert done["pictures"] == 1
    assert sum("is not beside the deck" in sentence for sentence in done["left_out"]) == 1
    (name,) = (path.name for path in Path(anki.media.dir()).iterdir())
    assert f'src="{name}"' in note_of(anki, "Gavrilo Princip")["Image"]


# And back


def study(fasti: Fasti) -> None:
    """Three days of answers of every sort."""
    fasti.on(0)("review", stdin=["4", "1", "3", "4", "2", "3", "quit"])
    fasti.on(1)("review", stdin=["3", "1", "4", "quit"])
    fasti("suspend", "war/year-1914")
    fasti.on(7)("review", stdin=["3", "4", "quit"])


def test_there_and_back_at_home_adds_nothing(war: Fasti, anki: Any) -> None:
    study(war)
    before = history(war, "war")
    import_package(anki, export(war, "--with-progress"))
    export_package(anki, war.folder / "back.apkg")

    done = war("import", "anki", "back.apkg", "--with-progress", "--json")

    assert done.code == 0, done.err
    assert (done.json["answers"], done.json["placed"]) == (0, 0)
    assert done.json["notes"] == done.json["changed"] == done.json["added"] == []
    assert history(war, "war") == before
    assert sorted(path.name for path in war.folder.iterdir()) == ["back.apkg", "war.apkg", "war.yaml"]


@pytest.mark.parametrize("legacy", [True, False], ids=["older-format", "newest-format"])
def test_a_new_machine_goes_on_where_the_old_one_was(
    war: Fasti, anki: Any, tmp_path: Path, legacy: bool
) -> None:
    study(war)
    import_package(anki, export(war, "--with-progress"))
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    other = Fasti(tmp_path / "other home", folder, war.now)
    export_package(anki, folder / "back.apkg", legacy=legacy)

    done = other("import", "anki", "back.apkg", "--with-progress", "--json")

    assert done.code == 0, done.err
    assert done.json["notes"] == []
    assert (folder / "war.yaml").is_file()
    assert other("check", "war.yaml").code == 0
    assert history(other, "war") == history(war, "war")
    assert other("due", "--json").json["decks"] == war("due", "--json").json["decks"]
    again = other("import", "anki", "back.apkg", "--with-progress", "--json")
    assert (again.json["answers"], again.json["placed"]) == (0, 0)
    assert other("doctor").code == 0
    (folder / "shared").mkdir()
    assert other("sync", "shared").code == 0
    third = Fasti(tmp_path / "third home", folder, war.now)
    assert third("add", "war.yaml").code == 0
    assert third("sync", "shared").code == 0
    assert history(third, "war") == history(war, "war")


def test_what_was_answered_in_anki_comes_back(war: Fasti, anki: Any) -> None:
    study(war)
    import_package(anki, export(war, "--with-progress"))
    card = anki.get_card(anki.find_cards('"Gavrilo Princip"')[0])
    anki.sched.suspend_cards([other for other in anki.find_cards("") if other != card.id])
    anki.sched.set_due_date([card.id], "0")
    anki.decks.select(card.did)
    (queued,) = anki.sched.get_queued_cards(fetch_limit=50).cards
    card.load()
    card.start_timer()
    anki.sched.answer_card(anki.sched.build_answer(card=card, states=queued.states, rating=2))
    card.load()
    export_package(anki, war.folder / "back.apkg")
    war.now = datetime.now(UTC).isoformat()  # Anki's clock is the machine's

    done = war("import", "anki", "back.apkg", "--with-progress", "--json")

    assert done.code == 0, done.err
    assert (done.json["answers"], done.json["placed"]) == (1, 1)
    (shown,) = war("show", "Princip", "--json").json["cards"]
    assert shown["schedule"]["interval"] == card.ivl
    assert war("show", "war/somme", "--json").json["cards"][0]["suspended"]
    assert "princip" not in war("undo").err  # what was answered elsewhere is not taken back here


def test_a_note_edited_in_anki_is_told_of_and_its_deck_file_left_alone(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)
    note = note_of(anki, "Gavrilo Princip")
    note["Who"] = "A student &amp; assassin"
    anki.update_note(note)
    export_package(anki, war.folder / "back.apkg")

    done = war("import", "anki", "back.apkg", "--json")

    assert done.json["changed"] == ["Gavrilo Princip"]
    assert (war.folder / "war.yaml").read_text(encoding="utf-8") == WAR
    war("import", "anki", "back.apkg", "-o", "edited.yaml")
    assert "who: A student & assassin" in (war.folder / "edited.yaml").read_text(encoding="utf-8")


def test_notes_made_in_anki_are_told_of(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)
    mine = anki.new_note(anki.models.by_name("fasti Person"))
    mine["Person"], mine["Who"], mine["Ask who"] = "Emil", "A friend", "Who?"
    anki.add_note(mine, anki.decks.id("The Great War"))
    export_package(anki, war.folder / "back.apkg")

    done = war("import", "anki", "back.apkg", "--json").json

    assert done["added"] == ["Emil"]
    assert "-o FILE" in war("import", "anki", "back.apkg").out


def test_nothing_is_taken_back_that_was_answered_before_an_import(war: Fasti, anki: Any) -> None:
    study(war)
    import_package(anki, export(war, "--with-progress"))
    card = anki.get_card(anki.find_cards('"Gavrilo Princip"')[0])
    anki.db.execute(
        "insert into revlog values (?, ?, -1, 3, 6, 1, 2500, 1000, 1)", 1_781_000_000_000, card.id
    )
    export_package(anki, war.folder / "back.apkg")
    war.on(9)("import", "anki", "back.apkg", "--with-progress")

    refused = war("undo")

    assert refused.code == 1
    assert "answered in Anki" in refused.err


def test_a_strangers_package_cannot_answer_cards_of_another_deck(war: Fasti, anki: Any) -> None:
    """Guids are no secret: who knows a deck can give any note the guid of one of its facts."""
    study(war)
    import_package(anki, export(war, "--with-progress"))
    guid = note_of(anki, "Gavrilo Princip").guid
    anki.remove_notes(anki.find_notes(""))
    basic = anki.new_note(anki.models.by_name("Basic"))
    basic["Front"], basic["Back"] = "Capital of France?", "Paris"
    anki.add_note(basic, anki.decks.id("Elsewhere"))
    anki.db.execute("update notes set guid = ? where id = ?", guid, basic.id)
    anki.sched.set_due_date(basic.card_ids(), "90")
    export_package(anki, war.folder / "stranger.apkg")
    before = history(war, "war")

    done = war("import", "anki", "stranger.apkg", "--with-progress", "--json")

    assert done.code == 0, done.err
    assert history(war, "war") == before


# Other people's decks


@pytest.fixture
def chess(fasti: Fasti, anki: Any) -> Any:
    """A deck that someone made in Anki, with a card that was studied."""
    deck = anki.decks.id("Chess::Openings")
    basic = anki.models.by_name("Basic")
    for number in range(3):
        note = anki.new_note(basic)
        note["Front"], note["Back"] = f"Question {number}?", f"Answer <b>{number}</b>"
        note.tags = ["opening"]
        anki.add_note(note, deck)
    reversed_ = anki.new_note(anki.models.by_name("Basic (and reversed card)"))
    reversed_["Front"], reversed_["Back"] = "fianchetto", "a bishop on the long diagonal"
    anki.add_note(reversed_, deck)
    cloze = anki.new_note(anki.models.by_name("Cloze"))
    cloze["Text"] = "The {{c1::Ruy Lopez::Spanish}} begins {{c2::1.e4 e5}}"
    anki.add_note(cloze, deck)
    anki.sched.set_due_date([anki.find_cards("Question 1")[0]], "9")
    export_package(anki, fasti.folder / "chess.apkg")
    return anki


def test_another_programs_deck_becomes_a_deck_that_can_be_reviewed(fasti: Fasti, chess: Any) -> None:
    done = fasti("import", "anki", "chess.apkg", "--json")

    assert done.code == 0, done.err
    text = (fasti.folder / done.json["decks"][0]["path"]).read_text(encoding="utf-8")
    assert "- q: Question 0?\n" in text
    assert "a: Answer 0\n" in text
    assert "- term: fianchetto\n" in text
    assert "- cloze: The {Ruy Lopez|Spanish} begins {1.e4 e5}\n" in text
    assert fasti("check", done.json["decks"][0]["path"]).code == 0
    assert fasti("add", done.json["decks"][0]["path"]).code == 0


def test_progress_comes_along_as_anki_had_it(fasti: Fasti, chess: Any) -> None:
    card = chess.get_card(chess.find_cards("Question 1")[0])
    fasti.now = "2026-11-20T12:00:00+00:00"
    done = fasti("import", "anki", "chess.apkg", "--with-progress", "--json")

    assert done.code == 0, done.err
    (shown,) = fasti("show", "Question 1?", "--json").json["cards"]
    assert (shown["schedule"]["interval"], shown["schedule"]["ease"]) == (card.ivl, 2.5)


def test_importing_again_updates_and_keeps_progress(fasti: Fasti, chess: Any) -> None:
    path = (
        fasti.folder
        / fasti("import", "anki", "chess.apkg", "--with-progress", "--json").json["decks"][0]["path"]
    )
    note = note_of(chess, "Question 0?")
    note["Front"] = "A better question?"
    chess.update_note(note)
    export_package(chess, fasti.folder / "chess.apkg")
    before = {card["card"] for card in fasti("show", "Question", "--json").json["cards"]}

    done = fasti("import", "anki", "chess.apkg", "--with-progress", "--json")

    assert done.code == 0, done.err
    assert "- q: A better question?\n" in path.read_text(encoding="utf-8")
    (better,) = fasti("show", "better question", "--json").json["cards"]
    assert better["card"] in before


def test_a_deck_file_that_was_edited_is_not_written_over(fasti: Fasti, chess: Any) -> None:
    path = fasti.folder / fasti("import", "anki", "chess.apkg", "--json").json["decks"][0]["path"]
    mine = path.read_text(encoding="utf-8").replace("Question 2?", "What I made of it?")
    path.write_text(mine, encoding="utf-8")

    refused = fasti("import", "anki", "chess.apkg")

    assert refused.code == 1
    assert "was edited since it was imported" in refused.err
    assert path.read_text(encoding="utf-8") == mine
    assert fasti("import", "anki", "chess.apkg", "--replace").code == 0
    assert "Question 2?" in path.read_text(encoding="utf-8")
    assert path.with_name(f"{path.name}.old").read_text(encoding="utf-8") == mine


def test_a_dry_run_writes_nothing(fasti: Fasti, chess: Any) -> None:
    before = sorted(path.name for path in fasti.folder.iterdir())

    assert fasti("import", "anki", "chess.apkg", "--dry-run").code == 0
    assert sorted(path.name for path in fasti.folder.iterdir()) == before


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"not a package at all", b"\x00" * 5000],
    ids=["empty", "cut", "text", "zeros"],
)
def test_what_is_no_package_is_one_sentence_and_nothing_is_written(fasti: Fasti, data: bytes) -> None:
    (fasti.folder / "deck.apkg").write_bytes(data)

    done = fasti("import", "anki", "deck.apkg", "--with-progress")

    assert done.code == 1
    assert done.err.startswith("error: ")
    assert [path.name for path in fasti.folder.iterdir()] == ["deck.apkg"]


def test_a_folder_that_has_no_name_is_called_what_was_written(fasti: Fasti) -> None:
    fasti.write("notes.json", "{}")

    assert fasti("import", "anki", ".").err.startswith("error: `.` cannot be read: ")


def test_a_deck_of_that_name_that_is_the_students_own_is_left_alone(fasti: Fasti, chess: Any) -> None:
    fasti.write("mine.yaml", "deck: Openings\nid: openings\nfacts:\n  - q: Mine?\n    a: Yes\n")
    fasti.write("chess.yaml", "deck: Chess\nid: chess\nfacts:\n  - q: Mine too?\n    a: Yes\n")
    fasti("add", "mine.yaml", "chess.yaml")

    done = fasti("import", "anki", "chess.apkg", "-o", "new.yaml", "--with-progress", "--json")

    assert done.code == 0, done.err
    assert done.json["decks"][0]["deck"] not in {"openings", "chess"}
    assert len(fasti("decks", "--json").json["decks"]) == 3


def test_another_package_of_that_name_does_not_take_the_first_ones_place(fasti: Fasti, chess: Any) -> None:
    first = fasti("import", "anki", "chess.apkg", "--with-progress", "--json").json["decks"][0]
    text = (fasti.folder / first["path"]).read_text(encoding="utf-8")
    chess.remove_notes(chess.find_notes(""))
    note = chess.new_note(chess.models.by_name("Basic"))
    note["Front"], note["Back"] = "Another question?", "Another answer"
    chess.add_note(note, chess.decks.id("Chess::Openings"))
    export_package(chess, fasti.folder / "other.apkg")

    second = fasti("import", "anki", "other.apkg", "--json").json["decks"][0]

    assert second["deck"] != first["deck"]
    assert (fasti.folder / first["path"]).read_text(encoding="utf-8") == text


def test_a_pipe_is_no_place_for_a_deck(fasti: Fasti, chess: Any) -> None:
    os.mkfifo(fasti.folder / "deck.yaml")

    done = fasti("import", "anki", "chess.apkg", "-o", "deck.yaml")

    assert done.code == 1
    assert "is not a deck file" in done.err
    assert fasti("import", "csv", "deck.yaml").code == 1


def test_a_name_that_is_too_long_is_a_sentence(fasti: Fasti, chess: Any) -> None:
    done = fasti("import", "anki", "chess.apkg", "-o", "y" * 300 + ".yaml")

    assert done.code == 1
    assert done.err.startswith("error: ")


# Tables


def test_our_own_table_is_known_again(war: Fasti) -> None:
    war("export", "csv", "war")

    done = war("import", "csv", "war.csv", "--json")

    assert done.json["decks"][0]["path"] is None
    assert done.json["decks"][0]["in_library"].endswith("war.yaml")


def test_a_table_updates_what_a_package_brought(war: Fasti, anki: Any) -> None:
    import_package(anki, export(war), progress=False)
    war.on(1).write("war.yaml", WAR.replace("He fired the shots", "=HYPERLINK(1) is not a formula, he fired"))
    assert war("export", "csv", "war").code == 0

    import_text(anki, war.folder / "war.csv")

    assert anki.note_count() == 7
    assert unescape(note_of(anki, "Gavrilo Princip")["Who"]).startswith("=HYPERLINK(1) is not a formula")
    with (war.folder / "war.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_table_says_how_it_is_understood_before_it_is_written(fasti: Fasti) -> None:
    fasti.write("battles.csv", "Battle,Date,Comment\nMarathon,490 BC,Miltiades\nCannae,2 August 216 BC,\n")

    shown = fasti("import", "csv", "battles.csv", "--dry-run")
    assert shown.code == 0, shown.err
    assert "Battle is read as" in shown.out
    assert not (fasti.folder / "battles.yaml").exists()

    assert fasti("import", "csv", "battles.csv").code == 0
    text = (fasti.folder / "battles.yaml").read_text(encoding="utf-8")
    assert "- event: Marathon\n" in text
    assert "date: 490 BC\n" in text
    assert fasti("check", "battles.yaml").code == 0


def test_every_picture_that_the_deck_names_comes_beside_it(fasti: Fasti, anki: Any, tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(b"\x89PNG\r\n\x1a\nmap")
    (tmp_path / "face.png").write_bytes(b"\x89PNG\r\n\x1a\nface")
    names = [anki.media.add_file(str(tmp_path / name)) for name in ("map.png", "face.png")]
    basic = anki.models.by_name("Basic")
    for front, back in (
        (f'Where? <img src="{names[0]}">', "Here"),
        ("Who looks like this?", f'<img src="{names[1]}">'),
    ):
        note = anki.new_note(basic)
        note["Front"], note["Back"] = front, back
        anki.add_note(note, anki.decks.id("Pictures"))
    export_package(anki, fasti.folder / "pictures.apkg")

    done = fasti("import", "anki", "pictures.apkg", "--json").json

    text = (fasti.folder / "pictures.yaml").read_text(encoding="utf-8")
    written = sorted((fasti.folder / "pictures-media").iterdir())
    assert done["pictures"] == len(written) == 2
    assert all(path.relative_to(fasti.folder).as_posix() in text for path in written)


def test_the_older_and_the_newest_form_of_a_package_say_the_same(fasti: Fasti, chess: Any) -> None:
    export_package(chess, fasti.folder / "new.apkg", legacy=False)
    assert fasti("import", "anki", "chess.apkg", "-o", "old.yaml").code == 0
    assert fasti("import", "anki", "new.apkg", "-o", "new.yaml").code == 0

    old, new = ((fasti.folder / name).read_text(encoding="utf-8") for name in ("old.yaml", "new.yaml"))
    assert old == new


def test_what_we_write_holds_nothing_of_the_learner_unless_asked(war: Fasti) -> None:
    study(war)

    written = tables(export(war))

    assert written.revlog == []
    assert {card["type"] for card in written.cards} == {0}
