"""The commands that show and change a student's settings."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Json
from fasti.commands.ground import configuration, options, print_json, print_name, say
from fasti.errors import ExitCode

if TYPE_CHECKING:
    from fasti.configuration import Configuration, Setting
    from fasti.options import Value


def _keys(incomplete: str) -> list[str]:
    from fasti.options import BY_KEY

    return [key for key in BY_KEY if key.startswith(incomplete)]


_Key = Annotated[
    str, typer.Argument(help="A setting, as `fasti config` names it.", metavar="KEY", autocompletion=_keys)
]


def show(
    context: typer.Context,
    as_json: Json = False,
    accessible: Annotated[
        bool | None,
        typer.Option("--accessible/--no-accessible", help="Sentences, no columns: for screen readers."),
    ] = None,
) -> None:
    """See every setting, its value, and where that comes from.

    Settings are in a file of your own, `config.toml`; a variable such as FASTI_NEW goes before it, the command
    line before both.
    """
    if context.invoked_subcommand is not None:
        return
    from fasti.settings import config_file
    from fasti.ui.settings_table import Row, show_settings

    found = configuration()
    if not found.faults:
        options()  # whether there is to be colour
    file = config_file(os.environ)
    if as_json:
        print_json(_as_json(context, found, file))
    else:
        spoken = found.settings["accessible"].value if accessible is None else accessible
        rows = [
            Row(key, _text(_effective(context, setting)), _whence(setting), setting.option.about)
            for key, setting in found.settings.items()
        ]
        show_settings(rows, str(file), accessible=bool(spoken))
    _end_with_faults(found)


def get(context: typer.Context, key: _Key) -> None:
    """Print the value of a setting."""
    from fasti.config_text import ConfigurationError
    from fasti.configuration import FaultyError, unknown
    from fasti.options import BY_KEY

    if key not in BY_KEY:
        raise ConfigurationError(unknown(key), "`fasti config` shows every setting")
    found = configuration()
    if about := [fault for fault in found.faults if fault.key in {key, ""}]:
        raise FaultyError(about)
    print_name(_text(_effective(context, found.settings[key])))


def set_value(
    key: _Key,
    values: Annotated[
        list[str],
        typer.Argument(help="Its value; for one of the keys, one key or several.", metavar="VALUE"),
    ],
) -> None:
    """Choose the value of a setting; the rest of the file stays as it is."""
    from fasti.config_file import set_value as write_value
    from fasti.settings import config_file

    value = write_value(config_file(os.environ), key, " ".join(values))
    configuration.cache_clear()
    say(f"`{key}` is {_text(value) or 'no key'} now")
    setting = configuration().settings[key]
    if setting.value != value:
        say(f"but {setting.origin} says {_text(setting.value)}, and comes before the file")


def unset(key: _Key) -> None:
    """Take a setting out of the file, so that its default holds again."""
    from fasti.config_file import unset as take_out
    from fasti.settings import config_file

    file = config_file(os.environ)
    if not take_out(file, key):
        say(f"`{key}` is not in `{file}`")
        return
    configuration.cache_clear()
    setting = configuration().settings.get(key)
    say(f"`{key}` is taken out" + (f"; it is {_text(setting.value) or 'the default'} now" if setting else ""))


def path() -> None:
    """Print where the file of your settings is, or would be."""
    from fasti.settings import config_file

    print_name(config_file(os.environ))


def edit() -> None:
    """Open the file of your settings in your editor, and check it afterwards."""
    from fasti.config_file import make
    from fasti.editor import EditorError, editor_command, run_editor
    from fasti.settings import config_file

    file = config_file(os.environ)
    command = editor_command(str(configuration().settings["editor"].value), file, 1)
    make(file)
    if code := run_editor(command):
        raise EditorError(
            f"the editor `{command[0]}` ended with {code}", "`fasti config` shows what holds now"
        )
    configuration.cache_clear()
    _end_with_faults(configuration())
    say("Your settings are right")


def _end_with_faults(found: "Configuration") -> None:
    """Say what cannot be meant, and end so, where there is anything."""
    if found.faults:
        from fasti.configuration import FaultyError

        error = FaultyError(found.faults)
        say(f"error: {error}\nhint: {error.hint}")
        raise typer.Exit(ExitCode.PROBLEM)


def _effective(context: typer.Context, setting: "Setting") -> "Value":
    """What holds in this run: a student who is not named has a name all the same."""
    if setting.option.key == "learner" and not setting.value:
        from fasti.settings import read_settings

        root = context.find_root()
        return read_settings({**os.environ, "FASTI_LEARNER": ""}, root.obj).learner
    if setting.option.key == "editor" and not setting.value:
        return _found_editor()
    return setting.value


def _found_editor() -> str:
    """The editor that is there, where none is named; empty where there is none."""
    from fasti.editor import EditorError, editor_command

    try:
        return editor_command("", Path(), 1)[0]
    except EditorError:
        return ""


def _text(value: "Value") -> str:
    """A value as a command takes it."""
    if isinstance(value, tuple):
        return " ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _whence(setting: "Setting") -> str:
    from fasti.configuration import Source

    origin = setting.origin
    match origin.source:
        case Source.FILE:
            return f"{Path(origin.name).name}:{origin.line}"
        case Source.ENVIRONMENT:
            return origin.name
        case _:
            return origin.source.value


def _as_json(context: typer.Context, found: "Configuration", file: Path) -> dict[str, object]:
    return {
        "version": 1,
        "file": str(file),
        "settings": [_setting_as_json(context, setting) for setting in found.settings.values()],
        "faults": [str(fault) for fault in found.faults],
    }


def _setting_as_json(context: typer.Context, setting: "Setting") -> dict[str, object]:
    option, _, origin = setting
    return {
        "key": option.key,
        "value": _effective(context, setting),
        "from": origin.source.value,
        "name": origin.name or None,
        "line": origin.line or None,
        "default": None if option.default == "" else option.default,
        "allowed": option.kind.allowed,
        "about": option.about,
    }
