"""Changing one setting in the student's file, and nothing else of it."""

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.config_file import make, set_value, unset
from fasti.config_text import ConfigurationError
from fasti.configuration import Source, read
from fasti.options import OPTIONS
from fasti.whole_file import WriteError

MINE = """\
# My settings. Not to be touched by anyone!

limit   =  40      # more on Sundays
"new" = 3  # few

[keys]  # left hand
bury = 'x'
undo = [
    "u",  # as ever
    "z",
]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "config.toml"


@pytest.fixture
def mine(file: Path) -> Path:
    file.parent.mkdir()
    file.write_text(MINE, encoding="utf-8", newline="")
    return file


def test_the_file_is_made_for_its_owner_alone(file: Path) -> None:
    set_value(file, "new", "5")

    assert file.read_text(encoding="utf-8") == "new = 5\n"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("key", "text", "before", "after"),
    [
        ("limit", "25", "limit   =  40      # more", "limit   =  25      # more"),
        ("new", "0", '"new" = 3  # few', '"new" = 0  # few'),
        ("keys.bury", "w", "bury = 'x'", 'bury = "w"'),
    ],
)
def test_a_value_changes_and_nothing_else(mine: Path, key: str, text: str, before: str, after: str) -> None:
    set_value(mine, key, text)

    assert mine.read_text(encoding="utf-8") == MINE.replace(before, after)


def test_what_is_new_goes_where_it_belongs_and_the_rest_stays(mine: Path) -> None:
    set_value(mine, "grades", "six")
    set_value(mine, "keys.flag", "f")
    text = mine.read_text(encoding="utf-8")

    assert tomllib.loads(text) == {
        **tomllib.loads(MINE),
        "grades": "six",
        "keys": {**tomllib.loads(MINE)["keys"], "flag": "f"},
    }
    assert [line for line in text.splitlines() if line in MINE.splitlines()] == MINE.splitlines()


def test_a_setting_goes_and_comes_back_to_its_default(mine: Path) -> None:
    assert unset(mine, "new") is True
    assert unset(mine, "new") is False

    assert mine.read_text(encoding="utf-8") == MINE.replace('"new" = 3  # few\n', "")
    assert read(mine, {}).settings["new"].origin.source is Source.DEFAULT


def test_a_key_that_is_no_setting_can_be_taken_out(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("nwe = 3\nlimit = 5\n", encoding="utf-8")

    assert unset(file, "nwe") is True
    assert file.read_text(encoding="utf-8") == "limit = 5\n"
    with pytest.raises(ConfigurationError, match="did you mean `new`"):
        unset(file, "nwe")


def test_one_thing_that_is_wrong_does_not_keep_another_from_being_mended(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("new = -1\nlimit = 0\n", encoding="utf-8")
    set_value(file, "limit", "5")

    assert [fault.key for fault in read(file, {}).faults] == ["new"]


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("new", "ten", '`new` is a whole number from 0 to 9999, not `"ten"`'),
        ("rollover-hour", "3", '`rollover-hour` is a whole number from 4 to 12, not `"3"`'),
        ("colr", "never", "did you mean `colour`"),
        ("keys.hint", "x", "`x` cannot be the key for `hint`, because it is the key for `bury`"),
        ("keys.hint", "s", "`s` cannot be the key for `hint`, because it is the key for `suspend`"),
        ("keys.hint", "hh", "`keys.hint` is a key or a list of keys"),
    ],
)
def test_a_wrong_value_is_refused_and_the_file_stays(mine: Path, key: str, text: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError, match=sentence):
        set_value(mine, key, text)

    assert mine.read_text(encoding="utf-8") == MINE
    assert [path.name for path in mine.parent.iterdir()] == ["config.toml"]


@pytest.mark.parametrize("text", ["new = \n", "[keys\n", "x = \x00\n"])
def test_a_file_that_is_no_toml_is_not_written_over(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationError, match="this is not TOML"):
        set_value(file, "new", "5")
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "text", ["keys.undo = 'z'\nnew = 1\n", "keys = {undo = 'z'}\n", "[keys]\n", "[ keys ]\n'undo'='z'\n", ""]
)
def test_the_table_of_keys_may_be_written_in_any_way(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    set_value(file, "keys.undo", "w v")

    assert read(file, {}).settings["keys.undo"].value == ("w", "v")
    assert unset(file, "keys.undo") is True
    assert read(file, {}).settings["keys.undo"].value == ("u",)


def test_line_ends_a_byte_order_mark_and_permissions_stay(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\xef\xbb\xbf# mine\r\nnew = 1\r\n")
    file.chmod(0o644)
    set_value(file, "limit", "9")

    assert file.read_bytes() == b"\xef\xbb\xbf# mine\r\nnew = 1\r\nlimit = 9\r\n"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o644


@pytest.mark.skipif(os.name != "posix", reason="links need a permission elsewhere")
def test_a_link_to_the_file_stays_a_link(mine: Path, tmp_path: Path) -> None:
    link = tmp_path / "config.toml"
    link.symlink_to(mine)
    set_value(link, "limit", "25")

    assert link.is_symlink()
    assert "limit   =  25" in mine.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file", encoding="utf-8")

    with pytest.raises(ConfigurationError, match="cannot be made"):
        set_value(tmp_path / "folder" / "config.toml", "new", "5")


def test_a_folder_in_the_files_place_is_a_sentence(file: Path) -> None:
    file.mkdir(parents=True)

    with pytest.raises((ConfigurationError, WriteError), match="it is a folder"):
        set_value(file, "new", "5")


def test_a_new_file_names_every_setting_and_chooses_none(file: Path) -> None:
    make(file)
    text = file.read_text(encoding="utf-8")
    chosen = read(file, {})

    assert list(chosen.faults) == []
    assert {setting.origin.source for setting in chosen.settings.values()} == {Source.DEFAULT}
    uncommented = "\n".join(line.removeprefix("# ") for line in text.splitlines()[1:])
    file.write_text(uncommented, encoding="utf-8")
    every = read(file, {})
    assert list(every.faults) == []
    assert {setting.origin.source for setting in every.settings.values()} == {Source.FILE}
    assert {key for key, setting in every.settings.items() if setting.value != setting.option.default} == {
        "learner",
        "sync",
        "editor",
    }


def test_a_file_that_is_there_is_not_made_again(mine: Path) -> None:
    make(mine)

    assert mine.read_text(encoding="utf-8") == MINE


NAMES = [option.key for option in OPTIONS if type(option.default) is int]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(4, 12)), max_size=6), st.booleans())
@settings(deadline=None, max_examples=50)
def test_whatever_is_set_in_whatever_order_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, int]], begun: bool
) -> None:
    file = tmp_path_factory.mktemp("settings") / "config.toml"
    if begun:
        file.write_text(MINE, encoding="utf-8")
    for key, value in changes:
        set_value(file, key, str(value))

    found = read(file, {})
    assert list(found.faults) == []
    assert {key: found.settings[key].value for key, _ in changes} == dict(changes)
