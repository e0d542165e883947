"""What was exported to Anki keeps its name there, whatever happens to the fact here."""

import pytest

from fasti.store import anki_notes
from fasti.store.anki_notes import Slot, StoredNote
from fasti.store.catalogue import card, facts
from fasti.store.database import Database
from fasti.store.renaming import rename_cards, rename_facts
from tests.store.making import a_card, a_fact, shelve

NOTE = StoredNote("guid1", "war", "ypres", "", "digest", 5)
SLOT = Slot("war/ypres#when", "guid1", 0)


@pytest.fixture
def exported(database: Database) -> Database:
    with database.writing() as connection:
        shelve(connection, "war", {"ypres": ["when"], "somme": ["when"]})
        anki_notes.save(connection, [NOTE], [SLOT])
    return database


def test_what_was_exported_is_known_by_deck_and_by_guid(exported: Database) -> None:
    with exported.reading() as connection:
        assert anki_notes.notes(connection, "war") == [NOTE]
        assert anki_notes.notes(connection, "peace") == []
        assert anki_notes.slots(connection, "war") == [SLOT]
        assert anki_notes.cards_in(connection, ["guid1", "other"]) == {("guid1", 0): "war/ypres#when"}
        assert anki_notes.taken(connection, ["guid1", "other"]) == {"guid1": NOTE}
        assert anki_notes.holders(connection) == {"guid1": ("war", "ypres", "")}


def test_a_fact_that_gets_another_id_keeps_its_note(exported: Database) -> None:
    new = a_fact("war", "first-ypres")
    with exported.writing() as connection:
        rename_facts(connection, [("war", "ypres", new)])
        rename_cards(connection, [("war/ypres#when", a_card("war", "first-ypres"))], 10)

    with exported.reading() as connection:
        assert anki_notes.notes(connection, "war") == [NOTE._replace(fact="first-ypres")]
        assert anki_notes.cards_in(connection, ["guid1"]) == {("guid1", 0): "war/first-ypres#when"}


def test_facts_that_become_one_lose_no_note(exported: Database) -> None:
    with exported.writing() as connection:
        anki_notes.save(
            connection,
            [StoredNote("guid2", "war", "somme", "", "digest", 6)],
            [Slot("war/somme#when", "guid2", 0)],
        )
        somme = next(fact for fact in facts(connection, "war") if fact.id == "somme")
        rename_facts(connection, [("war", "ypres", somme)])
        kept = card(connection, "war/somme#when")
        assert kept is not None
        rename_cards(connection, [("war/ypres#when", kept)], 10)

    with exported.reading() as connection:
        notes = anki_notes.notes(connection, "war")
        assert [(note.guid, note.fact) for note in notes] == [("guid1", "somme"), ("guid2", "somme")]
        assert anki_notes.slots(connection, "war") == [Slot("war/somme#when", "guid2", 0)]
