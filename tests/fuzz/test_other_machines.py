"""What comes from other machines: logs in a shared folder, and databases to be merged."""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fasti.core.log_lines import LineError, line_of, read_header, read_line
from tests.fuzz.inside import calm, run
from tests.fuzz.strategies import changed, damaged, json_bytes, scalars

HEADER: dict[str, Any] = {
    "fasti": "log",
    "version": 1,
    "device": "0011223344556677",
    "learner": "me",
    "machine": "lab",
}
ENTRY: dict[str, Any] = {
    "at": 1_780_000_000_000, "device": "0011223344556677", "seq": 1, "kind": "review", "card": "rome/sack#when",
    "day": 20_602, "offset": 0, "grade": 4, "scale": 6, "thinking": 900, "answer": "410", "target": ["00", 1],
    "profile": "text", "adopted": [1, 6, 250, 0, 20_608],
}  # fmt: skip
CHANGE: dict[str, Any] = {"at": 1_780_000_000_000, "name": "rome/old#when", "card": "rome/sack#when"}
on_any_home = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.one_of(changed(HEADER), changed(ENTRY), changed(CHANGE), scalars))
@settings(max_examples=300, deadline=None)
def test_a_line_is_an_entry_that_can_be_written_again_or_refused(value: Any) -> None:
    line = json_bytes(value).decode("utf-8", "surrogatepass")
    with suppress(LineError):
        read_header(line)
    try:
        item = read_line(line, "me")
    except LineError:
        return
    assert read_line(line_of(item), "me") == item


@given(
    st.lists(st.one_of(changed(ENTRY), changed(CHANGE)), max_size=4),
    st.one_of(st.just(HEADER), changed(HEADER)),
    st.data(),
)
@settings(on_any_home, max_examples=8)
def test_whatever_is_in_a_shared_folder_a_sync_ends_well_and_the_log_stays_whole(
    home: Path, tmp_path: Path, values: list[Any], header: Any, data: st.DataObject
) -> None:
    content = b"\n".join(map(json_bytes, [header, *values]))
    folder = tmp_path / "shared"
    folder.mkdir(exist_ok=True)
    (folder / "fasti-0011223344556677.jsonl").write_bytes(
        data.draw(st.one_of(st.just(content), damaged(content)))
    )

    for words in (["sync", str(folder)], ["review"], ["stats"], ["stats", "--json"], ["decks"]):
        calm(run(home, *words, stdin=b"3\nquit\n"))
    assert calm(run(home, "doctor", "--json")).code in (0, 1)


def test_what_others_call_their_machine_and_their_cards_acts_on_no_terminal(
    home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    machine = {**HEADER, "machine": "\x1b[31mlab\u202e"}
    entry = {**ENTRY, "answer": "\x1b]0;x\x07410"}
    (folder / "fasti-1.jsonl").write_bytes(json_bytes(machine) + b"\n" + json_bytes(entry) + b"\n")
    (folder / "fasti-\x1b[31m.jsonl").write_bytes(json_bytes(HEADER) + b"\n" + json_bytes(entry) + b"\n")

    calm(run(home, "sync", str(folder)))
    calm(run(home, "sync", str(folder), "--json"))
    calm(run(home, "show", "rome/sack#when"))


def test_a_log_that_is_a_link_out_of_the_folder_or_no_file_is_not_followed(
    home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "fasti-1.jsonl").symlink_to("/dev/zero")
    (folder / "fasti-2.jsonl").symlink_to(folder / "fasti-2.jsonl")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "fasti-3.jsonl")
    (folder / "fasti-4.jsonl").mkdir()

    assert calm(run(home, "sync", str(folder))).code == 0


HOSTILE = {
    "a trigger that deletes": "CREATE TRIGGER t AFTER INSERT ON review_log BEGIN DELETE FROM review_log; END",
    "a trigger on each table": "CREATE TRIGGER t2 AFTER UPDATE ON device BEGIN DELETE FROM schedule; END",
    "a view for a table": "ALTER TABLE exam RENAME TO exam2; CREATE VIEW exam AS SELECT * FROM exam2",
    "a view without end": "ALTER TABLE alias RENAME TO a2; CREATE VIEW alias AS WITH RECURSIVE r(n) AS"
    " (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS key, n AS since_ms, n AS card FROM r",
    "a table that is gone": "DROP TABLE exam",
    "a column that is gone": "ALTER TABLE review_log DROP COLUMN answer",
    "text for a number": "UPDATE review_log SET answered_at_ms = 'soon'",
    "a number for text": "UPDATE review_log SET card = 7",
    "a blob for text": "UPDATE review_log SET card = x'ff00'",
    "no text of any encoding": "UPDATE review_log SET card = CAST(x'ff1b5b33316d' AS TEXT)",
    "a number without end": "UPDATE review_log SET study_day = 9e999",
    "the largest number": "UPDATE review_log SET seq = 9223372036854775807 WHERE seq = (SELECT max(seq) FROM review_log)",
    "a grade of ninety-nine": "UPDATE review_log SET grade = 99",
    "a kind that is none": "UPDATE review_log SET kind = 'x'",
    "escapes in names": "UPDATE review_log SET device = char(27) || '[31m', learner = char(8238) || 'me'",
    "nothing where something must be": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '')",
    "a NUL in a text": "UPDATE review_log SET answer = 'a' || char(0) || 'b'",
    "a giant": "UPDATE review_log SET answer = hex(zeroblob(2000000))",
    "a device that never ends": "UPDATE review_log SET device = hex(zeroblob(100000))",
    "a version from the future": "UPDATE alembic_version SET version_num = char(27) || '[31m9999'",
    "a schema that is no SQL": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE x(' WHERE name = 'exam'",
}  # fmt: skip


@pytest.fixture
def stranger(home: Path, tmp_path: Path) -> Path:
    """A database of another machine, with answers in it."""
    run(tmp_path / "strange", "add", str(home / "rome.yaml"))
    assert run(tmp_path / "strange", "review", stdin=b"4\n3\n2\n").code == 0
    return tmp_path / "strange" / "fasti.db"


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_database_is_refused_or_taken_in_and_ours_stays_whole(
    home: Path, stranger: Path, progress: Callable[[], list[str]], what: str
) -> None:
    with closing(sqlite3.connect(stranger)) as connection:
        connection.executescript(HOSTILE[what])
        connection.commit()
    theirs, before = stranger.read_bytes(), progress()

    dry = calm(run(home, "merge", str(stranger), "--dry-run"))
    assert progress() == before
    done = calm(run(home, "merge", str(stranger)))

    assert dry.code == done.code
    assert done.code == 0 or progress() == before
    assert stranger.read_bytes() == theirs
    for words in (["doctor"], ["decks"], ["stats"], ["show", "rome/sack#when"], ["review"]):
        calm(run(home, *words, stdin=b"quit\n"))
    findings = json.loads(run(home, "doctor", "--json").out)["findings"]
    assert [
        each
        for each in findings
        if each["check"] in {"database", "schema", "schedule", "log"} and not each["ok"]
    ] == []


@given(st.data())
@settings(on_any_home, max_examples=6)
def test_a_database_with_flipped_bits_is_refused_or_taken_in(
    home: Path, stranger: Path, data: st.DataObject
) -> None:
    sound = stranger.read_bytes()
    at = data.draw(st.lists(st.integers(0, len(sound) - 1), min_size=1, max_size=12))
    bytes_ = bytearray(sound)
    for place in at:
        bytes_[place] ^= 1 << data.draw(st.integers(0, 7))
    other = stranger.with_name("flipped.db")
    other.write_bytes(bytes_)

    calm(run(home, "merge", str(other)))
    calm(run(home, "backup", "restore", str(other), "--dry-run"))
