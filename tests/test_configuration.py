"""What holds for a run: which source comes first, and everything that cannot be meant, with its place."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.config_lines import lines_of
from fasti.configuration import (
    Configuration,
    ConfigurationError,
    FaultyError,
    Source,
    options_of,
    read,
)
from fasti.options import BY_KEY


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def configured(file: Path, text: str | bytes, environment: dict[str, str] | None = None) -> Configuration:
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(file, environment or {})


def faults(file: Path, text: str | bytes) -> list[str]:
    """The faults of a file, without the path of its folder."""
    found = configured(file, text).faults
    return [str(fault).replace(str(file), "config.toml") for fault in found]


def test_without_a_file_everything_is_at_its_default(file: Path) -> None:
    found = read(file, {})

    assert {setting.origin.source for setting in found.settings.values()} == {Source.DEFAULT}
    assert options_of(found).new == 10
    assert options_of(found).keys["undo"] == ("u",)


def test_the_command_line_comes_before_the_environment_before_the_file_before_the_default(file: Path) -> None:
    file.write_text("new = 1\nlimit = 1\nminutes = 1\n", encoding="utf-8")
    found = read(file, {"FASTI_NEW": "2", "FASTI_LIMIT": "2"}, ["new=3"])

    values = {
        key: (found.settings[key].value, str(found.settings[key].origin.source)) for key in found.settings
    }
    assert values["new"] == (3, "command line")
    assert values["limit"] == (2, "environment")
    assert values["minutes"] == (1, "file")
    assert values["grades"] == ("four", "default")
    assert found.settings["minutes"].origin.line == 3


@pytest.mark.parametrize(
    ("environment", "text", "expected"),
    [
        ({}, "", ""),
        ({"VISUAL": "  ", "EDITOR": "nano"}, "", "nano"),
        ({"EDITOR": "nano"}, "", "nano"),
        ({"EDITOR": "nano", "VISUAL": "emacs"}, "", "emacs"),
        # What every program is told gives way to what this one is told.
        ({"EDITOR": "nano"}, 'editor = "code -w"', "code -w"),
        ({"EDITOR": "nano", "FASTI_EDITOR": "ed"}, 'editor = "code -w"', "ed"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="another editor is the last resort there")
def test_the_editor_is_the_nearest_that_is_named(
    file: Path, environment: dict[str, str], text: str, expected: str
) -> None:
    assert options_of(configured(file, text, environment)).editor == expected


@pytest.mark.parametrize(
    ("environment", "colour"),
    [
        ({}, "always"),
        ({"NO_COLOR": "1"}, "never"),
        ({"NO_COLOR": ""}, "always"),
        ({"FASTI_COLOUR": "auto", "NO_COLOR": "1"}, "auto"),
    ],
)
def test_the_variables_for_colour_are_heeded(file: Path, environment: dict[str, str], colour: str) -> None:
    assert options_of(configured(file, 'colour = "always"', environment)).colour == colour


def test_accessible_is_heeded_as_a_variable(file: Path) -> None:
    assert options_of(configured(file, "accessible = false", {"ACCESSIBLE": "1"})).accessible is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("new = 'ten'", ['config.toml:1: `new` is a whole number from 0 to 9999, not `"ten"`']),
        ("\n\nnew = true", ["config.toml:3: `new` is a whole number from 0 to 9999, not `true`"]),
        (
            f"new = 0x{'f' * 6_000}",
            ["config.toml:1: `new` is a whole number from 0 to 9999, not a number as large as that"],
        ),
        ("grades = 'five'", ['config.toml:1: `grades` is `four` or `six`, not `"five"`']),
        ("spread = 1", ["config.toml:1: `spread` is `true` or `false`, not `1`"]),
        ("color = 'never'", ["config.toml:1: `color` is no setting; did you mean `colour`?"]),
        ("xyzzy = 1", ["config.toml:1: `xyzzy` is no setting"]),
        ('"a\\u001b[31mb" = 1', ["config.toml:1: `a\N{REPLACEMENT CHARACTER}[31mb` is no setting"]),
        (
            "[keys]\nundo = 'z'\nnew = 4",
            ["config.toml:3: `keys.new` is no setting; did you mean `new`, which stands above `[keys]`?"],
        ),
        ("keys = 'u'", ['config.toml:1: `keys` is a table: write `[keys]`, and below it `undo = "u"`']),
        (
            "[keys]\nreveal = []",
            [
                f"config.toml:2: `keys.reveal` is {BY_KEY['keys.reveal'].kind.allowed}, not an empty list",
            ],
        ),
        (
            "[keys]\nbury = 'u'",
            ["config.toml:2: `u` cannot be the key for `bury`, because it is the key for `undo`"],
        ),
        # Of two in the file, the later one is to blame, in whatever order the commands are.
        (
            "[keys]\nquit = 'x'\nundo = 'x'",
            ["config.toml:3: `x` cannot be the key for `undo`, because it is the key for `quit`"],
        ),
        (
            "[keys]\nagain = ['a', 's']",
            ["config.toml:2: `s` cannot be the key for `again`, because it is the key for `suspend`"],
        ),
        ("new = 1\nnew = 2\n\n", ["config.toml:2:8: this is not TOML: cannot overwrite a value"]),
        ("new = \x00", ["config.toml:1:7: this is not TOML: invalid value"]),
        ("new = 1\nnew", ["config.toml:2: this is not TOML: expected '=' after a key in a key/value pair"]),
        (f"new = {'9' * 5_000}", ["config.toml: this holds a number with too many digits"]),
        (f"x = {'[' * 9_000}", ["config.toml: this is nested too deeply to be read"]),
        (b"# caf\xe9\n", ["config.toml:1: this is not UTF-8"]),
        ("#" * 16_385, ["`config.toml` cannot be read: it is larger than 16 KiB"]),
        (
            "new = -1\nlimit = 0\n",
            [
                "config.toml:1: `new` is a whole number from 0 to 9999, not `-1`",
                "config.toml:2: `limit` is a whole number from 1 to 9999, not `0`",
            ],
        ),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line_and_what_is_allowed(
    file: Path, text: str | bytes, expected: list[str]
) -> None:
    assert faults(file, text) == expected


def test_a_run_with_faults_is_refused_with_all_of_them_and_what_to_do(file: Path) -> None:
    found = configured(file, "new = -1\nlimt = 3\n")

    with pytest.raises(FaultyError, match=r"config\.toml:1: .*\n.*config\.toml:2: .*`limit`") as refusal:
        options_of(found)
    assert refusal.value.hint == "`fasti config edit` opens the file"


def test_many_faults_are_counted(file: Path) -> None:
    with pytest.raises(FaultyError, match=r"and 42 more$"):
        options_of(configured(file, "".join(f"x{number} = 1\n" for number in range(50))))


@pytest.mark.parametrize(
    ("environment", "chosen", "sentence"),
    [
        ({"FASTI_NEW": "ten"}, [], '`FASTI_NEW`: `new` is a whole number from 0 to 9999, not `"ten"`'),
        ({"ACCESSIBLE": "maybe"}, [], '`ACCESSIBLE`: `accessible` is `true` or `false`, not `"maybe"`'),
        ({}, ["new"], "`--set`: `new` is no setting with a value: write `new=5`"),
        ({}, ["nwe=5"], "`--set`: `nwe` is no setting; did you mean `new`?"),
        ({}, ["new=x"], '`--set`: `new` is a whole number from 0 to 9999, not `"x"`'),
        ({}, ["keys.bury=u"], "`--set`: `u` cannot be the key for `bury`, because it is the key for `undo`"),
    ],
)
def test_variables_and_the_command_line_are_held_to_the_same(
    file: Path, environment: dict[str, str], chosen: list[str], sentence: str
) -> None:
    assert [str(fault) for fault in read(file, environment, chosen).faults] == [sentence]


def test_two_commands_can_change_places(file: Path) -> None:
    found = configured(file, "[keys]\nundo = 'b'\nbury = 'u'\n")

    assert options_of(found).keys["undo"] == ("b",)
    assert options_of(found).keys["bury"] == ("u",)


def test_a_byte_order_mark_and_windows_line_ends_are_nothing_wrong(file: Path) -> None:
    found = configured(file, b"\xef\xbb\xbf# mine\r\nnew = 4\r\n")

    assert options_of(found).new == 4
    assert found.settings["new"].origin.line == 2


def test_a_folder_in_the_files_place_is_a_sentence(file: Path) -> None:
    file.mkdir()

    with pytest.raises(ConfigurationError, match="cannot be read: it is a folder"):
        options_of(read(file, {}))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_files_place_is_not_waited_for(file: Path) -> None:
    os.mkfifo(file)

    with pytest.raises(ConfigurationError, match="it is no ordinary file"):
        options_of(read(file, {}))


def test_a_link_to_itself_is_a_sentence(file: Path) -> None:
    try:
        file.symlink_to(file)
    except OSError:
        pytest.skip("links are not permitted here")

    with pytest.raises(ConfigurationError, match="cannot be read"):
        options_of(read(file, {}))


LINES = """\
# a comment [
new = 5  # [ ''' \\"\\"\\"
"limit" = 9
learner = \"\"\"
[keys]
undo = 1\\\\\"\"\"
editor = '''a
b'''
[keys] # here
undo = [
  "u", # ]
  "z",
]

bury.x = { a = "}" }
[[tables]]
q = 1
"""


def test_each_key_is_found_on_the_line_where_it_begins() -> None:
    assert lines_of(LINES) == {
        "new": 2,
        "limit": 3,
        "learner": 4,
        "editor": 7,
        "keys": 9,
        "keys.undo": 10,
        "keys.bury": 15,
        "tables": 16,
        "tables.q": 17,
    }


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), max_size=8))
@settings(deadline=None)
def test_lines_are_found_whatever_the_texts_hold(values: list[str]) -> None:
    quoted = [value.replace("\\", "\\\\").replace('"', '\\"') for value in values]
    text = "".join(f'k{number} = """\n{value}\n"""\n# {value}\n' for number, value in enumerate(quoted))

    assert lines_of(text) == {f"k{number}": 4 * number + 1 for number in range(len(values))}
