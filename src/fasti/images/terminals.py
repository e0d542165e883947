"""Which terminals draw pictures, and how: by what the environment says, or by what they answer.

Sources: kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol), iTerm2's inline images
(iterm2.com/documentation-images.html), xterm's list of control sequences for device attributes and the
size of a cell (invisible-island.net/xterm/ctlseqs).
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Protocol(StrEnum):
    """A way of drawing pictures in a terminal."""

    KITTY = "kitty"
    ITERM2 = "iterm2"
    SIXEL = "sixel"


class Answer(NamedTuple):
    """What a terminal says of itself: whether it draws sixels, and its cell in pixels if it says so."""

    sixel: bool
    cell: tuple[int, int] | None


ASK = "\x1b[16t\x1b[c"
"""Asks for the size of a cell, then for what the terminal is; every terminal answers the second."""

ANSWERED = re.compile(rb"\x1b\[\?([\d;]*)c")
"""The answer to the second question, which comes last."""

CELL = re.compile(rb"\x1b\[6;(\d{1,4});(\d{1,4})t")
"""The answer to the first: the height of a cell and its width."""

_SIXEL = b"4"
_PROGRAMS = {
    "iterm.app": Protocol.ITERM2,
    "wezterm": Protocol.ITERM2,
    "mintty": Protocol.ITERM2,
    "ghostty": Protocol.KITTY,
}
_NAMES = {"xterm-kitty": Protocol.KITTY, "xterm-ghostty": Protocol.KITTY}


def is_inside_another(environment: Mapping[str, str]) -> bool:
    """Whether tmux or screen stands between the program and the terminal that the rest of it tells of."""
    name = environment.get("TERM", "")
    return bool(
        environment.get("TMUX") or environment.get("STY") or name.partition("-")[0] in {"tmux", "screen"}
    )


def known_protocol(environment: Mapping[str, str]) -> Protocol | None:
    """How this terminal draws pictures, where the environment tells."""
    if is_inside_another(environment):
        return None
    if environment.get("KITTY_WINDOW_ID"):
        return Protocol.KITTY
    # A terminal started by another one inherits what that one says of itself, but not its `TERM`.
    named = _NAMES.get(environment.get("TERM", ""))
    program = environment.get("TERM_PROGRAM", "").lower()
    if named is None and program not in _PROGRAMS and environment.get("LC_TERMINAL") == "iTerm2":
        return Protocol.ITERM2
    return named or _PROGRAMS.get(program)


def may_be_asked(environment: Mapping[str, str]) -> bool:
    """Whether a terminal that the environment does not tell of can be asked without harm."""
    name = environment.get("TERM", "").lower()
    return name not in {"", "dumb", "unknown", "linux"} and not is_inside_another(environment)


def answer_in(received: bytes) -> Answer:
    """What a terminal answered to `ASK`; nothing where it did not."""
    what = ANSWERED.search(received)
    cell = CELL.search(received)
    size = (int(cell[2]), int(cell[1])) if cell else (0, 0)
    return Answer(
        bool(what) and _SIXEL in what[1].split(b";")[1:] if what else False, size if all(size) else None
    )
