import pytest

from fasti.images.terminals import Answer, Protocol, answer_in, known_protocol, may_be_asked

KITTY = {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}
ITERM = {"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app", "LC_TERMINAL": "iTerm2"}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (KITTY, Protocol.KITTY),
        ({"TERM": "xterm-kitty"}, Protocol.KITTY),
        ({"TERM": "xterm-ghostty"}, Protocol.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, Protocol.KITTY),
        (ITERM, Protocol.ITERM2),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, Protocol.ITERM2),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Protocol.ITERM2),
        ({"TERM": "xterm-256color"}, None),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, None),
        ({}, None),
        ({**KITTY, "TMUX": "/tmp/tmux-0/default,1,0"}, None),
        ({**KITTY, "TERM": "tmux-256color"}, None),
        ({**ITERM, "TERM": "screen"}, None),
        ({**ITERM, "STY": "1.x"}, None),
    ],
)
def test_the_environment_tells_how_a_terminal_draws(
    environment: dict[str, str], expected: Protocol | None
) -> None:
    assert known_protocol(environment) == expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "linux"}, False),
        ({}, False),
        ({"TERM": "xterm-256color", "TMUX": "/tmp/tmux"}, False),
        ({"TERM": "screen-256color"}, False),
    ],
)
def test_not_every_terminal_is_asked(environment: dict[str, str], expected: bool) -> None:
    assert may_be_asked(environment) is expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (b"", Answer(False, None)),
        (b"\x1b[?62;4;22c", Answer(True, None)),
        (b"\x1b[?62;22c", Answer(False, None)),
        (b"\x1b[?4c", Answer(False, None)),  # a VT132, and no attribute
        (b"\x1b[6;20;10t\x1b[?64;1;4c", Answer(True, (10, 20))),
        (b"x\x1b[6;20;10t y\x1b[?1;2c", Answer(False, (10, 20))),
        (b"\x1b[6;0;0t\x1b[?62;4c", Answer(True, None)),
        (b"\x1b[?62;14;44c", Answer(False, None)),
    ],
)
def test_a_terminal_tells_of_itself(received: bytes, expected: Answer) -> None:
    assert answer_in(received) == expected
