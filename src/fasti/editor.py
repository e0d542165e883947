"""The student's own editor: which one it is, and how it is told to open a file at a line."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PureWindowsPath

from fasti.errors import FastiError

Find = Callable[[str], str | None]
"""Where a program is, as `shutil.which` says it."""

_DEFAULTS = ("nano", "vim", "vi", "emacs", "ed")
_WINDOWS_DEFAULT = "notepad"
_CHOOSE = "name the one you use: `fasti config set editor nano`"


class EditorError(FastiError):
    """An editor that cannot be started."""


def editor_command(
    setting: str,
    path: Path,
    line: int,
    *,
    windows: bool = os.name == "nt",
    find: Find = shutil.which,
) -> list[str]:
    """The program and arguments that open `path` at `line` (from 1): of the setting, or what there is.

    The setting is a command as a shell would part it; empty, a known editor that is found here. An editor in a window of its own is asked to wait until the file is closed; one that is not known is
    given the file alone. Raises EditorError where none is found, or its setting cannot be read.
    """
    words = _words(setting.strip(), windows, find)
    name = _name(words[0])
    at = _LINES.get(name, _alone)(str(path), line)
    waiting = [option for option in _WAITING.get(name, ()) if not _given(option, words)]
    return [*words, *waiting, *at]


def run_editor(command: Sequence[str]) -> int:
    """Run an editor in this terminal until it ends; its exit code, negative where a signal ended it.

    Raises EditorError where it cannot be started. No shell is involved.
    """
    try:
        return subprocess.run(command, check=False).returncode
    except FileNotFoundError as error:
        raise EditorError(f"the editor `{command[0]}` was not found", _CHOOSE) from error
    except OSError as error:
        raise EditorError(f"the editor `{command[0]}` does not start: {error.strerror}", _CHOOSE) from error


def _words(setting: str, windows: bool, find: Find) -> list[str]:
    words = _split(setting, windows, find) if setting else []
    if words and words[0]:
        return words
    if windows:
        return [_WINDOWS_DEFAULT]
    for name in _DEFAULTS:
        if find(name):
            return [name]
    raise EditorError("no editor was found", _CHOOSE)


def _split(setting: str, windows: bool, find: Find) -> list[str]:
    """The words of a setting, as a shell would part them; a program with spaces in its path is one word."""
    if find(setting):
        return [setting]
    try:
        words = shlex.split(setting, posix=not windows)
    except ValueError as error:
        raise EditorError(
            f"the editor `{setting}` cannot be read: a quotation mark has no partner", _CHOOSE
        ) from error
    return [word.strip("\"'") for word in words] if windows else words


def _name(program: str) -> str:
    """The name of a program without its folder and ending."""
    name = PureWindowsPath(program).name.casefold()
    for ending in (".exe", ".cmd", ".bat", ".com"):
        name = name.removesuffix(ending)
    return name


def _given(option: str, words: Sequence[str]) -> bool:
    same = _SAME.get(option, (option,))
    return any(word in same for word in words[1:])


def _alone(path: str, line: int) -> list[str]:
    return [path]


def _plus(path: str, line: int) -> list[str]:
    return [f"+{line}", path]


def _colon(path: str, line: int) -> list[str]:
    return [f"{path}:{line}"]


def _goto(path: str, line: int) -> list[str]:
    return ["--goto", f"{path}:{line}"]


def _option(option: str) -> Callable[[str, int], list[str]]:
    return lambda path, line: [option, str(line), path]


def _joined(option: str) -> Callable[[str, int], list[str]]:
    return lambda path, line: [f"{option}{line}", path]


_VI = (
    *("vi", "vim", "nvim", "view", "vimx", "gvim", "mvim", "elvis", "nvi", "vis", "ex", "rvim"),
    *("nano", "pico", "rnano", "micro", "kak", "joe", "jmacs", "jpico", "jstar", "rjoe", "jed", "ne"),
    *("emacs", "emacsclient", "mg", "zile", "gedit", "gnome-text-editor", "xed", "pluma", "bbedit", "mcedit"),
    *("dte", "tilde", "mle", "sensible-editor", "editor"),
)
_CODE = (
    "code",
    "code-insiders",
    "codium",
    "vscodium",
    "code-oss",
    "cursor",
    "windsurf",
    "positron",
    "antigravity",
)
_SUBLIME = ("subl", "sublime", "sublime_text")
_JETBRAINS = (
    *("idea", "idea64", "pycharm", "pycharm64", "webstorm", "clion", "goland", "rubymine", "phpstorm"),
    *("rider", "rustrover", "fleet", "charm"),
)

_LINES: Mapping[str, Callable[[str, int], list[str]]] = {
    **dict.fromkeys(_VI, _plus),
    **dict.fromkeys(_CODE, _goto),
    **dict.fromkeys((*_SUBLIME, "hx", "helix", "zed", "zeditor", "lapce", "amp"), _colon),
    **dict.fromkeys((*_JETBRAINS, "kate", "kwrite", "mate"), _option("--line")),
    "geany": _option("--line"),
    "notepad++": _joined("-n"),
}
_WAITING: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (*_CODE, *_SUBLIME, *_JETBRAINS, "zed", "zeditor", "lapce", "mate", "bbedit"), ("--wait",)
    ),
    **dict.fromkeys(("gedit", "xed", "pluma"), ("--wait",)),
    "kate": ("--block",),
    "gvim": ("-f",),
    "mvim": ("-f",),
    "notepad++": ("-multiInst", "-nosession"),
}
_SAME = {
    "--wait": ("--wait", "-w"),
    "--block": ("--block", "-b"),
    "-f": ("-f", "--nofork"),
}
