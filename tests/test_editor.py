"""How each editor is told to open a file at a line."""

import sys
from pathlib import Path

import pytest

from fasti.editor import EditorError, editor_command, run_editor

FILE = Path("/home/student/my decks/cold war.yaml")
PATH = str(FILE)


def command(setting: str, *, windows: bool = False, installed: tuple[str, ...] = ()) -> list[str]:
    return editor_command(
        setting, FILE, 12, windows=windows, find=lambda name: name if name in installed else None
    )


AT_LINE = [
    ("vi", ["vi", "+12", PATH]),
    ("vim", ["vim", "+12", PATH]),
    ("/usr/bin/vim", ["/usr/bin/vim", "+12", PATH]),
    ("nvim -n", ["nvim", "-n", "+12", PATH]),
    ("nvim --cmd 'set number' -R", ["nvim", "--cmd", "set number", "-R", "+12", PATH]),
    ("gvim", ["gvim", "-f", "+12", PATH]),
    ("gvim --nofork", ["gvim", "--nofork", "+12", PATH]),
    ("nano", ["nano", "+12", PATH]),
    ("nano -w -l", ["nano", "-w", "-l", "+12", PATH]),
    ("micro", ["micro", "+12", PATH]),
    ("kak", ["kak", "+12", PATH]),
    ("emacs -nw", ["emacs", "-nw", "+12", PATH]),
    ("emacsclient -t -a ''", ["emacsclient", "-t", "-a", "", "+12", PATH]),
    ("hx", ["hx", f"{PATH}:12"]),
    ("helix", ["helix", f"{PATH}:12"]),
    ("code", ["code", "--wait", "--goto", f"{PATH}:12"]),
    ("code -w", ["code", "-w", "--goto", f"{PATH}:12"]),
    ("code --wait --new-window", ["code", "--wait", "--new-window", "--goto", f"{PATH}:12"]),
    ("codium", ["codium", "--wait", "--goto", f"{PATH}:12"]),
    ("cursor", ["cursor", "--wait", "--goto", f"{PATH}:12"]),
    ("subl", ["subl", "--wait", f"{PATH}:12"]),
    ("subl -n -w", ["subl", "-n", "-w", f"{PATH}:12"]),
    ("zed", ["zed", "--wait", f"{PATH}:12"]),
    ("kate", ["kate", "--block", "--line", "12", PATH]),
    ("gedit", ["gedit", "--wait", "+12", PATH]),
    ("mate -w", ["mate", "-w", "--line", "12", PATH]),
    ("pycharm", ["pycharm", "--wait", "--line", "12", PATH]),
    ("ed", ["ed", PATH]),
    ("my-own-editor --fast", ["my-own-editor", "--fast", PATH]),
    ('"/opt/My Editor/bin/vim" -u NONE', ["/opt/My Editor/bin/vim", "-u", "NONE", "+12", PATH]),
    ("vim; rm -rf ~", ["vim;", "rm", "-rf", "~", PATH]),
    ("vim $(date)", ["vim", "$(date)", "+12", PATH]),
]

ON_WINDOWS = [
    ("", ["notepad", PATH]),
    ("notepad.exe", ["notepad.exe", PATH]),
    (
        r'"C:\Program Files\Notepad++\notepad++.exe"',
        [r"C:\Program Files\Notepad++\notepad++.exe", "-multiInst", "-nosession", "-n12", PATH],
    ),
    (r"C:\Tools\vim.exe -u NONE", [r"C:\Tools\vim.exe", "-u", "NONE", "+12", PATH]),
    ("code.cmd", ["code.cmd", "--wait", "--goto", f"{PATH}:12"]),
]


@pytest.mark.parametrize(("setting", "expected"), AT_LINE)
def test_each_editor_is_told_the_line_in_its_own_way(setting: str, expected: list[str]) -> None:
    assert command(setting) == expected


@pytest.mark.parametrize(("setting", "expected"), ON_WINDOWS)
def test_windows_has_its_own_quotes_and_its_own_editor(setting: str, expected: list[str]) -> None:
    assert command(setting, windows=True) == expected


def test_a_program_with_spaces_in_its_path_needs_no_quotes() -> None:
    path = r"C:\Program Files\Vim\vim.exe"

    assert command(path, windows=True, installed=(path,)) == [path, "+12", PATH]


def test_without_a_setting_the_simplest_that_is_there_is_taken() -> None:
    assert command("", installed=("vi", "vim"))[0] == "vim"
    assert command("", installed=("vi", "nano"))[0] == "nano"
    with pytest.raises(EditorError, match="no editor was found"):
        command("")


def test_a_setting_that_cannot_be_read_is_refused_with_its_name() -> None:
    with pytest.raises(EditorError, match="the editor `vim 'oops` cannot be read"):
        command("vim 'oops")


def test_an_editor_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(EditorError, match="`no-such-editor` was not found"):
        run_editor(["no-such-editor", PATH])


def test_the_code_of_an_editor_is_known() -> None:
    assert run_editor([sys.executable, "-c", "raise SystemExit(3)"]) == 3
