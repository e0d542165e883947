"""What the program is killed at: how it begins, what is run, and in which states it may be found afterwards."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from fasti.core.entry_kinds import ANSWERS
from fasti.core.log import LogEntry
from fasti.store.tables import metadata
from tests.cli.program import Done
from tests.faults.stage import NEVER, Kill, Stage
from tests.faults.whole import Contents, entries

DECK = "deck: War\nid: war\nfacts:\n" + "".join(
    f"  - {{q: Question {n:02}?, a: Answer {n}, id: f{n:02}}}\n" for n in range(24)
)
REWORDED = (
    DECK.replace("Question 03?", "How did it begin?").replace("Answer 7,", "Answer seven,")
    + "  - {event: Rome is founded, date: 753 BC}\n  - {term: senate, means: The council of elders, ask: [meaning, term]}\n"
).replace("  - {q: Question 20?, a: Answer 20, id: f20}\n", "")
RENAMED = DECK.replace("id: war\n", "id: great-war\n")
OTHER = "deck: Peace\nid: peace\nfacts:\n" + "".join(
    f"  - {{event: Treaty {n}, date: {1600 + n}, id: t{n}}}\n" for n in range(40)
)
UNPINNED = "# The teacher's own.\n" + re.sub(r", id: f\d\d", "", DECK)

LOG_TABLES = {"review_log", "schedule", "daily", "device"}
GRADES = [4, 5, 1, "undo", 4, 3, 4, 2, 5, "bury", 4, 4, 0, 4, 5, 4, 4, "undo", 4, 4, 4, 4, 4, 4, 4]


class Scene(NamedTuple):
    """A command on a home that `prepare` makes.

    `groups` are tables that change together: of each, all is as it was before or as it is after the command.
    Of tables that are in none only the log is looked at. `grades` says that the log may end anywhere in
    between. `outputs` are files in the folder that are as before or whole; `again` may be found done twice.
    """

    name: str
    words: Sequence[str]
    prepare: Callable[[Stage], None]
    stdin: Sequence[object] = ()
    groups: Sequence[frozenset[str]] = ()
    terminal: bool = False
    grades: bool = False
    outputs: Sequence[str] = ()
    again: bool = False
    goes_back: bool = False

    def run(self, stage: Stage, kill: Kill = NEVER, *, watched: bool = False) -> Done:
        """Run the command until it ends or is killed."""
        if self.terminal:
            return stage.at_a_terminal(*self.words, kill=kill, watched=watched)
        return stage.fasti(*self.words, stdin=self.stdin, kill=kill, watched=watched)

    def acknowledged(self, done: Done) -> int:
        """How many answers the student has been shown to be taken in."""
        if self.terminal:
            # The next question is on the screen only when the answer to the one before is safe.
            return max(0, len(set(re.findall(r"Question \d\d\?", done.out))) - 1)
        return sum(line.endswith("}") for line in done.out.splitlines()) if "--json" in self.words else 0


def answered(file: Path) -> list[LogEntry]:
    """The answers in a log, in the order in which they were written."""
    return sorted(
        (entry for entry in entries(file) if entry.kind in ANSWERS),
        key=lambda entry: (entry.device, entry.seq),
    )


def plain(found: Contents | None) -> Contents | None:
    """Contents without what is another each time: names of new devices, milliseconds of thought."""
    if found is None:
        return None
    others = {table: rows for table, rows in found.items() if table not in _VARIABLE}
    variable = {
        table: frozenset(without_some(row) for row in found[table])
        for table, without_some in _VARIABLE.items()
        if table in found
    }
    return {**others, **variable}


_WIDTH = 17
_VARIABLE: dict[str, Callable[[tuple[Any, ...]], tuple[Any, ...]]] = {
    "device": lambda row: (row[1].partition("until")[0], row[2]),
    # An earlier version has fewer columns.
    "review_log": lambda row: (*row[1:10], *row[11:], *[None] * (_WIDTH - len(row))),
    "daily": lambda row: (*row[:5], *row[6:]),
    # A file that was written a moment ago may change again without another stamp: it is read once more.
    "deck_file": lambda row: (*row[:3], *row[4:]),
}


def studied(stage: Stage) -> None:
    """A deck, answered on some days, the last one today."""
    stage.now = "2026-06-12T09:00:00+00:00"
    assert stage.fasti("add", str(stage.write("war.yaml", DECK))).code == 0
    stage.fasti("review", "--six", "--json", stdin=[4] * 10)
    stage.now = "2026-06-13T09:00:00+00:00"
    stage.fasti("review", "--six", "--json", stdin=[4] * 6 + [1, 1, 5, 5, 5, 4, 4, 4])
    stage.now = "2026-06-20T09:00:00+00:00"
    assert entries(stage.file)


def still_to_answer(stage: Stage) -> None:
    """The same a day later, when cards are due."""
    studied(stage)
    stage.now = "2026-06-21T09:00:00+00:00"


def nearly_done(stage: Stage) -> None:
    """A few cards are left of the day's."""
    still_to_answer(stage)
    stage.fasti("review", "--six", "--json", stdin=[4] * 17)


def reworded(stage: Stage) -> None:
    studied(stage)
    stage.write("war.yaml", REWORDED)


def renamed(stage: Stage) -> None:
    studied(stage)
    stage.write("war.yaml", RENAMED)


def another(stage: Stage) -> None:
    studied(stage)
    stage.write("peace.yaml", OTHER)


def unpinned(stage: Stage) -> None:
    stage.fasti("add", str(stage.write("war.yaml", UNPINNED)))
    stage.fasti("review", "--six", "--json", stdin=[4] * 10)


def of_an_earlier_version(stage: Stage) -> None:
    """A library as the first version of the program left it."""
    from alembic import command
    from alembic.config import Config

    from fasti.settings import bundled
    from fasti.store.database import connect

    studied(stage)
    present = stage.file.rename(stage.root / "present.db")
    with connect(f"sqlite:///{stage.file}") as database, database.migrating() as connection:
        config = Config()
        config.set_main_option("script_location", str(bundled("migrations")).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with closing(sqlite3.connect(stage.file)) as old:
        old.execute("ATTACH ? AS present", (str(present),))
        for table in ("deck", "deck_file", "fact", "card", "alias", "device", "review_log", "schedule"):
            columns = ", ".join(f'"{row[1]}"' for row in old.execute(f"PRAGMA main.table_info({table})"))
            old.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM present.{table}")
        old.commit()
        old.execute("PRAGMA journal_mode = WAL")
    present.unlink()


def met_elsewhere(stage: Stage) -> None:
    """Another copy of the database has answered on under the numbers that this one gave out too."""
    studied(stage)
    with closing(sqlite3.connect(stage.file)) as here, closing(sqlite3.connect(stage.root / "old.db")) as old:
        here.backup(old)
    stage.now = "2026-06-20T10:00:00+00:00"
    stage.fasti("review", "--six", "--json", "--more", "9", stdin=[4] * 9)
    stage.file.rename(stage.work / "other.db")
    for left in stage.home.glob("fasti.db-*"):
        left.unlink()
    (stage.root / "old.db").rename(stage.file)
    stage.file.chmod(0o600)
    stage.now = "2026-06-20T11:00:00+00:00"
    stage.fasti("review", "--six", "--json", "--more", "5", stdin=[5] * 5)
    stage.now = "2026-06-20T12:00:00+00:00"


def shared(stage: Stage) -> None:
    """A folder in which another machine has put its answers, and an older file of this one's."""
    met_elsewhere(stage)
    (stage.work / "shared").mkdir()
    own = stage.file.rename(stage.root / "own.db")
    for path in (stage.work / "other.db", own):
        path.rename(stage.file)
        assert stage.fasti("sync", "shared").code == 0 or path == own
        if path != own:
            stage.file.unlink()


def kept_by_hand(stage: Stage) -> None:
    """A backup, and answers since; the file is one that was copied back, so that its numbers go on."""
    studied(stage)
    assert stage.fasti("backup").code == 0
    stage.now = "2026-06-20T11:00:00+00:00"
    stage.fasti("review", "--six", "--json", "--more", "9", stdin=[4] * 9)


def exported_before(stage: Stage) -> None:
    studied(stage)
    assert stage.fasti("export", "anki", "war", "-o", "war.apkg", "--with-progress").code == 0
    assert stage.fasti("export", "html", "war", "-o", "war.html").code == 0
    stage.now = "2026-06-20T11:00:00+00:00"
    stage.fasti("review", "--six", "--json", "--more", "9", stdin=[4] * 9)
    stage.write("war.yaml", REWORDED)
    stage.fasti("add", "war.yaml")


def packaged(stage: Stage) -> None:
    """A package of a deck that the library does not have."""
    studied(stage)
    stage.fasti("export", "anki", "war", "-o", "war.apkg", "--with-progress")
    shutil.rmtree(stage.home)
    (stage.work / "war.yaml").unlink()
    stage.fasti("add", str(stage.write("peace.yaml", OTHER)))
    stage.fasti("review", "--six", "--json", stdin=[4] * 4)


def nothing(stage: Stage) -> None:
    """A first run: no home yet."""


_ALL = frozenset([*(table.name for table in metadata.sorted_tables), "alembic_version"])
_DECKS = frozenset(("deck", "deck_file", "fact", "card"))

SCENES = [
    Scene("first-review", ["review", "--six", "--json"], nothing, [4] * 6, [_DECKS], grades=True),
    Scene("review", ["review", "--six", "--json"], still_to_answer, GRADES, [_ALL - LOG_TABLES], grades=True),
    Scene(
        "review-at-a-terminal",
        ["review"],
        nearly_done,
        (),
        [_ALL - LOG_TABLES],
        True,
        grades=True,
    ),
    Scene("undo", ["undo"], studied, (), [_ALL], again=True),
    Scene("add-a-deck", ["add", "peace.yaml"], another, (), [_ALL]),
    Scene("add-an-edited-deck", ["add", "war.yaml"], reworded, (), [_ALL]),
    Scene("add-a-renamed-deck", ["add", "war.yaml"], renamed, (), [_ALL]),
    Scene("pin", ["deck", "pin", "war.yaml"], unpinned, (), [_ALL], outputs=["war.yaml"]),
    Scene("migration", ["database", "upgrade"], of_an_earlier_version, (), [_ALL]),
    Scene("merge", ["merge", "other.db"], met_elsewhere, (), [_ALL]),
    Scene("sync", ["sync", "shared"], shared, (), [_ALL]),
    Scene("backup", ["backup"], studied, (), [_ALL]),
    Scene("restore", ["backup", "restore", "by-hand", "--yes"], kept_by_hand, (), [_ALL], goes_back=True),
    Scene(
        "export-to-anki",
        ["export", "anki", "war", "-o", "war.apkg", "--with-progress"],
        exported_before,
        (),
        [_ALL],
        outputs=["war.apkg"],
    ),
    Scene(
        "export-as-a-page",
        ["export", "html", "war", "-o", "war.html"],
        exported_before,
        (),
        [_ALL],
        outputs=["war.html"],
    ),
    Scene(
        "import",
        ["import", "anki", "war.apkg", "--with-progress"],
        packaged,
        (),
        [_DECKS | {"alias"}, LOG_TABLES - {"schedule", "device"}, frozenset({"anki_note", "anki_card"})],
        outputs=["war.yaml"],
    ),
]
