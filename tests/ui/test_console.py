import io
import os

import pytest
from rich.console import Console
from rich.text import Text

from fasti.ui.console import Output
from fasti.ui.lines import CLOSE, FAINT, LABEL, RIGHT, ROOMY, STRONG, WRONG, Line, Piece, line
from fasti.ui.look import Look, can_show_signs, encodable
from fasti.ui.pipes import until_closed
from tests.ui.sittings import screen

HOSTILE = "a\x1b[2Jb[/b] [bold]c[/bold] :crown: \u202edcba\x9b1m\x07"
BOLD: Line = line(Piece("Who?", STRONG))
GREEN: Line = line(Piece("Right.", "green"))


def shown(line_: Line, **environment: str) -> str:
    output, terminal = screen(**environment)  # type: ignore[arg-type]
    output.show([line_])
    return terminal.getvalue()


def test_a_terminal_sees_styles_as_named_colours() -> None:
    assert shown(GREEN) == "\x1b[32mRight.\x1b[0m\n"


def test_no_color_leaves_bold_and_takes_colour() -> None:
    assert shown(GREEN, NO_COLOR="1") == "Right.\n"
    assert shown(BOLD, NO_COLOR="1") == "\x1b[1mWho?\x1b[0m\n"


def test_an_empty_no_color_means_nothing() -> None:
    assert shown(GREEN, NO_COLOR="") == "\x1b[32mRight.\x1b[0m\n"


@pytest.mark.parametrize("term", ["dumb", "unknown", "DUMB"])
def test_a_dumb_terminal_sees_words_only(term: str) -> None:
    output, terminal = screen(TERM=term)
    output.show([BOLD, GREEN])

    assert terminal.getvalue() == "Who?\nRight.\n"
    assert not output.moves_cursor


def test_a_pipe_sees_words_only_unless_colour_is_forced() -> None:
    plain, forced = io.StringIO(), io.StringIO()
    Output(plain, {"TERM": "xterm"}).show([GREEN])
    Output(forced, {"FORCE_COLOR": "1"}).show([GREEN])

    assert plain.getvalue() == "Right.\n"
    assert forced.getvalue() == "\x1b[32mRight.\x1b[0m\n"


def test_an_empty_force_color_forces_nothing() -> None:
    pipe = io.StringIO()
    Output(pipe, {"FORCE_COLOR": ""}).show([GREEN])

    assert pipe.getvalue() == "Right.\n"


@pytest.mark.parametrize(
    ("columns", "width"), [("40", 40), ("200", 200), ("3", 20), ("0", ROOMY), ("wide", ROOMY), ("", ROOMY)]
)
def test_columns_is_the_width_where_it_is_a_number(columns: str, width: int) -> None:
    assert Output(io.StringIO(), {"COLUMNS": columns}).look.width == width


def test_prose_stays_narrow_on_a_wide_terminal() -> None:
    assert Look(200).measure == 100
    assert Look(40).measure == 40


def test_deck_text_cannot_act() -> None:
    output, terminal = screen()
    output.show([line(output.look.text(HOSTILE))])

    assert terminal.getvalue() == "a\ufffd[2Jb[/b] [bold]c[/bold] :crown: \ufffddcba\ufffd1m\ufffd\n"


def test_nor_can_text_that_nobody_made_safe() -> None:
    output, terminal = screen()
    output.show([line(HOSTILE)])

    assert "\x1b" not in terminal.getvalue()


def test_several_lines_are_one_write() -> None:
    writes: list[str] = []

    class Counting(io.StringIO):
        def write(self, text: str) -> int:
            writes.append(text)
            return len(text)

    Output(Counting(), {}).show([line("one"), line("two")])

    assert writes == ["one\ntwo\n"]


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("16–28 October · “quarantine” … é", "utf-8", "16–28 October · “quarantine” … é"),
        ("16–28 October · “quarantine” …", "ascii", '16-28 October - "quarantine" ...'),
        ("Kraków, Łódź, Chruščёv", "ascii", "Krakow, ?odz, Chrusc?v"),
        ("Kraków", "latin-1", "Kraków"),
        ("Krako\u0301w", "ascii", "Krakow"),
        ("古巴 Куба", "ascii", "?? ????"),
        ("—–", "cp437", "--"),
        ("\ud800", "utf-8", "?"),
    ],
)
def test_what_an_encoding_lacks_is_replaced(text: str, encoding: str, expected: str) -> None:
    assert encodable(text, encoding) == expected


def test_signs_are_ascii_where_the_encoding_or_the_locale_is() -> None:
    assert can_show_signs("utf-8")
    assert not can_show_signs("ascii")
    assert screen(encoding="ascii")[0].look.dot == "-"
    assert screen(LC_ALL="C")[0].look.ellipsis == "..."
    assert screen(LC_ALL="C.UTF-8")[0].look.dash == "–"


def test_the_c_locale_is_shown_ascii_and_its_pipes_keep_the_text() -> None:
    output, terminal = screen(LC_ALL="C")
    output.show([line(output.look.text("16–28 October"))])
    pipe = io.StringIO()
    Output(pipe, {"LC_ALL": "C"}).show([line("16–28 October")])

    assert terminal.getvalue() == "16-28 October\n"
    assert pipe.getvalue() == "16–28 October\n"


def test_anything_can_be_written_to_an_ascii_terminal() -> None:
    output, terminal = screen(encoding="ascii")
    output.show([line("古巴 – Łódź · …")])
    output.write("é")

    assert terminal.getvalue() == "?? - ?odz - ...\ne"


def test_a_reader_that_goes_away_ends_the_output_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    reached = False
    with open(writing, "w", encoding="utf-8") as file, until_closed(file):  # noqa: PTH123 - a descriptor
        Output(file, {}).show([line("nobody reads this")])
        reached = True

    assert not reached


def test_other_failures_of_a_stream_are_told() -> None:
    with pytest.raises(PermissionError), until_closed(io.StringIO()):
        raise PermissionError(13, "denied")


STYLES = [STRONG, FAINT, LABEL, RIGHT, CLOSE, WRONG, f"{STRONG} {RIGHT}"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("no_colour", [False, True])
def test_every_style_is_written_as_rich_writes_it(style: str, no_colour: bool) -> None:
    theirs = io.StringIO()
    console = Console(
        file=theirs, color_system="standard", force_terminal=True, no_color=no_colour, soft_wrap=True
    )
    console.print(Text.assemble("When? ", ("The quarantine", style)), end="\n")

    assert (
        shown(line("When? ", Piece("The quarantine", style)), NO_COLOR="1" if no_colour else "")
        == theirs.getvalue()
    )
