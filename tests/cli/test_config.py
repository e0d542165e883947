"""Settings in the real program: shown, chosen, refused, and heeded by every command."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fasti.options import BY_KEY
from tests.cli.program import Done, Fasti

DECK = """deck: Ten days
id: days
facts:
""" + "".join(f"  - {{q: Who is number {number}?, a: Nobody, id: f{number:02}}}\n" for number in range(20))


@pytest.fixture
def library(fasti: Fasti) -> Fasti:
    fasti("add", str(fasti.write("days.yaml", DECK)))
    return fasti


def config(fasti: Fasti, text: str | bytes) -> Path:
    file = fasti.home / "config.toml"
    fasti.home.mkdir(exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def run(fasti: Fasti, *arguments: str, stdin: str = "", **variables: str) -> Done:
    """The program with variables of its own."""
    environment = {key: value for key, value in fasti.environment().items() if key != "NO_COLOR"}
    done = subprocess.run(
        [sys.executable, "-m", "fasti", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**environment, **variables},
        cwd=fasti.folder,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def test_every_setting_is_shown_with_its_value_and_where_it_comes_from(fasti: Fasti) -> None:
    config(fasti, "# mine\nnew = 4\n")
    shown = run(fasti, "--set", "minutes=3", "config", FASTI_LIMIT="7", EDITOR="nano").out.splitlines()

    rows = {line.split()[0]: line.split()[1:3] for line in shown if line.split()[0] in BY_KEY}
    assert list(rows) == list(BY_KEY)
    assert rows["new"] == ["4", "config.toml:2"]
    assert rows["limit"] == ["7", "FASTI_LIMIT"]
    assert rows["minutes"] == ["3", "command"]
    assert rows["editor"] == ["nano", "EDITOR"]
    assert rows["learner"] == ["me", "default"]
    assert rows["keys.undo"] == ["u", "default"]


def test_the_same_as_values_for_programs(fasti: Fasti) -> None:
    file = config(fasti, "new = 4\n")
    found = fasti("config", "--json").json

    assert (found["version"], found["file"], found["faults"]) == (1, str(file), [])
    assert [setting["key"] for setting in found["settings"]] == list(BY_KEY)
    assert found["settings"][0] == {
        "key": "new",
        "value": 4,
        "from": "file",
        "name": str(file),
        "line": 1,
        "default": 10,
        "allowed": "a whole number from 0 to 9999",
        "about": "new cards a day",
    }


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("accessible", [False, True])
def test_settings_fit_the_screen(fasti: Fasti, columns: int, accessible: bool) -> None:
    # The file's name is not broken, so it is kept out of the way.
    option = ["--accessible"] if accessible else []
    shown = run(fasti, "config", *option, COLUMNS=str(columns)).out

    assert all(key in shown for key in BY_KEY)
    rows = [line for line in shown.splitlines() if "/" not in line]
    assert max(len(line.rstrip()) for line in rows) <= columns
    assert ("new is 10, the default: new cards a day." in shown) is accessible


def test_a_setting_is_chosen_printed_and_taken_out(fasti: Fasti) -> None:
    assert fasti("config", "set", "new", "5").code == 0
    assert fasti("config", "get", "new").out == "5\n"
    assert fasti("config", "set", "keys.undo", "u", "z").code == 0
    assert fasti("config", "get", "keys.undo").out == "u z\n"
    assert (fasti.home / "config.toml").read_text(
        encoding="utf-8"
    ) == 'new = 5\n\n[keys]\nundo = ["u", "z"]\n'
    assert "it is 10 now" in fasti("config", "unset", "new").err
    assert fasti("config", "get", "new").out == "10\n"
    assert "is not in" in fasti("config", "unset", "new").err
    assert fasti("config", "path").out == f"{fasti.home / 'config.toml'}\n"


def test_a_choice_that_a_variable_hides_is_told(fasti: Fasti) -> None:
    done = run(fasti, "config", "set", "new", "5", FASTI_NEW="7")

    assert "`FASTI_NEW` says 7" in done.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("set", "new", "many"), "a whole number from 0 to 9999"),
        (("set", "grades", "five"), "`four` or `six`"),
        (("set", "keys.bury", "u"), "the key for `undo`"),
        (("set", "nwe", "5"), "did you mean `new`"),
        (("get", "nwe"), "did you mean `new`"),
        (("unset", "nwe"), "did you mean `new`"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(
    fasti: Fasti, arguments: tuple[str, ...], sentence: str
) -> None:
    done = fasti("config", *arguments)

    assert done.code == 2
    assert done.err.startswith("error: ")
    assert sentence in done.err
    assert not (fasti.home / "config.toml").exists()


HOSTILE: dict[str, str | bytes] = {
    "large": "#" * 1_000_000,
    "nested": "x = " + "[" * 10_000,
    "dotted": "a" + ".a" * 7_000 + " = 1",
    "nul": "new = 5\x00",
    "not utf-8": b"new = 5 # \xff\xfe",
    "escapes": "x = '\x1b]0;owned\x07'",
    "a wrong value": "new = 'ten'",
    "an unknown key": "nwe = 10",
    "a conflict": "[keys]\nbury = 'u'",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("command", ["review", "due", "check", "config", "undo"])
def test_a_file_that_cannot_be_meant_is_a_sentence_with_what_to_do_next(
    fasti: Fasti, text: str | bytes, command: str
) -> None:
    config(fasti, text)
    done = fasti(command)

    assert done.code in (1, 2)
    assert done.err.startswith("error: ")
    assert len(done.err.splitlines()) == 2
    assert "hint: " in done.err
    assert "\x1b" not in done.err
    assert (done.out != "") is (command == "config")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
@pytest.mark.parametrize("kind", ["folder", "unreadable", "pipe", "loop"])
def test_what_is_no_readable_file_is_a_sentence(fasti: Fasti, kind: str) -> None:
    fasti.home.mkdir()
    file = fasti.home / "config.toml"
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "loop":
        file.symlink_to(file)
    else:
        file.write_text("new = 5\n", encoding="utf-8")
        file.chmod(0)
        if os.access(file, os.R_OK):
            pytest.skip("this user may read everything")
    for arguments in (["review"], ["config", "set", "new", "5"]):
        done = fasti(*arguments)
        assert done.code in (1, 2)
        assert "cannot be read" in done.err


@pytest.mark.parametrize("command", [["--version"], ["--help"], ["review", "--help"], ["config", "path"]])
def test_what_helps_needs_no_settings(fasti: Fasti, command: list[str]) -> None:
    config(fasti, "new = 'ten'")

    assert fasti(*command).code == 0


def test_all_that_is_wrong_is_told_at_once(fasti: Fasti) -> None:
    config(fasti, "new = 'ten'\nlimt = 3\n")
    done = fasti("review")

    assert "config.toml:1: `new`" in done.err
    assert "config.toml:2: `limt` is no setting; did you mean `limit`?" in done.err


def test_an_editor_opens_the_file_and_what_is_written_is_checked(fasti: Fasti) -> None:
    script = fasti.write("edit.py", "import sys\nopen(sys.argv[-1], 'a').write(sys.argv[1])\n")
    editor = f'"{Path(sys.executable).as_posix()}" "{script.as_posix()}" '

    assert run(fasti, "config", "edit", EDITOR=editor + "new=4").err == "Your settings are right\n"
    assert fasti("config", "get", "new").out == "4\n"
    wrong = run(fasti, "config", "edit", EDITOR=editor + "#nwe").err
    assert wrong == "Your settings are right\n"
    assert "`no-such-editor` was not found" in run(fasti, "config", "edit", EDITOR="no-such-editor").err


def test_what_was_written_wrong_in_an_editor_is_told(fasti: Fasti) -> None:
    script = fasti.write("edit.py", "import sys\nopen(sys.argv[-1], 'w').write('nwe = 3')\n")
    done = run(fasti, "config", "edit", EDITOR=f'"{Path(sys.executable).as_posix()}" "{script.as_posix()}"')

    assert done.code == 1
    assert "did you mean `new`" in done.err


# What each setting does


def test_new_cards_a_day_hold_for_the_review_and_for_what_is_due(library: Fasti) -> None:
    config(library, "new = 3\n")

    assert library("due", "--json").json["new_today"] == 3
    assert len(library.answer(*[4] * 20)) == 3
    assert len(library.answer(*[4] * 20, options=["--new", "5"])) == 2
    assert run(library, "due", "--json", FASTI_NEW="9").json["new_today"] == 4


def test_a_sitting_has_as_many_cards_as_were_chosen(library: Fasti) -> None:
    config(library, "limit = 2\n")

    assert len(library.answer(*[4] * 9)) == 2
    assert len(library.answer(*[4] * 9, options=["--limit", "3"])) == 3


def test_six_grades_can_be_chosen_and_four_asked_for_all_the_same(library: Fasti) -> None:
    config(library, "grades = 'six'\n")

    assert [line["grade"] for line in library("review", "--json", stdin=["5"]).lines] == [5]
    assert [line["grade"] for line in library("review", "--json", "--four", stdin=["3"]).lines] == [4]


def test_the_profile_goes_into_the_log(library: Fasti) -> None:
    config(library, "profile = 'reference'\n")

    assert [line["ease"] for line in library("review", "--json", "--six", stdin=["0"]).lines][:1] == [1.7]
    assert [line["ease"] for line in library("review", "--json", "--six", "--text", stdin=["4", "0"]).lines][
        -1:
    ] == [2.5]


def test_the_maximum_interval_moves_no_card_that_was_answered_before(library: Fasti) -> None:
    for day in (0, 1, 7):
        library.on(day).answer(5, options=["--limit", "1"])
    before = library.schedule("days/f00#answer")
    config(library, "maximum-interval = 10\n")

    assert library.schedule("days/f00#answer") == before
    assert before["interval"] > 10
    library.on(7 + before["interval"])
    assert library.answer(5, options=["--limit", "1"])[0]["interval"] == 10


def test_the_day_begins_at_the_hour_that_was_chosen(library: Fasti) -> None:
    library.on(0, hour=9).answer(4, options=["--limit", "1"])
    assert library.on(1, hour=9)("due", "--json").json["due"] == 1
    config(library, "rollover-hour = 10\n")

    assert library("due", "--json").json["due"] == 0
    assert library.on(1, hour=10)("due", "--json").json["due"] == 1


def test_a_leech_is_told_of_at_the_lapse_that_was_chosen(library: Fasti) -> None:
    config(library, "leech-threshold = 1\nlimit = 1\n")
    library.answer(4)
    pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals are POSIX only")
    child = pexpect.spawn(
        sys.executable,
        ["-m", "fasti", "review"],
        env={**library.on(1).environment(), "TERM": "dumb"},
        encoding="utf-8",
        timeout=30,
    )
    for words, key in (("Space shows", " "), ("u undo", "1")):
        child.expect_exact(words)
        time.sleep(0.4)
        child.send(key)
    child.expect_exact("Missed 1 time now.")
    child.close(force=True)


def test_a_spread_moves_due_days_and_not_the_intervals(library: Fasti) -> None:
    config(library, "spread = true\nnew = 20\nlimit = 20\n")
    for day in (0, 1, 7):
        library.on(day).answer(*[5] * 20)
    due = [library.schedule(f"days/f{number:02}#answer") for number in range(20)]

    assert len({each["interval"] for each in due}) == 1
    assert len({each["due"] for each in due}) == 3


def test_a_learner_has_progress_of_their_own(library: Fasti) -> None:
    library.answer(4)
    config(library, "learner = 'clio'\n")

    assert library("show", "days/f00#answer", "--json").json["reviews"] == []
    assert len(run(library, "show", "days/f00#answer", "--json", FASTI_LEARNER="me").json["reviews"]) == 1


@pytest.mark.parametrize(
    ("text", "variables", "coloured"),
    [
        ("", {}, False),
        ("colour = 'always'", {}, True),
        ("colour = 'always'", {"NO_COLOR": "1"}, False),
        ("colour = 'never'", {"FASTI_COLOUR": "always"}, True),
        ("colour = 'never'", {"FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_is_as_it_was_chosen(
    library: Fasti, text: str, variables: dict[str, str], coloured: bool
) -> None:
    config(library, text)
    for command in ("decks", "config"):
        assert ("\x1b[" in run(library, command, **variables).out) is coloured


def test_sentences_instead_of_columns_can_be_the_rule(library: Fasti) -> None:
    config(library, "accessible = true\n")

    assert "Ten days: 0 due, 20 new" in library("decks").out
    assert "Ten days: 0 due" not in library("decks", "--no-accessible").out
    assert "Ten days: 0 due" not in run(library, "decks", ACCESSIBLE="0").out


def test_a_setting_for_once_comes_before_everything(library: Fasti) -> None:
    config(library, "new = 3\n")
    done = run(library, "--set", "new=6", "due", "--json", FASTI_NEW="5")

    assert json.loads(done.out)["new_today"] == 6
    refused = library("--set", "nwe=6", "due")
    assert refused.code == 2
    assert "`--set`: `nwe` is no setting; did you mean `new`?" in refused.err
