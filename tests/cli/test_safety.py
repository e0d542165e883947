"""Backups, merging, syncing and the doctor, as a student uses them."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
import typer

from fasti.commands import ground
from fasti.commands.keeping import backed_up
from fasti.settings import Settings
from tests.cli.program import Fasti


def backups(fasti: Fasti) -> list[str]:
    return [each["why"] for each in fasti("backup", "list", "--json").json["backups"]]


def answers(fasti: Fasti) -> int:
    with closing(sqlite3.connect(fasti.home / "fasti.db")) as connection:
        count: int = connection.execute("SELECT count(*) FROM review_log WHERE kind = 'review'").fetchone()[0]
    return count


# Backups


def test_a_day_is_backed_up_once_and_with_its_answers(fasti: Fasti) -> None:
    fasti.answer(4, 4, 4)
    fasti.answer(4, 4)
    fasti("undo")
    fasti.on(1)("decks")
    fasti.on(1, 22)("decks")

    listed = fasti("backup", "list", "--json").json
    assert listed["version"] == 1
    assert [(each["why"], each["answers"]) for each in listed["backups"]] == [("daily", 5), ("daily", 3)]


def test_nothing_is_backed_up_where_nothing_was_answered(fasti: Fasti) -> None:
    fasti("review")
    fasti("decks")

    assert backups(fasti) == []
    assert "No backups yet" in fasti("backup", "list").err


def test_a_day_late_at_night_belongs_to_the_day_before(fasti: Fasti) -> None:
    fasti.on(0, 22).answer(4)
    fasti.on(1, 2).answer(4)

    assert backups(fasti) == ["daily"]


def test_due_makes_no_backup(fasti: Fasti) -> None:
    fasti.answer(4)
    fasti.on(1)("due")

    assert backups(fasti) == ["daily"]


def test_a_backup_that_cannot_be_made_does_not_stop_a_review(fasti: Fasti) -> None:
    fasti.home.mkdir()
    (fasti.home / "backups").write_text("a file is in the way")
    done = fasti("review", "--six", "--json", stdin=[4])

    assert done.code == 0
    assert len(done.lines) == 1
    assert "today's backup could not be made" in done.err


@pytest.mark.parametrize(
    ("ends_by", "made"),
    [(None, True), (SystemExit(1), True), (typer.Exit(1), True), (KeyError("a bug"), False)],
)
def test_a_command_that_ends_with_a_code_makes_the_days_backup_and_one_that_breaks_off_none(
    fasti: Fasti, monkeypatch: pytest.MonkeyPatch, ends_by: BaseException | None, made: bool
) -> None:
    fasti.answer(4)
    for copy in (fasti.home / "backups").iterdir():
        copy.unlink()
    for name, value in fasti.environment().items():
        monkeypatch.setenv(name, value)
    ground.options.cache_clear()
    ground.configuration.cache_clear()
    settings = Settings(fasti.home, f"sqlite:///{fasti.home / 'fasti.db'}", "me")
    with suppress(SystemExit, typer.Exit, KeyError), backed_up(settings):
        if ends_by is not None:
            raise ends_by
    ground.options.cache_clear()
    ground.configuration.cache_clear()

    assert backups(fasti) == ["daily"] * made


def test_a_backup_by_hand_says_where_it_is(fasti: Fasti) -> None:
    fasti.answer(4)
    done = fasti("backup")

    assert Path(done.out.strip()).is_file()
    assert "1 answer" in done.err
    assert fasti("backup", "--json").json["answers"] == 1


def test_without_a_database_there_is_nothing_to_back_up(fasti: Fasti) -> None:
    done = fasti("backup")

    assert (done.code, "there is no database" in done.err) == (1, True)
    assert not (fasti.home / "fasti.db").exists()


@pytest.mark.parametrize("arguments", [("backup",), ("backup", "list"), ("backup", "restore", "1")])
def test_a_servers_backups_are_its_own(fasti: Fasti, arguments: tuple[str, ...]) -> None:
    done = fasti("--database", "postgresql://me:secret@localhost:1/x", *arguments)

    assert done.code == 2
    assert "server's own tools" in done.err
    assert "secret" not in done.err


@pytest.mark.parametrize("which", ["1", "by-hand", "by-hand-20260602T100000Z", "2026-06-02"])
def test_a_backup_is_gone_back_to_and_what_was_there_can_be_brought_back(fasti: Fasti, which: str) -> None:
    fasti.answer(4, 4)
    fasti.on(1, 10)("backup")
    fasti.on(0, 11).answer(4, 4, 4)
    fasti.on(1, 12)
    done = fasti("backup", "restore", which, "--json", "--yes")

    assert done.code == 0, done.err
    assert (done.json["restored"], done.json["answers_lost"], done.json["answers_gained"]) == (True, 3, 0)
    assert answers(fasti) == 2
    assert backups(fasti) == ["before-restore", "by-hand", "daily"]
    assert fasti("backup", "restore", Path(done.json["kept"]).stem, "--yes").code == 0
    assert answers(fasti) == 5


def test_several_backups_of_a_day_are_named_and_none_is_taken(fasti: Fasti) -> None:
    fasti.answer(4)
    fasti("backup")
    done = fasti("backup", "restore", "2026-06-01", "--yes")

    assert done.code == 2
    assert "several backups" in done.err


def test_numbers_given_out_since_a_backup_are_not_given_again(fasti: Fasti) -> None:
    fasti.answer(4)
    fasti("backup")
    fasti.answer(4)
    fasti("backup", "restore", "by-hand", "--yes")
    fasti.answer(4)
    with closing(sqlite3.connect(fasti.home / "fasti.db")) as connection:
        log = connection.execute("SELECT device, seq FROM review_log").fetchall()

    assert len({device for device, _ in log}) == 2


def test_nothing_is_restored_unasked(fasti: Fasti) -> None:
    fasti.answer(4)
    fasti("backup")
    fasti.answer(4)
    done = fasti("backup", "restore", "by-hand")

    assert done.code == 2
    assert "takes away 1 answer" in done.out
    assert "--yes" in done.err
    assert answers(fasti) == 2
    assert fasti("backup", "restore", "by-hand", "--dry-run").code == 0
    assert answers(fasti) == 2


@pytest.mark.parametrize("which", ["9", "no-such", "", "\0", "2026-06-05", "../x"])
def test_a_backup_that_is_not_there_is_a_sentence(fasti: Fasti, which: str) -> None:
    fasti.answer(4)
    done = fasti("backup", "restore", which.replace("\0", "%"), "--yes")

    assert done.code == 2
    assert "no backup" in done.err


def test_a_backup_takes_the_place_of_a_damaged_or_missing_database(fasti: Fasti) -> None:
    fasti.answer(4, 4)
    file = fasti.home / "fasti.db"
    file.write_bytes(b"\0" * 5000)
    done = fasti("backup", "restore", "1", "--yes")

    assert done.code == 0, done.err
    assert answers(fasti) == 2
    damaged = next((fasti.home / "backups").glob("damaged-*"))
    assert damaged.read_bytes() == b"\0" * 5000
    file.unlink()
    assert fasti("backup", "restore", "daily", "--yes").code == 0
    assert answers(fasti) == 2


@pytest.mark.parametrize("what", ["empty", "gone"])
def test_no_progress_begins_anew_while_there_are_backups_of_it(fasti: Fasti, what: str) -> None:
    fasti.answer(4, 4)
    file = fasti.home / "fasti.db"
    file.unlink()
    if what == "empty":
        file.touch()

    for command in ("due", "review", "decks", "undo", "doctor", "doctor --rescue", "backup"):
        done = fasti(*command.split())
        assert done.code == 1
        assert f"is {what}, and its backups are not" in done.out + done.err
        assert "`fasti backup restore 1` goes back to the newest" in done.out + done.err
    assert fasti("backup", "restore", "1", "--yes").code == 0
    assert answers(fasti) == 2
    assert fasti("doctor").code == 0
    assert backups(fasti) == ["daily"]


def test_a_backup_takes_the_place_of_another_programs_database(fasti: Fasti) -> None:
    fasti.answer(4, 4)
    file = fasti.home / "fasti.db"
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    done = fasti("backup", "restore", "1", "--yes")

    assert done.code == 0, done.err
    assert answers(fasti) == 2
    with closing(sqlite3.connect(Path(done.err.split("`")[1]))) as connection:
        assert connection.execute("SELECT count(*) FROM recipes").fetchone() == (0,)


def test_whoever_puts_the_backups_elsewhere_begins_anew(fasti: Fasti) -> None:
    fasti.answer(4)
    (fasti.home / "fasti.db").unlink()
    (fasti.home / "backups").rename(fasti.home / "earlier")

    assert fasti("due").code == 0


def test_the_log_of_a_file_that_is_gone_does_not_get_into_the_backup(fasti: Fasti) -> None:
    """A student who deletes a database often leaves `fasti.db-wal` where it is."""
    fasti.answer(4, 4)
    fasti("backup")
    file = fasti.home / "fasti.db"
    log = file.with_name("fasti.db-wal")
    with closing(sqlite3.connect(file)) as holder:
        holder.execute("SELECT count(*) FROM review_log").fetchone()
        fasti.answer(4, 4, 4)
        left = log.read_bytes()
    for path in (file, log, file.with_name("fasti.db-shm")):
        path.unlink(missing_ok=True)
    log.write_bytes(left)

    assert fasti("backup", "restore", "by-hand", "--yes").code == 0
    assert answers(fasti) == 2
    assert next((fasti.home / "backups").glob("damaged-*.db-wal")).read_bytes() == left
    assert fasti("doctor").code == 0


# Merging


@pytest.fixture
def other(fasti: Fasti) -> Fasti:
    """The same student's other machine."""
    return Fasti(fasti.home.with_name("other home"), fasti.folder)


def test_progress_of_another_machine_comes_along_once(fasti: Fasti, other: Fasti) -> None:
    fasti.answer(4)
    other.on(1).answer(4, 4)
    done = fasti("merge", str(other.home))

    assert done.code == 0, done.err
    assert "2 answers on 1 day, to 2 cards" in done.out
    assert "nothing new" in fasti("merge", str(other.home / "fasti.db")).out
    assert answers(fasti) == 3
    merged = fasti("merge", str(other.home / "fasti.db"), "--json").json
    assert (merged["version"], merged["files"][0]["answers"], merged["failed"]) == (1, 0, [])


def test_a_merge_can_be_tried_first(fasti: Fasti, other: Fasti) -> None:
    fasti.answer(4)
    other.answer(4, 4)

    assert "Would come from" in fasti("merge", str(other.home), "--dry-run").out
    assert answers(fasti) == 1


def test_of_a_folder_of_databases_those_that_can_be_used_are_merged(fasti: Fasti, other: Fasti) -> None:
    fasti.answer(4)
    other.answer(4, 4)
    (other.home / "broken.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    done = fasti("merge", str(other.home))

    assert done.code == 1
    assert "broken.db" in done.err
    assert answers(fasti) == 3


def test_a_merge_of_nothing_is_a_sentence(fasti: Fasti) -> None:
    fasti.answer(4)
    for path, said in (("fasti.db", "there is no"), (str(fasti.home / "fasti.db"), "this very database")):
        done = fasti("merge", path)
        assert (done.code, said in done.err) == (2, True)


# Syncing


def test_the_folder_is_remembered_and_a_review_can_keep_in_step(fasti: Fasti, other: Fasti) -> None:
    folder = fasti.folder / "shared"
    folder.mkdir()
    assert fasti("sync").code == 2
    fasti.answer(4)
    assert "1 entry of yours went there" in fasti("sync", "shared").out
    assert "in step" in fasti("sync").out
    other("review")
    assert "1 answer on 1 day" in other("sync", str(folder)).out
    other("config", "set", "sync-after-review", "true")
    done = other("review", "--six", "--json", stdin=[4])

    assert (done.code, len(done.lines)) == (0, 1)
    assert "1 entry of yours went there" in done.err
    assert fasti("sync", "--json").json["taken"]["answers"] == 1
    folder.rename(folder.with_name("gone"))
    assert other("review", "--json", stdin=["4"]).code == 0


# The doctor


def test_the_doctors_exit_code_says_whether_all_is_well(fasti: Fasti) -> None:
    fasti.answer(4, 4)
    done = fasti("doctor", "--json")
    assert (done.code, done.json["version"], done.json["ok"]) == (0, 1, True)
    with closing(sqlite3.connect(fasti.home / "fasti.db")) as connection:
        connection.execute("UPDATE schedule SET interval = 50")
        connection.commit()
    done = fasti("doctor")
    assert done.code == 1
    assert "stand otherwise than the log says" in done.out
    assert fasti("doctor", "--fix").code == 0
    assert "All is well" in fasti("doctor").out


def test_the_doctor_looks_at_settings_that_stop_everything_else(fasti: Fasti) -> None:
    fasti.answer(4)
    (fasti.home / "config.toml").write_text("new = 'many'\n")
    assert fasti("decks").code == 2
    done = fasti("doctor")

    assert done.code == 1
    assert done.out.split()[:2] == ["problem", "settings"]
    assert "What to do: `fasti config unset new` takes it out" in done.out


@pytest.mark.skipif(os.name != "posix", reason="a folder where a file should be is read otherwise")
def test_the_doctor_says_of_settings_that_cannot_be_read_what_helps(fasti: Fasti) -> None:
    fasti.answer(4)
    (fasti.home / "config.toml").mkdir()
    stopped, done = fasti("decks"), fasti("doctor")

    hint = stopped.err.split("hint: ")[1].strip()
    assert f"What to do: {hint}" in done.out


def test_a_database_that_has_become_something_else_is_gone_back_from(fasti: Fasti) -> None:
    fasti.home.mkdir(exist_ok=True)
    (fasti.home / "fasti.db").write_bytes(b"no database")
    assert "give a database of fasti" in fasti("due").err
    (fasti.home / "fasti.db").unlink()
    fasti.answer(4)
    (fasti.home / "fasti.db").write_bytes(b"no database")
    done = fasti("due")

    assert (done.code, "is not a database" in done.err) == (1, True)
    assert "`fasti backup restore` goes back to one" in done.err


def test_a_damaged_database_is_rescued(fasti: Fasti) -> None:
    fasti.answer(4, 4)
    fasti.answer(4)
    file = fasti.home / "fasti.db"
    content = bytearray(file.read_bytes())
    content[200_000:] = b"\xaa" * len(content[200_000:])
    file.write_bytes(content)
    done = fasti("decks")
    assert done.code == 1
    assert "fasti doctor --rescue" in done.err
    assert fasti("doctor").code == 1
    assert fasti("doctor", "--rescue").code == 0
    assert answers(fasti) >= 2
    assert len(fasti.answer(4)) == 1
