"""The doctor: what it finds, what it sets right, and what is saved of a damaged file."""

import io
import os
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fasti import repairing
from fasti.backups import back_up, listed
from fasti.cli import app
from fasti.commands import ground
from fasti.commands.ending import ended_well
from fasti.core.breaks import Break
from fasti.core.days import Moment, read_moment
from fasti.core.exams import Exam
from fasti.doctor import Finding, examine, is_spoilt
from fasti.library import add
from fasti.repairing import NothingToRescueError, rescue
from fasti.restoring import preview, restore
from fasti.settings import Settings, read_settings
from fasti.shelves import Clock
from fasti.store import catalogue, daily, drives, plans, reviews, soundness
from fasti.store.opening import open_database
from fasti.store.tables import schedule
from tests.store.making import DAY_MS, Student

NOW = read_moment("2026-06-20T09:00:00+00:00")
TODAY = 20_624
DECK = "deck: War\nid: war\nfacts:\n" + "".join(
    f"  - {{q: question {n}?, a: answer {n}, id: f{n}}}\n" for n in range(12)
)
posix = pytest.mark.skipif(os.name != "posix", reason="files have no modes here")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a deck of twelve facts, each answered three times, and a backup."""
    home = tmp_path_factory.mktemp("made")
    (home / "war.yaml").write_text(DECK)
    settings = read_settings({"FASTI_HOME": str(home)})
    with open_database(settings.database, 0) as database:
        add(database, [home / "war.yaml"], "me", Clock(1, 2**62))
        student = Student(database)
        for day in (1, 2, 9):
            for number in range(12):
                student.review(f"war/f{number}#answer", TODAY - 15 + day, 4)
    back_up(settings, NOW.utc_ms - DAY_MS)
    return home


@pytest.fixture
def settings(made: Path, tmp_path: Path) -> Settings:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    for path in (made / "fasti.db", *(made / "backups").iterdir()):
        copy = home / path.relative_to(made)
        copy.parent.mkdir(mode=0o700, exist_ok=True)
        copy.touch(mode=0o600)
        copy.write_bytes(path.read_bytes())
    return read_settings({"FASTI_HOME": str(home)})


def file_of(settings: Settings) -> Path:
    assert settings.sqlite_file
    return settings.sqlite_file


def change(settings: Settings, *statements: str) -> None:
    with closing(sqlite3.connect(file_of(settings))) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def problems(settings: Settings, moment: Moment = NOW) -> list[Finding]:
    return [finding for finding in examine(settings, moment) if not finding.ok]


def entries(settings: Settings) -> int:
    with open_database(settings.database, 0) as database, database.reading() as connection:
        return sum(1 for _ in reviews.entries(connection))


def test_all_is_well_in_a_library_that_is_used(settings: Settings) -> None:
    assert problems(settings) == []
    assert {finding.check for finding in examine(settings, NOW)} == {
        "settings", "clock", "database", "schema", "schedule", "log", "decks", "permissions", "room", "backups",
    }  # fmt: skip


def test_a_learner_who_has_no_cards_here_yet_is_no_problem(settings: Settings) -> None:
    """Their answers came with a merge, to a deck that is not here; they get their cards when they come."""
    with open_database(settings.database, 0) as database, database.writing() as connection:
        (entry, *_) = reviews.entries(connection)
        reviews.insert_entries(connection, [replace(entry, device="x", learner="anna", card="art/f1#answer")])
        daily.rebuild(connection, "anna")
        connection.execute(schedule.delete().where(schedule.c.learner == "anna"))

    assert problems(settings) == []


def test_looking_changes_nothing(settings: Settings) -> None:
    change(settings, "UPDATE schedule SET interval = 99")
    with closing(sqlite3.connect(file_of(settings))) as connection:
        before = list(connection.iterdump())
    examine(settings, NOW)

    with closing(sqlite3.connect(file_of(settings))) as connection:
        assert list(connection.iterdump()) == before


@pytest.mark.parametrize(
    ("check", "statements"),
    [
        ("schedule", ["UPDATE schedule SET interval = 99 WHERE card LIKE '%f1#%'"]),
        ("schedule", ["DELETE FROM schedule"]),
        ("schedule", ["UPDATE schedule SET due_day = NULL, shelf = 0"]),
        ("schedule", ["UPDATE daily SET answers = answers + 1"]),
        ("schedule", ["DELETE FROM daily"]),
        ("schedule", ["UPDATE deck SET cards = cards + 1"]),
        ("database", ["UPDATE daily SET thinking_ms = 'long'"]),
        ("schema", ["DROP INDEX ix_schedule_queue", "DROP INDEX ix_fact_key"]),
        ("database", ["CREATE TEMP TABLE one AS SELECT * FROM schedule LIMIT 1", "UPDATE one SET card = 'gone'",
                      "INSERT INTO schedule SELECT * FROM one"]),
        ("database", ["UPDATE schedule SET interval = 'many' WHERE card LIKE '%f1#%'"]),
    ],
)  # fmt: skip
def test_what_can_be_made_again_from_the_log_is_set_right(
    settings: Settings, check: str, statements: list[str]
) -> None:
    with closing(sqlite3.connect(file_of(settings))) as connection:
        before = [
            sorted(connection.execute(f"SELECT * FROM {table}")) for table in ("schedule", "daily", "deck")
        ]
    change(settings, *statements)
    found = problems(settings)
    assert [(finding.check, finding.fixable) for finding in found] == [(check, True)]

    repairing.repair(settings, NOW, found)

    assert problems(settings) == []
    with closing(sqlite3.connect(file_of(settings))) as connection:
        after = [
            sorted(connection.execute(f"SELECT * FROM {table}")) for table in ("schedule", "daily", "deck")
        ]
    assert after == before
    assert listed(settings)[0].copy.why == "before-repair"


def test_a_damaged_index_is_made_anew(settings: Settings) -> None:
    change(
        settings,
        "PRAGMA writable_schema = ON",
        # The index forgets some rows, as if it had not been written.
        "UPDATE sqlite_master SET sql = sql || ' WHERE learner = ''nobody''' WHERE name = 'ix_review_log_learner_card_answered_at_ms'",
    )
    change(settings, "REINDEX ix_review_log_learner_card_answered_at_ms", "PRAGMA writable_schema = ON",
           "UPDATE sqlite_master SET sql = replace(sql, ' WHERE learner = ''nobody''', '')")  # fmt: skip
    found = problems(settings)
    assert [(finding.check, finding.fixable) for finding in found] == [("database", True)]
    repairing.repair(settings, NOW, found)

    assert problems(settings) == []


@posix
def test_what_others_may_read_is_made_private(settings: Settings) -> None:
    paths = [file_of(settings), file_of(settings).parent / "backups", listed(settings)[0].copy.path]
    for path in paths:
        path.chmod(0o755)
    found = problems(settings)
    assert [finding.check for finding in found] == ["permissions"]
    repairing.repair(settings, NOW, found)

    assert problems(settings) == []
    assert {path.stat().st_mode & 0o077 for path in paths} == {0}


@pytest.mark.parametrize(
    ("spoil", "check", "said"),
    [
        (lambda s: change(s, "UPDATE review_log SET answered_at_ms = 4e12 WHERE seq = 36"), "last answer", "future"),
        (lambda s: change(s, "UPDATE deck_file SET path = '/nowhere/x.yaml'"), "decks", "not there"),
        (lambda s: change(s, "UPDATE deck_file SET problems = 3"), "decks", "3 problems"),
        (lambda s: change(s, "UPDATE alembic_version SET version_num = '9999'"), "schema", "newer"),
        (lambda s: change(s, "UPDATE card SET face = '{' WHERE fact = 'f1'"), "database", "1 in `card`"),
        (lambda s: change(s, "UPDATE fact SET content = 'x'"), "database", "12 in `fact`"),
        (lambda s: change(s, "UPDATE review_log SET kind = 'reviev' WHERE seq = 3"), "database", "1 in `review_log`"),
        (lambda s: file_of(s).write_bytes(b"notes"), "database", "not a database"),
        (lambda s: [each.copy.path.unlink() for each in listed(s)], "backups", "no backup"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_what_to_do(
    settings: Settings, spoil: Callable[[Settings], object], check: str, said: str
) -> None:
    spoil(settings)
    found = [finding for finding in problems(settings) if finding.check == check]

    assert found
    assert said in found[0].sentence
    assert found[0].hint


def test_old_backups_are_told_where_something_was_answered_since(settings: Settings) -> None:
    later = NOW._replace(utc_ms=NOW.utc_ms + 20 * DAY_MS)
    assert problems(settings, later) == []
    with open_database(settings.database, 0) as database:
        Student(database).review("war/f1#answer", TODAY)

    assert [finding.sentence for finding in problems(settings, later)] == ["The newest backup is 21 days old"]


@pytest.mark.parametrize("moment", [Moment(0, 0), Moment(NOW.utc_ms, 15 * 60), Moment(9_999_999_999_999, 0)])
def test_a_clock_that_cannot_be_right_is_told(settings: Settings, moment: Moment) -> None:
    assert "clock" in [finding.check for finding in problems(settings, moment)]


def test_a_network_drive_does_without_a_write_ahead_log(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"30 22 0:40 / {tmp_path} rw,relatime shared:1 - nfs4 server:/home rw\n"
    )
    monkeypatch.setattr(drives, "_MOUNTS", mounts)
    monkeypatch.setattr(sys, "platform", "linux")
    found = problems(settings)
    assert [(finding.check, finding.fixable) for finding in found] == [("drive", True)]
    repairing.repair(settings, NOW, found)

    assert problems(settings) == []
    assert soundness.journal_mode(file_of(settings)) == "delete"
    with open_database(f"sqlite:///{tmp_path / 'new.db'}", 0) as database:
        Student(database)
        assert database.file
        assert soundness.journal_mode(database.file) == "delete"


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/home/anna/x", "nfs4"),
        ("/home/local/x", None),
        ("/x", None),
        ("/with space/x", "cifs"),
        ("/mnt/s", "fuse.sshfs"),
    ],
)
def test_the_drive_of_a_file_is_the_nearest_that_is_mounted(path: str, drive: str | None) -> None:
    mounts = (
        "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "2 1 0:4 / /home rw - nfs4 server:/home rw\n"
        "3 2 8:2 / /home/local rw - xfs /dev/sda2 rw\n"
        "4 1 0:5 / /with\\040space rw - cifs //server/x rw\n"
        "5 1 0:6 / /mnt rw - fuse.sshfs host: rw\n"
        "nonsense\n"
    )

    assert drives._network_kind(drives._mounts_listed(mounts), Path(path)) == drive


TOLD_BY_MOUNT = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//anna@school._smb._tcp.local/Homes on /Volumes/Homes (smbfs, nodev, nosuid, mounted by anna)
//anna@school/notes on /x on /Volumes/notes on /x (afpfs, nodev)
school:/export/anna on /System/Volumes/Data/net/anna (nfs, nodev)
https://cloud.school/dav (old) on /Volumes/dav (old) (webdav, nodev)
anna@school:/home on /Volumes/far (macfuse, nodev)
/dev/disk5s1 on /Volumes/NTFS (macfuse, local)
/dev/disk6s1 on /Volumes/Homes/stick (msdos, local)
nonsense
"""


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/Users/anna/Library/Application Support/fasti/fasti.db", None),
        ("/Volumes/Homes/fasti.db", "smbfs"),
        ("/Volumes/Homes/stick/fasti.db", None),
        ("/Volumes/Homesick/fasti.db", None),
        ("/Volumes/notes on /x/fasti.db", "afpfs"),
        ("/System/Volumes/Data/net/anna/fasti.db", "nfs"),
        ("/Volumes/dav (old)/fasti.db", "webdav"),
        ("/Volumes/far/fasti.db", "macfuse"),
        ("/Volumes/NTFS/fasti.db", None),
    ],
)
def test_on_a_mac_mount_tells_what_is_a_network_drive(
    monkeypatch: pytest.MonkeyPatch, path: str, drive: str | None
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(drives, "_told_by_mount", lambda: TOLD_BY_MOUNT)

    assert drives.network_drive(Path(path)) == drive


def test_where_mount_says_nothing_no_drive_is_taken_for_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(drives, "_told_by_mount", lambda: "")

    assert drives.network_drive(Path("/Volumes/Homes/fasti.db")) is None


def test_a_link_to_a_network_drive_leads_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far = (tmp_path / "far").resolve()
    far.mkdir()
    link = tmp_path / "near"
    link.symlink_to(far)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(drives, "_told_by_mount", lambda: f"//s/x on {far} (smbfs)\n")

    assert drives.network_drive(link / "fasti.db") == "smbfs"


# Damage


def damaged(settings: Settings, first: int, pages: int) -> None:
    content = bytearray(file_of(settings).read_bytes())
    size = int.from_bytes(content[16:18], "big")
    content[first * size : (first + pages) * size] = random.Random(1).randbytes(pages * size)
    file_of(settings).write_bytes(content)


def log_pages(settings: Settings) -> int:
    with closing(sqlite3.connect(file_of(settings))) as connection:
        return int(
            connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'review_log'").fetchone()[0]
        )


@pytest.mark.parametrize("keep_backups", [True, False])
def test_what_can_be_read_of_a_damaged_file_is_saved(settings: Settings, keep_backups: bool) -> None:
    with open_database(settings.database, 0) as database:
        for number in range(12):
            Student(database).review(f"war/f{number}#answer", TODAY)
    if not keep_backups:
        for each in listed(settings):
            each.copy.path.unlink()
    before = file_of(settings).read_bytes()
    with closing(sqlite3.connect(file_of(settings))) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'card'").fetchone()[0]
    damaged(settings, root - 1, 1)
    assert problems(settings)[0].check == "database"

    done = rescue(settings, NOW, Clock(NOW.utc_ms, 2**62))

    assert done.entries == 48
    assert (done.saved, done.base is not None) == ((12, True) if keep_backups else (48, False))
    assert [finding for finding in problems(settings) if finding.check != "backups"] == []
    assert entries(settings) == 48
    assert done.damaged.read_bytes() != before
    assert len(done.damaged.read_bytes()) == len(before)


def test_the_damaged_file_that_a_rescue_keeps_is_no_backup(settings: Settings) -> None:
    file_of(settings).write_bytes(b"no database at all")

    done = rescue(settings, NOW, Clock(NOW.utc_ms, 2**62))

    assert problems(settings) == []
    newest, *_, last = listed(settings)
    assert (newest.number, newest.answers) == (1, 36)
    assert (last.copy.path, last.copy.why) == (done.damaged, "damaged")


def test_where_there_is_no_backup_none_is_offered(settings: Settings) -> None:
    for each in listed(settings):
        each.copy.path.rename(each.copy.path.with_name("damaged-20260101T000000Z.db"))
    file_of(settings).write_bytes(b"no database at all")

    found = next(finding for finding in problems(settings) if finding.check == "database")

    assert found.hint == "`fasti doctor --rescue` saves what can be read"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fact SET content = 'nonsense' WHERE id = 'f3'",
        "UPDATE fact SET key = x'ff'",
        "UPDATE card SET face = '' WHERE fact = 'f4'",
        "UPDATE deck SET content = '['",
    ],
)
@pytest.mark.parametrize("keep_backups", [True, False])
def test_what_decks_say_comes_back_from_a_backup_and_their_files_with_every_answer(
    settings: Settings, made: Path, statement: str, keep_backups: bool
) -> None:
    with open_database(settings.database, 0) as database:
        for number in range(12):
            Student(database).review(f"war/f{number}#answer", TODAY)
        with database.writing() as connection:
            plans.take_off(connection, "me", Break(TODAY + 3, TODAY + 9), 5)
            plans.add_exam(connection, "me", Exam("May", TODAY + 30, "war"), 5)
            decided = plans.decisions(connection, "me")
    if not keep_backups:
        for each in listed(settings):
            each.copy.path.unlink()
    (made / "war.yaml").write_text(DECK)
    change(settings, statement)
    (found, *_) = problems(settings)
    assert (found.check, found.fixable, "--rescue" in found.hint) == ("database", False, True)

    rescue(settings, NOW, Clock(NOW.utc_ms, 2**62))

    assert [finding for finding in problems(settings) if finding.check != "backups"] == []
    assert entries(settings) == 48
    with open_database(settings.database, 0) as database, database.reading() as connection:
        assert plans.decisions(connection, "me") == decided
        facts = [fact.title for fact in catalogue.facts(connection, "war") if fact.retired_ms is None]
        assert facts == [f"question {n}?" for n in range(12)]


def test_of_a_log_that_is_damaged_itself_the_backup_makes_up_for_the_rest(settings: Settings) -> None:
    with open_database(settings.database, 0) as database:
        for number in range(12):
            Student(database).review(f"war/f{number}#answer", TODAY)
    damaged(settings, log_pages(settings) - 1, 1)
    done = rescue(settings, NOW, Clock(NOW.utc_ms, 2**62))

    assert done.entries >= 36
    assert [finding for finding in problems(settings) if finding.check != "backups"] == []


def of_the_first_version(path: Path) -> None:
    """Make a database as the first version of the program did, with an answer in it."""
    from alembic import command
    from alembic.config import Config

    from fasti.settings import bundled
    from fasti.store.database import connect

    with connect(f"sqlite:///{path}") as database, database.migrating() as connection:
        config = Config()
        config.set_main_option("script_location", str(bundled("migrations")))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "INSERT INTO review_log (device, seq, learner, card, kind, grade, answered_at_ms, utc_offset_min,"
            " study_day, due_offset) VALUES ('a', 1, 'me', 'war/f1#answer', 'review', 4, 1000, 0, 20000, 0)"
        )
        old.commit()


def test_a_database_of_an_earlier_version_is_whole_and_its_log_is_read(settings: Settings) -> None:
    file_of(settings).unlink()
    of_the_first_version(file_of(settings))
    file_of(settings).chmod(0o600)

    assert not is_spoilt(settings)
    assert [finding.check for finding in problems(settings)] == []
    assert len(soundness.readable(file_of(settings)).entries) == 1


def test_a_file_without_tables_yet_is_no_damage(settings: Settings) -> None:
    """A first run that was ended before it had made its tables leaves such a file, and no backup."""
    for each in listed(settings):
        each.copy.path.unlink()
    file_of(settings).write_bytes(b"")

    assert not is_spoilt(settings)
    assert [finding.check for finding in problems(settings)] == []
    assert not is_spoilt(settings)


def test_what_is_whole_is_not_rescued(settings: Settings) -> None:
    with pytest.raises(NothingToRescueError):
        rescue(settings, NOW, Clock(NOW.utc_ms, 2**62))


FLIPS = int(os.environ.get("FASTI_TEST_FLIPS", "200"))
COMMANDS = (
    ["due"],
    ["decks"],
    ["review", "--json"],
    ["show", "f1"],
    ["undo"],
    ["doctor"],
    ["backup"],
    ["leeches"],
)


@pytest.fixture
def fresh_settings() -> Iterator[None]:
    for cached in (ground.configuration, ground.options):
        cached.cache_clear()
    yield
    for cached in (ground.configuration, ground.options):
        cached.cache_clear()


@pytest.mark.usefixtures("fresh_settings")
def test_flipped_bits_end_in_a_sentence_and_do_no_more_damage(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FASTI_HOME", str(settings.data))
    monkeypatch.setenv("FASTI_NOW", "2026-06-20T09:00:00+00:00")
    file, chance = file_of(settings), random.Random(20_260_620)
    whole = file.read_bytes()
    said = [place for place, byte in enumerate(whole) if byte]
    for number in range(FLIPS):
        for suffix in ("-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        content = bytearray(whole)
        # Most of a small file is empty: the header now and then, and mostly what says something.
        place = chance.randrange(100) if number % 10 == 0 else chance.choice(said)
        content[place] ^= 1 << chance.randrange(8)
        file.write_bytes(content)
        before = {(entry.device, entry.seq) for entry in soundness.readable(file).entries}
        command = COMMANDS[number % len(COMMANDS)]
        code, told = typed(command, monkeypatch)

        assert code in (0, 1, 2), f"flip {number} at {place}: {command}: {told}"
        assert code == 0 or told.strip(), f"flip {number} at {place}: {command} ended without a word"
        after = {(entry.device, entry.seq) for entry in soundness.readable(file).entries}
        assert before <= after, f"flip {number} at {place}: {command} lost {before - after}"


def typed(command: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[Any, str]:
    """Run a command as the shell would; its exit code, and all that it said."""
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "argv", ["fasti", *command])
    monkeypatch.setattr(sys, "stdin", io.StringIO("4\n"))
    with redirect_stdout(out), redirect_stderr(err):
        try:
            ended_well(app)
        except SystemExit as end:
            return end.code or 0, out.getvalue() + err.getvalue()
    return 0, out.getvalue() + err.getvalue()


@pytest.mark.usefixtures("fresh_settings")
def test_a_backup_takes_the_place_of_whatever_the_file_has_become(settings: Settings) -> None:
    file, chance = file_of(settings), random.Random(7)
    copy = listed(settings)[0].copy
    whole = file.read_bytes()
    for _ in range(12):
        content = bytearray(whole)
        start = chance.randrange(len(content))
        content[start : start + 9000] = chance.randbytes(len(content[start : start + 9000]))
        file.write_bytes(content)
        preview(settings, copy, NOW.utc_ms)
        restore(settings, copy, NOW.utc_ms)

        assert not is_spoilt(settings)
        assert entries(settings) == 36
