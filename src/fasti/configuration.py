"""What holds for one run, and where each value comes from.

The command line comes before the environment, that before the file, that before the default.
A value that cannot be meant is never passed over: it is a fault, and a run with faults is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from fasti.config_text import EDIT, ConfigurationError, text_of, tree_of
from fasti.core.text import printable
from fasti.options import BY_KEY, KEYS, OPTIONS, Option, RefusedError, Value, conflicts, meant


class Source(StrEnum):
    """What gave a setting its value."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command line"


class Origin(NamedTuple):
    """Where a value comes from: `name` is the file or the variable, `line` where in the file it stands."""

    source: Source
    name: str = ""
    line: int = 0

    def __str__(self) -> str:
        if self.source is Source.FILE:
            return f"{self.name}:{self.line}" if self.line else self.name
        return f"`{self.name}`" if self.name else self.source.value


class Setting(NamedTuple):
    """A setting with its value, and where that comes from."""

    option: Option
    value: Value
    origin: Origin


class Fault(NamedTuple):
    """Something that cannot be meant: where it is, what is wrong, the setting it is about, if any, and what to do."""

    origin: Origin
    sentence: str
    key: str = ""
    hint: str = ""

    def __str__(self) -> str:
        # A file that cannot be used at all is named in the sentence.
        return f"{self.origin}: {self.sentence}" if self.origin.name else self.sentence


class Configuration(NamedTuple):
    """Every setting by its key, in the order of `OPTIONS`, and every fault."""

    settings: Mapping[str, Setting]
    faults: Sequence[Fault] = ()


class Options:
    """The values that hold for one run; `learner` and `sync` are empty where nothing names one.

    `keys` has the keys of each command of the review by its name. Each kind of setting has made its own values.
    """

    new: int
    limit: int
    minutes: int
    grades: str
    profile: str
    maximum_interval: int
    spread: bool
    leech_threshold: int
    rollover_hour: int
    learner: str
    sync: str
    sync_after_review: bool
    editor: str
    colour: str
    images: str
    accessible: bool
    keys: Mapping[str, tuple[str, ...]]

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)


class FaultyError(ConfigurationError):
    """Everything in a configuration that cannot be meant, a line each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        lines = [str(fault) for fault in faults[:_AT_MOST]]
        if len(faults) > _AT_MOST:
            lines.append(f"and {len(faults) - _AT_MOST} more")
        super().__init__("\n".join(lines), _advice(faults))


def read(file: Path, environment: Mapping[str, str], chosen: Sequence[str] = ()) -> Configuration:
    """The configuration of a run: `chosen` are the settings that its command line gives, as `key=value`."""
    faults: list[Fault] = []
    settings = {option.key: Setting(option, option.default, Origin(Source.DEFAULT)) for option in OPTIONS}
    for found in (
        _editor_of(environment, faults),
        _from_file(file, faults),
        _from(environment, faults),
        _from_command(chosen, faults),
    ):
        settings |= {setting.option.key: setting for setting in found}
    faults += _conflicts(settings)
    return Configuration(settings, faults)


def options_of(configuration: Configuration) -> Options:
    """The values of a configuration. Raises FaultyError where something in it cannot be meant."""
    if configuration.faults:
        raise FaultyError(configuration.faults)
    keys: dict[str, Value] = {}
    values: dict[str, Any] = {"keys": keys}
    for key, setting in configuration.settings.items():
        if key.startswith(KEYS):
            keys[key.removeprefix(KEYS)] = setting.value
        else:
            values[key.replace("-", "_")] = setting.value
    return Options(values)


def faults_of(file: Path, text: str) -> list[Fault]:
    """What could not be meant if the file held this text. Raises ConfigurationError where it is not TOML."""
    faults: list[Fault] = []
    settings = {option.key: Setting(option, option.default, Origin(Source.DEFAULT)) for option in OPTIONS}
    settings |= {setting.option.key: setting for setting in _from_text(file, text, faults)}
    return [*faults, *_conflicts(settings)]


def checked(key: str, text: str) -> Value:
    """The value of a setting that a text gives. Raises ConfigurationError, which says what is allowed."""
    option = BY_KEY.get(key)
    if option is None:
        raise ConfigurationError(unknown(key), "`fasti config` shows every setting")
    try:
        return option.kind.of_text(text)
    except RefusedError as refusal:
        raise ConfigurationError(f"`{key}` is {refusal}, not {_shown(text)}") from refusal


def unknown(key: str) -> str:
    """The sentence for a key that is no setting, with the one that was probably meant."""
    probably = meant(key)
    shown = " ".join(printable(key).split())[:80]
    if probably is None:
        return f"`{shown}` is no setting"
    if key.startswith(KEYS) and not probably.startswith(KEYS):
        return f"`{shown}` is no setting; did you mean `{probably}`, which stands above `[keys]`?"
    return f"`{shown}` is no setting; did you mean `{probably}`?"


def _editor_of(environment: Mapping[str, str], faults: list[Fault]) -> Iterator[Setting]:
    """The editor that all programs are to use: a default, since the file speaks of this program alone."""
    name = next((name for name in ("VISUAL", "EDITOR") if environment.get(name, "").strip()), None)
    if name is not None:
        yield from _of_text(BY_KEY["editor"], environment[name], Origin(Source.ENVIRONMENT, name), faults)


def _from_file(file: Path, faults: list[Fault]) -> list[Setting]:
    """The settings of the file; what is wrong with it is added to `faults`."""
    try:
        text = text_of(file)
        return [] if text is None else _from_text(file, text, faults)
    except ConfigurationError as error:
        faults.append(Fault(Origin(Source.FILE), str(error), hint=error.hint or ""))
        return []


def _from_text(file: Path, text: str, faults: list[Fault]) -> list[Setting]:
    """The settings that the text of the file gives. Raises ConfigurationError where it is not TOML."""
    tree = tree_of(file, text)
    if not tree:
        return []
    # Imported here: most students have no such file.
    from fasti.config_lines import lines_of

    lines = lines_of(text)
    return [
        setting
        for key, raw in _entries(tree)
        if (setting := _setting(key, raw, Origin(Source.FILE, str(file), lines.get(key, 0)), faults))
    ]


def _entries(tree: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The keys of the file, those of the table `keys` with its name before them."""
    for key, value in tree.items():
        if f"{key}." == KEYS and isinstance(value, dict):
            yield from ((KEYS + command, keys) for command, keys in value.items())
        else:
            yield key, value


def _setting(key: str, raw: object, origin: Origin, faults: list[Fault]) -> Setting | None:
    option = BY_KEY.get(key)
    if option is None:
        is_keys = f"{key}." == KEYS
        sentence = '`keys` is a table: write `[keys]`, and below it `undo = "u"`' if is_keys else unknown(key)
        faults.append(Fault(origin, sentence, key))
        return None
    try:
        return Setting(option, option.kind.of_toml(raw), origin)
    except RefusedError as refusal:
        faults.append(Fault(origin, f"`{key}` is {refusal}, not {_shown(raw)}", key))
        return None


def _from(environment: Mapping[str, str], faults: list[Fault]) -> Iterator[Setting]:
    """The settings that variables give."""
    for option in OPTIONS:
        name = next((name for name in option.variables if environment.get(name)), None)
        if name is not None:
            yield from _of_text(option, environment[name], Origin(Source.ENVIRONMENT, name), faults)
        elif option.key == "colour" and (general := _colour_of(environment)):
            yield general


def _colour_of(environment: Mapping[str, str]) -> Setting | None:
    """What the variables that all programs read say of colour."""
    for name, value in (("NO_COLOR", "never"), ("FORCE_COLOR", "always")):
        if environment.get(name):
            return Setting(BY_KEY["colour"], value, Origin(Source.ENVIRONMENT, name))
    return None


def _from_command(chosen: Sequence[str], faults: list[Fault]) -> Iterator[Setting]:
    """The settings that the command line gives."""
    for pair in chosen:
        key, sign, text = pair.partition("=")
        origin = Origin(Source.COMMAND_LINE, "--set")
        option = BY_KEY.get(key.strip())
        if not sign:
            faults.append(Fault(origin, f"`{pair}` is no setting with a value: write `new=5`"))
        elif option is None:
            faults.append(Fault(origin, unknown(key.strip())))
        else:
            yield from _of_text(option, text, origin, faults)


def _of_text(option: Option, text: str, origin: Origin, faults: list[Fault]) -> Iterator[Setting]:
    try:
        yield Setting(option, option.kind.of_text(text), origin)
    except RefusedError as refusal:
        faults.append(Fault(origin, f"`{option.key}` is {refusal}, not {_shown(text)}"))


def _conflicts(settings: Mapping[str, Setting]) -> Iterator[Fault]:
    """A fault for each key that two commands claim, where the later of them is given."""
    keys = {key: setting.value for key, setting in settings.items() if isinstance(setting.value, tuple)}
    for key, *both in conflicts(keys):
        first, second = sorted(
            both, key=lambda each: (_RANK[settings[each].origin.source], settings[each].origin.line)
        )
        yield Fault(
            settings[second].origin,
            f"`{key}` cannot be the key for `{_command(second)}`, because it is the key for `{_command(first)}`",
            second,
        )


_RANK = {source: rank for rank, source in enumerate(Source)}


def _command(key: str) -> str:
    return key.removeprefix(KEYS)


def _advice(faults: Sequence[Fault]) -> str:
    """What to do next about faults."""
    first = faults[0]
    if first.hint:
        return first.hint
    if first.origin.source is not Source.FILE:
        return "`fasti config` shows every setting"
    if len(faults) == 1 and _is_plain(first.key):
        return f"`fasti config unset {first.key}` takes it out; {EDIT}"
    return EDIT


def _is_plain(key: str) -> bool:
    """Whether a key can be written in a command as it stands."""
    return key.isascii() and key.replace("-", "").replace("_", "").replace(".", "").isalnum()


def _shown(raw: object) -> str:
    """A value as it was given, in backticks, on one line and not too long."""
    match raw:
        case bool():
            text = str(raw).lower()
        case str():
            text = f'"{raw[:_LONGEST]}"'
        case int() if abs(raw) < _LARGE:
            text = str(raw)
        case int():
            return "a number as large as that"
        case []:
            return "an empty list"
        case list() if all(isinstance(each, str) for each in raw) and len(raw) < _MANY:
            text = ", ".join(f'"{each[:_LONGEST]}"' for each in raw)
        case dict() | list():
            return "a table" if isinstance(raw, dict) else "a list"
        case _:
            text = str(raw)[:_LONGEST]
    return f"`{' '.join(printable(text).split())}`"


_LONGEST = 60
_LARGE = 10**18
_MANY = 4
_AT_MOST = 8
"""Faults told one by one; the rest is counted."""
