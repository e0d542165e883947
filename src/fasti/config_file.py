"""Changing the file of settings: one value at a time, and nothing else of what is written there."""

import codecs
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from fasti.config_text import ConfigurationError, text_of, tree_of
from fasti.configuration import FaultyError, checked, faults_of, unknown
from fasti.options import BY_KEY, KEYS, OPTIONS, Value
from fasti.settings import make_private_folder
from fasti.whole_file import writing

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

    from fasti.configuration import Fault


def set_value(file: Path, key: str, text: str) -> Value:
    """Write a value, given as text, into the file, which is made if need be; the value as it was understood.

    Raises ConfigurationError for what is no setting or no value of it, for a file that is no TOML,
    and for a key that another command has.
    """
    value = checked(key, text)
    _change(file, key, lambda tree: _put(tree, key, _plain(value)))
    return value


def unset(file: Path, key: str) -> bool:
    """Take a setting, or a key that is none, out of the file; whether it was there. Raises ConfigurationError."""
    text = text_of(file)
    there = text is not None and _has(tree_of(file, text), key)
    if there:
        _change(file, key, lambda tree: _take_out(tree, key))
    elif key not in BY_KEY:
        raise ConfigurationError(unknown(key), "`fasti config` shows every setting")
    return there


def make(file: Path) -> None:
    """Make a file in which every setting is a comment, where there is no file. Raises FastiError."""
    if text_of(file) is None:
        _write(file, _beginning())


def _change(file: Path, key: str, change: Callable[[Any], None]) -> None:
    """Do this to the file and to what it means; write it if both agree and nothing new is wrong."""
    text = text_of(file)
    meaning = tree_of(file, text or "")
    change(meaning)
    try:
        document = tomlkit.parse(text or "")
        change(document)
        changed = _dumped(document, text or "")
        agrees = _without_empty(tree_of(file, changed)) == _without_empty(meaning)
    except (TOMLKitError, ConfigurationError, KeyError, RecursionError, ValueError, TypeError):
        agrees = False
    if not agrees:
        raise ConfigurationError(
            f"`{file}` is written in a way in which `{key}` cannot be changed alone",
            "change it by hand: `fasti config edit` opens the file",
        )
    before = {fault.sentence for fault in faults_of(file, text or "")}
    if new := [fault for fault in faults_of(file, changed) if fault.sentence not in before]:
        raise _RefusedError(new)
    _write(file, changed, bom=text is not None and file.read_bytes().startswith(codecs.BOM_UTF8))


class _RefusedError(FaultyError):
    """A change after which something could not be meant any more; nothing was written."""

    def __init__(self, faults: "list[Fault]") -> None:
        super().__init__([fault._replace(origin=fault.origin._replace(name="", line=0)) for fault in faults])
        self.hint = "give the other command another key first"


def _without_empty(tree: dict[str, Any]) -> dict[str, Any]:
    """A tree in which a table of nothing, which means nothing, does not count."""
    return {key: value for key, value in tree.items() if value != {}}


def _put(tree: Any, key: str, value: object) -> None:
    table, name = _place(tree, key)
    table[name] = value


def _take_out(tree: Any, key: str) -> None:
    table, name = _place(tree, key)
    del table[name]


def _has(tree: dict[str, Any], key: str) -> bool:
    if key in tree:
        return True
    table = tree.get(KEYS.rstrip("."))
    return key.startswith(KEYS) and isinstance(table, dict) and key.removeprefix(KEYS) in table


def _place(tree: Any, key: str) -> tuple[Any, str]:
    """The table in which a key stands, made if need be, and its name there."""
    if not key.startswith(KEYS) or key in tree:
        return tree, key
    name = KEYS.rstrip(".")
    if name not in tree:
        tree[name] = tomlkit.table() if isinstance(tree, tomlkit.TOMLDocument) else {}
    return tree[name], key.removeprefix(KEYS)


def _dumped(document: "TOMLDocument", before: str) -> str:
    """The text of the document, with the line ends that it had before."""
    text = tomlkit.dumps(document)
    if not text.endswith("\n"):
        text += "\n"
    return re.sub(r"(?<!\r)\n", "\r\n", text) if "\r\n" in before else text


def _write(file: Path, text: str, *, bom: bool = False) -> None:
    """Write the file whole or not at all; one that is new is the student's alone."""
    try:
        make_private_folder(file.parent)
    except OSError as error:
        raise ConfigurationError(
            f"`{file.parent}` cannot be made: {error.strerror}", "make the folder yourself"
        ) from error
    with writing(file) as new:
        new.touch(mode=0o600)
        new.write_bytes((codecs.BOM_UTF8 if bom else b"") + text.encode())


def _beginning() -> str:
    lines = ["# The settings of fasti: take the `#` away before one to choose it.", ""]
    for option in OPTIONS:
        if option.key == f"{KEYS}reveal":
            lines += ["# [keys]"]
        value = tomlkit.item(_EXAMPLES.get(option.key, _plain(option.default))).as_string()
        lines.append(f"# {option.key.removeprefix(KEYS)} = {value}  # {option.about}")
    return "\n".join(lines) + "\n"


# Where nothing is said they are found out, so there is no default to show.
_EXAMPLES = {"learner": "me", "sync": "~/Dropbox/fasti", "editor": "nano"}


def _plain(value: Value) -> Any:
    """A value as TOML has it; a single key is no list."""
    if not isinstance(value, tuple):
        return value
    return value[0] if len(value) == 1 else list(value)
