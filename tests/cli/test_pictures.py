"""The real program in terminals that draw pictures, and in those that do not."""

import fcntl
import os
import re
import struct
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.program import Fasti
from tests.images.screens import from_iterm2, from_kitty, from_sixels

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals are POSIX only")

DECK = """deck: Maps
id: maps
facts:
  - {q: Which deck is this?, a: Maps, id: first}
  - {q: Which island is this?, a: Cuba, id: cuba, image: maps/cuba.png}
  - {q: Which wall is this?, a: The Berlin Wall, id: wall, image: maps/cuba.png}
  - {q: Who has no picture?, a: Nobody, id: none}
"""
PLAIN = {"TERM": "xterm-256color"}
KITTY = {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}
ITERM2 = {**PLAIN, "TERM_PROGRAM": "iTerm.app"}
NAMES = ("TERM_PROGRAM", "LC_TERMINAL", "KITTY_WINDOW_ID", "TMUX", "STY", "ACCESSIBLE", "COLUMNS", "NO_COLOR")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
GRAPHICS = re.compile(r"\x1b_G|\x1b\]1337|\x1bP")


class Screen:
    """A terminal of a kind; `pixels` says that the system knows how large it is in pixels."""

    def __init__(
        self,
        fasti: Fasti,
        kind: Mapping[str, str],
        *arguments: str,
        pixels: bool = True,
        size: tuple[int, int] = (24, 80),
    ) -> None:
        inherited = {name: value for name, value in fasti.environment().items() if name not in NAMES}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "fasti", "review", *arguments],
            env={**inherited, "HOME": str(fasti.home), **kind},
            cwd=str(fasti.folder),
            encoding="utf-8",
            timeout=30,
            dimensions=size,
        )
        if pixels:
            rows, columns = size
            told = struct.pack("HHHH", rows, columns, 10 * columns, 20 * rows)
            fcntl.ioctl(self.child.child_fd, termios.TIOCSWINSZ, told)

    def see(self, words: str) -> str:
        self.child.expect_exact(words)
        return str(self.child.before + self.child.after)

    def press(self, keys: str) -> None:
        time.sleep(0.4)
        self.child.send(keys)

    def leave(self) -> str:
        """Stop; what came since the last time."""
        self.press("q")
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.exitstatus == 0
        return str(self.child.before)


@pytest.fixture
def maps(fasti: Fasti) -> Fasti:
    fasti.write("maps.yaml", DECK)
    (fasti.folder / "maps").mkdir()
    Image.new("RGB", (400, 300), "navy").save(fasti.folder / "maps" / "cuba.png")
    fasti("add", "maps.yaml")
    fasti.answer(5)  # so that nobody is welcomed
    return fasti


def navy(image: Image.Image) -> bool:
    red, green, blue = image.convert("RGB").getpixel((0, 0))  # type: ignore[misc]
    return red == green == 0 and 126 < blue < 130


def test_kitty_draws_the_picture_between_the_question_and_what_to_do(maps: Fasti) -> None:
    screen = Screen(maps, KITTY)
    before = screen.see("Which island is this?")
    shown = screen.see("Space shows the answer")
    screen.leave()
    keys, image = from_kitty(shown)

    assert not GRAPHICS.search(before)
    assert navy(image)
    assert keys["r"] == "8"
    assert "Picture:" not in shown


def test_iterm2_draws_it(maps: Fasti) -> None:
    screen = Screen(maps, ITERM2)
    shown = screen.see("Space shows the answer")
    screen.leave()
    said, image = from_iterm2(shown)

    assert navy(image)
    assert said["height"] == "8"


@pytest.mark.parametrize("pixels", [True, False])
def test_a_terminal_that_says_that_it_can_is_given_sixels(maps: Fasti, pixels: bool) -> None:
    screen = Screen(maps, PLAIN, pixels=pixels)
    screen.see("\x1b[16t\x1b[c")
    screen.child.send("\x1b[6;30;20t\x1b[?62;4;22c")
    shown = screen.see("Space shows the answer")
    rest = screen.leave()
    image = from_sixels(shown)

    assert navy(image)
    # A third of 24 rows: of 20 pixels as the system knows them, or of 30 as the terminal says.
    assert image.height == (156 if pixels else 240)
    assert "62;4" not in shown + rest


@pytest.mark.parametrize(
    "answer", ["\x1b[?62;22c", "", "\x1b[?62", "abc"], ids=["no", "silent", "half", "keys"]
)
def test_a_terminal_that_cannot_names_it(maps: Fasti, answer: str) -> None:
    screen = Screen(maps, PLAIN)
    screen.see("\x1b[16t\x1b[c")
    screen.child.send(answer)
    shown = screen.see("Space shows the answer")
    screen.press(" ")
    rest = screen.see("u undo") + screen.leave()

    assert "Picture: maps/cuba.png" in shown
    assert "Cuba" in rest
    assert not GRAPHICS.search(shown + rest)


def test_an_answer_that_comes_too_late_is_no_key(maps: Fasti) -> None:
    screen = Screen(maps, PLAIN)
    screen.see("Space shows the answer")
    screen.press("\x1b[6;30;20t\x1b[?62;4;22c")
    screen.press(" ")
    shown = screen.see("u undo")
    screen.leave()

    assert "62;4" not in shown
    assert "keys" not in shown.replace("? keys", "")


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ({"TERM": "dumb"}, ()),
        ({**KITTY, "TMUX": "/tmp/tmux-0/default,1,0"}, ()),
        ({**KITTY, "TERM": "tmux-256color"}, ()),
        ({**KITTY, "FASTI_IMAGES": "off"}, ()),
        (KITTY, ("--accessible",)),
        ({**KITTY, "ACCESSIBLE": "1"}, ()),
    ],
    ids=["dumb", "tmux", "tmux by name", "off", "accessible", "accessible by environment"],
)
def test_where_none_is_drawn_it_is_named_and_nobody_is_asked(
    maps: Fasti, kind: dict[str, str], arguments: tuple[str, ...]
) -> None:
    screen = Screen(maps, kind, *arguments, size=(24, 200))
    shown = screen.see("Picture: maps/cuba.png")
    shown += screen.leave()

    assert not GRAPHICS.search(shown)
    assert "\x1b[c" not in shown


@pytest.mark.parametrize(("wish", "mark"), [("kitty", "\x1b_G"), ("iterm2", "\x1b]1337"), ("sixel", "\x1bP")])
def test_the_student_may_say_how(maps: Fasti, wish: str, mark: str) -> None:
    screen = Screen(maps, {**PLAIN, "FASTI_IMAGES": wish})
    shown = screen.see("Space shows the answer")
    screen.leave()

    assert mark in shown
    assert "\x1b[c" not in shown


@pytest.mark.parametrize(
    ("inside", "expected"),
    [("", "maps/cuba.png"), ("home", "~/maps/cuba.png"), ("elsewhere", "{}/maps/cuba.png")],
)
def test_its_name_is_a_path_that_can_be_opened(maps: Fasti, inside: str, expected: str) -> None:
    deck = maps.folder
    home = {"HOME": str(deck)} if inside == "home" else {}
    if inside:
        maps.folder = maps.folder.parent / "else"
        maps.folder.mkdir()
    screen = Screen(maps, {"TERM": "dumb", **home}, size=(24, 300))
    shown = screen.see("Space shows the answer")
    screen.leave()

    assert f"Picture:{expected.format(deck.resolve())}Space" in re.sub(r"\s", "", shown)


def test_in_tmux_only_sixels_can_be_wished_for(maps: Fasti) -> None:
    tmux = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}
    screen = Screen(maps, {**tmux, "FASTI_IMAGES": "kitty"})
    said = screen.see("Space shows the answer")
    screen.leave()
    screen = Screen(maps, {**tmux, "FASTI_IMAGES": "sixel"})
    drawn = screen.see("Space shows the answer")
    screen.leave()

    assert "tmux and screen let no such pictures through" in said
    assert not GRAPHICS.search(said)
    assert navy(from_sixels(drawn))


def test_a_wish_that_is_none_is_refused(maps: Fasti) -> None:
    screen = Screen(maps, {**PLAIN, "FASTI_IMAGES": "ascii"})
    said = screen.see("`off`")
    screen.child.expect(pexpect.EOF)
    screen.child.close()

    assert "`FASTI_IMAGES`: `images` is" in said
    assert screen.child.exitstatus == 2


@pytest.mark.parametrize("size", [(24, 40), (12, 40), (60, 200)])
def test_it_takes_a_third_of_the_height_at_most(maps: Fasti, size: tuple[int, int]) -> None:
    screen = Screen(maps, KITTY, size=size, pixels=False)
    shown = screen.see("Space shows the answer")
    screen.leave()
    made = re.search(r"((?:\r\n)+)\x1b7\x1b\[(\d+)A", shown)

    assert made
    assert len(made[1]) == 2 * int(made[2])
    assert int(made[2]) <= size[0] / 3


def test_the_next_card_and_the_one_taken_back_are_drawn_too(maps: Fasti) -> None:
    screen = Screen(maps, KITTY)
    screen.see("Space shows the answer")
    screen.press(" ")
    screen.see("u undo")
    screen.press("3")
    second = screen.see("Space shows the answer")
    screen.press("u")
    again = screen.see("Space shows the answer")
    screen.leave()

    assert "wall" in second
    assert "island" in again
    assert from_kitty(second)[1].tobytes() == from_kitty(again)[1].tobytes()


def spoil(folder: Path, how: str) -> None:
    picture = folder / "maps" / "cuba.png"
    if how == "missing":
        picture.unlink()
    elif how == "folder":
        picture.unlink()
        picture.mkdir()
    elif how == "outside":
        outside = folder.parent / "secret.png"
        picture.rename(outside)
        picture.symlink_to(outside)
    elif how == "circle":
        picture.unlink()
        picture.symlink_to(picture)
    elif how == "pipe":
        picture.unlink()
        os.mkfifo(picture)
    elif how == "text":
        picture.write_text("not a picture")
    elif how == "half":
        picture.write_bytes(picture.read_bytes()[:60])
    elif how == "forbidden":
        picture.chmod(0)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("missing", "`maps/cuba.png` is not there."),
        ("folder", "`maps/cuba.png` is not there."),
        ("outside", "`maps/cuba.png` is not beside the deck: put it into the deck's folder or one below."),
        ("circle", "`maps/cuba.png` is not there."),
        ("pipe", "`maps/cuba.png` is not there."),
        ("text", "`maps/cuba.png` is no picture that can be read here."),
        ("half", "`maps/cuba.png` is broken."),
        pytest.param(
            "forbidden",
            "`maps/cuba.png` cannot be read: Permission denied.",
            marks=pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root"),
        ),
    ],
)
def test_a_picture_that_cannot_be_shown_is_a_sentence_and_the_card_is_asked(
    maps: Fasti, how: str, sentence: str
) -> None:
    spoil(maps.folder, how)
    screen = Screen(maps, KITTY, size=(24, 200))
    shown = screen.see("Space shows the answer")
    screen.press(" ")
    screen.see("Cuba")
    screen.leave()

    assert sentence in " ".join(ESCAPES.sub("", shown).split())
    assert "Picture: " in shown
    assert not GRAPHICS.search(shown)


def test_without_the_extra_it_is_named_and_told_once_how_to_see_it(maps: Fasti) -> None:
    away = maps.folder / "away"
    (away / "PIL").mkdir(parents=True)
    (away / "PIL" / "__init__.py").write_text("raise ImportError('not installed')\n")
    path = os.pathsep.join([str(away), os.environ.get("PYTHONPATH", "")])
    screen = Screen(maps, {**KITTY, "PYTHONPATH": path})
    first = screen.see("Space shows the answer")
    screen.press(" ")
    screen.see("u undo")
    screen.press("3")
    second = screen.see("Space shows the answer")
    screen.leave()

    assert 'pip install "fasti[images]"' in first
    assert "Picture: " in first
    assert "Picture: " in second
    assert "pip install" not in second


def test_through_a_pipe_it_is_named(maps: Fasti) -> None:
    done = maps("review", stdin=["3"])

    assert "Which island is this?  (picture: maps/cuba.png)" in done.out
    assert not GRAPHICS.search(done.out)


@pytest.mark.parametrize("kind", [PLAIN, KITTY])
def test_nothing_that_draws_is_loaded_for_a_card_without_a_picture(maps: Fasti, kind: dict[str, str]) -> None:
    maps.answer(5, 5)
    screen = Screen(maps, {**kind, "PYTHONVERBOSE": "1"})
    shown = screen.see("Space shows the answer")
    screen.leave()

    assert "import 'fasti.ui.review'" in shown
    assert "'PIL" not in shown
    assert "'fasti.images" not in shown
