"""Long work on a terminal, by a clock that the test plays."""

import io
from collections.abc import Callable

import pytest

from fasti.core.onlooker import Onlooker, counted_on, nobody, told
from fasti.ui.console import Output
from fasti.ui.lines import cells, plain
from fasti.ui.long_work import BETWEEN_S, PATIENCE_S, SENTENCE_S, bar_line, looking_on
from fasti.ui.look import Look

_TERMINAL = {"TERM": "xterm", "COLUMNS": "80"}


class _Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class _Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _at(
    moments: list[float],
    *,
    accessible: bool = False,
    environment: dict[str, str] = _TERMINAL,
    screen: io.StringIO | None = None,
    then: Callable[[Onlooker], None] = lambda _: None,
) -> str:
    """What is written when work is told of at these seconds after its beginning."""
    screen, clock = screen or _Screen(), _Clock()
    output = Output(screen, environment)
    with looking_on(accessible=accessible, output=output, clock=clock) as onlooker:
        for number, moment in enumerate(moments, 1):
            clock.now = moment
            onlooker("Adding Rome", number, len(moments) + 1, "facts")
        then(onlooker)
    return screen.getvalue()


def test_work_that_is_soon_done_shows_nothing() -> None:
    assert _at([0.0, 0.1, PATIENCE_S - 0.01]) == ""


def test_long_work_is_drawn_in_one_line_that_is_gone_at_the_end() -> None:
    written = _at([0.1, PATIENCE_S, PATIENCE_S + BETWEEN_S])

    drawn = written.split("\r\x1b[K")
    assert "\n" not in written
    assert ["2 of 4 facts" in drawn[1], "3 of 4 facts" in drawn[2], drawn[3]] == [True, True, ""]


def test_the_line_is_drawn_no_oftener_than_a_person_can_read() -> None:
    written = _at([PATIENCE_S + number * BETWEEN_S / 10 for number in range(100)])

    assert written.count("\r\x1b[K") == 100 / 10 + 1


def test_the_line_is_gone_when_the_work_breaks_off() -> None:
    screen = _Screen()

    def stop(_: Onlooker) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _at([PATIENCE_S], screen=screen, then=stop)

    assert screen.getvalue().endswith("facts\r\x1b[K")


@pytest.mark.parametrize(
    "spoken", [{"accessible": True}, {"environment": {"TERM": "dumb", "COLUMNS": "80"}}], ids=str
)
def test_who_hears_the_screen_hears_a_sentence_now_and_then(spoken: dict[str, object]) -> None:
    written = _at([0.1, PATIENCE_S, 1.0, 3.0, PATIENCE_S + SENTENCE_S, 6.0], **spoken)  # type: ignore[arg-type]

    assert written == "Adding Rome: 2 of 7 facts\nAdding Rome: 5 of 7 facts\n"


def test_nothing_is_written_into_a_pipe() -> None:
    screen = io.StringIO()

    def nobody_looks_on(onlooker: Onlooker) -> None:
        assert onlooker is nobody

    assert _at([PATIENCE_S, 10.0], screen=screen, then=nobody_looks_on) == ""


def test_a_terminal_that_is_gone_does_not_break_the_work_off() -> None:
    class Gone(_Screen):
        def write(self, text: str) -> int:
            raise OSError(5, "Input/output error")

    done: list[Onlooker] = []
    _at([PATIENCE_S, 1.0], screen=Gone(), then=done.append)

    assert done


def test_colours_are_left_out_where_they_are_not_wanted() -> None:
    assert "\x1b[36m" in _at([PATIENCE_S])
    assert "\x1b[36m" not in _at([PATIENCE_S], environment={**_TERMINAL, "NO_COLOR": "1"})


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 120])
@pytest.mark.parametrize(
    "title", ["Rome", "The long nineteenth century in forty-eight lessons", "古代日本の歴史"]
)
@pytest.mark.parametrize("ascii_signs", [False, True])
def test_the_line_fits_and_leaves_the_last_cell_free(width: int, title: str, ascii_signs: bool) -> None:
    look = Look(width, "ascii" if ascii_signs else "utf-8", ascii_signs)
    for done, total in ((0, 10_000), (4_000, 10_000), (10_000, 10_000), (0, 0)):
        text = plain(bar_line(f"Adding {title}", done, total, "facts", look))
        assert cells(text) < width
        assert text.isascii() or not ascii_signs


def test_a_wide_line_has_words_a_bar_and_numbers_and_a_narrow_one_words_and_numbers() -> None:
    wide = plain(bar_line("Adding Rome", 4_000, 10_000, "facts", Look(80, "ascii", True)))
    narrow = plain(bar_line("Adding Rome", 4_000, 10_000, "facts", Look(40)))
    narrowest = plain(bar_line("Adding Rome", 4_000, 10_000, "facts", Look(22)))

    assert wide == "Adding Rome  " + "#" * 10 + "-" * 14 + " 4,000 of 10,000 facts"
    assert narrow == "Adding Rome: 4,000 of 10,000 facts"
    assert narrowest == "Adding Rome: 40 %"


def test_a_title_cannot_act_on_the_terminal() -> None:
    assert "\x1b" not in plain(bar_line("Adding \x1b[2J", 1, 2, "facts", Look(80)))


def test_things_come_as_they_are_whoever_looks_on() -> None:
    seen: list[tuple[str, int, int, str]] = []

    things = list(told(range(5), lambda *step: seen.append(step), "Adding", "facts", every=2))

    assert things == [0, 1, 2, 3, 4]
    assert seen == [("Adding", done, 5, "facts") for done in (0, 2, 4, 5)]
    assert told(things, nobody, "Adding", "facts") is things


def test_more_things_than_were_expected_are_not_counted_beyond_all() -> None:
    seen: list[int] = []

    list(counted_on(range(9), 4, lambda _, done, *__: seen.append(done), "Reading", "cards", every=3))

    assert seen == [0, 3, 4, 4]
