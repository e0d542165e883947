from contextlib import suppress

import pytest

from fasti.core.entry_kinds import EntryKind
from fasti.store import devices
from fasti.store.database import Database
from tests.conftest import Blank
from tests.store.making import Student, facts, shelve


def test_a_machine_keeps_the_id_it_was_first_given(database: Database) -> None:
    with database.writing() as connection:
        assert devices.this_device(connection, "laptop of Anna", "a1") == "a1"
        assert devices.this_device(connection, "laptop of Anna", "b2") == "a1"


def test_two_machines_have_two_ids(database: Database) -> None:
    with database.writing() as connection:
        devices.this_device(connection, "laptop", "a1")

        assert devices.this_device(connection, "desktop", "b2") == "b2"


def test_numbers_count_from_one_for_each_device(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", facts(1))
    students = {name: Student(database, device=name) for name in ("a1", "b2")}
    wrote = [
        students[name].note("d/fact-00000#when", 10, EntryKind.CRAM) for name in ("a1", "a1", "b2", "a1")
    ]

    assert [entry.seq for entry, _ in wrote] == [1, 2, 1, 3]


def test_numbers_go_on_after_the_logs_own_where_a_device_is_behind_it(sqlite_blank: Blank) -> None:
    with sqlite_blank() as database:
        with database.writing() as connection:
            shelve(connection, "d", facts(1))
        student = Student(database)
        student.note("d/fact-00000#when", 10, EntryKind.CRAM)
        with database.writing() as connection:
            connection.exec_driver_sql("UPDATE device SET last_seq = 0")

        assert student.note("d/fact-00000#when", 10, EntryKind.CRAM)[0].seq == 2


def test_a_number_that_was_not_committed_is_given_again(database: Database) -> None:
    with database.writing() as connection:
        devices.this_device(connection, "laptop", "a1")
    with suppress(ZeroDivisionError), database.writing() as connection:
        devices.next_seq(connection, "a1")
        raise ZeroDivisionError

    with database.writing() as connection:
        assert devices.next_seq(connection, "a1") == 1


def test_an_unknown_device_has_no_numbers(database: Database) -> None:
    with database.writing() as connection, pytest.raises(LookupError, match="no device `x`"):
        devices.next_seq(connection, "x")


def test_after_a_backup_was_restored_a_machine_goes_on_as_another_device(database: Database) -> None:
    with database.writing() as connection:
        devices.this_device(connection, "laptop", "a1")
        devices.next_seq(connection, "a1")

        assert devices.renew_device(connection, "laptop", "a2") == "a2"
        assert devices.this_device(connection, "laptop", "a3") == "a2"
        assert devices.next_seq(connection, "a2") == 1


def test_numbers_go_on_after_those_that_came_back_from_elsewhere(database: Database) -> None:
    with database.writing() as connection:
        devices.this_device(connection, "laptop", "a1")
        devices.raise_seqs(connection, {"a1": 7, "unknown": 99})
        devices.raise_seqs(connection, {"a1": 3, "unknown": 99})

        assert devices.next_seq(connection, "a1") == 8
