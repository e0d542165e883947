"""The file of settings, the environment and the URL of the database, with what nobody means."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fasti.configuration import options_of, read
from fasti.errors import FastiError
from fasti.options import BY_KEY, OPTIONS
from tests.fuzz.inside import calm, run
from tests.fuzz.strategies import arguments, damaged, scalars, values, words

KEYS = st.one_of(
    st.sampled_from(sorted(BY_KEY)), st.sampled_from(["keys", "keys.keys", "", "new.new"]), words
)
VARIABLES = sorted(
    {name for option in OPTIONS for name in option.variables}
    | {"FASTI_HOME", "FASTI_DATABASE", "FASTI_NOW", "FASTI_LEARNER", "COLUMNS", "LINES", "TERM", "NO_COLOR"}
    | {
        "FORCE_COLOR",
        "ACCESSIBLE",
        "EDITOR",
        "VISUAL",
        "LANG",
        "LC_ALL",
        "TZ",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
    }
    | {"USER", "LOGNAME", "KITTY_WINDOW_ID", "TERM_PROGRAM", "TMUX", "COLORTERM"}
)
SOUND = b"""\
new = 5
profile = "reference"
spread = true
editor = "nano"

[keys]
undo = ["u", "z"]
"""
on_any_home = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def toml(value: object) -> str:
    """A value as TOML; what TOML has no words for is written all the same, as an author in a hurry would."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f"{toml(str(key))} = {toml(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case str():
            return '"' + "".join(f"\\U{ord(letter):08x}" for letter in value) + '"'
        case _:
            return str(value)


@given(st.dictionaries(KEYS, st.one_of(scalars, values), max_size=5), st.booleans())
@settings(on_any_home, max_examples=150)
def test_any_values_under_any_keys_are_meant_or_named_as_faults(
    tmp_path: Path, tree: dict[str, object], in_table: bool
) -> None:
    file = tmp_path / "config.toml"
    lines = [f"{toml(key)} = {toml(value)}\n" for key, value in tree.items()]
    file.write_bytes((("[keys]\n" if in_table else "") + "".join(lines)).encode("utf-8", "surrogatepass"))

    with suppress(FastiError):
        options_of(read(file, {}))


@given(damaged(SOUND))
@settings(on_any_home, max_examples=10)
def test_a_damaged_file_of_settings_is_told_of_by_every_command(home: Path, content: bytes) -> None:
    file = home / "config.toml"
    file.write_bytes(content)

    for words_of in (
        ["due"],
        ["config"],
        ["config", "set", "new", "3"],
        ["config", "unset", "spread"],
        ["doctor"],
    ):
        done = calm(run(home, *words_of))
        if done.code == 2:
            assert "config.toml" in done.err or "`" in done.err


@given(
    st.dictionaries(
        st.sampled_from(VARIABLES), st.one_of(arguments, st.sampled_from(["-1", "0", "1e9", "²", "１２"]))
    )
)
@settings(on_any_home, max_examples=20)
def test_any_environment_is_taken_or_refused(home: Path, environment: dict[str, str]) -> None:
    environment.setdefault("FASTI_HOME", str(home))
    # What is written goes below the test's own folder, wherever the variables would have it.
    for name in ("FASTI_DATABASE", "FASTI_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        if name in environment and ("/" in environment[name] or "~" in environment[name]):
            environment[name] = str(home)

    for words_of in (["due"], ["review"], ["decks", "--json"], ["config"]):
        calm(run(home, *words_of, stdin=b"3\nquit\n", environment=environment), styled=True)


@pytest.mark.parametrize(
    ("variable", "command"), [("FASTI_HOME", "due"), ("FASTI_DATABASE", "decks"), ("FASTI_SYNC", "sync")]
)
def test_the_home_of_nobody_is_refused(home: Path, variable: str, command: str) -> None:
    done = calm(run(home, command, environment={variable: "~nobody-of-this-name/x"}))

    assert done.code == 2
    assert "`~nobody-of-this-name/x`" in done.err
