import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from fasti.core.breaks import Break
from fasti.core.exams import Exam
from fasti.settings import bundled
from fasti.store import migrate, plans
from fasti.store.database import Database, connect
from fasti.store.head import HEAD
from fasti.store.migrate import State
from fasti.store.opening import open_database
from fasti.store.refusals import DatabaseTooNewError, ForeignDatabaseError, UpgradeError
from fasti.store.tables import daily, metadata
from tests.conftest import Blank
from tests.store.making import Student, shelve

NOON_MS = 1_780_315_200_000  # 2026-06-01T12:00:00Z

NEXT = "9001"
REBUILDS_EVERY_PARENT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9001", "{head}"

def upgrade():
    for table in ("deck", "fact", "card"):
        with op.batch_alter_table(table, recreate="auto") as batch:
            batch.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="red"))
            batch.alter_column("position", existing_type=sa.Integer(), type_=sa.BigInteger())
"""
FAILS_HALFWAY = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9001", "{head}"

def upgrade():
    op.create_table("stray", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("deck", sa.Column("colour", sa.Text()))
    op.execute("DELETE FROM review_log")
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""
LEAVES_ROWS_DANGLING = """
from alembic import op

revision, down_revision = "9001", "{head}"

def upgrade():
    op.execute("DELETE FROM fact")
"""

Future = Callable[[str], None]


@pytest.fixture
def future(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Future:
    """Makes the program one migration newer than it is."""

    def make(script: str) -> None:
        scripts = tmp_path / "migrations 100%"
        shutil.copytree(bundled("migrations"), scripts)
        (scripts / "versions" / "9001_next.py").write_text(script.format(head=HEAD))
        monkeypatch.setattr(migrate, "HEAD", NEXT)
        monkeypatch.setattr(migrate, "bundled", lambda _: scripts)

    return make


def file_of(database: Database) -> Path:
    assert database.file is not None
    return database.file


def use(database: Database) -> None:
    """Put decks and reviews in."""
    with database.writing() as connection:
        shelve(connection, "war", {"ypres": ["when"], "somme": ["when"]})
    student = Student(database)
    student.review("war/ypres#when", 10)
    student.review("war/somme#when", 10, grade=2)
    student.undo(10)


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without columns that a migration added."""
    with database.reading() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(table.select()).all()), key=repr)
            for table in metadata.sorted_tables
        }


def test_head_is_the_newest_migration() -> None:
    files = sorted((bundled("migrations") / "versions").glob("*.py"))

    assert files[-1].name.startswith(f"{HEAD}_")


def test_the_migrations_make_the_tables_that_the_code_expects(database: Database) -> None:
    with database.migrating() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_migrated_file_has_the_words_that_the_code_would_make_it_with(
    sqlite_blank: Blank, tmp_path: Path
) -> None:
    def words(of: Database) -> set[str]:
        with of.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name != 'alembic_version'"
            )
            # SQLite puts a table that was given its name anew in quotation marks.
            return {" ".join(row[0].replace('"', "").split()) for row in rows}

    with connect(f"sqlite:///{tmp_path / 'made.db'}") as made, sqlite_blank() as migrated:
        with made.migrating() as connection:
            metadata.create_all(connection)

        assert words(migrated) == words(made)


def test_an_open_database_is_current(database: Database) -> None:
    with database.reading() as connection:
        assert migrate.state(connection) is State.CURRENT


def test_upgrading_what_is_current_changes_nothing(database: Database) -> None:
    use(database)
    before = contents(database)

    assert migrate.upgrade(database, NOON_MS) is None
    assert contents(database) == before


def test_a_database_behind_is_upgraded_with_every_row(database: Database, future: Future) -> None:
    use(database)
    before = contents(database)
    future(REBUILDS_EVERY_PARENT)
    with database.reading() as connection:
        assert migrate.state(connection) is State.BEHIND

    migrate.upgrade(database, NOON_MS)

    assert contents(database) == before
    with database.reading() as connection:
        assert migrate.state(connection) is State.CURRENT
        assert "colour" in {column["name"] for column in inspect(connection).get_columns("deck")}


def test_a_library_from_before_followed_folders_keeps_every_review(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    with connect(f"sqlite:///{tmp_path / 'old.db'}") as database:
        with database.migrating() as connection:
            config = Config()
            config.set_main_option("script_location", str(bundled("migrations")).replace("%", "%%"))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, "0003")
            # Without these this version can write no decks and no answers.
            daily.create(connection)
            connection.execute(text("ALTER TABLE deck ADD COLUMN cards INTEGER DEFAULT 0 NOT NULL"))
        use(database)
        with database.migrating() as connection:
            assert migrate.version(connection) == "0003"
            reviews = connection.execute(text("SELECT * FROM review_log")).all()
            numbers = connection.execute(daily.select()).all()
            daily.drop(connection)
            connection.execute(text("ALTER TABLE deck DROP COLUMN cards"))

        migrate.upgrade(database, NOON_MS)

        with database.reading() as connection:
            assert connection.execute(text("SELECT * FROM review_log")).all() == reviews
            assert connection.scalar(text("SELECT count(*) FROM deck_folder")) == 0
            assert connection.execute(daily.select()).all() == numbers != []
            assert connection.execute(text("SELECT id, cards FROM deck")).all() == [("war", 2)]


def test_plans_from_before_they_were_dated_give_way_to_whatever_is_decided_now(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    with connect(f"sqlite:///{tmp_path / 'old.db'}") as database:
        with database.migrating() as connection:
            config = Config()
            config.set_main_option("script_location", str(bundled("migrations")).replace("%", "%%"))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, "0005")
            connection.execute(text("INSERT INTO exam VALUES ('me', 'May', 60, 'war', 'Outbreak', '', 5)"))
            connection.execute(text("INSERT INTO day_off VALUES ('me', 10, 20), ('me', 30, 30)"))
        migrate.upgrade(database, NOON_MS)
        with database.reading() as connection:
            before = plans.decisions(connection, "me")
        with database.writing() as connection:
            plans.take_back(connection, "me", Break(10, 20), 1)

            assert (before.breaks, plans.breaks(connection, "me")) == (
                [Break(10, 20), Break(30, 30)],
                [Break(30, 30)],
            )
            assert plans.exams(connection, "me") == [Exam("May", 60, "war", "Outbreak")]


def test_opening_a_file_that_is_behind_puts_a_copy_aside_and_upgrades_it(
    sqlite_blank: Blank, future: Future
) -> None:
    with sqlite_blank() as old:
        use(old)
        before, file = contents(old), file_of(old)
    future(REBUILDS_EVERY_PARENT)

    with open_database(f"sqlite:///{file}", NOON_MS) as database:
        assert contents(database) == before

    copies = list((file.parent / "backups").iterdir())
    assert [copy.name for copy in copies] == [f"{file.stem}.before-migration-{HEAD}-20260601T120000Z.db"]
    with connect(f"sqlite:///{copies[0]}") as copy, copy.reading() as connection:
        assert migrate.version(connection) == HEAD
        assert connection.scalar(text("SELECT count(*) FROM review_log")) == 3


def test_two_copies_of_one_moment_do_not_replace_each_other(tmp_path: Path) -> None:
    from fasti.store.backup import put_aside

    open_database(f"sqlite:///{tmp_path / 'a.db'}", 0).close()

    assert put_aside(tmp_path / "a.db", "daily", NOON_MS) != put_aside(tmp_path / "a.db", "daily", NOON_MS)


@pytest.mark.parametrize("script", [FAILS_HALFWAY, LEAVES_ROWS_DANGLING])
def test_a_failing_migration_leaves_nothing_half_done(
    database: Database, future: Future, script: str
) -> None:
    use(database)
    before = contents(database)
    future(script)

    with pytest.raises(UpgradeError, match="is as it was"):
        migrate.upgrade(database, NOON_MS)

    assert contents(database) == before
    with database.reading() as connection:
        assert migrate.version(connection) == HEAD
        assert "stray" not in inspect(connection).get_table_names()
        assert "colour" not in {column["name"] for column in inspect(connection).get_columns("deck")}


def test_a_database_of_a_newer_version_is_refused_and_left_alone(
    sqlite_blank: Blank,
) -> None:
    with sqlite_blank() as database:
        with database.writing() as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{NEXT}'"))
        file = file_of(database)
    before = file.read_bytes()

    with pytest.raises(DatabaseTooNewError, match=NEXT) as caught:
        open_database(f"sqlite:///{file}", NOON_MS)

    assert caught.value.hint is not None
    assert "pip install --upgrade fasti" in caught.value.hint
    assert file.read_bytes() == before
    assert not (file.parent / "backups").exists()


def test_a_newer_server_is_refused_too(schema: str) -> None:
    with connect(schema) as database:
        migrate.upgrade(database, 0)
        with database.writing() as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{NEXT}'"))

    with pytest.raises(DatabaseTooNewError):
        open_database(schema, 0)


def test_a_server_with_tables_of_another_program_is_refused(schema: str) -> None:
    with connect(schema) as database:
        with database.writing() as connection:
            connection.execute(text("CREATE TABLE notes (id integer)"))

        with pytest.raises(ForeignDatabaseError):
            migrate.upgrade(database, 0)


OPEN = """
import sys
from fasti.store.catalogue import decks
from fasti.store.opening import open_database
with open_database(sys.argv[1], 0) as database, database.reading() as connection:
    assert decks(connection) == []
"""


def test_four_programs_may_make_one_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'fasti.db'}"
    programs = [
        subprocess.Popen([sys.executable, "-c", OPEN, url], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ends = [program.communicate(timeout=120)[1] for program in programs]

    assert ends == [""] * 4


def test_alembic_is_not_loaded_where_there_is_nothing_to_upgrade(sqlite_blank: Blank) -> None:
    with sqlite_blank() as database:
        file = file_of(database)
    program = OPEN + "assert 'alembic' not in sys.modules\n"

    subprocess.run([sys.executable, "-c", program, f"sqlite:///{file}"], check=True, timeout=60)
