"""The decks of the library."""

from pathlib import Path
from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.ui.columns import columns, sentences
from fasti.ui.console import standard_output
from fasti.ui.lines import CLOSE, FAINT, Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed

if TYPE_CHECKING:
    from fasti.shelf_list import ShelfList

_HEADS = ("deck", "due", "new", "learnt", "cards")


def show_shelf(listed: "ShelfList", *, accessible: bool) -> None:
    """Print every deck with its numbers, what is wrong with its files, and what could be added."""
    output = standard_output()
    with until_closed(output.file):
        output.show(shelf_lines(listed, output.look, accessible=accessible))


def shelf_lines(listed: "ShelfList", look: Look, *, accessible: bool) -> list[Line]:
    """The lines that `show_shelf` prints."""
    rows = [
        (
            deck.counts.title,
            f"{deck.counts.due:,}",
            f"{deck.counts.new:,}",
            f"{deck.learnt:,}",
            f"{deck.counts.total:,}",
        )
        for deck in listed.decks
    ]
    if rows:
        lines = (sentences if accessible else columns)(_HEADS, rows, look)
    else:
        lines = [line("No decks yet: `fasti review` brings in those that come with the program.")]
    for deck in listed.decks:
        for place in deck.missing:
            lines += _remark(
                f"{deck.counts.title}: `{place}` is not there; its cards stay",
                CLOSE,
                look,
                accessible=accessible,
            )
        if deck.problems:
            found = counted(deck.problems, "problem")
            lines += _remark(
                f"{deck.counts.title}: {found}; `fasti check` names them", CLOSE, look, accessible=accessible
            )
    for folder in listed.folders:
        lines += _remark(f"Followed: `{folder}`, decks in it join", FAINT, look, accessible=accessible)
    for path in listed.offered:
        # A deck that comes with the program is added by its name; the path is in nobody's head.
        lines += _remark(
            f"Not in your library: `fasti add {Path(path).stem}` brings it in",
            FAINT,
            look,
            accessible=accessible,
        )
    return lines


def _remark(text: str, style: str, look: Look, *, accessible: bool) -> list[Line]:
    return wrapped(line(look.text(text, style)), look.measure, "", "" if accessible else "  ")
