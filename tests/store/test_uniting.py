"""Taking in what another copy has, on both engines."""

from dataclasses import replace

from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry
from fasti.store import log_survey, migrate, refolding, reviews
from fasti.store.database import Database
from fasti.store.names import Alias, aliases
from fasti.store.uniting import unite_aliases, unite_entries
from tests.store.making import Student, shelve

ENTRY = LogEntry("a", 1, "me", "d/f#when", EntryKind.REVIEW, 4, 4, 1000, 0, 20_000, 900, None)


def test_two_answers_under_one_number_are_both_kept_and_known_again(database: Database) -> None:
    other = replace(ENTRY, grade=5, answered_at_ms=900)
    with database.writing() as connection:
        assert unite_entries(connection, [ENTRY]) == ([ENTRY], {"me"})
        assert unite_entries(connection, [other, ENTRY]) == ([other], {"me"})
        assert unite_entries(connection, [ENTRY, other]) == ([], set())
        kept = list(reviews.entries(connection))

    assert [(entry.grade, entry.device.partition("~")[0]) for entry in kept] == [(5, "a"), (4, "a")]
    assert kept[0].device == "a"


def test_of_two_names_for_one_card_and_moment_one_counts_for_everybody(database: Database) -> None:
    with database.writing() as connection:
        assert unite_aliases(connection, [Alias("x", 5, "z")]) == 1
        assert unite_aliases(connection, [Alias("x", 5, "y")]) == 1
        assert unite_aliases(connection, [Alias("x", 5, "z")]) == 0
        assert aliases(connection) == [Alias("x", 5, "y")]


def test_the_log_at_a_glance(database: Database) -> None:
    with database.writing() as connection:
        assert log_survey.survey(connection) == (0, 0, 0, 0, None, None)
        shelve(connection, "d", {"f": ["when"]})
    student = Student(database)
    student.review("d/f#when", 20)
    with database.writing() as connection:
        unite_entries(connection, [replace(ENTRY, seq=7), replace(ENTRY, device="anki-x", seq=10**12)])
        found = log_survey.survey(connection)
        assert migrate.absent_indexes(connection) == []
        assert refolding.astray(connection, "me") == (1, 2)
        refolding.refold(connection, "me")
        assert refolding.astray(connection, "me") == (0, 0)

    assert (found.entries, found.devices, found.missing, found.reused) == (3, 2, 6, 0)
